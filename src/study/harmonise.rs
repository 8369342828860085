//! How well joined statements agree with human judgement.
//!
//! | Measure | Meaning |
//! |---|---|
//! | `average_precision` | how well the score ranks judged pairs that say the same before the others |
//! | `recall_at_precision_0.8` | the share of them found while four of five found pairs are right |
//! | `precision_at_1`, `hit_at_5` | how often the nearest statement of another occupation is right, or one of the nearest five |
//! | `precision`, `recall`, `f1` | for pairs in one concept (judged concepts), or pairs that score the threshold (judged pairs) |
//! | `bcubed_precision`, `bcubed_recall`, `bcubed_f1` | the same, statement by statement, so that large concepts do not dominate |
//!
//! For judged concepts, only pairs of one kind, of two occupations and of
//! different wordings count, because equal wordings are joined anyway. A
//! statement with an equal wording in another occupation is not used for
//! nearest statements.
//!
//! # Source
//!
//! A. Bagga, B. Baldwin, "Algorithms for scoring coreference chains", LREC
//! 1998 (B-cubed); E. Amigó et al., Inf. Retrieval 12 (2009), 461-486.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Gold, Metric};
use crate::concept::Concepts;
use crate::harmonise::{Ledger, Measure, Threshold, harmonise};
use crate::map::{Map, StatementIndex};
use crate::order;
use crate::sparse::Wanted;
use crate::text::normal_form;

/// The results, at the given threshold and at others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HarmoniseStudy {
    format: StudyFormat,
    version: u32,
    /// The threshold of the measures.
    pub threshold: f64,
    /// The figures.
    pub measures: Vec<Metric>,
    /// The results at other thresholds, the lowest first.
    pub by_threshold: Vec<AtThreshold>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StudyFormat {
    #[serde(rename = "tlevel-study-harmonise")]
    Harmonise,
}

/// The result at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AtThreshold {
    /// The threshold.
    pub threshold: f64,
    /// How many judged pairs are considered to say the same.
    pub pairs: usize,
    /// The share of them that do; 1 if there are none.
    pub precision: f64,
    /// The share of pairs that do which are among them.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

