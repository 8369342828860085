//! From a map to concepts and topics, as the command line joins them.

use tlevel::check::Checked;
use tlevel::concept::Concepts;
use tlevel::derive::{DecisionEntry, Derivation, Policy, Share, Tiers};
use tlevel::harmonise::{Harmony, Ledger, Measure, Threshold, harmonise, harmonise_exact, overlaps};
use tlevel::map::{Map, Statement};
use tlevel::review::{Conflict, Decisions, apply_decisions, decision_log};
use tlevel::topics::{TopicDecisions, Topics, Vocabulary};
use tlevel_exchange::Read;
use tlevel_report::read_table;

use crate::failure::{Answer, Failure};
use crate::options::{Options, Texts};

/// How statements are joined, and which topics they may have.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The score that joins; `None` for the usual one.
    pub threshold: Option<Threshold>,
    /// Whether only equal wordings are joined.
    pub exact: bool,
    /// Concepts that people judged, as a table.
    pub judged: Option<String>,
    /// Decisions on pairs of statements.
    pub ledger: Option<Ledger>,
    /// The topics that statements may have.
    pub vocabulary: Vocabulary,
    /// Decisions on topics.
    pub topic_decisions: TopicDecisions,
}

/// Concepts, and the topics over them.
#[derive(Debug)]
pub struct Joined {
    /// The concepts.
    pub concepts: Concepts,
    /// None if statements are shared.
    pub topics: Option<Topics>,
}

/// Programmes with decisions, and what became of these.
#[derive(Debug)]
pub struct Decided {
    /// The programmes.
    pub derivation: Derivation,
    /// With those merged that people say are one; `None` if nothing was decided.
    pub concepts: Option<Concepts>,
    /// The tiers that people chose.
    pub tiers: Tiers,
    /// Decisions that could not be applied.
    pub conflicts: Vec<Conflict>,
    /// Each decision, and what became of it.
    pub log: Vec<DecisionEntry>,
}

/// Reads and checks a map.
///
/// # Errors
///
/// Bytes that are no map: `b"no map"`; a map without any record.
pub fn checked(bytes: &[u8]) -> Answer<Checked> {
    tlevel::check(opened(bytes, "")?.map).map_err(Failure::read)
}

/// Reads a map in any format that is known, with the places of its records in tables.
/// `name` is the name of the file.
///
/// # Errors
///
/// Bytes that are no map: `b"no map"`.
pub fn opened(bytes: &[u8], name: &str) -> Answer<Read> {
    tlevel_exchange::read_with_places(bytes, name).map_err(Failure::read)
}

/// The topics of the statements that a policy's programmes may serve.
///
/// # Errors
///
/// Decisions on topics that contradict each other.
pub fn assigned(map: &Map, policy: &Policy, vocabulary: &Vocabulary, decisions: &TopicDecisions) -> Answer<Topics> {
    let is_served = |statement: Statement<'_>| policy.may_serve(statement.occupation());
    Topics::assign_with(map, vocabulary, decisions, is_served).map_err(|e| Failure::of("topic decisions", e))
}

/// The concepts with those that overlap, and with topics over them.
pub fn onto(measure: &Measure<'_>, topics: &Topics, concepts: Concepts) -> Concepts {
    let overlaps = overlaps(measure, &concepts);
    topics.onto(measure.map(), concepts.with_overlaps(overlaps))
}

/// Applies decisions, which are for the wanted pathways where they name none.
///
/// # Errors
///
/// A policy with which nothing can be derived.
pub fn decided(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    decisions: Option<&Decisions>,
    wanted: &[String],
) -> Answer<Decided> {
    let Some(decisions) = decisions else {
        let derivation = tlevel::derive(map, concepts, policy).map_err(Failure::new)?;
        let (conflicts, log) = (Vec::new(), Vec::new());
        return Ok(Decided { derivation, concepts: None, tiers: Tiers::default(), conflicts, log });
    };
    let decisions = decisions.clone().within(wanted);
    let reviewed = apply_decisions(map, concepts, policy, &decisions).map_err(Failure::new)?;
    let log = decision_log(&decisions, &reviewed);
    Ok(Decided {
        derivation: reviewed.derivation,
        concepts: Some(reviewed.concepts),
        tiers: reviewed.tiers,
        conflicts: reviewed.conflicts,
        log,
    })
}

impl Joining {
    /// What the options say.
    ///
    /// # Errors
    ///
    /// A threshold or a table that cannot be read.
    pub fn of(options: &Options) -> Answer<Joining> {
        let ledgers = Texts::of(options.ledger.as_ref());
        let read = |text: &str| {
            let table = read_table(text.as_bytes(), Ledger::COLUMNS).map_err(|e| Failure::of("ledger", e))?;
            Ledger::from_table(&table).map_err(|e| Failure::of("ledger", e))
        };
        let ledger = match ledgers[..] {
            [] => None,
            [one] => Some(read(one)?),
            _ => {
                let read: Vec<Ledger> = ledgers.iter().map(|text| read(text)).collect::<Answer<_>>()?;
                let names: Vec<String> = (1..=read.len()).map(|n| format!("ledger {n}")).collect();
                Some(Ledger::of_several(names.iter().map(String::as_str).zip(read)).0)
            }
        };
        Ok(Joining {
            threshold: options.threshold()?,
            exact: options.exact,
            judged: options.concepts.clone(),
            ledger,
            vocabulary: vocabulary(options)?,
            topic_decisions: topic_decisions(options.topic_decisions.as_deref().unwrap_or_default())?,
        })
    }

