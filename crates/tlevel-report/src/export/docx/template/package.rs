//! The parts of a template, within limits.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use html_escape::encode_double_quoted_attribute;
use zip::ZipArchive;

use super::error::TemplateError;
use crate::export::outline::forbidden;

/// The most bytes of the file, of all its parts and of one.
const FILE: usize = 20 << 20;
const ALL: u64 = 64 << 20;
const PART: u64 = 32 << 20;
/// The most parts.
const PARTS: usize = 2_000;
/// How deep the elements of a part may be nested, and how many there may be.
const DEEPEST: usize = 200;
const NODES: u32 = 2_000_000;
/// The kinds of parts that are taken over; any other may run or hold something.
pub(super) const PLAIN: [&str; 4] = ["header", "footer", "image", "theme"];
/// The fields that fetch something from elsewhere.
const FETCHING: [&str; 6] = ["INCLUDEPICTURE", "INCLUDETEXT", "DDE", "DDEAUTO", "LINK", "DATABASE"];
const STRICT: &str = "http://purl.oclc.org/ooxml/";

/// The unpacked parts of a Word file.
pub(super) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
    /// Content types by part, and by the ending of a name.
    types: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
}

/// A part that refers to another, or to something outside.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) kind: String,
    /// The name of the part, or the address.
    pub(super) target: String,
    pub(super) is_external: bool,
}

fn damaged(part: &str, reason: impl std::fmt::Display) -> TemplateError {
    TemplateError::Damaged { part: part.to_owned(), reason: reason.to_string() }
}

impl Package {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, TemplateError> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(TemplateError::OldOrLocked);
        }
        if bytes.len() > FILE {
            return Err(TemplateError::TooLarge { what: "it has more than 20 MB" });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TemplateError::NotWord)?;
        if archive.len() > PARTS {
            return Err(TemplateError::TooLarge { what: "it has more than 2,000 parts" });
        }
        let mut package = Package { parts: BTreeMap::new(), types: BTreeMap::new(), endings: BTreeMap::new() };
        let mut total = 0;
        for at in 0..archive.len() {
            let part = archive.by_index(at).map_err(|error| damaged("the archive", error))?;
            let name = part.name().to_owned();
            if part.is_dir() {
                continue;
            }
            if name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|step| step == "..") {
                return Err(damaged(&name, "a part cannot have this name"));
            }
            let mut content = Vec::new();
            // what the archive says of its sizes may be wrong
            part.take(PART + 1).read_to_end(&mut content).map_err(|error| damaged(&name, error))?;
            total += content.len() as u64;
            if content.len() as u64 > PART || total > ALL {
                return Err(TemplateError::TooLarge { what: "unpacked, it has more than 64 MB, or 32 MB in one part" });
            }
            let is_twice = package.parts.keys().any(|known| known.eq_ignore_ascii_case(&name));
            if is_twice {
                return Err(damaged(&name, "it is there twice"));
            }
            package.parts.insert(name, content);
        }
        if !package.parts.contains_key("[Content_Types].xml") {
            return Err(TemplateError::NotWord);
        }
        package.read_types()?;
        let is_macro = |text: &str| {
            let text = text.to_ascii_lowercase();
            ["macroenabled", "vbaproject", "vbadata", "activex"].iter().any(|sign| text.contains(sign))
        };
        let kinds = package.types.values().chain(package.endings.values());
        if kinds.chain(package.parts.keys()).any(|text| is_macro(text)) {
            return Err(TemplateError::Macros);
        }
        Ok(package)
    }

    fn read_types(&mut self) -> Result<(), TemplateError> {
        let text = self.checked("[Content_Types].xml")?;
        let xml = parsed("[Content_Types].xml", &text)?;
        for node in xml.root_element().children().filter(roxmltree::Node::is_element) {
            let Some(kind) = node.attribute("ContentType") else { continue };
            if let Some(part) = node.attribute("PartName") {
                self.types.insert(part.trim_start_matches('/').to_owned(), kind.to_owned());
            } else if let Some(ending) = node.attribute("Extension") {
                self.endings.insert(ending.to_ascii_lowercase(), kind.to_owned());
            }
        }
        Ok(())
    }

    /// The name of the main part.
    pub(super) fn document(&self) -> Result<String, TemplateError> {
        let related = relationships(self, "", "_rels/.rels")?;
        let main = related.into_iter().find(|of| of.kind.ends_with("/officeDocument")).ok_or(TemplateError::NotWord)?;
        if main.kind.starts_with(STRICT) {
            return Err(TemplateError::Strict);
        }
        let kind = self.type_of(&main.target);
        let is_word = kind.ends_with("wordprocessingml.document.main+xml")
            || kind.ends_with("wordprocessingml.template.main+xml");
        if is_word && !main.is_external { Ok(main.target) } else { Err(TemplateError::NotWord) }
    }

    pub(super) fn bytes(&self, name: &str) -> Result<&[u8], TemplateError> {
        let found = self.parts.get(name).or_else(|| {
            let mut parts = self.parts.iter();
            parts.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, bytes)| bytes)
        });
        found.map(Vec::as_slice).ok_or_else(|| damaged(name, "it is missing"))
    }

    pub(super) fn text(&self, name: &str) -> Result<String, TemplateError> {
        let bytes = self.bytes(name)?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        String::from_utf8(bytes.to_vec()).map_err(|_| damaged(name, "it is no UTF-8"))
    }

    /// The text of a part that is well-formed XML without hostile depth.
    pub(super) fn checked(&self, name: &str) -> Result<String, TemplateError> {
        let text = self.text(name)?;
        parsed(name, &text)?;
        Ok(text)
    }

    pub(super) fn type_of(&self, name: &str) -> String {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        self.types.get(name).or_else(|| self.endings.get(&ending)).cloned().unwrap_or_default()
    }
}

