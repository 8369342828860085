//! `tlevel draw`: the map, its plan of first teaching or a programme as a picture.

use clap::Args;
use tlevel::derive::{Derivation, Policy, TeachingPlan};
use tlevel::map::{Map, Route};
use tlevel::text::{closest, name_key};
use tlevel_report::document::{Block, Document, Figure};
use tlevel_report::picture::{self, Picture};
use tlevel_report::report;

use super::format::{Format, PrintOptions};
use super::input::Input;
use super::join::JoinOptions;
use super::output::Files;
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

The overview: a row for each pathway, a column for each year, and the same as
tables.

A programme: route core over pathway core over specialisms; each item of content
is a square, so that a part is as large as its content.

Without a format and without a file it is SVG, the picture alone.")]
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
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file(), options.policy.file()].into_iter().chain(options.join.files()));
    let print = options.print.open_as(Format::Svg, &["svg"], &mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("draw");
    let policy = options.policy.read()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    if options.overview {
        let plan = TeachingPlan::of(&map, &policy);
        let mut document = stats.time("draw", || report::teaching_plan(&plan));
        let source = map.raw().source.as_ref();
        document.rights = source.and_then(|s| s.attribution.clone().or_else(|| s.licence.clone()));
        progress.finish();
        print.result(&plan, || document, true)?;
    } else if let Some(wanted) = &options.programme {
        let id = pathway::one(&map, "--programme", wanted)?;
        let derivation = derivation(options, &map, &policy, &progress, &mut stats)?;
        let programme = derivation.programme(&id).ok_or_else(|| pathway::no_programme(&derivation, &id))?;
        let titles = |id: &str| map.occupation(id).map(|o| o.title());
        let picture = stats.time("draw", || picture::programme(programme, titles));
        progress.finish();
        let title = format!("T Level: {}", programme.pathway.name);
        let description = "Route core over pathway core over specialisms; a square is an item of content.";
        print.result(programme, || page(&title, description, picture), true)?;
    } else {
        let routes = wanted(&map, &options.route)?;
        progress.step("drawing");
        let picture = stats.time("draw", || picture::map(&map, &routes, &policy));
        progress.finish();
        let description = "Pathways side by side, bands as rows, clusters as boxes with their occupations.";
        print.document(&page(map.title().unwrap_or("Occupational map"), description, picture), true)?;
    }
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// A document that holds a picture.
fn page(title: &str, description: &str, picture: Picture) -> Document {
    let mut page = Document::new(title);
    page.blocks.push(Block::Figure(Figure::new(title, description, picture)));
    page
}

fn derivation(
    options: &Options,
    map: &Map,
    policy: &Policy,
    progress: &Progress,
    stats: &mut Stats,
) -> Result<Derivation, Stop> {
    let concepts = options.join.concepts_of(&options.map, map, progress, stats)?;
    progress.step("deriving programmes");
    stats.time("derive", || tlevel::derive(map, &concepts, policy)).map_err(Stop::new)
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
