//! A difference for a terminal: what changed, and what that does to the
//! programmes.

use super::Layout;
use super::difference_words::{
    Section, branch_fate, effect_sections, in_short, in_specialism, map_sections, names, summary, why,
};
use super::page::{Page, Paint, count};
use tlevel::change::{Difference, Fate, ItemEffect, ProgrammeEffect, SpecialismEffect};

/// How many entries of a list are shown where not all are.
const SHOWN: usize = 12;

/// Lays out a difference for a terminal: a summary, what changed, and what that
/// does to the programmes.
///
/// Long lists are cut unless the layout is full, and say so; more than six
/// programmes have a line each. Control
/// characters of the maps' texts are not printed.
///
/// # Examples
///
/// ```
/// use tlevel::change::{Changes, apply, diff_with_effects};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let old = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let new = apply(&old, &Changes::from_csv("change,occupation,level\nre-level,LARS287,3\n")?)?;
/// let new = tlevel::check(new)?.map;
/// let (before, after, policy) = (Concepts::exact(&old), Concepts::exact(&new), Policy::t_level());
/// let difference = diff_with_effects((&old, &before), (&new, &after), &policy, &policy)?;
/// let text = write::difference_text(&difference, &write::Layout::default());
/// assert!(text.contains("Bricklayer (LARS287): level 2 to 3"));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn difference_text(difference: &Difference, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    page.heading(Paint::Heading, "Summary", "");
    let [old, new] = names(difference);
    page.item("  Old: ", &old);
    page.item("  New: ", &new);
    for sentence in summary(difference) {
        page.item("  ", &sentence);
    }
    page.blank();
    page.heading(Paint::Heading, "What changed", "");
    let sections = map_sections(&difference.changes, layout.full);
    if sections.is_empty() {
        page.item("  ", "Nothing that this program compares differs between the two maps.");
    }
    for (i, section) in sections.iter().enumerate() {
        if i > 0 {
            page.blank();
        }
        write_section(&mut page, section, layout.full);
    }
    page.blank();
    page.heading(Paint::Heading, "What it does to the programmes", "");
    for line in effect_sections(&difference.effect) {
        page.item("  ", &line);
    }
    write_programmes(&mut page, &difference.effect.programmes, layout.full);
    page.finish()
}

/// More programmes than this are shown in a line each, if not in full.
const IN_DETAIL: usize = 6;

fn write_programmes(page: &mut Page, programmes: &[ProgrammeEffect], full: bool) {
    if programmes.is_empty() {
        page.item("  ", "No programme changes.");
    }
    if full || programmes.len() <= IN_DETAIL {
        for programme in programmes {
            page.blank();
            write_programme(page, programme, full);
        }
        return;
    }
    let name = |p: &ProgrammeEffect| format!("{} > {}", p.route.name, p.pathway.name);
    let is_gone = |p: &&ProgrammeEffect| p.fate == Fate::Disappears && p.reason.as_deref() == Some("not-on-the-map");
    for programme in programmes.iter().filter(|p| !is_gone(p)) {
        let fate = branch_fate(programme).map_or_else(String::new, |fate| format!(" {fate}"));
        page.item("  - ", &format!("{} {}: {}.{fate}", name(programme), fate_of(programme), in_short(programme)));
    }
    let gone: Vec<&ProgrammeEffect> = programmes.iter().filter(is_gone).collect();
    if !gone.is_empty() {
        let shown: Vec<String> = gone.iter().take(SHOWN).map(|p| name(p)).collect();
        let more = gone.len().saturating_sub(SHOWN);
        let more = if more == 0 { String::new() } else { format!("; and {more} more") };
        let what = if gone.len() == 1 { "programme disappears" } else { "programmes disappear" };
        let text =
            format!("{} {what} with the pathway, which is not on the new map: {}{more}.", gone.len(), shown.join("; "));
        page.item("  - ", &text);
    }
    page.item("  ", "The full listing shows what each programme gains and loses, and why.");
}

