//! (a) Titles of new occupations in the lines of an answer.

use super::evidence::tokens;
use super::phrases::{
    after_any, at_case, before_any, begins, place, plain, plain_words, says_no, sentences, split_last, strip_end,
    strip_ends,
};
use crate::text::says_something;

/// A proposal that was read out of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) occupation: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) level: Option<i64>,
    /// (a) The whole title, if what looks like a place is none.
    pub(super) whole: String,
    /// What else the answer says.
    pub(super) rest: String,
}

/// Words that no title has: a text with one does not name an occupation.
const NO_TITLE: [&str; 48] = [
    "we",
    "i",
    "you",
    "it",
    "they",
    "them",
    "this",
    "that",
    "these",
    "those",
    "is",
    "are",
    "was",
    "were",
    "would",
    "could",
    "should",
    "have",
    "has",
    "had",
    "need",
    "needs",
    "not",
    "see",
    "attached",
    "above",
    "below",
    "something",
    "anything",
    "everything",
    "someone",
    "said",
    "discussed",
    "mentioned",
    "possibly",
    "perhaps",
    "maybe",
    "depends",
    "etc",
    "various",
    "many",
    "ones",
    "same",
    "again",
    "others",
    "mean",
    "gap",
    "gaps",
];

/// Words that are no title by themselves.
const SMALL: [&str; 10] = ["at", "in", "of", "for", "and", "or", "the", "a", "an", "both"];

/// Beginnings that are no part of a title.
const STARTS: [&str; 44] = [
    "yes, ",
    "yes - ",
    "yes: ",
    "yes. ",
    "yes ",
    "please add ",
    "add ",
    "new: ",
    "new occupation: ",
    "missing: ",
    "also ",
    "we need ",
    "we think ",
    "i think ",
    "we believe ",
    "we feel ",
    "there is no ",
    "there's no ",
    "there should be ",
    "the map has no ",
    "the map lacks ",
    "we would like to see ",
    "we would like to add ",
    "we would like ",
    "i would like to see ",
    "i would like to add ",
    "i would like ",
    "you should include ",
    "you should add ",
    "you could add ",
    "you could include ",
    "could you add ",
    "can you add ",
    "please include ",
    "please consider ",
    "include ",
    "it should include ",
    "we feel that ",
    "we think that ",
    "i think that ",
    "an occupation for ",
    "an ",
    "a ",
    "the ",
];

/// What follows a title in a sentence.
const ENDS: [&str; 24] = [
    " is missing",
    " are missing",
    " is not on the map",
    " isn't on the map",
    " is not there",
    " is absent",
    " should be",
    " ought to",
    " missing from",
    " needs to be",
    " because ",
    " - ",
    " \u{2013} ",
    ", which ",
    ", who ",
    " which ",
    " who ",
    " please",
    ", to go ",
    ", to be ",
    ", as ",
    " has no ",
    " have no ",
    " does not ",
];

/// (a) The titles in a line, each with its level and place; none if the line says no.
pub(super) fn titles(line: &str) -> Vec<Guess> {
    if says_no(line) {
        return Vec::new();
    }
    let line = &without_stops(line);
    let parts: Vec<&str> = line.split(';').map(str::trim).filter(|part| says_something(part)).collect();
    // "bakers, also plumbers"
    let parts: Vec<&str> = parts.into_iter().flat_map(|part| part.split(", also ")).collect();
    let is_list = parts.len() > 1
        && parts
            .iter()
            .map(|part| after_any(plain(part), &STARTS))
            .all(|part| names_an_occupation(plain(part)) && part.len() < 80);
    if is_list {
        return parts.into_iter().flat_map(in_sentence).collect();
    }
    let all = sentences(line);
    let mut found = in_sentence(all.first().copied().unwrap_or(line));
    let mut rest = Vec::new();
    for (at, sentence) in all.iter().enumerate().skip(1) {
        let (words, levels) = (plain_words(sentence), levels(sentence));
        let is_level = |sentence: &str| lone_level(sentence).is_some();
        let is_short = words.split(' ').count() < 8 && names_an_occupation(plain(sentence));
        let has_level = !levels.is_empty() || all.get(at + 1).is_some_and(|next| is_level(next));
        if let (Some(level), Some(last)) = (lone_level(sentence), found.last_mut()) {
            // "Dog groomer. Level 2."
            last.level = last.level.or(Some(level));
        } else if ["also", "add", "please add"].iter().any(|start| begins(&words, start)) || (is_short && has_level) {
            found.retain(|guess| !guess.occupation.is_empty());
            found.extend(in_sentence(sentence));
        } else {
            rest.push(*sentence);
        }
    }
    if let Some(first) = found.first_mut() {
        first.rest = rest.join(" ");
    }
    found
}

/// A text with the full stops of initials left out: "A.I. engineer" is "AI engineer".
fn without_stops(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    // a capital alone between full stops
    let is_initial = |n: Option<usize>| {
        at(n).is_uppercase() && !at(n.and_then(|n| n.checked_sub(1))).is_alphanumeric() && at(n.map(|n| n + 1)) == '.'
    };
    let is_stop = |n: usize| {
        let before = n.checked_sub(1);
        is_initial(before) && (is_initial(Some(n + 1)) || is_initial(before.and_then(|n| n.checked_sub(2))))
    };
    chars.iter().enumerate().filter(|(n, c)| **c != '.' || !is_stop(*n)).map(|(_, c)| *c).collect()
}

