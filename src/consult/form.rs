//! Responses as a consultation's form exports them: a row for each respondent, the
//! questions as columns, answers in free text.

use crate::table::Columns;
use crate::text::says_something;

/// The questions, each with the column of its reasons.
pub(super) const ANSWERS: [(&str, &str); 3] = [("a", "a rationale"), ("b", "b rationale"), ("c", "c rationale")];

pub(super) const FORM: Columns = Columns::new("the export of a form", &["a", "b", "c"])
    .with_optional(&["respondent", "organisation", "email", "map", "a rationale", "b rationale", "c rationale"])
    .recognising(column)
    .noting_others()
    .holding_private_cells()
    .taking_long_rows();

/// Words that begin a heading over reasons.
const REASONS: [&str; 8] =
    ["rationale", "reason", "reasons", "why", "evidence", "please give", "please explain", "further comments"];

/// The column that a heading of a form means: by the letter of its question, or by
/// its words.
fn column(heading: &str, left: Option<&'static str>) -> Option<&'static str> {
    let heading = heading.to_lowercase();
    let (letter, rest) = lettered(&heading);
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let gives_reasons = REASONS.iter().any(|word| is_begun_by(&text, word));
    let has = |word: &str| words.contains(&word);
    let question = letter.or_else(|| match () {
        () if gives_reasons => None,
        () if has("missing") => Some(0),
        () if has("move") || has("moved") || has("moving") => Some(1),
        () if has("open") || has("opened") || text.contains("apprenticeship only") => Some(2),
        () => None,
    });
    if let Some(question) = question {
        let (answer, reasons) = ANSWERS[question];
        return Some(if gives_reasons { reasons } else { answer });
    }
    if gives_reasons {
        // below which question it is, only its position says
        return ANSWERS.iter().find(|(answer, _)| left == Some(*answer)).map(|(_, reasons)| *reasons);
    }
    match () {
        () if has("email") || text.contains("e mail") => Some("email"),
        () if has("organisation") || has("organization") || has("employer") => Some("organisation"),
        () if has("name") || has("respondent") => Some("respondent"),
        () if has("map") || has("maps") || has("route") => Some("map"),
        () => None,
    }
}

/// The question whose letter a heading begins with, and the rest: "(a) Is ...",
/// "b.", "Question C: ...". A lone "a" before a word is an article.
fn lettered(heading: &str) -> (Option<usize>, &str) {
    let rest = heading.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_bracketed = rest.len() < heading.len() && heading[..heading.len() - rest.len()].contains('(');
    let named = ["question", "q"].iter().find_map(|word| {
        let rest = rest.strip_prefix(word)?;
        rest.starts_with(|c: char| !c.is_alphanumeric())
            .then(|| rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
    });
    let at = named.unwrap_or(rest);
    let mut chars = at.chars();
    let letter = chars.next().and_then(|c| ["a", "b", "c"].iter().position(|letter| letter.starts_with(c)));
    let after = chars.as_str();
    let is_letter = match after.chars().next() {
        None | Some(')' | '.' | ':' | ']') => true,
        Some(c) if c.is_alphanumeric() => false,
        Some(_) => named.is_some() || is_bracketed,
    };
    match letter.filter(|_| is_letter) {
        Some(question) => (Some(question), after),
        None => (None, heading),
    }
}

fn is_begun_by(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Answers that say that there is none.
const NONE: [&str; 9] = ["no", "none", "nil", "n a", "na", "not applicable", "no comment", "nothing", "no response"];

/// The proposals in an answer, a line for each; none in an answer such as "No" or
/// "n/a".
pub(super) fn proposals(answer: &str) -> Vec<&str> {
    let is_none = |line: &str| {
        let words = line.to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        NONE.contains(&words.join(" ").as_str())
    };
    answer.lines().map(str::trim).filter(|line| says_something(line) && !is_none(line)).collect()
}

/// A proposal that was read out of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guess<'t> {
    pub(super) occupation: &'t str,
    pub(super) from: &'t str,
    pub(super) to: &'t str,
    pub(super) level: Option<i64>,
    /// (a) The whole title, if what looks like a place is none.
    pub(super) whole: &'t str,
    /// What follows the sentence.
    pub(super) rest: &'t str,
}

/// Reads the proposal out of an answer to a question (0, 1 or 2).
///
/// (a) the title before the first full stop, and "in PLACE" after it; (b) "X should
/// move (from Y) to Z", "move X to Z", "X to Z"; (c) "open X (to T Levels)", "X should
/// be opened". What else a sentence says is left to a reader.
pub(super) fn guess(question: usize, text: &str) -> Guess<'_> {
    let (sentence, rest) = first_sentence(text);
    let sentence = plain(sentence);
    match question {
        0 => {
            let title = after_any(sentence, &["add ", "new: ", "new occupation: ", "missing: ", "an ", "a ", "the "]);
            let title =
                before_any(title, &[" is missing", " are missing", " should be added", " should be on the map"]);
            let (title, level) = without_level(title);
            let whole = plain(title);
            let (title, to) = split_last(title, &[" in the ", " in ", " under "]).unwrap_or((title, ""));
            let (title, level) = if level.is_some() { (title, level) } else { without_level(title) };
            Guess { occupation: plain(title), to: place(to), level, whole, rest, ..Guess::default() }
        }
        1 => {
            let named = after_any(sentence, &["please move ", "move ", "moving ", "the "]);
            let (before, to) =
                split_last(named, &[" to the ", " to ", " -> ", " into the ", " into "]).unwrap_or((named, ""));
            let (before, from) = split_last(before, &[" from the ", " from "]).unwrap_or((before, ""));
            let ends = [
                " should be moved",
                " should move",
                " could move",
                " must move",
                " moved",
                " moves",
                " needs to move",
                " belongs",
                " should be",
                " should go",
            ];
            let occupation = ends.iter().find_map(|end| strip_end(before, end)).unwrap_or(before);
            Guess { occupation: plain(occupation), from: place(from), to: place(to), rest, ..Guess::default() }
        }
        _ => {
            let named =
                after_any(sentence, &["please open up ", "please open ", "open up ", "open ", "opening ", "the "]);
            let named = before_any(
                named,
                &[
                    " to t level",
                    " should be open",
                    " should open",
                    " could be open",
                    " for t level",
                    " to the classroom",
                    " be opened",
                ],
            );
            Guess { to: place(named), rest, ..Guess::default() }
        }
    }
}

/// A title without ", level 3" or "(level 3)" at its end, and the level.
fn without_level(title: &str) -> (&str, Option<i64>) {
    let bare = title.trim_end_matches([')', '.', ' ']);
    let found = ["2", "3", "4", "5", "6", "7"].iter().zip(2..).find_map(|(digit, level)| {
        let before = bare.strip_suffix(digit)?;
        let before = strip_end(before, "level ").or_else(|| strip_end(before, "level"))?;
        let title = before.trim_end_matches([' ', ',', '(', '-', ':', ';']);
        (!title.is_empty()).then_some((title, Some(level)))
    });
    found.unwrap_or((title, None))
}

/// The text up to the first full stop that ends a sentence, and what follows.
fn first_sentence(text: &str) -> (&str, &str) {
    let end = text.char_indices().find(|(at, c)| {
        let after = text[at + c.len_utf8()..].chars().next();
        matches!(c, ';' | '\n') || (matches!(c, '.' | '!' | '?') && after.is_none_or(char::is_whitespace))
    });
    end.map_or((text, ""), |(at, c)| (&text[..at], text[at + c.len_utf8()..].trim()))
}

fn plain(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | ',' | ':' | '.' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}')
    })
}

