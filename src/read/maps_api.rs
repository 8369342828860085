//! Answers of the occupational maps API: one occupation, an array of them, or
//! an answer (of a route, say) that holds them at any depth.

use indexmap::IndexMap;

use super::dirt;
use super::ksb;
use super::node::Node;
use super::origin::{Layout, Origin, escape};
use super::raw::{RawMap, RawOccupation, RawStandard};
use super::record::Record;
use super::tree::{self, Name, Placed, UnknownMembers};
use super::{Remark, RemarkKind};

/// Members of an occupation that are read, or known and unused.
const KNOWN: &[&str] = &[
    "behaviours",
    "duties",
    "keywords",
    "knowledges",
    "level",
    "mapHierarchy",
    "name",
    "options",
    "overview",
    "products",
    "progressions",
    "skills",
    "soc",
    "status",
    "statusName",
    "stdCode",
    "summary",
    "title",
    "typicalJobTitles",
    "version",
    "versionNo",
    "versionNumber",
];

/// Is there an occupation (a record with `stdCode`) anywhere inside?
pub(super) fn holds_occupation(node: &Node<'_>) -> bool {
    match node {
        Node::Record(members) => is_occupation(node) || members.iter().any(|(_, v)| holds_occupation(v)),
        Node::List(items) => items.iter().any(holds_occupation),
        _ => false,
    }
}

fn is_occupation(node: &Node<'_>) -> bool {
    node.get("stdCode").is_some()
}

pub(super) fn read(root: &Node<'_>) -> RawMap {
    let mut walk = Walk::default();
    walk.node(root, String::new(), &Branches::default());
    let Walk { found, mut remarks, mut progressions } = walk;
    let mut unknown = UnknownMembers::default();

    let keys: Vec<Option<String>> = found.iter().map(|f| code(f.node)).collect();
    let versions: Vec<String> = found.iter().map(|f| version(f.node)).collect();
    let kept_instead = tree::latest(&keys, &versions);
    let mut placed = Vec::new();
    for (i, Found { node, pointer, branches }) in found.into_iter().enumerate() {
        if kept_instead[i].is_some() {
            let message = format!(
                "{}: version {} stands here; a later one, or the same again, is used",
                keys[i].as_deref().unwrap_or_default(),
                if versions[i].is_empty() { "without a number" } else { &versions[i] }
            );
            remarks.push(Remark::new(RemarkKind::OlderVersion, pointer, message));
            continue;
        }
        let mut record = Record { node, pointer: &pointer, remarks: &mut remarks };
        record.count_unknown(&[KNOWN], &mut unknown);
        let mut occupation = occupation(&mut record, keys[i].clone());
        occupation.progresses_to = keys[i].as_ref().and_then(|code| progressions.swap_remove(code)).unwrap_or_default();
        placed.push(place(&mut record, branches, occupation));
    }
    remarks.extend(unknown.into_remarks("it is not used", |_| None));
    let mut map = tree::build(placed, Layout::MapsApi, remarks);
    map.title = Some("Occupational maps".to_owned());
    map
}

/// The route, pathway and cluster around an occupation, by the records that
/// hold it.
#[derive(Clone, Default)]
struct Branches {
    names: [Option<(String, String)>; 3],
}

struct Found<'n, 'a> {
    node: &'n Node<'a>,
    pointer: String,
    branches: Branches,
}

#[derive(Default)]
struct Walk<'n, 'a> {
    found: Vec<Found<'n, 'a>>,
    remarks: Vec<Remark>,
    /// Where each occupation leads, by its code.
    progressions: IndexMap<String, Vec<String>>,
}

/// What marks a record as a route, pathway or cluster: its own key, or what it
/// holds.
const TIERS: [(&str, &str, &str); 3] = [
    ("routeId", "routeName", "pathways"),
    ("pathwayId", "pathwayName", "clusters"),
    ("clusterId", "clusterName", "occupations"),
];

impl<'n, 'a> Walk<'n, 'a> {
    // as deep as the tree at most, and that is bounded by the JSON reader
    fn node(&mut self, node: &'n Node<'a>, pointer: String, around: &Branches) {
        match node {
            Node::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    if *item == Node::Null {
                        let message = "null where a record should be; left out";
                        self.remarks.push(Remark::new(RemarkKind::NullRecord, format!("{pointer}/{i}"), message));
                    }
                    self.node(item, format!("{pointer}/{i}"), around);
                }
            }
            Node::Record(members) if is_occupation(node) => {
                for (name, value) in members.iter().filter(|(name, _)| name.starts_with("progression")) {
                    self.node(value, format!("{pointer}/{}", escape(name)), around);
                }
                self.found.push(Found { node, pointer, branches: around.clone() });
            }
            Node::Record(members) => {
                if let (Some(from), Some(to)) = (text(node, "stdCodeFrom"), text(node, "stdCodeTo")) {
                    self.progressions.entry(from.to_uppercase()).or_default().push(to.to_uppercase());
                    return;
                }
                let mut inside = around.clone();
                // the deepest tier whose key is there; a route's answer repeats no lower key
                let tier = TIERS.iter().rposition(|(id, name, _)| node.get(id).is_some() || node.get(name).is_some());
                let tier = tier.or_else(|| TIERS.iter().position(|(.., holds)| node.get(holds).is_some()));
                for (t, (_, name, _)) in TIERS.iter().enumerate() {
                    let own = text(node, name).map(|text| (text, format!("{pointer}/{name}")));
                    let plain = || text(node, "name").map(|text| (text, format!("{pointer}/name")));
                    if let Some(found) = own.or_else(|| plain().filter(|_| tier == Some(t))) {
                        inside.names[t] = Some(found);
                    }
                }
                for (name, value) in members {
                    self.node(value, format!("{pointer}/{}", escape(name)), &inside);
                }
            }
            _ => {}
        }
    }
}

