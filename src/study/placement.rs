//! How often the placer is right, with each occupation placed as if it were
//! new.
//!
//! | Measure | Meaning |
//! |---|---|
//! | `asked` | how many occupations are in a cluster of two or more |
//! | `cluster_top_1`, `_top_3`, `_top_5` | how often its own cluster is the first suggestion, or among the first three or five |
//! | `cluster_mrr` | the mean of 1 / its rank |
//! | `pathway_...`, `route_...` | the same for the pathway and the route |
//!
//! An account may say less than the map does: the title alone, say. For each account
//! the study has how often the first suggestions are right and the expected
//! calibration error: the mean distance between confidence and the share that is
//! right, over tenths of confidence. With routes taken out of the map one by one, it
//! has how often their occupations are refused.
//!
//! # Source
//!
//! E. M. Voorhees, "The TREC-8 question answering track report", 1999 (mean
//! reciprocal rank). M. P. Naeini, G. F. Cooper and M. Hauskrecht, "Obtaining well
//! calibrated probabilities using Bayesian binning", AAAI 2015 (calibration error).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Metric;
use crate::map::Map;
use crate::order;
use crate::place::{Account, LeftOut, NewOccupation, Placer, Scratch, Verdict};

/// The measures of a placer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlacementStudy {
    format: StudyFormat,
    version: u32,
    /// The figures.
    pub measures: Vec<Metric>,
    /// How accurate confidence is, in tenths.
    pub calibration: Vec<CalibrationBin>,
    /// The clusters whose occupations are most often placed elsewhere, the
    /// worst first.
    pub confused: Vec<Confusion>,
    /// How accurate suggestions are by how much is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AccountQuality>,
    /// What happens to the occupations of routes that are taken out of the map, by
    /// how much is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_routes: Vec<WithoutRoutes>,
}

/// How accurate suggestions are that are asked for with accounts of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountQuality {
    /// What is known.
    pub account: Account,
    /// Whether the level is known.
    pub level: bool,
    /// How often its own cluster is the first suggestion.
    pub top_1: f64,
    /// How often it is among the first three.
    pub top_3: f64,
    /// The mean confidence in the first.
    pub confidence: f64,
    /// The expected calibration error of the first, over tenths of confidence.
    pub calibration_error: f64,
    /// How accurate its confidence is, in tenths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calibration: Vec<CalibrationBin>,
}

/// What happens to occupations that no cluster of the map fits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WithoutRoutes {
    /// What is known.
    pub account: Account,
    /// How many were asked about.
    pub asked: usize,
    /// The share that is refused: the verdict is that nothing is near, or that too
    /// little is known.
    pub refused: f64,
    /// The share that is refused, or whose first suggestion has a confidence below 0.3.
    pub refused_or_unsure: f64,
}

/// The confidence below which a first suggestion is unsure.
const UNSURE: f64 = 0.3;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StudyFormat {
    #[serde(rename = "tlevel-study-placement")]
    Placement,
}

/// The first suggestions in a range of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalibrationBin {
    /// The start of the range, which covers 0.1.
    pub from: f64,
    /// The number of suggestions.
    pub suggestions: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that are right.
    pub right: f64,
}

/// A cluster whose occupations are placed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Confusion {
    /// The cluster.
    pub cluster: String,
    /// How many of its occupations were placed.
    pub asked: usize,
    /// How many of them were placed elsewhere.
    pub elsewhere: usize,
    /// The cluster in which most of those were placed.
    pub mostly: String,
}

/// Measures a placer on its own map.
///
/// # Examples
///
/// ```
/// use tlevel::{place::Placer, study::placement};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let study = placement::study(&Placer::new(&map));
/// let top_1 = study.measures.iter().find(|m| m.measure == "cluster_top_1").unwrap().value;
/// assert!(top_1 > 0.3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// One suggestion for each occupation.
pub fn study(placer: &Placer) -> PlacementStudy {
    of(&placer.leave_one_out())
}

/// Measures a placer on its own map from accounts that say as much as is given, and
/// compares accounts of all kinds.
///
/// # Examples
///
/// ```
/// use tlevel::{place::{Account, Placer}, study::placement};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let study = placement::study_by(&Placer::new(&map), &map, Account::Title);
/// assert_eq!(study.accounts.len(), 8);
/// assert!(study.accounts.iter().all(|kind| kind.top_1 <= kind.top_3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// Nine suggestions for each occupation.
pub fn study_by(placer: &Placer, map: &Map, account: Account) -> PlacementStudy {
    let mut study = of(&placer.leave_one_out_by(map, |occupation| occupation.only(account)));
    for account in [Account::All, Account::Names, Account::Short, Account::Title] {
        for level in [true, false] {
            let asked = placer.leave_one_out_by(map, |occupation| {
                let mut less = occupation.only(account);
                less.level = less.level.filter(|_| level);
                less
            });
            study.accounts.push(AccountQuality::of(account, level, &asked));
        }
    }
    study
}

