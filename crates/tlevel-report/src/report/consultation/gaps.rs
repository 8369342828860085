//! Occupations without a standard.

use itertools::Itertools as _;

use super::words::{closed, known, link_entry, not_recorded};
use crate::count::count;
use crate::document::{Cell, Entry, Table};
use crate::report::difference_words::entry;
use crate::report::sheet::{Part, Sheet};
use crate::report::tables::table;
use tlevel::change::OccupationPlace;
use tlevel::consult::{Gap, GapScreening, Neighbour};

pub(super) fn of_gaps(screening: &GapScreening) -> Sheet<'_> {
    let gaps = &screening.gaps;
    let closed = gaps.iter().filter(|gap| gap.closed_by.is_some()).count();
    let mut lead = vec![if gaps.is_empty() {
        "The map records no occupation without a standard.".to_owned()
    } else {
        format!(
            "{} no standard, and none is in development. In an apprenticeship-only branch: {closed}.",
            if gaps.len() == 1 { "1 occupation has".to_owned() } else { format!("{} occupations have", gaps.len()) }
        )
    }];
    if screening.unknown > 0 {
        lead.push(format!(
            "For {} the map does not say whether there is one.",
            count(screening.unknown, "more occupation")
        ));
    }
    let place = |gap: &Gap| -> OccupationPlace { gap.occupation.place.clone() };
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (pathway, of) in &gaps.iter().chunk_by(|gap| place(gap).pathway.id) {
        let of: Vec<&Gap> = of.collect();
        let title = of.first().map_or(pathway, |gap| {
            let place = place(gap);
            format!("{} > {}", place.route.name, place.pathway.name)
        });
        parts.push(Part::new(title, of.iter().map(|gap| gap_entry(gap)).collect()).whole());
    }
    let unsaid = not_recorded(&screening.open_questions, &screening.missing);
    let right = gaps.len().to_string();
    Sheet { title: "Occupations without a standard".to_owned(), right, lead, parts, unsaid, behind: Vec::new() }
}

/// A row for each occupation without a standard.
pub(super) fn without_standard(screening: &GapScreening) -> Table {
    let columns = [
        ("route", 2),
        ("pathway", 2),
        ("cluster", 2),
        ("occupation", 1),
        ("title", 3),
        ("level", 1),
        ("status", 1),
        ("closed_by", 2),
        ("nearest", 1),
        ("nearest_title", 3),
        ("nearest_status", 1),
        ("likeness", 1),
    ];
    let mut table = table("Occupations without a standard", &columns).whole(["level"]).decimal(["likeness"]);
    for gap in &screening.gaps {
        let (known, place) = (&gap.occupation, &gap.occupation.place);
        let names = [&place.route.id, &place.pathway.id, &place.cluster.id, &known.id, &known.title];
        let mut row: Vec<Cell> = names.map(|name| name.as_str().into()).into();
        row.push(Cell::Number(known.level.number().into()));
        row.push(known.status.name().into());
        row.push(gap.closed_by.as_ref().map_or("", |branch| &branch.id).into());
        row.extend(match gap.neighbours.first() {
            Some(near) => [
                near.occupation.id.as_str().into(),
                near.occupation.title.as_str().into(),
                near.occupation.status.name().into(),
                Cell::decimal(near.likeness),
            ],
            None => [""; 4].map(Cell::from),
        });
        table.rows.push(row);
    }
    table
}

fn gap_entry(gap: &Gap) -> Entry {
    let mut lines = vec![("in", gap.occupation.place.cluster.name.clone())];
    lines.extend(gap.closed_by.iter().map(|branch| ("closed", closed(branch))));
    let near = |n: &Neighbour| {
        format!(
            "{} (standard {}): likeness {:.2}",
            known(&n.occupation),
            n.occupation.status.name().replace('-', " "),
            n.likeness
        )
    };
    lines.extend(gap.neighbours.iter().map(|n| ("near", near(n))));
    lines.extend(gap.links.iter().map(|link| ("link", link_entry(link).text)));
    entry(known(&gap.occupation), lines)
}
