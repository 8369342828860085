//! What a panel decided on reading a draft: read from a review, checked row by
//! row. [`decided`](super::decided()) applies them.

use std::collections::BTreeMap;

use crate::concept::{csv_delimiter, csv_line, csv_message};
use crate::text::{closest, name_key};

/// The decisions of a review, in the order of its rows.
///
/// # Examples
///
/// ```
/// use tlevel::derive::{Choice, Decisions};
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
/// # Ok::<(), tlevel::derive::ReviewError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    decisions: Vec<Decision>,
}

/// One decision about one concept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Where it was made: `line 3`, or a sheet and a cell, `'Route core'!F7`.
    pub place: String,
    /// The concept's id.
    pub concept: String,
    /// Where the concept stood when it was reviewed, if the review says so.
    pub tier: Option<Stands>,
    /// What was decided.
    pub choice: Choice,
    /// Why, if people said.
    pub comment: String,
    /// The ids of the pathways for which it was decided; empty for all.
    pub pathways: Vec<String>,
}

/// Where a concept stands in a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stands {
    /// In the route core.
    RouteCore,
    /// In the pathway core.
    PathwayCore,
    /// In a specialism.
    Specialism,
    /// Among the near misses (and in a specialism or the pathway core, too).
    NearMiss,
}

/// What was decided of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Choice {
    /// It stays where it is.
    Keep,
    /// It is to be route core.
    RouteCore,
    /// It is to be pathway core.
    PathwayCore,
    /// It is left to the specialisms of the occupations that have it.
    Specialism,
    /// It leaves the programme.
    Drop,
    /// It says the same as the concept of that id.
    MergeWith(String),
}

impl Stands {
    const ALL: [(&'static str, Stands); 4] = [
        ("route core", Stands::RouteCore),
        ("pathway core", Stands::PathwayCore),
        ("specialism", Stands::Specialism),
        ("near miss", Stands::NearMiss),
    ];

    /// What reviews call it.
    pub fn name(self) -> &'static str {
        match self {
            Stands::RouteCore => "route core",
            Stands::PathwayCore => "pathway core",
            Stands::Specialism => "specialism",
            Stands::NearMiss => "near miss",
        }
    }
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Choice::Keep => f.write_str("keep"),
            Choice::RouteCore => f.write_str("route core"),
            Choice::PathwayCore => f.write_str("pathway core"),
            Choice::Specialism => f.write_str("specialism"),
            Choice::Drop => f.write_str("drop"),
            Choice::MergeWith(other) => write!(f, "merge with {other}"),
        }
    }
}

/// Why a review cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// Not an Excel workbook: any text.
    #[error("not an Excel workbook: {message}; save the review as .xlsx, or as CSV")]
    NotAWorkbook {
        /// What the reader says.
        message: String,
    },
    /// A workbook without columns `concept id` and `decision`.
    #[error(
        "no sheet of the workbook is a review: none has the columns \"concept id\" and \"decision\" in one row{}",
        listed(.sheets)
    )]
    NoReview {
        /// The sheets that it has.
        sheets: Vec<String>,
    },
    /// Not CSV: an open quote, or a row of another length than the header.
    #[error("line {line}: not valid CSV: {message}; correct the row")]
    Csv {
        /// The line.
        line: u64,
        /// What the CSV reader says.
        message: String,
    },
    /// A column is missing: `Decisions::from_csv("number,comment\n")`.
    #[error(
        "line 1: the column \"{column}\" is missing; a review has concept id, decision (and may have number, tier, \
         merge with, comment, pathway)"
    )]
    MissingColumn {
        /// Which.
        column: &'static str,
    },
    /// Not a decision: `maybe`.
    #[error(
        "{place}: \"{found}\" is no decision; write keep, route core, pathway core, specialism, drop or merge with, \
         or leave the cell empty{hint}"
    )]
    UnknownDecision {
        /// Where.
        place: String,
        /// What stands there.
        found: String,
        /// "; did you mean ...?", or nothing.
        hint: String,
    },
    /// Not a tier: `core`.
    #[error("{place}: \"{found}\" is no tier; write route core, pathway core, specialism or near miss{hint}")]
    UnknownTier {
        /// Where.
        place: String,
        /// What stands there.
        found: String,
        /// "; did you mean ...?", or nothing.
        hint: String,
    },
    /// A decision about nothing.
    #[error("{place}: \"{decision}\" is decided, but the row has no concept id; fill it in or take the decision out")]
    NoConcept {
        /// Where.
        place: String,
        /// The decision.
        decision: String,
    },
    /// `merge with`, and nothing to merge with.
    #[error("{place}: the cell \"merge with\" is empty; name an item's number or a concept id, or decide otherwise")]
    MergeWithNothing {
        /// Where.
        place: String,
    },
    /// Something to merge with, and another decision, or none.
    #[error("{place}: names {found} to merge with, but the decision is {decision}; choose \"merge with\", or empty it")]
    NoMerge {
        /// Where.
        place: String,
        /// What it names.
        found: String,
        /// What is decided.
        decision: String,
    },
    /// A number that two items have, and that is to be merged with.
    #[error("{place}: \"{number}\" is the number of more than one item; name the concept id")]
    TwoItems {
        /// Where.
        place: String,
        /// The number.
        number: String,
    },
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("\"{name}\"")).collect();
    match (names.len(), shown.is_empty()) {
        (_, true) => String::new(),
        (1..=5, _) => format!(" (it has {})", shown.join(", ")),
        (n, _) => format!(" (it has {} and {} more)", shown.join(", "), n - 5),
    }
}

