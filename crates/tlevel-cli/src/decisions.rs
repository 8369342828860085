//! The decisions of a panel: from one file, or from several people's.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::concept::Concepts;
use tlevel::derive::{DecisionEntry, Derivation, Policy, Tiers};
use tlevel::map::Map;
use tlevel::review::{Agreement, Decisions, apply_decisions, decision_log};

use super::Stop;
use super::input::Input;
use super::run::Run;

/// How many problems of a kind are listed.
const LISTED: usize = 10;

/// Decisions that go into the programmes.
#[derive(Debug, Args)]
pub(crate) struct DecisionOptions {
    /// What a panel decided on a draft: the reviewed workbook, or CSV with concept
    /// id (or topic), decision, and optionally merge with, comment, pathway;
    /// repeatable, for several people's reviews
    #[arg(help_heading = super::WHAT_MAKES_CORE, long, value_name = "FILE")]
    pub(crate) decisions: Vec<PathBuf>,
}

/// Programmes, and what went into them.
pub(crate) struct Decided {
    pub(crate) derivation: Derivation,
    /// The concepts that the programmes use: the merged ones.
    pub(crate) concepts: Concepts,
    pub(crate) tiers: Tiers,
    /// What became of each decision.
    pub(crate) log: Vec<DecisionEntry>,
}

impl DecisionOptions {
    /// The files.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.decisions.iter().map(PathBuf::as_path)
    }

    /// Derives the programmes with the decisions, which are for the wanted pathways
    /// where they name none, and reports all that could not be applied.
    pub(crate) fn derive(
        &self,
        run: &mut Run<'_>,
        map: &Map,
        concepts: Concepts,
        policy: &Policy,
        wanted: &[String],
    ) -> Result<Decided, Stop> {
        if self.decisions.is_empty() {
            let derivation = run.derive(map, &concepts, policy)?;
            return Ok(Decided { derivation, concepts, tiers: Tiers::default(), log: Vec::new() });
        }
        let (name, decisions) = self.read(run)?;
        let basis = policy.basis(map.title());
        for other in decisions.bases().iter().filter(|other| **other != basis) {
            run.say(&format!("note: the review was made with {other}; here it is applied to {basis}"));
        }
        let decisions = decisions.within(wanted);
        let reviewed =
            run.step("derive", "deriving programmes", || apply_decisions(map, &concepts, policy, &decisions));
        let reviewed = reviewed.map_err(Stop::new)?;
        let before = name.map(|name| format!("{name}: ")).unwrap_or_default();
        say(run, reviewed.conflicts.iter().map(|conflict| format!("{before}{conflict}")), "decisions not applied");
        let edits = decisions.remarks().iter().filter(|remark| remark.is_edit).map(|remark| {
            let number = Some(remark.number.as_str()).filter(|number| !number.is_empty());
            let name = number.unwrap_or_else(|| decisions.name(&remark.concept));
            format!(
                "{before}{}: the text of {name} was changed, which decides nothing; write it under New wording",
                remark.place
            )
        });
        say(run, edits.collect::<Vec<_>>().into_iter(), "changed texts");
        if self.decisions.len() > 1 {
            let agreement = Agreement::of(&decisions);
            say(run, agreement.alike.iter().map(|alike| format!("agreed: {alike}")), "agreed");
            run.say(&format!("{} reviews: {agreement}", self.decisions.len()));
        }
        run.count("decisions", decisions.decisions().len());
        run.count("decisions_not_applied", reviewed.conflicts.len());
        let log = decision_log(&decisions, &reviewed);
        Ok(Decided { derivation: reviewed.derivation, concepts: reviewed.concepts, tiers: reviewed.tiers, log })
    }

    /// The decisions of all files, and the name of the file if there is one only.
    fn read(&self, run: &Run<'_>) -> Result<(Option<String>, Decisions), Stop> {
        let mut reviews: Vec<(String, Decisions)> = Vec::new();
        let mut unread = 0;
        for path in &self.decisions {
            let input = Input::file(path)?;
            let (decisions, problems) = Decisions::readable(&input.table(Decisions::COLUMNS)?);
            say(run, problems.iter().map(|problem| format!("{}: {problem}", input.name)), "rows not read");
            unread += problems.len();
            reviews.push((input.name, decisions));
        }
        if unread > 0 && reviews.iter().all(|(_, review)| review.decisions().is_empty()) {
            return Err(Stop::new("no decision could be read; correct the rows above"));
        }
        match reviews.pop() {
            Some((name, decisions)) if reviews.is_empty() => Ok((Some(name), decisions)),
            last => {
                reviews.extend(last);
                let named = reviews.iter().map(|(name, decisions)| (name.as_str(), decisions.clone()));
                Ok((None, Decisions::of_several(named)))
            }
        }
    }
}

/// Says the first of several problems, and how many more there are.
fn say(run: &Run<'_>, problems: impl ExactSizeIterator<Item = String>, noun: &str) {
    let more = problems.len().saturating_sub(LISTED);
    problems.take(LISTED).for_each(|problem| run.say(&problem));
    if more > 0 {
        run.say(&format!("{more} more {noun}"));
    }
}
