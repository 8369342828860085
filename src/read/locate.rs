//! Finds places on demand: one scan of the text converts JSON pointers to lines
//! and columns, only for the pointers that are needed.
//!
//! `serde_json` keeps no spans. Keeping one for each of 60,000 statements would
//! cost every reader for the sake of the few values that a finding names. The
//! scan does not recurse, so depth uses no stack.

use std::collections::HashMap;
use std::fmt;

/// A place in a text: line and column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Finds where the values at JSON pointers begin.
///
/// Returns one entry for each pointer, in the given order; `None` if the text
/// has no such value. If a member name appears twice in an object, the last one
/// counts, as in every JSON tool. Never fails: in text that is not JSON, it
/// finds what comes before the damage.
///
/// # Examples
///
/// ```
/// use tlevel::read::locate;
///
/// let text = "{\n  \"routes\": [ {\"id\": \"digital\"} ]\n}";
/// let places = locate(text, &["/routes/0/id", "/routes/7"]);
/// assert_eq!(places[0].map(|p| (p.line, p.column)), Some((2, 22)));
/// assert_eq!(places[1], None);
/// ```
///
/// # Complexity
///
/// One pass over the text and `O(p)` memory for `p` pointers.
pub fn locate<P: AsRef<str>>(text: &str, pointers: &[P]) -> Vec<Option<LineColumn>> {
    let offsets = offsets(text, pointers);
    let mut wanted: Vec<usize> = offsets.iter().flatten().copied().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let lines = line_columns(text, &wanted);
    offsets.into_iter().map(|offset| offset.and_then(|o| wanted.binary_search(&o).ok()).map(|i| lines[i])).collect()
}

/// The literal text of numbers, true, false or null at pointers: "1.10", where
/// JSON's value is 1.1.
pub(super) fn tokens<'t, P: AsRef<str>>(text: &'t str, pointers: &[P]) -> Vec<Option<&'t str>> {
    let token = |offset: usize| {
        let rest = text.get(offset..)?;
        let end = rest.find([',', '}', ']', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        rest.get(..end)
    };
    offsets(text, pointers).into_iter().map(|offset| offset.and_then(token)).collect()
}

/// The byte offsets where the values at pointers begin.
fn offsets<P: AsRef<str>>(text: &str, pointers: &[P]) -> Vec<Option<usize>> {
    let mut trie = Trie::default();
    for (target, pointer) in pointers.iter().enumerate() {
        trie.insert(pointer.as_ref(), target);
    }
    let mut finder = Finder { trie: &trie, path: vec![Some(0)], offsets: vec![None; pointers.len()] };
    scan(text, &mut finder);
    finder.offsets
}

/// The JSON pointer of the innermost value that contains a byte offset.
pub(super) fn pointer_at(text: &str, offset: usize) -> String {
    let mut tracker = Tracker::default();
    scan(&text[..floor_boundary(text, offset)], &mut tracker);
    tracker.path.iter().fold(String::new(), |pointer, step| pointer + "/" + step)
}

/// The lines and columns of byte offsets in ascending order.
pub(super) fn line_columns(text: &str, offsets: &[usize]) -> Vec<LineColumn> {
    let (mut line, mut column, mut at) = (1, 1, 0);
    let mut places = Vec::with_capacity(offsets.len());
    for &offset in offsets {
        let offset = floor_boundary(text, offset);
        // counted on from the last place: a file of one line is not read again for each
        let between = text.get(at..offset).unwrap_or_default();
        match between.rfind('\n') {
            Some(end) => {
                line += between.bytes().filter(|byte| *byte == b'\n').count() as u32;
                column = between[end + 1..].chars().count() as u32 + 1;
            }
            None => column += between.chars().count() as u32,
        }
        at = offset;
        places.push(LineColumn { line, column });
    }
    places
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// The events of a scan, in order.
trait Visit {
    /// A value begins.
    fn value(&mut self, offset: usize);
    /// The scan goes into a member of an object (its name, escapes resolved) ...
    fn enter_member(&mut self, name: &str);
    /// ... or into an item of a list ...
    fn enter_item(&mut self, index: usize);
    /// ... and comes out again.
    fn leave(&mut self);
}

/// Walks over a JSON text without building anything and without recursion.
fn scan(text: &str, visit: &mut impl Visit) {
    let bytes = text.as_bytes();
    // one entry for each open container: `None` is an object, `Some(i)` a list at item `i`
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut expect_name = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' | b':' => at += 1,
            b'"' if expect_name => {
                let end = string_end(bytes, at);
                visit.enter_member(&unescape(&text[at..end]));
                expect_name = false;
                at = end;
            }
            b',' => {
                match open.last_mut() {
                    Some(Some(index)) => {
                        visit.leave();
                        *index += 1;
                        visit.enter_item(*index);
                    }
                    Some(None) => {
                        visit.leave();
                        expect_name = true;
                    }
                    None => return,
                }
                at += 1;
            }
            close @ (b'}' | b']') => {
                let Some(_) = open.pop() else { return };
                // an empty object has entered no member
                if !(close == b'}' && expect_name) {
                    visit.leave();
                }
                expect_name = false;
                at += 1;
            }
            first => {
                visit.value(at);
                match first {
                    b'{' => {
                        open.push(None);
                        expect_name = true;
                        at += 1;
                    }
                    b'[' => {
                        open.push(Some(0));
                        visit.enter_item(0);
                        // an empty list has an item 0 that never gets a value
                        at += 1;
                    }
                    b'"' => at = string_end(bytes, at),
                    _ => {
                        at += 1;
                        while at < bytes.len()
                            && !matches!(bytes[at], b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r')
                        {
                            at += 1;
                        }
                    }
                }
            }
        }
    }
}

/// The offset after the string that begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

fn unescape(quoted: &str) -> std::borrow::Cow<'_, str> {
    if quoted.contains('\\') {
        serde_json::from_str::<String>(quoted).unwrap_or_default().into()
    } else {
        quoted.trim_matches('"').into()
    }
}

