//! A vocabulary of topics, as data.

use std::collections::HashMap;

use serde::Serialize;

use super::error::VocabularyError;
use crate::concept::Nature;
use crate::text::name_key;

/// What a vocabulary file calls its format, and the version that is written.
pub(super) const FORMAT: &str = "tlevel-topics";
pub(super) const VERSION: u32 = 1;

/// Topics under which a curriculum team groups statements, with the words that
/// speak for each.
///
/// It is checked: every topic has an id, a heading and a nature, and no id
/// occurs twice. What makes it a *good* vocabulary is the lint's business:
/// [`Vocabulary::findings`].
///
/// # Examples
///
/// ```
/// use tlevel::topics::{Nature, Vocabulary};
///
/// let vocabulary = Vocabulary::bundled();
/// let safety = vocabulary.topic("health-and-safety").expect("a general topic");
/// assert_eq!((safety.heading.as_str(), safety.nature), ("Health and safety", Nature::General));
///
/// // one more topic, from a spreadsheet
/// let own = Vocabulary::from_csv("heading,cues\nBeekeeping,bees; hives; swarms; honey; apiary\n")?;
/// let extended = Vocabulary::bundled().extended(own);
/// assert_eq!(extended.topic("beekeeping").unwrap().cues.len(), 5);
/// # Ok::<(), tlevel::topics::VocabularyError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Vocabulary {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sources: Vec<TopicSource>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) routes: Vec<RouteNames>,
    pub(super) topics: Vec<VocabularyTopic>,
}

/// A topic of a vocabulary: a heading that a programme could print, and what
/// speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields, rename = "Topic"))]
#[non_exhaustive]
pub struct VocabularyTopic {
    /// Its id, in lower case with hyphens; it stays when the heading changes.
    pub id: String,
    /// Its heading: a noun phrase of 1 to 7 words, in sentence case.
    pub heading: String,
    /// What belongs under it, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// Words and short phrases that speak for it.
    pub cues: Vec<String>,
    /// Whether most cores have it, or only those of some routes.
    pub nature: Nature,
    /// The ids of the routes where it is usual; none for a general topic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<String>,
    /// The ids of the pathways where it is most usual. Only the lint reads them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pathways: Vec<String>,
    /// The id of the wider topic that it is taught with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broader: Option<String>,
    /// The id of the source of the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl VocabularyTopic {
    /// A general topic without cues.
    pub fn new(id: impl Into<String>, heading: impl Into<String>) -> VocabularyTopic {
        VocabularyTopic {
            id: id.into(),
            heading: heading.into(),
            scope: String::new(),
            cues: Vec::new(),
            nature: Nature::General,
            routes: Vec::new(),
            pathways: Vec::new(),
            broader: None,
            source: None,
        }
    }
}

/// A route, and what else maps call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct RouteNames {
    /// The id that topics name.
    pub id: String,
    /// Other ids or names of the same route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

/// Where headings come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct TopicSource {
    /// The id that topics name.
    pub id: String,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What its licence asks to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

impl Vocabulary {
    /// Returns the vocabulary that comes with the library: 45 general and 287
    /// occupational topics over all 15 routes, with 5,681 cues
    /// (`fixtures/topics/curriculum.json`, 230 kB in the program).
    ///
    /// # Complexity
    ///
    /// Reads the file each time, in 2 ms: keep it if you need it twice.
    pub fn bundled() -> Vocabulary {
        // a test reads it and holds it to the lint
        Vocabulary::from_json(include_bytes!("../../fixtures/topics/curriculum.json")).unwrap_or_default()
    }

    /// Returns a vocabulary of those topics, without routes of its own.
    ///
    /// # Errors
    ///
    /// [`VocabularyError::Row`] with the number of the topic, if an id is empty
    /// or occurs twice.
    pub fn new(topics: Vec<VocabularyTopic>) -> Result<Vocabulary, VocabularyError> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut wrong = Vec::new();
        for (i, topic) in topics.iter().enumerate() {
            let message = match seen.insert(&topic.id, i + 1) {
                _ if topic.id.is_empty() => "the topic has no id".to_owned(),
                Some(first) => format!("topic {first} has the id \"{}\" too; give one of them another", topic.id),
                None => continue,
            };
            wrong.push(VocabularyError::Row { place: format!("topic {}", i + 1), message });
        }
        VocabularyError::unless(wrong, ())?;
        Ok(Vocabulary { topics, ..Vocabulary::default() })
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Where the headings come from.
    pub fn sources(&self) -> &[TopicSource] {
        &self.sources
    }

