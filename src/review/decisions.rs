//! The decisions of a panel on a draft, read from a review and checked row by
//! row. [`apply_decisions`](super::apply_decisions()) applies them.

use std::collections::BTreeMap;

use crate::derive::Tier;
use crate::table::{self, Columns, Row, Table};
use crate::text::{closest, name_key};

/// The decisions of a review, in the order of its rows.
///
/// # Examples
///
/// ```
/// use tlevel::review::{Choice, Decisions};
///
/// let decisions = Decisions::from_csv(
///     "number,concept id,tier,decision,merge with,comment\n\
///      K1,k-data-protection,route core,keep,,\n\
///      K2,k-ethics,route core,pathway core,,not in health\n\
///      K3,k-quality,pathway core,merge with,K2,\n\
///      K4,k-teamwork,pathway core,,,not decided yet\n",
/// )?;
/// assert_eq!(decisions.decisions().len(), 3);
/// assert_eq!(decisions.decisions()[1].choice, Choice::PathwayCore);
/// assert_eq!(decisions.decisions()[2].choice, Choice::MergeWith("k-ethics".to_owned()));
/// # Ok::<(), tlevel::review::ReviewError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    decisions: Vec<Decision>,
}

/// One decision about one concept or one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The place in the review: `line 3`, or a sheet and a cell,
    /// `'Route core'!F7`.
    pub place: String,
    /// The concept's id, or the id or heading of a topic.
    pub concept: String,
    /// Its tier when it was reviewed, if the review records it.
    pub tier: Option<Tier>,
    /// What was decided.
    pub choice: Choice,
    /// The reason, if given.
    pub comment: String,
    /// The ids of the pathways for which it was decided; empty for all.
    pub pathways: Vec<String>,
}

impl Decision {
    /// Whether the decision applies to that pathway.
    pub(super) fn covers(&self, pathway: &str) -> bool {
        self.pathways.is_empty() || self.pathways.iter().any(|p| p == pathway)
    }
}

/// A decision on a concept or a topic.
///
/// # Examples
///
/// ```
/// use tlevel::review::Choice;
///
/// assert_eq!(Choice::words(), ["keep", "route core", "pathway core", "specialism", "drop", "merge with"]);
/// assert_eq!(Choice::MergeWith("k-law".to_owned()).to_string(), "merge with k-law");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Choice {
    /// It stays where it is.
    Keep,
    /// It becomes route core.
    RouteCore,
    /// It becomes pathway core.
    PathwayCore,
    /// It goes to the specialisms of the occupations that have it.
    Specialism,
    /// It leaves the programme.
    Drop,
    /// It says the same as the concept with that id.
    MergeWith(String),
}

impl Choice {
    /// One of each choice, in the order in which reviews offer them.
    const EACH: [Choice; 6] = [
        Choice::Keep,
        Choice::RouteCore,
        Choice::PathwayCore,
        Choice::Specialism,
        Choice::Drop,
        Choice::MergeWith(String::new()),
    ];

    /// The words allowed in the column `decision` of a review.
    pub fn words() -> [&'static str; 6] {
        Choice::EACH.map(|choice| choice.word())
    }

    /// The word for the choice in a review.
    pub fn word(&self) -> &'static str {
        match self {
            Choice::Keep => "keep",
            Choice::RouteCore => Tier::Route.name(),
            Choice::PathwayCore => Tier::Pathway.name(),
            Choice::Specialism => Tier::Specialism.name(),
            Choice::Drop => "drop",
            Choice::MergeWith(_) => "merge with",
        }
    }
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Choice::MergeWith(other) => write!(f, "{} {other}", self.word()),
            _ => f.write_str(self.word()),
        }
    }
}

