//! A run of a command: what it reads and writes, the spinner and the timings.
//!
//! ```text
//! let mut run = Run::start("spec", &options.map).reads(options.policy.file());
//! let print = run.printer(&options.print)?;          // before any work
//! let map = run.map()?;
//! let concepts = run.concepts(&map, &options.join, &policy)?;
//! let draft = run.step("draft", "writing the draft", || ...);
//! run.print(print, &draft, || report::draft(&draft), true)
//! ```

use std::path::Path;

use serde::Serialize;
use tlevel::check::{Checked, Severity};
use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Policy};
use tlevel::harmonise::Measure;
use tlevel::map::Map;
use tlevel::meaning::Meaning;
use tlevel::read::RawMap;
use tlevel::topics::Topics;
use tlevel_exchange::Read;
use tlevel_report::document::Document;

use super::format::{ForceOption, Format, Print, PrintOptions};
use super::input::Input;
use super::join::JoinOptions;
use super::output::{Files, Folder, Output};
use super::spinner::Spinner;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop};

/// How many notes on a framework are printed.
const LISTED_NOTES: usize = 20;

/// A command at work.
pub(crate) struct Run<'o> {
    map: Option<&'o Path>,
    wants_stats: bool,
    files: Files,
    spinner: Spinner,
    stats: Stats,
    /// Whether options are read from texts.
    from_texts: bool,
}

impl<'o> Run<'o> {
    /// Starts a command on the map that its arguments name.
    pub(crate) fn start(command: &'static str, options: &'o MapArgument) -> Self {
        Run::on(command, options.map.as_deref(), options.stats)
    }

    /// Starts a command on the map at a path; without one, on the bundled map.
    pub(crate) fn on(command: &'static str, map: Option<&'o Path>, wants_stats: bool) -> Self {
        let (spinner, stats) = (Spinner::start(), Stats::start(command));
        Run { map, wants_stats, files: Files::default(), spinner, stats, from_texts: false }.reads(map)
    }

    /// Has options that only texts name read as options.
    pub(crate) fn options_from_texts(self, from_texts: bool) -> Self {
        Run { from_texts, ..self }
    }

    /// Reads options from the texts of a map, if that was asked for.
    pub(crate) fn read_options(&mut self, map: &mut RawMap) {
        if self.from_texts {
            let read = map.read_options_from_texts();
            let (have, their) = if read == 1 { ("occupation has", "its") } else { ("occupations have", "their") };
            self.say(&format!("{read} {have} options from {their} texts"));
        }
    }

    /// Names files that the command reads, which no output may be.
    pub(crate) fn reads(mut self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        paths.into_iter().for_each(|path| self.files.reads(path.as_ref()));
        self
    }

    /// Where the result is printed, and in which format.
    pub(crate) fn printer(&mut self, options: &PrintOptions) -> Result<Print, Stop> {
        options.open(&mut self.files)
    }

    /// Like [`Run::printer`], for a command whose usual format is not text; files
    /// with these endings get that format too.
    pub(crate) fn printer_as(
        &mut self,
        options: &PrintOptions,
        usual: Format,
        endings: &[&str],
    ) -> Result<Print, Stop> {
        options.open_as(usual, endings, &mut self.files)
    }

    /// Lets the run replace files that someone has edited.
    pub(crate) fn replace_edited(&mut self) {
        self.files.replace_edited();
    }

    /// Lets the run replace files that someone has edited, if it was asked to.
    pub(crate) fn forced(mut self, force: &ForceOption) -> Self {
        force.apply(&mut self.files);
        self
    }

    /// The output at a path; without one, standard output.
    pub(crate) fn output(&mut self, path: Option<&Path>) -> Result<Output, Stop> {
        self.files.output(path)
    }

    /// The output of an optional argument.
    pub(crate) fn extra(&mut self, path: Option<&Path>) -> Result<Option<Output>, Stop> {
        path.map(|path| self.files.output(Some(path))).transpose()
    }

    /// A folder to write.
    pub(crate) fn folder(&mut self, path: &Path) -> Result<Folder, Stop> {
        self.files.folder(path)
    }

    /// The bytes of the map.
    pub(crate) fn input(&self) -> Result<Input, Stop> {
        Input::map(self.map)
    }

    /// The concepts that people judged for the bundled map; `None` for others.
    pub(crate) fn bundled_concepts(&self) -> Option<Input> {
        self.map.is_none().then(Input::bundled_concepts)
    }

    /// The map, read and checked.
    pub(crate) fn map(&mut self) -> Result<Map, Stop> {
        let input = self.input()?;
        Ok(self.check(&input)?.map)
    }

    /// Reads a map in any format that is known.
    pub(crate) fn read(&mut self, input: &Input) -> Result<RawMap, Stop> {
        Ok(self.read_with_places(input)?.map)
    }

