//! `tlevel convert`: any map in the native format, and maps, concepts, topics and
//! programmes in the formats of other systems.

mod format;
mod source;

use std::path::PathBuf;

use clap::Args;
use tlevel::concept::Concepts;
use tlevel::map::Map;
use tlevel_exchange::{Framework, Losses, Naming, case, ctdl_asn, cxt, esco, skos, tidy};

use self::format::{Target, What};
use self::source::Source;
use super::format::{ForceOption, Format, Print};
use super::join::JoinOptions;
use super::policy::PolicyOptions;
use super::run::Run;
use super::{MapArgument, Outcome, Stop, output, tables};

/// Write a map in the native format, as a workbook, or for another system
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel convert standards.json -o native.json
  tlevel convert map.json -o map.xlsx         to change, and to read back
  tlevel convert map.json --to case -o framework.json
  tlevel convert map.json -o concepts.cxt

FILE may also be a zip of CSV tables (tables.zip) or a folder of them (tables/).
With --what programmes, the programmes are written instead of the map.

MAP may also be a framework of another system (CASE, CTDL-ASN, SKOS), or a
folder or zip with the files of O*NET, ESCO, Tabiya or the UK Standard Skills
Classification.

In the native format nothing is dropped: retired and unplaced records are under
\"set_aside\". What another format cannot hold is listed on standard error, with
its number.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The format; by default the ending of FILE picks it (json, xlsx, zip, cxt, csv,
    /// parquet), or it is the native format [possible: native, case, case-1.0, ctdl-asn,
    /// skos, esco, cxt, csv, parquet]
    #[arg(long, value_enum, hide_possible_values = true, value_name = "FORMAT")]
    to: Option<Target>,
    /// What is written: `map`, `concepts` (and topics over them), `topics` (a
    /// vocabulary; for tables and cxt which occupation has which) or `programmes`
    /// [default: map; for skos, esco and cxt concepts]
    #[arg(long, value_enum, hide_possible_values = true, value_name = "RESULT")]
    what: Option<What>,
    /// Read options that only texts name, such as `Option 2: Maternity support: ...`, as
    /// options, in occupations without any; the standards file is always read so
    #[arg(long = "options-from-texts")]
    from_texts: bool,
    /// An address of your own, under which things get their addresses and
    /// identifiers, such as `https://example.org` [default: none, urn:uuid:...]
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// Also write the concepts that people judged in MAP (O*NET's activities), for
    /// --concepts, to a file
    #[arg(long, value_name = "FILE")]
    judged: Option<PathBuf>,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// The file to write; a folder for esco, or with `/` at the end for CSV tables; `-`
    /// or nothing for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    force: ForceOption,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("convert", &options.map).reads(options.policy.file()).reads(options.join.files());
    run = run.options_from_texts(options.from_texts).forced(&options.force);
    if options.to.is_none()
        && options.what.is_none()
        && let Some(path) = options.output.as_deref().filter(|path| tables::is_for(path))
    {
        return tables::write(run, path);
    }
    let target = options.target()?;
    let what = options.what.unwrap_or_else(|| target.usual());
    target.fits(what)?;
    if target == Target::Esco {
        return folder(run, options);
    }
    if let Target::Csv | Target::Parquet = target {
        return table(run, options, (target, what));
    }
    let output = run.output(options.output.as_deref())?;
    let judged = run.extra(options.judged.as_deref())?;
    let mut source = Source::open(&mut run, options.map.map.as_deref())?;
    if let Some(judged) = judged {
        judged.write(&source.judged(&mut run)?)?;
    }
    let (text, losses) = match (target, what) {
        (Target::Native, What::Topics) => (vocabulary(&mut run, options, &mut source)?.to_json(), Losses::default()),
        (Target::Native, _) => {
            let raw = source.raw(&mut run)?;
            (run.step("write", "writing the map", || output::json(&raw))?, Losses::default())
        }
        (Target::Cxt, _) => context(&mut run, options, &mut source, what)?,
        (_, _) => framework(&mut run, options, &mut source, (target, what))?,
    };
    say_losses(&run, target, &losses);
    run.write(output, &text)
}

impl Options {
    fn naming(&self) -> Naming {
        self.base.as_deref().map_or_else(Naming::default, Naming::new)
    }

    /// The format that is asked for, or that the ending of the file is usual for.
    fn target(&self) -> Result<Target, Stop> {
        match (self.to, &self.output) {
            (Some(target), _) => Ok(target),
            (None, Some(path)) => Target::of_ending(path),
            (None, None) => Ok(Target::Native),
        }
    }
}

