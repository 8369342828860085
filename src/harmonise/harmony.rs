//! From a measure and people's decisions to concepts.

use std::collections::{BTreeMap, HashSet};

use super::ledger::{Ledger, LedgerError, Stale};
use super::linkage::{self, Link, Missing};
use super::units;
use super::{Measure, Threshold};
use crate::concept::{ConceptIndex, Concepts, Near, wording_id};
use crate::map::{Kind, Map, StatementIndex};
use crate::order;
use crate::text::{normal_form, unused};

/// Concepts, with what was joined and why.
#[derive(Clone, Debug)]
pub struct Harmony {
    threshold: Option<Threshold>,
    concepts: Concepts,
    cohesions: Vec<Cohesion>,
    stale: Vec<Stale>,
}

/// How well the statements of a concept fit together.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cohesion {
    /// The mean score of the pairs of its different wordings; 1 if there is
    /// one.
    pub mean: f64,
    /// The pair that is least alike; `None` if there is one wording.
    pub weakest: Option<Pair>,
}

/// Two statements and their score.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// The first.
    pub a: StatementIndex,
    /// The second.
    pub b: StatementIndex,
    /// Their score.
    pub score: f64,
}

/// Joins the statements of a map that say the same into concepts.
///
/// Equal wordings and people's decisions are joined first. Then the two most
/// similar groups are joined repeatedly, as long as their mean score reaches
/// the threshold.
///
/// # Errors
///
/// [`LedgerError`] if decisions contradict each other or join two kinds.
/// Decisions that do not fit the map are not an error; see [`Harmony::stale`].
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let measure = Measure::new(&map);
/// let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default())?;
/// let joined = harmony.concepts().iter().filter(|c| c.statements().len() > 1).count();
/// assert!(joined > 100);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// The search of [`Measure::similar`] at the floor, then `O(m log m)` in the
/// pairs found; memory `O(m)` and the index, with at most 256 pairs a wording.
pub fn harmonise(measure: &Measure<'_>, threshold: Threshold, ledger: &Ledger) -> Result<Harmony, LedgerError> {
    join(measure, Some(threshold), ledger)
}

/// Like [`harmonise`], but joins only equal wordings and what people decided,
/// without scores.
///
/// # Errors
///
/// As [`harmonise`].
///
/// # Complexity
///
/// `O(n)` in the length of all texts.
pub fn harmonise_exact(measure: &Measure<'_>, ledger: &Ledger) -> Result<Harmony, LedgerError> {
    join(measure, None, ledger)
}

fn join(measure: &Measure<'_>, threshold: Option<Threshold>, ledger: &Ledger) -> Result<Harmony, LedgerError> {
    let map = measure.map();
    let decided = ledger.on(map)?;
    let mut ids: HashSet<String> = HashSet::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut pairs: Vec<Pair> = Vec::new();
    for items in units::of(measure, &decided) {
        let floor = threshold.map(Threshold::floor);
        let found = floor.map(|floor| items.links(measure, &decided, floor)).unwrap_or_default();
        let (links, best): (Vec<Link>, Vec<Pair>) = found.into_iter().unzip();
        let least = threshold.map_or(f64::INFINITY, Threshold::get);
        let wordings = items.wordings();
        for members in linkage::groups(items.members.len(), &links, least, Missing::Forbids) {
            let of = |list: &[Vec<StatementIndex>]| members.iter().flat_map(|&i| list[i as usize].clone()).collect();
            groups.push(Group::new(measure, items.kind, of(&items.members), &of(&wordings), &mut ids));
        }
        let almost = threshold.map_or(f64::INFINITY, Threshold::almost);
        pairs.extend(best.into_iter().filter(|pair| pair.score >= almost));
    }
    let sets = groups.iter().map(|g| (g.id.clone(), g.kind, &g.statements[..], decided.preferred_in(&g.statements)));
    let concepts = Concepts::from_sets(map, sets);
    let mut cohesions = vec![Cohesion { mean: 1.0, weakest: None }; concepts.len()];
    for group in &groups {
        for concept in concepts.of(group.statements[0]) {
            cohesions[concept.index()] = group.cohesion;
        }
    }
    let near = near(map, &concepts, &pairs);
    Ok(Harmony { threshold, concepts: concepts.with_near(near), cohesions, stale: decided.stale })
}

