#!/usr/bin/env bash
# Compares the page numbers in the contents of a draft with the pages on which its
# headings are, in the PDF that LibreOffice made of it: pages.sh FILE.pdf
set -euo pipefail
pdftotext -layout "$1" - | awk '
  function trimmed(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); gsub(/[ \t]+/, " ", text); return text }
  BEGIN { RS = "\f"; next_entry = 1 }
  {
    lines = split($0, line, "\n")
    for (i = 1; i <= lines; i++) {
      text = trimmed(line[i])
      if (!entries && text == "Contents") { in_contents = 1; continue }
      # an entry of the contents: a heading and a number at the edge
      if (in_contents && match(line[i], /[. \t][. \t]+[0-9]+$/)) {
        number = substr(line[i], RSTART); gsub(/[^0-9]/, "", number)
        name[++entries] = trimmed(substr(line[i], 1, RSTART - 1)); page[entries] = number
        continue
      }
      if (in_contents || next_entry > entries) continue
      # a heading that breaks over two lines begins with the first of them
      wanted = name[next_entry]
      if (text == wanted || (length(text) > 25 && index(wanted, text) == 1)) {
        off = NR - page[next_entry]
        if (off == 0) right++; else printf "%s: page %d, and %d in the contents\n", wanted, NR, page[next_entry]
        if (off > 1 || off < -1) far++
        next_entry++
      }
    }
    if (in_contents && entries) in_contents = 0
  }
  END {
    if (!entries) { print "the PDF has no contents"; exit 1 }
    if (next_entry <= entries) { printf "heading not found: %s\n", name[next_entry]; exit 1 }
    printf "%d of %d page numbers are right, %d are off by more than one page\n", right, entries, far
    # faces differ a little from machine to machine
    exit (far > 0 || right < entries * 0.9)
  }'
