//! Labels of points, from buffers, Arrow arrays and sequences.

use std::collections::HashMap;

use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::input::AnyArray;
use tlevel_arrow::cells;

use crate::fault::Fault;
use crate::heavy::{caught, given};

/// The labels of points as numbers, and which of them mean no group.
#[pyclass(frozen, module = "tlevel._tlevel")]
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) values: Vec<u32>,
    /// Whether each point is in no group; empty if all are in one.
    pub(crate) noise: Vec<bool>,
}

impl Labels {
    /// Labels that are whole numbers.
    fn of_whole(values: &[i64], noise: Option<i64>) -> Self {
        let is_noise = noise.filter(|noise| values.contains(noise));
        let noise = is_noise.map_or_else(Vec::new, |noise| values.iter().map(|value| *value == noise).collect());
        // numbers of 32 bits differ as they are
        let narrow: Option<Vec<u32>> =
            values.iter().map(|value| i32::try_from(*value).ok().map(i32::cast_unsigned)).collect();
        Labels { values: narrow.unwrap_or_else(|| numbered(values.iter())), noise }
    }

    fn of_texts<'t>(texts: impl Iterator<Item = &'t str> + Clone, noise: Option<&str>) -> Self {
        let is_noise = noise.filter(|noise| texts.clone().any(|text| text == *noise));
        let noise = is_noise.map_or_else(Vec::new, |noise| texts.clone().map(|text| text == noise).collect());
        Labels { values: numbered(texts), noise }
    }
}

/// Numbers in order of occurrence.
fn numbered<T: std::hash::Hash + Eq>(values: impl Iterator<Item = T>) -> Vec<u32> {
    let mut known: HashMap<T, u32> = HashMap::new();
    values
        .map(|value| {
            let next = known.len() as u32;
            *known.entry(value).or_insert(next)
        })
        .collect()
}

fn bad(name: &str, row: usize, message: impl std::fmt::Display) -> Fault {
    Fault::table(format!("{name}, row {row}"), message)
}

/// Whole numbers from measured ones.
fn whole(name: &str, values: impl Iterator<Item = f64>) -> Result<Vec<i64>, Fault> {
    let whole = |(row, value): (usize, f64)| {
        let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
        if is_whole {
            Ok(value as i64)
        } else {
            Err(bad(name, row, format!("{value} is not a label; give whole numbers")))
        }
    };
    values.enumerate().map(whole).collect()
}

/// The numbers in a buffer of this format, as `struct` of Python names it.
fn numbers(name: &str, bytes: &[u8], format: &str) -> Result<Vec<i64>, Fault> {
    macro_rules! read {
        ($type:ty) => {
            bytes.as_chunks::<{ size_of::<$type>() }>().0.iter().map(|bytes| <$type>::from_ne_bytes(*bytes))
        };
    }
    Ok(match format {
        "i1" => read!(i8).map(i64::from).collect(),
        "i2" => read!(i16).map(i64::from).collect(),
        "i4" => read!(i32).map(i64::from).collect(),
        "i8" => read!(i64).collect(),
        "u1" => read!(u8).map(i64::from).collect(),
        "u2" => read!(u16).map(i64::from).collect(),
        "u4" => read!(u32).map(i64::from).collect(),
        // numbers beyond the half are as different from each other as before
        "u8" => read!(u64).map(u64::cast_signed).collect(),
        "f4" => whole(name, read!(f32).map(f64::from))?,
        "f8" => whole(name, read!(f64))?,
        _ => {
            return Err(Fault::table(
                name,
                format!("labels of the type {format} are not read; give integers or texts"),
            ));
        }
    })
}

#[pymethods]
impl Labels {
    /// Labels in a buffer; `format` is a letter for the type, and the bytes of each.
    #[staticmethod]
    fn of_buffer(
        py: Python<'_>,
        name: String,
        bytes: PyBackedBytes,
        format: String,
        noise: Option<i64>,
    ) -> PyResult<Self> {
        let read = || Ok(Labels::of_whole(&numbers(&name, &bytes, &format)?, noise));
        Ok(py.detach(|| caught(read))?)
    }

    /// Labels as numbers, and which of them mean no group.
    #[staticmethod]
    fn of_numbers(values: Vec<u32>, noise: Vec<bool>) -> Self {
        Labels { values, noise }
    }

    /// Labels in an Arrow array of integers, texts or truths.
    #[staticmethod]
    fn of_arrow(
        py: Python<'_>,
        name: String,
        array: &Bound<'_, PyAny>,
        noise: Option<i64>,
        noise_text: Option<String>,
    ) -> PyResult<Self> {
        let read = || Ok(array.extract::<AnyArray>()?.into_chunked_array()?.into_inner());
        let (chunks, field) = given(py, &name, read)?;
        let read = || of_chunks(&name, &chunks, field.data_type(), noise, noise_text.as_deref());
        Ok(py.detach(|| caught(read))?)
    }

    fn __len__(&self) -> usize {
        self.values.len()
    }
}

fn of_chunks(
    name: &str,
    chunks: &[ArrayRef],
    of: &DataType,
    noise: Option<i64>,
    noise_text: Option<&str>,
) -> Result<Labels, Fault> {
    let mut row = 0;
    for chunk in chunks {
        if chunk.logical_null_count() > 0 {
            let nulls = chunk.logical_nulls();
            let at = nulls.and_then(|nulls| (0..chunk.len()).find(|at| nulls.is_null(*at))).unwrap_or_default();
            return Err(bad(name, row + at, "the label is null; give a label, or leave the point out"));
        }
        row += chunk.len();
    }
    let of_value = if let DataType::Dictionary(_, value) = of { value.as_ref() } else { of };
    match of_value {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let texts: Vec<&str> = cells(chunks, cells::texts).collect();
            Ok(Labels::of_texts(texts.iter().copied(), noise_text))
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            Ok(Labels::of_whole(&whole(name, cells(chunks, cells::measured))?, noise))
        }
        DataType::Null => Ok(Labels { values: Vec::new(), noise: Vec::new() }),
        of if of.is_integer() || *of == DataType::Boolean => {
            let values = cells(chunks, cells::whole).map(|value| i64::try_from(value).ok());
            let values: Option<Vec<i64>> = values.collect();
            let values = values
                .ok_or_else(|| Fault::table(name, "a label is beyond 64 bits; give smaller numbers, or texts"))?;
            Ok(Labels::of_whole(&values, noise))
        }
        of => Err(Fault::table(name, format!("expected integers or texts, found {of}; cast the column"))),
    }
}

/// The cells of all chunks. None is null.
fn cells<'c, T: 'c>(
    chunks: &'c [ArrayRef],
    read: impl Fn(&'c dyn Array) -> Option<Vec<Option<T>>> + 'c,
) -> impl Iterator<Item = T> + 'c {
    chunks.iter().flat_map(move |chunk| read(chunk.as_ref()).unwrap_or_default()).flatten()
}
