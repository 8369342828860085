//! CASE: Competencies and Academic Standards Exchange, versions 1.0 and 1.1 of
//! 1EdTech. One JSON file holds a document, its items and the associations between
//! them (a `CFPackage`).
//!
//! The two versions differ in three members that matter here: only 1.1 holds notes
//! on associations, the version itself, and extensions. A map written as 1.1 loses
//! nothing: what CASE has no member for is under `extensions`, in `tlevel`. Written as
//! 1.0 it loses those members, and [`write()`] counts them.

mod model;
mod read;
mod write;

pub use write::{Version, write};

pub(crate) use read::{read, recognise};

/// The member of `extensions` that holds ours.
const OURS: &str = "tlevel";

/// Association types, and the links that they are.
const ASSOCIATIONS: [(&str, super::model::LinkKind); 4] = [
    ("exactMatchOf", super::model::LinkKind::ExactMatch),
    ("isPartOf", super::model::LinkKind::PartOf),
    ("isRelatedTo", super::model::LinkKind::Related),
    ("precedes", super::model::LinkKind::Precedes),
];

/// All association types of the two versions.
const KNOWN: [&str; 10] = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
];
