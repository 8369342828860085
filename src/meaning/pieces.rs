//! The pieces of words that a table has rows for.

/// Pieces in the order of their bytes. A piece that begins with `##` continues a
/// word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pieces {
    /// All pieces, one after the other.
    text: Vec<u8>,
    /// Where each begins, and where the last ends.
    starts: Vec<u32>,
    /// The rows of those that continue a word.
    inside: std::ops::Range<usize>,
    /// The length of the longest, in bytes.
    longest: usize,
}

const INSIDE: &[u8] = b"##";

impl Pieces {
    /// Pieces of lines. They must be in strict order and not empty; the error is the
    /// number of the first (from 0) that is not.
    pub(super) fn from_lines(lines: &str) -> Result<Pieces, usize> {
        let count = lines.split('\n').count();
        let mut pieces = Pieces {
            text: Vec::with_capacity(lines.len()),
            starts: Vec::with_capacity(count + 1),
            inside: 0..0,
            longest: 0,
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
            pieces.longest = pieces.longest.max(letters);
            before = piece;
        }
        pieces.starts.push(u32::try_from(pieces.text.len()).map_err(|_| count)?);
        let first = pieces.first_from(0..count, |piece| piece >= INSIDE);
        pieces.inside = first..pieces.first_from(first..count, |piece| !piece.starts_with(INSIDE));
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

    /// The row of a piece at the start of a word, or of one inside it.
    fn row(&self, piece: &[u8], inside: bool) -> Option<usize> {
        if inside {
            let row = self.first_from(self.inside.clone(), |p| &p[INSIDE.len()..] >= piece);
            return (row < self.inside.end && &self.get(row)[INSIDE.len()..] == piece).then_some(row);
        }
        let row = self.first_from(0..self.len(), |p| p >= piece);
        (row < self.len() && self.get(row) == piece).then_some(row)
    }

    /// Appends the rows of a word's pieces: at each place the longest that fits, the
    /// way encoders cut words. Appends nothing if none fits at a place. The cost is
    /// the length of the word times that of the longest piece.
    pub(super) fn cut(&self, word: &str, rows: &mut Vec<usize>) {
        let (word, before) = (word.as_bytes(), rows.len());
        let mut start = 0;
        while start < word.len() {
            let longest = word.len().min(start + self.longest);
            let fits = (start + 1..=longest)
                .rev()
                .find_map(|end| self.row(&word[start..end], start > 0).map(|row| (row, end)));
            let Some((row, end)) = fits else {
                rows.truncate(before);
                return;
            };
            rows.push(row);
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn pieces_out_of_order_empty_or_twice_are_refused() {
        for (lines, wrong) in [("b\na", 1), ("a\na", 1), ("", 0), ("a\n", 1), ("##", 0), ("##\na", 0), ("a\n\nb", 1)] {
            assert_eq!(Pieces::from_lines(lines).err(), Some(wrong), "{lines:?}");
        }
        assert!(Pieces::from_lines("#\n##a\n#a\na").is_ok());
    }
}
