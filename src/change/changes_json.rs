//! Reads a changes file in JSON value by value, so that every error has its
//! place, with one error for each invalid change.

use super::changes::{Change, Changes, FORMAT, VERSION};
use super::error::ChangesError;
use crate::derive::Quorum;
use crate::map::{Level, Status};
use crate::read::{self, Fields, Node, Path, RawApprenticeshipOnly, Wrong, read_occupation, read_statement};
use crate::text::{DidYouMean, closest};

impl Changes {
    /// Reads a changes file in JSON:
    /// `{"format": "tlevel-changes", "version": 1, "changes": [...]}`, with an
    /// optional `title`. Its JSON Schema is
    /// `fixtures/schema/tlevel-changes.schema.json`.
    ///
    /// # Errors
    ///
    /// [`ChangesError::Json`], with line and column: not JSON, another format
    /// or version, an unknown change or member, a value of the wrong type
    /// (`{"change": "re-level", "occupation": "LARS287", "level": "three"}`),
    /// or a missing member (at the place of the change). If several changes
    /// have errors: [`ChangesError::Several`], one for each.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::change::Changes;
    ///
    /// let changes = Changes::from_json(r#"{"format": "tlevel-changes", "version": 1, "changes": [
    ///     {"change": "re-level", "occupation": "LARS287", "level": 3},
    ///     {"change": "mark", "branch": "construction", "reasons": ["policy"], "note": "Under review"},
    ///     {"change": "policy", "quorum": "1/2"}]}"#)?;
    /// assert_eq!(changes.changes.len(), 3);
    /// let slip = r#"{"format": "tlevel-changes", "version": 1, "changes": [{"change": "unmrk"}]}"#;
    /// let message = Changes::from_json(slip).unwrap_err().to_string();
    /// assert!(message.starts_with("line 1, column 67: /changes/0/change: "), "{message}");
    /// assert!(message.contains("did you mean \"unmark\"?"), "{message}");
    /// # Ok::<(), tlevel::change::ChangesError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_json(text: &str) -> Result<Changes, ChangesError> {
        read(text).or_else(|wrong| {
            ChangesError::unless(wrong.into_iter().map(ChangesError::Json).collect(), Changes::default())
        })
    }

    /// Reads a changes file: JSON if [`Changes::is_json`], otherwise a table.
    ///
    /// # Errors
    ///
    /// As [`Changes::from_json`] and [`Changes::from_csv`].
    pub fn read(text: &str) -> Result<Changes, ChangesError> {
        if Changes::is_json(text.as_bytes()) { Changes::from_json(text) } else { Changes::from_csv(text) }
    }

    /// Whether the bytes of a changes file are JSON rather than a table: their
    /// first character is `{` or `[`.
    pub fn is_json(bytes: &[u8]) -> bool {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
    }
}

fn read(text: &str) -> Result<Changes, Vec<read::Error>> {
    read::object(text, root)
}

fn root(node: Node<'_>, path: &Path<'_>) -> Result<Changes, Vec<Wrong>> {
    let mut f = Fields::new(node, path).map_err(|wrong| vec![wrong])?;
    format(&mut f, path).map_err(|wrong| vec![wrong])?;
    let mut wrong = Vec::new();
    let known = ["title", "changes"];
    wrong.extend(f.names().filter(|name| !known.contains(name)).map(|name| unknown(name, path, &known)));
    let title = f.text("title").unwrap_or_else(|e| {
        wrong.push(e);
        None
    });
    let mut changes = Vec::new();
    match f.take("changes") {
        Some(Node::List(items)) => {
            let path = path.member("changes");
            for (i, item) in items.into_iter().enumerate() {
                match change(item, &path.at(i)) {
                    Ok(change) => changes.push(change),
                    Err(e) => wrong.push(e),
                }
            }
        }
        Some(other) => wrong.push(path.member("changes").expected("a list of changes", &other)),
        // unless a misspelling of it was reported
        None if wrong.is_empty() => wrong.push(path.unlike("\"changes\": [...]", "no changes".to_owned())),
        None => {}
    }
    if wrong.is_empty() { Ok(Changes { title, changes }) } else { Err(wrong) }
}

