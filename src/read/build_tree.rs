//! Builds a tree of routes, pathways and clusters from a list of records.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;

use super::node::Node;
use super::origin::{Layout, Origin, escape};
use super::raw::{Extra, RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawSetAside};
use super::{Remark, RemarkKind, unread};
use crate::order;
use crate::text::{name_key, slug, unused};

/// A record of an official file, with the names that place it.
pub(super) struct Placed {
    pub(super) route: Name,
    pub(super) pathway: Name,
    pub(super) cluster: Name,
    /// The shape of the record that gives its place.
    pub(super) layout: Layout,
    pub(super) retired: bool,
    pub(super) occupation: RawOccupation,
}

/// A name as a record gives it.
#[derive(Default)]
pub(super) struct Name {
    /// The cleaned name; `None` if the source has none.
    pub(super) text: Option<String>,
    /// Its place in the source.
    pub(super) pointer: String,
}

#[derive(Default)]
struct Branch {
    spellings: BTreeMap<String, usize>,
    origin: Option<Origin>,
    /// By name key, and therefore sorted by it.
    branches: BTreeMap<String, Branch>,
    occupations: Vec<RawOccupation>,
}

/// Builds the tree. Spellings of one name (by name key) share a branch, which
/// shows the most frequent spelling (ties: alphabetically); the others are
/// remarked on. The order of rows does not matter: branches are in the order of
/// their name keys; the occupations of a cluster, and those set aside, are
/// sorted by level, title and id.
pub(super) fn build(records: Vec<Placed>, mut remarks: Vec<Remark>) -> RawMap {
    let mut routes: BTreeMap<String, Branch> = BTreeMap::new();
    let mut set_aside = Vec::new();
    let mut mentions = Vec::new();
    for record in records {
        let Placed { route, pathway, cluster, layout, retired, occupation } = record;
        let reason = match (&route.text, &pathway.text, &cluster.text) {
            _ if occupation.product.is_some() => "product",
            _ if retired => "retired",
            (None, ..) => "no-route",
            (_, None, _) => "no-pathway",
            (.., None) => "no-cluster",
            _ => {
                let mut path = Vec::new();
                let mut branches = &mut routes;
                for name in [route, pathway, cluster] {
                    let text = name.text.unwrap_or_default();
                    path.push(name_key(&text));
                    let branch = branches.entry(path[path.len() - 1].clone()).or_default();
                    branch.origin.get_or_insert_with(|| Origin::new(name.pointer.as_str(), layout));
                    *branch.spellings.entry(text.clone()).or_default() += 1;
                    mentions.push(Mention { pointer: name.pointer, path: path.clone(), text });
                    if path.len() == 3 {
                        branch.occupations.push(occupation);
                        break;
                    }
                    branches = &mut branch.branches;
                }
                continue;
            }
        };
        set_aside.push(RawSetAside {
            reason: reason.to_owned(),
            route: route.text,
            pathway: pathway.text,
            cluster: cluster.text,
            occupation,
            ..RawSetAside::default()
        });
    }
    remarks.extend(other_spellings(&routes, mentions));
    order::by(&mut set_aside, |a: &RawSetAside, b: &RawSetAside| {
        let place = |s: &RawSetAside| [&s.route, &s.pathway, &s.cluster].map(|name| name.as_deref().map(name_key));
        let order = place(a).cmp(&place(b)).then_with(|| by_level(&a.occupation, &b.occupation));
        order.then_with(|| a.reason.cmp(&b.reason))
    });
    let mut ids = Ids::default();
    let routes = routes.into_values().map(|r| ids.route(r)).collect();
    RawMap { routes, set_aside, remarks, ..RawMap::default() }
}

/// Compares by level, title and id; without these, by all content.
fn by_level(a: &RawOccupation, b: &RawOccupation) -> Ordering {
    let key = |o: &RawOccupation| (o.level, o.title.as_deref().map(name_key));
    let all = |o: &RawOccupation| serde_json::to_string(o).unwrap_or_default();
    key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)).then_with(|| all(a).cmp(&all(b)))
}

impl Branch {
    fn name(&self) -> String {
        self.spellings
            .iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(name, _)| name.clone())
            .unwrap_or_default()
    }
}

/// A record's use of a branch's name.
struct Mention {
    pointer: String,
    /// The name keys from the route down to the branch.
    path: Vec<String>,
    text: String,
}

/// A remark for each other spelling, at its first place.
fn other_spellings(routes: &BTreeMap<String, Branch>, mentions: Vec<Mention>) -> Vec<Remark> {
    let mut remarks: IndexMap<(Vec<String>, String), Remark> = IndexMap::new();
    for Mention { pointer, path, text } in mentions {
        let mut branch = &routes[&path[0]];
        for key in &path[1..] {
            branch = &branch.branches[key];
        }
        let name = branch.name();
        if text == name {
            continue;
        }
        let tier = ["route", "pathway", "cluster"][path.len() - 1];
        remarks.entry((path, text)).or_insert_with_key(|(_, text)| {
            let message = format!("\"{text}\" is read as the {tier} \"{name}\": did you mean \"{name}\"?");
            Remark::new(RemarkKind::SpeltTwoWays, pointer, message)
        });
    }
    remarks.into_values().collect()
}

