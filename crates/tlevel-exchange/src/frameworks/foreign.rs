//! A tree of another system as a map.

use std::collections::BTreeSet;

use serde_json::{Map as Members, Value, json};

use super::model::{Framework, Item};

/// The level of an occupation whose framework gives none that a map has.
pub(crate) const USUAL_LEVEL: i64 = 3;

/// Fills a native map from a tree: items without children are statements, the items
/// above them occupations, and those above, from the top, route, pathway and cluster.
pub(crate) fn fill(framework: &Framework, native: &mut Members<String, Value>, notes: &mut Vec<String>) {
    let (children, _) = framework.children();
    let is_leaf = |i: usize| children[i].is_empty();
    let mut tree = Tree::default();
    let mut counts = Counts { repeated: repeated(framework, &children), ..Counts::default() };
    let mut loose = Vec::new();
    for (i, item) in framework.items.iter().enumerate() {
        if is_leaf(i) {
            if item.parent.is_none() {
                loose.push(i);
            }
            continue;
        }
        let leaves: Vec<usize> = children[i].iter().copied().filter(|child| is_leaf(*child)).collect();
        if leaves.is_empty() {
            continue;
        }
        let mut occupation = occupation(framework, (item, i), &leaves, &mut counts);
        // an item that is also above others gives its code to the branch that it is
        if leaves.len() < children[i].len() {
            let own = occupation["id"].as_str().unwrap_or_default();
            occupation["id"] = format!("{own}/statements").into();
        }
        tree.place(framework, &path(framework, i), occupation);
    }
    if !loose.is_empty() {
        // statements right under the document: it is the occupation
        let mut item = Item::new(format!("{DOCUMENT}/statements"), "", framework.title.clone());
        item.notes.clone_from(&framework.description);
        let occupation = occupation(framework, (&item, usize::MAX), &loose, &mut counts);
        tree.place(framework, &[], occupation);
    }
    counts.report(notes);
    native.insert("routes".to_owned(), tree.routes());
}

/// The code of branches that stand for the document.
const DOCUMENT: &str = "document";

/// The items above an item, from the top.
fn path(framework: &Framework, i: usize) -> Vec<usize> {
    let above = |i: &usize| framework.items[*i].parent;
    let mut path: Vec<usize> = std::iter::successors(above(&i), above).collect();
    path.reverse();
    path
}

/// The codes that several items above others have; they do not tell occupations apart.
fn repeated(framework: &Framework, children: &[Vec<usize>]) -> BTreeSet<String> {
    let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    let above = framework.items.iter().enumerate().filter(|(i, _)| !children[*i].is_empty());
    for code in above.filter_map(|(_, item)| item.code.as_ref()) {
        if !seen.insert(code) {
            repeated.insert(code.clone());
        }
    }
    repeated
}

/// How often something was assumed.
#[derive(Default)]
struct Counts {
    repeated: BTreeSet<String>,
    occupations: usize,
    without_level: usize,
    statements: usize,
    without_kind: usize,
}

impl Counts {
    fn report(&self, notes: &mut Vec<String>) {
        if self.without_level > 0 {
            notes.push(format!(
                "{} of {} occupations have no level from 2 to 7; level {USUAL_LEVEL} is assumed",
                self.without_level, self.occupations
            ));
        }
        if self.without_kind > 0 {
            notes.push(format!(
                "{} of {} statements are of no kind that a map has; they are read as skills",
                self.without_kind, self.statements
            ));
        }
    }
}

fn occupation(framework: &Framework, (item, at): (&Item, usize), leaves: &[usize], counts: &mut Counts) -> Value {
    counts.occupations += 1;
    let level =
        item.level.as_deref().and_then(|level| level.trim().parse::<i64>().ok()).filter(|l| (2..=7).contains(l));
    counts.without_level += usize::from(level.is_none());
    let mut used = BTreeSet::new();
    let statements: Vec<Value> =
        leaves.iter().map(|leaf| statement(&framework.items[*leaf], &mut used, counts)).collect();
    let title = if item.text.trim().is_empty() { format!("Item {at}") } else { item.text.clone() };
    let code = item.code.clone().filter(|code| !code.trim().is_empty() && !counts.repeated.contains(code));
    json!({
        "id": code.unwrap_or_else(|| item.id.clone()),
        "title": title,
        "level": level.unwrap_or(USUAL_LEVEL),
        "status": "unknown",
        "overview": item.notes,
        "keywords": item.keywords,
        "statements": statements,
    })
}