impl AtThreshold {
    fn new(threshold: f64, right: usize, pairs: usize, same: usize) -> Self {
        let precision = if pairs == 0 { 1.0 } else { right as f64 / pairs as f64 };
        let recall = if same == 0 { 1.0 } else { right as f64 / same as f64 };
        AtThreshold { threshold, pairs, precision, recall, f1: f1(precision, recall) }
    }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// The thresholds of the table.
fn thresholds() -> impl Iterator<Item = Threshold> {
    (5..=18).filter_map(|i| Threshold::new(f64::from(i) / 20.0).ok())
}

/// Measures scores and concepts against a judgement.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::{Measure, Threshold};
/// use tlevel::study::{Gold, harmonise};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let gold = Gold::read(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let study = harmonise::study(&Measure::new(&map), Threshold::default(), &gold);
/// let precision = study.measures.iter().find(|m| m.measure == "precision").unwrap().value;
/// assert!(precision > 0.5 && study.by_threshold.len() > 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// The cost of [`harmonise`](crate::harmonise()), a dozen times.
pub fn study(measure: &Measure<'_>, threshold: Threshold, gold: &Gold) -> HarmoniseStudy {
    let (measures, by_threshold) = match gold {
        Gold::Pairs(pairs) => of_pairs(measure, threshold, pairs),
        Gold::Concepts(judged) => of_concepts(measure, threshold, judged),
    };
    HarmoniseStudy { format: StudyFormat::Harmonise, version: 1, threshold: threshold.get(), measures, by_threshold }
}

type Figures = (Vec<Metric>, Vec<AtThreshold>);

fn of_pairs(measure: &Measure<'_>, threshold: Threshold, pairs: &[(StatementIndex, StatementIndex, bool)]) -> Figures {
    let mut scored: Vec<(f64, bool)> = pairs.iter().map(|&(a, b, same)| (measure.score(a, b), same)).collect();
    // among equal scores, pairs that are not the same come first: ties gain nothing
    order::by(&mut scored, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let same = scored.iter().filter(|(_, same)| *same).count();
    let at = |threshold: f64| {
        let found = scored.partition_point(|(score, _)| *score >= threshold);
        AtThreshold::new(threshold, scored[..found].iter().filter(|(_, same)| *same).count(), found, same)
    };
    let (mut right, mut sum, mut recall) = (0.0, 0.0, 0.0_f64);
    for (rank, _) in scored.iter().enumerate().filter(|(_, (_, same))| *same) {
        right += 1.0;
        let precision = right / (rank as f64 + 1.0);
        sum += precision;
        if precision >= 0.8 {
            recall = right / same as f64;
        }
    }
    let here = at(threshold.get());
    let measures = vec![
        Metric::new("judged_pairs", scored.len() as f64),
        Metric::new("judged_same", same as f64),
        Metric::new("average_precision", if same == 0 { 1.0 } else { sum / same as f64 }),
        Metric::new("recall_at_precision_0.8", recall),
        Metric::new("precision", here.precision),
        Metric::new("recall", here.recall),
        Metric::new("f1", here.f1),
    ];
    (measures, thresholds().map(|threshold| at(threshold.get())).collect())
}

fn of_concepts(
    measure: &Measure<'_>,
    threshold: Threshold,
    judged: &BTreeMap<StatementIndex, BTreeSet<u32>>,
) -> Figures {
    let map = measure.map();
    let judgement = Judgement::new(map, judged);
    let (asked, first, five) = judgement.nearest(measure);
    let share = |n: usize| if asked == 0 { 1.0 } else { n as f64 / asked as f64 };
    let at = |threshold: Threshold| {
        // without decisions there are no contradictions
        let joined = harmonise(measure, threshold, &Ledger::default());
        joined.map_or_else(|_| Concepts::exact(map), |harmony| harmony.into_concepts())
    };
    let concepts = at(threshold);
    let here = judgement.pairs(&concepts, threshold.get());
    let (precision, recall) = judgement.bcubed(&concepts);
    let measures = vec![
        Metric::new("judged_statements", judged.len() as f64),
        Metric::new("judged_same_pairs", judgement.same.len() as f64),
        Metric::new("asked", asked as f64),
        Metric::new("precision_at_1", share(first)),
        Metric::new("hit_at_5", share(five)),
        Metric::new("joined_pairs", here.pairs as f64),
        Metric::new("precision", here.precision),
        Metric::new("recall", here.recall),
        Metric::new("f1", here.f1),
        Metric::new("bcubed_precision", precision),
        Metric::new("bcubed_recall", recall),
        Metric::new("bcubed_f1", f1(precision, recall)),
    ];
    (measures, thresholds().map(|threshold| judgement.pairs(&at(threshold), threshold.get())).collect())
}

/// Judged concepts, as pairs.
struct Judgement<'m> {
    map: &'m Map,
    judged: &'m BTreeMap<StatementIndex, BTreeSet<u32>>,
    members: HashMap<u32, Vec<StatementIndex>>,
    /// A number for each normal form.
    wording: Vec<u32>,
    /// The pairs that say the same, of one kind, two occupations and two
    /// wordings.
    same: HashSet<(StatementIndex, StatementIndex)>,
}

impl<'m> Judgement<'m> {
    fn new(map: &'m Map, judged: &'m BTreeMap<StatementIndex, BTreeSet<u32>>) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let wording = (map.statements())
            .map(|s| {
                let next = numbers.len() as u32;
                *numbers.entry(normal_form(s.text())).or_insert(next)
            })
            .collect();
        let mut members: HashMap<u32, Vec<StatementIndex>> = HashMap::new();
        for (statement, concepts) in judged {
            concepts.iter().for_each(|concept| members.entry(*concept).or_default().push(*statement));
        }
        let mut judgement = Judgement { map, judged, members, wording, same: HashSet::new() };
        let all = judgement.members.values();
        judgement.same = all.flat_map(|list| judgement.asked_pairs(list)).collect();
        judgement
    }

