//! Options that only the texts tell: "Option 2: Maternity support: ..." beside
//! "Core: ...".
//!
//! A prefix counts when at least one statement of the standard carries an
//! option's number. Then the prefix leaves the display text, the statement
//! gets its options, and the options get the titles that most of their
//! statements give them.

use std::collections::{BTreeMap, HashMap};

use super::raw::{RawOccupation, RawOption};
use crate::text::{name_key, unused};

/// A statement text taken apart.
#[derive(Debug, PartialEq)]
struct Prefixed<'t> {
    /// The options' numbers; none for "Core".
    numbers: Vec<u32>,
    /// The text behind "Option 2:".
    rest: &'t str,
}

/// Finds the prefixes of an occupation's statements and acts on them.
pub(super) fn from_prefixes(occupation: &mut RawOccupation) {
    let texts: Vec<String> = occupation.statements.iter().map(|s| s.text.clone().unwrap_or_default()).collect();
    let parts: Vec<Option<Prefixed<'_>>> = texts.iter().map(|t| prefix(t)).collect();
    if !parts.iter().flatten().any(|p| !p.numbers.is_empty()) {
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
        for number in &part.numbers {
            if let Some(code) = codes.get(number).filter(|c| !statement.option.0.contains(c)) {
                statement.option.0.push(code.clone());
            }
        }
    }
}

/// Splits "Core: text", "Option 2: ...", "Options 1, 2 and 5: ..." from what
/// follows. None where the text has no such prefix.
fn prefix(text: &str) -> Option<Prefixed<'_>> {
    let word_end = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (word, mut rest) = text.split_at(word_end);
    let mut numbers = Vec::new();
    match word.to_ascii_lowercase().as_str() {
        "core" => {}
        "option" | "options" => loop {
            rest = rest.trim_start();
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            numbers.push(rest[..digits].parse().ok().filter(|n| *n <= 999)?);
            rest = &rest[digits..];
            let mut next = rest.trim_start();
            let before = next.len();
            for joint in [",", "and ", "&", "/"] {
                next = next.strip_prefix(joint).unwrap_or(next).trim_start();
            }
            if next.len() == before || !next.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            rest = next;
        },
        _ => return None,
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(':').or_else(|| rest.strip_prefix("- ")).or_else(|| rest.strip_prefix("\u{2013} "))?;
    Some(Prefixed { numbers, rest: rest.trim_start() })
}

/// What stands before the next colon, if it may be a title.
fn segment(rest: &str) -> Option<&str> {
    let (segment, behind) = rest.split_once(':')?;
    let short = segment.chars().count() <= 200 && !segment.contains(['.', ';', '\n']);
    (short && !behind.trim().is_empty()).then(|| segment.trim())
}

/// How often each spelling of a title stands, by its name key.
type Spellings<'t> = BTreeMap<String, BTreeMap<&'t str, usize>>;

/// The title of each option: the segment that most of the statements of that
/// option alone begin with, if at least half of them do. Of several spellings
/// the most frequent, then the first in the alphabet.
fn titles(parts: &[Option<Prefixed<'_>>]) -> BTreeMap<u32, String> {
    let mut spellings: BTreeMap<u32, (usize, Spellings<'_>)> = BTreeMap::new();
    for part in parts.iter().flatten() {
        let [number] = part.numbers.as_slice() else { continue };
        let (total, keys) = spellings.entry(*number).or_default();
        *total += 1;
        if let Some(segment) = segment(part.rest) {
            *keys.entry(name_key(segment)).or_default().entry(segment).or_default() += 1;
        }
    }
    spellings
        .into_iter()
        .filter_map(|(number, (total, keys))| {
            let (count, spelt) = keys
                .into_values()
                .map(|spelt| (spelt.values().sum::<usize>(), spelt))
                .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
            let title = spelt.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?.0;
            (count * 2 >= total).then(|| (number, title.to_owned()))
        })
        .collect()
}

/// The text without the titles that stand before it.
fn without_title<'t>(part: &Prefixed<'t>, titles: &BTreeMap<u32, String>) -> &'t str {
    let Some(segment) = segment(part.rest).filter(|_| !part.numbers.is_empty()) else { return part.rest };
    let key = name_key(segment);
    let all_named = part
        .numbers
        .iter()
        .map(|n| titles.get(n).map(|t| name_key(t)))
        .all(|title| title.is_some_and(|t| !t.is_empty() && key.contains(&t)));
    if !all_named {
        return part.rest;
    }
    part.rest.split_once(':').map_or(part.rest, |(_, text)| text.trim_start())
}

/// The code of each numbered option: a listed option of that title, or of that
/// place in a list as long as the numbers need, else a new one.
fn option_codes(
    titles: &BTreeMap<u32, String>,
    parts: &[Option<Prefixed<'_>>],
    occupation: &mut RawOccupation,
) -> HashMap<u32, String> {
    let mut numbers: Vec<u32> = parts.iter().flatten().flat_map(|p| p.numbers.iter().copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let listed: Vec<(String, Option<String>)> =
        occupation.options.iter().filter_map(|o| Some((name_key(o.title.as_deref()?), o.id.clone()))).collect();
    let mut codes = HashMap::new();
    for number in numbers {
        let title = titles.get(&number).cloned().unwrap_or_else(|| format!("Option {number}"));
        let by_title = listed.iter().find(|(key, _)| *key == name_key(&title));
        let by_place = || listed.get(number as usize - 1).filter(|_| !titles.contains_key(&number));
        let code = match by_title.or_else(by_place) {
            Some((_, Some(code))) => code.clone(),
            _ => {
                let taken = |code: &str| occupation.options.iter().any(|o| o.id.as_deref() == Some(code));
                let code = unused(format!("O{number}"), taken);
                occupation.options.push(RawOption::new(code.clone(), title));
                code
            }
        };
        codes.insert(number, code);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::raw::RawStatement;

    #[test]
    fn prefixes() {
        for (text, expected) in [
            ("Core: The scope", Some((vec![], "The scope"))),
            ("Option 2: Maternity support: Newborn", Some((vec![2], "Maternity support: Newborn"))),
            ("Options 1, 2 and 5: A, B and C:  Wounds", Some((vec![1, 2, 5], "A, B and C:  Wounds"))),
            ("Option 3 - Theatre", Some((vec![3], "Theatre"))),
            ("OPTIONS 1 & 2: x", Some((vec![1, 2], "x"))),
            ("Core values of the organisation", None),
            ("Options for disposal: bins", None),
            ("Option: x", None),
            ("Optional: x", None),
            ("Option 99999999999: x", None),
            ("", None),
        ] {
            let found = prefix(text).map(|p| (p.numbers, p.rest));
            assert_eq!(found, expected.map(|(n, r): (Vec<u32>, &str)| (n, r)), "{text}");
        }
    }

    fn statements(texts: &[&str]) -> RawOccupation {
        let mut o = RawOccupation::new("ST1", "Support worker", 3);
        for (i, text) in texts.iter().enumerate() {
            o.statements.push(RawStatement::new(format!("K{}", i + 1), "knowledge", *text));
        }
        from_prefixes(&mut o);
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
}
