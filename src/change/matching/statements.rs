//! Matches the statements and duties of two maps.

use std::collections::HashMap;

use super::likeness::ALIKE;
use super::occupations::Records;
use crate::map::{Duty, Kind, Map, Occupation, Statement, StatementIndex};
use crate::order;
use crate::text::{WordBag, normal_form};

/// The maximum number of comparisons of wordings in one occupation. Beyond it,
/// only ids and equal wordings are matched.
const MOST: usize = 1_000_000;

/// The matching records and statements of two maps, one to one.
pub(in crate::change) struct Pairs {
    pub(in crate::change) records: Records,
    to_new: Vec<Option<StatementIndex>>,
    to_old: Vec<Option<StatementIndex>>,
}

impl Pairs {
    pub(in crate::change) fn of(old: &Map, new: &Map) -> Pairs {
        let mut pairs = Pairs {
            records: Records::of(old, new),
            to_new: vec![None; old.statements().len()],
            to_old: vec![None; new.statements().len()],
        };
        for occupation in old.occupations() {
            if let Some(other) = pairs.records.new_occupation(occupation, new) {
                pairs.add(occupation, other);
            }
        }
        pairs
    }

    /// The new statement that matches one of the old map.
    pub(in crate::change) fn new_of(&self, old: StatementIndex) -> Option<StatementIndex> {
        self.to_new.get(old.index()).copied().flatten()
    }

    /// The old statement that matches one of the new map.
    pub(in crate::change) fn old_of(&self, new: StatementIndex) -> Option<StatementIndex> {
        self.to_old.get(new.index()).copied().flatten()
    }

    /// All pairs, in the order of the old map.
    pub(in crate::change) fn iter(&self) -> impl Iterator<Item = (StatementIndex, StatementIndex)> + '_ {
        (0..).zip(&self.to_new).filter_map(|(old, new)| Some((StatementIndex(old), (*new)?)))
    }

    fn join(&mut self, old: Statement<'_>, new: Statement<'_>) {
        self.to_new[old.index().index()] = Some(new.index());
        self.to_old[new.index().index()] = Some(old.index());
    }

    fn add(&mut self, old: Occupation<'_>, new: Occupation<'_>) {
        // two maps may share the record
        if std::ptr::eq(old.raw(), new.raw()) {
            old.statements().zip(new.statements()).for_each(|(a, b)| self.join(a, b));
            return;
        }
        // most are unchanged and in the same position
        for (a, b) in old.statements().zip(new.statements()) {
            if a.id() == b.id() && a.kind() == b.kind() && a.text() == b.text() {
                self.join(a, b);
            }
        }
        let was: Vec<Statement<'_>> = old.statements().filter(|s| self.new_of(s.index()).is_none()).collect();
        let is: Vec<Statement<'_>> = new.statements().filter(|s| self.old_of(s.index()).is_none()).collect();
        let wording = |s: &Statement<'_>| Wording::new(Some(s.kind()), s.id(), s.text());
        for (i, j) in pair(was.iter().map(wording).collect(), is.iter().map(wording).collect()) {
            self.join(was[i], is[j]);
        }
    }
}

/// The matching duties of an occupation on both maps, by their positions in
/// [`Occupation::duties`].
pub(in crate::change) fn duties(old: Occupation<'_>, new: Occupation<'_>) -> Vec<(usize, usize)> {
    let wording = |duty: Duty<'_>| Wording::new(None, duty.id(), duty.text());
    pair(old.duties().map(wording).collect(), new.duties().map(wording).collect())
}

struct Wording {
    kind: Option<Kind>,
    id: String,
    normal: String,
    words: WordBag,
}

impl Wording {
    fn new(kind: Option<Kind>, id: &str, text: &str) -> Self {
        let normal = normal_form(text);
        let words = WordBag::of_normal(&normal);
        Wording { kind, id: id.to_owned(), normal, words }
    }
}

/// The matching wordings of two lists, by their positions, in the order of the
/// old list.
fn pair(old: Vec<Wording>, new: Vec<Wording>) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let mut left = Left { to_new: vec![None; old.len()], taken: vec![false; new.len()], old, new };
    left.by_key(|w| (w.id.clone(), w.normal.clone()), |_, _| true);
    left.by_key(|w| (String::new(), w.normal.clone()), |_, _| true);
    left.by_key(by_id, |a, b| a.words.likeness(&b.words) >= ALIKE);
    left.by_likeness();
    left.by_key(by_id, |_, _| true);
    left.to_new.into_iter().enumerate().filter_map(|(i, j)| Some((i, j?))).collect()
}

fn by_id(word: &Wording) -> (String, String) {
    (word.id.clone(), String::new())
}

/// The wordings of an occupation, and which of them are matched.
struct Left {
    old: Vec<Wording>,
    new: Vec<Wording>,
    to_new: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Left {
    fn join(&mut self, old: usize, new: usize) {
        self.to_new[old] = Some(new);
        self.taken[new] = true;
    }

    /// The free wordings of the old list and of the new.
    fn free(&self) -> (Vec<usize>, Vec<usize>) {
        let old = (0..self.old.len()).filter(|i| self.to_new[*i].is_none()).collect();
        (old, (0..self.new.len()).filter(|j| !self.taken[*j]).collect())
    }

    /// Matches wordings with the same key and kind, the first of the old list
    /// with the first of the new.
    fn by_key(&mut self, key: impl Fn(&Wording) -> (String, String), fits: impl Fn(&Wording, &Wording) -> bool) {
        let (old, new) = self.free();
        let mut of: HashMap<_, Vec<usize>> = HashMap::new();
        // from the back, so that the first ends up last in its list
        for j in new.into_iter().rev() {
            of.entry((self.new[j].kind, key(&self.new[j]))).or_default().push(j);
        }
        for i in old {
            let Some(same) = of.get_mut(&(self.old[i].kind, key(&self.old[i]))) else { continue };
            if let Some(&j) = same.last().filter(|j| fits(&self.old[i], &self.new[**j])) {
                same.pop();
                self.join(i, j);
            }
        }
    }

    fn by_likeness(&mut self) {
        let (old, new) = self.free();
        if old.len().saturating_mul(new.len()) > MOST {
            return;
        }
        let mut alike = Vec::new();
        for &i in &old {
            for &j in new.iter().filter(|j| self.old[i].kind == self.new[**j].kind) {
                let likeness = self.old[i].words.likeness(&self.new[j].words);
                if likeness >= ALIKE {
                    alike.push((likeness, i, j));
                }
            }
        }
        // stable: ties stay in the order of the old map, then of the new
        order::by(&mut alike, |a, b| b.0.total_cmp(&a.0));
        for (_, i, j) in alike {
            if self.to_new[i].is_none() && !self.taken[j] {
                self.join(i, j);
            }
        }
    }
}
