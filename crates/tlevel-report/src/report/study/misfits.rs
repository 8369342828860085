//! Occupations that are closer to another cluster.

use tlevel::study::{Misfit, MisfitStudy};

use super::figures::table;
use crate::document::{Block, Cell, Document, Entry, Table};
use crate::report::reason;

/// How many words that speak for the other cluster are named.
const WORDS: usize = 5;
/// How many occupations of the other cluster are named.
const NEAREST: usize = 2;

/// Reports the occupations that are closer to another cluster than to their own:
/// by how much, how stable that is, and why. The data has a row for each.
pub fn study_misfits(study: &MisfitStudy) -> Document {
    let title = format!("{} of {} occupations are closer to another cluster", study.misfits.len(), study.asked);
    let mut document = Document::report(title);
    document.blocks.push(Block::paragraph(
        "Gain: how much higher the other cluster scores. Stable: how often it still does when the statements are \
         resampled. Place: the rank of the occupation's own cluster among all clusters.",
    ));
    document.blocks.push(Block::entries(study.misfits.iter().map(entry).collect()));
    document.data = Some(data(study));
    document
}

fn entry(misfit: &Misfit) -> Entry {
    let stable = misfit.stability.map_or_else(String::new, |share| format!(", {:.0}% stable", share * 100.0));
    let alone = if misfit.alone { ", alone there" } else { "" };
    let words: Vec<String> = misfit.evidence.iter().map(reason).take(WORDS).collect();
    let near = misfit.nearest.iter().take(NEAREST).map(|n| format!("{} ({:.2})", n.title, n.score));
    let lines = [
        ("from", format!("{}{alone}", misfit.cluster)),
        ("to", misfit.nearer.clone()),
        ("why", words.join(", ")),
        ("near", near.collect::<Vec<_>>().join("; ")),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    Entry::new(&misfit.title)
        .beside(format!("gain {:.2}{stable}, place {}", misfit.gain, misfit.rank))
        .with(lines.map(|(label, text)| Entry::labelled(label, text)).collect())
}

fn data(study: &MisfitStudy) -> Table {
    let columns = ["occupation", "title", "cluster", "nearer", "gain", "own_place", "stability", "alone"];
    let mut table = table("Misfits", columns).whole(["own_place"]).decimal(["gain", "stability"]);
    for misfit in &study.misfits {
        table.rows.push(vec![
            misfit.occupation.as_str().into(),
            misfit.title.as_str().into(),
            misfit.cluster.as_str().into(),
            misfit.nearer.as_str().into(),
            Cell::decimal(misfit.gain),
            Cell::count(misfit.rank),
            misfit.stability.map_or_else(|| Cell::from(""), Cell::decimal),
            misfit.alone.to_string().into(),
        ]);
    }
    table
}
