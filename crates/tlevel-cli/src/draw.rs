//! `tlevel draw`: the map, its plan of first teaching or a programme as a picture.

use std::path::PathBuf;

use clap::Args;
use tlevel::derive::{Policy, TeachingPlan};
use tlevel::map::{Map, Route};
use tlevel::text::{closest, name_key};
use tlevel_report::{map_svg, overview, overview_svg, programme_svg};

use super::format::{Format, Print};
use super::input::Input;
use super::join::JoinOptions;
use super::output::{Files, Output};
use super::policy::PolicyOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, pathway};

/// Draw the map, its plan of first teaching, or a programme
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel draw --route construction -o construction.svg
  tlevel draw map.json --policy fixtures/policies/t-level-2017.json -o map.svg
  tlevel draw --overview -o overview.svg
  tlevel draw --overview -o overview.xlsx          the tables as well
  tlevel draw --programme onsite-construction -o onsite.svg

The map: pathways side by side, bands as rows, clusters as boxes with their
occupations; a letter and a colour tell the status of each standard. Branches
that the map or the policy marks as apprenticeship-only are dashed.

The overview: a row for each pathway, a column for each year; the ending of FILE
picks the format: svg (the picture alone), html, docx, xlsx, md, json or txt.

A programme: route core over pathway core over specialisms; each item of content
is a square, so that a part is as large as its content.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// Only this route (its id or its name); repeatable
    #[arg(long, value_name = "ROUTE")]
    route: Vec<String>,
    /// Which pathways are taught as T Levels, and from when
    #[arg(long, conflicts_with_all = ["route", "programme"])]
    overview: bool,
    /// The programme of this pathway: its id, the end of its id, or its name
    #[arg(long, value_name = "PATHWAY", conflicts_with = "route")]
    programme: Option<String>,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file(), options.policy.file()].into_iter().chain(options.join.files()));
    let output = files.output(options.output.as_deref())?;
    let tables = tables(options, &output)?;
    let progress = Progress::start();
    let mut stats = Stats::start("draw");
    let policy = options.policy.read()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let picture = if options.overview {
        let plan = TeachingPlan::of(&map, &policy);
        if let Some(format) = tables {
            let document = stats.time("draw", || overview(&map, &plan, None));
            progress.finish();
            Print { format, output }.document(&document, true)?;
            stats.finish(options.map.stats);
            return Ok(Outcome::Done);
        }
        stats.time("draw", || overview_svg(&plan))
    } else if let Some(wanted) = &options.programme {
        programme(options, &map, wanted, &policy, &progress, &mut stats)?
    } else {
        let routes = wanted(&map, &options.route)?;
        progress.step("drawing");
        stats.time("draw", || map_svg(&map, &routes, &policy))
    };
    progress.finish();
    output.write(&picture)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// The format of a document with the tables of the overview; none for the
/// picture alone, on standard output and in an SVG file.
fn tables(options: &Options, output: &Output) -> Result<Option<Format>, Stop> {
    let Some(path) = output.path() else { return Ok(None) };
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("svg") => Ok(None),
        _ if output.is_stream() => Ok(None),
        _ if options.overview => Format::of_ending(&["svg"], path).map(Some),
        None => Ok(None),
        Some(_) => Err(Stop::new(format!("{}: the picture is SVG; give a file that ends in .svg", path.display()))),
    }
}

fn programme(
    options: &Options,
    map: &Map,
    wanted: &str,
    policy: &Policy,
    progress: &Progress,
    stats: &mut Stats,
) -> Result<String, Stop> {
    let id = pathway::one(map, "--programme", wanted)?;
    let concepts = options.join.concepts_of(&options.map, map, progress, stats)?;
    progress.step("deriving programmes");
    let derivation = stats.time("derive", || tlevel::derive(map, &concepts, policy)).map_err(Stop::new)?;
    let programme = derivation.programme(&id).ok_or_else(|| pathway::no_programme(&derivation, &id))?;
    Ok(stats.time("draw", || programme_svg(programme, |id| map.occupation(id).map(|o| o.title()))))
}

/// The routes of these ids or names, in the order of the map; all if none is
/// named.
fn wanted<'m>(map: &'m Map, names: &[String]) -> Result<Vec<Route<'m>>, Stop> {
    let is = |route: &Route<'_>, name: &str| route.id() == name || name_key(route.name()) == name_key(name);
    for name in names {
        if !map.routes().any(|route| is(&route, name)) {
            let known = map.routes().flat_map(|route| [route.id(), route.name()]);
            let hint = closest(name, known).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            return Err(Stop::new(format!("--route \"{name}\": the map has no such route{hint}")));
        }
    }
    let is_wanted = |route: &Route<'_>| names.is_empty() || names.iter().any(|name| is(route, name));
    Ok(map.routes().filter(is_wanted).collect())
}
