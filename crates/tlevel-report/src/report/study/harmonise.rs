//! Joined statements against people's judgement.

use tlevel::study::HarmoniseStudy;

use super::figures::{measures, table};
use crate::document::{Block, Cell, Document};

/// Reports how well joined statements agree with people's judgement, and what
/// another threshold would give. The data has a row for each measure.
pub fn study_harmonise(study: &HarmoniseStudy) -> Document {
    let mut document = Document::report("Joined statements against people's judgement");
    document.aside = format!("threshold {}", study.threshold);
    document.blocks.push(Block::Table(measures(&study.measures)));
    let columns = ["threshold", "pairs", "precision", "recall", "f1"];
    let mut by_threshold = table("What another threshold would give", columns);
    for at in &study.by_threshold {
        let figures = [at.precision, at.recall, at.f1].map(Cell::decimal);
        let first = [format!("{:.2}", at.threshold).into(), Cell::count(at.pairs)];
        by_threshold.rows.push(first.into_iter().chain(figures).collect());
    }
    document.blocks.push(Block::Table(by_threshold));
    document.data = Some(measures(&study.measures));
    document
}
