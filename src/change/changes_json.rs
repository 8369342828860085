//! A changes file in JSON, read value by value, so that every error has its
//! place.

use super::changes::{Change, Changes};
use crate::derive::Quorum;
use crate::map::{Level, Status};
use crate::read::{self, Fields, Node, Path, RawApprenticeshipOnly, Wrong, read_occupation, read_statement};
use crate::text::closest;

pub(super) const FORMAT: &str = "tlevel-changes";
pub(super) const VERSION: u32 = 1;

pub(super) fn read(text: &str) -> Result<Changes, read::Error> {
    read::object(text, root)
}

fn root(node: Node<'_>, path: &Path<'_>) -> Result<Changes, Wrong> {
    let mut f = Fields::new(node, path)?;
    match f.take("format") {
        Some(Node::Text(format)) if format == FORMAT => {}
        Some(other) => return Err(path.member("format").expected("\"tlevel-changes\"", &other)),
        None => return Err(path.unlike("\"format\": \"tlevel-changes\" and \"version\": 1", "no format".to_owned())),
    }
    match f.take("version") {
        Some(Node::Number(n)) if n.as_u64() == Some(u64::from(VERSION)) => {}
        Some(other) => return Err(path.member("version").expected("version 1, which this release reads", &other)),
        None => return Err(path.unlike("\"version\": 1 beside the format", "none".to_owned())),
    }
    let title = f.text("title")?;
    let changes = match f.take("changes") {
        Some(Node::List(items)) => {
            let path = path.member("changes");
            items.into_iter().enumerate().map(|(i, item)| change(item, &path.at(i))).collect::<Result<_, _>>()?
        }
        Some(other) => return Err(path.member("changes").expected("a list of changes", &other)),
        None => return Err(path.unlike("\"changes\": [...]", "no changes".to_owned())),
    };
    nothing_more(f, path, &["format", "version", "title", "changes"])?;
    Ok(Changes { title, changes })
}

/// A member that the format does not have would be a wish that is not heard.
fn nothing_more(fields: Fields<'_, '_>, path: &Path<'_>, known: &[&'static str]) -> Result<(), Wrong> {
    let extra = fields.extra();
    let Some(name) = extra.names().next() else { return Ok(()) };
    Err(unknown(name, path, known))
}

fn unknown(name: &str, path: &Path<'_>, known: &[&'static str]) -> Wrong {
    let hint = closest(name, known.iter().copied()).map_or_else(String::new, |k| format!(", did you mean \"{k}\"?"));
    path.member(name).unlike("only members that are known here", format!("\"{}\"{hint}", read::excerpt(name, 40)))
}

fn change(node: Node<'_>, path: &Path<'_>) -> Result<Change, Wrong> {
    let mut f = Fields::new(node, path)?;
    let name = match f.take("change") {
        Some(Node::Text(name)) => name,
        Some(other) => return Err(path.member("change").expected("the name of a change", &other)),
        None => return Err(path.unlike("\"change\": the name of a change", "none".to_owned())),
    };
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
        "mark" => return mark(f, path),
        "unmark" => Change::Unmark { branch: needed(&mut f, path, "branch")? },
        "policy" => Change::Policy {
            quorum: quorum(&mut f, path, "quorum")?,
            route_quorum: quorum(&mut f, path, "route_quorum")?,
        },
        other => {
            let hint = closest(other, Change::NAMES).map_or_else(String::new, |n| format!(", did you mean \"{n}\"?"));
            let found = format!("\"{}\"{hint}", read::excerpt(other, 40));
            return Err(path.member("change").unlike("the name of a change", found));
        }
    };
    let known = ["occupation", "cluster", "position", "level", "title", "status", "statement", "text", "source_text"];
    nothing_more(f, path, &[&known[..], &["branch", "quorum", "route_quorum"]].concat())?;
    Ok(change)
}

/// A mark keeps the unknown members of one that was read, unless they look
/// like a slip.
fn mark(mut f: Fields<'_, '_>, path: &Path<'_>) -> Result<Change, Wrong> {
    let branch = needed(&mut f, path, "branch")?;
    let mut mark = RawApprenticeshipOnly::new(f.texts("reasons")?);
    mark.note = f.text("note")?;
    mark.extra = f.extra();
    let known = ["reasons", "note", "branch"];
    if let Some(slip) = mark.extra.names().find(|name| closest(name, known).is_some()) {
        return Err(unknown(slip, path, &known));
    }
    Ok(Change::Mark { branch, mark })
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
            let hint = closest(&name, Status::NAMES).map_or_else(String::new, |n| format!(", did you mean \"{n}\"?"));
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
