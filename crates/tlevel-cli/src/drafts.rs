//! `tlevel derive --drafts`: what the drafts of an official file would change.

use tlevel::change::{DraftDifference, diff_with_effects};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::read::{DraftMap, Limits, read_drafts};

use super::input::Input;
use super::join::JoinOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Stop, say};

/// Compares the map of an input with the one that its drafts would give; with
/// pathways wanted, in their programmes alone.
pub(crate) fn drafts(
    (input, argument): (&Input, &MapArgument),
    map: &Map,
    (join, policy): (&JoinOptions, &Policy),
    wanted: &[String],
    progress: &Progress,
    stats: &mut Stats,
) -> Result<DraftDifference, Stop> {
    progress.step("reading the drafts");
    let read = stats.time("read_drafts", || read_drafts(&input.bytes, &Limits::default()));
    let DraftMap { map: raw, drafts, source_has_versions, .. } = read.map_err(|e| input.stop(e))?;
    if !source_has_versions {
        say(&format!(
            "note: {} is a native map, which has one version of each occupation; drafts are in official files",
            input.name
        ));
    }
    stats.count("drafts", drafts.len());
    let with_drafts = tlevel::check(raw).map_err(|e| input.stop(e))?.map;
    let before = join.concepts_of(argument, map, progress, stats)?;
    let after = join.concepts_of(argument, &with_drafts, progress, stats)?;
    progress.step("comparing");
    let compare = || diff_with_effects((map, &before), (&with_drafts, &after), policy, policy);
    let mut difference = stats.time("compare", compare).map_err(Stop::new)?;
    if !wanted.is_empty() {
        difference.effect.programmes.retain(|p| wanted.contains(&p.pathway.id));
    }
    Ok(DraftDifference::new(drafts, difference))
}
