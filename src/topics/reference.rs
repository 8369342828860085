//! Every phrase, every centroid and every pair of statements, one by one: the
//! oracle of [`Topics`].

use std::collections::BTreeMap;

use super::assign::{TopicScore, Topics};
use super::decisions::TopicDecisions;
use super::error::TopicDecisionsError;
use super::prepare::{
    DECIDED, GIVES, MEMBERS, MOST_WORDS, Phrase, Prepared, Run, SIMILAR, SIMILARITY, SPEAKS_FOR, SURE, TOO_FREQUENT,
};
use super::vocabulary::Vocabulary;
use crate::map::{Map, Statement};

/// Returns what [`Topics::assign_with`] gives, by looking at everything, and what
/// [`Topics::scores`] gives for each statement, by the ids of its occupation and its
/// own.
///
/// # Errors
///
/// As [`Topics::assign_with`].
///
/// # Complexity
///
/// `O(n² t + n p)` time and `O(n (t + k))` memory for `n` statements of `t` stems, `p`
/// phrases and `k` topics.
pub fn assign(
    map: &Map,
    vocabulary: &Vocabulary,
    decisions: &TopicDecisions,
    is_included: impl Fn(Statement<'_>) -> bool,
) -> Result<(Topics, Vec<Vec<TopicScore>>), TopicDecisionsError> {
    let decided = decisions.on(map, vocabulary)?;
    let runs = Run::of_levels(map, &decided.vocabulary, decided.statements.clone(), is_included);
    let ranked: Vec<Vec<Vec<(u32, f64)>>> = runs.iter().map(rank).collect();
    let mut scores = Vec::new();
    for (run, ranked) in runs.iter().zip(&ranked) {
        scores.extend(run.statements.iter().zip(ranked).map(|(s, ranked)| {
            let statement = map.statement_at(s.index);
            let code = statement.map(|s| (s.occupation().id().to_owned(), s.id().to_owned()));
            (code, TopicScore::all(&decided.vocabulary, s, ranked))
        }));
    }
    scores.sort_by(|a, b| a.0.cmp(&b.0));
    let scores = scores.into_iter().map(|(_, scores)| scores).collect();
    Ok((Topics::from_scores(map, &runs.iter().collect::<Vec<_>>(), decided, &ranked).0, scores))
}

/// For each statement its topics and their scores, the best first.
fn rank(run: &Run) -> Vec<Vec<(u32, f64)>> {
    let statements = &run.statements;
    let words: Vec<Vec<f64>> = statements.iter().map(|s| words(run, s)).collect();
    let vectors: Vec<Vec<f64>> = statements.iter().map(|s| vector(run, s)).collect();
    // a topic's surest statements
    let member_of: Vec<Option<usize>> = words.iter().map(|w| best(w).filter(|topic| w[*topic] >= SURE)).collect();
    let centroids: Vec<Option<(f64, Vec<f64>)>> =
        (0..run.topics()).map(|topic| centroid(&vectors, &member_of, topic)).collect();
    let firsts: Vec<Vec<f64>> = (0..statements.len())
        .map(|i| {
            (0..run.topics())
                .map(|topic| {
                    let decided = &statements[i].decided;
                    if !decided.belongs.is_empty() {
                        return if decided.belongs.contains(&(topic as u32)) { DECIDED } else { 0.0 };
                    }
                    if decided.not.contains(&(topic as u32)) {
                        return 0.0;
                    }
                    let cosine = centroids[topic].as_ref().map_or(0.0, |(length, centroid)| {
                        let product = product(&vectors[i], centroid);
                        if member_of[i] == Some(topic) && product > 0.0 {
                            let d = product * length;
                            ((d - 1.0) / (length * length - 2.0 * d + 1.0).max(1e-9).sqrt()).max(0.0)
                        } else {
                            product
                        }
                    });
                    words[i][topic].min(MOST_WORDS) + run.part(&statements[i], topic as u32) * cosine
                })
                .collect()
        })
        .collect();
    (0..statements.len())
        .map(|i| {
            let decided = &statements[i].decided;
            let mut scores = firsts[i].clone();
            if decided.belongs.is_empty() {
                for (other, likeness) in similar(run, &vectors, i) {
                    for (topic, score) in sorted(&firsts[other]).into_iter().take(SPEAKS_FOR) {
                        if !decided.not.contains(&topic) {
                            scores[topic as usize] += GIVES * likeness * score;
                        }
                    }
                }
            }
            sorted(&scores)
        })
        .collect()
}

/// The topics with a score, the best first.
fn sorted(scores: &[f64]) -> Vec<(u32, f64)> {
    let mut sorted: Vec<(u32, f64)> = (0_u32..).zip(scores.iter().copied()).filter(|(_, score)| *score > 0.0).collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
    sorted
}

fn best(scores: &[f64]) -> Option<usize> {
    sorted(scores).first().map(|(topic, _)| *topic as usize)
}

fn words(run: &Run, statement: &Prepared) -> Vec<f64> {
    let mut values: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for phrase in &run.phrases {
        let Some(place) = begins(phrase, &statement.tokens) else { continue };
        for (topic, _) in &phrase.topics {
            for stem in &phrase.stems {
                let value = values.entry((*topic, *stem)).or_default();
                *value = value.max(run.weight[*stem as usize] * phrase.factor_at(place));
            }
        }
    }
    let decided = &statement.decided;
    (0..run.topics() as u32)
        .map(|topic| {
            if !decided.belongs.is_empty() {
                return if decided.belongs.contains(&topic) { DECIDED } else { 0.0 };
            }
            if decided.not.contains(&topic) {
                return 0.0;
            }
            // a statement of stop words alone has no weight, and no phrase
            let sum: f64 = values.range((topic, 0)..=(topic, u32::MAX)).map(|(_, value)| value).sum();
            if sum > 0.0 { run.part(statement, topic) * sum / statement.total } else { 0.0 }
        })
        .collect()
}

fn begins(phrase: &Phrase, tokens: &[u32]) -> Option<usize> {
    (0..tokens.len()).find(|&at| {
        tokens[at] == phrase.stems[0]
            && phrase.stems.iter().all(|stem| {
                (0..tokens.len()).any(|other| tokens[other] == *stem && other.abs_diff(at) <= phrase.stems.len() + 1)
            })
    })
}

/// A statement's value for every stem.
fn vector(run: &Run, statement: &Prepared) -> Vec<f64> {
    let mut vector = vec![0.0; run.stems.len()];
    for (stem, value) in vector.iter_mut().enumerate() {
        let count = statement.tokens.iter().filter(|token| **token as usize == stem).count();
        if count > 0 {
            *value = (1.0 + libm::log(count as f64)) * run.weight[stem];
        }
    }
    let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
    vector.iter().map(|value| if *value > 0.0 { value / length } else { 0.0 }).collect()
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).fold(0.0, |sum, product| sum + product)
}

