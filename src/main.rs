//! The command line of tlevel: one command a file, over the public API alone.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;
use cli::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Check(options) => cli::check::run(options),
        Command::Derive(options) => cli::derive::run(options),
        Command::Harmonise(options) => cli::harmonise::run(options),
        Command::Similar(options) => cli::similar::run(options),
        Command::Suggest(options) => cli::suggest::run(options),
        Command::Progress(options) => cli::progression::run(options),
        Command::Spec(options) => cli::spec::run(options),
        Command::Draw(options) => cli::draw::run(options),
        Command::Report(options) => cli::report::run(options),
        Command::Study(options) => cli::study::run(options),
        Command::Diff(options) => cli::diff::run(options),
        Command::Whatif(options) => cli::whatif::run(options),
        Command::Consult(options) => cli::consult::run(options),
        Command::Convert(options) => cli::convert::run(options),
    };
    cli::exit_code(done)
}
