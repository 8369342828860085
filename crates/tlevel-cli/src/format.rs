//! How a result is printed: one rule for every command.
//!
//! `--format` says how; else the ending of `-o FILE`; else it is text.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use tlevel_report::document::{Block, Document, Listing, Span};
use tlevel_report::export;

use super::output::{Files, Output};
use super::{Stop, output, say};

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
    /// The picture alone, where the result has one
    Svg,
    /// The result as data
    Json,
}

/// The options of a command that prints a result.
#[derive(Debug, Args)]
pub(crate) struct PrintOptions {
    /// How to print the result; without it by the ending of FILE, else as text
    /// unless the command says another format below
    #[arg(long, value_enum, hide_possible_values = true, value_name = "text|markdown|html|docx|xlsx|csv|svg|json")]
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
        self.open_as(Format::Text, &[], files)
    }

    /// The output of a command whose usual format is another than text; files of
    /// these endings have it too.
    pub(crate) fn open_as(&self, usual: Format, endings: &[&str], files: &mut Files) -> Result<Print, Stop> {
        let output = files.output(self.output.as_deref())?;
        let format = self.format.map_or_else(|| Format::of(&output, usual, endings), Ok)?;
        Ok(Print { format, output })
    }
}

impl Format {
    /// The format of an output: the usual one for standard output, for a file
    /// without an ending or with one of those given, and for a device or a pipe
    /// whose name says no other.
    pub(crate) fn of(output: &Output, usual: Format, endings: &[&str]) -> Result<Self, Stop> {
        let Some(path) = output.path() else { return Ok(usual) };
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("txt") => Ok(Format::Text),
            Some("md") => Ok(Format::Markdown),
            Some("html") => Ok(Format::Html),
            Some("xlsx") => Ok(Format::Xlsx),
            Some("docx") => Ok(Format::Docx),
            Some("csv") => Ok(Format::Csv),
            Some("json") => Ok(Format::Json),
            Some(ending) if endings.contains(&ending) => Ok(usual),
            _ if output.is_stream() || path.extension().is_none() => Ok(usual),
            _ => {
                let (name, endings) = (path.display(), endings.iter().map(|ending| format!(".{ending}, ")));
                Err(Stop::new(format!(
                    "{name}: the ending says no format; give one that ends in {}.docx, .xlsx, .html, .md, .json or .txt",
                    endings.collect::<String>()
                )))
            }
        }
    }
}

impl Print {
    /// Whether it is text on standard output, for a person to read at once.
    pub(crate) fn is_for_the_terminal(&self) -> bool {
        self.format == Format::Text && self.output.path().is_none()
    }

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
            Format::Csv => return self.csv(document),
            Format::Svg => export::svg(document).ok_or_else(|| {
                Stop::new(
                    "the result has no picture, and SVG holds nothing else; choose .html, .docx or another format",
                )
            })?,
            Format::Json => output::json(document)?,
            Format::Docx | Format::Xlsx => return self.office(document),
        };
        self.output.write(&text)
    }

    /// Prints the table of a document; the notes, which CSV has no room for, are
    /// said on standard error.
    fn csv(self, document: &Document) -> Result<(), Stop> {
        let message = "the result is not one table, and CSV holds nothing else; choose .xlsx, .json or another format";
        self.output.write(&export::csv(document).ok_or_else(|| Stop::new(message))?)?;
        for block in document.listed(Listing::File) {
            if let Block::Note { spans, .. } = block {
                say(&spans.iter().map(Span::shown).collect::<String>());
            }
        }
        Ok(())
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
