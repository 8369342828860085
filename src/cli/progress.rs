//! A sign of life on standard error, for work over about a second, on a
//! terminal only.

use std::io::IsTerminal as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows the step at work, once a second has passed; gone when dropped.
pub(crate) struct Progress {
    step: Arc<Mutex<&'static str>>,
    bar: Arc<Mutex<Option<ProgressBar>>>,
    watcher: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(crate) fn start() -> Self {
        let step = Arc::new(Mutex::new("starting"));
        let bar = Arc::new(Mutex::new(None));
        let watcher = std::io::stderr().is_terminal().then(|| {
            let (sender, stopped) = channel();
            let (step, bar) = (Arc::clone(&step), Arc::clone(&bar));
            let watch = move || {
                let mut wait = Duration::from_secs(1);
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    let mut bar = bar.lock().unwrap_or_else(PoisonError::into_inner);
                    let bar = bar.get_or_insert_with(|| {
                        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
                        let spinner = ProgressBar::new_spinner();
                        if let Ok(style) = style { spinner.with_style(style) } else { spinner }
                    });
                    bar.set_message(*step.lock().unwrap_or_else(PoisonError::into_inner));
                    bar.tick();
                    wait = Duration::from_millis(100);
                }
            };
            (sender, std::thread::spawn(watch))
        });
        Progress { step, bar, watcher }
    }

    /// Names the step that begins.
    pub(crate) fn step(&self, step: &'static str) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = step;
    }

    /// Runs something that prints, with the line cleared.
    pub(crate) fn pause(&self, print: impl FnOnce()) {
        match self.bar.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Clears the line.
    pub(crate) fn finish(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        if let Some((stop, watcher)) = self.watcher.take() {
            drop(stop);
            // the watcher only draws; if it failed there is nothing to mend
            let _ = watcher.join();
        }
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop();
    }
}
