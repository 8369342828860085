//! One document model for all formats: what is said, not how it looks. Each
//! writer beside it carries the whole of it.

mod model;

pub use model::{Block, Cell, Column, ContentItem, Document, Figure, ReviewTier, Span, Table, Tone};
