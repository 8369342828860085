//! How statements are joined: by whom, and with what.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::concept::Concepts;
use tlevel::harmonise::{Harmony, Ledger, Measure, Threshold};
use tlevel::map::Map;

use super::input::Input;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Stop, say};

/// The score that joins, and people's decisions.
#[derive(Debug, Args)]
pub(crate) struct ScoreOptions {
    /// The mean score that joins statements, from 0 to 1: higher for fewer and
    /// surer joins (0.45 unless told)
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

    /// Joins by score and ledger; tells which decisions are stale.
    pub(crate) fn harmonise(&self, measure: &Measure<'_>, exact: bool, stats: &mut Stats) -> Result<Harmony, Stop> {
        let (ledger, input) = self.ledger()?;
        let joined = stats.time("harmonise", || {
            if exact {
                tlevel::harmonise::harmonise_exact(measure, &ledger)
            } else {
                tlevel::harmonise(measure, self.threshold.unwrap_or_default(), &ledger)
            }
        });
        let harmony = joined.map_err(|e| input.as_ref().map_or_else(|| Stop::new(&e), |input| input.stop(&e)))?;
        if let Some(input) = input {
            tell_stale(&input.name, &harmony);
        }
        stats.count("stale_decisions", harmony.stale().len());
        Ok(stats.time("themes", || harmony.with_themes(measure)))
    }
}

/// How many stale decisions are told one by one.
const TOLD: usize = 10;

fn tell_stale(name: &str, harmony: &Harmony) {
    for stale in harmony.stale().iter().take(TOLD) {
        say(&format!("{name}: not applied: {stale}"));
    }
    if harmony.stale().len() > TOLD {
        say(&format!(
            "{name}: {} more decisions not applied; see them with: tlevel harmonise --format json",
            harmony.stale().len() - TOLD
        ));
    }
}

impl JoinOptions {
    /// The files that they name.
    pub(crate) fn files(&self) -> [Option<&Path>; 2] {
        [self.score.ledger.as_deref(), self.concepts.as_deref()]
    }

    /// The score that joins what a proposal adds to the map; none where equal
    /// wordings alone are joined, or people judged.
    pub(crate) fn threshold(&self) -> Option<Threshold> {
        let by_score = !self.exact && self.concepts.is_none();
        by_score.then(|| self.score.threshold.unwrap_or_default())
    }

    /// [`JoinOptions::concepts`] of a map whose words are weighed for nothing else:
    /// not at all where equal wordings alone are joined.
    pub(crate) fn concepts_of(
        &self,
        argument: &MapArgument,
        map: &Map,
        progress: &Progress,
        stats: &mut Stats,
    ) -> Result<Concepts, Stop> {
        if self.exact && self.score.ledger.is_none() {
            return Ok(stats.time("concepts", || Concepts::exact(map)));
        }
        progress.step("weighing words");
        let measure = stats.time("weigh", || Measure::new(map));
        self.concepts(argument, &measure, progress, stats)
    }

    /// The concepts that the options ask for, under themes: judged by people,
    /// joined by score and ledger, or (for the bundled map, unless told
    /// otherwise) the judgement that is bundled with it.
    pub(crate) fn concepts(
        &self,
        argument: &MapArgument,
        measure: &Measure<'_>,
        progress: &Progress,
        stats: &mut Stats,
    ) -> Result<Concepts, Stop> {
        progress.step("joining statements");
        let map = measure.map();
        let by_score = self.score.threshold.is_some() || self.score.ledger.is_some();
        let judged = match &self.concepts {
            Some(path) => Some(Input::file(path)?),
            None if self.exact || by_score => None,
            None => Input::bundled_concepts(argument),
        };
        if let Some(input) = judged {
            let table = input.table(Concepts::COLUMNS)?;
            let concepts = stats.time("concepts", || Concepts::from_table(map, &table)).map_err(|e| input.stop(e))?;
            let themes = stats.time("themes", || tlevel::harmonise::themes(measure, &concepts));
            return Ok(concepts.with_themes(themes));
        }
        if self.exact && !by_score {
            return Ok(stats.time("concepts", || Concepts::exact(map)));
        }
        Ok(self.score.harmonise(measure, self.exact, stats)?.into_concepts())
    }
}
