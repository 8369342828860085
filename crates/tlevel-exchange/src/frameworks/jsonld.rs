//! The nodes of a JSON-LD file, as far as vocabularies and frameworks need them:
//! members by the last part of their names, whatever the prefixes and the context.

use serde_json::{Map as Members, Value};

use super::error::{FrameworkError, text};

/// A node: its address, its types, and its members.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) id: String,
    types: Vec<String>,
    members: Members<String, Value>,
}

/// The last part of a name: `prefLabel` of `skos:prefLabel`.
fn local(name: &str) -> &str {
    name.rsplit(['#', '/', ':']).next().unwrap_or(name)
}

/// Reads the nodes of a file, in its order.
pub(crate) fn nodes(file: &str, bytes: &[u8], expected: &'static str) -> Result<Vec<Node>, FrameworkError> {
    let text = text(file, bytes)?;
    let root: Value = serde_json::from_str(&text).map_err(|error| FrameworkError::json(file, &error, expected))?;
    let mut nodes = Vec::new();
    collect(root, &mut nodes);
    Ok(nodes)
}

/// The nodes of a graph, a list, or a single object. Nodes inside others are few and
/// are left where they are.
fn collect(value: Value, nodes: &mut Vec<Node>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, nodes)),
        Value::Object(mut members) => {
            if let Some(graph) = members.remove("@graph") {
                collect(graph, nodes);
            }
            let id = members.remove("@id").or_else(|| members.remove("id"));
            let types = members.remove("@type").or_else(|| members.remove("type"));
            let types = strings(types.as_ref()).into_iter().map(|name| local(&name).to_owned()).collect::<Vec<_>>();
            members.remove("@context");
            if !types.is_empty() {
                let id = id.and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
                let members = members.into_iter().map(|(name, value)| (local(&name).to_owned(), value)).collect();
                nodes.push(Node { id, types, members });
            }
        }
        _ => {}
    }
}

/// The strings of a value: one, or a list.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(values)) => values.iter().flat_map(|value| strings(Some(value))).collect(),
        _ => Vec::new(),
    }
}

impl Node {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.types.iter().any(|own| own == name)
    }

    /// The texts of a member, in English where it has several languages.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        if let Some(value) = self.members.get(name) {
            gather(value, &mut texts);
        }
        if texts.iter().any(|(is_english, _)| *is_english) {
            texts.retain(|(is_english, _)| *is_english);
        }
        texts.into_iter().map(|(_, text)| text).filter(|text| !text.trim().is_empty()).collect()
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.texts(name).into_iter().next()
    }

    /// The addresses that a member names.
    pub(crate) fn links(&self, name: &str) -> Vec<String> {
        fn gather(value: &Value, into: &mut Vec<String>) {
            match value {
                Value::String(text) => into.push(text.clone()),
                Value::Array(values) => values.iter().for_each(|value| gather(value, into)),
                Value::Object(members) => {
                    if let Some(list) = members.get("@list") {
                        gather(list, into);
                    } else if let Some(id) = members.get("@id").or_else(|| members.get("id")).and_then(Value::as_str) {
                        into.push(id.to_owned());
                    }
                }
                _ => {}
            }
        }
        let mut links = Vec::new();
        if let Some(value) = self.members.get(name) {
            gather(value, &mut links);
        }
        links
    }

    /// A member as it is.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// The names of its members.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }
}

/// Texts, each with whether it says that it is English.
fn gather(value: &Value, into: &mut Vec<(bool, String)>) {
    match value {
        Value::String(text) => into.push((false, text.clone())),
        Value::Number(number) => into.push((false, number.to_string())),
        Value::Array(values) => values.iter().for_each(|value| gather(value, into)),
        Value::Object(members) => {
            if let Some(list) = members.get("@list").or_else(|| members.get("@set")) {
                gather(list, into);
            } else if let Some(text) = members.get("@value") {
                let language = members.get("@language").and_then(Value::as_str).unwrap_or_default();
                let start = into.len();
                gather(text, into);
                into[start..].iter_mut().for_each(|(is_english, _)| *is_english = is_en(language));
            } else if members.contains_key("@id") {
                // a link says nothing
            } else {
                for (language, value) in members {
                    let start = into.len();
                    gather(value, into);
                    into[start..].iter_mut().for_each(|(is_english, _)| *is_english = is_en(language));
                }
            }
        }
        _ => {}
    }
}

fn is_en(language: &str) -> bool {
    language.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("en"))
}

/// How often members were met that are not used, by name.
pub(crate) fn unused<'n>(nodes: impl IntoIterator<Item = &'n Node>, used: &[&str]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for node in nodes {
        for name in node.names().filter(|name| !used.contains(name)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().map(|(name, count)| format!("not read: \"{name}\" ({count})")).collect()
}
