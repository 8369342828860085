//! A table of results, for every library that takes Arrow's PyCapsule interface.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::{DataType, Field, Schema};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};

use crate::fault::Fault;

/// A table of results.
///
/// ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``pandas.DataFrame.from_arrow(t)`` and
/// DuckDB take it as it is, without a copy, by the methods ``__arrow_c_stream__`` and
/// ``__arrow_c_array__``. ``to_dict()`` needs no other library.
#[pyclass(frozen, module = "tlevel")]
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) batch: RecordBatch,
}

impl Table {
    /// A table of these columns.
    pub(crate) fn new(columns: Vec<(Field, ArrayRef)>) -> Result<Self, Fault> {
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.into_iter().unzip();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(Fault::internal)?;
        Ok(Table { batch })
    }

    /// Its schema, as Arrow hands it over.
    fn schema(&self) -> Result<FFI_ArrowSchema, Fault> {
        FFI_ArrowSchema::try_from(self.batch.schema().as_ref()).map_err(Fault::internal)
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// How many rows there are.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<tlevel.Table: {} rows of {}>", self.batch.num_rows(), self.column_names().join(", "))
    }

    /// The values of a column, as a list.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.batch.column_by_name(name).ok_or_else(|| {
            let names = self.column_names();
            let hint = tlevel::text::DidYouMean(tlevel::text::closest(name, names.iter().map(String::as_str)));
            PyKeyError::new_err(format!("no column \"{name}\"{hint}"))
        })?;
        values(py, column, 0, column.len())
    }

    /// The columns as lists, by name.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.head(py, self.batch.num_rows())
    }

    /// The first rows, as `to_dict`.
    fn head<'py>(&self, py: Python<'py>, rows: usize) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (field, column) in self.batch.schema().fields().iter().zip(self.batch.columns()) {
            columns.set_item(field.name(), values(py, column, 0, rows.min(column.len()))?)?;
        }
        Ok(columns)
    }

    /// Its first rows as HTML, for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        slf.py().import("tlevel._html")?.getattr("table")?.call1((slf,))?.extract()
    }

    /// The schema, for Arrow.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        PyCapsule::new_with_value(py, self.schema()?, c"arrow_schema")
    }

    /// The table as one record batch, for Arrow. The columns are of the types that
    /// ``__arrow_c_schema__`` says, whatever is requested: who asks casts.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let _ = requested_schema;
        let array = FFI_ArrowArray::new(&StructArray::from(self.batch.clone()).to_data());
        let schema = PyCapsule::new_with_value(py, self.schema()?, c"arrow_schema")?;
        PyTuple::new(py, [schema, PyCapsule::new_with_value(py, array, c"arrow_array")?])
    }

    /// The table as a stream of one record batch, for Arrow. The columns are of the types
    /// that ``__arrow_c_schema__`` says, whatever is requested: who asks casts.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }
}

/// Values of a column, as objects of Python.
fn values<'py>(py: Python<'py>, column: &ArrayRef, from: usize, to: usize) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for row in from..to {
        list.append(value(py, column, row)?)?;
    }
    Ok(list)
}

/// A value of a column; the types are those that `tables` makes.
fn value<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Boolean => column.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            values(py, &items, 0, items.len())?.into_any()
        }
        DataType::Struct(fields) => {
            let of = PyDict::new(py);
            for (field, part) in fields.iter().zip(column.as_struct().columns()) {
                of.set_item(field.name(), value(py, part, row)?)?;
            }
            of.into_any()
        }
        _ => py.None().into_bound(py),
    })
}
