//! The formats of documents, by the ending of the file.

use std::path::Path;

use tlevel_report::document::{self, Document};

use super::output::Output;
use super::{Stop, output};

/// How a document is written.
#[derive(Clone, Copy)]
pub(crate) enum DocumentFormat {
    Text,
    Markdown,
    Html,
    Json,
    Word,
    Excel,
}

impl DocumentFormat {
    /// The format of a file; text for standard output, and for a device or a
    /// pipe whose name says no other.
    pub(crate) fn of(output: &Output) -> Result<Self, Stop> {
        let Some(path) = output.path() else { return Ok(DocumentFormat::Text) };
        match DocumentFormat::beside(&[], path) {
            Err(_) if output.is_stream() => Ok(DocumentFormat::Text),
            format => format,
        }
    }

    /// The format of a file, where other endings are taken besides.
    pub(crate) fn beside(others: &[&str], path: &Path) -> Result<Self, Stop> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("txt") => Ok(DocumentFormat::Text),
            Some("md") => Ok(DocumentFormat::Markdown),
            Some("html") => Ok(DocumentFormat::Html),
            Some("xlsx") => Ok(DocumentFormat::Excel),
            Some("docx") => Ok(DocumentFormat::Word),
            Some("json") => Ok(DocumentFormat::Json),
            _ => {
                let (name, others) = (path.display(), others.iter().map(|ending| format!(".{ending}, ")));
                Err(Stop::new(format!(
                    "{name}: the ending says no format; give one that ends in {}.docx, .xlsx, .html, .md, .json or .txt",
                    others.collect::<String>()
                )))
            }
        }
    }

    /// Writes a document to a file, or to standard output.
    pub(crate) fn write(self, document: &Document, output: Output) -> Result<(), Stop> {
        let text = match self {
            DocumentFormat::Text => document::text(document, &super::layout(true, output.path().is_some())),
            DocumentFormat::Markdown => document::markdown(document),
            DocumentFormat::Html => document::html(document),
            DocumentFormat::Json => output::json(document)?,
            DocumentFormat::Word | DocumentFormat::Excel => return self.office(document, output),
        };
        output.write(&text)
    }

    #[cfg(feature = "office")]
    fn office(self, document: &Document, output: Output) -> Result<(), Stop> {
        let written = match self {
            DocumentFormat::Excel => document::xlsx(document),
            _ => document::docx(document),
        };
        output.write_bytes(&written.map_err(Stop::new)?)
    }

    #[cfg(not(feature = "office"))]
    fn office(self, _: &Document, _: Output) -> Result<(), Stop> {
        let message =
            "this program was built without Word and Excel; build it with the feature \"office\", or take .html";
        Err(Stop::new(message))
    }
}