fn text(node: &Node<'_>, member: &str) -> Option<String> {
    node.get(member).and_then(|n| dirt::text(n).ok().flatten())
}

fn code(node: &Node<'_>) -> Option<String> {
    text(node, "stdCode").map(|code| code.to_uppercase())
}

fn version(node: &Node<'_>) -> String {
    ["versionNo", "version", "versionNumber"].iter().find_map(|name| text(node, name)).unwrap_or_default()
}

fn place(record: &mut Record<'_, '_, '_>, branches: Branches, occupation: RawOccupation) -> Placed {
    // mapHierarchy may be an object, or a list with one
    let (hierarchy, at) = match record.node.get("mapHierarchy") {
        Some(Node::List(items)) => (items.first(), "mapHierarchy/0"),
        other => (other, "mapHierarchy"),
    };
    let at = format!("{}/{at}", record.pointer);
    let mut names = TIERS.iter().zip(branches.names).map(|((_, member, _), around)| {
        let own = hierarchy.map(|node| Record { node, pointer: &at, remarks: &mut *record.remarks }.name(member));
        match (own.filter(|name| name.text.is_some()), around) {
            (Some(own), _) => own,
            (None, Some((text, pointer))) => Name { text: Some(text), pointer },
            (None, None) => Name { text: None, pointer: record.pointer.to_owned() },
        }
    });
    let mut next = || names.next().unwrap_or_default();
    let (route, pathway, cluster) = (next(), next(), next());
    let status = text(record.node, "statusName").unwrap_or_default().to_lowercase();
    let retired = matches!(status.as_str(), "retired" | "withdrawn");
    Placed { route, pathway, cluster, retired, occupation }
}

fn occupation(record: &mut Record<'_, '_, '_>, id: Option<String>) -> RawOccupation {
    let node = record.node;
    let reference = node.get("products").map_or(&[][..], dirt::items).iter().find_map(|product| {
        let kind = text(product, "typeName").unwrap_or_default();
        let number = product.get("type").or_else(|| product.get("typeId"));
        let number = number.and_then(|n| dirt::whole_number(n).ok().flatten());
        let is_apprenticeship = kind.eq_ignore_ascii_case("apprenticeship") || (kind.is_empty() && number == Some(1));
        is_apprenticeship.then(|| text(product, "productCode")).flatten()
    });
    let version = Some(version(node)).filter(|v| !v.is_empty());
    let mut occupation = RawOccupation {
        occupation_code: id.clone(),
        id,
        title: record.name("name").text.or_else(|| record.name("title").text),
        level: record.whole_number("level"),
        status: Some(status(node)),
        standard: (reference.is_some() || version.is_some()).then(|| RawStandard {
            reference,
            version,
            ..RawStandard::default()
        }),
        job_titles: record.texts("typicalJobTitles"),
        keywords: record.texts("keywords"),
        overview: record.text("overview"),
        origin: Some(Origin::new(record.pointer, Layout::MapsApi)),
        ..RawOccupation::default()
    };
    ksb::read(node, record.pointer, &mut occupation, record.remarks);
    occupation
}

/// 1 approved, 2 in development, 3 (potential) and 4 (without apprenticeship)
/// none; by name where the number is missing.
fn status(node: &Node<'_>) -> String {
    let number = node.get("status").map_or(Ok(None), dirt::whole_number);
    let name = text(node, "statusName").or_else(|| text(node, "status")).unwrap_or_default().to_lowercase();
    match (number, name.as_str()) {
        (Ok(Some(1)), _) => "approved".to_owned(),
        (Ok(Some(2)), _) => "in-development".to_owned(),
        (Ok(Some(3 | 4)), _) => "none".to_owned(),
        (Ok(Some(other)), _) => other.to_string(),
        (_, "" | "retired" | "withdrawn") => "unknown".to_owned(),
        (_, name) if name.starts_with("approved") => "approved".to_owned(),
        (_, name) if name.contains("development") => "in-development".to_owned(),
        (_, name) if name.starts_with("potential") || name.contains("without") => "none".to_owned(),
        (_, other) => other.to_owned(),
    }
}
