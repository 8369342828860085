//! How statements are joined: by score, by people, or by equal wording.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::concept::Concepts;
use tlevel::harmonise::{Harmony, Ledger, Measure, Threshold, overlaps};
use tlevel::map::{Map, Statement};
use tlevel::topics::{TopicDecisions, Topics, Vocabulary};

use super::Stop;
use super::input::Input;
use super::run::Run;

/// The score that joins, and people's decisions.
#[derive(Debug, Args)]
pub(crate) struct ScoreOptions {
    /// The mean score that joins statements, from 0 to 1: higher for fewer and
    /// surer joins [default: 0.45]
    #[arg(long, value_name = "SCORE")]
    pub(crate) threshold: Option<Threshold>,
    /// People's decisions, applied first: CSV with decision (same, different,
    /// preferred), `occupation_a`, `statement_a`, `occupation_b`, `statement_b`, note
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
}

/// All ways of joining.
#[derive(Debug, Args)]
pub(crate) struct JoinOptions {
    #[command(flatten)]
    pub(crate) score: ScoreOptions,
    /// Join equal wordings only (and what the ledger joins)
    #[arg(long, conflicts_with_all = ["concepts", "threshold"])]
    pub(crate) exact: bool,
    /// Concepts judged by people instead: CSV with occupation, statement,
    /// concept, label (and also: further concepts that a bundle covers)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["threshold", "ledger"])]
    pub(crate) concepts: Option<PathBuf>,
}

impl ScoreOptions {
    pub(crate) fn ledger(&self) -> Result<(Ledger, Option<Input>), Stop> {
        let Some(path) = &self.ledger else { return Ok((Ledger::default(), None)) };
        let input = Input::file(path)?;
        let ledger = Ledger::from_table(&input.table(Ledger::COLUMNS)?).map_err(|e| input.stop(e))?;
        Ok((ledger, Some(input)))
    }

    /// Joins by score and ledger, and reports stale decisions.
    pub(crate) fn harmonise(&self, run: &mut Run<'_>, measure: &Measure<'_>, exact: bool) -> Result<Harmony, Stop> {
        let (ledger, input) = self.ledger()?;
        let joined = run.step("harmonise", "joining statements", || {
            if exact {
                tlevel::harmonise::harmonise_exact(measure, &ledger)
            } else {
                tlevel::harmonise(measure, self.threshold.unwrap_or_default(), &ledger)
            }
        });
        let harmony = joined.map_err(|e| input.as_ref().map_or_else(|| Stop::new(&e), |input| input.stop(&e)))?;
        if let Some(input) = input {
            say_stale(run, &input.name, &harmony);
        }
        run.count("stale_decisions", harmony.stale().len());
        if exact {
            return Ok(harmony);
        }
        let map = measure.map();
        Ok(harmony.map_concepts(|concepts| with_topics(run, measure, map, concepts)))
    }
}

/// Assigns topics of the bundled vocabulary, and finds the concepts that overlap.
fn with_topics(run: &mut Run<'_>, measure: &Measure<'_>, map: &Map, concepts: Concepts) -> Concepts {
    let overlaps = run.step("overlaps", "finding statements that overlap", || overlaps(measure, &concepts));
    let vocabulary = Vocabulary::bundled();
    let level_3 = |s: Statement<'_>| s.occupation().level().number() == 3;
    let decisions = TopicDecisions::default();
    let topics = run.step("topics", "assigning topics", || Topics::assign_with(map, &vocabulary, &decisions, level_3));
    let concepts = concepts.with_overlaps(overlaps);
    match topics {
        Ok(topics) => topics.onto(map, concepts),
        Err(_) => concepts,
    }
}

/// How many stale decisions are listed.
const LISTED: usize = 10;

fn say_stale(run: &Run<'_>, name: &str, harmony: &Harmony) {
    for stale in harmony.stale().iter().take(LISTED) {
        run.say(&format!("{name}: not applied: {stale}"));
    }
    if harmony.stale().len() > LISTED {
        run.say(&format!(
            "{name}: {} more decisions not applied; see them with: tlevel harmonise --format json",
            harmony.stale().len() - LISTED
        ));
    }
}

impl JoinOptions {
    /// The files that they name.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        [self.score.ledger.as_deref(), self.concepts.as_deref()].into_iter().flatten()
    }

    /// The score that joins what a proposal adds to the map; `None` if only equal
    /// wordings are joined, or if people judged.
    pub(crate) fn threshold(&self) -> Option<Threshold> {
        let by_score = !self.exact && self.concepts.is_none();
        by_score.then(|| self.score.threshold.unwrap_or_default())
    }

    /// Like [`JoinOptions::concepts_by`], for a command that needs no measure
    /// itself: it does not weigh words if only equal wordings are joined.
    pub(crate) fn concepts(&self, run: &mut Run<'_>, map: &Map) -> Result<Concepts, Stop> {
        if self.exact && self.score.ledger.is_none() {
            return Ok(run.step("concepts", "joining statements", || Concepts::exact(map)));
        }
        let measure = run.measure(map);
        self.concepts_by(run, &measure)
    }

    /// The concepts that the options ask for, under topics: judged by people, or
    /// joined by score and ledger, or, for the bundled map without such options,
    /// the bundled judgement.
    pub(crate) fn concepts_by(&self, run: &mut Run<'_>, measure: &Measure<'_>) -> Result<Concepts, Stop> {
        let map = measure.map();
        let by_score = self.score.threshold.is_some() || self.score.ledger.is_some();
        let judged = match &self.concepts {
            Some(path) => Some(Input::file(path)?),
            None if self.exact || by_score => None,
            None => run.bundled_concepts(),
        };
        if let Some(input) = judged {
            let table = input.table(Concepts::COLUMNS)?;
            let concepts = run.step("concepts", "joining statements", || Concepts::from_table(map, &table));
            let concepts = concepts.map_err(|e| input.stop(e))?;
            return Ok(concepts);
        }
        if self.exact && !by_score {
            return Ok(run.step("concepts", "joining statements", || Concepts::exact(map)));
        }
        Ok(self.score.harmonise(run, measure, self.exact)?.into_concepts())
    }
}
