//! Occupations without a map, as people write them (one, a list, or one a
//! line), and those of a map in any format.
//!
//! The native format is strict inside a map. An occupation that is not yet on a
//! map is often written by hand, so here
//!
//! * a level may be a text: `"3"`, `"Level 3"`;
//! * a statement may be a text, and is then a skill;
//! * `knowledge`, `skills` and `behaviours` are lists of texts, read as
//!   statements of their kind;
//! * a statement without a kind has that of the letter of its id (`K1`, `S1`,
//!   `B1`), or is a skill if it has none;
//! * unknown members are listed in [`Occupations::unused`].

use std::borrow::Cow;
use std::fmt;

use super::build_tree::UnknownMembers;
use super::locate::{LineColumn, line_columns, locate};
use super::native::{self, Path, Wrong};
use super::node::Node;
use super::{Error, Limits, RawMap, RawOccupation, RemarkKind, decoded, excerpt, records, sniff};

/// Occupations, and what was not used in their input.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Occupations {
    /// The occupations, in the order of the input.
    pub occupations: Vec<RawOccupation>,
    /// The name of each in messages: "line 3", "item 2".
    pub names: Vec<String>,
    /// Members that are unknown or have no usable value, once for each name.
    pub unused: Vec<UnusedMember>,
}

/// A member that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedMember {
    /// The place of its first value.
    pub place: LineColumn,
    /// Its name.
    pub name: String,
    /// Why it was not used, and what may have been meant.
    pub message: String,
}

impl fmt::Display for UnusedMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Reads the occupations of an input: of a map in any format that
/// [`read`](super::read()) knows, or occupations of the native format alone: one
/// object, a list of them, or one a line.
///
/// # Errors
///
/// As [`read`](super::read()); also [`Error::NothingToGoBy`] for an occupation
/// without any content (`b"{}"`), and [`Error::NoOccupations`] for other inputs
/// (`b"Baker"`).
///
/// # Examples
///
/// ```
/// use tlevel::read::occupations;
///
/// let found = occupations(br#"[{"title": "Roofer", "level": "Level 2"}, {"skils": ["Bake"], "title": "Baker"}]"#)?;
/// assert_eq!(found.occupations[0].level, Some(2));
/// assert!(found.unused[0].to_string().ends_with("did you mean \"skills\"?"));
/// assert!(occupations(b"{}").is_err());
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// As [`read`](super::read()).
pub fn occupations(bytes: &[u8]) -> Result<Occupations, Error> {
    let limit = Limits::default().max_bytes;
    if bytes.len() > limit {
        return Err(Error::TooLarge { found: bytes.len(), limit });
    }
    let text =
        decoded(bytes).map_err(|e| sniff::bytes(bytes).map_or(e, |seems| none(format!("it seems to be {seems}"))))?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    match serde_json::from_str::<Node<'_>>(&text) {
        Ok(root) => of_root(root, &text),
        Err(_) if begins_with_a_record(&text) => of_lines(&text),
        Err(e) => Err(match sniff::text(&text) {
            Some(seems) => none(format!("it seems to be {seems}")),
            None if text.trim_start().starts_with(['{', '[', '"']) => super::syntax(&text, &e),
            None => none("it is plain text, which tlevel suggest --text FILE reads as one occupation".to_owned()),
        }),
    }
}

/// Reads the occupation, or the record of an official source, on a line of a
/// file, for files that are too long to be read whole.
///
/// # Errors
///
/// As [`occupations`], with the place in the file.
///
/// # Examples
///
/// ```
/// let error = tlevel::read::occupation_line(r#"{"title": 1}"#, 7).unwrap_err();
/// assert!(error.to_string().starts_with("line 7, column 11: /title: expected a text"), "{error}");
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the line.
pub fn occupation_line(line: &str, number: u32) -> Result<Occupations, Error> {
    let found = serde_json::from_str(line).map_err(|e| super::syntax(line, &e)).and_then(|root| of_root(root, line));
    let mut found = found.map_err(|error| error.at_line(number))?;
    found.names.iter_mut().for_each(|name| *name = format!("line {number}"));
    for unused in &mut found.unused {
        unused.place.line += number.saturating_sub(1);
    }
    Ok(found)
}

