//! The kinds of statements (knowledge, skill or behaviour), recognised by
//! lists, labels, prefixes and headings.

use super::lenient;
use super::node::Node;

/// A list of statements in a record.
#[derive(Clone, Copy)]
pub(super) struct List {
    /// The member, or the path of one inside a member.
    pub(super) member: &'static str,
    /// The kind of all its statements; `None` if each gives its own.
    pub(super) kind: Option<Kind>,
    /// The member of a statement that holds its label.
    pub(super) label: &'static str,
}

/// A kind of statement, with its name in the native format and the letter of
/// its labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Knowledge,
    Skill,
    Behaviour,
}

use Kind::{Behaviour, Knowledge, Skill};

const fn list(member: &'static str, kind: Kind) -> List {
    let label = match kind {
        Knowledge => "knowledgeId",
        Skill => "skillId",
        Behaviour => "behaviourId",
    };
    List { member, kind: Some(kind), label }
}

const fn mixed(member: &'static str) -> List {
    List { member, kind: None, label: "ksbId" }
}

/// The lists of the official sources, in the order in which they are read.
///
/// The third list of a foundation apprenticeship holds employability skills and
/// behaviours without distinguishing them. They are in the place of other
/// standards' behaviours and describe how people do their work. So they are
/// read as behaviours, unless a statement's own type or label says skill.
pub(super) const LISTS: &[List] = &[
    list("knowledges", Knowledge),
    list("knowledge", Knowledge),
    list("technicalKnowledges", Knowledge),
    list("technicalKnowledge", Knowledge),
    list("skills", Skill),
    list("technicalSkills", Skill),
    list("behaviours", Behaviour),
    list("behaviors", Behaviour),
    list("employabilitySkillsAndBehaviours", Behaviour),
    list("employabilitySkillsAndBehaviors", Behaviour),
    mixed("ksbs"),
    mixed("KSBs"),
    mixed("ksb"),
    mixed("knowledgeSkillsAndBehaviours"),
    mixed("knowledgeSkillsBehaviours"),
];

/// Lists inside a member that groups them by kind.
pub(super) const GROUPED: &[List] = &[
    list("ksbs/knowledges", Knowledge),
    list("ksbs/knowledge", Knowledge),
    list("ksbs/Knowledge", Knowledge),
    list("ksbs/K", Knowledge),
    list("ksbs/technicalKnowledges", Knowledge),
    list("ksbs/skills", Skill),
    list("ksbs/skill", Skill),
    list("ksbs/Skills", Skill),
    list("ksbs/Skill", Skill),
    list("ksbs/S", Skill),
    list("ksbs/technicalSkills", Skill),
    list("ksbs/behaviours", Behaviour),
    list("ksbs/behaviour", Behaviour),
    list("ksbs/behaviors", Behaviour),
    list("ksbs/Behaviours", Behaviour),
    list("ksbs/Behaviour", Behaviour),
    list("ksbs/B", Behaviour),
    list("ksbs/employabilitySkillsAndBehaviours", Behaviour),
];

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Knowledge => "knowledge",
            Skill => "skill",
            Behaviour => "behaviour",
        }
    }

    /// The singular form in a sentence.
    pub(super) fn singular(self) -> &'static str {
        match self {
            Knowledge => "knowledge",
            Skill => "a skill",
            Behaviour => "a behaviour",
        }
    }

    /// The plural form.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Knowledge => "knowledge",
            Skill => "skills",
            Behaviour => "behaviours",
        }
    }

    pub(super) fn letter(self) -> char {
        match self {
            Knowledge => 'K',
            Skill => 'S',
            Behaviour => 'B',
        }
    }

    fn of_letter(letter: char) -> Option<Kind> {
        match letter.to_ascii_uppercase() {
            'K' => Some(Knowledge),
            'S' => Some(Skill),
            'B' => Some(Behaviour),
            _ => None,
        }
    }

    /// The kind that a word names, in any spelling: "Technical Skill",
    /// "behaviors", "K".
    pub(super) fn of_word(word: &str) -> Option<Kind> {
        let mut letters = word.chars().filter(char::is_ascii_alphabetic);
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            return Kind::of_letter(letter);
        }
        let word = word.to_ascii_lowercase();
        // "employability skills and behaviours" are behaviours
        let named = [("behavio", Behaviour), ("knowledge", Knowledge), ("skill", Skill)];
        named.into_iter().find(|(part, _)| word.contains(part)).map(|(_, kind)| kind)
    }

    /// The kind that a label begins with: `K1`, `s 12`, `B-3`.
    pub(super) fn of_label(label: &str) -> Option<Kind> {
        let rest = label.strip_prefix(|c: char| Kind::of_letter(c).is_some())?;
        let number = rest.trim_start_matches([' ', '-', '_', '.']);
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        is_number.then(|| label.chars().next().and_then(Kind::of_letter)).flatten()
    }

    /// The kind of a statement in a list of both skills and behaviours, if it
    /// gives its own.
    pub(super) fn of_both(list: &List, item: &Node<'_>) -> Option<Kind> {
        let is_of_both = list.member.to_ascii_lowercase().contains("employability");
        is_of_both.then(|| Kind::of_statement(item)).flatten()
    }

    /// The kind that a statement gives itself: by its type, otherwise by its
    /// label. The numbers are those of the courses API.
    pub(super) fn of_statement(item: &Node<'_>) -> Option<Kind> {
        let by_type = ["type", "kind", "ksbType", "statementType", "category"].iter().find_map(|name| {
            let node = item.get(name)?;
            if let Ok(Some(number)) = lenient::whole_number(node) {
                return match number {
                    1 | 4 => Some(Knowledge),
                    2 | 5 => Some(Skill),
                    3 | 6 => Some(Behaviour),
                    _ => None,
                };
            }
            Kind::of_word(&lenient::borrowed(node).ok().flatten()?)
        });
        let is_both = |name: &str| {
            let node = item.get(name).and_then(|node| lenient::borrowed(node).ok().flatten());
            node.is_some_and(|word| word.to_ascii_lowercase().contains("employability"))
        };
        let by_label = || {
            ["key", "code", "label", "ksbId", "id"]
                .iter()
                .find_map(|name| Kind::of_label(&lenient::borrowed(item.get(name)?).ok().flatten()?))
        };
        match by_type {
            Some(Behaviour) if is_both("type") || is_both("ksbType") => by_label().or(by_type),
            Some(_) => by_type,
            None => by_label(),
        }
    }
}

