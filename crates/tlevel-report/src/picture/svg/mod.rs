//! The SVG of all pictures in this crate: a document with a title and a
//! description, a few elements, and texts that stay in their boxes.
//!
//! Nothing here can write a broken document: texts and attributes are escaped,
//! characters that XML forbids become U+FFFD, groups and links close themselves, and
//! numbers that are not finite are written as 0. The same calls give the same bytes.
//!
//! Browsers lay out texts with the fonts that they have, so [`Font::width`] is an
//! estimate, on the wide side. [`Font::shorten`] and [`Font::wrap`] use it.

mod colours;
mod document;
mod font;
mod picture;

pub use colours::{GRID, INK, OUTLINE, PALETTE, QUIET, SEQUENCE};
pub use document::{Anchor, Path, Style, Svg, Text};
pub use font::Font;
pub use picture::{NotAPicture, Picture};
