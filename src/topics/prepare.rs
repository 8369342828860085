//! What every way of assigning starts from: the statements of a run as stems,
//! the phrases of the vocabulary, the weights of stems, and what people decided.

use std::collections::{BTreeMap, HashMap};

use super::decisions::Decided;
use super::vocabulary::Vocabulary;
use super::words::Stemmed;
use crate::map::{Level, Map, Statement, StatementIndex};
use crate::text::name_key;

/// What a topic of other routes keeps of its scores.
pub(super) const FOREIGN: f64 = 0.65;
/// How much more a phrase of several words says than a single word.
const PHRASE: f64 = 1.15;
/// After how many words a phrase says half as much.
const HALF_AT: f64 = 25.0;
/// How many of a statement's weightiest stems a score is a part of.
const WEIGHTIEST: usize = 12;
/// The most stems of a phrase; longer ones are passed over.
const LONGEST: usize = 16;
/// A score by words from which a statement shapes its topic's centroid.
pub(super) const SURE: f64 = 0.25;
/// How many statements a centroid needs.
pub(super) const MEMBERS: usize = 3;
/// The most that words count beside the centroid.
pub(super) const MOST_WORDS: f64 = 0.6;
/// How many similar statements are asked.
pub(super) const SIMILAR: usize = 20;
/// How similar they must be.
pub(super) const SIMILARITY: f64 = 0.2;
/// What a similar statement gives, of its own scores.
pub(super) const GIVES: f64 = 0.2;
/// How many of its best topics it speaks for.
pub(super) const SPEAKS_FOR: usize = 3;
/// Stems of as many statements or more make no statements similar.
pub(super) const TOO_FREQUENT: u32 = 150;
/// A score from which a topic is assigned.
pub(super) const ASSIGNED: f64 = 0.20;
/// A score from which a second one is, too,
pub(super) const SECOND: f64 = 0.50;
/// where it reaches this part of the first.
pub(super) const SECOND_PART: f64 = 0.6;
/// The score of what people decided.
pub(super) const DECIDED: f64 = 1.0;

/// The number of a stem that a run does not have.
const UNREAD: u32 = u32::MAX;

/// A statement of the run.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) index: StatementIndex,
    /// Its stems, in order.
    pub(super) tokens: Vec<u32>,
    /// Each of its stems and how often it occurs, by number.
    pub(super) counts: Vec<(u32, u32)>,
    /// The number of its route; none if the vocabulary does not know it.
    route: Option<usize>,
    /// What people decided.
    pub(super) decided: Decided,
    /// The sum of its weightiest stems.
    pub(super) total: f64,
}

/// A heading or cue as stems.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Its stems without repeats, in order.
    pub(super) stems: Vec<u32>,
    /// The topics that have it, each with the number of the cue; the heading
    /// is 0.
    pub(super) topics: Vec<(u32, u32)>,
    /// How much it says at the beginning of a statement.
    factor: f64,
}

impl Phrase {
    /// How much of a stem's weight counts where the phrase begins at that word.
    pub(super) fn factor_at(&self, place: usize) -> f64 {
        self.factor / (1.0 + place as f64 / HALF_AT)
    }

    /// How far its stems may be from the first.
    pub(super) fn reach(&self) -> usize {
        self.stems.len() + 1
    }
}

/// The statements of one level: weights, centroids and similar statements are
/// theirs alone.
#[derive(Debug)]
pub(super) struct Run {
    /// In the order of their codes, whatever the order of the map.
    pub(super) statements: Vec<Prepared>,
    pub(super) phrases: Vec<Phrase>,
    /// How many statements have each stem.
    pub(super) frequency: Vec<u32>,
    /// The weight of each stem.
    pub(super) weight: Vec<f64>,
    /// The stems, in alphabetical order.
    pub(super) stems: Vec<String>,
    /// The routes of each topic, by number; none for one of any route.
    routes: Vec<Vec<usize>>,
}

