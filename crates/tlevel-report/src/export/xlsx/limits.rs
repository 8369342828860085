//! The limits of Excel and XML, and what happens beyond them.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

/// The most characters of a cell, as Excel counts them (UTF-16), with room to
/// find the end of a word. Excel's own limit is 32,767.
const CELL: usize = 32_000;

/// How far back the search for the end of a word goes.
const WORD: usize = 1_000;

/// The most links of a sheet; Excel's own limit is 65,530.
pub(super) const MAX_LINKS: usize = 60_000;

/// The most characters of a sheet's name.
const NAME: usize = 31;

/// A text without the characters that XML forbids.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let allowed = |c: char| match c {
        '\r' => '\n',
        '\t' | '\n' => c,
        '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(allowed).collect()
}

/// A text in pieces that fit into cells and together are the text; at least one
/// piece.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(end) = beyond(rest) {
        let (piece, more) = rest.split_at(end);
        pieces.push(piece.to_owned());
        rest = more;
    }
    pieces.push(rest.to_owned());
    pieces
}

/// Where to cut a text that does not fit: after a space, else before a letter
/// (which keeps its marks), else anywhere.
fn beyond(text: &str) -> Option<usize> {
    // a text has at least as many bytes in UTF-8 as units in UTF-16
    if text.len() <= CELL {
        return None;
    }
    let (mut units, mut space, mut letter) = (0, None, None);
    for (at, c) in text.char_indices() {
        if at > 0 && !is_combining_mark(c) {
            letter = Some(at);
        }
        units += c.len_utf16();
        if units > CELL {
            return Some(space.or(letter).unwrap_or(at));
        }
        if c.is_whitespace() && units > CELL - WORD {
            space = Some(at + c.len_utf8());
        }
    }
    None
}

/// A link target on the web or of a mailbox that is short enough.
pub(super) fn web_address(target: &str) -> Option<String> {
    let known = ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    let plain = !target.chars().any(|c| c.is_control() || c.is_whitespace());
    (known && plain && target.len() < 2_000).then(|| target.to_owned())
}

/// The address of a row of a sheet, for a link.
pub(super) fn sheet_address(name: &str, row: usize) -> String {
    format!("internal:'{}'!A{row}", name.replace('\'', "''"))
}

/// The height in points of a row whose text wraps, as not all programs compute it
/// when they open the file. Excel's limit is 409.
pub(super) fn height(lines: usize, font_size: f64) -> f64 {
    (lines as f64 * (font_size * 1.35).ceil()).min(405.0)
}

/// How many lines a text takes in a column of so many characters: a little more
/// than letter by letter, because words are not broken.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let letters = |line: &str| line.chars().filter(|c| !is_combining_mark(*c)).count();
    let wrapped = |line: &str| match letters(line) {
        letters if letters <= width => 1,
        letters => (letters * 11).div_ceil(width.max(1) * 10),
    };
    text.split('\n').map(wrapped).sum()
}

/// Names of sheets: short, legal and unique.
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    pub(super) fn beside(taken: [&str; 2]) -> Self {
        // Excel reserves "History"
        SheetNames { taken: taken.into_iter().chain(["history"]).map(str::to_lowercase).collect() }
    }

    /// A name for a sheet with that caption.
    pub(super) fn name(&mut self, caption: &str) -> String {
        let legal: String =
            clean(caption).chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let words = legal.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_matches(['\'', ' ']);
        let words = if words.is_empty() { "Table" } else { words };
        let mut name = cut(words, NAME);
        for number in 2.. {
            if self.taken.insert(name.to_lowercase()) {
                break;
            }
            let suffix = format!(" {number}");
            name = cut(words, NAME - suffix.len()) + &suffix;
        }
        name
    }
}

/// The beginning of a name, up to the end of a word if that is not too short.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    let Some((end, _)) = end else { return text.to_owned() };
    let start = &text[..end];
    let ends_here = text[end..].starts_with(' ');
    let word = if ends_here { None } else { start.rfind(' ').filter(|at| *at >= most / 2) };
    start[..word.unwrap_or(end)].trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text() {
        let words = "word ".repeat(20_000);
        let letters = "e\u{301}".repeat(40_000);
        let marks = "\u{301}".repeat(40_000);
        let wide = "\u{1F600}".repeat(40_000);
        for text in ["", "a", &words, &letters, &marks, &wide] {
            let pieces = pieces(text);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= CELL));
            assert_eq!(pieces.len() > 1, text.encode_utf16().count() > CELL);
        }
        assert!(pieces(&words).iter().all(|piece| piece.ends_with(' ') || piece.is_empty()));
        assert!(pieces(&letters).iter().all(|piece| piece.starts_with('e')));
    }

    #[test]
    fn names_are_short_legal_and_unique() {
        let mut names = SheetNames::beside(["Document", "Codes"]);
        for (caption, name) in [
            ("Route core", "Route core"),
            ("route CORE", "route CORE 2"),
            ("", "Table"),
            ("???", "Table 2"),
            ("Document", "Document 2"),
            ("History", "History 2"),
            ("'Quoted'", "Quoted"),
            ("Knowledge: what/which [all] of them share", "Knowledge what which all of"),
            ("Knowledge: what/which [all] of them hold", "Knowledge what which all of 2"),
            ("Pneumonoultramicroscopicsilicovolcanoconiosis", "Pneumonoultramicroscopicsilicov"),
        ] {
            assert_eq!(names.name(caption), name);
        }
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(clean("a\0b\x1b\r\nc\rd\te\u{ffff}"), "a\u{fffd}b\u{fffd}\nc\nd\te\u{fffd}");
    }

    #[test]
    fn only_the_web_is_linked_to() {
        for (target, is_linked) in [
            ("https://example.org/a?b#c", true),
            ("mailto:panel@example.org", true),
            ("javascript:alert(1)", false),
            ("file:///etc/passwd", false),
            ("https://example.org/\na", false),
        ] {
            assert_eq!(web_address(target).is_some(), is_linked, "{target}");
        }
    }
}
