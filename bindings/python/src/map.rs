//! A checked map, and what is computed from it.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use tlevel::check::FindingsReport;
use tlevel_bindings::options::Options;
use tlevel_bindings::{Answer, output, stages};

use crate::fault::Fault;
use crate::heavy::heavy;
use crate::outcome::{Data, Outcome};
use crate::table::Table;
use crate::tables;

/// The map that the command line carries, and the concepts that people judged on it.
const BUNDLED: &[u8] = include_bytes!("../../../fixtures/maps/england.json");
const JUDGED: &str = include_str!("../../../fixtures/maps/england-concepts.csv");

/// A checked map.
#[pyclass(frozen, module = "tlevel._tlevel")]
#[allow(clippy::struct_field_names, reason = "it holds a map of the library")]
#[derive(Clone, Debug)]
pub(crate) struct Map {
    pub(crate) map: Arc<tlevel::map::Map>,
    findings: Arc<FindingsReport>,
    is_bundled: bool,
}

impl Map {
    fn of(bytes: &[u8], name: Option<&str>, is_bundled: bool) -> Result<Self, Fault> {
        let read = stages::read(bytes).map_err(|failure| match name {
            Some(name) => failure.within(name),
            None => failure,
        });
        let (map, findings) = read?;
        Ok(Map { map: Arc::new(map), findings: Arc::new(findings), is_bundled })
    }

    /// Runs a stage with options as JSON.
    fn run<F>(&self, py: Python<'_>, options: String, stage: F) -> PyResult<Outcome>
    where
        F: FnOnce(&tlevel::map::Map, &Options) -> Answer<Data> + Send + 'static,
    {
        let map = self.map.clone();
        Ok(heavy(py, move || Ok(stage(&map, &Options::read(Some(&options))?)?))?.into())
    }

    /// Runs a stage of the command line that takes the bundled judgement for the bundled
    /// map, if the options join in no other way.
    fn run_judged<F>(&self, py: Python<'_>, options: String, stage: F) -> PyResult<Outcome>
    where
        F: FnOnce(&tlevel::map::Map, &Options) -> Answer<Data> + Send + 'static,
    {
        let is_bundled = self.is_bundled;
        self.run(py, options, move |map, options| {
            let joins = options.exact || options.threshold.is_some() || options.ledger.is_some();
            if !is_bundled || joins || options.concepts.is_some() {
                return stage(map, options);
            }
            stage(map, &Options { concepts: Some(JUDGED.to_owned()), ..options.clone() })
        })
    }
}

#[pymethods]
impl Map {
    /// Reads and checks the bytes of a map; `name` begins messages.
    #[staticmethod]
    fn read(py: Python<'_>, bytes: PyBackedBytes, name: Option<String>) -> PyResult<Self> {
        heavy(py, move || Map::of(&bytes, name.as_deref(), false))
    }

    /// The bundled map.
    #[staticmethod]
    fn bundled(py: Python<'_>) -> PyResult<Self> {
        heavy(py, || Map::of(BUNDLED, None, true))
    }

    #[getter]
    fn is_bundled(&self) -> bool {
        self.is_bundled
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.map.title()
    }

    /// How many routes, pathways, clusters, occupations and statements it has.
    fn counts(&self) -> [usize; 5] {
        let map = &self.map;
        [
            map.routes().len(),
            map.pathways().len(),
            map.clusters().len(),
            map.occupations().len(),
            map.statements().len(),
        ]
    }

    /// The native form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let map = self.map.clone();
        heavy(py, move || Ok(output::json(map.raw())?))
    }

    fn occupations(&self, py: Python<'_>) -> PyResult<Table> {
        let map = self.map.clone();
        heavy(py, move || tables::occupations(&map))
    }

    fn statements(&self, py: Python<'_>) -> PyResult<Table> {
        let map = self.map.clone();
        heavy(py, move || tables::statements(&map))
    }

    fn check(&self) -> Outcome {
        Data::Findings(self.findings.clone()).into()
    }

    /// The findings of bytes, also of a map of which nothing can be used.
    #[staticmethod]
    fn check_bytes(py: Python<'_>, bytes: PyBackedBytes, name: Option<String>) -> PyResult<Outcome> {
        let check = move || {
            let checked = stages::check(&bytes).map_err(|failure| match &name {
                Some(name) => failure.within(name),
                None => failure,
            });
            Ok(Data::Findings(Arc::new(checked?)))
        };
        Ok(heavy(py, check)?.into())
    }

    fn harmonise(&self, py: Python<'_>, options: String) -> PyResult<Outcome> {
        self.run(py, options, |map, options| stages::harmonise(map, options).map(Data::Concepts))
    }

    fn topics(&self, py: Python<'_>, options: String) -> PyResult<Outcome> {
        self.run_judged(py, options, |map, options| stages::topics(map, options).map(Data::Topics))
    }

    fn derive(&self, py: Python<'_>, options: String) -> PyResult<Outcome> {
        self.run_judged(py, options, |map, options| stages::derive(map, options).map(Data::Derivation))
    }

    fn explain(&self, py: Python<'_>, about: String, options: String) -> PyResult<Outcome> {
        self.run_judged(py, options, move |map, options| stages::explain(map, &about, options).map(Data::Explained))
    }

    fn spec(&self, py: Python<'_>, pathway: String, options: String) -> PyResult<Outcome> {
        let spec = move |map: &_, options: &_| stages::spec(map, &pathway, options);
        self.run_judged(py, options, move |map, options| {
            spec(map, options).map(|specification| Data::Specification(Box::new(specification)))
        })
    }

    /// What differs between this map and a newer one.
    fn diff(&self, py: Python<'_>, new: PyRef<'_, Map>, options: String) -> PyResult<Outcome> {
        let new = new.map.clone();
        self.run(py, options, move |old, options| stages::diff(old, &new, options).map(Data::Difference))
    }
}