fn format(f: &mut Fields<'_, '_>, path: &Path<'_>) -> Result<(), Wrong> {
    match f.take("format") {
        Some(Node::Text(format)) if format == FORMAT => {}
        Some(other) => return Err(path.member("format").expected("\"tlevel-changes\"", &other)),
        None => return Err(path.unlike("\"format\": \"tlevel-changes\" and \"version\": 1", "no format".to_owned())),
    }
    match f.take("version") {
        Some(Node::Number(n)) if n.as_u64() == Some(u64::from(VERSION)) => Ok(()),
        Some(other) => Err(path.member("version").expected("version 1, which this release reads", &other)),
        None => Err(path.unlike("\"version\": 1 next to the format", "none".to_owned())),
    }
}

/// The members of a change, apart from its name.
pub(super) fn members(change: &str) -> Option<&'static [&'static str]> {
    Some(match change {
        "add-occupation" => &["cluster", "occupation", "position"],
        "remove-occupation" => &["occupation"],
        "move-occupation" => &["occupation", "cluster", "position"],
        "re-level" => &["occupation", "level"],
        "re-title" => &["occupation", "title"],
        "set-status" => &["occupation", "status"],
        "add-statement" => &["occupation", "statement", "position"],
        "drop-statement" => &["occupation", "statement"],
        "reword-statement" => &["occupation", "statement", "text", "source_text"],
        "mark" => &["branch", "reasons", "note"],
        "unmark" => &["branch"],
        "policy" => &["quorum", "route_quorum"],
        _ => return None,
    })
}

/// Reports members that the format does not have: otherwise a proposed change
/// would be silently ignored. But a mark keeps the unknown members of a mark
/// that was read, unless they look like misspellings.
fn nothing_more(f: &Fields<'_, '_>, path: &Path<'_>, change: &str, known: &[&'static str]) -> Result<(), Wrong> {
    let is_wrong =
        |name: &&str| !known.contains(name) && (change != "mark" || closest(name, known.iter().copied()).is_some());
    f.names().find(is_wrong).map_or(Ok(()), |name| Err(unknown(name, path, known)))
}

fn unknown(name: &str, path: &Path<'_>, known: &[&'static str]) -> Wrong {
    let hint = DidYouMean(closest(name, known.iter().copied()));
    path.member(name).unlike("only members that are known here", format!("\"{}\"{hint}", read::excerpt(name, 40)))
}