fn statement(item: &Item, used: &mut BTreeSet<String>, counts: &mut Counts) -> Value {
    counts.statements += 1;
    let kind = kind(&item.kind);
    counts.without_kind += usize::from(kind.is_none());
    let code = item.code.clone().filter(|code| !code.trim().is_empty() && !used.contains(code));
    let code = code.unwrap_or_else(|| item.id.clone());
    used.insert(code.clone());
    json!({ "id": code, "kind": kind.unwrap_or("skill"), "text": item.text })
}

/// The kind of statement that an item type names.
pub(crate) fn kind(named: &str) -> Option<&'static str> {
    let named = named.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| named.contains(word));
    if is(&["knowledge", "understanding"]) {
        Some("knowledge")
    } else if is(&["behaviour", "behavior", "attitude", "disposition", "value"]) {
        Some("behaviour")
    } else if is(&["skill", "competenc", "ability", "task", "language"]) {
        Some("skill")
    } else {
        None
    }
}

/// Occupations by route, pathway and cluster, in the order in which they come.
#[derive(Default)]
pub(crate) struct Tree {
    routes: Vec<Branch>,
}

#[derive(Default)]
struct Branch {
    id: String,
    name: String,
    below: Vec<Branch>,
    occupations: Vec<Value>,
}

impl Tree {
    fn place(&mut self, framework: &Framework, path: &[usize], occupation: Value) {
        let named = |i: &usize| {
            let item = &framework.items[*i];
            let name = if item.text.trim().is_empty() { item.title() } else { &item.text };
            (
                item.code.clone().filter(|code| !code.trim().is_empty()).unwrap_or_else(|| item.id.clone()),
                name.to_owned(),
            )
        };
        let mut steps: Vec<(String, String)> = path.iter().map(named).collect();
        if steps.is_empty() {
            steps.push((DOCUMENT.to_owned(), framework.title.clone()));
        }
        // deeper trees: what is below the cluster is part of its name
        if let Some(deeper) = steps.get(2..).filter(|deeper| deeper.len() > 1) {
            let id = deeper.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" / ");
            let name = deeper.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" / ");
            steps.truncate(2);
            steps.push((id, name));
        }
        self.add(&steps, occupation);
    }

    /// Adds an occupation under one to three named steps; the last stands for those
    /// that are missing.
    pub(crate) fn add(&mut self, steps: &[(String, String)], occupation: Value) {
        let Some(last) = steps.last() else { return };
        let mut branches = &mut self.routes;
        let mut id = String::new();
        for tier in 0..3 {
            let (own, name) = steps.get(tier).unwrap_or(last);
            id = if tier == 0 { own.clone() } else { format!("{id}/{own}") };
            let at = branches.iter().position(|branch| branch.id == id).unwrap_or_else(|| {
                branches.push(Branch { id: id.clone(), name: name.clone(), ..Branch::default() });
                branches.len() - 1
            });
            if tier == 2 {
                branches[at].occupations.push(occupation);
                return;
            }
            branches = &mut branches[at].below;
        }
    }

    /// The native routes.
    pub(crate) fn routes(self) -> Value {
        fn list(branches: Vec<Branch>, names: &[&str]) -> Value {
            let one = |branch: Branch| {
                let mut record = Members::new();
                record.insert("id".to_owned(), branch.id.into());
                record.insert("name".to_owned(), branch.name.into());
                match names.split_first() {
                    Some((name, rest)) => record.insert((*name).to_owned(), list(branch.below, rest)),
                    None => record.insert("occupations".to_owned(), branch.occupations.into()),
                };
                Value::Object(record)
            };
            branches.into_iter().map(one).collect::<Vec<_>>().into()
        }
        list(self.routes, &["pathways", "clusters"])
    }
}
