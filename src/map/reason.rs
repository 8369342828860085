//! Why an occupation or a pathway is not in a programme.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why an occupation is not in a programme, or why a pathway has none.
///
/// Serialises as its name in kebab-case: `apprenticeship-only`.
///
/// # Examples
///
/// ```
/// use tlevel::map::Reason;
///
/// assert_eq!(Reason::from("apprenticeship-only"), Reason::ApprenticeshipOnly);
/// assert_eq!(Reason::ApprenticeshipOnly.name(), "apprenticeship-only");
/// assert_eq!(Reason::from("on-holiday").name(), "on-holiday");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum Reason {
    /// The policy does not include its level.
    Level,
    /// It, or a branch above it, is marked as apprenticeship-only.
    ApprenticeshipOnly,
    /// The policy names it as an exception to leave out.
    PolicyException,
    /// The pathway has no occupation.
    NoOccupation,
    /// The pathway has occupations, but none is eligible.
    NoEligibleOccupation,
    /// The pathway is not on the map.
    NotOnTheMap,
    /// The check found an error in its record.
    BadRecord,
    /// Its standard is retired or withdrawn.
    Retired,
    /// It is a product of other occupations, such as an apprenticeship unit.
    Product,
    /// The source names no route.
    NoRoute,
    /// The source names no pathway.
    NoPathway,
    /// The source names no cluster.
    NoCluster,
    /// Another reason that a map file gives.
    Other(String),
}

/// All reasons with a name of their own.
const NAMED: [(Reason, &str); 12] = [
    (Reason::Level, "level"),
    (Reason::ApprenticeshipOnly, "apprenticeship-only"),
    (Reason::PolicyException, "policy-exception"),
    (Reason::NoOccupation, "no-occupation"),
    (Reason::NoEligibleOccupation, "no-eligible-occupation"),
    (Reason::NotOnTheMap, "not-on-the-map"),
    (Reason::BadRecord, "bad-record"),
    (Reason::Retired, "retired"),
    (Reason::Product, "product"),
    (Reason::NoRoute, "no-route"),
    (Reason::NoPathway, "no-pathway"),
    (Reason::NoCluster, "no-cluster"),
];

impl Reason {
    /// Returns the name in kebab-case, as in results and files.
    pub fn name(&self) -> &str {
        match self {
            Reason::Other(name) => name,
            known => NAMED.iter().find(|(reason, _)| reason == known).map_or("", |(_, name)| name),
        }
    }
}

impl From<&str> for Reason {
    fn from(name: &str) -> Self {
        let known = NAMED.iter().find(|(_, known)| *known == name);
        known.map_or_else(|| Reason::Other(name.to_owned()), |(reason, _)| reason.clone())
    }
}

impl From<String> for Reason {
    fn from(name: String) -> Self {
        Reason::from(name.as_str())
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.name().to_owned()
    }
}

impl PartialEq<&str> for Reason {
    fn eq(&self, name: &&str) -> bool {
        self.name() == *name
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for (reason, name) in NAMED {
            assert_eq!((Reason::from(name), reason.name()), (reason.clone(), name));
            let json = serde_json::to_string(&reason).unwrap();
            assert_eq!(json, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<Reason>(&json).unwrap(), reason);
        }
    }
}
