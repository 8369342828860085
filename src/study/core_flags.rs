//! Which statements a derivation puts in a core, and how well that agrees with
//! people's flags.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::derive::{Derivation, Item, Programme, Support};
use crate::map::StatementRef;

/// How well what is in a core agrees with a reader's flags.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CoreAgreement {
    /// The flagged cards whose occupation has a programme.
    pub cards: usize,
    /// How many of them the reader flags as core.
    pub flagged: usize,
    /// How many are in the core.
    pub found: usize,
    /// The share of those found that are flagged; 1 if none is found.
    pub precision: f64,
    /// The share of those flagged that are found; 1 if none is flagged.
    pub recall: f64,
    /// The mean of the precision at each flagged card, with those found first,
    /// then by support; cards of equal rank are taken together.
    pub average_precision: f64,
    /// The mean of the share of flagged cards that are found and the share of
    /// the other cards that are not; the one of the two if all cards are alike.
    pub balanced_accuracy: f64,
}

/// Compares flags with what was found and its support; `None` without cards.
pub(super) fn agree(cards: &[(bool, (bool, f64))]) -> Option<CoreAgreement> {
    let count = |of: fn(&(bool, (bool, f64))) -> bool| cards.iter().filter(|card| of(card)).count();
    let (flagged, found, both) = (count(|c| c.0), count(|c| c.1.0), count(|c| c.0 && c.1.0));
    let neither = count(|c| !c.0 && !c.1.0);
    let others = cards.len() - flagged;
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let recall = share(both, flagged);
    let balanced_accuracy = match (flagged, others) {
        (0, 0) => return None,
        (0, _) => share(neither, others),
        (_, 0) => recall,
        _ => f64::midpoint(recall, share(neither, others)),
    };
    let precision = share(both, found);
    let average_precision = average_precision(cards, flagged);
    Some(CoreAgreement { cards: cards.len(), flagged, found, precision, recall, average_precision, balanced_accuracy })
}

fn average_precision(cards: &[(bool, (bool, f64))], flagged: usize) -> f64 {
    if flagged == 0 {
        return 1.0;
    }
    let rank = |a: &(bool, f64), b: &(bool, f64)| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1));
    let mut ranked = cards.to_vec();
    ranked.sort_by(|a, b| rank(&a.1, &b.1));
    let (mut seen, mut right, mut sum) = (0, 0, 0.0);
    for equal in ranked.chunk_by(|a, b| rank(&a.1, &b.1).is_eq()) {
        let own = equal.iter().filter(|card| card.0).count();
        seen += equal.len();
        right += own;
        sum += own as f64 * right as f64 / seen as f64;
    }
    sum / flagged as f64
}

/// Where a statement is in its programme.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// Whether it is in core content.
    pub(super) in_core: bool,
    /// Whether a core topic has it, even if a specialism keeps it.
    pub(super) under_core_topic: bool,
    /// The share of occupations that have its topic or concept.
    pub(super) support: f64,
}

/// The place of each statement of the programmes.
#[derive(Debug, Default)]
pub(super) struct CoreContent<'d> {
    places: HashMap<(&'d str, &'d str), Place>,
}

impl<'d> CoreContent<'d> {
    pub(super) fn of(derivation: &'d Derivation) -> Self {
        let mut content = CoreContent::default();
        derivation.programmes.iter().for_each(|programme| content.add(programme));
        content
    }

    pub(super) fn place(&self, occupation: &str, statement: &str) -> Option<Place> {
        self.places.get(&(occupation, statement)).copied()
    }

    fn add(&mut self, programme: &'d Programme) {
        let near: HashMap<&str, f64> =
            programme.near_topics.iter().map(|near| (near.id.as_str(), part(near.support))).collect();
        for item in programme.specialisms.iter().flat_map(|specialism| specialism.items()) {
            let near = item.topic.as_ref().and_then(|topic| near.get(topic.id.as_str()));
            self.put_all(
                item,
                Place { support: near.copied().unwrap_or(0.0).max(part(item.support)), ..Place::default() },
            );
        }
        let of_groups = programme.group_core.iter().flat_map(|group| &group.content);
        for item in programme.route_core.iter().chain(&programme.pathway_core).chain(of_groups) {
            self.put_all(item, Place { in_core: true, under_core_topic: true, support: part(item.support) });
        }
        for topic in &programme.topics {
            let core = Place { in_core: true, under_core_topic: true, support: part(topic.support) };
            topic.elements.iter().for_each(|element| self.put_all(&element.item, core));
            topic.sources.iter().for_each(|source| self.put(&source.occupation, &source.statement, core));
            for left in &topic.left {
                self.put(&left.occupation, &left.statement, Place { in_core: false, ..core });
            }
        }
    }

    fn put_all(&mut self, item: &'d Item, place: Place) {
        let all = item.statements.iter();
        all.for_each(|StatementRef { occupation, statement }| self.put(occupation, statement, place));
    }

    /// A statement of a route core is in the programmes of several pathways: the
    /// highest place counts.
    fn put(&mut self, occupation: &'d str, statement: &'d str, place: Place) {
        let own = self.places.entry((occupation, statement)).or_default();
        own.in_core |= place.in_core;
        own.under_core_topic |= place.under_core_topic;
        own.support = own.support.max(place.support);
    }
}

fn part(support: Support) -> f64 {
    if support.of == 0 { 0.0 } else { support.have as f64 / support.of as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn agreement_by_hand() {
        // found: a right one and a wrong one of full support; not found: a flagged one of
        // support 0.5, two others of none
        let cards = [
            (true, (true, 1.0)),
            (false, (true, 1.0)),
            (true, (false, 0.5)),
            (false, (false, 0.0)),
            (false, (false, 0.0)),
        ];
        let found = agree(&cards).unwrap();
        assert_eq!((found.cards, found.flagged, found.found), (5, 2, 2));
        assert_eq!((found.precision, found.recall), (0.5, 0.5));
        // 1 of 2 flagged, 2 of 3 others
        close(found.balanced_accuracy, f64::midpoint(0.5, 2.0 / 3.0));
        // 1 of 2 at the first, 2 of 3 at the second
        close(found.average_precision, f64::midpoint(0.5, 2.0 / 3.0));
        assert_eq!(agree(&[]), None);
        close(agree(&[(true, (false, 0.0))]).unwrap().balanced_accuracy, 0.0);
        close(agree(&[(false, (false, 0.0))]).unwrap().balanced_accuracy, 1.0);
    }
}
