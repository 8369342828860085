//! `tlevel derive --drafts`: what the drafts of an official file would change.

use tlevel::change::{DraftDifference, diff_with_effects};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::read::{DraftMap, Limits, read_drafts};

use super::Stop;
use super::input::Input;
use super::join::JoinOptions;
use super::run::Run;

/// Compares the map of an input with the map that its drafts would give; if
/// pathways are wanted, only in their programmes.
pub(crate) fn drafts(
    run: &mut Run<'_>,
    (input, map): (&Input, &Map),
    (join, policy): (&JoinOptions, &Policy),
    wanted: &[String],
) -> Result<DraftDifference, Stop> {
    let read = run.step("read_drafts", "reading the drafts", || read_drafts(&input.bytes, &Limits::default()));
    let DraftMap { map: raw, drafts, source_has_versions, .. } = read.map_err(|e| input.stop(e))?;
    if !source_has_versions {
        run.say(&format!(
            "note: {} is a native map, which has one version of each occupation; drafts are in official files",
            input.name
        ));
    }
    run.count("drafts", drafts.len());
    let with_drafts = tlevel::check(raw).map_err(|e| input.stop(e))?.map;
    let (before, after) = (run.concepts(map, join, policy)?, run.concepts(&with_drafts, join, policy)?);
    let compare = || diff_with_effects((map, &before), (&with_drafts, &after), policy, policy);
    let mut difference = run.step("compare", "comparing", compare).map_err(Stop::new)?;
    if !wanted.is_empty() {
        difference.effect.programmes.retain(|p| wanted.contains(&p.pathway.id));
    }
    Ok(DraftDifference::new(drafts, difference))
}
