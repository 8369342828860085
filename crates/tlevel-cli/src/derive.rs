//! `tlevel derive`: the programme of every pathway.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tlevel::derive::{Derivation, Grouping, Holders, NoteCode, Policy, Quorum};
use tlevel::map::{BranchName, Map};
use tlevel::review::explain_named;
use tlevel::teaching::{TaughtProgrammes, taught_by};
use tlevel_report::document::Document;
use tlevel_report::report;

use super::decisions::{Decided, DecisionOptions};
use super::format::{Format, Print, PrintOptions};
use super::join::{JoinOptions, Joined};
use super::policy::PolicyOptions;
use super::run::Run;
use super::{MapArgument, Outcome, Stop, drafts, matrix, pathway};

/// Derive the T Level programme of every pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel derive                                 an overview of the bundled map
  tlevel derive --pathway onsite-construction   one programme, in full
  tlevel derive standards.json --policy panel --matrix who.html -o all.docx
  tlevel derive --policy panel --explain 'LARS82 K4'

Standard output shows an overview, with a line for each programme; --full prints
all of them. A file (-o) always holds all of them; CSV has a row for each item.

Core is what occupations share: by default topics, each with the elements that
two or more occupations have, and with --share statement single statements.
Statements that say the same are joined by score, as \"tlevel harmonise\" shows.
The bundled map comes with concepts that people judged, and shares statements.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// Only this pathway (its id, the end of its id, or its name); repeatable
    #[arg(long, value_name = "PATHWAY")]
    pathway: Vec<String>,
    #[command(flatten)]
    policy: PolicyOptions,
    /// How many occupations or pathways a near miss may lack
    #[arg(long, value_name = "N")]
    near: Option<usize>,
    /// What makes a specialism: `unit`, `cluster`, `merged` or `merged=SHARE`
    /// (units that overlap by that share, by default 0.8)
    #[arg(long, value_name = "GROUPING", value_parser = grouping)]
    specialisms: Option<Grouping>,
    #[command(flatten)]
    decisions: DecisionOptions,
    /// Use the policy's apprenticeship-only marks of this date, such as 2026-09
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    on: Option<String>,
    /// Only programmes that are taught by this date, such as 2022-09, with the plan
    /// by year
    #[arg(long, value_name = "DATE", value_parser = super::date, conflicts_with = "explain")]
    by: Option<String>,
    #[command(flatten)]
    join: JoinOptions,
    /// Show why an item is core or not: a concept's id, a statement such as
    /// "OCC0682 K10" (its topics too), or a topic's id or heading
    #[arg(long, value_name = "CONCEPT or TOPIC")]
    explain: Option<String>,
    /// Also write which occupation has which topic to a file (csv, html, svg,
    /// xlsx, docx, md, json); of the pathways of --pathway, or of all
    #[arg(long, value_name = "FILE", conflicts_with_all = ["explain", "drafts"])]
    matrix: Option<PathBuf>,
    /// Show what the drafts of an official file would change: which occupations
    /// have one, and what each programme would gain and lose
    #[arg(long, conflicts_with_all = ["decisions", "explain", "by"])]
    drafts: bool,
    #[command(flatten)]
    print: PrintOptions,
    /// Print every programme in full; by default standard output shows an
    /// overview, or the main parts of the programmes of --pathway (a single
    /// programme is in full unless its core is one of topics)
    #[arg(long)]
    full: bool,
}

