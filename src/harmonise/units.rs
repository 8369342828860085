//! The units that are joined: statements that are one by wording or by people's
//! decision.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::contradiction::Claims;
use super::ledger::OnMap;
use super::linkage::Link;
use super::rescore::Rescored;
use super::{Measure, Pair};
use crate::map::{Kind, StatementIndex};
use crate::sparse::search_pairs_by;

/// The statements of one kind, joined where no score is needed.
pub(super) struct Items {
    pub(super) kind: Kind,
    /// In the order of their first statements' codes; each in code order.
    pub(super) members: Vec<Vec<StatementIndex>>,
    /// The occupations of each, sorted.
    occupations: Vec<Vec<u32>>,
    /// Each different wording: the statement that represents it, and the items
    /// that have it (one, unless people keep equal wordings apart).
    wordings: Vec<(StatementIndex, Vec<u32>)>,
}

/// How many links of a wording are kept, the best ones. No concept is expected
/// to have more wordings, and the limit bounds the cost of 10,000 near copies.
const MOST_LINKS: usize = 256;

/// Items by kind, for statements that say something.
pub(super) fn of(measure: &Measure<'_>, decided: &OnMap) -> Vec<Items> {
    let map = measure.map();
    let mut sets = Sets::new(map.statements().len(), decided);
    measure.kinds.iter().map(|kind| of_kind(measure, kind.kind, &kind.statements, &mut sets)).collect()
}

fn of_kind(measure: &Measure<'_>, kind: Kind, by_code: &[StatementIndex], sets: &mut Sets) -> Items {
    let map = measure.map();
    let statements = by_code.iter().filter_map(|&s| map.statement_at(s)).filter(|s| s.says_something());
    let mut wording_of: HashMap<u32, usize> = HashMap::new();
    let mut wordings: Vec<Vec<StatementIndex>> = Vec::new();
    for statement in statements.clone() {
        let next = wordings.len();
        let wording = *wording_of.entry(measure.speaker(statement.index())).or_insert(next);
        if wording == next {
            wordings.push(Vec::new());
        }
        wordings[wording].push(statement.index());
    }
    for wording in &wordings {
        // the roots of this wording so far: one, unless people keep some apart
        let mut roots: Vec<u32> = Vec::new();
        for &statement in wording {
            let root = sets.root(statement.index() as u32);
            if !roots.contains(&root) && !roots.iter().any(|&other| sets.join(other, root)) {
                roots.push(root);
            }
            roots.iter_mut().for_each(|root| *root = sets.root(*root));
        }
    }
    let mut number: BTreeMap<u32, u32> = BTreeMap::new();
    let mut items: Vec<Vec<StatementIndex>> = Vec::new();
    for statement in statements {
        let next = items.len() as u32;
        let item = *number.entry(sets.root(statement.index().index() as u32)).or_insert(next);
        if item == next {
            items.push(Vec::new());
        }
        items[item as usize].push(statement.index());
    }
    let sorted = |mut list: Vec<u32>| {
        list.sort_unstable();
        list.dedup();
        list
    };
    let occupation = |s: &StatementIndex| map.statement_at(*s).map(|s| s.occupation().index().index() as u32);
    let occupations = items.iter().map(|item| sorted(item.iter().filter_map(occupation).collect())).collect();
    let item_of = |s: &StatementIndex, sets: &mut Sets| number[&sets.root(s.index() as u32)];
    let wordings = wordings
        .into_iter()
        .map(|wording| (wording[0], sorted(wording.iter().map(|s| item_of(s, sets)).collect())))
        .collect();
    Items { kind, members: items, occupations, wordings }
}

