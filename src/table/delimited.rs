//! Splits text into cells: RFC 4180, and the variants of spreadsheets and
//! people.

use super::columns::{Columns, HEADER_WITHIN};
use super::sheet::{MOST_CELLS, Sheet, SheetRow};
use super::{Error, Note};

/// The delimiters, in the order that decides ties.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Splits a text with the delimiter under which it has the columns of one of
/// the forms.
pub(super) fn sheet(text: &str, forms: &[Columns], notes: &mut Vec<Note>) -> Result<Sheet, Error> {
    let (declared, begin, line) = declared_delimiter(text);
    let start = Start { at: begin, line };
    let delimiter = declared.unwrap_or_else(|| {
        let fit = |delimiter: u8| {
            let (rows, _) = rows(text, start, delimiter, HEADER_WITHIN);
            let fits = rows.iter().flat_map(|row| forms.iter().map(|columns| columns.fit(row)));
            (fits.max().unwrap_or_default(), rows.iter().map(|row| row.cells.len()).max().unwrap_or(0))
        };
        // ties: the first; `max_by_key` takes the last
        DELIMITERS.into_iter().rev().max_by_key(|delimiter| fit(*delimiter)).unwrap_or(b',')
    });
    let (rows, error) = rows(text, start, delimiter, usize::MAX);
    if let Some(error) = error {
        return Err(error);
    }
    for row in rows.iter().filter(|row| row.has_odd_quote) {
        let message = "text follows a closing quote; the cell is read as it is written, quotes included";
        notes.push(Note::at(format!("line {}", row.line), row.line, message));
    }
    note_swallowed_rows(&rows, delimiter, notes);
    Ok(Sheet::of_lines(rows))
}

/// A line `sep=;` that spreadsheets read before the header: the delimiter, and
/// where the rows begin.
fn declared_delimiter(text: &str) -> (Option<u8>, usize, u64) {
    let mut scan = Scan::new(text, Start { at: 0, line: 1 });
    while scan.at < scan.text.len() {
        let from = scan.at;
        while !matches!(scan.peek(), None | Some(b'\n' | b'\r')) {
            scan.at += 1;
        }
        let line = text[from..scan.at].trim_matches([' ', '"', ',', ';']);
        let before = &text[from..scan.at];
        scan.line_end();
        if before.trim().is_empty() {
            continue;
        }
        if !line.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("sep=")) {
            break;
        }
        // trimming may have removed the delimiter itself
        let mark = before.split_once('=').and_then(|(_, rest)| rest.bytes().next());
        return match mark {
            Some(mark) if mark.is_ascii() && !mark.is_ascii_alphanumeric() && mark != b'"' => {
                (Some(mark), scan.at, scan.line)
            }
            _ => (None, scan.at, scan.line),
        };
    }
    (None, 0, 1)
}

/// Where the rows begin.
#[derive(Clone, Copy)]
struct Start {
    at: usize,
    line: u64,
}

