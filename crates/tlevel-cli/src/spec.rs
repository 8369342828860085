//! `tlevel spec`: a draft specification of a pathway.

use std::path::PathBuf;

use clap::Args;
use tlevel::derive::{Codes, Specification};
use tlevel_report::report;

use super::core_options::CoreOptions;
use super::decisions::{Decided, DecisionOptions};
use super::format::Format;
use super::input::Input;
use super::{MapArgument, Outcome, Stop, pathway};

/// Draft the specification of a pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel spec --pathway onsite-construction -o onsite.docx
  tlevel spec map.json --pathway onsite-construction --policy panel
  tlevel spec map.json --pathway onsite-construction --date 2026-11-24

  tlevel spec map.json --pathway onsite-construction \\
    --decisions review.xlsx -o second-draft.docx
  tlevel spec map.json --pathway onsite-construction \\
    --since second-draft.docx -o third-draft.docx
  tlevel spec --pathway onsite-construction \\
    --template corporate.dotx -o onsite.docx

The ending of FILE picks the format: docx, xlsx, html, md, json or txt. Without
a file, text goes to standard output. The workbook is for review: fill in its
columns, and give it back with --decisions. The next draft then keeps the codes
of the items, and lists what changed; --since does the same for any earlier
draft.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The pathway: its id, the end of its id, or its name
    #[arg(long, value_name = "PATHWAY")]
    pathway: String,
    #[command(flatten)]
    core: CoreOptions,
    #[command(flatten)]
    decisions: DecisionOptions,
    /// The date to show, such as 2026-11-24 [default: none]
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<String>,
    /// An earlier draft, whose codes are kept: the Word or Excel file, edited or not,
    /// or its JSON. A workbook of decisions is an earlier draft, too
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// A Word file or template of your own (docx, dotx): the draft takes its styles,
    /// header, footer, logo and page
    #[cfg(feature = "office")]
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let run = options.core.start("spec", &options.map, options.decisions.files());
    let mut run = run.reads(options.since.as_deref());
    #[cfg(feature = "office")]
    {
        run = run.reads(options.template.as_deref());
    }
    let print = options.core.printer(&mut run)?;
    #[cfg(feature = "office")]
    let print = match &options.template {
        Some(path) => print.with_template(path)?,
        None => print,
    };
    if print.format == Format::Pdf {
        return Err(Stop::new(
            "a draft cannot be written as PDF; write .docx and save that as PDF, or draw the picture alone: tlevel draw \
             programme",
        ));
    }
    let earlier = options.earlier()?;
    let policy = options.core.policy()?;
    let map = run.map()?;
    let pathway = pathway::one(&map, "--pathway", &options.pathway)?;
    let concepts = options.core.concepts(&mut run, &map, &policy)?;
    let wanted = std::slice::from_ref(&pathway);
    let Decided { derivation, concepts, log, .. } =
        options.decisions.derive(&mut run, &map, concepts, &policy, wanted)?;
    let specification = Specification::of(&map, &concepts, &derivation, &pathway);
    let specification = specification.ok_or_else(|| pathway::no_programme(&derivation, &pathway))?;
    if let Some(stop) = pathway::without_statements(&specification.programme) {
        return Err(stop);
    }
    let specification = specification.with_date(options.date.clone()).with_decisions(log);
    let specification = report::numbered(specification, earlier.as_ref());
    if earlier.is_some() {
        run.count("changes", specification.changes.len());
    }
    if print.format.is_table() {
        return run.document(print, &report::specification_table(&specification), true);
    }
    run.print(print, &specification, || report::specification(&specification), true)
}

impl Options {
    /// The codes of the earlier draft: the one that was given, or the latest that was
    /// reviewed.
    fn earlier(&self) -> Result<Option<Codes>, Stop> {
        if let Some(path) = &self.since {
            let input = Input::file(path)?;
            return read_codes(&input.bytes).map(Some).map_err(|error| input.stop(error));
        }
        let mut latest: Option<Codes> = None;
        for path in self.decisions.files() {
            // a CSV file, or a workbook of another program, has decisions but no codes
            let Ok(codes) = read_codes(&Input::file(path)?.bytes) else { continue };
            latest = latest.filter(|latest| latest.draft() >= codes.draft()).or(Some(codes));
        }
        Ok(latest)
    }
}

#[cfg(feature = "office")]
use tlevel_report::read_codes;

/// Reads codes; this build reads those of JSON only.
#[cfg(not(feature = "office"))]
fn read_codes(bytes: &[u8]) -> Result<Codes, String> {
    let draft: Result<Specification, _> = serde_json::from_slice(bytes);
    let codes = draft.ok().and_then(|draft| draft.codes);
    codes.ok_or_else(|| "holds no codes of a draft; give the JSON that tlevel spec wrote".to_owned())
}