impl Items {
    /// All links with at least that score: pairs of items that have no common
    /// occupation, that nobody keeps apart and that do not contradict each
    /// other. The score of two items is that of their most similar wordings.
    /// Each link comes with that pair of wordings.
    pub(super) fn links(&self, measure: &Measure<'_>, decided: &OnMap, at_least: f64) -> Vec<(Link, Pair)> {
        let map = measure.map();
        let Some(kind) = measure.kinds.iter().find(|kind| kind.kind == self.kind) else { return Vec::new() };
        let own: Vec<u32> = self.wordings.iter().map(|(statement, _)| measure.place(*statement).1).collect();
        let rows = kind.rows.select(&own).apart();
        let claims: Vec<Claims> = self
            .wordings
            .iter()
            .map(|(s, _)| map.statement_at(*s).map_or_else(Claims::default, |s| Claims::of(s.text())))
            .collect();
        let apart = self.apart(decided);
        let speakers: Vec<StatementIndex> = self.wordings.iter().map(|(statement, _)| *statement).collect();
        let by = Rescored::new(measure, &rows, &speakers);
        let mut near = NearRows { of: vec![Vec::new(); rows.len()] };
        search_pairs_by(&rows, at_least, &by, |row, found| {
            found.iter().for_each(|n| near.add(row, n.row, n.score));
        });
        let mut found: Vec<(Link, Pair)> = Vec::new();
        near.each(|first, second, score| {
            if !claims[first].agree(&claims[second]) {
                return;
            }
            let ((a, of_a), (b, of_b)) = (&self.wordings[first], &self.wordings[second]);
            let pair = Pair { a: *a, b: *b, score };
            for (&one, &other) in of_a.iter().flat_map(|one| of_b.iter().map(move |other| (one, other))) {
                let (a, b) = (one.min(other), one.max(other));
                if a != b && !self.share_an_occupation(a, b) && !apart.contains(&(a, b)) {
                    found.push((Link { a, b, score }, pair));
                }
            }
        });
        // stable: the first of the best pairs
        found.sort_by(|(x, _), (y, _)| (x.a, x.b).cmp(&(y.a, y.b)).then(y.score.total_cmp(&x.score)));
        found.dedup_by_key(|(link, _)| (link.a, link.b));
        found
    }

    /// The pairs of items that people keep apart.
    fn apart(&self, decided: &OnMap) -> BTreeSet<(u32, u32)> {
        if decided.different.is_empty() {
            return BTreeSet::new();
        }
        let members = (self.members.iter().zip(0_u32..)).flat_map(|(item, i)| item.iter().map(move |s| (*s, i)));
        let item_of: HashMap<StatementIndex, u32> = members.collect();
        let pairs = decided.different.iter().filter_map(|(a, b)| Some((*item_of.get(a)?, *item_of.get(b)?)));
        pairs.map(|(a, b)| (a.min(b), a.max(b))).collect()
    }

    fn share_an_occupation(&self, a: u32, b: u32) -> bool {
        let (one, other) = (&self.occupations[a as usize], &self.occupations[b as usize]);
        one.iter().any(|o| other.binary_search(o).is_ok())
    }

    /// One statement for each different wording of each item.
    pub(super) fn wordings(&self) -> Vec<Vec<StatementIndex>> {
        let mut wordings = vec![Vec::new(); self.members.len()];
        for (statement, items) in &self.wordings {
            items.iter().for_each(|item| wordings[*item as usize].push(*statement));
        }
        wordings
    }
}

/// The rows that are near each row, with their scores: the best [`MOST_LINKS`] of each.
struct NearRows {
    of: Vec<Vec<(f64, u32)>>,
}

impl NearRows {
    fn add(&mut self, a: u32, b: u32, score: f64) {
        for (row, other) in [(a, b), (b, a)] {
            let near = &mut self.of[row as usize];
            near.push((score, other));
            if near.len() == 2 * MOST_LINKS {
                near.select_nth_unstable_by(MOST_LINKS - 1, NearRows::order);
                near.truncate(MOST_LINKS);
            }
        }
    }

    /// The highest score first, then the lowest row.
    fn order(a: &(f64, u32), b: &(f64, u32)) -> std::cmp::Ordering {
        b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
    }