    /// The score that joins what a proposal adds; `None` if only equal wordings are
    /// joined, or if people judged.
    pub fn threshold(&self) -> Option<Threshold> {
        let by_score = !self.exact && self.judged.is_none();
        by_score.then(|| self.threshold.unwrap_or_default())
    }

    /// What is shared.
    fn share(&self, policy: &Policy) -> Share {
        let usual = if self.exact || self.judged.is_some() { Share::Statement } else { Share::Topic };
        policy.share.unwrap_or(usual)
    }

    /// Statements joined by score, or by equal wording, and by the ledger.
    ///
    /// # Errors
    ///
    /// A ledger that contradicts itself.
    pub fn harmony(&self, measure: &Measure<'_>) -> Answer<Harmony> {
        let none = Ledger::default();
        let ledger = self.ledger.as_ref().unwrap_or(&none);
        let harmony = if self.exact {
            harmonise_exact(measure, ledger)
        } else {
            harmonise(measure, self.threshold.unwrap_or_default(), ledger)
        };
        harmony.map_err(|e| Failure::of("ledger", e))
    }

    /// The concepts of a map, and the topics over them if the policy shares topics.
    ///
    /// # Errors
    ///
    /// Judged concepts or decisions that do not fit the map.
    pub fn joined(&self, measure: &Measure<'_>, policy: &Policy) -> Answer<Joined> {
        let map = measure.map();
        let concepts = match &self.judged {
            Some(table) => {
                let table = read_table(table.as_bytes(), Concepts::COLUMNS).map_err(|e| Failure::of("concepts", e))?;
                Concepts::from_table(map, &table).map_err(|e| Failure::of("concepts", e))?
            }
            None if self.exact && self.ledger.is_none() => Concepts::exact(map),
            None => self.harmony(measure)?.into_concepts(),
        };
        if self.share(policy) == Share::Statement {
            return Ok(Joined { concepts, topics: None });
        }
        let topics = assigned(map, policy, &self.vocabulary, &self.topic_decisions)?;
        let concepts = onto(measure, &topics, concepts);
        Ok(Joined { concepts, topics: Some(topics) })
    }
}

/// The topics that statements may have.
fn vocabulary(options: &Options) -> Answer<Vocabulary> {
    let Some(text) = &options.topics else { return Ok(Vocabulary::bundled()) };
    let own = if Vocabulary::is_json(text.as_bytes()) {
        Vocabulary::from_json(text.as_bytes())
    } else {
        let table = read_table(text.as_bytes(), Vocabulary::COLUMNS).map_err(|e| Failure::of("topics", e))?;
        Vocabulary::from_table(&table)
    };
    let own = own.map_err(|e| Failure::of("topics", e))?;
    Ok(if options.only_topics { own } else { Vocabulary::bundled().extended(own) })
}

/// People's decisions on topics; none in an empty text.
///
/// # Errors
///
/// What is no such table: `"a letter"`.
pub fn topic_decisions(text: &str) -> Answer<TopicDecisions> {
    if text.trim().is_empty() {
        return Ok(TopicDecisions::default());
    }
    let table = read_table(text.as_bytes(), TopicDecisions::COLUMNS).map_err(|e| Failure::of("topic decisions", e))?;
    TopicDecisions::from_table(&table).map_err(|e| Failure::of("topic decisions", e))
}

/// The decisions of a panel, from one review or several; `None` if there is none.
///
/// # Errors
///
/// What is no such table, or has no decision that can be read.
pub fn decisions(options: &Options) -> Answer<Option<Decisions>> {
    let read = |text: &str| {
        let table = read_table(text.as_bytes(), Decisions::COLUMNS).map_err(|e| Failure::of("decisions", e))?;
        let (decisions, problems) = Decisions::readable(&table);
        match problems.into_iter().next() {
            Some(problem) if decisions.decisions().is_empty() => Err(Failure::of("decisions", problem)),
            _ => Ok(decisions),
        }
    };
    let texts = Texts::of(options.decisions.as_ref());
    match texts[..] {
        [] => Ok(None),
        [one] => read(one).map(Some),
        _ => {
            let read: Vec<Decisions> = texts.iter().map(|text| read(text)).collect::<Answer<_>>()?;
            let names: Vec<String> = (1..=read.len()).map(|n| format!("review {n}")).collect();
            Ok(Some(Decisions::of_several(names.iter().map(String::as_str).zip(read))))
        }
    }
}
