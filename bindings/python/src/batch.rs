//! Placing the rows of an Arrow table.

use std::sync::Arc;
use std::thread;

use arrow_array::ArrayRef;
use pyo3::prelude::*;
use pyo3_arrow::error::PyArrowError;
use pyo3_arrow::input::AnyArray;
use tlevel::place::{NewOccupation, Placement, Placer, Scratch};
use tlevel_arrow::{Occupations, Suggestions};

use crate::fault::Fault;
use crate::heavy::{caught, given};
use crate::table::Table;

/// How many rows one thread places between two looks at signals.
const PART: usize = 1024;

/// What the input is called in messages.
const TABLE: &str = "the table";

/// How the rows are placed.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) placer: Arc<Placer>,
    pub(crate) k: usize,
    pub(crate) min_confidence: f64,
    pub(crate) evidence: bool,
    pub(crate) threads: usize,
    /// The number of the first row.
    pub(crate) first_row: i64,
}

/// Places the rows of a table: any object with `__arrow_c_array__` or
/// `__arrow_c_stream__`. `progress` is called with how many rows are done.
pub(crate) fn suggest(
    py: Python<'_>,
    batch: &Batch,
    table: &Bound<'_, PyAny>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let mut reader = given(py, TABLE, || table.extract::<AnyArray>()?.into_reader())?;
    let columns = Occupations::new(&reader.field()).map_err(Fault::from)?;
    let mut rows = Suggestions::new(batch.min_confidence);
    let mut done = 0_i64;
    // a stream of Python is read with the interpreter, the rest without it
    let mut next = || given(py, TABLE, || Ok(reader.next().transpose().map_err(PyArrowError::from)?));
    while let Some(chunk) = next()? {
        let mut from = 0;
        while from < chunk.len() {
            let many = (PART * batch.threads.max(1)).min(chunk.len() - from);
            let first = batch.first_row.saturating_add(done);
            let step = || caught(|| batch.step(&columns, &chunk, (from, many), first, &mut rows));
            py.detach(step)?;
            from += many;
            done = done.saturating_add_unsigned(many as u64);
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((done,))?;
            }
        }
    }
    Ok(Table { batch: py.detach(|| caught(|| Ok(rows.finish()?)))? })
}

impl Batch {
    /// Places some rows of a chunk, on as many threads as were asked for.
    fn step(
        &self,
        columns: &Occupations,
        chunk: &ArrayRef,
        (from, many): (usize, usize),
        first: i64,
        rows: &mut Suggestions,
    ) -> Result<(), Fault> {
        let new = columns.rows(chunk, from, many, first)?;
        let mut placed: Vec<Vec<Placement>> = Vec::new();
        if self.threads <= 1 || new.len() < 2 {
            placed.push(self.placed(&new));
        } else {
            let share = new.len().div_ceil(self.threads);
            placed = thread::scope(|scope| {
                let threads: Vec<_> = new.chunks(share).map(|part| scope.spawn(|| self.placed(part))).collect();
                let joined = threads.into_iter().map(|thread| thread.join().map_err(|_| Fault::internal("a panic")));
                joined.collect::<Result<Vec<Vec<Placement>>, Fault>>()
            })?;
        }
        for (at, placement) in placed.iter().flatten().enumerate() {
            rows.add(first.saturating_add_unsigned(at as u64), placement);
        }
        Ok(rows.check()?)
    }

    fn placed(&self, new: &[NewOccupation]) -> Vec<Placement> {
        if self.evidence {
            return self.placer.suggest_all(new, self.k);
        }
        let mut scratch = Scratch::default();
        new.iter().map(|new| self.placer.suggest_with(new, self.k, &mut scratch)).collect()
    }
}
