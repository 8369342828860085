//! Results: to standard output, or to a file that is written whole or not at
//! all.

use std::io::Write as _;
use std::path::Path;

use super::Stop;

/// Writes a result to standard output (no path, or `-`) or to a file.
pub(crate) fn write(path: Option<&Path>, text: &str) -> Result<(), Stop> {
    match path {
        Some(path) if path != Path::new("-") => to_file(path, text),
        _ => to_stdout(text),
    }
}

fn to_stdout(text: &str) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // a reader that has seen enough (`| head`) is no failure
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|e| Stop::new(format!("standard output: cannot be written: {e}"))),
    }
}

/// Writes beside the target first, then takes its name in one step.
fn to_file(path: &Path, text: &str) -> Result<(), Stop> {
    let name = path.display();
    let stop = |e: std::io::Error| {
        Stop::new(format!("{name}: cannot be written: {e}; nothing was changed: choose another place"))
    };
    if path.is_dir() {
        return Err(Stop::new(format!("{name}: is a directory; give a file to write")));
    }
    let Some(file_name) = path.file_name() else {
        return Err(Stop::new(format!("{name}: is not a file name; give a file to write")));
    };
    let beside = path.with_file_name(format!(".{}.{}.part", file_name.to_string_lossy(), std::process::id()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|e| {
        // what was begun is taken away; if that fails too there is no more to say
        let _ = std::fs::remove_file(&beside);
        stop(e)
    })
}

/// A result as JSON, indented, with a final newline.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(|e| Stop::new(format!("JSON: {e}")))?;
    text.push('\n');
    Ok(text)
}
