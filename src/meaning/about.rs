//! What a table of words says about itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a table was made from, and how. A table carries this with it, so that
/// licences and attributions cannot get lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TableAbout {
    /// What it was made from.
    pub sources: Vec<TableSource>,
    /// How it was made, in a few sentences.
    pub recipe: String,
    /// The seed of everything random in it.
    pub seed: u64,
    /// The versions of the programs that made it.
    pub versions: BTreeMap<String, String>,
}

/// Something that a table was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TableSource {
    /// Its name and version: "O*NET 29.2".
    pub name: String,
    /// Its licence.
    pub licence: String,
    /// Who is to be named, and how.
    pub attribution: String,
    /// Where it comes from.
    pub url: String,
}
