//! The JSON Schema of a changes file, generated from the types. A test compares
//! it with the members that the reader knows.

use super::changes::{Change, Changes};
use super::changes::{FORMAT, VERSION};
use super::changes_json::members;
use crate::derive::Quorum;
use crate::read::schema::{hold, require_only_what_the_format_requires};

/// Proposed changes to an occupational map, applied one after another.
#[derive(schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "stands for the file, whose types it has")]
struct ChangesFile {
    /// The title of the proposal.
    title: Option<String>,
    /// The changes, in the order in which they are applied.
    changes: Vec<Change>,
}

impl schemars::JsonSchema for Quorum {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Quorum".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A share above 0 and up to 1: a number, or a text such as \"0.5\" or \"2/3\".",
            "anyOf": [
                { "type": "number", "exclusiveMinimum": 0, "maximum": 1 },
                { "type": "string", "pattern": "^ *[0-9]+(\\.[0-9]*|( */ *[0-9]+))? *$" }
            ]
        })
    }
}

#[test]
fn the_committed_schema_is_the_types() {
    let mut schema = schemars::schema_for!(ChangesFile).to_value();
    schema["title"] = FORMAT.into();
    schema["properties"]["format"] = serde_json::json!({ "const": FORMAT });
    schema["properties"]["version"] = serde_json::json!({ "const": VERSION });
    schema["required"] = serde_json::json!(["format", "version", "changes"]);
    require_only_what_the_format_requires(&mut schema["$defs"]);
    let mut names = Vec::new();
    for change in schema["$defs"]["Change"]["oneOf"].as_array_mut().unwrap() {
        let name = change["properties"]["change"]["const"].as_str().unwrap().to_owned();
        let mut known: Vec<&str> = members(&name).unwrap().to_vec();
        known.push("change");
        known.sort_unstable();
        let mut own: Vec<&String> = change["properties"].as_object().unwrap().keys().collect();
        own.sort_unstable();
        assert_eq!(own, known, "{name}");
        if name == "mark" {
            // it keeps unknown members of the source, and may have no reason
            change["required"] = serde_json::json!(["change", "branch"]);
        } else {
            change["additionalProperties"] = false.into();
        }
        names.push(name);
    }
    assert_eq!(names, Change::NAMES);
    hold(FORMAT, &schema);
}

/// One of each change, with every member.
fn every_change() -> serde_json::Value {
    serde_json::json!([
        {"change": "add-occupation", "cluster": "c", "occupation": {"id": "n", "title": "N", "level": 3}, "position": 0},
        {"change": "remove-occupation", "occupation": "o"},
        {"change": "move-occupation", "occupation": "o", "cluster": "c", "position": 1},
        {"change": "re-level", "occupation": "o", "level": 3},
        {"change": "re-title", "occupation": "o", "title": "T"},
        {"change": "set-status", "occupation": "o", "status": "plan-in-development"},
        {"change": "add-statement", "occupation": "o", "statement": {"id": "S1", "kind": "skill", "text": "T"}, "position": 0},
        {"change": "drop-statement", "occupation": "o", "statement": "S1"},
        {"change": "reword-statement", "occupation": "o", "statement": "S1", "text": "T", "source_text": "<p>T</p>"},
        {"change": "mark", "branch": "b", "reasons": ["policy"], "note": "N"},
        {"change": "unmark", "branch": "b"},
        {"change": "policy", "quorum": 0.5, "route_quorum": "2/3"},
    ])
}

#[test]
fn the_schema_requires_what_the_reader_requires() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/schema/tlevel-changes.schema.json")).unwrap();
    let of = |change: &serde_json::Value| {
        let file = serde_json::json!({"format": FORMAT, "version": VERSION, "changes": [change]});
        Changes::from_json(&file.to_string())
    };
    let known = schema["$defs"]["Change"]["oneOf"].as_array().unwrap();
    let changes = every_change();
    assert_eq!(known.len(), changes.as_array().unwrap().len());
    for (change, known) in changes.as_array().unwrap().iter().zip(known) {
        of(change).unwrap_or_else(|e| panic!("{change}: {e}"));
        let properties = known["properties"].as_object().unwrap();
        assert_eq!(change.as_object().unwrap().len(), properties.len(), "{change} has every member");
        for member in properties.keys() {
            let mut less = change.clone();
            less.as_object_mut().unwrap().remove(member);
            let required = known["required"].as_array().unwrap().contains(&member.as_str().into());
            assert_eq!(of(&less).is_err(), required, "{less}");
        }
        let mut more = change.clone();
        more["something"] = 1.into();
        assert_eq!(of(&more).is_err(), known["additionalProperties"] == false, "{more}");
    }
}
