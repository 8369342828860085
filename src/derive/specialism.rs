//! Specialisms: what units have beyond the core, one by one or in groups.

use std::collections::BTreeSet;

use itertools::Itertools;

use super::item::Item;
use super::outcome::{Counted, Outcome};
use super::policy::Grouping;
use super::programme::{Addition, Specialism};
use super::quorum::Quorum;
use crate::concept::ConceptIndex;
use crate::map::{Statement, Unit};
use crate::order;

/// A unit with its specialised concepts, sorted.
struct Special<'m> {
    unit: Unit<'m>,
    concepts: Vec<ConceptIndex>,
}

/// The specialisms of a pathway, in the order of the map.
pub(super) fn of<'m>(outcome: &Outcome<'m>, counted: &Counted<'_, 'm>) -> Vec<Specialism> {
    let mut specials: Vec<Special<'m>> = Vec::new();
    for occupation in counted.pathway.occupations() {
        if outcome.eligibility.standing(occupation).gets_specialism() {
            specials
                .extend(occupation.units().map(|unit| Special { unit, concepts: concepts(outcome, counted, unit) }));
        }
    }
    let groups = match outcome.policy.grouping {
        Grouping::Unit => specials.into_iter().map(|special| vec![special]).collect(),
        Grouping::Cluster => by_cluster(specials),
        Grouping::Merged { overlap } => merged(specials, overlap),
    };
    groups.iter().map(|group| specialism(outcome, counted, group)).collect()
}

fn concepts(outcome: &Outcome<'_>, counted: &Counted<'_, '_>, unit: Unit<'_>) -> Vec<ConceptIndex> {
    let mut concepts: Vec<ConceptIndex> = unit
        .statements()
        .flat_map(|statement| outcome.concepts.of(statement.index()))
        .copied()
        .filter(|&concept| {
            !counted.is_core_of(concept, unit.occupation()) && !counted.pathway_sharing.is_dropped(concept)
        })
        .collect();
    concepts.sort_unstable();
    concepts.dedup();
    concepts
}

fn by_cluster(specials: Vec<Special<'_>>) -> Vec<Vec<Special<'_>>> {
    let mut groups: Vec<Vec<Special<'_>>> = Vec::new();
    for special in specials {
        let cluster = special.unit.occupation().cluster().index();
        match groups.last_mut() {
            Some(group) if group[0].unit.occupation().cluster().index() == cluster => group.push(special),
            _ => groups.push(vec![special]),
        }
    }
    groups
}

/// Merges units greedily, the largest overlap first (ties by the units' codes).
/// Two groups merge only if every pair between them overlaps enough: complete
/// linkage over the pairs in that order. The order of rows affects only the
/// order of the result.
fn merged(specials: Vec<Special<'_>>, least: Quorum) -> Vec<Vec<Special<'_>>> {
    let enough = |a: &Special<'_>, b: &Special<'_>| {
        let (both, either) = overlap(&a.concepts, &b.concepts);
        either > 0 && both >= least.need(either)
    };
    let code = |s: &Special<'_>| (s.unit.occupation().id().to_owned(), s.unit.option().map(|o| o.id().to_owned()));
    let mut pairs: Vec<(usize, usize)> = (0..specials.len())
        .flat_map(|a| (a + 1..specials.len()).map(move |b| (a, b)))
        .filter(|&(a, b)| enough(&specials[a], &specials[b]))
        .collect();
    order::by(&mut pairs, |&(a, b), &(c, d)| {
        let share = |x: usize, y: usize| overlap(&specials[x].concepts, &specials[y].concepts);
        let ((ab, ab_of), (cd, cd_of)) = (share(a, b), share(c, d));
        let codes = |x: usize, y: usize| {
            let (one, two) = (code(&specials[x]), code(&specials[y]));
            if one < two { (one, two) } else { (two, one) }
        };
        // both / either, the larger first, by cross-multiplication
        (cd * ab_of).cmp(&(ab * cd_of)).then_with(|| codes(a, b).cmp(&codes(c, d)))
    });
    let mut group_of: Vec<usize> = (0..specials.len()).collect();
    let mut members: Vec<BTreeSet<usize>> = (0..specials.len()).map(|i| BTreeSet::from([i])).collect();
    for (a, b) in pairs {
        let (into, from) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        let all_enough = || {
            members[into].iter().cartesian_product(&members[from]).all(|(&x, &y)| enough(&specials[x], &specials[y]))
        };
        if into != from && all_enough() {
            let joined = std::mem::take(&mut members[from]);
            joined.iter().for_each(|&i| group_of[i] = into);
            members[into].extend(joined);
        }
    }
    let mut groups: Vec<Vec<Special<'_>>> = (0..specials.len()).map(|_| Vec::new()).collect();
    for (special, group) in specials.into_iter().zip(group_of) {
        groups[group].push(special);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The sizes of the intersection and the union of two sorted lists.
fn overlap(a: &[ConceptIndex], b: &[ConceptIndex]) -> (usize, usize) {
    let both = common(a, b).count();
    (both, a.len() + b.len() - both)
}

fn common<'l>(a: &'l [ConceptIndex], b: &'l [ConceptIndex]) -> impl Iterator<Item = ConceptIndex> + 'l {
    a.iter().merge_join_by(b, Ord::cmp).filter_map(|pair| pair.both()).map(|(concept, _)| *concept)
}

fn specialism<'m>(outcome: &Outcome<'m>, counted: &Counted<'_, 'm>, group: &[Special<'m>]) -> Specialism {
    let first = &group[0];
    let content: Vec<ConceptIndex> =
        group[1..].iter().fold(first.concepts.clone(), |shared, special| common(&shared, &special.concepts).collect());
    let items = |concepts: &[ConceptIndex], units: &[Special<'m>]| {
        outcome
            .in_order(concepts, &units[0].unit.occupation().statement_range())
            .map(|concept| item(outcome, counted, concept, units))
            .collect::<Vec<Item>>()
    };
    let adds = (group.iter().filter(|_| group.len() > 1))
        .map(|special| {
            let beyond: Vec<ConceptIndex> =
                special.concepts.iter().copied().filter(|c| content.binary_search(c).is_err()).collect();
            Addition {
                occupation: special.unit.occupation().id().to_owned(),
                option: special.unit.option().map(|o| o.id().to_owned()),
                content: items(&beyond, std::slice::from_ref(special)),
            }
        })
        .collect();
    let title = match outcome.policy.grouping {
        Grouping::Cluster => first.unit.occupation().cluster().name().to_owned(),
        _ => group.iter().map(|special| special.unit.title()).join(" / "),
    };
    Specialism {
        title,
        occupations: group.iter().map(|s| s.unit.occupation().id().to_owned()).dedup().collect(),
        option: first.unit.option().filter(|_| group.len() == 1).map(|o| o.id().to_owned()),
        content: items(&content, group),
        adds,
    }
}

/// An item of a specialism. It is supported by the statements that count in the
/// pathway and the units' own, and is shown in the units' own wording.
fn item<'m>(outcome: &Outcome<'m>, counted: &Counted<'_, 'm>, concept: ConceptIndex, units: &[Special<'m>]) -> Item {
    let is_own = |statement: Statement<'m>| units.iter().any(|special| special.unit.has(statement));
    let statements = outcome
        .statements_in(concept, counted.pathway.statement_range())
        .filter(|&statement| outcome.counts(statement) || is_own(statement));
    let text = outcome.wording(concept, statements.clone().filter(|&statement| is_own(statement)));
    outcome.item(concept, counted.support(concept), statements, text, || counted.also_in(concept))
}
