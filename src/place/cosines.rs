//! How alike the occupations of an index are, every pair of them.

use super::placer::Placer;
use super::postings::Postings;
use super::vector::Vector;

impl Placer {
    /// The occupations of the index, in the order in which they came: the id,
    /// the title and the id of the cluster of each.
    pub fn occupations(&self) -> impl ExactSizeIterator<Item = (&str, &str, &str)> {
        self.members.iter().map(|m| (m.id.as_str(), m.title.as_str(), self.clusters[m.cluster].id.as_str()))
    }

    /// The ids of the clusters, in the order of the map.
    pub fn clusters(&self) -> impl ExactSizeIterator<Item = &str> {
        self.clusters.iter().map(|c| c.id.as_str())
    }

    /// The cosine of every pair of occupations, these in an order of their
    /// numbers: the upper triangle, row by row.
    pub(crate) fn cosines(&self, order: &[usize]) -> Vec<f32> {
        let unit = |&m: &usize| -> Vector {
            let member = &self.members[m];
            let part = |v: f32| if member.length > 0.0 { (f64::from(v) / member.length) as f32 } else { 0.0 };
            member.vector.iter().map(|(term, v)| (*term, part(*v))).collect()
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
                // those that come after it
                let later = list.partition_point(|(j, _)| *j as usize <= i);
                for &(j, other) in &list[later..] {
                    row[j as usize] += f64::from(value) * f64::from(other);
                }
            }
            cosines.extend(row[i + 1..].iter().map(|cosine| cosine.min(1.0) as f32));
        }
        cosines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{NewOccupation, vector::dot};

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
                let plain = dot(&a.vector, &b.vector) / (a.length * b.length);
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
}
