//! A picture and its figures, as a page of HTML.

use std::fmt::Write as _;

use super::svg::clean;

/// The figures behind a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows; the first cell of each names it.
    pub rows: Vec<Vec<String>>,
}

/// Writes one file of HTML with a heading, a picture and the table of its
/// figures, so that those who cannot see the picture have what it says.
///
/// The file holds no script and refers to nothing outside itself. On a narrow
/// screen the picture shrinks and the table scrolls, by keyboard as well; on
/// paper the table is whole and repeats its headings. Rows may be of any
/// length: short ones are filled up, and columns without a heading get a
/// number.
///
/// `svg` is a picture of this crate: it goes into the page as it is, so never
/// pass markup of other people.
///
/// # Examples
///
/// ```
/// use tlevel::write::{SweepPicture, Table, picture_page, sweep_svg};
///
/// let table = Table {
///     caption: "Concepts in the core".to_owned(),
///     columns: vec!["Pathway".to_owned(), "Concepts".to_owned()],
///     rows: vec![vec!["Onsite <construction>".to_owned(), "3".to_owned()]],
/// };
/// let page = picture_page(&sweep_svg(&SweepPicture::default()), "The core", &table);
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.contains("<th scope=\"row\">Onsite &lt;construction&gt;</th>"));
/// ```
pub fn picture_page(svg: &str, title: &str, table: &Table) -> String {
    let title = clean(title);
    let title = escaped(if title.is_empty() { "Picture" } else { &title });
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <figure>\n{}\n</figure>\n",
        svg.trim()
    );
    push_table(&mut out, table);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn push_table(out: &mut String, table: &Table) {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.columns.len());
    let caption = clean(&table.caption);
    let caption = escaped(if caption.is_empty() { "Figures" } else { &caption });
    if width == 0 {
        let _ = writeln!(out, "<p>{caption}: there are none.</p>");
        return;
    }
    let cell = |row: &[String], column: usize| row.get(column).map(|text| escaped(&clean(text))).unwrap_or_default();
    let figures: Vec<bool> = (0..width).map(|column| column > 0 && is_of_figures(table, column)).collect();
    let class = |column: usize| if figures[column] { " class=\"figure\"" } else { "" };
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"caption\" tabindex=\"0\">\n\
         <table>\n<caption id=\"caption\">{caption}</caption>\n<thead>\n<tr>"
    );
    for column in 0..width {
        let heading = cell(&table.columns, column);
        let heading = if heading.is_empty() { format!("Column {}", column + 1) } else { heading };
        let _ = write!(out, "<th scope=\"col\"{}>{heading}</th>", class(column));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        let name = cell(row, 0);
        if name.is_empty() {
            out.push_str("<tr><td></td>");
        } else {
            let _ = write!(out, "<tr><th scope=\"row\">{name}</th>");
        }
        for column in 1..width {
            let _ = write!(out, "<td{}>{}</td>", class(column), cell(row, column));
        }
        out.push_str("</tr>\n");
    }
    if table.rows.is_empty() {
        let _ = writeln!(out, "<tr><td colspan=\"{}\">There is nothing to show.</td></tr>", width.min(1000));
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

/// Whether all that a column says is numbers.
fn is_of_figures(table: &Table, column: usize) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim()).peekable();
    cells.peek().is_some() && cells.all(|cell| cell.is_empty() || cell.trim_end_matches('%').parse::<f64>().is_ok())
}

fn escaped(text: &str) -> String {
    html_escape::encode_text(text).into_owned()
}

const STYLE: &str = "\
:root{color-scheme:light}
body{margin:0;padding:1rem;background:#ffffff;color:#1a1a1a;line-height:1.45;\
font-family:\"Segoe UI\",\"Helvetica Neue\",Arial,\"Liberation Sans\",\"Noto Sans\",\"DejaVu Sans\",sans-serif}
main{max-width:75rem;margin:0 auto}
h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
figure{margin:0 0 1.5rem}
figure svg{display:block;max-width:100%;height:auto}
.scroll{overflow:auto;max-height:80vh;border:1px solid #767676}
.scroll:focus-visible{outline:3px solid #0038e8;outline-offset:2px}
table{border-collapse:collapse;font-size:.875rem}
caption{text-align:left;font-weight:bold;padding:.5rem}
th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #dddddd;\
min-width:4rem;max-width:30rem;overflow-wrap:anywhere}
thead th{position:sticky;top:0;background:#f0f2f5}
tbody th{font-weight:normal}
.figure{text-align:right;font-variant-numeric:tabular-nums}
@media print{body{padding:0}.scroll{overflow:visible;max-height:none;border:0}\
thead{display:table-header-group}thead th{position:static}tr{break-inside:avoid}figure{break-inside:avoid}}
";
