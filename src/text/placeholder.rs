//! Placeholders: texts in place of a statement or duty that was removed or is
//! still to come.

use super::normal_form;

/// The maximum number of words and bytes of a placeholder.
const MOST_WORDS: usize = 9;
const MOST_BYTES: usize = 80;

/// Names of a statement or duty before its text: `Duty 1`.
const LABELS: &[&str] = &[
    "behavior",
    "behaviour",
    "behaviours",
    "duties",
    "duty",
    "item",
    "knowledge",
    "ksb",
    "ksbs",
    "option",
    "skill",
    "skills",
    "statement",
    "statements",
];

/// Words that alone mean that there is nothing.
const NOTHING: &[&str] = &[
    "blank",
    "deleted",
    "empty",
    "na",
    "nan",
    "nil",
    "none",
    "null",
    "pending",
    "placeholder",
    "removed",
    "reserved",
    "superseded",
    "tba",
    "tbc",
    "tbd",
    "todo",
    "undefined",
    "unused",
    "withdrawn",
];

/// Words that may appear around these: "this statement has been removed in
/// version 1.1".
const AROUND: &[&str] = &[
    "and",
    "been",
    "deliberately",
    "from",
    "has",
    "have",
    "in",
    "intentionally",
    "is",
    "left",
    "now",
    "page",
    "text",
    "the",
    "this",
    "v",
    "version",
    "was",
];

/// Other phrases with that meaning, in words.
const PHRASES: &[&[&str]] = &[
    &["click", "here", "to", "enter", "text"],
    &["click", "or", "tap", "here", "to", "enter", "text"],
    &["coming", "soon"],
    &["enter", "text"],
    &["enter", "text", "here"],
    &["insert", "text"],
    &["insert", "text", "here"],
    &["lorem", "ipsum"],
    &["n", "a"],
    &["no", "longer", "applicable"],
    &["no", "longer", "in", "use"],
    &["no", "longer", "required"],
    &["no", "longer", "used"],
    &["no", "text"],
    &["not", "applicable"],
    &["not", "available"],
    &["not", "in", "use"],
    &["not", "required"],
    &["not", "used"],
    &["to", "be", "added"],
    &["to", "be", "agreed"],
    &["to", "be", "announced"],
    &["to", "be", "completed"],
    &["to", "be", "confirmed"],
    &["to", "be", "decided"],
    &["to", "be", "defined"],
    &["to", "be", "determined"],
    &["to", "be", "developed"],
    &["to", "be", "written"],
    &["to", "do"],
    &["to", "follow"],
];

/// Whether a statement or duty with this text says something: it has a letter
/// or digit and is not a placeholder.
///
/// # Examples
///
/// ```
/// use tlevel::text::says_something;
///
/// assert!(says_something("Bake") && says_something("Remove surplus materials"));
/// for nothing in ["", " . ", "-", "TBC", "n/a", "Duty 1", "K12: Removed", "[Not used]"] {
///     assert!(!says_something(nothing), "{nothing}");
/// }
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the text. A text of more than 80 bytes is examined
/// only up to its first letter or digit.
pub fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !is_placeholder(text)
}

/// Whether a text only says that there is none: "Removed", "TBC", "N/A", or a
/// bare label such as "Duty 1". False for a text without a letter or digit.
///
/// # Examples
///
/// ```
/// use tlevel::text::is_placeholder;
///
/// assert!(is_placeholder("This duty has been removed."));
/// assert!(!is_placeholder("Know which parts may be removed") && !is_placeholder("."));
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the text, and `O(1)` for more than 80 bytes.
pub fn is_placeholder(text: &str) -> bool {
    if text.len() > MOST_BYTES {
        return false;
    }
    if text.is_ascii() { of_words(text) } else { of_words(&normal_form(text)) }
}

fn of_words(text: &str) -> bool {
    let mut list = [""; MOST_WORDS];
    let mut n = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let Some(place) = list.get_mut(n) else { return false };
        *place = word;
        n += 1;
    }
    let words = list.get(..n).unwrap_or_default();
    let Some((first, rest)) = words.split_first() else { return false };
    // "Duty 1", "K12" and "1" before the text, or alone
    let label = if is_number(first) {
        words.iter().take_while(|word| is_number(word)).count()
    } else if is_code(first) {
        1
    } else if is_one_of(first, LABELS) {
        1 + usize::from(rest.first().is_some_and(|second| is_number(second) || is_code(second)))
    } else {
        0
    };
    let own = words.get(label..).unwrap_or_default();
    let Some(first) = own.first() else { return true };
    let same =
        |phrase: &&[&str]| phrase.len() == own.len() && phrase.iter().zip(own).all(|(a, b)| a.eq_ignore_ascii_case(b));
    let around = |word: &&str| {
        is_one_of(word, AROUND) || is_one_of(word, LABELS) || is_number(word) || is_code(word) || is_version(word)
    };
    let crosses = |word: &str| word.len() > 1 && word.bytes().all(|b| b.eq_ignore_ascii_case(&b'x'));
    is_one_of(first, &["tba", "tbc", "tbd"])
        || PHRASES.iter().any(same)
        || own.iter().all(|word| crosses(word))
        || own.iter().any(|word| is_one_of(word, NOTHING))
            && own.iter().all(|word| is_one_of(word, NOTHING) || around(word))
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// A statement's or duty's code: `K12`.
fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix(['K', 'S', 'B', 'D', 'k', 's', 'b', 'd']);
    digits.is_some_and(|digits| !digits.is_empty() && is_number(digits))
}

fn is_version(word: &str) -> bool {
    word.strip_prefix(['V', 'v']).is_some_and(|digits| !digits.is_empty() && is_number(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_what_looks_like_them() {
        for text in [
            "TBC",
            "tbc.",
            "TBC with employers",
            "N/A",
            "n.a.",
            "NA",
            "null",
            "None",
            "Removed",
            "(removed)",
            "*** DELETED ***",
            "Duty 1",
            "duty 12:",
            "Duty",
            "D3",
            "K12",
            "S4.",
            "3",
            "1.1",
            "Skill 4 - removed",
            "Removed K12",
            "This KSB has been removed in version 1.1",
            "Removed in v2",
            "intentionally left blank",
            "To be confirmed",
            "To be determined.",
            "Not used",
            "No longer required",
            "Duty 3: not applicable",
            "xxx",
            "XX xx",
            "Click or tap here to enter text.",
            "Lorem ipsum",
            "\u{2018}Removed\u{2019}",
            "\u{ff34}\u{ff22}\u{ff23}",
        ] {
            assert!(is_placeholder(text), "{text}");
            assert!(!says_something(text), "{text}");
        }
        for text in [
            "Bake",
            "Remove surplus materials",
            "Surplus materials removed",
            "Duty of care",
            "Duty 1: bake bread",
            "Skills of negotiation",
            "Nothing is removed without a permit",
            "B2B sales",
            "Blank off pipes",
            "To be confirmed by a manager before use",
            "Order to follow",
            "K",
            "A",
            "x",
        ] {
            assert!(!is_placeholder(text), "{text}");
            assert!(says_something(text), "{text}");
        }
        for nothing in ["", " ", ".", "-", "\u{2026}", "\u{2022}", "?!"] {
            assert!(!is_placeholder(nothing) && !says_something(nothing), "{nothing}");
        }
        assert!(says_something(&"removed ".repeat(40)));
    }
}
