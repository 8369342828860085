//! `tlevel workbench`: the page that needs no installation.

use std::path::PathBuf;

use clap::Args;

use super::run::Run;
use super::{Outcome, Stop};

/// Write the workbench: one page for a browser, without installation
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel workbench -o workbench.html
  tlevel workbench -o workbench.html --force

Open the page with a double click. It works offline, and nothing leaves the
computer: it opens standards files and maps, shapes the core of a pathway, takes
decisions and writes specifications, with the same results as this program.
Decisions that it saves are read here: --ledger, --topic-decisions, --decisions.

A file at that place that this command did not write, or that someone has edited
since, is replaced only with --force.")]
pub(crate) struct Options {
    /// The file to write; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Replace a file that this command did not write, or that someone has edited
    #[arg(long)]
    force: bool,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::on("workbench", None, options.stats);
    let output = run.output(Some(&options.output))?;
    let page = page(CARRIED)?;
    if let Some(path) = output.path().filter(|path| !options.force && path.is_file()) {
        // what cannot be read is not replaced either
        let is_own = std::fs::read(path).is_ok_and(|old| is_unedited(&old));
        if !is_own {
            let name = path.display();
            return Err(Stop::new(format!(
                "{name}: someone has edited this file, or this command did not write it; give another name, or --force \
                 to replace it"
            )));
        }
    }
    let is_file = output.path().is_some();
    run.count("bytes", page.len());
    output.write_bytes(&page)?;
    if is_file {
        run.say(&format!("open {} with a double click", options.output.display()));
    }
    Ok(run.finish())
}

/// The page that the program carries, compressed.
#[cfg(has_workbench)]
const CARRIED: Option<&[u8]> = Some(include_bytes!(concat!(env!("OUT_DIR"), "/workbench.deflate")));
#[cfg(not(has_workbench))]
const CARRIED: Option<&[u8]> = None;

/// How the last line of a page begins: the hash of all before it follows.
const MARK: &str = "\n<!-- tlevel workbench ";

/// The page, with a mark by which it is known again.
fn page(carried: Option<&[u8]>) -> Result<Vec<u8>, Stop> {
    let carried = carried.ok_or_else(|| {
        Stop::new(
            "this program was built without the page of the workbench; build the page with `bindings/web/build`, then \
             the program with `cargo build --release -p tlevel-cli`",
        )
    })?;
    let page = miniz_oxide::inflate::decompress_to_vec(carried);
    let mut page = page.map_err(|e| Stop::new(format!("the page of the workbench is damaged: {e}")))?;
    let hash = tlevel::text::fingerprint_bytes(&page);
    page.extend(format!("{MARK}{hash:016x} -->\n").bytes());
    Ok(page)
}

/// Whether a file is a page as some release of this command wrote it.
fn is_unedited(file: &[u8]) -> bool {
    // the mark has a fixed length: a hash of 16 digits and the end of the comment
    let Some(at) = file.len().checked_sub(MARK.len() + 16 + " -->\n".len()) else { return false };
    let (page, mark) = file.split_at(at);
    mark == format!("{MARK}{:016x} -->\n", tlevel::text::fingerprint_bytes(page)).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = b"<!doctype html><title>Workbench</title>";

    #[test]
    fn a_carried_page_is_written_with_a_mark() {
        let compressed = miniz_oxide::deflate::compress_to_vec(PAGE, 9);
        let page = page(Some(&compressed)).unwrap();
        assert!(page.starts_with(PAGE) && page.ends_with(b" -->\n"));
        assert!(is_unedited(&page));
    }

    #[test]
    fn pages_that_someone_edited_are_known() {
        let compressed = miniz_oxide::deflate::compress_to_vec(PAGE, 9);
        let page = page(Some(&compressed)).unwrap();
        let mut edited = page.clone();
        edited[20] ^= 1;
        for other in [&edited[..], &[&page[..], b" "].concat(), PAGE, b"", b"my notes"] {
            assert!(!is_unedited(other), "{:?}", String::from_utf8_lossy(other));
        }
    }

    #[test]
    fn without_a_page_the_message_says_how_to_build_it() {
        let Err(Stop(message)) = page(None) else { panic!("there is none") };
        assert_eq!(
            message,
            "this program was built without the page of the workbench; build the page with `bindings/web/build`, then \
             the program with `cargo build --release -p tlevel-cli`"
        );
        let Err(Stop(message)) = page(Some(b"\xff\xff")) else { panic!("it is damaged") };
        assert!(message.starts_with("the page of the workbench is damaged: "), "{message}");
    }
}
