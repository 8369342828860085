//! `tlevel study compare`: how similar two groupings are.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::study::{Labels, OfficialGrouping, compare};
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::input::Input;
use super::super::run::Run;
use super::super::{Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study compare cluster pathway      two tiers of the bundled map
  tlevel study compare cluster mine.csv --map map.json
  tlevel study compare theirs.csv mine.csv --format csv

A grouping is CSV with the columns occupation and label, or one of the map's
own: route, pathway, cluster or band. The first is the reference.

Figures cover the occupations that both put in a group; what is left out is
reported. The labels -1 (noise), nan, none and null mean no group.")]
pub(crate) struct CompareOptions {
    /// The reference: a file, or route, pathway, cluster or band
    #[arg(value_name = "LABELS_A")]
    a: PathBuf,
    /// The grouping to judge: a file, or route, pathway, cluster or band
    #[arg(value_name = "LABELS_B")]
    b: PathBuf,
    /// The map of those tiers [default: the bundled map]
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &CompareOptions) -> Result<Outcome, Stop> {
    let files = [&options.a, &options.b].into_iter().map(PathBuf::as_path).filter(|path| tier(path).is_none());
    let mut run = Run::on("study compare", options.map.as_deref(), options.stats).reads(files);
    let print = run.printer(&options.print)?;
    let mut labels = |path: &Path| match tier(path) {
        Some(tier) => Ok(Labels::of(&run.map()?, tier)),
        None => read(path),
    };
    let (a, b) = (labels(&options.a)?, labels(&options.b)?);
    let comparison = run
        .step("compare", "comparing groupings", || compare(&a, &b))
        .map_err(|e| Stop::new(format!("{} and {}: {e}", options.a.display(), options.b.display())))?;
    run.print(print, &comparison, || report::study_comparison(&comparison), false)
}

/// The tier of that name; a file of that name can be given as `./cluster`.
pub(super) fn tier(path: &Path) -> Option<OfficialGrouping> {
    match path.to_str()? {
        "route" => Some(OfficialGrouping::Route),
        "pathway" => Some(OfficialGrouping::Pathway),
        "cluster" => Some(OfficialGrouping::Cluster),
        "band" => Some(OfficialGrouping::Band),
        _ => None,
    }
}

pub(super) fn read(path: &Path) -> Result<Labels, Stop> {
    let input = Input::file(path)?;
    Labels::from_table(&input.table(Labels::COLUMNS)?).map_err(|e| input.stop(e))
}
