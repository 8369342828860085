//! `tlevel whatif`: what proposed changes would do.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use tlevel::change::{Changes, apply, carry_over_joined, diff_with_effects};
use tlevel::check::{Finding, Severity};
use tlevel_report::report;

use super::format::PrintOptions;
use super::input::Input;
use super::join::JoinOptions;
use super::output::Files;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, output, policy, say};

/// Show what proposed changes to a map would do to the programmes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel whatif map.json changes.json
  tlevel whatif map.json changes.csv --policy panel --format markdown
  tlevel whatif map.json changes.json --write changed.json

CHANGES is JSON:
  {\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [
    {\"change\": \"re-level\", \"occupation\": \"LARS287\", \"level\": 3},
    {\"change\": \"move-occupation\", \"occupation\": \"LARS287\", \"cluster\": \"...\"},
    {\"change\": \"reword-statement\", \"occupation\": \"LARS287\", \"statement\": \"K1\",
     \"text\": \"...\"},
    {\"change\": \"mark\", \"branch\": \"construction\", \"reasons\": [\"policy\"]},
    {\"change\": \"policy\", \"quorum\": 0.5}]}
or CSV with a column \"change\" and those that it needs:
  change,occupation,level
  re-level,LARS287,3
Changes: add-occupation, remove-occupation, move-occupation, re-level, re-title,
set-status, add-statement, drop-statement, reword-statement, mark, unmark,
policy. What each needs is in the JSON Schema of the JSON file, which editors
check while you type: fixtures/schema/tlevel-changes.schema.json.

Statements that no change touches stay joined as they are on the map.

Exit status: 0 done; 2 could not go on: the changes that cannot be applied are
listed, and nothing is written.")]
pub(crate) struct Options {
    /// The map, in any format that the program reads; `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,
    /// The changes: JSON or CSV
    #[arg(value_name = "CHANGES")]
    changes: PathBuf,
    /// Save the changed map in the native format
    #[arg(long, value_name = "NEW.json")]
    write: Option<PathBuf>,
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
    #[command(flatten)]
    join: JoinOptions,
    #[command(flatten)]
    print: PrintOptions,
    /// List everything (text)
    #[arg(long)]
    full: bool,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read(
        [Some(options.map.as_path()), Some(options.changes.as_path()), policy::file(&options.policy)]
            .into_iter()
            .chain(options.join.files()),
    );
    let print = options.print.open(&mut files)?;
    let to_save = files.extra(options.write.as_deref())?;
    let progress = Progress::start();
    let mut stats = Stats::start("whatif");
    let policy = policy::read(&options.policy)?;
    let input = Input::file(&options.changes)?;
    let changes = if Changes::is_json(&input.bytes) {
        Changes::from_json(input.text()?)
    } else {
        Changes::from_table(&input.table(Changes::COLUMNS)?)
    };
    let changes = changes.map_err(|e| input.stop(e))?;
    let argument = MapArgument { map: Some(options.map.clone()), stats: options.stats };
    let checked = Input::map(&argument)?.checked(&progress, &mut stats)?;
    let old = checked.map;
    progress.step("applying the changes");
    let proposed = stats.time("apply", || apply(&old, &changes)).map_err(|e| input.stop(e))?;
    let saved = options.write.as_ref().map(|_| output::json(&proposed)).transpose()?;
    let rechecked = stats.time("recheck", || tlevel::check(proposed)).map_err(|e| input.stop(e))?;
    let new = rechecked.map;
    let concepts = options.join.concepts_of(&argument, &old, &progress, &mut stats)?;
    let threshold = options.join.threshold();
    let carried = stats.time("carry", || carry_over_joined(&old, &concepts, &new, threshold));
    let carried = carried.ok_or_else(|| Stop::new("the concepts do not fit the map"))?;
    progress.step("comparing");
    let after = changes.policy(&policy);
    let difference = stats.time("compare", || diff_with_effects((&old, &concepts), (&new, &carried), &policy, &after));
    let difference = difference.map_err(Stop::new)?;
    progress.finish();
    tell_new(&checked.findings, &rechecked.findings);
    if let (Some(output), Some(saved)) = (to_save, saved) {
        output.write(&saved)?;
    }
    print.result(&difference, || report::difference(&difference), options.full)?;
    stats.finish(options.stats);
    Ok(Outcome::Done)
}

/// How many findings are told one by one.
const TOLD: usize = 10;

/// Tells what the check says of the changed map, and did not say before.
fn tell_new(before: &[Finding], after: &[Finding]) {
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for finding in before {
        *known.entry((&finding.rule, &finding.message)).or_default() += 1;
    }
    let mut new: Vec<&Finding> = Vec::new();
    for finding in after {
        match known.get_mut(&(&*finding.rule, finding.message.as_str())) {
            Some(left) if *left > 0 => *left -= 1,
            _ if finding.severity == Severity::Note => {}
            _ => new.push(finding),
        }
    }
    for finding in new.iter().take(TOLD) {
        let (severity, rule, message) = (finding.severity, &finding.rule, &finding.message);
        say(&format!("the changed map: {severity}: {message} [{rule}]"));
    }
    if new.len() > TOLD {
        say(&format!(
            "the changed map: {} more findings; save it with --write and run: tlevel check",
            new.len() - TOLD
        ));
    }
}
