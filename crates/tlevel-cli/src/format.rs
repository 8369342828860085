//! The format of a result: one rule for every command.
//!
//! `--format` picks it, or else the ending of `-o FILE`, or else it is text.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use tlevel_report::document::{Block, Document, Listing, Span};
use tlevel_report::export;

use super::output::{Files, Output};
use super::{Stop, output, say};

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for a terminal
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
    /// One table
    Csv,
    /// One table with types, for statistics programs and databases
    Parquet,
    /// Only the picture, if the result has one
    Svg,
    /// Only the picture in pixels, 200 in an inch
    Png,
    /// Only the pictures, as vectors, a page each
    Pdf,
    /// The result as data
    Json,
}

/// The options of a command that prints a result.
#[derive(Clone, Debug, Args)]
pub(crate) struct PrintOptions {
    /// Format of the result; by default the ending of FILE picks it, or it is text
    /// (unless the command names another format below)
    #[arg(
        help_heading = "Output",
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "text|markdown|html|docx|xlsx|csv|parquet|svg|png|pdf|json"
    )]
    format: Option<Format>,
    /// Write to a file instead of standard output; its ending picks the format
    /// (txt, md, html, docx, xlsx, csv, parquet, svg, png, pdf, json)
    #[arg(help_heading = "Output", short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    force: ForceOption,
}

/// Whether a file that someone has edited may be replaced.
#[derive(Clone, Debug, Args)]
pub(crate) struct ForceOption {
    /// Replace a Word or Excel file that someone has edited
    #[arg(help_heading = "Output", long)]
    force: bool,
}

impl ForceOption {
    /// Lets a run replace such files, if it was asked to.
    pub(crate) fn apply(&self, files: &mut Files) {
        if self.force {
            files.replace_edited();
        }
    }
}

/// Where a result goes, and in which format.
pub(crate) struct Print {
    pub(crate) format: Format,
    pub(crate) output: Output,
    /// The look of a Word file, if it is not our own.
    #[cfg(feature = "office")]
    pub(crate) template: Option<export::Template>,
}

impl PrintOptions {
    /// The file to write; `None` for standard output.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// A further file, whose ending picks the format.
    pub(crate) fn file(path: &Path) -> PrintOptions {
        PrintOptions { format: None, output: Some(path.to_owned()), force: ForceOption { force: false } }
    }

    /// Opens the output, which must not be a file that the command reads.
    pub(crate) fn open(&self, files: &mut Files) -> Result<Print, Stop> {
        self.open_as(Format::Text, &[], files)
    }

    /// Opens the output of a command whose usual format is not text; files with
    /// these endings get that format too.
    pub(crate) fn open_as(&self, usual: Format, endings: &[&str], files: &mut Files) -> Result<Print, Stop> {
        self.force.apply(files);
        let output = files.output(self.output.as_deref())?;
        let format = self.format.map_or_else(|| Format::of(&output, usual, endings), Ok)?;
        Ok(Print::new(format, output))
    }
}

impl Format {
    /// Whether it holds one table.
    pub(crate) fn is_table(self) -> bool {
        matches!(self, Format::Csv | Format::Parquet)
    }

    /// The format of an output: the usual one for standard output, for a file
    /// without an ending or with one of `endings`, and for a device or a pipe
    /// whose name gives no other.
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
            Some("parquet") => Ok(Format::Parquet),
            Some("json") => Ok(Format::Json),
            Some("svg") => Ok(Format::Svg),
            Some("png") => Ok(Format::Png),
            Some("pdf") => Ok(Format::Pdf),
            Some(ending) if endings.contains(&ending) => Ok(usual),
            _ if output.is_stream() || path.extension().is_none() => Ok(usual),
            _ => {
                let (name, endings) = (path.display(), endings.iter().map(|ending| format!(".{ending}, ")));
                Err(Stop::new(format!(
                    "{name}: the ending is not a known format; use {}.docx, .xlsx, .html, .md, .json or .txt",
                    endings.collect::<String>()
                )))
            }
        }
    }
}

impl Print {
    pub(crate) fn new(format: Format, output: Output) -> Self {
        Print {
            format,
            output,
            #[cfg(feature = "office")]
            template: None,
        }
    }

    /// Gives a Word file the look of a template.
    #[cfg(feature = "office")]
    pub(crate) fn with_template(mut self, path: &std::path::Path) -> Result<Self, Stop> {
        if self.format != Format::Docx {
            return Err(Stop::new(
                "--template: only a Word file has a template; give -o and a name that ends in .docx",
            ));
        }
        let input = super::input::Input::file(path)?;
        self.template = Some(export::Template::read(&input.bytes).map_err(|error| input.stop(error))?);
        Ok(self)
    }

