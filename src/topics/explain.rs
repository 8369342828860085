//! Why a statement has a topic, or none.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assign::{Topics, good_enough};
use super::model::{Model, Parts, Scratch, Worth};
use super::prepare::{ASSIGNED, Prepared, SECOND, SECOND_PART};
use super::vocabulary::Vocabulary;
use crate::map::Statement;
use crate::order;

/// How many topics an explanation shows.
const SHOWN: usize = 5;

/// What speaks for the topics of a statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TopicExplanation {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// The best five topics, assigned or not; none if nothing speaks for any.
    pub candidates: Vec<Candidate>,
    /// Why no topic, or no second one, is assigned.
    pub verdict: String,
}

/// A topic and what speaks for it.
///
/// `score = min(words, 0.6) + centroid +` what similar statements give.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The topic's id.
    pub topic: String,
    /// Its heading.
    pub heading: String,
    /// The score.
    pub score: f64,
    /// Whether the statement has the topic.
    pub assigned: bool,
    /// Whether people decided it: then nothing else counts.
    pub decided: bool,
    /// Whether the topic is one of other routes, so that words and centroid
    /// count 0.65.
    pub other_route: bool,
    /// The score by words, the sum of the phrases' shares.
    pub words: f64,
    /// The phrases of the topic that the statement has, the weightiest first.
    pub phrases: Vec<PhraseShare>,
    /// The cosine with the topic's surest other statements.
    pub centroid: f64,
    /// The similar statements that speak for the topic, the most similar first.
    pub similar: Vec<SimilarStatement>,
}

/// A heading or cue that a statement has.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhraseShare {
    /// The phrase as the vocabulary has it.
    pub phrase: String,
    /// Its part of the score by words. A word of several phrases counts for the
    /// weightiest of them.
    pub share: f64,
}

/// A statement like the one that is explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimilarStatement {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// How similar it is: the product of the vectors without frequent stems.
    pub similarity: f64,
    /// What it adds to the score.
    pub gives: f64,
}

impl Topics {
    /// Returns what speaks for the topics of a statement; `None` if the
    /// statement was not in the run, or the topics were read back.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};
    /// use tlevel::topics::{Topics, Vocabulary};
    ///
    /// let mut keeper = RawOccupation::new("o1", "Beekeeper", 3);
    /// keeper.statements.push(RawStatement::new("S1", "skill", "Inspect hives for signs of swarming."));
    /// keeper.statements.push(RawStatement::new("S2", "skill", "Keep calm."));
    /// let pathway = RawPathway::new("p", "Animals").with(RawCluster::new("c", "Keepers").with(keeper));
    /// let map = tlevel::check(RawMap::new("Bees").with(RawRoute::new("r", "Animal care").with(pathway)))?.map;
    ///
    /// let bees = Vocabulary::from_csv("heading,cues\nBeekeeping,bees; hives; swarming\n")?;
    /// let topics = Topics::assign(&map, &bees);
    /// let explain = |i: usize| topics.explain(map.statements().nth(i).unwrap()).unwrap();
    /// let phrases: Vec<_> = explain(0).candidates[0].phrases.iter().map(|p| p.phrase.clone()).collect();
    /// assert_eq!(phrases, ["hives", "swarming"]);
    /// assert_eq!(explain(1).verdict, "no word or similar statement speaks for any topic");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// Microseconds: the run's other statements are not scored again.
    pub fn explain(&self, statement: Statement<'_>) -> Option<TopicExplanation> {
        let evidence = self.evidence.as_deref()?;
        let (model, i, numbers) = evidence.of(self.number(statement)?)?;
        let vocabulary = &evidence.vocabulary;
        let prepared = model.run.statements.get(i)?;
        let mut scratch = Scratch::new(model);
        let scores = model.scores(&model.own(i), &mut scratch);
        let good = good_enough(prepared, &scores);
        let parts = model.parts(&model.own(i), &mut scratch);
        let worths = model.worths(prepared);
        let is_decided = !prepared.decided.belongs.is_empty();
        let similar = if is_decided { Vec::new() } else { model.similar(&model.own(i), &mut scratch) };
        let given = |topic: u32| {
            let of = |&(other, similarity): &(u32, f64)| {
                let (_, gives) = model.given((other, similarity)).find(|(given, _)| *given == topic)?;
                let codes = self.statements().get(*numbers.get(other as usize)?)?;
                let (occupation, statement) = (codes.occupation.clone(), codes.statement.clone());
                Some(SimilarStatement { occupation, statement, similarity, gives })
            };
            similar.iter().filter_map(of).collect()
        };
        let candidate = |(place, &(number, score)): (usize, &(u32, f64))| {
            let topic = vocabulary.topics().get(number as usize)?;
            let own = parts.iter().find(|parts| parts.topic == number);
            let own = own.copied().unwrap_or(Parts { topic: number, words: 0.0, centroid: 0.0 });
            Some(Candidate {
                topic: topic.id.clone(),
                heading: topic.heading.clone(),
                score,
                assigned: place < good,
                decided: is_decided,
                other_route: model.run.part(prepared, number) < 1.0,
                words: own.words,
                phrases: if is_decided { Vec::new() } else { phrases(model, vocabulary, prepared, &worths, number) },
                centroid: if is_decided { 0.0 } else { own.centroid },
                similar: given(number),
            })
        };
        let candidates = scores.iter().enumerate().take(SHOWN.max(good)).filter_map(candidate).collect();
        let (occupation, statement) = (statement.occupation().id().to_owned(), statement.id().to_owned());
        Some(TopicExplanation { occupation, statement, candidates, verdict: verdict(is_decided, good, &scores) })
    }
}

fn verdict(is_decided: bool, good: usize, scores: &[(u32, f64)]) -> String {
    match (good, scores) {
        _ if is_decided => "decided by people".to_owned(),
        (_, []) => "no word or similar statement speaks for any topic".to_owned(),
        (0, [(_, first), ..]) => format!("no topic: the best scores {first:.2}, less than {ASSIGNED:.2}"),
        (1, [(_, first), (_, second), ..]) => {
            let bar = SECOND.max(SECOND_PART * first);
            format!("one topic: the second scores {second:.2}, less than {bar:.2}")
        }
        (1, _) => "one topic: nothing speaks for another".to_owned(),
        _ => format!("two topics: the second scores {SECOND:.2} or more, and {SECOND_PART} of the first or more"),
    }
}

/// The phrases of a topic that a statement has, each with its share.
fn phrases(
    model: &Model,
    vocabulary: &Vocabulary,
    prepared: &Prepared,
    worths: &[Worth],
    topic: u32,
) -> Vec<PhraseShare> {
    let run = &model.run;
    let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
    for worth in worths.iter().filter(|worth| worth.topic == topic) {
        *shares.entry(worth.hit.phrase).or_default() += run.part(prepared, topic) * worth.value / prepared.total;
    }
    let wording = |phrase: u32| {
        let (_, cue) = run.phrases.get(phrase as usize)?.topics.iter().find(|(of, _)| *of == topic)?;
        let topic = vocabulary.topics().get(topic as usize)?;
        match (*cue as usize).checked_sub(1) {
            None => Some(topic.heading.clone()),
            Some(cue) => topic.cues.get(cue).cloned(),
        }
    };
    let mut phrases: Vec<PhraseShare> = shares
        .into_iter()
        .filter_map(|(phrase, share)| Some(PhraseShare { phrase: wording(phrase)?, share }))
        .collect();
    order::by(&mut phrases, |a, b| b.share.total_cmp(&a.share));
    phrases
}
