//! The columns of a consultation's form as it is exported: a row for each respondent, the
//! questions as columns, answers in free text.

use crate::table::Columns;

/// The questions, each with the column of its reasons.
pub(super) const ANSWERS: [(&str, &str); 3] = [("a", "a rationale"), ("b", "b rationale"), ("c", "c rationale")];

pub(super) const FORM: Columns = Columns::new("the export of a form", &["a", "b", "c"])
    .with_optional(&["respondent", "organisation", "email", "map", "a rationale", "b rationale", "c rationale"])
    .recognising(column)
    .joining(&[
        ("respondent", " "),
        ("organisation", "\n"),
        ("email", "\n"),
        ("map", "\n"),
        ("a", "\n"),
        ("b", "\n"),
        ("c", "\n"),
        ("a rationale", "\n"),
        ("b rationale", "\n"),
        ("c rationale", "\n"),
    ])
    .noting_others()
    .holding_private_cells()
    .taking_long_rows();

/// Words that begin a heading over reasons.
const REASONS: [&str; 8] =
    ["rationale", "reason", "reasons", "why", "evidence", "please give", "please explain", "further comments"];

/// Words that begin a heading over more of the answer to its left, after "if yes".
const MORE: [&str; 8] = [
    "which ones",
    "which occupation",
    "which occupations",
    "details",
    "please specify",
    "please list",
    "please name",
    "please describe",
];
/// What begins a question that is answered by yes or no: not the name of a person.
const YES_OR_NO: [&str; 9] = ["are", "is", "do", "does", "would", "may", "can", "have", "i"];

/// The column that a heading of a form means: by the letter of its question, or by
/// its words.
fn column(heading: &str, left: Option<&'static str>) -> Option<&'static str> {
    let heading = heading.to_lowercase();
    let (letter, rest) = lettered(&heading);
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let after_yes = ["if yes", "if so", "if you answered yes", "if you said yes"].iter().find_map(|yes| {
        let rest = text.strip_prefix(yes)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start().to_owned())
    });
    let is_if = after_yes.is_some();
    let text = after_yes.unwrap_or(text);
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
    // "Rationale for A"
    let last = ANSWERS.iter().find(|(answer, _)| words.last() == Some(answer));
    if let Some((_, reasons)) = last.filter(|_| gives_reasons) {
        return Some(reasons);
    }
    if gives_reasons {
        // below which question it is, only its position says
        return ANSWERS.iter().find(|(answer, _)| left == Some(*answer)).map(|(_, reasons)| *reasons);
    }
    // "Are you responding as an individual or on behalf of an organisation?" names none
    if has("individual") || words.first().is_some_and(|first| YES_OR_NO.contains(first)) {
        return None;
    }
    let is_more = is_if || MORE.iter().any(|word| is_begun_by(&text, word)) || text == "which";
    match () {
        () if has("email") || text.contains("e mail") => Some("email"),
        () if has("organisation") || has("organization") || has("employer") => Some("organisation"),
        () if (has("name") && !is_more) || has("surname") || has("respondent") => Some("respondent"),
        () if has("map") || has("maps") || has("route") => Some("map"),
        // "If yes, which?" belongs to the answer to its left
        () if is_more => ANSWERS.iter().find(|(answer, _)| left == Some(*answer)).map(|(answer, _)| *answer),
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

#[cfg(test)]
mod tests {
    use super::column;

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
            ("Rationale for A", Some("c"), Some("a rationale")),
            ("Reasons (b)", None, Some("b rationale")),
            ("Your name", None, Some("respondent")),
            ("E-mail address", None, Some("email")),
            ("Name of organisation", None, Some("organisation")),
            ("Which occupational map are you responding on?", None, Some("map")),
            ("Are you responding as an individual or on behalf of an organisation?", None, None),
            ("Are you responding on behalf of an organisation?", None, None),
            ("If on behalf of an organisation, please name it", None, Some("organisation")),
            ("May we contact you by e-mail?", Some("email"), None),
            ("I am happy for my name to be published", None, None),
            ("First name", None, Some("respondent")),
            ("Surname", Some("respondent"), Some("respondent")),
            ("If yes, which occupations?", Some("a"), Some("a")),
            ("If so, please specify", Some("c"), Some("c")),
            ("If yes, please explain your rationale", Some("b"), Some("b rationale")),
            ("Which?", Some("b"), Some("b")),
            ("Which map is it about?", Some("c"), Some("map")),
            ("If yes, which occupations?", None, None),
            ("Please name them", Some("a"), Some("a")),
            ("Which organisation do you speak for?", Some("c"), Some("organisation")),
            ("What is your role?", Some("c"), None),
            ("A few words about you", None, None),
            ("", None, None),
            ("\u{c4}(", None, None),
        ] {
            assert_eq!(column(heading, left), expected, "{heading}");
        }
    }
}
