//! `tlevel progress`: where an occupation leads, and what the next one needs.

use std::path::PathBuf;

use clap::Args;
use tlevel::place::Placer;
use tlevel::progression::{step, steps};
use tlevel_report::report;

use super::format::PrintOptions;
use super::join::JoinOptions;
use super::run::Run;
use super::{Outcome, Stop, occupation};

/// Show where an occupation leads, and what the next one needs
#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel progress 'Infrastructure technician'
  tlevel progress LARS287 --top 2
  tlevel progress LARS82 --to LARS1
  tlevel progress map.json LARS82 --format json | jq '.leads_to[].to.title'

Steps are those that the map declares. In a direction without any, they are the
most similar occupations of the pathway in the next band that has some, marked
as inferred. A step lists the statements of the next occupation that the one
before it has nothing like. Statements of an option are counted separately."
)]
pub(crate) struct Options {
    /// A map, in any format that the program reads; `-` for standard input
    /// [default: the bundled map]
    #[arg(value_name = "MAP")]
    map: Option<PathBuf>,
    /// The occupation: its id or its title
    #[arg(value_name = "OCCUPATION", required = true)]
    occupation: String,
    /// Show only the step to this occupation, in full, declared or not
    #[arg(long, value_name = "OCCUPATION", conflicts_with = "top")]
    to: Option<String>,
    /// How many occupations to infer in a direction in which the map declares none
    #[arg(long, value_name = "N", default_value_t = 3)]
    top: usize,
    #[command(flatten)]
    join: JoinOptions,
    #[command(flatten)]
    print: PrintOptions,
    /// List everything; by default text cuts long lists, except with --to
    #[arg(long)]
    full: bool,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::on("progress", options.map.as_deref(), options.stats).reads(options.join.files());
    let print = run.printer(&options.print)?;
    let map = run.map()?;
    let own = occupation::one(&map, &options.occupation)?;
    let to = options.to.as_deref().map(|to| occupation::one(&map, to)).transpose()?;
    if to.as_ref() == Some(&own) {
        return Err(Stop::new(format!("--to: \"{own}\" is the occupation that the step starts from; name another")));
    }
    let concepts = run.concepts(&map, &options.join, &options.join.policy(tlevel::derive::Policy::t_level()))?;
    let found = if let Some(to) = &to {
        step(&map, &concepts, &own, to)
    } else {
        let placer = run.step("build", "comparing occupations", || Placer::new(&map));
        run.step("steps", "comparing occupations", || steps(&map, &concepts, &placer, &own, options.top))
    };
    let found = found.map_err(Stop::new)?;
    run.print(print, &found, || report::progression(&found), options.full || to.is_some())
}
