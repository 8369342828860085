//! The statement that a row of people's decisions names by its codes.

use super::{Map, Statement};
use crate::text::{DidYouMean, closest, text_hash};

impl Map {
    /// Returns the statement with these codes (of the occupation and its own) if
    /// it still says what people saw, by the hash of that; otherwise why not.
    pub(crate) fn decided_statement(
        &self,
        (occupation, statement): &(String, String),
        seen: Option<&str>,
    ) -> Result<Statement<'_>, String> {
        let Some(o) = self.occupation(occupation) else {
            let close = closest(occupation, self.occupations().map(|o| o.id()));
            return Err(format!("the map has no such occupation{:#}", DidYouMean(close)));
        };
        let Some(found) = o.statements().find(|s| s.id() == statement) else {
            let close = closest(statement, o.statements().map(|s| s.id()));
            return Err(format!("the occupation has no such statement{:#}", DidYouMean(close)));
        };
        if !found.says_something() {
            return Err("the statement says nothing".to_owned());
        }
        match seen {
            Some(seen) if !seen.eq_ignore_ascii_case(&text_hash(found.text())) => {
                Err("the text has changed".to_owned())
            }
            _ => Ok(found),
        }
    }
}