    /// The routes, and what else maps call them.
    pub fn routes(&self) -> &[RouteNames] {
        &self.routes
    }

    /// The topics, in the order of the file.
    pub fn topics(&self) -> &[VocabularyTopic] {
        &self.topics
    }

    /// The topic of that id.
    pub fn topic(&self, id: &str) -> Option<&VocabularyTopic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The topic that a person means: by its id, or by its heading.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let by_id = self.topics.iter().position(|topic| topic.id == name);
        by_id.or_else(|| {
            let key = name_key(name);
            self.topics.iter().position(|topic| name_key(&topic.heading) == key)
        })
    }

    /// Returns this vocabulary with the topics of another: one with an id that
    /// is here takes its place, any other comes last. Sources are joined
    /// likewise; a route gains the other's names.
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    #[must_use]
    pub fn extended(mut self, other: Vocabulary) -> Vocabulary {
        merge(&mut self.topics, other.topics, |topic| &topic.id);
        merge(&mut self.sources, other.sources, |source| &source.id);
        for route in other.routes {
            match self.routes.iter_mut().find(|own| own.id == route.id) {
                Some(own) => {
                    let new: Vec<String> = route.also.into_iter().filter(|name| !own.also.contains(name)).collect();
                    own.also.extend(new);
                }
                None => self.routes.push(route),
            }
        }
        self.title = self.title.or(other.title);
        self
    }

    /// The number of each topic's content area: the topic at the end of
    /// `broader`. A topic whose broader one is missing, or that is broader than
    /// itself, is its own.
    pub(super) fn areas(&self) -> Vec<usize> {
        let numbers: HashMap<&str, usize> = self.topics.iter().enumerate().map(|(i, t)| (t.id.as_str(), i)).collect();
        let above = |i: usize| self.topics[i].broader.as_deref().and_then(|id| numbers.get(id)).copied();
        (0..self.topics.len())
            .map(|start| {
                let mut at = start;
                // the lint allows two steps; the bound ends circles
                for _ in 0..DEEPEST {
                    match above(at) {
                        Some(next) => at = next,
                        None => return at,
                    }
                }
                start
            })
            .collect()
    }

    /// Returns the content area of a topic: the widest topic that it is taught
    /// with, which is itself where it has no broader one.
    ///
    /// Programmes group, count and print areas; the narrower topics are
    /// sub-headings in them.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::Vocabulary;
    ///
    /// let vocabulary = Vocabulary::bundled();
    /// assert_eq!(vocabulary.area("emergency-procedures-and-first-aid").unwrap().id, "health-and-safety");
    /// ```
    pub fn area(&self, id: &str) -> Option<&VocabularyTopic> {
        let at = self.topics.iter().position(|topic| topic.id == id)?;
        self.areas().get(at).and_then(|area| self.topics.get(*area))
    }

    /// The routes that topics name: those of the list, then the others.
    pub(super) fn route_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.routes.iter().map(|route| route.id.as_str()).collect();
        let mut seen: std::collections::HashSet<&str> = ids.iter().copied().collect();
        for id in self.topics.iter().flat_map(|topic| &topic.routes) {
            if seen.insert(id) {
                ids.push(id);
            }
        }
        ids
    }
}

/// How many steps `broader` is followed.
const DEEPEST: usize = 16;

fn merge<T>(into: &mut Vec<T>, from: Vec<T>, id: impl Fn(&T) -> &String) {
    let mut places: HashMap<String, usize> = into.iter().enumerate().map(|(i, item)| (id(item).clone(), i)).collect();
    for item in from {
        match places.get(id(&item)) {
            Some(&at) => into[at] = item,
            None => {
                places.insert(id(&item).clone(), into.len());
                into.push(item);
            }
        }
    }
}