/// Up to `most` rows, with the error if something is wrong.
fn rows(text: &str, start: Start, delimiter: u8, most: usize) -> (Vec<SheetRow>, Option<Error>) {
    let mut scan = Scan::new(text, start);
    let (mut rows, mut budget) = (Vec::new(), MOST_CELLS);
    while scan.at < scan.text.len() && rows.len() < most {
        let line = scan.line;
        let mut cells = Vec::new();
        loop {
            match scan.cell(text, delimiter) {
                Ok(cell) => cells.push(cell),
                Err(error) => return (rows, Some(error)),
            }
            if scan.peek() != Some(delimiter) {
                break;
            }
            scan.at += 1;
        }
        scan.line_end();
        let Some(left) = budget.checked_sub(cells.len()) else {
            return (rows, Some(Error::TooLarge { limit: MOST_CELLS }));
        };
        budget = left;
        let has_odd_quote = std::mem::take(&mut scan.has_odd_quote);
        rows.push(SheetRow { number: rows.len(), line, cells, has_odd_quote });
    }
    (rows, None)
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
    /// Whether rows end with CR, and a lone LF is a line break in a cell.
    is_old_mac: bool,
    /// Whether the row has a cell with a quote that is read literally.
    has_odd_quote: bool,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, start: Start) -> Scan<'t> {
        let text = text.as_bytes();
        let first = text.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let is_old_mac = first.is_some_and(|at| text[at] == b'\r' && text.get(at + 1) != Some(&b'\n'));
        Scan { text, at: start.at, line: start.line, is_old_mac, has_odd_quote: false }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Skips one line end, of any kind.
    fn line_end(&mut self) {
        match (self.peek(), self.text.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => self.at += 2,
            (Some(b'\r' | b'\n'), _) => self.at += 1,
            _ => return,
        }
        self.line += 1;
    }

    fn is_cell_end(&self, delimiter: u8) -> bool {
        self.peek().is_none_or(|byte| byte == delimiter || byte == b'\r' || (byte == b'\n' && !self.is_old_mac))
    }

    fn skip_spaces(&mut self, delimiter: u8) {
        while self.peek().is_some_and(|byte| byte == b' ' && byte != delimiter) {
            self.at += 1;
        }
    }

    /// The next cell, trimmed. The scan ends on what follows it.
    fn cell(&mut self, text: &str, delimiter: u8) -> Result<String, Error> {
        let begin = self.at;
        self.skip_spaces(delimiter);
        if self.peek() != Some(b'"') {
            return Ok(self.plain(text, begin, delimiter));
        }
        let (line, quoted) = (self.line, self.at + 1);
        let content = self.quoted(text, delimiter)?;
        let holds_delimiter = self.text[quoted..self.at].contains(&delimiter);
        self.skip_spaces(delimiter);
        if self.is_cell_end(delimiter) {
            return Ok(content);
        }
        if self.line != line {
            return Err(Error::QuoteAcrossRows { line, closes: self.line });
        }
        if holds_delimiter {
            return Err(Error::TextAfterQuote { line });
        }
        self.has_odd_quote = true;
        Ok(self.plain(text, begin, delimiter))
    }

    /// A cell, read literally.
    fn plain(&mut self, text: &str, begin: usize, delimiter: u8) -> String {
        while !self.is_cell_end(delimiter) {
            self.line += u64::from(self.peek() == Some(b'\n'));
            self.at += 1;
        }
        text[begin..self.at].trim().to_owned()
    }

    /// The text between quotes. The scan ends after the second one.
    fn quoted(&mut self, text: &str, delimiter: u8) -> Result<String, Error> {
        let line = self.line;
        self.at += 1;
        let mut content = String::new();
        let mut from = self.at;
        loop {
            match self.peek() {
                None => return Err(Error::UnclosedQuote { line }),
                Some(b'"') if self.text.get(self.at + 1) == Some(&b'"') => {
                    content.push_str(&text[from..=self.at]);
                    self.at += 2;
                    from = self.at;
                }
                Some(b'"') => {
                    content.push_str(&text[from..self.at]);
                    self.at += 1;
                    return Ok(content.trim().to_owned());
                }
                // as some databases write a quote in a text
                Some(b'\\') if self.is_escaped_quote(delimiter) => {
                    content.push_str(&text[from..self.at]);
                    content.push('"');
                    self.at += 2;
                    from = self.at;
                }
                Some(b'\r' | b'\n') => {
                    content.push_str(&text[from..self.at]);
                    content.push('\n');
                    self.line_end();
                    from = self.at;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// `\"`, and the cell goes on.
    fn is_escaped_quote(&self, delimiter: u8) -> bool {
        let behind = self.text.get(self.at + 2);
        self.text.get(self.at + 1) == Some(&b'"')
            && behind.is_some_and(|byte| *byte != delimiter && !matches!(byte, b'"' | b'\r' | b'\n'))
    }
}

/// The number of columns from which a line in a cell is considered a row.
const WIDE: usize = 3;

/// Notes cells that contain whole rows: a quote was forgotten and closed by
/// another one further down.
fn note_swallowed_rows(rows: &[SheetRow], delimiter: u8, notes: &mut Vec<Note>) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if width < WIDE {
        return;
    }
    let is_row = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 >= width;
    let swallows = |row: &&SheetRow| row.cells.iter().any(|cell| cell.split('\n').skip(1).any(is_row));
    for row in rows.iter().filter(swallows) {
        let message = "a cell in quotes holds what looks like whole rows; is a quote missing?";
        notes.push(Note::at(format!("line {}", row.line), row.line, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str, delimiter: u8) -> Result<Vec<Vec<String>>, Error> {
        match rows(text, Start { at: 0, line: 1 }, delimiter, usize::MAX) {
            (rows, None) => Ok(rows.into_iter().map(|row| row.cells).collect()),
            (_, Some(error)) => Err(error),
        }
    }

    #[test]
    fn cells_as_people_write_them() {
        for (text, expected) in [
            ("a,b\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a,\"b, c\"\r\n", vec![vec!["a", "b, c"]]),
            ("a, \"b, c\" \r", vec![vec!["a", "b, c"]]),
            ("\"a \"\"b\"\"\",c", vec![vec!["a \"b\"", "c"]]),
            ("\"one\r\ntwo\rthree\",x", vec![vec!["one\ntwo\nthree", "x"]]),
            ("a,,\n,", vec![vec!["a", "", ""], vec!["", ""]]),
            (" a\u{a0}, b\t", vec![vec!["a", "b"]]),
            ("\"They fly 5\" drones,x", vec![vec!["\"They fly 5\" drones", "x"]]),
            ("5\" pipe,x", vec![vec!["5\" pipe", "x"]]),
            ("\"Colleges \\\"teach\\\" it, too\",x", vec![vec!["Colleges \"teach\" it, too", "x"]]),
            ("\"C:\\\",x", vec![vec!["C:\\", "x"]]),
            ("", vec![]),
            ("\n\nx", vec![vec![""], vec![""], vec!["x"]]),
            ("\"\"", vec![vec![""]]),
        ] {
            assert_eq!(cells(text, b',').unwrap(), expected, "{text:?}");
        }
        assert_eq!(cells("a;\"b;c\"\n", b';').unwrap(), [["a", "b;c"]]);
        assert_eq!(cells("a\t b \n", b'\t').unwrap(), [["a", "b"]]);
        // rows end with CR as in old Mac files, with a line break in a cell
        assert_eq!(cells("h,i\ra,one\ntwo\rb,c", b',').unwrap(), [["h", "i"], ["a", "one\ntwo"], ["b", "c"]]);
    }

    #[test]
    fn quotes_that_swallow_rows_are_errors_with_their_line() {
        for (text, expected) in [
            ("h,i\na,\"open\nb,c\n", Error::UnclosedQuote { line: 2 }),
            ("h,i\r\r\na,\"open\rb,c", Error::UnclosedQuote { line: 3 }),
            ("\"open", Error::UnclosedQuote { line: 1 }),
            ("h\n\"x\ny\",\"open\n", Error::UnclosedQuote { line: 3 }),
            ("h,i\na,\"open\nb,\"closed by chance\n", Error::QuoteAcrossRows { line: 2, closes: 3 }),
            ("h,i\n\"a, b\" c,d\n", Error::TextAfterQuote { line: 2 }),
            ("\"\"\"", Error::UnclosedQuote { line: 1 }),
        ] {
            assert_eq!(cells(text, b',').unwrap_err(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_may_declare_the_delimiter() {
        for (text, expected) in [
            ("sep=;\na;b", (Some(b';'), 6, 2)),
            ("\"sep=,\"\r\na,b", (Some(b','), 9, 2)),
            ("\nSEP=\t\na\tb", (Some(b'\t'), 7, 3)),
            ("sep=;;;\na;b", (Some(b';'), 8, 2)),
            ("separate;b", (None, 0, 1)),
            ("sep=\na,b", (None, 5, 2)),
            ("a,b", (None, 0, 1)),
        ] {
            assert_eq!(declared_delimiter(text), expected, "{text:?}");
        }
    }

    /// A text that may hold anything, as one cell.
    fn text() -> impl Strategy<Value = String> {
        proptest::string::string_regex("[a-z \",;\n\t\\\\é|]{0,8}").expect("a pattern")
    }

    proptest! {
        // the csv crate writes, and reads what is well-formed, as the oracle
        #[test]
        fn what_is_written_is_read_back(
            rows in prop::collection::vec(prop::collection::vec(text(), 3), 1..5),
            delimiter in prop::sample::select(&DELIMITERS),
            ends in prop::sample::select(&["\n", "\r\n"]),
        ) {
            let terminator = if ends == "\n" { ::csv::Terminator::Any(b'\n') } else { ::csv::Terminator::CRLF };
            let mut writer = (::csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator))
                .quote_style(::csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            for row in &rows {
                // a backslash before a quote is read as an escape here, but not by the oracle
                let plain: Vec<String> = row.iter().map(|cell| cell.replace('\\', "/")).collect();
                writer.write_record(&plain).unwrap();
            }
            let written = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let mut reader = (::csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false))
                .trim(::csv::Trim::All)
                .from_reader(written.as_bytes());
            let oracle: Vec<Vec<String>> =
                reader.records().map(|r| r.unwrap().iter().map(|c| c.trim().to_owned()).collect()).collect();
            prop_assert_eq!(cells(&written, delimiter).unwrap(), oracle);
        }

        #[test]
        fn no_text_panics_and_lines_ascend(text in "[a,;\"\n\r\\\\ é]{0,40}") {
            let (rows, _) = rows(&text, Start { at: 0, line: 1 }, b',', usize::MAX);
            prop_assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
        }
    }
}
