//! The sheet of one screening.

use super::gaps::of_gaps;
use super::moved::of_move;
use super::new::of_new;
use super::open::of_open;
use crate::report::sheet::Sheet;
use tlevel::consult::Screening;

/// The sheet of a screening of one proposal, or of gaps; empty for many responses.
pub(super) fn of_one(screening: &Screening) -> Sheet<'_> {
    match screening {
        Screening::NewOccupation(new) => of_new(new),
        Screening::MoveOccupation(moved) => of_move(moved),
        Screening::OpenBranch(open) => of_open(open),
        Screening::Gaps(gaps) => of_gaps(gaps),
        // responses hold many, and a kind may be new
        _ => Sheet::default(),
    }
}
