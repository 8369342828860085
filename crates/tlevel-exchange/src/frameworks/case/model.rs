//! The members of a CASE package, in the order of the specification. Every member
//! is optional here: what a file lacks is for the reader to say.

#![allow(clippy::struct_field_names, reason = "the names are those of CASE")]

use serde::{Deserialize, Serialize};
use serde_json::{Map as Members, Value};

/// A package.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Package {
    #[serde(rename = "CFDocument")]
    pub(super) document: Document,
    #[serde(rename = "CFItems", default)]
    pub(super) items: Vec<Item>,
    #[serde(rename = "CFAssociations", default)]
    pub(super) associations: Vec<Association>,
    #[serde(rename = "CFDefinitions", default, skip_serializing_if = "Option::is_none")]
    pub(super) definitions: Option<Definitions>,
    #[serde(rename = "CFRubrics", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rubrics: Vec<Value>,
}

/// The document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Document {
    pub(super) identifier: Option<String>,
    pub(super) uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) framework_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) case_version: Option<String>,
    pub(super) creator: Option<String>,
    pub(super) title: Option<String>,
    pub(super) last_change_date_time: Option<String>,
    #[serde(rename = "officialSourceURL", skip_serializing_if = "Option::is_none")]
    pub(super) official_source_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    #[serde(rename = "licenseURI", skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extensions: Option<Members<String, Value>>,
    /// Members that this reader does not use.
    #[serde(flatten, skip_serializing)]
    pub(super) others: Members<String, Value>,
}

/// An item.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Item {
    pub(super) identifier: Option<String>,
    pub(super) full_statement: Option<String>,
    #[serde(rename = "CFItemType", skip_serializing_if = "Option::is_none")]
    pub(super) item_type: Option<String>,
    pub(super) uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) human_coding_scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) abbreviated_statement: Option<String>,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub(super) concept_keywords: Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub(super) education_level: Texts,
    #[serde(rename = "CFItemTypeURI", skip_serializing_if = "Option::is_none")]
    pub(super) item_type_link: Option<Reference>,
    pub(super) last_change_date_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extensions: Option<Members<String, Value>>,
    /// Members that this reader does not use.
    #[serde(flatten, skip_serializing)]
    pub(super) others: Members<String, Value>,
}

/// An association of two items, or of an item and the document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Association {
    pub(super) identifier: Option<String>,
    pub(super) association_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sequence_number: Option<i64>,
    pub(super) uri: Option<String>,
    #[serde(rename = "originNodeURI")]
    pub(super) origin: Reference,
    #[serde(rename = "destinationNodeURI")]
    pub(super) destination: Reference,
    pub(super) last_change_date_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notes: Option<String>,
}

/// A link to something with an identifier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reference {
    pub(super) title: Option<String>,
    pub(super) identifier: Option<String>,
    pub(super) uri: Option<String>,
}

/// What the package defines.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Definitions {
    #[serde(rename = "CFLicenses", skip_serializing_if = "Vec::is_empty")]
    pub(super) licenses: Vec<License>,
    #[serde(rename = "CFItemTypes", skip_serializing_if = "Vec::is_empty")]
    pub(super) item_types: Vec<ItemType>,
}

/// A licence.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct License {
    pub(super) identifier: Option<String>,
    pub(super) uri: Option<String>,
    pub(super) title: Option<String>,
    pub(super) license_text: Option<String>,
    pub(super) last_change_date_time: Option<String>,
}

/// A type of items.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemType {
    pub(super) identifier: Option<String>,
    pub(super) uri: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) hierarchy_code: Option<String>,
    pub(super) last_change_date_time: Option<String>,
}

/// One text or several: 1.0 allows both for levels.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Loose")]
pub(super) struct Texts(pub(super) Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Several(Vec<Option<String>>),
    One(String),
    None(()),
}

impl From<Loose> for Texts {
    fn from(loose: Loose) -> Texts {
        Texts(match loose {
            Loose::Several(texts) => texts.into_iter().flatten().collect(),
            Loose::One(text) => text.split(',').map(|part| part.trim().to_owned()).filter(|p| !p.is_empty()).collect(),
            Loose::None(()) => Vec::new(),
        })
    }
}

impl Texts {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
