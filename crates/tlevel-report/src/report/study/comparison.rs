//! How similar two groupings are.

use tlevel::study::Comparison;

use super::figures::{left_out, measures};
use crate::document::{Block, Cell, Document};

/// Reports how similar two groupings are: which occupations are compared, what is
/// left out, and each measure. The data has the counts too.
pub fn study_comparison(comparison: &Comparison) -> Document {
    let Comparison { occupations, labelled_a, labelled_b, .. } = comparison;
    let mut document = Document::report("How similar two groupings are");
    let blocks = &mut document.blocks;
    blocks.push(Block::paragraph(format!(
        "The figures cover the {occupations} occupations that both put in a group: {occupations} of the first's \
         {labelled_a}, {occupations} of the second's {labelled_b}."
    )));
    let left_out = [
        left_out(&comparison.only_in_a, "only in the first, left out"),
        left_out(&comparison.only_in_b, "only in the second, left out"),
        left_out(&comparison.without_group, "in no group (-1, nan, none or null), left out"),
    ];
    blocks.extend(left_out.into_iter().flatten());
    blocks.extend(comparison.meant.iter().take(4).map(|slip| Block::note(format!("the second has {slip}"))));
    blocks.extend(comparison.notes.iter().map(Block::note));
    blocks.push(Block::Table(measures(&comparison.measures)));
    let mut data = measures(&comparison.measures);
    let counts = [
        ("occupations", comparison.occupations),
        ("labelled_a", comparison.labelled_a),
        ("labelled_b", comparison.labelled_b),
        ("only_in_a", comparison.only_in_a.len()),
        ("only_in_b", comparison.only_in_b.len()),
        ("without_group", comparison.without_group.len()),
    ];
    data.rows.extend(counts.map(|(name, n)| vec![name.into(), Cell::count(n)]));
    document.data = Some(data);
    document
}