/// Statements of one concept.
struct Group {
    id: String,
    kind: Kind,
    statements: Vec<StatementIndex>,
    cohesion: Cohesion,
}

impl Group {
    fn new(
        measure: &Measure<'_>,
        kind: Kind,
        mut statements: Vec<StatementIndex>,
        wordings: &[StatementIndex],
        ids: &mut HashSet<String>,
    ) -> Self {
        // an id that changes only if the wording that gives it disappears: adding or removing
        // members changes it as rarely as possible
        let id_of = |s: &StatementIndex| {
            wording_id(kind, &normal_form(measure.map().statement_at(*s).map_or("", |s| s.text())))
        };
        // equal wordings that people keep apart would have equal ids
        let id = unused(wordings.iter().map(id_of).min().unwrap_or_default(), |id| ids.contains(id));
        ids.insert(id.clone());
        statements.sort_unstable();
        Group { id, kind, statements, cohesion: Cohesion::of(measure, wordings) }
    }
}

impl Cohesion {
    fn of(measure: &Measure<'_>, wordings: &[StatementIndex]) -> Cohesion {
        let (mut sum, mut n, mut weakest) = (0.0, 0.0, None::<Pair>);
        for (i, &a) in wordings.iter().enumerate() {
            for &b in &wordings[i + 1..] {
                let score = measure.score(a, b);
                sum += score;
                n += 1.0;
                if weakest.is_none_or(|least| score < least.score) {
                    weakest = Some(Pair { a, b, score });
                }
            }
        }
        Cohesion { mean: if n > 0.0 { sum / n } else { 1.0 }, weakest }
    }
}

/// The best pair of every two concepts that were almost joined.
fn near(map: &Map, concepts: &Concepts, pairs: &[Pair]) -> Vec<Near> {
    let mut best: BTreeMap<[ConceptIndex; 2], Pair> = BTreeMap::new();
    for pair in pairs {
        let (one, other) = (concepts.of(pair.a)[0], concepts.of(pair.b)[0]);
        if one != other {
            let pair = if one < other { *pair } else { Pair { a: pair.b, b: pair.a, score: pair.score } };
            let known = best.entry([one.min(other), one.max(other)]).or_insert(pair);
            if pair.score > known.score {
                *known = pair;
            }
        }
    }
    let mut near: Vec<Near> = best.into_iter().map(|(of, pair)| Near::new(of, [pair.a, pair.b], pair.score)).collect();
    // ties: by the codes of the statements, whatever the order of the rows
    let codes = |near: &Near| {
        let code = |s| map.statement_at(s).map(|s| (s.occupation().id(), s.id()));
        let (a, b) = (code(near.statements[0]), code(near.statements[1]));
        (a.min(b), a.max(b))
    };
    order::by(&mut near, |a, b| b.score.total_cmp(&a.score).then_with(|| codes(a).cmp(&codes(b))));
    near
}

impl Harmony {
    /// The concepts, including the pairs of them that were almost joined.
    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// The threshold; `None` if no score joined anything.
    pub fn threshold(&self) -> Option<Threshold> {
        self.threshold
    }

    /// Adds the pairs of concepts that overlap.
    #[must_use]
    pub fn with_overlaps(mut self, measure: &Measure<'_>) -> Self {
        let overlaps = super::overlaps(measure, &self.concepts);
        self.concepts = self.concepts.with_overlaps(overlaps);
        self
    }

    /// Replaces the concepts by themselves with something added, such as
    /// topics.
    #[must_use]
    pub fn map_concepts(mut self, add: impl FnOnce(Concepts) -> Concepts) -> Self {
        self.concepts = add(self.concepts);
        self
    }

    /// Returns only the concepts.
    pub fn into_concepts(self) -> Concepts {
        self.concepts
    }

    /// How well a concept fits together; `None` if there is no such concept.
    pub fn cohesion(&self, concept: ConceptIndex) -> Option<Cohesion> {
        self.cohesions.get(concept.index()).copied()
    }

    /// The decisions that were not applied because the map has changed.
    pub fn stale(&self) -> &[Stale] {
        &self.stale
    }
}