fn none(found: String) -> Error {
    Error::NoOccupations { found }
}

/// Whether the first line that is not blank is a whole record.
fn begins_with_a_record(text: &str) -> bool {
    let first = lines(text).map(|(_, line)| line.trim()).find(|line| !line.is_empty()).unwrap_or_default();
    first.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok()
}

/// The lines of a text with their numbers, for any line ends.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let ends = if text.contains('\n') { '\n' } else { '\r' };
    (1..).zip(text.split(ends))
}

fn of_lines(text: &str) -> Result<Occupations, Error> {
    let mut all = Occupations::default();
    for (number, line) in lines(text).filter(|(_, line)| !line.trim().is_empty()) {
        let found = occupation_line(line, number)?;
        all.occupations.extend(found.occupations);
        all.names.extend(found.names);
        for unused in found.unused {
            if !all.unused.iter().any(|known| known.name == unused.name) {
                all.unused.push(unused);
            }
        }
    }
    Ok(all)
}

/// Members that only a map or a record of an official source has.
const OFFICIAL: &[&str] = &[
    "format",
    "routes",
    "referenceNumber",
    "larsCode",
    "occupationCode",
    "stdCode",
    "mapHierarchy",
    "knowledges",
    "standardPageUrl",
];

fn is_official(node: &Node<'_>) -> bool {
    OFFICIAL.iter().any(|name| node.get(name).is_some()) || records::holds_record(node)
}

/// Whether it is clearly a hand-written occupation. A fast check: a million
/// occupations may be placed at a time.
fn is_typed(node: &Node<'_>) -> bool {
    const OTHERS: &[&str] = &["error", "errors", "message", "detail", "status", "statusCode"];
    let Node::Record(members) = node else { return false };
    node.get("title").is_some()
        && !is_official(node)
        && !members.iter().any(|(name, value)| OTHERS.contains(&&**name) || records::holds_record(value))
}

fn of_root(root: Node<'_>, text: &str) -> Result<Occupations, Error> {
    if is_typed(&root) {
        return alone([(root, None)], text);
    }
    let Err(error) = super::recognise(&root) else { return super::read_root(root, text).map(|map| of_map(&map, text)) };
    match root {
        Node::Record(_) => {
            if let Some(seems @ sniff::Seems::ApiError(_)) = sniff::json(&root) {
                return Err(none(format!("it seems to be {seems}")));
            }
            alone([(root, None)], text)
        }
        Node::List(items) if items.is_empty() => Err(none("it is an empty list".to_owned())),
        Node::List(items) if items.iter().any(is_official) => Err(error),
        Node::List(items) => alone(items.into_iter().zip((0..).map(Some)), text),
        other => Err(none(match sniff::json(&other) {
            Some(seems) => format!("it seems to be {seems}"),
            None => format!("it is {}", other.describe()),
        })),
    }
}

fn of_map(map: &RawMap, text: &str) -> Occupations {
    let mut occupations: Vec<RawOccupation> = map.occupations().cloned().collect();
    // an official map has an order of its own: here that of the file counts
    occupations.sort_by_cached_key(|occupation| {
        let pointer = occupation.origin.as_ref().map_or("", |origin| origin.pointer());
        pointer.split('/').map(|step| (step.parse::<u64>().ok(), step.to_owned())).collect::<Vec<_>>()
    });
    // for an official source, `check` lists what is not used, which is a lot
    let is_own = |remark: &&super::Remark| remark.kind == RemarkKind::UnknownField && remark.message.contains("kept");
    let unknown: Vec<&super::Remark> = map.remarks.iter().filter(is_own).collect();
    let pointers: Vec<&str> = unknown.iter().map(|remark| remark.pointer.as_str()).collect();
    let places = locate(text, &pointers);
    let unused = unknown.iter().zip(places).map(|(remark, place)| UnusedMember {
        place: place.unwrap_or(BEGIN),
        name: remark.pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~"),
        message: remark.message.clone(),
    });
    Occupations {
        names: (1..=occupations.len()).map(|number| format!("occupation {number}")).collect(),
        unused: unused.collect(),
        occupations,
    }
}

