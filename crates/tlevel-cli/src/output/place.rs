//! What is at a path, with links followed.

use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::super::Stop;

/// Where a path leads.
pub(super) enum Place {
    Stdout,
    Stderr,
    /// A device, a pipe or an open stream, by a path that opens it.
    Through(PathBuf),
    /// A file, by its path without links.
    File(PathBuf, Metadata),
    /// Nothing yet, in a folder that is there.
    New(PathBuf),
    /// A folder, by its path without links.
    Folder(PathBuf),
}

/// How many links are followed, as in Linux.
const LINKS: usize = 40;

impl Place {
    pub(super) fn of(path: &Path) -> Result<Place, Stop> {
        let stop = |message: String| Stop::new(format!("{}: {message}", path.display()));
        let mut here = path.to_owned();
        for _ in 0..=LINKS {
            let (Some(name), Some(parent)) = (here.file_name(), here.parent()) else {
                // "/", "." and the like
                return match std::fs::canonicalize(&here) {
                    Ok(folder) => Ok(Place::Folder(folder)),
                    Err(e) => Err(stop(format!("cannot be written: {e}; choose another place"))),
                };
            };
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            let folder = std::fs::canonicalize(parent).map_err(|e| match e.kind() {
                ErrorKind::NotFound => {
                    stop(format!("cannot be written: there is no folder {}; create it first", parent.display()))
                }
                _ => stop(format!("cannot be written: {e}; choose another place")),
            })?;
            let real = folder.join(name);
            if let Some(stream) = stream(&folder, &name.to_string_lossy(), &real) {
                return Ok(stream);
            }
            let data = match std::fs::symlink_metadata(&here) {
                Ok(data) => data,
                // "new/" names a folder that does not exist
                Err(e) if e.kind() == ErrorKind::NotFound && ends_in_slash(&here) => {
                    return Err(stop("there is no such folder; give a file to write".to_owned()));
                }
                Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Place::New(real)),
                Err(e) => return Err(stop(format!("cannot be written: {e}; choose another place"))),
            };
            if data.is_symlink() {
                let to = std::fs::read_link(&here).map_err(|e| stop(format!("the link cannot be read: {e}")))?;
                here = folder.join(to);
            } else if data.is_dir() {
                return Ok(Place::Folder(real));
            } else if data.is_file() {
                return Ok(Place::File(real, data));
            } else {
                return Ok(Place::Through(real));
            }
        }
        Err(stop("its links form a loop; delete them, or give another file".to_owned()))
    }

    /// The file that would lose its content; `None` for what only passes it on.
    pub(super) fn identity(&self) -> Option<Identity> {
        match self {
            Place::Stdout => stdout(),
            Place::File(path, _) | Place::Through(path) => Identity::of(path),
            Place::Stderr | Place::New(_) | Place::Folder(_) => None,
        }
    }

    /// Checks that it may be written; the error gives the reason.
    pub(super) fn writable(&self) -> Result<(), String> {
        let Place::File(path, data) = self else { return Ok(()) };
        // by the mode, as the superuser may write to anything
        if data.permissions().readonly() {
            return Err("is read-only; allow writing to it first (chmod u+w), or give another file".to_owned());
        }
        match std::fs::OpenOptions::new().write(true).open(path) {
            Ok(_) => Ok(()),
            Err(e) => Err(format!("may not be written: {e}; ask for access, or give another file")),
        }
    }
}

fn ends_in_slash(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// A stream of a process by its number: `/dev/fd/3`, `/proc/self/fd/3`, and
/// what `/dev/stdout` leads to.
fn stream(folder: &Path, name: &str, path: &Path) -> Option<Place> {
    let is_number = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    if !cfg!(unix) || !is_number || !std::fs::metadata(path).is_ok_and(|data| !data.is_dir()) {
        return None;
    }
    let is_own = ["/proc/self/fd", "/proc/thread-self/fd", "/dev/fd"]
        .iter()
        .any(|own| std::fs::canonicalize(own).is_ok_and(|own| own == folder));
    let is_anothers = folder.starts_with("/proc") && folder.ends_with("fd");
    match (is_own, name) {
        (true, "1") => Some(Place::Stdout),
        (true, "2") => Some(Place::Stderr),
        _ if is_own || is_anothers => Some(Place::Through(path.to_owned())),
        _ => None,
    }
}

/// The identity of a file, whatever its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    #[cfg(unix)]
    device_and_inode: (u64, u64),
    #[cfg(not(unix))]
    path: PathBuf,
}

impl Identity {
    /// The identity of a file or a disk; `None` for what keeps nothing, such as a
    /// pipe or a terminal, and for what cannot be found.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Self> {
        Identity::of_data(&std::fs::metadata(path).ok()?)
    }

    #[cfg(unix)]
    fn of_data(data: &Metadata) -> Option<Self> {
        use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
        let keeps = data.is_file() || data.file_type().is_block_device();
        keeps.then(|| Identity { device_and_inode: (data.dev(), data.ino()) })
    }

    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<Self> {
        std::fs::canonicalize(path).ok().filter(|path| path.is_file()).map(|path| Identity { path })
    }
}

/// The file that standard input is read from, if it is one.
#[cfg(unix)]
pub(super) fn stdin() -> Option<Identity> {
    opened(&std::io::stdin())
}

/// The file that standard output is written to, if it is one.
#[cfg(unix)]
fn stdout() -> Option<Identity> {
    opened(&std::io::stdout())
}

#[cfg(unix)]
fn opened(stream: &impl std::os::fd::AsFd) -> Option<Identity> {
    let file = std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
    Identity::of_data(&file.metadata().ok()?)
}

#[cfg(not(unix))]
pub(super) fn stdin() -> Option<Identity> {
    None
}

#[cfg(not(unix))]
fn stdout() -> Option<Identity> {
    None
}