/// Why a review cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// No table with the columns `concept id` and `decision`:
    /// `Decisions::from_csv("number,comment\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// Not a decision: `maybe`.
    #[error(
        "{place}: \"{found}\" is no decision; write {}, or leave the cell empty{hint}", one_of(&Choice::words())
    )]
    UnknownDecision {
        /// Where.
        place: String,
        /// What the cell holds.
        found: String,
        /// `: did you mean "..."?`, or nothing.
        hint: String,
    },
    /// Not a tier: `core`.
    #[error("{place}: \"{found}\" is no tier; write {}{hint}", one_of(&Tier::ALL.map(Tier::name)))]
    UnknownTier {
        /// The place in the review.
        place: String,
        /// What the cell holds.
        found: String,
        /// `: did you mean "..."?`, or nothing.
        hint: String,
    },
    /// A decision that names no concept and no topic.
    #[error("{place}: \"{decision}\" is decided, but the row has no concept id; fill it in or remove the decision")]
    NoConcept {
        /// The place in the review.
        place: String,
        /// The decision.
        decision: String,
    },
    /// `merge with` without anything to merge with.
    #[error("{place}: the cell \"merge with\" is empty; name an item's number or a concept id, or decide otherwise")]
    MergeWithNothing {
        /// The place in the review.
        place: String,
    },
    /// Something to merge with, but another decision or none.
    #[error("{place}: names {found} to merge with, but the decision is {decision}; choose \"merge with\", or empty it")]
    NoMerge {
        /// The place in the review.
        place: String,
        /// The concept or number to merge with.
        found: String,
        /// The decision.
        decision: String,
    },
    /// A number to merge with that two items have.
    #[error("{place}: \"{number}\" is the number of more than one item; name the concept id")]
    TwoItems {
        /// The place in the review.
        place: String,
        /// The number.
        number: String,
    },
}

/// Words to choose from, as a list in a sentence.
fn one_of(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// The columns of a review. Its sheets have more columns, for reading. Sheets
/// without decisions only supply the numbers of their items.
const COLUMNS: Columns = Columns::new("a review", &["concept id"])
    .needing_somewhere(&["decision"])
    .with_optional(&["number", "tier", "merge with", "comment", "pathway"])
    .with_aliases(&[("concept", "concept id"), ("topic id", "concept id")])
    .with_substitutes(&[("topic", "concept id")])
    .in_every_sheet();

impl Decisions {
    /// Reads decisions from a CSV text with the columns `concept id` and
    /// `decision` (`keep`, `route core`, `pathway core`, `specialism`, `drop`,
    /// `merge with`). Optional columns are `number`, `tier`, `merge with` (a
    /// number or a concept id), `comment` and `pathway` (an id: the decision is
    /// for this pathway only). A row may name a topic, by its id or heading,
    /// instead of a concept; the column may then be called `topic`. Columns may
    /// come in any order, and others are ignored. Rows without a decision are skipped, so that a half-filled
    /// review can be read. The header is the first row, or follows a caption as
    /// in a sheet saved as CSV. Cells are separated by commas, semicolons or
    /// tabs.
    ///
    /// # Errors
    ///
    /// [`ReviewError`], with the line. Whether the decisions fit the programmes
    /// is checked when they are applied.
    pub fn from_csv(text: &str) -> Result<Decisions, ReviewError> {
        Decisions::from_table(&Table::read(text.as_bytes(), Decisions::COLUMNS)?)
    }

    /// The columns of a review.
    pub const COLUMNS: &'static [Columns] = &[COLUMNS];

    /// Like [`Decisions::from_csv`], for a table that was read by
    /// [`Decisions::COLUMNS`]: CSV as spreadsheets save it, or the workbook of
    /// a specification, of which every sheet with a column `concept id` is
    /// read.
    ///
    /// # Errors
    ///
    /// [`ReviewError`], with the line, or the sheet and cell.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::review::Decisions;
    /// use tlevel::table::Table;
    ///
    /// let saved = b"concept id;decision\r\nk-law;drop\r\n";
    /// let decisions = Decisions::from_table(&Table::read(saved, Decisions::COLUMNS)?)?;
    /// assert_eq!(decisions.decisions()[0].place, "line 2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_table(table: &Table) -> Result<Decisions, ReviewError> {
        let rows: Vec<Row<'_>> = table.rows().collect();
        // numbers as people write them; `None` for a number that two items have
        let mut numbers: BTreeMap<String, Option<&str>> = BTreeMap::new();
        for row in &rows {
            if let (Some(number), Some(concept)) = (row.get("number"), row.get("concept id")) {
                let of = numbers.entry(number.to_lowercase()).or_insert(Some(concept));
                if *of != Some(concept) {
                    *of = None;
                }
            }
        }
        let mut decisions = Vec::new();
        for row in rows {
            decisions.extend(decision(row, &numbers)?);
        }
        Ok(Decisions { decisions })
    }

    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Returns the decisions restricted to those pathways, except for decisions
    /// that name their own.
    #[must_use]
    pub fn within(mut self, pathways: &[String]) -> Decisions {
        for decision in self.decisions.iter_mut().filter(|d| d.pathways.is_empty()) {
            decision.pathways = pathways.to_vec();
        }
        self
    }
}

