//! Markup in a text: what is certainly typesetting, and what only looks like
//! it.
//!
//! The texts of the official files hold the HTML of rich-text editors and of
//! Word, and some are *about* markup: "the `<nav>` and `<header>` elements",
//! "`a<b`", "`List<T>`". A tag is removed as typesetting
//!
//! * if its element is opened and closed in the text, has attributes as
//!   editors write them, or is a break that closes itself (`<br/>`);
//! * if it is one of Word's own (`<o:p>`, `<![if ...]>`, `<?xml ...?>`) or a
//!   comment; the content of `<script>`, `<style>` and `<xml>` is also removed;
//! * if it touches a word in a way no mention does (`one<br>two`,
//!   `<b>unclosed`);
//! * if it is a paragraph, an item, a cell or a break, and the text does not
//!   mention elements or tags.
//!
//! Everything else is wording and stays: an element that is only named, "less
//! than", a placeholder such as `<name>`.

use std::collections::BTreeSet;

/// The elements that rich-text editors write, and how each separates its
/// content from its surroundings.
const ELEMENTS: &[(&str, Break)] = &[
    ("a", Break::No),
    ("abbr", Break::No),
    ("address", Break::Line),
    ("article", Break::Line),
    ("aside", Break::Line),
    ("b", Break::No),
    ("big", Break::No),
    ("blockquote", Break::Line),
    ("body", Break::Line),
    ("br", Break::Line),
    ("caption", Break::Line),
    ("center", Break::Line),
    ("cite", Break::No),
    ("code", Break::No),
    ("col", Break::Line),
    ("colgroup", Break::Line),
    ("dd", Break::Line),
    ("del", Break::No),
    ("dfn", Break::No),
    ("div", Break::Line),
    ("dl", Break::Line),
    ("dt", Break::Line),
    ("em", Break::No),
    ("figcaption", Break::Line),
    ("figure", Break::Line),
    ("font", Break::No),
    ("footer", Break::Line),
    ("form", Break::Line),
    ("h1", Break::Line),
    ("h2", Break::Line),
    ("h3", Break::Line),
    ("h4", Break::Line),
    ("h5", Break::Line),
    ("h6", Break::Line),
    ("header", Break::Line),
    ("hr", Break::Line),
    ("html", Break::Line),
    ("i", Break::No),
    ("iframe", Break::Space),
    ("img", Break::Space),
    ("ins", Break::No),
    ("kbd", Break::No),
    ("label", Break::No),
    ("li", Break::Line),
    ("main", Break::Line),
    ("mark", Break::No),
    ("meta", Break::Space),
    ("nav", Break::Line),
    ("nobr", Break::No),
    ("ol", Break::Line),
    ("p", Break::Line),
    ("pre", Break::Line),
    ("q", Break::No),
    ("s", Break::No),
    ("samp", Break::No),
    ("script", Break::Space),
    ("section", Break::Line),
    ("small", Break::No),
    ("span", Break::No),
    ("strike", Break::No),
    ("strong", Break::No),
    ("style", Break::Space),
    ("sub", Break::No),
    ("sup", Break::No),
    ("table", Break::Line),
    ("tbody", Break::Line),
    ("td", Break::Space),
    ("tfoot", Break::Line),
    ("th", Break::Space),
    ("thead", Break::Line),
    ("title", Break::Line),
    ("tr", Break::Line),
    ("tt", Break::No),
    ("u", Break::No),
    ("ul", Break::Line),
    ("var", Break::No),
    ("wbr", Break::No),
    ("xml", Break::Space),
];

/// Elements that need no closing tag.
const UNCLOSED: &[&str] = &["br", "col", "dd", "dt", "hr", "img", "li", "meta", "p", "td", "th", "tr", "wbr"];

/// Elements whose content is not text.
const WITHOUT_TEXT: &[&str] = &["script", "style", "xml"];

/// Blocks that reveal a text which was escaped twice.
const TYPESETTING: &[&str] = &["p", "ul", "ol", "li", "div", "table", "td", "tr", "blockquote"];

/// Inline elements that may wrap a whole text.
const WRAPPING: &[&str] = &["a", "b", "em", "font", "i", "span", "strong", "u", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Namespaces of content pasted from Word.
const WORD: &[&str] = &["m", "o", "st1", "v", "w", "wp", "x"];

/// Words that show that a text is about markup.
const ABOUT_MARKUP: &[&str] = &["element", "elements", "html", "markup", "tag", "tags", "xml"];

/// The separation between the content of an element and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    No,
    Space,
    Line,
}

/// Something in angle brackets.
struct Tag {
    /// The element, by its number; `None` for Word's own, and for comments.
    element: Option<usize>,
    start: usize,
    end: usize,
    is_closing: bool,
    has_attributes: bool,
    closes_itself: bool,
}

/// The tags of a text.
pub(super) struct Markup<'t> {
    text: &'t str,
    tags: Vec<Tag>,
    /// Whether the text mentions elements or tags.
    speaks_of_tags: bool,
    /// The start of its first word or mark.
    begins: usize,
    /// For each element: whether it is opened and later closed.
    paired: Vec<bool>,
    /// Whether any element is.
    has_pairs: bool,
    /// For each element: the number of its last closing tag.
    last_closing: Vec<usize>,
}

