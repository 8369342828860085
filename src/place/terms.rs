//! The terms of a map's occupations, numbered and weighted.
//!
//! There are three families: words (as stems), pairs of adjacent words and, for
//! names, runs of letters. Another vector of each text (of its meaning, say)
//! would be a fourth: its dimensions are terms, and nothing else changes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::NewOccupation;
use super::texts::{Step, TextTerms, Texts, UNKNOWN};
use crate::text::{is_function_word, other_spelling, roots};

/// The weights of the families.
pub(super) const FAMILIES: [f64; 3] = [1.0, 0.5, 0.2];

/// The share of a map's occupations above which a word does not discriminate,
/// and the minimum number of occupations for that. Function words ("you", "our") never
/// do, however few occupations have them: adverts are full of them, and standards are not.
const COMMON: f64 = 0.6;
const FEW: u32 = 5;

/// The minimum length of a word that may be part of another.
const PART: usize = 4;
/// Endings for people after which a word remains, and its minimum length.
const PEOPLE: [(&str, usize); 7] =
    [("woman", 4), ("women", 4), ("person", 4), ("man", 4), ("men", 4), ("ist", 6), ("er", 6)];
/// Endings of the second of two words that are written as one.
const SECOND: [&str; 6] = ["er", "ers", "or", "ors", "ing", "man"];

type Table<K, V> = HashMap<K, V, RandomState>;

/// The kind of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A word, by the number of its most common form.
    Word(u32),
    /// Two adjacent words, by their terms.
    Pair(u32, u32),
    /// Letters of a name.
    Letters,
}

impl Kind {
    pub(super) fn family(self) -> usize {
        match self {
            Kind::Word(_) => 0,
            Kind::Pair(..) => 1,
            Kind::Letters => 2,
        }
    }
}

/// A word of the map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) stem: u32,
    /// The range of the terms of its letters.
    letters: (u32, u32),
}

/// The terms of a map's occupations.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub(super) words: Table<Arc<str>, Form>,
    pub(super) letters: Vec<u32>,
    pub(super) stems: Table<Arc<str>, u32>,
    pub(super) pairs: Table<(u32, u32), u32>,
    pub(super) runs: Table<u128, u32>,
    /// By relation and root: the terms of words for what people do, and of
    /// words for people.
    pub(super) related: [Table<Arc<str>, [u32; 2]>; 3],
    /// By term.
    pub(super) kinds: Vec<Kind>,
    pub(super) weights: Vec<f64>,
    /// The most common form of each stem.
    pub(super) shown: Arc<Vec<String>>,
    /// How many words the texts of an occupation usually have.
    pub(super) usual: f64,
    /// The mean share of each term in an occupation's words.
    pub(super) background: Vec<f64>,
}

