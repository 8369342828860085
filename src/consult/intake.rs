//! What a screening of responses takes in.

#[cfg(doc)]
use super::Consultation;
use super::people::People;
use super::tracker::Tracker;
use crate::table::Table;

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
}

impl<'t> Intake<'t> {
    /// Takes a table that was read by [`Consultation::RESPONSES`]; respondents are left
    /// out.
    pub fn new(table: &'t Table) -> Self {
        Intake { table, corrected: None, tracker: None, people: People::LeftOut }
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
}
