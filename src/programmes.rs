//! From the bytes of a map to its programmes in one call.

use crate::Error;
use crate::check::Finding;
use crate::concept::Concepts;
use crate::derive::{Derivation, Policy, Share};
use crate::harmonise::{Ledger, Measure, Stale, Threshold, harmonise, harmonise_exact, overlaps};
use crate::map::{Map, Statement};
use crate::meaning::Meaning;
use crate::review::{Conflict, Decisions, apply_decisions};
use crate::topics::{StaleTopicDecision, TopicDecisions, Topics, Vocabulary};

/// Returns the T Level programmes of a map. Reads and checks the map, joins
/// statements that say the same (with [`Threshold::default`]), assigns the topics
/// of the bundled vocabulary ([`Vocabulary::bundled`]), and derives by topic,
/// unless the policy shares statements.
///
/// Use [`ProgrammeBuilder`] to bring a ledger, a panel's decisions, topics or
/// another threshold, or to keep the findings. Use [`read`](crate::read()),
/// [`check`](crate::check()), [`harmonise`](crate::harmonise()) and
/// [`derive`](crate::derive()) to look at each stage.
///
/// # Errors
///
/// [`Error::Read`]: `b"no map"`; [`Error::Check`]: a map without any record.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
///
/// let bytes = std::fs::read("fixtures/maps/england.json")?;
/// let derivation = tlevel::programmes(&bytes, &Policy::panel())?;
/// let onsite = derivation.programme("construction/onsite-construction").expect("has a programme");
/// assert_eq!(onsite.pathway.name, "Onsite construction");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// The sum of the stages.
pub fn programmes(bytes: &[u8], policy: &Policy) -> Result<Derivation, Error> {
    Ok(ProgrammeBuilder::new(policy.clone()).of_bytes(bytes)?.derivation)
}

/// The programmes and everything that [`ProgrammeBuilder`] made on the way.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Programmes {
    /// The programmes.
    pub derivation: Derivation,
    /// The checked map.
    pub map: Map,
    /// The concepts, including those that a panel merged. They have topics if the
    /// programmes share topics.
    pub concepts: Concepts,
    /// What the check found.
    pub findings: Vec<Finding>,
    /// Entries of the ledger that were not applied because the map has changed.
    pub stale: Vec<Stale>,
    /// Decisions on topics that were not applied because the map or the vocabulary
    /// has changed.
    pub stale_topics: Vec<StaleTopicDecision>,
    /// A panel's decisions that could not be applied, with the reasons.
    pub conflicts: Vec<Conflict>,
}

/// The concepts of a map, and the decisions that no longer fit it.
struct Joined {
    concepts: Concepts,
    stale: Vec<Stale>,
    stale_topics: Vec<StaleTopicDecision>,
}

/// How statements are joined.
#[derive(Clone, Debug)]
enum Joining {
    Score(Threshold),
    Exact,
    Judged(String),
}

/// Derives programmes with custom ledgers, decisions, concepts, topics or
/// thresholds.
///
/// What makes a core is the policy's choice ([`Policy::share`]). If it leaves that
/// open, topics are shared if statements are joined by score, and statements if
/// they are joined [exactly](ProgrammeBuilder::exact) or were
/// [judged](ProgrammeBuilder::judged). Topics are assigned to the statements of
/// the policy's levels.
///
/// # Examples
///
/// ```
/// use tlevel::prelude::*;
///
/// let bytes = std::fs::read("fixtures/maps/england.json")?;
/// let decisions = Decisions::from_csv("concept id,decision\nk-none,drop\n")?;
/// let made = ProgrammeBuilder::new(Policy::t_level()).exact().decisions(decisions).of_bytes(&bytes)?;
/// assert_eq!(made.derivation.programmes.len(), 23);
/// assert_eq!(made.conflicts[0].to_string(), "line 2: k-none: no programme has such a concept; not applied");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ProgrammeBuilder<'v> {
    policy: Policy,
    joining: Joining,
    ledger: Ledger,
    decisions: Option<Decisions>,
    vocabulary: Vocabulary,
    topic_decisions: TopicDecisions,
    meaning: Option<Meaning<'v>>,
}

impl<'v> ProgrammeBuilder<'v> {
    /// Returns a builder that joins by score, with no ledger and no decisions.
    pub fn new(policy: Policy) -> Self {
        let joining = Joining::Score(Threshold::default());
        ProgrammeBuilder {
            policy,
            joining,
            ledger: Ledger::default(),
            decisions: None,
            vocabulary: Vocabulary::bundled(),
            topic_decisions: TopicDecisions::default(),
            meaning: None,
        }
    }

    /// Sets the mean score at which statements are joined.
    #[must_use]
    pub fn threshold(mut self, threshold: Threshold) -> Self {
        self.joining = Joining::Score(threshold);
        self
    }

