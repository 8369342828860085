//! The tracker of a consultation: a row for each proposal, with what was decided.

use super::screening::Question;
use super::tracked::{PanelDecision, Tracked, TrackedProposal};
use super::{Consultation, ConsultationError, names};
use crate::change::{Change, Changes};
use crate::read::RawOccupation;
use crate::table::{Columns, Row, Table};
use crate::text::name_key;

/// The tracker of a consultation, as read from its workbook: the decisions of earlier
/// runs, kept from run to run.
///
/// # Examples
///
/// ```
/// use tlevel::consult::{PanelDecision, Tracker};
///
/// let tracker = Tracker::from_csv(
///     "key,proposal,decision,decided by,reason,same as\n\
///      a dronesurveyor,New: Drone surveyor,agreed,Route panel,Firms ask for it,\n\
///      a uavsurveyor,New: UAV surveyor,same as,,,a dronesurveyor\n\
///      c hospitality,Open Hospitality,,,,\n",
/// )?;
/// assert_eq!(tracker.proposals().len(), 3);
/// assert_eq!(tracker.proposals()[0].tracked.decision, Some(PanelDecision::Agreed));
/// assert_eq!(tracker.proposals()[1].same_as.as_deref(), Some("a dronesurveyor"));
/// let wrong = Tracker::from_csv("key,decision\na dronesurveyor,perhaps\n").unwrap_err();
/// assert_eq!(
///     wrong.to_string(),
///     "line 2: \"perhaps\" is no decision; choose agreed, not agreed, deferred or same as"
/// );
/// # Ok::<(), tlevel::consult::ConsultationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_field_names, reason = "a tracker tracks proposals")]
pub struct Tracker {
    proposals: Vec<TrackedProposal>,
}

impl Tracker {
    /// The columns of a tracker. `key` is needed; the others may be missing.
    pub const COLUMNS: &'static [Columns] = &[Columns::new("a tracker of a consultation", &["key"])
        .with_optional(&[
            "proposal",
            "occupation",
            "level",
            "place",
            "status",
            "decision",
            "decided by",
            "reason",
            "same as",
        ])
        .with_aliases(&[("note", "reason")])
        .in_every_sheet()];

    /// Reads a tracker from CSV.
    ///
    /// # Errors
    ///
    /// As [`Tracker::from_table`]; and [`ConsultationError::Table`] if it is no table.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the cells.
    pub fn from_csv(csv: &str) -> Result<Tracker, ConsultationError> {
        Tracker::from_table(&Table::read(csv.as_bytes(), Tracker::COLUMNS)?)
    }

    /// Reads a tracker from a table that was read by [`Tracker::COLUMNS`].
    ///
    /// A row without a key is skipped. `same as` names a proposal by its key or title.
    ///
    /// # Errors
    ///
    /// [`ConsultationError::Tracker`], with every row that is wrong: a decision that is
    /// none (`perhaps`), a key in two rows, `same as` that names no other row.
    ///
    /// # Complexity
    ///
    /// `O(n log n)` in the rows.
    pub fn from_table(table: &Table) -> Result<Tracker, ConsultationError> {
        let mut proposals: Vec<TrackedProposal> = Vec::new();
        let mut wrong: Vec<String> = Vec::new();
        let mut at_key = std::collections::BTreeMap::new();
        let mut named: Vec<(usize, String, String)> = Vec::new();
        // rows that are wrong may still be named by others
        let mut faulty: Vec<String> = Vec::new();
        for row in table.rows() {
            let key = row.cell("key").trim();
            if key.is_empty() {
                continue;
            }
            if at_key.insert(key.to_owned(), proposals.len()).is_some() {
                wrong.push(format!("{}: \"{key}\" is in two rows; keep one", row.place("key")));
                continue;
            }
            match of_row(row) {
                Ok((proposal, same_as)) => {
                    named.extend(same_as.map(|same_as| (proposals.len(), same_as, row.place("same as"))));
                    proposals.push(proposal);
                }
                Err(message) => {
                    at_key.remove(key);
                    faulty.extend([name_key(key), name_key(row.cell("proposal"))]);
                    wrong.push(message);
                }
            }
        }
        let letter = |proposal: &TrackedProposal| question_of(&proposal.key).map(|(question, _)| question);
        for (at, same_as, place) in named {
            let wanted = name_key(&same_as);
            let by_title = || proposals.iter().position(|p| name_key(&p.title) == wanted);
            match at_key.get(same_as.trim()).copied().or_else(by_title) {
                Some(other) if other != at && letter(&proposals[other]) == letter(&proposals[at]) => {
                    proposals[at].same_as = Some(proposals[other].key.clone());
                }
                _ if faulty.contains(&wanted) => {}
                _ => wrong.push(format!(
                    "{place}: \"{same_as}\" in \"same as\" is no other proposal on the same question; give its title \
                     or key"
                )),
            }
        }
        if wrong.is_empty() { Ok(Tracker { proposals }) } else { Err(ConsultationError::Tracker(wrong)) }
    }

    /// Its rows.
    pub fn proposals(&self) -> &[TrackedProposal] {
        &self.proposals
    }

    /// The key that a proposal counts under: its own, or that of the one that it is the
    /// same as. A circle ends where it began.
    pub(super) fn key_of<'k>(&'k self, key: &'k str) -> &'k str {
        let mut key = key;
        for _ in 0..self.proposals.len() {
            let row = self.proposals.iter().find(|proposal| proposal.key == key);
            match row.and_then(|row| row.same_as.as_deref()) {
                Some(other) => key = other,
                None => break,
            }
        }
        key
    }
}

