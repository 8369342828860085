//! Where one occupation belongs.

use pyo3::prelude::*;
use tlevel_bindings::output;

use crate::fault::Fault;

/// Where an occupation belongs: ranked clusters, with a verdict.
///
/// Attributes
/// ----------
/// occupation : str
///     The id that was given.
/// verdict : str
///     ``place``, ``ambiguous``, ``overlaps``, ``same-title``, ``known-as``,
///     ``too-little`` or ``none``.
/// because : str or None
///     What the verdict rests on.
/// suggestions : list of Suggestion
///     The clusters, the best first.
#[pyclass(frozen, module = "tlevel")]
#[derive(Debug)]
pub(crate) struct Placement(pub(crate) tlevel::place::Placement);

/// A cluster that an occupation may belong to.
///
/// Attributes
/// ----------
/// cluster, pathway, route : str
///     The ids.
/// cluster_name, pathway_name, route_name : str
///     The names.
/// score : float
///     The score; 8 more if the cluster lists the title.
/// confidence : float
///     The probability that it is right, from 0 to 1.
/// evidence : list of (str, float)
///     The terms that add most to the score, and how much each adds.
#[pyclass(frozen, module = "tlevel")]
#[derive(Clone, Debug)]
pub(crate) struct Suggestion(tlevel::place::Suggestion);

#[pymethods]
impl Placement {
    #[getter]
    fn occupation(&self) -> &str {
        &self.0.occupation
    }

    #[getter]
    fn verdict(&self) -> &'static str {
        self.0.verdict.code()
    }

    #[getter]
    fn because(&self) -> Option<&str> {
        self.0.because.as_deref()
    }

    #[getter]
    fn suggestions(&self) -> Vec<Suggestion> {
        self.0.suggestions.iter().cloned().map(Suggestion).collect()
    }

    /// The placement as the command line prints it, on one line.
    fn to_json(&self) -> PyResult<String> {
        Ok(output::line(&self.0).map_err(Fault::from)?)
    }

    /// The placement as plain data.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_json()?,))
    }

    fn __repr__(&self) -> String {
        let first = self.0.suggestions.first();
        let first = first.map(|s| format!(", first {} ({:.0} %)", s.cluster, s.confidence * 100.0));
        format!("<tlevel.Placement: {}{}>", self.0.verdict.code(), first.unwrap_or_default())
    }

    /// The suggestions as HTML, for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        slf.py().import("tlevel._html")?.getattr("placement")?.call1((slf,))?.extract()
    }
}

#[pymethods]
impl Suggestion {
    #[getter]
    fn cluster(&self) -> &str {
        &self.0.cluster
    }

    #[getter]
    fn cluster_name(&self) -> &str {
        &self.0.cluster_name
    }

    #[getter]
    fn pathway(&self) -> &str {
        &self.0.pathway
    }

    #[getter]
    fn pathway_name(&self) -> &str {
        &self.0.pathway_name
    }

    #[getter]
    fn route(&self) -> &str {
        &self.0.route
    }

    #[getter]
    fn route_name(&self) -> &str {
        &self.0.route_name
    }

    #[getter]
    fn score(&self) -> f64 {
        self.0.score
    }

    #[getter]
    fn confidence(&self) -> f64 {
        self.0.confidence
    }

    #[getter]
    fn evidence(&self) -> Vec<(&str, f64)> {
        self.0.evidence.iter().map(|share| (share.term.as_str(), share.share)).collect()
    }

    fn __repr__(&self) -> String {
        format!("<tlevel.Suggestion: {}, confidence {:.3}>", self.0.cluster, self.0.confidence)
    }
}
