//! The standards of occupations, verbatim.

use serde::{Deserialize, Serialize};

use super::programme::Specialism;
use crate::concept::Concepts;
use crate::map::{Duty, Kind, Occupation, Statement};

/// The standard of an occupation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Standard {
    /// The occupation.
    pub occupation: String,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: i64,
    /// The reference of the standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The version of the standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The address of the standard, or else of the occupation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its statements, in the order of the map.
    pub statements: Vec<StandardStatement>,
    /// Its duties, in the order of the map.
    pub duties: Vec<StandardDuty>,
}

/// A statement of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StandardStatement {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// Its text.
    pub text: String,
    /// The options that it belongs to; empty for one of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// A duty of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StandardDuty {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The options that it belongs to; empty for one of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The concepts of the statements that it cites, in their order.
    pub concepts: Vec<String>,
}

impl Standard {
    pub(super) fn of(concepts: &Concepts, occupation: Occupation<'_>) -> Self {
        let raw = occupation.raw();
        let standard = raw.standard.as_ref();
        Standard {
            occupation: occupation.id().to_owned(),
            title: occupation.title().to_owned(),
            level: occupation.level().into(),
            reference: standard.and_then(|standard| standard.reference.clone()),
            version: standard.and_then(|standard| standard.version.clone()),
            url: standard.and_then(|standard| standard.url.clone()).or_else(|| raw.url.clone()),
            statements: occupation.statements().map(StandardStatement::of).collect(),
            duties: occupation.duties().map(|duty| StandardDuty::of(concepts, duty)).collect(),
        }
    }

    /// The statement with this id.
    pub fn statement(&self, id: &str) -> Option<&StandardStatement> {
        self.statements.iter().find(|statement| statement.id == id)
    }
}

impl StandardStatement {
    fn of(statement: Statement<'_>) -> Self {
        StandardStatement {
            id: statement.id().to_owned(),
            kind: statement.kind(),
            text: statement.text().to_owned(),
            options: statement.options().map(|option| option.id().to_owned()).collect(),
        }
    }
}

impl StandardDuty {
    fn of(concepts: &Concepts, duty: Duty<'_>) -> Self {
        let mut cited: Vec<_> = duty.statements().flat_map(|s| concepts.of(s.index()).iter().copied()).collect();
        cited.sort_unstable();
        cited.dedup();
        StandardDuty {
            id: duty.id().to_owned(),
            text: duty.text().to_owned(),
            options: duty.options().to_vec(),
            concepts: cited.into_iter().filter_map(|c| Some(concepts.get(c)?.id().to_owned())).collect(),
        }
    }

    /// Whether it is a performance outcome of that specialism. A specialism for
    /// one option has the duties of that option and those of no option.
    pub fn serves(&self, specialism: &Specialism) -> bool {
        specialism.has_duties_of(&self.options)
    }
}