fn grouping(text: &str) -> Result<Grouping, String> {
    match text.split_once('=') {
        None if text == "unit" => Ok(Grouping::Unit),
        None if text == "cluster" => Ok(Grouping::Cluster),
        None if text == "merged" => Ok(Grouping::Merged { overlap: Quorum::new(4, 5).map_err(|e| e.to_string())? }),
        Some(("merged", share)) => share
            .parse()
            .map(|overlap| Grouping::Merged { overlap })
            .map_err(|e: tlevel::derive::NotAQuorum| e.to_string()),
        _ => Err("expected unit, cluster, merged or merged=SHARE".to_owned()),
    }
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("derive", &options.map)
        .reads(options.policy.file())
        .reads(options.decisions.files())
        .reads(options.join.files());
    let print = run.printer(&options.print)?;
    let to_matrix = run.extra(options.matrix.as_deref())?.map(matrix::printer).transpose()?;
    let policy = options.join.policy(policy(options)?);
    let input = run.input()?;
    let map = run.check(&input)?.map;
    let wanted = wanted_pathways(options, &map)?;
    let is_one = wanted.len() == 1;
    if options.drafts {
        let drafts = drafts::drafts(&mut run, (&input, &map), (&options.join, &policy), &wanted)?;
        return run.print(print, &drafts, || report::drafts(&drafts), options.full || is_one);
    }
    let given = options.join.vectors.read(&mut run, &map)?;
    let (measure, topics) = options.join.measure(&mut run, &map, &given, &policy)?;
    let Joined { concepts, topics } = options.join.joined(&mut run, &measure, topics, &policy)?;
    run.count("concepts", concepts.len());
    run.count("topics", concepts.topics().len());
    let decided = options.decisions.derive(&mut run, &map, concepts, &policy, &wanted)?;
    let Decided { mut derivation, concepts, tiers, .. } = decided;
    if let Some(about) = &options.explain {
        let holders = Holders::new(&map, &concepts, &policy).map_err(Stop::new)?.with_decisions(tiers);
        let explained = explain_named(&measure, &concepts, topics.as_ref(), (&holders, &derivation), about);
        let explained = explained.map_err(|e| Stop::new(format!("--explain {e}; the ids are in --format json")))?;
        return run.print(print, &explained, || report::explained(&explained), options.full);
    }
    if !wanted.is_empty() {
        keep(&mut derivation, &wanted);
        // data say what they hold
        if let ([programme], false) = (&derivation.programmes[..], print.format == Format::Json)
            && let Some(stop) = pathway::without_statements(programme)
        {
            return Err(stop);
        }
    }
    if let Some(to_matrix) = to_matrix {
        let topics = topics.as_ref().ok_or_else(|| Stop::new(format!("--matrix: {}", matrix::NO_TOPICS)))?;
        matrix::write(&mut run, to_matrix, (&map, topics, &derivation), &wanted)?;
    }
    let by_topic = derivation.programmes.iter().any(|p| !p.topics.is_empty() || !p.near_topics.is_empty());
    let full = options.full || (is_one && !by_topic);
    let is_brief = print.is_for_the_terminal() && wanted.is_empty() && !full;
    if let Some(date) = &options.by {
        let taught = first_taught_by(&run, derivation, &map, date)?;
        let report = || if is_brief { report::taught_overview(&taught) } else { report::taught_programmes(&taught) };
        return show(run, print, &taught.derivation, &taught, report, full);
    }
    let report = || if is_brief { report::overview(&derivation) } else { report::programmes(&derivation) };
    show(run, print, &derivation, &derivation, report, full)
}

/// Prints programmes: as data, as one table, or as a report of them.
fn show(
    mut run: Run<'_>,
    print: Print,
    derivation: &Derivation,
    result: &impl Serialize,
    report: impl FnOnce() -> Document,
    full: bool,
) -> Result<Outcome, Stop> {
    run.count("programmes", derivation.programmes.len());
    // people read the other formats, which show the notes
    let unseen = print.format == Format::Json;
    for note in derivation.notes.iter().filter(|n| unseen && n.code == NoteCode::PolicyUnmatched) {
        run.say(&format!("note: {}", note.message));
    }
    if print.format.is_table() {
        return run.document(print, &report::programme_table(derivation), full);
    }
    run.print(print, result, report, full)
}

fn policy(options: &Options) -> Result<Policy, Stop> {
    let mut policy = options.policy.read()?;
    policy.near = options.near.unwrap_or(policy.near);
    policy.grouping = options.specialisms.unwrap_or(policy.grouping);
    policy.on = options.on.clone().or(policy.on);
    Ok(policy)
}

/// The ids of the pathways that were asked for.
fn wanted_pathways(options: &Options, map: &Map) -> Result<Vec<String>, Stop> {
    let mut ids = Vec::new();
    for wanted in &options.pathway {
        ids.extend(pathway::named(map, "--pathway", wanted)?);
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The programmes that are first taught by a date, with the plan.
fn first_taught_by(run: &Run<'_>, derivation: Derivation, map: &Map, date: &str) -> Result<TaughtProgrammes, Stop> {
    let taught = taught_by(map, derivation, date).map_err(|e| Stop::new(format!("--by: {e}")))?;
    let undated = taught.undated.len();
    if undated > 0 {
        let programmes = if undated == 1 { "programme" } else { "programmes" };
        run.say(&format!("note: left out: {undated} {programmes} without a date of first teaching on the map"));
    }
    Ok(taught)
}

fn keep(derivation: &mut Derivation, wanted: &[String]) {
    let is_wanted = |pathway: &BranchName| wanted.contains(&pathway.id);
    derivation.programmes.retain(|p| is_wanted(&p.pathway));
    derivation.no_programme.retain(|p| is_wanted(&p.pathway));
    derivation.set_aside.clear();
}
