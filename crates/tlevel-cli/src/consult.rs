//! `tlevel consult`: what the map records on a consultation's questions.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, Subcommand};
use tlevel::consult::{Consultation, Intake, People, Screening, ScreeningReport, TrackedProposal, Tracker};
use tlevel::read::RawOccupation;
use tlevel_report::document::Document;
use tlevel_report::{export, report};

use super::core_options::CoreOptions;
use super::format::{Format, Print, PrintOptions};
use super::input::{Input, read_table};
use super::newcomers::Unused;
use super::output::{self, Folder};
use super::policy::PolicyOptions;
use super::run::Run;
use super::spinner::Spinner;
use super::{MapArgument, Outcome, Stop};

/// Screen what a consultation proposes: what to add, move or open
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel consult new --title 'Drone surveyor' --to construction
  tlevel consult move LARS100 --to 'Design & Surveying Technician'
  tlevel consult open 'Transport and logistics'
  tlevel consult gaps map.json -o gaps.docx

The output has the facts that the map records on the question, and what it does
not record. People judge them. Each question has its own options:
tlevel consult new --help

Exit status: 0 done, even if some rows could not be screened; 2 failed.")]
pub(crate) struct Options {
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Screen an occupation that may be missing: question (a)
    New(NewOptions),
    /// Screen an occupation that may move to another branch: question (b)
    Move(MoveOptions),
    /// Screen an apprenticeship-only branch that may be opened: question (c)
    Open(OpenOptions),
    /// Screen many responses, and write a tracker and reports for route panels
    Responses(ResponsesOptions),
    /// Write an empty file of responses, to fill in
    Template(TemplateOptions),
    /// Write the changes that the panels agreed, from the tracker
    Changes(ChangesOptions),
    /// List occupations without a standard, and what is near them
    Gaps(GapsOptions),
}

/// What all questions take.
#[derive(Debug, Args)]
struct Shared {
    #[command(flatten)]
    core: CoreOptions,
    /// List everything; by default text cuts long lists
    #[arg(long)]
    full: bool,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("proposed").args(["called", "file", "title"]), after_help = "\
Examples:
  tlevel consult new 'Drone surveyor' --to construction
  tlevel consult new map.json Roofer --level 2 --to onsite-construction
  tlevel consult new map.json --file drone-surveyor.json -o surveyor.docx

FILE holds one occupation: in the native format, as a record of an official
source, or as a map that holds it alone.")]
struct NewOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The title of the occupation, as --title
    #[arg(value_name = "TITLE")]
    called: Option<String>,
    /// The occupation, with its statements
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The title of the occupation, if nothing more is known
    #[arg(long)]
    title: Option<String>,
    /// Its level, 2 to 7
    #[arg(long, conflicts_with = "file", value_parser = clap::value_parser!(i64).range(2..=7))]
    level: Option<i64>,
    /// Where it would go: a cluster, or a pathway or route (its best cluster is
    /// used)
    #[arg(long, value_name = "BRANCH")]
    to: Option<String>,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel consult move LARS100 --to 'Design & Surveying Technician'
  tlevel consult move fixtures/maps/consultation.json LARS100 \\
    --to design-surveying-technician --policy panel"
)]
struct MoveOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The occupation: its id or its title
    #[arg(value_name = "OCCUPATION", required = true)]
    occupation: String,
    /// Where it would go: a cluster, or a pathway or route (its best cluster is
    /// used)
    #[arg(long, value_name = "BRANCH")]
    to: String,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel consult open 'Transport and logistics'
  tlevel consult open fixtures/maps/consultation.json hospitality -o open.docx

A branch is a route, pathway or cluster: its id, the last step of its id, or its
name."
)]
struct OpenOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The apprenticeship-only branch
    #[arg(value_name = "BRANCH", required = true)]
    branch: String,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel consult responses fixtures/maps/consultation.json \\
    fixtures/responses/consultation.csv
  tlevel consult responses map.json responses.xlsx -o tracker.xlsx
  tlevel consult responses map.json responses.xlsx --tracker tracker.xlsx \\
    --by-route panels --published response.docx -o tracker-2.xlsx
  tlevel consult responses map.json responses.csv --rejected mend.csv

