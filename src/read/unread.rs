//! Content that looks like statements but that no reader used.

use super::lenient;
use super::node::Node;

/// Members that hold the text of a statement.
pub(super) const TEXTS: &[&str] = &["detail", "text", "description", "statement"];

/// How many statements an unknown member appears to hold: objects with a text
/// of several words, or long texts, in a list, or in lists grouped by an
/// object. `O(n)` in the member.
pub(super) fn statements(value: &Node<'_>) -> usize {
    match value {
        Node::Record(members) => members.iter().map(|(_, list)| in_list(list)).sum(),
        list => in_list(list),
    }
}

fn in_list(node: &Node<'_>) -> usize {
    let Node::List(items) = node else { return 0 };
    let given = items.iter().filter(|item| **item != Node::Null).count();
    let found = items.iter().filter(|item| is_statement(item)).count();
    // a list in which only a few items have a text is something else
    if found * 2 >= given { found } else { 0 }
}

fn is_statement(item: &Node<'_>) -> bool {
    match item {
        Node::Text(text) => words(text) >= 4 && text.chars().count() >= 25,
        Node::Record(_) => TEXTS.iter().filter_map(|name| item.get(name)).any(|text| match text {
            Node::Text(text) => words(text) >= 2,
            Node::Record(_) => lenient::text(text).is_ok_and(|text| text.is_some_and(|text| words(&text) >= 2)),
            _ => false,
        }),
        _ => false,
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_statements() {
        for (json, expected) in [
            (r#"[{"detail": "Food safety law"}, {"detail": "Yeast and flour"}]"#, 2),
            (r#"[{"text": "Food safety law"}, null]"#, 1),
            (r#"[{"id": 1, "description": "Weigh to a recipe"}]"#, 1),
            (r#"["Weigh all ingredients to a recipe", "Shape the loaves by hand with care"]"#, 2),
            (r#"{"a": [{"detail": "Food safety law"}], "b": [{"detail": "Yeast and flour"}]}"#, 2),
            (r#"[{"name": "Baker", "reference": "OCC1"}]"#, 0),
            (r#"["bread", "rolls"]"#, 0),
            (r#"["https://example.org/a/long/address/without/words"]"#, 0),
            (r#"[{"detail": "Single"}]"#, 0),
            (r#"[{"detail": "Two words"}, {"id": 1}, {"id": 2}, {"id": 3}]"#, 0),
            (r#""Weigh all ingredients to a recipe""#, 0),
            ("[]", 0),
            ("{}", 0),
            ("null", 0),
        ] {
            assert_eq!(statements(&serde_json::from_str(json).unwrap()), expected, "{json}");
        }
    }
}
