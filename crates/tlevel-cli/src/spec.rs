//! `tlevel spec`: a draft specification of a pathway.

use clap::Args;
use tlevel_report::report::Specification;

use super::format::PrintOptions;
use super::input::Input;
use super::join::JoinOptions;
use super::output::Files;
use super::policy::PolicyOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, pathway};

/// Draft the specification of a pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel spec --pathway onsite-construction -o onsite.docx
  tlevel spec standards.json --pathway health --policy panel -o health.json
  tlevel spec standards.json --pathway health --date 2026-11-24 -o health.xlsx

The ending of FILE picks the format: docx, xlsx, html, md, json or txt;
without a file it is text on standard output. A review in Excel is read back by
`tlevel derive --decisions FILE`.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The pathway: its id, the end of its id, or its name
    #[arg(long, value_name = "PATHWAY")]
    pathway: String,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// The date to show, such as 2026-11-24; none unless given
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<String>,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file(), options.policy.file()].into_iter().chain(options.join.files()));
    let print = options.print.open(&mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("spec");
    let policy = options.policy.read()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let pathway = pathway::one(&map, "--pathway", &options.pathway)?;
    let concepts = options.join.concepts_of(&options.map, &map, &progress, &mut stats)?;
    progress.step("deriving programmes");
    let derivation = stats.time("derive", || tlevel::derive(&map, &concepts, &policy)).map_err(Stop::new)?;
    let specification =
        Specification { map: &map, concepts: &concepts, derivation: &derivation, date: options.date.as_deref() };
    let draft = stats.time("write", || specification.draft(&pathway));
    let draft = draft.ok_or_else(|| pathway::no_programme(&derivation, &pathway))?;
    progress.finish();
    print.document(&draft, true)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}
