//! The JSON Schema of a vocabulary file, generated from the types; the members
//! that the reader knows are held to it.

use super::vocabulary::{FORMAT, RouteNames, TopicSource, VERSION, Vocabulary, VocabularyTopic};
use super::vocabulary_json::{ROOT, ROUTE, SOURCE, TOPIC};
use crate::read::schema::hold;

/// Topics under which statements are grouped, with the words that speak for
/// each.
#[derive(schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "stands for the file, whose types it has")]
struct VocabularyFile {
    /// What the vocabulary is called.
    title: Option<String>,
    /// Where headings come from.
    #[serde(default)]
    sources: Vec<TopicSource>,
    /// The routes that topics may name, and what else maps call them.
    #[serde(default)]
    routes: Vec<RouteNames>,
    /// The topics.
    topics: Vec<VocabularyTopic>,
}

fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(VocabularyFile).to_value();
    schema["title"] = FORMAT.into();
    schema["properties"]["format"] = serde_json::json!({ "const": FORMAT });
    schema["properties"]["version"] = serde_json::json!({ "const": VERSION });
    schema["required"] = serde_json::json!(["format", "version", "topics"]);
    schema["$defs"]["TopicSource"]["required"] = serde_json::json!(["id"]);
    schema["$defs"]["RouteNames"]["required"] = serde_json::json!(["id"]);
    schema["$defs"]["Topic"]["required"] = serde_json::json!(["id", "heading", "cues", "nature"]);
    schema
}

#[test]
fn the_committed_schema_is_the_types() {
    let schema = schema();
    let of = |value: &serde_json::Value| {
        let mut names: Vec<String> = value["properties"].as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        names
    };
    let sorted = |names: &[&str]| {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(of(&schema), sorted(&[&ROOT[..], &["format", "version"]].concat()));
    for (name, known) in [("Topic", &TOPIC[..]), ("RouteNames", &ROUTE[..]), ("TopicSource", &SOURCE[..])] {
        assert_eq!(of(&schema["$defs"][name]), sorted(known), "{name}");
    }
    hold(FORMAT, &schema);
}

#[test]
fn the_schema_requires_what_the_reader_requires() {
    let schema = schema();
    let whole = serde_json::json!({
        "format": FORMAT, "version": VERSION, "title": "T",
        "sources": [{"id": "own", "name": "N", "licence": "L", "attribution": "A"}],
        "routes": [{"id": "r", "also": ["s"]}],
        "topics": [{"id": "t", "heading": "T", "scope": "S", "cues": ["c"], "nature": "general", "routes": ["r"],
            "pathways": ["p"], "broader": "b", "source": "own"}],
    });
    let read = |file: &serde_json::Value| Vocabulary::from_json(file.to_string().as_bytes());
    let vocabulary = read(&whole).unwrap();
    assert_eq!(read(&serde_json::from_str(&vocabulary.to_json()).unwrap()), Ok(vocabulary));
    let parts = [
        ("", "", &schema),
        ("/sources/0", "TopicSource", &schema),
        ("/routes/0", "RouteNames", &schema),
        ("/topics/0", "Topic", &schema),
    ];
    for (place, name, schema) in parts {
        let definition = if name.is_empty() { schema } else { &schema["$defs"][name] };
        for member in definition["properties"].as_object().unwrap().keys() {
            let mut less = whole.clone();
            less.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(member);
            let required = definition["required"].as_array().unwrap().contains(&member.as_str().into());
            assert_eq!(read(&less).is_err(), required, "{place} without {member}");
        }
        let mut more = whole.clone();
        more.pointer_mut(place).unwrap()["something"] = 1.into();
        assert!(read(&more).is_err(), "{place}");
    }
}
