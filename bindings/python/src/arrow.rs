//! Columns of a table, from values.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use arrow_schema::{DataType, Field};

/// A column with its name and type.
pub(crate) type Column = (Field, ArrayRef);

/// A column of texts.
pub(crate) fn text<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Column {
    (Field::new(name, DataType::Utf8, false), Arc::new(values.map(Some).collect::<StringArray>()))
}

/// A column of texts, some of which may be absent.
pub(crate) fn maybe_text<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    (Field::new(name, DataType::Utf8, true), Arc::new(values.collect::<StringArray>()))
}

/// A column of whole numbers.
pub(crate) fn number(name: &str, values: impl Iterator<Item = usize>) -> Column {
    let values = values.map(|value| Some(i64::try_from(value).unwrap_or(i64::MAX)));
    (Field::new(name, DataType::Int64, false), Arc::new(values.collect::<Int64Array>()))
}

/// A column of whole numbers, some of which may be absent.
pub(crate) fn maybe_number(name: &str, values: impl Iterator<Item = Option<i64>>) -> Column {
    (Field::new(name, DataType::Int64, true), Arc::new(values.collect::<Int64Array>()))
}

/// A column of measured numbers.
pub(crate) fn decimal(name: &str, values: impl Iterator<Item = f64>) -> Column {
    (Field::new(name, DataType::Float64, false), Arc::new(values.map(Some).collect::<Float64Array>()))
}

/// A column of measured numbers, some of which may be absent.
pub(crate) fn maybe_decimal(name: &str, values: impl Iterator<Item = Option<f64>>) -> Column {
    (Field::new(name, DataType::Float64, true), Arc::new(values.collect::<Float64Array>()))
}

/// A column of truths.
pub(crate) fn flag(name: &str, values: impl Iterator<Item = bool>) -> Column {
    let values = values.map(Some).collect::<BooleanArray>();
    (Field::new(name, DataType::Boolean, false), Arc::new(values))
}