impl Decisions {
    /// Reads decisions from a CSV text with the columns `concept id` and
    /// `decision` (`keep`, `route core`, `pathway core`, `specialism`, `drop`,
    /// `merge with`) and, if you like, `number`, `tier`, `merge with` (a number
    /// or a concept id), `comment` and `pathway` (an id: the decision is for
    /// this pathway alone), in any order and beside others. Rows without a
    /// decision are passed over, so that a half-filled review can be read. The
    /// headings stand first, or below a caption, as in a sheet saved as CSV;
    /// cells are parted by commas, semicolons or tabs.
    ///
    /// # Errors
    ///
    /// [`ReviewError`], with the line. Whether the decisions fit the
    /// programmes shows when they are applied.
    pub fn from_csv(text: &str) -> Result<Decisions, ReviewError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = text.lines().find(|line| line.to_lowercase().contains("concept id")).unwrap_or_default();
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(csv_delimiter(header))
            .trim(::csv::Trim::All)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = reader.records().peekable();
        let mut headings = match records.next() {
            Some(first) => first.map_err(|e| csv_error(text, &e))?,
            None => ::csv::StringRecord::new(),
        };
        // a sheet saved as CSV begins with its caption, alone in its row
        let is_caption = headings.iter().skip(1).all(str::is_empty) && Columns::of(&headings).concept.is_none();
        if let Some(Ok(second)) = records.next_if(|next| is_caption && is_headings(next)) {
            headings = second;
        }
        let columns = Columns::of(&headings);
        for (name, column) in [("concept id", columns.concept), ("decision", columns.decision)] {
            if column.is_none() {
                return Err(ReviewError::MissingColumn { column: name });
            }
        }
        let mut rows = Vec::new();
        for record in records {
            let record = record.map_err(|e| csv_error(text, &e))?;
            let line = csv_line(text, record.position());
            if record.len() != headings.len() {
                let message = format!("the row has {} cells, the header {}", record.len(), headings.len());
                return Err(ReviewError::Csv { line, message });
            }
            let line = format!("line {line}");
            let cell = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or_default().to_owned();
            rows.push(columns.row(cell, |_| line.clone()));
        }
        Decisions::from_rows(&rows)
    }

    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// These decisions for those pathways alone, but for those that name
    /// their own.
    #[must_use]
    pub fn within(mut self, pathways: &[String]) -> Decisions {
        for decision in self.decisions.iter_mut().filter(|d| d.pathways.is_empty()) {
            decision.pathways = pathways.to_vec();
        }
        self
    }

    /// Reads the decisions of rows; numbers name items of any of them.
    pub(super) fn from_rows(rows: &[Row]) -> Result<Decisions, ReviewError> {
        // numbers as people write them; none for what two items are called
        let mut numbers: BTreeMap<String, Option<&str>> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.number.is_empty() && !row.concept.is_empty()) {
            let of = numbers.entry(row.number.to_lowercase()).or_insert(Some(&row.concept));
            if *of != Some(&row.concept) {
                *of = None;
            }
        }
        let mut decisions = Vec::new();
        for row in rows {
            decisions.extend(row.decision(&numbers)?);
        }
        Ok(Decisions { decisions })
    }
}

/// A row of a review, with the places of its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    number: String,
    concept: String,
    tier: String,
    decision: String,
    merge_with: String,
    comment: String,
    pathway: String,
    tier_at: String,
    decision_at: String,
    merge_at: String,
}

