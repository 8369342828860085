//! Products among the records: foundation apprenticeships and apprenticeship
//! units. Both are built on occupations but are not occupations.
//!
//! A record is a product if a member says so (`apprenticeshipType` and
//! similar), if its reference does (`FA0001`, `AU0001`), if it has lists of
//! statements that only foundation apprenticeships have, or if its title ends
//! with the type.

use std::collections::HashSet;

use super::lenient;
use super::node::Node;
use super::raw::RawOccupation;

/// The names of products in the native format, and in words.
pub(crate) const PRODUCTS: [(&str, &str); 2] =
    [("foundation-apprenticeship", "a foundation apprenticeship"), ("apprenticeship-unit", "an apprenticeship unit")];

/// Members that name the kind of a record.
const KIND: &[&str] = &[
    "apprenticeshipType",
    "courseType",
    "learningType",
    "productType",
    "productTypeName",
    "standardType",
    "trainingType",
    "type",
    "typeName",
];

/// Members that hold a reference.
const REFERENCE: &[&str] =
    &["referenceNumber", "ifateReferenceNumber", "reference", "productCode", "standardUId", "stdCode"];

/// Members that name the occupations behind a product.
const RELATED: &[&str] = &["relatedOccupations", "relatedOccupation"];

/// Lists that only foundation apprenticeships have.
const OWN_LISTS: &[&str] = &["technicalKnowledges", "technicalSkills", "employabilitySkillsAndBehaviours"];

/// Whether this member is read here, or is known to add nothing.
pub(super) fn is_member(name: &str) -> bool {
    KIND.contains(&name) || RELATED.contains(&name) || name == "foundationApprenticeshipUrl"
}

/// Reads whether the record is a product, and its occupations.
pub(super) fn read(record: &Node<'_>, occupation: &mut RawOccupation) {
    let Some(product) = of(record) else { return };
    occupation.product = Some(product.to_owned());
    let mut known = HashSet::new();
    for related in RELATED.iter().filter_map(|name| record.get(name)).flat_map(lenient::items) {
        let keys = ["reference", "referenceNumber", "occupationCode", "stdCode", "code"];
        let code = keys.iter().find_map(|key| lenient::text(related.get(key)?).ok().flatten());
        let code = code.map(|code| code.to_uppercase()).or_else(|| lenient::text(related).ok().flatten());
        occupation.product_of.extend(code.filter(|code| known.insert(code.clone())));
    }
    if let Some(url) = record.get("foundationApprenticeshipUrl").and_then(|url| lenient::text(url).ok().flatten()) {
        occupation.url.get_or_insert(url);
    }
}

fn of(record: &Node<'_>) -> Option<&'static str> {
    let text = |name: &&str| record.get(name).and_then(|node| lenient::borrowed(node).ok().flatten());
    let [foundation, unit] = PRODUCTS.map(|(name, _)| name);
    match KIND.iter().filter_map(text).find_map(|kind| Said::of(&kind)) {
        Some(Said::Product(product)) => return Some(product),
        Some(Said::Apprenticeship) => return None,
        None => {}
    }
    let by_reference = REFERENCE.iter().filter_map(text).find_map(|reference| {
        let is = |letters: &str| {
            let (head, number) = reference.split_at_checked(2)?;
            (head.eq_ignore_ascii_case(letters) && number.starts_with(|c: char| c.is_ascii_digit())).then_some(())
        };
        is("FA").map(|()| foundation).or_else(|| is("AU").map(|()| unit))
    });
    let has_own = || OWN_LISTS.iter().any(|name| record.get(name).is_some_and(|list| !lenient::items(list).is_empty()));
    by_reference.or_else(|| has_own().then_some(foundation)).or_else(|| {
        let title = ["title", "name"].iter().find_map(text)?.to_lowercase();
        let title = title.trim_end_matches(|c: char| !c.is_alphanumeric());
        let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
        if ends(&["foundation apprenticeship", "foundation apprentice"]) {
            Some(foundation)
        } else {
            ends(&["apprenticeship unit"]).then_some(unit)
        }
    })
}

/// The meaning of a record's kind.
enum Said {
    Product(&'static str),
    /// An apprenticeship of the whole occupation.
    Apprenticeship,
}

impl Said {
    fn of(kind: &str) -> Option<Said> {
        let letters: String = kind.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        let [foundation, unit] = PRODUCTS.map(|(name, _)| name);
        Some(match letters.as_str() {
            "foundationapprenticeship" | "foundationapprenticeships" | "foundation" => Said::Product(foundation),
            "apprenticeshipunit" | "apprenticeshipunits" | "unit" => Said::Product(unit),
            "apprenticeship" | "standard" | "apprenticeshipstandard" => Said::Apprenticeship,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_product() {
        let (foundation, unit) = (Some("foundation-apprenticeship"), Some("apprenticeship-unit"));
        for (json, expected) in [
            (r#"{"apprenticeshipType": "Foundation Apprenticeship"}"#, foundation),
            (r#"{"apprenticeshipType": "FoundationApprenticeship", "referenceNumber": "ST0001"}"#, foundation),
            (r#"{"typeName": "Apprenticeship Unit"}"#, unit),
            (r#"{"learningType": "ApprenticeshipUnit"}"#, unit),
            (r#"{"productType": {"name": "Foundation apprenticeship"}}"#, foundation),
            (r#"{"referenceNumber": " fa0003 "}"#, foundation),
            (r#"{"ifateReferenceNumber": "FA0003"}"#, foundation),
            (r#"{"referenceNumber": "AU0012"}"#, unit),
            (r#"{"standardUId": "FA0003_1.0"}"#, foundation),
            (r#"{"title": "Baker (foundation apprenticeship)"}"#, foundation),
            (r#"{"title": "Building service engineering foundation apprentice"}"#, foundation),
            (r#"{"title": "Stone carving (apprenticeship unit)"}"#, unit),
            (r#"{"technicalSkills": [{"detail": "Weigh"}]}"#, foundation),
            (r#"{"technicalSkills": []}"#, None),
            (r#"{"technicalSkills": null, "referenceNumber": "ST0001"}"#, None),
            (r#"{"apprenticeshipType": "Apprenticeship", "title": "x foundation apprenticeship"}"#, None),
            (r#"{"type": "Degree", "title": "Foundation apprenticeship manager"}"#, None),
            (r#"{"referenceNumber": "FABRIC"}"#, None),
            (r#"{"referenceNumber": "é1"}"#, None),
            (r#"{"title": "Foundation engineer"}"#, None),
            ("{}", None),
        ] {
            assert_eq!(of(&serde_json::from_str(json).unwrap()), expected, "{json}");
        }
    }
}
