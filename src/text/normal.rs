//! The normal form of a text, and the keys of names.

use unicode_normalization::UnicodeNormalization;

/// Returns the form in which two wordings are compared: what a careful reader
/// would call "the same sentence".
///
/// In this order: zero-width characters are removed, NFKC, curly quotes and
/// dashes become ASCII, white space runs become one space, the ends are
/// trimmed, trailing `.` `;` `:` `,` are dropped (repeatedly, with the space
/// before them), and the text is case-folded. The function is idempotent.
///
/// # Examples
///
/// ```
/// use tlevel::text::normal_form;
///
/// assert_eq!(normal_form("The client\u{2019}s  brief. "), "the client's brief");
/// assert_eq!(normal_form("the client's brief;"), normal_form("The client\u{2019}s brief"));
/// assert_eq!(normal_form(" . "), "");
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the text; texts of ASCII, curly quotes and dashes
/// take a path without Unicode tables.
///
/// # Source
///
/// Unicode Standard Annex #15 (NFKC) and section 3.13 of the Unicode Standard
/// (full case folding).
pub fn normal_form(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    if push_simple(text, &mut plain) {
        plain.make_ascii_lowercase();
    } else {
        let without: String = text.chars().filter(|&c| !is_zero_width(c)).collect();
        let folded = unicase::UniCase::unicode(without.nfkc().collect::<String>()).to_folded_case();
        plain.clear();
        let mut spaced = SpaceRuns::default();
        for c in folded.nfkc() {
            if is_zero_width(c) {
                continue;
            }
            spaced.push(ascii_of(c).unwrap_or(c), &mut plain);
        }
    }
    let end = plain.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ':' | ',')).len();
    plain.truncate(end);
    plain
}

/// Copies `text` with its white space joined and its quotes and dashes plain,
/// as long as it holds nothing that needs Unicode tables. Returns false where
/// it does (and leaves `out` in any state).
fn push_simple(text: &str, out: &mut String) -> bool {
    let mut spaced = SpaceRuns::default();
    for c in text.chars() {
        if c.is_ascii() {
            spaced.push(c, out);
        } else if let Some(plain) = ascii_of(c) {
            spaced.push(plain, out);
        } else if c == '\u{a0}' {
            spaced.push(' ', out);
        } else if !is_zero_width(c) {
            return false;
        }
    }
    true
}

/// Joins white space runs into one space and drops leading ones.
#[derive(Default)]
struct SpaceRuns {
    pending: bool,
}

impl SpaceRuns {
    fn push(&mut self, c: char, out: &mut String) {
        if c.is_whitespace() {
            self.pending = true;
        } else {
            if std::mem::take(&mut self.pending) && !out.is_empty() {
                out.push(' ');
            }
            out.push(c);
        }
    }
}

fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

/// The ASCII character that a curly quote, prime or dash stands for.
fn ascii_of(c: char) -> Option<char> {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' => Some('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        _ => None,
    }
}

/// Returns the key under which spellings of one name meet: the normal form
/// with `&` read as "and" and other punctuation as a space.
///
/// # Examples
///
/// ```
/// use tlevel::text::name_key;
///
/// assert_eq!(name_key("Design, Surveying & Planning"), name_key("Design, surveying and planning"));
/// assert_eq!(name_key("Procurement  Manager"), "procurement manager");
/// ```
pub fn name_key(name: &str) -> String {
    let normal = normal_form(name).replace('&', " and ");
    let mut key = String::with_capacity(normal.len());
    for word in normal.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Returns a name as a code for ids: lower case letters and digits, everything
/// else one hyphen. The sources that give no ids get theirs this way.
///
/// # Examples
///
/// ```
/// use tlevel::text::slug;
///
/// assert_eq!(slug("Design, Surveying & Planning"), "design-surveying-planning");
/// assert_eq!(slug("Installation and/or Repair "), "installation-and-or-repair");
/// ```
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for word in normal_form(name).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn normal_form_is_idempotent(text in "\\PC{0,40}") {
            let once = normal_form(&text);
            prop_assert_eq!(normal_form(&once), once);
        }

        #[test]
        fn the_short_path_equals_the_tables(text in "[ -~\u{2018}-\u{201f}\u{2010}-\u{2015}\u{a0}\u{200b}\t\n]{0,40}") {
            // a letter that needs the tables sends the same text down the long path
            let long = normal_form(&format!("é{text}"));
            let short = normal_form(&format!("e{text}"));
            prop_assert_eq!(long.replacen('é', "e", 1), short);
        }
    }

    #[test]
    fn wordings_that_are_the_same() {
        for (a, b) in [
            ("Café", "Cafe\u{301}"),
            ("ﬁre", "FIRE"),
            ("a \u{2013} b", "a - b"),
            ("Straße", "STRASSE"),
            ("one\u{200b}two", "onetwo"),
            ("end . ;", "End"),
            ("tab\tand\nline", "tab and line"),
        ] {
            assert_eq!(normal_form(a), normal_form(b), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn wordings_that_are_not() {
        for (a, b) in [("4.5 metres", "45 metres"), ("re-form", "reform"), ("a, b", "a b")] {
            assert_ne!(normal_form(a), normal_form(b));
        }
    }
}
