//! How the statements of a new occupation are read: by what the map has learnt.

use super::Consultation;
use crate::change::with_topics;
use crate::concept::{Concepts, Gained, Grown, HeadingSource, Joins, Topic};
use crate::harmonise::{Learnt, Measure, OVERLAP};
use crate::map::{Kind, Map, Occupation, StatementIndex};
use crate::topics::{TopicDecisions, Topics, Vocabulary};

/// What the map has learnt of words and topics.
#[derive(Debug)]
pub(super) struct Known<'m> {
    learnt: Learnt<'m>,
    /// `None` if the concepts have no topics.
    topics: Option<Topics>,
}

impl<'m> Known<'m> {
    pub(super) fn new(measure: Measure<'m>, topics: Option<Topics>) -> Self {
        Known { learnt: Learnt::new(measure), topics }
    }

    fn of(consultation: &Consultation<'m>) -> Self {
        let (map, concepts) = (consultation.map, consultation.concepts);
        let assigned = |vocabulary: &Vocabulary, decisions: &TopicDecisions| {
            Topics::assign_with(map, vocabulary, decisions, with_topics(map, concepts)).ok()
        };
        let topics = concepts.has_topics().then(|| match &consultation.topics {
            Some((vocabulary, decisions)) => assigned(vocabulary, decisions),
            None => assigned(&Vocabulary::bundled(), &TopicDecisions::default()),
        });
        Known::new(Measure::new(map), topics.flatten())
    }
}

impl<'m> Consultation<'m> {
    /// The concepts with the statements of one occupation more, on the map that has it.
    /// `None` if that map differs in anything else.
    pub(super) fn grown(&self, map: &Map, new: Occupation<'_>) -> Option<Concepts> {
        let range = new.statement_range();
        if map.statements().len() != self.map.statements().len() + range.len() {
            return None;
        }
        let old_of: Vec<StatementIndex> = (0..self.map.statements().len() as u32).map(StatementIndex).collect();
        let (old_of, first) = (&old_of[..], range.start);
        Some(self.concepts.grown(Grown { map, old_of, first, first_of_whole: first }, &self.gained(new)?))
    }

