//! Themes: the topics that occupations mention, coarser than concepts.
//!
//! Concepts of any kind are joined repeatedly, the two groups with the highest
//! mean similarity first, down to a low mean. Similarity uses only a concept's
//! words (the mean of its statements' vectors). Only each concept's nearest are
//! considered; all other pairs count as 0. Unlike concepts, themes should be
//! broad: a statement about data protection law and one about keeping data safe
//! belong to one theme.
//!
//! A theme is named by the word, or the two consecutive words, that its
//! statements are mainly about and others are not: the largest sum of the
//! shares that it has in them, times the share of its mentions that are theirs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Measure;
use super::linkage::{self, Link, Missing};
use crate::concept::{ConceptIndex, Concepts, Theme};
use crate::map::StatementIndex;
use crate::sparse::{RowsBuilder, Wanted, search};
use crate::text::{Stems, slug, unused};

/// The topic of a theme: one stem, or two consecutive stems (one stem is stored
/// twice).
type Topic = (u32, u32);

/// How many of a concept's nearest are considered.
const NEAREST: usize = 15;
/// The mean similarity down to which groups are joined. It was chosen by
/// reading: at twice as much, "health and safety" is split into four; at half,
/// it also covers hygiene and the environment.
const BROAD: f64 = 0.03;

/// Groups concepts under themes. Each belongs to one theme, or to none if no
/// concept of another occupation is near. The themes with most occupations come
/// first; ties: by their labels.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::harmonise::{Measure, themes};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let found = themes(&Measure::new(&map), &Concepts::exact(&map));
/// assert!(found.iter().any(|theme| theme.label == "Cyber security"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// A search as in [`Measure::similar`], then `O(m d log m)` for `m` pairs found
/// and at most `d` linked groups per group.
pub fn themes(measure: &Measure<'_>, concepts: &Concepts) -> Vec<Theme> {
    let order = by_code(measure, concepts);
    let links = links(measure, concepts, &order);
    let namer = Namer::new(measure);
    let mut labels = Labels::default();
    let mut found: Vec<(usize, String, Vec<ConceptIndex>)> = Vec::new();
    for group in linkage::groups(order.len(), &links, BROAD, Missing::IsZero) {
        let mut of: Vec<ConceptIndex> = group.iter().map(|&row| order[row as usize]).collect();
        of.sort_unstable();
        let statements = of.iter().filter_map(|c| concepts.get(*c)).flat_map(|c| c.statements());
        let about: BTreeSet<StatementIndex> = statements.copied().collect();
        let statement = |s: &StatementIndex| measure.map().statement_at(*s);
        let occupations: BTreeSet<_> = about.iter().filter_map(statement).map(|s| s.occupation().index()).collect();
        if let Some(topic) = namer.topic(&about).filter(|_| occupations.len() > 1) {
            found.push((occupations.len(), labels.of(measure, topic, &about), of));
        }
    }
    let first = |of: &[ConceptIndex]| order.iter().position(|c| of.contains(c));
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then_with(|| first(&a.2).cmp(&first(&b.2))));
    let mut ids: HashSet<String> = HashSet::new();
    let themes = found.into_iter().map(|(_, label, of)| {
        let id = unused(format!("t-{}", slug(&label)), |id| ids.contains(id));
        ids.insert(id.clone());
        Theme::new(id, label, of)
    });
    themes.collect()
}

/// The concepts in the order of their statements' codes, whatever the order of
/// the map's rows.
fn by_code(measure: &Measure<'_>, concepts: &Concepts) -> Vec<ConceptIndex> {
    let code = |s: &StatementIndex| measure.map().statement_at(*s).map(|s| (s.occupation().id(), s.id()));
    let mut order: Vec<_> =
        concepts.iter().map(|c| (c.statements().iter().filter_map(code).min(), c.kind(), c.id(), c.index())).collect();
    order.sort_unstable();
    order.into_iter().map(|(.., index)| index).collect()
}

fn links(measure: &Measure<'_>, concepts: &Concepts, order: &[ConceptIndex]) -> Vec<Link> {
    let mut builder = RowsBuilder::default();
    for (row, concept) in order.iter().enumerate() {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        let mut statements: Vec<StatementIndex> =
            concepts.get(*concept).map_or_else(Vec::new, |c| c.statements().to_vec());
        // in an order that does not depend on the rows of the map
        statements.sort_by_key(|s| measure.place(*s));
        for statement in statements {
            let telling: BTreeMap<u32, f64> = measure.telling(statement).into_iter().collect();
            let length = telling.values().map(|w| w * w).sum::<f64>().sqrt();
            telling.into_iter().for_each(|(stem, w)| *sums.entry(stem).or_default() += w / length);
        }
        builder.push(row as u32, sums);
    }
    let mut links: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    search(&builder.finish(), Wanted::nearest(NEAREST), |row, found| {
        links.extend(found.iter().map(|n| ((row.min(n.row), row.max(n.row)), n.score)));
    });
    links.into_iter().map(|((a, b), score)| Link { a, b, score }).collect()
}

