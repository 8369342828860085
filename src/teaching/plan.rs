//! The plan of first teaching: which pathway is taught as a T Level, from when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::{is_at_or_before, is_date};
use crate::derive::{Eligibility, Policy};
use crate::map::{BranchName, Map, Pathway};

/// How each pathway is delivered and when its T Level is first taught, as
/// planned and as it came.
///
/// Serialises (`"format": "tlevel-teaching-plan"`, version 1) and reads back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TeachingPlan {
    format: TeachingPlanFormat,
    version: u32,
    /// The map's title.
    pub map: Option<String>,
    /// All pathways, in the order of the map.
    pub pathways: Vec<PathwayTeaching>,
    /// The plan by year, the earliest first; a year in which nothing begins
    /// or ends is not listed.
    pub years: Vec<TeachingYear>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum TeachingPlanFormat {
    #[serde(rename = "tlevel-teaching-plan")]
    TeachingPlan,
}

/// How and from when a pathway is taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PathwayTeaching {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// How it is delivered.
    pub delivery: Delivery,
    /// The branch that is marked, for apprenticeships only.
    pub branch: Option<String>,
    /// The recorded reasons of that mark.
    pub reasons: Vec<String>,
    /// When it was planned to be first taught, as the map has it: `2021-09`.
    pub planned: Option<String>,
    /// When it was first taught.
    pub actual: Option<String>,
    /// When learners last began, if the T Level was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// The wave of the plan, from 1: the place of its planned year among all
    /// planned years.
    pub wave: Option<usize>,
}

/// How a pathway is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Delivery {
    /// As a T Level, as well as by apprenticeships.
    TLevel,
    /// By apprenticeships alone, as the map or the policy marks it.
    ApprenticeshipOnly,
    /// Nothing closes it, and no occupation of it is eligible.
    NoEligibleOccupation,
}

/// What begins and ends in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TeachingYear {
    /// The year, such as `2021`.
    pub year: String,
    /// The wave of the plan, if any was planned for the year.
    pub wave: Option<usize>,
    /// The ids of the pathways planned for it.
    pub planned: Vec<String>,
    /// The ids of the pathways first taught in it.
    pub actual: Vec<String>,
    /// The ids of the pathways in which learners last began in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub last: Vec<String>,
}

impl TeachingPlan {
    /// Returns the plan of a map, with the marks of a policy added to those of the map.
    ///
    /// A pathway has its own dates. A route's dates hold for its pathways
    /// where none of these has any, and not for those of apprenticeships only.
    /// What is no date (a finding of [`check`](mod@crate::check)) is no date here.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::derive::Policy;
    /// use tlevel::teaching::{Delivery, TeachingPlan};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let plan = TeachingPlan::of(&map, &Policy::t_level());
    /// let first: Vec<&str> = plan.years[0].planned.iter().map(|id| id.as_str()).collect();
    /// assert_eq!((plan.years[0].year.as_str(), first.len()), ("2020", 3));
    /// let closed = plan.pathways.iter().filter(|p| p.delivery == Delivery::ApprenticeshipOnly);
    /// assert_eq!(closed.count(), 10);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the occupations, and `O(p log p)` in the pathways.
    pub fn of(map: &Map, policy: &Policy) -> Self {
        let eligibility = Eligibility::of(map, policy);
        let mut pathways: Vec<PathwayTeaching> = Vec::new();
        for route in map.routes() {
            let raw = route.raw();
            let inherits = !route.pathways().any(|pathway| has_date(pathway));
            for pathway in route.pathways() {
                let branch = eligibility.closed_by(pathway);
                let open = pathway.occupations().any(|o| eligibility.standing(o).gets_specialism());
                // an exception of the policy opens a door in a closed branch
                let delivery = match branch {
                    _ if open => Delivery::TLevel,
                    Some(_) => Delivery::ApprenticeshipOnly,
                    None => Delivery::NoEligibleOccupation,
                };
                let own = pathway.raw();
                let dates = if inherits && delivery != Delivery::ApprenticeshipOnly {
                    [&raw.first_teaching_planned, &raw.first_teaching, &raw.last_teaching]
                } else {
                    [&own.first_teaching_planned, &own.first_teaching, &own.last_teaching]
                };
                let [planned, actual, last] = dates.map(|date| date.clone().filter(|date| is_date(date)));
                pathways.push(PathwayTeaching {
                    route: BranchName { id: route.id().to_owned(), name: route.name().to_owned() },
                    pathway: BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() },
                    delivery,
                    branch: branch.map(str::to_owned),
                    reasons: branch.map_or_else(Vec::new, |branch| reasons(map, policy, branch)),
                    planned,
                    actual,
                    last,
                    wave: None,
                });
            }
        }
        let years = years(&mut pathways);
        let map = map.raw().title.clone();
        TeachingPlan { format: TeachingPlanFormat::TeachingPlan, version: 1, map, pathways, years }
    }

    /// Whether the map has a date of first teaching for any pathway.
    pub fn has_dates(&self) -> bool {
        !self.years.is_empty()
    }

    /// Returns when a pathway is first taught: the actual date, else the planned one.
    pub fn first_taught(&self, pathway: &str) -> Option<&str> {
        self.pathways.iter().find(|p| p.pathway.id == pathway).and_then(PathwayTeaching::first_taught)
    }

    /// Returns the names of pathways of the plan, by their ids, joined by
    /// semicolons; ids that the plan does not have are passed over.
    pub fn names(&self, ids: &[String]) -> String {
        let name = |id: &String| self.pathways.iter().find(|p| p.pathway.id == *id).map(|p| p.pathway.name.as_str());
        ids.iter().filter_map(name).collect::<Vec<_>>().join("; ")
    }

    /// The pathways that are first taught by a date (`2022-09`, or `2022` for
    /// any time of that year): as it came, else as planned. Dates of different
    /// precision compare at the coarser one. A pathway without a date is not
    /// among them, nor is one in which learners last began before the date.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::derive::Policy;
    /// use tlevel::teaching::TeachingPlan;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let plan = TeachingPlan::of(&map, &Policy::t_level());
    /// let by = |date: &str| plan.taught_by(date).count();
    /// assert_eq!((by("2020"), by("2021-09"), by("2022")), (0, 4, 7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn taught_by<'p>(&'p self, date: &str) -> impl Iterator<Item = &'p PathwayTeaching> {
        let has_begun = move |p: &&PathwayTeaching| p.first_taught().is_some_and(|first| is_at_or_before(first, date));
        let goes_on = move |p: &&PathwayTeaching| p.last.as_deref().is_none_or(|last| is_at_or_before(date, last));
        self.pathways.iter().filter(has_begun).filter(goes_on)
    }
}

