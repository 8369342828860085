//! The codes that a draft carries out of sight, so that an edited file still has them.

use std::io::{Cursor, Read as _};

use tlevel::derive::Codes;
use tlevel::table::Columns;

use crate::workbook::read_table;

/// The hidden sheet of a workbook, and the heading of its one column.
pub(crate) const SHEET: &str = "Codes";
pub(crate) const HEADING: &str = "tlevel codes";
/// The namespace of the part of a Word file.
const NAMESPACE: &str = "urn:tlevel:codes";
/// The most bytes of a part that are read.
const MOST: u64 = 64 << 20;
/// The longest text of a code in a cell, in characters.
const LONGEST: usize = 5_000;

const COLUMNS: &[Columns] = &[Columns::new("the codes of a draft", &[HEADING])];

/// Why the codes of a draft cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodesError {
    /// Nothing that a draft with codes is: `read_codes(b"a letter")`.
    #[error(
        "holds no codes of a draft; give the Word or Excel file that tlevel spec wrote, as it was or edited, or its JSON"
    )]
    NoCodes,
    /// Codes that are cut off or changed by hand: `read_codes(b"{\"format\":\"tlevel-codes\"}")`.
    #[error("its codes are damaged ({reason}); give another copy of the draft")]
    Damaged {
        /// What is wrong with them.
        reason: String,
    },
}

/// Reads the codes of a draft: of a Word file (`.docx`), a workbook (`.xlsx`, `.ods`)
/// or JSON, as written or edited since.
///
/// # Errors
///
/// [`CodesError`]: the file holds no codes, or they are damaged.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Codes;
/// use tlevel_report::{document::Document, export, read_codes};
///
/// let mut document = Document::new("Onsite construction");
/// document.codes = Some(Codes::next(None, Vec::new()));
/// assert_eq!(read_codes(&export::docx(&document)?)?.draft(), 1);
/// assert_eq!(read_codes(&export::xlsx(&document)?)?.draft(), 1);
/// assert!(read_codes(b"a letter").unwrap_err().to_string().starts_with("holds no codes of a draft"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of the file.
pub fn read_codes(bytes: &[u8]) -> Result<Codes, CodesError> {
    if !bytes.starts_with(b"PK") {
        return of_json(bytes);
    }
    of_word(bytes).unwrap_or_else(|| of_workbook(bytes))
}

/// A draft as data, or its codes.
fn of_json(bytes: &[u8]) -> Result<Codes, CodesError> {
    let mut value: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| CodesError::NoCodes)?;
    let codes = match value.get("format").and_then(serde_json::Value::as_str) {
        Some("tlevel-codes") => value,
        _ => {
            value.get_mut("codes").map(serde_json::Value::take).filter(|v| v.is_object()).ok_or(CodesError::NoCodes)?
        }
    };
    serde_json::from_value(codes).map_err(damaged)
}

fn damaged(reason: impl std::fmt::Display) -> CodesError {
    CodesError::Damaged { reason: reason.to_string() }
}

/// The codes in a part of a Word file; `None` if it is none.
fn of_word(bytes: &[u8]) -> Option<Result<Codes, CodesError>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    archive.by_name("word/document.xml").ok()?;
    let is_part =
        |name: &&str| name.strip_prefix("customXml/item").is_some_and(|rest| rest.strip_suffix(".xml").is_some());
    let names: Vec<String> = archive.file_names().filter(is_part).map(str::to_owned).collect();
    for name in names {
        let mut xml = String::new();
        let read = archive.by_name(&name).map(|part| part.take(MOST).read_to_string(&mut xml));
        if !matches!(read, Ok(Ok(_))) {
            continue;
        }
        let Ok(part) = roxmltree::Document::parse(&xml) else { continue };
        let root = part.root_element();
        if root.tag_name().namespace() == Some(NAMESPACE) {
            return Some(serde_json::from_str(root.text().unwrap_or_default()).map_err(damaged));
        }
    }
    Some(Err(CodesError::NoCodes))
}

/// The codes in the hidden sheet of a workbook.
fn of_workbook(bytes: &[u8]) -> Result<Codes, CodesError> {
    let table = read_table(bytes, COLUMNS).map_err(|_| CodesError::NoCodes)?;
    let mut rows = table.rows().map(|row| row.cell(HEADING));
    let head = rows.next().ok_or(CodesError::NoCodes)?;
    let mut head: serde_json::Value = serde_json::from_str(head).map_err(damaged)?;
    let codes: Result<Vec<serde_json::Value>, _> = rows.map(serde_json::from_str).collect();
    let codes = codes.map_err(damaged)?;
    let head_fields = head.as_object_mut().ok_or_else(|| damaged("the first row is no object"))?;
    head_fields.insert("codes".to_owned(), codes.into());
    serde_json::from_value(head).map_err(damaged)
}

/// The codes as rows of the hidden sheet: what they are, then one a row.
pub(crate) fn rows(codes: &Codes) -> Vec<String> {
    let Ok(serde_json::Value::Object(mut head)) = serde_json::to_value(codes) else { return Vec::new() };
    head.remove("codes");
    let mut rows = vec![serde_json::Value::Object(head).to_string()];
    for code in codes.codes() {
        let mut code = code.clone();
        if code.text.chars().count() > LONGEST {
            code.text = code.text.chars().take(LONGEST).collect();
        }
        rows.extend(serde_json::to_string(&code));
    }
    rows
}

/// The relationship of a Word document with its codes.
pub(crate) const RELATIONSHIP: &str = "<Relationship Id=\"rIdCodes\" \
     Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml\" \
     Target=\"../customXml/item1.xml\"/>";

/// The end of the list of content types of a Word file with codes.
pub(crate) const CONTENT_TYPE: &str = "<Override PartName=\"/customXml/itemProps1.xml\" \
     ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/></Types>";

/// The properties of the part, without which office programs do not keep it.
const PROPERTIES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
     <ds:datastoreItem ds:itemID=\"{5D1C0DE5-74EC-4C0D-8E3A-9B1D2C3E4F50}\" \
     xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs>\
     <ds:schemaRef ds:uri=\"urn:tlevel:codes\"/></ds:schemaRefs></ds:datastoreItem>";

const PROPERTIES_RELATIONSHIP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
     <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
     Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps\" \
     Target=\"itemProps1.xml\"/></Relationships>";

/// The codes as parts of a Word file.
pub(crate) fn parts(codes: &Codes) -> [(String, Vec<u8>); 3] {
    let json = serde_json::to_string(codes).unwrap_or_default();
    // XML allows no other character below the space, and JSON escapes those
    let json = html_escape::encode_text(&json).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    let item = format!("{head}\n<codes xmlns=\"{NAMESPACE}\">{json}</codes>");
    [
        ("customXml/item1.xml".to_owned(), item.into_bytes()),
        ("customXml/itemProps1.xml".to_owned(), PROPERTIES.as_bytes().to_vec()),
        ("customXml/_rels/item1.xml.rels".to_owned(), PROPERTIES_RELATIONSHIP.as_bytes().to_vec()),
    ]
}
