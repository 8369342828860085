//! A report for the panel of a route, and the published response.

use itertools::Itertools as _;

use super::page::page;
use super::responses::{QUESTIONS, in_short};
use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Entry, Mark, Table};
use crate::report::difference_words::name_of;
use tlevel::consult::{PanelDecision, Proposal, ResponseScreening, Screening, ScreeningReport};
use tlevel::map::BranchName;

/// The routes that the proposals of responses concern, in the order of the proposals;
/// empty for other screenings.
pub fn routes_concerned(report: &ScreeningReport) -> Vec<BranchName> {
    let routes = responses(report).map(|responses| responses.proposals.iter().flat_map(|p| &p.routes));
    routes.into_iter().flatten().unique_by(|route| &route.id).cloned().collect()
}

/// Reports to the panel of a route what responses propose for it: a summary, then a page
/// for each proposal. A move between routes is in both reports. `None` if the screening is
/// not of responses, or none concerns the route.
///
/// # Examples
///
/// ```
/// use tlevel::consult::{Consultation, People};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::report;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let desk = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let screened = desk.responses("question,occupation,to\nb,Bricklayer,Caterer\n", People::LeftOut)?;
/// let screened = desk.report(screened);
/// let routes = report::routes_concerned(&screened);
/// assert_eq!(routes.len(), 2, "a move concerns the route that it leaves and the one that it joins");
/// let document = report::panel(&screened, &routes[0].id).expect("concerns it");
/// assert_eq!(document.title, "Consultation responses: Construction");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn panel(report: &ScreeningReport, route: &str) -> Option<Document> {
    let responses = responses(report)?;
    let concerns = |proposal: &&Proposal| proposal.routes.iter().any(|r| r.id == route);
    let of: Vec<&Proposal> = responses.proposals.iter().filter(concerns).collect();
    let name = of.iter().flat_map(|p| &p.routes).find(|r| r.id == route)?.name.clone();
    let mut document = Document::new(format!("Consultation responses: {name}"));
    document.rights.clone_from(&report.map.attribution);
    let many: usize = of.iter().map(|proposal| proposal.responses).sum();
    document.blocks.push(Block::heading(1, "summary", "Summary"));
    document.blocks.push(Block::paragraph(format!(
        "{} {} {} for this route. The facts are those of {}; people judge them. Each proposal has a page; \
         where a page has no room for a fact, the sheet \"Evidence\" of the tracker has it. Respondents are not named.",
        count(many, "response"),
        if many == 1 { "makes" } else { "make" },
        count(of.len(), "proposal"),
        name_of(&report.map)
    )));
    document.blocks.extend(summary(&of));
    for proposal in of {
        document.blocks.push(Block::PageBreak);
        document.blocks.extend(page(proposal));
    }
    document.blocks.push(Block::foot(format!("On {}; policy \"{}\".", name_of(&report.map), report.policy)));
    Some(document)
}

/// A table of proposals for each question.
fn summary(proposals: &[&Proposal]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (question, title) in QUESTIONS {
        let of: Vec<&&Proposal> = proposals.iter().filter(|proposal| proposal.question == question).collect();
        if of.is_empty() {
            continue;
        }
        let columns = [("Proposal", 4), ("Responses", 1), ("Changes", 1), ("What the map says", 5), ("Decision", 2)];
        let columns = columns.map(|(heading, width)| Column::new(heading, width)).into();
        let mut table = Table::new(title, columns);
        table.is_named_above = true;
        for proposal in of {
            let decision = proposal.tracked.as_ref().and_then(|tracked| tracked.decision);
            table.rows.push(vec![
                Cell::from(proposal.title.clone()),
                Cell::count(proposal.responses),
                Cell::count(proposal.size),
                Cell::from(in_short(proposal)),
                Cell::from(decision.map_or("", |decision| decision.name())),
            ]);
        }
        blocks.extend([Block::section(2, title, ""), Block::Table(table)]);
    }
    blocks
}

