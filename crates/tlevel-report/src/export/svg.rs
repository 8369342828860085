//! The picture of a document as SVG.

use crate::document::{Block, Document, Figure, Listing};
use crate::picture::Picture;

/// Writes the picture of a document as SVG. Returns `None` if it has no picture,
/// or more than one.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Document, Figure};
/// use tlevel_report::{export, picture::svg::Svg};
///
/// let mut document = Document::new("Nothing");
/// assert_eq!(export::svg(&document), None);
/// let picture = Svg::new("Nothing", "An empty picture").finish(10.0, 10.0);
/// document.blocks.push(Block::Figure(Figure::new("Nothing", "An empty picture", picture)));
/// assert!(export::svg(&document).is_some_and(|svg| svg.starts_with("<svg ")));
/// ```
pub fn svg(document: &Document) -> Option<String> {
    only_picture(document).map(|picture| picture.svg().to_owned())
}

/// The picture of a document that has exactly one.
pub(super) fn only_picture(document: &Document) -> Option<&Picture> {
    let mut figures = figures(document);
    match (figures.next(), figures.next()) {
        (Some(figure), None) => Some(&figure.picture),
        _ => None,
    }
}

/// The pictures of a document with their captions, in order.
pub(super) fn figures(document: &Document) -> impl Iterator<Item = &Figure> {
    document.listed(Listing::File).into_iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    })
}