/// A part as XML, without a document type, and not too deep.
pub(super) fn parsed<'t>(name: &str, text: &'t str) -> Result<roxmltree::Document<'t>, TemplateError> {
    let mut depth = 0_usize;
    for tag in text.split('<').skip(1) {
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'?' | b'!') | None => {}
            _ if tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) => {}
            _ => depth += 1,
        }
        if depth > DEEPEST {
            return Err(damaged(name, "its elements are nested too deeply"));
        }
    }
    let options = roxmltree::ParsingOptions { nodes_limit: NODES, ..roxmltree::ParsingOptions::default() };
    let xml = roxmltree::Document::parse_with_options(text, options).map_err(|error| damaged(name, error))?;
    match xml.root_element().tag_name().namespace() {
        Some(of) if of.starts_with(STRICT) => Err(TemplateError::Strict),
        _ => Ok(xml),
    }
}

/// What a part refers to. An address that is opened by a click stays; anything else
/// outside of the file is refused in what is taken over.
pub(super) fn relationships_of(package: &Package, name: &str) -> Result<Vec<Relationship>, TemplateError> {
    relationships(package, name, &list_of(name))
}

/// The name of the part that lists what a part refers to.
fn list_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

fn relationships(package: &Package, name: &str, list: &str) -> Result<Vec<Relationship>, TemplateError> {
    if package.bytes(list).is_err() {
        return Ok(Vec::new());
    }
    let text = package.text(list)?;
    let xml = parsed(list, &text)?;
    let mut related = Vec::new();
    for node in xml.root_element().children().filter(roxmltree::Node::is_element) {
        let [id, kind, target] =
            ["Id", "Type", "Target"].map(|name| node.attribute(name).unwrap_or_default().to_owned());
        let is_external = node.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
        let target = if is_external { target } else { resolved(name, &target) };
        related.push(Relationship { id, kind, target, is_external });
    }
    Ok(related)
}

/// A target as the name of a part.
fn resolved(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The list of what a part refers to: its name and its text.
pub(super) fn written(name: &str, related: &[Relationship]) -> Result<(String, String), TemplateError> {
    let mut list = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        .to_owned();
    let up = "../".repeat(name.matches('/').count());
    for of in related {
        let is_click = of.kind.ends_with("/hyperlink")
            && ["https://", "http://", "mailto:"]
                .iter()
                .any(|scheme| of.target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        if of.is_external && !is_click {
            return Err(TemplateError::External { part: name.to_owned(), target: shown(&of.target) });
        }
        let target = if of.is_external { of.target.clone() } else { format!("{up}{}", of.target) };
        let [id, kind, target] = [&of.id, &of.kind, &target].map(|text| encode_double_quoted_attribute(text));
        let mode = if of.is_external { " TargetMode=\"External\"" } else { "" };
        let _ = write!(list, "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>");
    }
    list.push_str("</Relationships>");
    Ok((list_of(name), list))
}

/// The start of an address, for a message.
fn shown(target: &str) -> String {
    target.chars().filter(|c| !forbidden(*c)).take(80).collect()
}

/// The text of a part, if none of its fields fetches anything.
pub(super) fn no_fetching_fields(name: &str, text: &str) -> Result<String, TemplateError> {
    let xml = parsed(name, text)?;
    for node in xml.descendants() {
        let instruction = match node.tag_name().name() {
            "instrText" => node.text(),
            "fldSimple" => node.attributes().find(|attribute| attribute.name() == "instr").map(|of| of.value()),
            _ => None,
        };
        let word = instruction.and_then(|text| text.split_whitespace().next()).unwrap_or_default();
        if FETCHING.iter().any(|field| field.eq_ignore_ascii_case(word)) {
            return Err(TemplateError::External { part: name.to_owned(), target: format!("the field {word}") });
        }
    }
    Ok(text.to_owned())
}
