//! Finds the records of an official file: a single one, a list, nested lists,
//! or wrapped in other objects at any depth. Both official shapes may be in one
//! file.

use std::collections::{BTreeMap, BTreeSet};

use super::build_tree::UnknownMembers;
use super::lenient;
use super::node::Node;
use super::origin::{Layout, escape};
use super::twice::{self, Repeated};
use super::{Remark, RemarkKind, shapes};

/// A record, with its surroundings.
pub(super) struct Found<'a> {
    pub(super) node: Node<'a>,
    pub(super) pointer: String,
    /// The official shape that it has.
    pub(super) layout: Layout,
    pub(super) around: Branches,
    /// The name of the member that holds it or its list.
    pub(super) member: Option<String>,
}

/// The route, pathway and cluster around an occupation, from the records that
/// hold it: each a name and its place.
#[derive(Clone, Default)]
pub(super) struct Branches {
    pub(super) names: [Option<(String, String)>; 3],
}

/// The content of a file.
#[derive(Default)]
pub(super) struct Records<'a> {
    pub(super) found: Vec<Found<'a>>,
    pub(super) remarks: Vec<Remark>,
    /// The occupations to which each leads, by its code.
    pub(super) progressions: BTreeMap<String, BTreeSet<String>>,
    /// Members around the records from which nothing is read.
    pub(super) beside: UnknownMembers,
    pub(super) repeated: Repeated,
}

/// Whether there is a record of either shape anywhere inside.
pub(super) fn holds_record(node: &Node<'_>) -> bool {
    match node {
        Node::Record(members) => {
            shapes::is_occupation(node)
                || shapes::is_standard(node)
                || members.iter().any(|(_, value)| holds_record(value))
        }
        Node::List(items) => items.iter().any(holds_record),
        _ => false,
    }
}

/// What marks a record as a route, pathway or cluster: its own key, or its
/// content.
pub(super) const TIERS: [(&str, &str, &str); 3] = [
    ("routeId", "routeName", "pathways"),
    ("pathwayId", "pathwayName", "clusters"),
    ("clusterId", "clusterName", "occupations"),
];

impl<'a> Records<'a> {
    pub(super) fn of(root: Node<'a>) -> Self {
        let mut records = Records::default();
        records.node(root, String::new(), &Branches::default(), None);
        records
    }

    // at most as deep as the tree, which the JSON reader limits
    fn node(&mut self, node: Node<'a>, pointer: String, around: &Branches, member: Option<&str>) {
        match node {
            Node::List(items) => self.list(items, &pointer, around, member),
            Node::Record(_) if shapes::is_occupation(&node) || shapes::is_standard(&node) => {
                self.record(node, pointer, around, member);
            }
            Node::Record(members) => self.wrapper(members, &pointer, around),
            _ => {}
        }
    }

    fn list(&mut self, items: Vec<Node<'a>>, pointer: &str, around: &Branches, member: Option<&str>) {
        // invalid records may be among standards: one without any of their marks counts as one
        let of_standards = items.iter().any(shapes::is_standard);
        for (i, item) in items.into_iter().enumerate() {
            let at = format!("{pointer}/{i}");
            match item {
                Node::Null => {
                    let message = "null where a record should be; left out";
                    self.remarks.push(Remark::new(RemarkKind::NullRecord, at, message));
                }
                Node::Record(_) if of_standards && !is_wrapper(&item) => self.record(item, at, around, member),
                Node::Record(_) | Node::List(_) => self.node(item, at, around, member),
                other if of_standards => {
                    let message = format!("expected a standard, found {}; left out", other.describe());
                    self.remarks.push(Remark::new(RemarkKind::UnreadableValue, at, message));
                }
                _ => {}
            }
        }
    }

