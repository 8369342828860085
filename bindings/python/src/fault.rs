//! Why a call failed, and the exception that says it.

use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
use pyo3::prelude::*;
use tlevel_bindings::{Failure, Kind};

/// Why a call failed: a class of `tlevel._errors`, a sentence for people, and the place.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    class: &'static str,
    message: String,
    place: Option<String>,
}

impl Fault {
    /// A table that cannot be used, and where.
    pub(crate) fn table(place: impl Into<String>, message: impl std::fmt::Display) -> Self {
        let place = place.into();
        Fault { class: "TableError", message: format!("{place}: {message}"), place: Some(place) }
    }

    /// Inputs that do not fit together.
    pub(crate) fn shape(message: impl std::fmt::Display) -> Self {
        Fault { class: "ShapeError", message: message.to_string(), place: None }
    }

    /// An option that cannot be used.
    pub(crate) fn option(message: impl std::fmt::Display) -> Self {
        Fault { class: "OptionsError", message: message.to_string(), place: None }
    }

    /// A map, an index or occupations that cannot be read.
    pub(crate) fn read(message: impl std::fmt::Display) -> Self {
        Failure::read(message).into()
    }

    /// What must not happen: a panic, or a thread that cannot start.
    pub(crate) fn internal(message: impl std::fmt::Display) -> Self {
        Fault { class: "TlevelError", message: format!("internal fault: {message}; please report it"), place: None }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        let class = match failure.kind {
            Kind::Read => "ReadError",
            Kind::Find => "NotFoundError",
            Kind::Policy => "PolicyError",
            Kind::Table => "TableError",
            Kind::Shape => "ShapeError",
            Kind::Internal => "TlevelError",
            _ => "OptionsError",
        };
        Fault { class, message: failure.message, place: failure.place }
    }
}

impl From<Fault> for PyErr {
    fn from(Fault { class, message, place }: Fault) -> Self {
        Python::attach(|py| {
            let class = py.import("tlevel._errors").and_then(|errors| errors.getattr(class));
            class.and_then(|class| class.call1((message, place))).map_or_else(|error| error, PyErr::from_value)
        })
    }
}

/// An exception of an object that was given: as it is if it says what is wrong with a
/// value, and otherwise as one of ours. What is no `Exception`, such as
/// `KeyboardInterrupt`, is passed on.
pub(crate) fn of_given(py: Python<'_>, what: &str, error: PyErr) -> PyErr {
    let is_ours = error.is_instance_of::<PyTypeError>(py) || error.is_instance_of::<PyValueError>(py);
    if is_ours || !error.is_instance_of::<PyException>(py) {
        return error;
    }
    let ours = PyErr::from(Fault::table(what, error.value(py)));
    ours.set_cause(py, Some(error));
    ours
}
