//! `tlevel study placement`: how often suggested clusters are right.

use clap::{Args, ValueEnum};
use tlevel::place::Account;
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::meaning::MeaningOptions;
use super::super::run::Run;
use super::super::{MapArgument, Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study placement                    the bundled map
  tlevel study placement map.json -o asked.csv
  tlevel study placement --asked title      as if only titles were known
  tlevel study placement --without-routes   routes taken out of the map

CSV has a row for each occupation: its cluster, and the suggested one. An
occupation that is alone in its cluster cannot be tested and is left out.")]
pub(crate) struct PlacementOptions {
    #[command(flatten)]
    map: MapArgument,
    /// What is known of each occupation, besides its level
    #[arg(long, value_name = "WHAT", default_value = "all")]
    asked: Asked,
    /// Take each route out of the map, and ask for its occupations
    #[arg(long)]
    without_routes: bool,
    #[command(flatten)]
    meaning: MeaningOptions,
    #[command(flatten)]
    print: PrintOptions,
}

/// What is known of each occupation.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Asked {
    /// Everything
    All,
    /// Title, job titles and keywords
    Names,
    /// Title and the first dozen words of the texts
    Short,
    /// Title
    Title,
}

impl From<Asked> for Account {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::All => Account::All,
            Asked::Names => Account::Names,
            Asked::Short => Account::Short,
            Asked::Title => Account::Title,
        }
    }
}

pub(crate) fn run(options: &PlacementOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("study placement", &options.map).reads(options.meaning.files());
    let print = run.printer(&options.print)?;
    let map = run.map()?;
    let given = options.meaning.read(&mut run, &map)?;
    let placer = run.step("build", "learning the clusters", || given.placer(&map));
    let account = options.asked.into();
    if print.format.is_table() {
        // a row for each occupation, from which the figures are counted
        let asked = run.step("study", "asking for each occupation", || {
            placer.leave_one_out_by(&map, |occupation| occupation.only(account))
        });
        return run.document(print, &report::left_out_table(&asked), true);
    }
    let mut study =
        run.step("study", "asking for each occupation", || tlevel::study::placement::study_by(&placer, &map, account));
    if options.without_routes {
        study.without_routes = run.step("routes", "taking out routes", || {
            tlevel::study::placement::without_routes(&map, |map| given.placer(map))
        });
    }
    run.print(print, &study, || report::study_placement(&study), false)
}
