//! Measures of how good a labelling is, given only the similarities of points.
//!
//! | Measure | Meaning |
//! |---|---|
//! | `silhouette` | how much nearer points are to their own cluster than to the next best: -1 to 1, the mean over points |
//! | `simplified_silhouette` | the same, by distances to the centres of clusters: -1 to 1 |
//! | `davies_bouldin` | how wide clusters are relative to their distance from the most similar one: 0 or more, the lower the better |
//! | `calinski_harabasz` | how far apart centres are relative to the width of clusters: 0 or more, the higher the better |
//! | `cohesion` | how similar points of a cluster are: the mean over clusters of the mean over pairs; 1 for a single point |
//! | `separation` | how unlike a cluster is to the nearest other one: 1 - mean similarity of their points, the mean over clusters |
//! | `dunn` | the smallest distance of two points in different clusters, divided by the greatest of two in one: 0 or more, the higher the better |
//!
//! They show which of two labellings of the *same* points is crisper, not which
//! is truer. Those based on centres favour round clusters of similar size.
//!
//! # Distances
//!
//! `silhouette`, `separation` and `dunn` use 1 - cosine. The others treat the
//! points as vectors of length 1, of which only the cosines are known. That is
//! enough: a centre is the mean of the vectors of its cluster, and with `S` for
//! a sum of cosines, including each point with itself,
//!
//! * |x - centre of C|² = 1 - 2 S(x, C) / |C| + S(C, C) / |C|²
//! * |centre of C - centre of D|² = S(C, C) / |C|² + S(D, D) / |D|² - 2 S(C, D) / (|C| |D|)
//!
//! `simplified_silhouette` uses these squares as they are, and a point belongs
//! to the centre of its own cluster; `davies_bouldin` uses their roots.
//!
//! Cosines are stored as `f32`, each with an error of at most 2⁻²⁵, and at most
//! four of them occur in such a square. A square that is not above 2⁻²³ cannot
//! be distinguished from 0, and is set to 0. The same applies to the width of a
//! cluster in `dunn`.
//!
//! # What is left out
//!
//! Measures that are not defined are left out:
//!
//! * all except `cohesion` if there are fewer than two clusters; `cohesion` too
//!   if there are no points;
//! * `silhouette`, `simplified_silhouette`, `davies_bouldin` and
//!   `calinski_harabasz` if every point is alone in its cluster;
//! * `davies_bouldin` if two clusters have the same centre; `calinski_harabasz`
//!   and `dunn` if all points of each cluster coincide.
//!
//! A point alone in its cluster counts as 0 in both silhouettes; so does a
//! point at no distance from its own cluster and another.
//!
//! # Sources
//!
//! P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and
//! validation of cluster analysis", J. Comput. Appl. Math. 20 (1987). E. R.
//! Hruschka, R. J. G. B. Campello, L. N. de Castro, "Evolving clusters in
//! gene-expression data", Inf. Sci. 176 (2006) (simplified silhouette). D. L.
//! Davies, D. W. Bouldin, "A cluster separation measure", IEEE Trans. Pattern
//! Anal. Mach. Intell. 1 (1979). T. Caliński, J. Harabasz, "A dendrite method for
//! cluster analysis", Commun. Stat. 3 (1974). J. C. Dunn, "Well-separated
//! clusters and optimal fuzzy partitions", J. Cybern. 4 (1974).

use serde::{Deserialize, Serialize};

use super::agreement::LengthsDiffer;
use super::{Metric, Similarity};

/// The measures of a labelling.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InternalStudy {
    /// The figures, in the order of the [module's table](self), without those
    /// that are not defined.
    pub measures: Vec<Metric>,
    /// The clusters, in the order of their labels.
    pub clusters: Vec<ClusterQuality>,
}

/// The quality of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClusterQuality {
    /// Its label.
    pub label: u32,
    /// The number of its points.
    pub points: usize,
    /// The mean similarity of its pairs; 1 for a single point.
    pub cohesion: f64,
    /// 1 - the mean similarity of its points with those of the nearest other
    /// cluster (the one with the highest mean); 1 if there is no other.
    pub separation: f64,
    /// The mean silhouette of its points; 0 if there is no other cluster.
    pub silhouette: f64,
}

