//! Vectors in a Parquet table: a column of ids and a column of lists of numbers.

use std::collections::HashMap;
use std::panic::catch_unwind;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use tlevel::meaning::Vectors;

/// The names of the column with ids, and of that with vectors.
const IDS: [&str; 3] = ["id", "ids", "key"];
const VECTORS: [&str; 4] = ["vector", "vectors", "embedding", "embeddings"];

/// The most bytes of numbers, once unpacked.
const MOST_BYTES: i64 = 4 << 30;

/// Reads the vectors of a table.
///
/// # Errors
///
/// A sentence on what is wrong: bytes that are no Parquet, a column that is missing or of
/// another type, a row without an id or a vector, one id twice, or numbers that
/// [`Vectors::new`] refuses.
pub(crate) fn read(bytes: &[u8]) -> Result<Vectors, String> {
    let bytes = Bytes::copy_from_slice(bytes);
    // the reader is not made for damaged files, and may panic at one
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let read = catch_unwind(|| rows(bytes));
    std::panic::set_hook(hook);
    let rows = read.unwrap_or_else(|_| Err("the file is damaged".to_owned()))?;
    Vectors::new(rows).map_err(|error| error.to_string())
}

fn rows(bytes: Bytes) -> Result<Vec<(String, Vec<f32>)>, String> {
    let not_read = |error: parquet::errors::ParquetError| format!("not a Parquet table that can be read: {error}");
    let reader = SerializedFileReader::new(bytes).map_err(not_read)?;
    let size: i64 = reader.metadata().row_groups().iter().map(|group| group.total_byte_size().max(0)).sum();
    if size > MOST_BYTES {
        return Err(format!("its numbers take {} GB; at most 4 are read", size >> 30));
    }
    let mut columns = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    let is_read = |with: Compression| matches!(with, Compression::UNCOMPRESSED | Compression::SNAPPY);
    if let Some(other) = columns.find(|column| !is_read(column.compression())) {
        let method = format!("{:?}", other.compression());
        let name = method.split('(').next().unwrap_or_default();
        return Err(format!(
            "it is compressed with {name}; write it again with compression=\"snappy\", as pandas and polars can"
        ));
    }
    let fields = reader.metadata().file_metadata().schema().get_fields();
    let named = |names: &[&str], what: &str| {
        let at = fields.iter().position(|field| names.iter().any(|name| field.name().eq_ignore_ascii_case(name)));
        at.ok_or_else(|| {
            let own: Vec<&str> = fields.iter().map(|field| field.name()).take(8).collect();
            format!("no column with {what}: \"{}\"; it has {}", names[0], own.join(", "))
        })
    };
    let (ids, vectors) = (named(&IDS, "ids")?, named(&VECTORS, "vectors")?);
    let mut all = Vec::new();
    let mut before: HashMap<String, usize> = HashMap::new();
    for (row, number) in reader.get_row_iter(None).map_err(not_read)?.zip(1_usize..) {
        let row = row.map_err(not_read)?;
        let id = match field(&row, ids) {
            Some(Field::Str(id)) if !id.trim().is_empty() => id.trim().to_owned(),
            Some(Field::Str(_) | Field::Null) | None => return Err(format!("row {number} has no id")),
            Some(_) => return Err(format!("row {number}: the id is no text")),
        };
        let values = match field(&row, vectors) {
            Some(Field::ListInternal(list)) => list.elements().iter().map(number_of).collect::<Option<Vec<f32>>>(),
            Some(Field::Null) | None => return Err(format!("row {number}, \"{id}\": it has no vector")),
            Some(_) => None,
        };
        let values = values.ok_or_else(|| format!("row {number}, \"{id}\": the vector is no list of numbers"))?;
        if let Some(earlier) = before.insert(id.clone(), number) {
            return Err(format!("\"{id}\" is in row {earlier} and again in row {number}"));
        }
        all.push((id, values));
    }
    if all.is_empty() {
        return Err("the table has no rows".to_owned());
    }
    Ok(all)
}

fn field(row: &Row, at: usize) -> Option<&Field> {
    row.get_column_iter().nth(at).map(|(_, field)| field)
}

#[allow(clippy::cast_possible_truncation, reason = "an encoder's numbers have no more digits")]
fn number_of(field: &Field) -> Option<f32> {
    match field {
        Field::Float(number) => Some(*number),
        Field::Double(number) => Some(*number as f32),
        Field::Float16(number) => Some(number.to_f32()),
        _ => None,
    }
}
