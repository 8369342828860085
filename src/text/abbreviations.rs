//! Abbreviations of the field, and what they stand for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use serde::Deserialize;

/// The abbreviations that the library knows: `fixtures/names/abbreviations.json`.
static KNOWN: LazyLock<HashMap<String, Abbreviation, RandomState>> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../../fixtures/names/abbreviations.json")).unwrap_or_default();
    file.abbreviations.into_iter().map(|one| (one.short.to_lowercase(), one)).collect()
});

#[derive(Debug, Default, Deserialize)]
struct File {
    abbreviations: Vec<Abbreviation>,
}

#[derive(Debug, Deserialize)]
struct Abbreviation {
    short: String,
    /// What it stands for; the first is what is usually meant.
    words: Vec<String>,
    /// Whether it is a word of its own in small letters ("it", "send").
    #[serde(default)]
    only_capitals: bool,
}

/// The length of the longest abbreviation, with full stops and a plural "s".
const LONG: usize = 12;

/// A text's abbreviations: where each is, and what it stands for.
fn found(text: &str) -> impl Iterator<Item = (usize, usize, &'static Abbreviation)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '&');
    let mut rest = text.char_indices().peekable();
    let shouts = !text.bytes().any(|b| b.is_ascii_lowercase()) && text.split_whitespace().nth(4).is_some();
    std::iter::from_fn(move || {
        loop {
            let (start, _) = rest.by_ref().find(|(_, c)| c.is_alphanumeric())?;
            let is_inside = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            let mut end = start;
            let mut c = text[start..].chars().next();
            while let Some(one) = c.filter(|c| is_part(*c)) {
                end += one.len_utf8();
                c = rest.next_if(|(at, _)| *at == end).map(|(_, c)| c);
            }
            if c.is_some_and(char::is_alphanumeric) {
                // a longer word, which is none
                while rest.next_if(|(_, c)| c.is_alphanumeric()).is_some() {}
                continue;
            }
            let word = text[start..end].trim_end_matches(['.', '&']);
            if is_inside || word.len() > LONG || word.len() < 2 {
                continue;
            }
            if let Some(known) = meaning(word, shouts) {
                return Some((start, start + word.len(), known));
            }
        }
    })
}

/// What a word stands for, if it is an abbreviation: "HGV", "hgv", "HGVs",
/// "I.T.".
fn meaning(word: &str, shouts: bool) -> Option<&'static Abbreviation> {
    let is_dotted = word.contains('.');
    if is_dotted && word.split('.').any(|letters| letters.len() != 1) {
        // full stops come after single letters only
        return None;
    }
    let short = if is_dotted { Cow::Owned(word.replace('.', "")) } else { Cow::Borrowed(word) };
    let plural = short.strip_suffix('s').filter(|one| one.len() >= 2 && !one.bytes().any(|b| b.is_ascii_lowercase()));
    let short = plural.unwrap_or(&short);
    let known = if short.bytes().any(|b| b.is_ascii_uppercase()) {
        KNOWN.get(short.to_ascii_lowercase().as_str())?
    } else {
        KNOWN.get(short)?
    };
    let capitals = !short.bytes().any(|b| b.is_ascii_lowercase());
    (!known.only_capitals || (capitals && !shouts)).then_some(known)
}

/// Returns a name with the words of each abbreviation after it: "HGV heavy goods
/// vehicle driver". Abbreviations that are known (in lower case, without full
/// stops) stay without words, and so do those whose words the name has already.
pub(crate) fn with_words(name: &str, is_known: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let mut whole = String::new();
    let mut from = 0;
    for (start, end, known) in found(name) {
        let short = &name[start..end];
        let is_dotted = short.contains('.');
        let words = known.words.first().filter(|words| {
            let is_there = || name.to_ascii_lowercase().contains(&words.to_ascii_lowercase());
            !is_known(&known.short.to_lowercase()) && !is_there()
        });
        if words.is_none() && !is_dotted {
            continue;
        }
        whole.push_str(&name[from..start]);
        whole.push_str(if is_dotted { &known.short } else { short });
        if let Some(words) = words {
            whole.push(' ');
            whole.push_str(words);
        }
        from = end;
    }
    if from == 0 {
        return Cow::Borrowed(name);
    }
    whole.push_str(&name[from..]);
    Cow::Owned(whole)
}

/// Returns a text with the words of its abbreviations in their stead, in each
/// meaning that they have together: none if it has no abbreviation.
pub(crate) fn in_full(text: &str) -> Vec<String> {
    let found: Vec<(usize, usize, &Abbreviation)> = found(text).collect();
    let most = found.iter().map(|(_, _, known)| known.words.len()).max().unwrap_or(0);
    let full = |meaning: usize| {
        let mut whole = String::new();
        let mut from = 0;
        for (start, end, known) in &found {
            whole.push_str(&text[from..*start]);
            whole.push_str(known.words.get(meaning).or(known.words.first()).map_or("", String::as_str));
            from = *end;
        }
        whole.push_str(&text[from..]);
        whole
    };
    (0..most).map(full).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_followed_by_their_words() {
        for (text, expected) in [
            ("HGV driver", "HGV heavy goods vehicle driver"),
            ("hgv drivers", "hgv heavy goods vehicle drivers"),
            ("HGVs", "HGVs heavy goods vehicle"),
            ("I.T. technician", "IT information technology. technician"),
            ("IT technician", "IT information technology technician"),
            ("Repair it", "Repair it"),
            ("R&D engineer", "R&D research and development engineer"),
            ("Large goods vehicle (LGV) driver", "Large goods vehicle (LGV) driver"),
            ("UX/UI designer", "UX user experience/UI user interface designer"),
            ("TA", "TA teaching assistant"),
            ("EAST", "EAST"),
            ("\u{e9}IT", "\u{e9}IT"),
            ("IT\u{e9}", "IT\u{e9}"),
            ("SEND IT TO HIM AND TO HER", "SEND IT TO HIM AND TO HER"),
            ("", ""),
        ] {
            assert_eq!(with_words(text, |_| false), expected);
        }
    }

    #[test]
    fn known_abbreviations_stay() {
        let known = |short: &str| ["hgv", "it"].contains(&short);
        assert_eq!(with_words("HGV and LGV driver", known), "HGV and LGV large goods vehicle driver");
        assert_eq!(with_words("I.T. technician", known), "IT. technician");
    }

    #[test]
    fn names_in_full() {
        assert_eq!(in_full("HGV driver"), ["heavy goods vehicle driver", "large goods vehicle driver"]);
        assert_eq!(in_full("HR and IT"), ["human resources and information technology"]);
        assert!(in_full("Driver").is_empty());
    }

    #[test]
    fn the_list_is_sound() {
        assert!(KNOWN.len() > 80);
        let text = include_str!("../../fixtures/names/abbreviations.json");
        let file: File = serde_json::from_str(text).unwrap();
        assert_eq!(file.abbreviations.len(), KNOWN.len(), "none is listed twice");
        assert!(file.abbreviations.is_sorted_by(|a, b| a.short < b.short));
        for one in &file.abbreviations {
            assert!(
                !one.words.is_empty() && one.words.iter().all(|words| words.contains(' ') || words.len() > 8),
                "{one:?}"
            );
        }
    }
}
