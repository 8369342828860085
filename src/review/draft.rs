//! The reviewed programmes: where the concepts and topics appear on which people
//! decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::decisions::{Choice, Decision, Decisions};
use crate::derive::{Derivation, Item, NearMiss, Programme, Tier};

/// The tiers of a concept or a topic in a programme.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing<'d> {
    /// Its tiers, including near miss.
    pub(super) tiers: BTreeSet<Tier>,
    /// The topic's id and heading.
    topic: Option<(&'d str, &'d str)>,
    /// Its first item, in its highest tier.
    pub(super) item: Option<&'d Item>,
    /// Its first near miss.
    pub(super) near: Option<&'d NearMiss>,
}

impl Standing<'_> {
    /// Its highest tier, apart from near miss.
    pub(super) fn highest(&self) -> Option<Tier> {
        self.tiers.first().copied().filter(|tier| *tier != Tier::NearMiss)
    }

    pub(super) fn is_near(&self) -> bool {
        self.tiers.contains(&Tier::NearMiss)
    }

    /// Its heading, label or text, and what the review calls it.
    pub(super) fn shown(&self, decisions: &Decisions) -> Option<String> {
        if let Some((id, heading)) = self.topic {
            return Some(format!("the topic \"{heading}\" ({})", decisions.name(id)));
        }
        let shown = |label: &Option<String>, text: &str, concept: &str| {
            format!("\"{}\" ({})", label.as_deref().unwrap_or(text), decisions.name(concept))
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
    /// By programme and topic.
    topics: Vec<HashMap<&'d str, Standing<'d>>>,
}

/// The topics of a programme, by id and heading, and their tiers. What is taught
/// in specialisms is not listed if its topic is core.
pub(super) fn topics_of(programme: &Programme) -> impl Iterator<Item = (&str, &str, Tier)> {
    let core = || programme.topics.iter().map(|topic| (topic.id.as_str(), topic.heading.as_str(), topic.tier));
    let near = programme.near_topics.iter().map(|near| (near.id.as_str(), near.heading.as_str(), Tier::NearMiss));
    let taught = programme.specialisms.iter().flat_map(|s| s.items()).filter_map(|item| item.topic.as_ref());
    let taught: BTreeSet<(&str, &str)> = taught.map(|topic| (topic.id.as_str(), topic.heading.as_str())).collect();
    let special = taught.into_iter().filter(move |(id, _)| core().all(|(known, ..)| known != *id));
    core().chain(special.map(|(id, heading)| (id, heading, Tier::Specialism))).chain(near)
}

impl<'d> Draft<'d> {
    pub(super) fn new<'n>(derivation: &'d Derivation, decisions: impl Iterator<Item = &'n Decision>) -> Self {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for decision in decisions {
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
        let topics = |programme: &'d Programme| {
            let mut standings: HashMap<&str, Standing<'_>> = HashMap::new();
            for (id, heading, tier) in topics_of(programme) {
                let standing = standings.entry(id).or_default();
                standing.tiers.insert(tier);
                standing.topic = Some((id, heading));
            }
            standings
        };
        let programmes = &derivation.programmes;
        let (standings, topics) = (programmes.iter().map(standings).collect(), programmes.iter().map(topics).collect());
        Draft { programmes, standings, topics }
    }

    /// The standing of a topic in the programme with that number.
    pub(super) fn topic(&self, programme: usize, topic: &str) -> Option<&Standing<'d>> {
        self.topics.get(programme)?.get(topic)
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
