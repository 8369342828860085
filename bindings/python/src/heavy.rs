//! Long work: other threads of Python go on, and Ctrl-C works.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::Duration;

use pyo3::prelude::*;

use crate::fault::{Fault, of_given};

/// How often signals are looked at.
const OFTEN: Duration = Duration::from_millis(40);

/// The stack of the thread, as a main thread has it.
const STACK: usize = 8 << 20;

/// Runs work on a thread of its own. If a signal such as Ctrl-C raises an exception, it
/// is raised at once; the work ends in the background, and its result is dropped.
///
/// A panic becomes a `TlevelError`.
pub(crate) fn heavy<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Fault> + Send + 'static,
{
    let (sender, mut receiver) = channel();
    let thread = Builder::new().name("tlevel".to_owned()).stack_size(STACK).spawn(move || {
        // nobody may be waiting any more
        let _ = sender.send(caught(work));
    });
    thread.map_err(|e| Fault::internal(format!("no thread can be started ({e})")))?;
    loop {
        let (answer, back) = py.detach(move || (receiver.recv_timeout(OFTEN), receiver));
        receiver = back;
        match answer {
            Ok(result) => return Ok(result?),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Err(Fault::internal("the thread ended early").into()),
        }
    }
}

/// Runs work, and turns a panic into a fault.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Fault::internal(text.unwrap_or("a panic")))
    })
}

/// Reads an object that was given; its exceptions become ours, and so does a panic over
/// data that are not what they say they are.
pub(crate) fn given<T>(py: Python<'_>, what: &str, read: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| of_given(py, what, error)),
        Err(_) => Err(Fault::table(what, "not a valid Arrow array; give it again, and only once").into()),
    }
}
