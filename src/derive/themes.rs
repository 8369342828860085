//! Shared themes: topics that occupations mention, each in its own words.
//!
//! A theme is shared if the quorum of occupations has *any* of its concepts:
//! the granularity at which published cores agree.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::{Counted, Outcome};
use super::programme::{Support, Theme, Tier};
use super::sharing::RouteSharing;
use crate::concept::ConceptIndex;
use crate::map::OccupationIndex;

/// The themes that each counting occupation of the wanted routes mentions.
pub(super) struct ThemeCounts {
    /// By occupation, sorted: the theme's number and the concept.
    of: Vec<Vec<(u32, ConceptIndex)>>,
}

impl ThemeCounts {
    /// Builds the counts without what was dropped from the occupation's
    /// pathway.
    pub(super) fn new(outcome: &Outcome<'_>, wanted: &[bool], sharing: &[RouteSharing]) -> Self {
        let concepts = outcome.concepts;
        let mut theme_of: Vec<Option<u32>> = vec![None; concepts.len()];
        for (theme, number) in concepts.themes().iter().zip(0..) {
            for concept in &theme.concepts {
                if let Some(of) = theme_of.get_mut(concept.index()) {
                    *of = Some(number);
                }
            }
        }
        let dropped: Vec<&[ConceptIndex]> = (outcome.map.routes().zip(sharing))
            .flat_map(|(route, sharing)| {
                let counted = sharing.pathways.iter().map(|p| p.dropped.as_slice());
                counted.chain(std::iter::repeat(&[][..])).take(route.pathways().len()).collect::<Vec<_>>()
            })
            .collect();
        let spoken = |occupation: crate::map::Occupation<'_>| {
            let mut spoken = Vec::new();
            let is_wanted = || wanted[occupation.pathway().route().index().index()];
            if !concepts.themes().is_empty() && is_wanted() && outcome.eligibility.counts(occupation) {
                let counting = occupation.statements().filter(|s| s.counts_for_sharing());
                let dropped = dropped[occupation.pathway().index().index()];
                let own = counting.flat_map(|s| concepts.of(s.index())).filter(|c| dropped.binary_search(c).is_err());
                spoken.extend(own.filter_map(|c| Some((theme_of[c.index()]?, *c))));
                spoken.sort_unstable();
                spoken.dedup();
            }
            spoken
        };
        ThemeCounts { of: outcome.map.occupations().map(spoken).collect() }
    }

    /// How many occupations mention each theme, and with which concepts.
    fn count<'o>(&self, occupations: impl Iterator<Item = &'o OccupationIndex>) -> BTreeMap<u32, Count> {
        let mut counts: BTreeMap<u32, Count> = BTreeMap::new();
        for occupation in occupations {
            let mut last = None;
            for &(theme, concept) in &self.of[occupation.index()] {
                let count = counts.entry(theme).or_default();
                count.have += usize::from(last.replace(theme) != Some(theme));
                count.concepts.insert(concept);
            }
        }
        counts
    }
}

#[derive(Default)]
struct Count {
    have: usize,
    concepts: BTreeSet<ConceptIndex>,
}

/// The themes that a pathway's occupations share, the route's first. In each
/// tier, those that most occupations mention come first, then the order of the
/// concepts' themes decides.
pub(super) fn of(outcome: &Outcome<'_>, counted: &Counted<'_, '_>, spoken: &ThemeCounts) -> Vec<Theme> {
    if outcome.concepts.themes().is_empty() {
        return Vec::new();
    }
    let policy = outcome.policy;
    let pathways = || counted.route.pathways().zip(&counted.route_sharing.pathways);
    let counting_pathways = pathways().filter(|(_, sharing)| !sharing.counting.is_empty()).count();
    // the number of pathways that hold each theme
    let mut holding: BTreeMap<u32, usize> = BTreeMap::new();
    let mut own: BTreeMap<u32, Count> = BTreeMap::new();
    for (pathway, sharing) in pathways() {
        let need = policy.pathway_quorum.need(sharing.counting.len());
        let counts = spoken.count(sharing.counting.iter());
        for (theme, _) in counts.iter().filter(|(_, count)| count.have >= need) {
            *holding.entry(*theme).or_default() += 1;
        }
        if pathway == counted.pathway {
            own = counts;
            own.retain(|_, count| count.have >= need.max(policy.min_sharers));
        }
    }
    let all = spoken.count(pathways().flat_map(|(_, sharing)| &sharing.counting));
    let mut shared: Vec<(Tier, u32, Support, BTreeSet<ConceptIndex>)> = Vec::new();
    let enough = counting_pathways >= policy.min_pathways.max(2);
    for (theme, count) in all {
        let held = holding.get(&theme).copied().unwrap_or(0);
        if enough && held >= policy.route_need(counting_pathways) && count.have >= policy.min_sharers {
            own.remove(&theme);
            let of = counted.route_sharing.counting;
            shared.push((Tier::Route, theme, Support { have: count.have, of }, count.concepts));
        }
    }
    let of = counted.pathway_sharing.counting.len();
    let in_pathway =
        |(theme, count): (u32, Count)| (Tier::Pathway, theme, Support { have: count.have, of }, count.concepts);
    shared.extend(own.into_iter().map(in_pathway));
    shared.sort_by_key(|(tier, theme, support, _)| (*tier, std::cmp::Reverse(support.have), *theme));
    let theme = |(tier, number, support, concepts): (Tier, u32, Support, BTreeSet<ConceptIndex>)| {
        let theme = &outcome.concepts.themes()[number as usize];
        let id = |c: &ConceptIndex| outcome.concepts.get(*c).map(|c| c.id().to_owned());
        let concepts = concepts.iter().filter_map(id).collect();
        Theme { id: theme.id.clone(), label: theme.label.clone(), tier, support, concepts }
    };
    shared.into_iter().map(theme).collect()
}
