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
//! # Source
//!
//! E. M. Voorhees, "The TREC-8 question answering track report", 1999 (mean
//! reciprocal rank).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Metric;
use crate::place::Placer;

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
}

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
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
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
    let asked = placer.leave_one_out();
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
    let calibration = (0..10_u8).filter_map(|tenth| {
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
    });
    let mut by_cluster: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for one in &asked {
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
    confused.sort_by(|a, b| b.elsewhere.cmp(&a.elsewhere).then(a.asked.cmp(&b.asked)).then(a.cluster.cmp(&b.cluster)));
    PlacementStudy {
        format: StudyFormat::Placement,
        version: 1,
        measures,
        calibration: calibration.collect(),
        confused,
    }
}
