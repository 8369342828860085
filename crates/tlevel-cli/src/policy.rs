//! Policies: presets and files.

use std::path::Path;

use clap::Args;
use tlevel::derive::{Policy, Quorum};
use tlevel::text::closest;

use super::Stop;
use super::input::Input;

const PRESETS: [&str; 2] = ["t-level", "panel"];

/// A policy by its name or its file.
#[derive(Debug, Args)]
pub(crate) struct PolicyName {
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(help_heading = super::WHAT_MAKES_CORE, long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
}

impl PolicyName {
    /// The file that it names; `None` for a preset.
    pub(crate) fn file(&self) -> Option<&Path> {
        file(&self.policy)
    }

    pub(crate) fn read(&self) -> Result<Policy, Stop> {
        read(&self.policy)
    }
}

/// A policy, and shares that replace its own.
#[derive(Debug, Args)]
pub(crate) struct PolicyOptions {
    #[command(flatten)]
    name: PolicyName,
    /// The share of a pathway's occupations that makes core: 1, 0.6, 2/3
    #[arg(help_heading = super::WHAT_MAKES_CORE, long, value_name = "SHARE")]
    quorum: Option<Quorum>,
    /// The share of a route's pathways that makes route core
    #[arg(help_heading = super::WHAT_MAKES_CORE, long, value_name = "SHARE")]
    route_quorum: Option<Quorum>,
}

impl PolicyOptions {
    /// The file that it names; `None` for a preset.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.name.file()
    }

    pub(crate) fn read(&self) -> Result<Policy, Stop> {
        let mut policy = self.name.read()?;
        policy.pathway_quorum = self.quorum.unwrap_or(policy.pathway_quorum);
        policy.route_quorum = self.route_quorum.unwrap_or(policy.route_quorum);
        Ok(policy)
    }
}

/// The file of that name; `None` for a preset.
pub(crate) fn file(name: &str) -> Option<&Path> {
    (!PRESETS.contains(&name)).then(|| Path::new(name))
}

/// The policy of that name or in that file.
pub(crate) fn read(name: &str) -> Result<Policy, Stop> {
    match name {
        "t-level" => Ok(Policy::t_level()),
        "panel" => Ok(Policy::panel()),
        file => {
            let path = Path::new(file);
            if !path.exists() && !file.contains(['.', '/', '\\']) {
                let hint = tlevel::text::DidYouMean(closest(file, PRESETS));
                return Err(Stop::new(format!("--policy {file}: neither a preset (t-level, panel) nor a file{hint}")));
            }
            let input = Input::file(path)?;
            Policy::from_json(input.text()?).map_err(|e| input.stop(e))
        }
    }
}