/// A place without "the" and "route", "pathway" or "cluster" at its end.
fn place(text: &str) -> &str {
    let text = after_any(plain(text), &["the "]);
    let end = [" route", " pathway", " cluster", " map"].iter().find_map(|end| strip_end(text, end));
    plain(end.unwrap_or(text))
}

/// Whether ASCII letters agree in any case. Texts of other lengths never do.
fn at_case<'t>(text: &'t str, part: &str, from: usize) -> Option<&'t str> {
    let found = text.get(from..from + part.len())?;
    found.eq_ignore_ascii_case(part).then_some(found)
}

/// The text after all of these beginnings that it has, one after the other.
fn after_any<'t>(text: &'t str, beginnings: &[&str]) -> &'t str {
    let after = |start: &&str| at_case(text, start, 0).map(|found| text[found.len()..].trim_start());
    beginnings.iter().find_map(after).map_or(text, |rest| after_any(rest, beginnings))
}

fn strip_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let from = text.len().checked_sub(end.len())?;
    at_case(text, end, from).map(|_| &text[..from])
}

fn before_any<'t>(text: &'t str, marks: &[&str]) -> &'t str {
    let at = marks.iter().filter_map(|mark| (0..text.len()).find(|at| at_case(text, mark, *at).is_some())).min();
    at.map_or(text, |at| &text[..at])
}

