//! Reads bytes into a [`RawMap`].
//!
//! Three formats are read, recognised by their content:
//!
//! | Format | Looks like | Strict? |
//! |---|---|---|
//! | native | an object with `"format": "tlevel-map"` | yes: a value of the wrong type is an [`Error`] with its place |
//! | standards file | records with a title and a mark such as `referenceNumber` or `knowledges` | no: invalid values are repaired and remarked on |
//! | occupational maps API | records with `stdCode` | no |
//!
//! The official records may be a single record, a list, lists of lists, keyed
//! by their codes (`{"ST0095": {...}}`), or wrapped in other objects at any
//! depth. One file may hold both kinds.
//!
//! [`RawMap::remarks`] lists what a reader repairs, renames or sets aside;
//! `check` turns remarks into findings. Texts of the official files are cleaned
//! for display, and the raw text is kept. Native texts are shown as they are.
//!
//! # The native format, beyond its first sketch
//!
//! A statement's `option` is `null` (the core), one code, or a list of codes,
//! because real statements belong to "Options 1, 2 and 5". `source_text` and
//! `source_id` keep what a reader cleaned or relabelled. `set_aside` at the top
//! level holds the occupations that are known but not placed (`reason`, the
//! names of `route`, `pathway` and `cluster`, and the `occupation`), so that
//! `convert` loses nothing. The schema is
//! `fixtures/schema/tlevel-map.schema.json`.
//!
//! # Encodings, JSON lines, and other inputs
//!
//! UTF-8, UTF-16 and UTF-32 are read, with or without a byte order mark
//! ([`decoded`]). The records of a JSON lines file are read as a list
//! ([`map_text`]). For other inputs (a table, a web page, an archive, the error
//! response of an API) the error says what they appear to be and what to do
//! ([`Seems`]). Hand-written occupations without a map have a less strict
//! reader ([`occupations()`]).
//!
//! # Identity and versions (official files)
//!
//! A record of the standards file is identified by its reference number,
//! otherwise its occupation code, otherwise a LARS code that is not 0,
//! otherwise route + title + level. A missing key never groups records. An
//! occupation of the maps API is identified by its code. If both describe one
//! occupation (by the occupation code, or by the reference of its
//! apprenticeship), it is read once, with a remark: the record with statements
//! is used and completed from the other.
//!
//! Among several versions the one in force is read:
//!
//! 1. approved before no known status, before drafts, before retired and
//!    withdrawn;
//! 2. then the newest, number by number: 1.10 is newer than 1.9, and 1 is 1.0.
//!    If JSON has a number, its text in the source counts: 1.10 is not 1.1;
//! 3. then the better status, the later date of approval, more statements, and
//!    finally the record's own content. The order of rows does not matter.
//!
//! Every other record is remarked on: a draft that follows the version in force
//! (with its changes), a withdrawn version that is newer, two records of one
//! version, and versions that are merely older. [`read_drafts`] reads the map
//! as if the drafts were in force.
//!
//! Routes, pathways and clusters are sorted by their name keys, the occupations
//! of a cluster by level, title and id, so that the rows of a file in any order
//! give the same map. An occupation that is given several places is read in
//! one, and the others are remarked on. If a member is given twice in one
//! object, the last one counts, with a remark.
//!
//! # Statements, products and facts (official files)
//!
//! Statements are read from the lists of their kinds, from those of foundation
//! apprenticeships (`technicalKnowledges` and similar; employability skills and
//! behaviours are read as behaviours, unless a statement says that it is a
//! skill) and from the courses API's `ksbs`, in which each statement gives its
//! kind. A heading in a list ("Skill: What is required") is removed, and the
//! statements under it get that kind. A list that no reader uses and that looks
//! like statements is remarked on, with their number.
//!
//! Foundation apprenticeships and apprenticeship units are built on occupations
//! but are not occupations. Their `product` gives their type and `product_of`
//! the occupations, and they are set aside with the reason `product`.
//!
//! Regulation, the degree, the typical duration and the funding of an
//! apprenticeship are kept for the questions of a consultation (`regulated`,
//! `regulated_by`, `degree`, `duration_months`, `max_funding`).
//!
//! Texts are cleaned for display by rules that keep the wording: text that the
//! source escaped stays text, and markup is removed once. The table in
//! `fixtures/text` pins the rules. One remark for the file gives the number of
//! cleaned texts.
//!
//! # What is not read from the official files
//!
//! Dates of approval and of starts, summaries and SOC codes are known and
//! skipped, because no part of this library uses them; so are further members
//! of a statement or duty. Unknown members of a record are remarked on, once
//! for each name.

mod build_tree;
mod clean;
mod cleaning;
mod drafts;
mod duties;
mod encoding;
mod error;
mod facts;
mod identity;
mod kinds;
mod lenient;
mod locate;
mod maps_api;
mod markup;
mod misplaced;
mod native;
mod node;
mod occupations;
mod official;
mod options;
mod origin;
mod prefix;
mod product;
mod raw;
mod reader;
mod record;
mod records;
mod remark;
#[cfg(test)]
pub(crate) mod schema;
mod shapes;
mod sniff;
mod standards;
mod statements;
mod twice;
mod unread;
mod version_changes;
mod versions;

pub use drafts::{Draft, DraftMap};
pub use encoding::{decoded, map_text};
pub use error::Error;
pub use locate::{LineColumn, locate};
pub use occupations::{Occupations, UnusedMember, occupation_line, occupations};
pub use origin::{Item, Layout, Origin};
pub use raw::{
    Extra, OptionCodes, RawApprenticeshipOnly, RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway,
    RawRoute, RawSetAside, RawSource, RawStandard, RawStatement,
};
pub use remark::{Remark, RemarkKind};
pub use sniff::Seems;

pub(crate) use facts::DEGREES;
pub(crate) use native::{Fields, Path, Wrong, occupation as read_occupation, statement as read_statement};
pub(crate) use node::{Node, excerpt};
pub(crate) use origin::Field;

pub(crate) use product::PRODUCTS;
pub(crate) use reader::object;
pub use reader::{Limits, occupation, read, read_drafts, read_with, utf8};
use reader::{read_root, recognise, syntax};
