//! `tlevel consult`: what the map can tell on a consultation's questions.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use tlevel::consult::{Consultation, People, Screening};
use tlevel::read::RawOccupation;
use tlevel_report::report;

use super::format::PrintOptions;
use super::input::{Input, read_table};
use super::join::JoinOptions;
use super::newcomers::Unused;
use super::output::Files;
use super::policy::PolicyOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop};

/// Screen what a consultation proposes: new occupations, moves, branches to open
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("question").required(true).args(["new", "title", "moved", "open", "responses", "gaps"]), after_help = "\
Examples:
  tlevel consult map.json --new drone-surveyor.json
  tlevel consult map.json --title 'Drone surveyor' --to construction
  tlevel consult map.json --move OCC0127 --to 'Design & Surveying Technician'
  tlevel consult map.json --open 'Transport and logistics'
  tlevel consult fixtures/maps/consultation.json \\
    --responses fixtures/responses/consultation.csv --full -o report.txt
  tlevel consult map.json --gaps -o gaps.docx

The facts that the map holds on the question, and those that it lacks; judging
them is left to people. Occupations are named by id or title, branches by id,
the last step of it, or name.

--responses reads CSV with a header and the columns question (a, b or c),
occupation, from, to, map (a route), rationale; respondent, organisation and
email are in no result without --with-respondents, nor are cells that are not
understood. A sample with invented answers: fixtures/responses/consultation.csv

Exit status: 0 done, rows that could not be screened included; 2 could not go
on.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// (a) An occupation that may be missing: a file of the native format, a
    /// record of an official source, or a map that holds it alone
    #[arg(long, value_name = "FILE")]
    new: Option<PathBuf>,
    /// (a) An occupation that may be missing, of which the title is known
    #[arg(long)]
    title: Option<String>,
    /// Its level, 2 to 7
    #[arg(long, conflicts_with_all = ["new", "moved", "open", "responses", "gaps"], value_parser = clap::value_parser!(i64).range(2..=7))]
    level: Option<i64>,
    /// (b) An occupation that may move
    #[arg(long = "move", id = "moved", value_name = "OCCUPATION", requires = "to")]
    moved: Option<String>,
    /// Where it would stand: a cluster, or a pathway or route, of which the best
    /// cluster is taken
    #[arg(long, value_name = "BRANCH", conflicts_with_all = ["open", "responses", "gaps"])]
    to: Option<String>,
    /// (c) An apprenticeship-only branch that may be opened
    #[arg(long, value_name = "BRANCH")]
    open: Option<String>,
    /// Many responses, as proposals: those that change most first
    #[arg(long, value_name = "FILE")]
    responses: Option<PathBuf>,
    /// Name who answered
    #[arg(long, conflicts_with_all = ["new", "title", "moved", "open", "gaps"])]
    with_respondents: bool,
    /// Occupations without a standard, and what is near them
    #[arg(long)]
    gaps: bool,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    #[command(flatten)]
    print: PrintOptions,
    /// List everything (text)
    #[arg(long)]
    full: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read(
        [options.map.file(), options.policy.file(), options.new.as_deref(), options.responses.as_deref()]
            .into_iter()
            .chain(options.join.files()),
    );
    let print = options.print.open(&mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("consult");
    let policy = options.policy.read()?;
    let new = new_occupation(options)?;
    let responses = options.responses.as_deref().map(Input::file).transpose()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let concepts = options.join.concepts_of(&options.map, &map, &progress, &mut stats)?;
    progress.step("learning the clusters");
    let consultation = stats.time("prepare", || Consultation::new(&map, &concepts, &policy)).map_err(Stop::new)?;
    let consultation = consultation.joining(options.join.threshold());
    progress.step("screening");
    let screening =
        stats.time("screen", || screen(options, &consultation, new.as_ref(), responses.as_ref(), &progress))?;
    let screening = consultation.report(screening);
    progress.finish();
    print.result(&screening, || report::consultation(&screening), options.full)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn screen(
    options: &Options,
    consultation: &Consultation<'_>,
    new: Option<&RawOccupation>,
    responses: Option<&Input>,
    progress: &Progress,
) -> Result<Screening, Stop> {
    let to = options.to.as_deref();
    if let Some(new) = new {
        return consultation.new_occupation(new, to).map(Screening::from).map_err(Stop::new);
    }
    if let (Some(occupation), Some(to)) = (&options.moved, to) {
        return consultation.move_occupation(occupation, to).map(Screening::from).map_err(Stop::new);
    }
    if let Some(branch) = &options.open {
        return consultation.open_branch(branch).map(Screening::from).map_err(Stop::new);
    }
    let Some(input) = responses else { return Ok(consultation.gaps().into()) };
    let people = if options.with_respondents { People::Named } else { People::LeftOut };
    let watch = |done: usize, all: usize| progress.at(Some((done as u64, all as u64)));
    let table = read_table(&input.bytes, Consultation::RESPONSES).map_err(|e| input.stop(e))?;
    Ok(consultation.responses_watched(&table, people, watch).into())
}

/// The occupation that may be missing, where the question is that.
fn new_occupation(options: &Options) -> Result<Option<RawOccupation>, Stop> {
    if let Some(title) = &options.title {
        let (title, level) = (Some(title.clone()), options.level);
        let mut new = RawOccupation::default();
        (new.title, new.level) = (title, level);
        return Ok(Some(new));
    }
    options.new.as_deref().map(read_new).transpose()
}

fn read_new(path: &Path) -> Result<RawOccupation, Stop> {
    let input = Input::file(path)?;
    let found = tlevel::read::occupations(&input.bytes).map_err(|e| input.stop(e))?;
    let mut unused = Unused::default();
    unused.add(found.unused);
    unused.say(&input.name);
    let many = found.occupations.len();
    match found.occupations.into_iter().next() {
        Some(one) if many == 1 => Ok(one),
        _ => {
            Err(input.stop(format!("holds {many} occupations; one is screened at a time: give the one that is meant")))
        }
    }
}
