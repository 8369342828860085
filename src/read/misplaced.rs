//! Lists of records at a tier of a native map that does not allow them.

use super::node::Node;
use super::origin::{Origin, escape};
use super::raw::Extra;
use super::{Remark, RemarkKind, excerpt};

/// Where an unknown member was found.
#[derive(Clone, Copy)]
pub(super) enum Tier<'n> {
    Map,
    Route(&'n str),
    Pathway(&'n str),
    Cluster(&'n str),
    Occupation(&'n str),
}

/// Lists that the format knows: the name, the name of a record, and where they
/// belong.
const LISTS: [(&str, &str, &str); 7] = [
    ("routes", "route", "at the top of the file"),
    ("pathways", "pathway", "in a route"),
    ("clusters", "cluster", "in a pathway, which belongs in a route"),
    ("occupations", "occupation", "in a cluster of a pathway"),
    ("statements", "statement", "in an occupation"),
    ("duties", "duty", "in an occupation"),
    ("options", "option", "in an occupation"),
];

/// Removes unknown members that hold occupations, or are lists of another tier,
/// and returns the others.
pub(super) fn take<'e>(
    extra: &'e Extra,
    tier: Tier<'_>,
    origin: Option<&Origin>,
    remarks: &mut Vec<Remark>,
) -> Vec<(&'e str, &'e Node<'static>)> {
    let mut others = Vec::new();
    for (name, value) in extra.members() {
        match message(name, value, tier) {
            None => others.push((name, value)),
            Some(message) => {
                let pointer = format!("{}/{}", origin.map_or("", Origin::pointer), escape(name));
                remarks.push(Remark::new(RemarkKind::Misplaced, pointer, message));
            }
        }
    }
    others
}

fn message(name: &str, value: &Node<'_>, tier: Tier<'_>) -> Option<String> {
    let records = match value {
        Node::List(items) => items.iter().filter(|item| matches!(item, Node::Record(_))).count(),
        Node::Record(_) => 1,
        _ => 0,
    };
    let known = LISTS.iter().find(|(list, ..)| *list == name).filter(|_| records > 0);
    let occupations = occupations(value);
    let lost = match known {
        _ if occupations == 1 => "1 occupation is lost".to_owned(),
        _ if occupations > 1 => format!("{occupations} occupations are lost"),
        Some((_, record, _)) if records == 1 => format!("1 {record} is lost"),
        Some((name, ..)) => format!("{records} {name} are lost"),
        None => return None,
    };
    let around = match tier {
        Tier::Map => "at the top of the file".to_owned(),
        Tier::Route(id) => format!("of the route \"{}\"", excerpt(id, 60)),
        Tier::Pathway(id) => format!("of the pathway \"{}\"", excerpt(id, 60)),
        Tier::Cluster(id) => format!("of the cluster \"{}\"", excerpt(id, 60)),
        Tier::Occupation(id) => format!("of the occupation \"{}\"", excerpt(id, 60)),
    };
    let belongs = match known {
        Some((name, _, place)) => format!("{name} belong {place}"),
        None => {
            let hint = crate::text::closest(name, LISTS.iter().map(|(list, ..)| *list));
            let hint = crate::text::DidYouMean(hint);
            format!("occupations belong in the list \"occupations\" of a cluster{hint}")
        }
    };
    Some(format!("{lost}: the list \"{}\" {around} is not read; {belongs}", excerpt(name, 40)))
}

/// How many records inside look like occupations. Records inside others are not
/// counted.
fn occupations(node: &Node<'_>) -> usize {
    // at most as deep as the tree, which the JSON reader limits
    match node {
        Node::List(items) => items.iter().map(occupations).sum(),
        Node::Record(_) if looks_like_an_occupation(node) => 1,
        Node::Record(members) => members.iter().map(|(_, value)| occupations(value)).sum(),
        _ => 0,
    }
}

fn looks_like_an_occupation(node: &Node<'_>) -> bool {
    let has = |name: &str| node.get(name).is_some();
    has("title") && (has("level") || has("statements") || has("standard") || has("duties"))
}