/// Codes made from names, each unique.
#[derive(Default)]
struct Ids {
    used: HashSet<String>,
}

impl Ids {
    fn code(&mut self, parent: &str, name: &str) -> String {
        let base = if parent.is_empty() { slug(name) } else { format!("{parent}/{}", slug(name)) };
        let code = unused(base, |code| self.used.contains(code));
        self.used.insert(code.clone());
        code
    }

    fn route(&mut self, branch: Branch) -> RawRoute {
        let name = branch.name();
        let id = self.code("", &name);
        let pathways = branch.branches.into_values().map(|p| self.pathway(p, &id)).collect();
        RawRoute { pathways, origin: branch.origin, ..RawRoute::new(id, name) }
    }

    fn pathway(&mut self, branch: Branch, parent: &str) -> RawPathway {
        let name = branch.name();
        let id = self.code(parent, &name);
        let clusters = branch.branches.into_values().map(|c| self.cluster(c, &id)).collect();
        RawPathway { clusters, origin: branch.origin, ..RawPathway::new(id, name) }
    }

    fn cluster(&mut self, mut branch: Branch, parent: &str) -> RawCluster {
        order::by(&mut branch.occupations, by_level);
        let name = branch.name();
        let id = self.code(parent, &name);
        RawCluster { occupations: branch.occupations, origin: branch.origin, ..RawCluster::new(id, name) }
    }
}

/// A remark if a name had stray white space.
pub(super) fn untidy(raw: &str, pointer: &str) -> Option<Remark> {
    let shown = super::clean::display_name(raw);
    (shown != raw && !shown.is_empty()).then(|| {
        let what = if raw.contains(['<', '&']) { "markup" } else { "stray white space" };
        Remark::new(
            RemarkKind::UntidyName,
            pointer,
            format!("the name \"{}\" has {what}; it is read as \"{shown}\"", raw.escape_debug()),
        )
    })
}

/// Names of unknown members, each with its count and first place.
#[derive(Default)]
pub(super) struct UnknownMembers {
    seen: IndexMap<String, UnknownMember>,
}

struct UnknownMember {
    times: usize,
    /// How many statements it appears to hold.
    statements: usize,
    pointer: String,
}

impl UnknownMembers {
    pub(super) fn add(&mut self, name: &str, pointer: impl FnOnce() -> String) {
        self.add_member(name, &Node::Null, pointer);
    }

    /// Adds a member with its value, which may hold statements.
    pub(super) fn add_member(&mut self, name: &str, value: &Node<'_>, pointer: impl FnOnce() -> String) {
        let statements = unread::statements(value);
        match self.seen.get_mut(name) {
            Some(member) => {
                // the first relevant place is kept
                if statements > 0 && member.statements == 0 {
                    member.pointer = format!("{}/{}", pointer(), escape(name));
                }
                member.times += 1;
                member.statements += statements;
            }
            None => {
                let pointer = format!("{}/{}", pointer(), escape(name));
                self.seen.insert(name.to_owned(), UnknownMember { times: 1, statements, pointer });
            }
        }
    }

    pub(super) fn add_all(&mut self, extra: &Extra, pointer: &str) {
        extra.members().for_each(|(name, value)| self.add_member(name, value, || pointer.to_owned()));
    }

    pub(super) fn add_at_member(&mut self, extra: &Extra, origin: &Origin, member: &str) {
        let pointer = || format!("{}/{member}", origin.pointer());
        extra.members().for_each(|(name, value)| self.add_member(name, value, pointer));
    }

    /// One remark for each name, at its first place. `outcome` says what
    /// happens to the member; `meant` returns the name that it may be a
    /// misspelling of.
    pub(super) fn into_remarks(
        self,
        outcome: &str,
        meant: impl Fn(&str) -> Option<&'static str>,
    ) -> impl Iterator<Item = Remark> {
        self.seen.into_iter().map(move |(name, UnknownMember { times, statements, pointer })| {
            let hint = crate::text::DidYouMean(meant(&name));
            let name = super::excerpt(&name, 40);
            if statements > 0 {
                let lists =
                    if times == 1 { "it seems to hold".to_owned() } else { format!("its {times} lists seem to hold") };
                let statements = if statements == 1 {
                    "1 statement of knowledge, skill or behaviour, which is not read".to_owned()
                } else {
                    format!("{statements} statements of knowledge, skill or behaviour, which are not read")
                };
                let message = format!("the member \"{name}\" is not known, and {lists} {statements}{hint}");
                return Remark::new(RemarkKind::UnreadStatements, pointer, message);
            }
            let times = if times == 1 { String::new() } else { format!(" ({times} times)") };
            let message = format!("the member \"{name}\" is not known{times}; {outcome}{hint}");
            Remark::new(RemarkKind::UnknownField, pointer, message)
        })
    }
}
