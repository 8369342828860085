//! `tlevel study clusters`: how good a grouping is, compared with the official one.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use tlevel::place::Placer;
use tlevel::study::{Clustering, Judge, Labels, Method, Points, cluster};
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::join::JoinOptions;
use super::super::run::Run;
use super::super::{MapArgument, Outcome, Stop, pathway, policy};
use super::{compare, pictures};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study clusters --method ward --clusters 60
  tlevel study clusters map.json --method average --save-labels average.csv
  tlevel study clusters map.json --labels mine.csv --format csv
  tlevel study clusters map.json --route digital --dendrogram tree.html

Without --clusters, the number with the best mean silhouette is used; louvain
finds its own. A grouping is CSV with the columns occupation and label, or one
of the map's own: route, pathway, cluster or band. All figures, also those of
the official clusters, cover the occupations that it puts in a group; what is
left out is reported. The labels -1 (noise), nan, none and null mean no group.")]
pub(crate) struct ClustersOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The clustering method
    #[arg(long, value_name = "METHOD", default_value_t = Method::Average, value_parser = PossibleValuesParser::new(Method::ALL.map(Method::name)).map(|name| name.parse::<Method>().unwrap_or(Method::Average)))]
    method: Method,
    /// The number of clusters
    #[arg(long, value_name = "N")]
    clusters: Option<usize>,
    /// The seed of louvain's order of moves
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Judge this grouping instead of computing one
    #[arg(long, value_name = "LABELS", conflicts_with_all = ["method", "clusters", "seed", "dendrogram"])]
    labels: Option<PathBuf>,
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
    #[command(flatten)]
    join: JoinOptions,
    /// Draw the tree of an agglomerative method: `.svg`, `.png`, `.pdf`, or `.html` with its data
    #[arg(long, value_name = "FILE")]
    dendrogram: Option<PathBuf>,
    /// Draw how similar all pairs are: `.svg`, `.png`, `.pdf`, or `.html` with its data
    #[arg(long, value_name = "FILE")]
    heat_map: Option<PathBuf>,
    /// Draw only the occupations of this route (its id or its name); repeatable
    #[arg(long, value_name = "ROUTE")]
    route: Vec<String>,
    /// Write the labels as CSV
    #[arg(long, value_name = "FILE")]
    save_labels: Option<PathBuf>,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &ClustersOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("study clusters", &options.map)
        .reads(policy::file(&options.policy))
        .reads(options.labels.as_deref().filter(|path| compare::tier(path).is_none()))
        .reads(options.join.files());
    let print = run.printer(&options.print)?;
    let save_labels = run.extra(options.save_labels.as_deref())?;
    let dendrogram = run.extra(options.dendrogram.as_deref())?;
    let heat_map = run.extra(options.heat_map.as_deref())?;
    let policy = options.join.policy(policy::read(&options.policy)?);
    let map = run.map()?;
    let routes = match options.route.as_slice() {
        [] => Vec::new(),
        _ if dendrogram.is_none() && heat_map.is_none() => {
            return Err(Stop::new(
                "--route: picks what a picture shows; give --dendrogram FILE or --heat-map FILE too",
            ));
        }
        names => pathway::routes(&map, "--route", names)?,
    };
    let placer = run.step("build", "learning the clusters", || Placer::new(&map));
    let points = run.step("compare", "comparing occupations", || Points::new(&placer));
    let concepts = run.concepts(&map, &options.join, &policy)?;
    let judge = Judge { map: &map, points: &points, concepts: &concepts, policy: &policy };
    let (study, labels, clustering) = match &options.labels {
        Some(path) => {
            let labels = compare::tier(path).map_or_else(|| compare::read(path), |tier| Ok(Labels::of(&map, tier)))?;
            (run.step("judge", "judging", || judge.labels(&labels)), labels, None)
        }
        None => {
            let clustered =
                run.step("cluster", "clustering", || cluster(&points, options.method, options.clusters, options.seed));
            let clustering: Clustering = clustered.map_err(Stop::new)?;
            let study = run.step("judge", "judging", || judge.clustering(&clustering));
            (study, clustering.labels.clone(), Some(clustering))
        }
    };
    let study = study.map_err(|e| match &options.labels {
        Some(path) => Stop::new(format!("{}: {e}", path.display())),
        None => Stop::new(e),
    })?;
    if let Some(output) = save_labels {
        output.write(&labels.to_csv())?;
    }
    let shown = pictures::Shown::of(&map, &points, &routes);
    if let (Some(output), Some(clustering)) = (dendrogram, &clustering) {
        pictures::dendrogram(output, &shown, clustering)?;
    }
    if let Some(output) = heat_map {
        pictures::heat_map(output, &shown, clustering.as_ref(), &labels)?;
    }
    run.print(print, &study, || report::study_clusters(&study), false)
}
