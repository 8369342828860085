//! Which statements have which topics.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decisions::{DecidedMap, StaleTopicDecision, TopicDecisions};
use super::error::TopicDecisionsError;
use super::model::{Model, Scratch};
use super::prepare::{ASSIGNED, Prepared, Run, SECOND, SECOND_PART};
use super::vocabulary::Vocabulary;
use crate::concept::{HeadingSource, Nature};
use crate::map::{Map, Statement};
use crate::order;

/// The topics of a map's statements.
///
/// It serialises (`"format": "tlevel-assigned-topics"`, version 1) and reads
/// back; what is read back has no evidence ([`Topics::explain`]).
///
/// # Examples
///
/// ```
/// use tlevel::topics::{Topics, Vocabulary};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let topics = Topics::assign(&map, &Vocabulary::bundled());
/// let (statement, first) = map
///     .statements()
///     .find_map(|statement| Some((statement, topics.of_statement(statement).first()?)))
///     .expect("some statement has a topic");
/// let explanation = topics.explain(statement).expect("it was just assigned");
/// assert_eq!(explanation.candidates[0].topic, first.topic);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "TopicsFile", into = "TopicsFile")]
#[allow(clippy::struct_field_names, reason = "the topics of a map's statements are topics")]
pub struct Topics {
    topics: Vec<AssignedTopic>,
    statements: Vec<StatementTopics>,
    stale: Vec<StaleTopicDecision>,
    pub(super) evidence: Option<Arc<TopicEvidence>>,
}

/// What explanations are made from.
#[derive(Debug)]
pub(super) struct TopicEvidence {
    /// One a level.
    models: Vec<Model>,
    pub(super) vocabulary: Vocabulary,
    /// The model of each statement and its number in it, in the order of
    /// [`Topics::statements`].
    places: Vec<(usize, usize)>,
    /// For each model the numbers of its statements in [`Topics::statements`].
    numbers: Vec<Vec<usize>>,
    /// For each model the best scores of its statements.
    scores: Vec<Vec<Vec<(u32, f64)>>>,
}

/// How many of a statement's scores are kept, unless more are good enough.
const KEPT: usize = 16;

impl TopicEvidence {
    fn new(
        models: Vec<Model>,
        vocabulary: Vocabulary,
        places: Vec<(usize, usize)>,
        scores: Vec<Vec<Vec<(u32, f64)>>>,
    ) -> TopicEvidence {
        let mut numbers: Vec<Vec<usize>> = models.iter().map(|model| vec![0; model.run.statements.len()]).collect();
        for (number, &(model, i)) in places.iter().enumerate() {
            numbers[model][i] = number;
        }
        TopicEvidence { models, vocabulary, places, numbers, scores }
    }

    /// One a level.
    pub(super) fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model of a statement, its number there, and where the model's
    /// statements are in [`Topics::statements`].
    pub(super) fn of(&self, number: usize) -> Option<(&Model, usize, &[usize])> {
        let &(model, i) = self.places.get(number)?;
        Some((self.models.get(model)?, i, self.numbers.get(model)?))
    }
}

/// Results are the same whether or not they have their evidence.
impl PartialEq for Topics {
    fn eq(&self, other: &Topics) -> bool {
        (&self.topics, &self.statements, &self.stale) == (&other.topics, &other.statements, &other.stale)
    }
}

/// A topic that some statement has, or that is the area of such a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssignedTopic {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Whether it is general or occupational.
    pub nature: Nature,
    /// Where its heading comes from.
    pub source: HeadingSource,
    /// The id of its content area, which may be itself.
    pub area: String,
}

/// A statement and its topics.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StatementTopics {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// Its topics, the best first: none where no topic fits.
    pub topics: Vec<TopicScore>,
}

/// A topic and how much speaks for it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TopicScore {
    /// The topic's id.
    pub topic: String,
    /// The score, above 0; 1 for what people decided.
    pub score: f64,
    /// Whether people decided it.
    pub decided: bool,
}

impl TopicScore {
    /// The scores of a statement, with the topics' ids.
    pub(super) fn all(vocabulary: &Vocabulary, statement: &Prepared, scores: &[(u32, f64)]) -> Vec<TopicScore> {
        let decided = !statement.decided.belongs.is_empty();
        let of = |&(topic, score): &(u32, f64)| {
            let topic = vocabulary.topics().get(topic as usize)?.id.clone();
            Some(TopicScore { topic, score, decided })
        };
        scores.iter().filter_map(of).collect()
    }
}

