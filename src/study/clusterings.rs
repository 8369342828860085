//! Baseline clusterings of a map's occupations by the map's own similarity, for
//! comparison with the official grouping.
//!
//! | Method | How many clusters |
//! |---|---|
//! | `single`, `complete`, `average`, `weighted`, `ward` | given, or by the best silhouette |
//! | `k-medoids` | given, or by the best silhouette |
//! | `louvain` | results from the neighbour graph |
//!
//! Without a number, candidates from 2 to half the occupations are tried (each
//! about a tenth more than the one before; for `k-medoids`, half more), and the
//! one with the highest mean silhouette is kept (ties: the smallest).
//!
//! Occupations are sorted by their ids, so that the order of rows changes
//! nothing.
//!
//! # Source
//!
//! D. Müllner, "Modern hierarchical, agglomerative clustering algorithms",
//! arXiv:1109.2378 (2011).

use serde::{Deserialize, Serialize};

use super::k_medoids::k_medoids;
use super::labels::Labels;
use super::linkage::{Linkage, Merge, cut, merges};
use super::louvain::louvain;
use super::{Similarity, internal};
use crate::order;
use crate::place::Placer;

/// The occupations of a map as points, by id, with the cosine of every pair.
///
/// # Examples
///
/// ```
/// use tlevel::place::Placer;
/// use tlevel::study::Points;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let points = Points::new(&Placer::new(&map));
/// assert_eq!(points.similarity().len(), 411);
/// assert!(points.ids().is_sorted());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Points {
    ids: Vec<String>,
    titles: Vec<String>,
    official: Vec<String>,
    similarity: Similarity,
}

impl Points {
    /// Returns the occupations of a placer as points.
    ///
    /// # Complexity
    ///
    /// `O(t n)` for `t` terms of all occupations and the `n` occupations that
    /// have each; memory `O(n^2)` for `n` occupations, four bytes a pair.
    pub fn new(placer: &Placer) -> Self {
        let all: Vec<(&str, &str, &str)> = placer.occupations().collect();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order::by_key(&mut order, |&m| all[m].0);
        let pick = |of: fn(&(&str, &str, &str)) -> String| order.iter().map(|&m| of(&all[m])).collect();
        let similarity = Similarity::new(order.len(), placer.cosines(&order)).unwrap_or_default();
        Points {
            ids: pick(|o| o.0.to_owned()),
            titles: pick(|o| o.1.to_owned()),
            official: pick(|o| o.2.to_owned()),
            similarity,
        }
    }

    /// The ids, in ascending order.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The titles, in the order of the ids.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// The ids of their clusters, in the order of the ids.
    pub fn official(&self) -> &[String] {
        &self.official
    }

    /// Their similarities, in the order of the ids.
    pub fn similarity(&self) -> &Similarity {
        &self.similarity
    }

    /// Returns only the points that have a label.
    #[must_use]
    pub fn of(&self, labels: &Labels) -> Points {
        let kept: Vec<usize> = (0..self.ids.len()).filter(|&p| labels.get(&self.ids[p]).is_some()).collect();
        let pick = |list: &[String]| kept.iter().map(|&p| list[p].clone()).collect();
        let pairs = kept.iter().enumerate().flat_map(|(i, &p)| kept[i + 1..].iter().map(move |&q| (p, q)));
        let condensed = pairs.map(|(p, q)| self.similarity.get(p, q) as f32).collect();
        Points {
            ids: pick(&self.ids),
            titles: pick(&self.titles),
            official: pick(&self.official),
            similarity: Similarity::new(kept.len(), condensed).unwrap_or_default(),
        }
    }
}

/// A clustering method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Method {
    /// Joins by the nearest pair.
    Single,
    /// Joins by the farthest pair.
    Complete,
    /// Joins by the mean of all pairs (UPGMA).
    Average,
    /// Joins by the mean of the two parts of a group (WPGMA).
    Weighted,
    /// Joins the groups that raise the sum of squares least.
    Ward,
    /// Partitions around medoids.
    KMedoids,
    /// Communities of the neighbour graph.
    Louvain,
}

impl Method {
    /// All methods.
    pub const ALL: [Method; 7] = [
        Method::Single,
        Method::Complete,
        Method::Average,
        Method::Weighted,
        Method::Ward,
        Method::KMedoids,
        Method::Louvain,
    ];

    /// Its name in files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Method::Single => "single",
            Method::Complete => "complete",
            Method::Average => "average",
            Method::Weighted => "weighted",
            Method::Ward => "ward",
            Method::KMedoids => "k-medoids",
            Method::Louvain => "louvain",
        }
    }

    fn linkage(self) -> Option<Linkage> {
        match self {
            Method::Single => Some(Linkage::Single),
            Method::Complete => Some(Linkage::Complete),
            Method::Average => Some(Linkage::Average),
            Method::Weighted => Some(Linkage::Weighted),
            Method::Ward => Some(Linkage::Ward),
            Method::KMedoids | Method::Louvain => None,
        }
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Method {
    type Err = NotAMethod;

    fn from_str(name: &str) -> Result<Self, NotAMethod> {
        Method::ALL.into_iter().find(|method| method.name() == name).ok_or_else(|| NotAMethod(name.to_owned()))
    }
}

/// A text that is not the name of a method: `"median".parse::<Method>()`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a method; expected single, complete, average, weighted, ward, k-medoids or louvain")]
pub struct NotAMethod(pub String);

/// Why nothing was clustered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClusteringError {
    /// A number of clusters for a method that determines it itself.
    #[error("the method louvain finds the number of clusters itself; leave it out, or take another method")]
    NumberGiven,
    /// No clusters, or more than there are occupations.
    #[error("{asked} clusters of {points} occupations cannot be made; give a number from 1 to {points}")]
    Number {
        /// The requested number.
        asked: usize,
        /// The number of occupations.
        points: usize,
    },
}

