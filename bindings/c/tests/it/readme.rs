//! The programs in the manual are those that are compiled and run.

use std::fs;
use std::path::Path;

#[test]
fn the_manual_shows_the_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = fs::read_to_string(folder.join("README.md")).unwrap();
    for (language, name) in [("c", "place.c"), ("csharp", "Place.cs")] {
        let example = fs::read_to_string(folder.join("examples").join(name)).unwrap();
        assert!(
            manual.contains(&format!("```{language}\n{example}```\n")),
            "README.md does not show examples/{name} as it is"
        );
    }
}

#[test]
fn the_manual_names_every_function() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = fs::read_to_string(folder.join("README.md")).unwrap();
    let header = fs::read_to_string(folder.join("include/tlevel.h")).unwrap();
    let mut names: Vec<&str> = header
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("tlevel_") && !word.ends_with("_h"))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        assert!(manual.contains(&format!("`{name}")), "README.md does not explain {name}");
    }
}
