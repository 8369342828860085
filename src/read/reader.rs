//! The front door of reading: recognises the format, and reads it.

use std::borrow::Cow;

use super::official::{self, Prefer};
use super::{
    DraftMap, Error, Node, Path, RawMap, RawOccupation, Wrong, excerpt, locate, map_text, native, raw, records, sniff,
};

/// Limits on the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The maximum size of the input in bytes; 1 GiB by default (the largest
    /// official file has about 80 MB).
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: 1 << 30 }
    }
}

impl Limits {
    /// Returns these limits with another maximum size.
    #[must_use]
    pub fn max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }
}

/// Reads a map in any known format, recognised by its content.
///
/// # Errors
///
/// See [`Error`]: each variant names an input that causes it.
///
/// # Examples
///
/// ```
/// let bytes = br#"[{"referenceNumber": "ST0095", "title": "Bricklayer ", "level": "2",
///     "route": "Construction", "pathway": "Onsite Construction", "cluster": "Trades",
///     "knowledges": [{"knowledgeId": "K1", "detail": "Bonds &amp; their uses"}]}]"#;
/// let map = tlevel::read(bytes)?;
/// let bricklayer = &map.routes[0].pathways[0].clusters[0].occupations[0];
/// assert_eq!(bricklayer.title.as_deref(), Some("Bricklayer"));
/// assert_eq!(bricklayer.level, Some(2));
/// assert_eq!(bricklayer.statements[0].text.as_deref(), Some("Bonds & their uses"));
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// `O(n)` time; memory about twice the input, strings included. Depth is
/// limited to 128 levels.
pub fn read(bytes: &[u8]) -> Result<RawMap, Error> {
    read_with(bytes, &Limits::default())
}

/// Like [`read`], with custom limits.
///
/// # Errors
///
/// As [`read`]; also [`Error::TooLarge`].
pub fn read_with(bytes: &[u8], limits: &Limits) -> Result<RawMap, Error> {
    let text = source_text(bytes, *limits)?;
    read_root(json(&text)?, &text)
}

/// Reads a map as it would be with the drafts of the source in force:
/// "what would change?" is then a [`diff`](crate::change) of two maps.
///
/// # Errors
///
/// As [`read_with`].
///
/// # Examples
///
/// ```
/// use tlevel::read::{Limits, read_drafts};
///
/// let version = |number: &str, status: &str, text: &str| format!(
///     r#"{{"referenceNumber": "ST1", "title": "Baker", "level": 3, "version": "{number}", "status": "{status}",
///         "route": "R", "pathway": "P", "cluster": "C", "knowledges": [{{"detail": "{text}"}}]}}"#
/// );
/// let file = format!(
///     "[{}, {}]",
///     version("1.0", "Approved for delivery", "Flour types"),
///     version("2.0", "In development", "Ovens")
/// );
/// let in_force = tlevel::read(file.as_bytes())?;
/// assert_eq!(in_force.occupations().next().unwrap().statements[0].text.as_deref(), Some("Flour types"));
/// let drafts = read_drafts(file.as_bytes(), &Limits::default())?;
/// assert_eq!(drafts.map.occupations().next().unwrap().statements[0].text.as_deref(), Some("Ovens"));
/// assert_eq!((drafts.drafts[0].added, drafts.drafts[0].removed), (1, 1));
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// As [`read`]; for a draft with `k` statements that are not in force, also
/// `O(k²)` comparisons, at most a million.
pub fn read_drafts(bytes: &[u8], limits: &Limits) -> Result<DraftMap, Error> {
    let text = source_text(bytes, *limits)?;
    let root = json(&text)?;
    Ok(match recognised(&root)? {
        Format::Native => {
            let map = native::read(root, &text)?;
            DraftMap { map, drafts: Vec::new(), source_has_versions: false }
        }
        Format::Official => {
            let (mut map, drafts) = official::read(root, &text, Prefer::Drafts);
            if drafts.iter().any(|draft| draft.has_statements) {
                map.title = map.title.map(|title| format!("{title} with the drafts in force"));
            }
            DraftMap { map, drafts, source_has_versions: true }
        }
    })
}

/// The text of an input that is not empty and is within the limits.
pub(super) fn source_text(bytes: &[u8], limits: Limits) -> Result<Cow<'_, str>, Error> {
    if bytes.len() > limits.max_bytes {
        return Err(Error::TooLarge { found: bytes.len(), limit: limits.max_bytes });
    }
    let text = map_text(bytes).map_err(|e| sniff::bytes(bytes).map_or(e, Error::not_a_map))?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(text)
}

/// The tree of a text that is expected to be JSON.
pub(super) fn json(text: &str) -> Result<Node<'_>, Error> {
    serde_json::from_str(text).map_err(|e| sniff::text(text).map_or_else(|| syntax(text, &e), Error::not_a_map))
}

