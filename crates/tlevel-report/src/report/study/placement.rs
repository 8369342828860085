//! How often suggested clusters are right.

use tlevel::study::{Confusion, PlacementStudy};

use super::figures::{measures, table, value};
use crate::document::{Block, Cell, Document, Entry};

/// How many of the worst clusters a brief listing shows.
const WORST: usize = 15;

/// Reports how often the placer is right when each occupation is left out in
/// turn: by cluster, pathway and route; whether its confidence can be trusted; and
/// the clusters whose occupations it places elsewhere. The data has a row for each
/// measure.
pub fn study_placement(study: &PlacementStudy) -> Document {
    let mut document = Document::report("How often suggested clusters are right");
    let asked = value(&study.measures, "asked").unwrap_or(0.0);
    document.aside = format!("{asked} occupations, each left out in turn");
    let blocks = &mut document.blocks;
    let mut tiers = table("Share of suggestions that are right", ["tier", "top 1", "top 3", "top 5", "MRR"]);
    for tier in ["cluster", "pathway", "route"] {
        let figures = ["top_1", "top_3", "top_5", "mrr"];
        let figures = figures.map(|m| Cell::decimal(value(&study.measures, &format!("{tier}_{m}")).unwrap_or(0.0)));
        tiers.rows.push([tier.into()].into_iter().chain(figures).collect());
    }
    blocks.push(Block::Table(tiers));
    let columns = ["confidence from", "suggestions", "mean confidence", "right"];
    let mut calibration = table("Confidence, and how often it was right", columns);
    for tenth in &study.calibration {
        calibration.rows.push(vec![
            format!("{:.1}", tenth.from).into(),
            Cell::count(tenth.suggestions),
            Cell::decimal(tenth.confidence),
            Cell::decimal(tenth.right),
        ]);
    }
    blocks.push(Block::Table(calibration));
    if !study.accounts.is_empty() {
        let columns = ["known", "level", "top 1", "top 3", "mean confidence", "calibration error"];
        let mut accounts = table("By how much is known", columns);
        for kind in &study.accounts {
            let figures = [kind.top_1, kind.top_3, kind.confidence, kind.calibration_error].map(Cell::decimal);
            let known = [kind.account.as_str(), if kind.level { "yes" } else { "no" }].map(Cell::from);
            accounts.rows.push(known.into_iter().chain(figures).collect());
        }
        blocks.push(Block::Table(accounts));
        let columns = ["known", "level", "confidence from", "suggestions", "mean confidence", "right"];
        let mut all = table("Confidence by how much is known", columns);
        for (kind, tenth) in study.accounts.iter().flat_map(|kind| kind.calibration.iter().map(move |bin| (kind, bin)))
        {
            all.rows.push(vec![
                kind.account.as_str().into(),
                if kind.level { "yes" } else { "no" }.into(),
                format!("{:.1}", tenth.from).into(),
                Cell::count(tenth.suggestions),
                Cell::decimal(tenth.confidence),
                Cell::decimal(tenth.right),
            ]);
        }
        blocks.push(Block::Table(all));
    }
    if !study.without_routes.is_empty() {
        let columns = ["known", "occupations", "refused", "refused or below 0.3"];
        let mut absent = table("Occupations whose route is taken out of the map", columns);
        for kind in &study.without_routes {
            let figures = [kind.refused, kind.refused_or_unsure].map(Cell::decimal);
            let known = [kind.account.as_str().into(), Cell::count(kind.asked)];
            absent.rows.push(known.into_iter().chain(figures).collect());
        }
        blocks.push(Block::Table(absent));
    }
    blocks.push(Block::section(1, "Most often placed elsewhere", ""));
    let mut all = table("Clusters whose occupations are placed elsewhere", ["cluster", "asked", "elsewhere", "mostly"]);
    for cluster in &study.confused {
        let counts = [cluster.asked, cluster.elsewhere].map(Cell::count);
        let [asked, elsewhere] = counts;
        all.rows.push(vec![cluster.cluster.as_str().into(), asked, elsewhere, cluster.mostly.as_str().into()]);
    }
    let entries = Entry::first(WORST, study.confused.iter().map(entry).collect());
    blocks.push(Block::Entries { entries, table: Some(all) });
    document.data = Some(measures(&study.measures));
    document
}

fn entry(cluster: &Confusion) -> Entry {
    Entry::labelled(format!("{} of {} ", cluster.elsewhere, cluster.asked), &cluster.cluster)
        .with(vec![Entry::labelled("mostly", &cluster.mostly)])
}
