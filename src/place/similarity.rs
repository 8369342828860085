//! Functions for studies of an index: how alike its occupations are, in pairs,
//! and how each would be placed by parts of its text.

use super::NewOccupation;
use super::placer::{Placer, Scratch};
use super::postings::Postings;
use super::vector::Vector;

impl Placer {
    /// The cosine of every pair of occupations, taken in the order of these
    /// numbers: the upper triangle, row by row.
    pub(crate) fn cosines(&self, order: &[usize]) -> Vec<f32> {
        let unit = |&m: &usize| -> Vector {
            let member = &self.members[m];
            let part = |v: f32| if member.length > 0.0 { (f64::from(v) / member.length) as f32 } else { 0.0 };
            member.vector.all.iter().map(|(term, v)| (*term, part(*v))).collect()
        };
        let vectors: Vec<Vector> = order.iter().map(unit).collect();
        let postings = Postings::new(self.terms.len(), &vectors);
        let n = vectors.len();
        let mut cosines = Vec::with_capacity(n * n.saturating_sub(1) / 2);
        let mut row = vec![0.0_f64; n];
        for (i, vector) in vectors.iter().enumerate() {
            row[i..].fill(0.0);
            for &(term, value) in vector {
                let list = postings.of(term);
                // those after it
                let later = list.partition_point(|(j, _)| *j as usize <= i);
                for &(j, other) in &list[later..] {
                    row[j as usize] += f64::from(value) * f64::from(other);
                }
            }
            cosines.extend(row[i + 1..].iter().map(|cosine| cosine.min(1.0) as f32));
        }
        cosines
    }

    /// The scores of all clusters for several accounts of an occupation, as if
    /// it were not on the map: for each account, the scores in the order of the
    /// map's clusters.
    pub(crate) fn scores_without(&self, m: usize, accounts: &[NewOccupation], scratch: &mut Scratch) -> Vec<Vec<f64>> {
        let scores = accounts.iter().map(|account| {
            let asked = self.prepare(account, scratch);
            self.left_out_scores(m, &asked.vector, asked.band, scratch).0
        });
        scores.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::reading::Reading;
    use crate::place::vector::dot;

    #[test]
    fn every_pair_once_and_as_neighbours_are() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let placer = Placer::new(&map);
        let order: Vec<usize> = (0..placer.len()).rev().step_by(7).collect();
        let cosines = placer.cosines(&order);
        let mut at = 0;
        for (i, a) in order.iter().enumerate() {
            for b in &order[i + 1..] {
                let (a, b) = (&placer.members[*a], &placer.members[*b]);
                let plain = dot(&a.vector.all, &b.vector.all) / (a.length * b.length);
                assert!((plain - f64::from(cosines[at])).abs() < 1e-6);
                at += 1;
            }
        }
        assert_eq!(at, cosines.len());
        let first = map.occupations().last().unwrap();
        let near = placer.neighbours(&NewOccupation::from(first), 2);
        assert_eq!((near[0].occupation.as_str(), near[1].score < 0.999), (first.id(), true));
        assert!(placer.cosines(&[]).is_empty() && placer.cosines(&[3]).is_empty());
    }

    #[test]
    fn an_account_of_an_occupation_is_scored_without_it() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let placer = Placer::new(&map);
        for (m, occupation) in map.occupations().enumerate().step_by(37) {
            let mut account = NewOccupation::from(occupation);
            let whole = account.clone();
            account.statements.truncate(3);
            account.title = "Another title".to_owned();
            let found = placer.scores_without(m, &[whole, account.clone()], &mut Scratch::default());
            let own = &placer.members[m];
            let scratch = &mut Scratch::default();
            assert_eq!(found[0], placer.left_out_scores(m, &own.vector, Some(own.band), scratch).0);
            let mut others = placer.members.clone();
            others.remove(m);
            let reading = &mut Reading::default();
            let without = Placer::of(placer.terms.clone(), placer.clusters.clone(), others, None, reading);
            let asked = without.prepare(&account, &mut Scratch::default());
            let mut products = Vec::new();
            without.model.products(&asked.vector, &mut products);
            for (c, score) in found[1].iter().enumerate() {
                let anew = without.model.parts(c, &products, asked.band, None).score();
                assert!((anew - score).abs() < 1e-5, "{anew} and {score}");
            }
        }
    }
}
