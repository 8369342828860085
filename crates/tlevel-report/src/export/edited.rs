//! Whether a person has changed a Word or Excel file.

use std::io::{Cursor, Read as _};

/// The most bytes of the properties that are read.
const MOST: u64 = 1 << 20;

/// Whether a Word or Excel file was saved by another program after this one wrote
/// it: office programs then set the date of its last change. Files of
/// other kinds, and what is no file of these, count as not edited.
///
/// # Examples
///
/// ```
/// use tlevel_report::{document::Document, export};
///
/// let written = export::docx(&Document::new("Onsite construction"))?;
/// assert!(!export::is_edited(&written));
/// assert!(!export::is_edited(b"no document"));
/// # Ok::<(), tlevel_report::export::DocumentError>(())
/// ```
pub fn is_edited(bytes: &[u8]) -> bool {
    let Ok(mut file) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut properties = String::new();
    let Ok(part) = file.by_name("docProps/core.xml") else { return false };
    if part.take(MOST).read_to_string(&mut properties).is_err() {
        return false;
    }
    let date = |name: &str| {
        let (_, after) = properties.split_once(&format!("<dcterms:{name}"))?;
        let (value, _) = after.split_once('>')?.1.split_once('<')?;
        Some(value.trim().to_owned())
    };
    date("created") != date("modified")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::is_edited;
    use crate::document::Document;
    use crate::export;

    fn with_properties(properties: &str) -> Vec<u8> {
        let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        file.start_file("docProps/core.xml", zip::write::SimpleFileOptions::default()).expect("a part");
        file.write_all(properties.as_bytes()).expect("written");
        file.finish().expect("a file").into_inner()
    }

    #[test]
    fn what_was_saved_later_is_edited() {
        let mut document = Document::new("Draft");
        for date in [None, Some("2026-11-24".to_owned())] {
            document.date = date;
            assert!(!is_edited(&export::docx(&document).unwrap()));
            assert!(!is_edited(&export::xlsx(&document).unwrap()));
        }
        let dated = |created: &str, modified: &str| {
            format!(
                "<dcterms:created x=\"y\">{created}</dcterms:created><dcterms:modified>{modified}</dcterms:modified>"
            )
        };
        assert!(is_edited(&with_properties(&dated("2026-11-24T00:00:00Z", "2026-11-25T10:00:00Z"))));
        assert!(!is_edited(&with_properties(&dated("2026-11-24T00:00:00Z", "2026-11-24T00:00:00Z"))));
        assert!(is_edited(&with_properties("<dcterms:modified>2026</dcterms:modified>")));
        assert!(!is_edited(&with_properties("")) && !is_edited(b"PK\x03\x04 and no more"));
    }
}