/// A clustering of occupations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Clustering {
    /// The method.
    pub method: Method,
    /// How many clusters there are.
    pub clusters: usize,
    /// The label of each occupation: `c1`, `c2` and so on, numbered by first
    /// occurrence.
    pub labels: Labels,
    /// All steps of an agglomerative method. Occupations are numbered by their
    /// ids in ascending order.
    pub merges: Vec<Merge>,
    /// The numbers of clusters that were tried, with the mean silhouette of
    /// each; empty if the number was given.
    pub tried: Vec<Trial>,
}

/// A number of clusters that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trial {
    /// The number.
    pub clusters: usize,
    /// The mean silhouette.
    pub silhouette: f64,
}

/// Clusters occupations.
///
/// # Errors
///
/// [`ClusteringError`]: 0 clusters, more clusters than occupations, or any
/// number for `louvain`.
///
/// # Examples
///
/// ```
/// use tlevel::place::Placer;
/// use tlevel::study::{Method, Points, cluster};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let points = Points::new(&Placer::new(&map));
/// let clustering = cluster(&points, Method::Average, Some(100), 0)?;
/// assert_eq!((clustering.clusters, clustering.merges.len()), (100, 410));
/// assert!(cluster(&points, Method::Average, Some(0), 0).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n^2)` for the agglomerative methods, and the same for each number tried;
/// `O(n^2)` per step of `k-medoids`, with about as many steps as clusters;
/// `O(n^2 log n)` for `louvain`.
pub fn cluster(
    points: &Points,
    method: Method,
    clusters: Option<usize>,
    seed: u64,
) -> Result<Clustering, ClusteringError> {
    let Grouping { labels, merges, tried, .. } = group(points.similarity(), method, clusters, seed)?;
    let label = |(id, label): (&String, &u32)| (id.clone(), format!("c{}", label + 1));
    Ok(Clustering {
        method,
        clusters: labels.iter().max().map_or(0, |most| *most as usize + 1),
        labels: points.ids().iter().zip(&labels).map(label).collect(),
        merges,
        tried,
    })
}

/// A clustering of points that have no ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Grouping {
    /// The number of each point's group, from 0, by first occurrence.
    pub labels: Vec<u32>,
    /// All steps of an agglomerative method.
    pub merges: Vec<Merge>,
    /// The numbers of clusters that were tried, with the mean silhouette of
    /// each; empty if the number was given.
    pub tried: Vec<Trial>,
}

/// Clusters points of which only the similarities are known: [`cluster`] for
/// anything but the occupations of a map.
///
/// Every point is in a group; none is left as noise.
///
/// # Errors
///
/// As [`cluster`].
///
/// # Examples
///
/// ```
/// use tlevel::study::{Method, Similarity, group};
///
/// // two pairs of like points, unlike each other
/// let similarity = Similarity::new(4, vec![0.9, 0.1, 0.1, 0.1, 0.1, 0.8]).unwrap();
/// assert_eq!(group(&similarity, Method::Average, Some(2), 0)?.labels, [0, 0, 1, 1]);
/// assert_eq!(group(&similarity, Method::Average, None, 0)?.tried[0].clusters, 2);
/// assert!(group(&similarity, Method::Average, Some(5), 0).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`cluster`].
pub fn group(
    similarity: &Similarity,
    method: Method,
    clusters: Option<usize>,
    seed: u64,
) -> Result<Grouping, ClusteringError> {
    let n = similarity.len();
    if let Some(asked) = clusters.filter(|asked| *asked == 0 || *asked > n) {
        return Err(ClusteringError::Number { asked, points: n });
    }
    let merges = method.linkage().map_or_else(Vec::new, |linkage| merges(similarity, linkage));
    let labels_of = |clusters: usize| match method {
        Method::KMedoids => k_medoids(similarity, clusters),
        Method::Louvain => louvain(similarity, seed),
        _ => cut(n, &merges, clusters),
    };
    let (labels, tried) = match (method, clusters) {
        (Method::Louvain, Some(_)) => return Err(ClusteringError::NumberGiven),
        (Method::Louvain, None) => (labels_of(0), Vec::new()),
        (_, Some(clusters)) => (labels_of(clusters), Vec::new()),
        (_, None) => best_silhouette(similarity, method, labels_of),
    };
    Ok(Grouping { labels, merges, tried })
}

fn best_silhouette(
    similarity: &Similarity,
    method: Method,
    labels_of: impl Fn(usize) -> Vec<u32>,
) -> (Vec<u32>, Vec<Trial>) {
    let n = similarity.len();
    let mut best: Option<(f64, Vec<u32>)> = None;
    let mut tried = Vec::new();
    let mut clusters = 2;
    while clusters <= n / 2 {
        let labels = labels_of(clusters);
        // there are as many labels as points
        let each = internal::silhouettes(similarity, &labels).unwrap_or_default();
        let silhouette = each.iter().sum::<f64>() / n as f64;
        tried.push(Trial { clusters, silhouette });
        if best.as_ref().is_none_or(|(most, _)| silhouette > *most) {
            best = Some((silhouette, labels));
        }
        clusters += if method == Method::KMedoids { clusters.div_ceil(2) } else { clusters.div_ceil(10) };
    }
    (best.map_or_else(|| labels_of(1), |(_, labels)| labels), tried)
}