const BEGIN: LineColumn = LineColumn { line: 1, column: 1 };

/// Occupations of the native format, with their numbers if there are several.
fn alone<'a>(nodes: impl IntoIterator<Item = (Node<'a>, Option<usize>)>, text: &str) -> Result<Occupations, Error> {
    let mut all = Occupations::default();
    let mut unknown = UnknownMembers::default();
    let mut levels: Vec<(String, i64)> = Vec::new();
    let root = Path::ROOT;
    for (node, number) in nodes {
        let item = number.map(|number| root.at(number));
        let path = item.as_ref().unwrap_or(&root);
        let occupation =
            typed(node, path).and_then(|node| native::occupation(node, path)).map_err(|w| w.placed(text))?;
        if says_nothing(&occupation) {
            return Err(nothing(&occupation, &path.pointer(), text));
        }
        native::occupation_members(&occupation, &mut unknown);
        if let Some(level) = occupation.level.filter(|level| !(2..=7).contains(level)) {
            levels.push((format!("{}/level", path.pointer()), level));
        }
        all.names.push(number.map_or_else(|| "line 1".to_owned(), |number| format!("item {}", number + 1)));
        all.occupations.push(occupation);
    }
    let remarks: Vec<_> = unknown.into_remarks("it is not used", meant).collect();
    let told = remarks.iter().map(|remark| (remark.pointer.clone(), remark.message.clone()));
    let level = |(pointer, level): (String, i64)| (pointer, format!("the level {level} is not 2 to 7; it is not used"));
    let told: Vec<(String, String)> = told.chain(levels.into_iter().take(1).map(level)).collect();
    let pointers: Vec<&str> = told.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let places = if pointers.is_empty() { Vec::new() } else { locate(text, &pointers) };
    all.unused = told
        .iter()
        .zip(places)
        .map(|((pointer, message), place)| UnusedMember {
            place: place.unwrap_or(BEGIN),
            name: pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~"),
            message: message.clone(),
        })
        .collect();
    Ok(all)
}

fn says_nothing(occupation: &RawOccupation) -> bool {
    let is_blank = |text: &String| text.trim().is_empty();
    let texts = occupation.title.iter().chain(&occupation.overview);
    let lists = occupation.job_titles.iter().chain(&occupation.keywords).chain(&occupation.mandatory_qualifications);
    let said = occupation.statements.iter().filter_map(|statement| statement.text.as_ref());
    let duties = occupation.duties.iter().filter_map(|duty| duty.text.as_ref());
    texts.chain(lists).chain(said).chain(duties).all(is_blank)
}

fn nothing(occupation: &RawOccupation, pointer: &str, text: &str) -> Error {
    let place = locate(text, &[pointer]).first().copied().flatten();
    let place = place.unwrap_or_else(|| line_columns(text, &[0]).first().copied().unwrap_or(BEGIN));
    let names: Vec<String> = occupation.extra.names().map(|name| format!("\"{}\"", excerpt(name, 30))).collect();
    let found = match names.as_slice() {
        [] => String::new(),
        [one] => format!(" in {one}"),
        [first, rest @ ..] => format!(" in {first} and {} more", rest.len()),
    };
    Error::NothingToGoBy { place, found }
}

/// The members of a hand-written occupation.
const MEMBERS: &[&str] = &[
    "barriers",
    "behaviours",
    "duties",
    "id",
    "job_titles",
    "keywords",
    "kind",
    "knowledge",
    "level",
    "mandatory_qualifications",
    "option",
    "options",
    "overview",
    "progresses_to",
    "reference",
    "skills",
    "standard",
    "statements",
    "status",
    "text",
    "title",
    "url",
    "version",
];

