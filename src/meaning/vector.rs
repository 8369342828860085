//! A direction.

/// A vector of length 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(Box<[f32]>);

impl Vector {
    /// Scales values to length 1. `None` if there are none, if one is not finite, or
    /// if all are 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::meaning::Vector;
    ///
    /// let (one, other) = (Vector::new(&[3.0, 4.0]).unwrap(), Vector::new(&[4.0, 3.0]).unwrap());
    /// assert!((one.cosine(&other) - 0.96).abs() < 1e-6);
    /// assert!(Vector::new(&[0.0, 0.0]).is_none() && Vector::new(&[f32::NAN]).is_none());
    /// ```
    pub fn new(values: &[f32]) -> Option<Vector> {
        let values: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
        Vector::from_sum(&values)
    }

    /// As [`new`](Self::new), from values of double precision.
    pub(super) fn from_sum(values: &[f64]) -> Option<Vector> {
        let length = values.iter().map(|&v| v * v).sum::<f64>().sqrt();
        let is_sound = length.is_finite() && length > 0.0;
        is_sound.then(|| Vector(values.iter().map(|&v| (v / length) as f32).collect()))
    }

    /// Its values.
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// The cosine with another of as many dimensions, from -1 to 1; 0 if their
    /// dimensions differ.
    pub fn cosine(&self, other: &Vector) -> f64 {
        if self.0.len() != other.0.len() {
            return 0.0;
        }
        let product: f64 = self.0.iter().zip(&other.0).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
        // rounding may give a little more than 1
        product.clamp(-1.0, 1.0)
    }
}
