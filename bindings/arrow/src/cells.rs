//! The cells of an Arrow column as texts or numbers, whatever its width, and through its
//! dictionary if it has one.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

/// The texts of a column, null as `None`; `None` if it holds something else.
///
/// # Examples
///
/// ```
/// use arrow_array::{DictionaryArray, types::Int8Type};
/// use tlevel_arrow::cells;
///
/// let column: DictionaryArray<Int8Type> = [Some("b"), None, Some("b")].into_iter().collect();
/// assert_eq!(cells::texts(&column).expect("texts"), [Some("b"), None, Some("b")]);
/// ```
pub fn texts(column: &dyn Array) -> Option<Vec<Option<&str>>> {
    read(column, |column| {
        Some(match column.data_type() {
            DataType::Utf8 => column.as_string::<i32>().iter().collect(),
            DataType::LargeUtf8 => column.as_string::<i64>().iter().collect(),
            DataType::Utf8View => column.as_string_view().iter().collect(),
            DataType::Null => vec![None; column.len()],
            _ => return None,
        })
    })
}

/// The whole numbers of a column, truths as 0 and 1, null as `None`; `None` if it holds
/// something else. All types of Arrow fit into 128 bits.
///
/// # Examples
///
/// ```
/// use arrow_array::UInt64Array;
/// use tlevel_arrow::cells;
///
/// let column = UInt64Array::from(vec![Some(3), None, Some(u64::MAX)]);
/// assert_eq!(cells::whole(&column).expect("whole numbers"), [Some(3), None, Some(u64::MAX.into())]);
/// ```
pub fn whole(column: &dyn Array) -> Option<Vec<Option<i128>>> {
    read(column, plain_whole)
}

/// The measured numbers of a column, null as `None`; `None` if it holds something else.
///
/// # Examples
///
/// ```
/// use arrow_array::Float32Array;
/// use tlevel_arrow::cells;
///
/// let column = Float32Array::from(vec![Some(0.5), None]);
/// assert_eq!(cells::measured(&column).expect("measured numbers"), [Some(0.5), None]);
/// ```
pub fn measured(column: &dyn Array) -> Option<Vec<Option<f64>>> {
    read(column, |column| {
        Some(match column.data_type() {
            DataType::Float16 => numbers::<Float16Type, f64>(column),
            DataType::Float32 => numbers::<Float32Type, f64>(column),
            DataType::Float64 => numbers::<Float64Type, f64>(column),
            _ => return None,
        })
    })
}

/// The lists of a column, null as `None`; `None` if it holds something else.
///
/// # Examples
///
/// ```
/// use arrow_array::{ListArray, types::Int32Type};
/// use tlevel_arrow::cells;
///
/// let column = ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)]), None]);
/// let lists = cells::lists(&column).expect("lists");
/// assert!(lists[0].as_ref().is_some_and(|list| list.len() == 1) && lists[1].is_none());
/// ```
pub fn lists(column: &dyn Array) -> Option<Vec<Option<ArrayRef>>> {
    Some(match column.data_type() {
        DataType::List(_) => column.as_list::<i32>().iter().collect(),
        DataType::LargeList(_) => column.as_list::<i64>().iter().collect(),
        DataType::FixedSizeList(..) => column.as_fixed_size_list().iter().collect(),
        _ => return None,
    })
}

/// Reads a column, or the values of its dictionary.
fn read<'c, T: Copy>(
    column: &'c dyn Array,
    plain: impl Fn(&'c dyn Array) -> Option<Vec<Option<T>>>,
) -> Option<Vec<Option<T>>> {
    let Some(dictionary) = column.as_any_dictionary_opt() else { return plain(column) };
    let values = plain(dictionary.values().as_ref())?;
    let value = |key: Option<i128>| values.get(usize::try_from(key?).ok()?).copied().flatten();
    Some(plain_whole(dictionary.keys())?.into_iter().map(value).collect())
}

fn plain_whole(column: &dyn Array) -> Option<Vec<Option<i128>>> {
    Some(match column.data_type() {
        DataType::Int8 => numbers::<Int8Type, i128>(column),
        DataType::Int16 => numbers::<Int16Type, i128>(column),
        DataType::Int32 => numbers::<Int32Type, i128>(column),
        DataType::Int64 => numbers::<Int64Type, i128>(column),
        DataType::UInt8 => numbers::<UInt8Type, i128>(column),
        DataType::UInt16 => numbers::<UInt16Type, i128>(column),
        DataType::UInt32 => numbers::<UInt32Type, i128>(column),
        DataType::UInt64 => numbers::<UInt64Type, i128>(column),
        DataType::Boolean => column.as_boolean().iter().map(|cell| cell.map(i128::from)).collect(),
        _ => return None,
    })
}

fn numbers<P: ArrowPrimitiveType, T: From<P::Native>>(column: &dyn Array) -> Vec<Option<T>> {
    column.as_primitive::<P>().iter().map(|cell| cell.map(T::from)).collect()
}
