//! What a map has learnt of its words, for statements that it does not have.
//!
//! A new occupation changes a little how much each word of the map weighs, and which
//! words keep company. Here nothing changes: a new statement is read as the map reads its
//! own, and a word that the map does not have weighs as one of a single statement. So one
//! occupation after another is compared with a map that is weighed once.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use super::company::Sparse;
use super::contradiction::Claims;
use super::measure::{MOST, UNMATCHED, with_context};
use super::vocabulary::{Feature, WORDS};
use super::{Measure, Threshold};
use crate::concept::{ConceptIndex, Concepts, Joins};
use crate::harmonise::linkage::{self, Link, Missing};
use crate::map::{Kind, StatementIndex};
use crate::text::{normal_form, says_something};

type Table<K, V> = HashMap<K, V, RandomState>;

/// A measure, for statements that its map does not have.
#[derive(Debug)]
pub(crate) struct Learnt<'m> {
    measure: Measure<'m>,
    found: OnceLock<Found>,
}

/// Where the statements of a map have which terms and wordings.
#[derive(Debug)]
struct Found {
    /// By kind and term of its rows: the rows that have it, and their weights.
    having: Vec<Vec<Vec<(u32, f32)>>>,
    /// By kind: the terms by the features that they are.
    terms: Vec<Table<u32, u32>>,
    /// The first statement of each wording, by kind and normal form.
    wordings: Table<(Kind, String), StatementIndex>,
}

/// A statement that the map does not have.
#[derive(Debug)]
pub(crate) struct Unseen {
    kind: Kind,
    normal: String,
    says_something: bool,
    /// By feature.
    features: Sparse,
    /// By stem.
    context: Sparse,
    claims: Claims,
}

/// What the new statements of an occupation join, and what they overlap.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    /// What each statement joins; `None` for one that says nothing.
    pub(crate) joins: Vec<Option<Joins>>,
    /// The ids of the new concepts.
    pub(crate) new: Vec<String>,
    /// What each statement overlaps, and how much: a statement may overlap one twice.
    pub(crate) overlaps: Vec<(usize, ConceptIndex, f64)>,
}

impl Found {
    fn of(measure: &Measure<'_>) -> Self {
        let of_kind = |kind: &super::measure::OfKind| {
            let rows = &kind.rows;
            let mut having: Vec<Vec<(u32, f32)>> = vec![Vec::new(); rows.terms()];
            for row in 0..rows.len() as u32 {
                rows.row(row).for_each(|(term, weight)| having[term as usize].push((row, weight)));
            }
            let terms: Table<u32, u32> = (0..rows.terms() as u32).map(|term| (rows.name(term), term)).collect();
            (having, terms)
        };
        let (having, terms) = measure.kinds.iter().map(of_kind).unzip();
        let mut wordings: Table<(Kind, String), StatementIndex> = Table::default();
        for statement in measure.map().statements().filter(|s| s.says_something()) {
            let wording = (statement.kind(), normal_form(statement.text()));
            wordings.entry(wording).or_insert(statement.index());
        }
        Found { having, terms, wordings }
    }
}

