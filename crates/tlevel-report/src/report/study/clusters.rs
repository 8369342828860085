//! How good a grouping is, compared with the official one.

use tlevel::study::{ClusterStudy, Metric};

use super::figures::{left_out, table, value};
use crate::count::count;
use crate::document::{Block, Cell, Document, Listing, Table};

/// Reports how good a grouping is, compared with the official clusters: the
/// measures of both, and the numbers of clusters that were tried. In full it has
/// the groups and the programmes that they would give. The data has a row for
/// each measure and grouping.
pub fn study_clusters(study: &ClusterStudy) -> Document {
    let mut document = Document::report(format!("{} of occupations", count(study.clusters, "group")));
    if let Some(method) = study.method {
        document.aside = format!("method {}", method.name());
    }
    let blocks = &mut document.blocks;
    let remarks = remarks(study);
    if study.occupations < study.map_occupations || !remarks.is_empty() {
        blocks.push(Block::paragraph(format!(
            "The figures cover {} of the map's {} occupations; those of the official clusters cover the same {}.",
            study.occupations, study.map_occupations, study.occupations
        )));
    }
    blocks.extend(remarks);
    blocks.push(Block::Table(both(study)));
    if !study.tried.is_empty() {
        let mut tried = table("Numbers of clusters that were tried", ["clusters", "mean silhouette"]);
        let row = |t: &tlevel::study::Trial| vec![Cell::count(t.clusters), Cell::decimal(t.silhouette)];
        tried.rows = study.tried.iter().map(row).collect();
        blocks.push(Block::Table(tried));
    }
    blocks.push(Block::only(Listing::Full, vec![Block::Table(groups(study)), Block::Table(programmes(study))]));
    document.data = Some(data(study));
    document
}

/// What the figures leave out, and notes on the labels.
fn remarks(study: &ClusterStudy) -> Vec<Block> {
    let left_out = [
        left_out(&study.unlabelled, "on the map without a label, left out"),
        left_out(&study.without_group, "in no group (-1, nan, none or null), left out"),
        left_out(&study.unknown, "labelled and not on the map, left out"),
    ];
    left_out.into_iter().flatten().chain(study.notes.iter().map(Block::note)).collect()
}

fn both(study: &ClusterStudy) -> Table {
    let mut table = table("Measures of these groups and of the official clusters", ["measure", "these", "official"]);
    for Metric { measure, value: these, .. } in &study.measures {
        let official = value(&study.official, measure).map_or_else(|| Cell::from(""), Cell::decimal);
        table.rows.push(vec![measure.as_str().into(), Cell::decimal(*these), official]);
    }
    table
}

fn groups(study: &ClusterStudy) -> Table {
    let columns = ["group", "occupations", "cohesion", "separation", "silhouette"];
    let mut table = table("Groups, and how close their occupations are", columns);
    for group in &study.groups {
        let figures = [group.cohesion, group.separation, group.silhouette].map(Cell::decimal);
        let names = [group.label.as_str().into(), Cell::count(group.occupations)];
        table.rows.push(names.into_iter().chain(figures).collect());
    }
    table
}

fn programmes(study: &ClusterStudy) -> Table {
    let columns = ["group", "counting", "core", "content", "core share", "specialisms"];
    let mut table = table("Programmes that the groups would give", columns);
    for size in &study.programmes {
        table.rows.push(vec![
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

/// A row for each measure and grouping, then how many occupations they cover.
fn data(study: &ClusterStudy) -> Table {
    let mut table = table("Figures", ["grouping", "measure", "value"]).decimal(["value"]);
    for (grouping, measures) in [("these", &study.measures), ("official", &study.official)] {
        let row = |m: &Metric| vec![grouping.into(), m.measure.as_str().into(), Cell::decimal(m.value)];
        table.rows.extend(measures.iter().map(row));
    }
    let counts = [
        ("these", "occupations", study.occupations),
        ("these", "map_occupations", study.map_occupations),
        ("these", "unlabelled", study.unlabelled.len()),
        ("these", "without_group", study.without_group.len()),
        ("these", "unknown", study.unknown.len()),
        ("official", "occupations", study.occupations),
    ];
    table.rows.extend(counts.map(|(grouping, name, n)| vec![grouping.into(), name.into(), Cell::count(n)]));
    table
}
