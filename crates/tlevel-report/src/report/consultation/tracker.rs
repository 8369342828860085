//! The tracker: a row for each proposal, with columns for what a panel decides.

use itertools::Itertools as _;

use super::page::evidence;
use super::responses::in_short;
use super::words::missing_names;
use crate::document::{Block, Cell, Column, Document, Span, Table};
use crate::report::difference_words::name_of;
use tlevel::consult::{
    PanelDecision, Proposal, ResponseNote, ResponseScreening, Screening, ScreeningReport, Tracked, TrackedProposal,
};

/// The headings of a tracker, each with its width; those that a panel fills in have an
/// instruction.
const COLUMNS: [(&str, u8, Option<&str>); 17] = [
    ("Route", 2, None),
    ("Question", 1, None),
    ("Proposal", 3, None),
    ("Responses", 1, None),
    ("What the map says", 4, None),
    ("Changes", 1, None),
    ("Missing facts", 3, None),
    ("Perhaps the same", 2, None),
    ("Occupation", 2, Some("(a) Its title, as it should be on the map.")),
    ("Level", 1, Some("(a) Its level, 2 to 7.")),
    ("Place", 3, Some("(a), (b) The cluster where it goes: its id or name.")),
    ("Status", 1, Some("How far it is, such as \"with the panel\".")),
    ("Decision", 1, Some("Choose from the list. Leave it empty until there is one.")),
    ("Decided by", 2, Some("Who decided, such as \"Construction route panel, 12 March\".")),
    ("Reason", 4, Some("Why, in words that can be published.")),
    ("Same as", 2, Some("The proposal that it is the same as: its title in this table.")),
    ("Key", 2, None),
];

/// The tracker of a consultation, as a workbook: what to do, what could not be screened,
/// and a sheet with a row for each proposal, which [`Tracker`](tlevel::consult::Tracker)
/// reads back. As CSV it is that sheet. `None` if the screening is not of responses.
///
/// # Examples
///
/// ```
/// use tlevel::consult::{Consultation, People, Tracker};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let desk = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let screened = desk.responses("question,occupation,to\nb,Bricklayer,Caterer\n", People::LeftOut)?;
/// let document = report::tracker(&desk.report(screened)).expect("of responses");
/// let csv = export::csv(&document);
/// assert_eq!(Tracker::from_csv(&csv)?.proposals().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn tracker(report: &ScreeningReport) -> Option<Document> {
    let Screening::Responses(screening) = &report.screening else { return None };
    let mut document = Document::new("Tracker of a consultation");
    document.rights.clone_from(&report.map.attribution);
    let mut push = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            document.blocks.push(Block::section(1, title, ""));
            let entries = lines.into_iter().map(|line| vec![Span::text(line)]).collect();
            document.blocks.push(Block::List { entries });
        }
    };
    push("How to use it", HOW_TO.map(str::to_owned).into());
    let line = |note: &ResponseNote| format!("line {}: {}", note.line, note.message);
    push("Could not be screened", screening.not_screened.iter().map(line).collect());
    push("Notes on how responses were read", screening.notes.iter().map(line).collect());
    document.blocks.push(Block::section(1, "Evidence", ""));
    document.blocks.push(Block::Table(evidence(&screening.proposals)));
    document.blocks.push(Block::foot(format!("On {}; policy \"{}\".", name_of(&report.map), report.policy)));
    document.data = Some(table(screening));
    Some(document)
}

/// The instructions at the start of a tracker.
const HOW_TO: [&str; 6] = [
    "The sheet \"Tracker\" has a row for each proposal. Fill in the yellow columns. The sheet \"Evidence\" has all facts.",
    "Decision: choose from the list. Leave it empty until there is one.",
    "Same as: where two proposals mean the same, the title of the other one. They are one in the next run.",
    "Occupation, level and place: correct them where the panel wants something else; agreed proposals go on the map so.",
    "Give the file to the next run, which keeps all of it: tlevel consult responses MAP FILE --tracker TRACKER",
    "When all is agreed: tlevel consult changes MAP TRACKER -o changes.json",
];

