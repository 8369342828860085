//! Guesses what an input that is not a map is, and what to do about it.

use std::fmt;

use super::node::{Node, excerpt};
use super::records;

/// What an input that is not an occupational map appears to be.
///
/// It displays as a noun: "a web page (HTML)". The guess is only made for
/// inputs that could not be read, so it never rejects a map.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Seems {
    /// HTML: `<!DOCTYPE html>...`, with its title.
    WebPage(Option<String>),
    /// XML: `<?xml version="1.0"?><standards/>`, with the name of its root.
    Xml(String),
    /// CSV and the like: "a comma-separated table (CSV)".
    Table(&'static str),
    /// `format: tlevel-map`.
    Yaml,
    /// `# Maps` and paragraphs, or JSON inside a fence.
    Markdown,
    /// `%PDF-1.7`.
    Pdf,
    /// `{\rtf1`.
    RichText,
    /// `.xls` and `.doc`.
    OldOffice,
    /// A zip archive of an Office program: "an Excel workbook (.xlsx)".
    Office(&'static str),
    /// Any other zip archive.
    Zip,
    /// Compressed: the format, and the command that unpacks it.
    Compressed(&'static str, &'static str),
    /// A picture or another file of bytes: "a PNG picture".
    Binary(&'static str),
    /// `version https://git-lfs.github.com/spec/v1`.
    GitLfsPointer,
    /// `<<<<<<< HEAD`.
    MergeConflict,
    /// `HTTP/1.1 200 OK` before the content, with that line.
    HttpAnswer(String),
    /// `var data = [...]` or `callback([...])`, with what is before the JSON.
    JavaScript(String),
    /// `{'title': None}`, as Python prints it.
    SingleQuotes,
    /// JSON with `//` or `/*`.
    Comments,
    /// `{"statusCode": 401, "message": "Access denied"}`, with its words.
    ApiError(String),
    /// A JSON text that holds JSON: `"[{\"title\": ...}]"`.
    EncodedTwice,
    /// `[...] [...]`.
    ManyDocuments,
    /// `[]`, `{}` or `null`.
    EmptyAnswer(&'static str),
    /// `[{"title": "Roofer", "level": 2, "statements": []}]`.
    Occupations,
}

impl fmt::Display for Seems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seems::WebPage(Some(title)) => write!(f, "a web page (HTML) with the title \"{title}\""),
            Seems::WebPage(None) => f.write_str("a web page (HTML)"),
            Seems::Xml(root) => write!(f, "XML (it begins with <{root}>)"),
            Seems::Yaml => f.write_str("YAML"),
            Seems::Markdown => f.write_str("a Markdown page"),
            Seems::Pdf => f.write_str("a PDF document"),
            Seems::RichText => f.write_str("a rich text document (RTF)"),
            Seems::OldOffice => f.write_str("an Office file of the old kind (.xls or .doc)"),
            Seems::Table(what) | Seems::Office(what) | Seems::Binary(what) => f.write_str(what),
            Seems::Zip => f.write_str("a zip archive"),
            Seems::Compressed(how, _) => write!(f, "compressed with {how}"),
            Seems::GitLfsPointer => f.write_str("a pointer of git-lfs, without the file that it points to"),
            Seems::MergeConflict => f.write_str("a file with an unresolved merge conflict"),
            Seems::HttpAnswer(line) => write!(f, "an HTTP answer with its headers ({line})"),
            Seems::JavaScript(before) => write!(f, "JavaScript (it begins with {before})"),
            Seems::SingleQuotes => f.write_str("data as Python prints it, with single quotes"),
            Seems::Comments => f.write_str("JSON with comments"),
            Seems::ApiError(words) => write!(f, "the error answer of an API ({words})"),
            Seems::EncodedTwice => f.write_str("JSON inside a JSON text (encoded twice)"),
            Seems::ManyDocuments => f.write_str("several JSON documents one after another"),
            Seems::EmptyAnswer(found) => write!(f, "an empty answer ({found})"),
            Seems::Occupations => f.write_str("a list of occupations without a map around them"),
        }
    }
}

