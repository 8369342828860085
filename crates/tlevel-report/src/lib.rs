//! Reports, documents, pictures and sites of T Level programmes, for people.
//!
//! A result becomes a [`Document`](document::Document) by a function of
//! [`report`], and a document becomes a file by a function of [`export`]. A new
//! result is one report; a new format is one exporter.
//!
//! ```
//! use tlevel_report::{Layout, export, report};
//!
//! let checked = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/england.json"))?)?;
//! let document = report::findings(&checked.findings, "england.json");
//! println!("{}", export::terminal(&document, &Layout::default()));
//! std::fs::write(std::env::temp_dir().join("findings.html"), export::html(&document))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Besides:
//!
//! | Function | For |
//! |---|---|
//! | [`similar_text`] | a terminal |
//! | [`harmony_text`] | a terminal |
//! | [`dendrogram_svg`] | a picture: what joins what, and how late |
//! | [`heat_map_svg`] | a picture: how alike all pairs are |
//! | [`map_svg`] | a picture: routes of a map, pathways by bands |
//! | [`overview`], [`overview_svg`] | which pathway is taught as a T Level, and from when: tables and a picture |
//! | [`programme_svg`] | a picture: a programme, sized by its content |
//! | [`sweep_svg`] | a picture: what changes along a setting, one panel a series |
//! | [`Site`] | an offline site of the map, its programmes and concepts |
//! | [`Specification`] | a draft specification of a pathway, as a [`document`] for all formats |
//!
//! Pictures are SVG, written with [`svg`]. What they show is given by plain
//! structs ([`DendrogramPicture`], [`HeatMapPicture`], [`SweepPicture`]) that
//! anything may fill.
//!
//! JSON needs no writer: results serialise as they are
//! ([`Derivation`](tlevel::derive::Derivation), [`Finding`](tlevel::check::Finding),
//! [`RawMap`](tlevel::read::RawMap)).

mod axis;
mod dendrogram_svg;
pub mod document;
pub mod export;
mod groups;
mod harmony_text;
mod heat_map_svg;
mod map_svg;
mod overview;
mod overview_svg;
mod page;
mod programme_svg;
pub mod report;
mod similar_text;
mod site;
mod specification;
pub mod svg;
mod sweep_svg;
#[cfg(feature = "office")]
mod workbook;

pub use dendrogram_svg::{DendrogramPicture, Leaf, Merge, dendrogram_svg, leaf_order};
pub use export::Layout;
pub use harmony_text::harmony_text;
pub use heat_map_svg::{HeatMapPicture, heat_map_svg};
pub use map_svg::map_svg;
pub use overview::overview;
pub use overview_svg::overview_svg;
pub use programme_svg::programme_svg;
pub use similar_text::similar_text;
pub use site::{Site, SiteFile};
pub use specification::Specification;
pub use sweep_svg::{Series, SweepPicture, sweep_svg};
#[cfg(feature = "office")]
pub use workbook::read_table;
