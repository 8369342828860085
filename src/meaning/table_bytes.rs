//! A table of words as bytes.
//!
//! All numbers are little-endian; nothing lies between the parts or after them.
//!
//! | Part | Bytes | What it is |
//! |---|---|---|
//! | magic | 8 | `TLWORDS` and a line feed |
//! | version | 2 | 1 |
//! | dimensions | 2 | 1 to 1,024 |
//! | pieces | 4 | how many rows there are |
//! | length of the header | 4 | |
//! | length of the pieces | 4 | |
//! | header | | [`TableAbout`] as JSON |
//! | pieces | | one a line, in strict order of their bytes; `##` continues a word |
//! | scales | 4 a piece | what 1 in its row is worth; a finite `f32`, not below 0 |
//! | rows | dimensions a piece | whole numbers from -128 to 127 (`i8`) |

use super::about::TableAbout;
use super::error::MeaningError;
use super::pieces::Pieces;

const MAGIC: &[u8; 8] = b"TLWORDS\n";
const VERSION: u16 = 1;
const MOST_DIMENSIONS: usize = 1024;
const FIXED: usize = 24;

/// The parts of a table, checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts {
    pub(super) about: TableAbout,
    pub(super) dimensions: usize,
    pub(super) pieces: Pieces,
    pub(super) scales: Vec<f32>,
    pub(super) rows: Vec<i8>,
}

/// Takes parts from the front of bytes.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn wrong(&self, why: impl Into<String>) -> MeaningError {
        MeaningError::NotATable { byte: self.at, why: why.into() }
    }

    fn take(&mut self, length: usize) -> Result<&'b [u8], MeaningError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(part) = rest.get(..length) else {
            return Err(
                self.wrong(format!("it ends too early: {length} bytes are expected here, {} are left", rest.len()))
            );
        };
        self.at += length;
        Ok(part)
    }

    fn number(&mut self, length: usize) -> Result<usize, MeaningError> {
        // at most 4 bytes
        Ok(self.take(length)?.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte)))
    }
}

impl Parts {
    /// Reads a table. Memory is taken only for bytes that are there.
    pub(super) fn read(bytes: &[u8]) -> Result<Parts, MeaningError> {
        let mut reader = Reader { bytes, at: 0 };
        if !bytes.starts_with(MAGIC) {
            return Err(reader.wrong("it does not begin with \"TLWORDS\""));
        }
        reader.at = MAGIC.len();
        let version = reader.number(2)?;
        if version != usize::from(VERSION) {
            return Err(reader.wrong(format!("version {version} of the format; this program reads version {VERSION}")));
        }
        let dimensions = reader.number(2)?;
        if !(1..=MOST_DIMENSIONS).contains(&dimensions) {
            return Err(reader.wrong(format!("{dimensions} dimensions; there can be 1 to {MOST_DIMENSIONS}")));
        }
        let (count, header, text) = (reader.number(4)?, reader.number(4)?, reader.number(4)?);
        let rows = count.checked_mul(dimensions + 4);
        let whole = rows.and_then(|r| r.checked_add(header)?.checked_add(text)?.checked_add(FIXED));
        if whole != Some(bytes.len()) {
            let sizes = format!("{count} pieces of {dimensions} dimensions do not fit into {} bytes", bytes.len());
            return Err(reader.wrong(sizes));
        }
        let about = serde_json::from_slice(reader.take(header)?)
            .map_err(|e| reader.wrong(format!("its header cannot be read: {e}")))?;
        let lines = std::str::from_utf8(reader.take(text)?).map_err(|_| reader.wrong("its pieces are not UTF-8"))?;
        let pieces = Pieces::from_lines(lines)
            .map_err(|line| reader.wrong(format!("piece {} is empty or out of order", line + 1)))?;
        if pieces.len() != count {
            return Err(reader.wrong(format!("{} pieces where the header says {count}", pieces.len())));
        }
        let scales = reader.take(4 * count)?.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b));
        let scales: Vec<f32> = scales.collect();
        if let Some(row) = scales.iter().position(|s| !s.is_finite() || *s < 0.0) {
            return Err(reader.wrong(format!("the scale of piece {} is not a number from 0 up", row + 1)));
        }
        let rows = reader.take(count * dimensions)?.iter().map(|&b| i8::from_le_bytes([b])).collect();
        Ok(Parts { about, dimensions, pieces, scales, rows })
    }

    /// Writes a table.
    pub(super) fn write(&self) -> Vec<u8> {
        let header = serde_json::to_vec(&self.about).unwrap_or_default();
        let text = self.pieces.to_lines();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((self.dimensions as u16).to_le_bytes());
        for size in [self.pieces.len(), header.len(), text.len()] {
            bytes.extend((size as u32).to_le_bytes());
        }
        bytes.extend(header);
        bytes.extend(text);
        self.scales.iter().for_each(|scale| bytes.extend(scale.to_le_bytes()));
        self.rows.iter().for_each(|&value| bytes.extend(value.to_le_bytes()));
        bytes
    }

    /// Parts from rows of any order, each rounded to 255 steps of its own.
    pub(super) fn from_rows(about: TableAbout, mut rows: Vec<(String, Vec<f32>)>) -> Result<Parts, MeaningError> {
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let wrong = |why: String| MeaningError::NotATable { byte: 0, why };
        let dimensions = rows.first().map_or(0, |(_, values)| values.len());
        if !(1..=MOST_DIMENSIONS).contains(&dimensions) {
            return Err(wrong(format!("{dimensions} dimensions; there can be 1 to {MOST_DIMENSIONS}")));
        }
        if let Some((id, _)) = rows.iter().find(|(piece, _)| piece.contains('\n')) {
            return Err(wrong(format!("the piece {id:?} has several lines")));
        }
        let lines = rows.iter().map(|(piece, _)| piece.as_str()).collect::<Vec<_>>().join("\n");
        let pieces = Pieces::from_lines(&lines).map_err(|line| {
            let piece = rows.get(line).map_or("", |(piece, _)| piece);
            wrong(format!("the piece {piece:?} is empty or comes twice"))
        })?;
        let mut parts = Parts { about, dimensions, pieces, scales: Vec::new(), rows: Vec::new() };
        for (id, values) in &rows {
            let bad = |why: &str| MeaningError::BadVector { id: id.clone(), why: why.to_owned() };
            if values.len() != dimensions {
                return Err(bad("its row has another length than the first"));
            }
            if !values.iter().all(|v| v.is_finite()) {
                return Err(bad("a value is not finite"));
            }
            let scale = values.iter().fold(0.0_f32, |largest, v| largest.max(v.abs())) / 127.0;
            let steps = |v: &f32| if scale > 0.0 { (v / scale).round_ties_even() } else { 0.0 };
            parts.scales.push(scale);
            parts.rows.extend(values.iter().map(|v| steps(v).clamp(-127.0, 127.0) as i8));
        }
        Ok(parts)
    }
}