    /// The pairs of a sorted list that count.
    fn asked_pairs(&self, list: &[StatementIndex]) -> Vec<(StatementIndex, StatementIndex)> {
        let mut pairs = Vec::new();
        for (i, &a) in list.iter().enumerate() {
            pairs.extend(list[i + 1..].iter().filter(|&&b| self.is_asked(a, b)).map(|&b| (a, b)));
        }
        pairs
    }

    fn is_asked(&self, a: StatementIndex, b: StatementIndex) -> bool {
        let (Some(one), Some(other)) = (self.map.statement_at(a), self.map.statement_at(b)) else { return false };
        one.kind() == other.kind()
            && one.occupation().index() != other.occupation().index()
            && self.wording[a.index()] != self.wording[b.index()]
    }

    fn says_the_same(&self, a: StatementIndex, b: StatementIndex) -> bool {
        self.judged.get(&a).zip(self.judged.get(&b)).is_some_and(|(one, other)| !one.is_disjoint(other))
    }

    /// How many statements were tested for their nearest, how often that was
    /// right, and how often one of the nearest five was.
    fn nearest(&self, measure: &Measure<'_>) -> (usize, usize, usize) {
        let mut occupations: HashMap<u32, BTreeSet<usize>> = HashMap::new();
        for s in self.map.statements().filter(|s| self.judged.contains_key(&s.index())) {
            let wording = self.wording[s.index().index()];
            occupations.entry(wording).or_default().insert(s.occupation().index().index());
        }
        let occupation = |s: StatementIndex| self.map.statement_at(s).map(|s| s.occupation().index());
        let has_partner = |s: StatementIndex| {
            let concepts = self.judged.get(&s).into_iter().flatten();
            concepts.flat_map(|c| &self.members[c]).any(|&other| occupation(other) != occupation(s))
        };
        let (mut asked, mut first, mut five) = (0, 0, 0);
        // some of the nearest may be unjudged: they are skipped
        measure.similar(Wanted::nearest(20), |statement, found| {
            let s = statement.index();
            let twin = occupations.get(&self.wording[s.index()]).is_some_and(|o| o.len() > 1);
            if !twin && has_partner(s) {
                let judged = found.iter().filter(|f| self.judged.contains_key(&f.statement)).take(5);
                let right: Vec<bool> = judged.map(|f| self.says_the_same(s, f.statement)).collect();
                asked += 1;
                first += usize::from(right.first() == Some(&true));
                five += usize::from(right.contains(&true));
            }
        });
        (asked, first, five)
    }

    fn pairs(&self, concepts: &Concepts, threshold: f64) -> AtThreshold {
        let (mut joined, mut right) = (0, 0);
        for concept in concepts.iter() {
            let list: Vec<_> = concept.statements().iter().copied().filter(|s| self.judged.contains_key(s)).collect();
            for pair in self.asked_pairs(&list) {
                joined += 1;
                right += usize::from(self.same.contains(&pair));
            }
        }
        AtThreshold::new(threshold, right, joined, self.same.len())
    }

    /// B-cubed precision and recall: the mean, over judged statements, among
    /// those that are or should be in its concept (including itself).
    fn bcubed(&self, concepts: &Concepts) -> (f64, f64) {
        let (mut precision, mut recall) = (0.0, 0.0);
        for (&statement, of) in self.judged {
            let joined: BTreeSet<StatementIndex> = (concepts.of(statement).iter())
                .filter_map(|c| concepts.get(*c))
                .flat_map(|c| c.statements().iter().copied())
                .filter(|s| self.judged.contains_key(s))
                .chain([statement])
                .collect();
            let same: BTreeSet<StatementIndex> =
                of.iter().flat_map(|c| self.members[c].iter().copied()).chain([statement]).collect();
            let both = joined.intersection(&same).count() as f64;
            precision += both / joined.len() as f64;
            recall += both / same.len() as f64;
        }
        let n = self.judged.len().max(1) as f64;
        (precision / n, recall / n)
    }
}
