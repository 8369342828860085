//! A table of words.

use super::about::TableAbout;
use super::error::MeaningError;
use super::table_bytes::Parts;
use super::vector::Vector;
use super::words::for_each_word;

/// Rows of numbers for pieces of words, and a function from text to a vector.
///
/// A text is read as words (runs of letters and digits, in lower case, without
/// accents), and each word is cut into pieces, at each place the longest that the
/// table has. The vector is the sum of the rows of all pieces, scaled to length 1.
/// How much a word counts is in its row: common words have short ones. Word order
/// does not count.
///
/// The same bytes and text give the same vector on every machine.
///
/// # Examples
///
/// ```
/// use tlevel::meaning::{TableAbout, WordTable};
///
/// let rows = [("plumb", [2.0, 0.2]), ("##er", [0.1, 0.1]), ("pipe", [1.9, 0.5]), ("baker", [0.1, 2.0])];
/// let rows = rows.map(|(piece, row)| (piece.to_owned(), row.to_vec()));
/// let table = WordTable::from_rows(TableAbout::default(), rows)?;
///
/// let (plumber, pipes) = (table.vector("Plumber").unwrap(), table.vector("Pipe (PIPE)").unwrap());
/// assert!(plumber.cosine(&pipes) > 0.98);
/// assert!(plumber.cosine(&table.vector("baker").unwrap()) < 0.2);
/// // no word of it is known
/// assert!(table.vector("Florist").is_none());
/// assert_eq!(table.pairs("A plumber", "Mend a pipe", 1)[0].first, "plumber");
/// // as bytes and back
/// assert_eq!(WordTable::from_bytes(&table.to_bytes())?, table);
/// # Ok::<(), tlevel::meaning::MeaningError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WordTable {
    parts: Parts,
}

/// A word of one text and one of another, and what the two add to their cosine.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct WordPair {
    /// The word of the first.
    pub first: String,
    /// The word of the second.
    pub second: String,
    /// What they add to the cosine.
    pub share: f64,
}

/// How many different words of a text can be in pairs.
const MOST_WORDS: usize = 500;

