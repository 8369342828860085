//! Placing the rows of an Arrow table.

use std::sync::Arc;
use std::thread;

use arrow_array::builder::{Float64Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use pyo3::prelude::*;
use pyo3_arrow::error::PyArrowError;
use pyo3_arrow::input::AnyArray;
use tlevel::place::{NewOccupation, Placement, Placer, Scratch};

use crate::columns::Plan;
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
    let plan = Plan::new(&reader.field())?;
    let mut rows = Rows::default();
    let mut done = 0_i64;
    // a stream of Python is read with the interpreter, the rest without it
    let mut next = || given(py, TABLE, || Ok(reader.next().transpose().map_err(PyArrowError::from)?));
    while let Some(chunk) = next()? {
        let mut from = 0;
        while from < chunk.len() {
            let many = (PART * batch.threads.max(1)).min(chunk.len() - from);
            let first = batch.first_row.saturating_add(done);
            let step = || caught(|| batch.step(&plan, &chunk, (from, many), first, &mut rows));
            py.detach(step)?;
            from += many;
            done = done.saturating_add_unsigned(many as u64);
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((done,))?;
            }
        }
    }
    Ok(Table { batch: py.detach(|| caught(|| rows.finish()))? })
}

impl Batch {
    /// Places some rows of a chunk, on as many threads as were asked for.
    fn step(
        &self,
        plan: &Plan,
        chunk: &ArrayRef,
        (from, many): (usize, usize),
        first: i64,
        rows: &mut Rows,
    ) -> Result<(), Fault> {
        let new = plan.rows(chunk, from, many, first)?;
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
            rows.add(first.saturating_add_unsigned(at as u64), placement, self.min_confidence);
        }
        rows.check()
    }

    fn placed(&self, new: &[NewOccupation]) -> Vec<Placement> {
        if self.evidence {
            return self.placer.suggest_all(new, self.k);
        }
        let mut scratch = Scratch::default();
        new.iter().map(|new| self.placer.suggest_with(new, self.k, &mut scratch)).collect()
    }
}

/// The rows of the result.
#[derive(Debug)]
struct Rows {
    row: Int64Builder,
    rank: Int32Builder,
    cluster: StringBuilder,
    pathway: StringBuilder,
    route: StringBuilder,
    score: Float64Builder,
    confidence: Float64Builder,
    verdict: StringBuilder,
    evidence: ListBuilder<StructBuilder>,
    /// The bytes of the longest column of texts.
    bytes: usize,
}

/// The most bytes of a column of texts: a little less than an offset can count.
const MOST: usize = i32::MAX as usize - (64 << 20);

/// The parts of a piece of evidence.
fn shares() -> Fields {
    [Field::new("term", DataType::Utf8, false), Field::new("share", DataType::Float64, false)].into_iter().collect()
}

impl Default for Rows {
    fn default() -> Self {
        let share = StructBuilder::from_fields(shares(), 0);
        let item = Field::new("item", DataType::Struct(shares()), false);
        Rows {
            row: Int64Builder::new(),
            rank: Int32Builder::new(),
            cluster: StringBuilder::new(),
            pathway: StringBuilder::new(),
            route: StringBuilder::new(),
            score: Float64Builder::new(),
            confidence: Float64Builder::new(),
            verdict: StringBuilder::new(),
            evidence: ListBuilder::new(share).with_field(item),
            bytes: 0,
        }
    }
}

impl Rows {
    /// Adds the suggestions for a row; if there is none to show, a row without a cluster.
    fn add(&mut self, row: i64, placement: &Placement, min_confidence: f64) {
        let verdict = placement.verdict.code();
        let mut shown = 0;
        for (rank, of) in (1..).zip(&placement.suggestions) {
            if of.confidence < min_confidence {
                continue;
            }
            shown += 1;
            self.row.append_value(row);
            self.rank.append_value(rank);
            self.cluster.append_value(&of.cluster);
            self.pathway.append_value(&of.pathway);
            self.route.append_value(&of.route);
            self.score.append_value(of.score);
            self.confidence.append_value(of.confidence);
            self.verdict.append_value(verdict);
            for share in &of.evidence {
                let parts = self.evidence.values();
                if let Some(term) = parts.field_builder::<StringBuilder>(0) {
                    term.append_value(&share.term);
                }
                if let Some(value) = parts.field_builder::<Float64Builder>(1) {
                    value.append_value(share.share);
                }
                parts.append(true);
                self.bytes += share.term.len();
            }
            self.evidence.append(true);
            self.bytes += of.cluster.len().max(of.pathway.len()).max(of.route.len());
        }
        if shown == 0 {
            self.row.append_value(row);
            self.rank.append_null();
            self.cluster.append_null();
            self.pathway.append_null();
            self.route.append_null();
            self.score.append_null();
            self.confidence.append_null();
            self.verdict.append_value(verdict);
            self.evidence.append(true);
        }
    }

    /// Whether the next rows still fit in one batch.
    fn check(&self) -> Result<(), Fault> {
        if self.bytes > MOST {
            return Err(Fault::shape(
                "the result has more than 2 GB of text, more than one record batch can hold; give fewer rows at a \
                 time, and first_row",
            ));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<RecordBatch, Fault> {
        let field = |name: &str, of: DataType, is_nullable| Field::new(name, of, is_nullable);
        let evidence: ArrayRef = Arc::new(self.evidence.finish());
        let schema = Schema::new(vec![
            field("row", DataType::Int64, false),
            field("rank", DataType::Int32, true),
            field("cluster", DataType::Utf8, true),
            field("pathway", DataType::Utf8, true),
            field("route", DataType::Utf8, true),
            field("score", DataType::Float64, true),
            field("confidence", DataType::Float64, true),
            field("verdict", DataType::Utf8, false),
            field("evidence", evidence.data_type().clone(), false),
        ]);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.rank.finish()),
            Arc::new(self.cluster.finish()),
            Arc::new(self.pathway.finish()),
            Arc::new(self.route.finish()),
            Arc::new(self.score.finish()),
            Arc::new(self.confidence.finish()),
            Arc::new(self.verdict.finish()),
            evidence,
        ];
        RecordBatch::try_new(Arc::new(schema), columns).map_err(Fault::internal)
    }
}
