//! Why a statement has a topic, and why a topic is core.

use tlevel::derive::{Support, Tier, TopicUnit};
use tlevel::review::{Explained, ExplainedTopic, ExplainedTopicPlace};
use tlevel::topics::{Candidate, TopicExplanation};

use super::core_topics::chance;
use super::explanation::explanation;
use crate::count::count;
use crate::document::{Block, Document, Entry, Listing, Mark};

/// How many phrases and similar statements of a topic a brief listing shows.
const SHOWN: usize = 3;

/// Reports what speaks for the topics of a statement: the best five, each with its
/// score, the words that speak for it, the statements like it, and why no more are
/// assigned.
///
/// # Examples
///
/// ```
/// use tlevel::topics::{Topics, Vocabulary};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let topics = Topics::assign(&map, &Vocabulary::bundled());
/// let why = topics.explain(map.statements().next().unwrap()).unwrap();
/// let text = export::terminal(&report::topic_explanation(&why), &Layout::default());
/// assert!(text.contains("Topics of "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn topic_explanation(explanation: &TopicExplanation) -> Document {
    let of = format!("{} {}", explanation.occupation, explanation.statement);
    let mut document = Document::answer(format!("Topics of {of}"));
    let assigned = explanation.candidates.iter().filter(|candidate| candidate.assigned).count();
    let aside = if assigned == 0 { "none".to_owned() } else { count(assigned, "topic") };
    document.blocks.push(Block::section(1, format!("Topics of {of}"), aside));
    document.blocks.push(Block::entries(explanation.candidates.iter().map(candidate).collect()));
    document.blocks.push(Block::paragraph(capital(&explanation.verdict)));
    document
}

fn candidate(of: &Candidate) -> Entry {
    let mut lines = Vec::new();
    if of.decided {
        lines.push(Entry::new("decided by people"));
    } else {
        let other = if of.other_route { "; a topic of other routes, which counts less" } else { "" };
        let similar = of.similar.iter().fold(0.0, |sum, similar| sum + similar.gives);
        lines.push(Entry::new(format!(
            "words {:.2}, likeness to its surest statements {:.2}, similar statements {similar:.2}{other}",
            of.words, of.centroid
        )));
        if !of.phrases.is_empty() {
            let phrases = of.phrases.iter().map(|phrase| format!("\"{}\" {:.2}", phrase.phrase, phrase.share));
            let phrases: Vec<String> = phrases.collect();
            lines.push(Entry::labelled("words:", phrases.join(", ")));
        }
        for (i, similar) in of.similar.iter().enumerate() {
            let line = Entry::labelled(
                format!("like {} {}:", similar.occupation, similar.statement),
                format!("similarity {:.2}, adds {:.2}", similar.similarity, similar.gives),
            );
            lines.push(if i < SHOWN { line } else { line.only(Listing::Full) });
        }
    }
    let mark = if of.assigned { Mark::Plus } else { Mark::Minus };
    let heading = if of.assigned { of.heading.clone() } else { format!("{} (not assigned)", of.heading) };
    Entry::labelled(format!("{:.2} ", of.score), heading).marked(mark).with(lines)
}

/// Reports why a concept, a statement or a topic is or is not core: [`explanation`] or
/// [`explained_topic`], whichever was named; a concept's with what speaks for its
/// topics.
pub fn explained(explained: &Explained) -> Document {
    let concept = match explained {
        Explained::Topic(topic) => return explained_topic(topic),
        Explained::Concept(concept) => concept,
    };
    let mut document = explanation(&concept.explanation);
    if let Some(topics) = &concept.topics {
        // after the paragraph that names the concept
        let at = document.blocks.len().min(1);
        document.blocks.splice(at..at, topic_explanation(topics).blocks);
    }
    document
}

/// Reports why a topic is or is not core: in each pathway who has it, who lacks how
/// many statements, what would change that, and the chance of it.
///
/// # Examples
///
/// ```
/// use tlevel::ProgrammeBuilder;
/// use tlevel::derive::{Holders, Policy};
/// use tlevel::review::explain_topic;
/// use tlevel_report::{Layout, export, report};
///
/// let made = ProgrammeBuilder::new(Policy::panel()).of_bytes(include_bytes!("../../../../fixtures/maps/england.json"))?;
/// let holders = Holders::new(&made.map, &made.concepts, &made.derivation.policy)?;
/// let why = explain_topic(&made.concepts, &holders, &made.derivation, "health-and-safety").unwrap();
/// let text = export::terminal(&report::explained_topic(&why), &Layout::default());
/// assert!(text.starts_with("Health and safety\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explained_topic(topic: &ExplainedTopic) -> Document {
    let mut document = Document::report(&topic.heading);
    let Support { have, of } = topic.usual;
    document.blocks.push(Block::paragraph(format!(
        "Topic {} ({}). {have} of the map's {} that count have it.",
        topic.id,
        topic.nature.name(),
        count(of, "occupation")
    )));
    let is_core = |place: &&ExplainedTopicPlace| place.role.is_some_and(|tier| tier < Tier::Specialism);
    // where it is core first; stable: in the order of the map
    let (core, others): (Vec<_>, Vec<_>) = topic.places.iter().partition(is_core);
    for place in core.into_iter().chain(others) {
        let tier = place.role.map_or("dropped", Tier::name);
        let groups: Vec<&str> = place.groups.iter().map(|group| group.name.as_str()).collect();
        let aside = if groups.is_empty() { tier.to_owned() } else { format!("{tier}: {}", groups.join("; ")) };
        document.blocks.push(Block::section(1, format!("{} > {}", place.route.name, place.pathway.name), aside));
        document.blocks.push(Block::entries(vec![of_place(place)]));
    }
    if topic.places.is_empty() {
        document.blocks.push(Block::foot("No occupation that counts for a core has a statement on it."));
    }
    document
}

fn of_place(place: &ExplainedTopicPlace) -> Entry {
    let Support { have, of } = place.support;
    let (has, needed) = (if have == 1 { "has" } else { "have" }, if place.need == 1 { "is" } else { "are" });
    let said = format!(
        "{have} of {} {has} it, and {} {needed} needed. It {}. The chance that as many occupations drawn at random have \
         it as often is {}.",
        count(of, "occupation"),
        place.need,
        place.change,
        chance(place.chance)
    );
    let unit = |unit: &TopicUnit, mark: Mark| {
        let short = if unit.short == 0 { String::new() } else { format!("; {} more needed", unit.short) };
        let (title, id) = (&unit.occupation.title, &unit.occupation.id);
        let statements = format!("{} of {}", unit.statements, count(unit.of, "statement"));
        Entry::new(format!("{title} ({id}): {statements}{short}")).marked(mark)
    };
    let holders = place.holders.iter().map(|of| unit(of, Mark::Plus));
    Entry::new(said).with(holders.chain(place.missing.iter().map(|of| unit(of, Mark::Minus))).collect())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}
