//! Results, to standard output or to files, without ever destroying anything.
//!
//! A command names what it reads and gets its outputs from [`Files`] before it does
//! any work. An output is refused if the command reads it, if it is given twice, or
//! if it is read-only. What is at its path, with links followed, decides how it is
//! written:
//!
//! | At the path | Action |
//! |---|---|
//! | nothing | writes a file next to it, which gets its name when it is complete |
//! | a file | the same; the file keeps its mode and owner |
//! | a file with several names (hard links), or whose owner cannot be kept | writes the new content next to it, then copies it into the file: the part that makes it longer first, so a full disk leaves the old content |
//! | a device, a pipe, a stream of this process (`/dev/stdout`, `/dev/fd/N`) | writes straight to it |

mod folder;
mod json;
mod place;
mod replace;

use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Stop;
pub(crate) use folder::Folder;
pub(crate) use json::{JsonList, json};
use place::{Identity, Place};
use replace::Replacement;

/// The files of one run: what it reads, and what it writes.
#[derive(Default)]
pub(crate) struct Files {
    read: Vec<Read>,
    written: Vec<(String, Written)>,
}

struct Read {
    name: String,
    /// The file itself, whatever its name.
    identity: Option<Identity>,
    /// Its path without links.
    path: Option<PathBuf>,
}

/// What distinguishes one output from another.
#[derive(PartialEq)]
enum Written {
    Stdout,
    File(Identity),
    New(PathBuf),
}

const STDOUT: &str = "standard output";

impl Files {
    /// Names a file that the run reads; `-` is standard input.
    pub(crate) fn reads(&mut self, path: &Path) {
        self.read.push(if path == Path::new("-") {
            Read { name: "standard input".to_owned(), identity: place::stdin(), path: None }
        } else {
            let name = path.display().to_string();
            Read { name, identity: Identity::of(path), path: std::fs::canonicalize(path).ok() }
        });
    }

    /// The output at a path; standard output for `None` or `-`.
    pub(crate) fn output(&mut self, path: Option<&Path>) -> Result<Output, Stop> {
        let given = path.filter(|path| *path != Path::new("-"));
        let place = given.map_or(Ok(Place::Stdout), Place::of)?;
        let name = given.map_or_else(|| STDOUT.to_owned(), |path| path.display().to_string());
        if let Place::Folder(_) = place {
            return Err(Stop::new(format!("{name}: is a directory; give a file to write")));
        }
        let identity = place.identity();
        if let Some(read) = self.read.iter().find(|read| identity.is_some() && read.identity == identity) {
            let which = match &read.name {
                read if *read == name => "is read by this command".to_owned(),
                read => format!("is the same file as {read}, which this command reads"),
            };
            return Err(Stop::new(format!("{name}: {which}; give another file to write")));
        }
        let mut written: Vec<Written> = identity.map(Written::File).into_iter().collect();
        match &place {
            Place::Stdout => written.push(Written::Stdout),
            Place::New(path) => written.push(Written::New(path.clone())),
            _ => {}
        }
        if let Some((other, _)) = self.written.iter().find(|(_, other)| written.contains(other)) {
            let which = if *other == name { "two outputs".to_owned() } else { format!("the same file as {other}") };
            return Err(Stop::new(format!("{name}: is given for {which}; give each output its own file")));
        }
        place.writable().map_err(|message| Stop::new(format!("{name}: {message}")))?;
        self.written.extend(written.into_iter().map(|written| (name.clone(), written)));
        Ok(Output { name, given: given.map(Path::to_owned), place })
    }

    /// A folder to write.
    pub(crate) fn folder(&mut self, path: &Path) -> Result<Folder, Stop> {
        let folder = Folder::begin(path)?;
        let inside = |read: &&Read| read.path.as_deref().is_some_and(|read| read.starts_with(folder.path()));
        match self.read.iter().find(inside) {
            Some(read) => Err(Stop::new(format!(
                "{}: holds {}, which this command reads; give another folder to write",
                path.display(),
                read.name
            ))),
            None => Ok(folder),
        }
    }
}

/// Where a result goes.
pub(crate) struct Output {
    name: String,
    given: Option<PathBuf>,
    place: Place,
}

impl Output {
    /// The path from the command line; `None` for standard output.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.given.as_deref()
    }

    /// Whether it is a device, a pipe or an open stream, whose name does not give a
    /// format.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.place, Place::Stdout | Place::Stderr | Place::Through(_))
    }

    /// Writes a text.
    pub(crate) fn write(self, text: &str) -> Result<(), Stop> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes bytes.
    pub(crate) fn write_bytes(self, bytes: &[u8]) -> Result<(), Stop> {
        let mut sink = self.open()?;
        sink.write(bytes)?;
        sink.finish()
    }

    /// Opens it, to write it part by part.
    pub(crate) fn open(self) -> Result<Sink, Stop> {
        let Output { name, place, .. } = self;
        let stream = |out: Box<dyn Write>| Target::Stream(BufWriter::new(out));
        let file = |file| Target::File(Box::new(file));
        let opened = match place {
            Place::Stdout => Ok(stream(Box::new(std::io::stdout()))),
            Place::Stderr => Ok(stream(Box::new(std::io::stderr()))),
            Place::Through(path) => {
                std::fs::OpenOptions::new().append(true).open(path).map(|file| stream(Box::new(file)))
            }
            Place::New(path) => Replacement::begin(path, None).map(file),
            Place::File(path, old) => Replacement::begin(path, Some(old)).map(file),
            Place::Folder(_) => Err(ErrorKind::IsADirectory.into()),
        };
        match opened {
            Ok(target) => Ok(Sink { name, target, wanted: true }),
            Err(e) => Err(unwritable(&name, &e)),
        }
    }
}

/// A result being written.
pub(crate) struct Sink {
    name: String,
    target: Target,
    /// A reader that has seen enough (`| head`) is not a failure.
    wanted: bool,
}

enum Target {
    Stream(BufWriter<Box<dyn Write>>),
    File(Box<Replacement>),
}

impl Sink {
    /// Whether the output is still being read.
    pub(crate) fn is_wanted(&self) -> bool {
        self.wanted
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        match &mut self.target {
            Target::Stream(out) => {
                let done = out.write_all(bytes);
                self.on_stream(done)
            }
            Target::File(file) => file.write(bytes).map_err(|e| unwritable(&self.name, &e)),
        }
    }

    fn on_stream(&mut self, done: std::io::Result<()>) -> Result<(), Stop> {
        match done {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => {
                self.wanted = false;
                Ok(())
            }
            done => done.map_err(|e| Stop::new(format!("{}: cannot be written: {e}", self.name))),
        }
    }

    /// Finishes it; a file gets its name now.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        match self.target {
            Target::Stream(ref mut out) => {
                let done = out.flush();
                self.on_stream(done)
            }
            Target::File(file) => file.finish().map_err(|e| unwritable(&self.name, &e)),
        }
    }
}

fn unwritable(name: &str, e: &std::io::Error) -> Stop {
    Stop::new(format!("{name}: cannot be written: {e}; nothing was changed: choose another place"))
}
