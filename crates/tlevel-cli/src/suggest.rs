//! `tlevel suggest`: where new occupations belong.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tlevel::place::{NewOccupation, Placement, PlacementEvidence, Placer};
use tlevel::read::UnusedMember;
use tlevel_report::document::Document;
use tlevel_report::{Layout, export, report};

use super::format::{Format, Print, PrintOptions};
use super::input::Input;
use super::newcomers::{Newcomer, Newcomers};
use super::output::{Files, JsonList, Sink};
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop};

/// Suggest clusters for new occupations
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel suggest --title 'Solar panel installer' --level 3
  tlevel suggest map.json --new occupations.jsonl --top 3 --format json
  tlevel suggest map.json --new one.json --explain
  tlevel suggest map.json --save-index map.index
  tlevel suggest --index map.index --new occupations.jsonl --format json

--new reads occupations as JSON: one, a list, or one a line; or a map. Each has
at least one of title, job_titles, keywords, overview, statements and duties:
  {\"title\": \"Solar panel installer\", \"level\": 3,
   \"knowledge\": [\"...\"], \"skills\": [\"...\"], \"behaviours\": [\"...\"]}
Statements that are plain texts are read as skills, \"Level 3\" as 3. Members that
are not known are reported, and not used.

A saved index spares the reading of the map; it holds for one version of this
program.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The occupations to place
    #[arg(long, value_name = "FILE", conflicts_with_all = ["title", "level", "text"], required_unless_present_any = ["title", "text", "save_index"])]
    new: Option<PathBuf>,
    /// The title of one occupation to place
    #[arg(long)]
    title: Option<String>,
    /// Its level, 2 to 7
    #[arg(long, value_parser = clap::value_parser!(i64).range(2..=7))]
    level: Option<i64>,
    /// A text about it: a line for each statement
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Use an index that was saved, instead of a map
    #[arg(long, value_name = "FILE", conflicts_with = "map")]
    index: Option<PathBuf>,
    /// Save the index of the map, for later runs
    #[arg(long, value_name = "FILE", conflicts_with = "index")]
    save_index: Option<PathBuf>,
    /// How many clusters to suggest for each
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Show everything that speaks for each suggestion, and against it
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    print: PrintOptions,
}

#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    placement: Placement,
    explanations: Vec<PlacementEvidence>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files =
        Files::read([options.map.file(), options.new.as_deref(), options.text.as_deref(), options.index.as_deref()]);
    let has_new = options.new.is_some() || options.title.is_some() || options.text.is_some();
    let print = if has_new { Some(options.print.open(&mut files)?) } else { None };
    let index = files.extra(options.save_index.as_deref())?;
    let progress = Progress::start();
    let mut stats = Stats::start("suggest");
    let placer = placer(options, &progress, &mut stats)?;
    if let Some(output) = index {
        output.write_bytes(&placer.save())?;
    }
    if let (Some(mut new), Some(print)) = (newcomers(options)?, print) {
        progress.step("placing occupations");
        let many = match print.format {
            Format::Text | Format::Json => {
                let (format, layout) = (print.format, print.layout(options.explain));
                let part = |part| said(options, format, &placer, part, &layout);
                let mut sink = print.output.open()?;
                let many = stats.time("suggest", || place(format, part, &mut new, &mut sink, &progress))?;
                sink.finish()?;
                many
            }
            // a document is written when it is whole
            _ => stats.time("suggest", || place_in_document(options, &placer, &mut new, print, &progress))?,
        };
        stats.count("placed", many);
        progress.finish();
        new.say_unused();
    }
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// Of the index that was saved, or of the map.
fn placer(options: &Options, progress: &Progress, stats: &mut Stats) -> Result<Placer, Stop> {
    if let Some(path) = &options.index {
        progress.step("loading the index");
        let input = Input::file(path)?;
        return stats.time("load", || Placer::load(&input.bytes)).map_err(|e| input.stop(e));
    }
    let map = Input::map(&options.map)?.checked(progress, stats)?.map;
    progress.step("learning the clusters");
    Ok(stats.time("build", || Placer::new(&map)))
}

