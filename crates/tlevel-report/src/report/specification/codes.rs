//! The codes of a draft: those of an earlier one, and new ones.

use super::Draft;
use tlevel::derive::{Codes, Specification, Stem, ToCode};

/// A code, and its place in the list of codes.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) code: String,
    pub(super) place: usize,
}

/// Gives codes to what a draft prints.
pub(super) enum Coder<'c> {
    /// Lists what needs codes.
    Listing(Vec<ToCode>),
    /// Gives those of a list, one after the other, beginning with this.
    Given(&'c Codes, usize),
}

/// Returns the specification with the codes of its draft: those of `earlier` for what
/// is still there, and numbers that were never used for what is new. Without an earlier
/// draft everything is numbered in the order of printing.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, Specification};
/// use tlevel_report::report;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("../../fixtures/maps/england-concepts.csv")?)?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let onsite = Specification::of(&map, &concepts, &derivation, "construction/onsite-construction").unwrap();
/// let first = report::numbered(onsite.clone(), None);
/// let second = report::numbered(onsite, first.codes.as_ref());
/// assert_eq!(second.codes.unwrap().draft(), 2);
/// assert!(second.changes.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the items of the draft and of the earlier one.
pub fn numbered(specification: Specification, earlier: Option<&Codes>) -> Specification {
    let codes = Codes::next(earlier, to_code(&specification));
    specification.with_codes(codes, earlier)
}

/// The codes of a specification: its own, or those of a first draft.
pub(super) fn of(specification: &Specification) -> Codes {
    specification.codes.clone().unwrap_or_else(|| Codes::next(None, to_code(specification)))
}

/// What a draft prints with codes, in its order.
fn to_code(specification: &Specification) -> Vec<ToCode> {
    let mut draft = Draft::new(specification, Coder::Listing(Vec::new()));
    draft.core();
    draft.specialisms();
    draft.near_misses();
    match draft.coder {
        Coder::Listing(list) => list,
        Coder::Given(..) => Vec::new(),
    }
}

impl Draft<'_> {
    /// The code of the next thing with one.
    pub(super) fn code(&mut self, item: ToCode) -> Placed {
        match &mut self.coder {
            Coder::Listing(list) => {
                list.push(item);
                Placed { code: list.len().to_string(), place: list.len() - 1 }
            }
            Coder::Given(codes, next) => {
                let place = *next;
                *next += 1;
                // codes for another programme: the id says at least what is meant
                let code = codes.codes().get(place).filter(|code| code.ids == item.ids);
                let code = code.map(|code| code.code.clone());
                Placed { code: code.unwrap_or_else(|| item.ids.concat()), place }
            }
        }
    }
}

/// A code under another.
pub(super) fn under(place: usize, after: &'static str) -> Stem {
    Stem::Within { place, before: "", after }
}