fn change(node: Node<'_>, path: &Path<'_>) -> Result<Change, Wrong> {
    let mut f = Fields::new(node, path)?;
    let name = match f.take("change") {
        Some(Node::Text(name)) => name,
        Some(other) => return Err(path.member("change").expected("the name of a change", &other)),
        None => return Err(path.unlike("\"change\": the name of a change", "none".to_owned())),
    };
    let Some(known) = members(&name) else {
        let hint = DidYouMean(closest(&name, Change::NAMES));
        return Err(path
            .member("change")
            .unlike("the name of a change", format!("\"{}\"{hint}", read::excerpt(&name, 40))));
    };
    nothing_more(&f, path, &name, known)?;
    let change = match &*name {
        "add-occupation" => Change::AddOccupation {
            cluster: needed(&mut f, path, "cluster")?,
            occupation: Box::new(match f.record("occupation", read_occupation)? {
                Some(occupation) => occupation,
                None => return Err(path.unlike("\"occupation\": an occupation of the native format", "none".into())),
            }),
            position: position(&mut f, path)?,
        },
        "remove-occupation" => Change::RemoveOccupation { occupation: needed(&mut f, path, "occupation")? },
        "move-occupation" => Change::MoveOccupation {
            occupation: needed(&mut f, path, "occupation")?,
            cluster: needed(&mut f, path, "cluster")?,
            position: position(&mut f, path)?,
        },
        "re-level" => Change::ReLevel { occupation: needed(&mut f, path, "occupation")?, level: level(&mut f, path)? },
        "re-title" => {
            Change::ReTitle { occupation: needed(&mut f, path, "occupation")?, title: needed(&mut f, path, "title")? }
        }
        "set-status" => {
            Change::SetStatus { occupation: needed(&mut f, path, "occupation")?, status: status(&mut f, path)? }
        }
        "add-statement" => Change::AddStatement {
            occupation: needed(&mut f, path, "occupation")?,
            statement: Box::new(match f.record("statement", read_statement)? {
                Some(statement) => statement,
                None => return Err(path.unlike("\"statement\": a statement of the native format", "none".into())),
            }),
            position: position(&mut f, path)?,
        },
        "drop-statement" => Change::DropStatement {
            occupation: needed(&mut f, path, "occupation")?,
            statement: needed(&mut f, path, "statement")?,
        },
        "reword-statement" => Change::RewordStatement {
            occupation: needed(&mut f, path, "occupation")?,
            statement: needed(&mut f, path, "statement")?,
            text: needed(&mut f, path, "text")?,
            source_text: f.text("source_text")?,
        },
        "mark" => {
            let branch = needed(&mut f, path, "branch")?;
            let mut mark = RawApprenticeshipOnly::new(f.texts("reasons")?);
            mark.note = f.text("note")?;
            mark.extra = f.extra();
            Change::Mark { branch, mark }
        }
        "unmark" => Change::Unmark { branch: needed(&mut f, path, "branch")? },
        // `members()` knows no other
        _ => Change::Policy {
            quorum: quorum(&mut f, path, "quorum")?,
            route_quorum: quorum(&mut f, path, "route_quorum")?,
        },
    };
    Ok(change)
}

fn needed(f: &mut Fields<'_, '_>, path: &Path<'_>, name: &'static str) -> Result<String, Wrong> {
    match f.text(name)? {
        Some(text) => Ok(text),
        None => Err(path.member(name).unlike("a text, which this change needs", "none".to_owned())),
    }
}

fn position(f: &mut Fields<'_, '_>, path: &Path<'_>) -> Result<Option<usize>, Wrong> {
    let Some(number) = f.whole_number("position")? else { return Ok(None) };
    let wrong = || path.member("position").unlike("a position, from 0", format!("the number {number}"));
    usize::try_from(number).map(Some).map_err(|_| wrong())
}

fn level(f: &mut Fields<'_, '_>, path: &Path<'_>) -> Result<Level, Wrong> {
    let path = path.member("level");
    match f.whole_number("level")? {
        Some(number) => Level::try_from(number).map_err(|_| path.unlike("a level, 2 to 7", format!("{number}"))),
        None => Err(path.unlike("a level, 2 to 7", "none".to_owned())),
    }
}

fn status(f: &mut Fields<'_, '_>, path: &Path<'_>) -> Result<Option<Status>, Wrong> {
    let Some(name) = f.text("status")? else { return Ok(None) };
    match Status::from_name(&name) {
        Some(status) => Ok(Some(status)),
        None => {
            let hint = DidYouMean(closest(&name, Status::NAMES));
            Err(path.member("status").unlike("a status", format!("\"{}\"{hint}", read::excerpt(&name, 40))))
        }
    }
}

fn quorum(f: &mut Fields<'_, '_>, path: &Path<'_>, name: &'static str) -> Result<Option<Quorum>, Wrong> {
    let node = f.take(name);
    let text = match &node {
        None | Some(Node::Null) => return Ok(None),
        Some(Node::Number(number)) => number.to_string(),
        Some(Node::Text(text)) => text.to_string(),
        Some(other) => other.describe(),
    };
    let wrong = || path.member(name).unlike("a share above 0 and up to 1, such as 0.5 or \"2/3\"", text.clone());
    text.parse().map(Some).map_err(|_| wrong())
}
