//! One door for each format: a function from a
//! [`Document`](crate::document::Document) to what a file holds.
//!
//! | Function | Format |
//! |---|---|
//! | [`terminal`] | plain text for a terminal: wrapped, and coloured or cut if wanted |
//! | [`markdown`] | Markdown |
//! | [`html`] | a self-contained page |
//! | [`csv`](csv()) | the data of a document, or its only table, or its lines |
//! | `parquet` | the same as Parquet, with types, with the feature `parquet` |
//! | [`svg`] | the picture of a document that has one |
//! | `png` | the picture of a document that has one, in pixels, with the feature `pictures` |
//! | `pdf` | the pictures of a document as vectors, a page each, with the feature `pictures` |
//! | `docx` | Word, with the feature `office`; `docx_in` with the look of a `Template` |
//! | `xlsx` | Excel, with the feature `office`; its review columns are read back by [`derive`](mod@tlevel::derive) |
//!
//! JSON needs no exporter: results and documents serialise as they are.

mod csv;
#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "pictures")]
mod drawing;
#[cfg(feature = "office")]
mod edited;
#[cfg(any(feature = "office", feature = "parquet"))]
mod error;
mod html;
mod markdown;
mod outline;
#[cfg(feature = "office")]
mod package;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "pictures")]
mod pdf;
#[cfg(feature = "pictures")]
mod png;
mod svg;
mod terminal;
#[cfg(feature = "office")]
mod xlsx;

pub use csv::csv;
#[cfg(feature = "office")]
pub use docx::{Template, TemplateError, docx, docx_in};
#[cfg(feature = "office")]
pub use edited::is_edited;
#[cfg(any(feature = "office", feature = "parquet"))]
pub use error::DocumentError;
pub use html::html;
pub(crate) use html::{Frame, SITE_STYLE, site_page};
pub use markdown::markdown;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
#[cfg(feature = "pictures")]
pub use pdf::pdf;
#[cfg(feature = "pictures")]
pub use png::{Png, png};
pub use svg::svg;
pub use terminal::{Layout, terminal};
#[cfg(feature = "office")]
pub use xlsx::xlsx;