pub(super) fn read_root(root: Node<'_>, text: &str) -> Result<RawMap, Error> {
    match recognised(&root)? {
        Format::Native => native::read(root, text),
        Format::Official => Ok(official::read(root, text, Prefer::InForce).0),
    }
}

/// The format of a tree, or what it appears to be instead.
pub(super) fn recognised(root: &Node<'_>) -> Result<Format, Error> {
    recognise(root).map_err(|e| sniff::json(root).map_or(e, Error::not_a_map))
}

/// Reads one occupation of the native format, without a map.
///
/// # Errors
///
/// As [`read`]; a value of the wrong type has a place (`{"title": 1}`).
///
/// # Examples
///
/// ```
/// let roofer = tlevel::read::occupation(r#"{"title": "Roofer", "level": 2}"#)?;
/// assert_eq!(roofer.level, Some(2));
/// assert!(tlevel::read::occupation(r#"{"title": 1}"#).is_err());
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the text.
pub fn occupation(text: &str) -> Result<RawOccupation, Error> {
    let limit = Limits::default().max_bytes;
    if text.len() > limit {
        return Err(Error::TooLarge { found: text.len(), limit });
    }
    let root: Node<'_> = serde_json::from_str(text).map_err(|e| syntax(text, &e))?;
    native::read_occupation(root, text)
}

/// Reads an object of another format, value by value.
pub(crate) fn object<T>(
    text: &str,
    read: impl FnOnce(Node<'_>, &Path<'_>) -> Result<T, Vec<Wrong>>,
) -> Result<T, Vec<Error>> {
    let limit = Limits::default().max_bytes;
    if text.len() > limit {
        return Err(vec![Error::TooLarge { found: text.len(), limit }]);
    }
    if text.trim().is_empty() {
        return Err(vec![Error::Empty]);
    }
    let root: Node<'_> = serde_json::from_str(text).map_err(|e| vec![syntax(text, &e)])?;
    native::read_with(root, text, read)
}

/// The text of an input in UTF-8, without a byte order mark. The places that
/// [`locate`] finds are places in this text.
///
/// # Errors
///
/// [`Error::NotUtf8`] with the place of the first bad byte.
pub fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let good = std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default();
        let hint = match e.error_len() {
            None => " (it may be cut off here)",
            Some(_) if !bytes.contains(&0) => " (it may be Windows-1252)",
            Some(_) => "",
        };
        Error::NotUtf8 { place: locate::line_columns(good, &[good.len()])[0], hint }
    })
}

pub(super) fn syntax(text: &str, error: &serde_json::Error) -> Error {
    // `serde_json` counts columns in bytes, up to and including the offending one
    let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = (start + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    let advice = if error.is_eof() {
        "the file ends too early: it may be cut off, fetch it again"
    } else if message.contains("recursion limit") {
        "values are nested more than 128 deep: no map is"
    } else if message.contains("out of range") {
        "a number is too large to be read: correct it"
    } else {
        "correct the file there"
    };
    Error::Syntax {
        place: locate::line_columns(text, &[offset])[0],
        message,
        pointer: locate::pointer_at(text, offset),
        advice,
    }
}

pub(super) enum Format {
    Native,
    /// Records of the standards file, of the maps API, or of both.
    Official,
}

pub(super) fn recognise(root: &Node<'_>) -> Result<Format, Error> {
    if let Some(Node::Text(format)) = root.get("format") {
        return if format == raw::FORMAT {
            Ok(Format::Native)
        } else {
            Err(Error::NotRecognised { found: format!("\"format\" is \"{}\"", excerpt(format, 40)) })
        };
    }
    if records::holds_record(root) {
        return Ok(Format::Official);
    }
    let found = match root {
        Node::Record(_) if root.get("routes").is_some() => "an object with \"routes\" and no \"format\"; if it is a \
             native map, add \"format\": \"tlevel-map\", \"version\": 1"
            .to_owned(),
        Node::Record(members) => format!("an object with {}", names(members.iter().map(|(k, _)| &**k))),
        Node::List(items) if items.is_empty() => "an empty list, without any record".to_owned(),
        Node::List(items) => format!(
            "a list of {} without a standard or occupation in it (the first item is {})",
            items.len(),
            items[0].describe()
        ),
        other => other.describe(),
    };
    Err(Error::NotRecognised { found })
}

pub(super) fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|n| format!("\"{}\"", excerpt(n, 30))).collect();
    match names.len() {
        0 => "no members".to_owned(),
        1..=5 => names.join(", "),
        more => format!("{} and {} more", names[..5].join(", "), more - 5),
    }
}
