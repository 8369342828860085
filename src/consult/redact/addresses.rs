//! E-mail and web addresses.

use super::words::Text;

/// Words with an `@`, and web addresses; those of public bodies stay.
pub(super) fn addresses(text: &Text<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.text.split_inclusive(char::is_whitespace) {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        if inner.contains('@') || is_web_address(text, inner) {
            let start = at + word.find(inner).unwrap_or(0);
            found.push((start, start + inner.len()));
        }
        at += word.len();
    }
    found
}

fn is_web_address(text: &Text<'_>, word: &str) -> bool {
    let lower = word.to_lowercase();
    let plain = lower.trim_start_matches("https://").trim_start_matches("http://");
    let host = plain.split('/').next().unwrap_or_default();
    if host.ends_with("gov.uk") || !host.contains('.') {
        return false;
    }
    let parts: Vec<&str> = host.split('.').collect();
    let is_part = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_named = host.starts_with("www.") || plain.len() < lower.len();
    let ends = parts.last().is_some_and(|last| text.names.lists.domains.contains(last));
    parts.iter().all(is_part) && (is_named || (ends && parts[0].len() > 2))
}
