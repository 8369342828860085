//! Reports, documents, pictures and sites of T Level programmes, for people.
//!
//! A function of [`report`] turns a result into a
//! [`Document`](document::Document), and a function of [`export`] turns a document
//! into a file. A new result is one report; a new format is one exporter.
//!
//! ```
//! use tlevel_report::{Layout, export, report};
//!
//! let checked = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?;
//! let document = report::findings(&checked.findings, "england.json");
//! println!("{}", export::terminal(&document, &Layout::default()));
//! std::fs::write(std::env::temp_dir().join("findings.html"), export::html(&document))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | Module | What it holds |
//! |---|---|
//! | [`report`] | from results to documents, one function for each result |
//! | [`document`] | the one model of documents |
//! | [`export`] | from documents to formats, one function for each format |
//! | [`picture`] | pictures, as SVG |
//! | [`Site`] | an offline site of a map, its programmes and its concepts |
//!
//! JSON needs no exporter: results serialise as they are
//! ([`Derivation`](tlevel::derive::Derivation), [`Finding`](tlevel::check::Finding),
//! [`RawMap`](tlevel::read::RawMap)).

#[cfg(feature = "office")]
mod carried;
mod count;
pub mod document;
pub mod export;
pub mod picture;
pub mod report;
mod site;
#[cfg(feature = "office")]
mod workbook;

#[cfg(feature = "office")]
pub use carried::{CodesError, read_codes};
pub use export::Layout;
pub use site::{Site, SiteFile};
#[cfg(feature = "office")]
pub use workbook::{read_sheets, read_table};
