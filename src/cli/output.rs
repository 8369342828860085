//! Results: to standard output, or to a file that is written whole or not at
//! all.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Stop;

/// Writes a result to standard output (no path, or `-`) or to a file.
pub(crate) fn write(path: Option<&Path>, text: &str) -> Result<(), Stop> {
    write_bytes(path, text.as_bytes())
}

/// [`write`] for bytes.
pub(crate) fn write_bytes(path: Option<&Path>, bytes: &[u8]) -> Result<(), Stop> {
    let mut sink = Sink::open(path)?;
    sink.write(bytes)?;
    sink.finish()
}

/// A result being written.
pub(crate) struct Sink {
    target: Target,
    /// A reader that has seen enough (`| head`) is no failure.
    wanted: bool,
}

enum Target {
    Stdout(BufWriter<std::io::Stdout>),
    /// Written beside the file, whose name it takes in one step.
    File {
        path: PathBuf,
        beside: PathBuf,
        out: Option<BufWriter<File>>,
    },
}

impl Sink {
    pub(crate) fn open(path: Option<&Path>) -> Result<Sink, Stop> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Sink { target: Target::Stdout(BufWriter::new(std::io::stdout())), wanted: true });
        };
        let name = path.display();
        if path.is_dir() {
            return Err(Stop::new(format!("{name}: is a directory; give a file to write")));
        }
        let Some(file_name) = path.file_name() else {
            return Err(Stop::new(format!("{name}: is not a file name; give a file to write")));
        };
        let beside = path.with_file_name(format!(".{}.{}.part", file_name.to_string_lossy(), std::process::id()));
        let out = File::create(&beside).map_err(|e| unwritable(path, &e))?;
        let target = Target::File { path: path.to_owned(), beside, out: Some(BufWriter::new(out)) };
        Ok(Sink { target, wanted: true })
    }

    /// Does anybody still read it?
    pub(crate) fn is_wanted(&self) -> bool {
        self.wanted
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        match &mut self.target {
            Target::Stdout(out) => {
                let done = out.write_all(bytes);
                self.on_stdout(done)
            }
            Target::File { path, out, .. } => {
                let done = out.as_mut().map_or(Ok(()), |out| out.write_all(bytes));
                done.map_err(|e| unwritable(path, &e))
            }
        }
    }

    fn on_stdout(&mut self, done: std::io::Result<()>) -> Result<(), Stop> {
        match done {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => {
                self.wanted = false;
                Ok(())
            }
            done => done.map_err(|e| Stop::new(format!("standard output: cannot be written: {e}"))),
        }
    }

    /// Ends it; a file takes its name now.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        match &mut self.target {
            Target::Stdout(out) => {
                let done = out.flush();
                self.on_stdout(done)
            }
            Target::File { path, beside, out } => {
                let flushed = out.take().map_or(Ok(()), |mut out| out.flush().and_then(|()| out.get_ref().sync_all()));
                flushed.and_then(|()| std::fs::rename(&*beside, &*path)).map_err(|e| unwritable(path, &e))
            }
        }
    }
}

impl Drop for Sink {
    /// What was begun and not ended is taken away.
    fn drop(&mut self) {
        match &mut self.target {
            // nobody reads what is left; as with a file, there is no more to say
            Target::Stdout(_) => {}
            Target::File { beside, .. } => {
                // it has its name by now, or it goes; if that fails there is no more to say
                let _ = std::fs::remove_file(beside);
            }
        }
    }
}

/// A folder of files, written beside its place and named when it is whole.
pub(crate) struct Folder {
    path: PathBuf,
    beside: PathBuf,
}

/// Tells that a folder was written here, and may be replaced.
const MARK: &str = ".tlevel-report";

impl Folder {
    /// Begins a folder. One that is there is replaced only if it is empty, or
    /// if it was written here.
    pub(crate) fn begin(path: &Path) -> Result<Folder, Stop> {
        let name = path.display();
        if path.exists() && !path.is_dir() {
            return Err(Stop::new(format!("{name}: is a file; give a folder to write")));
        }
        let Some(file_name) = path.file_name() else {
            return Err(Stop::new(format!("{name}: is not a name; give a folder to write")));
        };
        let is_empty = std::fs::read_dir(path).map_or(true, |mut entries| entries.next().is_none());
        if !is_empty && !path.join(MARK).exists() {
            return Err(Stop::new(format!("{name}: holds files of others; give an empty folder, or a new one")));
        }
        let beside = path.with_file_name(format!(".{}.{}.part", file_name.to_string_lossy(), std::process::id()));
        std::fs::create_dir_all(&beside).map_err(|e| unwritable(path, &e))?;
        let folder = Folder { path: path.to_owned(), beside };
        folder.write(MARK, b"")?;
        Ok(folder)
    }

    /// Writes a file of the folder, by its path in it.
    pub(crate) fn write(&self, file: &str, bytes: &[u8]) -> Result<(), Stop> {
        let path = self.beside.join(file);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&path, bytes)).map_err(|e| unwritable(&self.path, &e))
    }

    /// Ends it: the folder takes its name now.
    pub(crate) fn finish(self) -> Result<(), Stop> {
        let gone = if self.path.exists() { std::fs::remove_dir_all(&self.path) } else { Ok(()) };
        gone.and_then(|()| std::fs::rename(&self.beside, &self.path)).map_err(|e| unwritable(&self.path, &e))
    }
}

impl Drop for Folder {
    /// What was begun and not ended is taken away.
    fn drop(&mut self) {
        // it has its name by now, or it goes; if that fails there is no more to say
        let _ = std::fs::remove_dir_all(&self.beside);
    }
}

fn unwritable(path: &Path, e: &std::io::Error) -> Stop {
    let name = path.display();
    Stop::new(format!("{name}: cannot be written: {e}; nothing was changed: choose another place"))
}

/// A result as JSON, indented, with a final newline.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(|e| Stop::new(format!("JSON: {e}")))?;
    text.push('\n');
    Ok(text)
}

/// A list as JSON, an item a line, written part by part.
#[derive(Default)]
pub(crate) struct JsonList {
    begun: bool,
}

impl JsonList {
    /// The lines of some items.
    pub(crate) fn lines<T: serde::Serialize>(items: &[T]) -> Result<String, String> {
        let mut text = Vec::new();
        for (i, item) in items.iter().enumerate() {
            text.extend(if i > 0 { &b",\n"[..] } else { b"" });
            serde_json::to_writer(&mut text, item).map_err(|e| format!("JSON: {e}"))?;
        }
        String::from_utf8(text).map_err(|e| format!("JSON: {e}"))
    }

    pub(crate) fn write(&mut self, lines: &str, sink: &mut Sink) -> Result<(), Stop> {
        sink.write(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"[\n" })?;
        sink.write(lines.as_bytes())
    }

    pub(crate) fn finish(self, sink: &mut Sink) -> Result<(), Stop> {
        sink.write(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
