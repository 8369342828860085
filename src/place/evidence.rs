//! Why a cluster, and which occupations are near: made when asked for.

use super::build::Member;
use super::placer::{Placer, Prepared, Scratch, band};
use super::terms::Kind;
use super::vector::{Vector, square};
use super::verdict::BAND_NAMES;
use super::{NearOccupation, NewOccupation, Placement, PlacementEvidence, Progression, TermShare};

/// The terms that are shown of each suggestion.
const SHOWN: usize = 8;
/// The words that are named against a suggestion.
const AGAINST: usize = 6;

/// What a score of a cluster is made of.
#[derive(Default)]
struct Shares {
    /// Of words and pairs, by term.
    words: Vec<(u32, f64)>,
    /// Of letters, together.
    letters: f64,
    /// Of the band, where the level is known.
    band: Option<f64>,
}

impl Placer {
    /// The parts of a cluster's score for an occupation, all of them; None for
    /// a cluster that the map does not have.
    ///
    /// # Complexity
    ///
    /// `O(t c)` in its terms and the clusters that have each, and `O(t)` for
    /// each of the cluster's occupations.
    pub fn explain(&self, occupation: &NewOccupation, cluster: &str) -> Option<PlacementEvidence> {
        let c = self.clusters.iter().position(|known| known.id == cluster)?;
        let mut scratch = Scratch::default();
        let asked = self.prepare(occupation, &mut scratch);
        let shares = self.shares(&asked, &[c], &mut scratch.products).pop().unwrap_or_default();
        let mut against = Vec::new();
        let bands = &self.model.clusters[c].bands;
        if let Some(band) = asked.band.filter(|band| bands[*band] <= 0.0 && bands.iter().sum::<f64>() > 0.0) {
            against.push(format!("none of its occupations is {}", BAND_NAMES[band]));
        }
        let is_foreign = |(term, _): &&(u32, f32)| {
            matches!(self.terms.kind(*term), Kind::Word(_)) && shares.words.binary_search_by_key(term, |s| s.0).is_err()
        };
        let foreign = asked.vector.iter().filter(is_foreign);
        let mut foreign: Vec<(f32, String)> =
            foreign.filter_map(|(term, v)| Some((*v, self.terms.name(*term)?))).collect();
        foreign.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        if !foreign.is_empty() {
            let words: Vec<String> = foreign.into_iter().take(AGAINST).map(|(_, word)| word).collect();
            against.push(format!("nothing there speaks of {}", words.join(", ")));
        }
        let shares = self.named(shares, usize::MAX);
        Some(PlacementEvidence {
            cluster: cluster.to_owned(),
            name: self.clusters[c].name.clone(),
            score: shares.iter().map(|share| share.share).sum(),
            shares,
            nearest: self.near(&asked.vector, |m| m.cluster == c, usize::MAX, &mut scratch),
            against,
        })
    }

    /// The terms that add most to each suggestion, filled in.
    ///
    /// # Complexity
    ///
    /// `O(t c k)` for its terms, the clusters that have each, and `k`
    /// suggestions.
    #[must_use]
    pub fn with_evidence(&self, occupation: &NewOccupation, placement: Placement) -> Placement {
        let number = |id: &str| self.clusters.iter().position(|known| known.id == id);
        let clusters: Vec<usize> = placement.suggestions.iter().filter_map(|s| number(&s.cluster)).collect();
        let mut scratch = Scratch::default();
        let asked = self.prepare(occupation, &mut scratch);
        self.fill_evidence(&asked, placement, &clusters, &mut scratch.products)
    }

    /// Fills in the terms that add most to the suggestions, which are of these
    /// clusters.
    pub(super) fn fill_evidence(
        &self,
        asked: &Prepared,
        mut placement: Placement,
        clusters: &[usize],
        products: &mut Vec<f64>,
    ) -> Placement {
        let shares = self.shares(asked, clusters, products);
        for (suggestion, shares) in placement.suggestions.iter_mut().zip(shares) {
            suggestion.evidence = self.named(shares, SHOWN);
        }
        placement
    }

    /// What makes up the scores of some clusters.
    fn shares(&self, asked: &Prepared, clusters: &[usize], products: &mut Vec<f64>) -> Vec<Shares> {
        let is_letters = |(term, _): &(u32, f32)| self.terms.kind(*term) == Kind::Letters;
        let (letters, words): (Vector, Vector) = asked.vector.iter().partition(|entry| is_letters(entry));
        // letters say nothing one by one: their share is the score by them alone
        self.model.products(&letters, products);
        let by_term = self.model.shares(clusters, &words);
        let shares = clusters.iter().zip(by_term).map(|(&c, words)| Shares {
            words,
            letters: self.model.parts(c, products, None, None).score(),
            band: asked.band.map(|band| self.model.band_share(c, band)),
        });
        shares.collect()
    }