/// Those of a statement's scores that are good enough.
pub(super) fn good_enough(statement: &Prepared, scores: &[(u32, f64)]) -> usize {
    match scores {
        _ if !statement.decided.belongs.is_empty() => scores.len(),
        [(_, first), (_, second), ..] if *second >= SECOND && *second >= SECOND_PART * first => 2,
        [(_, first), ..] if *first >= ASSIGNED => 1,
        _ => 0,
    }
}

impl Topics {
    /// Assigns topics to every statement of a map that says something.
    ///
    /// Statements of one level are a run of their own: their scores do not
    /// depend on what the map has at other levels.
    ///
    /// # Complexity
    ///
    /// `O(n t)` time and memory for `n` statements of `t` stems, since lists of
    /// statements are bounded: see the [room](super).
    pub fn assign(map: &Map, vocabulary: &Vocabulary) -> Topics {
        // without decisions nothing can be wrong
        Topics::assign_with(map, vocabulary, &TopicDecisions::default(), |_| true).unwrap_or_else(|_| Topics::none())
    }

    /// Assigns topics to some statements of a map, after people's decisions.
    ///
    /// Decisions that no longer fit are listed in [`Topics::stale`].
    ///
    /// # Errors
    ///
    /// [`TopicDecisionsError::Contradiction`]: two rows that cannot both hold, such as
    /// `belongs` and `not` for one statement and topic.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::{TopicDecisions, Topics, Vocabulary};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let decisions = TopicDecisions::from_csv("decision,occupation,statement,topic\nbelongs,NONE,K1,planning\n")?;
    /// let level_3 = Topics::assign_with(&map, &Vocabulary::bundled(), &decisions, |statement| {
    ///     statement.occupation().level().number() == 3
    /// })?;
    /// assert!(level_3.statements().len() < map.statements().len());
    /// assert_eq!(level_3.stale()[0].to_string(), "line 2: NONE K1: the map has no such occupation; decide again");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Topics::assign`].
    pub fn assign_with(
        map: &Map,
        vocabulary: &Vocabulary,
        decisions: &TopicDecisions,
        is_included: impl Fn(Statement<'_>) -> bool,
    ) -> Result<Topics, TopicDecisionsError> {
        let mut decided = decisions.on(map, vocabulary)?;
        let runs = Run::of_levels(map, &decided.vocabulary, std::mem::take(&mut decided.statements), is_included);
        let models: Vec<Model> = runs.into_iter().map(Model::new).collect();
        let scores: Vec<Vec<Vec<(u32, f64)>>> = models.iter().map(best_scores).collect();
        let runs: Vec<&Run> = models.iter().map(|model| &model.run).collect();
        let vocabulary = decided.vocabulary.clone();
        let (mut topics, places) = Topics::from_scores(map, &runs, decided, &scores);
        topics.evidence = Some(Arc::new(TopicEvidence::new(models, vocabulary, places, scores)));
        Ok(topics)
    }

    fn none() -> Topics {
        Topics { topics: Vec::new(), statements: Vec::new(), stale: Vec::new(), evidence: None }
    }

    /// The result that the scores of each run give, and the run of each of its
    /// statements with the number there.
    pub(super) fn from_scores(
        map: &Map,
        runs: &[&Run],
        decided: DecidedMap,
        scores: &[Vec<Vec<(u32, f64)>>],
    ) -> (Topics, Vec<(usize, usize)>) {
        let vocabulary = &decided.vocabulary;
        let areas = vocabulary.areas();
        let mut is_used = vec![false; vocabulary.topics().len()];
        let mut with_topics = |prepared: &Prepared, scores: &Vec<(u32, f64)>| {
            let assigned = &scores[..good_enough(prepared, scores).min(scores.len())];
            for (topic, _) in assigned {
                is_used[*topic as usize] = true;
                is_used[areas[*topic as usize]] = true;
            }
            let statement = map.statement_at(prepared.index);
            let code = statement.map(|s| (s.occupation().id().to_owned(), s.id().to_owned()));
            let (occupation, statement) = code.unwrap_or_default();
            StatementTopics { occupation, statement, topics: TopicScore::all(vocabulary, prepared, assigned) }
        };
        let mut by_run: Vec<(StatementTopics, (usize, usize))> = Vec::new();
        for (r, (run, scores)) in runs.iter().zip(scores).enumerate() {
            let of_run = run.statements.iter().zip(scores).enumerate();
            by_run.extend(of_run.map(|(i, (prepared, scores))| (with_topics(prepared, scores), (r, i))));
        }
        // by code; those of one occupation are of one run, in order
        order::by(&mut by_run, |(a, _), (b, _)| (&a.occupation, &a.statement).cmp(&(&b.occupation, &b.statement)));
        let (statements, places) = by_run.into_iter().unzip();
        let all = vocabulary.topics().iter().zip(&areas).zip(&is_used);
        let topics = all
            .filter(|(_, is_used)| **is_used)
            .map(|((topic, area), _)| AssignedTopic {
                id: topic.id.clone(),
                heading: topic.heading.clone(),
                nature: topic.nature,
                source: if decided.by_people.contains(&topic.id) {
                    HeadingSource::Decision
                } else {
                    HeadingSource::Vocabulary
                },
                area: vocabulary.topics()[*area].id.clone(),
            })
            .collect();
        (Topics { topics, statements, stale: decided.stale, evidence: None }, places)
    }

    /// The topics that some statement has and their areas, in the order of the
    /// vocabulary.
    pub fn topics(&self) -> &[AssignedTopic] {
        &self.topics
    }

    /// The topic of that id, if some statement has it or one of its area.
    pub fn topic(&self, id: &str) -> Option<&AssignedTopic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The statements of the run by their codes, each with its topics.
    pub fn statements(&self) -> &[StatementTopics] {
        &self.statements
    }

    /// The decisions that no longer fit the map or the vocabulary.
    pub fn stale(&self) -> &[StaleTopicDecision] {
        &self.stale
    }

    /// The number of a statement in [`Topics::statements`].
    pub(super) fn number(&self, statement: Statement<'_>) -> Option<usize> {
        let codes = (statement.occupation().id(), statement.id());
        self.statements.binary_search_by(|s| (s.occupation.as_str(), s.statement.as_str()).cmp(&codes)).ok()
    }

    /// Returns the topics of a statement, the best first: none where no topic
    /// fits, or where the statement was not in the run.
    pub fn of_statement(&self, statement: Statement<'_>) -> &[TopicScore] {
        self.number(statement).and_then(|i| self.statements.get(i)).map_or(&[], |s| s.topics.as_slice())
    }

    /// Returns the statements that have a topic and their scores, the best
    /// first.
    pub fn with_topic<'t>(&'t self, id: &str) -> Vec<(&'t StatementTopics, &'t TopicScore)> {
        let has = |s: &'t StatementTopics| Some((s, s.topics.iter().find(|score| score.topic == id)?));
        let mut statements: Vec<_> = self.statements.iter().filter_map(has).collect();
        order::by(&mut statements, |a, b| b.1.score.total_cmp(&a.1.score));
        statements
    }

