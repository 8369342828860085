//! tlevel for Python: the compiled half of the package `tlevel`.
//!
//! The other half is Python (`python/tlevel`): it checks arguments, holds the
//! documentation, and gives results their shape. What is here computes nothing that the
//! library or the functions of all bindings (`bindings/shared`) can compute. It
//!
//! * turns Arrow tables into occupations, and results into Arrow tables;
//! * runs long work on a thread of its own, so that Ctrl-C works and other threads of
//!   Python go on;
//! * turns failures into exceptions.
//!
//! # Why there is `unsafe` here
//!
//! There is none in this folder. The macros of `pyo3` write the boundary to Python.

#![allow(clippy::needless_pass_by_value, reason = "a function of Python takes its arguments by value")]
#![allow(clippy::doc_markdown, reason = "documentation for Python is in numpydoc style")]

mod arrow;
mod batch;
mod fault;
mod heavy;
mod labels;
mod map;
mod outcome;
mod placement;
mod placer;
mod study;
mod table;
mod tables;

use pyo3::prelude::*;

/// The compiled half of `tlevel`.
#[pymodule]
mod _tlevel {
    #[pymodule_export]
    use crate::labels::Labels;
    #[pymodule_export]
    use crate::map::Map;
    #[pymodule_export]
    use crate::outcome::Outcome;
    #[pymodule_export]
    use crate::placement::{Placement, Suggestion};
    #[pymodule_export]
    use crate::placer::Placer;
    #[pymodule_export]
    use crate::study::{Points, agreement, cluster, internal, measures, misfits, sweep};
    #[pymodule_export]
    use crate::table::Table;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