impl Seems {
    /// What to do next, in words.
    pub fn advice(&self) -> String {
        match self {
            Seems::WebPage(_) => "open the address in a browser to see what it says, and fetch the JSON instead",
            Seems::Table(_) | Seems::Xml(_) | Seems::Pdf | Seems::RichText | Seems::OldOffice | Seems::Office(_) => {
                "a map is JSON: fetch the same data as JSON"
            }
            Seems::Yaml => "write it as JSON: yq -o json FILE > map.json",
            Seems::Markdown => "save only the JSON, without the text around it",
            Seems::Zip => "unpack it, and give the JSON file that is inside",
            Seems::Compressed(_, command) => return format!("unpack it first: {command} FILE > map.json"),
            Seems::Binary(_) => "give the JSON file of the map",
            Seems::GitLfsPointer => "fetch the file itself: git lfs pull",
            Seems::MergeConflict => "resolve it, or fetch the file again",
            Seems::HttpAnswer(_) => "fetch it without the headers (curl without -i)",
            Seems::JavaScript(_) => "save only the JSON: from the first [ or { to the last ] or }",
            Seems::SingleQuotes => "write it as JSON: json.dump instead of print",
            Seems::Comments => "remove the comments",
            Seems::ApiError(_) => "check the address and the key, and fetch it again",
            Seems::EncodedTwice => "decode it once: jq -r . FILE > map.json",
            Seems::ManyDocuments => "join their records into one list: jq -s 'flatten(1)' FILE > map.json",
            Seems::EmptyAnswer(_) => "check what was asked for, and fetch it again",
            Seems::Occupations => "put them into a cluster of a map; to place them: tlevel suggest --new FILE",
        }
        .to_owned()
    }
}

/// The number of bytes examined.
const HEAD: usize = 4_096;

/// Guesses from the first bytes, for files that are not text.
pub(super) fn bytes(bytes: &[u8]) -> Option<Seems> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(match bytes {
        _ if starts(b"%PDF-") => Seems::Pdf,
        _ if starts(b"{\\rtf") => Seems::RichText,
        _ if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => Seems::OldOffice,
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => zip(bytes),
        _ if starts(b"\x1f\x8b") => Seems::Compressed("gzip", "gzip -dc"),
        _ if starts(b"BZh") => Seems::Compressed("bzip2", "bzip2 -dc"),
        _ if starts(b"\xfd7zXZ\0") => Seems::Compressed("xz", "xz -dc"),
        _ if starts(b"\x28\xb5\x2f\xfd") => Seems::Compressed("zstd", "zstd -dc"),
        _ if starts(b"7z\xbc\xaf\x27\x1c") => Seems::Compressed("7-Zip", "7z x -so"),
        _ if starts(b"Rar!\x1a\x07") => Seems::Compressed("RAR", "unrar p -inul"),
        _ if bytes.get(257..262) == Some(b"ustar") => Seems::Binary("a tar archive"),
        _ if starts(b"\x89PNG\r\n") => Seems::Binary("a PNG picture"),
        _ if starts(b"\xff\xd8\xff") => Seems::Binary("a JPEG picture"),
        _ if starts(b"GIF8") => Seems::Binary("a GIF picture"),
        _ if starts(b"SQLite format 3\0") => Seems::Binary("an SQLite database"),
        _ if starts(b"PAR1") => Seems::Binary("a Parquet table"),
        _ => return None,
    })
}

/// The type of archive, by the names of its files: the first ones are at the
/// beginning, all of them at the end.
fn zip(bytes: &[u8]) -> Seems {
    let head = &bytes[..bytes.len().min(HEAD)];
    let tail = &bytes[bytes.len().saturating_sub(HEAD)..];
    let holds = |name: &str| [head, tail].iter().any(|part| part.windows(name.len()).any(|w| w == name.as_bytes()));
    for (name, what) in [
        ("vnd.oasis.opendocument.spreadsheet", "a spreadsheet (.ods)"),
        ("vnd.oasis.opendocument.text", "a text document (.odt)"),
        ("xl/workbook", "an Excel workbook (.xlsx)"),
        ("xl/_rels", "an Excel workbook (.xlsx)"),
        ("word/", "a Word document (.docx)"),
        ("ppt/", "a PowerPoint presentation (.pptx)"),
    ] {
        if holds(name) {
            return Seems::Office(what);
        }
    }
    Seems::Zip
}

