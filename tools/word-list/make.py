"""Makes fixtures/spelling/words.txt from the lists of SCOWL; see README.md."""

import argparse
import unicodedata
from pathlib import Path

REGIONS = ["english", "british", "british_z"]
# common words, and not those that a reader would take for a slip
MOST = {"words": 60, "upper": 60, "proper-names": 50}


def plain(line):
    """A word without accents; none if it has other signs or is too short."""
    letters = unicodedata.normalize("NFD", line.strip())
    word = "".join(c for c in letters if not unicodedata.combining(c))
    return word if word.isascii() and word.isalpha() and len(word) >= 3 else None


def lists(folder):
    for kind, most in MOST.items():
        for region in REGIONS:
            for path in sorted(folder.glob(f"{region}-{kind}.*")):
                if int(path.suffix[1:]) <= most:
                    yield path


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scowl", type=Path, required=True, help="the folder of its final lists")
    options.add_argument("-o", type=Path, required=True, help="the list to write")
    options = options.parse_args()
    lines = (line for path in lists(options.scowl) for line in path.read_text("latin-1").splitlines())
    words = {word for word in map(plain, lines) if word}
    # a name that is a word as well is a word
    words = {word for word in words if word.islower() or word.lower() not in words}
    options.o.write_text("".join(f"{word}\n" for word in sorted(words)), "ascii")


main()
