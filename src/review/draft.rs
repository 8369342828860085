//! The reviewed programmes: where the concepts appear on which people decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::decisions::{Choice, Decisions};
use crate::derive::{Derivation, Item, NearMiss, Programme, Tier};

/// The tiers of a concept in a programme.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing<'d> {
    /// Its tiers, including near miss.
    pub(super) tiers: BTreeSet<Tier>,
    /// Its first item, in its highest tier.
    pub(super) item: Option<&'d Item>,
    /// Its first near miss.
    pub(super) near: Option<&'d NearMiss>,
}

impl Standing<'_> {
    /// The highest tier of its items.
    pub(super) fn highest(&self) -> Option<Tier> {
        self.item.and_then(|_| self.tiers.first().copied())
    }

    pub(super) fn is_near(&self) -> bool {
        self.near.is_some()
    }

    /// Its label or text, and its id.
    pub(super) fn shown(&self) -> Option<String> {
        let shown = |label: &Option<String>, text: &str, concept: &str| {
            format!("\"{}\" ({concept})", label.as_deref().unwrap_or(text))
        };
        let item = self.item.map(|item| shown(&item.label, &item.text, &item.concept));
        item.or_else(|| self.near.map(|near| shown(&near.label, &near.text, &near.concept)))
    }
}

/// Programmes, and where the concepts that a review names appear in them.
pub(super) struct Draft<'d> {
    pub(super) programmes: &'d [Programme],
    /// By programme and concept.
    standings: Vec<HashMap<&'d str, Standing<'d>>>,
}

impl<'d> Draft<'d> {
    pub(super) fn new(derivation: &'d Derivation, decisions: &Decisions) -> Self {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for decision in decisions.decisions() {
            named.insert(&decision.concept);
            if let Choice::MergeWith(other) = &decision.choice {
                named.insert(other);
            }
        }
        let standings = |programme: &'d Programme| {
            let mut standings: HashMap<&str, Standing<'_>> = HashMap::new();
            for (item, tier) in programme.items() {
                if named.contains(item.concept.as_str()) {
                    let standing = standings.entry(&item.concept).or_default();
                    standing.tiers.insert(tier);
                    standing.item.get_or_insert(item);
                }
            }
            for near in programme.near_misses.iter().filter(|near| named.contains(near.concept.as_str())) {
                let standing = standings.entry(&near.concept).or_default();
                standing.tiers.insert(Tier::NearMiss);
                standing.near.get_or_insert(near);
            }
            standings
        };
        let programmes = &derivation.programmes;
        Draft { programmes, standings: programmes.iter().map(standings).collect() }
    }

    /// The standing of a concept in the programme with that number.
    pub(super) fn standing(&self, programme: usize, concept: &str) -> Option<&Standing<'d>> {
        self.standings.get(programme)?.get(concept)
    }

    /// Whether a concept is in the core of a route.
    pub(super) fn is_route_core(&self, route: &[usize], concept: &str) -> bool {
        route.iter().filter_map(|&p| self.standing(p, concept)).any(|s| s.tiers.contains(&Tier::Route))
    }

    /// The numbers of the programmes, route by route.
    pub(super) fn routes(&self) -> Vec<Vec<usize>> {
        let mut routes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, programme) in self.programmes.iter().enumerate() {
            routes.entry(&programme.route.id).or_default().push(at);
        }
        let mut routes: Vec<Vec<usize>> = routes.into_values().collect();
        routes.sort();
        routes
    }
}
