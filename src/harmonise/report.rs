//! Concepts, links and topics as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

use super::{Contradiction, Harmony, Measure, NearWords, Pair, Share, Stale, Unmatched};
use crate::concept::{ConceptIndex, HeadingSource, Nature, TopicStatement};
use crate::each::each;
use crate::map::{Kind, Map, StatementIndex};
use crate::order;

/// How many links a thread explains at least.
const AT_ONCE: usize = 64;

/// What was joined or almost joined, with the reasons: the JSON of the command
/// line (`"format": "tlevel-concepts"`, version 1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    format: ReportFormat,
    version: u32,
    /// The title of the map.
    #[serde(default)]
    pub map: Option<String>,
    /// The threshold; null if no score joined anything.
    pub threshold: Option<f64>,
    /// Every concept, in the order of the map.
    pub concepts: Vec<ReportedConcept>,
    /// The topics, in the order of the vocabulary; empty if none were
    /// assigned.
    #[serde(default)]
    pub topics: Vec<ReportedTopic>,
    /// The pairs inside concepts and those that were almost joined, most alike
    /// first, with one statement for each wording.
    pub links: Vec<Link>,
    /// Decisions that no longer fit the map.
    pub stale: Vec<Stale>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum ReportFormat {
    #[serde(rename = "tlevel-concepts")]
    Concepts,
}

/// A concept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportedConcept {
    /// Its id: unchanged as long as the wording that gives it remains.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// The wording of its central statement.
    pub text: String,
    /// Its statements, in the order of the map.
    pub statements: Vec<ReportedStatement>,
    /// The mean score of the pairs of its wordings; 1 for one wording.
    pub cohesion: f64,
    /// The pair of its wordings that is least alike.
    pub weakest: Option<ReportedPair>,
    /// The topic under which it is taught.
    #[serde(default)]
    pub topic: Option<String>,
}

/// A statement and its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportedStatement {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// Its text.
    #[serde(default)]
    pub text: String,
}

impl ReportedStatement {
    fn of(map: &Map, statement: StatementIndex) -> Self {
        let StatementCode { occupation, statement: code } = StatementCode::of(map, statement);
        let text = map.statement_at(statement).map_or("", |s| s.text()).to_owned();
        ReportedStatement { occupation, statement: code, text }
    }
}

/// A statement by its codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatementCode {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
}

impl StatementCode {
    fn of(map: &Map, statement: StatementIndex) -> Self {
        let code = map.statement_at(statement).map(|s| (s.occupation().id().to_owned(), s.id().to_owned()));
        let (occupation, statement) = code.unwrap_or_default();
        StatementCode { occupation, statement }
    }
}

/// Two statements and their score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportedPair {
    /// The first.
    pub a: StatementCode,
    /// The second.
    pub b: StatementCode,
    /// Their score.
    pub score: f64,
}

/// A topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportedTopic {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Where the heading comes from.
    #[serde(default)]
    pub source: HeadingSource,
    /// Whether it is general or occupational.
    #[serde(default)]
    pub nature: Nature,
    /// Its statements, in the order of the map.
    pub statements: Vec<ScoredStatement>,
    /// The ids of the concepts taught under it.
    pub concepts: Vec<String>,
}

/// A statement of a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredStatement {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// How much speaks for the topic.
    pub score: f64,
}

/// A pair of statements with the reasons for its score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// The first.
    pub a: StatementCode,
    /// The second.
    pub b: StatementCode,
    /// Their score.
    pub score: f64,
    /// Whether they are in one concept.
    pub joined: bool,
    /// What both have. The shares minus that of `unmatched` add up to the
    /// score.
    pub shared: Vec<Share>,
    /// The ten heaviest stems associated with the words of both.
    pub company: Vec<Share>,
    /// The words of both that are nearest by a table of words; none without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_words: Vec<NearWords>,
    /// A distinctive word of each that the other lacks, and what that
    /// subtracts.
    pub unmatched: Option<Unmatched>,
    /// The stems that only the first has.
    pub only_a: Vec<String>,
    /// The stems that only the second has.
    pub only_b: Vec<String>,
    /// The contradictions between them.
    pub contradictions: Vec<Contradiction>,
}

