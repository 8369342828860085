//! Several problems of one file as one error.

use std::fmt::Display;

/// Returns what was read if nothing is wrong; one problem as it is, and several
/// as one error.
pub(crate) fn unless<T, E>(wrong: Vec<E>, read: T, several: impl FnOnce(Vec<E>) -> E) -> Result<T, E> {
    match <[E; 1]>::try_from(wrong) {
        Ok([only]) => Err(only),
        Err(none) if none.is_empty() => Ok(read),
        Err(problems) => Err(several(problems)),
    }
}

/// How many problems a message shows.
const SHOWN: usize = 15;

/// The first of some problems, under a title.
pub(crate) fn listed(title: &str, problems: &[impl Display]) -> String {
    let mut lines = vec![title.to_owned()];
    lines.extend(problems.iter().take(SHOWN).map(|problem| format!("  {problem}")));
    if problems.len() > SHOWN {
        lines.push(format!("  and {} more", problems.len() - SHOWN));
    }
    lines.join("\n")
}
