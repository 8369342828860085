//! Reads the records of the standards file, each one version of a standard.

use super::build_tree::Placed;
use super::origin::{Layout, Origin};
use super::raw::{RawOccupation, RawStandard};
use super::record::Record;
use super::statements;
use super::versions::{Candidate, Standing};

/// Members that are read.
pub(super) const USED: &[&str] = &[
    "behaviours",
    "cluster",
    "duties",
    "ifateReferenceNumber",
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
    "standardUId",
    "status",
    "title",
    "typicalJobTitles",
    "version",
    "versionNumber",
];

/// Members that are known but that no part of this library uses.
pub(super) const UNUSED: &[&str] = &[
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

/// Reads a record; its codes are given by the caller.
pub(super) fn read(record: &mut Record<'_, '_, '_>, candidate: &Candidate, reference: Option<&str>) -> Placed {
    let mut occupation = RawOccupation {
        title: record.name("title").text,
        level: record.whole_number("level"),
        overview: record.long_text("overviewOfRole"),
        job_titles: record.texts("typicalJobTitles"),
        keywords: record.texts("keywords"),
        origin: Some(Origin::new(record.pointer, Layout::Standards)),
        ..RawOccupation::default()
    };
    let given = record.text("status");
    let standing = given.as_deref().map(Standing::of_words);
    // an unknown status is left for `check` to report
    occupation.status = match standing {
        None => Some("unknown".to_owned()),
        Some(standing) => standing.status().map(str::to_owned).or(given),
    };
    let url = record.text("standardPageUrl");
    let version = candidate.version.text.as_str();
    if reference.is_some() || url.is_some() || !version.is_empty() {
        occupation.standard = Some(RawStandard {
            reference: reference.map(str::to_owned),
            version: Some(version.to_owned()).filter(|v| !v.is_empty()),
            url,
            ..RawStandard::default()
        });
    }
    statements::read(record.node, record.pointer, &mut occupation, record.remarks);
    Placed {
        route: record.name("route"),
        pathway: record.name("pathway"),
        cluster: record.name("cluster"),
        layout: Layout::Standards,
        retired: standing == Some(Standing::Retired),
        occupation,
    }
}
