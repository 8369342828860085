//! Compares two derivations to find what changes in the programmes.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use foldhash::fast::RandomState;

use super::causes::{Causes, Ids, Side, known};
use super::report::{Cause, CauseKind, Effect, Fate, ItemEffect, PolicyDiff, ProgrammeEffect, Standing, TierEffect};
use crate::change::derived::{Derived, NewIds};
use crate::change::matching::statements::Pairs;
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{Item, Policy, Programme, Specialism, Tier};
use crate::map::{Map, OccupationName, Reason};
use crate::order;

/// Returns the effect of a difference between two maps (or policies, or
/// concepts) on the programmes: which appear and disappear, which core items
/// are gained and lost and why, which specialisms are added, removed or
/// changed.
///
/// Programmes match by their pathway, concepts by the statements that they
/// share (see [the manual of the room](crate::change)), specialisms by occupations and
/// option, and any that remain by title. An item of which only the wording
/// changes is neither gained nor lost.
///
/// # Examples
///
/// ```
/// use tlevel::change::{CauseKind, Changes, Derived, Fate, apply, effect};
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
///
/// let old = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let changes = Changes::from_csv("change,branch\nunmark,protective-services\n")?;
/// let new = tlevel::check(apply(&old, &changes)?)?.map;
///
/// let policy = Policy::t_level();
/// let (exact_old, exact_new) = (Concepts::exact(&old), Concepts::exact(&new));
/// let (before, after) = (tlevel::derive(&old, &exact_old, &policy)?, tlevel::derive(&new, &exact_new, &policy)?);
/// let derived = |map, concepts, derivation| Derived::new(map, concepts, derivation).expect("they fit");
/// let effect = effect(derived(&old, &exact_old, &before), derived(&new, &exact_new, &after));
/// assert_eq!(effect.programmes.len(), 1);
/// assert_eq!(effect.programmes[0].fate, Fate::Appears);
/// assert_eq!(effect.programmes[0].reason, Some(tlevel::map::Reason::ApprenticeshipOnly));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n log n)` in the statements of both maps, plus the size of the two
/// derivations.
pub fn effect(old: Derived<'_>, new: Derived<'_>) -> Effect {
    let pairs = Pairs::of(old.map, new.map);
    effect_by(old, new, &pairs, &Matched::of(old.concepts, new.concepts, &pairs))
}

/// The effect, from derivations that include at least the affected routes.
pub(in crate::change) fn effect_by(old: Derived<'_>, new: Derived<'_>, pairs: &Pairs, matched: &Matched) -> Effect {
    let policy = policy_diff(&old.derivation.policy, &new.derivation.policy);
    let (renamed, kept) = (NewIds::new(pairs.records.renamed(old.map, new.map)), NewIds::kept());
    let causes = Causes { old, new, pairs, policy_differs: policy.is_some(), renamed: &renamed };
    let effects = Effects { old: View::new(old, &renamed), new: View::new(new, &kept), causes, matched };
    let mut programmes = Vec::new();
    // of a part of a map, the derivation may have the whole's programmes
    let is_on = |map: &Map, programme: &Programme| map.pathway(&programme.pathway.id).is_some();
    for after in new.derivation.programmes.iter().filter(|after| is_on(new.map, after)) {
        let before = effects.old.programmes.get(after.pathway.id.as_str()).copied();
        programmes.extend(effects.programme(before, Some(after)));
    }
    for before in old.derivation.programmes.iter().filter(|before| is_on(old.map, before)) {
        if !effects.new.programmes.contains_key(renamed.get(&before.pathway.id)) {
            programmes.extend(effects.programme(Some(before), None));
        }
    }
    Effect { policy, programmes }
}

fn policy_diff(old: &Policy, new: &Policy) -> Option<PolicyDiff> {
    let others: Vec<String> = [
        ("levels", old.levels == new.levels),
        ("share", old.share == new.share),
        ("min_sharers", old.min_sharers == new.min_sharers),
        ("min_pathways", old.min_pathways == new.min_pathways),
        ("near", old.near == new.near),
        ("grouping", old.grouping == new.grouping),
        ("exceptions", old.exceptions == new.exceptions),
        ("hours", old.hours == new.hours),
        ("apprenticeship_only", old.apprenticeship_only == new.apprenticeship_only),
        ("on", old.on == new.on),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(member, _)| member.to_owned())
    .collect();
    let quorum = [old.pathway_quorum, new.pathway_quorum];
    let route_quorum = [old.route_quorum, new.route_quorum];
    let same = quorum[0] == quorum[1] && route_quorum[0] == route_quorum[1] && others.is_empty();
    (!same).then_some(PolicyDiff { quorum, route_quorum, others })
}

