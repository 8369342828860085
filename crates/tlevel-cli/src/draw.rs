//! `tlevel draw`: the map, a route, a programme or the plan of first teaching as
//! a picture.

use clap::{Args, Subcommand};
use tlevel::map::{Map, Route};
use tlevel::teaching::TeachingPlan;
use tlevel_report::document::{Block, Document, Figure};
use tlevel_report::picture::{self, Picture};
use tlevel_report::report;

use super::core_options::CoreOptions;
use super::format::{Format, Print, PrintOptions};
use super::policy::PolicyName;
use super::run::Run;
use super::{MapArgument, Outcome, Stop, pathway};

/// Draw the map, a route, a programme or the plan of first teaching
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel draw map -o map.svg
  tlevel draw route construction -o construction.svg
  tlevel draw programme onsite-construction -o onsite.png
  tlevel draw plan -o plan.xlsx

PNG has 200 dots per inch, for slides; PDF has vectors and texts, for print.

Each picture has options of its own: tlevel draw map --help")]
pub(crate) struct Options {
    #[command(subcommand)]
    picture: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Draw the map: every route, or those that are named
    Map(MapOptions),
    /// Draw one route of the map
    Route(RouteOptions),
    /// Draw a programme, each part as large as its content
    Programme(Box<ProgrammeOptions>),
    /// Draw which pathways are taught as T Levels, and from when
    Plan(PlanOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel draw map -o map.svg
  tlevel draw map -o map.pdf
  tlevel draw map --route construction --route digital -o two.svg
  tlevel draw map --policy fixtures/policies/t-level-2017.json -o map-2017.svg

Pathways are side by side, bands are rows, clusters are boxes with their
occupations. A letter gives the status of each standard, a badge the level; a
filled badge marks the occupations that a T Level covers. Branches that the map
or the policy marks as apprenticeship-only are dashed.

A PDF file has an A3 page for each route.")]
struct MapOptions {
    #[command(flatten)]
    map: MapArgument,
    /// Only this route (its id or its name); repeatable
    #[arg(long, value_name = "ROUTE")]
    route: Vec<String>,
    #[command(flatten)]
    policy: PolicyName,
    #[command(flatten)]
    print: PrintOptions,
}

#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel draw route construction -o construction.svg
  tlevel draw route map.json 'Transport and logistics' -o transport.svg"
)]
struct RouteOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The route: its id or its name
    #[arg(value_name = "ROUTE", required = true)]
    route: String,
    #[command(flatten)]
    policy: PolicyName,
    #[command(flatten)]
    print: PrintOptions,
}

#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tlevel draw programme onsite-construction -o onsite.svg
  tlevel draw programme map.json onsite-construction --policy panel -o panel.svg

Route core is at the top, then pathway core, then the specialisms. Each item of
content is a square, so a part is as large as its content. A part without
content is amber and says why."
)]
struct ProgrammeOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The pathway: its id, the end of its id, or its name
    #[arg(value_name = "PATHWAY", required = true)]
    pathway: String,
    #[command(flatten)]
    core: CoreOptions,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel draw plan -o plan.svg
  tlevel draw plan map.json -o plan.docx              the tables as well

The picture has a row for each pathway and a column for each year. Pathways that
were planned and not taught, or taught and not planned, have a sign. Formats
other than SVG, PNG and PDF have the plan as tables too, and JSON as data.")]
struct PlanOptions {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    policy: PolicyName,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    match &options.picture {
        Kind::Map(options) => draw_map(options),
        Kind::Route(options) => draw_route(options),
        Kind::Programme(options) => draw_programme(options),
        Kind::Plan(options) => draw_plan(options),
    }
}

/// The endings of pictures.
const PICTURES: &[&str] = &["svg", "png", "pdf"];

/// SVG unless another format is named, since the command asks for a picture.
fn printer(run: &mut Run<'_>, options: &PrintOptions) -> Result<Print, Stop> {
    run.printer_as(options, Format::Svg, PICTURES)
}

fn draw_map(options: &MapOptions) -> Result<Outcome, Stop> {
    let run = Run::start("draw", &options.map).reads(options.policy.file());
    routes(run, &options.print, &options.policy, |map| pathway::routes(map, "--route", &options.route))
}

fn draw_route(options: &RouteOptions) -> Result<Outcome, Stop> {
    let run = Run::start("draw", &options.map).reads(options.policy.file());
    let wanted = std::slice::from_ref(&options.route);
    routes(run, &options.print, &options.policy, |map| pathway::routes(map, "ROUTE", wanted))
}

/// Draws routes of the map.
fn routes(
    mut run: Run<'_>,
    print: &PrintOptions,
    policy: &PolicyName,
    wanted: impl FnOnce(&Map) -> Result<Vec<Route<'_>>, Stop>,
) -> Result<Outcome, Stop> {
    let print = printer(&mut run, print)?;
    let policy = policy.read()?;
    let map = run.map()?;
    let routes = wanted(&map)?;
    let title = map.title().unwrap_or("Occupational map");
    let description = "Pathways side by side, bands as rows, clusters as boxes with their occupations.";
    let document = run.step("draw", "drawing", || {
        if print.format != Format::Pdf || routes.len() < 2 {
            return page(title, description, picture::map(&map, &routes, &policy));
        }
        let mut document = Document::new(title);
        for route in &routes {
            let picture = picture::map(&map, std::slice::from_ref(route), &policy);
            document.blocks.push(Block::Figure(Figure::new(route.name(), description, picture)));
        }
        document
    });
    run.document(print, &document, true)
}

fn draw_programme(options: &ProgrammeOptions) -> Result<Outcome, Stop> {
    let mut run = options.core.start("draw", &options.map, [""; 0]);
    let print = options.core.printer_as(&mut run, Format::Svg, PICTURES)?;
    let policy = options.core.policy()?;
    let map = run.map()?;
    let id = pathway::one(&map, "PATHWAY", &options.pathway)?;
    let concepts = options.core.concepts(&mut run, &map, &policy)?;
    let derivation = run.derive(&map, &concepts, &policy)?;
    let programme = derivation.programme(&id).ok_or_else(|| pathway::no_programme(&derivation, &id))?;
    let occupation = |id: &str| map.occupation(id).map(|o| o.title());
    let picture = run.step("draw", "drawing", || picture::programme(programme, occupation));
    let title = format!("T Level: {}", programme.pathway.name);
    let description = "From top to bottom: route core, pathway core, specialisms. Each square is an item of content.";
    run.print(print, programme, || page(&title, description, picture), true)
}

fn draw_plan(options: &PlanOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("draw", &options.map).reads(options.policy.file());
    let print = printer(&mut run, &options.print)?;
    let policy = options.policy.read()?;
    let map = run.map()?;
    let plan = TeachingPlan::of(&map, &policy);
    let mut document = run.step("draw", "drawing", || report::teaching_plan(&plan));
    let source = map.raw().source.as_ref();
    document.rights = source.and_then(|s| s.attribution.clone().or_else(|| s.licence.clone()));
    run.print(print, &plan, || document, true)
}

/// A document that holds a picture.
fn page(title: &str, description: &str, picture: Picture) -> Document {
    let mut page = Document::new(title);
    page.blocks.push(Block::Figure(Figure::new(title, description, picture)));
    page
}
