//! Results as bytes: JSON as the command line prints it, and documents.

use serde::Serialize;
use tlevel_report::document::{Block, Document, Figure};
use tlevel_report::picture::Picture;
use tlevel_report::{Layout, export};

use crate::failure::{Answer, Failure};

/// A result as JSON, indented, with a final newline.
///
/// # Errors
///
/// What does not serialise.
pub fn json(value: &impl Serialize) -> Answer<String> {
    let mut text = serde_json::to_string_pretty(value).map_err(|e| Failure::of("JSON", e))?;
    text.push('\n');
    Ok(text)
}

/// A small result as JSON, on one line.
///
/// # Errors
///
/// What does not serialise.
pub fn line(value: &impl Serialize) -> Answer<String> {
    serde_json::to_string(value).map_err(|e| Failure::of("JSON", e))
}

/// A list as JSON, one item on each line.
///
/// # Errors
///
/// What does not serialise.
pub fn list<T: Serialize>(items: &[T]) -> Answer<String> {
    if items.is_empty() {
        return Ok("[]\n".to_owned());
    }
    let lines = items.iter().map(line).collect::<Answer<Vec<String>>>()?;
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}

/// A result in a format: as data, or as the document that reports it.
///
/// # Errors
///
/// Another format, or one that the result cannot have.
pub fn result(format: &str, value: &impl Serialize, document: impl FnOnce() -> Document) -> Answer<Vec<u8>> {
    match format {
        "json" => json(value).map(String::into_bytes),
        _ => written(format, &document()),
    }
}

/// A document in a format.
///
/// # Errors
///
/// Another format, or one that the document cannot have.
pub fn written(format: &str, document: &Document) -> Answer<Vec<u8>> {
    match format {
        "docx" => export::docx(document).map_err(Failure::new),
        "xlsx" => export::xlsx(document).map_err(Failure::new),
        "html" => Ok(export::html(document).into_bytes()),
        "md" | "markdown" => Ok(export::markdown(document).into_bytes()),
        "txt" | "text" => Ok(export::terminal(document, &Layout::default().full(true)).into_bytes()),
        "csv" => Ok(export::csv(document).into_bytes()),
        "svg" => export::svg(document).map(String::into_bytes).ok_or_else(|| {
            Failure::new("the result has no picture, so it cannot be SVG; choose html, docx or another format")
        }),
        "png" | "pdf" => Err(Failure::new(format!(
            "this build writes no {}; take SVG, which a browser can draw, or use the command line",
            format.to_uppercase()
        ))),
        _ => Err(Failure::new(format!(
            "\"{}\" is not a format; use docx, xlsx, html, md, csv, svg, txt or json",
            format.chars().take(40).collect::<String>()
        ))),
    }
}

/// A document that holds a picture.
pub fn page(title: &str, description: &str, picture: Picture) -> Document {
    let mut page = Document::new(title);
    page.blocks.push(Block::Figure(Figure::new(title, description, picture)));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_not_written_say_what_to_do() {
        let document = Document::new("Nothing");
        let failed = |format: &str| written(format, &document).unwrap_err().message;
        assert_eq!(
            failed("png"),
            "this build writes no PNG; take SVG, which a browser can draw, or use the command line"
        );
        assert_eq!(failed("doc"), "\"doc\" is not a format; use docx, xlsx, html, md, csv, svg, txt or json");
        assert_eq!(
            failed("svg"),
            "the result has no picture, so it cannot be SVG; choose html, docx or another format"
        );
    }

    #[test]
    fn lists_have_an_item_on_each_line() {
        assert_eq!(list::<u8>(&[]).unwrap(), "[]\n");
        assert_eq!(list(&[1, 2]).unwrap(), "[\n1,\n2\n]\n");
    }
}
