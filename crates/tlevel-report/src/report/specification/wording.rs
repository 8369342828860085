//! Statements as a specification prints them. The verbatim texts are in its annex.

/// Marks that begin a point within a statement.
const BULLETS: [char; 5] = ['\u{2022}', '\u{f0b7}', '\u{b7}', '\u{25aa}', '\u{2023}'];
/// The fewest points of a list that has no marks, only semicolons after a colon.
const POINTS: usize = 3;
/// The longest point of such a list, in characters.
const LONGEST: usize = 160;

/// A statement as it is printed: its text, or what leads to its points.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) points: Vec<String>,
}

/// A statement with a capital and a full stop. Points behind marks become a list if
/// something leads to them, as do three or more between semicolons after a colon.
pub(super) fn shown(text: &str) -> Shown {
    let points: Vec<String> = split_at_marks(text).into_iter().map(|point| on_one_line(&point)).collect();
    let points: Vec<String> = points.into_iter().filter(|point| !point.is_empty()).collect();
    let has_lead = !text.trim_start().starts_with(BULLETS);
    match points.as_slice() {
        [lead, points @ ..] if has_lead && points.len() > 1 => listed(lead, points.iter().map(String::as_str)),
        [text] => after_colon(text).unwrap_or_else(|| Shown { text: sentence(text), points: Vec::new() }),
        points => Shown { text: sentence(&joined(points)), points: Vec::new() },
    }
}

/// The parts of a text between marks. A dot between two figures is none.
fn split_at_marks(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let is_figure = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut parts = vec![String::new()];
    for (at, c) in letters.iter().enumerate() {
        let is_mark = BULLETS.contains(c) && !(is_figure(at.checked_sub(1)) && is_figure(Some(at + 1)));
        if is_mark {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*c);
        }
    }
    parts
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn joined(points: &[String]) -> String {
    let mut joined = String::new();
    for point in points {
        if !joined.is_empty() {
            joined.push_str(if joined.ends_with([':', ';', ',']) { " " } else { "; " });
        }
        joined.push_str(point);
    }
    joined
}

fn listed<'p>(lead: &str, points: impl Iterator<Item = &'p str>) -> Shown {
    let mut points: Vec<String> = points.map(|point| point.trim_end_matches([';', ',', ' ']).to_owned()).collect();
    if let Some(last) = points.last_mut() {
        end(last);
    }
    let lead = lead.trim_end_matches([':', ';', ',', '.', ' ']);
    Shown { text: format!("{}:", capitalised(lead)), points }
}

/// A list after the only colon of a text, if each of its parts is short and none has
/// a sentence of its own.
fn after_colon(text: &str) -> Option<Shown> {
    let (lead, rest) = text.split_once(": ")?;
    let is_list = !lead.contains(';') && !rest.contains(':') && !rest.contains(". ");
    let points: Vec<&str> = rest.split(';').map(str::trim).filter(|point| !point.is_empty()).collect();
    let is_short = points.len() >= POINTS && points.iter().all(|point| point.chars().count() <= LONGEST);
    (is_list && is_short).then(|| listed(lead, points.into_iter()))
}

/// A text with a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut shown = capitalised(text);
    let trimmed = shown.trim_end_matches([';', ',', ':', ' ']).len();
    shown.truncate(trimmed);
    end(&mut shown);
    shown
}

/// A note with a sentence for each of its parts; what is quoted stays whole.
pub(super) fn sentences(text: &str) -> String {
    let mut sentences: Vec<String> = Vec::new();
    let mut is_open = false;
    for part in text.split("; ") {
        match sentences.last_mut().filter(|_| is_open) {
            Some(last) => {
                last.push_str("; ");
                last.push_str(part);
            }
            None => sentences.push(part.to_owned()),
        }
        is_open ^= part.matches('"').count() % 2 == 1;
    }
    sentences.iter().map(|part| sentence(part)).collect::<Vec<_>>().join(" ")
}

fn end(text: &mut String) {
    if !text.is_empty() && !text.ends_with(['.', '!', '?', '\u{2026}']) {
        text.push('.');
    }
}

fn capitalised(text: &str) -> String {
    let first = text.chars().next();
    // "iOS", "eLearning" and "pH" begin as their makers write them
    let is_word = text.split(' ').next().is_some_and(|word| !word.chars().skip(1).any(char::is_uppercase));
    match first.filter(|first| first.is_lowercase() && is_word) {
        Some(first) => first.to_uppercase().chain(text.chars().skip(1)).collect(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, sentences, shown};

    fn of(text: &str, points: &[&str]) -> Shown {
        Shown { text: text.to_owned(), points: points.iter().map(|point| (*point).to_owned()).collect() }
    }

    #[test]
    fn statements_as_printed() {
        for (text, expected) in [
            ("", ""),
            ("how to lay bricks", "How to lay bricks."),
            ("Lay bricks.", "Lay bricks."),
            ("pH and its measurement;", "pH and its measurement."),
            ("the tools \u{2022} saws", "The tools; saws."),
            ("\u{2022} saws \u{2022} planes", "Saws; planes."),
            ("a limit of 2\u{b7}5 metres", "A limit of 2\u{b7}5 metres."),
            ("\u{e9}lan?", "\u{c9}lan?"),
            ("Plan: measure; mark", "Plan: measure; mark."),
            ("Safety: stop. Report; wait; leave", "Safety: stop. Report; wait; leave."),
            ("Regulations; duties: own; others; site", "Regulations; duties: own; others; site."),
        ] {
            assert_eq!(shown(text), of(expected, &[]));
        }
    }

    #[test]
    fn notes_are_sentences() {
        let note = "the core outweighs \"Fitter; gas\" (3); it needs less";
        assert_eq!(sentences(note), "The core outweighs \"Fitter; gas\" (3). It needs less.");
        assert_eq!(sentences(""), "");
    }

    #[test]
    fn points_become_a_list() {
        let expected = of("The tools:", &["saws", "planes and chisels."]);
        for text in [
            "the tools: \u{2022} saws \u{2022} planes and chisels",
            "the tools\u{2022}\tsaws;\u{a0}\u{2022}\n planes and chisels.",
            "The tools. \u{b7} saws, \u{b7} planes and chisels; \u{b7}",
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(shown("the tools: saws; planes; chisels"), of("The tools:", &["saws", "planes", "chisels."]));
    }
}