/// Guesses for a text that is not JSON.
pub(super) fn text(text: &str) -> Option<Seems> {
    if let Some(seems) = bytes(text.as_bytes()) {
        return Some(seems);
    }
    let all = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let end = (0..=all.len().min(HEAD)).rev().find(|end| all.is_char_boundary(*end)).unwrap_or_default();
    let head = &all[..end];
    let first = head.lines().next().unwrap_or_default();
    if first.starts_with("version https://git-lfs") || first.starts_with("/annex/objects/") {
        return Some(Seems::GitLfsPointer);
    }
    if first.starts_with("<<<<<<< ") || text.contains("\n<<<<<<< ") && text.contains("\n>>>>>>> ") {
        return Some(Seems::MergeConflict);
    }
    if first.starts_with("HTTP/") {
        return Some(Seems::HttpAnswer(excerpt(first, 40)));
    }
    if head.starts_with('<') {
        return Some(markup(head));
    }
    if head.starts_with("//") || head.starts_with("/*") {
        let is_script = head.lines().any(|line| script(line).is_some());
        return Some(if is_script {
            Seems::JavaScript(format!("\"{}\"", excerpt(first, 30)))
        } else {
            Seems::Comments
        });
    }
    if let Some(before) = script(head) {
        return Some(Seems::JavaScript(format!("\"{}\"", excerpt(before, 30))));
    }
    if head.starts_with(['{', '[']) {
        return bracketed(all, head);
    }
    if head.starts_with("```") {
        return Some(Seems::Markdown);
    }
    if let Some(parted) = table(head) {
        return Some(Seems::Table(parted));
    }
    if is_yaml(head) {
        return Some(Seems::Yaml);
    }
    let is_markdown = |line: &str| {
        let rest = line.trim_start_matches('#');
        rest.len() < line.len() && rest.starts_with(' ') || line.starts_with("===")
    };
    head.lines().any(is_markdown).then_some(Seems::Markdown)
}

/// Guesses for a text that begins as JSON does.
fn bracketed(all: &str, head: &str) -> Option<Seems> {
    let mut documents = serde_json::Deserializer::from_str(all).into_iter::<serde::de::IgnoredAny>();
    if documents.next().is_some_and(|first| first.is_ok()) {
        let rest = all.get(documents.byte_offset()..).unwrap_or_default().trim_start();
        return rest.starts_with(['{', '[']).then_some(Seems::ManyDocuments);
    }
    let inner = head.trim_start_matches(['{', '[', ' ', '\n', '\r', '\t']);
    if inner.starts_with('\'') {
        return Some(Seems::SingleQuotes);
    }
    (inner.starts_with("//") || inner.starts_with("/*")).then_some(Seems::Comments)
}

fn markup(head: &str) -> Seems {
    let lower = head.to_ascii_lowercase();
    if !["<!doctype html", "<html", "<head", "<body", "<script"].iter().any(|tag| lower.contains(tag)) {
        let is_root = |tag: &&str| tag.starts_with(|c: char| c.is_alphabetic());
        let root = head.split('<').skip(1).find(is_root).unwrap_or("?xml");
        let name = root.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
        return Seems::Xml(excerpt(name, 40));
    }
    // only ASCII letters change, so that positions still match
    let title = lower.find("<title").and_then(|at| {
        let from = at + lower[at..].find('>')? + 1;
        let to = from + lower[from..].find('<')?;
        Some(excerpt(&head[from..to], 60)).filter(|title| !title.is_empty())
    });
    Seems::WebPage(title)
}

/// The text before the JSON in a script: `callback(`, `var data =`,
/// `export default`, or a guard such as `)]}',`.
fn script(head: &str) -> Option<&str> {
    for guard in [
        ")]}'",
        "while(1);",
        "for(;;);",
        "for (;;);",
        "export default",
        "module.exports",
        "\"use strict\"",
        "'use strict'",
    ] {
        if head.starts_with(guard) {
            return Some(guard);
        }
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '[' | ']' | '"' | '\'');
    let (keyword, rest) = match head.split_once(' ') {
        Some((word @ ("var" | "let" | "const"), rest)) => (word.len() + 1, rest),
        _ => (0, head),
    };
    let begins = |c: char| c.is_alphabetic() || matches!(c, '_' | '$');
    let name = rest.find(|c: char| !is_name(c)).filter(|_| rest.starts_with(begins))?;
    let after = rest[name..].trim_start();
    let gap = rest.len() - name - after.len();
    let sign = after.chars().next()?;
    let value = after.strip_prefix(['=', '('])?.trim_start_matches(['=', '(']).trim_start();
    let is_script = match sign {
        '(' => gap == 0 && value.starts_with(['{', '[', '"', ')']),
        '=' => keyword > 0 || value.starts_with(['{', '[', '"']),
        _ => false,
    };
    is_script.then(|| &head[..=keyword + name + gap])
}

/// The type of table, if the first lines are rows of one.
fn table(head: &str) -> Option<&'static str> {
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let (first, second) = (lines.next()?, lines.next());
    for (mark, name) in [
        ('\t', "a tab-separated table (TSV)"),
        (';', "a semicolon-separated table (CSV)"),
        (',', "a comma-separated table (CSV)"),
    ] {
        let parts = |line: &str| {
            let mut is_quoted = false;
            let mut is_part = |c: &char| {
                is_quoted ^= *c == '"';
                *c == mark && !is_quoted
            };
            line.chars().filter(|c| is_part(c)).count()
        };
        let many = parts(first);
        if many > 0 && second.map_or(many > 1, |second| parts(second) > 0) && !first.contains(": ") {
            return Some(name);
        }
    }
    first.to_ascii_lowercase().starts_with("sep=").then_some("a table (CSV)")
}

