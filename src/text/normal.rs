//! The normal form of a text, and the keys of names.

use unicode_normalization::UnicodeNormalization;

/// Returns the form in which two wordings are compared: what a careful reader
/// would call "the same sentence".
///
/// In this order: zero-width characters are removed, NFKC is applied, curly
/// quotes and dashes become ASCII, runs of white space become one space, the
/// ends are trimmed, trailing `.` `;` `:` `,` are removed (repeatedly, with the
/// space before them), and the text is case-folded. The function is idempotent.
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
/// `O(n)` in the length of the text. Texts of ASCII, curly quotes and dashes
/// take a path without Unicode tables.
///
/// # Source
///
/// Unicode Standard Annex #15 (NFKC) and section 3.13 of the Unicode Standard
/// (full case folding).
pub fn normal_form(text: &str) -> String {
    let mut plain = simple(text).unwrap_or_else(|| {
        let without: String = text.chars().filter(|&c| !is_zero_width(c)).collect();
        let folded = unicase::UniCase::unicode(without.nfkc().collect::<String>()).to_folded_case();
        let mut plain = String::with_capacity(folded.len());
        let mut space = false;
        for c in folded.nfkc().filter(|&c| !is_zero_width(c)) {
            if c.is_whitespace() {
                space = true;
                continue;
            }
            if std::mem::take(&mut space) && !plain.is_empty() {
                plain.push(' ');
            }
            plain.push(ascii_of(c).map_or(c, char::from));
        }
        plain
    });
    let end = plain.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ':' | ',')).len();
    plain.truncate(end);
    plain
}

/// The text in lower case, with white space joined and quotes and dashes plain.
/// Returns `None` if it has a character that needs Unicode tables. Works on whole runs of
/// ASCII, because most texts have little else.
fn simple(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(i) = rest.bytes().position(|b| !b.is_ascii()) {
        plain.push_str(&rest[..i]);
        let mut chars = rest[i..].chars();
        let c = chars.next()?;
        match ascii_of(c) {
            Some(ascii) => plain.push(char::from(ascii)),
            None if c == '\u{a0}' => plain.push(' '),
            None if is_zero_width(c) => {}
            None => return None,
        }
        rest = chars.as_str();
    }
    plain.push_str(rest);
    plain.make_ascii_lowercase();
    Some(if has_one_space_between_words(plain.as_bytes()) { plain } else { with_one_space(&plain) })
}

/// Whether a text has no white space but single spaces, and none at its start.
fn has_one_space_between_words(text: &[u8]) -> bool {
    // every byte is looked at, so that the compiler can look at many at once
    let is = |byte: &u8, other: u8| u8::from(*byte == other);
    let others = text.iter().fold(0, |found, b| found | u8::from(matches!(b, b'\t'..=b'\r')));
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let two = pairs.fold(0, |found, (a, b)| found | (is(a, b' ') & is(b, b' ')));
    others | two == 0 && text.first() != Some(&b' ')
}

/// An ASCII text with one space where it has white space, and none at its start.
fn with_one_space(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // the ASCII characters of `char::is_whitespace`, including 0x0b
    let words = text.split(|c| matches!(c, ' ' | '\t'..='\r')).filter(|word| !word.is_empty());
    for word in words {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// A cheap digest that is equal for texts with equal normal forms: the first
/// and the last eight ASCII letters and digits, in lower case. Texts with
/// different normal forms may share it.
pub(crate) fn sketch(text: &str) -> u128 {
    fn ends(text: &str) -> u128 {
        let plain = |b: &u8| b.is_ascii_alphanumeric();
        let pack = |sum: u128, b: u8| (sum << 8) | u128::from(b.to_ascii_lowercase());
        let first = text.bytes().filter(plain).take(8).fold(0, pack);
        text.bytes().rev().filter(plain).take(8).fold(first, pack)
    }
    // without tables the normal form keeps every letter and digit, and adds none
    if needs_tables(text) { ends(&normal_form(text)) } else { ends(text) }
}

/// Whether the text has a character that only Unicode tables can normalise.
fn needs_tables(text: &str) -> bool {
    let mut rest = text;
    while let Some(i) = rest.bytes().position(|b| !b.is_ascii()) {
        let mut chars = rest[i..].chars();
        let simple = |c| ascii_of(c).is_some() || c == '\u{a0}' || is_zero_width(c);
        if !chars.next().is_none_or(simple) {
            return true;
        }
        rest = chars.as_str();
    }
    false
}

fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

/// The ASCII character that replaces a curly quote, prime or dash.
fn ascii_of(c: char) -> Option<u8> {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' => Some(b'\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' => Some(b'"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some(b'-'),
        _ => None,
    }
}

/// Returns the key that all spellings of one name share: the normal form with
/// `&` read as "and" and other punctuation as a space.
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

/// Returns a name as a code for ids: lower-case letters and digits, everything
/// else as one hyphen. Used for sources that give no ids.
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
        fn the_short_path_equals_the_tables(
            text in "[ -~\u{2018}-\u{201f}\u{2010}-\u{2015}\u{a0}\u{200b}\t-\r]{0,40}",
            more in "[ aB.\u{2019}\t-\r]{0,9}",
        ) {
            // a letter that needs the tables forces the general path
            let long = normal_form(&format!("{text}é{more}"));
            let short = normal_form(&format!("{text}e{more}"));
            prop_assert_eq!(long.replacen('é', "e", 1), short);
        }
    }

    proptest! {
        #[test]
        fn equal_normal_forms_have_equal_sketches(text in "[a-zA-Z0-9 .;\u{2019}\u{2013}éﬁ\u{200b}\u{a0}]{0,30}") {
            let other = format!(" {}\u{200b};.", text.to_uppercase().replace(' ', "\u{a0} "));
            if normal_form(&text) == normal_form(&other) {
                prop_assert_eq!(sketch(&text), sketch(&other));
            }
            prop_assert_eq!(sketch(&text), sketch(&normal_form(&text)));
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