/// Names that other sources use for them.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("altlabels", "job_titles"),
    ("description", "overview"),
    ("jobtitle", "title"),
    ("ksbs", "statements"),
    ("name", "title"),
    ("occupation", "title"),
    ("overviewofrole", "overview"),
    ("preferredlabel", "title"),
    ("qualifications", "mandatory_qualifications"),
    ("summary", "overview"),
    ("typicaljobtitles", "job_titles"),
];

fn meant(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, meant)| *meant);
    other.or_else(|| crate::text::closest(name, MEMBERS.iter().copied()))
}

/// An occupation in native form, from a hand-written one.
fn typed<'a>(node: Node<'a>, path: &Path<'_>) -> Result<Node<'a>, Wrong> {
    let Node::Record(members) = node else { return Err(path.expected("an occupation (an object)", &node)) };
    let (mut kept, mut statements, mut has_list) = (Vec::with_capacity(members.len()), Vec::new(), false);
    for (name, value) in members {
        let kind = match &*name {
            "knowledge" => "knowledge",
            "skills" => "skill",
            "behaviours" => "behaviour",
            "level" => {
                kept.push((name, level(value)));
                continue;
            }
            "statements" if !has_list => {
                has_list = true;
                match value {
                    Node::List(items) => kept.push((name, Node::List(items.into_iter().map(statement).collect()))),
                    other => kept.push((name, other)),
                }
                continue;
            }
            _ => {
                kept.push((name, value));
                continue;
            }
        };
        let path = path.member(&name);
        let items = match value {
            Node::Null => Vec::new(),
            Node::List(items) => items,
            other => return Err(path.expected("a list of texts", &other)),
        };
        for (i, item) in items.into_iter().enumerate() {
            let Some(text) = said(item) else { return Err(path.at(i).unlike("a text", "something else".to_owned())) };
            statements.push(of_kind(kind, text));
        }
    }
    if !statements.is_empty() {
        match kept.iter_mut().find(|(name, _)| name == "statements") {
            Some((_, Node::List(own))) => own.extend(statements),
            Some((_, value @ Node::Null)) => *value = Node::List(statements),
            Some(_) => {}
            None => kept.push((Cow::Borrowed("statements"), Node::List(statements))),
        }
    }
    Ok(Node::Record(kept))
}

/// The text of a statement: a text, or that of a record.
fn said(item: Node<'_>) -> Option<Cow<'_, str>> {
    match item {
        Node::Text(text) => Some(text),
        Node::Record(members) => members.into_iter().find_map(|(name, value)| match value {
            Node::Text(text) if matches!(&*name, "text" | "detail") => Some(text),
            _ => None,
        }),
        _ => None,
    }
}

fn of_kind<'a>(kind: &'static str, text: Cow<'a, str>) -> Node<'a> {
    Node::Record(vec![
        (Cow::Borrowed("kind"), Node::Text(Cow::Borrowed(kind))),
        (Cow::Borrowed("text"), Node::Text(text)),
    ])
}

fn statement(node: Node<'_>) -> Node<'_> {
    match node {
        Node::Text(text) => of_kind("skill", text),
        Node::Record(mut members) if !members.iter().any(|(name, _)| name == "kind") => {
            let id = members.iter().find(|(name, _)| name == "id").map(|(_, value)| value);
            let kind = match id {
                Some(Node::Text(id)) if id.starts_with(['K', 'k']) => "knowledge",
                Some(Node::Text(id)) if id.starts_with(['B', 'b']) => "behaviour",
                _ => "skill",
            };
            members.push((Cow::Borrowed("kind"), Node::Text(Cow::Borrowed(kind))));
            Node::Record(members)
        }
        other => other,
    }
}

/// A level as a number; one that is not understood is left as it is.
fn level(value: Node<'_>) -> Node<'_> {
    let number = match &value {
        Node::Text(text) if text.trim().is_empty() => return Node::Null,
        Node::Text(text) => crate::text::level_number(text),
        Node::Number(number) => number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 1e6).map(|n| n as i64),
        _ => None,
    };
    number.map_or(value, |number| Node::Number(number.into()))
}
