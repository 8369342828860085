//! The identity of a record in an official file, and which records are versions
//! of one occupation.

use std::collections::{BTreeSet, HashMap};

use super::lenient;
use super::node::Node;
use super::origin::Layout;
use super::records::{Found, text};
use crate::text::slug;

/// The codes of a record. Blank codes are missing codes.
pub(super) struct Identity {
    /// The reference of the standard (`ST0499`).
    pub(super) reference: Option<String>,
    /// The code of the occupation (`OCC0499`).
    pub(super) occupation_code: Option<String>,
    lars_code: Option<i64>,
    /// Route, title and level, if all three exist.
    description: Option<String>,
    layout: Layout,
}

impl Identity {
    pub(super) fn of(found: &Found<'_>) -> Identity {
        let node = &found.node;
        let upper = |name: &str| text(node, name).map(|code| code.to_uppercase());
        let mut identity = Identity {
            reference: None,
            occupation_code: None,
            lars_code: None,
            description: None,
            layout: found.layout,
        };
        if found.layout == Layout::MapsApi {
            identity.occupation_code = upper("stdCode");
            identity.reference = apprenticeship(node).map(|code| code.to_uppercase());
            return identity;
        }
        let number = |name: &str| node.get(name).and_then(|n| lenient::whole_number(n).ok().flatten());
        // the courses API has the second, and a third that ends in the version: ST0499_1.2
        let with_version = || upper("standardUId").map(|id| id.split('_').next().unwrap_or_default().to_owned());
        let reference = upper("referenceNumber").or_else(|| upper("ifateReferenceNumber"));
        identity.reference = reference.or_else(|| with_version().filter(|id| is_code(id, "ST")));
        identity.occupation_code = upper("occupationCode");
        identity.lars_code = number("larsCode").filter(|code| *code != 0);
        identity.description = match (text(node, "route"), text(node, "title"), number("level")) {
            (Some(route), Some(title), Some(level)) => Some(format!("{}/{}/{level}", slug(&route), slug(&title))),
            _ => None,
        };
        // an object keyed by code: {"ST0499": {...}}
        if let (None, None, Some(name)) = (&identity.reference, &identity.occupation_code, &found.member) {
            let name = name.trim().to_uppercase();
            if is_code(&name, "ST") {
                identity.reference = Some(name);
            } else if is_code(&name, "OCC") {
                identity.occupation_code = Some(name);
            }
        }
        identity
    }
}

fn is_code(name: &str, letters: &str) -> bool {
    name.strip_prefix(letters).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// The reference of the standard behind an occupation of the maps API: the code
/// of its apprenticeship.
pub(super) fn apprenticeship(node: &Node<'_>) -> Option<String> {
    node.get("products").map_or(&[][..], lenient::items).iter().find_map(|product| {
        let kind = text(product, "typeName").unwrap_or_default();
        let number = product.get("type").or_else(|| product.get("typeId"));
        let number = number.and_then(|n| lenient::whole_number(n).ok().flatten());
        let is_apprenticeship = kind.eq_ignore_ascii_case("apprenticeship") || (kind.is_empty() && number == Some(1));
        is_apprenticeship.then(|| text(product, "productCode")).flatten()
    })
}

/// The code of each record's occupation in the map. Records with equal codes
/// are versions of one occupation. A record of the standards file without a
/// reference, or one of the maps API, takes the reference that the file's other
/// records give to its occupation code, if there is only one.
pub(super) fn codes(identities: &[Identity]) -> Vec<Option<String>> {
    let mut references: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    let mut with_code: HashMap<&str, bool> = HashMap::new();
    let mut answers: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for identity in identities {
        let (reference, code) = (identity.reference.as_deref(), identity.occupation_code.as_deref());
        match (identity.layout, reference, code) {
            (Layout::MapsApi, Some(reference), Some(code)) => {
                answers.entry(reference).or_default().insert(code);
            }
            (Layout::Standards, Some(reference), _) => {
                *with_code.entry(reference).or_default() |= code.is_some();
                if let Some(code) = code {
                    references.entry(code).or_default().insert(reference);
                }
            }
            _ => {}
        }
    }
    let only = |code: &str| references.get(code).filter(|all| all.len() == 1).and_then(|all| all.first().copied());
    let code = |identity: &Identity| -> Option<String> {
        let code = identity.occupation_code.as_deref();
        if identity.layout == Layout::MapsApi {
            // by the reference alone if nothing contradicts it
            let by_reference = identity.reference.as_deref().filter(|reference| {
                with_code.get(reference) == Some(&false) && answers.get(reference).is_some_and(|all| all.len() == 1)
            });
            return code.and_then(only).or(by_reference).or(code).map(str::to_owned);
        }
        identity
            .reference
            .as_deref()
            .or_else(|| code.and_then(only))
            .or(code)
            .map(str::to_owned)
            .or_else(|| identity.lars_code.map(|code| format!("LARS{code}")))
            .or_else(|| identity.description.clone())
    };
    identities.iter().map(code).collect()
}
