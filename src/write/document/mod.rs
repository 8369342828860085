//! One document model for all formats: what is said, not how it looks. Each
//! writer beside it carries the whole of it.
//!
//! | Function | Format |
//! |---|---|
//! | [`markdown`] | Markdown |
//! | [`text()`] | plain text, for a terminal |
//!
//! JSON needs no writer: a [`Document`] serialises as it is, and reads back.

mod markdown;
mod model;
mod text;

pub use markdown::markdown;
pub use model::{Block, Cell, Column, ContentItem, Document, Figure, ReviewTier, Span, Table, Tone};
pub use text::text;
