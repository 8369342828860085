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

/// The sum of the products of a vector with one that has every term. Four sums at a
/// time: none waits for another.
pub(super) fn dot_dense(a: &Vector, dense: &[f64]) -> f64 {
    let product = |(term, value): &(u32, f32)| f64::from(*value) * dense[*term as usize];
    let (fours, rest) = a.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, entry)| *sum += product(entry));
    }
    sums.iter().sum::<f64>() + rest.iter().map(product).sum::<f64>()
}
