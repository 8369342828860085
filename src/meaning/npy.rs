//! Matrices in the `.npy` format of `numpy`.
//!
//! Read here are versions 1 to 3 of the format, two dimensions in the order of C,
//! and floating point numbers of 4 or 8 bytes in either byte order: what
//! `np.save("vectors.npy", matrix)` writes. Own code, since the header is a line of
//! three entries and the crates that read it bring a grammar or a library of matrices.
//!
//! # Source
//!
//! The manual of `numpy`, module `numpy.lib.format`.

use super::error::MeaningError;

const MAGIC: &[u8] = b"\x93NUMPY";

/// Rows of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Row after row.
    pub(super) values: Vec<f32>,
}

fn wrong(why: impl Into<String>) -> MeaningError {
    MeaningError::NotNpy(why.into())
}

/// Reads a matrix. Memory is taken only for values that are there.
pub(super) fn read(bytes: &[u8]) -> Result<Matrix, MeaningError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| wrong("it does not begin as one; write it with np.save"))?;
    let (version, rest) = rest.split_at_checked(2).ok_or_else(ends)?;
    let width = match version[0] {
        1 => 2,
        2 | 3 => 4,
        other => return Err(wrong(format!("version {other} of the format; versions 1 to 3 can be read"))),
    };
    let (length, rest) = rest.split_at_checked(width).ok_or_else(ends)?;
    let length = length.iter().rev().fold(0, |n, &byte| n << 8 | usize::from(byte));
    let (header, data) = rest.split_at_checked(length).ok_or_else(ends)?;
    let header = std::str::from_utf8(header).map_err(|_| wrong("its header is not text"))?;
    let header = Header::read(header).ok_or_else(|| wrong(format!("its header cannot be read: {}", short(header))))?;
    if header.in_fortran_order {
        return Err(wrong("its values are column after column; save np.ascontiguousarray(matrix)"));
    }
    let [rows, columns] = header.shape[..] else {
        let count = header.shape.len();
        return Err(wrong(format!("its dimensions are {count}; save a matrix of 2, a row for each vector")));
    };
    let number: fn(&[u8]) -> Option<f32> = match header.kind.as_str() {
        "<f4" => |b| Some(f32::from_le_bytes(b.try_into().ok()?)),
        ">f4" => |b| Some(f32::from_be_bytes(b.try_into().ok()?)),
        "<f8" => |b| Some(f64::from_le_bytes(b.try_into().ok()?) as f32),
        ">f8" => |b| Some(f64::from_be_bytes(b.try_into().ok()?) as f32),
        other => {
            return Err(wrong(format!("its values are of the kind {other:?}; save matrix.astype(\"float32\")")));
        }
    };
    let size = if header.kind.ends_with('4') { 4 } else { 8 };
    let expected = rows.checked_mul(columns).and_then(|n| n.checked_mul(size));
    if expected != Some(data.len()) {
        let found = data.len();
        return Err(wrong(format!("{rows} rows of {columns} numbers of {size} bytes do not make {found} bytes")));
    }
    Ok(Matrix { rows, columns, values: data.chunks_exact(size).filter_map(number).collect() })
}

fn ends() -> MeaningError {
    wrong("it ends within its header")
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(80).collect();
    format!("{:?}", cut.trim_end())
}

/// What stands before the numbers: a dictionary as Python writes it.
#[derive(Debug, PartialEq)]
struct Header {
    kind: String,
    in_fortran_order: bool,
    shape: Vec<usize>,
}

impl Header {
    /// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, the
    /// entries in any order. `None` for anything else; kinds that are lists (of
    /// several columns with names) are among it.
    fn read(text: &str) -> Option<Header> {
        let (mut kind, mut order, mut shape) = (None, None, None);
        let mut rest = text.trim().strip_prefix('{')?.trim_start();
        while !rest.starts_with('}') {
            let (key, after) = quoted(rest)?;
            let value = after.trim_start().strip_prefix(':')?.trim_start();
            rest = match key {
                "descr" => {
                    let (value, after) = quoted(value)?;
                    kind = Some(value.to_owned());
                    after
                }
                "fortran_order" => {
                    let after = value.strip_prefix("False").or_else(|| value.strip_prefix("True"))?;
                    order = Some(value.starts_with('T'));
                    after
                }
                "shape" => {
                    let (inside, after) = value.strip_prefix('(')?.split_once(')')?;
                    let inside = inside.trim().trim_end_matches(',');
                    let numbers = inside.split(',').filter(|_| !inside.is_empty());
                    shape = Some(numbers.map(|n| n.trim().parse().ok()).collect::<Option<Vec<usize>>>()?);
                    after
                }
                _ => return None,
            };
            rest = rest.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        (rest.trim() == "}").then_some(())?;
        Some(Header { kind: kind?, in_fortran_order: order?, shape: shape? })
    }
}

/// A text in quotes, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text[1..].split_once(quote)
}