impl<'m> Learnt<'m> {
    pub(crate) fn new(measure: Measure<'m>) -> Self {
        Learnt { measure, found: OnceLock::new() }
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| Found::of(&self.measure))
    }

    /// Reads the statements of an occupation that the map does not have.
    pub(crate) fn read(&self, statements: &[(Kind, &str)]) -> Vec<Unseen> {
        let texts: Vec<&str> = statements.iter().map(|(_, text)| *text).collect();
        let (vocabulary, contexts) = self.measure.learnt();
        let read = statements.iter().zip(vocabulary.read(&texts)).map(|(&(kind, text), terms)| {
            let mut features: Sparse =
                vocabulary.features_of(&terms).into_iter().map(|(feature, value)| (feature, value as f32)).collect();
            features.sort_unstable_by_key(|(feature, _)| *feature);
            let context = contexts.of_words(vocabulary.words_of(&terms));
            let (normal, says_something) = (normal_form(text), says_something(text));
            Unseen { kind, normal, says_something, features, context, claims: Claims::of(text) }
        });
        read.collect()
    }

    /// The map's statements that are like a new one, in the order of the map: those that
    /// score so much or more.
    pub(crate) fn like(&self, unseen: &Unseen, at_least: f64) -> Vec<(StatementIndex, f64)> {
        let Some(number) = self.measure.kinds.iter().position(|kind| kind.kind == unseen.kind) else {
            return Vec::new();
        };
        let (kind, found) = (&self.measure.kinds[number], self.found());
        let mut words = vec![0.0_f64; kind.rows.len()];
        // by term: the number from 1 of the new statement's feature
        let mut number_of = vec![0_u32; kind.rows.terms()];
        for (own, (feature, weight)) in (1_u32..).zip(&unseen.features) {
            let Some(term) = found.terms[number].get(feature) else { continue };
            number_of[*term as usize] = own;
            for (row, other) in &found.having[number][*term as usize] {
                words[*row as usize] += f64::from(*weight) * f64::from(*other);
            }
        }
        let company = Company::of(&unseen.context);
        let mut shares = vec![false; unseen.features.len()];
        let near = (0_u32..).zip(words).filter(|(_, words)| *words * MOST >= at_least && *words > 0.0);
        let scored = near.filter_map(|(row, words)| {
            let statement = kind.statements[row as usize];
            let most = with_context(words.min(1.0), company.cosine(self.measure.context(statement)));
            // what is unmatched only takes away
            if most < at_least {
                return None;
            }
            shares.fill(false);
            let mut theirs = Heaviest(None);
            for (term, weight) in kind.rows.row(row) {
                match number_of[term as usize] {
                    0 => theirs.take(kind.rows.name(term), weight),
                    own => shares[own as usize - 1] = true,
                }
            }
            let mut own = Heaviest(None);
            let alone = unseen.features.iter().zip(&shares).filter(|(_, shared)| !**shared);
            alone.for_each(|((feature, weight), _)| own.take(*feature, *weight));
            Some((statement, (most - unmatched(own, theirs)).clamp(0.0, 1.0)))
        });
        let mut like: Vec<(StatementIndex, f64)> = scored.filter(|(_, score)| *score >= at_least).collect();
        like.sort_unstable_by_key(|(statement, _)| *statement);
        like
    }

    /// Joins the new statements of one occupation to concepts of the map. Equal wordings
    /// are one. Beyond these, the statement and the concept that are most alike are joined
    /// again and again, from the threshold on, as [`harmonise`](crate::harmonise()) does: no
    /// score joins two statements of one occupation. The map's concepts stay what they are,
    /// and each counts as one.
    pub(crate) fn join(
        &self,
        concepts: &Concepts,
        unseen: &[Unseen],
        threshold: Option<Threshold>,
        overlap: Option<f64>,
    ) -> Joined {
        let mut joined = Joined { joins: vec![None; unseen.len()], ..Joined::default() };
        let found = self.found();
        let mut speaker: Table<(Kind, &str), usize> = Table::default();
        // the wordings that the map does not have, by the first statement of each
        let mut open: Vec<usize> = Vec::new();
        for (i, own) in unseen.iter().enumerate().filter(|(_, own)| own.says_something) {
            if speaker.contains_key(&(own.kind, own.normal.as_str())) {
                continue;
            }
            speaker.insert((own.kind, &own.normal), i);
            let known = found.wordings.get(&(own.kind, own.normal.clone()));
            joined.joins[i] = known.and_then(|s| concepts.of(*s).first()).map(|concept| Joins::Known(*concept));
            if joined.joins[i].is_none() {
                open.push(i);
            }
        }
        let floor = threshold.map_or(f64::INFINITY, Threshold::floor);
        let least = floor.min(overlap.unwrap_or(f64::INFINITY));
        let like: Vec<Vec<(StatementIndex, f64)>> = unseen
            .iter()
            .map(|own| if own.says_something && least.is_finite() { self.like(own, least) } else { Vec::new() })
            .collect();
        self.grow(concepts, (unseen, &open), &like, threshold, &mut joined);
        for (i, own) in unseen.iter().enumerate().filter(|(_, own)| own.says_something) {
            if let Some(first) = speaker.get(&(own.kind, own.normal.as_str())) {
                joined.joins[i] = joined.joins[*first];
            }
        }
        for (i, like) in like.iter().enumerate() {
            let overlapping = like.iter().filter(|(_, score)| overlap.is_some_and(|least| *score >= least));
            let of = overlapping.flat_map(|(s, score)| concepts.of(*s).iter().map(|c| (i, *c, *score)));
            joined.overlaps.extend(of);
        }
        joined
    }

    /// Groups the open wordings, with the concepts that they may join.
    fn grow(
        &self,
        concepts: &Concepts,
        (unseen, open): (&[Unseen], &[usize]),
        like: &[Vec<(StatementIndex, f64)>],
        threshold: Option<Threshold>,
        joined: &mut Joined,
    ) {
        let floor = threshold.map_or(f64::INFINITY, Threshold::floor);
        let mut nodes: Vec<ConceptIndex> = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        let is_taken = |concept: &ConceptIndex| joined.joins.contains(&Some(Joins::Known(*concept)));
        for (a, &i) in (0_u32..).zip(open) {
            let mut near: Vec<ConceptIndex> = like[i]
                .iter()
                .filter(|(_, score)| *score >= floor)
                .filter_map(|(s, _)| concepts.of(*s).first())
                .filter(|concept| !is_taken(concept))
                .copied()
                .collect();
            near.sort_unstable();
            near.dedup();
            for concept in near {
                if let Some(score) = self.fits(concepts, concept, (&unseen[i], &like[i]), floor) {
                    let place = nodes.iter().position(|known| *known == concept).unwrap_or(nodes.len());
                    if place == nodes.len() {
                        nodes.push(concept);
                    }
                    links.push(Link { a, b: (open.len() + place) as u32, score });
                }
            }
        }
        let least = threshold.map_or(f64::INFINITY, Threshold::get);
        for group in linkage::groups(open.len() + nodes.len(), &links, least, Missing::Forbids) {
            let known = group.iter().find_map(|node| nodes.get((*node as usize).checked_sub(open.len())?));
            let members: Vec<usize> = group.iter().filter_map(|node| open.get(*node as usize)).copied().collect();
            let joins = match known {
                Some(concept) => Joins::Known(*concept),
                None => Joins::New(joined.new.len() as u32),
            };
            if let (Joins::New(_), Some(_)) = (joins, members.first()) {
                let ids = members.iter().map(|i| crate::concept::wording_id(unseen[*i].kind, &unseen[*i].normal));
                joined.new.push(ids.min().unwrap_or_default());
            }
            members.into_iter().for_each(|i| joined.joins[i] = Some(joins));
        }
    }

    /// The mean score of a new statement with the wordings of a concept, if it fits all.
    fn fits(
        &self,
        concepts: &Concepts,
        concept: ConceptIndex,
        (unseen, like): (&Unseen, &[(StatementIndex, f64)]),
        floor: f64,
    ) -> Option<f64> {
        let members = concepts.get(concept)?.statements();
        let wordings = self.measure.wordings(members);
        let mut sum = 0.0;
        for wording in &wordings {
            let found = like.binary_search_by_key(wording, |(s, _)| *s).ok().map(|at| like[at].1);
            let score = found.filter(|score| *score >= floor)?;
            let text = self.measure.map().statement_at(*wording)?.text();
            if !unseen.claims.agree(&Claims::of(text)) {
                return None;
            }
            sum += score;
        }
        (!wordings.is_empty()).then(|| sum / wordings.len() as f64)
    }
}