impl PathwayTeaching {
    /// Returns when it is first taught: the actual date, else the planned one.
    pub fn first_taught(&self) -> Option<&str> {
        self.actual.as_deref().or(self.planned.as_deref())
    }
}

impl Delivery {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Delivery::TLevel => "T Level",
            Delivery::ApprenticeshipOnly => "apprenticeships only",
            Delivery::NoEligibleOccupation => "no eligible occupation",
        }
    }
}

/// Whether the map gives a pathway a date of its own.
fn has_date(pathway: Pathway<'_>) -> bool {
    let raw = pathway.raw();
    [&raw.first_teaching_planned, &raw.first_teaching, &raw.last_teaching].into_iter().any(Option::is_some)
}

/// The year of an ISO date.
fn year(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}

/// Returns the plan by year, and sets the wave of each pathway.
fn years(pathways: &mut [PathwayTeaching]) -> Vec<TeachingYear> {
    let mut by_year: BTreeMap<String, [Vec<String>; 3]> = BTreeMap::new();
    for taught in pathways.iter() {
        for (which, date) in [&taught.planned, &taught.actual, &taught.last].into_iter().enumerate() {
            if let Some(date) = date {
                by_year.entry(year(date).to_owned()).or_default()[which].push(taught.pathway.id.clone());
            }
        }
    }
    let mut waves = 0;
    let mut years = Vec::with_capacity(by_year.len());
    for (year, [planned, actual, last]) in by_year {
        waves += usize::from(!planned.is_empty());
        let wave = (!planned.is_empty()).then_some(waves);
        years.push(TeachingYear { year, wave, planned, actual, last });
    }
    for taught in pathways.iter_mut() {
        let planned = taught.planned.as_deref().map(year);
        taught.wave = years.iter().find(|y| Some(y.year.as_str()) == planned).and_then(|y| y.wave);
    }
    years
}

/// The reasons that the map, or else the policy, records for a marked branch.
fn reasons(map: &Map, policy: &Policy, branch: &str) -> Vec<String> {
    let (name, mark) = match (map.route(branch), map.pathway(branch)) {
        (Some(route), _) => (route.name(), route.apprenticeship_only()),
        (None, Some(pathway)) => (pathway.name(), pathway.apprenticeship_only()),
        (None, None) => return Vec::new(),
    };
    policy.reasons_of(branch, name, mark).map_or_else(Vec::new, <[String]>::to_vec)
}
