//! Suggested clusters as one table.

use tlevel::place::{LeftOut, NewOccupation, Placement, PlacementEvidence};

use super::{document, table};
use crate::document::{Cell, Document, Table};

/// Returns the clusters suggested for occupations as one table: a row for each
/// suggestion, the best first, and one for an occupation without suggestions.
///
/// The evidence of an occupation is about its suggested clusters, in any order.
/// For suggestions without evidence, names and words are empty.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let placer = Placer::new(&map);
/// let new = NewOccupation::titled("Plumbing technician");
/// let placement = placer.suggest(&new, 3);
/// let csv = export::csv(&report::placement_table([(&new, &placement, &[][..])]));
/// assert_eq!(csv.lines().count(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn placement_table<'p>(
    placed: impl IntoIterator<Item = (&'p NewOccupation, &'p Placement, &'p [PlacementEvidence])>,
) -> Document {
    document(placements(placed.into_iter().map(|(new, placement, _)| (new, placement))))
}

/// The same as a table alone.
pub(in crate::report) fn placements<'p>(placed: impl IntoIterator<Item = (&'p NewOccupation, &'p Placement)>) -> Table {
    let mut table = table(
        "Suggested clusters",
        &[
            ("occupation", 1),
            ("title", 3),
            ("verdict", 1),
            ("because", 3),
            ("place", 1),
            ("route", 2),
            ("pathway", 2),
            ("cluster", 2),
            ("cluster_name", 3),
            ("score", 1),
            ("confidence", 1),
            ("words", 3),
        ],
    )
    .whole(["place"])
    .decimal(["score", "confidence"]);
    for (new, placement) in placed {
        let own = || {
            let because = placement.because.clone().unwrap_or_default();
            [placement.occupation.clone(), new.title.clone(), placement.verdict.code().to_owned(), because]
                .map(Cell::from)
        };
        for (place, suggestion) in (1_i64..).zip(&placement.suggestions) {
            let words: Vec<&str> = suggestion.evidence.iter().map(|share| share.term.as_str()).collect();
            let mut row: Vec<Cell> = own().into();
            row.push(Cell::Number(place));
            row.extend([&suggestion.route, &suggestion.pathway, &suggestion.cluster].map(|id| Cell::from(id.as_str())));
            row.push(suggestion.cluster_name.as_str().into());
            row.extend([suggestion.score, suggestion.confidence].map(Cell::decimal));
            row.push(words.join(", ").into());
            table.rows.push(row);
        }
        if placement.suggestions.is_empty() {
            let blank = std::iter::repeat_with(|| Cell::from("")).take(table.columns.len() - 4);
            table.rows.push(own().into_iter().chain(blank).collect());
        }
    }
    table
}

/// Returns the test placements of a map's own occupations, each placed as if it
/// were new, as one table: a row for each, with its cluster and the suggested one.
///
/// # Examples
///
/// ```
/// use tlevel::place::Placer;
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let asked = Placer::new(&map).leave_one_out();
/// let csv = export::csv(&report::left_out_table(&asked));
/// assert_eq!(csv.lines().count(), 1 + asked.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn left_out_table(asked: &[LeftOut]) -> Document {
    let mut table = table(
        "Occupations, each placed as if it were new",
        &[
            ("occupation", 1),
            ("title", 3),
            ("cluster", 2),
            ("cluster_name", 3),
            ("suggested", 2),
            ("suggested_name", 3),
            ("right", 1),
            ("cluster_place", 1),
            ("pathway_place", 1),
            ("route_place", 1),
            ("confidence", 1),
        ],
    )
    .whole(["cluster_place", "pathway_place", "route_place"])
    .decimal(["confidence"]);
    for one in asked {
        let right = if one.suggested == one.cluster { "yes" } else { "no" };
        let names = [&one.occupation, &one.title, &one.cluster, &one.cluster_name, &one.suggested, &one.suggested_name];
        let mut row: Vec<Cell> = names.map(|name| Cell::from(name.as_str())).into();
        row.push(right.into());
        row.extend(one.ranks.map(Cell::count));
        row.push(Cell::decimal(one.confidence));
        table.rows.push(row);
    }
    document(table)
}
