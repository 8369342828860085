//! The public names of the library, room by room: what an embedder can rely on.
//! A name that comes or goes shows in the snapshot, and belongs in `CHANGELOG.md`.

use std::fmt::Write as _;
use std::path::Path;

/// The names that a file opens to everyone: `pub use`, `pub fn`, `pub struct`
/// and so on at the beginning of a line. What is hidden from the documentation
/// is left out.
fn names(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let mut names = Vec::new();
    let mut is_hidden = false;
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        let opens = line.strip_prefix("pub ").filter(|_| !is_hidden);
        if let Some(uses) = opens.and_then(|opens| opens.strip_prefix("use ")) {
            // an import may go over several lines, up to its semicolon
            let import = format!("{uses}\n{after}");
            let import = import.split(';').next().unwrap_or_default().to_owned();
            let list = import.rsplit_once("::").map_or(import.as_str(), |_| match import.split_once('{') {
                Some((_, list)) => list.trim_end().trim_end_matches('}'),
                None => import.rsplit("::").next().unwrap_or_default(),
            });
            names.extend(list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
        } else if let Some(opens) = opens {
            let mut words = opens.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty());
            let kind = words.next();
            if matches!(kind, Some("fn" | "struct" | "enum" | "trait" | "const" | "static" | "type" | "mod")) {
                names.extend(words.next().map(str::to_owned));
            }
        }
        is_hidden = line.starts_with("#[doc(hidden)]") || line.starts_with("#[cfg(doctest)]");
        rest = after;
    }
    names.sort();
    names
}

#[test]
fn public_names_change_on_purpose_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut front = names(&src.join("lib.rs"));
    front.dedup();
    let mut list = String::new();
    let mut all = 0;
    let rooms = front.iter().filter(|name| src.join(name).is_dir());
    writeln!(list, "tlevel: {}", front.join(" ")).unwrap();
    for room in rooms {
        let names = names(&src.join(room).join("mod.rs"));
        all += names.len();
        writeln!(list, "\n{room}").unwrap();
        names.iter().for_each(|name| writeln!(list, "  {name}").unwrap());
    }
    assert!(all > 200, "the search finds the names that are there ({all})");
    insta::assert_snapshot!(list);
}
