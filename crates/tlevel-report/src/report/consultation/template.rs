//! An empty file of responses, for people to fill in.

use crate::document::{Block, Column, Document, Span, Table};

/// The columns, each with its width and an instruction.
const COLUMNS: [(&str, u8, &str); 10] = [
    ("Respondent", 2, "Who responds. It appears in no report unless asked for."),
    ("Organisation", 2, "Their organisation. It appears in no report unless asked for."),
    ("Email", 2, "Their address. It appears in no report unless asked for."),
    ("Map", 2, "The route that the response is about, such as Construction."),
    ("Question", 1, "a: an occupation is missing; b: one should move; c: a branch should be opened."),
    ("Occupation", 3, "(a) The title of the missing one; (b) the id or title of the one that should move."),
    ("Level", 1, "(a) Its level, 2 to 7, if it is given."),
    ("From", 3, "(b) Where it is now, if it is given."),
    ("To", 3, "(a) Where it would go; (b) where it should move to; (c) the branch to open."),
    ("Rationale", 5, "The reasons, word for word."),
];

/// An empty file of responses with instructions: a row for each proposal, in the columns
/// that [`Consultation::responses`](tlevel::consult::Consultation::responses) reads.
///
/// # Examples
///
/// ```
/// use tlevel_report::{export, report};
///
/// let csv = export::csv(&report::template());
/// assert!(csv.starts_with("Respondent,Organisation,Email,Map,Question,"));
/// ```
pub fn template() -> Document {
    let mut document = Document::new("Responses to a consultation");
    let lines = [
        "Fill in the sheet \"Responses\": a row for each proposal. Somebody who proposes three things has three rows.",
        "Question: a if an occupation is missing, b if one should move, c if an apprenticeship-only branch should be opened.",
        "Only the question and what it is about are needed. Names are compared without regard to capitals, plurals and hyphens.",
        "The export of an online form with the three questions as columns needs no template: it is read as it is.",
        "Then run: tlevel consult responses MAP FILE -o tracker.xlsx",
    ];
    document.blocks.push(Block::List { entries: lines.map(|line| vec![Span::text(line)]).into() });
    let columns = COLUMNS.iter().map(|(heading, width, hint)| {
        let choices: &[&str] = if *heading == "Question" { &["a", "b", "c"] } else { &[] };
        Column::new(*heading, *width).to_fill(*hint, choices.iter().copied())
    });
    document.blocks.push(Block::Table(Table::new("Responses", columns.collect())));
    document
}