impl Run {
    /// A run for each level, from the lowest.
    pub(super) fn of_levels(
        map: &Map,
        vocabulary: &Vocabulary,
        mut decided: BTreeMap<StatementIndex, Decided>,
        is_included: impl Fn(Statement<'_>) -> bool,
    ) -> Vec<Run> {
        let mut levels: BTreeMap<Level, Vec<Statement<'_>>> = BTreeMap::new();
        for statement in map.statements().filter(|s| s.says_something() && is_included(*s)) {
            levels.entry(statement.occupation().level()).or_default().push(statement);
        }
        let routes = route_numbers(map, vocabulary);
        levels.into_values().map(|included| Run::new(included, vocabulary, &mut decided, &routes)).collect()
    }

    fn new(
        mut included: Vec<Statement<'_>>,
        vocabulary: &Vocabulary,
        decided: &mut BTreeMap<StatementIndex, Decided>,
        routes: &[Option<usize>],
    ) -> Run {
        included.sort_by_key(|s| (s.occupation().id(), s.id(), s.text()));
        let mut stemmed = Stemmed::default();
        let mut statements: Vec<Prepared> = included
            .into_iter()
            .map(|s| Prepared {
                index: s.index(),
                tokens: stemmed.read(s.text()),
                counts: Vec::new(),
                route: routes[s.occupation().pathway().route().index().index()],
                decided: decided.remove(&s.index()).unwrap_or_default(),
                total: 0.0,
            })
            .collect();
        let mut phrases = phrases(vocabulary, &mut stemmed);
        let (stems, places) = stemmed.sorted();
        let mut frequency = vec![0; stems.len()];
        for statement in &mut statements {
            statement.tokens.iter_mut().for_each(|stem| *stem = places[*stem as usize]);
            statement.counts = counts(&statement.tokens);
            statement.counts.iter().for_each(|(stem, _)| frequency[*stem as usize] += 1);
        }
        phrases.iter_mut().flat_map(|phrase| &mut phrase.stems).for_each(|stem| *stem = places[*stem as usize]);
        let weight: Vec<f64> = frequency.iter().map(|&df| rarity(statements.len(), df)).collect();
        for statement in &mut statements {
            statement.total = total(statement.counts.iter().map(|(stem, _)| weight[*stem as usize]).collect());
        }
        let numbers: HashMap<&str, usize> = vocabulary.route_ids().into_iter().zip(0..).collect();
        let of_topic =
            |routes: &Vec<String>| routes.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect();
        let routes = vocabulary.topics().iter().map(|topic| of_topic(&topic.routes)).collect();
        Run { statements, phrases, frequency, weight, stems, routes }
    }

    pub(super) fn topics(&self) -> usize {
        self.routes.len()
    }

    /// Reads a statement that the run does not have, of a route by its number, and its
    /// vector. A stem that the run does not have is in no phrase, and weighs as one of a
    /// single statement.
    pub(super) fn read(&self, text: &str, route: Option<usize>) -> (Prepared, Vec<(u32, f64)>) {
        let mut stemmed = Stemmed::default();
        let read = stemmed.read(text);
        let (stems, places) = stemmed.sorted();
        let number = |stem: &u32| {
            let stem = &stems[places[*stem as usize] as usize];
            self.stems.binary_search(stem).map_or(UNREAD, |number| number as u32)
        };
        let tokens: Vec<u32> = read.iter().map(number).collect();
        let unread = rarity(self.statements.len(), 1);
        let mut weights: Vec<f64> = Vec::new();
        let mut length = 0.0;
        for (own, count) in counts(&read) {
            let weight = self.weight.get(number(&own) as usize).copied().unwrap_or(unread);
            let value = (1.0 + libm::log(f64::from(count))) * weight;
            weights.push(weight);
            length += value * value;
        }
        let mut counts = counts(&tokens);
        counts.retain(|(stem, _)| *stem != UNREAD);
        let length = length.sqrt();
        let value = |&(stem, count): &(u32, u32)| {
            (stem, (1.0 + libm::log(f64::from(count))) * self.weight[stem as usize] / length)
        };
        let vector = counts.iter().map(value).collect();
        let total = total(weights);
        let decided = Decided::default();
        (Prepared { index: StatementIndex(u32::MAX), tokens, counts, route, decided, total }, vector)
    }

    /// What a topic keeps of its scores for a statement.
    pub(super) fn part(&self, statement: &Prepared, topic: u32) -> f64 {
        let routes = &self.routes[topic as usize];
        match statement.route {
            Some(route) if !routes.is_empty() && !routes.contains(&route) => FOREIGN,
            _ => 1.0,
        }
    }
}

/// The weight of a stem that so many of the statements have.
fn rarity(statements: usize, df: u32) -> f64 {
    (libm::log((statements as f64 + 100.0) / f64::from(df + 1)) - 1.0).max(0.05)
}

/// The sum of the weightiest stems of a statement.
fn total(mut weights: Vec<f64>) -> f64 {
    weights.sort_by(|a, b| b.total_cmp(a));
    weights.iter().take(WEIGHTIEST).sum()
}

/// Each number of a list and how often it occurs, in order.
fn counts(tokens: &[u32]) -> Vec<(u32, u32)> {
    let mut sorted = tokens.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).filter_map(|equal| Some((*equal.first()?, equal.len() as u32))).collect()
}

