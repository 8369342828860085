//! Finds members given twice in one object of an official file. The last one
//! counts, as in every JSON tool; [`Node::get`] reads that one.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::node::Node;
use super::origin::escape;
use super::{Remark, RemarkKind, excerpt};

/// Names of members given twice, each with its count and first place.
#[derive(Default)]
pub(super) struct Repeated {
    seen: IndexMap<String, (usize, String)>,
}

impl Repeated {
    /// Searches a record and everything inside it.
    pub(super) fn look(&mut self, node: &Node<'_>, pointer: &str) {
        // at most as deep as the JSON reader allows
        match node {
            Node::List(items) => {
                for (i, item) in items.iter().enumerate().filter(|(_, item)| holds_more(item)) {
                    self.look_at(item, || format!("{pointer}/{i}"));
                }
            }
            Node::Record(members) => {
                self.names(members, pointer);
                for (name, value) in members.iter().filter(|(_, value)| holds_more(value)) {
                    self.look(value, &format!("{pointer}/{}", escape(name)));
                }
            }
            _ => {}
        }
    }

    /// The names in one object.
    pub(super) fn names(&mut self, members: &[(Cow<'_, str>, Node<'_>)], pointer: &str) {
        for name in repeated(members) {
            let place = format!("{pointer}/{}", escape(name));
            self.seen.entry(name.to_owned()).or_insert((0, place)).0 += 1;
        }
    }

    /// Spells out a place only if the object has something to examine.
    fn look_at(&mut self, node: &Node<'_>, pointer: impl FnOnce() -> String) {
        match node {
            Node::Record(members) if !members.iter().any(|(_, v)| holds_more(v)) => {
                if !repeated(members).is_empty() {
                    self.names(members, &pointer());
                }
            }
            _ => self.look(node, &pointer()),
        }
    }

    /// One remark for each name.
    pub(super) fn into_remarks(self) -> impl Iterator<Item = Remark> {
        self.seen.into_iter().map(|(name, (count, pointer))| {
            let where_else = if count == 1 { String::new() } else { format!(" ({count} objects)") };
            let name = excerpt(&name, 40);
            let message =
                format!("the member \"{name}\" is given twice in one object{where_else}; the last one counts");
            Remark::new(RemarkKind::MemberTwice, pointer, message)
        })
    }
}

fn holds_more(node: &Node<'_>) -> bool {
    matches!(node, Node::List(items) if !items.is_empty()) || matches!(node, Node::Record(_))
}

/// The names that an object has more than once, each listed once.
pub(super) fn repeated<'n>(members: &'n [(Cow<'_, str>, Node<'_>)]) -> Vec<&'n str> {
    // most objects are an id and a text
    match members {
        [] | [_] => return Vec::new(),
        [a, b] if a.0 != b.0 => return Vec::new(),
        [a, b, c] if a.0 != b.0 && a.0 != c.0 && b.0 != c.0 => return Vec::new(),
        _ => {}
    }
    let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    let mut twice: Vec<&str> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    twice.dedup();
    twice
}
