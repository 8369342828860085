//! `tlevel study misfits`: occupations that are nearer to another cluster.

use std::fmt::Write as _;

use clap::Args;
use tlevel::place::Placer;
use tlevel::study::{Misfit, MisfitStudy, misfit};

use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop, output};
use super::parts::PartsOptions;
use super::{TableFormat, table};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study misfits                              the bundled map
  tlevel study misfits map.json --rounds 1000 --format csv
  tlevel study misfits map.json --parts work --shard 2/8

The gain is by how much the other cluster scores more, the occupation left out;
stable says how often it does when the statements are drawn anew.")]
pub(crate) struct MisfitsOptions {
    #[command(flatten)]
    map: MapArgument,
    /// How often the statements of each are drawn anew
    #[arg(long, value_name = "N", default_value_t = 100)]
    rounds: usize,
    /// What the draws follow from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    parts: PartsOptions,
    /// How to print them
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

/// Occupations a part.
const PART: usize = 32;

pub(crate) fn run(options: &MisfitsOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file()]);
    let output = files.output(None)?;
    let progress = Progress::start();
    let mut stats = Stats::start("study misfits");
    let input = Input::map(&options.map)?;
    let map = input.checked(&progress, &mut stats)?.map;
    progress.step("learning the clusters");
    let placer = stats.time("build", || Placer::new(&map));
    progress.step("asking for each occupation");
    let asked = placer.len();
    let made_from = input.made_from(&format!("misfits rounds {} seed {}", options.rounds, options.seed));
    let found = stats.time("study", || {
        options.parts.run(asked.div_ceil(PART), &made_from, &progress, |part| {
            let numbers: Vec<usize> = (part * PART..asked.min((part + 1) * PART)).collect();
            Ok(each(&numbers, |number| misfit(&placer, &map, number, options.rounds, options.seed)))
        })
    })?;
    progress.finish();
    if let Some(found) = found {
        let misfits = found.into_iter().flatten().flatten().collect();
        let study = MisfitStudy::new(options.rounds, options.seed, asked, misfits);
        let text = match options.format {
            TableFormat::Text => text(&study),
            TableFormat::Csv => csv(&study),
            TableFormat::Json => output::json(&study)?,
        };
        output.write(&text)?;
    }
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn each<R: Send>(numbers: &[usize], of: impl Fn(usize) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        numbers.par_iter().map(|&number| of(number)).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        numbers.iter().map(|&number| of(number)).collect()
    }
}

fn text(study: &MisfitStudy) -> String {
    let mut text = format!(
        "{} of {} occupations are nearer to another cluster\n\n  gain  stable  own place\n",
        study.misfits.len(),
        study.asked
    );
    for Misfit { title, cluster, nearer, gain, rank, stability, alone, evidence, nearest, .. } in &study.misfits {
        let stable = stability.map_or_else(|| "-".to_owned(), |share| format!("{:.0}%", share * 100.0));
        let alone = if *alone { ", alone there" } else { "" };
        let words: Vec<&str> = evidence.iter().map(|share| share.term.as_str()).take(5).collect();
        let near: Vec<String> = nearest.iter().take(2).map(|n| format!("{} ({:.2})", n.title, n.score)).collect();
        let _ = writeln!(text, "{gain:>6.2}{stable:>8}{rank:>6}       {}", clipped(title, 52));
        let _ = writeln!(text, "        from {}{alone}", clipped(cluster, 66 - alone.len()));
        let _ = writeln!(text, "        to   {}", clipped(nearer, 66));
        let _ = writeln!(text, "        for it {}", clipped(&words.join(", "), 64));
        let _ = writeln!(text, "        near {}", clipped(&near.join("; "), 66));
    }
    text
}

/// A text of at most so many characters.
fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{kept}...")
}

fn csv(study: &MisfitStudy) -> String {
    let head = ["occupation", "title", "cluster", "nearer", "gain", "own_place", "stability", "alone"];
    let row = |m: &Misfit| {
        let stability = m.stability.map_or_else(String::new, |share| share.to_string());
        let figures = [m.gain.to_string(), m.rank.to_string(), stability, m.alone.to_string()];
        [m.occupation.clone(), m.title.clone(), m.cluster.clone(), m.nearer.clone()]
            .into_iter()
            .chain(figures)
            .collect()
    };
    table::csv([head.map(str::to_owned).to_vec()].into_iter().chain(study.misfits.iter().map(row)))
}
