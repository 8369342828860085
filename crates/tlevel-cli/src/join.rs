//! How statements are joined: by score, by people, or by equal wording.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Share};
use tlevel::harmonise::{Harmony, Measure, Threshold};
use tlevel::map::Map;
use tlevel::topics::Topics;

use super::Stop;
use super::input::Input;
use super::ledger::{self, GivenLedger};
use super::meaning::{Given, VectorOptions};
use super::run::Run;
use super::topics::{self, ShareOption, TopicOptions};

/// The heading of options about joining.
const JOINING: &str = "How statements are joined";

/// The score that joins, and people's decisions.
#[derive(Debug, Args)]
pub(crate) struct ScoreOptions {
    /// The mean score that joins statements, from 0 to 1: higher for fewer and
    /// surer joins [default: 0.45]
    #[arg(help_heading = JOINING, long, value_name = "SCORE")]
    pub(crate) threshold: Option<Threshold>,
    /// People's decisions on pairs, applied first: the workbook of tlevel review, or
    /// CSV with decision (same, different, preferred, unsure), `occupation_a`,
    /// `statement_a`, `occupation_b`, `statement_b`, note; repeatable, for several
    /// people's
    #[arg(help_heading = JOINING, long, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
}

/// All ways of joining, and what is shared.
#[derive(Debug, Args)]
pub(crate) struct JoinOptions {
    #[command(flatten)]
    pub(crate) score: ScoreOptions,
    /// Join equal wordings only (and what the ledger joins)
    #[arg(help_heading = JOINING, long, conflicts_with_all = ["concepts", "threshold"])]
    pub(crate) exact: bool,
    /// Use concepts that people judged: CSV with occupation, statement, concept,
    /// label, and optionally also (further concepts that a bundle covers)
    #[arg(help_heading = JOINING, long, value_name = "FILE", conflicts_with_all = ["threshold", "ledger"])]
    pub(crate) concepts: Option<PathBuf>,
    /// What makes core: `topic` (what is taught together, in whatever words) or
    /// `statement` (what says the same) [default: the policy's, or topic; with
    /// --exact or judged concepts statement]
    #[arg(help_heading = super::WHAT_MAKES_CORE, long, value_enum, hide_possible_values = true, value_name = "topic|statement")]
    pub(crate) share: Option<ShareOption>,
    #[command(flatten)]
    pub(crate) topics: TopicOptions,
    #[command(flatten)]
    pub(crate) vectors: VectorOptions,
}

/// Concepts, and the topics over them.
pub(crate) struct Joined {
    pub(crate) concepts: Concepts,
    /// None if statements are shared.
    pub(crate) topics: Option<Topics>,
}

/// What concepts were made with: the measure, and the topics if topics are shared;
/// nothing, if only equal wordings are joined.
pub(crate) type MadeWith<'m> = Option<(Measure<'m>, Option<Topics>)>;

impl ScoreOptions {
    /// Joins by score and ledgers, and reports stale decisions.
    pub(crate) fn harmonise(&self, run: &mut Run<'_>, measure: &Measure<'_>, exact: bool) -> Result<Harmony, Stop> {
        let given = ledger::read(run, &self.ledger)?;
        self.harmonise_with(run, measure, &given, exact)
    }

    /// Joins by score and these ledgers, and reports stale decisions.
    pub(crate) fn harmonise_with(
        &self,
        run: &mut Run<'_>,
        measure: &Measure<'_>,
        given: &GivenLedger,
        exact: bool,
    ) -> Result<Harmony, Stop> {
        let ledger = &given.ledger;
        let joined = run.step("harmonise", "joining statements", || {
            if exact {
                tlevel::harmonise::harmonise_exact(measure, ledger)
            } else {
                tlevel::harmonise(measure, self.threshold.unwrap_or_default(), ledger)
            }
        });
        let harmony = joined.map_err(|e| given.stop(e))?;
        topics::say_stale(run, &given.name(), harmony.stale());
        run.count("stale_decisions", harmony.stale().len());
        Ok(harmony)
    }
}