/// Records the share of each topic in all statements.
struct Namer<'n> {
    measure: &'n Measure<'n>,
    mentions: HashMap<Topic, u32>,
}

impl<'n> Namer<'n> {
    fn new(measure: &'n Measure<'n>) -> Self {
        let mut mentions: HashMap<Topic, u32> = HashMap::new();
        for statement in measure.map().statements() {
            for topic in parts(measure, statement.index()).into_keys() {
                *mentions.entry(topic).or_default() += 1;
            }
        }
        Namer { measure, mentions }
    }

    /// The topic that some statements are about and others are not.
    fn topic(&self, about: &BTreeSet<StatementIndex>) -> Option<Topic> {
        let mut sums: BTreeMap<Topic, (f64, u32)> = BTreeMap::new();
        let mut about: Vec<StatementIndex> = about.iter().copied().collect();
        about.sort_by_key(|s| self.measure.place(*s));
        for statement in about {
            for (topic, part) in parts(self.measure, statement) {
                let sum = sums.entry(topic).or_default();
                sum.0 += part;
                sum.1 += 1;
            }
        }
        let score = |(topic, (sum, n)): (Topic, (f64, u32))| {
            (topic, sum * (f64::from(n) / f64::from(self.mentions[&topic])).sqrt())
        };
        let scores = sums.into_iter().map(score);
        scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(topic, _)| topic)
    }
}

/// The topics of a statement, each with its share of the square of the
/// statement's length.
fn parts(measure: &Measure<'_>, statement: StatementIndex) -> BTreeMap<Topic, f64> {
    let telling = measure.telling(statement);
    let length: f64 = {
        let single: BTreeMap<u32, f64> = telling.iter().copied().collect();
        single.values().map(|w| w * w).sum()
    };
    let mut parts = BTreeMap::new();
    for (i, &(stem, weight)) in telling.iter().enumerate() {
        parts.insert((stem, stem), weight * weight / length);
        if let Some(&(next, other)) = telling.get(i + 1).filter(|(next, _)| *next != stem) {
            parts.insert((stem, next), (weight * weight + other * other) / length);
        }
    }
    parts
}

/// Finds readable labels for topics.
#[derive(Default)]
struct Labels {
    stems: Stems,
    of_word: HashMap<String, String>,
}

impl Labels {
    /// The most frequent wording of a topic in some statements: the word, or
    /// everything from the first word to the second. Ties: the shorter, then
    /// alphabetically.
    fn of(&mut self, measure: &Measure<'_>, topic: Topic, about: &BTreeSet<StatementIndex>) -> String {
        let (first, second) = (measure.stem(topic.0), measure.stem(topic.1));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for statement in about.iter().filter_map(|s| measure.map().statement_at(*s)) {
            let words: Vec<&str> = words(statement.text()).collect();
            let stems: Vec<String> = words.iter().map(|word| self.stem(word)).collect();
            for (i, _) in stems.iter().enumerate().filter(|(_, stem)| *stem == first) {
                let between = if topic.0 == topic.1 {
                    Some(0)
                } else {
                    stems[i + 1..].iter().position(|s| s == second).map(|n| n + 1)
                };
                if let Some(length) = between.filter(|n| *n <= 3) {
                    let span: Vec<String> = words[i..=i + length].iter().map(|word| plain(word)).collect();
                    *counts.entry(span.join(" ")).or_default() += 1;
                }
            }
        }
        let best = counts.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then(b.len().cmp(&a.len())).then(b.cmp(a)));
        let label = best.map_or_else(|| [first, second].join(" "), |(label, _)| label);
        let mut letters = label.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    }

    fn stem(&mut self, word: &str) -> String {
        if let Some(stem) = self.of_word.get(word) {
            return stem.clone();
        }
        let terms = self.stems.terms(word);
        let stem = terms.first().map_or("", |term| self.stems.stem(term.stem)).to_owned();
        self.of_word.insert(word.to_owned(), stem.clone());
        stem
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}').filter(|word| !word.is_empty())
}

/// A word in lower case unless it is an abbreviation.
fn plain(word: &str) -> String {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 { word.to_owned() } else { word.to_lowercase() }
}
