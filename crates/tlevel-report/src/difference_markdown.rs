//! A difference as Markdown: everything, in headings and lists.

use itertools::Itertools as _;

use super::difference_words::{branch_fate, effect_sections, in_specialism, map_sections, names, summary, why};
use super::markdown_page::{MarkdownPage, code, escape};
use super::page::count;
use tlevel::change::{Difference, Fate, ItemEffect, ProgrammeEffect, SpecialismEffect};

/// Writes a difference as Markdown (`CommonMark`): a summary, what changed, and
/// what that does to the programmes.
///
/// Everything is listed. Texts of the maps are escaped: they cannot become
/// markup.
///
/// # Examples
///
/// ```
/// use tlevel::change::diff_with_effects;
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let (concepts, policy) = (Concepts::exact(&map), Policy::t_level());
/// let difference = diff_with_effects((&map, &concepts), (&map, &concepts), &policy, &policy)?;
/// assert!(write::difference_markdown(&difference).contains("No programme changes."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn difference_markdown(difference: &Difference) -> String {
    let mut out = MarkdownPage::new();
    out.line("# Difference");
    out.blank();
    let [old, new] = names(difference);
    out.line(&format!("- Old map: {}", escape(&old)));
    out.line(&format!("- New map: {}", escape(&new)));
    let sources = [&difference.changes.old, &difference.changes.new].map(|map| map.attribution.as_ref());
    let sources = sources.into_iter().flatten().unique();
    sources.for_each(|text| out.line(&format!("- Source: {}", escape(text))));
    out.heading("## Summary");
    summary(difference).iter().for_each(|sentence| out.line(&format!("- {}", escape(sentence))));
    out.heading("## What changed");
    let sections = map_sections(&difference.changes, true);
    if sections.is_empty() {
        out.line("Nothing that this program compares differs between the two maps.");
    }
    for (i, section) in sections.iter().enumerate() {
        if i > 0 {
            out.blank();
        }
        out.line(&format!("### {} ({})", section.title, section.count));
        out.blank();
        for entry in &section.entries {
            out.line(&format!("- {}", escape(&entry.head)));
            for (first, text) in &entry.lines {
                out.line(&format!("  - {}: {}", escape(first.trim()), escape(text)));
            }
        }
    }
    out.heading("## What it does to the programmes");
    let lines = effect_sections(&difference.effect);
    lines.iter().for_each(|line| out.line(&escape(line)));
    if difference.effect.programmes.is_empty() {
        out.line("No programme changes.");
    }
    difference.effect.programmes.iter().for_each(|programme| out.programme_effect(programme));
    out.finish()
}

impl MarkdownPage {
    pub(super) fn programme_effect(&mut self, programme: &ProgrammeEffect) {
        let fate = match programme.fate {
            Fate::Appears => "appears",
            Fate::Changes => "changes",
            Fate::Disappears => "disappears",
        };
        self.heading(&format!("### {}: {} {fate}", escape(&programme.route.name), escape(&programme.pathway.name)));
        if let Some(fate) = branch_fate(programme) {
            self.line(&format!("- {}", escape(&fate)));
        }
        for (title, occupations) in
            [("Newly counts", &programme.counting_gained), ("Counts no more", &programme.counting_lost)]
        {
            for occupation in occupations {
                self.line(&format!("- {title}: {} (`{}`)", escape(&occupation.title), code(&occupation.id)));
            }
        }
        for (core, tier) in [("Route core", &programme.route_core), ("Pathway core", &programme.pathway_core)] {
            self.item_effects(&format!("{core} gains"), &tier.gained, true);
            self.item_effects(&format!("{core} loses"), &tier.lost, false);
        }
        self.specialism_effects("New specialisms", &programme.specialisms_gained);
        self.specialism_effects("Specialisms that are no more", &programme.specialisms_lost);
        self.specialism_effects("Specialisms that change", &programme.specialisms_changed);
    }

    fn item_effects(&mut self, title: &str, items: &[ItemEffect], gained: bool) {
        if items.is_empty() {
            return;
        }
        self.heading(&format!("#### {title} {}", count(items.len(), "item")));
        for item in items {
            let label = item.label.as_ref().map_or_else(String::new, |label| format!("*{}:* ", escape(label)));
            let (kind, text, support) = (item.kind.letter(), escape(&item.text), item.support);
            self.line(&format!("- **{kind}** {label}{text} ({} of {})", support.have, support.of));
            why(item, gained).iter().for_each(|line| self.line(&format!("  - {}", escape(line))));
        }
    }

    fn specialism_effects(&mut self, title: &str, specialisms: &[SpecialismEffect]) {
        if specialisms.is_empty() {
            return;
        }
        self.heading(&format!("#### {title}"));
        for specialism in specialisms {
            self.line(&format!("- {} ({})", escape(&specialism.title), count(specialism.items, "item")));
            for (verb, texts) in [("gains", &specialism.gained), ("loses", &specialism.lost)] {
                texts.iter().for_each(|text| self.line(&format!("  - {verb}: {}", escape(text))));
            }
            for (word, text) in in_specialism(specialism) {
                self.line(&format!("  - {word}: {}", escape(text)));
            }
        }
    }
}