FILE is CSV or a workbook: the export of a form, with the consultation's three
questions as columns (\"If yes, which?\" belongs to the question on its left); or
a row a proposal, as `tlevel consult template` writes it. Equal proposals are
listed once. Rows that cannot be screened go to --rejected: mend them there, and
give that file as --corrected: each replaces the row that it came from. So do new
titles with a word that may be misspelt; hand them back as they are if they are
right.

The workbook has a sheet \"Tracker\": a row for each proposal, with columns for
what the panels decide. Give it as --tracker to keep the decisions, and write
\"same as\" there where two proposals mean the same. The next tracker may have the
same name: --tracker t.xlsx -o t.xlsx.

Without --with-respondents, results leave out respondents, organisations,
addresses and numbers, as far as they are found: read the texts before you
publish them. fixtures/responses/consultation.csv has invented answers."
)]
struct ResponsesOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The responses
    #[arg(value_name = "FILE", required = true)]
    responses: PathBuf,
    /// Write the rows that could not be screened to a file, with what to mend
    #[arg(long, value_name = "CSV")]
    rejected: Option<PathBuf>,
    /// Read mended rows of an earlier --rejected
    #[arg(long, value_name = "FILE")]
    corrected: Option<PathBuf>,
    /// Keep the decisions of the tracker that an earlier run wrote
    #[arg(long, value_name = "FILE")]
    tracker: Option<PathBuf>,
    /// Write a report for the panel of each route into a folder
    #[arg(long, value_name = "DIR")]
    by_route: Option<PathBuf>,
    /// Write the published response: counts, and what was decided
    #[arg(long, value_name = "FILE")]
    published: Option<PathBuf>,
    /// Show the names of respondents
    #[arg(long)]
    with_respondents: bool,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel consult template -o responses.xlsx
  tlevel consult template --format csv

Fill in a row for each proposal, and give the file to:
tlevel consult responses MAP FILE")]
struct TemplateOptions {
    #[command(flatten)]
    print: PrintOptions,
}

#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel consult changes map.json tracker.xlsx -o changes.json
  tlevel consult changes map.json tracker.xlsx > changes.json

Proposals with the decision \"agreed\" become changes: occupations that are new,
moves, and marks that go. See what they would do, and save the next map:
tlevel whatif MAP changes.json --write next-map.json"
)]
struct ChangesOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The tracker, with the panels' decisions
    #[arg(value_name = "TRACKER", required = true)]
    tracker: PathBuf,
    #[command(flatten)]
    policy: PolicyOptions,
    /// Where to write the changes [default: standard output]
    #[arg(short, long, value_name = "FILE.json")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel consult gaps fixtures/maps/consultation.json
  tlevel consult gaps map.json -o gaps.docx")]
struct GapsOptions {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    shared: Shared,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    match &options.question {
        Question::New(options) => new(options),
        Question::Move(options) => {
            let (run, print) = options.shared.start(&options.map, None)?;
            options.shared.screen(run, print, |consultation, _| {
                consultation.move_occupation(&options.occupation, &options.to).map(Screening::from).map_err(Stop::new)
            })
        }
        Question::Open(options) => {
            let (run, print) = options.shared.start(&options.map, None)?;
            options.shared.screen(run, print, |consultation, _| {
                consultation.open_branch(&options.branch).map(Screening::from).map_err(Stop::new)
            })
        }
        Question::Responses(options) => responses(options),
        Question::Template(options) => {
            let mut run = Run::on("consult", None, false);
            let print = run.printer(&options.print)?;
            run.document(print, &report::template(), true)
        }
        Question::Changes(options) => changes(options),
        Question::Gaps(options) => {
            let (run, print) = options.shared.start(&options.map, None)?;
            options.shared.screen(run, print, |consultation, _| Ok(consultation.gaps().into()))
        }
    }
}

fn new(options: &NewOptions) -> Result<Outcome, Stop> {
    let (shared, file, mut map) = (&options.shared, options.file.as_deref(), options.map.clone());
    let title = match (file, &options.title) {
        (None, None) => map.or_title(options.called.as_deref()),
        (_, given) => given.clone(),
    };
    if file.is_none() && title.is_none() {
        return Err(Stop::new("nothing to screen; give a title (--title 'Drone surveyor') or a file (--file)"));
    }
    let (run, print) = shared.start(&map, file)?;
    let new = match file {
        Some(file) => one_occupation(file)?,
        None => {
            let mut new = RawOccupation::default();
            (new.title, new.level) = (title, options.level);
            new
        }
    };
    shared.screen(run, print, |consultation, _| {
        consultation.new_occupation(&new, options.to.as_deref()).map(Screening::from).map_err(Stop::new)
    })
}

