//! Measures of how alike two labellings of the same points are.
//!
//! The first labelling is the reference (its labels are *classes*), the second
//! is what is judged (its labels are *clusters*). The names of labels make no
//! difference; only which points share one does.
//!
//! | Measure | Meaning |
//! |---|---|
//! | `rand` | the share of pairs of points on which both agree, together or apart: 0 to 1 |
//! | `adjusted_rand` | the same, corrected for chance: 0 at the level of chance; 1 if equal; -0.5 at worst |
//! | `mutual_information` | how much one label says about the other, in natural units: 0 or more |
//! | `normalised_mutual_information` | its share of the mean of the two entropies: 0 to 1 |
//! | `..._min`, `_max`, `_geometric` | its share of their minimum, maximum, geometric mean |
//! | `adjusted_mutual_information` | its share of their mean, corrected for chance: 0 at the level of chance |
//! | `homogeneity` | how far a cluster contains points of only one class: 0 to 1 |
//! | `completeness` | how far a class is in only one cluster: 0 to 1 |
//! | `v_measure` | the harmonic mean of the two |
//! | `fowlkes_mallows` | the geometric mean of precision and recall of the pairs that are together: 0 to 1 |
//! | `bcubed_precision` | how much of a point's cluster is of its class, the mean over points: 0 to 1 |
//! | `bcubed_recall` | how much of a point's class is in its cluster, the mean over points: 0 to 1 |
//! | `bcubed_f` | the harmonic mean of the two |
//! | `purity` | the share of points in the most frequent class of their cluster: 0 to 1 |
//! | `variation_of_information` | the distance between the two, a metric: 0 if equal, at most ln n |
//!
//! If clusters are many and small, `rand` is near 1 and the normalised mutual
//! information is high for any labelling: look at the adjusted measures. If a
//! few large clusters contain most pairs, they dominate the measures of pairs;
//! B-cubed counts points.
//!
//! # Degenerate cases
//!
//! No measure is ever undefined. Those in scikit-learn are as in its release
//! 1.9.1. The others follow the same principle: if nothing was asked for,
//! nothing is wrong.
//!
//! | | no points | one point, or one cluster on both sides | one class, some clusters | some classes, one cluster | all points alone on both sides | all alone on one side only |
//! |---|---|---|---|---|---|---|
//! | `rand` | 1 | 1 | | | 1 | |
//! | `adjusted_rand` | 1 | 1 | 0 | 0 | 1 | 0 |
//! | `mutual_information` | 0 | 0 | 0 | 0 | ln n | entropy of the other |
//! | normalised | 1 | 1 | 0 | 0 | 1 | |
//! | `adjusted_mutual_information` | 1 | 1 | 0 | 0 | 1 | 0 |
//! | `homogeneity` | 1 | 1 | 1 | 0 | 1 | 1 if the clusters |
//! | `completeness` | 1 | 1 | 0 | 1 | 1 | 1 if the classes |
//! | `v_measure` | 1 | 1 | 0 | 0 | 1 | |
//! | `fowlkes_mallows` | 0 | 1, one point 0 | | | 0 | 0 |
//! | B-cubed | 1 | 1 | precision 1 | recall 1 | 1 | precision 1 if the clusters, recall 1 if the classes |
//! | `purity` | 1 | 1 | 1 | | 1 | 1 if the clusters |
//! | `variation_of_information` | 0 | 0 | entropy of the clusters | entropy of the classes | 0 | ln n - entropy of the other |
//!
//! An empty cell: no special case, the formula applies. scikit-learn has no
//! mutual information for zero points, and gives a rounding error instead of 0
//! for the adjusted one of points that are all alone on one side.
//!
//! # Sources
//!
//! W. M. Rand, "Objective criteria for the evaluation of clustering methods",
//! J. Am. Stat. Assoc. 66 (1971). L. Hubert, P. Arabie, "Comparing partitions",
//! J. Classif. 2 (1985) (adjusted Rand). N. X. Vinh, J. Epps, J. Bailey,
//! "Information theoretic measures for clusterings comparison", J. Mach. Learn.
//! Res. 11 (2010) (normalised and adjusted mutual information). A. Rosenberg,
//! J. Hirschberg, "V-measure", EMNLP-CoNLL 2007 (homogeneity, completeness).
//! E. B. Fowlkes, C. L. Mallows, "A method for comparing two hierarchical
//! clusterings", J. Am. Stat. Assoc. 78 (1983). A. Bagga, B. Baldwin,
//! "Entity-based cross-document coreferencing using the vector space model",
//! COLING-ACL 1998, as extended by E. Amigó et al., "A comparison of extrinsic
//! clustering evaluation metrics based on formal constraints", Inf. Retr. 12
//! (2009) (B-cubed). Y. Zhao, G. Karypis, "Criterion functions for document
//! clustering", 2001 (purity). M. Meilă, "Comparing clusterings: an information
//! based distance", J. Multivar. Anal. 98 (2007) (variation of information).