    /// What the statements of a new occupation are to this map. `None` if the map lacks
    /// its route.
    pub(super) fn gained(&self, new: Occupation<'_>) -> Option<Gained> {
        let route = self.map.route(new.pathway().route().id())?;
        let statements: Vec<(Kind, &str)> = new.statements().map(|s| (s.kind(), s.text())).collect();
        let mut all = self.concepts.has_topics().then(|| self.concepts.topics().to_vec());
        if statements.is_empty() {
            return Some(Gained { topics: all, ..Gained::default() });
        }
        let known = self.known_words.get_or_init(|| Known::of(self));
        let unseen = known.learnt.read(&statements);
        let overlap = self.concepts.has_topics().then_some(OVERLAP);
        let joined = known.learnt.join(self.concepts, &unseen, self.threshold, overlap);
        let mut on: Vec<Vec<(usize, f64)>> = vec![Vec::new(); statements.len()];
        if let (Some(topics), Some(all)) = (&known.topics, &mut all) {
            let texts: Vec<&str> = statements.iter().map(|(_, text)| *text).collect();
            let areas = topics.of_unseen(self.map, (new.level(), route), &texts);
            // first every area, as each may move the places of others
            for (area, _) in areas.iter().flatten() {
                topics.with_area(all, *area);
            }
            for ((on, areas), joins) in on.iter_mut().zip(areas).zip(&joined.joins) {
                if joins.is_some() {
                    on.extend(
                        areas.into_iter().filter_map(|(area, score)| Some((topics.with_area(all, area)?, score))),
                    );
                }
            }
        }
        for (on, joins) in on.iter_mut().zip(&joined.joins) {
            if let (true, Some(Joins::Known(concept)), Some(all)) = (on.is_empty(), joins, &all) {
                // a heading of the map's own is that of what joins it
                let is_its = |topic: &&Topic| topic.source == HeadingSource::Map && topic.concepts.contains(concept);
                let place = all.iter().position(|topic| is_its(&topic));
                let scores = place.map(|place| all[place].statements.iter().map(|on| on.score));
                on.extend(place.zip(scores.and_then(|scores| scores.reduce(f64::min))));
            }
        }
        let kinds = statements.iter().map(|(kind, _)| *kind);
        Some(Gained {
            statements: kinds.zip(joined.joins).collect(),
            new: joined.new,
            overlaps: joined.overlaps,
            on,
            topics: all,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap};

    use super::super::Proposed;
    use super::super::overlaps::{Said, overlaps};
    use super::*;
    use crate::change::{Change, Changes, apply, carry_over_joined};
    use crate::derive::{Policy, Programme};
    use crate::harmonise::{Ledger, Threshold};
    use crate::read::{RawOccupation, RawStatement};

    fn map(of: &[u8]) -> Map {
        crate::check(crate::read(of).unwrap()).unwrap().map
    }

    /// An occupation whose statements are every second one of two others and one of its own.
    fn one_more(map: &Map, from: [&str; 2]) -> RawOccupation {
        let mut new = RawOccupation::new("NEW", "Drone surveyor", 3);
        let theirs = from.iter().flat_map(|id| map.occupation(id).unwrap().statements().step_by(2));
        for (i, statement) in (1..).zip(theirs) {
            new.statements.push(RawStatement::new(format!("X{i}"), statement.kind().name(), statement.text()));
        }
        new.statements.push(RawStatement::new("Y1", "skill", "Groom the zebras"));
        new.statements.push(RawStatement::new("Y2", "skill", "..."));
        new
    }

    /// The map with such an occupation at the end of a cluster.
    fn with_one_more(map: &Map, cluster: &str, from: [&str; 2]) -> Map {
        let (cluster, occupation) = (cluster.to_owned(), Box::new(one_more(map, from)));
        let changes = Changes::new(vec![Change::AddOccupation { cluster, occupation, position: None }]);
        crate::check(apply(map, &changes).unwrap()).unwrap().map
    }

    /// Where only equal wordings join, nothing depends on weights: what grows is what is
    /// carried over.
    #[test]
    fn what_grows_is_what_is_carried_over() {
        let map = map(include_bytes!("../../fixtures/maps/consultation.json"));
        let concepts = Concepts::exact(&map);
        let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
        for (at, cluster) in map.clusters().enumerate() {
            let ids: Vec<&str> = map.occupations().skip(at % 5).take(2).map(|o| o.id()).collect();
            let after = with_one_more(&map, cluster.id(), [ids[0], ids[1]]);
            let grown = consultation.grown(&after, after.occupation("NEW").unwrap()).unwrap();
            let carried = carry_over_joined(&map, &concepts, &after, None).unwrap();
            assert!(grown.fits(&after));
            let by_statement = |concepts: &Concepts| -> Vec<Vec<String>> {
                let ids = |s: crate::map::Statement<'_>| {
                    concepts.of(s.index()).iter().map(|c| concepts.get(*c).unwrap().id().to_owned()).collect()
                };
                after.statements().map(ids).collect()
            };
            assert_eq!(by_statement(&grown), by_statement(&carried), "{}", cluster.id());
            let derived =
                [&grown, &carried].map(|concepts| crate::derive(&after, concepts, &Policy::t_level()).unwrap());
            // notes say whether anything but equal wordings was joined
            let programmes = derived.map(|derivation| {
                let without_notes = |programme| Programme { notes: Vec::new(), ..programme };
                derivation.programmes.into_iter().map(without_notes).collect::<Vec<_>>()
            });
            assert_eq!(programmes[0], programmes[1]);
        }
    }

    /// A new occupation by its route alone is what it is by the whole map.
    fn is_the_same_by_its_route(map: &Map, consultation: &Consultation<'_>, new: &RawOccupation, cluster: &str) {
        let overlaps = |(map, concepts): (&Map, &Concepts), said: &Said<'_>| {
            let others = map.occupations().filter(|o| o.id() != "NEW");
            overlaps((map, concepts), said, others, &HashMap::new())
        };
        let part = consultation.proposed_new(new, cluster).unwrap();
        assert!(part.map.routes().len() == 1 && part.before.is_some());
        let (gained, own) = (part.gained.as_ref().unwrap(), part.map.occupation("NEW").unwrap());
        let said = Said::of_new(gained, own);
        let by_part = overlaps((map, consultation.concepts), &said);

        let change =
            Change::AddOccupation { cluster: cluster.to_owned(), occupation: Box::new(new.clone()), position: None };
        let after = crate::check(apply(map, &Changes::new(vec![change])).unwrap()).unwrap().map;
        let own = after.occupation("NEW").unwrap();
        let concepts = consultation.grown(&after, own).unwrap();
        let ids = |concepts: &Concepts| -> Vec<String> { concepts.iter().map(|c| c.id().to_owned()).collect() };
        let (of_part, mut of_whole) = (ids(&part.concepts), ids(&concepts));
        let in_part: BTreeSet<&String> = of_part.iter().collect();
        of_whole.retain(|id| in_part.contains(id));
        assert_eq!(of_part, of_whole, "the order of the whole");
        let whole = Said::of(&concepts, own);
        assert_eq!((said.concepts, by_part), (whole.concepts, overlaps((&after, &concepts), &whole)), "{cluster}");
        let derivation = crate::derive(&after, &concepts, &consultation.policy).unwrap();
        let (after, concepts) = (after.clone(), concepts.clone());
        let whole = Proposed { map: after, concepts, derivation, before: None, gained: None };
        // elsewhere a concept without a topic may get that of the new statement: no programme
        // there is about the new occupation
        let mut of_route = consultation.effect(&whole);
        let route = part.map.routes().next().unwrap();
        of_route.programmes.retain(|programme| programme.route.id == route.id());
        assert_eq!(consultation.effect(&part), of_route, "{cluster}");
    }