impl<'t> Markup<'t> {
    /// Finds possible tags. `O(n)`: a tag has at most 2,000 characters.
    pub(super) fn of(text: &'t str) -> Self {
        let mut tags = Vec::new();
        let mut at = 0;
        // once no end of a comment is found, there is none further on
        let mut has_comment_end = true;
        while let Some(open) = text[at..].find('<').map(|open| at + open) {
            let rest = &text[open..];
            let tag = if rest.starts_with("<!--") {
                let end = has_comment_end.then(|| rest.find("-->")).flatten();
                has_comment_end = end.is_some();
                end.map(|end| Tag::other(open, open + end + 3))
            } else {
                tag_at(text, open)
            };
            at = tag.as_ref().map_or(open + 1, |tag| tag.end);
            tags.extend(tag);
        }
        let is_about = |word: &str| ABOUT_MARKUP.iter().any(|about| word.eq_ignore_ascii_case(about));
        let mut markup = Markup {
            text,
            speaks_of_tags: !tags.is_empty() && text.split(|c: char| !c.is_alphanumeric()).any(is_about),
            tags,
            begins: text.len() - text.trim_start().len(),
            paired: vec![false; ELEMENTS.len()],
            has_pairs: false,
            last_closing: vec![0; ELEMENTS.len()],
        };
        markup.pair();
        markup
    }

    fn pair(&mut self) {
        let mut opened = vec![false; ELEMENTS.len()];
        let mut touching = vec![false; ELEMENTS.len()];
        for (i, tag) in self.tags.iter().enumerate() {
            let Some(element) = tag.element else { continue };
            let (before, behind) = self.touches(tag);
            touching[element] |= before || behind;
            opened[element] |= !tag.is_closing;
            if tag.is_closing {
                self.paired[element] |= opened[element];
                self.last_closing[element] = i;
            }
        }
        // "the <b> and </b> tags" names both and wraps nothing
        if self.speaks_of_tags {
            self.paired.iter_mut().zip(touching).for_each(|(paired, touching)| *paired &= touching);
        }
        self.has_pairs = self.paired.contains(&true);
    }

    /// Whether the tag touches a word before it, and one after it.
    fn touches(&self, tag: &Tag) -> (bool, bool) {
        let last = self.text[..tag.start].chars().next_back();
        let first = self.text[tag.end..].chars().next();
        let before = last.is_some_and(|c| !c.is_whitespace() && !is_opening(c));
        (before, first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '<' | '&')))
    }

    /// Whether this tag is typesetting and not part of the wording.
    fn is_typesetting(&self, tag: &Tag) -> bool {
        let Some(element) = tag.element else { return true };
        if self.paired[element] || tag.has_attributes {
            return true;
        }
        let (before, behind) = self.touches(tag);
        if UNCLOSED.contains(&ELEMENTS[element].0) {
            // cells and items appear among others, and seldom alone in a sentence
            let is_lone =
                !matches!(ELEMENTS[element].0, "br" | "hr" | "img" | "p") && !self.has_pairs && tag.start > self.begins;
            let is_mentioned = self.speaks_of_tags || is_lone || self.text[tag.end..].starts_with([',', ')']);
            return tag.closes_itself || before || behind || !is_mentioned;
        }
        if tag.is_closing || self.text[..tag.start].ends_with('>') {
            return before || behind;
        }
        // an opening tag whose end was cut off
        behind && !before
    }

    /// The text without its typesetting; collects the names of the removed
    /// elements. Returns `None` if there is nothing to remove.
    pub(super) fn strip(&self, removed: &mut BTreeSet<&'static str>) -> Option<String> {
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        let mut is_changed = false;
        for (i, tag) in self.tags.iter().enumerate() {
            if tag.start < at || !self.is_typesetting(tag) {
                continue;
            }
            is_changed = true;
            out.push_str(&self.text[at..tag.start]);
            at = tag.end;
            let Some(element) = tag.element else {
                removed.insert(if self.text[tag.start..].starts_with("<!--") { "comments" } else { "Word's tags" });
                continue;
            };
            let (name, parts) = ELEMENTS[element];
            removed.insert(name);
            match parts {
                Break::No => {}
                Break::Space => out.push(' '),
                Break::Line => out.push('\n'),
            }
            if WITHOUT_TEXT.contains(&name) && !tag.is_closing && i < self.last_closing[element] {
                let closing = self.tags[i + 1..].iter().find(|t| t.element == Some(element) && t.is_closing);
                at = closing.map_or(at, |closing| closing.end);
            }
        }
        out.push_str(&self.text[at..]);
        is_changed.then_some(out)
    }

    /// Whether this is the typesetting of a whole text, as in files that
    /// escaped it twice: the text is wrapped in one element, begins or ends
    /// with blocks that have words in them, or has breaks that touch words.
    pub(super) fn is_whole(&self) -> bool {
        let (Some(first), Some(last)) = (self.tags.first(), self.tags.last()) else { return false };
        let name = |tag: &Tag| tag.element.map_or("", |element| ELEMENTS[element].0);
        let is_paired = |tag: &Tag| tag.element.is_some_and(|element| self.paired[element]);
        let begins = self.text[..first.start].trim().is_empty();
        let ends = self.text[last.end..].trim().is_empty();
        let is_block = |tag: &Tag| TYPESETTING.contains(&name(tag));
        let same = self.tags.iter().filter(|tag| name(tag) == name(first)).count();
        let wraps = begins && ends && is_paired(first) && last.is_closing && same == 2 && name(first) == name(last);
        if wraps && (is_block(first) || WRAPPING.contains(&name(first))) {
            return self.text[first.end..last.start].contains(char::is_alphanumeric);
        }
        let has_words = |pair: &[Tag]| {
            let inside = &self.text[pair[0].end..pair[1].start];
            is_block(&pair[0]) && !pair[0].is_closing && is_paired(&pair[0]) && inside.contains(char::is_alphanumeric)
        };
        if (begins && is_block(first) || ends && is_block(last)) && self.tags.windows(2).any(has_words) {
            return true;
        }
        self.tags
            .iter()
            .any(|tag| name(tag) == "br" && self.touches(tag).0 && !self.text[tag.end..].starts_with([',', ')', '<']))
    }
}