use std::collections::BTreeMap;

use thiserror::Error;

use super::Metric;
use super::contingency::Contingency;

/// Two inputs about the same points differ in length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not about the same points: the first has {first}, the second {second}")]
#[non_exhaustive]
pub struct LengthsDiffer {
    /// The number of points in the first argument.
    pub first: usize,
    /// The number of points in the second argument.
    pub second: usize,
}

impl LengthsDiffer {
    pub(super) fn check(first: usize, second: usize) -> Result<(), Self> {
        if first == second { Ok(()) } else { Err(LengthsDiffer { first, second }) }
    }
}

/// Returns every measure of how alike two labellings are, in the order of the
/// [module's table](self).
///
/// `a` is the reference, `b` is what is judged. `a[i]` and `b[i]` are the
/// labels of point `i`, any numbers.
///
/// # Errors
///
/// [`LengthsDiffer`] if `a` and `b` differ in length.
///
/// # Examples
///
/// ```
/// use tlevel::study::agreement;
///
/// // two classes of three; one point is in the wrong cluster
/// let measures = agreement::agreement(&[0, 0, 0, 1, 1, 1], &[7, 7, 7, 7, 9, 9])?;
/// let value = |name: &str| measures.iter().find(|m| m.measure == name).unwrap().value;
/// // 4 of 7 pairs that are together are rightly so, 4 of 6 were found
/// assert!((value("fowlkes_mallows") - (4.0 / 7.0 * 4.0 / 6.0_f64).sqrt()).abs() < 1e-12);
/// assert!((value("purity") - 5.0 / 6.0).abs() < 1e-12);
/// assert!(value("adjusted_rand") < value("rand"));
///
/// assert_eq!(
///     agreement::agreement(&[1, 2], &[1]).unwrap_err().to_string(),
///     "not about the same points: the first has 2, the second 1",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` for `n` points, and for the adjusted mutual information a sum for
/// each pair of *distinct* sizes of a class and a cluster: at most `sqrt(2 n)`
/// sizes a side. Deterministic: sums are in the order in which labels first
/// occur.
pub fn agreement(a: &[u32], b: &[u32]) -> Result<Vec<Metric>, LengthsDiffer> {
    LengthsDiffer::check(a.len(), b.len())?;
    let counted = Contingency::new(a, b);
    let mut measures = Vec::with_capacity(17);
    let mut add = |measure: &str, value: f64| measures.push(Metric::new(measure, value));

    let pairs = Pairs::new(&counted);
    add("rand", pairs.rand());
    add("adjusted_rand", pairs.adjusted_rand());

    let entropies = Entropies::new(&counted);
    add("mutual_information", entropies.mutual);
    let (first, second) = (entropies.classes, entropies.clusters);
    add("normalised_mutual_information", entropies.normalised(f64::midpoint(first, second)));
    add("normalised_mutual_information_min", entropies.normalised(first.min(second)));
    add("normalised_mutual_information_max", entropies.normalised(first.max(second)));
    // take each root by itself: the product of two equal ones is exactly the entropy
    add("normalised_mutual_information_geometric", entropies.normalised(first.sqrt() * second.sqrt()));
    add("adjusted_mutual_information", entropies.adjusted(&counted));
    let homogeneity = if first > 0.0 { entropies.mutual / first } else { 1.0 };
    let completeness = if second > 0.0 { entropies.mutual / second } else { 1.0 };
    add("homogeneity", homogeneity);
    add("completeness", completeness);
    add("v_measure", harmonic(homogeneity, completeness));

    add("fowlkes_mallows", pairs.fowlkes_mallows());

    let (precision, recall) = cubed(&counted);
    add("bcubed_precision", precision);
    add("bcubed_recall", recall);
    add("bcubed_f", harmonic(precision, recall));
    add("purity", purity(&counted));
    add("variation_of_information", entropies.variation);
    Ok(measures)
}

/// B-cubed precision and recall of two labellings of the same points.
pub(super) fn bcubed(a: &[u32], b: &[u32]) -> [f64; 2] {
    let (precision, recall) = cubed(&Contingency::new(a, b));
    [precision, recall]
}

