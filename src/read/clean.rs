//! Display text from the official files: HTML, entities (at times escaped
//! twice), odd spaces.
//!
//! The wording is never touched: tags and white space are typesetting, and an
//! entity is the character that it stands for.

use std::borrow::Cow;

/// Returns the display form of a text: tags taken out (blocks and `<br>` end a
/// line), entities resolved as often as they were escaped, non-breaking and
/// other odd spaces plain, runs of spaces joined, lines trimmed, empty lines
/// and zero-width characters dropped. A clean text is borrowed.
pub(super) fn display_text(raw: &str) -> Cow<'_, str> {
    if is_clean(raw) {
        return Cow::Borrowed(raw);
    }
    let mut text: Cow<'_, str> = raw.chars().filter(|&c| !is_invisible(c)).collect();
    // each round takes off one layer of escaping; files have two
    for _ in 0..8 {
        if !text.contains(['<', '&']) {
            break;
        }
        let without_tags = strip_tags(&text);
        let decoded = html_escape::decode_html_entities(&without_tags).into_owned();
        if decoded == *text {
            break;
        }
        text = Cow::Owned(decoded);
    }
    Cow::Owned(tidy_lines(&text))
}

/// The display form of a name or title: as [`display_text`], on one line.
pub(super) fn display_name(raw: &str) -> Cow<'_, str> {
    match display_text(raw) {
        Cow::Borrowed(clean) if !clean.contains('\n') => Cow::Borrowed(clean),
        text => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// Is there nothing to do? For the common case: most bytes are letters, and a
/// table says so at once.
fn is_clean(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let has_edge = [bytes.first(), bytes.last()].iter().flatten().any(|b| b.is_ascii_whitespace());
    !has_edge
        && !raw.contains("  ")
        && bytes.iter().enumerate().all(|(i, &b)| !SUSPECT[usize::from(b)] || is_harmless(bytes, i))
}

/// Bytes that need a second look: controls, markup, and the first bytes of the
/// characters that are odd spaces or invisible.
const SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = matches!(b as u8, 0..b' ' | 0x7f | b'<' | b'&' | 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef);
        b += 1;
    }
    table
};

/// The second look at a suspect byte.
fn is_harmless(bytes: &[u8], i: usize) -> bool {
    let next = |n: usize| bytes.get(i + n).copied().unwrap_or(0);
    // a line break is never the first byte here
    match bytes[i] {
        b'\n' => !matches!(next(1), b' ' | b'\n') && bytes[i - 1] != b' ',
        // U+0080-00A0 (controls, no-break space) and U+00AD (soft hyphen)
        0xc2 => !matches!(next(1), 0x80..=0xa0 | 0xad),
        // U+1680
        0xe1 => next(1) != 0x9a,
        // U+2000-200F, U+2028-202F, U+205F-206F
        0xe2 => match next(1) {
            0x80 => !matches!(next(2), 0x80..=0x8f | 0xa8..=0xaf),
            0x81 => !matches!(next(2), 0x9f..=0xaf),
            _ => true,
        },
        // U+3000
        0xe3 => (next(1), next(2)) != (0x80, 0x80),
        // U+FEFF
        0xef => next(1) != 0xbb,
        _ => false,
    }
}

/// Takes out what is certainly a tag: `<`, an optional `/`, a known element
/// name, anything up to `>`. "< 5 mm" and "a<b" stay.
fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        match tag_at(rest) {
            Some((name, length)) => {
                if is_block(&name) {
                    out.push('\n');
                }
                rest = &rest[length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The element name and length of the tag or comment that `text` begins with.
fn tag_at(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|end| (String::new(), end + 3));
    }
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let behind = inner[name.len()..].chars().next()?;
    if !ELEMENTS.contains(&name.as_str()) || !(behind.is_whitespace() || matches!(behind, '>' | '/')) {
        return None;
    }
    // a tag that is never closed is no tag; nor is one of absurd length
    let end = text.char_indices().take(2_000).find(|(_, c)| *c == '>')?.0;
    Some((name, end + 1))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "br"
            | "li"
            | "ul"
            | "ol"
            | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "tr"
            | "table"
            | "blockquote"
            | "section"
            | "dl"
            | "dt"
            | "dd"
            | "hr"
    )
}

/// The elements that rich-text editors write.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "label",
    "li",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

fn tidy_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut words = line
            .split(|c: char| c.is_whitespace() || c.is_control())
            .map(|word| word.trim_matches(is_invisible))
            .filter(|word| !word.is_empty())
            .peekable();
        if words.peek().is_some() && !out.is_empty() {
            out.push('\n');
        }
        let start = out.len();
        for word in words {
            if out.len() > start {
                out.push(' ');
            }
            out.extend(word.chars().filter(|&c| !is_invisible(c)));
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_the_files_hold() {
        for (raw, shown) in [
            ("Plain text.", "Plain text."),
            (" edge\u{a0}spaces \t", "edge spaces"),
            ("<p>One.</p><p>Two&nbsp;three.</p>", "One.\nTwo three."),
            ("<ul><li>first</li><li>second</li></ul>", "first\nsecond"),
            ("&lt;p&gt;Health &amp;amp; safety&lt;/p&gt;", "Health & safety"),
            ("gaps < 5 mm and a<b", "gaps < 5 mm and a<b"),
            ("if x &lt; y then", "if x < y then"),
            ("tools &amp; plant", "tools & plant"),
            ("R&D", "R&D"),
            ("the client&rsquo;s brief &#8211; signed", "the client\u{2019}s brief \u{2013} signed"),
            ("a<br/>b<BR>c", "a\nb\nc"),
            ("bold <strong class=\"x\">word</strong>s", "bold words"),
            ("zero\u{200b}width", "zerowidth"),
            ("<p", "<p"),
            ("", ""),
            ("line one\n\n  line two", "line one\nline two"),
            ("<!-- note -->text", "text"),
        ] {
            assert_eq!(display_text(raw), shown, "{raw:?}");
        }
        assert_eq!(display_name(" Procurement  Manager\u{a0}"), "Procurement Manager");
        assert_eq!(display_name("two\nlines"), "two lines");
    }

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(display_text("The client\u{2019}s brief \u{2013} £5."), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn what_has_no_markup_is_stable(raw in "[a-z <>\u{a0}\u{200b}\n\t\u{2019}\u{3000}é-]{0,40}") {
            let once = display_text(&raw).into_owned();
            prop_assert_eq!(&*display_text(&once), &once);
            prop_assert!(!once.starts_with(char::is_whitespace) && !once.ends_with(char::is_whitespace));
        }
    }
}