/// Measures a labelling: `labels[i]` is the cluster of point `i`, any number.
///
/// # Errors
///
/// [`LengthsDiffer`] if the number of labels differs from the number of points.
///
/// # Examples
///
/// ```
/// use tlevel::study::{Similarity, internal};
///
/// // two pairs of like points, unlike each other
/// let similarity = Similarity::new(4, vec![0.9, 0.1, 0.1, 0.1, 0.1, 0.8]).unwrap();
/// let study = internal::internal(&similarity, &[3, 3, 8, 8])?;
/// assert_eq!((study.clusters[1].label, study.clusters[1].points), (8, 2));
/// assert!((study.clusters[1].cohesion - 0.8).abs() < 1e-6);
/// let dunn = study.measures.iter().find(|m| m.measure == "dunn").unwrap().value;
/// assert!((dunn - 0.9 / 0.2).abs() < 1e-5);
///
/// assert!(internal::internal(&similarity, &[3, 3]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n² + k²)` time and `O(n + k²)` memory for `n` points in `k` clusters.
/// Deterministic: points are summed in their order.
pub fn internal(similarity: &Similarity, labels: &[u32]) -> Result<InternalStudy, LengthsDiffer> {
    LengthsDiffer::check(similarity.len(), labels.len())?;
    let clusters = Clusters::new(labels);
    let pairs = Pairs::new(similarity, &clusters);
    let sums = Sums::new(similarity, &clusters, &pairs);

    let n = labels.len() as f64;
    let k = clusters.labels.len();
    let several = k >= 2;
    let mut measures = Vec::with_capacity(7);
    let mut add = |measure: &str, value: Option<f64>| {
        measures.extend(value.map(|value| Metric::new(measure, value)));
    };
    if several && k < labels.len() {
        add("silhouette", Some(sums.silhouettes.iter().sum::<f64>() / n));
        add("simplified_silhouette", Some(sums.simplified / n));
        add("davies_bouldin", davies_bouldin(&clusters, &pairs, &sums));
        add("calinski_harabasz", calinski_harabasz(&clusters, &sums));
    }
    let quality = quality(&clusters, &sums);
    let mean = |of: fn(&ClusterQuality) -> f64| quality.iter().map(of).sum::<f64>() / k as f64;
    add("cohesion", (k >= 1).then(|| mean(|cluster| cluster.cohesion)));
    add("separation", several.then(|| mean(|cluster| cluster.separation)));
    add("dunn", (several && pairs.widest > 0.0).then(|| pairs.closest / pairs.widest));
    Ok(InternalStudy { measures, clusters: quality })
}

/// Returns the silhouette of each point: how much nearer it is to its own
/// cluster than to the next best one, from -1 to 1; the distance is 1 - cosine.
///
/// All are 0 if there is only one cluster, or if every point is alone.
///
/// # Errors
///
/// [`LengthsDiffer`] if the number of labels differs from the number of points.
///
/// # Examples
///
/// ```
/// use tlevel::study::{Similarity, internal};
///
/// let similarity = Similarity::new(3, vec![0.8, 0.2, 0.6]).unwrap();
/// let silhouettes = internal::silhouettes(&similarity, &[0, 0, 1])?;
/// // 0.2 from its neighbour, 0.8 from the other cluster
/// assert!((silhouettes[0] - 0.6 / 0.8).abs() < 1e-6);
/// assert_eq!(silhouettes[2], 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n²)` time, `O(n + k)` memory for `n` points in `k` clusters.
///
/// # Source
///
/// P. J. Rousseeuw, J. Comput. Appl. Math. 20 (1987).
pub fn silhouettes(similarity: &Similarity, labels: &[u32]) -> Result<Vec<f64>, LengthsDiffer> {
    LengthsDiffer::check(similarity.len(), labels.len())?;
    let clusters = Clusters::new(labels);
    let mut silhouettes = Vec::with_capacity(labels.len());
    each_point(similarity, &clusters, |own, sums| silhouettes.push(silhouette(&clusters, own, sums)));
    Ok(silhouettes)
}

/// The clusters, numbered in the order of their labels.
struct Clusters {
    labels: Vec<u32>,
    sizes: Vec<usize>,
    /// The number of each point's cluster.
    of: Vec<usize>,
}

