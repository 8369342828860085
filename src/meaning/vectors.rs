//! Vectors of a caller's own.

use std::collections::BTreeMap;

use super::npy::{self, Matrix};
use super::{MeaningError, Vector};

/// Vectors by id, from any encoder. The id of a statement is that of its occupation, a
/// slash and its own: `"LARS82/K4"`; that of an occupation is its own; that of a
/// topic is `"topic:"` and its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    dimensions: usize,
    rows: BTreeMap<String, Vector>,
}

impl Vectors {
    /// Checks rows and scales them to length 1.
    ///
    /// # Errors
    ///
    /// [`MeaningError::BadVector`] for a row of another length than the first, and
    /// for values that are not finite or all 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::meaning::Vectors;
    ///
    /// let vectors = Vectors::new([("LARS82/K4".to_owned(), vec![1.0, 0.0])])?;
    /// assert_eq!((vectors.len(), vectors.dimensions()), (1, 2));
    /// assert!(Vectors::new([("LARS82/K4".to_owned(), vec![f32::NAN])]).is_err());
    /// # Ok::<(), tlevel::meaning::MeaningError>(())
    /// ```
    pub fn new(rows: impl IntoIterator<Item = (String, Vec<f32>)>) -> Result<Vectors, MeaningError> {
        let mut vectors = Vectors::default();
        for (id, values) in rows {
            let bad = |why: String| MeaningError::BadVector { id: id.clone(), why };
            if vectors.rows.is_empty() {
                vectors.dimensions = values.len();
            } else if values.len() != vectors.dimensions {
                return Err(bad(format!("has {} values; those before it have {}", values.len(), vectors.dimensions)));
            }
            let vector = Vector::new(&values).ok_or_else(|| bad("its values are all 0 or not finite".to_owned()))?;
            vectors.rows.insert(id, vector);
        }
        Ok(vectors)
    }

    /// Reads vectors from a matrix in the `.npy` format, a row for each vector,
    /// and their ids from a text with one id a line. Read are versions 1 to 3 of the
    /// format with `float32` or `float64` in the order of C: what `np.save` writes.
    /// White space around ids and a byte order mark are ignored, and so are empty
    /// lines at the end.
    ///
    /// # Errors
    ///
    /// * [`MeaningError::NotNpy`]: `b"no matrix"`, another kind of numbers, one
    ///   dimension or three, column after column, bytes missing or left over.
    /// * [`MeaningError::BadIds`]: more ids than rows or fewer, an empty line between
    ///   ids, one id twice.
    /// * [`MeaningError::BadVector`]: a row of zeros, or with a value that is not
    ///   finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::meaning::Vectors;
    ///
    /// // np.save("two.npy", np.array([[3, 4], [0, 1]], dtype="float32"))
    /// let mut npy = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
    /// npy.extend(format!("{:117}\n", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }").bytes());
    /// npy.extend([3.0_f32, 4.0, 0.0, 1.0].iter().flat_map(|v| v.to_le_bytes()));
    ///
    /// let vectors = Vectors::from_npy(&npy, "LARS82/K4\nLARS82/K5\n")?;
    /// assert_eq!(vectors.get("LARS82/K4").unwrap().values(), [0.6, 0.8]);
    /// assert!(Vectors::from_npy(&npy, "LARS82/K4").is_err());
    /// # Ok::<(), tlevel::meaning::MeaningError>(())
    /// ```
    pub fn from_npy(npy: &[u8], ids: &str) -> Result<Vectors, MeaningError> {
        let Matrix { rows, columns, values } = npy::read(npy)?;
        let ids: Vec<&str> = ids.trim_start_matches('\u{feff}').trim_end().lines().map(str::trim).collect();
        if ids.len() != rows {
            let count = ids.len();
            return Err(MeaningError::BadIds(format!(
                "{count} lines with ids, {rows} rows of numbers; one a row is needed"
            )));
        }
        if let Some(line) = ids.iter().position(|id| id.is_empty()) {
            return Err(MeaningError::BadIds(format!("line {} is empty", line + 1)));
        }
        let mut lines = BTreeMap::new();
        for (line, id) in ids.iter().enumerate() {
            if let Some(before) = lines.insert(*id, line) {
                let (before, line) = (before + 1, line + 1);
                return Err(MeaningError::BadIds(format!("\"{id}\" is in line {before} and again in line {line}")));
            }
        }
        let rows = ids.iter().zip(values.chunks_exact(columns.max(1)));
        let vectors = Vectors::new(rows.map(|(id, row)| ((*id).to_owned(), row.to_vec())))?;
        if vectors.len() < ids.len() {
            return Err(MeaningError::NotNpy("its rows have no numbers".to_owned()));
        }
        Ok(vectors)
    }

    /// All ids, in their order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// The vector with this id.
    pub fn get(&self, id: &str) -> Option<&Vector> {
        self.rows.get(id)
    }

    /// All of them with their ids, in the order of the ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Vector)> {
        self.rows.iter().map(|(id, vector)| (id.as_str(), vector))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many values each has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }
}
