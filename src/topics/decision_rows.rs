//! The rows of people's decisions on topics.

use super::decisions::{TopicDecision, TopicDecisions, TopicVerdict};
use super::error::TopicDecisionsError;
use crate::table::{Columns, Row, Table};
use crate::text::{DidYouMean, closest};

const COLUMNS: Columns = Columns::new("a list of decisions on topics", &["decision", "topic"])
    .with_optional(&["occupation", "statement", "into", "cues", "note", "hash"])
    .with_aliases(&[("heading", "into")]);

impl TopicDecisions {
    /// Reads decisions from a CSV text. Rows without a decision are passed over,
    /// so that a half-filled review can be read.
    ///
    /// | Decision | Cells it needs | What it says |
    /// |---|---|---|
    /// | `belongs` | `occupation`, `statement`, `topic` | the statement has this topic, and none that no such row names |
    /// | `not` | `occupation`, `statement`, `topic` | it does not have this topic |
    /// | `rename` | `topic`, `into` | the topic's heading is `into` |
    /// | `merge` | `topic`, `into` | the topic is part of the topic `into` |
    /// | `new` | `into`; `topic` and `cues` if you like | there is a topic with the heading `into`, the id `topic` and these cues, with semicolons between them; `topic` alone is the heading |
    ///
    /// A topic is named by its id or heading, an occupation by its id or title. The column `into` may be called
    /// `heading`. `note` says why. With `hash` (the hash of a ledger of concepts)
    /// a decision is set aside once the text changes.
    ///
    /// # Errors
    ///
    /// [`TopicDecisionsError`], with the line: an unknown decision, a needed cell that
    /// is empty, a cell that the decision has no use for. Whether decisions agree
    /// with each other shows when they are applied.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::TopicDecisions;
    ///
    /// let error = TopicDecisions::from_csv("decision,topic,heading\nrename,planning,\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: rename needs the column \"into\"; fill in the cell, or take the decision out");
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_csv(text: &str) -> Result<TopicDecisions, TopicDecisionsError> {
        TopicDecisions::from_table(&Table::read(text.as_bytes(), TopicDecisions::COLUMNS)?)
    }

    /// The columns of decisions on topics.
    pub const COLUMNS: &'static [Columns] = &[COLUMNS];

    /// [`TopicDecisions::from_csv`] of a table that was read by
    /// [`TopicDecisions::COLUMNS`]: CSV as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// As [`TopicDecisions::from_csv`], with the line, or the sheet and cell.
    pub fn from_table(table: &Table) -> Result<TopicDecisions, TopicDecisionsError> {
        let (mut decisions, mut wrong) = (Vec::new(), Vec::new());
        for row in table.rows() {
            match decision(row) {
                Ok(decision) => decisions.extend(decision),
                Err((column, message)) => wrong.push(TopicDecisionsError::Row { place: row.place(column), message }),
            }
        }
        TopicDecisionsError::unless(wrong, TopicDecisions { decisions })
    }
}

/// The cells that say something to a verdict: those that it needs, and others.
fn cells(verdict: TopicVerdict) -> (&'static [&'static str], &'static [&'static str]) {
    match verdict {
        TopicVerdict::Belongs | TopicVerdict::Not => (&["occupation", "statement", "topic"], &["hash"]),
        TopicVerdict::Rename | TopicVerdict::Merge => (&["topic", "into"], &[]),
        TopicVerdict::New => (&[], &["into", "topic", "cues"]),
    }
}

/// The decision of a row, if it has one; or the column that is wrong, and why.
fn decision(row: Row<'_>) -> Result<Option<TopicDecision>, (&'static str, String)> {
    let word = row.cell("decision").to_lowercase();
    if word.is_empty() {
        return Ok(None);
    }
    let names = TopicVerdict::NAMES.map(|(name, _)| name);
    let Some((name, verdict)) = TopicVerdict::NAMES.into_iter().find(|(name, _)| *name == word) else {
        let hint = DidYouMean(closest(&word, names));
        let found = crate::read::excerpt(row.cell("decision"), 40);
        let known = "belongs, not, rename, merge or new";
        return Err((
            "decision",
            format!("\"{found}\" is no decision{hint:#}; write {known}, or leave the cell empty"),
        ));
    };
    let (needed, used) = cells(verdict);
    if let Some(&column) = needed.iter().find(|column| row.cell(column).is_empty()) {
        let message = format!("{name} needs the column \"{column}\"; fill in the cell, or take the decision out");
        return Err((column, message));
    }
    // a new topic has a heading, and may have an id; one of them alone is the heading
    let (topic, into) = match (verdict, row.cell("topic"), row.cell("into")) {
        (TopicVerdict::New, "", "") => {
            let message = "new needs the heading of the topic in the column \"into\"; fill in the cell, or take the \
                           decision out";
            return Err(("into", message.to_owned()));
        }
        (TopicVerdict::New, heading, "") => ("", heading),
        (_, topic, into) => (topic, into),
    };
    let asides = ["decision", "note"];
    let is_unused = |column: &&str| !needed.contains(column) && !used.contains(column) && !asides.contains(column);
    if let Some((column, _)) = row.cells().find(|(column, cell)| !cell.is_empty() && is_unused(column)) {
        return Err((column, format!("{name} has no use for the column \"{column}\"; empty the cell")));
    }
    let statement = row.get("statement").map(|statement| (row.cell("occupation").to_owned(), statement.to_owned()));
    let cues = row.cell("cues").split(';').map(str::trim).filter(|cue| !cue.is_empty()).map(str::to_owned).collect();
    Ok(Some(TopicDecision {
        line: row.line(),
        verdict,
        statement,
        topic: topic.to_owned(),
        into: into.to_owned(),
        cues,
        hash: row.get("hash").map(str::to_owned),
        note: row.cell("note").to_owned(),
    }))
}