impl Clusters {
    fn new(labels: &[u32]) -> Self {
        let mut distinct = labels.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let of: Vec<usize> = labels.iter().map(|label| distinct.partition_point(|other| other < label)).collect();
        let mut sizes = vec![0; distinct.len()];
        of.iter().for_each(|&cluster| sizes[cluster] += 1);
        Clusters { labels: distinct, sizes, of }
    }

    /// All clusters except one.
    fn others(&self, one: usize) -> impl Iterator<Item = usize> {
        (0..self.sizes.len()).filter(move |&other| other != one)
    }
}

/// Values computed in one pass over every pair.
struct Pairs {
    /// The sum of each point's cosines with its own cluster, including itself.
    own: Vec<f64>,
    /// The greatest distance of two points in one cluster.
    widest: f64,
    /// The least distance of two points in different clusters.
    closest: f64,
}

impl Pairs {
    fn new(similarity: &Similarity, clusters: &Clusters) -> Self {
        let mut own = vec![1.0; clusters.of.len()];
        let (mut least_within, mut most_between) = (1.0_f32, -1.0_f32);
        for (i, &cluster) in clusters.of.iter().enumerate() {
            for (after, &cosine) in similarity.after(i).iter().enumerate() {
                let j = i + 1 + after;
                if clusters.of[j] == cluster {
                    own[i] += f64::from(cosine);
                    own[j] += f64::from(cosine);
                    least_within = least_within.min(cosine);
                } else {
                    most_between = most_between.max(cosine);
                }
            }
        }
        Pairs { own, widest: significant(1.0 - f64::from(least_within)), closest: 1.0 - f64::from(most_between) }
    }
}

/// Returns 0 for a square that may be due to rounding of cosines alone.
fn significant(square: f64) -> f64 {
    if square > f64::from(f32::EPSILON) { square } else { 0.0 }
}

/// Passes on the number of each point's cluster, and the sums of the point's
/// cosines with each cluster (including itself), in the order of points.
///
/// Works on blocks of points, so that the triangle is read sequentially.
fn each_point(similarity: &Similarity, clusters: &Clusters, mut visit: impl FnMut(usize, &[f64])) {
    const BLOCK: usize = 64;
    let (n, k) = (clusters.of.len(), clusters.sizes.len());
    let mut sums = vec![0.0; BLOCK.min(n) * k];
    for start in (0..n).step_by(BLOCK) {
        let end = n.min(start + BLOCK);
        sums.fill(0.0);
        // with the points before it
        for (j, &cluster) in clusters.of[..end].iter().enumerate() {
            let first = start.max(j + 1);
            let cosines = &similarity.after(j)[first - j - 1..end - j - 1];
            for (i, &cosine) in (first..).zip(cosines) {
                sums[(i - start) * k + cluster] += f64::from(cosine);
            }
        }
        // with itself and the points after it
        for (i, sums) in (start..end).zip(sums.chunks_exact_mut(k)) {
            sums[clusters.of[i]] += 1.0;
            for (&cluster, &cosine) in clusters.of[i + 1..].iter().zip(similarity.after(i)) {
                sums[cluster] += f64::from(cosine);
            }
            visit(clusters.of[i], sums);
        }
    }
}

/// The silhouette of a point of the cluster `own` with these sums of cosines.
fn silhouette(clusters: &Clusters, own: usize, sums: &[f64]) -> f64 {
    let fellows = clusters.sizes[own] - 1;
    if fellows == 0 {
        return 0.0;
    }
    let within = (1.0 - (sums[own] - 1.0) / fellows as f64).max(0.0);
    let nearest = clusters.others(own).map(|other| 1.0 - sums[other] / clusters.sizes[other] as f64);
    nearest.reduce(f64::min).map_or(0.0, |nearest| part(nearest.max(0.0), within))
}

/// How much farther the other cluster is, relative to the farther of the two.
fn part(other: f64, own: f64) -> f64 {
    let farther = other.max(own);
    if farther > 0.0 { (other - own) / farther } else { 0.0 }
}

/// Values computed from the sums of each point's cosines with each cluster.
struct Sums {
    silhouettes: Vec<f64>,
    simplified: f64,
    /// The sum of the cosines of points of every two clusters, row by row.
    between: Vec<f64>,
}

