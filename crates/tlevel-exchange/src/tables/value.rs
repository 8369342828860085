//! What a cell shows of a member, and what a member reads from a cell.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::dates;
use super::form::Kind;

/// A value of JSON, with its members in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Truth(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Json>),
    Record(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn read(text: &str) -> Result<Json, serde_json::Error> {
        serde_json::from_str(text)
    }

    pub(crate) fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn of(text: Option<&str>) -> Json {
        text.map_or(Json::Null, |text| Json::Text(text.to_owned()))
    }

    pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Json {
        Json::List(texts.into_iter().map(|text| Json::Text(text.to_owned())).collect())
    }

    pub(crate) fn number(number: Option<i64>) -> Json {
        number.map_or(Json::Null, |number| Json::Number(number.into()))
    }

    pub(crate) fn truth(truth: Option<bool>) -> Json {
        truth.map_or(Json::Null, Json::Truth)
    }

    /// Whether a record is read the same without it.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Json::Null) || matches!(self, Json::List(list) if list.is_empty())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Truth(truth) => serializer.serialize_bool(*truth),
            Json::Number(number) => number.serialize(serializer),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(list) => serializer.collect_seq(list),
            Json::Record(members) => serializer.collect_map(members.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Truth(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(serde_json::Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Json::Record(members))
    }
}

/// A text as a cell holds it: line feeds for line ends, without white space around
/// it, and without the characters that XML forbids.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let legal = |c: char| matches!(c, '\t' | '\n') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let text: String = text.chars().map(|c| if legal(c) { c } else { '\u{fffd}' }).collect();
    text.trim().to_owned()
}

/// What a cell shows of a value; empty for values that are not of the kind.
pub(crate) fn shown(kind: Kind, value: &Json) -> String {
    let texts = |list: &[Json], between: &str| {
        let texts = list.iter().map(|item| if let Json::Text(text) = item { text.as_str() } else { "" });
        tidy(&texts.collect::<Vec<_>>().join(between))
    };
    match (kind, value) {
        (_, Json::Text(text)) => tidy(text),
        (_, Json::Number(number)) => number.to_string(),
        (_, Json::Truth(truth)) => if *truth { "yes" } else { "no" }.to_owned(),
        (Kind::Lines, Json::List(list)) => texts(list, "\n"),
        (_, Json::List(list)) => texts(list, ", "),
        (_, Json::Null | Json::Record(_)) => String::new(),
    }
}

/// Reads the value of a cell.
///
/// # Errors
///
/// What is expected, in words.
pub(crate) fn read(kind: Kind, cell: &str) -> Result<Json, &'static str> {
    if cell.is_empty() {
        return Ok(Json::Null);
    }
    let split = |at: fn(char) -> bool| Json::texts(cell.split(at).map(str::trim).filter(|text| !text.is_empty()));
    Ok(match kind {
        Kind::Text | Kind::Parent | Kind::Key | Kind::More => Json::of(Some(cell)),
        Kind::Choice(words) => Json::Text(word(cell, words)),
        Kind::Choices(words) => {
            let parts = cell.split([',', ';', '\n']).map(str::trim).filter(|text| !text.is_empty());
            Json::List(parts.map(|part| Json::Text(word(part, words))).collect())
        }
        Kind::Date => Json::Text(dates::iso(cell).unwrap_or_else(|| cell.to_owned())),
        Kind::Number => whole(cell).ok_or("a whole number")?,
        Kind::Level => {
            let level = tlevel::text::level_number(cell).ok_or("a level: 2, 3, 4, 5, 6 or 7")?;
            Json::Number(level.into())
        }
        Kind::Truth => match cell.to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Json::Truth(true),
            "no" | "n" | "false" | "0" => Json::Truth(false),
            _ => return Err("yes or no"),
        },
        Kind::Lines => split(|c| c == '\n'),
        Kind::Codes => split(|c| matches!(c, ',' | ';' | '\n')),
        Kind::OneOrMore => match split(|c| matches!(c, ',' | ';' | '\n')) {
            Json::List(list) if list.len() == 1 => list.into_iter().next().unwrap_or(Json::Null),
            list => list,
        },
    })
}

fn whole(cell: &str) -> Option<Json> {
    Some(Json::Number(cell.parse::<i64>().ok()?.into()))
}

/// The word of a list that a cell means; other words stay as they are, for `check`
/// to report.
pub(crate) fn word(cell: &str, words: &[&str]) -> String {
    let key = cell.to_lowercase().replace([' ', '_'], "-");
    let known = |key: &str| words.iter().find(|word| **word == key).map(|word| (*word).to_owned());
    let short = |key: &str| {
        let word = match key {
            "k" | "knowledges" => "knowledge",
            "s" | "skills" => "skill",
            "b" | "behaviours" | "behavior" | "behaviors" => "behaviour",
            "proposal-in-development" => "plan-in-development",
            _ => return None,
        };
        known(word)
    };
    known(&key).or_else(|| short(&key)).unwrap_or_else(|| cell.to_owned())
}
