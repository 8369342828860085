//! `tlevel derive`: the programme of every pathway.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tlevel::concept::Concepts;
use tlevel::derive::{BranchName, Derivation, Grouping, Policy, Quorum};
use tlevel::map::Map;
use tlevel::text::{closest, name_key};

use super::input::Input;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, output, say};

/// Derive the T Level programme of every pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel derive                                       the bundled map
  tlevel derive --pathway onsite-construction         one pathway, in full
  tlevel derive standards.json --policy panel         shared by half is core
  tlevel derive map.json --concepts concepts.csv --quorum 2/3
  tlevel derive map.json --format json -o programmes.json")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// Only this pathway (its id, the end of its id, or its name); repeatable
    #[arg(long, value_name = "PATHWAY")]
    pathway: Vec<String>,
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
    /// The share of a pathway's occupations that makes core: 1, 0.6, 2/3
    #[arg(long, value_name = "SHARE")]
    quorum: Option<Quorum>,
    /// The share of a route's pathways that makes route core
    #[arg(long, value_name = "SHARE")]
    route_quorum: Option<Quorum>,
    /// How far below the need a near miss may be
    #[arg(long, value_name = "N")]
    near: Option<usize>,
    /// What makes a specialism: `unit`, `cluster`, `merged` or `merged=SHARE`
    /// (units that overlap by that share; 0.8 unless told)
    #[arg(long, value_name = "GROUPING", value_parser = grouping)]
    specialisms: Option<Grouping>,
    /// The date on which the policy's marks are judged, such as 2026-09
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Compare wordings only (the default for a map without judged concepts;
    /// the bundled map has some)
    #[arg(long, conflicts_with = "concepts")]
    exact: bool,
    /// Concepts judged by people: CSV with occupation, statement, concept, label
    /// (and also: further concepts that a bundle covers)
    #[arg(long, value_name = "FILE")]
    concepts: Option<PathBuf>,
    /// How to print the programmes
    #[arg(long, value_enum, default_value_t = DeriveFormat::Text)]
    format: DeriveFormat,
    /// List everything (text; a single --pathway is always listed in full)
    #[arg(long)]
    full: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DeriveFormat {
    Text,
    Json,
    Markdown,
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
    let progress = Progress::start();
    let mut stats = Stats::start("derive");
    let policy = policy(options)?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let wanted = wanted_pathways(options, &map)?;
    progress.step("joining statements");
    let concepts = concepts(options, &map, &mut stats)?;
    stats.count("concepts", concepts.len());
    progress.step("deriving programmes");
    let derived = stats.time("derive", || tlevel::derive(&map, &concepts, &policy));
    let mut derivation = derived.map_err(Stop::new)?;
    if !wanted.is_empty() {
        keep(&mut derivation, &wanted);
    }
    stats.count("programmes", derivation.programmes.len());
    let full = options.full || wanted.len() == 1;
    let result = stats.time("write", || match options.format {
        DeriveFormat::Text => {
            Ok(tlevel::write::programmes_text(&derivation, &super::layout(full, options.output.is_some())))
        }
        DeriveFormat::Markdown => Ok(tlevel::write::programmes_markdown(&derivation)),
        DeriveFormat::Json => output::json(&derivation),
    })?;
    progress.finish();
    // the other formats are read by people, and show it themselves
    let unseen = options.format == DeriveFormat::Json;
    for note in derivation.notes.iter().filter(|n| unseen && n.code == "policy-unmatched") {
        say(&format!("note: {}", note.message));
    }
    output::write(options.output.as_deref(), &result)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn policy(options: &Options) -> Result<Policy, Stop> {
    let mut policy = match options.policy.as_str() {
        "t-level" => Policy::t_level(),
        "panel" => Policy::panel(),
        file => {
            let path = Path::new(file);
            if !path.exists() && !file.contains(['.', '/', '\\']) {
                let hint =
                    closest(file, ["t-level", "panel"]).map_or_else(String::new, |p| format!("; did you mean {p}?"));
                return Err(Stop::new(format!("--policy {file}: neither a preset (t-level, panel) nor a file{hint}")));
            }
            let input = Input::file(path)?;
            Policy::from_json(input.text()?).map_err(|e| input.stop(e))?
        }
    };
    policy.pathway_quorum = options.quorum.unwrap_or(policy.pathway_quorum);
    policy.route_quorum = options.route_quorum.unwrap_or(policy.route_quorum);
    policy.near = options.near.unwrap_or(policy.near);
    policy.grouping = options.specialisms.unwrap_or(policy.grouping);
    policy.on = options.on.clone().or(policy.on);
    Ok(policy)
}

fn concepts(options: &Options, map: &Map, stats: &mut Stats) -> Result<Concepts, Stop> {
    let judged = match &options.concepts {
        Some(path) => Some(Input::file(path)?),
        None if options.exact => None,
        None => Input::bundled_concepts(&options.map),
    };
    let Some(input) = judged else { return Ok(stats.time("concepts", || Concepts::exact(map))) };
    let text = input.text()?;
    stats.time("concepts", || Concepts::from_csv(map, text)).map_err(|e| input.stop(e))
}

/// The ids of the pathways that were asked for.
fn wanted_pathways(options: &Options, map: &Map) -> Result<Vec<String>, Stop> {
    let mut ids = Vec::new();
    for wanted in &options.pathway {
        let key = name_key(wanted);
        let found: Vec<String> = match map.pathway(wanted) {
            Some(pathway) => vec![pathway.id().to_owned()],
            None => map
                .pathways()
                .filter(|p| name_key(p.name()) == key || p.id().ends_with(&format!("/{wanted}")))
                .map(|p| p.id().to_owned())
                .collect(),
        };
        if found.is_empty() {
            let names = map.pathways().flat_map(|p| [p.id(), p.name()]);
            let last_steps = map.pathways().filter_map(|p| p.id().rsplit('/').next());
            let hint = closest(wanted, names.chain(last_steps));
            let hint = hint.map_or_else(
                || "; run without --pathway to see the pathways".to_owned(),
                |p| format!("; did you mean \"{p}\"?"),
            );
            return Err(Stop::new(format!("--pathway \"{wanted}\": the map has no such pathway{hint}")));
        }
        ids.extend(found);
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

fn keep(derivation: &mut Derivation, wanted: &[String]) {
    let is_wanted = |pathway: &BranchName| wanted.contains(&pathway.id);
    derivation.programmes.retain(|p| is_wanted(&p.pathway));
    derivation.no_programme.retain(|p| is_wanted(&p.pathway));
    derivation.set_aside.clear();
}
