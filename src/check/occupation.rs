//! The rules of a single occupation: level, status, statements, duties,
//! options.

use std::collections::{HashMap, HashSet};

use super::rules::{self, Rule};
use super::walk::Walk;
use crate::map::{Kind, Level, Status};
use crate::read::{DEGREES, Field, Item, Origin, RawOccupation, excerpt};
use crate::text::{self, is_placeholder, normal_form, sketch};

/// Statements longer than this are reported. Of 12,110 real ones, six are.
const LONG: usize = 1_000;

/// More options than this mean a damaged file; real standards have up to seven.
const MOST_OPTIONS: usize = 200;

impl<'r> Walk<'r> {
    /// Runs the rules over one occupation; `open` says whether its branch is
    /// open to T Levels. Returns false if an error makes it unusable.
    pub(super) fn occupation(&mut self, o: &'r RawOccupation, origin: &Origin, open: bool) -> bool {
        let id = o.id.as_deref().unwrap_or_default();
        let title = o.title.as_deref().unwrap_or(id);
        let mut fit = true;
        match o.level.filter(|_| o.product.is_none()) {
            // a product may have no level
            None if o.product.is_some() => {}
            None => {
                self.report(&rules::MISSING_LEVEL, origin.field(Field::Level), &[("id", id)]);
                fit = false;
            }
            Some(level) if Level::try_from(level).is_err() => {
                let found = [("id", id), ("level", &level.to_string())];
                self.report(&rules::LEVEL_OUT_OF_RANGE, origin.field(Field::Level), &found);
                fit = false;
            }
            Some(_) => {}
        }
        if let Some(status) = &o.status {
            match Status::from_name(status) {
                None => {
                    let hint = self.hint(status, Status::NAMES);
                    let found = [("title", title), ("found", &excerpt(status, 40)), ("hint", &hint)];
                    self.report(&rules::UNKNOWN_STATUS, origin.field(Field::Status), &found);
                }
                Some(Status::Approved) if o.standard.as_ref().is_none_or(|s| s.reference.is_none()) => {
                    self.report(
                        &rules::APPROVED_WITHOUT_REFERENCE,
                        origin.field(Field::Reference),
                        &[("title", title)],
                    );
                }
                Some(_) => {}
            }
        }
        if let Some(degree) = o.degree.as_deref().filter(|degree| !DEGREES.contains(degree)) {
            let hint = self.hint(degree, DEGREES);
            let found = [("title", title), ("found", &excerpt(degree, 40)), ("hint", &hint)];
            self.report(&rules::UNKNOWN_DEGREE, origin.field(Field::Whole), &found);
        }
        for (i, to) in o.progresses_to.iter().enumerate() {
            if !self.is_occupation(to) {
                let hint = self.occupation_hint(to);
                let found = [("title", title), ("found", to), ("hint", &hint)];
                let place = origin.field(Field::ProgressesTo);
                let place = if place.ends_with("progresses_to") { format!("{place}/{i}") } else { place };
                self.report(&rules::DANGLING_PROGRESSION, place, &found);
            }
        }
        let options = Codes::of(o.options.iter().map(|option| option.id.as_deref()));
        fit &= self.options(o, id, origin);
        fit &= self.statements(o, title, &options, origin);
        fit &= self.duties(o, title, &options, origin);
        let says_nothing = || !o.statements.iter().any(|s| s.text.as_deref().is_some_and(text::says_something));
        if fit && open && o.level == Some(3) && says_nothing() {
            let place = origin.field(Field::Statements);
            self.report(&rules::ELIGIBLE_WITHOUT_STATEMENTS, place, &[("title", title)]);
        }
        fit
    }

    fn options(&mut self, o: &'r RawOccupation, id: &str, origin: &Origin) -> bool {
        let place = |i: usize| format!("{}/{i}", origin.field(Field::Options));
        let mut fit = true;
        if o.options.len() > MOST_OPTIONS {
            let found = [("id", id), ("count", &o.options.len().to_string())];
            self.report(&rules::TOO_MANY_OPTIONS, origin.field(Field::Options), &found);
            fit = false;
        }
        fit &= self.codes("option", o.options.iter().map(|option| option.id.as_deref()), place);
        for (i, option) in o.options.iter().enumerate() {
            if option.title.as_deref().is_none_or(is_blank) {
                let id = option.id.as_deref().unwrap_or_default();
                let found = [("tier", "option"), ("id", id), ("name", "title")];
                self.report(&rules::MISSING_NAME, place(i), &found);
                fit = false;
            }
        }
        fit
    }

