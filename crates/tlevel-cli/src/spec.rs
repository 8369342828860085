//! `tlevel spec`: a draft specification of a pathway.

use clap::Args;
use tlevel::derive::Specification;
use tlevel_report::report;

use super::decisions::{Decided, DecisionOptions};
use super::format::PrintOptions;
use super::join::JoinOptions;
use super::policy::PolicyOptions;
use super::run::Run;
use super::{MapArgument, Outcome, Stop, pathway};

/// Draft the specification of a pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel spec --pathway onsite-construction -o onsite.docx
  tlevel spec map.json --pathway onsite-construction --policy panel
  tlevel spec map.json --pathway onsite-construction --date 2026-11-24

  tlevel spec map.json --pathway onsite-construction \\
    --decisions review.xlsx -o second-draft.docx

The ending of FILE picks the format: docx, xlsx, html, md, json or txt. Without
a file, text goes to standard output. The workbook is for review: fill in its
columns, and give it back with --decisions.")]
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
    #[command(flatten)]
    decisions: DecisionOptions,
    /// The date to show, such as 2026-11-24 [default: none]
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<String>,
    #[command(flatten)]
    print: PrintOptions,
    /// Replace a Word or Excel file that someone has edited
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("spec", &options.map).reads(options.policy.file()).reads(options.join.files());
    run = run.reads(options.decisions.files());
    let print = run.printer(&options.print)?;
    if !options.force {
        print.spare_edited()?;
    }
    let policy = options.join.policy(options.policy.read()?);
    let map = run.map()?;
    let pathway = pathway::one(&map, "--pathway", &options.pathway)?;
    let concepts = run.concepts(&map, &options.join, &policy)?;
    let wanted = std::slice::from_ref(&pathway);
    let Decided { derivation, concepts, log, .. } =
        options.decisions.derive(&mut run, &map, concepts, &policy, wanted)?;
    let specification = Specification::of(&map, &concepts, &derivation, &pathway);
    let specification = specification.ok_or_else(|| pathway::no_programme(&derivation, &pathway))?;
    let specification = specification.with_date(options.date.clone()).with_decisions(log);
    run.print(print, &specification, || report::specification(&specification), true)
}
