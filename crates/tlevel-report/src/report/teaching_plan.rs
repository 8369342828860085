//! The plan of first teaching as a document: a picture and two tables.

use crate::document::{Block, Cell, Column, Document, Figure, Table};
use crate::picture::{self, capital, reasons_in_words, summary};
use tlevel::teaching::TeachingPlan;

/// Reports a plan of first teaching, as a picture and as tables: how each pathway
/// is delivered, when its T Level is planned and was first taught, and the plan by
/// year. The data has a row for each pathway.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel::teaching::TeachingPlan;
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let plan = TeachingPlan::of(&map, &Policy::t_level());
/// let page = export::markdown(&report::teaching_plan(&plan));
/// assert!(page.contains("| 2020 | 1 | 3 |"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(p * y)` in the pathways and years.
pub fn teaching_plan(plan: &TeachingPlan) -> Document {
    let mut document = Document::new(match &plan.map {
        Some(title) => format!("T Levels: {title}"),
        None => "T Levels".to_owned(),
    });
    document.blocks = vec![
        Block::paragraph(summary(plan)),
        Block::Figure(Figure::new(
            "Routes, pathways and first teaching",
            "A row for each pathway, a column for each year; the tables below say the same.",
            picture::teaching_plan(plan),
        )),
        Block::heading(1, "pathways", "Routes and pathways"),
        Block::Table(pathways(plan)),
        Block::heading(1, "years", "The plan by year"),
    ];
    document.blocks.push(if plan.has_dates() {
        Block::Table(years(plan))
    } else {
        Block::paragraph("The map has no dates of first teaching.")
    });
    document.data = Some(pathways(plan));
    document
}

fn pathways(plan: &TeachingPlan) -> Table {
    let columns = vec![
        Column::new("Pathway", 4),
        Column::new("Route", 3),
        Column::new("Delivery", 2),
        Column::new("Reasons", 2),
        Column::new("Planned", 2),
        Column::new("First taught", 2),
        Column::new("Last taught", 2),
        Column::new("Wave", 1),
    ];
    let mut table = Table::new("Delivery and first teaching", columns).whole(["Wave"]);
    let or_empty = |date: &Option<String>| date.clone().unwrap_or_default();
    for pathway in &plan.pathways {
        table.rows.push(vec![
            Cell::from(pathway.pathway.name.clone()),
            Cell::from(pathway.route.name.clone()),
            Cell::from(capital(pathway.delivery.name())),
            Cell::from(reasons_in_words(&pathway.reasons)),
            Cell::from(or_empty(&pathway.planned)),
            Cell::from(or_empty(&pathway.actual)),
            Cell::from(or_empty(&pathway.last)),
            number(pathway.wave),
        ]);
    }
    table
}

/// The plan by year.
fn years(plan: &TeachingPlan) -> Table {
    let mut columns = vec![
        Column::new("Year", 1),
        Column::new("Wave", 1),
        Column::new("Planned", 1),
        Column::new("Pathways planned", 4),
        Column::new("First taught", 1),
        Column::new("Pathways first taught", 4),
    ];
    let has_last = plan.years.iter().any(|year| !year.last.is_empty());
    if has_last {
        columns.extend([Column::new("Last taught", 1), Column::new("Pathways last taught", 4)]);
    }
    let mut table = Table::new("First teaching by year", columns);
    for year in &plan.years {
        let count = |ids: &[String]| Cell::Number(i64::try_from(ids.len()).unwrap_or(i64::MAX));
        table.rows.push(vec![
            Cell::from(year.year.clone()),
            number(year.wave),
            count(&year.planned),
            Cell::from(plan.names(&year.planned)),
            count(&year.actual),
            Cell::from(plan.names(&year.actual)),
        ]);
        if let Some(row) = table.rows.last_mut().filter(|_| has_last) {
            row.extend([count(&year.last), Cell::from(plan.names(&year.last))]);
        }
    }
    table
}

fn number(number: Option<usize>) -> Cell {
    number.and_then(|n| i64::try_from(n).ok()).map_or_else(|| Cell::from(""), Cell::Number)
}