    /// Passes on each pair that is among the best of one of the two and its score, once,
    /// the lower row first.
    fn each(mut self, mut take: impl FnMut(usize, usize, f64)) {
        for near in &mut self.of {
            near.sort_unstable_by(NearRows::order);
            near.truncate(MOST_LINKS);
        }
        for (row, near) in self.of.iter().enumerate() {
            for &(score, other) in near {
                let other = other as usize;
                // a row after the other was passed on with it, unless that has better ones
                let is_cut =
                    || self.of[other].len() == MOST_LINKS && self.of[other].iter().all(|n| n.1 as usize != row);
                if row < other || is_cut() {
                    take(row.min(other), row.max(other), score);
                }
            }
        }
    }
}

/// Statements that people say are the same, and those that they say are not.
struct Sets {
    parent: Vec<u32>,
    /// The statements that must not be joined with those of each root.
    apart: HashMap<u32, Vec<u32>>,
}

impl Sets {
    fn new(n: usize, decided: &OnMap) -> Self {
        let mut sets = Sets { parent: (0..n as u32).collect(), apart: HashMap::new() };
        for (a, b) in &decided.same {
            sets.join(a.index() as u32, b.index() as u32);
        }
        for (a, b) in &decided.different {
            let (a, b) = (a.index() as u32, b.index() as u32);
            let (one, other) = (sets.root(a), sets.root(b));
            sets.apart.entry(one).or_default().push(b);
            sets.apart.entry(other).or_default().push(a);
        }
        sets
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let up = self.parent[at as usize];
            self.parent[at as usize] = self.parent[up as usize];
            at = up;
        }
        at
    }

    /// Joins two sets, unless people keep them apart.
    fn join(&mut self, a: u32, b: u32) -> bool {
        let (one, other) = (self.root(a), self.root(b));
        let kept: Vec<u32> = self.apart.get(&one).cloned().unwrap_or_default();
        if kept.iter().any(|&s| self.root(s) == other) {
            return false;
        }
        if one != other {
            let (into, from) = (one.min(other), one.max(other));
            self.parent[from as usize] = into;
            if let Some(more) = self.apart.remove(&from) {
                self.apart.entry(into).or_default().extend(more);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs that [`NearRows`] passes on, and those by sorting every list at the end.
    fn both(rows: usize, pairs: &[(u32, u32, f64)]) -> [Vec<(usize, usize)>; 2] {
        let mut near = NearRows { of: vec![Vec::new(); rows] };
        let mut all = vec![Vec::new(); rows];
        for &(a, b, score) in pairs {
            near.add(a, b, score);
            all[a as usize].push((score, b));
            all[b as usize].push((score, a));
        }
        let mut found = Vec::new();
        near.each(|a, b, _| found.push((a, b)));
        let mut expected = BTreeSet::new();
        for (row, list) in all.iter_mut().enumerate() {
            list.sort_by(NearRows::order);
            expected.extend(list.iter().take(MOST_LINKS).map(|n| (row.min(n.1 as usize), row.max(n.1 as usize))));
        }
        let mut once = found.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), found.len(), "a pair is passed on once");
        [once, expected.into_iter().collect()]
    }

    #[test]
    fn the_best_links_of_each_wording_are_kept_from_either_side() {
        // 700 wordings, each linked with all after it; scores repeat, so rows decide ties
        let rows = 700_u32;
        let score = |a: u32, b: u32| f64::from((a * 31 + b * 17) % 97) / 97.0;
        let pairs: Vec<_> = (0..rows).flat_map(|a| (a + 1..rows).map(move |b| (a, b, score(a, b)))).collect();
        let [found, expected] = both(rows as usize, &pairs);
        assert_eq!(found, expected);
        // the cut bites, and a pair stays if it is among the best of one of its two
        let every = pairs.len();
        assert!(found.len() < every && found.len() > MOST_LINKS * rows as usize / 2, "{} of {every}", found.len());
    }

    #[test]
    fn one_wording_with_many_links_keeps_those_that_are_the_others_best() {
        // row 0 is near 600 others, which have no other link: each pair is the best of its other row
        let pairs: Vec<_> = (1..=600).map(|b| (0, b, 1.0 / f64::from(b))).collect();
        let [found, expected] = both(601, &pairs);
        assert_eq!(found, expected);
        assert_eq!(found.len(), 600);
    }
}
