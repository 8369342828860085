//! A file that takes the place of another when it is whole.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The new content of a file, written beside it.
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
            // nobody reads more of it than they could of the old one
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

    /// Puts it in its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        put(&self.beside, &self.path, self.old.as_ref())
    }
}

impl Drop for Replacement {
    /// What was begun and not ended is taken away.
    fn drop(&mut self) {
        // it has its name by now, or it goes; if that fails there is no more to say
        let _ = std::fs::remove_file(&self.beside);
    }
}

/// Makes something of a free name in a folder.
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

/// Puts a whole file in the place of another: by one step, or into the file
/// itself where a step would change its owner or part it from its other names.
pub(super) fn put(new: &Path, path: &Path, old: Option<&Metadata>) -> io::Result<()> {
    let Some(old) = old else { return std::fs::rename(new, path) };
    if has_other_names(old) || keep_owner(new, old).is_err() {
        return copy_into(new, path);
    }
    std::fs::set_permissions(new, old.permissions())?;
    match std::fs::rename(new, path) {
        // a file that is mounted alone keeps its place
        Err(e) if matches!(e.kind(), ErrorKind::ResourceBusy | ErrorKind::CrossesDevices) => copy_into(new, path),
        done => done,
    }
}

/// Copies a file into another. What makes it longer comes first: if there is no
/// room for it, it is cut off, and the other file is as it was.
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