fn responses(options: &ResponsesOptions) -> Result<Outcome, Stop> {
    let shared = &options.shared;
    // a tracker may be replaced by the next one, which is written when it is complete
    let is_replaced = is_replaced(options);
    let kept = options.tracker.as_deref().filter(|_| !is_replaced);
    let files = [Some(&*options.responses), options.corrected.as_deref(), kept];
    let mut run = shared.core.start("consult", &options.map, files.into_iter().flatten());
    if is_replaced {
        // a person edits it, and all that is decided in it is read
        run.replace_edited();
    }
    let print = shared.core.printer(&mut run)?;
    if is_replaced && !matches!(print.format, Format::Xlsx | Format::Csv) {
        return Err(Stop::new("a tracker can be replaced only by the next one: .xlsx or .csv"));
    }
    let rejected = run.extra(options.rejected.as_deref())?;
    let published = options.published.as_deref().map(|path| run.printer(&PrintOptions::file(path))).transpose()?;
    let folder = options.by_route.as_deref().map(|path| run.folder(path)).transpose()?;
    let read = |path: &Path| {
        let input = Input::file(path)?;
        read_table(&input.bytes, Consultation::RESPONSES).map_err(|e| input.stop(e))
    };
    let table = read(&options.responses)?;
    let corrected = options.corrected.as_deref().map(read).transpose()?;
    let tracker = options.tracker.as_deref().map(read_tracker).transpose()?;
    let people = if options.with_respondents { People::Named } else { People::LeftOut };
    let mut intake = Intake::new(&table).with_people(people);
    if let Some(corrected) = &corrected {
        intake = intake.with_corrected(corrected);
    }
    if let Some(tracker) = &tracker {
        intake = intake.with_tracker(tracker);
    }
    #[cfg(feature = "spelling")]
    {
        intake = intake.with_words(tlevel::text::WordList::british());
    }
    let screening = shared.screening(&mut run, |consultation, spinner| {
        let watch = |done: usize, all: usize| spinner.at(Some((done as u64, all as u64)));
        let (screening, to_mend) = consultation.take_in(&intake, watch);
        if let Some(output) = rejected {
            output.write(&to_mend)?;
        }
        Ok(screening.into())
    })?;
    if let (Some(print), Some(document)) = (published, report::published(&screening)) {
        print.document(&document, true)?;
    }
    if let Some(folder) = folder {
        by_route(folder, &screening)?;
    }
    let is_tracker = print.format == Format::Xlsx || print.format.is_table();
    if let Some(next) = report::tracker(&screening).filter(|_| is_tracker) {
        if let Some(before) = tracker.filter(|_| is_replaced) {
            keeps(&before, &next)?;
        }
        return run.document(print, &next, true);
    }
    run.print(print, &screening, || report::consultation(&screening), shared.full)
}

/// Whether the result is the next tracker, in the place of the one that is read.
fn is_replaced(options: &ResponsesOptions) -> bool {
    let file = |path: Option<&Path>| path.and_then(|path| std::fs::canonicalize(path).ok());
    let (read, written) = (file(options.tracker.as_deref()), file(options.shared.core.print.path()));
    let ending = written.as_deref().and_then(Path::extension);
    read.is_some() && read == written && ending.is_some_and(|ending| ending == "xlsx" || ending == "csv")
}

/// Checks that the next tracker has all that people decided in the one before.
fn keeps(before: &Tracker, next: &Document) -> Result<(), Stop> {
    let next = Tracker::from_csv(&export::csv(next)).map_err(Stop::new)?;
    let is_kept = |row: &TrackedProposal| {
        let same = next.proposals().iter().find(|other| other.key == row.key);
        same.is_some_and(|other| other.tracked == row.tracked && other.same_as == row.same_as)
    };
    let lost = before.proposals().iter().find(|row| !row.tracked.is_empty() && !is_kept(row));
    lost.map_or(Ok(()), |row| {
        let name = if row.title.is_empty() { &row.key } else { &row.title };
        Err(Stop::new(format!(
            "the next tracker would not hold what was decided on \"{name}\"; nothing was changed: give -o another file"
        )))
    })
}