    fn record(&mut self, mut node: Node<'a>, pointer: String, around: &Branches, member: Option<&str>) {
        self.repeated.look(&node, &pointer);
        let layout = if shapes::is_occupation(&node) { Layout::MapsApi } else { Layout::Standards };
        if let (Layout::MapsApi, Node::Record(members)) = (layout, &mut node) {
            let leads: Vec<(String, Node<'a>)> = members
                .iter_mut()
                .filter(|(name, _)| name.starts_with("progression"))
                .map(|(name, value)| (escape(name), std::mem::replace(value, Node::Null)))
                .collect();
            for (name, value) in leads {
                self.node(value, format!("{pointer}/{name}"), around, None);
            }
        }
        let member = member.map(str::to_owned);
        self.found.push(Found { node, pointer, layout, around: around.clone(), member });
    }

    fn wrapper(&mut self, members: Vec<(std::borrow::Cow<'a, str>, Node<'a>)>, pointer: &str, around: &Branches) {
        self.repeated.names(&members, pointer);
        let shadowed: BTreeSet<String> = twice::repeated(&members).into_iter().map(str::to_owned).collect();
        let last = |name: &str| members.iter().rposition(|(n, _)| n == name);
        let kept: Vec<bool> =
            members.iter().enumerate().map(|(i, (n, _))| !shadowed.contains(&**n) || last(n) == Some(i)).collect();
        let node = Node::Record(members);
        if let (Some(from), Some(to)) = (text(&node, "stdCodeFrom"), text(&node, "stdCodeTo")) {
            self.progressions.entry(from.to_uppercase()).or_default().insert(to.to_uppercase());
            return;
        }
        let inside = branches_at(&node, pointer, around);
        let Node::Record(members) = node else { return };
        let first = self.found.len();
        let mut idle = Vec::new();
        for ((name, value), _) in members.into_iter().zip(kept).filter(|(_, kept)| *kept) {
            let found = self.found.len();
            let remarks = std::mem::take(&mut self.remarks);
            self.node(value, format!("{pointer}/{}", escape(&name)), &inside, Some(&name));
            let own = std::mem::replace(&mut self.remarks, remarks);
            if self.found.len() > found {
                self.remarks.extend(own);
            } else {
                idle.push((name, own));
            }
        }
        // answers of the maps API contain much around their occupations
        let around_standards = self.found.iter().skip(first).any(|found| found.layout == Layout::Standards);
        for (name, own) in idle {
            if around_standards {
                self.beside.add(&name, || pointer.to_owned());
            } else {
                self.remarks.extend(own);
            }
        }
    }
}

/// Whether an object among standards is not one: it has no mark of one, and
/// holds other records or where occupations lead.
fn is_wrapper(node: &Node<'_>) -> bool {
    let leads = || ["progressions", "stdCodeFrom"].iter().any(|name| node.get(name).is_some());
    !shapes::has_any_mark(node) && !shapes::is_occupation(node) && (leads() || holds_record(node))
}

fn branches_at(node: &Node<'_>, pointer: &str, around: &Branches) -> Branches {
    let mut inside = around.clone();
    // the deepest tier whose key exists; a route's answer repeats no lower key
    let tier = TIERS.iter().rposition(|(id, name, _)| node.get(id).is_some() || node.get(name).is_some());
    let tier = tier.or_else(|| TIERS.iter().position(|(.., holds)| node.get(holds).is_some()));
    for (t, (_, name, _)) in TIERS.iter().enumerate() {
        let own = text(node, name).map(|text| (text, format!("{pointer}/{name}")));
        let plain = || text(node, "name").map(|text| (text, format!("{pointer}/name")));
        if let Some(found) = own.or_else(|| plain().filter(|_| tier == Some(t))) {
            inside.names[t] = Some(found);
        }
    }
    inside
}

/// A member's text, if it has one that can be read.
pub(super) fn text(node: &Node<'_>, member: &str) -> Option<String> {
    node.get(member).and_then(|n| lenient::text(n).ok().flatten())
}
