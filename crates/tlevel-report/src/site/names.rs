//! Names of files: safe on every system, and unique.

use std::collections::{HashMap, HashSet};

/// Names that some systems reserve.
const RESERVED: [&str; 7] = ["index", "con", "prn", "aux", "nul", "com", "lpt"];
/// The longest name, without the number that makes it unique.
const LONGEST: usize = 80;

/// A file name for each id: lower-case letters, digits and hyphens. Ids that would
/// have the same name get a number, in order.
pub(super) fn file_names<'i>(ids: impl Iterator<Item = &'i str>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    // the last number of each stem: many ids may have the same one
    let mut counts: HashMap<String, u64> = HashMap::new();
    ids.map(|id| {
        let stem = stem(id);
        let count = counts.entry(stem.clone()).or_insert(0);
        loop {
            *count += 1;
            let name = if *count == 1 { stem.clone() } else { format!("{stem}-{count}") };
            if taken.insert(name.clone()) {
                return name;
            }
        }
    })
    .collect()
}

fn stem(id: &str) -> String {
    let mut stem = String::new();
    for c in id.chars() {
        if stem.len() >= LONGEST {
            break;
        }
        if c.is_ascii_alphanumeric() {
            stem.push(c.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    stem.truncate(stem.trim_end_matches('-').len());
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.is_empty() || RESERVED.contains(&letters) {
        stem.insert_str(0, "x-");
        stem.truncate(stem.trim_end_matches('-').len());
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::file_names;

    #[test]
    fn names_are_safe_and_unique() {
        let ids = ["OCC0127", "occ0127", "a/b", "a b", "../..", "", "Ärzte", "CON", "com1", "construction", "a-b-2"];
        let names = file_names(ids.into_iter());
        let expected =
            ["occ0127", "occ0127-2", "a-b", "a-b-2", "x", "x-2", "rzte", "x-con", "x-com1", "construction", "a-b-2-2"];
        assert_eq!(names, expected);
        let long = "x".repeat(500);
        assert!(file_names([long.as_str()].into_iter())[0].len() <= 82);
    }
}
