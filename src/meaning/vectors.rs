//! Vectors of a caller's own.

use std::collections::BTreeMap;

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

    /// The vector with this id.
    pub fn get(&self, id: &str) -> Option<&Vector> {
        self.rows.get(id)
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