    /// Returns every topic for which anything speaks, the best first, assigned
    /// or not; `None` if the statement was not in the run, or the topics were
    /// read back.
    ///
    /// # Complexity
    ///
    /// Microseconds: the run's other statements are not scored again.
    pub fn scores(&self, statement: Statement<'_>) -> Option<Vec<TopicScore>> {
        let evidence = self.evidence.as_deref()?;
        let (model, i, _) = evidence.of(self.number(statement)?)?;
        let scores = model.scores(&model.own(i), &mut Scratch::new(model));
        Some(TopicScore::all(&evidence.vocabulary, model.run.statements.get(i)?, &scores))
    }

    /// Returns, for each statement in the order of the map, the numbers of topics and
    /// how much speaks for each, the best first: at most the best sixteen, assigned or
    /// not. What was read back has only the assigned ones. Statements that were not in
    /// the run have none.
    ///
    /// [`Measure::with_topics`](crate::harmonise::Measure::with_topics) compares them.
    /// A number means one topic within a result, and nothing in another.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Measure;
    /// use tlevel::topics::{Topics, Vocabulary};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let profiles = Topics::assign(&map, &Vocabulary::bundled()).profiles(&map);
    /// assert_eq!(profiles.len(), map.statements().len());
    /// let measure = Measure::new(&map).with_topics(&profiles);
    /// # let _ = measure;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n log n)` for `n` statements: nothing is scored again.
    pub fn profiles(&self, map: &Map) -> Vec<Vec<(u32, f64)>> {
        let numbers: BTreeMap<&str, u32> =
            self.topics.iter().zip(0..).map(|(topic, i)| (topic.id.as_str(), i)).collect();
        let known = |number: usize| -> Option<Vec<(u32, f64)>> {
            let evidence = self.evidence.as_deref()?;
            let &(model, i) = evidence.places.get(number)?;
            evidence.scores.get(model)?.get(i).cloned()
        };
        let assigned = |number: usize| -> Vec<(u32, f64)> {
            let scores = self.statements.get(number).map_or(&[][..], |s| s.topics.as_slice());
            scores.iter().filter_map(|s| Some((*numbers.get(s.topic.as_str())?, s.score))).collect()
        };
        let of = |number: usize| known(number).unwrap_or_else(|| assigned(number));
        map.statements().map(|s| self.number(s).map_or_else(Vec::new, of)).collect()
    }
}

