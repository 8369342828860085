//! Display text from the official files: HTML, entities (some escaped twice),
//! odd spaces.
//!
//! The wording is never changed: tags and white space are typesetting, and an
//! entity represents a character.
//!
//! # Markup or wording
//!
//! Markup is removed once. If the source of a text has tags, they are removed
//! (the module `markup` has the rules for what is a tag and what only looks
//! like one), and what was escaped in it stays: `<p>Use &lt;nav&gt;</p>` shows
//! "Use `<nav>`". A text without tags that shows the typesetting of a whole
//! text once its entities are resolved was escaped twice, and its tags are
//! removed: it is wrapped in one element (`&lt;p&gt;...&lt;/p&gt;`), or has
//! blocks with words in them, or breaks that touch words. An element that is
//! only named stays. Entities are resolved as often as they were escaped.
//!
//! # Space
//!
//! Blocks and breaks end a line. Table cells, U+2028 and U+2029, controls and
//! odd spaces become a space, so that no two words are joined. Zero-width
//! characters and joiners are removed. Word's bullets from the private use area
//! are removed; other characters of that area are removed only in the position
//! of a bullet. C1 controls that represent a character of Windows-1252 become
//! that character, as in HTML.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::markup::Markup;

/// Returns the display form of a text. Tags are removed (blocks and `<br>` end
/// a line), entities are resolved as often as they were escaped, non-breaking
/// and other odd spaces become plain spaces, runs of spaces are joined, lines
/// are trimmed, and empty lines and zero-width characters are removed. A clean
/// text is borrowed.
pub(super) fn display_text(raw: &str) -> Cow<'_, str> {
    display_text_with(raw, &mut BTreeSet::new())
}

/// Like [`display_text`]; also collects the names of the removed elements.
pub(super) fn display_text_with<'t>(raw: &'t str, removed: &mut BTreeSet<&'static str>) -> Cow<'t, str> {
    if is_clean(raw) {
        return Cow::Borrowed(raw);
    }
    let text: String = raw.chars().filter(|&c| !is_invisible(c)).collect();
    let text = without_markup(text, removed);
    Cow::Owned(tidy_lines(&text))
}

/// The display form of a name or title: as [`display_text`], on one line.
pub(super) fn display_name(raw: &str) -> Cow<'_, str> {
    match display_text(raw) {
        Cow::Borrowed(clean) if !clean.contains('\n') => Cow::Borrowed(clean),
        text => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// The text without its markup, which is searched in only one layer of
/// escaping, with the entities of all layers resolved.
fn without_markup(mut text: String, removed: &mut BTreeSet<&'static str>) -> String {
    let mut is_stripped = false;
    // each round removes one layer of escaping; files have two
    for layer in 0..8 {
        if !is_stripped && text.contains('<') {
            let markup = Markup::of(&text);
            if (layer == 0 || markup.is_whole())
                && let Some(stripped) = markup.strip(removed)
            {
                text = stripped;
                is_stripped = true;
            }
        }
        if !text.contains('&') {
            break;
        }
        let decoded = html_escape::decode_html_entities(&text).into_owned();
        if decoded == text {
            break;
        }
        text = decoded;
    }
    text
}

/// Whether there is nothing to clean. Fast in the common case: most bytes are
/// letters, which a table recognises.
pub(super) fn is_clean(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let has_edge = [bytes.first(), bytes.last()].iter().flatten().any(|b| b.is_ascii_whitespace());
    !has_edge
        && !raw.contains("  ")
        && bytes.iter().enumerate().all(|(i, &b)| !SUSPECT[usize::from(b)] || is_harmless(bytes, i))
}

/// Bytes that need a closer look: controls, markup, and the first bytes of odd,
/// invisible or private characters.
const SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = matches!(
            b as u8,
            0..b' ' | 0x7f | b'<' | b'&' | 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xee | 0xef | 0xf3
        );
        b += 1;
    }
    table
};

/// Whether a suspect byte is harmless after all.
fn is_harmless(bytes: &[u8], i: usize) -> bool {
    let next = |n: usize| bytes.get(i + n).copied().unwrap_or(0);
    // a line break is never the first byte here
    match bytes[i] {
        b'\n' => !matches!(next(1), b' ' | b'\n') && bytes[i - 1] != b' ',
        // U+0080-00A0 (controls, no-break space) and U+00AD (soft hyphen)
        0xc2 => !matches!(next(1), 0x80..=0xa0 | 0xad),
        // U+034F, U+061C
        0xcd => next(1) != 0x8f,
        0xd8 => next(1) != 0x9c,
        // U+1680, U+180B-180F
        0xe1 => !matches!((next(1), next(2)), (0x9a, 0x80) | (0xa0, 0x8b..=0x8f)),
        // U+2000-200F, U+2028-202F, U+205F-206F
        0xe2 => match next(1) {
            0x80 => !matches!(next(2), 0x80..=0x8f | 0xa8..=0xaf),
            0x81 => !matches!(next(2), 0x9f..=0xaf),
            _ => true,
        },
        // U+3000
        0xe3 => (next(1), next(2)) != (0x80, 0x80),
        // U+F000-F8FF (private), FDD0-FDEF, FE00-FE0F, FEFF, FFF9-FFFC, FFFE-FFFF
        0xef => match (next(1), next(2)) {
            (0x80..=0xa3, _) | (0xb7, 0x90..=0xaf) | (0xb8, 0x80..=0x8f) | (0xbb, 0xbf) => false,
            (0xbf, last) => !matches!(last, 0xb9..=0xbc | 0xbe | 0xbf),
            _ => true,
        },
        // U+E000-EFFF, U+E0000-E0FFF
        _ => false,
    }
}