/// The headings and cues of all topics, equal ones once.
fn phrases(vocabulary: &Vocabulary, stemmed: &mut Stemmed) -> Vec<Phrase> {
    let mut numbers: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut phrases: Vec<Phrase> = Vec::new();
    for (t, topic) in vocabulary.topics().iter().enumerate() {
        for (c, wording) in std::iter::once(&topic.heading).chain(&topic.cues).enumerate() {
            let mut stems: Vec<u32> = Vec::new();
            for stem in stemmed.read(wording) {
                if stems.len() <= LONGEST && !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
            // the lint reports both
            if stems.is_empty() || stems.len() > LONGEST {
                continue;
            }
            let at = *numbers.entry(stems.clone()).or_insert(phrases.len());
            if at == phrases.len() {
                phrases.push(Phrase { stems, topics: Vec::new(), factor: 0.0 });
            }
            if let Some(phrase) =
                phrases.get_mut(at).filter(|p| p.topics.last().is_none_or(|(last, _)| *last != t as u32))
            {
                phrase.topics.push((t as u32, c as u32));
            }
        }
    }
    // the topics that have a phrase, in any order of its words
    let any_order = |phrase: &Phrase| {
        let mut stems = phrase.stems.clone();
        stems.sort_unstable();
        stems
    };
    let mut owners: HashMap<Vec<u32>, Vec<u32>> = HashMap::new();
    for phrase in &phrases {
        owners.entry(any_order(phrase)).or_default().extend(phrase.topics.iter().map(|(topic, _)| *topic));
    }
    for owners in owners.values_mut() {
        owners.sort_unstable();
        owners.dedup();
    }
    for phrase in &mut phrases {
        let owners = owners.get(&any_order(phrase)).map_or(1, Vec::len);
        phrase.factor = if phrase.stems.len() > 1 { PHRASE } else { 1.0 } / (owners as f64).sqrt();
    }
    phrases
}

/// The vocabulary's number of each route of a map, by its id or name, or what
/// else it is called.
pub(super) fn route_numbers(map: &Map, vocabulary: &Vocabulary) -> Vec<Option<usize>> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for (i, id) in vocabulary.route_ids().into_iter().enumerate() {
        numbers.entry(route_key(id)).or_insert(i);
    }
    for (i, route) in vocabulary.routes().iter().enumerate() {
        for name in &route.also {
            numbers.entry(route_key(name)).or_insert(i);
        }
    }
    let number = |name: &str| numbers.get(&route_key(name)).copied();
    map.routes().map(|route| number(route.id()).or_else(|| number(route.name()))).collect()
}

/// A route's name as a set of words: "Education & childcare" is
/// "childcare-and-education".
fn route_key(name: &str) -> String {
    let key = name_key(name);
    let mut words: Vec<&str> = key.split(' ').filter(|word| !matches!(*word, "and" | "the" | "of")).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}
