//! The command line of tlevel: one file for each command, on the public API only.
//! This file holds what the commands share: arguments, exit codes, messages.

mod check;
mod completions;
mod consult;
mod convert;
mod core_options;
mod decisions;
mod derive;
mod diff;
mod drafts;
mod draw;
mod format;
mod harmonise;
mod input;
mod join;
mod ledger;
mod manual;
mod matrix;
mod meaning;
mod newcomers;
mod occupation;
mod old_flags;
mod output;
mod pathway;
mod policy;
mod progress;
mod report;
mod review;
mod run;
mod similar;
mod spec;
mod spinner;
mod stats;
mod study;
mod suggest;
mod tables;
mod template;
mod threads;
mod topics;
#[cfg(feature = "parquet")]
mod vector_table;
mod whatif;
mod workbench;
mod workbench_page;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Computes T Level programme structures from an occupational map.
#[derive(Debug, Parser)]
#[command(name = "tlevel", version, arg_required_else_help = true, max_term_width = 80, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tlevel derive                              an overview of the bundled map
  tlevel derive --pathway onsite-construction
  tlevel check map.json                      what is wrong with a file
  tlevel suggest 'Solar installer'           where an occupation belongs

Each command has its own options and examples: tlevel derive --help

Exit status: 0 done; 1 done, with error findings (check) or a difference (diff);
2 failed.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check a map and list every finding
    Check(check::Options),
    /// Derive the T Level programme of every pathway
    Derive(derive::Options),
    /// Join statements that say the same into concepts, under topics
    Harmonise(harmonise::Options),
    /// Ask a panel what changes a pathway's core, twenty questions a sheet
    Review(review::Options),
    /// Find the most similar statements of other occupations
    Similar(similar::Options),
    /// Suggest clusters for new occupations
    Suggest(suggest::Options),
    /// Show where an occupation leads, and what the next one needs
    Progress(progress::Options),
    /// Draft the specification of a pathway
    Spec(spec::Options),
    /// Draw the map, a route, a programme or the plan of first teaching
    Draw(draw::Options),
    /// Write an offline site of the map, its programmes and concepts
    Report(report::Options),
    /// Measure how good the program's answers are
    Study(study::Options),
    /// Compare two maps: what differs, and the effect on programmes
    Diff(diff::Options),
    /// Show what proposed changes to a map would do to the programmes
    Whatif(whatif::Options),
    /// Screen what a consultation proposes: what to add, move or open
    Consult(consult::Options),
    /// Write a map in the native format, as a workbook, or for another system
    Convert(convert::Options),
    /// Write a workbook for a map, to fill in or to change
    Template(template::Options),
    /// Write the workbench: one page for a browser, without installation
    Workbench(workbench::Options),
    /// Write the tab completions of commands and options for a shell
    Completions(completions::Options),
    /// Write the manual: the pages that `man` shows
    Manual(manual::Options),
}

fn main() -> ExitCode {
    let (arguments, hint) = old_flags::renewed(std::env::args_os().collect());
    if let Some(hint) = hint {
        say(&hint);
    }
    let arguments = Arguments::parse_from(arguments);
    threads::start();
    let done = match &arguments.command {
        Command::Check(options) => check::run(options),
        Command::Derive(options) => derive::run(options),
        Command::Harmonise(options) => harmonise::run(options),
        Command::Review(options) => review::run(options),
        Command::Similar(options) => similar::run(options),
        Command::Suggest(options) => suggest::run(options),
        Command::Progress(options) => progress::run(options),
        Command::Spec(options) => spec::run(options),
        Command::Draw(options) => draw::run(options),
        Command::Report(options) => report::run(options),
        Command::Study(options) => study::run(options),
        Command::Diff(options) => diff::run(options),
        Command::Whatif(options) => whatif::run(options),
        Command::Consult(options) => consult::run(options),
        Command::Convert(options) => convert::run(options),
        Command::Template(options) => template::run(options),
        Command::Workbench(options) => workbench::run(options),
        Command::Completions(options) => completions::run(options),
        Command::Manual(options) => manual::run(options),
    };
    exit_code(done)
}

/// The heading of options about policies and decisions.
pub(crate) const WHAT_MAKES_CORE: &str = "What makes core";

/// The map to work on.
#[derive(Clone, Debug, Args)]
pub(crate) struct MapArgument {
    /// A map: native, a standards file, a response of the maps API, a workbook
    /// (.xlsx, .ods), a folder or zip of tables, a list of statements, or a
    /// framework (CASE, CTDL-ASN, SKOS); `-` for standard input [default: the
    /// bundled map]
    #[arg(value_name = "MAP")]
    pub(crate) map: Option<PathBuf>,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    pub(crate) stats: bool,
}

impl MapArgument {
    /// The title of a new occupation that was given as an argument: after the map, or in
    /// its place if it can be no file.
    pub(crate) fn or_title(&mut self, after: Option<&str>) -> Option<String> {
        if let Some(title) = after {
            return Some(title.to_owned());
        }
        let alone = self.map.as_deref().and_then(Path::to_str).filter(|map| !is_file(map))?.to_owned();
        self.map = None;
        Some(alone)
    }
}

/// Whether an argument is a file or folder, or has the form of a path.
fn is_file(argument: &str) -> bool {
    let path = Path::new(argument);
    let is_ending = |ending: &str| !ending.contains(char::is_whitespace);
    argument == "-"
        || path.exists()
        || argument.contains(['/', '\\'])
        || path.extension().and_then(|ending| ending.to_str()).is_some_and(is_ending)
}

/// Why a command failed: one message, for standard error.
#[derive(Debug)]
pub(crate) struct Stop(String);

impl Stop {
    pub(crate) fn new(message: impl std::fmt::Display) -> Self {
        Stop(message.to_string())
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// Done, with findings of severity error or with a difference.
    Findings,
}

pub(crate) fn exit_code(done: Result<Outcome, Stop>) -> ExitCode {
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Stop(message)) => {
            say(&format!("error: {message}"));
            ExitCode::from(2)
        }
    }
}

/// Reads a date from an argument.
pub(crate) fn date(text: &str) -> Result<String, String> {
    if tlevel::check::is_date(text) {
        return Ok(text.to_owned());
    }
    Err("not a date; give a year, a month or a day: 2022, 2022-09 or 2022-09-01".to_owned())
}

/// Prints a message on standard error, without anything that moves the cursor.
pub(crate) fn say(message: &str) {
    use std::io::Write as _;
    let shown: String = message.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect();
    // nobody reads a closed standard error
    let _ = writeln!(std::io::stderr(), "{shown}");
}

/// The layout for standard output: colours on a terminal unless `NO_COLOR` is set,
/// and the width of `COLUMNS`, at most 100.
pub(crate) fn layout(full: bool, to_file: bool) -> tlevel_report::Layout {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(80);
    tlevel_report::Layout::default()
        .width(columns.clamp(40, 100))
        .colour(std::io::stdout().is_terminal() && !no_colour && !to_file)
        .full(full)
}