/// The company that the words of a statement keep, by stem: to compare one with many.
struct Company(Vec<f32>);

impl Company {
    fn of(context: &[(u32, f32)]) -> Self {
        let mut by_stem = vec![0.0; context.last().map_or(0, |(last, _)| *last as usize + 1)];
        context.iter().for_each(|(stem, value)| by_stem[*stem as usize] = *value);
        Company(by_stem)
    }

    /// As [`cosine`](super::company::cosine), to the bit.
    fn cosine(&self, other: &[(u32, f32)]) -> Option<f64> {
        if self.0.is_empty() || other.is_empty() {
            return None;
        }
        let known = other.iter().filter_map(|(stem, value)| Some((self.0.get(*stem as usize)?, value)));
        Some(known.fold(0.0, |sum, (own, other)| sum + f64::from(*own) * f64::from(*other)))
    }
}

/// What two statements lose by the heaviest word that each has alone.
fn unmatched(one: Heaviest, other: Heaviest) -> f64 {
    match (one.0, other.0) {
        (Some(one), Some(other)) => UNMATCHED * f64::from(one.min(other)) / WORDS.sqrt(),
        _ => 0.0,
    }
}

/// The weight of the heaviest word among some features.
#[derive(Clone, Copy)]
struct Heaviest(Option<f32>);

