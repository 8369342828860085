//! Names of records on a map, in the form that results use.

use serde::{Deserialize, Serialize};

/// A text that many results hold, such as an id. A copy shares it, and up to 15 bytes need
/// no memory of their own. Otherwise it is used as a `String` is.
///
/// # Examples
///
/// ```
/// use tlevel::map::{SharedText, StatementRef};
///
/// let k1 = StatementRef { occupation: "ST0095".into(), statement: SharedText::from("K1") };
/// assert_eq!(k1.statement, "K1");
/// assert!(k1.occupation.starts_with("ST"));
/// ```
pub type SharedText = ecow::EcoString;

/// The source of the statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MapInfo {
    /// The map's title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The licence of its contents.
    pub licence: Option<String>,
    /// The attribution that the publisher requires.
    pub attribution: Option<String>,
}

/// A route or pathway, by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchName {
    /// Its id in the map.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An occupation, by id and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationName {
    /// Its id in the map.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A statement, by the codes of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRef {
    /// The occupation.
    pub occupation: SharedText,
    /// The statement.
    pub statement: SharedText,
}
