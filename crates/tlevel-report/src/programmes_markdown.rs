//! Programmes as Markdown: everything, in headings, lists and tables.

use itertools::Itertools;

use super::markdown_page::{MarkdownPage, code, escape};
use super::page::count;
use tlevel::derive::{Derivation, Excluded, Item, NearMiss, Programme, TeachingPlan, Theme, Tier};

/// Writes a derivation as Markdown (`CommonMark` with GitHub's tables).
///
/// Everything is listed: each item with its support and the statements behind
/// it. Texts of the map are escaped: they cannot become markup.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/england.json"))?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level())?;
/// assert!(write::programmes_markdown(&derivation).starts_with("# T Level programmes"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn programmes_markdown(derivation: &Derivation) -> String {
    let mut out = MarkdownPage::new();
    out.line("# T Level programmes");
    out.blank();
    let title = derivation.map.title.as_deref().unwrap_or("untitled map");
    out.line(&format!("- Map: {}", escape(title)));
    if let Some(attribution) = &derivation.map.attribution {
        out.line(&format!("- Source: {}", escape(attribution)));
    }
    let policy = &derivation.policy;
    out.line(&format!(
        "- Policy: {}; level {}; quorum {} of a pathway's occupations, {} of a route's pathways{}",
        escape(&policy.name),
        policy.levels.iter().join(" and "),
        policy.pathway_quorum,
        policy.route_quorum,
        super::no_fewer(policy)
    ));
    derivation.notes.iter().for_each(|note| out.line(&format!("- Note: {}", escape(&note.message))));
    if let Some(plan) = &derivation.teaching {
        out.plan(plan);
        if derivation.programmes.is_empty() {
            out.blank();
            out.line(super::NONE_BY_THEN);
        }
    }
    derivation.programmes.iter().for_each(|programme| out.programme(programme));
    if !derivation.no_programme.is_empty() {
        out.heading("## Pathways without a programme");
        for pathway in &derivation.no_programme {
            let name = format!("{}: {}", escape(&pathway.route.name), escape(&pathway.pathway.name));
            let branch = pathway.branch.as_ref().map_or_else(String::new, |b| format!(" (`{}`)", code(b)));
            out.line(&format!("- {name}: {}{branch}", pathway.reason));
        }
    }
    if !derivation.set_aside.is_empty() {
        out.heading("## Occupations on no pathway");
        for aside in &derivation.set_aside {
            let level = aside.level.map_or_else(String::new, |level| format!(", level {level}"));
            out.line(&format!("- {}{level}: {}", escape(&aside.title), escape(&aside.reason)));
        }
    }
    out.finish()
}

impl MarkdownPage {
    /// The plan of first teaching by year.
    fn plan(&mut self, plan: &TeachingPlan) {
        self.heading("## First teaching by year");
        self.line("| Year | Wave | Planned | First taught |");
        self.line("|---|---|---|---|");
        for year in &plan.years {
            let wave = year.wave.map_or_else(String::new, |wave| wave.to_string());
            let named = |ids: &[String]| match ids.len() {
                0 => String::new(),
                n => format!("{n}: {}", escape(&plan.names(ids))),
            };
            self.line(&format!("| {} | {wave} | {} | {} |", year.year, named(&year.planned), named(&year.actual)));
        }
    }

    fn programme(&mut self, programme: &Programme) {
        self.heading(&format!("## {}: {}", escape(&programme.route.name), escape(&programme.pathway.name)));
        let counting = programme.counting.iter().map(|o| escape(&o.title)).join("; ");
        let counted = count(programme.counting.len(), "occupation");
        self.line(&format!("For the core count {counted}{}{counting}.", if counting.is_empty() { "" } else { ": " }));
        for (title, items) in [("Route core", &programme.route_core), ("Pathway core", &programme.pathway_core)] {
            self.heading(&format!("### {title}"));
            if items.is_empty() {
                self.line("Empty.");
            }
            self.items(items);
        }
        self.themes(&programme.themes);
        for specialism in &programme.specialisms {
            self.heading(&format!("### Specialism: {}", escape(&specialism.title)));
            if specialism.content.is_empty() && specialism.adds.is_empty() {
                self.line("No content beyond the core.");
            }
            self.items(&specialism.content);
            for addition in &specialism.adds {
                let option = addition.option.as_ref().map_or_else(String::new, |o| format!(", option `{}`", code(o)));
                self.heading(&format!("#### `{}`{option} adds", code(&addition.occupation)));
                self.items(&addition.content);
            }
        }
        self.near_misses(&programme.near_misses);
        self.excluded(&programme.excluded);
        if !programme.notes.is_empty() {
            self.heading("### Notes");
            programme.notes.iter().for_each(|note| self.line(&format!("- {}", escape(&note.message))));
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            let Item { kind, support, statements, also_in, .. } = item;
            let proof = statements.iter().map(|s| format!("{} {}", s.occupation, s.statement)).join(", ");
            let also = if also_in.is_empty() {
                String::new()
            } else {
                format!("; also in {}", also_in.iter().map(|id| format!("`{}`", code(id))).join(", "))
            };
            self.line(&format!(
                "- **{}** {} ({} of {}: `{}`{also})",
                kind.letter(),
                labelled(item.label.as_deref(), &item.text),
                support.have,
                support.of,
                code(&proof)
            ));
        }
    }

    fn themes(&mut self, themes: &[Theme]) {
        if themes.is_empty() {
            return;
        }
        self.heading("### Shared themes");
        self.line("| Theme | Tier | Occupations | Items |");
        self.line("|---|---|---|---|");
        for theme in themes {
            let tier = if theme.tier == Tier::Pathway { "pathway" } else { "route" };
            let Theme { label, support, concepts, .. } = theme;
            let items = concepts.len();
            self.line(&format!("| {} | {tier} | {} of {} | {items} |", escape(label), support.have, support.of));
        }
    }

    fn near_misses(&mut self, misses: &[NearMiss]) {
        if misses.is_empty() {
            return;
        }
        self.heading("### Near misses");
        self.line("| Tier | Kind | Text | Occupations | Have | Need | Not in |");
        self.line("|---|---|---|---|---|---|---|");
        for miss in misses {
            let tier = if miss.tier == Tier::Pathway { "pathway" } else { "route" };
            let blockers = miss.blockers.iter().map(|id| format!("`{}`", code(id))).join(", ");
            let text = labelled(miss.label.as_deref(), &miss.text);
            let support = format!("{} of {}", miss.support.have, miss.support.of);
            let NearMiss { kind, have, need, .. } = miss;
            self.line(&format!("| {tier} | {kind} | {text} | {support} | {have} | {need} | {blockers} |"));
        }
    }

    fn excluded(&mut self, excluded: &[Excluded]) {
        if excluded.is_empty() {
            return;
        }
        self.heading("### Left out");
        self.line("| Occupation | Level | Reason | Branch |");
        self.line("|---|---|---|---|");
        for occupation in excluded {
            let level = occupation.level.map_or_else(String::new, |level| level.to_string());
            let branch = occupation.branch.as_ref().map_or_else(String::new, |b| format!("`{}`", code(b)));
            let reason = escape(&occupation.reason);
            self.line(&format!("| {} | {level} | {reason} | {branch} |", escape(&occupation.title)));
        }
    }
}

/// A verbatim wording, after what the judges call it.
fn labelled(label: Option<&str>, text: &str) -> String {
    label.map_or_else(|| escape(text), |label| format!("*{}:* {}", escape(label), escape(text)))
}
