//! Results that serialise as the command line prints them.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tlevel::change::Difference;
use tlevel::check::FindingsReport;
use tlevel::derive::{Derivation, Specification};
use tlevel::harmonise::Report;
use tlevel::place::{ExplainedPlacement, Placement};
use tlevel::review::Explained;
use tlevel::study::{MisfitStudy, SweepStudy};
use tlevel::topics::TopicMatrix;
use tlevel_bindings::stages;
use tlevel_bindings::{Answer, output};
use tlevel_report::report;

use crate::fault::Fault;
use crate::heavy::heavy;
use crate::table::Table;
use crate::tables;

/// What a call computed.
#[allow(clippy::large_enum_variant, reason = "each is behind one pointer")]
#[derive(Debug)]
pub(crate) enum Data {
    Findings(Arc<FindingsReport>),
    Concepts(Report),
    Topics(TopicMatrix),
    Derivation(Derivation),
    Explained(Explained),
    Difference(Difference),
    Specification(Box<Specification>),
    Placements(Vec<Placement>),
    ExplainedPlacements(Vec<ExplainedPlacement>),
    Misfits(MisfitStudy),
    Sweep(SweepStudy),
}

/// A result: JSON, and if it is a table or a document, that too.
#[pyclass(frozen, module = "tlevel._tlevel")]
#[derive(Debug)]
pub(crate) struct Outcome(Arc<Data>);

impl Data {
    fn json(&self) -> Answer<String> {
        match self {
            Data::Findings(data) => output::json(data.as_ref()),
            Data::Concepts(data) => output::json(data),
            Data::Topics(data) => output::json(data),
            Data::Derivation(data) => output::json(data),
            Data::Explained(data) => output::json(data),
            Data::Difference(data) => output::json(data),
            Data::Specification(data) => output::json(data),
            Data::Placements(data) => output::list(data),
            Data::ExplainedPlacements(data) => output::list(data),
            Data::Misfits(data) => output::json(data),
            Data::Sweep(data) => output::json(data),
        }
    }

    fn table(&self) -> Result<Table, Fault> {
        match self {
            Data::Findings(data) => tables::findings(&data.findings),
            Data::Concepts(data) => tables::concepts(data),
            Data::Topics(data) => tables::topics(data),
            Data::Derivation(data) => tables::flat(&report::programme_table(data)),
            Data::Difference(data) => tables::flat(&report::difference(data)),
            Data::Misfits(data) => tables::misfits(&data.misfits),
            Data::Sweep(data) => tables::sweep(&data.rows),
            _ => Err(Fault::internal("the result is not a table")),
        }
    }

    fn written(&self, format: &str) -> Result<Vec<u8>, Fault> {
        let document = match self {
            _ if format == "json" => return Ok(self.json()?.into_bytes()),
            Data::Specification(data) => stages::draft(data, format),
            Data::Derivation(data) if format == "csv" => report::programme_table(data),
            Data::Derivation(data) => report::programmes(data),
            Data::Difference(data) => report::difference(data),
            Data::Findings(data) => report::findings(&data.findings, "the map"),
            Data::Explained(data) => report::explained(data),
            _ => return Err(Fault::option("the result is not a document; take its JSON or its table")),
        };
        Ok(output::written(format, &document)?)
    }
}

impl From<Data> for Outcome {
    fn from(data: Data) -> Self {
        Outcome(Arc::new(data))
    }
}

#[pymethods]
impl Outcome {
    /// The JSON of the command line.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let data = self.0.clone();
        heavy(py, move || Ok(data.json()?))
    }

    /// The table.
    fn table(&self, py: Python<'_>) -> PyResult<Table> {
        let data = self.0.clone();
        heavy(py, move || data.table())
    }

    /// The result as a document, in a format.
    fn written<'py>(&self, py: Python<'py>, format: String) -> PyResult<Bound<'py, PyBytes>> {
        let data = self.0.clone();
        let bytes = heavy(py, move || data.written(&format))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Programmes from the JSON of the command line.
    #[staticmethod]
    fn derivation(py: Python<'_>, json: String) -> PyResult<Outcome> {
        let read = move || {
            let read = serde_json::from_str::<Derivation>(&json);
            read.map_err(|e| Fault::read(format!("line {}, column {}: not programmes: {e}", e.line(), e.column())))
        };
        Ok(Data::Derivation(heavy(py, read)?).into())
    }
}