impl Terms {
    /// Returns the terms of these occupations, and their texts as terms. The rarer a
    /// term, the more it weighs. Their numbers do not depend on the order of the
    /// occupations.
    pub(super) fn new(occupations: &[NewOccupation]) -> (Self, TextTerms) {
        let n = occupations.len();
        let texts = Texts::read(occupations);
        let stems = Stemmed::of(&texts.words);
        let rarity = |df: u32| libm::log((n as f64 + 1.0) / (f64::from(df) + 1.0)) + 1.0;
        let mut terms = Terms::default();

        let mut df = Frequencies::new(stems.names.len());
        let mut often = vec![0_u32; texts.words.len()];
        for (text, words) in texts.iter() {
            words.iter().for_each(|&word| often[word as usize] += 1);
            words.iter().for_each(|&word| df.count(stems.of[word as usize] as usize, text.occupation));
        }
        let most = (n as f64 * COMMON).max(f64::from(FEW));
        let mut common = vec![false; stems.names.len()];
        for (word, &stem) in texts.words.iter().zip(&stems.of) {
            common[stem as usize] |= is_function_word(word);
        }
        for (number, (name, df)) in stems.names.iter().zip(df.counts()).enumerate() {
            common[number] |= f64::from(df) > most;
            let weight = if common[number] { 0.0 } else { rarity(df).sqrt() };
            terms.stems.insert(name.as_str().into(), number as u32);
            terms.push(Kind::Word(number as u32), weight);
        }
        terms.shown = Arc::new(stems.commonest(&texts.words, &often));

        let mut pairs: Table<(u32, u32), Pair> = Table::default();
        let mut runs: Table<u128, (u32, u32)> = Table::default();
        let mut read = TextTerms::of(&texts);
        for (text, words) in texts.iter() {
            let mut last = None;
            let kept = words.iter().map(|&w| stems.of[w as usize]).filter(|&stem| !common[stem as usize]);
            for stem in kept {
                let pair = last.replace(stem).map_or(UNKNOWN, |before| {
                    let number = pairs.len() as u32;
                    let pair = pairs.entry((before, stem)).or_insert(Pair { df: (0, UNKNOWN), number });
                    count(&mut pair.df, text.occupation);
                    pair.number
                });
                if !text.is_name {
                    read.push(text, Step { stem, pair });
                }
            }
            if text.is_name {
                let words = words.iter().map(|&w| texts.words[w as usize].as_str());
                words.for_each(|w| runs_of(w, |run| count(runs.entry(run).or_insert((0, UNKNOWN)), text.occupation)));
            }
        }
        let mut term_of_pair = vec![UNKNOWN; pairs.len()];
        for ((one, other), pair) in sorted(pairs) {
            let term = terms.kinds.len() as u32;
            term_of_pair[pair.number as usize] = term;
            terms.pairs.insert((one, other), term);
            terms.push(Kind::Pair(one, other), rarity(pair.df.0).sqrt());
        }
        read.finish(&term_of_pair);
        for (run, (df, _)) in sorted(runs) {
            terms.runs.insert(run, terms.kinds.len() as u32);
            terms.push(Kind::Letters, rarity(df).sqrt());
        }
        terms.words = texts.words.into_iter().zip(stems.of).map(|(word, stem)| (word.into(), Form::of(stem))).collect();
        terms.spell();
        (terms, read)
    }

    fn push(&mut self, kind: Kind, weight: f64) {
        self.kinds.push(kind);
        self.weights.push(weight);
    }

    /// Finds the terms of the letters of every word, and its relatives.
    pub(super) fn spell(&mut self) {
        self.relate();
        let Terms { words, letters, runs, .. } = self;
        letters.clear();
        for (word, form) in words {
            let start = letters.len() as u32;
            runs_of(word, |run| letters.extend(runs.get(&run)));
            form.letters = (start, letters.len() as u32);
        }
    }

    /// Finds the relatives of every word.
    fn relate(&mut self) {
        let Terms { words, related, .. } = self;
        related.iter_mut().for_each(Table::clear);
        for (word, form) in &*words {
            roots(word, |relation, is_person, root| {
                let sides = related[relation as usize].entry(root.into()).or_insert([UNKNOWN; 2]);
                let side = &mut sides[usize::from(is_person)];
                // several stems may have one root: the first, in whatever order they come
                *side = form.stem.min(*side);
            });
        }
    }

