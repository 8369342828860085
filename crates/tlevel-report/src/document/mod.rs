//! One document model for every result: its content, not its looks.
//!
//! A function of [`report`](crate::report) turns a result into a document; a
//! function of [`export`](crate::export) writes the document in a format. What a
//! brief listing leaves out is part of the document too ([`Listing`]), so every
//! format holds everything, and the terminal cuts long lists unless the layout is
//! full.
//!
//! JSON needs no exporter: a [`Document`] serialises as it is, and reads back.

mod content_item;
mod entry;
mod fill_in;
mod lines;
mod model;
mod table;
pub use content_item::ContentItem;
pub use entry::{Entry, Mark};
pub use fill_in::{FillIn, FillInColumn, FillInRow};
pub use model::{Block, Document, Figure, Form, Listing, Span, Tone};
pub(crate) use model::{ELSEWHERE, plain, with_aside};
pub use table::{Cell, CellType, Column, Prompt, Table};
