//! How a result is printed: one rule for every command.
//!
//! `--format` says how; else the ending of `-o FILE`; else it is text.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use tlevel_report::document::Document;
use tlevel_report::export;

use super::output::{Files, Output};
use super::{Stop, output};

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// To read in a terminal
    #[value(alias = "txt")]
    Text,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A page for a browser
    Html,
    /// A document for Word
    #[value(alias = "word")]
    Docx,
    /// A workbook for Excel
    #[value(alias = "excel")]
    Xlsx,
    /// A table, where the result is one
    Csv,
    /// The result as data
    Json,
}

/// The options of a command that prints a result.
#[derive(Debug, Args)]
pub(crate) struct PrintOptions {
    /// How to print the result; without it the ending of FILE says so, and
    /// standard output is text
    #[arg(long, value_enum, hide_possible_values = true, value_name = "text|markdown|html|docx|xlsx|csv|json")]
    format: Option<Format>,
    /// Write to a file instead of standard output; its ending picks the format
    /// (txt, md, html, docx, xlsx, csv, json)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Where a result goes, and how.
pub(crate) struct Print {
    pub(crate) format: Format,
    pub(crate) output: Output,
}

impl PrintOptions {
    /// The output, which none of the files that are read may be.
    pub(crate) fn open(&self, files: &mut Files) -> Result<Print, Stop> {
        let output = files.output(self.output.as_deref())?;
        let format = self.format.map_or_else(|| Format::of(&output), Ok)?;
        Ok(Print { format, output })
    }
}

impl Format {
    /// The format of an output: text for standard output, for a file without an
    /// ending, and for a device or a pipe whose name says no other.
    pub(crate) fn of(output: &Output) -> Result<Self, Stop> {
        let Some(path) = output.path() else { return Ok(Format::Text) };
        match Format::of_ending(&[], path) {
            Err(_) if output.is_stream() || path.extension().is_none() => Ok(Format::Text),
            format => format,
        }
    }

    /// The format of a file, where other endings are taken besides.
    pub(crate) fn of_ending(others: &[&str], path: &Path) -> Result<Self, Stop> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("txt") => Ok(Format::Text),
            Some("md") => Ok(Format::Markdown),
            Some("html") => Ok(Format::Html),
            Some("xlsx") => Ok(Format::Xlsx),
            Some("docx") => Ok(Format::Docx),
            Some("csv") => Ok(Format::Csv),
            Some("json") => Ok(Format::Json),
            _ => {
                let (name, others) = (path.display(), others.iter().map(|ending| format!(".{ending}, ")));
                Err(Stop::new(format!(
                    "{name}: the ending says no format; give one that ends in {}.docx, .xlsx, .html, .md, .json or .txt",
                    others.collect::<String>()
                )))
            }
        }
    }
}

impl Print {
    /// The layout of text: as the terminal is, or plain for a file.
    pub(crate) fn layout(&self, full: bool) -> tlevel_report::Layout {
        super::layout(full, self.output.path().is_some())
    }

    /// Prints a result: as data, or as the document that reports it.
    pub(crate) fn result(
        self,
        result: &impl Serialize,
        document: impl FnOnce() -> Document,
        full: bool,
    ) -> Result<(), Stop> {
        match self.format {
            Format::Json => self.output.write(&output::json(result)?),
            _ => self.document(&document(), full),
        }
    }

    /// Prints a document.
    pub(crate) fn document(self, document: &Document, full: bool) -> Result<(), Stop> {
        let text = match self.format {
            Format::Text => export::terminal(document, &self.layout(full)),
            Format::Markdown => export::markdown(document),
            Format::Html => export::html(document),
            Format::Csv => export::csv(document).ok_or_else(|| {
                Stop::new(
                    "the result is not one table, and CSV holds nothing else; choose .xlsx, .json or another format",
                )
            })?,
            Format::Json => output::json(document)?,
            Format::Docx | Format::Xlsx => return self.office(document),
        };
        self.output.write(&text)
    }

    #[cfg(feature = "office")]
    fn office(self, document: &Document) -> Result<(), Stop> {
        let written = if self.format == Format::Xlsx { export::xlsx(document) } else { export::docx(document) };
        self.output.write_bytes(&written.map_err(Stop::new)?)
    }

    #[cfg(not(feature = "office"))]
    fn office(self, _: &Document) -> Result<(), Stop> {
        let message =
            "this program was built without Word and Excel; build it with the feature \"office\", or take .html";
        Err(Stop::new(message))
    }
}
