//! Words that a reader may want to see before a branch is opened.

use super::{WordEvidence, WordGroup};
use crate::map::Occupation;

/// Words about the age of a learner.
pub const AGE_WORDS: [&str; 16] = [
    "under 18",
    "under 18s",
    "under 16",
    "over 18",
    "over 18s",
    "aged 16",
    "aged 18",
    "age of 16",
    "age of 18",
    "18 years",
    "18 or over",
    "from 18",
    "minimum age",
    "age limit",
    "young worker",
    "young workers",
];

/// Words about licences and other permissions.
pub const LICENCE_WORDS: [&str; 18] = [
    "licence",
    "licences",
    "license",
    "licensed",
    "licensing",
    "certificate of competence",
    "certificates of competence",
    "certificate of professional competence",
    "operator's card",
    "medical certificate",
    "permit",
    "permits",
    "registered",
    "registration",
    "security clearance",
    "vetted",
    "vetting",
    "disclosure and barring",
];

/// Words about machinery and vehicles. "Plant" alone is not included, because
/// gardens have plants too.
pub const MACHINERY_WORDS: [&str; 30] = [
    "machine",
    "machines",
    "machinery",
    "chainsaw",
    "chainsaws",
    "chipper",
    "chippers",
    "crane",
    "cranes",
    "excavator",
    "excavators",
    "forklift",
    "forklifts",
    "lift truck",
    "lift trucks",
    "heavy plant",
    "mobile plant",
    "plant and equipment",
    "plant and machinery",
    "tractor",
    "tractors",
    "vehicle",
    "vehicles",
    "lorry",
    "lorries",
    "winch",
    "winches",
    "piling rig",
    "piling rigs",
    "breathing apparatus",
];

/// The words about age, licences and machinery in the statements and duties of
/// an occupation: by group, then in their order.
pub(super) fn words(occupation: Occupation<'_>) -> Vec<WordEvidence> {
    let statements = occupation.statements().map(|s| (s.id(), s.text()));
    let texts: Vec<(&str, &str)> = statements.chain(occupation.duties().map(|d| (d.id(), d.text()))).collect();
    let groups: [(WordGroup, &[&str]); 3] =
        [(WordGroup::Age, &AGE_WORDS), (WordGroup::Licence, &LICENCE_WORDS), (WordGroup::Machinery, &MACHINERY_WORDS)];
    let mut evidence = Vec::new();
    for (group, wanted) in groups {
        for (id, text) in &texts {
            let words = found(text, wanted);
            if !words.is_empty() {
                evidence.push(WordEvidence { group, statement: (*id).to_owned(), words, text: (*text).to_owned() });
            }
        }
    }
    evidence
}

/// The wanted words of a text, as written there, each once; the longest if
/// several begin at the same place.
fn found(text: &str, wanted: &[&str]) -> Vec<String> {
    let tokens = tokens(text, &['\'', '\u{2019}']);
    let mut found: Vec<String> = Vec::new();
    for start in 0..tokens.len() {
        let fits = |phrase: &&&str| {
            let mut words = phrase.split(' ');
            let mut rest = tokens[start..].iter();
            words.all(|word| rest.next().is_some_and(|(_, _, token)| token == word))
        };
        let Some(longest) = wanted.iter().filter(fits).max_by_key(|phrase| phrase.len()) else { continue };
        let last = start + longest.split(' ').count() - 1;
        let words = &text[tokens[start].0..tokens[last].1];
        if !found.iter().any(|known| known.eq_ignore_ascii_case(words)) {
            found.push(words.to_owned());
        }
    }
    found
}

/// Runs of letters, digits and some other marks: their start and end, and their
/// text in lower case.
pub(super) fn tokens(text: &str, marks: &[char]) -> Vec<(usize, usize, String)> {
    let is_part = |c: char| c.is_alphanumeric() || marks.contains(&c);
    let mut tokens = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_part(c) {
            start = start.or(Some(i));
        } else if let Some(start) = start.take() {
            tokens.push((start, i, text[start..i].to_lowercase().replace('\u{2019}', "'")));
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_the_text_has_them() {
        for (text, expected) in [
            ("Drive a vehicle, or VEHICLES with a crane.", vec!["vehicle", "VEHICLES", "crane"]),
            ("The planting of plants, mobile  plant", vec!["mobile  plant"]),
            ("machined parts; anchor-cranes", vec!["cranes"]),
            ("", vec![]),
        ] {
            assert_eq!(found(text, &MACHINERY_WORDS), expected, "{text}");
        }
        assert_eq!(found("No under-18s; Under 18 only", &AGE_WORDS), ["under-18s", "Under 18"]);
        assert_eq!(found("An operator\u{2019}s card", &LICENCE_WORDS), ["operator\u{2019}s card"]);
    }
}