/// The checked map, and its concepts with the topics over them.
fn concepts(run: &mut Run<'_>, options: &Options, map: &Map, with_topics: bool) -> Result<Concepts, Stop> {
    let mut policy = options.join.policy(options.policy.read()?);
    if with_topics && policy.share.is_none() {
        policy.share = Some(tlevel::derive::Share::Topic);
    }
    let concepts = run.concepts(map, &options.join, &policy)?;
    run.count("concepts", concepts.len());
    run.count("topics", concepts.topics().len());
    Ok(concepts)
}

fn vocabulary(run: &mut Run<'_>, options: &Options, source: &mut Source) -> Result<tlevel::topics::Vocabulary, Stop> {
    match source.topics(run)? {
        Some(vocabulary) => Ok(vocabulary),
        None => options.join.topics.vocabulary(),
    }
}

fn framework(
    run: &mut Run<'_>,
    options: &Options,
    source: &mut Source,
    (target, what): (Target, What),
) -> Result<(String, Losses), Stop> {
    let naming = options.naming();
    let framework = match what {
        What::Map => {
            let raw = source.raw(run)?;
            run.step("framework", "writing the map", || Framework::of_map(&raw, &naming))
        }
        What::Topics => Framework::of_topics(&vocabulary(run, options, source)?, &naming),
        What::Concepts => {
            let map = source.map(run)?;
            let concepts = concepts(run, options, &map, true)?;
            run.step("framework", "writing the concepts", || Framework::of_concepts(&map, &concepts, &naming))
        }
        What::Programmes => {
            let map = source.map(run)?;
            let concepts = concepts(run, options, &map, false)?;
            let policy = options.join.policy(options.policy.read()?);
            let derivation = run.derive(&map, &concepts, &policy)?;
            run.step("framework", "writing programmes", || Framework::of_programmes(&map, &derivation, &naming))
        }
    };
    Ok(run.step("write", "writing the file", || match target {
        Target::Case10 => case::write(&framework, case::Version::V1_0, &naming),
        Target::CtdlAsn => ctdl_asn::write(&framework, &naming),
        Target::Skos => skos::write(&framework, &naming),
        _ => case::write(&framework, case::Version::V1_1, &naming),
    }))
}

/// A context table.
fn context(run: &mut Run<'_>, options: &Options, source: &mut Source, what: What) -> Result<(String, Losses), Stop> {
    let map = source.map(run)?;
    let concepts = concepts(run, options, &map, true)?;
    let attributes = if what == What::Topics { cxt::Attributes::Topics } else { cxt::Attributes::Concepts };
    Ok(run.step("write", "writing the table", || cxt::write(&map, &concepts, attributes)))
}

/// A tidy table.
fn table(mut run: Run<'_>, options: &Options, (target, what): (Target, What)) -> Result<Outcome, Stop> {
    let output = run.output(options.output.as_deref())?;
    let judged = run.extra(options.judged.as_deref())?;
    let mut source = Source::open(&mut run, options.map.map.as_deref())?;
    if let Some(judged) = judged {
        judged.write(&source.judged(&mut run)?)?;
    }
    let map = source.map(&mut run)?;
    let document = match what {
        What::Map => tidy::statements(&map),
        What::Concepts => tidy::concepts(&map, &concepts(&mut run, options, &map, true)?),
        What::Topics => tidy::topics(&map, &concepts(&mut run, options, &map, true)?),
        What::Programmes => {
            let concepts = concepts(&mut run, options, &map, false)?;
            let policy = options.join.policy(options.policy.read()?);
            tidy::programmes(&run.derive(&map, &concepts, &policy)?)
        }
    };
    let format = if target == Target::Parquet { Format::Parquet } else { Format::Csv };
    run.document(Print::new(format, output), &document, true)
}

/// ESCO's tables, which are several files.
fn folder(mut run: Run<'_>, options: &Options) -> Result<Outcome, Stop> {
    let path =
        options.output.as_deref().ok_or_else(|| Stop::new("--to esco writes a folder of tables; give -o FOLDER"))?;
    let mut folder = run.folder(path)?;
    let judged = run.extra(options.judged.as_deref())?;
    let mut source = Source::open(&mut run, options.map.map.as_deref())?;
    if let Some(judged) = judged {
        judged.write(&source.judged(&mut run)?)?;
    }
    let map = source.map(&mut run)?;
    let concepts = concepts(&mut run, options, &map, false)?;
    let (tables, losses) = run.step("write", "writing the tables", || esco::write(&map, &concepts, &options.naming()));
    for (name, text) in &tables {
        folder.write(name, text.as_bytes())?;
    }
    folder.finish()?;
    say_losses(&run, Target::Esco, &losses);
    Ok(run.finish())
}

/// Lists what a format cannot hold.
fn say_losses(run: &Run<'_>, target: Target, losses: &Losses) {
    if losses.is_empty() {
        return;
    }
    run.say(&format!("{} has no place for the following, which is left out:", target.title()));
    losses.iter().for_each(|loss| run.say(&format!("  {loss}")));
}
