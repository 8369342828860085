//! What an answer changes in the core of a programme.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::derive::{Item, Programme, Support, Tier};
use crate::map::SharedText;

/// What differs between the cores of two derivations of one programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CoreChanges {
    /// Items that enter the core.
    pub enter: Vec<CoreItem>,
    /// Items that leave it.
    pub leave: Vec<CoreItem>,
    /// Items that move to another tier of the core, as they are then.
    pub moved: Vec<CoreItem>,
    /// Items that become one: what that says, and how many they were.
    pub joined: Vec<(CoreItem, usize)>,
    /// Items that fall into several: what it said, and how many they become.
    pub parted: Vec<(CoreItem, usize)>,
    /// Topics that enter the core.
    pub topics_enter: Vec<ChangedTopic>,
    /// Topics that leave it.
    pub topics_leave: Vec<ChangedTopic>,
    /// Topics that stay with another support or tier, as they are then.
    pub topics_change: Vec<ChangedTopic>,
}

/// An item of a core.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CoreItem {
    /// Its text.
    pub text: String,
    /// Its tier.
    pub tier: Tier,
    /// The heading of the topic that it is an element of, if topics are shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A topic of a core.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChangedTopic {
    /// Its heading.
    pub heading: String,
    /// Its tier.
    pub tier: Tier,
    /// How many have it.
    pub support: Support,
    /// How many had it, if it was core before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Support>,
}

/// The core of a programme.
pub(super) struct Snapshot {
    pieces: Vec<Piece>,
    topics: Vec<(String, ChangedTopic)>,
}

struct Piece {
    item: CoreItem,
    statements: BTreeSet<(SharedText, SharedText)>,
}

impl Snapshot {
    pub(super) fn of(programme: &Programme) -> Snapshot {
        let piece = |item: &Item, tier: Tier, topic: Option<&String>| Piece {
            item: CoreItem { text: item.text.clone(), tier, topic: topic.cloned() },
            statements: item.statements.iter().map(|s| (s.occupation.clone(), s.statement.clone())).collect(),
        };
        let mut pieces = Vec::new();
        if programme.topics.is_empty() {
            pieces.extend(programme.route_core.iter().map(|item| piece(item, Tier::Route, None)));
            pieces.extend(programme.pathway_core.iter().map(|item| piece(item, Tier::Pathway, None)));
        }
        let mut topics = Vec::new();
        for topic in &programme.topics {
            pieces.extend(topic.elements.iter().map(|element| piece(&element.item, topic.tier, Some(&topic.heading))));
            let (heading, tier, support) = (topic.heading.clone(), topic.tier, topic.support);
            let group = topic.group.as_ref().map(|group| group.id.as_str()).unwrap_or_default();
            let id = format!("{} {group}", topic.id);
            topics.push((id, ChangedTopic { heading, tier, support, before: None }));
        }
        Snapshot { pieces, topics }
    }
}

impl CoreChanges {
    /// What differs between a core and what it was. An item is the same as long as it has
    /// one of its statements.
    pub(super) fn between(before: &Snapshot, after: &Snapshot) -> CoreChanges {
        let mut changes = CoreChanges::default();
        let meet = |a: &Piece, b: &Piece| !a.statements.is_disjoint(&b.statements);
        for piece in &after.pieces {
            let old: Vec<&Piece> = before.pieces.iter().filter(|old| meet(old, piece)).collect();
            let item = || piece.item.clone();
            match old[..] {
                [] => changes.enter.push(item()),
                [old] if old.item.tier != piece.item.tier => changes.moved.push(item()),
                [_] => {}
                _ => changes.joined.push((item(), old.len())),
            }
        }
        for piece in &before.pieces {
            match after.pieces.iter().filter(|new| meet(new, piece)).count() {
                0 => changes.leave.push(piece.item.clone()),
                1 => {}
                n => changes.parted.push((piece.item.clone(), n)),
            }
        }
        for (id, topic) in &after.topics {
            match before.topics.iter().find(|(old, _)| old == id) {
                None => changes.topics_enter.push(topic.clone()),
                Some((_, old)) if old == topic => {}
                Some((_, old)) => {
                    changes.topics_change.push(ChangedTopic { before: Some(old.support), ..topic.clone() });
                }
            }
        }
        let left = before.topics.iter().filter(|(id, _)| after.topics.iter().all(|(new, _)| new != id));
        changes.topics_leave = left.map(|(_, topic)| topic.clone()).collect();
        changes
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == CoreChanges::default()
    }

    /// How many items and topics enter, leave or move; not those that become one or fall
    /// into several, as they bring in nothing new.
    pub fn weight(&self) -> usize {
        self.enter.len() + self.leave.len() + self.moved.len() + self.topics_enter.len() + self.topics_leave.len()
    }
}
