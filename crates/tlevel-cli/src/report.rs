//! `tlevel report`: an offline site.

use std::path::PathBuf;

use clap::Args;
use tlevel_report::Site;

use super::input::Input;
use super::join::JoinOptions;
use super::output::Files;
use super::policy::PolicyOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, say};

/// Write an offline site of the map, its programmes and concepts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel report -o site
  tlevel report standards.json --policy panel --date 2026-11-24 -o site

Open index.html of the folder in a browser: no server and no network is needed,
and without scripts everything is there but the search. What this
command wrote into a folder before is replaced; no other file is touched.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// The date to show, such as 2026-11-24; none unless given
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<String>,
    /// The folder to write
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut folder = Files::read([options.map.file(), options.policy.file()].into_iter().chain(options.join.files()))
        .folder(&options.output)?;
    let progress = Progress::start();
    let mut stats = Stats::start("report");
    let policy = options.policy.read()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let concepts = options.join.concepts_of(&options.map, &map, &progress, &mut stats)?;
    progress.step("deriving programmes");
    let derivation = stats.time("derive", || tlevel::derive(&map, &concepts, &policy)).map_err(Stop::new)?;
    let site = Site::new(&map, &concepts, &derivation).map_err(Stop::new)?.date(options.date.as_deref());
    progress.step("writing pages");
    let mut pages = 0;
    stats.time("write", || {
        for file in site.files() {
            pages += usize::from(file.is_page());
            folder.write(&file.path, file.content.as_bytes())?;
        }
        folder.finish()
    })?;
    stats.count("pages", pages);
    progress.finish();
    say(&format!("{pages} pages; open {}", options.output.join("index.html").display()));
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}