impl AccountQuality {
    fn of(account: Account, level: bool, asked: &[LeftOut]) -> Self {
        let n = asked.len().max(1) as f64;
        let top = |k: usize| asked.iter().filter(|one| one.ranks[0] <= k).count() as f64 / n;
        let calibration: Vec<CalibrationBin> = tenths(asked).collect();
        let error = calibration.iter().map(|bin| bin.suggestions as f64 * (bin.confidence - bin.right).abs());
        AccountQuality {
            account,
            level,
            top_1: top(1),
            top_3: top(3),
            confidence: asked.iter().map(|one| one.confidence).sum::<f64>() / n,
            calibration_error: error.sum::<f64>() / n,
            calibration,
        }
    }
}

/// Takes each route out of the map and asks for its occupations: no cluster that is
/// left is right. `build` makes the placer of what is left.
///
/// # Examples
///
/// ```
/// use tlevel::{place::Placer, study::placement};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let found = placement::without_routes(&map, Placer::new);
/// assert!(found.iter().all(|kind| kind.refused <= kind.refused_or_unsure));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// A placer for each route, and three suggestions for each occupation.
pub fn without_routes(map: &Map, build: impl Fn(&Map) -> Placer) -> Vec<WithoutRoutes> {
    let accounts = [Account::All, Account::Short, Account::Title];
    let mut counts = [[0_usize; 3]; 3];
    let mut scratch = Scratch::default();
    for route in map.routes() {
        let mut raw = map.raw().clone();
        raw.routes.retain(|other| other.id.as_deref() != Some(route.id()));
        let Ok(left) = crate::check(raw) else { continue };
        let placer = build(&left.map);
        for occupation in map.occupations().filter(|o| o.pathway().route().id() == route.id()) {
            let whole = NewOccupation::from(occupation);
            for (account, [asked, refused, unsure]) in accounts.into_iter().zip(&mut counts) {
                let found = placer.suggest_with(&whole.only(account), 1, &mut scratch);
                let is_refused = matches!(found.verdict, Verdict::None | Verdict::TooLittle);
                let is_unsure = found.suggestions.first().is_none_or(|first| first.confidence < UNSURE);
                *asked += 1;
                *refused += usize::from(is_refused);
                *unsure += usize::from(is_refused || is_unsure);
            }
        }
    }
    let of = |(account, [asked, refused, unsure]): (Account, [usize; 3])| {
        let share = |count: usize| count as f64 / asked.max(1) as f64;
        WithoutRoutes { account, asked, refused: share(refused), refused_or_unsure: share(unsure) }
    };
    accounts.into_iter().zip(counts).map(of).collect()
}

/// The first suggestions in tenths of confidence.
fn tenths(asked: &[LeftOut]) -> impl Iterator<Item = CalibrationBin> {
    (0..10_u8).filter_map(|tenth| {
        let from = f64::from(tenth) / 10.0;
        let is_in = |c: f64| c >= from && (c < from + 0.1 || tenth == 9);
        let of: Vec<_> = asked.iter().filter(|a| is_in(a.confidence)).collect();
        let share = |sum: f64| sum / of.len() as f64;
        (!of.is_empty()).then(|| CalibrationBin {
            from,
            suggestions: of.len(),
            confidence: share(of.iter().map(|a| a.confidence).sum()),
            right: share(of.iter().filter(|a| a.ranks[0] == 1).count() as f64),
        })
    })
}

fn of(asked: &[LeftOut]) -> PlacementStudy {
    let n = asked.len().max(1) as f64;
    let mut measures = vec![Metric::new("asked", asked.len() as f64)];
    for (tier, name) in ["cluster", "pathway", "route"].into_iter().enumerate() {
        for top in [1, 3, 5] {
            let within = asked.iter().filter(|a| a.ranks[tier] <= top).count();
            measures.push(Metric::new(&format!("{name}_top_{top}"), within as f64 / n));
        }
        let reciprocal: f64 = asked.iter().map(|a| 1.0 / a.ranks[tier] as f64).sum();
        measures.push(Metric::new(&format!("{name}_mrr"), reciprocal / n));
    }
    let mut by_cluster: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for one in asked {
        let of = by_cluster.entry(&one.cluster).or_default();
        of.0 += 1;
        if one.suggested != one.cluster {
            *of.1.entry(&one.suggested).or_default() += 1;
        }
    }
    let mut confused: Vec<Confusion> = (by_cluster.into_iter())
        .filter_map(|(cluster, (asked, elsewhere))| {
            let mostly = elsewhere.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
            Some(Confusion {
                cluster: cluster.to_owned(),
                asked,
                elsewhere: elsewhere.values().sum(),
                mostly: (*mostly.0).to_owned(),
            })
        })
        .collect();
    order::by(&mut confused, |a, b| {
        b.elsewhere.cmp(&a.elsewhere).then(a.asked.cmp(&b.asked)).then(a.cluster.cmp(&b.cluster))
    });
    PlacementStudy {
        format: StudyFormat::Placement,
        version: 1,
        measures,
        calibration: tenths(asked).collect(),
        confused,
        accounts: Vec::new(),
        without_routes: Vec::new(),
    }
}