impl Row {
    fn decision(&self, numbers: &BTreeMap<String, Option<&str>>) -> Result<Option<Decision>, ReviewError> {
        let choices: [(&str, Choice); 6] = [
            ("keep", Choice::Keep),
            ("route core", Choice::RouteCore),
            ("pathway core", Choice::PathwayCore),
            ("specialism", Choice::Specialism),
            ("drop", Choice::Drop),
            ("merge with", Choice::MergeWith(String::new())),
        ];
        let place = self.decision_at.clone();
        let hint = |close: Option<&str>| close.map_or_else(String::new, |c| format!("; did you mean {c}?"));
        let word = name_key(&self.decision);
        let chosen = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| choice.clone());
        let choice = match chosen {
            Some(choice) => choice,
            None if self.decision.is_empty() && self.merge_with.is_empty() => return Ok(None),
            None if self.decision.is_empty() => return Err(self.no_merge("empty")),
            None => {
                let hint = hint(closest(&word, choices.iter().map(|(name, _)| *name)));
                return Err(ReviewError::UnknownDecision { place, found: self.decision.clone(), hint });
            }
        };
        if self.concept.is_empty() {
            return Err(ReviewError::NoConcept { place, decision: self.decision.clone() });
        }
        let choice = match choice {
            Choice::MergeWith(_) if self.merge_with.is_empty() => {
                return Err(ReviewError::MergeWithNothing { place: self.merge_at.clone() });
            }
            Choice::MergeWith(_) => match numbers.get(&self.merge_with.to_lowercase()) {
                Some(Some(concept)) => Choice::MergeWith((*concept).to_owned()),
                Some(None) => {
                    let (place, number) = (self.merge_at.clone(), self.merge_with.clone());
                    return Err(ReviewError::TwoItems { place, number });
                }
                // an id; whether there is such a concept shows on applying
                None => Choice::MergeWith(self.merge_with.clone()),
            },
            choice if self.merge_with.is_empty() => choice,
            choice => return Err(self.no_merge(&format!("\"{choice}\""))),
        };
        let tier = match Stands::ALL.iter().find(|(name, _)| *name == name_key(&self.tier)) {
            Some((_, tier)) => Some(*tier),
            None if self.tier.is_empty() => None,
            None => {
                let hint = hint(closest(&self.tier, Stands::ALL.map(|(name, _)| name)));
                return Err(ReviewError::UnknownTier { place: self.tier_at.clone(), found: self.tier.clone(), hint });
            }
        };
        let pathways = if self.pathway.is_empty() { Vec::new() } else { vec![self.pathway.clone()] };
        let (concept, comment) = (self.concept.clone(), self.comment.clone());
        Ok(Some(Decision { place, concept, tier, choice, comment, pathways }))
    }

    fn no_merge(&self, decision: &str) -> ReviewError {
        let (found, decision) = (self.merge_with.clone(), decision.to_owned());
        ReviewError::NoMerge { place: self.merge_at.clone(), found, decision }
    }
}

/// The columns of a review, by their headings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    pub(super) concept: Option<usize>,
    pub(super) decision: Option<usize>,
    number: Option<usize>,
    tier: Option<usize>,
    merge_with: Option<usize>,
    comment: Option<usize>,
    pathway: Option<usize>,
}

impl Columns {
    pub(super) fn of<'h>(headings: impl IntoIterator<Item = &'h str>) -> Columns {
        let mut columns = Columns::default();
        for (at, heading) in headings.into_iter().enumerate() {
            let column = match heading.trim().to_lowercase().replace('_', " ").as_str() {
                "concept id" | "concept" => &mut columns.concept,
                "decision" => &mut columns.decision,
                "number" => &mut columns.number,
                "tier" => &mut columns.tier,
                "merge with" => &mut columns.merge_with,
                "comment" => &mut columns.comment,
                "pathway" => &mut columns.pathway,
                _ => continue,
            };
            column.get_or_insert(at);
        }
        columns
    }

    pub(super) fn row(&self, cell: impl Fn(Option<usize>) -> String, at: impl Fn(Option<usize>) -> String) -> Row {
        Row {
            number: cell(self.number),
            concept: cell(self.concept),
            tier: cell(self.tier),
            decision: cell(self.decision),
            merge_with: cell(self.merge_with),
            comment: cell(self.comment),
            pathway: cell(self.pathway),
            tier_at: at(self.tier),
            decision_at: at(self.decision),
            merge_at: at(self.merge_with.or(self.decision)),
        }
    }
}

fn is_headings(record: &Result<::csv::StringRecord, ::csv::Error>) -> bool {
    record.as_ref().is_ok_and(|record| Columns::of(record).concept.is_some())
}

fn csv_error(text: &str, error: &::csv::Error) -> ReviewError {
    ReviewError::Csv { line: csv_line(text, error.position()), message: csv_message(error) }
}
