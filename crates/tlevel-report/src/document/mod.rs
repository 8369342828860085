//! One document model for all formats: what is said, not how it looks. Each
//! writer beside it carries the whole of it.
//!
//! | Function | Format |
//! |---|---|
//! | [`markdown`] | Markdown |
//! | [`text()`] | plain text, for a terminal |
//! | [`html()`] | a page, complete in itself |
//! | `docx` | Word, with the feature `office` |
//! | `xlsx` | Excel, with the feature `office`; its review columns are read back by [`derive`](mod@tlevel::derive) |
//!
//! JSON needs no writer: a [`Document`] serialises as it is, and reads back.

#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "office")]
mod error;
mod html;
mod markdown;
mod model;
mod outline;
#[cfg(feature = "office")]
mod package;
mod picture;
mod text;
#[cfg(feature = "office")]
mod xlsx;

#[cfg(feature = "office")]
pub use docx::docx;
#[cfg(feature = "office")]
pub use error::DocumentError;
pub use html::html;
pub(crate) use html::{Frame, SITE_STYLE, site_page};
pub use markdown::markdown;
pub use model::{Block, Cell, Column, ContentItem, Document, Figure, ReviewTier, Span, Table, Tone};
pub use text::text;
#[cfg(feature = "office")]
pub use xlsx::xlsx;
