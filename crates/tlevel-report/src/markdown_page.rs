//! Lines of a Markdown document, and texts that are no markup in it.

use itertools::Itertools as _;

/// A document, line by line.
pub(super) struct MarkdownPage(String);

impl MarkdownPage {
    pub(super) fn new() -> Self {
        MarkdownPage(String::new())
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    pub(super) fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.0.push('\n');
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.blank();
        self.line(heading);
        self.blank();
    }
}

/// A text that stays on its line and is not markup.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().join(" ").chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    // a number and a stop at the start would begin a list
    let digits = out.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    } else if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}

/// A code between backticks.
pub(super) fn code(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '`' | '|')).collect()
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn texts_are_not_markup() {
        for (text, escaped) in [
            ("use | and *", "use \\| and \\*"),
            ("1. first", "1\\. first"),
            ("- item", "\\- item"),
            ("<b>\nx", "\\<b\\> x"),
            ("plain (3.5 mm)", "plain (3.5 mm)"),
            ("2020", "2020"),
        ] {
            assert_eq!(escape(text), escaped, "{text}");
        }
    }
}
