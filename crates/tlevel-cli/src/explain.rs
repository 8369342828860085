//! `tlevel derive --explain`: why a concept is core or not, which topics a
//! statement has, and where a topic is core.

use serde::Serialize;
use tlevel::concept::{ConceptIndex, Topic};
use tlevel::derive::{CoreTopic, Derivation, Holders, NearTopic, Tiers};
use tlevel::harmonise::Measure;
use tlevel::map::{BranchName, Statement};
use tlevel::review::Explanation;
use tlevel::text::{DidYouMean, closest, name_key};
use tlevel::topics::TopicExplanation;
use tlevel_report::document::{Block, Document};
use tlevel_report::report;

use super::Stop;
use super::join::Joined;

/// What was explained.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Explained {
    Concept(Box<ExplainedConcept>),
    Topic(ExplainedTopic),
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

/// A topic, and the programmes in whose core it is, or nearly is.
#[derive(Serialize)]
pub(crate) struct ExplainedTopic {
    format: &'static str,
    version: u32,
    topic: String,
    heading: String,
    places: Vec<TopicPlace>,
}

/// A programme with a topic in its core, or just short of it.
#[derive(Serialize)]
struct TopicPlace {
    route: BranchName,
    pathway: BranchName,
    core: Vec<CoreTopic>,
    near: Vec<NearTopic>,
}

/// Explains a concept, a statement or a topic.
pub(crate) fn explain(
    measure: &Measure<'_>,
    joined: &Joined,
    (derivation, tiers): (&Derivation, Tiers),
    wanted: &str,
) -> Result<(Explained, Document), Stop> {
    if let Some(topic) = topic_called(joined, wanted) {
        return Ok(of_topic(topic, derivation));
    }
    let (concept, statement) = concept(measure, joined, wanted)?;
    let holders = Holders::new(measure.map(), &joined.concepts, &derivation.policy).map_err(Stop::new)?;
    let holders = holders.with_decisions(tiers);
    let explained = tlevel::review::explain(measure, &joined.concepts, &holders, derivation, concept);
    let explanation = explained.ok_or_else(|| Stop::new(format!("--explain \"{wanted}\": no such concept")))?;
    let topics = joined.topics.as_ref().zip(statement).and_then(|(topics, statement)| topics.explain(statement));
    let mut document = report::explanation(&explanation);
    if let Some(topics) = &topics {
        document.blocks.extend(report::topic_explanation(topics).blocks);
    }
    Ok((Explained::Concept(Box::new(ExplainedConcept { explanation, topics })), document))
}

/// The topic of that id or heading.
fn topic_called<'j>(joined: &'j Joined, wanted: &str) -> Option<&'j Topic> {
    let topics = joined.concepts.topics();
    let by_heading = || topics.iter().find(|topic| name_key(&topic.heading) == name_key(wanted));
    topics.iter().find(|topic| topic.id == wanted).or_else(by_heading)
}

fn of_topic(topic: &Topic, derivation: &Derivation) -> (Explained, Document) {
    let places = derivation.programmes.iter().map(|programme| TopicPlace {
        route: programme.route.clone(),
        pathway: programme.pathway.clone(),
        core: programme.topics.iter().filter(|of| of.id == topic.id).cloned().collect(),
        near: programme.near_topics.iter().filter(|of| of.id == topic.id).cloned().collect(),
    });
    let places = places.filter(|place| !place.core.is_empty() || !place.near.is_empty()).collect();
    let (id, heading) = (topic.id.clone(), topic.heading.clone());
    let document = report::topic_places(derivation, &topic.id).unwrap_or_else(|| {
        let mut document = Document::report(&heading);
        let (statements, nature) = (topic.statements.len(), topic.nature.name());
        document.blocks.push(Block::paragraph(format!(
            "Topic {id} ({nature}). {statements} statements of the map are on it. It is in no core, and in none of the \
             lists of topics just short of one."
        )));
        document
    });
    let explained = ExplainedTopic { format: "tlevel-topic-places", version: 1, topic: id, heading, places };
    (Explained::Topic(explained), document)
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