/// Writes a report for each route: Word, or a page where this build has no Word.
fn by_route(mut folder: Folder, screening: &ScreeningReport) -> Result<(), Stop> {
    for route in report::routes_concerned(screening) {
        let Some(document) = report::panel(screening, &route.id) else { continue };
        let (ending, bytes) = panel_file(&document)?;
        let name = route.id.rsplit('/').next().unwrap_or_default();
        folder.write(&format!("{name}.{ending}"), &bytes)?;
    }
    folder.finish()
}

#[cfg(feature = "office")]
fn panel_file(document: &Document) -> Result<(&'static str, Vec<u8>), Stop> {
    export::docx(document).map(|bytes| ("docx", bytes)).map_err(Stop::new)
}

#[cfg(not(feature = "office"))]
#[allow(clippy::unnecessary_wraps, reason = "as with the feature")]
fn panel_file(document: &Document) -> Result<(&'static str, Vec<u8>), Stop> {
    Ok(("html", export::html(document).into_bytes()))
}

fn read_tracker(path: &Path) -> Result<Tracker, Stop> {
    let input = Input::file(path)?;
    let table = read_table(&input.bytes, Tracker::COLUMNS).map_err(|e| input.stop(e))?;
    Tracker::from_table(&table).map_err(|e| input.stop(e))
}

fn changes(options: &ChangesOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("consult", &options.map).reads([&options.tracker]).reads(options.policy.file());
    let output = run.output(options.output.as_deref())?;
    let tracker = read_tracker(&options.tracker)?;
    let policy = options.policy.read()?;
    let map = run.map()?;
    let concepts = tlevel::concept::Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &policy).map_err(Stop::new)?;
    let (changes, notes) =
        consultation.agreed(&tracker).map_err(|e| Stop::new(format!("{}: {e}", options.tracker.display())))?;
    notes.iter().for_each(|note| run.say(note));
    if changes.changes.is_empty() {
        run.say("the tracker has no proposal with the decision \"agreed\"; the file has no changes");
    }
    run.count("changes", changes.changes.len());
    run.write(output, &output::json(&changes)?)
}

impl Shared {
    /// Starts on a map; the command also reads `file`.
    fn start<'o>(&self, map: &'o MapArgument, file: Option<&Path>) -> Result<(Run<'o>, Print), Stop> {
        let mut run = self.core.start("consult", map, file);
        let print = self.core.printer(&mut run)?;
        Ok((run, print))
    }

    /// Screens, and prints the result.
    fn screen(
        &self,
        mut run: Run<'_>,
        print: Print,
        screen: impl FnOnce(&Consultation<'_>, &Spinner) -> Result<Screening, Stop>,
    ) -> Result<Outcome, Stop> {
        let screening = self.screening(&mut run, screen)?;
        run.print(print, &screening, || report::consultation(&screening), self.full)
    }

    fn screening(
        &self,
        run: &mut Run<'_>,
        screen: impl FnOnce(&Consultation<'_>, &Spinner) -> Result<Screening, Stop>,
    ) -> Result<ScreeningReport, Stop> {
        let policy = self.core.policy()?;
        let map = run.map()?;
        let given = self.core.join.given(run, &map)?;
        let (known, concepts) = self.core.join.known(run, &map, &given, &policy)?;
        let consultation = run.step("prepare", "learning the clusters", || Consultation::new(&map, &concepts, &policy));
        let topics = &self.core.join.topics;
        let consultation = consultation.map_err(Stop::new)?.joining(self.core.join.threshold());
        let mut consultation = consultation.with_topics(topics.vocabulary()?, topics.decisions()?.0);
        if let Some((measure, topics)) = known {
            consultation = consultation.knowing(measure, topics);
        }
        let screening = run.watched("screen", "screening", |spinner| screen(&consultation, spinner))?;
        Ok(consultation.report(screening))
    }
}

/// The occupation in a file that holds exactly one.
fn one_occupation(path: &Path) -> Result<RawOccupation, Stop> {
    let input = Input::file(path)?;
    let found = tlevel::read::occupations(&input.bytes).map_err(|e| input.stop(e))?;
    let mut unused = Unused::default();
    unused.add(found.unused);
    unused.say(&input.name);
    let many = found.occupations.len();
    match found.occupations.into_iter().next() {
        Some(one) if many == 1 => Ok(one),
        _ => Err(input.stop(format!("holds {many} occupations, but one is screened at a time; give a file with one"))),
    }
}
