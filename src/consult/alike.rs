//! New titles that may mean the same occupation.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{nearly_same, title_key};

/// Pairs of titles that may mean the same: they differ by a slip, or in one word of
/// two or more ("UAV surveyor", "Drone surveyor"), or one has the words of the other and
/// more ("Solar panel installer", "Solar installer"). By position, the lower first.
///
/// A list for people, not a verdict: "Dental nurse" and "Dairy nurse" are a pair, too.
///
/// `O(n + p)` in the titles and in the pairs with the same first letter or last word.
pub(super) fn pairs(titles: &[&str]) -> BTreeSet<(usize, usize)> {
    let words: Vec<Vec<String>> = titles.iter().map(|title| title_words(title)).collect();
    let mut groups: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (at, words) in words.iter().enumerate() {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let letter = first.chars().next().map_or(0, char::len_utf8);
        groups.entry((true, &first[..letter])).or_default().push(at);
        groups.entry((false, last)).or_default().push(at);
    }
    let mut found = BTreeSet::new();
    for ((by_letter, _), group) in &groups {
        for (n, a) in group.iter().enumerate() {
            let is_pair = |b: &&usize| match by_letter {
                true => nearly_same(titles[*a], titles[**b]),
                false => are_near(&words[*a], &words[**b]),
            };
            found.extend(group[n + 1..].iter().filter(is_pair).map(|b| (*a, *b)));
        }
    }
    found
}

/// Whether all words of the shorter title but one are in the longer one, and the last
/// word is in both.
fn are_near(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let missing = short.iter().filter(|word| !long.contains(word)).count();
    match missing {
        0 => long.len() - short.len() <= 1 && short.len() > 1,
        1 => long.len() == short.len() && short.len() > 1 && short.last() == long.last(),
        _ => false,
    }
}

fn title_words(title: &str) -> Vec<String> {
    title.split(|c: char| !c.is_alphanumeric()).map(title_key).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn titles_that_may_mean_the_same() {
        let found = pairs(&[
            "Drone surveyor",
            "UAV surveyors",
            "Surveyor",
            "Solar panel installer",
            "Solar installer",
            "Rofer",
            "Roofer",
            "Data engineer",
            "",
        ]);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(0, 1), (3, 4), (5, 6)]);
    }
}
