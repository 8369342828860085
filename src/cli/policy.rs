//! Policies: presets and files.

use std::path::Path;

use tlevel::derive::Policy;
use tlevel::text::closest;

use super::Stop;
use super::input::Input;

/// The policy of that name or in that file.
pub(crate) fn read(name: &str) -> Result<Policy, Stop> {
    match name {
        "t-level" => Ok(Policy::t_level()),
        "panel" => Ok(Policy::panel()),
        file => {
            let path = Path::new(file);
            if !path.exists() && !file.contains(['.', '/', '\\']) {
                let hint =
                    closest(file, ["t-level", "panel"]).map_or_else(String::new, |p| format!("; did you mean {p}?"));
                return Err(Stop::new(format!("--policy {file}: neither a preset (t-level, panel) nor a file{hint}")));
            }
            let input = Input::file(path)?;
            Policy::from_json(input.text()?).map_err(|e| input.stop(e))
        }
    }
}
