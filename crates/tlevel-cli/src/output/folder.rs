//! A folder of files. A list in it names the files that were written here; no other
//! file is ever replaced or deleted.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::super::Stop;
use super::files::is_edited;
use super::place::Place;
use super::{replace, unwritable};

/// The list of the files that were written.
const LIST: &str = ".tlevel-report";
const HEAD: &str = "Written by tlevel report, which replaces and deletes these files, and no others:";

/// A folder being written: first next to its place, then moved there whole.
pub(crate) struct Folder {
    name: String,
    path: PathBuf,
    is_new: bool,
    /// The files that were written here before.
    before: BTreeSet<String>,
    /// The files written now, in a folder that gets its name at the end.
    now: BTreeSet<String>,
    staged: Option<PathBuf>,
}

impl Folder {
    /// Begins a folder: a new one, an empty one, or one that this command wrote.
    pub(super) fn begin(path: &Path) -> Result<Folder, Stop> {
        let name = path.display().to_string();
        let stop = |message: &str| Stop::new(format!("{name}: {message}"));
        let (path, is_new) = match place(path)? {
            Place::Folder(path) => (path, false),
            Place::New(path) => (path, true),
            Place::File(..) => return Err(stop("is a file; give a folder to write")),
            _ => return Err(stop("is not a folder; give a folder to write")),
        };
        let mut before = BTreeSet::new();
        if !is_new {
            let entries = std::fs::read_dir(&path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
            let entries = entries.map_err(|e| stop(&format!("cannot be read: {e}; choose another place")))?;
            let list = std::fs::read_to_string(path.join(LIST)).ok();
            match list.as_deref() {
                _ if entries.is_empty() => {}
                None => {
                    return Err(stop(
                        "holds files that this command did not write; give an empty folder, or a new one",
                    ));
                }
                Some("") if entries.len() > 1 => {
                    let message = "was written by an earlier version, which kept no list of its files; delete it, or \
                                   give another folder";
                    return Err(stop(message));
                }
                Some(list) => before = list.lines().skip(1).filter(|file| is_inside(file)).map(str::to_owned).collect(),
            }
            if std::fs::metadata(&path).is_ok_and(|data| data.permissions().readonly()) {
                return Err(stop("is read-only; allow writing to it first (chmod u+w), or give another folder"));
            }
        }
        Ok(Folder { name, path, is_new, before, now: BTreeSet::new(), staged: None })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file at a path in the folder.
    pub(crate) fn write(&mut self, file: &str, bytes: &[u8]) -> Result<(), Stop> {
        let written = self.stage(file, bytes);
        written.map_err(|e| unwritable(&self.name, &e))?;
        self.now.insert(file.to_owned());
        Ok(())
    }

    fn stage(&mut self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = match &self.staged {
            Some(folder) => folder,
            None => {
                // inside an existing folder, which may be a separate disk
                let around = if self.is_new { self.path.parent().unwrap_or(Path::new(".")) } else { &self.path };
                std::fs::create_dir_all(around)?;
                self.staged.insert(replace::beside(around, |folder| std::fs::create_dir(folder))?.0)
            }
        };
        let path = folder.join(file);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(&path, bytes)
    }

    /// Finishes: the files get their names now.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        let replaced = self.replaced()?;
        let done = if self.is_new { self.name_it() } else { self.move_files(&replaced) };
        done.map_err(|e| Stop::new(format!("{}: cannot be written: {e}; run the command again", self.name)))
    }

    fn name_it(&mut self) -> io::Result<()> {
        let list = listed(&self.now);
        self.stage(LIST, list.as_bytes())?;
        self.staged.as_ref().map_or(Ok(()), |staged| std::fs::rename(staged, &self.path))
    }

    /// The files to replace, if this command wrote all of them.
    fn replaced(&self) -> Result<Vec<(String, Option<Metadata>)>, Stop> {
        let stop =
            |file: &str, message: &str| Stop::new(format!("{}: {message}", Path::new(&self.name).join(file).display()));
        // neither replaced nor deleted
        if let Some(file) = self.before.iter().find(|file| is_edited(&self.path.join(file))) {
            return Err(stop(file, "someone has edited this file since it was written; move it elsewhere first"));
        }
        let mut replaced = Vec::new();
        for file in &self.now {
            if let Some(around) = folders_around(file).find(|around| is_in_the_way(&self.path.join(around))) {
                return Err(stop(
                    &around.to_string_lossy(),
                    "was not written by this command; move it elsewhere first",
                ));
            }
            let old = std::fs::symlink_metadata(self.path.join(file)).ok();
            if let Some(old) = &old {
                if !old.is_file() || !self.before.contains(file) {
                    return Err(stop(file, "was not written by this command; move it elsewhere first"));
                }
                if old.permissions().readonly() {
                    return Err(stop(file, "is read-only; allow writing to it first (chmod u+w)"));
                }
            }
            replaced.push((file.clone(), old));
        }
        Ok(replaced)
    }

    /// Moves the files into an existing folder. The list is written first and last,
    /// so an interrupted run leaves no file that is not listed.
    fn move_files(&mut self, replaced: &[(String, Option<Metadata>)]) -> io::Result<()> {
        self.put_list(&(&self.before | &self.now))?;
        let Some(staged) = &self.staged else { return Ok(()) };
        for (file, old) in replaced {
            let path = self.path.join(file);
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            replace::put(&staged.join(file), &path, old.as_ref())?;
        }
        for file in self.before.difference(&self.now) {
            let path = self.path.join(file);
            let is_led_away = folders_around(file).any(|around| is_in_the_way(&self.path.join(around)));
            if !is_led_away && std::fs::symlink_metadata(&path).is_ok_and(|data| data.is_file()) {
                std::fs::remove_file(&path)?;
                for around in folders_around(file) {
                    // a folder that holds something else stays
                    let _ = std::fs::remove_dir(self.path.join(around));
                }
            }
        }
        self.put_list(&self.now.clone())
    }

    fn put_list(&mut self, files: &BTreeSet<String>) -> io::Result<()> {
        self.stage(LIST, listed(files).as_bytes())?;
        let staged = self.staged.as_ref().map(|staged| staged.join(LIST));
        staged.map_or(Ok(()), |staged| std::fs::rename(staged, self.path.join(LIST)))
    }
}

impl Drop for Folder {
    /// Deletes what was begun and not finished.
    fn drop(&mut self) {
        if let Some(staged) = &self.staged {
            // it has its name by now, or it is deleted; a failure changes nothing for the user
            let _ = std::fs::remove_dir_all(staged);
        }
    }
}

/// What is at the path of a folder; the parents of a new one may be missing.
fn place(path: &Path) -> Result<Place, Stop> {
    if let Some(around) = path.parent().filter(|around| !around.as_os_str().is_empty() && !around.exists())
        && std::fs::symlink_metadata(path).is_err()
    {
        let absolute = std::path::absolute(path);
        return match around.ancestors().find(|around| around.exists()) {
            Some(there) if !there.is_dir() => {
                Err(Stop::new(format!("{}: {} is a file; choose another place", path.display(), there.display())))
            }
            _ => absolute.map(Place::New).map_err(|e| unwritable(&path.display().to_string(), &e)),
        };
    }
    let trimmed: PathBuf = path.components().collect();
    Place::of(&trimmed)
}

fn listed(files: &BTreeSet<String>) -> String {
    std::iter::once(HEAD).chain(files.iter().map(String::as_str)).flat_map(|line| [line, "\n"]).collect()
}

/// Whether a path of a list stays in its folder.
fn is_inside(file: &str) -> bool {
    let mut steps = Path::new(file).components().peekable();
    steps.peek().is_some() && file != LIST && steps.all(|step| matches!(step, Component::Normal(_)))
}

/// The folders around a file, the innermost first.
fn folders_around(file: &str) -> impl Iterator<Item = &Path> {
    Path::new(file).ancestors().skip(1).filter(|around| !around.as_os_str().is_empty())
}

/// Whether something other than a folder is there, such as a link to one.
fn is_in_the_way(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|data| !data.is_dir())
}
