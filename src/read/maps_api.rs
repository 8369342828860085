//! Reads the records of the occupational maps API, one for each occupation.

use super::build_tree::{Name, Placed};
use super::node::Node;
use super::origin::{Layout, Origin};
use super::raw::{RawOccupation, RawStandard};
use super::record::Record;
use super::records::{Branches, TIERS, text};
use super::versions::Candidate;
use super::{Remark, RemarkKind, identity, lenient, statements};
use crate::text::name_key;

/// Members of an occupation that are read, or known and unused.
pub(super) const KNOWN: &[&str] = &[
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

/// Reads a record; its codes are given by the caller. `around` holds its place
/// in the answer.
pub(super) fn read(record: &mut Record<'_, '_, '_>, candidate: &Candidate, around: &Branches) -> Placed {
    let occupation = occupation(record, candidate);
    place(record, around.clone(), occupation)
}

fn place(record: &mut Record<'_, '_, '_>, branches: Branches, occupation: RawOccupation) -> Placed {
    // `mapHierarchy` may be an object, or a list with one or more
    let (hierarchy, at) = match record.node.get("mapHierarchy") {
        Some(Node::List(items)) => {
            let chosen = chosen_place(record, items, occupation.title.as_deref());
            (items.get(chosen), format!("{}/mapHierarchy/{chosen}", record.pointer))
        }
        other => (other, format!("{}/mapHierarchy", record.pointer)),
    };
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
    Placed { route, pathway, cluster, layout: Layout::MapsApi, retired, occupation }
}

/// Chooses among several places of an occupation, which appears only once on
/// the map: the first that names a route, a pathway and a cluster, otherwise
/// the first with most names. The others are remarked on.
fn chosen_place(record: &mut Record<'_, '_, '_>, places: &[Node<'_>], title: Option<&str>) -> usize {
    let names = |place: &Node<'_>| TIERS.map(|(_, member, _)| text(place, member));
    let given = |place: &Node<'_>| names(place).iter().flatten().count();
    let most = places.iter().map(given).max().unwrap_or(0);
    let chosen = places.iter().position(|place| given(place) == most).unwrap_or(0);
    let key = |place: &Node<'_>| names(place).map(|name| name.as_deref().map(name_key));
    let path = |place: &Node<'_>| names(place).into_iter().flatten().collect::<Vec<_>>().join(" > ");
    let Some(read) = places.get(chosen) else { return 0 };
    let others: Vec<&Node<'_>> = places.iter().filter(|p| given(p) > 0 && key(p) != key(read)).collect();
    if !others.is_empty() {
        let message = format!(
            "\"{}\" is given several places; it is read in {}, and not in {}",
            title.unwrap_or_default(),
            path(read),
            others.iter().map(|place| path(place)).collect::<Vec<_>>().join(", nor in ")
        );
        let pointer = format!("{}/mapHierarchy", record.pointer);
        record.remarks.push(Remark::new(RemarkKind::SeveralPlaces, pointer, message));
    }
    chosen
}

fn occupation(record: &mut Record<'_, '_, '_>, candidate: &Candidate) -> RawOccupation {
    let node = record.node;
    let reference = identity::apprenticeship(node);
    let version = Some(candidate.version.text.clone()).filter(|v| !v.is_empty());
    let mut occupation = RawOccupation {
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
        overview: record.long_text("overview"),
        origin: Some(Origin::new(record.pointer, Layout::MapsApi)),
        ..RawOccupation::default()
    };
    statements::read(node, record.pointer, &mut occupation, record.remarks);
    occupation
}

/// 1 is approved, 2 in development, 3 (potential) and 4 (without
/// apprenticeship) none; by name if the number is missing.
fn status(node: &Node<'_>) -> String {
    let number = node.get("status").map_or(Ok(None), lenient::whole_number);
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