/// The text before and after the last of the first mark that is there.
fn split_last<'t>(text: &'t str, marks: &[&str]) -> Option<(&'t str, &'t str)> {
    marks.iter().find_map(|mark| {
        let at = (0..text.len()).rev().find(|at| at_case(text, mark, *at).is_some())?;
        Some((&text[..at], &text[at + mark.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::{column, guess, proposals};

    #[test]
    fn headings_of_forms() {
        for (heading, left, expected) in [
            ("(a) Is an occupation missing from the map?", None, Some("a")),
            ("a) Missing occupations", None, Some("a")),
            ("Question B: should an occupation move?", None, Some("b")),
            ("Q c", None, Some("c")),
            ("Are there occupations that should be moved to another route?", None, Some("b")),
            ("Should any apprenticeship-only branch be opened?", None, Some("c")),
            ("(b) Rationale", None, Some("b rationale")),
            ("Please give your rationale", Some("a"), Some("a rationale")),
            ("Please give your rationale", Some("c"), Some("c rationale")),
            ("Rationale", None, None),
            ("Your name", None, Some("respondent")),
            ("E-mail address", None, Some("email")),
            ("Name of organisation", None, Some("organisation")),
            ("Which occupational map are you responding on?", None, Some("map")),
            ("A few words about you", None, None),
            ("", None, None),
            ("\u{c4}(", None, None),
        ] {
            assert_eq!(column(heading, left), expected, "{heading}");
        }
    }

    #[test]
    fn answers_hold_a_line_for_each_proposal() {
        assert_eq!(proposals(" Roofer \n\nn/a\nDrone surveyor"), ["Roofer", "Drone surveyor"]);
        assert!(proposals("No comment.").is_empty() && proposals("-").is_empty() && proposals("").is_empty());
    }

    #[test]
    fn proposals_in_sentences() {
        let of = |question, text| {
            let guess = guess(question, text);
            [guess.occupation, guess.from, guess.to, guess.rest].map(str::to_owned)
        };
        for (question, text, expected) in [
            (
                0,
                "Drone surveyor. Sites are surveyed from the air.",
                ["Drone surveyor", "", "", "Sites are surveyed from the air."],
            ),
            (0, "A drone surveyor in the Construction route", ["drone surveyor", "", "Construction", ""]),
            (0, "Add 'Roofer'", ["Roofer", "", "", ""]),
            (0, "Roofer (level 2) in Construction", ["Roofer", "", "Construction", ""]),
            (0, "Level 3.5 engineer is missing", ["Level 3.5 engineer", "", "", ""]),
            (1, "Bricklayer should move to Catering", ["Bricklayer", "", "Catering", ""]),
            (
                1,
                "Move the Bricklayer from construction to the Catering pathway.",
                ["Bricklayer", "construction", "Catering", ""],
            ),
            (1, "Bricklayer -> Caterer", ["Bricklayer", "", "Caterer", ""]),
            (1, "Bricklayer", ["Bricklayer", "", "", ""]),
            (2, "Open Hospitality to T Levels", ["", "", "Hospitality", ""]),
            (
                2,
                "The protective services route should be opened. Colleges can.",
                ["", "", "protective services", "Colleges can."],
            ),
            (2, "Care services", ["", "", "Care services", ""]),
            (1, "\u{c9}", ["\u{c9}", "", "", ""]),
        ] {
            assert_eq!(of(question, text), expected, "{text}");
        }
        for (text, level) in
            [("Roofer, level 2", Some(2)), ("Roofer (Level 3) in Catering", Some(3)), ("Level 2", None)]
        {
            assert_eq!(guess(0, text).level, level, "{text}");
        }
        assert_eq!(guess(0, "Specialist in wind turbines").whole, "Specialist in wind turbines");
    }
}
