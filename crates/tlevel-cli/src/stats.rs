//! `--stats`: timings and counts, as one JSON line on standard error.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;
use tlevel::map::Map;

#[derive(Debug, Serialize)]
pub(crate) struct Stats {
    format: &'static str,
    version: u32,
    command: &'static str,
    counts: BTreeMap<&'static str, usize>,
    seconds: BTreeMap<&'static str, f64>,
    /// Only on Linux; null elsewhere.
    peak_memory_bytes: Option<u64>,
    #[serde(skip)]
    started: Instant,
}

impl Stats {
    pub(crate) fn start(command: &'static str) -> Self {
        Stats {
            format: "tlevel-stats",
            version: 1,
            command,
            counts: BTreeMap::new(),
            seconds: BTreeMap::new(),
            peak_memory_bytes: None,
            started: Instant::now(),
        }
    }

    pub(crate) fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.seconds.insert(step, started.elapsed().as_secs_f64());
        done
    }

    pub(crate) fn count(&mut self, what: &'static str, n: usize) {
        self.counts.insert(what, n);
    }

    pub(crate) fn count_map(&mut self, map: &Map) {
        self.count("routes", map.routes().len());
        self.count("pathways", map.pathways().len());
        self.count("clusters", map.clusters().len());
        self.count("occupations", map.occupations().len());
        self.count("statements", map.statements().len());
        self.count("set_aside", map.set_aside().len());
    }

    /// Prints the line, if it was asked for.
    pub(crate) fn finish(mut self, wanted: bool) {
        if wanted {
            self.seconds.insert("total", self.started.elapsed().as_secs_f64());
            self.peak_memory_bytes = peak_memory();
            super::say(&serde_json::to_string(&self).unwrap_or_default());
        }
    }
}

/// The largest resident size of this process so far, from Linux's own count.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