    /// Whether all codes exist and are unique.
    fn codes<'c>(
        &mut self,
        tier: &str,
        codes: impl Iterator<Item = Option<&'c str>>,
        place: impl Fn(usize) -> String,
    ) -> bool {
        let mut seen = HashSet::new();
        let mut fit = true;
        for (i, code) in codes.enumerate() {
            match code.filter(|code| !is_blank(code)) {
                None => {
                    self.report(&rules::MISSING_ID, place(i), &[("tier", tier)]);
                    fit = false;
                }
                Some(code) if !seen.insert(code) => {
                    let other = format!("{tier} \"{code}\" of the same occupation");
                    self.report(&rules::DUPLICATE_ID, place(i), &[("tier", tier), ("id", code), ("other", &other)]);
                    fit = false;
                }
                Some(_) => {}
            }
        }
        fit
    }

    fn statements(&mut self, o: &'r RawOccupation, title: &str, options: &Codes<'_>, origin: &Origin) -> bool {
        let place = |i: usize| item_place(origin, o.statements[i].item, "statements", i);
        let mut fit = self.codes("statement", o.statements.iter().map(|s| s.id.as_deref()), place);
        let mut wordings = Vec::with_capacity(o.statements.len());
        for (i, statement) in o.statements.iter().enumerate() {
            let id = statement.id.as_deref().unwrap_or_default();
            let kind = statement.kind.as_deref().unwrap_or_default();
            let kind = Kind::from_name(kind).or_else(|| {
                let hint = self.hint(kind, Kind::ALL.map(Kind::name));
                let found = [("id", id), ("found", &excerpt(kind, 40)), ("hint", &hint), ("occupation", title)];
                self.report(&rules::UNKNOWN_KIND, place(i), &found);
                None
            });
            fit &= kind.is_some();
            fit &= self.cited_options("statement", id, &statement.option.0, options, title, || place(i));
            let text = statement.text.as_deref().unwrap_or_default();
            if !has_word(text) {
                self.report(&rules::EMPTY_STATEMENT, place(i), &[("id", id), ("occupation", title)]);
                continue;
            }
            if is_placeholder(text) {
                let found = [("id", id), ("occupation", title), ("text", text)];
                self.report(&rules::PLACEHOLDER_STATEMENT, place(i), &found);
                continue;
            }
            self.wording(id, text, title, || place(i));
            if let Some(kind) = kind {
                wordings.push((kind, sketch(text), i));
            }
        }
        let in_texts = o.options_in_texts();
        if let Some(&(first, text)) = in_texts.first() {
            let (id, count) = (o.statements[first].id.as_deref().unwrap_or_default(), in_texts.len());
            let verb = if count == 1 { "begins" } else { "begin" };
            let (count, text) = (count.to_string(), excerpt(text, 40));
            let found = [("occupation", title), ("count", &count), ("verb", verb), ("text", &text), ("id", id)];
            self.report(&rules::OPTION_IN_TEXT, place(first), &found);
        }
        self.duplicates(o, title, wordings, place);
        fit
    }

    /// Statements of one kind whose normal forms are equal. Normal forms are
    /// only made if the sketches are equal.
    fn duplicates(
        &mut self,
        o: &RawOccupation,
        title: &str,
        mut wordings: Vec<(Kind, u128, usize)>,
        place: impl Fn(usize) -> String,
    ) {
        wordings.sort_unstable();
        let text = |i: usize| o.statements[i].text.as_deref().unwrap_or_default();
        let id = |i: usize| o.statements[i].id.as_deref().unwrap_or_default();
        for alike in wordings.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|alike| alike.len() > 1) {
            let mut first: HashMap<String, usize> = HashMap::new();
            for &(kind, _, i) in alike {
                let other = *first.entry(normal_form(text(i))).or_insert(i);
                if other != i {
                    let found = [("kind", kind.name()), ("id", id(i)), ("other", id(other)), ("occupation", title)];
                    self.report(&rules::DUPLICATE_STATEMENT, place(i), &found);
                }
            }
        }
    }

    fn wording(&mut self, id: &str, text: &str, title: &str, place: impl Fn() -> String) {
        let report_count = |walk: &mut Self, rule: &'static Rule, count: usize| {
            let found =
                [("id", id), ("occupation", title), ("count", &count.to_string()), ("limit", &LONG.to_string())];
            walk.report(rule, place(), &found);
        };
        // there are at least as many bytes as characters: most texts need no count
        if text.len() > LONG && text.chars().count() > LONG {
            report_count(self, &rules::LONG_STATEMENT, text.chars().count());
        }
        let parts = parts(text);
        if parts >= 3 {
            report_count(self, &rules::BUNDLED_STATEMENT, parts);
        }
    }

    fn duties(&mut self, o: &'r RawOccupation, title: &str, options: &Codes<'_>, origin: &Origin) -> bool {
        let place = |i: usize| item_place(origin, o.duties[i].item, "duties", i);
        let mut fit = self.codes("duty", o.duties.iter().map(|d| d.id.as_deref()), place);
        let statements = Codes::of(o.statements.iter().map(|s| s.id.as_deref()));
        for (i, duty) in o.duties.iter().enumerate() {
            let id = duty.id.as_deref().unwrap_or_default();
            let text = duty.text.as_deref().unwrap_or_default();
            if is_blank(text) {
                self.report(&rules::EMPTY_DUTY, place(i), &[("id", id), ("occupation", title)]);
            } else if !text::says_something(text) {
                let found = [("id", id), ("occupation", title), ("text", &excerpt(text, 40))];
                self.report(&rules::PLACEHOLDER_DUTY, place(i), &found);
            }
            fit &= self.cited_options("duty", id, &duty.options, options, title, || place(i));
            let dangling: Vec<&str> =
                duty.statements.iter().map(String::as_str).filter(|cited| !statements.has(cited)).collect();
            let found = match dangling.as_slice() {
                [] => continue,
                [one] => format!("\"{}\"", excerpt(one, 40)),
                [first, .., last] => {
                    format!("{} statements (\"{}\" to \"{}\")", dangling.len(), excerpt(first, 40), excerpt(last, 40))
                }
            };
            let hint = match dangling.as_slice() {
                [one] => self.hint(one, statements.in_order.iter().copied()),
                _ => String::new(),
            };
            let verb = if dangling.len() == 1 { "is" } else { "are" };
            let found = [("id", id), ("found", &found), ("verb", verb), ("occupation", title), ("hint", &hint)];
            self.report(&rules::DANGLING_DUTY, place(i), &found);
        }
        fit
    }

    /// Whether the options that a statement or duty names exist and are unique.
    fn cited_options(
        &mut self,
        tier: &str,
        id: &str,
        cited: &[String],
        options: &Codes<'_>,
        title: &str,
        place: impl Fn() -> String,
    ) -> bool {
        let mut seen = HashSet::new();
        let mut fit = true;
        for code in cited {
            if !options.has(code) {
                let hint = self.hint(code, options.in_order.iter().copied());
                let found =
                    [("tier", tier), ("id", id), ("found", &excerpt(code, 40)), ("occupation", title), ("hint", &hint)];
                self.report(&rules::UNKNOWN_OPTION, place(), &found);
                fit = false;
            } else if !seen.insert(code) {
                self.report(&rules::OPTION_TWICE, place(), &[("tier", tier), ("id", id), ("found", code)]);
            }
        }
        fit
    }
}

