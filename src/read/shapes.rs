//! The two official shapes of a record.

use super::node::Node;

/// Whether a record is an occupation of the maps API.
pub(super) fn is_occupation(node: &Node<'_>) -> bool {
    node.get("stdCode").is_some()
}

/// Members that only a record of the standards file has, next to a title.
const STANDARD_MARKS: &[&str] = &[
    "referenceNumber",
    "larsCode",
    "occupationCode",
    "knowledges",
    "standardPageUrl",
    "overviewOfRole",
    "approvedForDelivery",
    "typicalDuration",
    "maxFunding",
    "coreAndOptions",
    "ifateReferenceNumber",
    "standardUId",
];

/// Whether a record is a standard: it has a title and a mark of the standards
/// file.
pub(super) fn is_standard(node: &Node<'_>) -> bool {
    let Node::Record(members) = node else { return false };
    let mut has_title = false;
    let mut has_mark = false;
    for (name, _) in members {
        match &**name {
            "stdCode" => return false,
            "title" => has_title = true,
            name => has_mark |= STANDARD_MARKS.contains(&name),
        }
    }
    has_title && has_mark
}

/// Whether a record has any member that a standard has, its title included.
pub(super) fn has_any_mark(node: &Node<'_>) -> bool {
    let Node::Record(members) = node else { return false };
    members.iter().any(|(name, _)| name == "title" || STANDARD_MARKS.contains(&&**name))
}
