//! The estimated width of texts, and texts that fit a box.

use unicode_normalization::char::is_combining_mark;

/// The most combining marks in a row.
const MARKS: usize = 6;

/// A size and weight of the sans-serif face that pictures use.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::svg::Font;
///
/// let font = Font::new(11.0);
/// let title = "Level 3 installation and maintenance electrician";
/// assert!(font.width(title) > 200.0);
/// let short = font.shorten(title, 120.0);
/// assert!(short.ends_with('…') && font.width(&short) <= 120.0);
/// let lines = font.wrap(title, 120.0, 3);
/// assert_eq!(lines.join(" "), title);
/// assert!(lines.iter().all(|line| font.width(line) <= 120.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// Pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

impl Font {
    /// A regular face.
    #[must_use]
    pub fn new(size: f64) -> Self {
        Font { size, bold: false }
    }

    /// The bold face of this size.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// Returns the width of a line in pixels, as [`Svg::text`](super::Svg::text)
    /// would write it. It is an estimate by kinds of characters, too wide rather
    /// than too narrow.
    pub fn width(self, text: &str) -> f64 {
        self.width_of_clean(&clean(text))
    }

    fn width_of_clean(self, text: &str) -> f64 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    fn advance(self, c: char) -> f64 {
        let ems = ems(c);
        self.size * if self.bold && ems < 1.2 { ems * 1.12 } else { ems }
    }

    /// Returns the text on one line, cut to fit `width`. A cut text ends in an
    /// ellipsis; the result is empty if not even the ellipsis fits.
    #[must_use]
    pub fn shorten(self, text: &str, width: f64) -> String {
        let text = clean(text);
        if self.width_of_clean(&text) <= width {
            return text;
        }
        let room = width - self.advance('…');
        if room.is_nan() || room < 0.0 {
            return String::new();
        }
        let (kept, _) = self.split(&text, room);
        format!("{}…", kept.trim_end_matches(['\u{200d}', ' ']))
    }

    /// Returns the text on at most `lines` lines that fit `width`, broken at spaces
    /// if possible. The last line is cut as by [`Font::shorten`].
    #[must_use]
    pub fn wrap(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let text = clean(text);
        let mut rest = text.as_str();
        let mut out = Vec::new();
        while !rest.is_empty() && out.len() < lines {
            if out.len() + 1 == lines {
                out.push(self.shorten(rest, width));
                break;
            }
            let (fits, beyond) = self.split(rest, width);
            let (line, next) = if beyond.is_empty() || beyond.starts_with(' ') {
                (fits, beyond)
            } else if let Some((line, _)) = fits.rsplit_once(' ') {
                (line, &rest[line.len()..])
            } else {
                (fits, beyond)
            };
            if line.is_empty() {
                // not even one character fits
                break;
            }
            out.push(line.trim_end().to_owned());
            rest = next.trim_start();
        }
        out
    }

    /// The longest start that fits, and the rest; marks stay with their letter.
    fn split(self, text: &str, width: f64) -> (&str, &str) {
        let mut used = 0.0;
        for (at, c) in text.char_indices() {
            used += self.advance(c);
            // written so that nothing fits a width that is not a number
            if !(used <= width || (at > 0 && takes_no_room(c))) {
                return text.split_at(at);
            }
        }
        (text, "")
    }
}

/// Whether a character is drawn on the previous one, or not at all.
fn takes_no_room(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The width of a character as a share of the size: the widest of the common
/// sans-serif faces.
fn ems(c: char) -> f64 {
    match c {
        _ if takes_no_room(c) => 0.0,
        'i' | 'j' | 'l' | '\'' | '|' => 0.31,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | '\\' | 'f' | 't' | 'r' => 0.42,
        'm' | 'M' | 'w' | 'W' | '@' | '%' | '—' | '…' => 1.02,
        'a'..='z' | '0'..='9' => 0.64,
        'A'..='Z' => 0.8,
        ' '..='~' => 0.84,
        'Æ' | 'æ' | 'Œ' | 'œ' => 1.1,
        '\u{a0}'..='\u{24f}' => 0.88,
        'Ж' | 'Ш' | 'Щ' | 'Ю' | 'Ы' | 'Ђ' | 'Љ' | 'Њ' | 'ж' | 'ш' | 'щ' | 'ю' => 1.2,
        '\u{250}'..='\u{52f}' => 0.9,
        '\u{530}'..='\u{8ff}' => 1.1,
        '‐'..='‧' => 0.84,
        // ligatures of whole sentences, and cuneiform
        '\u{fdfa}' | '\u{fdfb}' | '\u{fdfd}' => 14.0,
        '\u{12000}'..='\u{1254f}' => 3.0,
        _ if is_combining_mark(c) => 0.6,
        // ideographs, kana, Hangul and full-width letters
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' => 1.05,
        // Indic and other scripts, symbols, emoji
        _ => 1.4,
    }
}

/// A text as a picture shows it: on one line, with single spaces, with U+FFFD for
/// what XML or HTML forbids, without overrides of the writing direction and without
/// towers of marks.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            marks = 0;
            continue;
        }
        if matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            continue;
        }
        marks = if takes_no_room(c) || is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MARKS {
            out.push(if is_forbidden(c) { char::REPLACEMENT_CHARACTER } else { c });
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether it is a control or a code point that Unicode gives to no character.
pub(super) fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::{Font, MARKS, clean};

    #[test]
    fn a_text_is_cleaned() {
        assert_eq!(clean("  a\t\n b\u{0}c\u{202e}d "), "a b\u{fffd}cd");
        assert_eq!(clean("\u{ffff}\u{fdd0}\u{85}"), "\u{fffd}\u{fffd}");
        assert_eq!(clean(&format!("e{}", "\u{301}".repeat(10_000))).chars().count(), 1 + MARKS);
    }

    #[test]
    fn a_text_that_fits_is_kept() {
        let font = Font::new(10.0);
        let width = font.width("Plumber");
        assert_eq!(font.shorten("Plumber", width), "Plumber");
        assert!(font.shorten("Plumber", width - 0.1).ends_with('…'));
        assert_eq!(font.wrap("Plumber", width, 1), ["Plumber"]);
        assert_eq!(font.wrap("", 100.0, 3), [""; 0]);
    }

    #[test]
    fn a_box_without_room_stays_empty() {
        let font = Font::new(10.0);
        for width in [0.0, -5.0, 1.0, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(font.shorten("Plumber", width), "", "{width}");
            assert!(font.wrap("Plumber and more", width, 3).iter().all(|line| line.is_empty()), "{width}");
        }
        assert_eq!(font.wrap("Plumber", 100.0, 0), [""; 0]);
    }

    #[test]
    fn marks_stay_with_their_letter() {
        let font = Font::new(10.0);
        let text = "e\u{301}e\u{301}e\u{301}e\u{301}";
        let cut = font.shorten(text, font.width("ee…"));
        assert_eq!(cut, "e\u{301}e\u{301}…");
    }

    #[test]
    fn a_word_without_spaces_is_broken() {
        let font = Font::new(10.0);
        let lines = font.wrap(&"x".repeat(100), 64.0, 3);
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0], "x".repeat(10));
        assert!(lines[2].ends_with('…'));
    }
}
