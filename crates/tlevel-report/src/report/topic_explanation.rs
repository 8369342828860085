//! Why a statement has a topic, and where a topic is core.

use tlevel::concept::Nature;
use tlevel::derive::{CoreTopic, Derivation, NearTopic, Programme, Support, Tier, TopicHolder};
use tlevel::topics::{Candidate, TopicExplanation};

use super::core_topics::{chance, holder, usual};
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
        let similar: f64 = of.similar.iter().map(|similar| similar.gives).sum();
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

/// Reports where a topic is core or just short of it: in each programme who has
/// it, who lacks it, and the chance of that. `None` if no programme's core, and
/// nothing just short of one, has the topic of that id.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::report;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let by_statement = tlevel::derive(&map, &Concepts::exact(&map), &Policy::panel())?;
/// assert!(report::topic_places(&by_statement, "health-and-safety").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn topic_places(derivation: &Derivation, topic: &str) -> Option<Document> {
    let core = |programme: &'_ Programme| programme.topics.iter().any(|of| of.id == topic);
    let mut document: Option<Document> = None;
    for programme in &derivation.programmes {
        let near = programme.near_topics.iter().filter(|of| of.id == topic && !core(programme)).map(of_near);
        let places = programme.topics.iter().filter(|of| of.id == topic).map(of_core).chain(near);
        for (heading, nature, tier, mut entry) in places {
            let document = document.get_or_insert_with(|| begun(derivation, topic, heading, nature));
            let name = format!("{} > {}", programme.route.name, programme.pathway.name);
            document.blocks.push(Block::section(1, name, tier));
            let title = |id: &str| {
                let occupation = programme.counting.iter().find(|occupation| occupation.id == id);
                occupation.map_or_else(|| id.to_owned(), |occupation| format!("{} ({id})", occupation.title))
            };
            entry.1.iter().for_each(|of| entry.0.entries.push(of_holder(of, &title(&of.occupation))));
            let on_it = |id: &str| entry.1.iter().any(|of| of.occupation == id);
            // of a route, the holders are of other pathways too
            for occupation in programme.counting.iter().filter(|occupation| !on_it(&occupation.id)) {
                let line = format!("{} ({}): no statement on it", occupation.title, occupation.id);
                entry.0.entries.push(Entry::new(line).marked(Mark::Minus));
            }
            document.blocks.push(Block::entries(vec![entry.0]));
        }
    }
    document
}

fn begun(derivation: &Derivation, topic: &str, heading: &str, nature: Nature) -> Document {
    let mut document = Document::report(heading);
    let n = derivation.programmes.iter().filter(|p| p.topics.iter().any(|of| of.id == topic)).count();
    let core =
        if n == 0 { "It is in no core".to_owned() } else { format!("It is in the core of {}", count(n, "programme")) };
    document.blocks.push(Block::paragraph(format!("Topic {topic} ({}). {core}.", nature.name())));
    document
}

type Place<'p> = (&'p str, Nature, String, (Entry, &'p [TopicHolder]));

fn of_core(of: &CoreTopic) -> Place<'_> {
    let tier = of
        .group
        .as_ref()
        .map_or_else(|| of.tier.name().to_owned(), |group| format!("{}: {}", of.tier.name(), group.name));
    let entry = Entry::new(format!("{} In the whole map {}.", have(of.support), usual(of)));
    (&of.heading, of.nature, tier, (entry, &of.holders))
}

fn of_near(of: &NearTopic) -> Place<'_> {
    let what = if of.tier == Tier::Route { "pathways hold it" } else { "occupations have it" };
    let entry = Entry::new(format!(
        "{} {} {what}, and {} are needed. The chance that as many occupations drawn at random have it is {}.",
        have(of.support),
        of.have,
        of.need,
        chance(of.chance)
    ));
    (&of.heading, of.nature, format!("just short of {}", of.tier.name()), (entry, &of.holders))
}

fn have(support: Support) -> String {
    let has = if support.have == 1 { "has" } else { "have" };
    format!("{} of {} {has} it.", support.have, count(support.of, "occupation"))
}

fn of_holder(of: &TopicHolder, title: &str) -> Entry {
    let few = if of.has { "" } else { ", too few" };
    Entry::new(format!("{}{few}", holder(of, title))).marked(if of.has { Mark::Plus } else { Mark::Minus })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}