/// The wanted pointers, step by step.
#[derive(Default)]
struct Trie {
    nodes: Vec<TrieNode>,
}

#[derive(Default)]
struct TrieNode {
    steps: HashMap<String, usize>,
    targets: Vec<usize>,
}

impl Trie {
    fn insert(&mut self, pointer: &str, target: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(TrieNode::default());
        }
        let mut node = 0;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let next = self.nodes.len();
            node = *self.nodes[node].steps.entry(step).or_insert(next);
            if node == next {
                self.nodes.push(TrieNode::default());
            }
        }
        self.nodes[node].targets.push(target);
    }
}

struct Finder<'t> {
    trie: &'t Trie,
    /// The trie node of each open step; `None` if no pointer leads there.
    path: Vec<Option<usize>>,
    offsets: Vec<Option<usize>>,
}

impl Finder<'_> {
    fn step(&mut self, name: &str) {
        let here = self.path.last().copied().flatten();
        let next = here.and_then(|n| self.trie.nodes.get(n)).and_then(|n| n.steps.get(name)).copied();
        self.path.push(next);
    }
}

impl Visit for Finder<'_> {
    fn value(&mut self, offset: usize) {
        if let Some(node) = self.path.last().copied().flatten().and_then(|n| self.trie.nodes.get(n)) {
            for &target in &node.targets {
                self.offsets[target] = Some(offset);
            }
        }
    }
    fn enter_member(&mut self, name: &str) {
        self.step(name);
    }
    fn enter_item(&mut self, index: usize) {
        if self.path.last().copied().flatten().is_some() {
            self.step(&index.to_string());
        } else {
            self.path.push(None);
        }
    }
    fn leave(&mut self) {
        self.path.pop();
    }
}

/// Records the path at which a cut-off text ends.
#[derive(Default)]
struct Tracker {
    path: Vec<String>,
}

impl Visit for Tracker {
    fn value(&mut self, _: usize) {}
    fn enter_member(&mut self, name: &str) {
        self.path.push(super::origin::escape(name));
    }
    fn enter_item(&mut self, index: usize) {
        self.path.push(index.to_string());
    }
    fn leave(&mut self) {
        self.path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, pointer: &str) -> Option<(u32, u32)> {
        locate(text, &[pointer])[0].map(|p| (p.line, p.column))
    }

    #[test]
    fn places_of_values() {
        let text = "{\"a\": [1, {\"b\\u0063\": null}, []],\n \"é/x\": {\"~\": true}, \"e\": {}, \"z\": 1}";
        for (pointer, expected) in [
            ("", Some((1, 1))),
            ("/a", Some((1, 7))),
            ("/a/0", Some((1, 8))),
            ("/a/1/bc", Some((1, 23))),
            ("/a/2", Some((1, 30))),
            ("/a/2/0", None),
            ("/a/3", None),
            ("/é~1x", Some((2, 9))),
            ("/é~1x/~0", Some((2, 15))),
            ("/e", Some((2, 27))),
            ("/z", Some((2, 36))),
            ("/no", None),
        ] {
            assert_eq!(place(text, pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn the_pointer_of_an_offset() {
        let text = r#"{"a": [1, {"b": nul}]}"#;
        assert_eq!(pointer_at(text, text.find("nul").unwrap() + 1), "/a/1/b");
        assert_eq!(pointer_at(text, 0), "");
    }

    #[test]
    fn damage_ends_the_search_quietly() {
        for text in ["", "]", "{\"a\"", "[\"", "[[[[", "{,}", "\\"] {
            assert_eq!(place(text, "/a/b"), None, "{text}");
        }
        let deep = "[".repeat(200_000);
        assert_eq!(place(&deep, "/0/0/0"), Some((1, 4)));
    }
}
