//! SVG as all pictures of this crate are written: a document with a title and
//! a description, a few elements, texts that stay in their boxes.
//!
//! Nothing here can write a broken document: texts and attributes are
//! escaped, what XML forbids becomes U+FFFD, groups and links close
//! themselves, and numbers that are not finite are written as 0. The same
//! calls give the same bytes.
//!
//! Browsers lay texts out with the fonts that they have, so [`Font::width`]
//! is an estimate, on the wide side. [`Font::shorten`] and [`Font::wrap`] use
//! it.

mod colours;
mod document;
mod font;
mod picture;

pub use colours::{GRID, INK, OUTLINE, PALETTE, QUIET, SEQUENCE};
pub use document::{Anchor, Path, Style, Svg, Text};
pub use font::Font;
pub use picture::{NotAPicture, Picture};
