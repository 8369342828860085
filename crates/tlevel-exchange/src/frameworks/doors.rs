//! The doors: what a file or a set of files is, and reading it.

use tlevel::topics::Vocabulary;

use super::error::FrameworkError;
use super::model::Framework;
use super::parts::{Import, Part, Parts};
use super::{case, ctdl_asn, esco, onet, skos, ssc};

/// What a file or a set of files is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Case,
    CtdlAsn,
    Skos,
    Esco,
    EscoTopics,
    Onet,
    Ssc,
}

fn kind(parts: &[Part<'_>]) -> Option<Kind> {
    if let [one] = parts
        && let Ok(text) = tlevel::read::decoded(one.bytes)
    {
        if case::recognise(&text) {
            return Some(Kind::Case);
        } else if ctdl_asn::recognise(&text) {
            return Some(Kind::CtdlAsn);
        } else if skos::recognise(&text) {
            return Some(Kind::Skos);
        } else if text.trim_start().starts_with(['{', '[']) {
            return None;
        }
    }
    let parts = Parts::new(parts);
    if onet::recognise(&parts) {
        Some(Kind::Onet)
    } else if esco::recognise(&parts) {
        Some(Kind::Esco)
    } else if esco::recognise_topics(&parts) {
        Some(Kind::EscoTopics)
    } else if ssc::recognise(&parts) {
        Some(Kind::Ssc)
    } else {
        None
    }
}

/// How many bytes show what a file in JSON is.
const HEAD: usize = 1 << 16;

/// Whether the beginning of a file is that of a framework in JSON.
pub(crate) fn begins_as_one(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    case::recognise(&head) || ctdl_asn::recognise(&head) || skos::recognise(&head)
}

/// Reads a framework as a map, with notes.
pub(crate) fn read_parts(parts: &[Part<'_>]) -> Option<Result<crate::Read, crate::Error>> {
    let of = |import: Import| crate::Read { map: import.map, places: crate::Places::elsewhere(), notes: import.notes };
    Some(read_framework(parts)?.map(of).map_err(crate::Error::Framework))
}

/// The name of a framework's format, if a file or the files of a folder or an archive
/// are one: `CASE`, `CTDL-ASN`, `SKOS`, `ESCO`, `O*NET` or `UK Standard Skills
/// Classification`. Looks at the content, not at names.
///
/// # Examples
///
/// ```
/// use tlevel_exchange::{Part, framework_format};
///
/// let tasks = Part::new("tasks.txt", b"O*NET-SOC Code\tTask ID\tTask\n");
/// assert_eq!(framework_format(&[tasks]), Some("O*NET"));
/// assert_eq!(framework_format(&[Part::new("map.json", b"{\"format\": \"tlevel-map\"}")]), None);
/// ```
pub fn framework_format(parts: &[Part<'_>]) -> Option<&'static str> {
    Some(match kind(parts)? {
        Kind::Case => "CASE",
        Kind::CtdlAsn => "CTDL-ASN",
        Kind::Skos => "SKOS",
        Kind::Esco | Kind::EscoTopics => "ESCO",
        Kind::Onet => "O*NET",
        Kind::Ssc => "UK Standard Skills Classification",
    })
}

/// Reads a file, or the files of a folder or an archive, as a map. `None` if they are
/// no framework that this crate knows.
///
/// # Errors
///
/// [`FrameworkError`], with the file and line: broken JSON, a missing file of the set,
/// a relation of a skill that no file has, items above themselves.
///
/// # Complexity
///
/// `O(n log n)` in the size of the files.
///
/// # Examples
///
/// ```
/// use tlevel_exchange::{Part, read_framework};
///
/// let occupations = b"O*NET-SOC Code\tTitle\n47-2111.00\tElectricians\n";
/// let tasks = b"O*NET-SOC Code\tTask ID\tTask\n47-2111.00\t1\tInstall wiring.\n";
/// let parts = [Part::new("Occupation Data.txt", occupations), Part::new("Task Statements.txt", tasks)];
/// let import = read_framework(&parts).expect("O*NET")?;
/// assert_eq!(import.map.occupations().count(), 1);
///
/// let error = read_framework(&parts[1..]).expect("O*NET").unwrap_err().to_string();
/// assert!(error.starts_with("O*NET: the file \"Occupation Data.txt\" is missing"), "{error}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_framework(parts: &[Part<'_>]) -> Option<Result<Import, FrameworkError>> {
    let kind = kind(parts)?;
    Some(match kind {
        Kind::Onet => onet::read(parts),
        Kind::Esco => esco::read(parts),
        Kind::Ssc => ssc::read(parts),
        Kind::Case | Kind::CtdlAsn | Kind::Skos | Kind::EscoTopics => map_of_tree(kind, parts),
    })
}

fn map_of_tree(kind: Kind, parts: &[Part<'_>]) -> Result<Import, FrameworkError> {
    let (framework, mut notes) = tree(kind, parts)?;
    let file = parts.first().map_or("", |part| part.name);
    let (map, more) = framework.to_map(file)?;
    notes.extend(more);
    let format = match kind {
        Kind::Case => "CASE",
        Kind::CtdlAsn => "CTDL-ASN",
        Kind::Skos => "SKOS",
        _ => "ESCO",
    };
    Ok(Import { format, map, concepts: None, notes })
}

fn tree(kind: Kind, parts: &[Part<'_>]) -> Result<(Framework, Vec<String>), FrameworkError> {
    match (kind, parts) {
        (Kind::Case, [one]) => case::read(one.name, one.bytes),
        (Kind::CtdlAsn, [one]) => ctdl_asn::read(one.name, one.bytes),
        (Kind::Skos, [one]) => skos::read(one.name, one.bytes),
        _ => esco::read_topics(parts),
    }
}

/// Reads a file, or the files of a folder or an archive, as a vocabulary of topics,
/// with notes on how. `None` if they hold no framework with a tree: CASE, CTDL-ASN,
/// SKOS, or ESCO's groups of skills.
///
/// # Errors
///
/// As [`read_framework`]; also two topics with the same code.
///
/// # Examples
///
/// ```
/// use tlevel::topics::Vocabulary;
/// use tlevel_exchange::{Framework, Naming, Part, read_topics, skos};
///
/// let own = Vocabulary::from_csv("heading,cues\nBeekeeping,bees; hives\n")?;
/// let (text, _) = skos::write(&Framework::of_topics(&own, &Naming::default()), &Naming::default());
/// let (again, _) = read_topics(&[Part::new("topics.jsonld", text.as_bytes())]).expect("SKOS")?;
/// assert_eq!(again.topics(), own.topics());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_topics(parts: &[Part<'_>]) -> Option<Result<(Vocabulary, Vec<String>), FrameworkError>> {
    let kind = match kind(parts)? {
        Kind::Esco if esco::recognise_topics(&Parts::new(parts)) => Kind::EscoTopics,
        kind @ (Kind::Case | Kind::CtdlAsn | Kind::Skos | Kind::EscoTopics) => kind,
        Kind::Esco | Kind::Onet | Kind::Ssc => return None,
    };
    let read = tree(kind, parts).and_then(|(framework, mut notes)| {
        let (vocabulary, more) = framework.to_topics(parts.first().map_or("", |part| part.name))?;
        notes.extend(more);
        Ok((vocabulary, notes))
    });
    Some(read)
}
