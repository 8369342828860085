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
#[allow(clippy::struct_field_names, reason = "the decisions of a review are decisions")]
pub struct Decisions {
    decisions: Vec<Decision>,
    remarks: Vec<Remark>,
    bases: Vec<String>,
    /// The numbers of items, by their concepts.
    numbers: BTreeMap<String, String>,
    /// The texts of items, by their concepts.
    texts: BTreeMap<String, String>,
}

/// A comment in a row without a decision, or a text that somebody changed where it
/// decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The place in the review.
    pub place: String,
    /// The id of the concept or topic; empty if the row names none.
    pub concept: String,
    /// Its number in that row; empty if the row has none.
    pub number: String,
    /// Its text in that row; empty if the row has none.
    pub text: String,
    /// The comment, or the changed text.
    pub comment: String,
    /// Whether it is a changed text: only the column `new wording` changes one.
    pub is_edit: bool,
}

/// One decision about one concept or one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The place in the review: `line 3`, or a sheet and a cell,
    /// `'Route core'!F7`.
    pub place: String,
    /// The name of the review where several are one; otherwise empty.
    pub review: String,
    /// The concept's id, or the id or heading of a topic.
    pub concept: String,
    /// Its number in that row; empty if the row has none.
    pub number: String,
    /// Its text in that row; empty if the row has none.
    pub text: String,
    /// Its tier when it was reviewed, if the review records it.
    pub tier: Option<Tier>,
    /// What was decided.
    pub choice: Choice,
    /// The reason, if given.
    pub comment: String,
    /// Another wording, or heading, for the documents that follow; empty if it stays.
    pub wording: String,
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
    .with_optional(&[
        "number",
        "tier",
        "merge with",
        "new wording",
        "comment",
        "pathway",
        "made with",
        "text",
        "text mark",
    ])
    .with_aliases(&[("concept", "concept id"), ("topic id", "concept id")])
    .with_substitutes(&[("topic", "concept id")])
    // a list of decisions on topics, which may stand in the same workbook
    .without_substitutes_beside(&["into"])
    .in_every_sheet();

impl Decisions {
    /// Reads decisions from a CSV text with the columns `concept id` and
    /// `decision` (`keep`, `route core`, `pathway core`, `specialism`, `drop`,
    /// `merge with`). Optional columns are `number`, `tier`, `merge with` (a
    /// number or a concept id), `new wording`, `comment` and `pathway` (an id: the
    /// decision is for this pathway only). A new wording alone keeps the item. A row may name a topic, by its id or heading,
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
        let (decisions, problems) = Decisions::readable(table);
        problems.into_iter().next().map_or(Ok(decisions), Err)
    }

    /// Like [`Decisions::from_table`], with everything that can be read, and the
    /// problem of each row that cannot.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::review::Decisions;
    /// use tlevel::table::Table;
    ///
    /// let saved = b"concept id,decision\nk-law,remove\nk-tax,drop\nk-pay,mend\n";
    /// let (decisions, problems) = Decisions::readable(&Table::read(saved, Decisions::COLUMNS)?);
    /// assert_eq!((decisions.decisions().len(), problems.len()), (1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn readable(table: &Table) -> (Decisions, Vec<ReviewError>) {
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
        let mut read = Decisions::default();
        for (number, concept) in rows.iter().filter_map(|row| Some((row.get("number")?, row.get("concept id")?))) {
            read.numbers.entry(concept.to_owned()).or_insert_with(|| number.to_owned());
        }
        for (text, concept) in rows.iter().filter_map(|row| Some((row.get("text")?, row.get("concept id")?))) {
            read.texts.entry(concept.to_owned()).or_insert_with(|| text.to_owned());
        }
        let mut problems = Vec::new();
        for row in rows {
            let basis = row.get("made with").map(str::to_owned);
            read.bases.extend(basis.filter(|basis| !read.bases.contains(basis)));
            match decision(row, &numbers) {
                Ok(Some(decision)) => read.decisions.push(decision),
                Ok(None) => read.remarks.extend(remark(row)),
                Err(problem) => problems.push(problem),
            }
            read.remarks.extend(edit(row));
        }
        (read, problems)
    }

    /// One review of several people's: their decisions in the order of the reviews,
    /// each place with the name of its review before it. Where they disagree, applying
    /// them reports a conflict; where they agree, they decide once.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::review::Decisions;
    ///
    /// let of = |csv: &str| Decisions::from_csv(csv);
    /// let both = Decisions::of_several([
    ///     ("asha.csv", of("concept id,decision\nk-law,drop\n")?),
    ///     ("ben.csv", of("concept id,decision\nk-law,keep\n")?),
    /// ]);
    /// assert_eq!(both.decisions()[1].place, "ben.csv, line 2");
    /// # Ok::<(), tlevel::review::ReviewError>(())
    /// ```
    pub fn of_several<'n>(reviews: impl IntoIterator<Item = (&'n str, Decisions)>) -> Decisions {
        let mut all = Decisions::default();
        for (name, mut review) in reviews {
            for decision in &mut review.decisions {
                decision.place = format!("{name}, {}", decision.place);
                name.clone_into(&mut decision.review);
            }
            review.remarks.iter_mut().for_each(|remark| remark.place = format!("{name}, {}", remark.place));
            all.decisions.extend(review.decisions);
            review.bases.retain(|basis| !all.bases.contains(basis));
            all.bases.extend(review.bases);
            all.remarks.extend(review.remarks);
            for (concept, number) in review.numbers {
                all.numbers.entry(concept).or_insert(number);
            }
            for (concept, text) in review.texts {
                all.texts.entry(concept).or_insert(text);
            }
        }
        all
    }

    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// What the reviewed drafts were made with ([`Policy::basis`](crate::derive::Policy::basis)),
    /// each once; empty if the reviews do not say.
    pub fn bases(&self) -> &[String] {
        &self.bases
    }

    /// What the review calls a concept or a topic: its number, or else what it is given.
    pub fn name<'n>(&'n self, concept: &'n str) -> &'n str {
        self.numbers.get(concept).map_or(concept, String::as_str)
    }

    /// What the row of a decision calls its concept or topic.
    pub(super) fn name_in<'n>(&'n self, decision: &'n Decision) -> &'n str {
        if decision.number.is_empty() { self.name(&decision.concept) } else { &decision.number }
    }

    /// The text of a concept or a topic in the review; `None` if the review has none.
    pub fn text(&self, concept: &str) -> Option<&str> {
        self.texts.get(concept).map(String::as_str)
    }

    /// A choice, with the item to merge with as the review calls it.
    pub(super) fn in_its_words(&self, choice: &Choice) -> Choice {
        match choice {
            Choice::MergeWith(other) => Choice::MergeWith(self.name(other).to_owned()),
            choice => choice.clone(),
        }
    }

    /// The comments in rows without a decision, and texts that were changed where that
    /// decides nothing.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
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

