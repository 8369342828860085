//! Names of the map in running text.

use std::collections::HashMap;

use crate::map::{Branch, Map};
use crate::text::{title_key, without_brackets};

/// The most words of a name.
const MOST: usize = 18;
/// The fewest words of a branch's name that its beginning may have.
const BEGINNING: usize = 2;

/// The names of a map's occupations and branches, blind to plurals, hyphens and capitals.
#[derive(Debug)]
pub(super) struct MapNames<'m> {
    by_key: HashMap<String, Named<'m>>,
}

/// What a name means.
#[derive(Clone, Copy, Debug, Default)]
struct Named<'m> {
    occupation: Option<&'m str>,
    branch: Option<&'m str>,
}

/// A name of the map in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention<'m> {
    /// Its start and end in the text.
    pub(super) span: (usize, usize),
    /// The title or id of the occupation that it may mean.
    pub(super) occupation: Option<&'m str>,
    /// The name of the branch that it may mean.
    pub(super) branch: Option<&'m str>,
}

impl<'m> MapNames<'m> {
    pub(super) fn of(map: &'m Map) -> MapNames<'m> {
        let mut by_key: HashMap<String, Named<'m>> = HashMap::new();
        for occupation in map.occupations() {
            let title = occupation.title();
            let short = without_brackets(title).map(|short| title_key(&short));
            by_key.entry(title_key(title)).or_default().occupation.get_or_insert(title);
            by_key.entry(title_key(occupation.id())).or_default().occupation.get_or_insert(occupation.id());
            if let Some(short) = short {
                by_key.entry(short).or_default().occupation.get_or_insert(title);
            }
        }
        let branches: Vec<Branch<'m>> = map.branches().collect();
        for branch in &branches {
            by_key.entry(title_key(branch.name())).or_default().branch.get_or_insert(branch.name());
            by_key.entry(title_key(branch.id())).or_default().branch.get_or_insert(branch.id());
        }
        // the beginning of a branch's name, if only that one begins so
        let mut beginnings: HashMap<String, Option<&'m str>> = HashMap::new();
        for branch in &branches {
            let words = words(branch.name());
            for n in BEGINNING..words.len() {
                let key: String = words[..n].iter().map(|(_, word)| word.as_str()).collect();
                let known = beginnings.entry(key).or_insert_with(|| Some(branch.name()));
                *known = known.filter(|name| *name == branch.name());
            }
        }
        for (key, name) in beginnings {
            if let Some(name) = name
                && !by_key.contains_key(&key)
            {
                by_key.insert(key, Named { occupation: None, branch: Some(name) });
            }
        }
        by_key.remove("");
        MapNames { by_key }
    }

    /// The names in a text, the longest where several begin, in order and without
    /// overlaps.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention<'m>> {
        let words = words(text);
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let mut key = String::new();
            let mut longest = None;
            for (n, (span, word)) in words[at..].iter().take(MOST).enumerate() {
                key.push_str(word);
                if let Some(named) = self.by_key.get(&key) {
                    longest = Some((n, span.1, *named));
                }
            }
            match longest {
                Some((n, end, named)) => {
                    let span = (words[at].0.0, end);
                    found.push(Mention { span, occupation: named.occupation, branch: named.branch });
                    at += n + 1;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The words of a text in the singular, "&" as "and", each with its start and end.
fn words(text: &str) -> Vec<((usize, usize), String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start = start.or(Some(at));
            continue;
        }
        if let Some(start) = start.take() {
            words.push(((start, at), title_key(&text[start..at])));
        }
        if c == '&' {
            words.push(((at, at + 1), "and".to_owned()));
        }
    }
    // "builder's" is one word
    words.retain(|(_, word)| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::MapNames;

    #[test]
    fn names_in_sentences() {
        let map = crate::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap();
        let map = crate::check(map).unwrap().map;
        let names = MapNames::of(&map);
        let found = |text: &str| -> Vec<String> {
            let shown = |at: &super::Mention<'_>| {
                let name = [at.occupation, at.branch].map(|name| name.unwrap_or("-"));
                format!("{}|{}", name[0], name[1])
            };
            names.mentions(text).iter().map(shown).collect()
        };
        assert_eq!(found("Brick-layers, LARS287"), ["Bricklayer|-", "LARS287|-"]);
        assert_eq!(
            found("to design & surveying technicians"),
            ["-|Design & Surveying Technician"],
            "the longest, not the pathway's beginning"
        );
        assert_eq!(found("the Agriculture, environmental route"), ["-|Agriculture, environmental and animal care"]);
        assert_eq!(found("Nothing here \u{e9}&"), Vec::<String>::new());
    }
}