impl WordTable {
    /// The table that the crate carries: made from a sentence encoder, O*NET and ESCO;
    /// see [`about`](Self::about) for licences and attributions.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::meaning::WordTable;
    ///
    /// let table = WordTable::bundled();
    /// let near = |one: &str, other: &str| table.vector(one).unwrap().cosine(&table.vector(other).unwrap());
    /// assert!(near("Plumber", "Pipe fitting and heating") > near("Plumber", "Bookkeeping"));
    /// for source in &table.about().sources {
    ///     println!("{}: {} ({})", source.name, source.attribution, source.licence);
    /// }
    /// ```
    #[cfg(feature = "meaning")]
    pub fn bundled() -> &'static WordTable {
        static BUNDLED: std::sync::LazyLock<WordTable> = std::sync::LazyLock::new(|| {
            let bytes = include_bytes!("../../fixtures/meaning/words.bin");
            WordTable::from_bytes(bytes).expect("the bytes of the crate are a table: a test reads them")
        });
        &BUNDLED
    }

    /// Reads a table. Every length is checked before memory is taken.
    ///
    /// # Errors
    ///
    /// [`MeaningError::NotATable`]: `b"no table"`, a table that is cut off or has
    /// bytes after its end, pieces out of order, or a scale that is no number.
    pub fn from_bytes(bytes: &[u8]) -> Result<WordTable, MeaningError> {
        Parts::read(bytes).map(|parts| WordTable { parts })
    }

    /// Makes a table from rows of pieces, in any order. Each row is rounded to 255
    /// steps. A piece that begins with `##` continues a word. Pieces are found only
    /// if they are in lower case and without accents.
    ///
    /// # Errors
    ///
    /// * [`MeaningError::NotATable`]: no row, a piece that is empty or comes twice,
    ///   no dimensions or over 1,024.
    /// * [`MeaningError::BadVector`]: rows of different lengths, or a value that is
    ///   not finite.
    pub fn from_rows(
        about: TableAbout,
        rows: impl IntoIterator<Item = (String, Vec<f32>)>,
    ) -> Result<WordTable, MeaningError> {
        Parts::from_rows(about, rows.into_iter().collect()).map(|parts| WordTable { parts })
    }

    /// The table as bytes, for [`from_bytes`](Self::from_bytes).
    pub fn to_bytes(&self) -> Vec<u8> {
        self.parts.write()
    }

    /// What it was made from, with licences and attributions.
    pub fn about(&self) -> &TableAbout {
        &self.parts.about
    }

    /// How many values a vector has.
    pub fn dimensions(&self) -> usize {
        self.parts.dimensions
    }

    /// How many pieces it has rows for.
    pub fn len(&self) -> usize {
        self.parts.pieces.len()
    }

    /// Whether it has no rows; a table has at least one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The vector of a text. Returns `None` if no word of it is known.
    ///
    /// # Complexity
    ///
    /// Linear in the length of the text: a title takes about a microsecond.
    pub fn vector(&self, text: &str) -> Option<Vector> {
        self.vector_of(text, |_| true)
    }

    /// As [`vector`](Self::vector), without words that the table can only spell, by
    /// single letters and pairs, and that nobody else knows: they mean nothing.
    pub(crate) fn vector_of(&self, text: &str, is_known: impl Fn(&str) -> bool) -> Option<Vector> {
        let mut sum = vec![0.0; self.dimensions()];
        self.each_word(text, is_known, |_, rows| self.add_rows(rows, &mut sum));
        Vector::from_sum(&sum)
    }

    /// The pairs of words that add most to the cosine of two texts, at most `most`,
    /// the largest share first (ties: in the order of the texts). A word that comes
    /// several times is one. Shares can be below 0, and those of all pairs add up to
    /// the cosine, as long as neither text has over 500 different words: later ones
    /// are in no pair.
    pub fn pairs(&self, first: &str, second: &str, most: usize) -> Vec<WordPair> {
        let ((first, one), (second, other)) = (self.words(first), self.words(second));
        let lengths = one * other;
        if lengths <= 0.0 {
            return Vec::new();
        }
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
        for (i, (_, a)) in first.iter().enumerate() {
            pairs.extend(second.iter().enumerate().map(|(j, (_, b))| (i, j, dot(a, b) / lengths)));
        }
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
        pairs.truncate(most);
        let named = |(i, j, share): (usize, usize, f64)| WordPair {
            first: first[i].0.clone(),
            second: second[j].0.clone(),
            share,
        };
        pairs.into_iter().map(named).collect()
    }

    /// The known words of a text in the order in which they first come, with the sums
    /// of their rows; and the length of the sum of all.
    pub(crate) fn words(&self, text: &str) -> (Vec<(String, Vec<f64>)>, f64) {
        let mut words: indexmap::IndexMap<String, Vec<f64>> = indexmap::IndexMap::new();
        let mut sum = vec![0.0; self.dimensions()];
        self.each_word(
            text,
            |_| true,
            |word, rows| {
                self.add_rows(rows, &mut sum);
                if words.len() < MOST_WORDS || words.contains_key(word) {
                    let own = words.entry(word.to_owned()).or_insert_with(|| vec![0.0; self.dimensions()]);
                    self.add_rows(rows, own);
                }
            },
        );
        let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
        (words.into_iter().collect(), length)
    }

    /// Calls `each` for every known word of a text with the rows of its pieces, as in
    /// [`vector_of`](Self::vector_of).
    pub(crate) fn each_word(&self, text: &str, is_known: impl Fn(&str) -> bool, mut each: impl FnMut(&str, &[usize])) {
        let mut rows = Vec::new();
        for_each_word(text, |word| {
            rows.clear();
            self.parts.pieces.cut(word, &mut rows);
            if !rows.is_empty() && (!self.parts.pieces.only_spell(&rows) || is_known(word)) {
                each(word, &rows);
            }
        });
    }

    /// Adds rows to a sum.
    pub(crate) fn add_rows(&self, rows: &[usize], sum: &mut [f64]) {
        for &row in rows {
            let scale = f64::from(self.parts.scales[row]);
            let values = &self.parts.rows[row * sum.len()..(row + 1) * sum.len()];
            sum.iter_mut().zip(values).for_each(|(sum, &value)| *sum += scale * f64::from(value));
        }
    }
}
