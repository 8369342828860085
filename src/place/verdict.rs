//! The verdict on suggestions.

use super::Verdict;
use super::member::Member;
use super::model::ShareWork;
use super::placer::{Placer, Prepared};
use super::ranking::LOOKED_AT;
use super::terms::Kind;

/// The cosine from which two occupations may be the same.
const SAME: f64 = 0.75;

pub(super) const BAND_NAMES: [&str; 3] = ["technical", "higher technical", "professional"];

impl Placer {
    /// The verdict on an occupation, given the best clusters, its products with
    /// all sums, and the confidence in the first. `dense` is zero before and
    /// after.
    pub(super) fn verdict(
        &self,
        asked: &Prepared,
        order: &[usize],
        products: &[f64],
        sure: f64,
        dense: &mut Vec<f64>,
        work: &mut ShareWork,
    ) -> (Verdict, Option<String>) {
        let double = |member: &Member| (Verdict::Overlaps, Some(format!("{} {}", member.id, member.title)));
        if let Some(&same) = self.by_title.get(&asked.title_key) {
            return double(&self.members[same]);
        }
        let Some(&first) = order.first() else { return (Verdict::None, None) };
        let likeness = |&c: &usize| self.model.parts(c, products, None, None).cluster;
        let likeness = order.iter().take(LOOKED_AT).map(likeness).fold(0.0, f64::max);
        if asked.vector.is_empty() || likeness < self.least {
            return (Verdict::None, None);
        }
        let nearest = self.nearness(&asked.vector, self.by_cluster[first].iter().copied(), dense);
        let nearest = nearest.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((near, _)) = nearest.filter(|(_, score)| *score >= SAME) {
            return double(&self.members[near]);
        }
        match order.get(1) {
            Some(&second) if sure < 0.5 => (Verdict::Ambiguous, Some(self.what_decides(asked, first, second, work))),
            _ => (Verdict::Place, None),
        }
    }

    /// What would distinguish two clusters.
    fn what_decides(&self, asked: &Prepared, first: usize, second: usize, work: &mut ShareWork) -> String {
        let mostly = |c: usize| {
            (0..3).max_by(|&a, &b| {
                let bands = &self.model.clusters[c].bands;
                bands[a].total_cmp(&bands[b]).then(b.cmp(&a))
            })
        };
        let (one, other) = (&self.clusters[first].name, &self.clusters[second].name);
        if asked.band.is_none() && mostly(first) != mostly(second) {
            let name = |c| BAND_NAMES[mostly(c).unwrap_or(0)];
            return format!("its level: \"{one}\" is {}, \"{other}\" {}", name(first), name(second));
        }
        // the word that speaks most for one and not for the other
        let is_word = |term: u32| matches!(self.terms.kind(term), Kind::Word(_));
        self.model.shares(&[first, second], &asked.vector, is_word, work);
        let shares = &work.shares;
        let of = |list: &[(u32, f64)], term: u32| {
            list.binary_search_by_key(&term, |(t, _)| *t).map_or(0.0, |place| list[place].1)
        };
        let telling = |own: &[(u32, f64)], others: &[(u32, f64)]| {
            let difference = |share: &(u32, f64)| share.1 - of(others, share.0);
            let most = own.iter().max_by(|x, y| difference(x).total_cmp(&difference(y)).then(y.0.cmp(&x.0)));
            most.and_then(|(term, _)| self.terms.name(*term))
        };
        match (telling(&shares[0], &shares[1]), telling(&shares[1], &shares[0])) {
            (Some(this), Some(that)) => format!("whether it is about {this} (\"{one}\") or {that} (\"{other}\")"),
            (Some(this), None) => format!("whether it is about {this}, as \"{one}\" is and \"{other}\" is not"),
            (None, Some(that)) => format!("whether it is about {that}, as \"{other}\" is and \"{one}\" is not"),
            (None, None) => "what it is about: no word that it has is known to either".to_owned(),
        }
    }
}
