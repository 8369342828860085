//! `tlevel draw`: the map as a picture.

use std::path::PathBuf;

use clap::Args;
use tlevel::map::{Map, Route};
use tlevel::text::{closest, name_key};

use super::input::Input;
use super::policy::PolicyOptions;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, output};

/// Draw the map, or a route of it, as SVG
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel draw --route construction -o construction.svg
  tlevel draw map.json -o map.svg
  tlevel draw map.json --policy fixtures/policies/t-level-2017.json -o map.svg

Pathways stand side by side, bands as rows, clusters as boxes with their
occupations; a letter and a colour tell the status of each standard. Branches that
the map or the policy marks as apprenticeship-only are dashed.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// Only this route (its id or its name); repeatable
    #[arg(long, value_name = "ROUTE")]
    route: Vec<String>,
    #[command(flatten)]
    policy: PolicyOptions,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let progress = Progress::start();
    let mut stats = Stats::start("draw");
    let policy = options.policy.read()?;
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let routes = wanted(&map, &options.route)?;
    progress.step("drawing");
    let picture = stats.time("draw", || tlevel::write::map_svg(&map, &routes, &policy));
    progress.finish();
    output::write(options.output.as_deref(), &picture)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
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
