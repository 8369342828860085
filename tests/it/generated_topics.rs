//! Topics over the concepts of a generated map, by the wordings of statements.

use std::collections::BTreeMap;

use tlevel::concept::{ConceptIndex, Concepts, Nature, Overlap, Topic, TopicStatement};
use tlevel::map::{Map, Statement};
use tlevel::text::normal_form;

const TOPICS: usize = 5;

/// The topics of a statement: none, one or two, by its wording alone.
fn of(statement: Statement<'_>, shift: usize) -> Vec<(usize, f64)> {
    if !statement.says_something() {
        return Vec::new();
    }
    let sum = normal_form(statement.text()).bytes().map(usize::from).sum::<usize>() + shift;
    match sum % (TOPICS + 2) {
        TOPICS => Vec::new(),
        both if both > TOPICS => vec![(1, 0.75), (2, 0.5)],
        one => vec![(one, 0.25 + (sum % 3) as f64 / 4.0)],
    }
}

/// Topics by wording: every second is general. Another shift gives others.
pub(crate) fn over(map: &Map, concepts: Concepts, shift: usize) -> Concepts {
    let mut statements: Vec<Vec<TopicStatement>> = vec![Vec::new(); TOPICS];
    for statement in map.statements() {
        for (topic, score) in of(statement, shift) {
            statements[topic].push(TopicStatement::new(statement.index(), score));
        }
    }
    let mut taught: BTreeMap<usize, Vec<ConceptIndex>> = BTreeMap::new();
    for concept in concepts.iter() {
        let mut all = concept.statements().iter().filter_map(|s| map.statement_at(*s));
        if let Some((topic, _)) = all.find_map(|s| of(s, shift).first().copied()) {
            taught.entry(topic).or_default().push(concept.index());
        }
    }
    let topic = |(number, statements): (usize, Vec<TopicStatement>)| {
        let nature = if number % 2 == 0 { Nature::General } else { Nature::Occupational };
        let topic = Topic::new(format!("t{number}"), format!("Topic {number}")).with_nature(nature);
        topic.with_statements(statements).with_concepts(taught.remove(&number).unwrap_or_default())
    };
    let topics: Vec<Topic> = statements.into_iter().enumerate().filter(|(_, s)| !s.is_empty()).map(topic).collect();
    // neighbours of one kind overlap, by their names
    let all: Vec<_> = concepts.iter().map(|c| (c.index(), c.kind(), c.id().len() + shift)).collect();
    let pairs = all.windows(2).filter(|pair| pair[0].1 == pair[1].1 && pair[0].2 % 3 > 0);
    let overlaps = pairs.map(|pair| Overlap::new([pair[0].0, pair[1].0], 0.2 + (pair[1].2 % 4) as f64 / 8.0)).collect();
    concepts.with_topics(topics).with_overlaps(overlaps)
}
