//! `tlevel whatif`: what proposed changes would do.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use tlevel::change::{Changes, apply, carry_over_with_topics, diff_with_effects};
use tlevel::check::{Finding, Severity};
use tlevel_report::report;

use super::format::PrintOptions;
use super::input::Input;
use super::join::JoinOptions;
use super::run::Run;
use super::{Outcome, Stop, output, policy};

/// Show what proposed changes to a map would do to the programmes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel whatif map.json changes.json
  tlevel whatif map.json changes.csv --policy panel -o effects.docx
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

Exit status: 0 done; 2 failed: the changes that cannot be applied are listed,
and nothing is written.")]
pub(crate) struct Options {
    /// The map, in any format that the program reads; `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,
    /// The changes: JSON, CSV or a workbook
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
    /// List everything; by default text cuts long lists
    #[arg(long)]
    full: bool,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::on("whatif", Some(&options.map), options.stats)
        .reads([options.changes.as_path()])
        .reads(policy::file(&options.policy))
        .reads(options.join.files());
    let print = run.printer(&options.print)?;
    let to_save = run.extra(options.write.as_deref())?;
    let policy = options.join.policy(policy::read(&options.policy)?);
    let input = Input::file(&options.changes)?;
    let changes = if Changes::is_json(&input.bytes) {
        Changes::from_json(input.text()?)
    } else {
        Changes::from_table(&input.table(Changes::COLUMNS)?)
    };
    let changes = changes.map_err(|e| input.stop(e))?;
    let map = run.input()?;
    let checked = run.check(&map)?;
    let old = checked.map;
    let proposed = run.step("apply", "applying the changes", || apply(&old, &changes)).map_err(|e| input.stop(e))?;
    let saved = options.write.as_ref().map(|_| output::json(&proposed)).transpose()?;
    let rechecked = run.step("recheck", "checking the changed map", || tlevel::check(proposed));
    let rechecked = rechecked.map_err(|e| input.stop(e))?;
    let new = rechecked.map;
    let concepts = run.concepts(&old, &options.join, &policy)?;
    let threshold = options.join.threshold();
    let (vocabulary, (decisions, _)) = (options.join.topics.vocabulary()?, options.join.topics.decisions()?);
    let carried = run.step("carry", "joining what is new", || {
        carry_over_with_topics(&old, &concepts, &new, threshold, (&vocabulary, &decisions))
    });
    let carried = carried.ok_or_else(|| Stop::new("the concepts do not fit the map"))?;
    let after = changes.policy(&policy);
    let difference =
        run.step("compare", "comparing", || diff_with_effects((&old, &concepts), (&new, &carried), &policy, &after));
    let difference = difference.map_err(Stop::new)?;
    say_new(&run, &checked.findings, &rechecked.findings);
    if let (Some(output), Some(saved)) = (to_save, saved) {
        output.write(&saved)?;
    }
    run.print(print, &difference, || report::difference(&difference), options.full)
}

/// How many findings are listed.
const LISTED: usize = 10;

/// Reports what the check finds in the changed map and did not find before.
fn say_new(run: &Run<'_>, before: &[Finding], after: &[Finding]) {
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
    for finding in new.iter().take(LISTED) {
        let (severity, rule, message) = (finding.severity, &finding.rule, &finding.message);
        run.say(&format!("the changed map: {severity}: {message} [{rule}]"));
    }
    if new.len() > LISTED {
        run.say(&format!(
            "the changed map: {} more findings; save it with --write and run: tlevel check",
            new.len() - LISTED
        ));
    }
}
