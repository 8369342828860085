//! A vocabulary in JSON, read value by value, so that every error has its
//! place; one error for each topic that has any.

use std::collections::HashMap;

use super::error::VocabularyError;
use super::vocabulary::{FORMAT, RouteNames, TopicSource, VERSION, Vocabulary, VocabularyTopic};
use crate::concept::Nature;
use crate::read::{self, Fields, Node, Path, Wrong};
use crate::text::{DidYouMean, closest};

/// The members of the file beside `format` and `version`.
pub(super) const ROOT: [&str; 4] = ["title", "sources", "routes", "topics"];
/// The members of a topic.
pub(super) const TOPIC: [&str; 9] =
    ["id", "heading", "scope", "cues", "nature", "routes", "pathways", "broader", "source"];
/// The members of a route.
pub(super) const ROUTE: [&str; 2] = ["id", "also"];
/// The members of a source.
pub(super) const SOURCE: [&str; 4] = ["id", "name", "licence", "attribution"];

impl Vocabulary {
    /// Reads a vocabulary in JSON: `{"format": "tlevel-topics", "version": 1,
    /// "topics": [...]}`, with `title`, `sources` and `routes` if you like. Its
    /// JSON Schema is `fixtures/schema/tlevel-topics.schema.json`.
    ///
    /// A topic needs an id, a heading, cues and a nature. Its routes must be in
    /// the list `routes` where the file has one. Its broader topic need not be in
    /// the file, which may extend another.
    ///
    /// # Errors
    ///
    /// [`VocabularyError::Json`] with line and column: not JSON, another format
    /// or version, an unknown member, a value of the wrong type, an id that
    /// occurs twice, an unknown nature or route. Of several topics with errors
    /// [`VocabularyError::Several`], one for each.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::Vocabulary;
    ///
    /// let vocabulary = Vocabulary::from_json(br#"{"format": "tlevel-topics", "version": 1, "topics": [
    ///     {"id": "beekeeping", "heading": "Beekeeping", "cues": ["bees", "hives"], "nature": "general"}]}"#)?;
    /// assert_eq!(vocabulary.topics().len(), 1);
    /// let slip = br#"{"format": "tlevel-topics", "version": 1, "topics": [
    ///     {"id": "beekeeping", "heading": "Beekeeping", "cues": ["bees"], "nature": "generel"}]}"#;
    /// let message = Vocabulary::from_json(slip).unwrap_err().to_string();
    /// assert!(message.starts_with("line 2, column 79: /topics/0/nature: "), "{message}");
    /// assert!(message.contains("did you mean \"general\"?"), "{message}");
    /// # Ok::<(), tlevel::topics::VocabularyError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_json(bytes: &[u8]) -> Result<Vocabulary, VocabularyError> {
        let text = read::utf8(bytes).map_err(VocabularyError::Json)?;
        read::object(text, root).or_else(|wrong| {
            VocabularyError::unless(wrong.into_iter().map(VocabularyError::Json).collect(), Vocabulary::default())
        })
    }

    /// Whether the bytes of a vocabulary file are JSON, and not a table: their
    /// first character is `{` or `[`.
    pub fn is_json(bytes: &[u8]) -> bool {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
    }

    /// Writes the vocabulary as a file of its format, which reads back.
    pub fn to_json(&self) -> String {
        #[derive(serde::Serialize)]
        struct File<'v> {
            format: &'static str,
            version: u32,
            #[serde(flatten)]
            vocabulary: &'v Vocabulary,
        }
        let file = File { format: FORMAT, version: VERSION, vocabulary: self };
        // texts and lists: nothing that JSON cannot say
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }
}

fn root(node: Node<'_>, path: &Path<'_>) -> Result<Vocabulary, Vec<Wrong>> {
    let mut f = Fields::new(node, path).map_err(|wrong| vec![wrong])?;
    format(&mut f, path).map_err(|wrong| vec![wrong])?;
    let mut wrong: Vec<Wrong> =
        f.names().filter(|name| !ROOT.contains(name)).map(|name| unknown(name, path, &ROOT)).collect();
    let mut vocabulary = Vocabulary::default();
    match f.text("title") {
        Ok(title) => vocabulary.title = title,
        Err(e) => wrong.push(e),
    }
    vocabulary.sources = items(&mut f, path, "sources", &mut wrong, source);
    vocabulary.routes = items(&mut f, path, "routes", &mut wrong, route);
    let is_there = f.names().any(|name| name == "topics");
    // a slip of the name was reported already
    if !is_there && wrong.is_empty() {
        wrong.push(path.unlike("\"topics\": [...]", "no topics".to_owned()));
    }
    let known: Vec<&str> = vocabulary.routes.iter().map(|route| route.id.as_str()).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut number = 0;
    vocabulary.topics = items(&mut f, path, "topics", &mut wrong, |node, path| {
        number += 1;
        let topic = topic(node, path, &known)?;
        match seen.insert(topic.id.clone(), number) {
            Some(first) => {
                let found = format!("\"{}\", which topic {first} has", read::excerpt(&topic.id, 40));
                Err(path.member("id").unlike("an id that no other topic has", found))
            }
            None => Ok(topic),
        }
    });
    if wrong.is_empty() { Ok(vocabulary) } else { Err(wrong) }
}

