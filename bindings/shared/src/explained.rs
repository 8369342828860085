//! Why a concept, a statement or a topic is core or not, as `tlevel derive
//! --explain` reports it.

use serde::Serialize;
use tlevel::concept::ConceptIndex;
use tlevel::derive::{Derivation, Holders, Tiers};
use tlevel::harmonise::Measure;
use tlevel::map::Statement;
use tlevel::review::{ExplainedTopic, Explanation, explain_topic};
use tlevel::text::{DidYouMean, closest, name_key};
use tlevel::topics::TopicExplanation;

use crate::failure::{Answer, Failure};
use crate::join::Joined;

/// What was explained.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Explained {
    /// A concept, or the concept of a statement.
    Concept(Box<ExplainedConcept>),
    /// A topic.
    Topic(Box<ExplainedTopic>),
}

/// A concept, and what speaks for the topics of its statement.
#[derive(Debug, Serialize)]
pub struct ExplainedConcept {
    #[serde(flatten)]
    explanation: Explanation,
    #[serde(skip_serializing_if = "Option::is_none")]
    topics: Option<TopicExplanation>,
}

/// Explains a concept, a statement such as `OCC0682 K10`, or a topic.
///
/// # Errors
///
/// What is none of them: `"no such thing"`.
pub fn explain(
    measure: &Measure<'_>,
    joined: &Joined,
    derivation: &Derivation,
    tiers: Tiers,
    about: &str,
) -> Answer<Explained> {
    let holders = Holders::new(measure.map(), &joined.concepts, &derivation.policy).map_err(Failure::new)?;
    let holders = holders.with_decisions(tiers);
    let topics = joined.concepts.topics();
    let by_heading = || topics.iter().find(|topic| name_key(&topic.heading) == name_key(about));
    let topic = topics.iter().find(|topic| topic.id == about).or_else(by_heading);
    if let Some(topic) = topic.and_then(|topic| explain_topic(&joined.concepts, &holders, derivation, &topic.id)) {
        return Ok(Explained::Topic(Box::new(topic)));
    }
    let (concept, statement) = concept(measure, joined, about)?;
    let explained = tlevel::review::explain(measure, &joined.concepts, &holders, derivation, concept);
    let explanation = explained.ok_or_else(|| unknown(joined, about))?;
    let topics = joined.topics.as_ref().zip(statement).and_then(|(topics, statement)| topics.explain(statement));
    Ok(Explained::Concept(Box::new(ExplainedConcept { explanation, topics })))
}

/// The concept of that id with its central statement, or that of a statement.
fn concept<'m>(measure: &Measure<'m>, joined: &Joined, about: &str) -> Answer<(ConceptIndex, Option<Statement<'m>>)> {
    let (map, concepts) = (measure.map(), &joined.concepts);
    if let Some(concept) = concepts.iter().find(|concept| concept.id() == about) {
        return Ok((concept.index(), map.statement_at(concept.central())));
    }
    let parts = about.rsplit_once([' ', '/', ':']);
    let Some((occupation, statement)) = parts.and_then(|(o, s)| Some((map.occupation(o.trim())?, s.trim()))) else {
        return Err(unknown(joined, about));
    };
    let found = occupation.statements().find(|own| own.id() == statement);
    found.and_then(|own| Some((*concepts.of(own.index()).first()?, Some(own)))).ok_or_else(|| {
        let hint = DidYouMean(closest(statement, occupation.statements().map(|own| own.id())));
        let id = occupation.id();
        Failure::find(format!("\"{about}\": {id} has no statement {statement} that says anything{hint}"))
    })
}

fn unknown(joined: &Joined, about: &str) -> Failure {
    let headings = joined.concepts.topics().iter().map(|topic| topic.heading.as_str());
    let hint = DidYouMean(closest(about, joined.concepts.iter().map(|concept| concept.id()).chain(headings)));
    Failure::find(format!(
        "\"{about}\" is neither a concept's id, nor an occupation and a statement such as \"OCC0682 K10\", nor a \
         topic{hint}"
    ))
}
