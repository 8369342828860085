//! Explanations of what a person names: a concept, a statement or a topic.

use serde::Serialize;

use super::explained_topic::{ExplainedTopic, explain_topic};
use super::explanation::{Explanation, explain};
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{Derivation, Holders};
use crate::harmonise::Measure;
use crate::map::Statement;
use crate::text::{DidYouMean, closest, name_key};
use crate::topics::{TopicExplanation, Topics};

/// What was explained. Serialises as what it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Explained {
    /// A concept, or the concept of a statement.
    Concept(Box<ExplainedConcept>),
    /// A topic.
    Topic(Box<ExplainedTopic>),
}

/// A concept, and what speaks for the topics of its statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExplainedConcept {
    /// Why the concept is core or not.
    #[serde(flatten)]
    pub explanation: Explanation,
    /// The topics of the statement that was named, or of the central one; `None`
    /// without topics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topics: Option<TopicExplanation>,
}

/// Nothing has that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotExplained {
    /// The occupation has no such statement, or one that says nothing.
    #[error("\"{about}\": {occupation} has no statement {statement} that says anything{nearest}")]
    Statement {
        /// What was asked for.
        about: String,
        /// The id of the occupation.
        occupation: String,
        /// The id of the statement.
        statement: String,
        /// The nearest id, as a question; or empty.
        nearest: String,
    },
    /// Neither a concept, nor a statement, nor a topic.
    #[error(
        "\"{about}\": neither a concept's id, nor an occupation and a statement such as \"OCC0682 K10\", nor a \
         topic{nearest}"
    )]
    Nothing {
        /// What was asked for.
        about: String,
        /// The nearest id or heading, as a question; or empty.
        nearest: String,
    },
}

/// Explains what a person names: a concept by its id, a statement by its occupation
/// and its id (`OCC0682 K10`), or a topic by its id or heading, whatever the case.
///
/// `holders` are those of the concepts, with the decisions of the derivation.
///
/// # Errors
///
/// [`NotExplained`] for a name such as `"no such thing"`, with the nearest one.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Holders, Policy, derive};
/// use tlevel::harmonise::Measure;
/// use tlevel::review::{Explained, explain_named};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let (concepts, policy) = (Concepts::exact(&map), Policy::default());
/// let derivation = derive(&map, &concepts, &policy)?;
/// let holders = Holders::new(&map, &concepts, &policy)?;
/// let measure = Measure::new(&map);
///
/// let explained = explain_named(&measure, &concepts, None, (&holders, &derivation), "OCC0682 K10")?;
/// assert!(matches!(explained, Explained::Concept(_)));
/// let nothing = explain_named(&measure, &concepts, None, (&holders, &derivation), "OCC0682 K99");
/// let message = "\"OCC0682 K99\": OCC0682 has no statement K99 that says anything: did you mean \"K9\"?";
/// assert_eq!(nothing.map(|_| ()).map_err(|e| e.to_string()), Err(message.to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`explain`](super::explain()).
pub fn explain_named(
    measure: &Measure<'_>,
    concepts: &Concepts,
    topics: Option<&Topics>,
    (holders, derivation): (&Holders<'_>, &Derivation),
    about: &str,
) -> Result<Explained, NotExplained> {
    let by_heading = || concepts.topics().iter().find(|topic| name_key(&topic.heading) == name_key(about));
    let topic = concepts.topics().iter().find(|topic| topic.id == about).or_else(by_heading);
    if let Some(topic) = topic.and_then(|topic| explain_topic(concepts, holders, derivation, &topic.id)) {
        return Ok(Explained::Topic(Box::new(topic)));
    }
    let (concept, statement) = concept(measure, concepts, about)?;
    let explanation = explain(measure, concepts, holders, derivation, concept).ok_or_else(|| nothing(concepts, about));
    let topics = topics.zip(statement).and_then(|(topics, statement)| topics.explain(statement));
    Ok(Explained::Concept(Box::new(ExplainedConcept { explanation: explanation?, topics })))
}

/// The concept of that id with its central statement, or that of a statement.
fn concept<'m>(
    measure: &Measure<'m>,
    concepts: &Concepts,
    about: &str,
) -> Result<(ConceptIndex, Option<Statement<'m>>), NotExplained> {
    let map = measure.map();
    if let Some(concept) = concepts.iter().find(|concept| concept.id() == about) {
        return Ok((concept.index(), map.statement_at(concept.central())));
    }
    let parts = about.rsplit_once([' ', '/', ':']);
    let Some((occupation, id)) = parts.and_then(|(o, s)| Some((map.occupation(o.trim())?, s.trim()))) else {
        return Err(nothing(concepts, about));
    };
    let found = occupation.statements().find(|own| own.id() == id);
    found.and_then(|own| Some((*concepts.of(own.index()).first()?, Some(own)))).ok_or_else(|| {
        let nearest = DidYouMean(closest(id, occupation.statements().map(|own| own.id()))).to_string();
        let (about, occupation) = (about.to_owned(), occupation.id().to_owned());
        NotExplained::Statement { about, occupation, statement: id.to_owned(), nearest }
    })
}

fn nothing(concepts: &Concepts, about: &str) -> NotExplained {
    let headings = concepts.topics().iter().map(|topic| topic.heading.as_str());
    let names = concepts.iter().map(|concept| concept.id()).chain(headings);
    NotExplained::Nothing { about: about.to_owned(), nearest: DidYouMean(closest(about, names)).to_string() }
}