/// The published response to a consultation: what was heard, in counts by route and
/// question, and what was decided. It holds no response's text, no respondent and not who
/// decided; of a new occupation it holds the title that most gave, and the title and level
/// with which it was agreed. `None` if the screening is not of responses.
pub fn published(report: &ScreeningReport) -> Option<Document> {
    let responses = responses(report)?;
    let mut document = Document::new("Consultation on the occupational maps: what we heard and what we decided");
    document.rights.clone_from(&report.map.attribution);
    document.blocks.push(Block::heading(1, "heard", "What we heard"));
    let screened: usize = responses.proposals.iter().map(|proposal| proposal.responses).sum();
    document.blocks.push(Block::paragraph(format!(
        "{} {} {}. {}",
        count(responses.responses, "response"),
        if responses.responses == 1 { "makes" } else { "make" },
        count(responses.proposals.len(), "different proposal"),
        match responses.responses - screened {
            0 => "All could be read.".to_owned(),
            1 => "One could not be read.".to_owned(),
            n => format!("{n} could not be read."),
        }
    )));
    document.blocks.push(Block::Table(by_route(report, responses)));
    document.blocks.push(Block::heading(1, "decided", "What we decided"));
    let decided = |proposal: &&Proposal| proposal.tracked.as_ref().is_some_and(|t| t.decision.is_some());
    let open = responses.proposals.iter().filter(|proposal| !decided(proposal)).count();
    if open > 0 {
        document.blocks.push(Block::paragraph(format!("{} not decided yet.", are(open))));
    }
    for decision in [PanelDecision::Agreed, PanelDecision::NotAgreed, PanelDecision::Deferred] {
        let of: Vec<Entry> = responses.proposals.iter().filter_map(|proposal| entry(proposal, decision)).collect();
        if of.is_empty() {
            continue;
        }
        let title = match decision {
            PanelDecision::Agreed => "Agreed",
            PanelDecision::NotAgreed => "Not agreed",
            _ => "Deferred",
        };
        document.blocks.push(Block::section(2, title, of.len().to_string()));
        document.blocks.push(Block::entries(of));
    }
    document.blocks.push(Block::foot(format!("On {}.", name_of(&report.map))));
    Some(document)
}

fn are(many: usize) -> String {
    if many == 1 { "One proposal is".to_owned() } else { format!("{many} proposals are") }
}

/// A decided proposal, with the published reason.
fn entry(proposal: &Proposal, decision: PanelDecision) -> Option<Entry> {
    let tracked = proposal.tracked.as_ref().filter(|tracked| tracked.decision == Some(decision))?;
    let head = format!("{} ({})", proposal.title, count(proposal.responses, "response"));
    // who decided may be a person, whom a published text does not name
    let lines = [("on the map as", on_the_map_as(proposal, decision)), ("reason", tracked.reason.clone())];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    let lines = lines.map(|(label, text)| Entry::labelled(label, text)).collect();
    Some(Entry::new(head).marked(Mark::Bullet).with(lines))
}

/// The title and the level with which a new occupation was agreed; empty for others.
fn on_the_map_as(proposal: &Proposal, decision: PanelDecision) -> String {
    match &proposal.corrected {
        Some(as_agreed) if decision == PanelDecision::Agreed && !as_agreed.occupation.is_empty() => {
            let level = as_agreed.level.map(|level| format!(", level {level}")).unwrap_or_default();
            format!("{}{level}", as_agreed.occupation)
        }
        _ => String::new(),
    }
}

/// How many responses and proposals there are for each route and question. A move between
/// routes counts for the one that it leaves.
fn by_route(report: &ScreeningReport, responses: &ResponseScreening) -> Table {
    let headings = ["Route", "(a) responses", "(b) responses", "(c) responses", "Proposals", "Decided"];
    let columns = headings.iter().zip([4, 1, 1, 1, 1, 1]).map(|(heading, width)| Column::new(*heading, width));
    let mut table = Table::new("Responses by route and question", columns.collect());
    let mut row = |name: &str, of: &[&Proposal]| {
        let mut cells = vec![Cell::from(name)];
        for (question, _) in QUESTIONS {
            let asked = of.iter().filter(|proposal| proposal.question == question);
            cells.push(Cell::count(asked.map(|proposal| proposal.responses).sum()));
        }
        let decided = |p: &&&Proposal| p.tracked.as_ref().is_some_and(|tracked| tracked.decision.is_some());
        cells.extend([Cell::count(of.len()), Cell::count(of.iter().filter(decided).count())]);
        table.rows.push(cells);
    };
    for route in routes_concerned(report) {
        let first = |p: &&Proposal| p.routes.first().is_some_and(|first| first.id == route.id);
        let of: Vec<&Proposal> = responses.proposals.iter().filter(first).collect();
        if !of.is_empty() {
            row(&route.name, &of);
        }
    }
    let nowhere: Vec<&Proposal> = responses.proposals.iter().filter(|proposal| proposal.routes.is_empty()).collect();
    if !nowhere.is_empty() {
        row("No route", &nowhere);
    }
    table
}

fn responses(report: &ScreeningReport) -> Option<&ResponseScreening> {
    match &report.screening {
        Screening::Responses(responses) => Some(responses),
        _ => None,
    }
}
