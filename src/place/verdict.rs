//! The verdict on suggestions.

use itertools::Itertools as _;

use super::member::Member;
use super::model::{Parts, ShareWork};
use super::placer::{Placer, Prepared};
use super::ranking::LOOKED_AT;
use super::terms::Kind;
use super::{KnownName, Verdict};

/// The cosine from which two occupations may be the same.
const SAME: f64 = 0.75;
/// The number of known words from which a question says enough to conclude
/// that nothing on the map fits.
const ENOUGH: usize = 4;
/// One word in this many must be known.
const KNOWN: usize = 4;
/// How much less a word must say of another cluster to distinguish two.
const TELLING: f64 = 0.5;

pub(super) const BAND_NAMES: [&str; 3] = ["technical", "higher technical", "professional"];

impl Placer {
    /// Who lists the title of a question, those in the first cluster before
    /// others.
    pub(super) fn listed_by(&self, asked: &Prepared, order: &[usize]) -> Vec<KnownName> {
        let (Some(known), Some(&first)) = (&asked.known, order.first()) else { return Vec::new() };
        known.listed_by(first, &self.members, &self.listed, |c| self.clusters[c].id.clone())
    }

    /// The verdict on an occupation, given who lists its title, the best
    /// clusters, the parts of all scores, and the confidence in the first.
    /// It is about the first cluster, always. `dense` is zero before and after.
    #[expect(clippy::too_many_arguments, reason = "a verdict is about all that was found")]
    pub(super) fn verdict(
        &self,
        asked: &Prepared,
        listed_by: &[KnownName],
        order: &[usize],
        parts: &[Parts],
        (sure, is_absent): (f64, bool),
        dense: &mut Vec<f64>,
        work: &mut ShareWork,
    ) -> (Verdict, Option<String>) {
        let Some(&first) = order.first() else { return (Verdict::None, None) };
        if let Some(known) = &asked.known {
            let name = |name: &KnownName| match (&name.occupation, &name.list) {
                (Some(id), _) => format!("{id} {}", name.title),
                (None, Some(list)) => format!("{} ({list})", name.title),
                (None, None) => name.title.clone(),
            };
            return (known.verdict(), Some(listed_by.iter().map(name).unique().join("; ")));
        }
        let words = || asked.vector.all.iter().map(|(term, _)| *term).filter(|&term| self.is_word(term));
        let known = words().count();
        let all = known + asked.unknown_words;
        if known == 0 || known * KNOWN < all {
            let because = match (known, words().next().and_then(|term| self.said(asked, term))) {
                (1, Some(only)) => format!("of its words only \"{only}\" is on the map"),
                (0, _) => "none of its words is on the map".to_owned(),
                _ => format!("only {known} of its {all} words are on the map"),
            };
            return (Verdict::TooLittle, Some(because));
        }
        let likeness = order.iter().take(LOOKED_AT).map(|&c| parts[c].cluster).fold(0.0, f64::max);
        if asked.vector.is_empty() || likeness < self.least || is_absent {
            if known < ENOUGH {
                let words = words().filter_map(|term| self.said(asked, term)).map(|word| format!("\"{word}\""));
                let words: Vec<String> = words.collect();
                let (first, last) = words.split_at(words.len().saturating_sub(1));
                let between = if first.is_empty() { "" } else { " and " };
                let all = format!("{}{between}{}", first.join(", "), last.concat());
                return (Verdict::TooLittle, Some(format!("it says only {all}")));
            }
            return (Verdict::None, None);
        }
        let nearest = self.nearness(&asked.vector, self.by_cluster[first].iter().copied(), dense);
        let nearest = nearest.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((near, _)) = nearest.filter(|(_, score)| *score >= SAME) {
            let Member { id, title, .. } = &*self.members[near];
            return (Verdict::Overlaps, Some(format!("{id} {title}")));
        }
        match order.get(1) {
            Some(&second) if sure < 0.5 => {
                (Verdict::Ambiguous, Some(self.what_decides(asked, first, second, dense, work)))
            }
            _ => (Verdict::Place, None),
        }
    }

    fn is_word(&self, term: u32) -> bool {
        matches!(self.terms.kind(term), Kind::Word(_))
    }

    /// What would distinguish two clusters: their bands, a word that speaks for
    /// one of them much more than for the other, or an occupation of each.
    fn what_decides(
        &self,
        asked: &Prepared,
        first: usize,
        second: usize,
        dense: &mut Vec<f64>,
        work: &mut ShareWork,
    ) -> String {
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
        self.model.shares(&[first, second], &asked.vector, |term| self.is_word(term), work);
        let shares = &work.shares;
        let of = |list: &[(u32, f64)], term: u32| {
            list.binary_search_by_key(&term, |(t, _)| *t).map_or(0.0, |place| list[place].1)
        };
        let telling = |own: &[(u32, f64)], others: &[(u32, f64)]| {
            let difference = |share: &(u32, f64)| share.1 - of(others, share.0);
            let tells = own.iter().filter(|share| of(others, share.0) <= TELLING * share.1);
            let most = tells.max_by(|x, y| difference(x).total_cmp(&difference(y)).then(y.0.cmp(&x.0)));
            most.and_then(|(term, _)| self.said(asked, *term))
        };
        // the only word of a question decides nothing: it is about that
        let words = || asked.vector.all.iter().map(|(term, _)| *term).filter(|&term| self.is_word(term));
        let has_several = words().nth(1).is_some();
        match (telling(&shares[0], &shares[1]), telling(&shares[1], &shares[0])) {
            _ if !has_several => {}
            (Some(this), Some(that)) => {
                return format!("whether it is about {this} (\"{one}\") or {that} (\"{other}\")");
            }
            (Some(this), None) => return format!("whether it is about {this}, as \"{one}\" is more than \"{other}\""),
            (None, Some(that)) => return format!("whether it is about {that}, as \"{other}\" is more than \"{one}\""),
            (None, None) => {}
        }
        let mut nearest = |c: usize| {
            let near = self.nearness(&asked.vector, self.by_cluster[c].iter().copied(), dense);
            let near = near.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, score)| *score > 0.0);
            near.map(|(m, _)| self.members[m].title.as_str())
        };
        match (nearest(first), nearest(second)) {
            (Some(this), Some(that)) => {
                format!("whether it is more like {this} (\"{one}\") or {that} (\"{other}\")")
            }
            _ if !has_several => {
                let only = words().next().and_then(|term| self.said(asked, term)).unwrap_or_default();
                format!("more about what it does: it says only \"{only}\"")
            }
            _ => format!("more about what it does: its words say as much for \"{one}\" as for \"{other}\""),
        }
    }
}
