//! The options of commands that work out a core: the policy, how statements are joined,
//! and where the result goes.

use std::path::Path;

use clap::Args;
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::map::Map;

use super::format::{Format, Print, PrintOptions};
use super::join::JoinOptions;
use super::policy::PolicyOptions;
use super::run::Run;
use super::{MapArgument, Stop};

/// The policy, how statements are joined, and where the result goes.
#[derive(Debug, Args)]
pub(crate) struct CoreOptions {
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    pub(crate) join: JoinOptions,
    #[command(flatten)]
    pub(crate) print: PrintOptions,
}

impl CoreOptions {
    /// Starts a command on a map; it also reads `files`.
    pub(crate) fn start<'o>(
        &self,
        command: &'static str,
        map: &'o MapArgument,
        files: impl IntoIterator<Item = impl AsRef<Path>>,
    ) -> Run<'o> {
        Run::start(command, map).reads(self.policy.file()).reads(self.join.files()).reads(files)
    }

    /// Where the result is printed, as text unless the options say otherwise.
    pub(crate) fn printer(&self, run: &mut Run<'_>) -> Result<Print, Stop> {
        run.printer(&self.print)
    }

    /// Like [`CoreOptions::printer`], for a command whose usual format is not text.
    pub(crate) fn printer_as(&self, run: &mut Run<'_>, usual: Format, endings: &[&str]) -> Result<Print, Stop> {
        run.printer_as(&self.print, usual, endings)
    }

    /// The policy, with what the options say is shared.
    pub(crate) fn policy(&self) -> Result<Policy, Stop> {
        Ok(self.join.policy(self.policy.read()?))
    }

    /// The concepts of a map.
    pub(crate) fn concepts(&self, run: &mut Run<'_>, map: &Map, policy: &Policy) -> Result<Concepts, Stop> {
        run.concepts(map, &self.join, policy)
    }
}
