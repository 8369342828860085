//! The topics that a core gains and loses, and those that move within it.

use super::causes::TopicSide;
use super::programmes::{Effects, View};
use super::report::{Cause, TopicEffect};
use crate::concept::Topic;
use crate::derive::{CoreTopic, Programme, Tier};
use crate::map::BranchName;

/// Where a programme has a topic in its core.
struct Place<'a> {
    /// Its highest tier, with the support there.
    highest: &'a CoreTopic,
    groups: Vec<&'a BranchName>,
}

fn place<'a>(programme: Option<&'a Programme>, id: &str) -> Option<Place<'a>> {
    let all = || programme.into_iter().flat_map(|p| &p.topics).filter(|topic| topic.id == id);
    let highest = all().min_by_key(|topic| topic.tier)?;
    Some(Place { highest, groups: all().filter_map(|topic| topic.group.as_ref()).collect() })
}

impl<'a> Effects<'a> {
    /// The topics of a programme whose place in the core differs.
    pub(super) fn topics(&self, before: Option<&'a Programme>, after: Option<&'a Programme>) -> Vec<TopicEffect> {
        let ids = |programme: Option<&'a Programme>| programme.into_iter().flat_map(|p| p.topics.iter().map(|t| &t.id));
        let mut seen: Vec<&str> = Vec::new();
        let mut out = Vec::new();
        for id in ids(after).chain(ids(before)) {
            if seen.contains(&id.as_str()) {
                continue;
            }
            seen.push(id);
            let (was, is) = (place(before, id), place(after, id));
            let tier = |place: &Option<Place<'_>>| place.as_ref().map(|place| place.highest.tier);
            let groups = |place: &Option<Place<'a>>, view: &View<'a>| -> Vec<&'a str> {
                let groups = place.as_ref().map_or(&[][..], |place| &place.groups);
                groups.iter().map(|group| view.names.get(&group.id)).collect()
            };
            let same_groups = groups(&was, &self.old) == groups(&is, &self.new);
            if tier(&was) == tier(&is) && (tier(&is) != Some(Tier::Group) || same_groups) {
                continue;
            }
            let Some(shown) = is.as_ref().or(was.as_ref()) else { continue };
            let (of_was, of_is) = (was.as_ref().map(|p| &p.groups), is.as_ref().map(|p| &p.groups));
            let group = [of_is, of_was].into_iter().flatten().find(|groups| !groups.is_empty());
            out.push(TopicEffect {
                id: id.clone(),
                heading: shown.highest.heading.clone(),
                was: tier(&was),
                is: tier(&is),
                groups: group.into_iter().flatten().map(|group| (*group).clone()).collect(),
                support: shown.highest.support,
                causes: causes(self, id, (before, tier(&was)), (after, tier(&is))),
            });
        }
        out
    }
}

/// The changes behind a topic's gain, loss or move: in the branch of the higher
/// of its tiers, then in that of the lower one.
fn causes<'a>(
    effects: &Effects<'a>,
    id: &str,
    (before, was): (Option<&'a Programme>, Option<Tier>),
    (after, is): (Option<&'a Programme>, Option<Tier>),
) -> Vec<Cause> {
    let rises = is.is_some_and(|is| was.is_none_or(|was| is < was));
    let topic = |view: &View<'a>| -> Option<&'a Topic> { view.of.concepts.topics().iter().find(|t| t.id == id) };
    let side = |view: &View<'a>, programme: Option<&'a Programme>, tier: Tier| TopicSide {
        counting: view.counting(programme, tier),
        topic: topic(view),
    };
    let mut tiers: Vec<Tier> = [was, is].into_iter().flatten().collect();
    tiers.extend([Tier::Pathway, Tier::Route]);
    tiers.sort_unstable();
    tiers.dedup();
    let of = |tier: Tier| {
        let sides = (side(&effects.old, before, tier), side(&effects.new, after, tier));
        effects.causes.of_topic(&sides.0, &sides.1, rises)
    };
    let found = tiers.into_iter().map(of).find(|causes| !causes.is_empty());
    found.unwrap_or_else(|| effects.elsewhere(before, after))
}