    /// Whether it is text on standard output.
    pub(crate) fn is_for_the_terminal(&self) -> bool {
        self.format == Format::Text && self.output.path().is_none()
    }

    /// The layout of text: for the terminal, or plain for a file.
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
            Format::Csv | Format::Parquet => return self.table(document),
            Format::Svg => export::svg(document).ok_or_else(|| no_picture("SVG"))?,
            Format::Png => return png(self.output, document),
            Format::Pdf => return pdf(self.output, document),
            Format::Json => output::json(document)?,
            Format::Docx | Format::Xlsx => return self.office(document),
        };
        self.output.write(&text)
    }

    /// Prints a document as one table; its notes, for which that has no room, go to
    /// standard error.
    fn table(self, document: &Document) -> Result<(), Stop> {
        if self.format == Format::Parquet {
            parquet(self.output, document)?;
        } else {
            self.output.write(&export::csv(document))?;
        }
        for block in document.listed(Listing::File) {
            if let Block::Note { spans, .. } = block {
                say(&spans.iter().map(Span::shown).collect::<String>());
            }
        }
        Ok(())
    }

    #[cfg(feature = "office")]
    fn office(self, document: &Document) -> Result<(), Stop> {
        let written = match &self.template {
            _ if self.format == Format::Xlsx => export::xlsx(document),
            Some(template) => export::docx_in(document, template),
            None => export::docx(document),
        };
        self.output.write_bytes(&written.map_err(Stop::new)?)
    }

    #[cfg(not(feature = "office"))]
    fn office(self, _: &Document) -> Result<(), Stop> {
        let message =
            "this program was built without Word and Excel; build it with the feature \"office\", or use .html";
        Err(Stop::new(message))
    }
}

/// Writes the picture of a document as PNG; standard error says if it is coarser
/// than usual.
#[cfg(feature = "pictures")]
pub(crate) fn png(output: Output, document: &Document) -> Result<(), Stop> {
    let png = export::png(document).ok_or_else(|| no_picture("PNG"))?;
    output.write_bytes(&png.bytes)?;
    if png.dots_per_inch.round() < 200.0 {
        let dots = png.dots_per_inch;
        say(&format!(
            "The picture is large, so it has {dots:.0} dots per inch instead of 200; its size in print is right."
        ));
    }
    Ok(())
}

/// Says how to get a picture: this build has none as PNG.
#[cfg(not(feature = "pictures"))]
pub(crate) fn png(_: Output, document: &Document) -> Result<(), Stop> {
    export::svg(document).ok_or_else(|| no_picture("PNG"))?;
    Err(without("PNG", "pictures", ".svg"))
}

/// Writes the pictures of a document as PDF.
#[cfg(feature = "pictures")]
pub(crate) fn pdf(output: Output, document: &Document) -> Result<(), Stop> {
    output.write_bytes(&export::pdf(document).ok_or_else(|| no_picture("PDF"))?)
}

/// Says how to get a picture: this build has none as PDF.
#[cfg(not(feature = "pictures"))]
pub(crate) fn pdf(_: Output, document: &Document) -> Result<(), Stop> {
    if !document.listed(Listing::File).into_iter().any(|block| matches!(block, Block::Figure(_))) {
        return Err(no_picture("PDF"));
    }
    Err(without("PDF", "pictures", ".svg"))
}

/// Writes a document as a table with types.
#[cfg(feature = "parquet")]
pub(crate) fn parquet(output: Output, document: &Document) -> Result<(), Stop> {
    output.write_bytes(&export::parquet(document).map_err(Stop::new)?)
}

/// Says how to get one: this build writes no Parquet.
#[cfg(not(feature = "parquet"))]
pub(crate) fn parquet(_: Output, _: &Document) -> Result<(), Stop> {
    Err(without("Parquet", "parquet", ".csv"))
}

/// Says how to build the program with a format, and what to use instead.
#[cfg(not(all(feature = "pictures", feature = "parquet")))]
fn without(format: &str, feature: &str, instead: &str) -> Stop {
    Stop::new(format!(
        "this program was built without {format}; build it with \
         `cargo build -p tlevel-cli --release --features {feature}`, or use -o FILE{instead}",
    ))
}

fn no_picture(format: &str) -> Stop {
    Stop::new(format!("the result has no picture, so it cannot be {format}; choose .html, .docx or another format"))
}