fn format(f: &mut Fields<'_, '_>, path: &Path<'_>) -> Result<(), Wrong> {
    match f.take("format") {
        Some(Node::Text(format)) if format == FORMAT => {}
        Some(other) => return Err(path.member("format").expected("\"tlevel-topics\"", &other)),
        None => return Err(path.unlike("\"format\": \"tlevel-topics\" and \"version\": 1", "no format".to_owned())),
    }
    match f.take("version") {
        Some(Node::Number(n)) if n.as_u64() == Some(u64::from(VERSION)) => Ok(()),
        Some(other) => Err(path.member("version").expected("version 1, which this release reads", &other)),
        None => Err(path.unlike("\"version\": 1 beside the format", "none".to_owned())),
    }
}

/// The items of a list that are right; the others are reported, one error each.
fn items<'a, T>(
    f: &mut Fields<'_, 'a>,
    path: &Path<'_>,
    name: &'static str,
    wrong: &mut Vec<Wrong>,
    mut read: impl FnMut(Node<'a>, &Path<'_>) -> Result<T, Wrong>,
) -> Vec<T> {
    let path = path.member(name);
    let mut right = Vec::new();
    match f.take(name) {
        None => {}
        Some(Node::List(items)) => {
            for (i, item) in items.into_iter().enumerate() {
                match read(item, &path.at(i)) {
                    Ok(item) => right.push(item),
                    Err(e) => wrong.push(e),
                }
            }
        }
        Some(other) => wrong.push(path.expected("a list", &other)),
    }
    right
}

fn source(node: Node<'_>, path: &Path<'_>) -> Result<TopicSource, Wrong> {
    let mut f = Fields::new(node, path)?;
    nothing_more(&f, path, &SOURCE)?;
    Ok(TopicSource {
        id: needed(&mut f, path, "id")?,
        name: f.text("name")?,
        licence: f.text("licence")?,
        attribution: f.text("attribution")?,
    })
}

fn route(node: Node<'_>, path: &Path<'_>) -> Result<RouteNames, Wrong> {
    let mut f = Fields::new(node, path)?;
    nothing_more(&f, path, &ROUTE)?;
    Ok(RouteNames { id: needed(&mut f, path, "id")?, also: f.texts("also")? })
}

fn topic(node: Node<'_>, path: &Path<'_>, routes: &[&str]) -> Result<VocabularyTopic, Wrong> {
    let mut f = Fields::new(node, path)?;
    nothing_more(&f, path, &TOPIC)?;
    if !f.names().any(|name| name == "cues") {
        return Err(path.member("cues").unlike("a list of texts, which a topic needs", "none".to_owned()));
    }
    let topic = VocabularyTopic {
        id: needed(&mut f, path, "id")?,
        heading: needed(&mut f, path, "heading")?,
        scope: f.text("scope")?.unwrap_or_default(),
        cues: f.texts("cues")?,
        nature: nature(&needed(&mut f, path, "nature")?, path)?,
        routes: f.texts("routes")?,
        pathways: f.texts("pathways")?,
        broader: f.text("broader")?,
        source: f.text("source")?,
    };
    let is_unknown = |(_, id): &(usize, &String)| !routes.is_empty() && !routes.contains(&id.as_str());
    match topic.routes.iter().enumerate().find(is_unknown) {
        Some((i, id)) => Err(path
            .member("routes")
            .at(i)
            .unlike("a route of the list \"routes\"", quoted(id, routes.iter().copied()))),
        None => Ok(topic),
    }
}

fn nature(name: &str, path: &Path<'_>) -> Result<Nature, Wrong> {
    let wrong = || path.member("nature").unlike("\"general\" or \"occupational\"", quoted(name, Nature::NAMES));
    Nature::from_name(name).ok_or_else(wrong)
}

fn needed(f: &mut Fields<'_, '_>, path: &Path<'_>, name: &'static str) -> Result<String, Wrong> {
    match f.text(name)? {
        Some(text) if !text.trim().is_empty() => Ok(text),
        Some(_) => Err(path.member(name).unlike("a text that says something", "an empty one".to_owned())),
        None => Err(path.member(name).unlike("a text", "none".to_owned())),
    }
}

/// A member that the format does not have would be a wish that nobody reads.
fn nothing_more(f: &Fields<'_, '_>, path: &Path<'_>, known: &[&'static str]) -> Result<(), Wrong> {
    f.names().find(|name| !known.contains(name)).map_or(Ok(()), |name| Err(unknown(name, path, known)))
}

fn unknown(name: &str, path: &Path<'_>, known: &[&'static str]) -> Wrong {
    path.member(name).unlike("only members that are known here", quoted(name, known.iter().copied()))
}

/// A text that was found, and what it may be a slip of.
fn quoted<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    format!("\"{}\"{:#}", read::excerpt(found, 40), DidYouMean(closest(found, known)))
}
