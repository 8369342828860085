//! Options that only appear in texts: "Option 2: Maternity support: ..." and
//! "Core: ...".
//!
//! A prefix counts if at least one statement of the standard names an option.
//! Then the prefix is removed from the display text, the statement gets its
//! options, and the options get the titles that most of their statements give
//! them. A statement of "Core and option 1" belongs to the core. A prefix whose
//! numbers are not those of options ("Option 0:") stays in the text, with a
//! remark.
//!
//! The texts of a native map are shown as they are, so there the prefixes are only
//! found ([`RawOccupation::options_in_texts`]), and read on request
//! ([`RawMap::read_options_from_texts`]).

use std::collections::{BTreeMap, HashMap};

use super::prefix::{Called, MOST, Prefix, Prefixed, WIDEST, prefix, with_roman_numbers};
use super::raw::{RawMap, RawOccupation, RawOption};
use super::{Remark, RemarkKind, excerpt};
use crate::text::{name_key, says_something, unused};

/// Finds and handles the prefixes of an occupation's statements. `pointer` is
/// that of the record.
pub(super) fn from_prefixes(occupation: &mut RawOccupation, pointer: &str, remarks: &mut Vec<Remark>) {
    let is_any = |text: &str| match prefix(text) {
        Some(Prefix::Options(part)) => !part.named.is_empty(),
        Some(Prefix::Odd(_)) => true,
        None => false,
    };
    if !occupation.statements.iter().any(|s| s.text.as_deref().is_some_and(is_any)) {
        return;
    }
    let texts: Vec<String> = occupation.statements.iter().map(|s| s.text.clone().unwrap_or_default()).collect();
    let mut parts: Vec<Option<Prefixed<'_>>> = Vec::with_capacity(texts.len());
    for (text, statement) in texts.iter().zip(&occupation.statements) {
        parts.push(match prefix(text) {
            Some(Prefix::Options(part)) => Some(part),
            Some(Prefix::Odd(odd)) => {
                let message = format!(
                    "the statement \"{}\" begins with \"{}\", and options are numbered from 1 to {MOST}, in ranges of \
                     up to {WIDEST}; it is read as wording of the core",
                    statement.id.as_deref().unwrap_or_default(),
                    excerpt(odd, 40)
                );
                let place = statement.item.map_or_else(String::new, |item| format!("/{}/{}", item.list, item.index));
                remarks.push(Remark::new(RemarkKind::OddOption, format!("{pointer}{place}"), message));
                None
            }
            None => None,
        });
    }
    let has_roman = parts.iter().zip(&texts).any(|(part, text)| {
        let head = part.as_ref().map_or("", |part| &text[..text.len() - part.rest.len()]);
        head.contains("II") || head.contains("IV") || head.contains("IX")
    });
    let mut called: Vec<&mut Called> = parts.iter_mut().flatten().flat_map(|part| &mut part.named).collect();
    with_roman_numbers(&mut called, has_roman);
    if !parts.iter().flatten().any(|part| !part.named.is_empty()) {
        return;
    }
    let titles = titles(&parts);
    let codes = option_codes(&titles, &parts, occupation);
    for (statement, part) in occupation.statements.iter_mut().zip(&parts) {
        let Some(part) = part else { continue };
        let shown = without_title(part, &titles);
        if shown.is_empty() {
            continue;
        }
        if statement.source_text.is_none() {
            statement.source_text = statement.text.take();
        }
        statement.text = Some(shown.to_owned());
        if part.is_core {
            continue;
        }
        for called in &part.named {
            if let Some(code) = codes.get(called).filter(|c| !statement.option.0.contains(c)) {
                statement.option.0.push(code.clone());
            }
        }
    }
}

/// Whether an occupation has no options, and statements that name one.
fn has_unread_prefix(occupation: &RawOccupation) -> bool {
    let none = occupation.options.is_empty() && occupation.statements.iter().all(|s| s.option.0.is_empty());
    none && occupation.statements.iter().any(|s| s.text.as_deref().and_then(prefix_of_option).is_some())
}