/// The tracker as a table; those of an earlier tracker that no response makes come last.
fn table(screening: &ResponseScreening) -> Table {
    let columns = COLUMNS.iter().map(|(heading, width, fill)| {
        let column = Column::new(*heading, *width);
        match (*heading, fill) {
            ("Key", _) => column.hidden(),
            ("Decision", Some(hint)) => column.to_fill(*hint, PanelDecision::ALL.map(PanelDecision::name)),
            (_, Some(hint)) => column.to_fill(*hint, [""; 0]),
            (_, None) => column,
        }
    });
    let mut table = Table::new("Tracker", columns.collect()).whole(["Responses", "Changes", "Level"]);
    table.rows.extend(screening.proposals.iter().map(row));
    table.rows.extend(screening.not_made.iter().map(kept));
    table
}

fn row(proposal: &Proposal) -> Vec<Cell> {
    let (occupation, level, place) = match &proposal.screening {
        Screening::NewOccupation(new) => {
            let level = new.level.given.map(|level| i64::from(level.number()));
            let place = new.target.as_ref().map(|target| target.cluster.cluster.id.clone());
            (new.title.clone(), level, place.unwrap_or_default())
        }
        Screening::MoveOccupation(moved) => (String::new(), None, moved.target.cluster.cluster.id.clone()),
        _ => (String::new(), None, String::new()),
    };
    // what people wrote in the tracker stays
    let corrected = proposal.corrected.clone().unwrap_or_default();
    let or = |corrected: String, computed: String| if corrected.is_empty() { computed } else { corrected };
    let (occupation, place) = (or(corrected.occupation, occupation), or(corrected.place, place));
    let level = corrected.level.or(level);
    let missing = match &proposal.screening {
        Screening::NewOccupation(new) => missing_names(&new.missing),
        Screening::MoveOccupation(moved) => missing_names(&moved.missing),
        Screening::OpenBranch(open) => missing_names(&open.missing),
        _ => String::new(),
    };
    let mut cells = vec![
        Cell::from(proposal.routes.iter().map(|route| route.name.as_str()).join("; ")),
        Cell::from(proposal.question.letter()),
        Cell::from(proposal.title.clone()),
        Cell::count(proposal.responses),
        Cell::from(in_short(proposal)),
        Cell::count(proposal.size),
        Cell::from(missing),
        Cell::from(proposal.perhaps_same.iter().map(|other| other.title.as_str()).join("; ")),
        Cell::from(occupation),
        level.map_or_else(|| Cell::from(""), Cell::Number),
        Cell::from(place),
    ];
    cells.extend(decided(proposal.tracked.as_ref().unwrap_or(&Tracked::default())));
    cells.extend([Cell::from(""), Cell::from(proposal.key.clone())]);
    cells
}

/// A row of an earlier tracker, as it was.
fn kept(row: &TrackedProposal) -> Vec<Cell> {
    let question = row.key.split(' ').next().unwrap_or_default();
    let mut cells = vec![Cell::from(""), Cell::from(question), Cell::from(row.title.clone()), Cell::count(0)];
    cells.extend(["", "", "", ""].map(Cell::from));
    cells.push(Cell::from(row.occupation.clone()));
    cells.push(row.level.map_or_else(|| Cell::from(""), Cell::Number));
    cells.push(Cell::from(row.place.clone()));
    cells.extend(decided(&row.tracked));
    cells.extend([Cell::from(row.same_as.clone().unwrap_or_default()), Cell::from(row.key.clone())]);
    cells
}

fn decided(tracked: &Tracked) -> [Cell; 4] {
    let decision = tracked.decision.map_or("", |decision| decision.name());
    [&tracked.status, decision, &tracked.decided_by, &tracked.reason].map(|text: &str| Cell::from(text))
}
