//! Lines of a terminal page: wrapped, indented, coloured if wanted.

/// The colours that a page uses.
#[derive(Clone, Copy)]
pub(super) enum Paint {
    Heading,
    Strong,
    Quiet,
    Alarm,
}

pub(super) struct Page {
    width: usize,
    colour: bool,
    out: String,
}

impl Page {
    /// An empty page of at least 40 columns.
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Page { width: width.max(40), colour, out: String::new() }
    }

    /// How many columns it has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// Writes a paragraph whose first line starts with `first` and whose other lines
    /// are indented to the start of the text.
    pub(super) fn item(&mut self, first: &str, text: &str) {
        self.painted_item(first, None, text);
    }

    /// Like [`Page::item`], with the part before the text coloured.
    pub(super) fn painted_item(&mut self, first: &str, paint: Option<Paint>, text: &str) {
        let first = &printable(first).join(" ");
        if textwrap::core::display_width(first) > self.width / 2 {
            // too long for a hanging indent: a separate line, with the text below
            let indent: String = first.chars().take_while(|c| *c == ' ').chain("  ".chars()).collect();
            for wrapped in textwrap::wrap(
                first.trim(),
                textwrap::Options::new(self.width).initial_indent(&indent[2..]).subsequent_indent(&indent),
            ) {
                self.push_line(&paint.map_or_else(|| wrapped.to_string(), |paint| self.paint(paint, &wrapped)));
            }
            return self.painted_item(&indent, None, text);
        }
        let indent = " ".repeat(textwrap::core::display_width(first));
        let mut start = first.to_owned();
        let lines: Vec<String> = printable(text);
        for line in if lines.is_empty() { vec![String::new()] } else { lines } {
            let room = self.width.saturating_sub(indent.len()).max(20);
            for wrapped in textwrap::wrap(&line, room) {
                let shown = match paint {
                    Some(paint) if start == *first => self.paint(paint, &start),
                    _ => start.clone(),
                };
                self.push_line(&format!("{shown}{wrapped}"));
                start.clone_from(&indent);
            }
        }
    }

    /// Writes a heading, with a text at the right edge.
    pub(super) fn heading(&mut self, paint: Paint, text: &str, right: &str) {
        let (text, right) = (printable(text).join(" "), &printable(right).join(" "));
        let indent: String = text.chars().take_while(|c| *c == ' ').collect();
        let wrapped = textwrap::Options::new(self.width).subsequent_indent(&indent);
        let mut lines = textwrap::wrap(&text, wrapped);
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            self.push_line(&self.paint(paint, &line));
        }
        let used = textwrap::core::display_width(&last) + textwrap::core::display_width(right);
        let left = self.paint(paint, &last);
        if right.is_empty() {
            self.push_line(&left);
        } else if used + 2 <= self.width {
            let gap = " ".repeat(self.width - used);
            self.push_line(&format!("{left}{gap}{}", self.paint(Paint::Quiet, right)));
        } else {
            self.push_line(&left);
            let gap = self.width.saturating_sub(textwrap::core::display_width(right));
            if gap > indent.len() {
                self.push_line(&format!("{}{}", " ".repeat(gap), self.paint(Paint::Quiet, right)));
            } else {
                self.item(&format!("{indent}  "), right.trim_start());
            }
        }
    }

    /// Writes a line as it is; it must fit.
    pub(super) fn line(&mut self, paint: Option<Paint>, text: &str) {
        let text = printable(text).join(" ");
        self.push_line(&paint.map_or_else(|| text.clone(), |paint| self.paint(paint, &text)));
    }

    fn push_line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn paint(&self, paint: Paint, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Heading => "1;36",
            Paint::Strong => "1",
            Paint::Quiet => "2",
            Paint::Alarm => "1;31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// The lines of a text, without anything that moves a terminal's cursor or changes
/// the direction of what follows.
fn printable(text: &str) -> Vec<String> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.lines().map(|line| line.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn nothing_moves_the_cursor_or_turns_the_text() {
        assert_eq!(printable("a\u{1b}[2J\tb\nc \u{202e}d\u{2066}e"), ["a [2J b", "c  d e"]);
    }
}
