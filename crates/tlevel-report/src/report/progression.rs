//! Where an occupation leads, and what leads to it.

use tlevel::progression::{Step, StepEnd, StepLink, Steps};

use crate::count::count;
use crate::document::{Block, Document, Entry};

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
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json"))?)?.map;
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
    document
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
