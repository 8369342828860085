//! Remarks of the readers: facts for `check` to weigh.

use super::cleaning::Cleaning;

/// Something in the source that a reader used, repaired or left out, with its
/// place. Remarks are in [`RawMap::remarks`](super::RawMap::remarks); `check`
/// turns each into a finding, so that nothing is dropped silently.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The kind of remark.
    pub kind: RemarkKind,
    /// The place, as a JSON pointer into the source.
    pub pointer: String,
    /// What was found and what was done about it.
    pub message: String,
    /// What was cleaned, until the remarks of all records are combined.
    pub(super) cleaning: Option<Box<Cleaning>>,
}

/// The kinds of [`Remark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemarkKind {
    /// A null where a record should be.
    NullRecord,
    /// A version of a standard that is not used because another one is in
    /// force.
    OlderVersion,
    /// A draft that follows the version in force, with its changes.
    DraftVersion,
    /// A withdrawn version that is newer than the one used.
    NewerWithdrawn,
    /// Two records of one version that differ.
    SameVersionTwice,
    /// A record given twice.
    RepeatedRecord,
    /// An occupation in two places; one is read.
    SeveralPlaces,
    /// An occupation that both official sources describe.
    BothSources,
    /// A member given twice in one object; the last one counts.
    MemberTwice,
    /// A value of a type that could not be read.
    UnreadableValue,
    /// A member that the format does not know.
    UnknownField,
    /// A list of occupations, clusters or pathways at a tier that does not
    /// allow it: its content is lost.
    Misplaced,
    /// A code given twice inside a record; the second was renamed.
    RepeatedId,
    /// An option that is named but not listed; it was added to the list.
    UnlistedOption,
    /// A prefix such as "Option 0:", which names no option.
    OddOption,
    /// A standard of core and options that lists no option.
    MissingOptions,
    /// A heading among the statements under it.
    HeadingAmongStatements,
    /// Content that looks like statements but that no reader used.
    UnreadStatements,
    /// Texts that were cleaned for display: one remark for the file.
    CleanedText,
    /// A route, pathway or cluster whose name is spelt in two ways.
    SpeltTwoWays,
    /// A name with doubled, odd or stray white space.
    UntidyName,
}

impl Remark {
    /// Returns a remark on the value at a JSON pointer, for readers of other formats.
    pub fn new(kind: RemarkKind, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Remark { kind, pointer: pointer.into(), message: message.into(), cleaning: None }
    }
}