/// Precision, recall and their harmonic mean of the pairs that are together.
/// What is a share of no pairs is 1.
pub(super) fn pairwise(a: &[u32], b: &[u32]) -> [f64; 3] {
    let pairs = Pairs::new(&Contingency::new(a, b));
    let share_of = |whole: u128| share(pairs.in_both as f64, whole as f64, 1.0);
    let both = share(2.0 * pairs.in_both as f64, (pairs.in_clusters + pairs.in_classes) as f64, 1.0);
    [share_of(pairs.in_clusters), share_of(pairs.in_classes), both]
}

/// The harmonic mean of two shares; 0 if both are 0.
pub(super) fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// A share; `of_none` if the whole is 0.
fn share(part: f64, whole: f64, of_none: f64) -> f64 {
    if whole > 0.0 { part / whole } else { of_none }
}

/// The number of pairs of points that are together; integers, so that nothing
/// is lost by rounding before the last step.
struct Pairs {
    all: u128,
    in_classes: u128,
    in_clusters: u128,
    in_both: u128,
}

impl Pairs {
    fn new(counted: &Contingency) -> Self {
        let pairs = |points: usize| points as u128 * (points as u128).saturating_sub(1) / 2;
        Pairs {
            all: pairs(counted.points),
            in_classes: counted.classes.iter().map(|&n| pairs(n)).sum(),
            in_clusters: counted.clusters.iter().map(|&n| pairs(n)).sum(),
            in_both: counted.cells.iter().map(|cell| pairs(cell.points)).sum(),
        }
    }

    /// The pairs together only in the clusters, and only in the classes.
    fn wrong(&self) -> (f64, f64) {
        ((self.in_clusters - self.in_both) as f64, (self.in_classes - self.in_both) as f64)
    }

    fn rand(&self) -> f64 {
        let wrong = self.in_clusters - self.in_both + self.in_classes - self.in_both;
        share((self.all - wrong) as f64, self.all as f64, 1.0)
    }

    /// (index - expected) / (maximum - expected), multiplied out.
    fn adjusted_rand(&self) -> f64 {
        let (clusters_alone, classes_alone) = self.wrong();
        let together = self.in_both as f64;
        let apart = (self.all - self.in_classes - (self.in_clusters - self.in_both)) as f64;
        let agreed = 2.0 * (together * apart - clusters_alone * classes_alone);
        let most = (together + classes_alone) * (classes_alone + apart)
            + (together + clusters_alone) * (clusters_alone + apart);
        // if nothing can be got right, then only because nothing is wrong
        share(agreed, most, 1.0)
    }

    fn fowlkes_mallows(&self) -> f64 {
        let share_of = |whole: u128| share(self.in_both as f64, whole as f64, 0.0);
        share_of(self.in_classes).sqrt() * share_of(self.in_clusters).sqrt()
    }
}

/// The entropies of the labellings, in natural units.
struct Entropies {
    classes: f64,
    clusters: f64,
    mutual: f64,
    variation: f64,
    /// Whether the two labellings are the same except for names.
    equal: bool,
}

impl Entropies {
    fn new(counted: &Contingency) -> Self {
        let n = counted.points as f64;
        let entropy =
            |sizes: &[usize]| sizes.iter().fold(0.0, |sum, &size| sum + size as f64 / n * libm::log(n / size as f64));
        let (classes, clusters) = (entropy(&counted.classes), entropy(&counted.clusters));
        let (mut mutual, mut variation) = (0.0, 0.0);
        for cell in &counted.cells {
            let both = cell.points as f64;
            let (class, cluster) = (counted.classes[cell.class] as f64, counted.clusters[cell.cluster] as f64);
            mutual += both / n * libm::log(n * both / (class * cluster));
            // the entropy of each label if the other is known
            variation += both / n * libm::log((class / both) * (cluster / both));
        }
        // one labelling determines the other: that one has the lower entropy, and this is exactly
        // their information
        let known = |labels: usize| counted.cells.len() == labels;
        let (classes_known, clusters_known) = (known(counted.clusters.len()), known(counted.classes.len()));
        let most = classes.min(clusters);
        Entropies {
            classes,
            clusters,
            mutual: if classes_known || clusters_known { most } else { mutual.clamp(0.0, most) },
            variation,
            equal: classes_known && clusters_known,
        }
    }

    fn normalised(&self, by: f64) -> f64 {
        if self.equal { 1.0 } else { share(self.mutual, by, 0.0) }
    }