/// The matching concepts of two maps, one to one.
pub(in crate::change) struct Matched {
    to_new: Vec<Option<ConceptIndex>>,
    to_old: Vec<Option<ConceptIndex>>,
}

impl Matched {
    /// Most shared statements first; ties in the order of the concepts.
    pub(in crate::change) fn of(old: &Concepts, new: &Concepts, pairs: &Pairs) -> Matched {
        let mut shared: Vec<(u32, u32)> = Vec::new();
        for (was, is) in pairs.iter() {
            for a in old.of(was) {
                shared.extend(new.of(is).iter().map(|b| (a.0, b.0)));
            }
        }
        shared.sort_unstable();
        let mut counted: Vec<(usize, u32, u32)> =
            shared.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0].0, same[0].1)).collect();
        // stable: ties stay in the order of the concepts
        order::by_key(&mut counted, |(shared, ..)| std::cmp::Reverse(*shared));
        let mut matched = Matched { to_new: vec![None; old.len()], to_old: vec![None; new.len()] };
        for (_, a, b) in counted {
            let (to_new, to_old) = (&mut matched.to_new[a as usize], &mut matched.to_old[b as usize]);
            if to_new.is_none() && to_old.is_none() {
                (*to_new, *to_old) = (Some(ConceptIndex(b)), Some(ConceptIndex(a)));
            }
        }
        matched
    }

    /// The new concept that matches one of the old map.
    pub(in crate::change) fn new_of(&self, old: ConceptIndex) -> Option<ConceptIndex> {
        self.to_new.get(old.index()).copied().flatten()
    }

    /// The old concept that matches one of the new map.
    fn old_of(&self, new: ConceptIndex) -> Option<ConceptIndex> {
        self.to_old.get(new.index()).copied().flatten()
    }
}

/// A derivation, with look-up tables.
pub(in crate::change) struct View<'a> {
    pub(in crate::change) of: Derived<'a>,
    /// The new map's ids for its ids.
    pub(in crate::change) names: &'a NewIds<'a>,
    /// By the ids of their pathways in the new map.
    programmes: HashMap<&'a str, &'a Programme>,
    concepts: HashMap<&'a str, ConceptIndex, RandomState>,
}

impl<'a> View<'a> {
    fn new(of: Derived<'a>, names: &'a NewIds<'a>) -> Self {
        View {
            of,
            names,
            programmes: of.derivation.programmes.iter().map(|p| (names.get(&p.pathway.id), p)).collect(),
            concepts: of.concepts.iter().map(|c| (c.id(), c.index())).collect(),
        }
    }

    pub(in crate::change) fn concept(&self, item: &Item) -> Option<ConceptIndex> {
        self.concepts.get(item.concept.as_str()).copied()
    }

