//! Misspelt words in the titles of new occupations.

use std::collections::{BTreeSet, HashMap};

use itertools::Itertools as _;

use crate::map::Map;
use crate::text::{WordList, capitalised, shorter, swapped};

/// The shortest word that may be misspelt, and the shortest that may be by two letters.
const SHORT: usize = 5;
const LONG: usize = 7;
/// The longest word that is looked at, and the longest title, in words.
const LONGEST: usize = 30;
const MOST_WORDS: usize = 15;

/// The words that are spelt right: those of a list, and those of a map.
pub(super) struct Spelling<'m, 'w> {
    list: &'w WordList,
    map: &'m Map,
    /// The words of the map, once one is needed.
    own: Option<BTreeSet<String>>,
    /// What is known of each word that was looked at: what was meant, if that is sure.
    meant: HashMap<String, Option<String>>,
}

/// A title with misspelt words.
#[derive(Debug, PartialEq)]
pub(super) struct Misspelt {
    /// The first of them.
    pub(super) word: String,
    /// The title as it was probably meant.
    pub(super) title: String,
}

impl<'m, 'w> Spelling<'m, 'w> {
    pub(super) fn new(list: &'w WordList, map: &'m Map) -> Self {
        Spelling { list, map, own: None, meant: HashMap::new() }
    }

    /// Finds words that neither the list nor the map knows and that are a slip away from
    /// one word that they know. None if there is no such word, or none is sure.
    pub(super) fn misspelt(&mut self, title: &str) -> Option<Misspelt> {
        let is_letter = |c: char| c.is_alphabetic() || c.is_numeric();
        if title.split(|c| !is_letter(c)).count() > MOST_WORDS {
            return None;
        }
        let is_shouted = !title.chars().any(char::is_lowercase);
        let (mut word, mut meant, mut rest) = (None, String::with_capacity(title.len()), title);
        while let Some(start) = rest.find(is_letter) {
            let end = rest[start..].find(|c| !is_letter(c)).map_or(rest.len(), |end| start + end);
            let (before, found) = (&rest[..start], &rest[start..end]);
            meant.push_str(before);
            // "HGV driver", "eBusiness manager"
            let is_short_form = !is_shouted && found.chars().skip(1).any(char::is_uppercase);
            let right = if is_short_form { None } else { self.meant(found) };
            match right {
                Some(right) => {
                    meant.push_str(&as_written(&right, found));
                    word.get_or_insert_with(|| found.to_owned());
                }
                None => meant.push_str(found),
            }
            rest = &rest[end..];
        }
        meant.push_str(rest);
        word.map(|word| Misspelt { word, title: meant })
    }

    /// The word that a misspelt one means.
    fn meant(&mut self, word: &str) -> Option<String> {
        if !(SHORT..=LONGEST).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let word = word.to_ascii_lowercase();
        if let Some(known) = self.meant.get(&word) {
            return known.clone();
        }
        let meant = if self.list.knows(&word) { None } else { self.nearest(&word) };
        self.meant.insert(word, meant.clone());
        meant
    }

    /// The one word at the least distance (optimal string alignment) with the same first
    /// letter; of several, the only one that the map has.
    fn nearest(&mut self, word: &str) -> Option<String> {
        let own = self.own.get_or_insert_with(|| words_of(self.map));
        if own.contains(word) {
            return None;
        }
        let near: BTreeSet<String> = (slips(word))
            .filter(|near| own.contains(near) || self.list.has(near) || self.list.is_made_of_one(near))
            .collect();
        if !near.is_empty() {
            return only(&near, own);
        }
        if word.len() < LONG {
            return None;
        }
        let first = word.chars().next()?;
        let of_map = own.range(first.to_string()..).map(String::as_str).take_while(|near| near.starts_with(first));
        let all = self.list.beginning_with(first).chain(of_map);
        let near = all.filter(|near| near.len().abs_diff(word.len()) <= 2 && strsim::osa_distance(word, near) == 2);
        only(&near.map(str::to_owned).collect(), own)
    }
}

