//! The spinner on standard error, for work that takes over a second, and only on a
//! terminal.

use std::io::IsTerminal as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows the current step once a second has passed; cleared when dropped.
pub(crate) struct Spinner {
    step: Arc<Mutex<Step>>,
    bar: Arc<Mutex<Option<ProgressBar>>>,
    watcher: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    /// The amount done and the total, if known.
    of: Option<(u64, u64)>,
}

const SPINNER: &str = "{spinner} {msg} ({elapsed})";
const BAR: &str = "{spinner} {msg} [{bar:24}] {percent}% ({elapsed}, {eta} to go)";

impl Spinner {
    pub(crate) fn start() -> Self {
        let step = Arc::new(Mutex::new(Step { name: "starting", of: None }));
        let bar = Arc::new(Mutex::new(None));
        let watcher = std::io::stderr().is_terminal().then(|| {
            let (sender, stopped) = channel();
            let (step, bar) = (Arc::clone(&step), Arc::clone(&bar));
            let watch = move || {
                let mut wait = Duration::from_secs(1);
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    let mut bar = bar.lock().unwrap_or_else(PoisonError::into_inner);
                    let bar = bar.get_or_insert_with(ProgressBar::new_spinner);
                    let Step { name, of } = *step.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Ok(style) = ProgressStyle::with_template(if of.is_some() { BAR } else { SPINNER }) {
                        bar.set_style(style.progress_chars("#>-"));
                    }
                    if let Some((done, all)) = of {
                        bar.set_length(all);
                        bar.set_position(done);
                    }
                    bar.set_message(name);
                    bar.tick();
                    wait = Duration::from_millis(100);
                }
            };
            (sender, std::thread::spawn(watch))
        });
        Spinner { step, bar, watcher }
    }

    /// Names the step that begins.
    pub(crate) fn step(&self, name: &'static str) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = Step { name, of: None };
    }

    /// Sets the amount done and the total, if known.
    pub(crate) fn at(&self, of: Option<(u64, u64)>) {
        self.step.lock().unwrap_or_else(PoisonError::into_inner).of = of;
    }

    /// Clears the line while `print` runs.
    pub(crate) fn pause(&self, print: impl FnOnce()) {
        match self.bar.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Stops, and clears the line.
    pub(crate) fn stop(&mut self) {
        if let Some((stop, watcher)) = self.watcher.take() {
            drop(stop);
            // the watcher only draws; if it failed there is nothing to repair
            let _ = watcher.join();
        }
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.stop();
    }
}
