//! Why a statement has a topic, and why a topic is core.

use tlevel::derive::{Support, Tier, TopicUnit};
use tlevel::review::{Explained, ExplainedTopic, ExplainedTopicPlace};
use tlevel::topics::{Candidate, TopicExplanation};

use super::core_topics::chance;
use super::explanation::{explanation, who_has};
use super::tables::table;
use crate::count::count;
use crate::document::{Block, Cell, Document, Entry, Listing, Mark, Table};

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
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
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
    document.data = Some(candidates(explanation));
    document
}

/// A row for each topic that was considered, with the parts of its score.
fn candidates(explanation: &TopicExplanation) -> Table {
    let columns = [
        ("occupation", 1),
        ("statement", 1),
        ("topic", 2),
        ("heading", 3),
        ("score", 1),
        ("assigned", 1),
        ("decided", 1),
        ("other_route", 1),
        ("words", 1),
        ("surest", 1),
        ("similar", 1),
        ("phrases", 3),
    ];
    let mut table = table("Topics", &columns).decimal(["score", "words", "surest", "similar"]);
    let yes = |is: bool| if is { "yes" } else { "no" };
    for of in &explanation.candidates {
        let similar = of.similar.iter().fold(0.0, |sum, similar| sum + similar.gives);
        let phrases: Vec<&str> = of.phrases.iter().map(|phrase| phrase.phrase.as_str()).collect();
        let names = [&explanation.occupation, &explanation.statement, &of.topic, &of.heading];
        let mut row: Vec<Cell> = names.map(|name| name.as_str().into()).into();
        row.push(Cell::decimal(of.score));
        row.extend([of.assigned, of.decided, of.other_route].map(|is| Cell::from(yes(is))));
        row.extend([of.words, of.centroid, similar].map(Cell::decimal));
        row.push(phrases.join("; ").into());
        table.rows.push(row);
    }
    table
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
/// let made = ProgrammeBuilder::new(Policy::panel()).of_bytes(&std::fs::read("../../fixtures/maps/england.json")?)?;
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
    document.data = Some(units(topic));
    document
}

/// A row for each occupation that counts in each pathway: whether it has the topic, how
/// many of its statements are on it, and how many more it needs.
fn units(topic: &ExplainedTopic) -> Table {
    let columns = [
        ("topic", 2),
        ("route", 2),
        ("pathway", 2),
        ("tier", 1),
        ("have", 1),
        ("of", 1),
        ("need", 1),
        ("chance", 1),
        ("occupation", 1),
        ("title", 3),
        ("has", 1),
        ("statements", 1),
        ("all_statements", 1),
        ("short", 1),
    ];
    let mut table = table("Occupations", &columns)
        .whole(["have", "of", "need", "statements", "all_statements", "short"])
        .decimal(["chance"]);
    for place in &topic.places {
        let holders = place.holders.iter().map(|unit| ("yes", unit));
        for (has, unit) in holders.chain(place.missing.iter().map(|unit| ("no", unit))) {
            let tier = place.role.map_or("dropped", Tier::name);
            let mut row: Vec<Cell> = [&topic.id, &place.route.id, &place.pathway.id, tier].map(Cell::from).into();
            row.extend([place.support.have, place.support.of, place.need].map(Cell::count));
            row.push(Cell::decimal(place.chance));
            row.extend([&unit.occupation.id, &unit.occupation.title, has].map(Cell::from));
            row.extend([unit.statements, unit.of, unit.short].map(Cell::count));
            table.rows.push(row);
        }
    }
    table
}

fn of_place(place: &ExplainedTopicPlace) -> Entry {
    let Support { have, of } = place.support;
    let needed = if place.need == 1 { "is" } else { "are" };
    let said = format!(
        "{}, and {} {needed} needed. It {}. The chance that as many occupations drawn at random have it as often is \
         {}.",
        who_has(have, of),
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