impl JoinOptions {
    /// The files that they name.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        let own = self.score.ledger.iter().chain(&self.concepts).map(PathBuf::as_path);
        own.chain(self.topics.files()).map(Path::to_path_buf).chain(self.vectors.files())
    }

    /// The policy, with what is shared if the options say it.
    pub(crate) fn policy(&self, mut policy: Policy) -> Policy {
        policy.share = self.share.map(ShareOption::share).or(policy.share);
        policy
    }

    /// The score that joins what a proposal adds to the map; `None` if only equal
    /// wordings are joined, or if people judged.
    pub(crate) fn threshold(&self) -> Option<Threshold> {
        let by_score = !self.exact && self.concepts.is_none();
        by_score.then(|| self.score.threshold.unwrap_or_default())
    }

    /// The concepts of a map. Words are weighed only if something needs it.
    pub(crate) fn concepts(&self, run: &mut Run<'_>, map: &Map, policy: &Policy) -> Result<Concepts, Stop> {
        let given = self.given(run, map)?;
        Ok(self.known(run, map, &given, policy)?.1)
    }

    /// The vectors that were given.
    pub(crate) fn given(&self, run: &mut Run<'_>, map: &Map) -> Result<Given, Stop> {
        if self.is_exact() { Ok(Given::Nothing) } else { self.vectors.read(run, map) }
    }

    fn is_exact(&self) -> bool {
        self.exact && self.score.ledger.is_empty()
    }

    /// The concepts, and what they were made with.
    pub(crate) fn known<'m>(
        &self,
        run: &mut Run<'_>,
        map: &'m Map,
        given: &'m Given,
        policy: &Policy,
    ) -> Result<(MadeWith<'m>, Concepts), Stop> {
        if self.is_exact() && share_of(policy, true) == Share::Statement {
            return Ok((None, run.step("concepts", "joining statements", || Concepts::exact(map))));
        }
        let (measure, topics) = self.measure(run, map, given, policy)?;
        let joined = self.joined(run, &measure, topics, policy)?;
        Ok((Some((measure, joined.topics)), joined.concepts))
    }

    /// The measure of how similar statements are, and the topics if it needs them.
    pub(crate) fn measure<'m>(
        &self,
        run: &mut Run<'_>,
        map: &'m Map,
        given: &'m Given,
        policy: &Policy,
    ) -> Result<(Measure<'m>, Option<Topics>), Stop> {
        let meaning = given.meaning();
        let topics = meaning.map(|_| self.topics.assign(run, map, policy)).transpose()?;
        Ok((run.measure(map, meaning, topics.as_ref()), topics))
    }

    /// The concepts that the options ask for: judged by people, or joined by
    /// score and ledger, or, for the bundled map without such options, the bundled
    /// judgement. With topics over them if the policy shares topics: those given, or
    /// else assigned here.
    pub(crate) fn joined(
        &self,
        run: &mut Run<'_>,
        measure: &Measure<'_>,
        topics: Option<Topics>,
        policy: &Policy,
    ) -> Result<Joined, Stop> {
        let map = measure.map();
        let by_score = self.score.threshold.is_some() || !self.score.ledger.is_empty();
        let judged = match &self.concepts {
            Some(path) => Some(Input::file(path)?),
            None if self.exact || by_score => None,
            None => run.bundled_concepts(),
        };
        let is_judged = judged.is_some();
        let concepts = match judged {
            Some(input) => {
                let table = input.table(Concepts::COLUMNS)?;
                let concepts = run.step("concepts", "joining statements", || Concepts::from_table(map, &table));
                concepts.map_err(|e| input.stop(e))?
            }
            None if self.exact && !by_score => run.step("concepts", "joining statements", || Concepts::exact(map)),
            None => self.score.harmonise(run, measure, self.exact)?.into_concepts(),
        };
        if share_of(policy, self.exact || is_judged) == Share::Statement {
            if self.topics.are_given() {
                run.say("note: statements are shared, so topics have no effect; add --share topic to share topics");
            }
            return Ok(Joined { concepts, topics: None });
        }
        let topics = topics.map_or_else(|| self.topics.assign(run, map, policy), Ok)?;
        let concepts = topics::onto(run, measure, &topics, concepts);
        Ok(Joined { concepts, topics: Some(topics) })
    }
}

/// What is shared: what the policy says, or statements where people judged concepts
/// and where only equal wordings are joined, and otherwise topics.
fn share_of(policy: &Policy, is_judged_or_exact: bool) -> Share {
    let usual = if is_judged_or_exact { Share::Statement } else { Share::Topic };
    policy.share.unwrap_or(usual)
}
