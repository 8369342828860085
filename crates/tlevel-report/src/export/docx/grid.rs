//! The widths of the columns of a table, by what is in them.

use super::face::Face;
use crate::document::Table;

const CELL: Face = Face { size: 9.5, bold: false };
const HEADING: Face = Face { size: 9.5, bold: true };
/// The margins of a cell, in twentieths of a point.
const MARGINS: f64 = 216.0;
/// Room for faces that are a little wider than Arial.
const SLACK: f64 = 1.05;

/// Returns the widths of the columns, which add up to at most `total` twentieths of
/// a point: by the relative widths of the table, but no column is narrower than its
/// longest word as long as there is room, and none is wider than its longest text.
///
/// # Complexity
///
/// `O(n)` in the characters, and `O(c²)` in the columns.
pub(super) fn widths(table: &Table, columns: usize, total: usize) -> Vec<usize> {
    let twips = |points: f64| (points * 20.0 * SLACK + MARGINS).ceil();
    let mut least = vec![MARGINS; columns];
    let mut most = vec![MARGINS; columns];
    let mut measure = |at: usize, face: Face, text: &str| {
        if let (Some(least), Some(most)) = (least.get_mut(at), most.get_mut(at)) {
            *least = least.max(twips(face.longest_word(text)));
            *most = most.max(text.lines().map(|line| twips(face.width(line))).fold(0.0, f64::max));
        }
    };
    for (at, column) in table.columns.iter().enumerate() {
        measure(at, HEADING, &column.heading);
    }
    for (at, cell) in table.rows.iter().flat_map(|row| row.iter().enumerate()) {
        measure(at, CELL, &cell.shown());
    }
    let weight = |at: usize| table.columns.get(at).map_or(1.0, |column| f64::from(column.width.max(1)));
    let weights: Vec<f64> = (0..columns).map(weight).collect();
    shared(&weights, &least, &most, total as f64).into_iter().map(|width| (width.floor() as usize).max(1)).collect()
}

/// Shares a width by weights, within a least and a most of each; the least counts
/// more, and all give way if even it does not fit.
fn shared(weights: &[f64], least: &[f64], most: &[f64], total: f64) -> Vec<f64> {
    let needed: f64 = least.iter().sum();
    if needed >= total {
        return least.iter().map(|width| width * total / needed).collect();
    }
    let mut fixed: Vec<Option<f64>> = vec![None; weights.len()];
    // first those that are too narrow or too wide by their share, until none is
    loop {
        let left = total - fixed.iter().flatten().sum::<f64>();
        let units: f64 = (0..weights.len()).filter(|&at| fixed[at].is_none()).map(|at| weights[at]).sum();
        let share = |at: usize| left * weights[at] / units;
        let free = |at: &usize| fixed[*at].is_none();
        let narrow = (0..weights.len()).filter(free).find(|&at| share(at) < least[at]);
        let wide = (0..weights.len()).filter(free).find(|&at| share(at) > most[at]);
        match (narrow, wide) {
            (Some(at), _) => fixed[at] = Some(least[at]),
            (None, Some(at)) => fixed[at] = Some(most[at].max(least[at])),
            (None, None) => return (0..weights.len()).map(|at| fixed[at].unwrap_or_else(|| share(at))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{shared, widths};
    use crate::document::{Column, Table};

    fn near(widths: &[f64], expected: &[f64]) {
        let same = widths.len() == expected.len() && widths.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(same, "{widths:?} {expected:?}");
    }

    #[test]
    fn columns_share_a_width_within_their_bounds() {
        near(&shared(&[1.0, 3.0], &[0.0; 2], &[1000.0; 2], 400.0), &[100.0, 300.0]);
        near(&shared(&[1.0, 3.0], &[150.0, 0.0], &[1000.0; 2], 400.0), &[150.0, 250.0]);
        near(&shared(&[1.0, 3.0], &[10.0; 2], &[60.0, 1000.0], 400.0), &[60.0, 340.0]);
        near(&shared(&[1.0, 3.0], &[10.0; 2], &[60.0, 70.0], 400.0), &[60.0, 70.0]);
        near(&shared(&[1.0, 1.0], &[300.0, 500.0], &[900.0; 2], 400.0), &[150.0, 250.0]);
        near(&shared(&[], &[], &[], 400.0), &[]);
    }

    #[test]
    fn no_word_is_broken_where_there_is_room() {
        let columns = [("Statement", 1), ("Kind", 1), ("Text", 8)].map(|(name, width)| Column::new(name, width));
        let mut table = Table::new("", columns.to_vec());
        table.rows = vec![vec!["LARS2 K33".into(), "knowledge".into(), "word ".repeat(60).as_str().into()]];
        let widths = widths(&table, 3, 9638);
        let heading = super::HEADING.width("Statement") * 20.0;
        assert!(widths[0] as f64 >= heading + 200.0 && widths[0] < 1_600, "{widths:?}");
        assert!(widths[1] as f64 >= super::CELL.width("knowledge") * 20.0 + 200.0, "{widths:?}");
        assert!(widths.iter().sum::<usize>() <= 9638 && widths[2] > 6_000, "{widths:?}");
    }
}
