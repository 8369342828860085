//! Words that say the opposite of each other.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Pairs of opposites: on each side words and phrases, in lower case without
/// punctuation. `#` at the end of one means that a number must follow.
const PAIRS: &str = include_str!("../../fixtures/opposites/opposites.csv");

/// How near the number must be, in words: "over a height of 2 m".
const REACH: usize = 4;

/// A side of a pair of opposites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pair: u16,
    is_second: bool,
}

impl Side {
    pub(super) fn opposite(self) -> Side {
        Side { is_second: !self.is_second, ..self }
    }
}

/// A word or phrase of a side.
struct Phrase {
    words: Vec<&'static str>,
    before_number: bool,
    side: Side,
}

/// The phrases by their first words, longer ones before shorter ones.
type Phrases = HashMap<&'static str, Vec<Phrase>>;

fn phrases() -> &'static Phrases {
    static READ: OnceLock<Phrases> = OnceLock::new();
    READ.get_or_init(|| {
        let mut phrases = Phrases::new();
        for (pair, row) in (0..).zip(PAIRS.lines().skip(1)) {
            for (is_second, forms) in [false, true].into_iter().zip(row.split(',')) {
                for form in forms.split(';') {
                    let words: Vec<&str> = form.split_whitespace().filter(|word| *word != "#").collect();
                    let Some(&first) = words.first() else { continue };
                    let (before_number, side) = (form.ends_with('#'), Side { pair, is_second });
                    phrases.entry(first).or_default().push(Phrase { words, before_number, side });
                }
            }
        }
        phrases.values_mut().for_each(|list| list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len())));
        phrases
    })
}

/// The sides that a text names, each with its words there, in the order of the
/// text. A phrase inside a longer one of the same pair is ignored: "no more
/// than 3" does not say "more than 3".
pub(super) fn sides(words: &[&str]) -> Vec<(Side, String)> {
    let mut found: Vec<(Side, String)> = Vec::new();
    // where the last phrase of each pair ends
    let mut taken: HashMap<u16, usize> = HashMap::new();
    for at in 0..words.len() {
        for phrase in phrases().get(words[at]).into_iter().flatten() {
            let end = at + phrase.words.len();
            let is_said = words.get(at..end).is_some_and(|said| said == phrase.words);
            let is_free = taken.get(&phrase.side.pair).is_none_or(|end| *end <= at);
            if is_said && is_free && (!phrase.before_number || words[end..].iter().take(REACH).any(|w| is_number(w))) {
                taken.insert(phrase.side.pair, end);
                found.push((phrase.side, phrase.words.join(" ")));
            }
        }
    }
    found
}

fn is_number(word: &str) -> bool {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "age", "half"];
    word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_two_sides_without_a_common_word() {
        for row in PAIRS.lines().skip(1) {
            let sides: Vec<BTreeSet<&str>> = row.split(',').map(|side| side.split("; ").collect()).collect();
            let [first, second] = &sides[..] else { panic!("{row}: not two sides") };
            assert!(first.is_disjoint(second), "{row}");
            for form in first.union(second) {
                let is_plain = |c: char| c.is_ascii_lowercase() || c == ' ' || c == '#';
                assert!(!form.trim().is_empty() && form.chars().all(is_plain), "{row}: {form}");
            }
        }
    }

    #[test]
    fn phrases_are_read_in_their_order() {
        let said = |text: &str| -> Vec<String> {
            let words: Vec<&str> = text.split(' ').collect();
            sides(&words).into_iter().map(|(_, words)| words).collect()
        };
        assert_eq!(said("no more than 3 m"), ["no more than"]);
        assert_eq!(said("over a height of 2 m"), ["over"]);
        assert_eq!(said("kept up to date under supervision"), Vec::<String>::new());
        assert_eq!(said("non verbal and written"), ["non verbal", "written"]);
    }
}
