//! Reads a record of an official file member by member. Values that cannot be
//! read are remarked on, never dropped silently.

use super::build_tree::{self, Name, UnknownMembers};
use super::cleaning::{self, Cleaning};
use super::node::Node;
use super::{Remark, RemarkKind, lenient};

pub(super) struct Record<'r, 'n, 'a> {
    pub(super) node: &'n Node<'a>,
    pub(super) pointer: &'r str,
    pub(super) remarks: &'r mut Vec<Remark>,
}

impl Record<'_, '_, '_> {
    /// A text; `None` if it is missing, blank or unreadable.
    pub(super) fn text(&mut self, member: &str) -> Option<String> {
        let node = self.node.get(member)?;
        lenient::text(node).unwrap_or_else(|()| {
            self.unreadable(member, "a text", node);
            None
        })
    }

    /// Like [`Record::text`]; counts texts that were cleaned for display.
    pub(super) fn long_text(&mut self, member: &str) -> Option<String> {
        if let Some(Node::Text(raw)) = self.node.get(member) {
            let mut cleaned = Cleaning::default();
            let _ = cleaned.text(raw, || format!("{}/{member}", self.pointer));
            cleaning::add(cleaned, self.remarks);
        }
        self.text(member)
    }

    /// The text of a name or title, with a remark if it was untidy.
    pub(super) fn name(&mut self, member: &str) -> Name {
        let pointer = format!("{}/{member}", self.pointer);
        if let Some(Node::Text(raw)) = self.node.get(member) {
            self.remarks.extend(build_tree::untidy(raw, &pointer));
        }
        Name { text: self.text(member), pointer }
    }

    pub(super) fn whole_number(&mut self, member: &str) -> Option<i64> {
        let node = self.node.get(member)?;
        lenient::whole_number(node).unwrap_or_else(|()| {
            self.unreadable(member, "a whole number", node);
            None
        })
    }

    pub(super) fn texts(&mut self, member: &str) -> Vec<String> {
        let items = self.node.get(member).map_or(&[][..], lenient::items);
        // the courses API joins them: "Baker|Bread maker"
        if let [Node::Text(joined)] = items
            && joined.contains('|')
        {
            let parts = joined.split('|').map(|part| super::clean::display_name(part).into_owned());
            return parts.filter(|part| !part.is_empty()).collect();
        }
        let mut texts = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            match lenient::text(item) {
                Ok(text) => texts.extend(text),
                Err(()) => self.unreadable(&format!("{member}/{i}"), "a text", item),
            }
        }
        texts
    }

    /// Counts the members that are neither used nor known to be unused.
    pub(super) fn count_unknown(&self, is_known: impl Fn(&str) -> bool, unknown: &mut UnknownMembers) {
        if let Node::Record(members) = self.node {
            for (name, value) in members.iter().filter(|(name, _)| !is_known(name)) {
                unknown.add_member(name, value, || self.pointer.to_owned());
            }
        }
    }

    pub(super) fn remark(&mut self, kind: RemarkKind, place: &str, message: String) {
        self.remarks.push(Remark::new(kind, format!("{}{place}", self.pointer), message));
    }

    fn unreadable(&mut self, member: &str, expected: &str, found: &Node<'_>) {
        let message = format!("expected {expected}, found {}; read as missing", found.describe());
        self.remarks.push(Remark::new(RemarkKind::UnreadableValue, format!("{}/{member}", self.pointer), message));
    }
}
