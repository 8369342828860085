//! Sparse vectors.

/// A sparse vector by term, in ascending order.
pub(super) type Vector = Vec<(u32, f32)>;

/// The square of a vector's length.
pub(super) fn square(vector: &Vector) -> f64 {
    vector.iter().map(|(_, v)| f64::from(*v) * f64::from(*v)).sum()
}

/// The sum of the products of two vectors.
pub(super) fn dot(a: &Vector, b: &Vector) -> f64 {
    let mut sum = 0.0;
    let mut others = b.iter().peekable();
    for (term, value) in a {
        while others.next_if(|(other, _)| other < term).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == term) {
            sum += f64::from(*value) * f64::from(*other);
        }
    }
    sum
}
