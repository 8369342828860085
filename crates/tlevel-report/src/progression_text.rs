//! Where an occupation leads and where it is reached from, for a terminal.

use super::Layout;
use super::page::{Page, Paint, count};
use tlevel::progression::{Step, StepEnd, StepLink, Steps};

/// How many concepts of a step are shown where not all are.
const SHOWN: usize = 5;

/// Lays out the steps from an occupation and to it: each with who says so, how
/// much the two share, and what is lacking, word for word.
///
/// Long lists are cut unless the layout is full, and say so.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, place, progression};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let (concepts, placer) = (Concepts::exact(&map), place::Placer::new(&map));
/// let steps = progression::steps(&map, &concepts, &placer, "LARS82", 3)?;
/// let text = write::progression_text(&steps, &write::Layout::default());
/// assert!(text.contains("  Network engineer (LARS1)") && text.contains("level 4, declared"));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn progression_text(steps: &Steps, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    let level = steps.occupation.level;
    page.heading(Paint::Strong, &name(&steps.occupation), &format!("level {level}, {}", level.band()));
    page.painted_item("in ", Some(Paint::Quiet), &steps.pathway);
    if steps.leads_to.is_empty() && steps.comes_from.is_empty() {
        page.blank();
        page.item("", "No step: the map declares none, and no occupation of another band of its pathway is like it.");
    }
    let leads_to = steps.leads_to.iter().map(|step| (&step.to, step));
    let comes_from = steps.comes_from.iter().map(|step| (&step.from, step));
    write_steps(&mut page, "Leads to", &leads_to.collect::<Vec<_>>(), layout.full);
    write_steps(&mut page, "Comes from", &comes_from.collect::<Vec<_>>(), layout.full);
    page.finish()
}

fn name(end: &StepEnd) -> String {
    format!("{} ({})", end.title, end.id)
}

fn write_steps(page: &mut Page, title: &str, steps: &[(&StepEnd, &Step)], full: bool) {
    if steps.is_empty() {
        return;
    }
    page.blank();
    page.heading(Paint::Heading, title, &count(steps.len(), "occupation"));
    for (other, step) in steps {
        let link = match step.link {
            StepLink::Declared => "declared".to_owned(),
            StepLink::Inferred => format!("inferred ({:.2} alike)", step.similarity.unwrap_or(0.0)),
            _ => "not declared".to_owned(),
        };
        page.heading(Paint::Strong, &format!("  {}", name(other)), &format!("level {}, {link}", other.level));
        write_step(page, step, full);
    }
}

fn write_step(page: &mut Page, step: &Step, full: bool) {
    let all = step.shared + step.lacks.len();
    let (from, to) = (&step.from.title, &step.to.title);
    page.item(
        "    ",
        &match (all, step.has) {
            (0, _) => format!("The map has no statements of {to} to compare."),
            (_, 0) => format!("The map has no statements of {from}: all {all} concepts of {to} are listed."),
            _ if step.lacks.is_empty() => format!("{from} has all {} of {to}.", count(all, "concept")),
            _ => format!("{from} has {} of the {} of {to}, and lacks:", step.shared, count(all, "concept")),
        },
    );
    let most = if full { usize::MAX } else { SHOWN };
    for needed in step.lacks.iter().take(most) {
        let label = needed.label.as_ref().map_or_else(String::new, |label| format!("{label}: "));
        for statement in &needed.statements {
            let (letter, id) = (needed.kind.letter(), &statement.statement);
            // most ids begin with the letter
            let first = if id.starts_with(letter) { format!("      {id} ") } else { format!("      {letter} {id} ") };
            page.painted_item(&first, Some(Paint::Quiet), &format!("{label}{}", statement.text));
        }
    }
    if step.lacks.len() > most {
        page.item("      ", &format!("and {} more (the full listing has them)", step.lacks.len() - most));
    }
    if step.in_options > 0 {
        page.item("    ", &format!("Its options need {} more, by the option.", count(step.in_options, "concept")));
    }
}