impl Sums {
    fn new(similarity: &Similarity, clusters: &Clusters, pairs: &Pairs) -> Self {
        let k = clusters.sizes.len();
        // the squared length of each centre
        let mut centres = vec![0.0; k];
        for (&cluster, own) in clusters.of.iter().zip(&pairs.own) {
            let size = clusters.sizes[cluster] as f64;
            centres[cluster] += own / (size * size);
        }
        let mut all =
            Sums { silhouettes: Vec::with_capacity(clusters.of.len()), simplified: 0.0, between: vec![0.0; k * k] };
        each_point(similarity, clusters, |own, sums| {
            all.silhouettes.push(silhouette(clusters, own, sums));
            let centre =
                |other: usize| significant(1.0 - 2.0 * sums[other] / clusters.sizes[other] as f64 + centres[other]);
            if let Some(nearest) = clusters.others(own).map(centre).reduce(f64::min).filter(|_| clusters.sizes[own] > 1)
            {
                all.simplified += part(nearest, centre(own));
            }
            all.between[own * k..][..k].iter_mut().zip(sums).for_each(|(all, sum)| *all += sum);
        });
        all
    }

    /// The mean cosine of the points of two clusters; for one cluster,
    /// including each point with itself.
    fn mean(&self, clusters: &Clusters, a: usize, b: usize) -> f64 {
        self.between[a * clusters.sizes.len() + b] / (clusters.sizes[a] as f64 * clusters.sizes[b] as f64)
    }
}

/// Returns `None` if two clusters have the same centre.
fn davies_bouldin(clusters: &Clusters, pairs: &Pairs, sums: &Sums) -> Option<f64> {
    let k = clusters.sizes.len();
    let squares: Vec<f64> = (0..k).map(|cluster| sums.mean(clusters, cluster, cluster)).collect();
    // the mean distance of the points of each cluster from its centre
    let mut widths = vec![0.0; k];
    for (&cluster, own) in clusters.of.iter().zip(&pairs.own) {
        let size = clusters.sizes[cluster] as f64;
        widths[cluster] += significant(1.0 - 2.0 * own / size + squares[cluster]).sqrt() / size;
    }
    let mut sum = 0.0;
    for a in 0..k {
        let mut worst = 0.0_f64;
        for b in clusters.others(a) {
            let apart = significant(squares[a] + squares[b] - 2.0 * sums.mean(clusters, a, b)).sqrt();
            if apart <= 0.0 {
                return None;
            }
            worst = worst.max((widths[a] + widths[b]) / apart);
        }
        sum += worst;
    }
    Some(sum / k as f64)
}

/// Returns `None` if no cluster has a width.
fn calinski_harabasz(clusters: &Clusters, sums: &Sums) -> Option<f64> {
    let (n, k) = (clusters.of.len() as f64, clusters.sizes.len());
    let centres: f64 =
        (0..k).map(|cluster| sums.mean(clusters, cluster, cluster) * clusters.sizes[cluster] as f64).sum();
    let centre = sums.between.iter().sum::<f64>() / n;
    // the squared distances of points from the centres of their clusters, and of these from the
    // overall centre
    let (within, between) = (significant((n - centres) / n) * n, significant((centres - centre) / n) * n);
    let k = k as f64;
    (within > 0.0).then(|| between * (n - k) / (within * (k - 1.0)))
}

/// The quality of each cluster.
fn quality(clusters: &Clusters, sums: &Sums) -> Vec<ClusterQuality> {
    let mut silhouettes = vec![0.0; clusters.sizes.len()];
    clusters.of.iter().zip(&sums.silhouettes).for_each(|(&cluster, silhouette)| silhouettes[cluster] += silhouette);
    (clusters.labels.iter().zip(&clusters.sizes).enumerate())
        .map(|(own, (&label, &points))| {
            let size = points as f64;
            let nearest = clusters.others(own).map(|other| sums.mean(clusters, own, other)).reduce(f64::max);
            let pairs = size * (size - 1.0);
            let within = sums.mean(clusters, own, own) * size * size - size;
            ClusterQuality {
                label,
                points,
                cohesion: if pairs > 0.0 { within / pairs } else { 1.0 },
                separation: 1.0 - nearest.unwrap_or(0.0),
                silhouette: silhouettes[own] / size,
            }
        })
        .collect()
}
