//! Evidence for a cluster, and nearby occupations, computed on request.

use super::member::{Member, band};
use super::model::ShareWork;
use super::placer::{Placer, Prepared, Scratch};
use super::profile::Profile;
use super::ranking::largest;
use super::terms::Kind;
use super::vector::{dot_dense, square};
use super::verdict::BAND_NAMES;
use super::{ExplainedPlacement, NearOccupation, NewOccupation, Placement, PlacementEvidence, Progression, TermShare};

/// The number of terms shown for each suggestion.
const SHOWN: usize = 8;
/// The number of words shown whose meaning speaks for a suggestion.
const NEAR_WORDS: usize = 2;
/// The maximum difference between scores that are added in another order.
const ROUNDING: f64 = 1e-9;
/// The number of words named against a suggestion.
const AGAINST: usize = 6;

impl Placer {
    /// A placement of an occupation, with everything behind each suggestion.
    ///
    /// # Complexity
    ///
    /// [`Placer::explain`] for each suggestion.
    pub fn explained(&self, occupation: &NewOccupation, placement: Placement) -> ExplainedPlacement {
        let clusters = placement.suggestions.iter().map(|suggestion| suggestion.cluster.as_str());
        let explanations = clusters.filter_map(|cluster| self.explain(occupation, cluster)).collect();
        ExplainedPlacement { placement, explanations }
    }

    /// Returns all parts of a cluster's score for an occupation. Returns `None`
    /// if the map does not have the cluster.
    ///
    /// # Complexity
    ///
    /// `O(t c)` in its terms and the clusters that have each, and `O(t)` for
    /// each of the cluster's occupations.
    pub fn explain(&self, occupation: &NewOccupation, cluster: &str) -> Option<PlacementEvidence> {
        let c = self.clusters.iter().position(|known| known.id == cluster)?;
        let mut scratch = Scratch::default();
        let asked = self.prepare(occupation, &mut scratch);
        self.model.all_parts(&asked.vector, asked.band, &mut scratch.parts);
        let known = asked.known.as_ref().map_or(0.0, |known| known.share(c));
        let score = scratch.parts.parts[c].score() + known;
        self.model.shares(&[c], &asked.vector, |term| self.is_named(term), &mut scratch.shares);
        let by_term = &scratch.shares.shares[0];
        let shares = self.named(&asked, c, score, by_term, usize::MAX);
        let mut against = Vec::new();
        let bands = &self.model.clusters[c].bands;
        if let Some(band) = asked.band.filter(|band| bands[*band] <= 0.0 && bands.iter().sum::<f64>() > 0.0) {
            against.push(format!("none of its occupations is {}", BAND_NAMES[band]));
        }
        let is_foreign = |(term, _): &&(u32, f32)| {
            matches!(self.terms.kind(*term), Kind::Word(_)) && by_term.binary_search_by_key(term, |s| s.0).is_err()
        };
        let foreign = asked.vector.all.iter().filter(is_foreign);
        let mut foreign: Vec<(f32, String)> =
            foreign.filter_map(|(term, v)| Some((*v, self.said(&asked, *term)?.into_owned()))).collect();
        foreign.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        if !foreign.is_empty() {
            let words: Vec<String> = foreign.into_iter().take(AGAINST).map(|(_, word)| word).collect();
            against.push(format!("nothing there speaks of {}", words.join(", ")));
        }
        Some(PlacementEvidence {
            cluster: cluster.to_owned(),
            name: self.clusters[c].name.clone(),
            score,
            shares,
            near_words: self.near_words(&asked, &self.asked_words(occupation), c, None),
            nearest: self.near(&asked.vector, |m| m.cluster == c, usize::MAX, &mut scratch),
            against,
        })
    }

