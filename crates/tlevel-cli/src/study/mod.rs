//! `tlevel study`: figures for researchers.

mod clusters;
mod compare;
mod harmonise;
mod misfits;
mod pictures;
mod placement;
mod sweep;
mod topics;

use clap::{Args, Subcommand};

use super::{Outcome, Stop};

/// Measure how good the program's answers are, and compare groupings
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study placement
  tlevel study clusters map.json --method ward --clusters 8
  tlevel study compare cluster pathway")]
pub(crate) struct Options {
    #[command(subcommand)]
    study: Study,
}

#[derive(Debug, Subcommand)]
enum Study {
    /// Joined statements against people's judgement; what another threshold gives
    Harmonise(harmonise::HarmoniseOptions),
    /// How often suggested clusters are right, each occupation left out in turn
    Placement(placement::PlacementOptions),
    /// How good a grouping is, computed or from a file, next to the official one
    Clusters(clusters::ClustersOptions),
    /// How similar two groupings are
    Compare(compare::CompareOptions),
    /// Occupations that are closer to another cluster than to their own
    Misfits(misfits::MisfitsOptions),
    /// Core sizes over quorums and thresholds
    Sweep(sweep::SweepOptions),
    /// Topics and cores against people who sorted statements into topics
    Topics(topics::TopicsOptions),
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    match &options.study {
        Study::Harmonise(options) => harmonise::run(options),
        Study::Placement(options) => placement::run(options),
        Study::Clusters(options) => clusters::run(options),
        Study::Compare(options) => compare::run(options),
        Study::Misfits(options) => misfits::run(options),
        Study::Sweep(options) => sweep::run(options),
        Study::Topics(options) => topics::run(options),
    }
}