fn centroid(vectors: &[Vec<f64>], member_of: &[Option<usize>], topic: usize) -> Option<(f64, Vec<f64>)> {
    let members: Vec<&Vec<f64>> =
        vectors.iter().zip(member_of).filter(|(_, of)| **of == Some(topic)).map(|(vector, _)| vector).collect();
    let first = members.first().filter(|_| members.len() >= MEMBERS)?;
    let sum: Vec<f64> = (0..first.len()).map(|stem| members.iter().map(|m| m[stem]).fold(0.0, |a, b| a + b)).collect();
    let length = sum.iter().map(|value| value * value).fold(0.0, |a, b| a + b).sqrt();
    Some((length, sum.iter().map(|value| value / length).collect()))
}

fn similar(run: &Run, vectors: &[Vec<f64>], i: usize) -> Vec<(usize, f64)> {
    // stems that the statement does not have add nothing
    let is_rare = |stem: &usize| run.frequency[*stem] < TOO_FREQUENT && vectors[i][*stem] > 0.0;
    let rare: Vec<usize> = (0..run.stems.len()).filter(is_rare).collect();
    let likeness = |other: usize| {
        rare.iter().map(|&stem| vectors[i][stem] * vectors[other][stem]).fold(0.0, |sum, product| sum + product)
    };
    let mut similar: Vec<(usize, f64)> =
        (0..vectors.len()).filter(|other| *other != i).map(|other| (other, likeness(other))).collect();
    similar.retain(|(_, likeness)| *likeness >= SIMILARITY);
    similar.sort_by(|a, b| b.1.total_cmp(&a.1));
    similar.truncate(SIMILAR);
    similar
}
