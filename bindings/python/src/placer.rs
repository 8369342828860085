//! The placer of a map, or of a saved index.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use tlevel::place::{NewOccupation, TitleList};
use tlevel_bindings::stages;
use tlevel_report::read_table;

use crate::batch::{self, Batch};
use crate::fault::Fault;
use crate::heavy::{caught, heavy};
use crate::map::Map;
use crate::outcome::{Data, Outcome};
use crate::placement::Placement;
use crate::table::Table;

/// Suggests clusters for new occupations.
#[pyclass(frozen, module = "tlevel._tlevel")]
#[derive(Debug)]
pub(crate) struct Placer(pub(crate) Arc<tlevel::place::Placer>);

#[pymethods]
impl Placer {
    #[staticmethod]
    fn of(py: Python<'_>, map: PyRef<'_, Map>, words_only: bool) -> PyResult<Self> {
        let map = map.map.clone();
        heavy(py, move || Ok(Placer(Arc::new(stages::placer(&map, words_only)))))
    }

    #[staticmethod]
    fn load(py: Python<'_>, bytes: PyBackedBytes, name: Option<String>) -> PyResult<Self> {
        let load = move || {
            let loaded = tlevel::place::Placer::load(&bytes).map_err(|e| match name {
                Some(name) => Fault::read(format!("{name}: {e}")),
                None => Fault::read(e),
            });
            Ok(Placer(Arc::new(loaded?)))
        };
        heavy(py, load)
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let placer = self.0.clone();
        Ok(PyBytes::new(py, &heavy(py, move || Ok(placer.save()))?))
    }

    /// The placer with the titles of a table, and a note on each row that is not used.
    fn with_titles(&self, py: Python<'_>, table: PyBackedBytes, name: String) -> PyResult<(Self, Vec<String>)> {
        let placer = self.0.clone();
        let with = move || {
            let table = read_table(&table, TitleList::COLUMNS).map_err(|e| Fault::read(format!("{name}: {e}")))?;
            let list = TitleList::from_table(&table).named(name);
            let (placer, unused) = tlevel::place::Placer::clone(&placer).with_titles(&list);
            Ok((Placer(Arc::new(placer)), unused.iter().map(ToString::to_string).collect()))
        };
        heavy(py, with)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn clusters(&self) -> Vec<String> {
        self.0.clusters().map(str::to_owned).collect()
    }

    #[allow(clippy::too_many_arguments, reason = "one for each part of an occupation")]
    fn suggest(
        &self,
        py: Python<'_>,
        title: String,
        id: String,
        level: Option<i64>,
        job_titles: Vec<String>,
        keywords: Vec<String>,
        overview: String,
        statements: Vec<String>,
        duties: Vec<String>,
        qualifications: Vec<String>,
        k: usize,
    ) -> PyResult<Placement> {
        let mut new = NewOccupation::titled(title).with_id(id).with_overview(overview);
        (new.level, new.job_titles, new.keywords) = (level, job_titles, keywords);
        (new.statements, new.duties, new.qualifications) = (statements, duties, qualifications);
        let placer = &self.0;
        let placement = py.detach(|| caught(|| Ok(placer.suggest_with_evidence(&new, k))))?;
        Ok(Placement(placement))
    }

    /// Suggestions for occupations as JSON.
    fn suggest_json(&self, py: Python<'_>, occupations: PyBackedBytes, k: usize, explain: bool) -> PyResult<Outcome> {
        let placer = self.0.clone();
        let suggest = move || {
            let new = NewOccupation::read(&occupations).map_err(|e| Fault::read(format!("occupations: {e}")))?;
            let placements = placer.suggest_all(&new, k);
            if !explain {
                return Ok(Data::Placements(placements));
            }
            let pairs = new.iter().zip(placements);
            let explained = pairs.map(|(new, placement)| placer.explained(new, placement));
            Ok(Data::ExplainedPlacements(explained.collect()))
        };
        Ok(heavy(py, suggest)?.into())
    }

    /// Suggestions for the rows of an Arrow table.
    #[allow(clippy::too_many_arguments, reason = "one for each option")]
    fn suggest_batch(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        k: usize,
        min_confidence: f64,
        evidence: bool,
        threads: usize,
        first_row: i64,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let batch = Batch { placer: self.0.clone(), k, min_confidence, evidence, threads, first_row };
        batch::suggest(py, &batch, table, progress.as_ref())
    }
}
