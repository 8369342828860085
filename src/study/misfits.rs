//! Occupations that are nearer to another cluster than to their own, and so
//! might move.
//!
//! Each occupation is scored by [`Placer`] as if it were not on the map. It is
//! a misfit if another cluster scores more than its own; the gain is the
//! difference. A bootstrap estimates how stable that is: its statements are
//! resampled with replacement, as many as there are, and the two clusters are
//! compared again.
//!
//! For an occupation that is alone in its cluster, only the cluster's name is
//! left to compare with; it is marked `alone`.
//!
//! # Source
//!
//! B. Efron, "Bootstrap methods: another look at the jackknife", Ann. Statist. 7
//! (1979), 1-26.

use serde::{Deserialize, Serialize};

use super::louvain::Random;
use crate::map::Map;
use crate::place::{NearOccupation, NewOccupation, Placer, Scratch, TermShare};
use crate::text::fingerprint;

/// The occupations of a map that are nearer to another cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MisfitStudy {
    format: StudyFormat,
    version: u32,
    /// How many times the statements of each were resampled.
    pub rounds: usize,
    /// The seed of the samples.
    pub seed: u64,
    /// How many occupations were tested.
    pub asked: usize,
    /// The misfits, the largest gain first.
    pub misfits: Vec<Misfit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StudyFormat {
    #[serde(rename = "tlevel-study-misfits")]
    Misfits,
}

/// An occupation that is nearer to another cluster than to its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Misfit {
    /// Its id.
    pub occupation: String,
    /// Its title.
    pub title: String,
    /// The id of its cluster.
    pub cluster: String,
    /// The nearest cluster.
    pub nearer: String,
    /// How much more that cluster scores.
    pub gain: f64,
    /// The rank of its own cluster by score, from 1.
    pub rank: usize,
    /// The share of samples in which that cluster scored more; `None` with
    /// fewer than two statements, which cannot be resampled.
    pub stability: Option<f64>,
    /// Whether it is alone in its cluster.
    pub alone: bool,
    /// The terms that speak most for the other cluster.
    pub evidence: Vec<TermShare>,
    /// Its nearest occupations there.
    pub nearest: Vec<NearOccupation>,
}

/// The number of terms and occupations shown for each.
const TERMS: usize = 8;
const NEAREST: usize = 3;

impl MisfitStudy {
    /// Combines the results for `asked` occupations, in any order.
    pub fn new(rounds: usize, seed: u64, asked: usize, mut misfits: Vec<Misfit>) -> Self {
        misfits.sort_by(|a, b| b.gain.total_cmp(&a.gain).then_with(|| a.occupation.cmp(&b.occupation)));
        MisfitStudy { format: StudyFormat::Misfits, version: 1, rounds, seed, asked, misfits }
    }
}

/// Tests one occupation of the placer's map, by its number. Returns `None` if
/// it is not a misfit or not on the map.
///
/// # Examples
///
/// ```
/// use tlevel::{place::Placer, study::misfit};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let placer = Placer::new(&map);
/// let found: Vec<_> = (0..40).filter_map(|number| misfit(&placer, &map, number, 20, 1)).collect();
/// assert!(!found.is_empty() && found.iter().all(|misfit| misfit.gain > 0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// One suggestion for each round.
pub fn misfit(placer: &Placer, map: &Map, number: usize, rounds: usize, seed: u64) -> Option<Misfit> {
    let occupation = map.occupations().nth(number)?;
    let (id, title, own) = placer.occupations().nth(number).filter(|(id, ..)| *id == occupation.id())?;
    let whole = NewOccupation::from(occupation);
    let mut scratch = Scratch::default();
    let scores = placer.scores_without(number, std::slice::from_ref(&whole), &mut scratch).pop()?;
    let own_place = placer.clusters().position(|cluster| cluster == own)?;
    // ties: the first
    let nearer = (0..scores.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
    let gain = scores[nearer] - scores[own_place];
    if gain <= 0.0 {
        return None;
    }
    let nearer_id = placer.clusters().nth(nearer)?;
    let statements = whole.statements.len();
    let stability = (statements > 1 && rounds > 0).then(|| {
        let mut random = Random(seed ^ fingerprint([id]));
        let stays = (0..rounds).filter(|_| {
            let mut drawn = whole.clone();
            drawn.statements = (0..statements).map(|_| whole.statements[random.below(statements)].clone()).collect();
            let scores = placer.scores_without(number, &[drawn], &mut scratch).pop().unwrap_or_default();
            scores.get(nearer) > scores.get(own_place)
        });
        stays.count() as f64 / rounds as f64
    });
    let mut evidence = placer.explain(&whole, nearer_id)?;
    evidence.shares.truncate(TERMS);
    evidence.nearest.truncate(NEAREST);
    Some(Misfit {
        occupation: id.to_owned(),
        title: title.to_owned(),
        cluster: own.to_owned(),
        nearer: nearer_id.to_owned(),
        gain,
        rank: 1 + scores.iter().filter(|score| **score > scores[own_place]).count(),
        stability,
        alone: placer.occupations().filter(|(_, _, cluster)| *cluster == own).count() == 1,
        evidence: evidence.shares,
        nearest: evidence.nearest,
    })
}
