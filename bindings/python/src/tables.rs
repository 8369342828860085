//! The table of each result.

use tlevel::check::Finding;
use tlevel::harmonise::Report;
use tlevel::map::Map;
use tlevel::study::{Grouping, InternalStudy, Misfit, SweepRow};
use tlevel::topics::TopicMatrix;
use tlevel_report::document::{Cell, CellType, Column, Document};

use crate::arrow::{decimal, flag, maybe_decimal, maybe_number, maybe_text, number, text};
use crate::fault::Fault;
use crate::table::Table;

/// The word of an enumeration, as JSON has it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The occupations of a map.
pub(crate) fn occupations(map: &Map) -> Result<Table, Fault> {
    let all = || map.occupations();
    let statuses: Vec<String> = all().map(|o| word(&o.status())).collect();
    Table::new(vec![
        text("occupation", all().map(|o| o.id())),
        text("title", all().map(|o| o.title())),
        maybe_number("level", all().map(|o| Some(i64::from(o.level())))),
        text("status", statuses.iter().map(String::as_str)),
        text("cluster", all().map(|o| o.cluster().id())),
        text("pathway", all().map(|o| o.pathway().id())),
        text("route", all().map(|o| o.pathway().route().id())),
        number("statements", all().map(|o| o.statements().len())),
    ])
}

/// The statements of a map.
pub(crate) fn statements(map: &Map) -> Result<Table, Fault> {
    let all = || map.statements();
    let kinds: Vec<String> = all().map(|s| s.kind().to_string()).collect();
    Table::new(vec![
        text("occupation", all().map(|s| s.occupation().id())),
        text("statement", all().map(|s| s.id())),
        text("kind", kinds.iter().map(String::as_str)),
        text("text", all().map(|s| s.text())),
    ])
}

/// Findings, one a row.
pub(crate) fn findings(findings: &[Finding]) -> Result<Table, Fault> {
    let all = || findings.iter();
    let severities: Vec<String> = all().map(|f| f.severity.to_string()).collect();
    Table::new(vec![
        text("rule", all().map(|f| f.rule.as_ref())),
        text("severity", severities.iter().map(String::as_str)),
        text("pointer", all().map(|f| f.place.pointer.as_str())),
        maybe_number("line", all().map(|f| f.place.line.map(i64::from))),
        maybe_number("column", all().map(|f| f.place.column.map(i64::from))),
        text("message", all().map(|f| f.message.as_str())),
    ])
}

/// Concepts, a row for each statement.
pub(crate) fn concepts(report: &Report) -> Result<Table, Fault> {
    let all = || report.concepts.iter().flat_map(|c| c.statements.iter().map(move |s| (c, s)));
    let kinds: Vec<String> = all().map(|(c, _)| c.kind.to_string()).collect();
    Table::new(vec![
        text("concept", all().map(|(c, _)| c.id.as_str())),
        text("kind", kinds.iter().map(String::as_str)),
        maybe_text("topic", all().map(|(c, _)| c.topic.as_deref())),
        text("concept_text", all().map(|(c, _)| c.text.as_str())),
        text("occupation", all().map(|(_, s)| s.occupation.as_str())),
        text("statement", all().map(|(_, s)| s.statement.as_str())),
        text("text", all().map(|(_, s)| s.text.as_str())),
        decimal("cohesion", all().map(|(c, _)| c.cohesion)),
    ])
}

/// Which unit has how many statements on which topic.
pub(crate) fn topics(matrix: &TopicMatrix) -> Result<Table, Fault> {
    let all = || {
        let cells = matrix.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        cells.filter_map(|(row, cell)| Some((row, matrix.areas.get(cell.area)?, cell)))
    };
    let natures: Vec<String> = all().map(|(_, area, _)| word(&area.nature)).collect();
    Table::new(vec![
        text("occupation", all().map(|(row, ..)| row.occupation.as_str())),
        maybe_text("option", all().map(|(row, ..)| row.option.as_deref())),
        text("topic", all().map(|(_, area, _)| area.id.as_str())),
        text("heading", all().map(|(_, area, _)| area.heading.as_str())),
        text("nature", natures.iter().map(String::as_str)),
        number("statements", all().map(|(.., cell)| cell.statements)),
        flag("has", all().map(|(.., cell)| cell.has)),
    ])
}

