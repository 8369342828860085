//! The table of a document as Parquet.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::DocumentError;
use crate::document::{Cell, CellType, Document, Table};

/// How many rows are written at a time, and read at a time.
const ROWS: usize = 65_536;

/// Writes a document as Parquet: the table that [`csv`](super::csv()) writes, with types.
///
/// | Cells of a column | Type |
/// |---|---|
/// | texts | `BYTE_ARRAY`, UTF-8 |
/// | whole numbers | `INT64` |
/// | numbers with decimals | `DOUBLE` |
///
/// An empty cell is null. Texts are as they are, without the apostrophe that keeps a
/// spreadsheet from reading a formula. A heading that stands there twice gets a number.
/// Pages are compressed with Snappy. The same table gives the same bytes.
///
/// # Errors
///
/// Those of the writer, which no table is known to cause.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Column, Document, Table};
/// use tlevel_report::export::parquet;
///
/// let mut document = Document::new("Occupations");
/// let mut table = Table::new("Occupations", vec![Column::new("id", 1), Column::new("title", 3)]);
/// table.rows.push(vec!["OCC1".into(), "Fitter, welder".into()]);
/// document.blocks.push(Block::Table(table));
/// assert!(parquet(&document)?.starts_with(b"PAR1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parquet(document: &Document) -> std::result::Result<Vec<u8>, DocumentError> {
    let failed = |error: ParquetError| DocumentError::Package { format: "Parquet", reason: error.to_string() };
    written(&document.flat_table()).map_err(failed)
}

fn written(table: &Table) -> Result<Vec<u8>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // the version of this crate, not that of its libraries
        .set_created_by(concat!("tlevel version ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(properties))?;
    for rows in table.rows.chunks(ROWS) {
        let mut group = file.next_row_group()?;
        for (at, column) in table.columns.iter().enumerate() {
            if let Some(mut writer) = group.next_column()? {
                let cells = rows.iter().map(|row| row.get(at));
                write_column(&mut writer, column.cells, cells)?;
                writer.close()?;
            }
        }
        group.close()?;
    }
    file.into_inner()
}

fn schema(table: &Table) -> Result<TypePtr> {
    let mut fields: Vec<TypePtr> = Vec::new();
    for column in &table.columns {
        let is_taken = |name: &str| fields.iter().any(|field| field.name() == name);
        let numbered = (2_u32..).map(|n| format!("{} {n}", column.heading));
        let mut names = std::iter::once(column.heading.clone()).chain(numbered);
        let name = names.find(|name| !is_taken(name)).unwrap_or_default();
        let (physical, logical) = match column.cells {
            CellType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            CellType::Whole => (Physical::INT64, None),
            CellType::Decimal => (Physical::DOUBLE, None),
        };
        let field = Type::primitive_type_builder(&name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
    }
    Type::group_type_builder("table").with_fields(fields).build().map(Arc::new)
}

fn write_column<'c>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: CellType,
    of: impl Iterator<Item = Option<&'c Cell>>,
) -> Result<()> {
    match cells {
        CellType::Text => {
            let text = |cell: &Cell| Some(cell.exact()).filter(|text| !text.is_empty());
            let (values, levels) = present(of, |cell| text(cell).map(|text| ByteArray::from(text.into_bytes())));
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        CellType::Whole => {
            let (values, levels) = present(of, |cell| match cell {
                Cell::Number(number) => Some(*number),
                _ => None,
            });
            writer.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        }
        CellType::Decimal => {
            #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
            let (values, levels) = present(of, |cell| match cell {
                Cell::Number(number) => Some(*number as f64),
                Cell::Decimal(number) => Some(*number),
                Cell::Text(_) => None,
            });
            writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        }
    }
    Ok(())
}

/// The values that are there, and for each cell 1 if it has one.
fn present<'c, T>(
    cells: impl Iterator<Item = Option<&'c Cell>>,
    value: impl Fn(&'c Cell) -> Option<T>,
) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = cell.and_then(&value);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (values, levels)
}