/// The codes of a list, for look-ups and suggestions.
struct Codes<'c> {
    in_order: Vec<&'c str>,
    set: HashSet<&'c str>,
}

impl<'c> Codes<'c> {
    fn of(codes: impl Iterator<Item = Option<&'c str>>) -> Self {
        let in_order: Vec<&str> = codes.flatten().collect();
        Codes { set: in_order.iter().copied().collect(), in_order }
    }

    fn has(&self, code: &str) -> bool {
        self.set.contains(code)
    }
}

fn item_place(origin: &Origin, item: Option<Item>, list: &str, index: usize) -> String {
    item.map_or_else(|| format!("{}/{list}/{index}", origin.pointer()), |item| origin.item(item))
}

fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether there is nothing but white space. Most texts begin with a letter.
fn is_blank(text: &str) -> bool {
    !text.bytes().next().is_some_and(|first| first.is_ascii_graphic()) && text.trim_start().is_empty()
}

/// The number of parts of a text: lines, bullets, items between semicolons,
/// sentences.
fn parts(text: &str) -> usize {
    let bytes = text.as_bytes();
    let says_something = |from: usize, to: usize| text[from..to].contains(char::is_alphanumeric);
    let mut parts = 0;
    let mut start = 0;
    for (i, &b) in bytes.iter().enumerate().filter(|(_, b)| MAY_END_A_PART[usize::from(**b)]) {
        let ends = match b {
            // a sentence ends with a full stop, a space and a capital: not "e.g. a" or "3.5"
            b'.' => bytes.get(i + 1) == Some(&b' ') && bytes.get(i + 2).is_some_and(u8::is_ascii_uppercase),
            // bullets: U+2022 and U+00B7
            0xe2 => bytes[i..].starts_with("\u{2022}".as_bytes()),
            0xc2 => bytes[i..].starts_with("\u{b7}".as_bytes()),
            _ => true,
        };
        if ends {
            parts += usize::from(says_something(start, i));
            start = i;
        }
    }
    parts + usize::from(says_something(start, bytes.len()))
}

/// Line breaks, semicolons, full stops, and the first bytes of bullets.
const MAY_END_A_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = matches!(b as u8, b'\n' | b';' | b'.' | 0xe2 | 0xc2);
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_of_a_text() {
        for (text, expected) in [
            ("One thing, and another, and a third.", 1),
            ("One. Two. Three.", 3),
            ("Know e.g. saws; planes; 3.5 mm bits", 3),
            ("Head\n\u{2022} a\n\u{2022} b", 3),
            ("Ends with a semicolon;", 1),
            (";;;;", 0),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }
}