/// Marks that open what follows them.
fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '"' | '\'' | '\u{2018}' | '\u{201c}' | '`' | ',' | '/')
}

impl Tag {
    fn other(start: usize, end: usize) -> Self {
        Tag { element: None, start, end, is_closing: false, has_attributes: false, closes_itself: false }
    }
}

/// The tag that begins at `open`, if it is a known element or Word's.
fn tag_at(text: &str, open: usize) -> Option<Tag> {
    let rest = &text[open + 1..];
    if rest.starts_with(['!', '?']) {
        let is_word = |mark: &str| rest.get(1..mark.len() + 1).is_some_and(|head| head.eq_ignore_ascii_case(mark));
        ["[if", "[endif", "doctype", "xml"].into_iter().find(|mark| is_word(mark))?;
        return Some(Tag::other(open, open + 1 + end_of(rest)?));
    }
    let (is_closing, inner) = rest.strip_prefix('/').map_or((false, rest), |inner| (true, inner));
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, behind) = inner.split_at(length);
    let start = open + 1 + usize::from(is_closing);
    if let Some(local) = behind.strip_prefix(':') {
        WORD.iter().find(|known| name.eq_ignore_ascii_case(known))?;
        local.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
        return Some(Tag::other(open, start + end_of(inner)?));
    }
    if name.len() > 10 || !behind.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let element = ELEMENTS.binary_search_by_key(&name.as_str(), |(known, _)| known).ok()?;
    let end = end_of(behind)?;
    let inside = behind[..end - 1].trim();
    let (inside, closes_itself) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let has_attributes = match attributes(inside) {
        _ if inside.trim().is_empty() => false,
        true => true,
        false => return None,
    };
    Some(Tag {
        element: Some(element),
        start: open,
        end: start + length + end,
        is_closing,
        has_attributes,
        closes_itself,
    })
}

/// The length up to and including the `>` that ends a tag; one inside quotes
/// does not.
fn end_of(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut plain = None;
    for (i, c) in text.char_indices().take(2_000) {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if c == '>' => return Some(i + 1),
            None if c == '<' => break,
            None if matches!(c, '"' | '\'') && text[..i].ends_with('=') => quote = Some(c),
            Some(_) if c == '>' => plain = plain.or(Some(i + 1)),
            _ => {}
        }
    }
    // a quote that is never closed closes nothing
    plain
}

/// Whether these are attributes as editors write them: names with values, or
/// the few names that need none. "and y" of "x <b and y>" is not.
fn attributes(inside: &str) -> bool {
    let mut rest = inside.trim();
    while !rest.is_empty() {
        let length =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(length);
        if name.is_empty() {
            return false;
        }
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            let needs_none =
                ["checked", "compact", "disabled", "hidden", "noshade", "nowrap", "open", "reversed", "selected"];
            if !needs_none.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                return false;
            }
            rest = behind.trim_start();
            continue;
        };
        let value = value.trim_start();
        let end = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |end| end + 2),
            _ => value.find(char::is_whitespace).unwrap_or(value.len()),
        };
        rest = value[end..].trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted() {
        assert!(ELEMENTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for list in [UNCLOSED, WITHOUT_TEXT, TYPESETTING, WRAPPING] {
            assert!(list.iter().all(|name| ELEMENTS.iter().any(|(known, _)| known == name)), "{list:?}");
        }
    }

    #[test]
    fn many_open_brackets_are_read_once() {
        for unit in ["<!--", "<p", "<script>", "<a b='", "<b <", "</"] {
            let text = unit.repeat(100_000);
            let _ = Markup::of(&text).strip(&mut BTreeSet::new());
        }
    }
}
