//! Answers of the occupational maps API: one occupation, an array of them, or
//! an answer (of a route, say) that holds them at any depth.

use super::dirt;
use super::ksb;
use super::node::Node;
use super::origin::{Layout, Origin, escape};
use super::raw::{RawMap, RawOccupation, RawStandard};
use super::tree::{self, Name, Placed};
use super::{Remark, RemarkKind};

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
    let Walk { found, mut remarks, progressions } = walk;

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
        let mut record = occupation(node, &pointer, keys[i].clone(), &mut remarks);
        if let Some(code) = &keys[i] {
            record.progresses_to =
                progressions.iter().filter(|(from, _)| from == code).map(|(_, to)| to.clone()).collect();
        }
        placed.push(place(node, &pointer, branches, record, &mut remarks));
    }
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
    progressions: Vec<(String, String)>,
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
                    self.progressions.push((from.to_uppercase(), to.to_uppercase()));
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

fn place(
    node: &Node<'_>,
    pointer: &str,
    branches: Branches,
    occupation: RawOccupation,
    remarks: &mut Vec<Remark>,
) -> Placed {
    // mapHierarchy may be an object, or a list with one
    let (hierarchy, at) = match node.get("mapHierarchy") {
        Some(Node::List(items)) => (items.first(), "mapHierarchy/0"),
        other => (other, "mapHierarchy"),
    };
    let mut names = branches.names.into_iter();
    let mut name = |member: &str| {
        let around = names.next().flatten();
        let own = hierarchy.and_then(|h| h.get(member));
        if let Some(Node::Text(raw)) = own {
            remarks.extend(tree::untidy(raw, &format!("{pointer}/{at}/{member}")));
        }
        match (own.and_then(|n| dirt::text(n).ok().flatten()), around) {
            (Some(text), _) => Name { text: Some(text), pointer: format!("{pointer}/{at}/{member}") },
            (None, Some((text, pointer))) => Name { text: Some(text), pointer },
            (None, None) => Name { text: None, pointer: pointer.to_owned() },
        }
    };
    let (route, pathway, cluster) = (name("routeName"), name("pathwayName"), name("clusterName"));
    let status = text(node, "statusName").unwrap_or_default().to_lowercase();
    let retired = matches!(status.as_str(), "retired" | "withdrawn");
    Placed { route, pathway, cluster, retired, occupation }
}

fn occupation(node: &Node<'_>, pointer: &str, id: Option<String>, remarks: &mut Vec<Remark>) -> RawOccupation {
    let level = node.get("level").map_or(Ok(None), dirt::whole_number).unwrap_or_else(|()| {
        let message = "expected a whole number; read as missing";
        remarks.push(Remark::new(RemarkKind::UnreadableValue, format!("{pointer}/level"), message));
        None
    });
    if let Some(Node::Text(raw)) = node.get("name") {
        remarks.extend(tree::untidy(raw, &format!("{pointer}/name")));
    }
    let texts = |member: &str| -> Vec<String> {
        let items = node.get(member).map_or(&[][..], dirt::items);
        items.iter().filter_map(|item| dirt::text(item).ok().flatten()).collect()
    };
    let reference = node.get("products").map_or(&[][..], dirt::items).iter().find_map(|product| {
        let kind = text(product, "typeName").unwrap_or_default();
        let number = product.get("type").or_else(|| product.get("typeId"));
        let number = number.and_then(|n| dirt::whole_number(n).ok().flatten());
        let is_apprenticeship = kind.eq_ignore_ascii_case("apprenticeship") || (kind.is_empty() && number == Some(1));
        is_apprenticeship.then(|| text(product, "productCode")).flatten()
    });
    let version = Some(version(node)).filter(|v| !v.is_empty());
    let mut occupation = RawOccupation {
        id,
        title: text(node, "name").or_else(|| text(node, "title")),
        level,
        status: Some(status(node)),
        standard: (reference.is_some() || version.is_some()).then(|| RawStandard {
            reference,
            version,
            ..RawStandard::default()
        }),
        job_titles: texts("typicalJobTitles"),
        keywords: texts("keywords"),
        overview: text(node, "overview"),
        origin: Some(Origin::new(pointer, Layout::MapsApi)),
        ..RawOccupation::default()
    };
    ksb::read(node, pointer, &mut occupation, remarks);
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
