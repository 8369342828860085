//! The topics of statements that the map does not have.

use std::collections::BTreeMap;

use super::assign::{Topics, good_enough};
use super::model::{Read, Scratch};
use super::prepare::route_numbers;
use crate::concept::Topic;
use crate::map::{Level, Map, Route};

impl Topics {
    /// The content areas of statements that the map does not have, of one level and
    /// route, each by its number in the vocabulary, with its score. They are read by what
    /// the map has taught: no centroid and no weight changes. None at a level of which
    /// the map has no statement, or if the topics were read back.
    ///
    /// # Complexity
    ///
    /// As [`Topics::scores`] of each.
    pub(crate) fn of_unseen(
        &self,
        map: &Map,
        (level, route): (Level, Route<'_>),
        texts: &[&str],
    ) -> Vec<Vec<(usize, f64)>> {
        let none = || vec![Vec::new(); texts.len()];
        let Some(evidence) = self.evidence.as_deref() else { return none() };
        let of_level = |model: &&super::model::Model| {
            let first = model.run.statements.first().and_then(|own| map.statement_at(own.index));
            first.is_some_and(|first| first.occupation().level() == level)
        };
        let Some(model) = evidence.models().iter().find(of_level) else { return none() };
        let areas = evidence.vocabulary.areas();
        let route = route_numbers(map, &evidence.vocabulary).get(route.index().index()).copied().flatten();
        let mut scratch = Scratch::new(model);
        let areas_of = |text: &&str| {
            let (prepared, vector) = model.run.read(text, route);
            let read = Read { statement: &prepared, vector: &vector, member_of: None, number: None };
            let scores = model.scores(&read, &mut scratch);
            let mut of: BTreeMap<usize, f64> = BTreeMap::new();
            for (topic, score) in &scores[..good_enough(&prepared, &scores).min(scores.len())] {
                let best = of.entry(areas[*topic as usize]).or_default();
                *best = best.max(*score);
            }
            of.into_iter().collect()
        };
        texts.iter().map(areas_of).collect()
    }

    /// The topics of concepts with a further one of the vocabulary, in its order, unless
    /// they have it; and its place among them.
    pub(crate) fn with_area(&self, topics: &mut Vec<Topic>, area: usize) -> Option<usize> {
        let vocabulary = &self.evidence.as_deref()?.vocabulary;
        let wanted = vocabulary.topics().get(area)?;
        if let Some(place) = topics.iter().position(|topic| topic.id == wanted.id) {
            return Some(place);
        }
        let number = |id: &str| vocabulary.topics().iter().position(|topic| topic.id == id).unwrap_or(usize::MAX);
        let place = topics.iter().position(|topic| number(&topic.id) > area).unwrap_or(topics.len());
        let source = self.topic(&wanted.id).map(|topic| topic.source).unwrap_or_default();
        let topic =
            Topic::new(wanted.id.as_str(), wanted.heading.as_str()).with_nature(wanted.nature).with_source(source);
        topics.insert(place, topic);
        Some(place)
    }
}
