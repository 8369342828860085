//! Which statement of the new map is which of the old.

use std::collections::HashMap;

use crate::map::{Map, Occupation, Statement, StatementIndex};
use crate::text::{WordBag, normal_form};

/// From which likeness two wordings are taken for one statement, reworded.
pub const ALIKE: f64 = 0.5;

/// The most comparisons of wordings in one occupation; what has more is
/// matched by id and by equal wording alone.
const MOST: usize = 1_000_000;

/// How much two wordings say in the same words: twice the words that they
/// share over the words of both, each as often as it stands there (Dice's
/// measure of the words of the normal forms). 1 for the same words in any
/// order, 0 for none in common.
///
/// # Examples
///
/// ```
/// use tlevel::change::likeness;
///
/// assert_eq!(likeness("Lay bricks to line and level.", "Lay bricks to line, level and gauge"), 12.0 / 13.0);
/// assert_eq!(likeness("Lay bricks", "Carry out an aerial rescue"), 0.0);
/// ```
///
/// # Complexity
///
/// `O(n log n)` in the words.
pub fn likeness(a: &str, b: &str) -> f64 {
    WordBag::of(a).likeness(&WordBag::of(b))
}

/// The statements of two maps that are each other's, one to one.
pub(super) struct Pairs {
    to_new: Vec<Option<StatementIndex>>,
    to_old: Vec<Option<StatementIndex>>,
}

impl Pairs {
    pub(super) fn of(old: &Map, new: &Map) -> Pairs {
        let mut pairs =
            Pairs { to_new: vec![None; old.statements().len()], to_old: vec![None; new.statements().len()] };
        for occupation in old.occupations() {
            if let Some(other) = new.occupation(occupation.id()) {
                pairs.add(occupation, other);
            }
        }
        pairs
    }

    /// What became of a statement of the old map.
    pub(super) fn new_of(&self, old: StatementIndex) -> Option<StatementIndex> {
        self.to_new.get(old.index()).copied().flatten()
    }

    /// What a statement of the new map was.
    pub(super) fn old_of(&self, new: StatementIndex) -> Option<StatementIndex> {
        self.to_old.get(new.index()).copied().flatten()
    }

    /// All pairs, in the order of the old map.
    pub(super) fn iter(&self) -> impl Iterator<Item = (StatementIndex, StatementIndex)> + '_ {
        (0..).zip(&self.to_new).filter_map(|(old, new)| Some((StatementIndex(old), (*new)?)))
    }

    fn join(&mut self, old: Statement<'_>, new: Statement<'_>) {
        self.to_new[old.index().index()] = Some(new.index());
        self.to_old[new.index().index()] = Some(old.index());
    }

    fn add(&mut self, old: Occupation<'_>, new: Occupation<'_>) {
        // most are as they were, and where they were
        for (a, b) in old.statements().zip(new.statements()) {
            if a.id() == b.id() && a.kind() == b.kind() && a.text() == b.text() {
                self.join(a, b);
            }
        }
        let mut left = Left::of(self, old, new);
        if left.is_empty() {
            return;
        }
        left.by_key(self, |s| (s.statement.id().to_owned(), s.normal.clone()), |_, _| true);
        left.by_key(self, |s| (String::new(), s.normal.clone()), |_, _| true);
        left.by_key(self, by_id, |a, b| a.words.likeness(&b.words) >= ALIKE);
        left.by_likeness(self);
        left.by_key(self, by_id, |_, _| true);
    }
}

fn by_id(word: &Wording<'_>) -> (String, String) {
    (word.statement.id().to_owned(), String::new())
}

struct Wording<'m> {
    statement: Statement<'m>,
    normal: String,
    words: WordBag,
}

impl<'m> Wording<'m> {
    fn new(statement: Statement<'m>) -> Self {
        let normal = normal_form(statement.text());
        let words = WordBag::of_normal(&normal);
        Wording { statement, normal, words }
    }
}

/// The statements of one occupation that are not matched yet.
struct Left<'o, 'n> {
    old: Vec<Wording<'o>>,
    new: Vec<Wording<'n>>,
}

impl<'o, 'n> Left<'o, 'n> {
    fn of(pairs: &Pairs, old: Occupation<'o>, new: Occupation<'n>) -> Self {
        Left {
            old: old.statements().filter(|s| pairs.new_of(s.index()).is_none()).map(Wording::new).collect(),
            new: new.statements().filter(|s| pairs.old_of(s.index()).is_none()).map(Wording::new).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.old.is_empty() || self.new.is_empty()
    }

    fn drop_matched(&mut self, pairs: &Pairs) {
        self.old.retain(|w| pairs.new_of(w.statement.index()).is_none());
        self.new.retain(|w| pairs.old_of(w.statement.index()).is_none());
    }

    /// Joins what has the same key and kind, the first of the old map with the
    /// first of the new.
    fn by_key(
        &mut self,
        pairs: &mut Pairs,
        key: impl Fn(&Wording<'_>) -> (String, String),
        fits: impl Fn(&Wording<'_>, &Wording<'_>) -> bool,
    ) {
        let mut of: HashMap<_, Vec<usize>> = HashMap::new();
        // from the back, so that the first is the last of its list
        for (i, wording) in self.new.iter().enumerate().rev() {
            of.entry((wording.statement.kind(), key(wording))).or_default().push(i);
        }
        for wording in &self.old {
            let Some(same) = of.get_mut(&(wording.statement.kind(), key(wording))) else { continue };
            if let Some(other) = same.last().map(|&j| &self.new[j]).filter(|other| fits(wording, other)) {
                pairs.join(wording.statement, other.statement);
                same.pop();
            }
        }
        self.drop_matched(pairs);
    }

    fn by_likeness(&mut self, pairs: &mut Pairs) {
        if self.old.len().saturating_mul(self.new.len()) > MOST {
            return;
        }
        let mut alike = Vec::new();
        for (i, a) in self.old.iter().enumerate() {
            for (j, b) in self.new.iter().enumerate().filter(|(_, b)| a.statement.kind() == b.statement.kind()) {
                let likeness = a.words.likeness(&b.words);
                if likeness >= ALIKE {
                    alike.push((likeness, i, j));
                }
            }
        }
        // stable: ties stay in the order of the old map, then of the new
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, i, j) in alike {
            let (a, b) = (self.old[i].statement, self.new[j].statement);
            if pairs.new_of(a.index()).is_none() && pairs.old_of(b.index()).is_none() {
                pairs.join(a, b);
            }
        }
        self.drop_matched(pairs);
    }
}
