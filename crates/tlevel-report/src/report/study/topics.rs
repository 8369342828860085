//! Topics and cores against people's card sort.

use tlevel::study::topics::{GroupingAgreement, TopicStudy};

use super::figures::{left_out, measures, table};
use crate::document::{Block, Cell, Document, Listing, Table};

/// Reports how well topics, and the cores derived from them, agree with people who
/// sorted statements into topics. In full it has the figures of each pathway and
/// each reader. The data has a row for each measure.
pub fn study_topics(study: &TopicStudy) -> Document {
    let mut document = Document::report("Topics and cores against people's card sort");
    let blocks = &mut document.blocks;
    let unknown: Vec<String> = study.unknown.iter().map(|s| format!("{} {}", s.occupation, s.statement)).collect();
    blocks.extend(left_out(&unknown, "cards not on the map, left out"));
    blocks.push(Block::paragraph(
        "Grouping is measured within a pathway and is the mean over pathways and readers; \"readers\" is the agreement \
         of the readers between themselves, \"alone\" if each card were a topic, \"one\" if all were one. Core is \
         whether a card is in the core content of a programme, against the readers' flags.",
    ));
    blocks.push(Block::Table(measures(&study.measures)));
    blocks.push(Block::only(Listing::Full, vec![Block::Table(pathways(study)), Block::Table(readers(study))]));
    document.data = Some(measures(&study.measures));
    document
}

fn pathways(study: &TopicStudy) -> Table {
    let columns = ["pathway", "cards", "topics", "covered", "B-cubed", "pairs", "readers"];
    let mut table = table("Each pathway: F of B-cubed and of pairs, and B-cubed of the readers", columns);
    for pathway in &study.pathways {
        let GroupingAgreement { bcubed_f, pairwise_f, .. } = pathway.agreement;
        let readers = pathway.readers.as_ref().map_or_else(|| Cell::from(""), |all| Cell::decimal(all.bcubed_f));
        // the route is in the data
        let mut row = vec![Cell::from(pathway.pathway.rsplit('/').next().unwrap_or_default())];
        row.extend([pathway.cards, pathway.topics].map(Cell::count));
        row.extend([pathway.coverage, bcubed_f, pairwise_f].map(Cell::decimal));
        row.push(readers);
        table.rows.push(row);
    }
    table
}

fn readers(study: &TopicStudy) -> Table {
    let columns = ["reader", "B-cubed", "pairs", "core cards", "precision", "recall", "balanced"];
    let mut table = table("Each reader: F of B-cubed and of pairs, and the core", columns);
    for reader in &study.readers {
        let mut row = vec![Cell::from(reader.reader.as_str())];
        row.extend([reader.agreement.bcubed_f, reader.agreement.pairwise_f].map(Cell::decimal));
        row.extend(match &reader.core {
            Some(core) => [
                Cell::count(core.cards),
                Cell::decimal(core.precision),
                Cell::decimal(core.recall),
                Cell::decimal(core.balanced_accuracy),
            ],
            None => ["", "", "", ""].map(Cell::from),
        });
        table.rows.push(row);
    }
    table
}
