//! Long studies in parts. Each finished part is kept as a file, so an interrupted
//! run continues where it stopped, and several machines can share a study. A run
//! that finds all parts prints the whole, the same as a run without parts.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::super::input::Input;
use super::super::output::Files;
use super::super::spinner::Spinner;
use super::super::{Stop, output, say};

/// How to share the work.
#[derive(Debug, Args)]
pub(super) struct PartsOptions {
    /// Keep finished parts in this folder, and use those already there
    #[arg(long, value_name = "FOLDER")]
    parts: Option<PathBuf>,
    /// Do only the I-th of N shares, such as 2/8; the run that completes the parts
    /// prints the result
    #[arg(long, value_name = "I/N", requires = "parts")]
    shard: Option<Shard>,
}

/// A share of the work; the first share is 1.
#[derive(Clone, Copy, Debug)]
struct Shard {
    share: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected a share such as 2/8: from 1/8 to 8/8".to_owned();
        let (share, of) = text.split_once('/').ok_or_else(wrong)?;
        let (share, of) = (share.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
        if (1..=of).contains(&share) { Ok(Shard { share, of }) } else { Err(wrong()) }
    }
}

/// A finished part.
#[derive(Serialize, Deserialize)]
struct Part<T> {
    format: String,
    version: u32,
    /// Its origin: the map, the options and the program's version.
    made_from: String,
    number: usize,
    of: usize,
    result: T,
}

const FORMAT: &str = "tlevel-study-part";

impl PartsOptions {
    /// Does this run's parts that are not done yet. Returns all results in order if
    /// every part exists, or else `None`, with a line about what is left.
    pub(super) fn run<T: Serialize + DeserializeOwned>(
        &self,
        of: usize,
        made_from: &str,
        spinner: &Spinner,
        mut each: impl FnMut(usize) -> Result<T, Stop>,
    ) -> Result<Option<Vec<T>>, Stop> {
        if let Some(folder) = &self.parts {
            std::fs::create_dir_all(folder).map_err(|e| {
                Stop::new(format!("{}: cannot be created: {e}; choose another place", folder.display()))
            })?;
        }
        let mut results = Vec::with_capacity(of);
        let mut missing = 0;
        for part in 0..of {
            spinner.at(Some((part as u64, of as u64)));
            let file = self.parts.as_ref().map(|folder| folder.join(format!("part-{:04}.json", part + 1)));
            if let Some(done) = file.as_deref().filter(|file| file.exists()) {
                results.push(read(done, part, of, made_from)?);
                continue;
            }
            if self.shard.is_some_and(|shard| part % shard.of != shard.share - 1) {
                missing += 1;
                continue;
            }
            let result = each(part)?;
            if let Some(file) = file {
                let (format, made_from) = (FORMAT.to_owned(), made_from.to_owned());
                let part = Part { format, version: 1, made_from, number: part + 1, of, result };
                Files::default().output(Some(&file))?.write(&output::json(&part)?)?;
                results.push(part.result);
            } else {
                results.push(result);
            }
        }
        if missing > 0 {
            spinner.pause(|| {
                say(&format!(
                    "this share is done; {missing} of {of} parts belong to other shares: run again when they are done"
                ));
            });
            return Ok(None);
        }
        Ok(Some(results))
    }
}

fn read<T: DeserializeOwned>(file: &Path, part: usize, of: usize, made_from: &str) -> Result<T, Stop> {
    let input = Input::file(file)?;
    let not_one = |e: &dyn std::fmt::Display| input.stop(format!("not a part of a study: {e}; delete it"));
    let found: Part<T> = serde_json::from_str(input.text()?).map_err(|e| not_one(&e))?;
    if found.format != FORMAT || found.version != 1 || found.number != part + 1 {
        return Err(not_one(&"another format or number"));
    }
    if found.of != of || found.made_from != made_from {
        let message =
            "made from another map, with other options or by another version; use another folder, or delete it";
        return Err(input.stop(message));
    }
    Ok(found.result)
}