/// The prefix of a text that names options: "Option 2:" in "Option 2: Bread".
fn prefix_of_option(text: &str) -> Option<&str> {
    match prefix(text)? {
        Prefix::Options(part) if !part.named.is_empty() && !part.is_core => {
            Some(text[..text.len() - part.rest.len()].trim())
        }
        _ => None,
    }
}

impl RawOccupation {
    /// The numbers of the statements whose texts begin with the name of an option, each
    /// with that beginning; none if the occupation has options.
    pub(crate) fn options_in_texts(&self) -> Vec<(usize, &str)> {
        if !has_unread_prefix(self) {
            return Vec::new();
        }
        let texts = self.statements.iter().enumerate();
        texts.filter_map(|(i, s)| Some((i, prefix_of_option(s.text.as_deref()?)?))).collect()
    }
}

impl RawMap {
    /// Reads the options of occupations from texts such as "Option 2: Maternity support:
    /// ...", where an occupation has no options. The statements get their options, and
    /// are shown without these words, which stay in the source text; "Core: ..." is what
    /// all learners learn. Returns how many occupations have options now.
    ///
    /// The official standards file is always read like this, and a native map never: its
    /// texts are shown as they are.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};
    ///
    /// let mut worker = RawOccupation::new("ST0217", "Support worker", 3);
    /// worker.statements.push(RawStatement::new("K1", "knowledge", "Core: Safe working"));
    /// worker.statements.push(RawStatement::new("K2", "knowledge", "Option 1: Theatre support: Asepsis"));
    /// let cluster = RawCluster::new("c", "Assistants").with(worker);
    /// let pathway = RawPathway::new("p", "Health").with(cluster);
    /// let mut map = RawMap::new("A small map").with(RawRoute::new("r", "Health and science").with(pathway));
    ///
    /// assert_eq!(map.read_options_from_texts(), 1);
    /// let worker = &map.routes[0].pathways[0].clusters[0].occupations[0];
    /// assert_eq!(worker.options[0].title.as_deref(), Some("Theatre support"));
    /// assert_eq!(worker.statements[1].text.as_deref(), Some("Asepsis"));
    /// assert_eq!(map.read_options_from_texts(), 0);
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the length of all texts.
    pub fn read_options_from_texts(&mut self) -> usize {
        let placed = self.routes.iter_mut().flat_map(|route| &mut route.pathways);
        let placed = placed.flat_map(|pathway| &mut pathway.clusters).flat_map(|cluster| &mut cluster.occupations);
        let aside = self.set_aside.iter_mut().map(|aside| &mut aside.occupation);
        let mut read = 0;
        for occupation in placed.chain(aside).filter(|occupation| has_unread_prefix(occupation)) {
            let pointer = occupation.origin.as_ref().map_or_else(String::new, |origin| origin.pointer().to_owned());
            from_prefixes(occupation, &pointer, &mut self.remarks);
            read += 1;
        }
        read
    }
}

/// The title in a line of a list of options: "Bread" in "Option 2: Bread".
pub(super) fn title_of_line(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '('));
    match prefix(line) {
        Some(Prefix::Options(part)) if !part.named.is_empty() && !part.rest.is_empty() => part.rest.trim(),
        _ => line.trim(),
    }
}

/// The text before the next colon, if it may be a title.
fn segment(rest: &str) -> Option<&str> {
    let (segment, behind) = rest.split_once(':')?;
    let short = segment.chars().count() <= 200 && !segment.contains(['.', ';', '\n']);
    (short && says_something(segment) && !behind.trim().is_empty()).then(|| segment.trim())
}

/// The number of uses of each spelling of a title, by its name key.
type Spellings<'t> = BTreeMap<String, BTreeMap<&'t str, usize>>;