    /// A concept among the occupations that count in a pathway, or in its route.
    fn side(&self, programme: Option<&'a Programme>, tier: Tier, concept: Option<ConceptIndex>) -> Side<'a> {
        Side { counting: self.counting(programme, tier), concept }
    }

    /// The occupations that count in a pathway, or in its whole route.
    pub(in crate::change) fn counting(&self, programme: Option<&'a Programme>, tier: Tier) -> Ids<'a> {
        let route = programme.map(|p| p.route.id.as_str());
        let all = self.of.derivation.programmes.iter().filter(|p| Some(p.route.id.as_str()) == route);
        let of_tier =
            all.filter(|p| tier == Tier::Route || programme.is_some_and(|own| p.pathway.id == own.pathway.id));
        let ids = of_tier.flat_map(|p| p.counting.iter().map(|o| o.id.as_str()));
        known(self.of.map, ids).into_iter().map(|id| self.names.get(id)).collect()
    }

    /// The pathway of the programme's route in which each occupation counts.
    fn counted_in(&self, programme: Option<&'a Programme>) -> HashMap<&'a str, &'a str> {
        let route = programme.map(|p| p.route.id.as_str());
        let all = self.of.derivation.programmes.iter().filter(|p| Some(p.route.id.as_str()) == route);
        let name = |id: &'a str| self.names.get(id);
        all.flat_map(|p| p.counting.iter().map(move |o| (name(&o.id), name(&p.pathway.id)))).collect()
    }

    /// Why a pathway, by its id in the new map, has no programme.
    fn missing(&self, pathway: &str) -> (Reason, Option<String>) {
        let none = self.of.derivation.no_programme.iter().find(|none| self.names.get(&none.pathway.id) == pathway);
        none.map_or_else(|| (Reason::NotOnTheMap, None), |none| (none.reason.clone(), none.branch.clone()))
    }
}

/// The standings of a programme's concepts.
struct Standings<'a, 'v> {
    view: &'v View<'a>,
    programme: Option<&'a Programme>,
    core: HashMap<ConceptIndex, Standing, RandomState>,
    /// What specialisms have; read when a concept is in no core.
    special: OnceCell<HashSet<ConceptIndex, RandomState>>,
}

impl<'a, 'v> Standings<'a, 'v> {
    fn of(view: &'v View<'a>, programme: Option<&'a Programme>) -> Self {
        let mut core = HashMap::default();
        if let Some(programme) = programme {
            let group = programme.group_core.iter().flat_map(|group| &group.content);
            let tiers = (group.map(|item| (item, Standing::GroupCore)))
                .chain(programme.pathway_core.iter().map(|item| (item, Standing::PathwayCore)))
                .chain(programme.route_core.iter().map(|item| (item, Standing::RouteCore)));
            core.extend(tiers.filter_map(|(item, standing)| Some((view.concept(item)?, standing))));
        }
        Standings { view, programme, core, special: OnceCell::new() }
    }

    fn get(&self, concept: Option<ConceptIndex>) -> Standing {
        let Some(concept) = concept else { return Standing::None };
        let special = || {
            let items = self.programme.into_iter().flat_map(|p| p.specialisms.iter().flat_map(items_of));
            items.filter_map(|item| self.view.concept(item)).collect()
        };
        match self.core.get(&concept) {
            Some(standing) => *standing,
            None if self.special.get_or_init(special).contains(&concept) => Standing::Specialism,
            None => Standing::None,
        }
    }
}

pub(in crate::change) fn items_of(specialism: &Specialism) -> impl Iterator<Item = &Item> {
    specialism.content.iter().chain(specialism.adds.iter().flat_map(|add| &add.content))
}

pub(in crate::change) struct Effects<'a> {
    pub(in crate::change) old: View<'a>,
    pub(in crate::change) new: View<'a>,
    pub(in crate::change) causes: Causes<'a>,
    matched: &'a Matched,
}

impl<'a> Effects<'a> {
    pub(in crate::change) fn to_new(&self, old: Option<ConceptIndex>) -> Option<ConceptIndex> {
        old.and_then(|c| self.matched.new_of(c))
    }

    fn to_old(&self, new: Option<ConceptIndex>) -> Option<ConceptIndex> {
        new.and_then(|c| self.matched.old_of(c))
    }

    /// The effect on a pathway, if there is any.
    fn programme(&self, before: Option<&'a Programme>, after: Option<&'a Programme>) -> Option<ProgrammeEffect> {
        let named = after.or(before)?;
        let fate = match (before, after) {
            (None, _) => Fate::Appears,
            (_, None) => Fate::Disappears,
            _ => Fate::Changes,
        };
        let missing = match fate {
            Fate::Appears => Some(self.old.missing(&named.pathway.id)),
            Fate::Disappears => Some(self.new.missing(self.old.names.get(&named.pathway.id))),
            Fate::Changes => None,
        };
        let (reason, branch) = missing.map_or((None, None), |(reason, branch)| (Some(reason), branch));
        let counting = |programme: Option<&'a Programme>| programme.map_or(&[][..], |p| p.counting.as_slice());
        let (counted, counts) = (counting(before), counting(after));
        let (was, is) = (Standings::of(&self.old, before), Standings::of(&self.new, after));
        let specialisms = self.specialisms(before, after);
        let effect = ProgrammeEffect {
            route: named.route.clone(),
            pathway: named.pathway.clone(),
            fate,
            reason,
            branch,
            counting_gained: only((counts, self.new.names), (counted, self.old.names)),
            counting_lost: only((counted, self.old.names), (counts, self.new.names)),
            topics: self.topics(before, after),
            route_core: self.tier(before, after, Tier::Route, &was, &is),
            pathway_core: self.tier(before, after, Tier::Pathway, &was, &is),
            group_core: self.tier(before, after, Tier::Group, &was, &is),
            specialisms_gained: specialisms.gained,
            specialisms_lost: specialisms.lost,
            specialisms_changed: specialisms.changed,
        };
        let changes = fate != Fate::Changes
            || !effect.counting_gained.is_empty()
            || !effect.counting_lost.is_empty()
            || !effect.topics.is_empty()
            || !effect.route_core.is_empty()
            || !effect.pathway_core.is_empty()
            || !effect.group_core.is_empty()
            || !effect.specialisms_gained.is_empty()
            || !effect.specialisms_lost.is_empty()
            || !effect.specialisms_changed.is_empty();
        changes.then_some(effect)
    }