/// Those to place; None where only an index is wanted.
fn newcomers(options: &Options) -> Result<Option<Newcomers>, Stop> {
    if let Some(path) = &options.new {
        return Newcomers::open(path).map(Some);
    }
    if options.title.is_none() && options.text.is_none() {
        return Ok(None);
    }
    let mut new = NewOccupation::titled(options.title.clone().unwrap_or_default().trim());
    new.level = options.level;
    if let Some(path) = &options.text {
        let input = Input::file(path)?;
        let lines = input.text()?.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        new.statements = lines.map(str::to_owned).collect();
    }
    if new.title.is_empty() && new.statements.is_empty() {
        let empty = if options.text.is_some() { "--text: the file is empty" } else { "--title: the title is empty" };
        return Err(Stop::new(format!("{empty}; give a title, or a text about the occupation")));
    }
    Ok(Some(Newcomers::one(new)))
}

/// Places all, batch by batch; how many there were.
fn place(
    format: Format,
    part: impl Fn(Vec<Newcomer>) -> Result<Said, String> + Send + Sync,
    new: &mut Newcomers,
    sink: &mut Sink,
    progress: &Progress,
) -> Result<usize, Stop> {
    let mut list = JsonList::default();
    let (mut many, mut begun) = (0, false);
    while sink.is_wanted() {
        let batch = new.next_batch()?;
        if batch.is_empty() {
            break;
        }
        let texts = by_parts(batch, &part);
        // all of a batch or nothing
        let texts = texts.into_iter().collect::<Result<Vec<Said>, String>>().map_err(|message| new.stop(&message))?;
        for Said { text, placed, unused } in texts {
            many += placed;
            new.note(unused);
            if placed == 0 {
                continue;
            }
            if format == Format::Json {
                list.write(&text, sink)?;
            } else {
                sink.write(if std::mem::replace(&mut begun, true) { b"\n" } else { b"" })?;
                sink.write(text.as_bytes())?;
            }
        }
        progress.at(new.progress());
    }
    if format == Format::Json {
        list.finish(sink)?;
    }
    Ok(many)
}

/// How many are placed by one thread at a time.
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

/// What is printed of some.
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
    let text = if format == Format::Json {
        data(options, placer, &new)?
    } else {
        let shown = |document: Document| export::terminal(&document, layout);
        documents(options, placer, &new).map(shown).collect::<Vec<_>>().join("\n")
    };
    Ok(Said { text, placed: new.len(), unused })
}

/// The occupations of a part, and the members of them that are not used.
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
    let explained = new.iter().zip(placements).map(|(new, placement)| explained(placer, new, placement));
    JsonList::lines(&explained.collect::<Vec<_>>())
}

/// A report for each occupation.
fn documents(options: &Options, placer: &Placer, new: &[NewOccupation]) -> impl Iterator<Item = Document> {
    let placements = placer.suggest_all(new, options.top);
    new.iter().zip(placements).map(|(new, placement)| {
        let Explained { placement, explanations } = explained(placer, new, placement);
        report::placement(new, &placement, &explanations)
    })
}

/// Places all in one document; how many there were.
fn place_in_document(
    options: &Options,
    placer: &Placer,
    new: &mut Newcomers,
    print: Print,
    progress: &Progress,
) -> Result<usize, Stop> {
    let mut reports = Vec::new();
    loop {
        let batch = new.next_batch()?;
        if batch.is_empty() {
            break;
        }
        let (occupations, unused) = occupations(batch).map_err(|message| new.stop(&message))?;
        new.note(unused);
        reports.extend(documents(options, placer, &occupations));
        progress.at(new.progress());
    }
    let many = reports.len();
    print.document(&Document::gathered("Clusters for new occupations", reports), options.explain)?;
    Ok(many)
}

fn explained(placer: &Placer, new: &NewOccupation, placement: Placement) -> Explained {
    let clusters = placement.suggestions.iter().map(|s| s.cluster.as_str());
    let explanations = clusters.filter_map(|cluster| placer.explain(new, cluster)).collect();
    Explained { placement, explanations }
}
