//! A file that replaces another when it is complete.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The new content of a file, written next to it.
pub(super) struct Replacement {
    path: PathBuf,
    beside: PathBuf,
    old: Option<Metadata>,
    out: BufWriter<File>,
}

impl Replacement {
    /// Begins the new content of the file at a path without links.
    pub(super) fn begin(path: PathBuf, old: Option<Metadata>) -> io::Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let (beside, file) = beside(folder, |beside| {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            // no more readable than the old one
            #[cfg(unix)]
            if old.is_some() {
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            }
            options.open(beside)
        })?;
        Ok(Replacement { path, beside, old, out: BufWriter::new(file) })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Moves it into place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        put(&self.beside, &self.path, self.old.as_ref())
    }
}

impl Drop for Replacement {
    /// Deletes what was begun and not finished.
    fn drop(&mut self) {
        // it has its name by now, or it is deleted; a failure changes nothing for the user
        let _ = std::fs::remove_file(&self.beside);
    }
}

/// Creates something with a free name in a folder.
pub(super) fn beside<T>(folder: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    let mut number = 0;
    loop {
        let path = folder.join(format!(".tlevel-{}-{number}.part", std::process::id()));
        match make(&path) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            done => return done.map(|made| (path, made)),
        }
    }
}

/// Puts a complete file in the place of another: by renaming, or by copying into the
/// file if a rename would change its owner or cut it off from its other names.
pub(super) fn put(new: &Path, path: &Path, old: Option<&Metadata>) -> io::Result<()> {
    let Some(old) = old else { return std::fs::rename(new, path) };
    if has_other_names(old) || keep_owner(new, old).is_err() {
        return copy_into(new, path);
    }
    std::fs::set_permissions(new, old.permissions())?;
    match std::fs::rename(new, path) {
        // a file that is a mount point keeps its place
        Err(e) if matches!(e.kind(), ErrorKind::ResourceBusy | ErrorKind::CrossesDevices) => copy_into(new, path),
        done => done,
    }
}

/// Copies a file into another, starting with the part that makes it longer: if there
/// is no room for that, it is cut off, and the other file is as before.
fn copy_into(new: &Path, path: &Path) -> io::Result<()> {
    let mut new = File::open(new)?;
    let mut file = OpenOptions::new().write(true).open(path)?;
    let (length, old) = (new.metadata()?.len(), file.metadata()?.len());
    if length > old {
        new.seek(SeekFrom::Start(old))?;
        file.seek(SeekFrom::Start(old))?;
        if let Err(e) = io::copy(&mut new, &mut file).and_then(|_| file.sync_all()) {
            file.set_len(old)?;
            return Err(e);
        }
    }
    new.rewind()?;
    file.rewind()?;
    io::copy(&mut new.take(old), &mut file)?;
    file.set_len(length)?;
    file.sync_all()
}

#[cfg(unix)]
fn has_other_names(old: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(old) > 1
}

#[cfg(unix)]
fn keep_owner(new: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let data = std::fs::metadata(new)?;
    if (data.uid(), data.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    std::os::unix::fs::chown(new, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}
