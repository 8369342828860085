//! Suggestions for rows, as an Arrow record batch.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use tlevel::place::Placement;
use tlevel_bindings::{Answer, Failure};

/// What is suggested for rows, as a record batch:
///
/// | Column | Type | Holds |
/// |---|---|---|
/// | `row` | `Int64` | the number of the row |
/// | `rank` | `Int32` | 1 for the best suggestion |
/// | `cluster`, `pathway`, `route` | `Utf8` | ids |
/// | `score`, `confidence` | `Float64` | |
/// | `verdict` | `Utf8` | `place`, `same-title` and others |
/// | `evidence` | list of `term` and `share` | empty unless it was asked for |
///
/// A row without a suggestion has one row here, with nulls.
#[derive(Debug)]
pub struct Suggestions {
    min_confidence: f64,
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

impl Suggestions {
    /// No rows. Suggestions that are less certain than that are left out.
    pub fn new(min_confidence: f64) -> Self {
        let share = StructBuilder::from_fields(shares(), 0);
        let item = Field::new("item", DataType::Struct(shares()), false);
        Suggestions {
            min_confidence,
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

    /// Adds the suggestions for a row; if there is none to show, a row without a cluster.
    pub fn add(&mut self, row: i64, placement: &Placement) {
        let verdict = placement.verdict.code();
        let mut shown = 0;
        for (rank, of) in (1..).zip(&placement.suggestions) {
            if of.confidence < self.min_confidence {
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
    ///
    /// # Errors
    ///
    /// More than 2 GB of text.
    pub fn check(&self) -> Answer<()> {
        if self.bytes > MOST {
            return Err(Failure::shape(
                "the result has more than 2 GB of text, more than one record batch can hold; give fewer rows at a \
                 time, and first_row",
            ));
        }
        Ok(())
    }

    /// The record batch.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn finish(mut self) -> Answer<RecordBatch> {
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
        RecordBatch::try_new(Arc::new(schema), columns).map_err(Failure::internal)
    }
}
