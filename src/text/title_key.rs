//! The key of a title: blind to plurals, hyphens and spaces.

use super::name_key;

/// Returns the key that all spellings of one title share: its [name
/// key](super::name_key) with every word in the singular, and without spaces.
///
/// # Examples
///
/// ```
/// use tlevel::text::title_key;
///
/// assert_eq!(title_key("Hair-dressers"), title_key("hairdresser"));
/// assert_eq!(title_key("Lorry drivers"), title_key("Lorry driver"));
/// assert_eq!(title_key("I.T. technician"), title_key("IT Technician"));
/// assert_ne!(title_key("Pipe welder"), title_key("Plate welder"));
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the title.
pub fn title_key(title: &str) -> String {
    let name = name_key(title);
    let mut key = String::with_capacity(name.len());
    // the "s" of "builder's" is a word of its own in a name key
    name.split(' ').filter(|word| *word != "s").for_each(|word| push_singular(word, &mut key));
    key
}

/// Returns a title without what is in brackets: "(degree)", "(LGV)". Returns
/// `None` if nothing is, or if nothing else remains.
pub(crate) fn without_brackets(title: &str) -> Option<String> {
    let mut plain = String::with_capacity(title.len());
    let mut depth = 0_usize;
    for c in title.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let has_word = plain.chars().any(char::is_alphanumeric);
    (has_word && plain.len() < title.len()).then_some(plain)
}

/// Adds a word in the singular, as far as its ending tells: the same rule on
/// both sides of a comparison, so a word that only looks like a plural does no
/// harm.
fn push_singular(word: &str, key: &mut String) {
    if let Some(stem) = word.strip_suffix("men").filter(|stem| stem.len() >= 2) {
        key.extend([stem, "man"]);
    } else if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() >= 3) {
        key.extend([stem, "y"]);
    } else if let Some(stem) =
        ["sses", "shes", "ches", "xes"].iter().find(|end| word.ends_with(**end)).and_then(|_| word.strip_suffix("es"))
    {
        key.push_str(stem);
    } else {
        let is_plural = word.len() > 3 && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        key.push_str(word.strip_suffix('s').filter(|_| is_plural).unwrap_or(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_are_the_same() {
        for (a, b) in [
            ("Hair dresser", "Hairdressers"),
            ("Builder\u{2019}s merchant", "Builders merchants"),
            ("Signalmen", "signalman"),
            ("Dispensing chemists & opticians", "Dispensing chemist and optician"),
            ("Secretaries", "Secretary"),
            ("Waitresses", "Waitress"),
            ("Book-keeper", "Bookkeepers"),
        ] {
            assert_eq!(title_key(a), title_key(b), "{a} and {b}");
        }
        for (a, b) in [("Nurse", "Nursery nurse"), ("Level 2 cook", "Level 3 cook"), ("Glass blower", "Gla blower")] {
            assert_ne!(title_key(a), title_key(b), "{a} and {b}");
        }
        assert_eq!((title_key(""), title_key("\u{1f642} --")), (String::new(), String::new()));
    }

    #[test]
    fn brackets_are_left_out() {
        assert_eq!(without_brackets("Architect (integrated degree)").as_deref(), Some("Architect "));
        assert_eq!(without_brackets("Goods vehicle (LGV [C]) driver").as_deref(), Some("Goods vehicle  driver"));
        assert_eq!(without_brackets("Open (to the end").as_deref(), Some("Open "));
        for whole in ["Architect", "(degree)", "", ")"] {
            assert_eq!(without_brackets(whole), None, "{whole}");
        }
    }
}