/// The title of each option: the segment with which most of the statements of
/// only that option begin, if at least half of them do. Among several
/// spellings, the most frequent is used (ties: alphabetically).
fn titles(parts: &[Option<Prefixed<'_>>]) -> BTreeMap<Called, String> {
    let mut spellings: BTreeMap<Called, (usize, Spellings<'_>)> = BTreeMap::new();
    for part in parts.iter().flatten().filter(|part| !part.is_core) {
        let [called] = part.named.as_slice() else { continue };
        let (total, keys) = spellings.entry(*called).or_default();
        *total += 1;
        if let Some(segment) = part.title.filter(|title| says_something(title)).or_else(|| segment(part.rest)) {
            *keys.entry(name_key(segment)).or_default().entry(segment).or_default() += 1;
        }
    }
    spellings
        .into_iter()
        .filter_map(|(called, (total, keys))| {
            let (count, spelt) = keys
                .into_values()
                .map(|spelt| (spelt.values().sum::<usize>(), spelt))
                .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
            let title = spelt.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?.0;
            (count * 2 >= total).then(|| (called, title.to_owned()))
        })
        .collect()
}

/// The text without the titles before it.
fn without_title<'t>(part: &Prefixed<'t>, titles: &BTreeMap<Called, String>) -> &'t str {
    let Some(segment) = segment(part.rest).filter(|_| !part.named.is_empty()) else { return part.rest };
    let key = name_key(segment);
    let all_named = part
        .named
        .iter()
        .map(|called| titles.get(called).map(|t| name_key(t)))
        .all(|title| title.is_some_and(|t| !t.is_empty() && key.contains(&t)));
    if !all_named {
        return part.rest;
    }
    part.rest.split_once(':').map_or(part.rest, |(_, text)| text.trim_start())
}

