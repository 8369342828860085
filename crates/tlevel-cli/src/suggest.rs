//! `tlevel suggest`: where new occupations belong.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::place::{ExplainedPlacement, NewOccupation, Placer, TitleList};
use tlevel::read::UnusedMember;
use tlevel_report::document::Document;
use tlevel_report::{Layout, export, report};

use super::format::{Format, Print, PrintOptions};
use super::input::Input;
use super::meaning::MeaningOptions;
use super::newcomers::{Newcomer, Newcomers};
use super::output::{JsonList, Sink};
use super::run::Run;
use super::spinner::Spinner;
use super::{MapArgument, Outcome, Stop};

/// Suggest clusters for new occupations
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel suggest 'Solar panel installer' --level 3
  tlevel suggest --title Roofer --text 'Fix tiles and slates' --explain
  tlevel suggest map.json --new occupations.jsonl --titles coding-index.csv
  tlevel suggest map.json --save-index map.index

If the map has an occupation of that title or job title, its cluster comes
first. Abbreviations of the field (HGV, UX, SEN) are read in
full, and plumber and plumbing, or colour and color, as one word.

--new reads occupations as JSON: one, a list, or one a line; or a map. Each has
at least one of title, job_titles, keywords, overview, statements and duties:
  {\"title\": \"Solar panel installer\", \"level\": 3,
   \"knowledge\": [\"...\"], \"skills\": [\"...\"], \"behaviours\": [\"...\"]}
Statements that are plain texts are read as skills, and \"Level 3\" as 3. Unknown
members are reported and not used. It also reads a table (CSV or a workbook)
with the column title, and any of id, level, job_titles (with semicolons between
them) and text; and plain lines, each of which is a title.

--titles reads a table with the column title, and one of these: occupation (an
id or a title of the map), cluster (an id or a name), soc (a code, which means
the clusters of the titles with that code that the map knows). A title on the
list counts as much as a job title on the map.

With a saved index (--index map.index) the map need not be read. An index works
only with the version of this program that saved it.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The title of one occupation to place, as --title
    #[arg(value_name = "TITLE", conflicts_with_all = ["new", "title"])]
    called: Option<String>,
    /// The occupations to place
    #[arg(long, value_name = "FILE", conflicts_with_all = ["title", "level", "text", "text_file"])]
    new: Option<PathBuf>,
    /// The title of one occupation to place
    #[arg(long)]
    title: Option<String>,
    /// Its level, 2 to 7
    #[arg(long, value_parser = clap::value_parser!(i64).range(2..=7))]
    level: Option<i64>,
    /// Titles and where they belong: a table such as a coding index
    #[arg(long, value_name = "FILE")]
    titles: Option<PathBuf>,
    /// What it is about, in words, with a line for each statement
    #[arg(long, value_name = "TEXT", conflicts_with = "text_file")]
    text: Option<String>,
    /// A file with such a text
    #[arg(long, value_name = "FILE")]
    text_file: Option<PathBuf>,
    /// Use a saved index instead of a map
    #[arg(long, value_name = "FILE", conflicts_with_all = ["vectors", "words_only"])]
    index: Option<PathBuf>,
    /// Save the index of the map, for later runs
    #[arg(long, value_name = "FILE", conflicts_with = "index")]
    save_index: Option<PathBuf>,
    /// How many clusters to suggest for each
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Show all the evidence for and against each suggestion
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    meaning: MeaningOptions,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(given: &Options) -> Result<Outcome, Stop> {
    let options = &given.with_title()?;
    let mut run = Run::start("suggest", &options.map)
        .reads(options.meaning.files())
        .reads(options.new.as_deref())
        .reads(options.text_file())
        .reads(options.index.as_deref())
        .reads(options.titles.as_deref());
    let about = options.text.is_some() || options.text_file.is_some();
    let print = if about || options.new.is_some() || options.title.is_some() {
        Some(run.printer(&options.print)?)
    } else {
        None
    };
    let index = run.extra(options.save_index.as_deref())?;
    let mut placer = placer(&mut run, options)?;
    if let Some(path) = &options.titles {
        placer = with_titles(&run, placer, path)?;
    }
    if let Some(output) = index {
        output.write_bytes(&placer.save())?;
    }
    if let (Some(mut new), Some(print)) = (newcomers(&run, options)?, print) {
        let many = run.watched("suggest", "placing occupations", |spinner| match print.format {
            Format::Text | Format::Json | Format::Csv => {
                let (format, layout) = (print.format, print.layout(options.explain));
                let part = |part| said(options, format, &placer, part, &layout);
                let mut sink = print.output.open()?;
                let many = place(format, part, &mut new, &mut sink, spinner)?;
                sink.finish().map(|()| many)
            }
            // a document is written whole
            _ => place_in_document(options, &placer, &mut new, print, spinner),
        })?;
        run.count("placed", many);
        run.say_all(|| new.say_unused());
    }
    Ok(run.finish())
}

impl Options {
    /// The same with the title that was given as an argument: after the map, or alone if
    /// it can be no file.
    fn with_title(&self) -> Result<Self, Stop> {
        let mut options = self.clone();
        let has_what = self.new.is_some() || self.title.is_some() || self.text.is_some() || self.text_file.is_some();
        if self.called.is_some() || !(has_what || self.save_index.is_some()) {
            options.title = options.map.or_title(self.called.as_deref());
            if options.title.is_none() {
                return Err(Stop::new(
                    "nothing to place; give a title (--title Plumber), a text (--text) or a file (--new)",
                ));
            }
        }
        if let (Some(map), Some(index)) = (&options.map.map, &self.index) {
            let (map, index) = (map.display(), index.display());
            return Err(Stop::new(format!("the index {index} takes the place of a map; leave out {map}, or --index")));
        }
        Ok(options)
    }

    /// The file with a text about the occupation. For one release, a file given to
    /// `--text`, which used to take a file, is still read.
    fn text_file(&self) -> Option<&Path> {
        let given = self.text.as_deref().map(Path::new).filter(|path| path.is_file());
        self.text_file.as_deref().or(given)
    }
}

/// The placer of the saved index, or of the map.
fn placer(run: &mut Run<'_>, options: &Options) -> Result<Placer, Stop> {
    if let Some(path) = &options.index {
        let input = Input::file(path)?;
        return run.step("load", "loading the index", || Placer::load(&input.bytes)).map_err(|e| input.stop(e));
    }
    let map = run.map()?;
    let given = options.meaning.read(run, &map)?;
    Ok(run.step("build", "learning the clusters", || given.placer(&map)))
}

/// How many rows of a list of titles that are not used are reported one by one.
const UNUSED: usize = 10;

/// The placer with the titles in a file, and a note on each row that is not used.
fn with_titles(run: &Run<'_>, placer: Placer, path: &Path) -> Result<Placer, Stop> {
    let input = Input::file(path)?;
    let list = TitleList::from_table(&input.table(TitleList::COLUMNS)?).named(&input.name);
    let (placer, unused) = placer.with_titles(&list);
    if let Some(first) = unused.first().filter(|_| unused.len() == list.len()) {
        return Err(input.stop(format!("no title belongs to an occupation or cluster of the map; {first}")));
    }
    for title in unused.iter().take(UNUSED) {
        run.say(&format!("note: {}: {title}; the row is not used", input.name));
    }
    if unused.len() > UNUSED {
        run.say(&format!("note: {}: {} more rows are not used", input.name, unused.len() - UNUSED));
    }
    Ok(placer)
}

/// The occupations to place; `None` if only an index is wanted.
fn newcomers(run: &Run<'_>, options: &Options) -> Result<Option<Newcomers>, Stop> {
    if let Some(path) = &options.new {
        return Newcomers::open(path).map(Some);
    }
    if options.title.is_none() && options.text.is_none() && options.text_file.is_none() {
        return Ok(None);
    }
    let mut new = NewOccupation::titled(options.title.clone().unwrap_or_default().trim());
    new.level = options.level;
    let lines = |text: &str| -> Vec<String> {
        let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    if let Some(path) = options.text_file() {
        if options.text.is_some() {
            let path = path.display();
            run.say(&format!("hint: {path} was read as a file; --text takes the text itself, and --text-file a file"));
        }
        new.statements = lines(Input::file(path)?.text()?);
    } else if let Some(text) = &options.text {
        new.statements = lines(text);
    }
    if new.title.is_empty() && new.statements.is_empty() {
        let empty = match (options.text_file(), &options.text) {
            (Some(_), _) => "--text-file: the file is empty",
            (None, Some(_)) => "--text: the text is empty",
            (None, None) => "--title: the title is empty",
        };
        return Err(Stop::new(format!("{empty}; give a title, or a text about the occupation")));
    }
    Ok(Some(Newcomers::one(new)))
}

/// Places all occupations, batch by batch, and returns how many there were.
fn place(
    format: Format,
    part: impl Fn(Vec<Newcomer>) -> Result<Said, String> + Send + Sync,
    new: &mut Newcomers,
    sink: &mut Sink,
    spinner: &Spinner,
) -> Result<usize, Stop> {
    let mut list = JsonList::default();
    let (mut many, mut begun) = (0, false);
    while sink.is_wanted() {
        let batch = new.next_batch()?;
        if batch.is_empty() {
            break;
        }
        let texts = by_parts(batch, &part);
        // a batch is written whole or not at all
        let texts = texts.into_iter().collect::<Result<Vec<Said>, String>>().map_err(|message| new.stop(&message))?;
        for Said { text, placed, unused } in texts {
            many += placed;
            new.note(unused);
            if placed == 0 {
                continue;
            }
            if format == Format::Json {
                list.write(&text, sink)?;
            } else if format == Format::Csv {
                // only the first part has the heading row
                let rows = text.split_once('\n').map_or("", |(_, rows)| rows);
                let is_first = !std::mem::replace(&mut begun, true);
                sink.write(if is_first { text.as_bytes() } else { rows.as_bytes() })?;
            } else {
                sink.write(if std::mem::replace(&mut begun, true) { b"\n" } else { b"" })?;
                sink.write(text.as_bytes())?;
            }
        }
        spinner.at(new.progress());
    }
    if format == Format::Json {
        list.finish(sink)?;
    }
    Ok(many)
}

/// How many occupations one thread places at a time.
const PART: usize = 256;

/// The results for each part of a batch, in order.
fn by_parts<R: Send>(mut batch: Vec<Newcomer>, each: impl Fn(Vec<Newcomer>) -> R + Send + Sync) -> Vec<R> {
    let mut parts = Vec::new();
    while !batch.is_empty() {
        let rest = batch.split_off(batch.len().min(PART));
        parts.push(std::mem::replace(&mut batch, rest));
    }
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        parts.into_par_iter().map(each).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        parts.into_iter().map(each).collect()
    }
}

/// The output for a part of the occupations.
struct Said {
    text: String,
    placed: usize,
    unused: Vec<UnusedMember>,
}

fn said(
    options: &Options,
    format: Format,
    placer: &Placer,
    part: Vec<Newcomer>,
    layout: &Layout,
) -> Result<Said, String> {
    let (new, unused) = occupations(part)?;
    let text = match format {
        Format::Json => data(options, placer, &new)?,
        Format::Csv => table(options, placer, &new),
        _ => {
            let shown = |document: Document| export::terminal(&document, layout);
            documents(options, placer, &new).map(shown).collect::<Vec<_>>().join("\n")
        }
    };
    Ok(Said { text, placed: new.len(), unused })
}

/// The occupations of a part, and their unused members.
fn occupations(part: Vec<Newcomer>) -> Result<(Vec<NewOccupation>, Vec<UnusedMember>), String> {
    let (mut new, mut unused) = (Vec::with_capacity(part.len()), Vec::new());
    for newcomer in part {
        let (occupations, members) = newcomer.read()?;
        new.extend(occupations);
        unused.extend(members);
    }
    Ok((new, unused))
}

/// The placements as JSON.
fn data(options: &Options, placer: &Placer, new: &[NewOccupation]) -> Result<String, String> {
    let placements = placer.suggest_all(new, options.top);
    if !options.explain {
        return JsonList::lines(&placements);
    }
    let explained = new.iter().zip(placements).map(|(new, placement)| placer.explained(new, placement));
    JsonList::lines(&explained.collect::<Vec<_>>())
}

/// The placements as CSV.
fn table(options: &Options, placer: &Placer, new: &[NewOccupation]) -> String {
    let placements = placer.suggest_all(new, options.top);
    let rows = new.iter().zip(&placements).map(|(new, placement)| (new, placement, &[][..]));
    export::csv(&report::placement_table(rows))
}

/// A report for each occupation.
fn documents(options: &Options, placer: &Placer, new: &[NewOccupation]) -> impl Iterator<Item = Document> {
    let placements = placer.suggest_all(new, options.top);
    new.iter().zip(placements).map(|(new, placement)| {
        let ExplainedPlacement { placement, explanations, .. } = placer.explained(new, placement);
        report::placement(new, &placement, &explanations)
    })
}

/// Takes all occupations in turn, some at a time.
fn each_batch(new: &mut Newcomers, spinner: &Spinner, mut place: impl FnMut(Vec<NewOccupation>)) -> Result<(), Stop> {
    loop {
        let batch = new.next_batch()?;
        if batch.is_empty() {
            return Ok(());
        }
        let (occupations, unused) = occupations(batch).map_err(|message| new.stop(&message))?;
        new.note(unused);
        place(occupations);
        spinner.at(new.progress());
    }
}

/// Places all occupations in one document, and returns how many there were.
fn place_in_document(
    options: &Options,
    placer: &Placer,
    new: &mut Newcomers,
    print: Print,
    spinner: &Spinner,
) -> Result<usize, Stop> {
    if print.format == Format::Parquet {
        return place_in_table(options, placer, new, print, spinner);
    }
    let mut reports = Vec::new();
    each_batch(new, spinner, |occupations| reports.extend(documents(options, placer, &occupations)))?;
    let many = reports.len();
    print.document(&Document::gathered("Clusters for new occupations", reports), options.explain)?;
    Ok(many)
}

/// Places all occupations in one table, and returns how many there were.
fn place_in_table(
    options: &Options,
    placer: &Placer,
    new: &mut Newcomers,
    print: Print,
    spinner: &Spinner,
) -> Result<usize, Stop> {
    let (mut all, mut placements) = (Vec::new(), Vec::new());
    each_batch(new, spinner, |occupations| {
        placements.extend(placer.suggest_all(&occupations, options.top));
        all.extend(occupations);
    })?;
    let rows = all.iter().zip(&placements).map(|(new, placement)| (new, placement, &[][..]));
    print.document(&report::placement_table(rows), true)?;
    Ok(all.len())
}