/// Whether the first line that is not blank is `key: value` or `- item`.
fn is_yaml(head: &str) -> bool {
    if head.starts_with("---") || head.starts_with("%YAML") {
        return true;
    }
    let mut lines = head.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let Some(first) = lines.next() else { return false };
    let item = first.strip_prefix("- ").unwrap_or(first);
    let is_word = |key: &str| {
        !key.is_empty()
            && key.len() <= 40
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''))
    };
    item.split_once(':').is_some_and(|(key, value)| is_word(key) && (value.is_empty() || value.starts_with(' ')))
}

/// Guesses for JSON that is not a map.
pub(super) fn json(root: &Node<'_>) -> Option<Seems> {
    match root {
        Node::Null => Some(Seems::EmptyAnswer("null")),
        Node::List(items) if items.is_empty() => Some(Seems::EmptyAnswer("[]")),
        Node::Record(members) if members.is_empty() => Some(Seems::EmptyAnswer("{}")),
        Node::Text(inner) if inner.trim().is_empty() => Some(Seems::EmptyAnswer("\"\"")),
        Node::Text(inner) => {
            let is_json = inner.trim_start().starts_with(['{', '['])
                && serde_json::from_str::<serde::de::IgnoredAny>(inner).is_ok();
            if is_json {
                Some(Seems::EncodedTwice)
            } else {
                text(inner).filter(|seems| matches!(seems, Seems::WebPage(_)))
            }
        }
        Node::List(items) => match items.as_slice() {
            [one] if api_error(one).is_some() => api_error(one),
            _ => items.iter().all(is_occupation).then_some(Seems::Occupations),
        },
        _ => api_error(root),
    }
}

fn is_occupation(node: &Node<'_>) -> bool {
    node.get("title").is_some()
        && ["level", "statements", "overview", "job_titles", "id"].iter().any(|name| node.get(name).is_some())
}

/// The maximum number of members of an error response.
const MEMBERS: usize = 16;

fn api_error(root: &Node<'_>) -> Option<Seems> {
    let Node::Record(members) = root else { return None };
    if members.len() > MEMBERS
        || ["format", "routes"].iter().any(|name| root.get(name).is_some())
        || records::holds_record(root)
    {
        return None;
    }
    let get = |node: &Node<'_>, name: &str| -> Option<String> {
        let Node::Record(members) = node else { return None };
        let value = &members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1;
        match value {
            Node::Text(text) => Some(excerpt(text, 100)).filter(|text| !text.is_empty()),
            Node::Number(number) => Some(number.to_string()),
            _ => None,
        }
    };
    let words = |node: &Node<'_>| {
        ["message", "detail", "error_description", "faultstring", "statusMessage", "errorMessage", "title", "reason"]
            .iter()
            .find_map(|name| get(node, name))
    };
    let status = |node: &Node<'_>| {
        ["statusCode", "status", "code", "errorCode"].iter().find_map(|name| get(node, name)).filter(|s| s.len() <= 40)
    };
    // the error may be in a record of its own, or in the first of a list
    let of = |name: &str| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let inner = ["error", "errors", "fault"].iter().find_map(|name| of(name)).map(|inner| match inner {
        Node::List(items) => items.first().unwrap_or(inner),
        _ => inner,
    });
    let inner_words = inner.and_then(|inner| match inner {
        Node::Text(text) => Some(excerpt(text, 100)),
        inner => words(inner),
    });
    let is_failure = status(root).and_then(|status| status.parse::<u16>().ok()).is_some_and(|code| code >= 300);
    let has_words = ["message", "error_description", "errorMessage"].iter().any(|name| of(name).is_some());
    let is_error =
        inner_words.is_some() || is_failure || has_words && members.len() <= 6 || has_words && status(root).is_some();
    if !is_error {
        return None;
    }
    let words = match (words(root), inner_words) {
        (Some(own), Some(inner)) if own != inner => format!("{inner}: {own}"),
        (own, inner) => own.or(inner).unwrap_or_default(),
    };
    let words = words.trim_end_matches('.').to_owned();
    let status = status(root).or_else(|| inner.and_then(status)).filter(|status| *status != words);
    let told: Vec<String> = status.into_iter().chain(Some(words).filter(|words| !words.is_empty())).collect();
    Some(Seems::ApiError(told.join(": ")))
}