/// The code of each option named in a prefix: a listed option with that title,
/// or at that position if the list is as long as the numbers require, otherwise
/// a new one.
fn option_codes(
    titles: &BTreeMap<Called, String>,
    parts: &[Option<Prefixed<'_>>],
    occupation: &mut RawOccupation,
) -> HashMap<Called, String> {
    let of_options = parts.iter().flatten().filter(|part| !part.is_core);
    let mut all: Vec<Called> = of_options.flat_map(|part| part.named.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let listed: Vec<(String, Option<String>)> =
        occupation.options.iter().filter_map(|o| Some((name_key(o.title.as_deref()?), o.id.clone()))).collect();
    let mut codes = HashMap::new();
    for called in all {
        let title = titles.get(&called).cloned().unwrap_or_else(|| format!("Option {called}"));
        let by_title = listed.iter().find(|(key, _)| *key == name_key(&title));
        let by_place = || listed.get(called.place()?).filter(|_| !titles.contains_key(&called));
        let code = match by_title.or_else(by_place) {
            Some((_, Some(code))) => code.clone(),
            _ => {
                let taken = |code: &str| occupation.options.iter().any(|o| o.id.as_deref() == Some(code));
                let code = unused(format!("O{called}"), taken);
                occupation.options.push(RawOption::new(code.clone(), title));
                code
            }
        };
        codes.insert(called, code);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::raw::RawStatement;

    fn statements(texts: &[&str]) -> RawOccupation {
        let mut o = RawOccupation::new("ST1", "Support worker", 3);
        for (i, text) in texts.iter().enumerate() {
            o.statements.push(RawStatement::new(format!("K{}", i + 1), "knowledge", *text));
        }
        let mut remarks = Vec::new();
        from_prefixes(&mut o, "/0", &mut remarks);
        // the remarks are kept with the occupation
        o.keywords = remarks.into_iter().map(|r| format!("{} {}", r.pointer, r.message)).collect();
        o
    }

    #[test]
    fn prefixes_become_options_and_leave_the_text() {
        let o = statements(&[
            "Core: The scope of practice",
            "Option 1: Adult support: Wounds: types and causes",
            "Option 2: Maternity support: Newborn care",
            "Option 2: Maternity Support: Feeding",
            "Option 2: Maternity support: Screening",
            "Options 1 and 2: Adult support and maternity support: Daily living",
            "No prefix at all",
        ]);
        let options: Vec<_> =
            o.options.iter().map(|o| (o.id.as_deref().unwrap(), o.title.as_deref().unwrap())).collect();
        assert_eq!(options, [("O1", "Adult support"), ("O2", "Maternity support")]);
        let shown: Vec<_> = o.statements.iter().map(|s| (s.text.as_deref().unwrap(), s.option.0.join("+"))).collect();
        assert_eq!(
            shown,
            [
                ("The scope of practice", String::new()),
                ("Wounds: types and causes", "O1".to_owned()),
                ("Newborn care", "O2".to_owned()),
                ("Feeding", "O2".to_owned()),
                ("Screening", "O2".to_owned()),
                ("Daily living", "O1+O2".to_owned()),
                ("No prefix at all", String::new()),
            ]
        );
        assert_eq!(o.statements[0].source_text.as_deref(), Some("Core: The scope of practice"));
        assert_eq!(o.statements[6].source_text, None);
    }

    #[test]
    fn a_lone_core_prefix_is_wording() {
        let o = statements(&["Core: The scope of practice", "Core: Safety"]);
        assert!(o.options.is_empty());
        assert_eq!(o.statements[0].text.as_deref(), Some("Core: The scope of practice"));
    }

    #[test]
    fn options_without_titles_keep_their_texts() {
        let o =
            statements(&["Option 1: Fabrics: wool and cotton", "Option 1: Dyes", "Option 1: Looms", "Option 2: Paper"]);
        assert_eq!(o.options[0].title.as_deref(), Some("Option 1"));
        assert_eq!(o.statements[0].text.as_deref(), Some("Fabrics: wool and cotton"));
        assert_eq!(o.statements[3].option.0, ["O2"]);
    }

    #[test]
    fn several_options_and_letters() {
        let o = statements(&[
            "[Option A] Bread",
            "Option B only: Cakes",
            "Options A and B: Dough",
            "Core and option A: Hygiene",
            "Options I and II: which are letters and roman numbers",
        ]);
        let codes: Vec<_> = o.options.iter().map(|o| o.id.as_deref().unwrap()).collect();
        assert_eq!(codes, ["O1", "O2", "OA", "OB"]);
        let shown: Vec<_> = o.statements.iter().map(|s| (s.text.as_deref().unwrap(), s.option.0.join("+"))).collect();
        assert_eq!(
            shown,
            [
                ("Bread", "OA".to_owned()),
                ("Cakes", "OB".to_owned()),
                ("Dough", "OA+OB".to_owned()),
                ("Hygiene", String::new()),
                ("which are letters and roman numbers", "O1+O2".to_owned()),
            ]
        );
    }

    #[test]
    fn numbers_that_no_option_has_are_remarked() {
        for odd in ["Option 0:", "Options 1-999999999:", "[Option 0]", "Option 4294967296:", "Options 5-2:"] {
            let text = format!("{odd} Bread");
            for others in [vec![], vec!["Option 1: Cakes: icing"]] {
                let mut texts = vec![text.as_str()];
                texts.extend(&others);
                let o = statements(&texts);
                assert_eq!(o.options.len(), others.len(), "{odd}");
                assert_eq!(o.statements[0].text.as_deref(), Some(text.as_str()), "the wording stays");
                assert!(o.statements[0].option.0.is_empty());
                assert_eq!(o.keywords.len(), 1, "{odd}");
                assert!(o.keywords[0].contains(&format!("\"K1\" begins with \"{odd}\"")), "{:?}", o.keywords);
            }
        }
    }
}
