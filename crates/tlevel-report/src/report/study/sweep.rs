//! Core sizes over quorums and thresholds.

use tlevel::study::{SweepRow, SweepStudy};

use super::figures::table;
use crate::document::{Block, Cell, Column, Document, Table};

/// Reports core sizes over quorums and thresholds: the core items of all
/// programmes together. The data has a row for each pathway, quorum and
/// threshold.
pub fn study_sweep(study: &SweepStudy) -> Document {
    let mut document = Document::report("Core items over quorums and thresholds");
    document.blocks.push(Block::Table(cores(&study.rows)));
    document.blocks.push(Block::foot("Quorums across, thresholds down. CSV, workbooks and JSON have every pathway."));
    document.data = Some(data(&study.rows));
    document
}

/// The core items of all programmes, thresholds by quorums.
fn cores(rows: &[SweepRow]) -> Table {
    let mut quorums = Vec::new();
    let mut thresholds: Vec<Option<f64>> = Vec::new();
    for row in rows {
        if !quorums.contains(&row.quorum) {
            quorums.push(row.quorum);
        }
        if !thresholds.contains(&row.threshold) {
            thresholds.push(row.threshold);
        }
    }
    let columns = [Column::new("threshold", 2)].into_iter();
    let columns = columns.chain(quorums.iter().map(|quorum| Column::new(quorum.to_string(), 1)));
    let mut table = Table::new("Core items of all programmes", columns.collect());
    for threshold in thresholds {
        let name = threshold.map_or_else(|| "wording".to_owned(), |threshold| threshold.to_string());
        let core = |quorum| {
            let here = rows.iter().filter(|row| row.threshold == threshold && row.quorum == quorum);
            Cell::count(here.map(|row| row.size.core).sum())
        };
        table.rows.push([name.into()].into_iter().chain(quorums.iter().copied().map(core)).collect());
    }
    table
}

fn data(rows: &[SweepRow]) -> Table {
    let columns = ["threshold", "quorum", "pathway", "counting", "core", "content", "core_share", "specialisms"];
    let table = table("Every pathway", columns).whole(["counting", "core", "content", "specialisms"]);
    let mut table = table.decimal(["threshold", "core_share"]);
    for SweepRow { threshold, quorum, size, .. } in rows {
        table.rows.push(vec![
            threshold.map_or_else(|| Cell::from(""), Cell::decimal),
            quorum.to_string().into(),
            size.label.as_str().into(),
            Cell::count(size.counting),
            Cell::count(size.core),
            Cell::count(size.content),
            Cell::decimal(size.core_share),
            Cell::count(size.specialisms),
        ]);
    }
    table
}
