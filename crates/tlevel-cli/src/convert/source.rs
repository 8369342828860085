//! What `convert` reads: a map, or a framework of another system in a file or folder.

use std::path::Path;

use tlevel::map::Map;
use tlevel::read::RawMap;
use tlevel::topics::Vocabulary;
use tlevel_exchange::{FrameworkError, Part, framework_format, read_framework, read_topics};

use crate::Stop;
use crate::input::Input;
use crate::run::Run;

/// A map, or the files of a framework.
pub(super) enum Source {
    Map(Input),
    Framework { name: String, parts: Vec<Input>, concepts: Option<String> },
}

/// How many notes are printed.
const LISTED: usize = 20;

impl Source {
    /// Opens a path: a folder, or a file that may be a framework.
    pub(super) fn open(run: &mut Run<'_>, path: Option<&Path>) -> Result<Source, Stop> {
        let parts = match path {
            Some(folder) if folder.is_dir() => Input::tables(folder)?,
            _ => vec![run.input()?],
        };
        let format = framework_format(&borrowed(&parts));
        match (format, path.filter(|path| path.is_dir())) {
            (Some(_), _) => {
                let name = path.map_or_else(String::new, |path| path.display().to_string());
                Ok(Source::Framework { name, parts, concepts: None })
            }
            (None, Some(_)) => Ok(Source::Map(run.input()?)),
            (None, None) => Ok(Source::Map(parts.into_iter().next().unwrap_or_else(|| Input::new("", Vec::new())))),
        }
    }

    /// The map as it was read.
    pub(super) fn raw(&mut self, run: &mut Run<'_>) -> Result<RawMap, Stop> {
        match self {
            Source::Map(input) => run.read(input),
            Source::Framework { name, parts, concepts } => {
                run.count("bytes", parts.iter().map(|part| part.bytes.len()).sum());
                let read = run.step("read", "reading the framework", || read_framework(&borrowed(parts)));
                let mut import = read.ok_or_else(|| not_known(name))?.map_err(|error| stop(name, &error))?;
                run.read_options(&mut import.map);
                say_notes(run, name, &import.notes);
                *concepts = import.concepts;
                Ok(import.map)
            }
        }
    }

    /// The map, checked.
    pub(super) fn map(&mut self, run: &mut Run<'_>) -> Result<Map, Stop> {
        if let Source::Map(input) = self {
            return Ok(run.check(input)?.map);
        }
        let raw = self.raw(run)?;
        let checked = run.step("check", "checking the map", || tlevel::check(raw)).map_err(Stop::new)?;
        run.count_map(&checked.map);
        Ok(checked.map)
    }

    /// The topics that a framework's tree makes; `None` for a map.
    pub(super) fn topics(&self, run: &mut Run<'_>) -> Result<Option<Vocabulary>, Stop> {
        let Source::Framework { name, parts, .. } = self else { return Ok(None) };
        let read = run.step("read", "reading the framework", || read_topics(&borrowed(parts)));
        let Some(read) = read else {
            return Err(Stop::new(format!("{name}: it has no tree of topics; leave --what out to read it as a map")));
        };
        let (vocabulary, notes) = read.map_err(|error| stop(name, &error))?;
        say_notes(run, name, &notes);
        Ok(Some(vocabulary))
    }

    /// The concepts that people judged.
    pub(super) fn judged(&mut self, run: &mut Run<'_>) -> Result<String, Stop> {
        let none = || Stop::new("--judged: MAP has no concepts that people judged; O*NET has, in Tasks to DWAs.txt");
        if let Source::Framework { parts, .. } = self {
            let read = run.step("judged", "reading judged concepts", || read_framework(&borrowed(parts)));
            return read.and_then(Result::ok).and_then(|import| import.concepts).ok_or_else(none);
        }
        Err(none())
    }
}

fn borrowed(parts: &[Input]) -> Vec<Part<'_>> {
    parts.iter().map(|part| Part::new(&part.name, &part.bytes)).collect()
}

fn not_known(name: &str) -> Stop {
    Stop::new(format!("{name}: it is no framework that this program knows"))
}

fn stop(name: &str, error: &FrameworkError) -> Stop {
    let message = error.to_string();
    if name.is_empty() || message.starts_with(name) {
        Stop::new(message)
    } else {
        Stop::new(format!("{name}: {message}"))
    }
}

fn say_notes(run: &Run<'_>, name: &str, notes: &[String]) {
    notes.iter().take(LISTED).for_each(|note| run.say(&format!("{name}: note: {note}")));
    if notes.len() > LISTED {
        run.say(&format!("{name}: {} more notes", notes.len() - LISTED));
    }
}
