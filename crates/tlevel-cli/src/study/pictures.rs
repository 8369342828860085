//! Pictures of studies: `.svg`, `.png` or `.pdf` for only the picture, `.html` for a page
//! with the data too.

use std::path::Path;

use indexmap::IndexMap;
use tlevel::derive::{Derivation, Programme, Quorum, Tier};
use tlevel::harmonise::Threshold;
use tlevel::map::{Map, Route};
use tlevel::study::{Clustering, Labels, Points};
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

/// The points that a picture shows, of a map's.
pub(super) struct Shown<'p> {
    points: &'p Points,
    /// Their numbers among all points.
    numbers: Vec<usize>,
    /// The names of their official clusters.
    clusters: Vec<String>,
    /// Where they are from, for the title: " of Construction", or nothing.
    of: String,
}

impl<'p> Shown<'p> {
    /// All points, or those of some routes.
    pub(super) fn of(map: &'p Map, points: &'p Points, routes: &[Route<'p>]) -> Self {
        let is_shown = |id: &String| {
            routes.is_empty() || map.occupation(id).is_some_and(|o| routes.contains(&o.cluster().pathway().route()))
        };
        let numbers: Vec<usize> = (0..points.ids().len()).filter(|&p| is_shown(&points.ids()[p])).collect();
        let clusters = numbers.iter().map(|&p| cluster_name(map, &points.official()[p])).collect();
        let names = routes.iter().map(|route| route.name()).collect::<Vec<_>>().join(", ");
        let of = if names.is_empty() { names } else { format!(" of {names}") };
        Shown { points, numbers, clusters, of }
    }

    /// A tree of all points, without those that are not shown.
    fn merges(&self, clustering: &Clustering) -> Vec<Merge> {
        let n = self.points.ids().len();
        let mut nodes: Vec<Option<usize>> = vec![None; n];
        for (new, &old) in self.numbers.iter().enumerate() {
            nodes[old] = Some(new);
        }
        let mut merges: Vec<Merge> = Vec::new();
        for merge in &clustering.merges {
            let [left, right] = [merge.left, merge.right].map(|node| nodes.get(node).copied().flatten());
            nodes.push(match (left, right) {
                (Some(left), Some(right)) => {
                    merges.push(Merge { left, right, height: merge.height });
                    Some(self.numbers.len() + merges.len() - 1)
                }
                (one, other) => one.or(other),
            });
        }
        merges
    }

    fn titles(&self) -> impl Iterator<Item = &str> {
        self.numbers.iter().map(|&p| self.points.titles()[p].as_str())
    }

    fn table(&self, caption: &str, order: &[usize], labels: &Labels) -> Table {
        let row = |&shown: &usize| {
            let p = self.numbers[shown];
            let id = &self.points.ids()[p];
            let label = labels.get(id).unwrap_or_default().to_owned();
            [self.points.titles()[p].clone(), id.clone(), self.clusters[shown].clone(), label].map(Cell::from).to_vec()
        };
        let columns = [("Occupation", 4), ("Id", 1), ("Official cluster", 4), ("Group", 1)];
        let mut table = Table::new(caption, columns.map(|(name, width)| Column::new(name, width)).to_vec());
        table.rows = order.iter().map(row).collect();
        table
    }
}

/// The name of a cluster, with its pathway where several clusters have the name.
fn cluster_name(map: &Map, id: &str) -> String {
    let Some(cluster) = map.clusters().find(|cluster| cluster.id() == id) else { return id.to_owned() };
    let is_shared = map.clusters().any(|other| other.id() != id && other.name() == cluster.name());
    if is_shared { format!("{} ({})", cluster.name(), cluster.pathway().name()) } else { cluster.name().to_owned() }
}

/// The tree of an agglomerative clustering, with the official clusters marked.
pub(super) fn dendrogram(output: Output, shown: &Shown<'_>, clustering: &Clustering) -> Result<(), Stop> {
    if clustering.merges.is_empty() && shown.points.ids().len() > 1 {
        return Err(Stop::new(
            "--dendrogram: this method makes no tree; use single, complete, average, weighted or ward",
        ));
    }
    let leaves = shown.titles().zip(&shown.clusters);
    let picture = Dendrogram {
        title: format!("{} occupations{}, joined by similarity", shown.numbers.len(), shown.of),
        description: "A tree: similar occupations are joined near the left, groups of them further right; each is \
                      marked with its official cluster."
            .to_owned(),
        leaves: leaves.map(|(title, cluster)| Leaf { label: title.to_owned(), group: cluster.clone() }).collect(),
        merges: shown.merges(clustering),
    };
    let order = leaf_order(picture.leaves.len(), &picture.merges);
    save(output, [&picture.title, &picture.description], picture::dendrogram(&picture), || {
        shown.table("The occupations in the order of the tree", &order, &clustering.labels)
    })
}

/// How similar all pairs are, in the order of the tree, or of the labels if there
/// is no tree.
pub(super) fn heat_map(
    output: Output,
    shown: &Shown<'_>,
    clustering: Option<&Clustering>,
    labels: &Labels,
) -> Result<(), Stop> {
    let n = shown.numbers.len();
    if n > HEAT_MAP {
        return Err(Stop::new(format!(
            "--heat-map: {n} occupations are too many for a picture; use a map with at most {HEAT_MAP}, or --route"
        )));
    }
    let order = match clustering.filter(|clustering| !clustering.merges.is_empty()) {
        Some(clustering) => leaf_order(n, &shown.merges(clustering)),
        None => {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by_key(|&p| (labels.get(&shown.points.ids()[shown.numbers[p]]), p));
            order
        }
    };
    let similarity = shown.points.similarity();
    let values = shown.numbers.iter().flat_map(|&i| shown.numbers.iter().map(move |&j| similarity.get(i, j)));
    let picture = HeatMap {
        title: format!("How similar {n} occupations{} are", shown.of),
        description: "A square for every pair of occupations, darker the more similar they are; similar occupations \
                      are next to each other, each marked with its official cluster."
            .to_owned(),
        labels: shown.titles().map(str::to_owned).collect(),
        groups: shown.clusters.clone(),
        order: order.clone(),
        values: values.collect(),
    };
    save(output, [&picture.title, &picture.description], picture::heat_map(&picture), || {
        shown.table("The occupations in the order of the picture", &order, labels)
    })
}

/// Core size against quorum, a panel for each pathway that has statements.
pub(super) fn sweep(
    output: Output,
    map: &Map,
    drawn: &[(Quorum, Derivation)],
    threshold: Option<Threshold>,
) -> Result<(), Stop> {
    let name = |programme: &Programme| map.pathway(&programme.pathway.id).map_or("", |p| p.name()).to_owned();
    let all = || drawn.iter().flat_map(|(quorum, made)| made.programmes.iter().map(move |p| (*quorum, p)));
    let shares_topics = all().any(|(_, programme)| !programme.topics.is_empty());
    let core = |programme: &Programme| {
        if shares_topics {
            programme.topics.iter().filter(|topic| topic.tier != Tier::Group).count()
        } else {
            programme.route_core.len() + programme.pathway_core.len()
        }
    };
    let mut panels: IndexMap<&str, Series> = IndexMap::new();
    let mut silent: IndexMap<&str, String> = IndexMap::new();
    for (quorum, programme) in all() {
        let id = programme.pathway.id.as_str();
        if programme.counting.is_empty() {
            silent.insert(id, name(programme));
        } else {
            let panel = panels.entry(id).or_insert_with(|| Series { name: name(programme), points: Vec::new() });
            panel.points.push((quorum.as_f64(), core(programme) as f64));
        }
    }
    panels.values_mut().for_each(|panel| panel.points.sort_by(|a, b| a.0.total_cmp(&b.0)));
    let unit = if shares_topics { "topics" } else { "items" };
    let joined = threshold.map(|threshold| format!("Statements are joined at the threshold {threshold}."));
    let silent = silent.values().map(String::as_str).collect::<Vec<_>>().join("; ");
    let silent =
        (!silent.is_empty()).then(|| format!("Not drawn, as no occupation has statements in this map: {silent}."));
    let picture = Sweep {
        title: format!("Core {unit} of each T Level, by quorum"),
        description: format!(
            "A panel for each pathway with statements: how many {unit} are core when the share of occupations that \
             must have them falls from all to few."
        ),
        note: joined.into_iter().chain(silent).collect::<Vec<_>>().join(" "),
        x_label: "quorum: the share of occupations that must have it".to_owned(),
        y_label: format!("core {unit}"),
        series: panels.into_values().collect(),
    };
    save(output, [&picture.title, &picture.description], picture::sweep(&picture), || {
        let unit = format!("Core {unit}");
        let names = ["Pathway", "Quorum", &unit, "Counting occupations"];
        let columns = names.map(|name| Column::new(name, if name == "Pathway" { 4 } else { 1 })).to_vec();
        let mut table = Table::new("The figures of the picture", columns);
        for (quorum, programme) in all() {
            let counts = [core(programme), programme.counting.len()].map(Cell::count);
            table.rows.push([name(programme), quorum.to_string()].map(Cell::from).into_iter().chain(counts).collect());
        }
        table
    })
}
