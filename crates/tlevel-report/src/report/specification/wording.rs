//! Statements as a specification prints them. The verbatim texts are in its annex.

/// Marks that begin a point within a statement.
const BULLETS: [char; 3] = ['\u{2022}', '\u{f0b7}', '\u{b7}'];

/// A statement with a capital, a full stop and points apart by semicolons.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 1);
    for point in text.split(BULLETS) {
        let point = point.split_whitespace().collect::<Vec<_>>().join(" ");
        if point.is_empty() {
            continue;
        }
        if !shown.is_empty() {
            shown.push_str(if shown.ends_with([':', ';', ',']) { " " } else { "; " });
        }
        shown.push_str(&point);
    }
    let first = shown.chars().next();
    // "iOS", "eLearning" and "pH" begin as their makers write them
    let is_word = shown.split(' ').next().is_some_and(|word| !word.chars().skip(1).any(char::is_uppercase));
    if let Some(first) = first.filter(|first| first.is_lowercase() && is_word) {
        shown.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    let trimmed = shown.trim_end_matches([';', ',', ':']).len();
    shown.truncate(trimmed);
    if !shown.is_empty() && !shown.ends_with(['.', '!', '?', '\u{2026}']) {
        shown.push('.');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn statements_as_printed() {
        for (text, expected) in [
            ("", ""),
            ("how to lay bricks", "How to lay bricks."),
            ("Lay bricks.", "Lay bricks."),
            ("pH and its measurement;", "pH and its measurement."),
            ("present data\u{2022} the  practice\u{2022} tools", "Present data; the practice; tools."),
            ("the tools: \u{2022} saws \u{2022} planes", "The tools: saws; planes."),
            ("\u{e9}lan?", "\u{c9}lan?"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }
}