    /// Joins only equal wordings and what the ledger joins.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.joining = Joining::Exact;
        self
    }

    /// Uses concepts that people judged, as CSV (see [`Concepts::from_csv`]),
    /// instead of joining statements. The ledger is then ignored.
    #[must_use]
    pub fn judged(mut self, csv: impl Into<String>) -> Self {
        self.joining = Joining::Judged(csv.into());
        self
    }

    /// Applies people's decisions on which statements say the same.
    #[must_use]
    pub fn ledger(mut self, ledger: Ledger) -> Self {
        self.ledger = ledger;
        self
    }

    /// Applies a panel's decisions on the draft programmes.
    #[must_use]
    pub fn decisions(mut self, decisions: Decisions) -> Self {
        self.decisions = Some(decisions);
        self
    }

    /// Sets the topics that statements may have, instead of those of
    /// [`Vocabulary::bundled`]. They are not used if statements are shared.
    #[must_use]
    pub fn vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.vocabulary = vocabulary;
        self
    }

    /// Applies people's decisions on which statements have which topics.
    #[must_use]
    pub fn topic_decisions(mut self, decisions: TopicDecisions) -> Self {
        self.topic_decisions = decisions;
        self
    }

    /// Compares statements by vectors of what they mean, too, and by their topics
    /// ([`Measure::with_vectors`], [`Measure::with_topics`]).
    #[must_use]
    pub fn meaning(mut self, meaning: Meaning<'v>) -> Self {
        self.meaning = Some(meaning);
        self
    }

    /// Reads, checks, joins and derives.
    ///
    /// # Errors
    ///
    /// As [`programmes`]; [`Error::Ledger`] if the ledger contradicts itself;
    /// [`Error::Concepts`] if the judged concepts do not fit the map;
    /// [`Error::TopicDecisions`] if decisions on topics contradict each other.
    ///
    /// # Complexity
    ///
    /// As [`programmes`].
    pub fn of_bytes(&self, bytes: &[u8]) -> Result<Programmes, Error> {
        let checked = crate::check(crate::read(bytes)?)?;
        let mut made = self.of_map(checked.map)?;
        made.findings = checked.findings;
        Ok(made)
    }

    /// Joins and derives; `findings` is empty.
    ///
    /// # Errors
    ///
    /// As [`ProgrammeBuilder::of_bytes`].
    ///
    /// # Complexity
    ///
    /// As [`programmes`].
    pub fn of_map(&self, map: Map) -> Result<Programmes, Error> {
        let Joined { concepts, stale, stale_topics } = self.concepts(&map)?;
        let (derivation, concepts, conflicts) = match &self.decisions {
            Some(decisions) => {
                let reviewed = apply_decisions(&map, &concepts, &self.policy, decisions)?;
                (reviewed.derivation, reviewed.concepts, reviewed.conflicts)
            }
            None => (crate::derive(&map, &concepts, &self.policy)?, concepts, Vec::new()),
        };
        Ok(Programmes { derivation, map, concepts, findings: Vec::new(), stale, stale_topics, conflicts })
    }

    fn topics(&self, map: &Map) -> Result<Topics, Error> {
        let is_served = |statement: Statement<'_>| self.policy.may_serve(statement.occupation());
        Ok(Topics::assign_with(map, &self.vocabulary, &self.topic_decisions, is_served)?)
    }

    fn concepts(&self, map: &Map) -> Result<Joined, Error> {
        let (measure, topics) = match self.meaning {
            Some(meaning) => {
                let topics = self.topics(map)?;
                (Measure::with_vectors(map, meaning).with_topics(&topics.profiles(map)), Some(topics))
            }
            None => (Measure::new(map), None),
        };
        let (concepts, stale, share) = match &self.joining {
            Joining::Judged(csv) => (Concepts::from_csv(map, csv)?, Vec::new(), Share::Statement),
            Joining::Exact => {
                let harmony = harmonise_exact(&measure, &self.ledger)?;
                let stale = harmony.stale().to_vec();
                (harmony.into_concepts(), stale, Share::Statement)
            }
            Joining::Score(threshold) => {
                let harmony = harmonise(&measure, *threshold, &self.ledger)?;
                let stale = harmony.stale().to_vec();
                (harmony.into_concepts(), stale, Share::Topic)
            }
        };
        if self.policy.share.unwrap_or(share) == Share::Statement {
            return Ok(Joined { concepts, stale, stale_topics: Vec::new() });
        }
        let overlaps = overlaps(&measure, &concepts);
        let topics = topics.map_or_else(|| self.topics(map), Ok)?;
        let stale_topics = topics.stale().to_vec();
        Ok(Joined { concepts: topics.onto(map, concepts.with_overlaps(overlaps)), stale, stale_topics })
    }
}
