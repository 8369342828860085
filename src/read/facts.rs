//! Facts about an occupation for the questions of a consultation: its
//! regulator, its degree, and the duration and funding of its apprenticeship.

use itertools::Itertools as _;

use super::RemarkKind;
use super::clean::display_name;
use super::lenient;
use super::node::Node;
use super::raw::RawOccupation;
use super::record::Record;

const REGULATED: &[&str] = &["regulated", "isRegulated"];
const REGULATED_BY: &[&str] = &["regulatedBody", "regulatoryBody", "regulatedBodies", "regulationDetail"];
const DEGREE: &[&str] = &["integratedDegree"];
const DURATION: &[&str] = &["typicalDuration", "typicalDurationMonths", "proposedTypicalDuration"];
const FUNDING: &[&str] = &["maxFunding", "maximumFunding", "proposedMaxFunding"];

/// The native names of degrees.
pub(crate) const DEGREES: [&str; 3] = ["integrated-degree", "non-integrated-degree", "non-degree-qualification"];

/// Whether this member is read here.
pub(super) fn is_member(name: &str) -> bool {
    [REGULATED, REGULATED_BY, DEGREE, DURATION, FUNDING].iter().any(|names| names.contains(&name))
}

/// Reads the facts of a record into the occupation. Facts that a record lacks
/// may be in its apprenticeship among `products` (maps API).
pub(super) fn read(record: &mut Record<'_, '_, '_>, occupation: &mut RawOccupation) {
    occupation.regulated = fact(record, REGULATED, "true or false", truth);
    occupation.regulated_by = fact(record, REGULATED_BY, "the name of a body", body);
    occupation.degree = fact(record, DEGREE, "a kind of degree", degree);
    occupation.duration_months = fact(record, DURATION, "a number of months", months);
    occupation.max_funding = fact(record, FUNDING, "an amount in pounds", pounds);
}

/// The first member with a value. A member that cannot be read is remarked on.
fn fact<T>(
    record: &mut Record<'_, '_, '_>,
    names: &[&str],
    expected: &str,
    read: fn(&Node<'_>) -> Result<Option<T>, ()>,
) -> Option<T> {
    let products = record.node.get("products").map_or(&[][..], lenient::items).iter().enumerate();
    let of_products = products.filter(|(_, product)| is_apprenticeship(product)).map(|(i, product)| (Some(i), product));
    let mut unreadable = Vec::new();
    let mut found = None;
    'found: for (product, node) in std::iter::once((None, record.node)).chain(of_products) {
        for name in names {
            let Some(value) = node.get(name) else { continue };
            match read(value) {
                Ok(Some(value)) => {
                    found = Some(value);
                    break 'found;
                }
                Ok(None) => {}
                Err(()) => {
                    let place = product.map_or_else(|| format!("/{name}"), |i| format!("/products/{i}/{name}"));
                    unreadable.push((place, value.describe()));
                }
            }
        }
    }
    for (place, value) in unreadable {
        let message = format!("expected {expected}, found {value}; read as missing");
        record.remark(RemarkKind::UnreadableValue, &place, message);
    }
    found
}

fn is_apprenticeship(product: &Node<'_>) -> bool {
    let name = product.get("typeName").and_then(|name| lenient::borrowed(name).ok().flatten());
    name.is_some_and(|name| name.eq_ignore_ascii_case("apprenticeship"))
}

fn truth(node: &Node<'_>) -> Result<Option<bool>, ()> {
    if *node == Node::Null {
        return Ok(None);
    }
    if let Some(truth) = lenient::truth(node) {
        return Ok(Some(truth));
    }
    let Node::Text(raw) = node else { return Err(()) };
    match display_name(raw).to_lowercase().as_str() {
        "" | "n/a" | "unknown" => Ok(None),
        "y" | "regulated" => Ok(Some(true)),
        "n" | "not regulated" | "unregulated" | "none" => Ok(Some(false)),
        _ => Err(()),
    }
}

/// The name of a body, or of several.
fn body(node: &Node<'_>) -> Result<Option<String>, ()> {
    if let Node::Bool(false) = node {
        return Ok(None);
    }
    let mut bodies: Vec<String> = Vec::new();
    for item in lenient::items(node) {
        bodies.extend(lenient::text(item)?.filter(|body| !is_nothing(body)));
    }
    Ok((!bodies.is_empty()).then(|| bodies.iter().unique().join("; ")))
}