    fn tier(
        &self,
        before: Option<&'a Programme>,
        after: Option<&'a Programme>,
        tier: Tier,
        was: &Standings<'_, '_>,
        is: &Standings<'_, '_>,
    ) -> TierEffect {
        let core = |programme: Option<&'a Programme>| -> Vec<&'a Item> {
            let items = programme.into_iter().flat_map(Programme::items);
            items.filter(|(_, of)| *of == tier).map(|(item, _)| item).collect()
        };
        let here = match tier {
            Tier::Route => Standing::RouteCore,
            Tier::Group => Standing::GroupCore,
            Tier::Pathway | Tier::Specialism | Tier::NearMiss => Standing::PathwayCore,
        };
        let mut out = TierEffect::default();
        for item in core(after) {
            let new = self.new.concept(item);
            let old = self.to_old(new);
            let other = was.get(old);
            if other != here {
                out.gained.push(self.item(item, other, (before, old), (after, new), tier, true));
            }
        }
        for item in core(before) {
            let old = self.old.concept(item);
            let new = self.to_new(old);
            let other = is.get(new);
            if other != here {
                out.lost.push(self.item(item, other, (before, old), (after, new), tier, false));
            }
        }
        out
    }

    fn item(
        &self,
        item: &Item,
        other: Standing,
        (before, old): (Option<&'a Programme>, Option<ConceptIndex>),
        (after, new): (Option<&'a Programme>, Option<ConceptIndex>),
        tier: Tier,
        gained: bool,
    ) -> ItemEffect {
        let causes = |tier: Tier, gained: bool| {
            self.causes.of(&self.old.side(before, tier, old), &self.new.side(after, tier, new), gained)
        };
        let mut found = match (tier, other) {
            // between the cores: the route's gain is the pathway's loss
            (Tier::Pathway, Standing::RouteCore) => causes(Tier::Route, !gained),
            _ => causes(tier, gained),
        };
        if found.is_empty() {
            found = causes(if tier == Tier::Route { Tier::Pathway } else { Tier::Route }, gained);
        }
        if found.is_empty() {
            found = self.elsewhere(before, after);
        }
        ItemEffect {
            concept: item.concept.to_string(),
            kind: item.kind,
            label: item.label.clone(),
            text: item.text.clone(),
            support: item.support,
            other,
            causes: found,
        }
    }

    /// The occupations that count in another pathway of the route than before:
    /// they change which pathways hold an item, even if as many of the route's
    /// occupations have it. If there is none, the cause is something else.
    pub(in crate::change) fn elsewhere(
        &self,
        before: Option<&'a Programme>,
        after: Option<&'a Programme>,
    ) -> Vec<Cause> {
        let (was, is) = (self.old.counted_in(before), self.new.counted_in(after));
        let ids: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
        let moved = ids.into_iter().filter(|id| was.get(id) != is.get(id));
        let causes: Vec<Cause> = moved.map(|id| self.causes.of_occupation(id)).collect();
        if causes.is_empty() {
            return vec![Cause { kind: CauseKind::Other, occupation: None, statement: None, branch: None }];
        }
        causes
    }
}

/// The items of the first list that are not in the second, both by the new
/// map's ids.
fn only(
    (these, own): (&[OccupationName], &NewIds<'_>),
    (others, theirs): (&[OccupationName], &NewIds<'_>),
) -> Vec<OccupationName> {
    let ids: HashSet<&str> = others.iter().map(|o| theirs.get(&o.id)).collect();
    these.iter().filter(|o| !ids.contains(own.get(&o.id))).cloned().collect()
}
