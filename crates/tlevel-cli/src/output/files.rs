//! The files that a command reads and writes.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::place::{self, Identity, Place};
use super::replace::Replacement;
use crate::Stop;

/// The files of one run: what it reads, and what it writes.
#[derive(Default)]
pub(crate) struct Files {
    pub(super) read: Vec<Read>,
    pub(super) written: Vec<(String, Written)>,
    /// Whether files that someone has edited may be replaced.
    replaces_edited: bool,
}

pub(super) struct Read {
    pub(super) name: String,
    /// The file itself, whatever its name.
    pub(super) identity: Option<Identity>,
    /// Its path without links.
    pub(super) path: Option<PathBuf>,
}

/// What distinguishes one output from another.
#[derive(PartialEq)]
pub(super) enum Written {
    Stdout,
    File(Identity),
    New(PathBuf),
}

pub(super) const STDOUT: &str = "standard output";

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

    /// Lets the run replace files that someone has edited.
    pub(crate) fn replace_edited(&mut self) {
        self.replaces_edited = true;
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
        if let (Place::File(path, _), false) = (&place, self.replaces_edited)
            && is_edited(path)
        {
            return Err(Stop::new(format!(
                "{name}: someone has edited this file since it was written; give another name, or --force to replace it"
            )));
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

/// Whether someone has edited a Word or Excel file since it was written.
#[cfg(feature = "office")]
pub(super) fn is_edited(path: &Path) -> bool {
    use std::io::Read as _;
    let begins_as_office = || {
        let mut start = [0; 2];
        std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"PK"
    };
    begins_as_office() && std::fs::read(path).is_ok_and(|bytes| tlevel_report::export::is_edited(&bytes))
}

/// This build writes no such files.
#[cfg(not(feature = "office"))]
pub(super) fn is_edited(_: &Path) -> bool {
    false
}

/// Where a result goes.
pub(crate) struct Output {
    pub(super) name: String,
    pub(super) given: Option<PathBuf>,
    pub(super) place: Place,
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
    pub(super) name: String,
    pub(super) target: Target,
    /// A reader that has seen enough (`| head`) is not a failure.
    pub(super) wanted: bool,
}

pub(super) enum Target {
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

    pub(super) fn on_stream(&mut self, done: std::io::Result<()>) -> Result<(), Stop> {
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

pub(super) fn unwritable(name: &str, e: &std::io::Error) -> Stop {
    Stop::new(format!("{name}: cannot be written: {e}; nothing was changed: choose another place"))
}
