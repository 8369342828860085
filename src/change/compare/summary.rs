//! The overview of a difference: counts, and what one of the maps does not
//! cover.

use super::report::{MapDiff, MapSide, NotCovered, Summary};
use crate::change::matching::occupations::Records;
use crate::change::scope::Within;
use crate::map::{BranchName, BranchTier, Map, Occupation, Pathway, Route};

pub(in crate::change) fn summary(out: &MapDiff, old: &Map, new: &Map, records: &Records, within: &Within) -> Summary {
    let both = old.occupations().filter_map(|was| Some((was, records.new_occupation(was, new)?)));
    let both = both.filter(|(was, is)| within.pair(*was, *is)).count();
    let recoded = out.recoded.len();
    Summary {
        old_occupations: both + out.occupations_removed.len(),
        new_occupations: both + out.occupations_added.len(),
        kept: both.saturating_sub(recoded),
        recoded,
        added: out.occupations_added.len(),
        removed: out.occupations_removed.len(),
        moved: out.moved.len(),
        relevelled: out.relevelled.len(),
        retitled: out.retitled.len(),
    }
}

/// What the new map does not cover of the old one, then the other way round.
pub(in crate::change) fn not_covered(old: &Map, new: &Map, records: &Records, within: &Within) -> Vec<NotCovered> {
    let is_old = |o: Occupation<'_>| records.new_occupation(o, new).is_some();
    let is_new = |o: Occupation<'_>| records.old_occupation(o, old).is_some();
    let route_of_old = |r: Route<'_>| records.new_route(r, new).is_some_and(|r| r.pathways().any(has_occupation));
    let route_of_new = |r: Route<'_>| records.old_route(r, old).is_some_and(|r| r.pathways().any(has_occupation));
    let of_old = |p: Pathway<'_>| records.new_pathway(p, new).is_some_and(has_occupation);
    let of_new = |p: Pathway<'_>| records.old_pathway(p, old).is_some_and(has_occupation);
    let lacks_old = Lacks { missing_in: MapSide::New, is_matched: &is_old, route: &route_of_old, pathway: &of_old };
    let lacks_new = Lacks { missing_in: MapSide::Old, is_matched: &is_new, route: &route_of_new, pathway: &of_new };
    let mut out = lacks_old.list(old, within, 0);
    out.extend(lacks_new.list(new, within, 1));
    out
}

fn has_occupation(pathway: Pathway<'_>) -> bool {
    pathway.occupations().len() > 0
}

/// Tests whether the other map has anything of a map's branches.
struct Lacks<'l> {
    missing_in: MapSide,
    /// Whether the occupation is on the other map.
    is_matched: &'l dyn Fn(Occupation<'_>) -> bool,
    /// Whether the other map has occupations in this route.
    route: &'l dyn Fn(Route<'_>) -> bool,
    pathway: &'l dyn Fn(Pathway<'_>) -> bool,
}

impl Lacks<'_> {
    fn list(&self, map: &Map, within: &Within, side: usize) -> Vec<NotCovered> {
        let routes: Vec<Route<'_>> =
            map.routes().filter(|r| within.route(*r, side) && r.pathways().any(has_occupation)).collect();
        let none_matched = |p: Pathway<'_>| !p.occupations().any(|o| (self.is_matched)(o));
        let lacks_route = |r: &Route<'_>| !(self.route)(*r) && r.pathways().all(none_matched);
        let missing: Vec<Route<'_>> = routes.iter().copied().filter(lacks_route).collect();
        let mut out = Vec::new();
        if !missing.is_empty() {
            let pathways = missing.iter().flat_map(|r| r.pathways()).filter(|p| within.pathway(*p, side));
            out.push(NotCovered {
                missing_in: self.missing_in,
                tier: BranchTier::Route,
                branches: missing.iter().map(|r| name(r.id(), r.name())).collect(),
                of: routes.len(),
                occupations: pathways.map(|p| p.occupations().len()).sum(),
            });
        }
        let covered = routes.iter().filter(|r| !lacks_route(r));
        let pathways: Vec<Pathway<'_>> =
            covered.flat_map(|r| r.pathways()).filter(|p| within.pathway(*p, side) && has_occupation(*p)).collect();
        let missing: Vec<Pathway<'_>> =
            pathways.iter().copied().filter(|p| !(self.pathway)(*p) && none_matched(*p)).collect();
        if !missing.is_empty() {
            out.push(NotCovered {
                missing_in: self.missing_in,
                tier: BranchTier::Pathway,
                branches: missing.iter().map(|p| name(p.id(), p.name())).collect(),
                of: pathways.len(),
                occupations: missing.iter().map(|p| p.occupations().len()).sum(),
            });
        }
        out
    }
}

fn name(id: &str, name: &str) -> BranchName {
    BranchName { id: id.to_owned(), name: name.to_owned() }
}
