//! The built program, as every test of the command line runs it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program, in the folder of the whole project.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tlevel"));
    command.current_dir(crate::ROOT).env_remove("COLUMNS");
    command
}

pub(crate) fn tlevel(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("runs")
}

/// The exit status, standard output and standard error.
pub(crate) fn told(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = tlevel(arguments);
    (status.code(), owned(stdout), owned(stderr))
}

/// Runs it with something on standard input.
pub(crate) fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let bytes = input.to_vec();
    // a program that does not read its input closes it
    let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("ends");
    output
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

pub(crate) fn owned(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

/// An empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A file in a folder that the tests of a command share.
pub(crate) fn file(of: &str, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(of);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), content).expect("a file");
    folder.join(name)
}

pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output.stderr)))
}

/// One message on standard error, nothing on standard output, status 2.
pub(crate) fn stops(output: &Output) -> &str {
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
    assert!(message.starts_with("error: ") && message.lines().count() < 20 && message.len() < 2_000, "{message}");
    message
}
