//! The words of a text.

use super::normal_form;

/// Splits texts into words, in reusable memory.
///
/// A word is a run of letters and digits of the text's normal form; an
/// apostrophe inside it is ignored. Phrases that begin a list of examples
/// ("such as", "for example", "for instance", "including", "includes", "e.g.",
/// "i.e.") are not words: they mark the words that follow, up to the end of the
/// sentence.
#[derive(Debug, Default)]
pub(crate) struct Words {
    plain: String,
    spans: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
    example: bool,
    follows: bool,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'w> {
    pub(crate) text: &'w str,
    /// Whether it is among examples.
    pub(crate) example: bool,
    /// Whether it directly follows the word before, in the same sentence.
    pub(crate) follows: bool,
}

impl Words {
    /// Reads the words of a text, replacing those read before.
    pub(crate) fn read(&mut self, text: &str) {
        self.plain = normal_form(text);
        if self.plain.contains('.') {
            self.plain = self.plain.replace("e.g.", "eg ").replace("i.e.", "ie ");
        }
        if self.plain.contains('\'') {
            self.plain = self.plain.replace('\'', "");
        }
        self.spans.clear();
        let mut sentence = Sentence { spans: &mut self.spans, held: None, example: false, follows: false };
        let plain = self.plain.as_str();
        if plain.is_ascii() {
            sentence.read(plain, plain.bytes().map(char::from).enumerate());
        } else {
            sentence.read(plain, plain.char_indices());
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Word<'_>> {
        let word = |span: &Span| Word {
            text: &self.plain[span.start..span.end],
            example: span.example,
            follows: span.follows,
        };
        self.spans.iter().map(word)
    }
}

/// The state of reading a sentence.
struct Sentence<'s> {
    spans: &'s mut Vec<Span>,
    /// "such" or "for", until the next word is known.
    held: Option<(usize, usize)>,
    example: bool,
    follows: bool,
}

impl Sentence<'_> {
    /// Reads a whole text, given its characters and where they are.
    fn read(&mut self, plain: &str, chars: impl Iterator<Item = (usize, char)>) {
        let mut start = None;
        for (i, c) in chars {
            if c.is_alphanumeric() {
                start = start.or(Some(i));
                continue;
            }
            if let Some(start) = start.take() {
                self.word(plain, start, i);
            }
            if matches!(c, ';' | '\u{2022}' | '\u{b7}') || (c == '.' && plain[i + 1..].starts_with(' ')) {
                self.end();
            }
        }
        if let Some(start) = start {
            self.word(plain, start, plain.len());
        }
        self.end();
    }

    fn word(&mut self, plain: &str, start: usize, end: usize) {
        let word = &plain[start..end];
        if let Some((first, first_end)) = self.held.take() {
            if matches!((&plain[first..first_end], word), ("such", "as") | ("for", "example" | "instance")) {
                self.marker();
                return;
            }
            self.push(first, first_end);
        }
        match word {
            "such" | "for" => self.held = Some((start, end)),
            "eg" | "ie" | "including" | "includes" => self.marker(),
            _ => self.push(start, end),
        }
    }

    fn marker(&mut self) {
        (self.example, self.follows) = (true, false);
    }

    fn push(&mut self, start: usize, end: usize) {
        self.spans.push(Span { start, end, example: self.example, follows: self.follows });
        self.follows = true;
    }

    fn end(&mut self) {
        if let Some((start, end)) = self.held.take() {
            self.push(start, end);
        }
        (self.example, self.follows) = (false, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_sentences_and_examples() {
        let mut words = Words::default();
        for (text, expected) in [
            ("Works for such clients as pay. For", "works +for +such +clients +as +pay for"),
            ("Tools, such as saws or for example: planes; glue", "tools saws* +or* planes* glue"),
            ("such such as a for", "such a* +for*"),
            ("The user\u{2019}s needs (e.g. 4.5 m). More", "the +users +needs 4* +5* +m* more"),
            ("\u{2022} one \u{2022} two", "one two"),
            ("", ""),
        ] {
            words.read(text);
            let read = words
                .iter()
                .map(|w| format!("{}{}{}", if w.follows { "+" } else { "" }, w.text, if w.example { "*" } else { "" }));
            assert_eq!(read.collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }
}
