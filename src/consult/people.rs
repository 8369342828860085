//! Personal details of respondents, and where they may appear.

use crate::map::FindError;
use crate::text::DidYouMean;

/// The columns with personal details.
pub(super) const PERSONAL: [&str; 3] = ["respondent", "organisation", "email"];

/// How personal details are handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum People {
    /// They are left out of every result, as far as they are found: see
    /// [`Consultation::responses`](super::Consultation::responses).
    #[default]
    LeftOut,
    /// They are listed with the proposals.
    Named,
}

impl People {
    /// The message about an invalid cell. The cell itself may hold anything,
    /// such as a person's name in the wrong column.
    pub(super) fn told(self, error: &FindError, column: &str) -> String {
        match (self, error) {
            (People::LeftOut, FindError::Unknown { what, hint, .. }) => {
                format!("the column \"{column}\" names no {what} of the map{}", DidYouMean(hint.as_deref()))
            }
            _ => error.to_string(),
        }
    }
}
