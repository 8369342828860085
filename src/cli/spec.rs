//! `tlevel spec`: a draft specification of a pathway.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::write::Specification;
use tlevel::write::document::{self, Document};

use super::input::Input;
use super::join::JoinOptions;
use super::policy::PolicyOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, output, pathway};

/// Draft the specification of a pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel spec --pathway onsite-construction -o onsite.docx
  tlevel spec standards.json --pathway health --policy panel -o health.json
  tlevel spec standards.json --pathway health --ledger decisions.csv --date 2026-11-24

The ending of FILE picks the format: docx, xlsx, html, md, json or txt;
without a file it is text on standard output. A review in Excel is read back by
`tlevel derive --decisions FILE`.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The pathway: its id, the end of its id, or its name
    #[arg(long, value_name = "PATHWAY")]
    pathway: String,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// The date to show, such as 2026-11-24; none unless given
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Write to a file, in the format of its ending
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats, by the ending of the file.
#[derive(Clone, Copy)]
enum DocumentFormat {
    Text,
    Markdown,
    Html,
    Json,
    Word,
    Excel,
}

impl DocumentFormat {
    fn of(path: Option<&Path>) -> Result<Self, Stop> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else { return Ok(DocumentFormat::Text) };
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("txt") => Ok(DocumentFormat::Text),
            Some("md") => Ok(DocumentFormat::Markdown),
            Some("html") => Ok(DocumentFormat::Html),
            Some("xlsx") => Ok(DocumentFormat::Excel),
            Some("docx") => Ok(DocumentFormat::Word),
            Some("json") => Ok(DocumentFormat::Json),
            _ => {
                let name = path.display();
                Err(Stop::new(format!(
                    "{name}: the ending says no format; give one that ends in .docx, .xlsx, .html, .md, .json or .txt"
                )))
            }
        }
    }

    fn write(self, document: &Document, path: Option<&Path>) -> Result<(), Stop> {
        let text = match self {
            DocumentFormat::Text => document::text(document, &super::layout(true, path.is_some())),
            DocumentFormat::Markdown => document::markdown(document),
            DocumentFormat::Html => document::html(document),
            DocumentFormat::Json => output::json(document)?,
            DocumentFormat::Word | DocumentFormat::Excel => return self.office(document, path),
        };
        output::write(path, &text)
    }

    #[cfg(feature = "office")]
    fn office(self, document: &Document, path: Option<&Path>) -> Result<(), Stop> {
        let written = match self {
            DocumentFormat::Excel => document::xlsx(document),
            _ => document::docx(document),
        };
        output::write_bytes(path, &written.map_err(Stop::new)?)
    }

    #[cfg(not(feature = "office"))]
    fn office(self, _: &Document, _: Option<&Path>) -> Result<(), Stop> {
        let message =
            "this program was built without Word and Excel; build it with the feature \"office\", or take .html";
        Err(Stop::new(message))
    }
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let format = DocumentFormat::of(options.output.as_deref())?;
    let progress = Progress::start();
    let mut stats = Stats::start("spec");
    let policy = options.policy.read()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let pathway = pathway::one(&map, &options.pathway)?;
    let concepts = options.join.concepts_of(&options.map, &map, &progress, &mut stats)?;
    progress.step("deriving programmes");
    let derivation = stats.time("derive", || tlevel::derive(&map, &concepts, &policy)).map_err(Stop::new)?;
    let specification =
        Specification { map: &map, concepts: &concepts, derivation: &derivation, date: options.date.as_deref() };
    let draft = stats.time("write", || specification.draft(&pathway));
    let draft = draft.ok_or_else(|| {
        let none = derivation.no_programme.iter().find(|none| none.pathway.id == pathway);
        let reason = none.map_or("no-programme", |none| none.reason.as_str());
        Stop::new(format!("{pathway} has no programme ({reason}); see: tlevel derive --pathway {pathway}"))
    })?;
    progress.finish();
    format.write(&draft, options.output.as_deref())?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}