    /// Reads a map, with the places of its records in tables.
    pub(crate) fn read_with_places(&mut self, input: &Input) -> Result<Read, Stop> {
        self.count("bytes", input.bytes.len());
        let read =
            self.step("read", "reading the map", || tlevel_exchange::read_with_places(&input.bytes, &input.name));
        let mut read = read.map_err(|e| input.stop(e))?;
        self.read_options(&mut read.map);
        read.notes.iter().take(LISTED_NOTES).for_each(|note| self.say(&format!("{}: note: {note}", input.name)));
        if read.notes.len() > LISTED_NOTES {
            self.say(&format!("{}: {} more notes", input.name, read.notes.len() - LISTED_NOTES));
        }
        Ok(read)
    }

    /// Reads and checks a map, for commands that work with the placed occupations.
    /// One line reports how many could not be placed.
    pub(crate) fn check(&mut self, input: &Input) -> Result<Checked, Stop> {
        let raw = self.read(input)?;
        let checked = self.step("check", "checking the map", || tlevel::check(raw)).map_err(|e| input.stop(e))?;
        self.stats.count_map(&checked.map);
        let errors = checked.findings.iter().filter(|f| f.severity == Severity::Error).count();
        if errors > 0 {
            let bad = checked.map.set_aside().filter(|s| s.reason() == "bad-record").count();
            self.say(&format!(
                "{}: error findings: {errors}, bad records set aside: {bad}; see them with: tlevel check",
                input.name
            ));
        }
        Ok(checked)
    }

    /// The measure of how similar statements are: by their words and, where vectors
    /// are given, by what they mean. Then the topics that were assigned count, too.
    pub(crate) fn measure<'m>(
        &mut self,
        map: &'m Map,
        meaning: Option<Meaning<'m>>,
        topics: Option<&Topics>,
    ) -> Measure<'m> {
        self.step("weigh", "weighing words", || {
            let measure = meaning.map_or_else(|| Measure::new(map), |meaning| Measure::with_vectors(map, meaning));
            match topics.filter(|_| meaning.is_some()) {
                Some(topics) => measure.with_topics(&topics.profiles(map)),
                None => measure,
            }
        })
    }

    /// The concepts of a map, joined as the options say, under topics if the
    /// policy shares them.
    pub(crate) fn concepts(&mut self, map: &Map, join: &JoinOptions, policy: &Policy) -> Result<Concepts, Stop> {
        join.concepts(self, map, policy)
    }

    /// The programmes of a map.
    pub(crate) fn derive(&mut self, map: &Map, concepts: &Concepts, policy: &Policy) -> Result<Derivation, Stop> {
        self.step("derive", "deriving programmes", || tlevel::derive(map, concepts, policy)).map_err(Stop::new)
    }

    /// Does a step of the work: `key` names its timing, `name` is what the
    /// spinner shows.
    pub(crate) fn step<T>(&mut self, key: &'static str, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.watched(key, name, |_| work())
    }

    /// Does a step that reports its progress.
    pub(crate) fn watched<T>(&mut self, key: &'static str, name: &'static str, work: impl FnOnce(&Spinner) -> T) -> T {
        self.spinner.step(name);
        let spinner = &self.spinner;
        self.stats.time(key, || work(spinner))
    }

    /// Counts something for `--stats`.
    pub(crate) fn count(&mut self, what: &'static str, n: usize) {
        self.stats.count(what, n);
    }

    /// Counts the contents of a map, for `--stats`.
    pub(crate) fn count_map(&mut self, map: &Map) {
        self.stats.count_map(map);
    }

    /// Prints a message on standard error.
    pub(crate) fn say(&self, message: &str) {
        self.spinner.pause(|| super::say(message));
    }

    /// Runs a function that prints several messages on standard error.
    pub(crate) fn say_all(&self, messages: impl FnOnce()) {
        self.spinner.pause(messages);
    }

    /// Prints a result, and ends.
    pub(crate) fn print(
        mut self,
        print: Print,
        result: &impl Serialize,
        document: impl FnOnce() -> Document,
        full: bool,
    ) -> Result<Outcome, Stop> {
        self.spinner.stop();
        self.stats.time("write", || print.result(result, document, full))?;
        Ok(self.finish())
    }

    /// Prints a document, and ends.
    pub(crate) fn document(mut self, print: Print, document: &Document, full: bool) -> Result<Outcome, Stop> {
        self.spinner.stop();
        self.stats.time("write", || print.document(document, full))?;
        Ok(self.finish())
    }

    /// Writes a text, and ends.
    pub(crate) fn write(mut self, output: Output, text: &str) -> Result<Outcome, Stop> {
        self.spinner.stop();
        output.write(text)?;
        Ok(self.finish())
    }

    /// Ends: prints the timings, if they were asked for.
    pub(crate) fn finish(mut self) -> Outcome {
        self.spinner.stop();
        self.stats.finish(self.wants_stats);
        Outcome::Done
    }
}
