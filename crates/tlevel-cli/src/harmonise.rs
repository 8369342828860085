//! `tlevel harmonise`: statements that say the same, joined into concepts.

use std::path::PathBuf;

use clap::Args;
use tlevel::derive::Holders;
use tlevel::harmonise::{Harmony, Measure, Uncertain, review_csv, uncertain};
use tlevel::map::Pathway;
use tlevel_report::report;

use super::format::PrintOptions;
use super::input::Input;
use super::join::ScoreOptions;
use super::output::Files;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, policy};

/// Join statements that say the same into concepts, under themes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel harmonise standards.json               what is joined, to read
  tlevel harmonise standards.json --format json with every link and its reasons
  tlevel harmonise standards.json -o concepts.xlsx
  tlevel harmonise standards.json --review review.csv
        the pairs that a person should decide, those that would change a core
        first; fill in the column \"decision\" (same, different, preferred), then
  tlevel derive standards.json --ledger review.csv

Exit status: 0 done; 2 could not go on, as for decisions that contradict.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    score: ScoreOptions,
    /// Write the uncertain pairs as a ledger to fill in
    #[arg(long, value_name = "OUT.csv")]
    review: Option<PathBuf>,
    /// The policy whose cores the review looks at
    #[arg(long, value_name = "FILE or NAME", default_value = "panel")]
    policy: String,
    /// List everything (text)
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read([
        options.map.file(),
        options.score.ledger.as_deref(),
        options.review.as_ref().and_then(|_| policy::file(&options.policy)),
    ]);
    let print = options.print.open(&mut files)?;
    let to_review = files.extra(options.review.as_deref())?;
    let progress = Progress::start();
    let mut stats = Stats::start("harmonise");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    progress.step("weighing words");
    let measure = stats.time("weigh", || Measure::new(&map));
    progress.step("joining statements");
    let harmony = options.score.harmonise(&measure, false, &mut stats)?;
    stats.count("concepts", harmony.concepts().len());
    stats.count("themes", harmony.concepts().themes().len());
    if let Some(output) = to_review {
        progress.step("choosing what to review");
        let review = stats.time("review", || review(options, &measure, &harmony))?;
        output.write(&review)?;
    }
    let result = stats.time("report", || harmony.report(&measure));
    progress.finish();
    print.result(&result, || report::concepts(&result), options.full)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// The uncertain pairs, those first whose decision would change most cores.
fn review(options: &Options, measure: &Measure<'_>, harmony: &Harmony) -> Result<String, Stop> {
    let concepts = harmony.concepts();
    let policy = policy::read(&options.policy)?;
    let holders = Holders::new(measure.map(), concepts, &policy).map_err(Stop::new)?;
    let change = |u: &Uncertain| -> Vec<Pathway<'_>> {
        let (a, b) = (concepts.of(u.pair.a)[0], concepts.of(u.pair.b)[0]);
        if u.joined {
            let lost = [u.pair.a, u.pair.b].map(|s| holders.lost_without(a, &[s]));
            let [mut one, other] = lost;
            one.extend(other);
            one.sort_by_key(|p| p.index());
            one.dedup();
            one
        } else {
            holders.gained_by_joining(a, b)
        }
    };
    let mut rows: Vec<(Uncertain, usize, String)> = Vec::new();
    for pair in uncertain(measure, harmony) {
        let pathways = change(&pair);
        let names: Vec<&str> = pathways.iter().map(|p| p.name()).collect();
        let effect = match (names.is_empty(), pair.joined) {
            (true, _) => String::new(),
            (false, true) => format!("\"different\" may take it out of the core of {}", names.join("; ")),
            (false, false) => format!("\"same\" puts it into the core of {}", names.join("; ")),
        };
        rows.push((pair, pathways.len(), effect));
    }
    // stable: within each, the least sure first
    rows.sort_by_key(|(_, changed, _)| std::cmp::Reverse(*changed));
    Ok(review_csv(measure, rows.iter().map(|(pair, _, effect)| (pair, effect.as_str()))))
}