/// The table of a document, with the columns of the command line's CSV. What is empty
/// there is null here.
pub(crate) fn flat(document: &Document) -> Result<Table, Fault> {
    let table = document.flat_table();
    let column = |(place, column): (usize, &Column)| {
        let cells = || table.rows.iter().map(move |row| row.get(place));
        let name = column.heading.as_str();
        match column.cells {
            CellType::Whole => {
                maybe_number(name, cells().map(|cell| if let Some(Cell::Number(n)) = cell { Some(*n) } else { None }))
            }
            CellType::Decimal => maybe_decimal(
                name,
                cells().map(|cell| match cell {
                    Some(Cell::Decimal(n)) => Some(*n),
                    Some(Cell::Number(n)) => Some(*n as f64),
                    _ => None,
                }),
            ),
            _ => {
                let texts: Vec<Option<String>> = cells()
                    .map(|cell| match cell {
                        Some(Cell::Text(text)) if !text.is_empty() => Some(text.clone()),
                        Some(Cell::Number(n)) => Some(n.to_string()),
                        Some(Cell::Decimal(n)) => Some(n.to_string()),
                        _ => None,
                    })
                    .collect();
                maybe_text(name, texts.iter().map(Option::as_deref))
            }
        }
    };
    Table::new(table.columns.iter().enumerate().map(column).collect())
}

/// Measures, one a row.
pub(crate) fn measures(measures: &[(String, f64)]) -> Result<Table, Fault> {
    Table::new(vec![
        text("measure", measures.iter().map(|(measure, _)| measure.as_str())),
        decimal("value", measures.iter().map(|(_, value)| *value)),
    ])
}

/// The quality of clusters, one a row; `names` are those of the labels.
pub(crate) fn qualities(study: &InternalStudy, names: &[String]) -> Result<Table, Fault> {
    let all = || study.clusters.iter();
    Table::new(vec![
        maybe_text("cluster", all().map(|c| names.get(c.label as usize).map(String::as_str))),
        number("points", all().map(|c| c.points)),
        decimal("cohesion", all().map(|c| c.cohesion)),
        decimal("separation", all().map(|c| c.separation)),
        decimal("silhouette", all().map(|c| c.silhouette)),
    ])
}

/// The steps of an agglomerative clustering.
pub(crate) fn merges(grouping: &Grouping) -> Result<Table, Fault> {
    let all = || grouping.merges.iter();
    Table::new(vec![
        number("left", all().map(|m| m.left)),
        number("right", all().map(|m| m.right)),
        decimal("height", all().map(|m| m.height)),
        number("points", all().map(|m| m.points)),
    ])
}

/// The numbers of clusters that were tried.
pub(crate) fn tried(grouping: &Grouping) -> Result<Table, Fault> {
    let all = || grouping.tried.iter();
    Table::new(vec![number("clusters", all().map(|t| t.clusters)), decimal("silhouette", all().map(|t| t.silhouette))])
}

/// Occupations that are nearer to another cluster.
pub(crate) fn misfits(misfits: &[Misfit]) -> Result<Table, Fault> {
    let all = || misfits.iter();
    Table::new(vec![
        text("occupation", all().map(|m| m.occupation.as_str())),
        text("title", all().map(|m| m.title.as_str())),
        text("cluster", all().map(|m| m.cluster.as_str())),
        text("nearer", all().map(|m| m.nearer.as_str())),
        decimal("gain", all().map(|m| m.gain)),
        number("rank", all().map(|m| m.rank)),
        maybe_decimal("stability", all().map(|m| m.stability)),
        flag("alone", all().map(|m| m.alone)),
    ])
}

/// The size of each programme by quorum.
pub(crate) fn sweep(rows: &[SweepRow]) -> Result<Table, Fault> {
    let all = || rows.iter();
    Table::new(vec![
        maybe_decimal("threshold", all().map(|r| r.threshold)),
        decimal("quorum", all().map(|r| r.quorum.as_f64())),
        text("pathway", all().map(|r| r.size.label.as_str())),
        number("counting", all().map(|r| r.size.counting)),
        number("core", all().map(|r| r.size.core)),
        number("topics", all().map(|r| r.size.topics)),
        number("content", all().map(|r| r.size.content)),
        decimal("core_share", all().map(|r| r.size.core_share)),
        number("specialisms", all().map(|r| r.size.specialisms)),
    ])
}
