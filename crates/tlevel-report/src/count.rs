//! Numbers as texts have them.

/// A number with its noun: "1 item", "2 items".
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
