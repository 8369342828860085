//! Writes tables as CSV.

/// Returns rows as CSV: commas, line feeds, and quotes around the cells that
/// need them (RFC 4180 except for the line ends).
///
/// Texts are written as they are. If a spreadsheet must not read a text as a
/// formula, the caller has to escape it.
///
/// # Examples
///
/// ```
/// use tlevel::table::csv;
///
/// assert_eq!(csv([["occupation", "label"], ["OCC1", "bread, cakes"]]), "occupation,label\nOCC1,\"bread, cakes\"\n");
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of the texts.
pub fn csv<R, C>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut out = String::new();
    for row in rows {
        let start = out.len();
        for (i, cell) in row.into_iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            push(&mut out, cell.as_ref());
        }
        // a row of one empty cell is not a blank line
        if out.len() == start {
            out.push_str("\"\"");
        }
        out.push('\n');
    }
    out
}

/// A text that no spreadsheet reads as a formula: an apostrophe before what would
/// be one.
pub(crate) fn no_formula(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn push(out: &mut String, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    for part in cell.split_inclusive('"') {
        out.push_str(part);
        if part.ends_with('"') {
            out.push('"');
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        // the csv crate is the oracle
        #[test]
        fn rows_are_written_as_the_oracle_writes_them(
            rows in prop::collection::vec(prop::collection::vec("[a,\"\n\r; é]{0,4}", 1..4), 0..5),
        ) {
            let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let oracle = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(super::csv(&rows), oracle);
        }
    }
}