    #[test]
    fn a_route_alone_shows_what_the_whole_map_shows() {
        let consultation_map = map(include_bytes!("../../fixtures/maps/consultation.json"));
        let england = map(include_bytes!("../../fixtures/maps/england.json"));
        for (map, step) in [(&consultation_map, 1), (&england, 23)] {
            let measure = Measure::new(map);
            let harmony = crate::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap();
            let topics = Topics::assign(map, &Vocabulary::bundled());
            let concepts =
                harmony.with_overlaps(&measure).map_concepts(|concepts| topics.onto(map, concepts)).into_concepts();
            for policy in [Policy::panel(), Policy::t_level()] {
                let consultation = Consultation::new(map, &concepts, &policy).unwrap();
                let consultation =
                    consultation.joining(Some(Threshold::default())).knowing(Measure::new(map), Some(topics.clone()));
                let said: Vec<_> = map.occupations().filter(|o| o.statements().len() > 9).collect();
                for (at, cluster) in map.clusters().enumerate().step_by(step) {
                    let from = [at, at + 7].map(|at| said[at % said.len()].id());
                    let new = one_more(map, from);
                    is_the_same_by_its_route(map, &consultation, &new, cluster.id());
                    is_the_same_by_its_route(
                        map,
                        &consultation,
                        &RawOccupation { statements: Vec::new(), ..new },
                        cluster.id(),
                    );
                }
            }
        }
    }

    #[test]
    fn words_are_weighed_only_where_they_count() {
        let map = map(include_bytes!("../../fixtures/maps/consultation.json"));
        let concepts = Concepts::exact(&map);
        let cluster = map.clusters().next().unwrap();
        let title_alone = RawOccupation::new("", "Drone surveyor", 3);
        let mut with_one = title_alone.clone();
        with_one.statements.push(RawStatement::new("", "skill", "Fly a drone"));
        for (new, threshold, is_weighed) in [
            (&title_alone, Some(Threshold::default()), false),
            (&with_one, None, false),
            (&with_one, Some(Threshold::default()), true),
        ] {
            let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap().joining(threshold);
            let screening = consultation.new_occupation(new, Some(cluster.id())).unwrap();
            assert_eq!(screening.concepts, new.statements.len());
            assert_eq!(consultation.known_words.get().is_some(), is_weighed);
        }
    }

    #[test]
    fn topics_and_overlaps_of_the_map_stay_and_new_statements_get_theirs() {
        let map = map(include_bytes!("../../fixtures/maps/england.json"));
        let measure = Measure::new(&map);
        let harmony = crate::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap();
        let topics = Topics::assign(&map, &Vocabulary::bundled());
        let concepts =
            harmony.with_overlaps(&measure).map_concepts(|concepts| topics.onto(&map, concepts)).into_concepts();
        let policy = Policy::panel();
        let consultation = Consultation::new(&map, &concepts, &policy).unwrap();
        let consultation = consultation.joining(Some(Threshold::default())).knowing(measure, Some(topics));
        let onsite = map.pathway("construction/onsite-construction").unwrap();
        let cluster = onsite.clusters().next().unwrap();
        let of = onsite.occupations().find(|o| o.statements().len() > 9).unwrap();
        let after = with_one_more(&map, cluster.id(), [of.id(), of.id()]);
        let new = after.occupation("NEW").unwrap();
        let grown = consultation.grown(&after, new).unwrap();
        let old_of = |s: crate::map::Statement<'_>| {
            map.occupation(s.occupation().id())?.statements().find(|old| old.id() == s.id())
        };
        for statement in after.statements() {
            let on = |concepts: &Concepts, index| -> BTreeSet<String> {
                let on =
                    concepts.topics().iter().filter(|topic| topic.statements.iter().any(|on| on.statement == index));
                on.map(|topic| topic.id.clone()).collect()
            };
            let now = on(&grown, statement.index());
            match old_of(statement) {
                Some(old) => assert_eq!(now, on(&concepts, old.index()), "{}", statement.text()),
                // the same words on the same route have the same topics, as far as centroids go
                None if statement.id().starts_with('X') => {
                    let same = of.statements().find(|old| old.text() == statement.text()).unwrap();
                    let was = on(&concepts, same.index());
                    assert!(was.is_empty() || now.intersection(&was).next().is_some(), "{was:?} {now:?}");
                }
                None => assert!(grown.of(statement.index()).len() == usize::from(statement.says_something())),
            }
        }
        assert!(grown.overlaps().len() >= concepts.overlaps().len());
        let of_new: BTreeSet<_> = new.statements().flat_map(|s| grown.of(s.index())).collect();
        assert!(grown.overlaps().iter().any(|overlap| overlap.concepts.iter().any(|c| of_new.contains(c))));
        let derived = crate::derive(&after, &grown, &policy).unwrap();
        assert!(derived.programme(onsite.id()).unwrap().counting.iter().any(|o| o.id == "NEW"));
    }
}