fn tidy_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut words =
            line.split(is_gap).filter(|word| !word.chars().all(|c| is_invisible(c) || is_private(c))).peekable();
        if words.peek().is_some() && !out.is_empty() {
            out.push('\n');
        }
        let start = out.len();
        for word in words {
            if out.len() > start {
                out.push(' ');
            }
            // a bullet in front of a line's first word
            let is_first = out.len() == start;
            let word = if is_first { word.trim_start_matches(|c| is_private(c) || is_invisible(c)) } else { word };
            out.extend(word.chars().filter(|&c| !is_invisible(c)).map(of_windows_1252));
        }
    }
    out
}

/// Characters that separate words.
pub(super) fn is_gap(c: char) -> bool {
    let is_bullet = || matches!(c, '\u{f0b7}' | '\u{f0a7}' | '\u{f0a8}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}');
    c.is_whitespace() || (c.is_control() && of_windows_1252(c) == c) || c == '\u{fffc}' || is_bullet()
}

/// The private use area, where symbol fonts have their glyphs.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The character that a C1 control represents if text in Windows-1252 was read
/// as Latin 1.
fn of_windows_1252(c: char) -> char {
    const C1: [char; 32] = [
        '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{85}', '\u{2020}', '\u{2021}', '\u{2c6}',
        '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}',
        '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}',
        '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
    ];
    (c as u32).checked_sub(0x80).and_then(|at| C1.get(at as usize)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A row of `fixtures/text/cleaning.json`.
    #[derive(serde::Deserialize)]
    struct Row {
        raw: String,
        shown: String,
        #[serde(default)]
        removed: Vec<String>,
    }

    #[test]
    fn the_table_of_texts() {
        let rows: Vec<Row> = serde_json::from_str(include_str!("../../fixtures/text/cleaning.json")).unwrap();
        assert!(rows.len() > 100, "{} rows", rows.len());
        let mut wrong = Vec::new();
        for row in &rows {
            let mut removed = BTreeSet::new();
            let shown = display_text_with(&row.raw, &mut removed);
            if shown != row.shown || !row.removed.iter().eq(removed.iter()) {
                wrong.push(format!(
                    "{:?}\n  shows  {shown:?}\n  expect {:?}\n  removed {removed:?}",
                    row.raw, row.shown
                ));
            }
        }
        assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    }

    #[test]
    fn names_have_one_line() {
        assert_eq!(display_name(" Procurement  Manager\u{a0}"), "Procurement Manager");
        assert_eq!(display_name("two\nlines"), "two lines");
        assert_eq!(display_name("<p>two</p><p>blocks</p>"), "two blocks");
    }

    #[test]
    fn clean_text_is_borrowed() {
        for clean in ["The client\u{2019}s brief \u{2013} £5.", "é è ö ß Ø", "a\u{2022}b \u{fb01}t \u{fffd} \u{2212}3"]
        {
            assert!(matches!(display_text(clean), Cow::Borrowed(_)), "{clean:?}");
        }
    }

    /// Text that is considered clean must not change when cleaned.
    #[test]
    fn every_character_is_clean_or_cleaned() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let raw = format!("a{c}b");
            let tidied = tidy_lines(&raw);
            assert!(!is_clean(&raw) || tidied == raw, "U+{:04X}: {tidied:?}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn what_has_no_markup_is_stable(raw in "[a-z <>\u{a0}\u{200b}\n\t\r\u{2019}\u{3000}é\u{2028}\u{85}\u{92}\u{f0b7}\u{e000}\u{180e}-]{0,40}") {
            let mut removed = BTreeSet::new();
            let once = display_text_with(&raw, &mut removed).into_owned();
            prop_assume!(removed.is_empty() && Markup::of(&once).strip(&mut removed).is_none());
            prop_assert_eq!(&*display_text(&once), &once);
            prop_assert!(!once.starts_with(char::is_whitespace) && !once.ends_with(char::is_whitespace));
        }

        #[test]
        fn what_parts_words_never_glues_them(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("<br>"), Just("<br/>"), Just("</td><td>"), Just("</li><li>"), Just("</p><p>"), Just("\u{2028}"),
                    Just("\u{2029}"), Just("\u{85}"), Just("&nbsp;"), Just("\u{a0}"), Just("\u{f0b7}"), Just("\r"), Just("\t"),
                    Just("</tr>\n<tr>"), Just("\u{0}"), Just("<img src=\"x\">"), Just("&#8232;"), Just("<hr />"),
                ], 1..6)
        ) {
            let raw = format!("<table><tr><td>one{}two</td></tr></table>", parts.join("word"));
            let shown = display_text(&raw).into_owned();
            let words: Vec<&str> = shown.split_whitespace().collect();
            prop_assert_eq!(words.len(), parts.len() + 1, "{:?}", shown);
        }

        #[test]
        fn any_text_is_cleaned_without_a_panic(raw in "([<>&;/!?\"'= a-zéP\u{a0}\u{2028}-]|<p>|</p>|&lt;|&amp;|<!--|-->|<o:p>|<script>|</script>|<br|<a href=\"){0,40}") {
            let shown = display_text(&raw);
            prop_assert!(shown.lines().all(|line| line.trim() == line && !line.is_empty()));
        }
    }
}