/// The comment of a row without a decision, if it has one.
fn remark(row: Row<'_>) -> Option<Remark> {
    let comment = row.get("comment")?.to_owned();
    let of_row = |column: &str| row.cell(column).to_owned();
    let (concept, number, text) = (of_row("concept id"), of_row("number"), of_row("text"));
    Some(Remark { place: row.place("comment"), concept, number, text, comment, is_edit: false })
}

/// A text that somebody changed in its own cell, and no new wording.
fn edit(row: Row<'_>) -> Option<Remark> {
    let (text, mark) = (row.get("text")?, row.get("text mark")?);
    let is_edit = !mark.eq_ignore_ascii_case(&text_mark(text)) && row.get("new wording").is_none();
    let of_row = |column: &str| row.cell(column).to_owned();
    let (place, comment) = (row.place("text"), text.to_owned());
    let (concept, number, text) = (of_row("concept id"), of_row("number"), String::new());
    is_edit.then_some(Remark { place, concept, number, text, comment, is_edit })
}

/// The mark of a text in a review, by which [`Decisions`] notices that somebody changed
/// it: whatever its spaces and line ends, as spreadsheets change these.
///
/// # Examples
///
/// ```
/// use tlevel::review::text_mark;
///
/// assert_eq!(text_mark("Health and\r\nsafety law "), text_mark("Health and safety law"));
/// assert_ne!(text_mark("Health and safety law"), text_mark("Health and safety laws"));
/// ```
pub fn text_mark(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!("{:016x}", crate::text::fingerprint_bytes(words.join(" ").as_bytes()))
}

/// The decision in a row of a review, if it has one.
fn decision(row: Row<'_>, numbers: &BTreeMap<String, Option<&str>>) -> Result<Option<Decision>, ReviewError> {
    let place = row.place("decision");
    let merge_at = row.place(if row.has("merge with") { "merge with" } else { "decision" });
    let hint = |close: Option<&str>| crate::text::DidYouMean(close).to_string();
    let (decided, merge_with, wording) = (row.cell("decision"), row.cell("merge with"), row.cell("new wording"));
    let no_merge = |decision: &str| {
        let (place, found, decision) = (merge_at.clone(), merge_with.to_owned(), decision.to_owned());
        ReviewError::NoMerge { place, found, decision }
    };
    let word = name_key(decided);
    let choice = match Choice::EACH.into_iter().find(|choice| choice.word() == word) {
        Some(choice) => choice,
        // who rewords an item keeps it
        None if decided.is_empty() && merge_with.is_empty() && !wording.is_empty() => Choice::Keep,
        None if decided.is_empty() && merge_with.is_empty() => return Ok(None),
        None if decided.is_empty() => return Err(no_merge("empty")),
        None => {
            let hint = hint(closest(&word, Choice::words()));
            return Err(ReviewError::UnknownDecision { place, found: decided.to_owned(), hint });
        }
    };
    let Some(concept) = row.get("concept id") else {
        let decision = if decided.is_empty() { "a new wording" } else { decided };
        return Err(ReviewError::NoConcept { place, decision: decision.to_owned() });
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
    let of_row = |column: &str| row.cell(column).to_owned();
    let (number, text, comment) = (of_row("number"), of_row("text"), of_row("comment"));
    let (concept, wording, review) = (concept.to_owned(), wording.to_owned(), String::new());
    Ok(Some(Decision { place, review, concept, number, text, tier, choice, comment, wording, pathways }))
}
