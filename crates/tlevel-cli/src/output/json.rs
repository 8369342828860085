//! Results as JSON.

use super::super::Stop;
use super::Sink;

/// A result as JSON, indented, with a final newline.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(|e| Stop::new(format!("JSON: {e}")))?;
    text.push('\n');
    Ok(text)
}

/// A list as JSON, one item on each line, written part by part.
#[derive(Default)]
pub(crate) struct JsonList {
    begun: bool,
}

impl JsonList {
    /// The lines of some items.
    pub(crate) fn lines<T: serde::Serialize>(items: &[T]) -> Result<String, String> {
        let mut text = Vec::new();
        for (i, item) in items.iter().enumerate() {
            text.extend(if i > 0 { &b",\n"[..] } else { b"" });
            serde_json::to_writer(&mut text, item).map_err(|e| format!("JSON: {e}"))?;
        }
        String::from_utf8(text).map_err(|e| format!("JSON: {e}"))
    }

    pub(crate) fn write(&mut self, lines: &str, sink: &mut Sink) -> Result<(), Stop> {
        sink.write(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"[\n" })?;
        sink.write(lines.as_bytes())
    }

    pub(crate) fn finish(self, sink: &mut Sink) -> Result<(), Stop> {
        sink.write(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
