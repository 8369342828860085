//! `tlevel report`: an offline site.

use std::path::PathBuf;

use clap::Args;
use tlevel_report::Site;

use super::join::JoinOptions;
use super::policy::PolicyOptions;
use super::run::Run;
use super::{MapArgument, Outcome, Stop};

/// Write an offline site of the map, its programmes and concepts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel report -o site
  tlevel report map.json --policy panel --date 2026-11-24 -o site

Open index.html in the folder with a browser. It needs no server and no network;
without scripts everything works but the search. Files that this command wrote
into the folder before are replaced; no other file is touched.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// The date to show, such as 2026-11-24 [default: none]
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<String>,
    /// The folder to write
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("report", &options.map).reads(options.policy.file()).reads(options.join.files());
    let mut folder = run.folder(&options.output)?;
    let policy = options.join.policy(options.policy.read()?);
    let map = run.map()?;
    let concepts = run.concepts(&map, &options.join, &policy)?;
    let derivation = run.derive(&map, &concepts, &policy)?;
    let site = Site::new(&map, &concepts, &derivation).map_err(Stop::new)?.date(options.date.as_deref());
    let pages = run.step("write", "writing pages", || {
        let mut pages = 0;
        for file in site.files() {
            pages += usize::from(file.is_page());
            folder.write(&file.path, file.content.as_bytes())?;
        }
        folder.finish().map(|()| pages)
    })?;
    run.count("pages", pages);
    run.say(&format!("{pages} pages; open {}", options.output.join("index.html").display()));
    Ok(run.finish())
}
