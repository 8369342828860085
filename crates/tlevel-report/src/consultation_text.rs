//! A screening for a terminal.

use super::Layout;
use super::consultation_words::{Part, Sheet, sheet};
use super::difference_text::{cut, most, write_programme};
use super::difference_words::{effect_sections, name_of};
use super::page::{Page, Paint};
use tlevel::consult::ScreeningReport;

/// Lays out a screening for a terminal: the main things, then the facts behind
/// them, then what the map does not tell.
///
/// Of many responses all proposals and all rows that could not be screened are
/// listed, each proposal with what the map tells in short; in full its own
/// screening follows. Other long lists are cut unless the layout is full, and
/// say so. Control characters are not printed.
///
/// # Examples
///
/// ```
/// use tlevel::consult::Consultation;
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let concepts = Concepts::exact(&map);
/// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let report = consultation.report(consultation.open_branch("protective-services")?);
/// let text = write::consultation_text(&report, &write::Layout::default());
/// assert!(text.contains("Apprenticeship-only for barred-under-18, policy."));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn consultation_text(report: &ScreeningReport, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    let sheet = sheet(&report.screening, layout.full);
    write_sheet(&mut page, &sheet, layout.full);
    page.blank();
    page.item("", &format!("On {}; policy \"{}\".", name_of(&report.map), report.policy));
    if !layout.full && !sheet.behind.is_empty() {
        page.item("", "The full listing has the screening of each proposal.");
    }
    page.finish()
}

fn write_sheet(page: &mut Page, sheet: &Sheet<'_>, full: bool) {
    page.heading(Paint::Heading, &sheet.title, &sheet.right);
    for line in &sheet.lead {
        page.item("  ", line);
    }
    for part in &sheet.parts {
        page.blank();
        write_part(page, part, full);
    }
    for behind in sheet.behind.iter().filter(|_| full) {
        page.blank();
        write_sheet(page, behind, full);
    }
}

fn write_part(page: &mut Page, part: &Part<'_>, full: bool) {
    page.heading(Paint::Strong, &format!("  {}", part.title), &part.right);
    for line in &part.lines {
        page.item("    ", line);
    }
    let all = full || part.is_whole;
    for entry in part.entries.iter().take(most(all)) {
        page.item("    - ", &entry.head);
        for (first, text) in entry.lines.iter().take(most(full)) {
            page.painted_item(&format!("      {first} "), Some(Paint::Quiet), text);
        }
        cut(page, "      ", entry.lines.len(), full);
    }
    cut(page, "    ", part.entries.len(), all);
    let Some(effect) = part.effect else { return };
    for line in effect_sections(effect) {
        page.item("    ", &line);
    }
    for programme in &effect.programmes {
        page.blank();
        write_programme(page, programme, full);
    }
}
