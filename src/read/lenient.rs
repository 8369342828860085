//! Lenient values: reads whatever the official files hold in place of a text, a
//! number or a list.

use std::borrow::Cow;

use super::clean::display_name;
use super::node::Node;

/// A text, from the forms that the files are known to use: a text, a number, or
/// an object that holds the text (`{"name": "Digital"}`). `Ok(None)` for null,
/// empty and blank; `Err` for values that cannot be read.
pub(super) fn text(node: &Node<'_>) -> Result<Option<String>, ()> {
    borrowed(node).map(|text| text.map(Cow::into_owned))
}

/// Like [`text`], but borrowed if it needs no cleaning.
pub(super) fn borrowed<'n>(node: &'n Node<'_>) -> Result<Option<Cow<'n, str>>, ()> {
    match node {
        Node::Null => Ok(None),
        Node::Text(raw) => Ok(Some(display_name(raw)).filter(|name| !name.is_empty())),
        Node::Number(n) => Ok(Some(Cow::Owned(n.to_string()))),
        Node::Bool(_) | Node::List(_) => Err(()),
        Node::Record(members) => {
            let known = ["name", "title", "detail", "jobTitle", "text", "value"]
                .iter()
                .find_map(|name| node.get(name))
                .or_else(|| members.iter().map(|(_, v)| v).find(|v| matches!(v, Node::Text(_))));
            match known {
                Some(text @ (Node::Text(_) | Node::Null)) => borrowed(text),
                _ => Err(()),
            }
        }
    }
}

/// An integer, also as a text with a pound sign, commas or a word before it
/// ("£17,000", "Level 3").
pub(super) fn whole_number(node: &Node<'_>) -> Result<Option<i64>, ()> {
    match node {
        Node::Null => Ok(None),
        Node::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(whole), _) => Ok(Some(whole)),
            // exact in f64 and far below its 53 bits
            (None, Some(f)) if f.fract() == 0.0 && f.abs() < 1e12 => Ok(Some(f as i64)),
            _ => Err(()),
        },
        Node::Text(raw) => {
            let raw = display_name(raw);
            if raw.is_empty() {
                return Ok(None);
            }
            let digits = raw.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '£').replace(',', "");
            let digits = digits.strip_suffix(".0").unwrap_or(&digits);
            digits.parse().map(Some).map_err(|_| ())
        }
        _ => Err(()),
    }
}

/// A truth value, also as 0, 1 or a word.
pub(super) fn truth(node: &Node<'_>) -> Option<bool> {
    match node {
        Node::Bool(b) => Some(*b),
        Node::Number(n) => n.as_i64().map(|n| n != 0),
        Node::Text(t) => match t.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The items of a list. Null is an empty list, and a single value a list of
/// one.
pub(super) fn items<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    match node {
        Node::Null => &[],
        Node::List(items) => items,
        single => std::slice::from_ref(single),
    }
}

/// Whether this code is a GUID (32 hex digits with hyphens), which nobody uses
/// to name a statement.
pub(super) fn is_guid(code: &str) -> bool {
    code.len() == 36
        && code.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(json: &str) -> Node<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_as_they_come() {
        for (json, expected) in [
            ("3", Ok(Some(3))),
            ("3.0", Ok(Some(3))),
            ("\"3\"", Ok(Some(3))),
            ("\" £17,000 \"", Ok(Some(17_000))),
            ("\"Level 4\"", Ok(Some(4))),
            ("\"4.0\"", Ok(Some(4))),
            ("null", Ok(None)),
            ("\"\"", Ok(None)),
            ("\"three\"", Err(())),
            ("3.5", Err(())),
            ("[3]", Err(())),
        ] {
            assert_eq!(whole_number(&node(json)), expected, "{json}");
        }
    }

    #[test]
    fn texts_as_they_come() {
        for (json, expected) in [
            ("\" Digital \"", Ok(Some("Digital".to_owned()))),
            ("{\"id\": 7, \"name\": \"Digital\"}", Ok(Some("Digital".to_owned()))),
            ("{\"label\": \"Cook\"}", Ok(Some("Cook".to_owned()))),
            ("12", Ok(Some("12".to_owned()))),
            ("null", Ok(None)),
            ("\"\u{a0}\"", Ok(None)),
            ("[]", Err(())),
            ("{}", Err(())),
        ] {
            assert_eq!(text(&node(json)), expected, "{json}");
        }
    }
}
