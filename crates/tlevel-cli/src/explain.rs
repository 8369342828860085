//! `tlevel derive --explain`: why a concept is core or not, which topics a
//! statement has, and where a topic is core.

use serde::Serialize;
use tlevel::concept::{ConceptIndex, Topic};
use tlevel::derive::{Derivation, Holders, Tiers};
use tlevel::harmonise::Measure;
use tlevel::map::Statement;
use tlevel::review::{ExplainedTopic, Explanation, explain_topic};
use tlevel::text::{DidYouMean, closest, name_key};
use tlevel::topics::TopicExplanation;
use tlevel_report::document::Document;
use tlevel_report::report;

use super::Stop;
use super::join::Joined;

/// What was explained.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Explained {
    Concept(Box<ExplainedConcept>),
    Topic(Box<ExplainedTopic>),
}

/// A concept, and the topics of its statement.
#[derive(Serialize)]
pub(crate) struct ExplainedConcept {
    #[serde(flatten)]
    explanation: Explanation,
    /// What speaks for the topics of the statement that was asked for, or of the
    /// central one.
    #[serde(skip_serializing_if = "Option::is_none")]
    topics: Option<TopicExplanation>,
}

/// Explains a concept, a statement or a topic.
pub(crate) fn explain(
    measure: &Measure<'_>,
    joined: &Joined,
    (derivation, tiers): (&Derivation, Tiers),
    wanted: &str,
) -> Result<(Explained, Document), Stop> {
    let holders = Holders::new(measure.map(), &joined.concepts, &derivation.policy).map_err(Stop::new)?;
    let holders = holders.with_decisions(tiers);
    let topic = topic_called(joined, wanted);
    if let Some(topic) = topic.and_then(|topic| explain_topic(&joined.concepts, &holders, derivation, &topic.id)) {
        let document = report::explained_topic(&topic);
        return Ok((Explained::Topic(Box::new(topic)), document));
    }
    let (concept, statement) = concept(measure, joined, wanted)?;
    let explained = tlevel::review::explain(measure, &joined.concepts, &holders, derivation, concept);
    let explanation = explained.ok_or_else(|| Stop::new(format!("--explain \"{wanted}\": no such concept")))?;
    let topics = joined.topics.as_ref().zip(statement).and_then(|(topics, statement)| topics.explain(statement));
    let mut document = report::explanation(&explanation);
    if let Some(topics) = &topics {
        // after the paragraph that names the concept
        let at = document.blocks.len().min(1);
        document.blocks.splice(at..at, report::topic_explanation(topics).blocks);
    }
    Ok((Explained::Concept(Box::new(ExplainedConcept { explanation, topics })), document))
}

/// The topic of that id or heading.
fn topic_called<'j>(joined: &'j Joined, wanted: &str) -> Option<&'j Topic> {
    let topics = joined.concepts.topics();
    let by_heading = || topics.iter().find(|topic| name_key(&topic.heading) == name_key(wanted));
    topics.iter().find(|topic| topic.id == wanted).or_else(by_heading)
}

/// The concept of that id with its central statement, or that of a statement.
fn concept<'m>(
    measure: &Measure<'m>,
    joined: &Joined,
    wanted: &str,
) -> Result<(ConceptIndex, Option<Statement<'m>>), Stop> {
    let (map, concepts) = (measure.map(), &joined.concepts);
    if let Some(concept) = concepts.iter().find(|c| c.id() == wanted) {
        return Ok((concept.index(), map.statement_at(concept.central())));
    }
    let parts = wanted.rsplit_once([' ', '/', ':']);
    if let Some((occupation, statement)) = parts.and_then(|(o, s)| Some((map.occupation(o.trim())?, s.trim()))) {
        let found = occupation.statements().find(|s| s.id() == statement);
        if let Some((found, concept)) = found.and_then(|s| Some((s, *concepts.of(s.index()).first()?))) {
            return Ok((concept, Some(found)));
        }
        let hint = DidYouMean(closest(statement, occupation.statements().map(|s| s.id())));
        let id = occupation.id();
        return Err(Stop::new(format!(
            "--explain \"{wanted}\": {id} has no statement {statement} that says anything{hint}"
        )));
    }
    let topics = concepts.topics().iter().map(|topic| topic.heading.as_str());
    let hint = DidYouMean(closest(wanted, concepts.iter().map(|c| c.id()).chain(topics)));
    let or_topic = if concepts.has_topics() { ", nor a topic" } else { "" };
    Err(Stop::new(format!(
        "--explain \"{wanted}\": neither a concept's id nor an occupation and a statement, such as \"OCC0682 \
         K10\"{or_topic}{hint}; the ids are in --format json"
    )))
}