/// The level of a sentence that says nothing else.
fn lone_level(sentence: &str) -> Option<i64> {
    let levels = levels(sentence);
    let (start, end, level) = levels.first()?;
    (plain_words(&sentence[..*start]).is_empty() && plain_words(&sentence[*end..]).is_empty()).then_some(*level)
}

/// The titles of a sentence: one, or one for each level that ends a part of it.
fn in_sentence(sentence: &str) -> Vec<Guess> {
    let levels = levels(sentence);
    let mut parts = Vec::new();
    let mut start = 0;
    for (_, end, _) in &levels {
        let after = sentence[*end..].trim_start_matches([')', ' ']);
        let is_end = after.starts_with(',') || at_case(after, "and ", 0).is_some();
        if is_end && levels.len() > 1 {
            parts.push(&sentence[start..*end]);
            start = *end;
        }
    }
    parts.push(&sentence[start..]);
    let bare = |part: &str| after_any(part.trim_start_matches([')', ',', ' ']), &["and "]).to_owned();
    let parts: Vec<String> = parts.into_iter().map(bare).filter(|part| says_something(part)).collect();
    let mut found: Vec<Guess> = Vec::new();
    for part in &parts {
        let is_place = ["in the ", "within the ", "under the "].iter().any(|start| at_case(part, start, 0).is_some());
        match found.last_mut().filter(|_| is_place) {
            Some(last) => place(after_any(part, &["in the ", "within the ", "under the "])).clone_into(&mut last.to),
            None => found.extend(both(title(part))),
        }
    }
    found
}

/// "Tram driver and train driver, both at level 3" is two titles.
fn both(guess: Guess) -> Vec<Guess> {
    let both = strip_end(&guess.occupation, " both").and_then(|both| both.split_once(" and "));
    let Some((one, other)) = both else { return vec![guess] };
    [one, other]
        .map(|title| Guess { occupation: plain(title).to_owned(), whole: plain(title).to_owned(), ..guess.clone() })
        .into()
}

/// The title that a text begins with.
pub(super) fn title(text: &str) -> Guess {
    let first = after_any(plain(text), &STARTS);
    let levels = levels(first);
    let level = levels.first().map(|(.., level)| *level);
    let text = match levels.first() {
        // "Level 3 roofer", "roofer (level 3) in Construction"
        Some((0, end, _)) => &first[*end..],
        Some((start, end, _)) => {
            let place = split_last(&first[*end..], &[" in the ", " in "]).map_or("", |(_, place)| place);
            let before = before_level(&first[..*start]);
            return guess(before, plain(before_any(place, &ENDS)), level);
        }
        None => first,
    };
    let text = plain(before_any(after_any(text, &STARTS), &ENDS));
    let (title, to) = split_last(text, &[" in the ", " in ", " under "]).unwrap_or((text, ""));
    Guess { whole: plain(text).to_owned(), ..guess(title, to, level) }
}

fn guess(title: &str, to: &str, level: Option<i64>) -> Guess {
    // "to see roofers included"; but a "value added tax adviser" is one
    let ends = [" to be included", " to be added", " included", " added"];
    let title = plain(strip_ends(before_any(title, &ENDS), &ends));
    let occupation = if names_an_occupation(title) { title.to_owned() } else { String::new() };
    Guess { whole: occupation.clone(), occupation, to: place(to).to_owned(), level, ..Guess::default() }
}

/// Whether a text may be a title: it says something, and has no word that no title has.
fn names_an_occupation(text: &str) -> bool {
    let words = plain_words(text);
    let says = || words.split(' ').any(|word| !SMALL.contains(&word));
    !words.is_empty() && says() && words != "yes" && !words.split(' ').any(|word| NO_TITLE.contains(&word))
}

/// A text before a level, without "at" and "(".
fn before_level(text: &str) -> &str {
    let text = text.trim_end_matches([' ', ',', '(', '-', ':', ';', '\u{2013}']);
    strip_end(text, " at").unwrap_or(text)
}

/// The levels in a text: "level 3", "L3", "level three", each with its start and end.
fn levels(text: &str) -> Vec<(usize, usize, i64)> {
    const NUMBERS: [(&str, i64); 12] = [
        ("2", 2),
        ("3", 3),
        ("4", 4),
        ("5", 5),
        ("6", 6),
        ("7", 7),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
    ];
    let words = tokens(text, &[]);
    let number = |word: &str| NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, level)| *level);
    let mut found = Vec::new();
    for (at, (start, end, word)) in words.iter().enumerate() {
        if matches!(word.as_str(), "level" | "levels" | "lvl") {
            let next = words.get(at + 1).and_then(|(_, end, word)| Some((*end, number(word)?)));
            found.extend(next.map(|(end, level)| (*start, end, level)));
        } else if let Some(level) = word.strip_prefix('l').filter(|digits| digits.len() == 1).and_then(number) {
            found.push((*start, *end, level));
        }
    }
    found
}
