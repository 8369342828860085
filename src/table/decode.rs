//! Converts bytes to text, from the encodings that spreadsheets save.

use super::{Error, Note};

/// How many bytes are examined to recognise UTF-16 without a mark.
const LOOKED_AT: usize = 4_096;

/// The text of a file, with a note if the encoding had to be guessed.
pub(super) fn text(bytes: &[u8], notes: &mut Vec<Note>) -> Result<String, Error> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).map(str::to_owned).ok(),
        _ if zeros(bytes, 1) => utf16(bytes, u16::from_le_bytes),
        _ if zeros(bytes, 0) => utf16(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).map(str::to_owned).ok(),
    };
    let text = match text {
        Some(text) => text,
        None => {
            let text = bytes.iter().map(|byte| windows_1252(*byte)).collect::<Option<String>>();
            let message = "the file is not UTF-8 and was read as Windows-1252; if letters look wrong, save it as CSV \
                           UTF-8";
            notes.push(Note::of_file(message));
            text.ok_or(Error::Encoding)?
        }
    };
    let nuls = text.matches('\0').count();
    if nuls == 0 {
        return Ok(text);
    }
    let what = if nuls == 1 { "1 null character was".to_owned() } else { format!("{nuls} null characters were") };
    notes.push(Note::of_file(format!("{what} removed from the file")));
    Ok(text.replace('\0', ""))
}

/// Whether nearly every second byte is zero, as in UTF-16 of European text.
fn zeros(bytes: &[u8], from: usize) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let others = head.iter().skip(1 - from).step_by(2).filter(|byte| **byte == 0).count();
    head.len() >= 4 && zeros * 10 >= head.len() / 2 * 7 && others * 10 < zeros
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>().ok()
}

/// A character of Windows-1252; `None` for the five undefined bytes.
fn windows_1252(byte: u8) -> Option<char> {
    /// 0x80 to 0x9f, as in the encoding's table at the Unicode Consortium.
    const C1: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(C1[usize::from(byte - 0x80)]).filter(|c| *c != '\0'),
        _ => Some(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Result<String, Error>, usize) {
        let mut notes = Vec::new();
        let text = text(bytes, &mut notes);
        (text, notes.len())
    }

    #[test]
    fn encodings() {
        let written = "occupation,label\nChef – pâtissier,x\n";
        let le: Vec<u8> = written.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = written.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, notes) in [
            (written.as_bytes().to_vec(), 0),
            (with(b"\xef\xbb\xbf", written.as_bytes()), 0),
            (with(b"\xff\xfe", &le), 0),
            (with(b"\xfe\xff", &be), 0),
            (le, 0),
            (be, 0),
            (b"occupation,label\nChef \x96 p\xe2tissier,x\n".to_vec(), 1),
        ] {
            assert_eq!(read(&bytes), (Ok(written.to_owned()), notes), "{bytes:?}");
        }
        assert_eq!(read(b"a,b\n\x81"), (Err(Error::Encoding), 1));
        assert_eq!(read(b"a,b\nc\0d,e"), (Ok("a,b\ncd,e".to_owned()), 1));
        assert_eq!(read(b""), (Ok(String::new()), 0));
        assert_eq!(read(b"\xff\xfe\x41").0, Ok("ÿþA".to_owned()), "half a character: no UTF-16");
    }
}
