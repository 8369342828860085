//! What contradicts in two statements that share their words: different
//! numbers, different levels, a negation, opposites.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::opposites::{Side, sides};
use crate::text::normal_form;

/// Why two statements do not say the same, however similar their words are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Contradiction {
    /// Each names a number that the other does not: "230 V", "400 V". Years are
    /// ignored (they date Acts), and so are numbers among examples.
    Numbers {
        /// The numbers only in the first statement.
        first: Vec<String>,
        /// The numbers only in the second.
        second: Vec<String>,
    },
    /// Each names a level that the other does not: "level 2", "level 3".
    Levels {
        /// The levels only in the first statement.
        first: Vec<String>,
        /// The levels only in the second.
        second: Vec<String>,
    },
    /// One of them says "not", "never", "cannot" or "without".
    Negation {
        /// The word.
        word: String,
        /// Whether the first has it.
        in_first: bool,
    },
    /// They begin with verbs of different responsibility: supervising a task,
    /// assisting with it and doing it are three skills.
    Responsibility {
        /// The first statement's verb.
        first: String,
        /// The second's.
        second: String,
    },
    /// Each names one of two opposites that the other does not: "before",
    /// "after". Opposites among examples are ignored.
    Opposites {
        /// The words of the first statement.
        first: String,
        /// The words of the second.
        second: String,
    },
}

/// The responsibility that a statement describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Responsibility {
    #[default]
    Does,
    Assists,
    Supervises,
}

impl Responsibility {
    /// Returns the responsibility by the first word of a statement.
    fn of(verb: &str) -> Self {
        let begins = |stems: &[&str]| stems.iter().any(|stem| verb.starts_with(stem));
        if begins(&["supervis", "oversee"]) {
            Responsibility::Supervises
        } else if begins(&["assist"]) || matches!(verb, "help" | "helps" | "helping") {
            Responsibility::Assists
        } else {
            Responsibility::Does
        }
    }
}

/// The parts of a text that can contradict another text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    numbers: BTreeSet<String>,
    levels: BTreeSet<String>,
    negation: Option<String>,
    responsibility: Responsibility,
    verb: String,
    /// The sides of opposites that it names, each with its first wording.
    opposites: BTreeMap<Side, String>,
}

impl Claims {
    pub(super) fn of(text: &str) -> Claims {
        let mut claims = Claims::default();
        // most texts have none of these
        let may = text.bytes().any(|b| b.is_ascii_digit());
        let normal = normal_form(text);
        let words: Vec<&str> =
            normal.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
        words.first().copied().unwrap_or_default().clone_into(&mut claims.verb);
        claims.responsibility = Responsibility::of(&claims.verb);
        let plain = words.iter().position(|w| EXAMPLES.contains(w)).unwrap_or(words.len());
        for (i, word) in words.iter().enumerate().take(plain) {
            let (before, after) = (i.checked_sub(1).map_or("", |i| words[i]), words.get(i + 1).copied().unwrap_or(""));
            if may && word.starts_with(|c: char| c.is_ascii_digit()) {
                let is_level = matches!(before, "level" | "levels");
                if is_level {
                    claims.levels.insert((*word).to_owned());
                } else if !is_year(word) {
                    claims.numbers.insert((*word).to_owned());
                }
            }
            // "including but not limited to", "whether or not", "not only"
            let idle = before == "or" || matches!(after, "limited" | "only" | "just" | "least");
            let negates = matches!(*word, "not" | "never" | "cannot" | "without") || word.ends_with("n't");
            if negates && !idle {
                claims.negation.get_or_insert_with(|| (*word).to_owned());
            }
        }
        for (side, said) in sides(&words[..plain]) {
            claims.opposites.entry(side).or_insert(said);
        }
        claims
    }

