//! Names that nearly equal a sibling's.

use std::collections::HashMap;

use crate::text::{keys_nearly_same, name_key};

/// If there are more siblings than this, only equal name keys are found.
const MOST_COMPARED: usize = 2_000;

/// For each name, the earlier sibling that it nearly repeats, if any.
pub(super) fn near_siblings(names: &[Option<&str>]) -> Vec<Option<usize>> {
    let keys: Vec<Option<String>> = names.iter().map(|name| name.map(name_key)).collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut near = Vec::with_capacity(names.len());
    for (i, key) in keys.iter().enumerate() {
        let Some(key) = key.as_deref().filter(|k| !k.is_empty()) else {
            near.push(None);
            continue;
        };
        let same = first.get(key).copied();
        let slip = || {
            let before = if names.len() <= MOST_COMPARED { &keys[..i] } else { &[] };
            before.iter().position(|other| other.as_deref().is_some_and(|o| keys_nearly_same(key, o)))
        };
        near.push(same.or_else(slip));
        first.entry(key).or_insert(i);
    }
    near
}

/// Whether the name has doubled, odd or stray white space.
pub(super) fn is_untidy(name: &str) -> bool {
    name.trim() != name
        || name.contains("  ")
        || name.chars().any(|c| (c.is_whitespace() && c != ' ') || c == '\u{200b}' || c == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siblings() {
        let names = [Some("Procurement Manager"), None, Some("Procurement  Manager"), Some("Buyer"), Some("Buyer")];
        assert_eq!(near_siblings(&names), [None, None, Some(0), None, Some(3)]);
    }

    #[test]
    fn spaces() {
        assert!(is_untidy("a  b") && is_untidy(" a") && is_untidy("a\u{a0}b"));
        assert!(!is_untidy("a b"));
    }
}
