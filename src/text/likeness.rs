//! The share of words that two wordings have in common.

use super::normal_form;

/// The words of a normal form, sorted, for Dice's coefficient.
pub(crate) struct WordBag(Vec<String>);

impl WordBag {
    pub(crate) fn of(text: &str) -> Self {
        WordBag::of_normal(&normal_form(text))
    }

    pub(crate) fn of_normal(normal: &str) -> Self {
        let words = normal.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort_unstable();
        WordBag(words)
    }

    /// Twice the shared words over the words of both, with repetitions; 0 if
    /// neither has a word.
    pub(crate) fn likeness(&self, other: &WordBag) -> f64 {
        let (a, b) = (&self.0, &other.0);
        if a.is_empty() && b.is_empty() {
            return 0.0;
        }
        let (mut i, mut j, mut shared) = (0, 0, 0_usize);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        (2 * shared) as f64 / (a.len() + b.len()) as f64
    }
}
