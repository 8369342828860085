//! New titles that may mean the same occupation.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{in_full, nearly_same, title_key};

/// Pairs of titles that may mean the same: they are the same in full ("AI engineer"), or
/// without what stands in brackets, or differ by a slip, or in one word of two or more
/// ("UAV surveyor", "Drone surveyor"), or one has the words of the other and more ("Solar
/// panel installer", "Solar installer"). By position, the lower first.
///
/// A list for people, not a verdict: "Dental nurse" and "Dairy nurse" are a pair, too.
///
/// `O(n + p)` in the titles and in the pairs with the same first letter or last word.
pub(super) fn pairs(titles: &[&str]) -> BTreeSet<(usize, usize)> {
    let forms: Vec<(usize, String)> = titles
        .iter()
        .enumerate()
        .flat_map(|(at, title)| forms(title).into_iter().map(move |form| (at, form)))
        .collect();
    let words: Vec<Vec<String>> = forms.iter().map(|(_, form)| title_words(form)).collect();
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
                _ if forms[*a].0 == forms[**b].0 => false,
                true => words[*a] == words[**b] || nearly_same(&forms[*a].1, &forms[**b].1),
                false => are_near(&words[*a], &words[**b]),
            };
            let pair = |b: &usize| (forms[*a].0.min(forms[*b].0), forms[*a].0.max(forms[*b].0));
            found.extend(group[n + 1..].iter().filter(is_pair).map(pair));
        }
    }
    found
}

/// What a title may be called: as it is, without what stands in brackets, that alone,
/// and each with its abbreviations in full.
fn forms(title: &str) -> Vec<String> {
    let mut found = vec![title.to_owned()];
    if let Some((before, (inside, after))) =
        title.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
    {
        found.extend([format!("{before}{after}"), inside.to_owned()]);
    }
    let full: Vec<String> = found.iter().flat_map(|form| in_full(form)).collect();
    found.extend(full);
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
            "Artificial intelligence engineer",
            "AI engineers",
            "Paralegals (legal assistants)",
            "Paralegal",
            "Legal assistant",
        ]);
        let pairs = [(0, 1), (3, 4), (5, 6), (7, 10), (9, 10), (11, 12), (11, 13)];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), pairs);
    }
}