    /// The contradictions between two texts.
    pub(super) fn against(&self, other: &Claims) -> Vec<Contradiction> {
        let mut found = Vec::new();
        let own = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
        let (first, second) = (own(&self.numbers, &other.numbers), own(&other.numbers, &self.numbers));
        if !first.is_empty() && !second.is_empty() {
            found.push(Contradiction::Numbers { first, second });
        }
        let (first, second) = (own(&self.levels, &other.levels), own(&other.levels, &self.levels));
        if !first.is_empty() && !second.is_empty() {
            found.push(Contradiction::Levels { first, second });
        }
        match (&self.negation, &other.negation) {
            (Some(word), None) => found.push(Contradiction::Negation { word: word.clone(), in_first: true }),
            (None, Some(word)) => found.push(Contradiction::Negation { word: word.clone(), in_first: false }),
            _ => {}
        }
        if self.responsibility != other.responsibility {
            found.push(Contradiction::Responsibility { first: self.verb.clone(), second: other.verb.clone() });
        }
        for (side, first) in &self.opposites {
            let second = other.opposites.get(&side.opposite());
            let is_common = other.opposites.contains_key(side) || self.opposites.contains_key(&side.opposite());
            if let Some(second) = second.filter(|_| !is_common) {
                found.push(Contradiction::Opposites { first: first.clone(), second: second.clone() });
            }
        }
        found
    }

    /// Whether nothing in one contradicts the other: [`Claims::against`]
    /// without the evidence.
    pub(super) fn agree(&self, other: &Claims) -> bool {
        self == other || self.against(other).is_empty()
    }
}

/// The words that introduce examples.
const EXAMPLES: [&str; 5] = ["including", "includes", "example", "such", "eg"];

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|n| (1800..2100).contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_contradicts() {
        let against = |a: &str, b: &str| Claims::of(a).against(&Claims::of(b));
        let numbers = |a: &str, b: &str| Contradiction::Numbers { first: vec![a.into()], second: vec![b.into()] };
        assert_eq!(against("Wire 230V circuits", "Wire 400 V circuits"), [numbers("230v", "400")]);
        let levels = Contradiction::Levels { first: vec!["2".into()], second: vec!["3".into()] };
        assert_eq!(against("Mathematics at level 2.", "Mathematics at level 3"), [levels]);
        let negation = |in_first| Contradiction::Negation { word: "without".into(), in_first };
        assert_eq!(against("Work without supervision", "Work with supervision"), [negation(true)]);
        assert_eq!(against("Work with supervision", "Work without supervision"), [negation(false)]);
        for (a, b) in [
            ("The Act of 1974", "The Act of 2018"),
            ("Sets of 3 and 4", "Sets of 3"),
            ("Tools including 3 saws", "Tools including 4 saws"),
            ("Law, including but not limited to data", "Law, including data"),
            ("Whether or not it is safe", "Whether it is safe"),
            ("", ""),
        ] {
            assert_eq!(against(a, b), [], "{a} / {b}");
        }
        for (a, b, first, second) in [
            ("Alarms above 80 decibels", "Alarms below 80 decibels", "above", "below"),
            ("Wire up to 400 V", "Wire over 400 V", "up to", "over"),
            ("Doses for adults", "Doses for children", "adults", "children"),
            ("Accounts payable", "Accounts receivable", "payable", "receivable"),
            ("Stack according to the plan", "Stack contrary to the plan", "according to", "contrary to"),
            ("Non-verbal cues", "Verbal cues", "non verbal", "verbal"),
        ] {
            let opposites = |first: &str, second: &str| {
                [Contradiction::Opposites { first: first.to_owned(), second: second.to_owned() }]
            };
            assert_eq!(against(a, b), opposites(first, second), "{a} / {b}");
            assert_eq!(against(b, a), opposites(second, first), "{b} / {a}");
        }
        for (a, b) in [
            ("Checks before and after use", "Checks after use"),
            ("Internal and external audits", "External audits"),
            ("Machines such as manual lathes", "Machines such as automatic lathes"),
            ("Keep up to date", "Keep over the years"),
            ("No more than 3 days", "Up to 3 days"),
        ] {
            assert_eq!(against(a, b), [], "{a} / {b}");
        }
        let verbs = Contradiction::Responsibility { first: "supervise".into(), second: "carry".into() };
        assert_eq!(against("Supervise lifting", "Carry out lifting"), [verbs]);
        assert!(!Claims::of("Don't lift").agree(&Claims::of("Lift")));
    }
}
