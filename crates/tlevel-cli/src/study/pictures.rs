//! Pictures of studies: `.svg`, `.png` or `.pdf` for only the picture, `.html` for a page
//! with the data too.

use std::path::Path;

use tlevel::map::Map;
use tlevel::study::{Clustering, Labels, Points, SweepRow};
use tlevel_report::document::{Block, Cell, Column, Document, Figure, Table};
use tlevel_report::export::html;
use tlevel_report::picture::{self, Dendrogram, HeatMap, Leaf, Merge, Picture, Series, Sweep, leaf_order};

use super::super::Stop;
use super::super::format::{pdf, png};
use super::super::output::Output;

/// The most occupations of a heat map, as its cells grow with their square.
const HEAT_MAP: usize = 3_000;

/// Writes a picture, by the ending of the file.
fn save(
    output: Output,
    [title, description]: [&str; 2],
    picture: Picture,
    table: impl FnOnce() -> Table,
) -> Result<(), Stop> {
    let path = output.path().unwrap_or(Path::new("-"));
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => output.write(picture.svg()),
        None if output.is_stream() => output.write(picture.svg()),
        Some(ending @ ("html" | "png" | "pdf")) => {
            let ending = ending.to_owned();
            let mut page = Document::new(title);
            page.blocks.push(Block::Figure(Figure::new(title, description, picture)));
            match ending.as_str() {
                "png" => return png(output, &page),
                "pdf" => return pdf(output, &page),
                _ => {}
            }
            page.blocks.push(Block::Table(table()));
            output.write(&html(&page))
        }
        _ => Err(Stop::new(format!(
            "{}: not a picture; use .svg, .png or .pdf, or .html for a page with its data",
            path.display()
        ))),
    }
}

/// The tree of an agglomerative clustering, with the official clusters marked.
pub(super) fn dendrogram(output: Output, points: &Points, clustering: &Clustering) -> Result<(), Stop> {
    if clustering.merges.is_empty() && points.ids().len() > 1 {
        return Err(Stop::new(
            "--dendrogram: this method makes no tree; use single, complete, average, weighted or ward",
        ));
    }
    let leaves = points.titles().iter().zip(points.official());
    let picture = Dendrogram {
        title: format!("{} occupations, joined by similarity", points.ids().len()),
        description: "A tree: similar occupations are joined near the left, groups of them further right; each is \
                      marked with its official cluster."
            .to_owned(),
        leaves: leaves.map(|(title, cluster)| Leaf { label: title.clone(), group: cluster.clone() }).collect(),
        merges: merges(clustering),
    };
    let order = leaf_order(picture.leaves.len(), &picture.merges);
    save(output, [&picture.title, &picture.description], picture::dendrogram(&picture), || {
        occupations("The occupations in the order of the tree", points, &order, &clustering.labels)
    })
}

fn merges(clustering: &Clustering) -> Vec<Merge> {
    let merge = |m: &tlevel::study::Merge| Merge { left: m.left, right: m.right, height: m.height };
    clustering.merges.iter().map(merge).collect()
}

/// How similar all pairs are, in the order of the tree, or of the labels if there
/// is no tree.
pub(super) fn heat_map(
    output: Output,
    points: &Points,
    clustering: Option<&Clustering>,
    labels: &Labels,
) -> Result<(), Stop> {
    let n = points.ids().len();
    if n > HEAT_MAP {
        return Err(Stop::new(format!(
            "--heat-map: {n} occupations are too many for a picture; use a map with at most {HEAT_MAP}"
        )));
    }
    let order = match clustering.filter(|clustering| !clustering.merges.is_empty()) {
        Some(clustering) => leaf_order(n, &merges(clustering)),
        None => {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by_key(|&p| (labels.get(&points.ids()[p]), p));
            order
        }
    };
    let values = (0..n).flat_map(|i| (0..n).map(move |j| points.similarity().get(i, j)));
    let picture = HeatMap {
        title: format!("How similar {n} occupations are"),
        description: "A square for every pair of occupations, darker the more similar they are; similar occupations \
                      are next to each other, each marked with its official cluster."
            .to_owned(),
        labels: points.titles().to_vec(),
        groups: points.official().to_vec(),
        order: order.clone(),
        values: values.collect(),
    };
    save(output, [&picture.title, &picture.description], picture::heat_map(&picture), || {
        occupations("The occupations in the order of the picture", points, &order, labels)
    })
}

fn occupations(caption: &str, points: &Points, order: &[usize], labels: &Labels) -> Table {
    let row = |&p: &usize| {
        let id = &points.ids()[p];
        let label = labels.get(id).unwrap_or_default().to_owned();
        [points.titles()[p].clone(), id.clone(), points.official()[p].clone(), label].map(Cell::from).to_vec()
    };
    let columns = [("Occupation", 4), ("Id", 1), ("Official cluster", 4), ("Group", 1)];
    let mut table = Table::new(caption, columns.map(|(name, width)| Column::new(name, width)).to_vec());
    table.rows = order.iter().map(row).collect();
    table
}

/// Core size against quorum, a panel for each pathway, at one threshold.
pub(super) fn sweep(output: Output, map: &Map, rows: &[SweepRow], threshold: Option<f64>) -> Result<(), Stop> {
    let name = |id: &str| map.pathway(id).map_or(id, |pathway| pathway.name()).to_owned();
    let mut series: Vec<Series> = Vec::new();
    let here: Vec<&SweepRow> = rows.iter().filter(|row| row.threshold == threshold).collect();
    for row in &here {
        let point = (row.quorum.as_f64(), row.size.core as f64);
        let name = name(&row.size.label);
        match series.iter_mut().find(|series| series.name == name) {
            Some(series) => series.points.push(point),
            None => series.push(Series { name, points: vec![point] }),
        }
    }
    series.iter_mut().for_each(|series| series.points.sort_by(|a, b| a.0.total_cmp(&b.0)));
    let by = threshold.map_or_else(|| "equal wordings".to_owned(), |threshold| format!("the threshold {threshold}"));
    let picture = Sweep {
        title: format!("Core items by quorum, joined at {by}"),
        description: "A panel for each pathway: how many concepts are core when the share of occupations that must \
                      have them falls from all to few."
            .to_owned(),
        x_label: "quorum".to_owned(),
        y_label: "core items".to_owned(),
        series,
    };
    save(output, [&picture.title, &picture.description], picture::sweep(&picture), || {
        let names = ["Pathway", "Quorum", "Core items", "Content", "Counting occupations"];
        let columns = names.map(|name| Column::new(name, if name == "Pathway" { 4 } else { 1 })).to_vec();
        let mut table = Table::new("The figures of the picture", columns);
        for row in &here {
            let counts = [row.size.core, row.size.content, row.size.counting]
                .map(|n| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX)));
            let names = [name(&row.size.label), row.quorum.to_string()].map(Cell::from);
            table.rows.push(names.into_iter().chain(counts).collect());
        }
        table
    })
}