    /// (mutual information - expected) / (mean entropy - expected).
    fn adjusted(&self, counted: &Contingency) -> f64 {
        let alone = |labels: usize| labels == counted.points;
        if self.equal {
            return 1.0;
        }
        // the information is the same however the labels are distributed over points
        if alone(counted.classes.len()) || alone(counted.clusters.len()) || self.classes.min(self.clusters) <= 0.0 {
            return 0.0;
        }
        let expected = expected_mutual_information(counted);
        let most = (f64::midpoint(self.classes, self.clusters) - expected).max(f64::EPSILON);
        (self.mutual - expected) / most
    }
}

/// The mean of the mutual information over all random assignments of the labels
/// with the same number of each.
///
/// Vinh, Epps & Bailey (2010), equation 24a. The contribution of a class and a
/// cluster depends only on their two sizes, so it is computed once for each
/// pair of distinct sizes.
fn expected_mutual_information(counted: &Contingency) -> f64 {
    let (classes, clusters) = (by_size(&counted.classes), by_size(&counted.clusters));
    let largest = |sizes: &BTreeMap<usize, usize>| sizes.keys().last().copied().unwrap_or(0);
    // the logarithm of every size that a cell can have
    let logs: Vec<f64> = (0..=largest(&classes).min(largest(&clusters))).map(|size| libm::log(size as f64)).collect();
    let mut expected = 0.0;
    for (&class, &classes) in &classes {
        for (&cluster, &clusters) in &clusters {
            expected += classes as f64 * clusters as f64 * expected_of(counted.points, class, cluster, &logs);
        }
    }
    expected
}

/// The number of labels of each size.
fn by_size(sizes: &[usize]) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for &size in sizes {
        *counts.entry(size).or_default() += 1;
    }
    counts
}

/// The average contribution of a class and a cluster of these sizes to the
/// mutual information of `n` points.
///
/// The number of shared points is hypergeometric. Its probabilities follow from
/// one another by ratios of small integers. So they are computed from the most
/// likely number of points to both sides, without a factor, and divided by
/// their own sum at the end. This avoids factorials, whose logarithms would
/// lose digits (ln 100,000! is a million), and the sum can stop where further
/// terms are negligible.
fn expected_of(n: usize, class: usize, cluster: usize, logs: &[f64]) -> f64 {
    // relative to the highest probability; all further terms together are less than a rounding
    // error of the terms before
    const NOTHING: f64 = 1e-25;
    let (least, most) = ((class + cluster).saturating_sub(n), class.min(cluster));
    let likeliest = (class as u128 + 1) * (cluster as u128 + 1) / (n as u128 + 2);
    let likeliest = (likeliest as usize).clamp(least, most);
    let (of_n, of_class, of_cluster) = (n as f64, class as f64, cluster as f64);
    let log = libm::log(of_n) - libm::log(of_class) - libm::log(of_cluster);
    let value = |both: usize| if both == 0 { 0.0 } else { both as f64 / of_n * (log + logs[both]) };

    let (mut probabilities, mut sum) = (1.0, value(likeliest));
    let mut probability = 1.0;
    for both in likeliest + 1..=most {
        let had = (both - 1) as f64;
        probability *=
            (of_class - had) * (of_cluster - had) / (both as f64 * (of_n - of_class - of_cluster + both as f64));
        probabilities += probability;
        sum += probability * value(both);
        if probability < NOTHING {
            break;
        }
    }
    probability = 1.0;
    for both in (least..likeliest).rev() {
        let had = (both + 1) as f64;
        probability *=
            had * (of_n - of_class - of_cluster + had) / ((of_class - both as f64) * (of_cluster - both as f64));
        probabilities += probability;
        sum += probability * value(both);
        if probability < NOTHING {
            break;
        }
    }
    sum / probabilities
}

/// B-cubed precision and recall; both 1 if there are no points.
fn cubed(counted: &Contingency) -> (f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for cell in &counted.cells {
        let pairs = cell.points as f64 * cell.points as f64;
        precision += pairs / counted.clusters[cell.cluster] as f64;
        recall += pairs / counted.classes[cell.class] as f64;
    }
    let n = counted.points as f64;
    (share(precision, n, 1.0), share(recall, n, 1.0))
}

fn purity(counted: &Contingency) -> f64 {
    let mut most = vec![0; counted.clusters.len()];
    for cell in &counted.cells {
        most[cell.cluster] = cell.points.max(most[cell.cluster]);
    }
    share(most.iter().sum::<usize>() as f64, counted.points as f64, 1.0)
}