    /// Drops terms that no occupation has (given in ascending order). Their
    /// numbers are not reused, and a pair's no longer says of what.
    pub(super) fn drop_unused(&mut self, unused: &[u32]) {
        if unused.is_empty() {
            return;
        }
        let is_used = |term: &u32| unused.binary_search(term).is_err();
        self.stems.retain(|_, stem| is_used(stem));
        self.pairs.retain(|_, pair| is_used(pair));
        for &term in unused {
            if let Some(kind @ Kind::Pair(..)) = self.kinds.get_mut(term as usize) {
                *kind = Kind::Letters;
            }
        }
        self.runs.retain(|_, run| is_used(run));
        self.words.retain(|_, form| is_used(&form.stem));
        // as `spell` would find them, without taking each word apart
        let old = std::mem::take(&mut self.letters);
        for form in self.words.values_mut() {
            let (from, to) = (form.letters.0 as usize, form.letters.1 as usize);
            let start = self.letters.len() as u32;
            self.letters.extend(old[from..to].iter().copied().filter(is_used));
            form.letters = (start, self.letters.len() as u32);
        }
        let lost = |sides: &[u32; 2]| sides.iter().any(|side| *side != UNKNOWN && !is_used(side));
        if self.related.iter().any(|table| table.values().any(lost)) {
            self.relate();
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(super) fn kind(&self, term: u32) -> Kind {
        self.kinds[term as usize]
    }

    pub(super) fn weight(&self, term: u32) -> f64 {
        self.weights[term as usize]
    }

    /// Whether a word discriminates between occupations.
    pub(super) fn tells(&self, stem: u32) -> bool {
        self.weights[stem as usize] > 0.0
    }

    pub(super) fn pair(&self, one: u32, other: u32) -> Option<u32> {
        self.pairs.get(&(one, other)).copied()
    }

    /// The stem of a word and the terms of its letters; `None` if the map does
    /// not have the word.
    pub(super) fn form(&self, word: &str) -> Option<(u32, &[u32])> {
        let form = self.words.get(word)?;
        Some((form.stem, &self.letters[form.letters.0 as usize..form.letters.1 as usize]))
    }

    /// The stems of what a word that the map does not have is read as: the
    /// word in the other spelling, a relative, or its parts; [`UNKNOWN`] for
    /// those that there are not.
    pub(super) fn read_as(&self, word: &str) -> [u32; 2] {
        let read_as = |word: &str| match self.relative(word) {
            UNKNOWN => self.parts(word),
            stem => [stem, UNKNOWN],
        };
        let other = other_spelling(word);
        if let Some(form) = other.as_ref().and_then(|other| self.words.get(other.as_str())) {
            return [form.stem, UNKNOWN];
        }
        match (read_as(word), other) {
            ([UNKNOWN, _], Some(other)) => read_as(&other),
            (found, _) => found,
        }
    }

    /// The stem of a relative of a word ("plumbing" for "plumber"), or
    /// [`UNKNOWN`].
    fn relative(&self, word: &str) -> u32 {
        let mut found = UNKNOWN;
        roots(word, |relation, is_person, root| {
            if let Some(sides) = self.related[relation as usize].get(root) {
                found = found.min(sides[usize::from(!is_person)]);
            }
        });
        found
    }

    /// The stems of the words that a word is made of: two words ("child",
    /// "minder"), or one and an ending for people ("reception", "fire").
    fn parts(&self, word: &str) -> [u32; 2] {
        if word.len() < PART + 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return [UNKNOWN; 2];
        }
        let known = |part: &str| self.words.get(part).map(|form| form.stem).filter(|&stem| self.tells(stem));
        if SECOND.iter().any(|end| word.ends_with(end)) {
            for (one, other) in (PART..=word.len() - PART).map(|end| word.split_at(end)) {
                let Some(one) = known(one) else { continue };
                let other = known(other).unwrap_or_else(|| self.relative(other));
                if other != UNKNOWN {
                    return [one, other];
                }
            }
        }
        for (ending, least) in PEOPLE {
            let one = word.strip_suffix('s').unwrap_or(word).strip_suffix(ending).filter(|one| one.len() >= least);
            if let Some(one) = one.and_then(known) {
                return [one, UNKNOWN];
            }
        }
        [UNKNOWN; 2]
    }

    /// The stem of two adjacent words that the map writes as one ("book
    /// keeper" for "bookkeeping") and not as two, or [`UNKNOWN`].
    pub(super) fn joined(&self, one: &str, other: &str, space: &mut String) -> u32 {
        let is_long = |word: &str| word.len() >= PART && word.bytes().all(|b| b.is_ascii_lowercase());
        if !is_long(one) || !is_long(other) {
            return UNKNOWN;
        }
        space.clear();
        space.extend([one, other]);
        let both = self.words.get(one).zip(self.words.get(other));
        if both.is_some_and(|(one, other)| self.pair(one.stem, other.stem).is_some()) {
            return UNKNOWN;
        }
        match self.words.get(space.as_str()) {
            Some(form) => form.stem,
            None if both.is_none() => self.relative(space),
            None => UNKNOWN,
        }
    }

    /// Whether the map has a word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The number of a stem, or [`UNKNOWN`].
    pub(super) fn stem(&self, stem: &str) -> u32 {
        self.stems.get(stem).copied().unwrap_or(UNKNOWN)
    }

    /// The terms of the letters of a word.
    pub(super) fn letters_of(&self, word: &str, mut each: impl FnMut(u32)) {
        runs_of(word, |run| self.runs.get(&run).copied().into_iter().for_each(&mut each));
    }

    /// How many of a word's runs of letters the map's names have, as a share.
    pub(super) fn share_of_letters(&self, word: &str) -> f64 {
        let (mut known, mut all) = (0.0, 0.0_f64);
        runs_of(word, |run| {
            known += f64::from(u8::from(self.runs.contains_key(&run)));
            all += 1.0;
        });
        known / all.max(1.0)
    }

    /// The most common form of a word.
    pub(super) fn shown(&self, word: u32) -> &str {
        &self.shown[word as usize]
    }

    /// A term in readable form: the most common form of a word, or of two.
    /// `None` for letters, which mean nothing one by one.
    pub(super) fn name(&self, term: u32) -> Option<String> {
        match self.kind(term) {
            Kind::Word(shown) => Some(self.shown(shown).to_owned()),
            Kind::Pair(one, other) => Some(format!("{} {}", self.name(one)?, self.name(other)?)),
            Kind::Letters => None,
        }
    }
}

impl Form {
    /// Returns a form whose letters are not known yet.
    pub(super) fn of(stem: u32) -> Self {
        Form { stem, letters: (0, 0) }
    }
}

/// The stems of words, in alphabetical order.
struct Stemmed {
    names: Vec<String>,
    /// By word.
    of: Vec<u32>,
}

impl Stemmed {
    fn of(words: &[String]) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, word) in words.iter().enumerate() {
            by_stem.entry(stemmer.stem(word).into_owned()).or_default().push(number);
        }
        let mut of = vec![0; words.len()];
        let mut names = Vec::new();
        for (stem, (name, words)) in by_stem.into_iter().enumerate() {
            words.into_iter().for_each(|word| of[word] = stem as u32);
            names.push(name);
        }
        Stemmed { names, of }
    }

    /// The most common word of each stem; ties: the first alphabetically.
    fn commonest(&self, words: &[String], often: &[u32]) -> Vec<String> {
        let mut best: Vec<Option<usize>> = vec![None; self.names.len()];
        for (word, &stem) in self.of.iter().enumerate() {
            let best = &mut best[stem as usize];
            let better = |old: usize| often[word].cmp(&often[old]).then(words[old].cmp(&words[word])).is_gt();
            if best.is_none_or(better) {
                *best = Some(word);
            }
        }
        best.into_iter().map(|word| word.map_or_else(String::new, |word| words[word].clone())).collect()
    }
}

