//! Where an occupation leads, and what leads to it.

use tlevel::progression::{Step, StepEnd, StepLink, Steps};

use super::tables::table;
use crate::count::count;
use crate::document::{Block, Cell, Document, Entry, Table};

/// How many concepts of a step a brief listing shows.
const SHOWN: usize = 5;

/// Reports the steps from and to an occupation: whether the map declares each,
/// how much the two occupations share, and what is lacking, word for word.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, place, progression};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let (concepts, placer) = (Concepts::exact(&map), place::Placer::new(&map));
/// let steps = progression::steps(&map, &concepts, &placer, "LARS82", 3)?;
/// let text = export::terminal(&report::progression(&steps), &Layout::default());
/// assert!(text.contains("  Network engineer (LARS1)") && text.contains("level 4, declared"));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn progression(steps: &Steps) -> Document {
    let level = steps.occupation.level;
    let mut document = Document::report(name(&steps.occupation));
    document.aside = format!("level {level}, {}", level.band());
    document.blocks.push(Block::entries(vec![Entry::labelled("in", &steps.pathway)]));
    if steps.leads_to.is_empty() && steps.comes_from.is_empty() {
        document.blocks.push(Block::paragraph(
            "No steps: the map declares none, and no occupation in another band of its pathway is similar.",
        ));
    }
    for (title, list) in [("Leads to", &steps.leads_to), ("Comes from", &steps.comes_from)] {
        if !list.is_empty() {
            document.blocks.push(Block::section(1, title, count(list.len(), "occupation")));
            let of = |step: &Step| if title == "Leads to" { entry(&step.to, step) } else { entry(&step.from, step) };
            document.blocks.push(Block::entries(list.iter().map(of).collect()));
        }
    }
    document.data = Some(needed(steps));
    document
}

/// A row for each statement that a step needs and its start lacks, and one for a step
/// that needs nothing more. `shared` of `concepts` concepts of the next occupation are
/// there at the start.
fn needed(steps: &Steps) -> Table {
    let columns = [
        ("direction", 1),
        ("from", 1),
        ("from_title", 2),
        ("from_level", 1),
        ("to", 1),
        ("to_title", 2),
        ("to_level", 1),
        ("link", 1),
        ("similarity", 1),
        ("shared", 1),
        ("concepts", 1),
        ("in_options", 1),
        ("concept", 1),
        ("kind", 1),
        ("topic", 2),
        ("statement", 1),
        ("text", 5),
    ];
    let mut table = table("What each step needs", &columns)
        .whole(["from_level", "to_level", "shared", "concepts", "in_options"])
        .decimal(["similarity"]);
    let leads_to = steps.leads_to.iter().map(|step| ("leads to", step));
    for (direction, step) in leads_to.chain(steps.comes_from.iter().map(|step| ("comes from", step))) {
        let end = |end: &StepEnd| -> [Cell; 3] {
            [end.id.as_str().into(), end.title.as_str().into(), Cell::Number(end.level.number().into())]
        };
        let own = || -> Vec<Cell> {
            let link = match step.link {
                StepLink::Declared => "declared",
                StepLink::Inferred => "inferred",
                _ => "asked",
            };
            let similarity = step.similarity.map_or_else(|| Cell::from(""), Cell::decimal);
            let counts = [step.shared, step.shared + step.lacks.len(), step.in_options].map(Cell::count);
            let link = [Cell::from(link), similarity];
            let ends = end(&step.from).into_iter().chain(end(&step.to));
            [Cell::from(direction)].into_iter().chain(ends).chain(link).chain(counts).collect()
        };
        for needed in &step.lacks {
            let topic = needed.topic.as_ref().map_or("", |topic| topic.heading.as_str());
            for statement in &needed.statements {
                let lacking = [&needed.concept, needed.kind.name(), topic, &statement.statement, &statement.text];
                table.rows.push(own().into_iter().chain(lacking.map(Cell::from)).collect());
            }
        }
        if step.lacks.is_empty() {
            table.rows.push(own().into_iter().chain([""; 5].map(Cell::from)).collect());
        }
    }
    table
}

fn name(end: &StepEnd) -> String {
    format!("{} ({})", end.title, end.id)
}

/// A step, under the occupation at its other end.
fn entry(other: &StepEnd, step: &Step) -> Entry {
    let link = match step.link {
        StepLink::Declared => "declared".to_owned(),
        StepLink::Inferred => format!("inferred (similarity {:.2})", step.similarity.unwrap_or(0.0)),
        _ => "not declared".to_owned(),
    };
    let all = step.shared + step.lacks.len();
    let (from, to) = (&step.from.title, &step.to.title);
    let has = match (all, step.has) {
        (0, _) => format!("The map has no statements of {to} to compare with."),
        (_, 0) => format!("The map has no statements of {from}, so all {all} concepts of {to} are listed."),
        _ if step.lacks.is_empty() => format!("{from} has all {} of {to}.", count(all, "concept")),
        _ => format!("{from} has {} of the {} of {to}, and lacks:", step.shared, count(all, "concept")),
    };
    let mut lines = vec![Entry::new(has).with(lacks(step))];
    if step.in_options > 0 {
        let more = count(step.in_options, "more concept");
        lines.push(Entry::new(format!("Its options need {more}, depending on the option.")));
    }
    Entry::new(name(other)).beside(format!("level {}, {link}", other.level)).with(lines)
}

/// What the occupation at the end of a step has and the one before it lacks.
fn lacks(step: &Step) -> Vec<Entry> {
    let most = step.lacks.iter().take(SHOWN).map(|needed| needed.statements.len()).sum();
    let mut entries = Vec::new();
    for needed in &step.lacks {
        let label = needed.label.as_ref().map_or_else(String::new, |label| format!("{label}: "));
        for statement in &needed.statements {
            let (letter, id) = (needed.kind.letter(), &statement.statement);
            // most ids begin with the letter
            let code = if id.starts_with(letter) { id.clone() } else { format!("{letter} {id}") };
            entries.push(Entry::labelled(code, format!("{label}{}", statement.text)));
        }
    }
    let more = step.lacks.len().saturating_sub(SHOWN);
    Entry::first_saying(most, entries, |_| format!("and {more} more (the full listing has them)"))
}
