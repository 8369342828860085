//! The most general of the wordings behind a core item.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::item::Item;
use crate::map::{Map, StatementRef};
use crate::text::Stems;

/// A wording of a core item that suits all occupations better than its most central
/// one: fewer of its words are used by a single standard of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeneralWording {
    /// The statement.
    pub statement: StatementRef,
    /// Its text.
    pub text: String,
}

/// Whether a text begins with one occupation, as "The joiner measures" does.
fn names_a_worker(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|word| word.trim_end_matches([',', ';', ':', '.']));
    let is_the = words.next().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    let is_worker = |word: &str| ["er", "or", "ist", "ian", "ant", "tive"].iter().any(|end| word.ends_with(end));
    let is_verb = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.contains('\'');
    let [first, second, third] = [words.next(), words.next(), words.next()].map(Option::unwrap_or_default);
    is_the && (is_worker(first) && is_verb(second) || is_worker(second) && is_verb(third))
}

/// The wordings of items that are more general than their own, by concept. What
/// begins with one occupation comes last. Ties: the item's own, then the shorter, then
/// alphabetically.
pub(super) fn general<'i>(map: &Map, items: impl Iterator<Item = &'i Item>) -> BTreeMap<String, GeneralWording> {
    let mut stems = Stems::default();
    // the occupation of each stem; `None` if several have it
    let mut users: Vec<Option<usize>> = Vec::new();
    for statement in map.statements() {
        let occupation = statement.occupation().index().index();
        for term in stems.terms(statement.text()) {
            match users.get_mut(term.stem as usize) {
                Some(user) => *user = user.filter(|user| *user == occupation),
                None => users.resize_with(term.stem as usize + 1, || Some(occupation)),
            }
        }
    }
    let mut private = |text: &str| {
        let own: BTreeSet<u32> = stems.terms(text).into_iter().map(|term| term.stem).collect();
        own.into_iter().filter(|stem| users.get(*stem as usize).is_some_and(Option::is_some)).count()
    };
    let mut wordings = BTreeMap::new();
    for item in items.filter(|item| item.statements.len() > 1) {
        let text = |s: &StatementRef| {
            let mut own = map.occupation(&s.occupation)?.statements();
            own.find(|own| own.id() == s.statement).map(|own| own.text().to_owned())
        };
        let candidates = item.statements.iter().filter_map(|s| Some((text(s)?, s)));
        let rank =
            |text: &str, private: usize| (names_a_worker(text), private, *text != *item.text, text.chars().count());
        let ranked = candidates.map(|(text, s)| (rank(&text, private(&text)), text, s));
        let best = ranked.min_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        if let Some((_, text, statement)) = best.filter(|(_, text, _)| *text != item.text) {
            wordings.insert(item.concept.to_string(), GeneralWording { statement: statement.clone(), text });
        }
    }
    wordings
}

#[cfg(test)]
mod tests {
    use super::names_a_worker;

    #[test]
    fn wordings_of_one_occupation() {
        for text in
            ["The joiner measures, marks", "the dental technician assesses risks", "The carpenter puts safety first"]
        {
            assert!(names_a_worker(text), "{text}");
        }
        for text in
            ["", "The", "The order of work", "Measure and mark out", "The role of a trainer", "The user's needs"]
        {
            assert!(!names_a_worker(text), "{text}");
        }
    }
}
