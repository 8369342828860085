//! `tlevel diff`: what differs between two maps, and the effect on the programmes.

use std::path::PathBuf;

use clap::Args;
use tlevel::change::{Scope, diff_with_effects_within, to_changes};
use tlevel::map::Map;
use tlevel_report::report;

use super::format::PrintOptions;
use super::input::Input;
use super::join::JoinOptions;
use super::run::Run;
use super::{Outcome, Stop, output, pathway, policy};

/// Compare two maps: what differs, and the effect on programmes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel diff old.json new.json
  tlevel diff old.json new.json --policy panel --full
  tlevel diff old.json new.json --route digital --pathway onsite-construction
  tlevel diff old.json new.json --changes changes.json    for tlevel whatif

An occupation under another id counts as the same if its occupation code or its
standard is the same, or else its title and level. It is listed as recoded.

The statements of each map are joined separately, so a few may be joined with
other statements even where nothing changed; such effects say so. With --exact
only equal wordings are joined, and this cannot happen.

Exit status: 0 no difference; 1 a difference; 2 failed.")]
pub(crate) struct Options {
    /// The old map, in any format that the program reads; `-` for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new map
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Only this route of both maps (its id or its name); repeatable
    #[arg(long, value_name = "ROUTE")]
    route: Vec<String>,
    /// Only this pathway of both maps (its id, the end of its id, or its name);
    /// repeatable
    #[arg(long, value_name = "PATHWAY")]
    pathway: Vec<String>,
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
    /// The new map's policy, if it differs
    #[arg(long, value_name = "FILE or NAME")]
    new_policy: Option<String>,
    #[command(flatten)]
    join: JoinOptions,
    /// Write the changes that turn OLD into NEW, for `tlevel whatif OLD FILE`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["route", "pathway"])]
    changes: Option<PathBuf>,
    #[command(flatten)]
    print: PrintOptions,
    /// List everything; by default text cuts long lists
    #[arg(long)]
    full: bool,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::on("diff", Some(&options.old), options.stats)
        .reads([options.new.as_path()])
        .reads(policy::file(&options.policy))
        .reads(options.new_policy.as_deref().and_then(policy::file))
        .reads(options.join.files());
    let print = run.printer(&options.print)?;
    let to_changes_file = run.extra(options.changes.as_deref())?;
    let policy_old = options.join.policy(policy::read(&options.policy)?);
    let policy_new = options
        .new_policy
        .as_ref()
        .map_or_else(|| Ok(policy_old.clone()), |name| policy::read(name).map(|policy| options.join.policy(policy)))?;
    if options.old.as_os_str() == "-" && options.new.as_os_str() == "-" {
        return Err(Stop::new("only one of the two maps can be standard input; give a file for the other"));
    }
    let (old_input, new_input) = (Input::map(Some(&options.old))?, Input::map(Some(&options.new))?);
    let (old, new) = (run.check(&old_input)?.map, run.check(&new_input)?.map);
    let scope = scope(options, &old, &new)?;
    if let Some(output) = to_changes_file {
        let proposal = to_changes(&old, &new);
        output.write(&output::json(&proposal.changes)?)?;
        proposal.left_out.iter().for_each(|left_out| run.say(&format!("note: not among the changes: {left_out}")));
    }
    let old_concepts = run.concepts(&old, &options.join, &policy_old)?;
    let new_concepts = run.concepts(&new, &options.join, &policy_new)?;
    let (before, after) = ((&old, &old_concepts), (&new, &new_concepts));
    let difference =
        run.step("compare", "comparing", || diff_with_effects_within(before, after, &policy_old, &policy_new, &scope));
    let difference = difference.map_err(Stop::new)?.of_files(&old_input.name, &new_input.name);
    run.print(print, &difference, || report::difference(&difference), options.full)?;
    Ok(if difference.is_empty() { Outcome::Done } else { Outcome::Findings })
}

/// The pathways that the options name, on either map.
fn scope(options: &Options, old: &Map, new: &Map) -> Result<Scope, Stop> {
    if options.route.is_empty() && options.pathway.is_empty() {
        return Ok(Scope::default());
    }
    let mut ids = Vec::new();
    for (option, named, wanted) in [
        ("--route", &pathway::of_route as &dyn Fn(&Map, &str, &str) -> Result<Vec<String>, Stop>, &options.route),
        ("--pathway", &pathway::named, &options.pathway),
    ] {
        for wanted in wanted {
            match (named(old, option, wanted), named(new, option, wanted)) {
                (Ok(of_old), Ok(of_new)) => ids.extend(of_old.into_iter().chain(of_new)),
                (Ok(found), Err(_)) | (Err(_), Ok(found)) => ids.extend(found),
                (Err(of_old), Err(_)) => return Err(of_old),
            }
        }
    }
    Ok(Scope::pathways(ids))
}