    /// The `k` largest shares, by name; ties by name.
    fn named(&self, shares: Shares, k: usize) -> Vec<TermShare> {
        let Shares { mut words, letters, band } = shares;
        let name = |term: u32| self.terms.name(term).unwrap_or_default();
        if k < words.len() {
            let larger = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then_with(|| name(a.0).cmp(&name(b.0)));
            words.select_nth_unstable_by(k, larger);
            words.truncate(k);
        }
        let mut shares: Vec<TermShare> =
            words.into_iter().map(|(term, share)| TermShare { term: name(term), share }).collect();
        let others = [("(letters of names)", Some(letters).filter(|share| *share > 0.0)), ("(band)", band)];
        let others =
            others.into_iter().filter_map(|(term, share)| Some(TermShare { term: term.to_owned(), share: share? }));
        shares.extend(others);
        shares.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.term.cmp(&b.term)));
        shares.truncate(k);
        shares
    }

    /// The most similar occupations anywhere on the map, the nearest first; ties
    /// by the order of the map.
    ///
    /// # Complexity
    ///
    /// `O(n t)` for the map's `n` occupations of `t` terms.
    pub fn neighbours(&self, occupation: &NewOccupation, k: usize) -> Vec<NearOccupation> {
        let mut scratch = Scratch::default();
        let asked = self.prepare(occupation, &mut scratch);
        let mut near = self.near(&asked.vector, |_| true, k, &mut scratch);
        near.retain(|near| near.score > 0.0);
        near
    }

    /// The occupations that it may lead to and those that may lead to it: the
    /// `k` most similar of its pathway one band above, and one below. Empty for
    /// a band that does not exist, a pathway that the map does not have, or an
    /// occupation without a level.
    ///
    /// # Complexity
    ///
    /// `O(n t)` for the pathway's `n` occupations of `t` terms.
    pub fn progression(&self, occupation: &NewOccupation, pathway: &str, k: usize) -> Progression {
        let mut scratch = Scratch::default();
        let vector = self.prepare(occupation, &mut scratch).vector;
        let mut of_band = |wanted: Option<usize>| {
            let is_in = |m: &Member| Some(m.band) == wanted && self.clusters[m.cluster].pathway == pathway;
            self.near(&vector, is_in, k, &mut scratch)
        };
        let own = occupation.level.and_then(band);
        Progression {
            above: of_band(own.map(|band| band + 1)),
            below: of_band(own.and_then(|band| band.checked_sub(1))),
        }
    }

    /// The `k` nearest of some occupations, the nearest first.
    fn near(
        &self,
        vector: &Vector,
        is_in: impl Fn(&Member) -> bool,
        k: usize,
        scratch: &mut Scratch,
    ) -> Vec<NearOccupation> {
        let members = self.members.iter().enumerate().filter(|(_, m)| is_in(m)).map(|(i, _)| i);
        let mut near = self.nearness(vector, members, &mut scratch.reading.sums);
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        near.truncate(k);
        let near = near.into_iter().map(|(m, score)| {
            let member = &self.members[m];
            let cluster = self.clusters[member.cluster].id.clone();
            NearOccupation { occupation: member.id.clone(), title: member.title.clone(), cluster, score }
        });
        near.collect()
    }

    /// The cosine of a vector and each of some occupations; `dense` is zero
    /// before and after.
    pub(super) fn nearness(
        &self,
        vector: &Vector,
        members: impl Iterator<Item = usize>,
        dense: &mut Vec<f64>,
    ) -> Vec<(usize, f64)> {
        dense.resize(self.terms.len().max(dense.len()), 0.0);
        vector.iter().for_each(|(term, v)| dense[*term as usize] = f64::from(*v));
        let length = square(vector).sqrt();
        let near = members.map(|m| {
            let member = &self.members[m];
            let product: f64 = member.vector.iter().map(|(term, v)| f64::from(*v) * dense[*term as usize]).sum();
            let lengths = length * member.length;
            (m, if lengths > 0.0 { (product / lengths).min(1.0) } else { 0.0 })
        });
        let near = near.collect();
        vector.iter().for_each(|(term, _)| dense[*term as usize] = 0.0);
        near
    }
}
