//! Words and phrases of answers.

use crate::text::says_something;

/// Beginnings of answers that propose nothing.
const NO: [&str; 24] = [
    "no",
    "none",
    "nil",
    "n a",
    "na",
    "not applicable",
    "nothing",
    "not in our",
    "not that",
    "not to our",
    "not at",
    "i don t think",
    "we don t think",
    "i do not think",
    "we do not think",
    "we have no",
    "i have no",
    "no comment",
    "not sure",
    "don t know",
    "unsure",
    "see above",
    "as above",
    "we are content",
];

/// What follows "no" in an answer that proposes something: "No roofer is on the map".
const NO_BUT: [&str; 4] = ["but", "however", "although", "except"];

/// A line without the sign or the number of a list.
pub(super) fn bare(line: &str) -> &str {
    let line = line.trim();
    let marked = line.trim_start_matches(['-', '*', '\u{2022}', '\u{2013}']).trim_start();
    let digits = marked.bytes().take_while(u8::is_ascii_digit).count();
    match marked[digits..].strip_prefix(['.', ')']) {
        Some(rest) if digits > 0 && digits < 3 && rest.starts_with(' ') => rest.trim_start(),
        _ => marked,
    }
}

/// The parts of a line with a numbered list: "1) Roofer 2) Thatcher".
pub(super) fn numbered(line: &str) -> Vec<&str> {
    let marks: Vec<usize> = (1..10).map_while(|n| line.find(&format!("{n})"))).collect();
    if marks.len() < 2 || !marks.is_sorted() {
        return vec![line];
    }
    let ends = marks.iter().skip(1).copied().chain([line.len()]);
    marks.iter().zip(ends).map(|(start, end)| &line[*start..end]).collect()
}

/// Words in lower case, with single spaces.
pub(super) fn plain_words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

pub(super) fn begins(words: &str, with: &str) -> bool {
    words.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

pub(super) fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

pub(super) fn says_no(text: &str) -> bool {
    let words = plain_words(text);
    let has_but = NO_BUT.iter().any(|but| words.split(' ').any(|word| word == *but));
    NO.iter().any(|no| begins(&words, no)) && !has_but
}

/// Whether an answer is a yes and no more: "Yes", "Yes, it should".
pub(super) fn says_yes(text: &str) -> bool {
    let words = plain_words(text);
    begins(&words, "yes") && words.split(' ').count() < 5
}

/// Whether an answer points to the reasons: "see next box".
pub(super) fn points_on(text: &str) -> bool {
    let words = plain_words(text);
    begins(&words, "see")
        && ["next", "rationale", "reason", "reasons", "right"].iter().any(|word| has_words(&words, word))
}

/// The sentences of a line.
pub(super) fn sentences(line: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        let after = line[end..].chars().next();
        if c == '.' && ends_initials(&line[..at]) {
            continue;
        }
        if c == ';' || (matches!(c, '.' | '!' | '?') && after.is_none_or(char::is_whitespace)) {
            all.push(line[start..end].trim());
            start = end;
        }
    }
    all.push(line[start..].trim());
    all.retain(|sentence| says_something(sentence));
    all
}

/// Whether a text ends with letters that have full stops: the next one ends no sentence
/// ("A.I. engineer", "e.g. roofer").
fn ends_initials(text: &str) -> bool {
    let mut last = text.chars().rev();
    let is_letter = last.next().is_some_and(char::is_alphabetic);
    is_letter && last.next() == Some('.') && last.next().is_some_and(char::is_alphabetic)
}

pub(super) fn plain(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | ',' | ':' | '.' | '?' | '!' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}')
    })
}

/// A place without "the" and "route", "pathway" or "cluster" at its end.
pub(super) fn place(text: &str) -> &str {
    let text = after_any(plain(text), &["the "]);
    let end = [" route", " pathway", " cluster", " map"].iter().find_map(|end| strip_end(text, end));
    plain(end.unwrap_or(text))
}

/// Whether ASCII letters agree in any case. Texts of other lengths never do.
pub(super) fn at_case<'t>(text: &'t str, part: &str, from: usize) -> Option<&'t str> {
    let found = text.get(from..from + part.len())?;
    found.eq_ignore_ascii_case(part).then_some(found)
}

/// The text after all of these beginnings that it has, one after the other.
pub(super) fn after_any<'t>(text: &'t str, beginnings: &[&str]) -> &'t str {
    let after = |start: &&str| at_case(text, start, 0).map(|found| text[found.len()..].trim_start());
    beginnings.iter().find_map(after).map_or(text, |rest| after_any(rest, beginnings))
}

pub(super) fn strip_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let from = text.len().checked_sub(end.len())?;
    at_case(text, end, from).map(|_| &text[..from])
}

/// The text without these ends, one after the other.
pub(super) fn strip_ends<'t>(text: &'t str, ends: &[&str]) -> &'t str {
    let text = plain(text);
    ends.iter().find_map(|end| strip_end(text, end)).map_or(text, |rest| strip_ends(rest, ends))
}

pub(super) fn before_any<'t>(text: &'t str, marks: &[&str]) -> &'t str {
    let at = marks.iter().filter_map(|mark| (1..text.len()).find(|at| at_case(text, mark, *at).is_some())).min();
    at.map_or(text, |at| &text[..at])
}

/// The text before and after the last of the first mark that is there.
pub(super) fn split_last<'t>(text: &'t str, marks: &[&str]) -> Option<(&'t str, &'t str)> {
    marks.iter().find_map(|mark| {
        let at = (0..text.len()).rev().find(|at| at_case(text, mark, *at).is_some())?;
        Some((&text[..at], &text[at + mark.len()..]))
    })
}