/// Words that people write for a decision.
const OTHER_WORDS: [(&str, PanelDecision); 11] = [
    ("agree", PanelDecision::Agreed),
    ("accepted", PanelDecision::Agreed),
    ("approved", PanelDecision::Agreed),
    ("yes", PanelDecision::Agreed),
    ("declined", PanelDecision::NotAgreed),
    ("rejected", PanelDecision::NotAgreed),
    ("refused", PanelDecision::NotAgreed),
    ("no", PanelDecision::NotAgreed),
    ("defer", PanelDecision::Deferred),
    ("postponed", PanelDecision::Deferred),
    ("same", PanelDecision::SameAs),
];

/// A row, and what it is the same as.
fn of_row(row: Row<'_>) -> Result<(TrackedProposal, Option<String>), String> {
    let cell = |column: &str| row.cell(column).trim().to_owned();
    let same_as = Some(cell("same as")).filter(|same_as| !same_as.is_empty());
    let decision = match name_key(row.cell("decision")).as_str() {
        "" => same_as.as_ref().map(|_| PanelDecision::SameAs),
        said => {
            let known = PanelDecision::ALL.into_iter().find(|decision| decision.name() == said);
            let known = known.or_else(|| OTHER_WORDS.iter().find(|(word, _)| *word == said).map(|(_, known)| *known));
            Some(known.ok_or_else(|| {
                format!(
                    "{}: \"{}\" is no decision; choose agreed, not agreed, deferred or same as",
                    row.place("decision"),
                    crate::read::excerpt(row.cell("decision"), 40)
                )
            })?)
        }
    };
    if decision == Some(PanelDecision::SameAs) && same_as.is_none() {
        return Err(format!("{}: name the other proposal in the column \"same as\"", row.place("decision")));
    }
    let level = cell("level");
    let level = if level.is_empty() {
        None
    } else {
        let known = level.parse().ok().filter(|level| (2..=7).contains(level));
        Some(known.ok_or_else(|| format!("{}: the level is a number from 2 to 7", row.place("level")))?)
    };
    let tracked = Tracked { status: cell("status"), decision, decided_by: cell("decided by"), reason: cell("reason") };
    let proposal = TrackedProposal {
        key: cell("key"),
        title: cell("proposal"),
        occupation: cell("occupation"),
        level,
        place: cell("place"),
        same_as: None,
        tracked,
        at: row.place(if row.has("decision") { "decision" } else { "key" }),
    };
    Ok((proposal, same_as))
}