/// A label at the start of a text ("K1: text", "S 2 - text", "(B3) text"), with
/// the text after it.
pub(super) fn label_before(text: &str) -> Option<(Kind, String, &str)> {
    let start = text.trim_start_matches(['(', '[']);
    let kind = start.chars().next().and_then(Kind::of_letter)?;
    let behind = start[1..].trim_start_matches(' ');
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    let (number, rest) = behind.split_at(end);
    let text = rest.trim_start_matches([')', ']', ':', '.', '-', '\u{2013}', '\u{2014}', ' ', '\n']);
    let is_label = (1..=3).contains(&number.len()) && !text.is_empty() && text.len() < rest.len();
    is_label.then(|| (kind, format!("{}{number}", kind.letter()), text))
}

/// The kind of the statements under a heading that appears among them: "Skill:
/// What is required", "Behaviours", "KNOWLEDGE \u{2013} requirements".
pub(super) fn heading(text: &str) -> Option<Kind> {
    if text.len() > 60 {
        return None;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next()?.to_ascii_lowercase();
    let kind = match first.as_str() {
        "knowledge" | "knowledges" => Knowledge,
        "skill" | "skills" => Skill,
        "behaviour" | "behaviours" | "behavior" | "behaviors" => Behaviour,
        _ => return None,
    };
    let tail: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let tail: Vec<&str> = tail.iter().map(String::as_str).collect();
    let is_heading = match tail.as_slice() {
        [] => true,
        [word] => ["required", "requirement", "requirements", "statements", "criteria"].contains(word),
        ["what", verb, "required"] => ["is", "s", "are"].contains(verb),
        _ => false,
    };
    is_heading.then_some(kind)
}

/// The member with the titles of options, if they are not listed.
pub(super) const TITLES_OF_OPTIONS: &str = "optionsUnstructuredTemplate";

/// Whether the statements, options and duties of a record are read from this
/// member.
pub(super) fn is_member(name: &str) -> bool {
    LISTS.iter().any(|list| list.member == name) || name == TITLES_OF_OPTIONS || name == "coreAndOptions"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_any_spelling() {
        for (json, expected) in [
            (r#"{"type": "Knowledge"}"#, Some(Knowledge)),
            (r#"{"kind": "skills"}"#, Some(Skill)),
            (r#"{"type": "BEHAVIOR"}"#, Some(Behaviour)),
            (r#"{"type": "Technical knowledge"}"#, Some(Knowledge)),
            (r#"{"type": "TechnicalSkill"}"#, Some(Skill)),
            (r#"{"type": "EmployabilitySkillsAndBehaviour"}"#, Some(Behaviour)),
            (r#"{"type": "EmployabilitySkillsAndBehaviour", "key": "S4"}"#, Some(Skill)),
            (r#"{"type": "S"}"#, Some(Skill)),
            (r#"{"type": 2}"#, Some(Skill)),
            (r#"{"type": 6}"#, Some(Behaviour)),
            (r#"{"type": {"name": "Skill"}}"#, Some(Skill)),
            (r#"{"key": "b12"}"#, Some(Behaviour)),
            (r#"{"type": "other", "key": "K1"}"#, Some(Knowledge)),
            (r#"{"type": null, "id": "S1"}"#, Some(Skill)),
            (r#"{"key": "KSB1"}"#, None),
            (r#"{"key": "Basic"}"#, None),
            (r#"{"type": 9}"#, None),
            ("{}", None),
            ("null", None),
        ] {
            assert_eq!(Kind::of_statement(&serde_json::from_str(json).unwrap()), expected, "{json}");
        }
    }

    #[test]
    fn labels_before_texts() {
        for (text, expected) in [
            ("K1: Food law", Some(("K1", "Food law"))),
            ("S12 Weigh", Some(("S12", "Weigh"))),
            ("b3 - Calm", Some(("B3", "Calm"))),
            ("(K 4) Yeast", Some(("K4", "Yeast"))),
            ("S3", None),
            ("S3:", None),
            ("B2B sales", None),
            ("K9999 dogs", None),
            ("Keep ovens clean", None),
            ("", None),
        ] {
            let found = label_before(text).map(|(_, label, rest)| (label, rest));
            assert_eq!(found, expected.map(|(label, rest)| (label.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn headings_among_statements() {
        for (text, expected) in [
            ("Skill: What is required", Some(Skill)),
            ("Skills: What is required", Some(Skill)),
            ("Behaviours:", Some(Behaviour)),
            ("Behaviors", Some(Behaviour)),
            ("SKILLS \u{2013} what is required", Some(Skill)),
            ("Knowledge", Some(Knowledge)),
            ("Knowledge - requirements", Some(Knowledge)),
            ("Skills (what's required):", Some(Skill)),
            ("Knowledge of food law", None),
            ("Skilled use of knives", None),
            ("Skills: weighing", None),
            ("Behaviour management", None),
            ("What is required", None),
            ("", None),
        ] {
            assert_eq!(heading(text), expected, "{text}");
        }
    }
}