impl Heaviest {
    fn take(&mut self, feature: u32, weight: f32) {
        if matches!(Feature::from_number(feature), Feature::Word(_)) && self.0.is_none_or(|most| weight > most) {
            self.0 = Some(weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Map;

    fn england() -> Map {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        crate::check(raw).unwrap().map
    }

    /// What the map has is read as the map reads it, and scores the same.
    #[test]
    fn a_statement_of_the_map_scores_as_the_measure_has_it() {
        let map = england();
        let learnt = Learnt::new(Measure::new(&map));
        let mut compared = 0;
        for occupation in map.occupations().filter(|o| o.statements().len() > 3).step_by(7) {
            let own: Vec<_> = occupation.statements().filter(|s| s.says_something()).collect();
            let unseen = learnt.read(&own.iter().map(|s| (s.kind(), s.text())).collect::<Vec<_>>());
            for (statement, unseen) in own.iter().zip(&unseen) {
                let like = learnt.like(unseen, 0.2);
                let expected = map.statements().map(|other| learnt.measure.score(statement.index(), other.index()));
                let expected: Vec<(usize, f64)> = expected.enumerate().filter(|(_, score)| *score >= 0.2).collect();
                assert_eq!(like.len(), expected.len(), "{}", statement.text());
                for ((found, score), (other, by_measure)) in like.iter().zip(&expected) {
                    assert_eq!(found.index(), *other);
                    assert!((score - by_measure).abs() < 1e-6, "{}: {score} {by_measure}", statement.text());
                }
                compared += expected.len();
            }
        }
        assert!(compared > 500, "{compared}");
    }

    #[test]
    fn the_company_of_one_and_of_many_is_the_same_to_the_bit() {
        let map = england();
        let learnt = Learnt::new(Measure::new(&map));
        let of = |statement: StatementIndex| learnt.measure.context(statement);
        let mut shared = 0;
        for own in map.statements().step_by(17) {
            let company = Company::of(of(own.index()));
            for other in map.statements().step_by(5) {
                let expected = super::super::company::cosine(of(own.index()), of(other.index()));
                assert_eq!(company.cosine(of(other.index())).map(f64::to_bits), expected.map(f64::to_bits));
                shared += usize::from(expected.is_some_and(|cosine| cosine > 0.0));
            }
        }
        assert!(shared > 100, "{shared}");
    }

    #[test]
    fn equal_wordings_join_without_a_threshold_and_others_with_one() {
        let map = england();
        let measure = Measure::new(&map);
        let harmony = crate::harmonise(&measure, Threshold::default(), &crate::harmonise::Ledger::default()).unwrap();
        let concepts = harmony.into_concepts();
        let learnt = Learnt::new(measure);
        let known = map.statements().find(|s| s.text().len() > 60 && s.kind() == Kind::Knowledge).unwrap();
        let similar = format!("{} today", known.text());
        let texts = [
            (known.kind(), known.text()),
            (known.kind(), similar.as_str()),
            (Kind::Skill, "Groom the zebras"),
            (Kind::Skill, "Groom the zebras."),
            (Kind::Skill, "..."),
            (Kind::Behaviour, "Groom the zebras"),
        ];
        let own = Some(Joins::Known(concepts.of(known.index())[0]));
        let join = |threshold| learnt.join(&concepts, &learnt.read(&texts), threshold, Some(0.2));
        let exact = join(None);
        let new = |number| Some(Joins::New(number));
        assert_eq!(exact.joins, [own, new(0), new(1), new(1), None, new(2)]);
        assert_eq!(exact.new.len(), 3);
        assert!(
            exact.overlaps.iter().any(|(i, with, score)| (*i, Some(Joins::Known(*with))) == (1, own) && *score > 0.9)
        );
        let by_score = join(Some(Threshold::default()));
        // what is joined by its wording leaves no room for another of the occupation
        assert_eq!(by_score.joins, [own, new(0), new(1), new(1), None, new(2)]);
        let apart = learnt.read(&texts[1..]);
        let by_score = learnt.join(&concepts, &apart, Some(Threshold::default()), None);
        assert_eq!(by_score.joins, [own, new(0), new(0), None, new(1)]);
        // nor do two that are alike join one concept, or each other
        let twice = [(known.kind(), similar.as_str()), (known.kind(), &similar.replace(" today", " now"))];
        let joins = learnt.join(&concepts, &learnt.read(&twice), Some(Threshold::default()), None).joins;
        assert_eq!(joins.iter().filter(|joins| **joins == own).count(), 1);
        assert!(joins.contains(&new(0)), "{joins:?}");
        assert!(learnt.join(&concepts, &[], None, None).joins.is_empty());
    }
}