/// Whether the word means an empty cell.
fn is_nothing(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    ["", "n/a", "na", "no", "none", "not applicable", "null"].iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

fn degree(node: &Node<'_>) -> Result<Option<String>, ()> {
    if let Some(is_integrated) = lenient::truth(node) {
        return Ok(is_integrated.then(|| DEGREES[0].to_owned()));
    }
    let Some(text) = lenient::text(node)?.filter(|text| !is_nothing(text)) else { return Ok(None) };
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let name = match words.as_slice() {
        ["integrated"] | ["integrated", "degree", ..] => DEGREES[0],
        ["non" | "not", "integrated"] | ["non", "integrated", "degree", ..] | ["nonintegrated", "degree"] => DEGREES[1],
        ["non", "degree", ..] => DEGREES[2],
        _ => return Err(()),
    };
    Ok(Some(name.to_owned()))
}

/// Months; 0 means no value.
fn months(node: &Node<'_>) -> Result<Option<i64>, ()> {
    let found = match node {
        Node::Text(raw) => {
            let text = display_name(raw).to_lowercase();
            let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
            let (number, unit) = text.split_at(end);
            let number = number.strip_suffix(".0").unwrap_or(number);
            match (unit.trim().trim_end_matches('.'), number.parse::<i64>()) {
                _ if is_nothing(&text) => None,
                ("" | "month" | "months" | "mths", Ok(n)) => Some(n),
                ("year" | "years", Ok(n)) => Some(n.checked_mul(12).ok_or(())?),
                _ => return Err(()),
            }
        }
        other => lenient::whole_number(other)?,
    };
    within(found, 1_200)
}

/// Pounds; 0 means no value.
fn pounds(node: &Node<'_>) -> Result<Option<i64>, ()> {
    let found = match node {
        Node::Text(raw) if is_nothing(&display_name(raw)) => None,
        Node::Text(raw) => {
            let text = display_name(raw).replace(['£', ',', ' '], "");
            let whole = text.strip_suffix(".00").or_else(|| text.strip_suffix(".0")).unwrap_or(&text);
            Some(whole.parse().map_err(|_| ())?)
        }
        other => lenient::whole_number(other)?,
    };
    within(found, 10_000_000)
}

fn within(number: Option<i64>, most: i64) -> Result<Option<i64>, ()> {
    match number {
        Some(0) | None => Ok(None),
        Some(n) if (1..=most).contains(&n) => Ok(Some(n)),
        Some(_) => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(json: &str) -> Node<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn regulation_as_it_comes() {
        for (json, expected) in [
            ("true", Ok(Some(true))),
            ("\"Yes\"", Ok(Some(true))),
            ("\"Y\"", Ok(Some(true))),
            ("1", Ok(Some(true))),
            ("\"No\"", Ok(Some(false))),
            ("\"not regulated\"", Ok(Some(false))),
            ("\" \"", Ok(None)),
            ("null", Ok(None)),
            ("\"perhaps\"", Err(())),
            ("[]", Err(())),
        ] {
            assert_eq!(truth(&node(json)), expected, "{json}");
        }
        for (json, expected) in [
            ("\" Nursing  Council \"", Ok(Some("Nursing Council".to_owned()))),
            ("[{\"name\": \"A\", \"registered\": true}, \"B\", \"A\"]", Ok(Some("A; B".to_owned()))),
            ("\"N/A\"", Ok(None)),
            ("\"\"", Ok(None)),
            ("[]", Ok(None)),
            ("false", Ok(None)),
            ("true", Err(())),
        ] {
            assert_eq!(body(&node(json)), expected, "{json}");
        }
    }

    #[test]
    fn degrees_as_they_come() {
        for (json, expected) in [
            ("\"integrated degree\"", Ok(Some(DEGREES[0]))),
            ("\"Integrated Degree\"", Ok(Some(DEGREES[0]))),
            ("true", Ok(Some(DEGREES[0]))),
            ("\"non-integrated degree\"", Ok(Some(DEGREES[1]))),
            ("\"non-degree qualification\"", Ok(Some(DEGREES[2]))),
            ("false", Ok(None)),
            ("\"\"", Ok(None)),
            ("\"sometimes\"", Err(())),
        ] {
            assert_eq!(degree(&node(json)), expected.map(|name: Option<&str>| name.map(str::to_owned)), "{json}");
        }
    }

    #[test]
    fn durations_and_funding_as_they_come() {
        for (json, expected) in [
            ("18", Ok(Some(18))),
            ("\"18\"", Ok(Some(18))),
            ("\"18 months\"", Ok(Some(18))),
            ("\"2 years\"", Ok(Some(24))),
            ("24.0", Ok(Some(24))),
            ("0", Ok(None)),
            ("null", Ok(None)),
            ("\"12-18\"", Err(())),
            ("-3", Err(())),
            ("9000000000000000000", Err(())),
            ("\"9000000000000000000 years\"", Err(())),
        ] {
            assert_eq!(months(&node(json)), expected, "{json}");
        }
        for (json, expected) in [
            ("17000", Ok(Some(17_000))),
            ("\"£17,000\"", Ok(Some(17_000))),
            ("\"17000.00\"", Ok(Some(17_000))),
            ("\" £ 9,000.0 \"", Ok(Some(9_000))),
            ("0", Ok(None)),
            ("\"N/A\"", Ok(None)),
            ("\"a lot\"", Err(())),
            ("-1", Err(())),
        ] {
            assert_eq!(pounds(&node(json)), expected, "{json}");
        }
    }
}