    /// Fills in the terms that add most to each suggestion.
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
        self.fill_evidence(occupation, &asked, placement, &clusters, &mut scratch.shares)
    }

    /// Fills in the terms that add most to the suggestions, which are for these
    /// clusters.
    pub(super) fn fill_evidence(
        &self,
        occupation: &NewOccupation,
        asked: &Prepared,
        mut placement: Placement,
        clusters: &[usize],
        work: &mut ShareWork,
    ) -> Placement {
        self.model.shares(clusters, &asked.vector, |term| self.is_named(term), work);
        let words = self.asked_words(occupation);
        for (suggestion, (&cluster, by_term)) in placement.suggestions.iter_mut().zip(clusters.iter().zip(&work.shares))
        {
            suggestion.evidence = self.named(asked, cluster, suggestion.score, by_term, SHOWN);
            suggestion.near_words = self.near_words(asked, &words, cluster, Some(NEAR_WORDS));
        }
        placement
    }

    /// Whether a term has a name: words and pairs of words do; letters mean
    /// nothing one by one.
    fn is_named(&self, term: u32) -> bool {
        self.terms.kind(term) != Kind::Letters
    }

    /// The `k` largest shares of a score (ties: by name). The shares of words,
    /// of pairs and of the band are given; what remains is that of letters.
    fn named(&self, asked: &Prepared, cluster: usize, score: f64, words: &[(u32, f64)], k: usize) -> Vec<TermShare> {
        let band = asked.band.map(|band| self.model.band_share(cluster, band));
        let meaning = self.model.meaning_share(cluster, &asked.vector);
        let known = asked.known.as_ref().map(|known| (known.share_name(), known.share(cluster)));
        let known = known.filter(|(_, share)| *share > 0.0);
        let score = score - known.map_or(0.0, |(_, share)| share);
        let letters = score - band.unwrap_or(0.0) - meaning - words.iter().map(|(_, share)| share).sum::<f64>();
        let name = |term: u32| self.said(asked, term).unwrap_or_default();
        let larger = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then_with(|| name(a.0).cmp(&name(b.0)));
        let mut shares: Vec<TermShare> = largest(words, k, larger)
            .into_iter()
            .map(|(term, share)| TermShare { term: name(term).into_owned(), share })
            .collect();
        let letters = Some(letters).filter(|share| *share > ROUNDING);
        let meaning = Some(meaning).filter(|share| *share > 0.0);
        for (term, share) in [("(letters of names)", letters), ("(meaning)", meaning), ("(band)", band)] {
            shares.extend(share.map(|share| TermShare { term: term.to_owned(), share }));
        }
        shares.extend(known.map(|(term, share)| TermShare { term: term.to_owned(), share }));
        shares.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.term.cmp(&b.term)));
        shares.truncate(k);
        shares
    }

    /// Returns the most similar occupations on the map, the nearest first;
    /// ties: the order of the map.
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

    /// Returns the occupations that it may lead to and those that may lead to
    /// it: the `k` most similar of its pathway in the nearest band above that
    /// has any, and in the nearest below. Both lists are empty if there is no
    /// such band, if the map does not have the pathway, or if the occupation
    /// has no level. Occupations that have nothing in common with it are left
    /// out.
    ///
    /// # Complexity
    ///
    /// `O(n t)` for the pathway's `n` occupations of `t` terms.
    pub fn progression(&self, occupation: &NewOccupation, pathway: &str, k: usize) -> Progression {
        let Some(own) = occupation.level.and_then(band) else { return Progression::default() };
        let mut scratch = Scratch::default();
        let vector = self.prepare(occupation, &mut scratch).vector;
        let is_here = |m: &Member| self.clusters[m.cluster].pathway == pathway;
        let bands = || self.members.iter().filter(|m| is_here(m)).map(|m| m.band);
        let mut of_band = |wanted: Option<usize>| {
            let mut near = self.near(&vector, |m| Some(m.band) == wanted && is_here(m), k, &mut scratch);
            near.retain(|near| near.score > 0.0);
            near
        };
        Progression {
            above: of_band(bands().filter(|band| *band > own).min()),
            below: of_band(bands().filter(|band| *band < own).max()),
        }
    }

    /// The `k` nearest of some occupations, the nearest first.
    fn near(
        &self,
        vector: &Profile,
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

    /// The cosines of a vector with some occupations. `dense` is zero before
    /// and after.
    pub(super) fn nearness(
        &self,
        vector: &Profile,
        members: impl Iterator<Item = usize>,
        dense: &mut Vec<f64>,
    ) -> Vec<(usize, f64)> {
        dense.resize(self.terms.len().max(dense.len()), 0.0);
        vector.all.iter().for_each(|(term, v)| dense[*term as usize] = f64::from(*v));
        let length = square(&vector.all).sqrt();
        let near = members.map(|m| {
            let member = &self.members[m];
            let product = dot_dense(&member.vector.all, dense);
            let lengths = length * member.length;
            (m, if lengths > 0.0 { (product / lengths).min(1.0) } else { 0.0 })
        });
        let near = near.collect();
        vector.all.iter().for_each(|(term, _)| dense[*term as usize] = 0.0);
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile of the letters of its names alone.
    fn only_letters(placer: &Placer, profile: &Profile) -> Profile {
        let names = profile.names.iter().filter(|(term, _)| !placer.is_named(*term)).copied().collect();
        Profile { names, ..Profile::default() }
    }

    #[test]
    fn the_share_of_letters_is_the_score_by_letters_alone() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let placer = Placer::new(&map);
        let mut scratch = Scratch::default();
        let mut asked = 0;
        for occupation in map.occupations().step_by(40) {
            let new = NewOccupation::from(occupation);
            let prepared = placer.prepare(&new, &mut scratch);
            let letters = only_letters(&placer, &prepared.vector);
            placer.model.products(&letters, &mut scratch.products);
            for suggestion in &placer.suggest(&new, 2).suggestions {
                let c = placer.clusters.iter().position(|c| c.id == suggestion.cluster).unwrap();
                let alone = placer.model.parts(c, &scratch.products, None, None).score();
                let evidence = placer.explain(&new, &suggestion.cluster).unwrap();
                let share = evidence.shares.iter().find(|s| s.term == "(letters of names)").unwrap().share;
                assert!((share - alone).abs() < 1e-9, "{share} and {alone}");
                asked += 1;
            }
        }
        assert!(asked > 10);
    }
}