impl<'m> Consultation<'m> {
    /// Returns the changes to the map that were agreed, in the order of the tracker, as
    /// [`apply`](crate::change::apply()) takes them; and notes on what a person still has
    /// to do, such as a mark that is in the policy and not on the map.
    ///
    /// # Errors
    ///
    /// [`ConsultationError::Tracker`], with every agreed row that cannot become a
    /// change: a new occupation without a level or a place, a name that is not on the
    /// map.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::{Consultation, Tracker};
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
    /// let tracker = Tracker::from_csv(
    ///     "key,occupation,level,place,decision\n\
    ///      a dronesurveyor,Drone surveyor,3,design-surveying-technician,agreed\n\
    ///      b LARS287 > caterer,,,caterer,not agreed\n",
    /// )?;
    /// let (changes, notes) = consultation.agreed(&tracker)?;
    /// assert_eq!((changes.changes.len(), changes.changes[0].name(), notes.len()), (1, "add-occupation", 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the rows, each with a search of the map's names.
    pub fn agreed(&self, tracker: &Tracker) -> Result<(Changes, Vec<String>), ConsultationError> {
        let (mut changes, mut notes, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
        let agreed = |row: &&TrackedProposal| row.tracked.decision == Some(PanelDecision::Agreed);
        for row in tracker.proposals().iter().filter(agreed) {
            match self.change(row, changes.len()) {
                Ok((more, note)) => {
                    changes.extend(more);
                    notes.extend(note.map(|note| format!("{}: {note}", row.at)));
                }
                Err(message) => wrong.push(format!("{}: {message}", row.at)),
            }
        }
        if wrong.is_empty() { Ok((Changes::new(changes), notes)) } else { Err(ConsultationError::Tracker(wrong)) }
    }

    fn change(&self, row: &TrackedProposal, many: usize) -> Result<(Vec<Change>, Option<String>), String> {
        let place = || -> Result<String, String> {
            if row.place.is_empty() {
                return Err("give the cluster where it goes in the column \"place\"".to_owned());
            }
            let branch = names::branch(self.map, &row.place, |_| false).map_err(|error| error.to_string())?;
            let cluster = self.map.cluster(branch.id()).map(|cluster| cluster.id().to_owned());
            cluster.ok_or_else(|| format!("\"{}\" is no cluster; name one in the column \"place\"", row.place))
        };
        match question_of(&row.key) {
            Some((Question::A, _)) => {
                let level = row.level.ok_or("give its level in the column \"level\"")?;
                if row.occupation.is_empty() {
                    return Err("give its title in the column \"occupation\"".to_owned());
                }
                let cluster = place()?;
                let is_taken = |id: &str| self.map.occupation(id).is_some();
                let id = crate::text::unused(format!("NEW{}", many + 1), is_taken);
                let occupation = Box::new(RawOccupation::new(id, row.occupation.clone(), level));
                Ok((vec![Change::AddOccupation { cluster, occupation, position: None }], None))
            }
            Some((Question::B, rest)) => {
                let named = rest.split_once(" > ").map_or(rest, |(occupation, _)| occupation);
                let occupation = names::occupation(self.map, named, None).map_err(|error| error.to_string())?;
                let change = Change::MoveOccupation {
                    occupation: occupation.id().to_owned(),
                    cluster: place()?,
                    position: None,
                };
                Ok((vec![change], None))
            }
            Some((Question::C, id)) => {
                let branch = names::branch(self.map, id, |_| false).map_err(|error| error.to_string())?;
                let (changes, is_by_policy) = self.opening(branch);
                let note = is_by_policy
                    .then(|| format!("the policy marks {} too; take that mark out of the policy file", branch.name()));
                Ok((changes, note))
            }
            None => Err(format!("\"{}\" is no key of a proposal", row.key)),
        }
    }
}

/// The question of a key, and the rest of it.
fn question_of(key: &str) -> Option<(Question, &str)> {
    let (letter, rest) = key.split_once(' ')?;
    let question = [Question::A, Question::B, Question::C].into_iter().find(|q| q.letter() == letter)?;
    Some((question, rest))
}