/// The number of occupations in which each item occurs.
struct Frequencies(Vec<(u32, u32)>);

impl Frequencies {
    fn new(n: usize) -> Self {
        Frequencies(vec![(0, UNKNOWN); n])
    }

    fn count(&mut self, thing: usize, occupation: u32) {
        count(&mut self.0[thing], occupation);
    }

    fn counts(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|(df, _)| *df)
    }
}

/// Counts an occupation once, provided that occupations come in order.
fn count((df, last): &mut (u32, u32), occupation: u32) {
    if std::mem::replace(last, occupation) != occupation {
        *df += 1;
    }
}

/// A pair of words as it is counted.
struct Pair {
    /// The number of occupations with it, and the last of these.
    df: (u32, u32),
    /// Its place in the order of first appearance.
    number: u32,
}

fn sorted<K: Ord + Copy, C>(counts: Table<K, C>) -> Vec<(K, C)> {
    let mut counts: Vec<(K, C)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(key, _)| *key);
    counts
}

const MARK: u128 = b'_' as u128;

/// Runs of three to five letters of a word with its ends marked, as numbers.
fn runs_of(word: &str, mut each: impl FnMut(u128)) {
    // a character has 21 bits
    let padded: Vec<u128> =
        [MARK].into_iter().chain(word.chars().map(|c| u128::from(u32::from(c)))).chain([MARK]).collect();
    for n in 3..=5 {
        for run in padded.windows(n.min(padded.len())) {
            each(run.iter().fold(0, |packed, c| (packed << 21) | c));
        }
        if padded.len() <= n {
            break;
        }
    }
}
