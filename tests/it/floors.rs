//! The house: rooms import downwards only, and no file is two rooms.

use std::path::{Path, PathBuf};

/// The rooms from the ground up; each may use those before it.
const ROOMS: [&str; 18] = [
    "text",
    "table",
    "sparse",
    "read",
    "map",
    "concept",
    "check",
    "meaning",
    "harmonise",
    "topics",
    "derive",
    "review",
    "teaching",
    "place",
    "progression",
    "study",
    "change",
    "consult",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code of a file, without documentation and tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let body = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for (floor, room) in ROOMS.iter().enumerate() {
        for path in sources(&src.join(room)) {
            let code = code(&path);
            for (other, above) in ROOMS.iter().enumerate() {
                let uses = code.contains(&format!("crate::{above}::")) || code.contains(&format!("crate::{above}("));
                seen += usize::from(uses);
                assert!(!uses || other <= floor, "{}: {room} uses {above}, which is above it", path.display());
            }
            assert!(!code.contains("use crate::{"), "{}: one `use` a room, so that this test sees it", path.display());
        }
    }
    assert!(seen > 20, "the search finds the imports that are there");
}

/// The files of a room that a file imports, by their paths in the room
/// (`compare/maps`): `super::` counts from the file's own folder, `crate::room::`
/// from the room.
fn siblings(path: &Path, room: &Path, names: &[String]) -> Vec<String> {
    let code = code(path);
    let room_name = room.file_name().unwrap().to_string_lossy().into_owned();
    let folder = path.parent().unwrap().strip_prefix(room).unwrap().to_string_lossy().into_owned();
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
    let mut used = Vec::new();
    // every path that is written out, and every entry of a list in braces
    for (from, base) in [("super::super::", &above), ("super::", &folder), ("self::", &folder)]
        .map(|(from, base)| (from.to_owned(), base.clone()))
        .into_iter()
        .chain([(format!("crate::{room_name}::"), String::new())])
    {
        for (at, found) in code.match_indices(&from) {
            if code[..at].ends_with("super::") || (from == "super::" && code[at..].starts_with("super::super::")) {
                continue;
            }
            let rest = &code[at + found.len()..];
            let list = match rest.strip_prefix('{') {
                Some(list) => list.split("};").next().unwrap_or(list),
                None => rest.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next().unwrap_or(rest),
            };
            for item in list.split(',') {
                let item = item.trim().replace("::", "/");
                let item = if base.is_empty() { item } else { format!("{base}/{item}") };
                let hit = names.iter().filter(|name| item == **name || item.starts_with(&format!("{name}/")));
                used.extend(hit.cloned());
            }
        }
    }
    used
}

#[test]
fn no_circle_inside_a_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut circles = Vec::new();
    let mut seen = 0;
    let rooms: Vec<PathBuf> = ROOMS.iter().map(|room| root.join("src").join(room)).collect();
    for room in rooms {
        let files: Vec<PathBuf> = sources(&room).into_iter().filter(|path| !path.ends_with("mod.rs")).collect();
        let name = |path: &PathBuf| path.strip_prefix(&room).unwrap().with_extension("").to_string_lossy().into_owned();
        let names: Vec<String> = files.iter().map(name).collect();
        let mut imports: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
        for path in &files {
            let own = name(path);
            let used: Vec<String> = siblings(path, &room, &names).into_iter().filter(|other| *other != own).collect();
            seen += used.len();
            imports.insert(own, used);
        }
        // what imports nothing that is left falls away; what stays is in a circle, or uses one
        while let Some(free) = imports.iter().find(|(_, used)| used.iter().all(|o| !imports.contains_key(o))) {
            let free = free.0.clone();
            imports.remove(&free);
        }
        if !imports.is_empty() {
            imports.values_mut().for_each(|used| used.retain(|other| names.contains(other)));
            circles.push(format!("{}: {imports:?}", room.display()));
        }
    }
    assert!(seen > 150, "the search finds the imports that are there ({seen})");
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn the_first_file_of_a_room_is_its_manual_and_doors() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src).into_iter().filter(|path| path.ends_with("mod.rs")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut in_use = false;
        for line in text.lines() {
            let door = line.trim_start_matches("pub(crate) ").trim_start_matches("pub(in crate::change) ");
            let door = door.trim_start_matches("pub(in crate::derive) ");
            let door = door.trim_start_matches("pub ");
            let is_door = in_use || door.starts_with("use ") || (door.starts_with("mod ") && door.ends_with(';'));
            in_use = (in_use || door.starts_with("use ")) && !line.trim_end().ends_with(';');
            let is_manual = line.starts_with("//") || line.starts_with("#[") || line.starts_with("#![");
            assert!(is_door || is_manual || line.trim().is_empty(), "{}: {line}", path.display());
        }
    }
}

#[test]
fn every_room_is_registered() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = std::fs::read_dir(&src)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut rooms = ROOMS.map(str::to_owned).to_vec();
    rooms.sort();
    assert_eq!(folders, rooms);
}

#[test]
fn no_file_is_two_rooms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["src", "tests", "benches", "crates"].iter().flat_map(|folder| sources(&root.join(folder))) {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 650, "{} has {lines} lines", path.display());
    }
}

#[test]
fn the_library_does_no_input_or_output() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // it reads its own sources when it is tested
    let apart = ["read/schema.rs"];
    let files = ROOMS.iter().flat_map(|room| sources(&src.join(room)));
    for path in files.filter(|path| !apart.iter().any(|end| path.ends_with(end))) {
        // bytes in memory that are read like a file
        let code = code(&path).replace("std::io::Cursor", "");
        for word in ["std::fs", "std::io", "std::net", "std::env", "std::time", "std::thread", "println!", "static mut"]
        {
            assert!(!code.contains(word), "{}: {word}", path.display());
        }
    }
}

/// The system's logarithms and powers differ in the last bit from platform to platform;
/// those of the crate `libm` do not.
#[test]
fn the_library_computes_the_same_on_every_platform() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in ROOMS.iter().flat_map(|room| sources(&src.join(room))) {
        let code = code(&path);
        for word in [".ln()", ".ln_1p()", ".exp()", ".exp_m1()", ".powf(", ".powi(", ".log2()", ".log10()", ".log("] {
            assert!(!code.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn the_architecture_page_lists_the_rooms_in_their_order() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md");
    let page = std::fs::read_to_string(page).unwrap();
    let table = page.split("## The rooms of the library").nth(1).unwrap().split("\n**Invariant").next().unwrap();
    let listed: Vec<&str> = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(listed, ROOMS);
}

/// Examples are compiled as one program, in a quarter of the time, unless one of them names
/// a file by the place of its source: then each is compiled alone.
#[test]
fn examples_are_compiled_together() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["src", "crates", "bindings/shared"].iter().flat_map(|folder| sources(&root.join(folder))) {
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let example = line.trim_start().strip_prefix("///").or_else(|| line.trim_start().strip_prefix("//!"));
            let alone =
                example.is_some_and(|example| example.contains("include_bytes!(") || example.contains("include_str!("));
            assert!(!alone, "{}, line {}: read the file with std::fs", path.display(), number + 1);
        }
    }
}
