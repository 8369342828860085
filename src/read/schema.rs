//! The JSON Schemas of formats, generated from the types. The tests compare the
//! committed files with them.

use super::raw::{FORMAT, RawMap, VERSION};

#[test]
fn the_committed_schema_is_the_types() {
    let mut schema = schemars::schema_for!(RawMap).to_value();
    schema["title"] = FORMAT.into();
    schema["properties"]["format"] = serde_json::json!({ "const": FORMAT });
    schema["properties"]["version"] = serde_json::json!({ "const": VERSION });
    schema["required"] = serde_json::json!(["format", "version", "routes"]);
    require_only_what_the_format_requires(&mut schema["$defs"]);
    hold("tlevel-map", &schema);
}

/// Compares the committed schema of a format with the generated one.
pub(crate) fn hold(format: &str, schema: &serde_json::Value) {
    let generated = serde_json::to_string_pretty(schema).unwrap() + "\n";
    let path = format!("{}/fixtures/schema/{format}.schema.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        std::fs::write(&path, &generated).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), generated, "run INSTA_UPDATE=always cargo test");
}

/// Only ids, names, titles, levels, kinds and texts are required.
pub(crate) fn require_only_what_the_format_requires(definitions: &mut serde_json::Value) {
    for (name, definition) in definitions.as_object_mut().unwrap() {
        let required: &[&str] = match name.as_str() {
            "RawRoute" | "RawPathway" | "RawCluster" => &["id", "name"],
            "RawOccupation" => &["id", "title", "level"],
            "RawStatement" => &["id", "kind", "text"],
            "RawDuty" => &["id"],
            "RawOption" => &["id", "title"],
            "RawSetAside" => &["reason", "occupation"],
            _ => &[],
        };
        if let Some(object) = definition.as_object_mut().filter(|d| d.contains_key("properties")) {
            object.insert("required".to_owned(), serde_json::json!(required));
        }
    }
}