/// The decision in a row of a review, if it has one.
fn decision(row: Row<'_>, numbers: &BTreeMap<String, Option<&str>>) -> Result<Option<Decision>, ReviewError> {
    let place = row.place("decision");
    let merge_at = row.place(if row.has("merge with") { "merge with" } else { "decision" });
    let hint = |close: Option<&str>| crate::text::DidYouMean(close).to_string();
    let (decided, merge_with) = (row.cell("decision"), row.cell("merge with"));
    let no_merge = |decision: &str| {
        let (place, found, decision) = (merge_at.clone(), merge_with.to_owned(), decision.to_owned());
        ReviewError::NoMerge { place, found, decision }
    };
    let word = name_key(decided);
    let choice = match Choice::EACH.into_iter().find(|choice| choice.word() == word) {
        Some(choice) => choice,
        None if decided.is_empty() && merge_with.is_empty() => return Ok(None),
        None if decided.is_empty() => return Err(no_merge("empty")),
        None => {
            let hint = hint(closest(&word, Choice::words()));
            return Err(ReviewError::UnknownDecision { place, found: decided.to_owned(), hint });
        }
    };
    let Some(concept) = row.get("concept id") else {
        return Err(ReviewError::NoConcept { place, decision: decided.to_owned() });
    };
    let choice = match choice {
        Choice::MergeWith(_) if merge_with.is_empty() => {
            return Err(ReviewError::MergeWithNothing { place: merge_at });
        }
        Choice::MergeWith(_) => match numbers.get(&merge_with.to_lowercase()) {
            Some(Some(concept)) => Choice::MergeWith((*concept).to_owned()),
            Some(None) => return Err(ReviewError::TwoItems { place: merge_at, number: merge_with.to_owned() }),
            // an id; whether there is such a concept is checked when the decision is applied
            None => Choice::MergeWith(merge_with.to_owned()),
        },
        choice if merge_with.is_empty() => choice,
        choice => return Err(no_merge(&format!("\"{choice}\""))),
    };
    let given = row.cell("tier");
    let tier = match Tier::ALL.into_iter().find(|tier| tier.name() == name_key(given)) {
        Some(tier) => Some(tier),
        None if given.is_empty() => None,
        None => {
            let hint = hint(closest(given, Tier::ALL.map(Tier::name)));
            return Err(ReviewError::UnknownTier { place: row.place("tier"), found: given.to_owned(), hint });
        }
    };
    let pathways = row.get("pathway").map(str::to_owned).into_iter().collect();
    let (concept, comment) = (concept.to_owned(), row.cell("comment").to_owned());
    Ok(Some(Decision { place, concept, tier, choice, comment, pathways }))
}
