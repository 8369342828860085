//! Which wording stands for a concept.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::map::{Map, StatementIndex};
use crate::text::name_key;

/// The most central statement: the largest cosine between its set of words and
/// the sum of all members' sets. Compared without rounding: `(Σ df)² / |words|`
/// by cross-multiplication. Ties: the more frequent verbatim wording, the
/// shorter, the alphabet, the map's order.
pub(super) fn central(map: &Map, members: &[StatementIndex]) -> StatementIndex {
    let first = members.first().copied().unwrap_or(StatementIndex(0));
    let text = |s: StatementIndex| map.statement_at(s).map_or("", |s| s.text());
    if members.iter().all(|&s| text(s) == text(first)) {
        return first;
    }
    let mut verbatim: HashMap<&str, u32> = HashMap::new();
    let mut occurrences: HashMap<String, u64> = HashMap::new();
    let mut words: HashMap<&str, HashSet<String>> = HashMap::new();
    for &member in members {
        let text = text(member);
        *verbatim.entry(text).or_default() += 1;
        let set = words.entry(text).or_insert_with(|| name_key(text).split(' ').map(str::to_owned).collect());
        for word in set.iter() {
            *occurrences.entry(word.clone()).or_default() += 1;
        }
    }
    let weight = |text: &str| {
        let set = &words[text];
        let sum: u64 = set.iter().map(|word| occurrences[word]).sum();
        (u128::from(sum) * u128::from(sum), set.len().max(1) as u128)
    };
    let better = |a: &str, b: &str| {
        let ((a_sum, a_len), (b_sum, b_len)) = (weight(a), weight(b));
        (a_sum * b_len)
            .cmp(&(b_sum * a_len))
            .then(verbatim[a].cmp(&verbatim[b]))
            .then(b.len().cmp(&a.len()))
            .then_with(|| b.cmp(a))
    };
    members
        .iter()
        .copied()
        .reduce(|best, next| if better(text(next), text(best)) == Ordering::Greater { next } else { best })
        .unwrap_or(first)
}
