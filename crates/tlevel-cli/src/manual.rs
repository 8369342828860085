//! `tlevel manual`: the pages that `man` shows.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;

use super::output::Files;
use super::{Arguments, Outcome, Stop};

/// Write the manual: the pages that `man` shows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel manual -o man1
  tlevel manual -o /tmp/tlevel/man1
  tlevel manual > tlevel.1

With -o, it writes a page for the program and one for each command. If the
variable MANPATH names the folder above man1, \"man tlevel-derive\" shows the page
of derive.")]
pub(crate) struct Options {
    /// The folder to write, with a page for each command; without it, the page of
    /// the program on standard output
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::default();
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &options.output else {
        files.output(None)?.write(&page(&man(program))?)?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder)
        .map_err(|e| Stop::new(format!("{}: cannot be created: {e}; choose another place", folder.display())))?;
    let mut pages = Vec::new();
    add_pages(program, &mut pages);
    // check that all can be written before any is
    let outputs = pages.iter().map(|page| files.output(Some(&folder.join(page.get_filename()))));
    let outputs = outputs.collect::<Result<Vec<_>, Stop>>()?;
    for (output, of) in outputs.into_iter().zip(&pages) {
        output.write(&page(of)?)?;
    }
    Ok(Outcome::Done)
}

fn man(command: Command) -> Man {
    Man::new(command).source(concat!("tlevel ", env!("CARGO_PKG_VERSION"))).manual("tlevel")
}

/// The page of a command, and those of the commands below it.
fn add_pages(command: Command, pages: &mut Vec<Man>) {
    let below: Vec<Command> = command.get_subcommands().filter(|below| !below.is_hide_set()).cloned().collect();
    pages.push(man(command));
    below.into_iter().for_each(|below| add_pages(below, pages));
}

/// A page for `man`, with the lines of the examples as they are.
fn page(man: &Man) -> Result<String, Stop> {
    let mut page = Vec::new();
    man.render(&mut page).map_err(|e| Stop::new(format!("the manual cannot be written: {e}")))?;
    let page = String::from_utf8(page).map_err(|e| Stop::new(format!("the manual cannot be written: {e}")))?;
    let Some((before, examples)) = page.split_once(".SH EXTRA\nExamples:\n") else { return Ok(page) };
    let (examples, after) = match examples.find(".SH VERSION\n") {
        Some(at) => examples.split_at(at),
        None => (examples, ""),
    };
    Ok(format!("{before}.SH EXAMPLES\n.nf\n{examples}.fi\n{after}"))
}
