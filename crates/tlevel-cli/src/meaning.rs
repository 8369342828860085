//! What texts mean: a caller's own vectors, or the table that the program carries.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::map::Map;
use tlevel::meaning::{Meaning, Vectors, VectorsCoverage};
use tlevel::place::Placer;
use tlevel::topics::{Topics, Vocabulary};

use super::Stop;
use super::input::Input;
use super::run::Run;

/// A caller's own vectors.
#[derive(Clone, Debug, Args)]
pub(crate) struct VectorOptions {
    /// Vectors of statements and occupations from an encoder: a file that numpy.save
    /// wrote, with a row for each, or a Parquet table with the columns "id" and "vector"
    #[arg(help_heading = "Vectors of your own", long, value_name = "FILE.npy")]
    pub(crate) vectors: Option<PathBuf>,
    /// The ids of the rows of FILE.npy, one on each line: OCCUPATION/STATEMENT or
    /// OCCUPATION [default: FILE.ids.txt]
    #[arg(help_heading = "Vectors of your own", long, value_name = "FILE", requires = "vectors")]
    pub(crate) vector_ids: Option<PathBuf>,
}

/// A caller's own vectors, or the table that the program carries.
#[derive(Clone, Debug, Args)]
pub(crate) struct MeaningOptions {
    #[command(flatten)]
    own: VectorOptions,
    /// Compare words only, without the table of what they mean
    #[arg(long, conflicts_with = "vectors")]
    words_only: bool,
}

/// The vectors of a run.
#[derive(Debug)]
pub(crate) enum Given {
    /// Words only.
    Nothing,
    /// The table that the program carries.
    #[cfg(feature = "meaning")]
    Table,
    /// A caller's own.
    Own(Vectors),
}

/// How many unknown ids are listed.
const LISTED: usize = 5;

impl VectorOptions {
    /// Whether the vectors are in a table, with their ids.
    fn is_table(&self) -> bool {
        let ending = self.vectors.as_ref().and_then(|path| path.extension());
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
    }

    /// The file with ids: the one given, or the one beside the vectors.
    fn ids(&self) -> Option<PathBuf> {
        if self.is_table() {
            return self.vector_ids.clone();
        }
        let beside = || self.vectors.as_ref().map(|path| path.with_extension("ids.txt"));
        self.vector_ids.clone().or_else(beside)
    }

    /// The files that they name.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        [self.vectors.clone(), self.ids()].into_iter().flatten()
    }

    /// Reads the vectors. What they and the map do not have in common is reported.
    pub(crate) fn read(&self, run: &mut Run<'_>, map: &Map) -> Result<Given, Stop> {
        let Some(path) = &self.vectors else { return Ok(Given::Nothing) };
        let (vectors, ids) = match self.ids() {
            Some(_) if self.is_table() => {
                return Err(Stop::new("--vector-ids: a Parquet table has its ids in the column \"id\"; leave it out"));
            }
            Some(ids) => {
                let (npy, ids) = (Input::file(path)?, ids_of(&ids, self.vector_ids.is_some())?);
                let text = ids.text()?;
                let vectors = run.step("vectors", "reading vectors", || Vectors::from_npy(&npy.bytes, text));
                let vectors = vectors.map_err(|e| match e {
                    tlevel::meaning::MeaningError::BadIds(_) => ids.stop(e),
                    _ => npy.stop(e),
                })?;
                (vectors, ids)
            }
            None => {
                let table = Input::file(path)?;
                let vectors = run.step("vectors", "reading vectors", || of_table(&table.bytes));
                (vectors.map_err(|error| table.stop(error))?, table)
            }
        };
        let coverage = vectors.coverage(map);
        run.count("vectors", vectors.len());
        run.count("statements_without_vector", coverage.statements_without);
        say(run, &ids.name, &vectors, &coverage);
        if coverage.statements + coverage.occupations == 0 {
            return Err(ids.stop("no id is on the map; write OCCUPATION/STATEMENT or OCCUPATION for each vector"));
        }
        Ok(Given::Own(vectors))
    }
}

impl MeaningOptions {
    /// The files that they name.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.own.files()
    }

    /// The vectors given; without any, the table of the program, if it carries one and
    /// it is wanted.
    pub(crate) fn read(&self, run: &mut Run<'_>, map: &Map) -> Result<Given, Stop> {
        let given = self.own.read(run, map)?;
        #[cfg(feature = "meaning")]
        if matches!(given, Given::Nothing) && !self.words_only {
            return Ok(Given::Table);
        }
        let _ = self.words_only;
        Ok(given)
    }
}

impl Given {
    /// The vectors, for the library.
    pub(crate) fn meaning(&self) -> Option<Meaning<'_>> {
        match self {
            Given::Nothing => None,
            #[cfg(feature = "meaning")]
            Given::Table => Some(Meaning::Table(tlevel::meaning::WordTable::bundled())),
            Given::Own(vectors) => Some(Meaning::Own(vectors)),
        }
    }

    /// The placer of a map.
    pub(crate) fn placer(&self, map: &Map) -> Placer {
        match self.meaning() {
            Some(meaning) => Placer::with_meaning(map, meaning),
            None => Placer::new(map),
        }
    }
}

/// The topics of the statements of a map, for a measure whose command has no options on
/// topics.
pub(crate) fn bundled_topics(map: &Map) -> Topics {
    Topics::assign(map, &Vocabulary::bundled())
}

/// Vectors and their ids in a Parquet table.
#[cfg(feature = "parquet")]
fn of_table(bytes: &[u8]) -> Result<Vectors, String> {
    super::vector_table::read(bytes)
}

/// Says how to read one: this build reads no Parquet.
#[cfg(not(feature = "parquet"))]
fn of_table(_: &[u8]) -> Result<Vectors, String> {
    Err("this program was built without Parquet; build it with \
         `cargo build -p tlevel-cli --release --features parquet`, or give a .npy file"
        .to_owned())
}

/// The file with ids.
fn ids_of(path: &Path, is_given: bool) -> Result<Input, Stop> {
    if !is_given && !path.exists() {
        let path = path.display();
        return Err(Stop::new(format!(
            "{path}: no such file; it holds the ids, one a line (or give --vector-ids FILE)"
        )));
    }
    Input::file(path)
}

/// Reports ids that the map lacks, and how much of it has no vector.
fn say(run: &Run<'_>, name: &str, vectors: &Vectors, coverage: &VectorsCoverage) {
    let (unknown, all) = (&coverage.unknown, vectors.len());
    if !unknown.is_empty() {
        let listed: Vec<&str> = unknown.iter().take(LISTED).map(String::as_str).collect();
        let more = if unknown.len() > LISTED { ", ..." } else { "" };
        run.say(&format!("{name}: {} of {all} ids are not on the map: {}{more}", unknown.len(), listed.join(", ")));
    }
    let without = coverage.statements_without;
    if coverage.statements > 0 && without > 0 {
        let whole = without + coverage.statements;
        run.say(&format!("{name}: {without} of {whole} statements have no vector; their words are compared"));
    }
}
