//! A framework of concepts and topics.

use tlevel::concept::Concepts;
use tlevel::map::{Kind, Map, Statement};
use tlevel::topics::Vocabulary;

use super::model::{End, Framework, Item, LinkKind};
use super::naming::Naming;

/// What items of concepts and topics are called.
pub(crate) const TOPIC: &str = "Topic";
/// After the kind of its statements: `Skill concept`.
pub(crate) const CONCEPT: &str = "concept";

impl Framework {
    /// Returns the concepts of a map and the topics over them as a framework: topics at
    /// the top, each with the concepts that are taught under it, then the concepts
    /// without a topic.
    ///
    /// A concept is an exact match of each of its statements and a part of its topic;
    /// a statement is a part of its topics; concepts that overlap are related. The
    /// statements are items of the framework of the map ([`Framework::of_map`]) with
    /// the same naming.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the number of statements and links.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    /// use tlevel_exchange::{Framework, Naming};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let framework = Framework::of_concepts(&map, &concepts, &Naming::default());
    /// assert_eq!(framework.items.len(), concepts.len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_concepts(map: &Map, concepts: &Concepts, naming: &Naming) -> Framework {
        let mut framework = titled(map, "Concepts and topics", naming);
        let mut topic_of: Vec<Option<usize>> = vec![None; concepts.len()];
        for topic in concepts.topics() {
            let mut item = Item::new(naming.id("topic", &[&topic.id]), TOPIC, &topic.heading);
            item.code = Some(topic.id.clone());
            let number = framework.add(item);
            topic.concepts.iter().for_each(|concept| topic_of[concept.index()] = Some(number));
            for statement in topic.statements.iter().filter_map(|s| map.statement_at(s.statement)) {
                framework.link(end(naming, statement), LinkKind::PartOf, End::Item(number));
            }
        }
        let first = framework.items.len();
        for concept in concepts.iter() {
            let Some(central) = map.statement_at(concept.central()) else { continue };
            let kind = format!("{} {CONCEPT}", kind_name(concept.kind()));
            let mut item = Item::new(naming.id("concept", &[concept.id()]), &kind, central.text());
            item.code = Some(concept.id().to_owned());
            item.label = concept.label().map(str::to_owned);
            item.parent = topic_of[concept.index().index()];
            let parent = item.parent;
            let number = framework.add(item);
            for statement in concept.statements().iter().filter_map(|s| map.statement_at(*s)) {
                framework.link(End::Item(number), LinkKind::ExactMatch, end(naming, statement));
            }
            if let Some(topic) = parent {
                framework.link(End::Item(number), LinkKind::PartOf, End::Item(topic));
            }
        }
        for overlap in concepts.overlaps() {
            let [a, b] = overlap.concepts.map(|concept| End::Item(first + concept.index()));
            framework.link_noted(a, LinkKind::Related, b, format!("they overlap: {:.3}", overlap.score));
        }
        framework.tell_apart(naming);
        framework
    }

    /// Returns a vocabulary of topics as a framework: content areas at the top, and
    /// narrower topics below them.
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::Vocabulary;
    /// use tlevel_exchange::{Framework, Naming};
    ///
    /// let framework = Framework::of_topics(&Vocabulary::bundled(), &Naming::default());
    /// assert_eq!(framework.items.len(), Vocabulary::bundled().topics().len());
    /// ```
    pub fn of_topics(vocabulary: &Vocabulary, naming: &Naming) -> Framework {
        let title = vocabulary.title().unwrap_or("Topics").to_owned();
        let mut framework = Framework::new(naming.id("topics", &[&title]), title);
        let names: Vec<&str> = vocabulary.sources().iter().map(|s| s.name.as_deref().unwrap_or(&s.id)).collect();
        framework.creator = (!names.is_empty()).then(|| names.join("; "));
        let rights: Vec<&str> = vocabulary.sources().iter().filter_map(|s| s.attribution.as_deref()).collect();
        framework.rights = (!rights.is_empty()).then(|| rights.join("; "));
        let mut numbers = std::collections::HashMap::new();
        // an item comes after its parent, so areas come first and circles are never begun
        let mut waiting: Vec<&tlevel::topics::VocabularyTopic> = vocabulary.topics().iter().collect();
        let known: std::collections::HashSet<&str> = waiting.iter().map(|topic| topic.id.as_str()).collect();
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|topic| {
                let broader = topic.broader.as_deref().filter(|broader| known.contains(broader));
                let parent = broader.map(|broader| numbers.get(broader).copied());
                if parent == Some(None) {
                    return true;
                }
                let item = topic_item(topic, parent.flatten(), naming);
                numbers.insert(topic.id.as_str(), framework.add(item));
                false
            });
            if waiting.len() == before {
                for topic in std::mem::take(&mut waiting) {
                    framework.add(topic_item(topic, None, naming));
                }
            }
        }
        framework
    }
}

fn topic_item(topic: &tlevel::topics::VocabularyTopic, parent: Option<usize>, naming: &Naming) -> Item {
    let mut item = Item::new(naming.id("topic", &[&topic.id]), TOPIC, &topic.heading);
    item.parent = parent;
    item.code = Some(topic.id.clone());
    item.notes = (!topic.scope.is_empty()).then(|| topic.scope.clone());
    item.keywords.clone_from(&topic.cues);
    let mut member = |name: &str, value: serde_json::Value| drop(item.more.insert(name.to_owned(), value));
    member("nature", topic.nature.name().into());
    if !topic.routes.is_empty() {
        member("routes", topic.routes.clone().into());
    }
    if !topic.pathways.is_empty() {
        member("pathways", topic.pathways.clone().into());
    }
    if let Some(source) = &topic.source {
        member("source", source.clone().into());
    }
    // a broader topic of another vocabulary
    if let (Some(broader), None) = (&topic.broader, parent) {
        member("broader", broader.clone().into());
    }
    item
}

/// A framework about a map, with what the map says of its source.
pub(crate) fn titled(map: &Map, what: &str, naming: &Naming) -> Framework {
    let of = map.title().unwrap_or("Occupational map");
    let mut framework = Framework::new(naming.id(&what.to_lowercase(), &[of]), format!("{what}: {of}"));
    framework.published.clone_from(&map.raw().published);
    if let Some(source) = &map.raw().source {
        framework.creator.clone_from(&source.name);
        framework.licence.clone_from(&source.licence);
        framework.rights.clone_from(&source.attribution);
        framework.url = source.url.clone().filter(|url| super::of_map::is_address(url));
    }
    framework
}

pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Knowledge => "Knowledge",
        Kind::Skill => "Skill",
        Kind::Behaviour => "Behaviour",
    }
}

fn end(naming: &Naming, statement: Statement<'_>) -> End {
    naming.statement_end(statement.occupation().id(), statement.id())
}
