//! Topics over the concepts of a map.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::Topics;
use super::from_map;
use crate::concept::{ConceptIndex, Concepts, Topic, TopicStatement};
use crate::map::Map;

impl Topics {
    /// Returns the concepts with these topics over them, replacing any earlier
    /// ones ([`Concepts::topics`]).
    ///
    /// The topics of concepts are content areas: a narrower topic counts as its
    /// area. A statement is one of the areas of both its topics. A concept is
    /// taught under one area, that of the first topics of its statements: where
    /// they differ, the area whose scores add up to most (ties: the earlier in
    /// the vocabulary). The order is that of the vocabulary.
    ///
    /// Where statements of two or more occupations have no topic, and share a
    /// concept or [overlap](Concepts::overlaps), and a noun phrase of theirs
    /// covers them, that phrase is the heading of one more topic, marked
    /// [`HeadingSource::Map`](crate::concept::HeadingSource::Map). Such topics are
    /// occupational, have ids that begin with `map-`, and come last. The score of
    /// a statement is the part of its words that the heading is.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    /// use tlevel::topics::{Topics, Vocabulary};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
    /// let safety = concepts.topics().iter().find(|topic| topic.id == "health-and-safety").unwrap();
    /// assert!(safety.statements.len() > 20 && !safety.concepts.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n log n)` for `n` statements.
    #[must_use]
    pub fn onto(&self, map: &Map, concepts: Concepts) -> Concepts {
        let numbers: BTreeMap<&str, usize> =
            self.topics().iter().enumerate().map(|(i, topic)| (topic.id.as_str(), i)).collect();
        let areas: BTreeMap<&str, usize> = (self.topics().iter())
            .filter_map(|topic| Some((topic.id.as_str(), *numbers.get(topic.area.as_str())?)))
            .collect();
        let mut statements: Vec<Vec<TopicStatement>> = vec![Vec::new(); self.topics().len()];
        let mut weights: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); concepts.len()];
        for statement in map.statements() {
            let mut of: BTreeMap<usize, f64> = BTreeMap::new();
            for (place, score) in self.of_statement(statement).iter().enumerate() {
                let Some(&area) = areas.get(score.topic.as_str()) else { continue };
                let best = of.entry(area).or_default();
                *best = best.max(score.score);
                if place == 0 {
                    for concept in concepts.of(statement.index()) {
                        *weights[concept.index()].entry(area).or_default() += score.score;
                    }
                }
            }
            of.into_iter()
                .for_each(|(area, score)| statements[area].push(TopicStatement::new(statement.index(), score)));
        }
        let mut taught = vec![Vec::new(); self.topics().len()];
        for (concept, weights) in concepts.iter().zip(&weights) {
            // of equal sums the earlier area wins
            let first = weights.iter().rev().max_by(|a, b| a.1.total_cmp(b.1));
            if let Some((&area, _)) = first {
                taught[area].push(concept.index());
            }
        }
        let of = statements.into_iter().zip(taught);
        let topics = (self.topics().iter().zip(of))
            .filter(|(_, (statements, _))| !statements.is_empty())
            .map(|(topic, (statements, taught))| {
                Topic::new(topic.id.as_str(), topic.heading.as_str())
                    .with_nature(topic.nature)
                    .with_source(topic.source)
                    .with_statements(statements)
                    .with_concepts(taught)
            })
            .collect::<Vec<Topic>>();
        let of_map = from_map::topics(map, self, &concepts);
        concepts.with_topics([topics, of_map].concat())
    }

    /// Returns the concepts of which no statement has a topic: those that
    /// [`onto`](Self::onto) may put under topics in the map's own words. For that, the
    /// [overlaps](Concepts::overlaps) among these concepts are enough: see
    /// [`overlaps_among`](crate::harmonise::overlaps_among).
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    /// use tlevel::harmonise::{Measure, overlaps_among};
    /// use tlevel::topics::{Topics, Vocabulary};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let (topics, concepts) = (Topics::assign(&map, &Vocabulary::bundled()), Concepts::exact(&map));
    /// let free = topics.without_topic(&map, &concepts);
    /// assert!(!free.is_empty() && free.len() < concepts.len());
    /// let overlaps = overlaps_among(&Measure::new(&map), &concepts, |concept| free.contains(&concept));
    /// let concepts = topics.onto(&map, concepts.with_overlaps(overlaps));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n log n)` for `n` statements.
    pub fn without_topic(&self, map: &Map, concepts: &Concepts) -> BTreeSet<ConceptIndex> {
        from_map::free_statements(map, self, concepts).map(|(_, concept)| concept).collect()
    }
}
