//! What differs between two maps, and the effect on the programmes.

use itertools::Itertools as _;
use tlevel::change::{Difference, Fate, ProgrammeEffect};

use super::difference_words::{Section, branch_fate, effect_sections, in_short, map_sections, names, summary};
use super::effects::{self, SHOWN};
use crate::document::{Block, Document, Entry, Listing, Mark};

/// Reports a difference: a summary, what changed, and the effect on the
/// programmes.
///
/// A brief listing cuts long lists, and shows more than six programmes in a line
/// each.
///
/// # Examples
///
/// ```
/// use tlevel::change::{Changes, apply, diff_with_effects};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let old = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let new = apply(&old, &Changes::from_csv("change,occupation,level\nre-level,LARS287,3\n")?)?;
/// let new = tlevel::check(new)?.map;
/// let (before, after, policy) = (Concepts::exact(&old), Concepts::exact(&new), Policy::t_level());
/// let difference = diff_with_effects((&old, &before), (&new, &after), &policy, &policy)?;
/// let text = export::terminal(&report::difference(&difference), &Layout::default());
/// assert!(text.contains("Bricklayer (LARS287): level 2 to 3"));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn difference(difference: &Difference) -> Document {
    let mut document = Document::answer("Difference");
    let sources = [&difference.changes.old, &difference.changes.new].map(|map| map.attribution.as_ref());
    let sources = sources.into_iter().flatten().unique().join("; ");
    document.rights = (!sources.is_empty()).then_some(sources);
    document.blocks = blocks(difference);
    document
}

/// The parts of a difference.
fn blocks(difference: &Difference) -> Vec<Block> {
    let mut blocks = vec![Block::section(1, "Summary", "")];
    let [old, new] = names(difference);
    blocks.push(Block::entries(vec![Entry::labelled("Old:", old), Entry::labelled("New:", new)]));
    blocks.extend(summary(difference).into_iter().map(Block::paragraph));
    blocks.push(Block::section(1, "What changed", ""));
    let sections = map_sections(&difference.changes, true).into_iter().zip(map_sections(&difference.changes, false));
    let sections: Vec<Block> = sections.flat_map(|(full, brief)| section(full, brief)).collect();
    if sections.is_empty() {
        blocks.push(Block::paragraph("Nothing that this program compares differs between the two maps."));
    }
    blocks.extend(sections);
    blocks.push(Block::section(1, "What it does to the programmes", ""));
    blocks.extend(effect_sections(&difference.effect).into_iter().map(Block::paragraph));
    blocks.extend(programmes(&difference.effect.programmes));
    blocks
}

/// A kind of change, as listed in full and in brief.
fn section(full: Section, brief: Section) -> Vec<Block> {
    let mut blocks = vec![Block::section(2, full.title, full.count.to_string())];
    if full.entries == brief.entries {
        blocks.push(Block::entries(Entry::first(SHOWN, full.entries)));
    } else {
        blocks.push(Block::only(Listing::Full, vec![Block::entries(full.entries)]));
        blocks.push(Block::only(Listing::Brief, vec![Block::entries(Entry::first(SHOWN, brief.entries))]));
    }
    blocks
}

/// A brief listing with more programmes than this shows them in a line each.
const IN_DETAIL: usize = 6;

fn programmes(programmes: &[ProgrammeEffect]) -> Vec<Block> {
    if programmes.is_empty() {
        return vec![Block::paragraph("No programme changes.")];
    }
    let detail: Vec<Block> = programmes.iter().flat_map(effects::programme).collect();
    if programmes.len() <= IN_DETAIL {
        return detail;
    }
    vec![Block::only(Listing::Full, detail), Block::only(Listing::Brief, in_lines(programmes))]
}

/// Programmes in a line each.
fn in_lines(programmes: &[ProgrammeEffect]) -> Vec<Block> {
    let is_gone =
        |p: &&ProgrammeEffect| p.fate == Fate::Disappears && p.reason == Some(tlevel::map::Reason::NotOnTheMap);
    let mut lines = Vec::new();
    for programme in programmes.iter().filter(|p| !is_gone(p)) {
        let because = branch_fate(programme).map_or_else(String::new, |fate| format!(" {fate}"));
        let (name, fate) = (effects::name(programme), effects::fate(programme));
        lines.push(format!("{name} {fate}: {}.{because}", in_short(programme)));
    }
    let gone: Vec<&ProgrammeEffect> = programmes.iter().filter(is_gone).collect();
    if !gone.is_empty() {
        let shown = gone.iter().take(SHOWN).map(|p| effects::name(p)).join("; ");
        let more = gone.len().saturating_sub(SHOWN);
        let more = if more == 0 { String::new() } else { format!("; and {more} more") };
        let what = if gone.len() == 1 { "programme disappears" } else { "programmes disappear" };
        lines.push(format!("{} {what} with the pathway, which is not on the new map: {shown}{more}.", gone.len()));
    }
    let lines = lines.into_iter().map(|line| Entry::new(line).marked(Mark::Bullet)).collect();
    let more = "The full listing shows what each programme gains and loses, and why.";
    vec![Block::entries(lines), Block::paragraph(more)]
}