fn fate_of(programme: &ProgrammeEffect) -> &'static str {
    match programme.fate {
        Fate::Appears => "appears",
        Fate::Changes => "changes",
        Fate::Disappears => "disappears",
    }
}

pub(super) fn most(full: bool) -> usize {
    if full { usize::MAX } else { SHOWN }
}

pub(super) fn cut(page: &mut Page, indent: &str, n: usize, full: bool) {
    if n > most(full) {
        page.item(indent, &format!("and {} more (the full listing has them)", n - most(full)));
    }
}

fn write_section(page: &mut Page, section: &Section, full: bool) {
    page.heading(Paint::Strong, &format!("  {}", section.title), &section.count.to_string());
    for entry in section.entries.iter().take(most(full)) {
        page.item("    - ", &entry.head);
        for (first, text) in &entry.lines {
            page.painted_item(&format!("      {first} "), Some(Paint::Quiet), text);
        }
    }
    cut(page, "    ", section.entries.len(), full);
}

pub(super) fn write_programme(page: &mut Page, programme: &ProgrammeEffect, full: bool) {
    let name = format!("{} > {}", programme.route.name, programme.pathway.name);
    page.heading(Paint::Strong, &format!("  {name}"), fate_of(programme));
    if let Some(fate) = branch_fate(programme) {
        page.item("    ", &fate);
    }
    for (title, occupations) in
        [("Newly counts: ", &programme.counting_gained), ("Counts no more: ", &programme.counting_lost)]
    {
        for occupation in occupations {
            page.painted_item(
                &format!("    {title}"),
                Some(Paint::Quiet),
                &format!("{} ({})", occupation.title, occupation.id),
            );
        }
    }
    for (core, tier) in [("Route core", &programme.route_core), ("Pathway core", &programme.pathway_core)] {
        write_items(page, &format!("    {core} gains"), "      + ", &tier.gained, full);
        write_items(page, &format!("    {core} loses"), "      - ", &tier.lost, full);
    }
    write_specialisms(page, "    New specialisms", &programme.specialisms_gained, full);
    write_specialisms(page, "    Specialisms that are no more", &programme.specialisms_lost, full);
    write_specialisms(page, "    Specialisms that change", &programme.specialisms_changed, full);
}

fn write_items(page: &mut Page, title: &str, first: &str, items: &[ItemEffect], full: bool) {
    if items.is_empty() {
        return;
    }
    page.heading(Paint::Strong, title, &count(items.len(), "item"));
    for item in items.iter().take(most(full)) {
        let label = item.label.as_ref().map_or_else(String::new, |label| format!("{label}: "));
        let support = format!("{}/{}", item.support.have, item.support.of);
        page.item(&format!("{first}{} ", item.kind.letter()), &format!("{label}{} ({support})", item.text));
        let indent = " ".repeat(first.len() + 2);
        for line in why(item, first.contains('+')) {
            page.item(&indent, &line);
        }
    }
    cut(page, "      ", items.len(), full);
}

fn write_specialisms(page: &mut Page, title: &str, specialisms: &[SpecialismEffect], full: bool) {
    if specialisms.is_empty() {
        return;
    }
    page.heading(Paint::Strong, title, &count(specialisms.len(), "specialism"));
    for specialism in specialisms.iter().take(most(full)) {
        page.item("      - ", &format!("{} ({})", specialism.title, count(specialism.items, "item")));
        for (first, texts) in [("        + ", &specialism.gained), ("        - ", &specialism.lost)] {
            for text in texts.iter().take(most(full)) {
                page.item(first, text);
            }
            cut(page, "          ", texts.len(), full);
        }
        let changes = in_specialism(specialism);
        for (word, text) in changes.iter().take(most(full)) {
            page.item(&format!("        {word}: "), text);
        }
        cut(page, "          ", changes.len(), full);
    }
    cut(page, "      ", specialisms.len(), full);
}
