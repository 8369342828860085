//! The pieces of words that a table has rows for.

/// Pieces in the order of their bytes. A piece that begins with `##` continues a
/// word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pieces {
    /// All pieces, one after the other.
    text: Vec<u8>,
    /// Where each begins, and where the last ends.
    starts: Vec<u32>,
    /// The rows of those that begin a word, and of those that continue one, by their
    /// first byte: where they begin, and where the last end.
    first: [Vec<u32>; 2],
}

const INSIDE: &[u8] = b"##";

/// A piece of fewer letters is short. Any letters can be spelt by short pieces, and
/// these say nothing of what a word means.
const SHORT: usize = 3;
/// How much of a word must be in longer pieces, if it is not a piece itself.
const LONGER: (usize, usize) = (3, 5);

impl Pieces {
    /// Pieces of lines. They must be in strict order and not empty; the error is the
    /// number of the first (from 0) that is not.
    pub(super) fn from_lines(lines: &str) -> Result<Pieces, usize> {
        let count = lines.split('\n').count();
        let mut pieces = Pieces {
            text: Vec::with_capacity(lines.len()),
            starts: Vec::with_capacity(count + 1),
            first: [Vec::new(), Vec::new()],
        };
        let mut before: &[u8] = b"";
        for (i, piece) in lines.split('\n').map(str::as_bytes).enumerate() {
            let letters = piece.strip_prefix(INSIDE).unwrap_or(piece).len();
            // the text is far shorter than 4 GiB: the format counts it in 32 bits
            let start = u32::try_from(pieces.text.len()).map_err(|_| i)?;
            if letters == 0 || piece <= before {
                return Err(i);
            }
            pieces.starts.push(start);
            pieces.text.extend_from_slice(piece);
            before = piece;
        }
        pieces.starts.push(u32::try_from(pieces.text.len()).map_err(|_| count)?);
        let first = pieces.first_from(0..count, |piece| piece >= INSIDE);
        let inside = first..pieces.first_from(first..count, |piece| !piece.starts_with(INSIDE));
        let by_byte = |rows: std::ops::Range<usize>, skip: usize| {
            let starts = (0..=u16::from(u8::MAX) + 1).map(|byte| {
                pieces.first_from(rows.clone(), |piece| piece.get(skip).is_some_and(|b| u16::from(*b) >= byte)) as u32
            });
            starts.collect()
        };
        pieces.first = [by_byte(0..count, 0), by_byte(inside, INSIDE.len())];
        Ok(pieces)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The piece of a row.
    fn get(&self, row: usize) -> &[u8] {
        &self.text[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// All of them, as lines.
    pub(super) fn to_lines(&self) -> Vec<u8> {
        (0..self.len()).map(|row| self.get(row)).collect::<Vec<_>>().join(&b'\n')
    }

    /// The first row in a range whose piece passes; the end if none does. All rows
    /// after one that passes pass too.
    fn first_from(&self, range: std::ops::Range<usize>, passes: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low.midpoint(high);
            if passes(self.get(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The row and the length of the longest piece that letters begin with: one at the
    /// start of a word, or one inside it.
    fn longest(&self, letters: &[u8], inside: bool) -> Option<(usize, usize)> {
        let skip = if inside { INSIDE.len() } else { 0 };
        let starts = &self.first[usize::from(inside)];
        let byte = usize::from(*letters.first()?);
        let mut rows = *starts.get(byte)? as usize..*starts.get(byte + 1)? as usize;
        // most words are a piece as a whole
        let whole = self.first_from(rows.clone(), |piece| piece.get(skip..).is_some_and(|piece| piece >= letters));
        if whole < rows.end && self.get(whole).get(skip..) == Some(letters) {
            return Some((whole, letters.len()));
        }
        let mut found = None;
        for (i, letter) in letters.iter().enumerate() {
            if i > 0 {
                // those that go on with this letter; what ends here comes before them
                let at = |piece: &[u8]| piece.get(skip + i).copied();
                let first = self.first_from(rows.clone(), |piece| at(piece).is_some_and(|b| b >= *letter));
                rows = first..self.first_from(first..rows.end, |piece| at(piece).is_some_and(|b| b > *letter));
            }
            if rows.is_empty() {
                break;
            }
            if self.get(rows.start).len() == skip + i + 1 {
                found = Some((rows.start, i + 1));
            }
        }
        found
    }

    /// Appends the rows of a word's pieces: at each place the longest that fits, the
    /// way encoders cut words. Appends nothing if none fits at a place. The cost is at
    /// most the length of the word times that of the longest piece.
    pub(super) fn cut(&self, word: &str, rows: &mut Vec<usize>) {
        let (word, before) = (word.as_bytes(), rows.len());
        let mut start = 0;
        while start < word.len() {
            let Some((row, length)) = self.longest(&word[start..], start > 0) else {
                rows.truncate(before);
                return;
            };
            rows.push(row);
            start += length;
        }
    }
}

impl Pieces {
    /// Whether a word with these pieces is only spelt: it is no piece itself, and under
    /// three fifths of it are in pieces of three letters or more.
    pub(super) fn only_spell(&self, rows: &[usize]) -> bool {
        let length = |&row: &usize| {
            let piece = self.get(row);
            piece.strip_prefix(INSIDE).unwrap_or(piece).len()
        };
        let all: usize = rows.iter().map(length).sum();
        let longer: usize = rows.iter().map(length).filter(|length| *length >= SHORT).sum();
        rows.len() > 1 && longer * LONGER.1 < all * LONGER.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_cut_as_by_a_look_at_all_pieces(
            pieces in proptest::collection::btree_set("(##)?[ab]{1,4}", 1..20),
            words in proptest::collection::vec("[abc]{0,9}", 1..9),
        ) {
            let lines = pieces.iter().cloned().collect::<Vec<_>>().join("\n");
            let cut = Pieces::from_lines(&lines).unwrap();
            for word in &words {
                let (mut expected, mut at) = (Vec::new(), 0);
                while at < word.len() {
                    let inside = if at > 0 { "##" } else { "" };
                    let fits = |end: &usize| pieces.iter().position(|piece| *piece == format!("{inside}{}", &word[at..*end]));
                    let Some(end) = (at + 1..=word.len()).rev().find(|end| fits(end).is_some()) else {
                        expected.clear();
                        break;
                    };
                    expected.extend(fits(&end));
                    at = end;
                }
                let mut rows = Vec::new();
                cut.cut(word, &mut rows);
                prop_assert_eq!(&rows, &expected, "{}", word);
            }
        }
    }

    #[test]
    fn the_longest_piece_at_each_place() {
        let pieces = Pieces::from_lines("##er\n##ing\n##l\n##r\nbrick\nbricklay\nplumb\nplumber").unwrap();
        let cut = |word: &str| {
            let mut rows = Vec::new();
            pieces.cut(word, &mut rows);
            rows.iter().map(|&r| String::from_utf8(pieces.get(r).to_vec()).unwrap()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(cut("plumber"), "plumber");
        assert_eq!(cut("plumbing"), "plumb ##ing");
        assert_eq!(cut("bricklayer"), "bricklay ##er");
        // "plumber" is no piece inside a word, and "##er" none at its start
        assert_eq!(
            (cut("er"), cut("brickplumb"), cut("brickx"), cut("")),
            <(String, String, String, String)>::default()
        );
        assert_eq!(pieces.to_lines(), b"##er\n##ing\n##l\n##r\nbrick\nbricklay\nplumb\nplumber");
    }

    #[test]
    fn words_that_are_only_spelt() {
        let pieces = Pieces::from_lines("##a\n##ing\n##k\n##q\n##t\n##z\nbak\nq\nux\nx").unwrap();
        let is_spelt = |word: &&str| {
            let mut rows = Vec::new();
            pieces.cut(word, &mut rows);
            assert!(!rows.is_empty());
            pieces.only_spell(&rows)
        };
        assert!(["xqzt", "xqzing", "uxa", "bakqzt"].iter().all(is_spelt));
        assert!(!["q", "ux", "bak", "bakqt", "baking", "bakzing"].iter().any(is_spelt));
    }

    #[test]
    fn pieces_out_of_order_empty_or_twice_are_refused() {
        for (lines, wrong) in [("b\na", 1), ("a\na", 1), ("", 0), ("a\n", 1), ("##", 0), ("##\na", 0), ("a\n\nb", 1)] {
            assert_eq!(Pieces::from_lines(lines).err(), Some(wrong), "{lines:?}");
        }
        assert!(Pieces::from_lines("#\n##a\n#a\na").is_ok());
    }
}
