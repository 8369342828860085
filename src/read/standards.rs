//! The standards file: one array of every version of every standard.

use super::dirt;
use super::ksb;
use super::node::Node;
use super::origin::{Layout, Origin, escape};
use super::raw::{RawMap, RawOccupation, RawStandard};
use super::record::Record;
use super::tree::{self, Placed, UnknownMembers};
use super::{Remark, RemarkKind};
use crate::text::slug;

/// Members that are read.
const USED: &[&str] = &[
    "behaviours",
    "cluster",
    "duties",
    "keywords",
    "knowledges",
    "larsCode",
    "level",
    "occupationCode",
    "options",
    "overviewOfRole",
    "pathway",
    "referenceNumber",
    "route",
    "skills",
    "standardPageUrl",
    "status",
    "title",
    "typicalJobTitles",
    "version",
    "versionNumber",
];

/// Members that are known, and that no part of this library uses.
const UNUSED: &[&str] = &[
    "approvedForDelivery",
    "approvedForDeliveryPausedStarts",
    "clusterId",
    "coreAndOptions",
    "earliestStartDate",
    "integratedDegree",
    "latestEndDate",
    "latestStartDate",
    "maxFunding",
    "minimumHoursForCompliance",
    "occupationalSummary",
    "regulated",
    "regulatedBody",
    "typicalDuration",
];

pub(super) fn read(root: Node<'_>, list_pointer: &str) -> RawMap {
    let mut remarks = Vec::new();
    let mut unknown = UnknownMembers::default();
    let mut records: Vec<(String, Node<'_>)> = Vec::new();
    for (i, node) in records_of(root, list_pointer, &mut unknown).into_iter().enumerate() {
        let pointer = format!("{list_pointer}/{i}");
        match node {
            Node::Record(_) => records.push((pointer, node)),
            Node::Null => {
                remarks.push(Remark::new(RemarkKind::NullRecord, pointer, "null where a standard should be; left out"));
            }
            other => {
                let message = format!("expected a standard, found {}; left out", other.describe());
                remarks.push(Remark::new(RemarkKind::UnreadableValue, pointer, message));
            }
        }
    }
    let identities: Vec<Identity> = records.iter().map(|(_, node)| Identity::of(node)).collect();
    let keys: Vec<Option<String>> = identities.iter().map(Identity::key).collect();
    let versions: Vec<String> = records.iter().map(|(_, node)| version(node).unwrap_or_default()).collect();
    let kept_instead = tree::latest(&keys, &versions);

    let mut placed = Vec::new();
    let pointers: Vec<String> = records.iter().map(|(pointer, _)| pointer.clone()).collect();
    // each record's tree is dropped as soon as it has been read
    for (i, (pointer, node)) in records.into_iter().enumerate() {
        if let Some(kept) = kept_instead[i] {
            let version = |i: usize| if versions[i].is_empty() { "without a number" } else { versions[i].as_str() };
            let message = format!(
                "{}: version {} is not used; version {} is (at {})",
                keys[i].as_deref().unwrap_or_default(),
                version(i),
                version(kept),
                pointers[kept]
            );
            remarks.push(Remark::new(RemarkKind::OlderVersion, pointer, message));
            continue;
        }
        let mut record = Record { node: &node, pointer: &pointer, remarks: &mut remarks };
        record.count_unknown(&[USED, UNUSED], &mut unknown);
        placed.push(place(&mut record, &identities[i], &versions[i]));
    }
    remarks.extend(unknown.into_remarks("it is not used", |_| None));
    let mut map = tree::build(placed, Layout::Standards, remarks);
    map.title = Some("Occupational standards".to_owned());
    map
}

/// The records, and remarks on what stands beside their list.
fn records_of<'a>(root: Node<'a>, list_pointer: &str, unknown: &mut UnknownMembers) -> Vec<Node<'a>> {
    match root {
        Node::List(items) => items,
        Node::Record(members) => {
            let mut records = Vec::new();
            for (name, value) in members {
                match value {
                    Node::List(items) if records.is_empty() && format!("/{}", escape(&name)) == list_pointer => {
                        records = items;
                    }
                    _ => unknown.add(&name, String::new),
                }
            }
            records
        }
        _ => Vec::new(),
    }
}

/// What a standard is known by. Blank keys are missing keys.
struct Identity {
    reference: Option<String>,
    occupation_code: Option<String>,
    lars_code: Option<i64>,
    /// Route, title and level, when all three are there.
    description: Option<String>,
}

impl Identity {
    fn of(node: &Node<'_>) -> Identity {
        let text = |name: &str| node.get(name).and_then(|n| dirt::text(n).ok().flatten());
        let number = |name: &str| node.get(name).and_then(|n| dirt::whole_number(n).ok().flatten());
        let description = match (text("route"), text("title"), number("level")) {
            (Some(route), Some(title), Some(level)) => Some(format!("{}/{}/{level}", slug(&route), slug(&title))),
            _ => None,
        };
        Identity {
            reference: text("referenceNumber").map(|code| code.to_uppercase()),
            occupation_code: text("occupationCode").map(|code| code.to_uppercase()),
            lars_code: number("larsCode").filter(|code| *code != 0),
            description,
        }
    }

    /// The occupation's code in the map; also what versions are grouped by.
    fn key(&self) -> Option<String> {
        self.reference
            .clone()
            .or_else(|| self.occupation_code.clone())
            .or_else(|| self.lars_code.map(|code| format!("LARS{code}")))
            .or_else(|| self.description.clone())
    }
}

fn version(node: &Node<'_>) -> Option<String> {
    ["version", "versionNumber"].iter().find_map(|name| dirt::text(node.get(name)?).ok().flatten())
}

fn place(record: &mut Record<'_, '_, '_>, identity: &Identity, version: &str) -> Placed {
    let mut occupation = RawOccupation {
        id: identity.key(),
        occupation_code: identity.occupation_code.clone(),
        title: record.name("title").text,
        level: record.whole_number("level"),
        overview: record.text("overviewOfRole"),
        job_titles: record.texts("typicalJobTitles"),
        keywords: record.texts("keywords"),
        origin: Some(Origin::new(record.pointer, Layout::Standards)),
        ..RawOccupation::default()
    };
    let given = record.text("status");
    let (status, retired) = match given.as_deref().map(str::to_lowercase).as_deref() {
        Some("approved for delivery" | "approved") => (Some("approved"), false),
        Some("in development" | "proposal in development") => (Some("in-development"), false),
        Some("retired" | "withdrawn") => (Some("unknown"), true),
        None => (Some("unknown"), false),
        Some(_) => (None, false),
    };
    // a status that is not known is left for `check` to name
    occupation.status = status.map(str::to_owned).or(given);
    let url = record.text("standardPageUrl");
    if identity.reference.is_some() || url.is_some() || !version.is_empty() {
        occupation.standard = Some(RawStandard {
            reference: identity.reference.clone(),
            version: Some(version.to_owned()).filter(|v| !v.is_empty()),
            url,
            ..RawStandard::default()
        });
    }
    ksb::read(record.node, record.pointer, &mut occupation, record.remarks);
    Placed {
        route: record.name("route"),
        pathway: record.name("pathway"),
        cluster: record.name("cluster"),
        retired,
        occupation,
    }
}
