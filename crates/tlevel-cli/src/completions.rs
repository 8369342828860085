//! `tlevel completions`: what the Tab key completes in a shell.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::output::Files;
use super::{Arguments, Outcome, Stop};

/// Write the tab completions of commands and options for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel completions bash -o tlevel.bash
  tlevel completions zsh -o _tlevel
  tlevel completions fish -o tlevel.fish

Where a shell looks for them:
  bash        ~/.local/share/bash-completion/completions/tlevel
  zsh         _tlevel in a folder of $fpath
  fish        ~/.config/fish/completions/tlevel.fish
  powershell  a line in $PROFILE: . PATH/TO/tlevel.ps1
  elvish      a line in rc.elv: eval (slurp < PATH/TO/tlevel.elv)")]
pub(crate) struct Options {
    /// The shell: bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", value_enum, hide_possible_values = true)]
    shell: Shell,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let output = Files::default().output(options.output.as_deref())?;
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "tlevel", &mut script);
    output.write_bytes(&script)?;
    Ok(Outcome::Done)
}
