//! Frameworks of other systems: CASE, CTDL-ASN, SKOS, ESCO, Tabiya, O*NET, the UK
//! Standard Skills Classification, and the context tables of formal concept analysis.
//!
//! ```text
//! map, concepts, topics, programmes ──▶ Framework ──▶ CASE, CTDL-ASN, SKOS, ESCO CSV
//!                                           ▲    └──▶ map, topics
//! CASE, CTDL-ASN, SKOS ─────────────────────┘
//! O*NET, ESCO, Tabiya, SSC ──▶ map, decisions
//! ```
//!
//! A [`Framework`] is what competency frameworks have in common: items in a tree, and
//! links between them. A result becomes a framework by one function, and a framework
//! becomes a file by one function, so that four results and four formats are eight
//! pieces of code.
//!
//! What a format cannot hold is counted ([`Losses`]); what a reader does not use is in
//! its notes. Nothing is dropped silently.

pub mod case;
pub mod ctdl_asn;
pub mod cxt;
mod doors;
mod error;
pub mod esco;
mod foreign;
mod jsonld;
mod model;
mod naming;
mod of_concepts;
mod of_map;
mod of_programmes;
mod onet;
mod parts;
pub mod skos;
mod ssc;
pub mod tidy;
mod to_map;
mod to_topics;
mod tree;

pub(crate) use doors::{begins_as_one, read_parts};
pub use doors::{framework_format, read_framework, read_topics};
pub use error::FrameworkError;
pub use model::{End, Framework, Item, Link, LinkKind, Loss, Losses};
pub use naming::Naming;
pub use parts::{Import, Part};