/// The best scores of each statement of a run, those that are good enough among
/// them.
fn best_scores(model: &Model) -> Vec<Vec<(u32, f64)>> {
    model.of_each(|own, scratch| {
        let mut scores = model.scores(own, scratch);
        scores.truncate(good_enough(own.statement, &scores).max(KEPT));
        scores.shrink_to_fit();
        scores
    })
}

/// The file of a result.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct TopicsFile {
    format: TopicsFormat,
    version: u32,
    /// In the order of the vocabulary.
    topics: Vec<TopicRecord>,
    /// The statements without a topic.
    none: Vec<StatementRecord>,
    stale: Vec<StaleTopicDecision>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum TopicsFormat {
    #[serde(rename = "tlevel-assigned-topics")]
    AssignedTopics,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct TopicRecord {
    id: String,
    heading: String,
    nature: Nature,
    #[serde(default)]
    source: HeadingSource,
    area: String,
    /// The best first.
    statements: Vec<ScoredRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ScoredRecord {
    occupation: String,
    statement: String,
    score: f64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    decided: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StatementRecord {
    occupation: String,
    statement: String,
}

impl From<Topics> for TopicsFile {
    fn from(topics: Topics) -> TopicsFile {
        let mut of_topic: BTreeMap<&str, Vec<ScoredRecord>> = BTreeMap::new();
        let mut none = Vec::new();
        for s in &topics.statements {
            let (occupation, statement) = (&s.occupation, &s.statement);
            for TopicScore { topic, score, decided } in &s.topics {
                let (occupation, statement) = (occupation.clone(), statement.clone());
                let record = ScoredRecord { occupation, statement, score: *score, decided: *decided };
                of_topic.entry(topic).or_default().push(record);
            }
            if s.topics.is_empty() {
                none.push(StatementRecord { occupation: occupation.clone(), statement: statement.clone() });
            }
        }
        let record = |topic: &AssignedTopic| {
            let mut statements = of_topic.remove(topic.id.as_str()).unwrap_or_default();
            order::by(&mut statements, |a, b| b.score.total_cmp(&a.score));
            TopicRecord {
                id: topic.id.clone(),
                heading: topic.heading.clone(),
                nature: topic.nature,
                source: topic.source,
                area: topic.area.clone(),
                statements,
            }
        };
        let records = topics.topics.iter().map(record).collect();
        TopicsFile { format: TopicsFormat::AssignedTopics, version: 1, topics: records, none, stale: topics.stale }
    }
}

impl TryFrom<TopicsFile> for Topics {
    type Error = String;

    fn try_from(file: TopicsFile) -> Result<Topics, String> {
        if file.version != 1 {
            return Err(format!("version {} of tlevel-assigned-topics; this release reads version 1", file.version));
        }
        let mut statements: BTreeMap<(String, String), Vec<TopicScore>> = BTreeMap::new();
        for none in file.none {
            statements.entry((none.occupation, none.statement)).or_default();
        }
        let mut topics = Vec::with_capacity(file.topics.len());
        for record in file.topics {
            let TopicRecord { id, heading, nature, source, area, statements: own } = record;
            for ScoredRecord { occupation, statement, score, decided } in own {
                let scores = statements.entry((occupation, statement)).or_default();
                scores.push(TopicScore { topic: id.clone(), score, decided });
            }
            topics.push(AssignedTopic { id, heading, nature, source, area });
        }
        let statement = |((occupation, statement), mut topics): ((String, String), Vec<TopicScore>)| {
            // of equal scores that of the earlier topic stays first
            order::by(&mut topics, |a, b| b.score.total_cmp(&a.score));
            StatementTopics { occupation, statement, topics }
        };
        let statements = statements.into_iter().map(statement).collect();
        Ok(Topics { topics, statements, stale: file.stale, evidence: None })
    }
}