/// The only word; of several, the only one of the map.
fn only(near: &BTreeSet<String>, own: &BTreeSet<String>) -> Option<String> {
    let of_map = || near.iter().filter(|near| own.contains(*near)).exactly_one().ok();
    near.iter().exactly_one().ok().or_else(of_map).cloned()
}

/// All words at a distance of one letter, with the same first letter.
fn slips(word: &str) -> impl Iterator<Item = String> + '_ {
    let letters = || ('a'..='z').map(|c| c.to_string());
    let with = move |before: usize, letter: &str, after: usize| [&word[..before], letter, &word[after..]].concat();
    let other = (1..word.len()).flat_map(move |at| letters().map(move |c| with(at, &c, at + 1)));
    let more = (1..=word.len()).flat_map(move |at| letters().map(move |c| with(at, &c, at)));
    shorter(word).chain(swapped(word)).chain(other).chain(more).filter(move |slip| slip != word)
}

/// A word in the capital letters of another.
fn as_written(word: &str, like: &str) -> String {
    if !like.chars().any(char::is_lowercase) {
        word.to_uppercase()
    } else if like.starts_with(char::is_uppercase) {
        capitalised(word)
    } else {
        word.to_owned()
    }
}

/// The words of a map: titles, job titles, names and statements.
fn words_of(map: &Map) -> BTreeSet<String> {
    let titles =
        map.occupations().flat_map(|o| std::iter::once(o.title()).chain(o.raw().job_titles.iter().map(String::as_str)));
    let names = map.branches().map(|branch| branch.name());
    let texts = titles.chain(names).chain(map.statements().map(|statement| statement.text()));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphabetic()));
    words.filter(|word| word.len() >= SHORT).map(str::to_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_with_a_slip_and_titles_without() {
        let map = include_bytes!("../../fixtures/maps/consultation.json");
        let map = crate::check(crate::read(map).unwrap()).unwrap().map;
        let words = "ebicycle\nbicycle\ntechnician\npierce\nmechanic\nMechanik\nzarter\nzarver\nsurveyed\nsurveyor\n\
                     dresser\nhair\ngeneral\ngenerals";
        let list = WordList::from_lines(words);
        let mut spelling = Spelling::new(&list, &map);
        for (title, meant) in [
            ("Bycicle technicain", Some(("Bycicle", "Bicycle technician"))),
            ("BODY PEIRCER (LEVEL 3)", Some(("PEIRCER", "BODY PIERCER (LEVEL 3)"))),
            ("Café mecanic", Some(("mecanic", "Café mechanic"))),
            // the map knows one of several words that are as near
            ("Bricklayar", Some(("Bricklayar", "Bricklayer"))),
            // right: in the list, on the map, or made of words
            ("Bicycle mechanic", None),
            ("Bricklayer", None),
            ("Hairdressers", None),
            // two words are as near, or none is
            ("Zarber", None),
            ("Zoologist", None),
            // short words, names and letters that stand for words
            ("Mecha", None),
            ("Mechanik", None),
            ("BYCICLE technician", None),
            ("eBycicle technician", None),
            ("R2D2 technic1an", None),
            ("", None),
        ] {
            let found = spelling.misspelt(title);
            let found = found.as_ref().map(|slip| (slip.word.as_str(), slip.title.as_str()));
            assert_eq!(found, meant, "{title}");
        }
        // no title is that long
        assert_eq!(spelling.misspelt(&"bycicle ".repeat(MOST_WORDS + 1)), None);
    }

    #[test]
    fn slips_of_one_letter_are_those_at_distance_one() {
        let list =
            ["abacus", "abaucs", "abcus", "abacuss", "bacus", "abacas", "xabacus", "abacusx", "abcaus", "abuacs"];
        for word in list {
            let is_near = strsim::osa_distance("abacus", word) == 1 && word.starts_with('a');
            assert_eq!(slips("abacus").any(|slip| slip == word), is_near, "{word}");
        }
    }
}
