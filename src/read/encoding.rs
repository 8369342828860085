//! The text of an input: UTF-8, UTF-16 or UTF-32, with or without a byte order
//! mark; and JSON lines as a list.

use std::borrow::Cow;

use super::{Error, locate};

/// Returns the text of an input in UTF-8, UTF-16 or UTF-32, without its byte
/// order mark.
///
/// Without a mark, UTF-16 and UTF-32 are recognised by the zero bytes around
/// the first letter, which must be ASCII, as in JSON and CSV.
///
/// # Errors
///
/// [`Error::NotUtf8`] with the place of the first bad byte: `b"caf\xe9"`.
///
/// # Examples
///
/// ```
/// assert_eq!(tlevel::read::decoded(b"\xff\xfe[\0]\0")?, "[]");
/// assert_eq!(tlevel::read::decoded(b"[]")?, "[]");
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// `O(n)`; UTF-8 is borrowed, not copied.
pub fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let wide = match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some((4, Order::Little)),
        [0, 0, 0xfe, 0xff, ..] => Some((4, Order::Big)),
        [0xff, 0xfe, ..] => Some((2, Order::Little)),
        [0xfe, 0xff, ..] => Some((2, Order::Big)),
        [1..=255, 0, 0, 0, ..] => Some((4, Order::Little)),
        [0, 0, 0, 1..=255, ..] => Some((4, Order::Big)),
        [1..=127, 0, ..] => Some((2, Order::Little)),
        [0, 1..=127, ..] => Some((2, Order::Big)),
        _ => None,
    };
    let Some((width, order)) = wide else { return super::utf8(bytes).map(Cow::Borrowed) };
    let (text, is_whole) = wide_text(bytes, width, order);
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if is_whole {
        return Ok(Cow::Owned(text));
    }
    let hint = if width == 2 {
        " (it looks like UTF-16, cut off or damaged here)"
    } else {
        " (it looks like UTF-32, cut off or damaged here)"
    };
    Err(Error::NotUtf8 { place: locate::line_columns(&text, &[text.len()])[0], hint })
}

/// Returns the text of a map: as [`decoded`], with the records of a JSON lines
/// file as one list. The places that [`locate`](super::locate()) finds are
/// places in this text. The bracket that begins such a list shifts places on
/// the first line by one column.
///
/// # Errors
///
/// As [`decoded`].
///
/// # Examples
///
/// ```
/// let lines = b"{\"title\": \"Baker\"}\n{\"title\": \"Miller\"}\n";
/// assert_eq!(tlevel::read::map_text(lines)?, "[{\"title\": \"Baker\"},\n{\"title\": \"Miller\"}\n]");
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// `O(n)`; only text that is not UTF-8, or is JSON lines, is copied.
pub fn map_text(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let text = decoded(bytes)?;
    Ok(match listed(&text) {
        Some(list) => Cow::Owned(list),
        None => text,
    })
}

/// The records of JSON lines as a list; `None` for other texts.
fn listed(text: &str) -> Option<String> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let ends = if text.contains('\n') { '\n' } else { '\r' };
    let is_blank = |line: &&str| line.trim().is_empty();
    let mut lines = text.split(ends).skip_while(is_blank);
    let first = lines.next()?.trim();
    // a pretty-printed object over several lines never looks like this
    let is_first = first.len() > 2 && first.ends_with('}');
    if !is_first || !lines.find(|line| !is_blank(line))?.trim_start().starts_with('{') {
        return None;
    }
    let mut list = String::with_capacity(text.len() + text.len() / 64 + 2);
    list.push('[');
    // the position of a comma if another record follows
    let mut end = None;
    for line in text.split_inclusive(ends) {
        if !is_blank(&line) {
            if let Some(end) = end {
                list.insert(end, ',');
            }
            end = Some(list.len() + line.trim_end().len());
        }
        list.push_str(line);
    }
    list.push(']');
    Some(list)
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

/// The text of units of two or four bytes, up to the first invalid one, and
/// whether all are valid.
fn wide_text(bytes: &[u8], width: usize, order: Order) -> (String, bool) {
    let units = bytes.chunks_exact(width);
    let mut is_whole = units.remainder().is_empty();
    let units = units.map(|unit| {
        let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        match order {
            Order::Big => unit.iter().fold(0, add),
            Order::Little => unit.iter().rev().fold(0, add),
        }
    });
    let mut text = String::with_capacity(bytes.len() / width);
    let mut push = |char: Option<char>| {
        is_whole &= char.is_some();
        char.map(|char| text.push(char)).is_some()
    };
    if width == 2 {
        // every unit is of two bytes
        let units = units.map(|unit| unit as u16);
        let _ = char::decode_utf16(units).all(|char| push(char.ok()));
    } else {
        let _ = units.map(char::from_u32).all(push);
    }
    (text, is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: Order, mark: bool) -> Vec<u8> {
        let marked = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        let bytes = |unit: u16| match order {
            Order::Little => unit.to_le_bytes(),
            Order::Big => unit.to_be_bytes(),
        };
        marked.encode_utf16().flat_map(bytes).collect()
    }

    fn utf32(text: &str, order: Order, mark: bool) -> Vec<u8> {
        let marked = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        let bytes = |char: char| match order {
            Order::Little => u32::from(char).to_le_bytes(),
            Order::Big => u32::from(char).to_be_bytes(),
        };
        marked.chars().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_unicode() {
        let text = "[{\"title\": \"Crêpe maker 🥞\"}]";
        for order in [Order::Little, Order::Big] {
            for mark in [false, true] {
                assert_eq!(decoded(&utf16(text, order, mark)).unwrap(), text);
                assert_eq!(decoded(&utf32(text, order, mark)).unwrap(), text);
            }
        }
        assert_eq!(decoded(text.as_bytes()).unwrap(), text);
        assert_eq!(decoded(format!("\u{feff}{text}").as_bytes()).unwrap(), text);
        for short in ["", "[", "é"] {
            assert_eq!(decoded(short.as_bytes()).unwrap(), short);
        }
    }

    #[test]
    fn damage_has_its_place() {
        let mut cut = utf16("[1,\n 2]", Order::Little, true);
        cut.pop();
        let mut lone = utf16("[1,\n", Order::Big, true);
        lone.extend([0xd8, 0, 0, b']']);
        for (bytes, place) in [
            (&cut[..], "line 2, column 3"),
            (&lone[..], "line 2, column 1"),
            (&[0, 0, 0, 1, 255, 255, 255, 255], "line 1, column 2"),
        ] {
            let said = decoded(bytes).unwrap_err().to_string();
            assert!(said.starts_with(place) && said.contains("damaged here"), "{said}");
        }
    }

    #[test]
    fn json_lines_are_a_list() {
        for (text, expected) in [
            ("{\"a\":1}\n{\"b\":2}", Some("[{\"a\":1},\n{\"b\":2}]")),
            ("\n{\"a\":1} \r\n\r\n{\"b\":2}\r\n\r\n", Some("[\n{\"a\":1}, \r\n\r\n{\"b\":2}\r\n\r\n]")),
            ("{\"a\":1}\r{\"b\":2}\r", Some("[{\"a\":1},\r{\"b\":2}\r]")),
            ("{\"a\":1}\n{\"b\":", Some("[{\"a\":1},\n{\"b\":]")),
            ("{\"a\":1}", None),
            ("{\"a\":1}\n", None),
            ("{\n\"a\":1}\n{\"b\":2}", None),
            ("{}\n{}", None),
            ("[1]\n[2]", None),
            ("", None),
        ] {
            assert_eq!(listed(text).as_deref(), expected, "{text}");
        }
    }
}