impl Link {
    /// Returns a pair with the reasons for its score.
    ///
    /// # Panics
    ///
    /// If a number is not that of a statement.
    pub fn of(measure: &Measure<'_>, a: StatementIndex, b: StatementIndex, joined: bool) -> Self {
        let evidence = measure.explain(a, b);
        let code = |s| StatementCode::of(measure.map(), s);
        Link {
            a: code(a),
            b: code(b),
            score: evidence.score,
            joined,
            shared: evidence.shared,
            company: evidence.company.into_iter().take(10).collect(),
            near_words: evidence.near_words,
            unmatched: evidence.unmatched,
            only_a: evidence.only_first,
            only_b: evidence.only_second,
            contradictions: evidence.contradictions,
        }
    }
}

fn scored(map: &Map, of: &TopicStatement) -> ScoredStatement {
    let StatementCode { occupation, statement } = StatementCode::of(map, of.statement);
    ScoredStatement { occupation, statement, score: of.score }
}

impl Harmony {
    /// Returns all of it as data.
    ///
    /// # Complexity
    ///
    /// `O(p w)` in the pairs of wordings inside concepts and those almost
    /// joined, and the words of each.
    pub fn report(&self, measure: &Measure<'_>) -> Report {
        let (map, concepts) = (measure.map(), self.concepts());
        let mut topic_of: Vec<Option<&str>> = vec![None; concepts.len()];
        for topic in concepts.topics() {
            topic.concepts.iter().for_each(|c| topic_of[c.index()] = Some(&topic.id));
        }
        let id = |c: &ConceptIndex| concepts.get(*c).map_or_else(String::new, |c| c.id().to_owned());
        let concept = |c: crate::concept::Concept<'_>| {
            let cohesion = self.cohesion(c.index());
            let weakest = cohesion.and_then(|cohesion| cohesion.weakest);
            ReportedConcept {
                id: c.id().to_owned(),
                kind: c.kind(),
                text: map.statement_at(c.central()).map_or("", |s| s.text()).to_owned(),
                statements: c.statements().iter().map(|s| ReportedStatement::of(map, *s)).collect(),
                cohesion: cohesion.map_or(1.0, |cohesion| cohesion.mean),
                weakest: weakest.map(|Pair { a, b, score }| ReportedPair {
                    a: StatementCode::of(map, a),
                    b: StatementCode::of(map, b),
                    score,
                }),
                topic: topic_of[c.index().index()].map(str::to_owned),
            }
        };
        let mut pairs: Vec<(f64, StatementIndex, StatementIndex, bool)> = Vec::new();
        for concept in concepts.iter() {
            let wordings = measure.wordings(concept.statements());
            for (i, &a) in wordings.iter().enumerate() {
                pairs.extend(wordings[i + 1..].iter().map(|&b| (measure.score(a, b), a, b, true)));
            }
        }
        pairs.extend(concepts.near().iter().map(|n| (n.score, n.statements[0], n.statements[1], false)));
        order::by(&mut pairs, |a, b| {
            let places = |p: &(f64, StatementIndex, StatementIndex, bool)| (measure.place(p.1), measure.place(p.2));
            b.0.total_cmp(&a.0).then_with(|| places(a).cmp(&places(b)))
        });
        Report {
            format: ReportFormat::Concepts,
            version: 1,
            map: map.title().map(str::to_owned),
            threshold: self.threshold().map(super::Threshold::get),
            concepts: concepts.iter().map(concept).collect(),
            topics: (concepts.topics().iter())
                .map(|t| ReportedTopic {
                    id: t.id.clone(),
                    heading: t.heading.clone(),
                    source: t.source,
                    nature: t.nature,
                    statements: t.statements.iter().map(|s| scored(map, s)).collect(),
                    concepts: t.concepts.iter().map(id).collect(),
                })
                .collect(),
            links: each(&pairs, AT_ONCE, || (), |(), &(_, a, b, joined)| Link::of(measure, a, b, joined)),
            stale: self.stale().to_vec(),
        }
    }
}
