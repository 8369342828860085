//! From a list of records to a tree of routes, pathways and clusters.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;

use super::origin::{Layout, Origin, escape};
use super::raw::{Extra, RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawSetAside};
use super::{Remark, RemarkKind};
use crate::text::{name_key, slug, unused};

/// A record of an official file, with the names that place it.
pub(super) struct Placed {
    pub(super) route: Name,
    pub(super) pathway: Name,
    pub(super) cluster: Name,
    pub(super) retired: bool,
    pub(super) occupation: RawOccupation,
}

/// A name as a record gives it.
#[derive(Default)]
pub(super) struct Name {
    /// Cleaned; None where the source has none.
    pub(super) text: Option<String>,
    /// Where it stands.
    pub(super) pointer: String,
}

#[derive(Default)]
struct Branch {
    spellings: BTreeMap<String, usize>,
    origin: Option<Origin>,
    branches: IndexMap<String, Branch>,
    occupations: Vec<RawOccupation>,
}

/// Builds the tree. Spellings of one name (by name key) meet in one branch,
/// shown in the most frequent spelling, ties by the alphabet; the others are
/// remarked. Branches stand in the order of the records that name them first.
pub(super) fn build(records: Vec<Placed>, layout: Layout, mut remarks: Vec<Remark>) -> RawMap {
    let mut routes: IndexMap<String, Branch> = IndexMap::new();
    let mut set_aside = Vec::new();
    let mut mentions = Vec::new();
    for record in records {
        let Placed { route, pathway, cluster, retired, occupation } = record;
        let reason = match (&route.text, &pathway.text, &cluster.text) {
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
    let mut ids = Ids::default();
    let routes = routes.into_values().map(|r| ids.route(r)).collect();
    RawMap { routes, set_aside, remarks, ..RawMap::default() }
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

/// One record's use of a branch's name.
struct Mention {
    pointer: String,
    /// The name keys from the route down to the branch.
    path: Vec<String>,
    text: String,
}

/// A remark for each other spelling, at its first place.
fn other_spellings(routes: &IndexMap<String, Branch>, mentions: Vec<Mention>) -> Vec<Remark> {
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

/// Codes made from names, each used once.
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

    fn cluster(&mut self, branch: Branch, parent: &str) -> RawCluster {
        let name = branch.name();
        let id = self.code(parent, &name);
        RawCluster { occupations: branch.occupations, origin: branch.origin, ..RawCluster::new(id, name) }
    }
}

/// A remark when a name had stray white space.
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

/// The latest of the versions of each standard. `key` and `version` are asked
/// once a record; records without a key stand for themselves. Returns which
/// records are kept, and for each other one the index of the one kept.
pub(super) fn latest(keys: &[Option<String>], versions: &[String]) -> Vec<Option<usize>> {
    let mut best: HashMap<&str, usize> = HashMap::new();
    for (i, key) in keys.iter().enumerate() {
        let Some(key) = key else { continue };
        let entry = best.entry(key).or_insert(i);
        if version_order(&versions[i]) >= version_order(&versions[*entry]) {
            *entry = i;
        }
    }
    keys.iter()
        .enumerate()
        .map(|(i, key)| key.as_deref().and_then(|k| best.get(k)).copied().filter(|&kept| kept != i))
        .collect()
}

/// Versions in order: number by number, so that 1.10 comes after 1.9. Very
/// long numbers count as the largest.
fn version_order(version: &str) -> Vec<u64> {
    version
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap_or(u64::MAX))
        .collect()
}

/// Names of unknown members, each with its count and first place.
#[derive(Default)]
pub(super) struct UnknownMembers {
    seen: IndexMap<String, (usize, String)>,
}

impl UnknownMembers {
    pub(super) fn add(&mut self, name: &str, pointer: impl FnOnce() -> String) {
        match self.seen.get_mut(name) {
            Some((count, _)) => *count += 1,
            None => {
                self.seen.insert(name.to_owned(), (1, format!("{}/{}", pointer(), escape(name))));
            }
        }
    }

    pub(super) fn add_all(&mut self, extra: &Extra, pointer: &str) {
        extra.names().for_each(|name| self.add(name, || pointer.to_owned()));
    }

    pub(super) fn add_at(&mut self, extra: &Extra, origin: Option<&Origin>) {
        self.add_all(extra, origin.map_or("", Origin::pointer));
    }

    pub(super) fn add_at_member(&mut self, extra: &Extra, origin: &Origin, member: &str) {
        extra.names().for_each(|name| self.add(name, || format!("{}/{member}", origin.pointer())));
    }

    /// One remark a name, at its first place; `outcome` says what becomes of
    /// the member, `meant` which name it may be a slip of.
    pub(super) fn into_remarks(
        self,
        outcome: &str,
        meant: impl Fn(&str) -> Option<&'static str>,
    ) -> impl Iterator<Item = Remark> {
        self.seen.into_iter().map(move |(name, (count, pointer))| {
            let times = if count == 1 { String::new() } else { format!(" ({count} times)") };
            let hint = meant(&name).map_or_else(String::new, |meant| format!(": did you mean \"{meant}\"?"));
            let name = super::excerpt(&name, 40);
            let message = format!("the member \"{name}\" is not known{times}; {outcome}{hint}");
            Remark::new(RemarkKind::UnknownField, pointer, message)
        })
    }
}
