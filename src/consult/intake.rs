//! What a screening of responses takes in.

#[cfg(doc)]
use super::Consultation;
use super::people::People;
use super::tracker::Tracker;
use crate::table::Table;
use crate::text::WordList;

/// Responses, with what is known of them from earlier runs.
///
/// # Examples
///
/// ```
/// use tlevel::consult::{Consultation, Intake, Tracker};
/// use tlevel::table::Table;
/// use tlevel::{concept::Concepts, derive::Policy};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let desk = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let table = Table::read(b"question,occupation\na,Drone surveyor\na,UAV surveyor\n", Consultation::RESPONSES)?;
///
/// let (screening, _) = desk.take_in(&Intake::new(&table), |_, _| {});
/// assert_eq!(screening.proposals.len(), 2);
/// assert_eq!(screening.proposals[0].perhaps_same[0].title, "New: UAV surveyor");
///
/// // a person decides that they are one
/// let tracker = Tracker::from_csv("key,same as\na dronesurveyor,\na uavsurveyor,a dronesurveyor\n")?;
/// let (screening, _) = desk.take_in(&Intake::new(&table).with_tracker(&tracker), |_, _| {});
/// assert_eq!((screening.proposals.len(), screening.proposals[0].responses), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Intake<'t> {
    pub(super) table: &'t Table,
    pub(super) corrected: Option<&'t Table>,
    pub(super) tracker: Option<&'t Tracker>,
    pub(super) people: People,
    pub(super) words: Option<&'t WordList>,
}

impl<'t> Intake<'t> {
    /// Takes a table that was read by [`Consultation::RESPONSES`]; respondents are left
    /// out.
    pub fn new(table: &'t Table) -> Self {
        Intake { table, corrected: None, tracker: None, people: People::LeftOut, words: None }
    }

    /// Adds mended rows of an earlier run. Each replaces the one that its column `row`
    /// names, so nothing is counted twice; one that names no row is a further response.
    #[must_use]
    pub fn with_corrected(self, corrected: &'t Table) -> Self {
        Intake { corrected: Some(corrected), ..self }
    }

    /// Adds the tracker of an earlier run: what was decided stays with each proposal,
    /// and proposals that are the same are one.
    #[must_use]
    pub fn with_tracker(self, tracker: &'t Tracker) -> Self {
        Intake { tracker: Some(tracker), ..self }
    }

    /// Sets how personal details are handled.
    #[must_use]
    pub fn with_people(self, people: People) -> Self {
        Intake { people, ..self }
    }

    /// Sets the words that are spelt right. A title of a new occupation then goes back
    /// if a word of it is in neither the list nor the map and is a slip away from one
    /// that is: with the same first letter, one letter more, fewer, other or swapped
    /// (two from seven letters on). If several words are as near, the only one of the
    /// map is meant, or none. A mended row is taken as it is.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::{Consultation, Intake};
    /// use tlevel::table::Table;
    /// use tlevel::text::WordList;
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let desk = Consultation::new(&map, &concepts, &Policy::t_level())?;
    /// let table = Table::read(b"question,occupation\na,Bycicle technician\n", Consultation::RESPONSES)?;
    ///
    /// let words = WordList::from_lines("bicycle\ntechnician");
    /// let (screening, rejected) = desk.take_in(&Intake::new(&table).with_words(&words), |_, _| {});
    /// assert!(screening.not_screened[0].message.contains("did you mean \"Bicycle technician\"?"));
    ///
    /// // it is right: the row comes back as it is
    /// let mended = Table::read(rejected.as_bytes(), Consultation::RESPONSES)?;
    /// let intake = Intake::new(&table).with_words(&words).with_corrected(&mended);
    /// assert_eq!(desk.take_in(&intake, |_, _| {}).0.proposals[0].title, "New: Bycicle technician");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// About a millisecond for each different word that is misspelt.
    #[must_use]
    pub fn with_words(self, words: &'t WordList) -> Self {
        Intake { words: Some(words), ..self }
    }
}
