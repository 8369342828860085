//! Known names: the titles and job titles of the map, and those of a caller's
//! list. A question that has one of them as its title is answered by it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use itertools::Itertools as _;

use super::member::Member;
use super::{KnownName, Verdict};
use crate::text::{in_full, title_key, without_brackets};

/// How certain it is that an occupation belongs where its title is a title or a
/// job title. Of 939 job titles of England 2021, 33 are in several clusters.
const TITLE: f64 = 0.99;
const JOB_TITLE: f64 = 0.95;
/// The factor for names that are the same but for what is in brackets or
/// abbreviated.
const LOOSE: f64 = 0.95;
/// What a known name adds to the score: more than all words together can.
pub(super) const LEAD: f64 = 8.0;

/// The names that an index knows, by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct KnownNames {
    by_key: HashMap<Arc<str>, Vec<Entry>, RandomState>,
}

/// A title of a caller's list.
#[derive(Clone, Debug)]
pub(super) struct ListedTitle {
    pub(super) title: String,
    /// The file and line.
    pub(super) place: String,
    /// The occupation, if the list names one.
    pub(super) occupation: Option<usize>,
    pub(super) clusters: Vec<usize>,
}

/// Where a name is listed. The first that lists it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// The title of an occupation.
    Title,
    /// In the caller's list.
    Listed,
    /// Among the job titles of an occupation.
    JobTitle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Whether it is the name without what is in brackets, or in full.
    is_loose: bool,
    origin: Origin,
    cluster: usize,
    /// The number of the occupation, or of the title in the list.
    of: usize,
}

/// What is known of a name.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// All of one origin, in the order of the clusters.
    entries: Vec<Entry>,
    /// The clusters that list the name, in ascending order.
    pub(super) clusters: Vec<usize>,
}

impl KnownNames {
    /// Returns the names of these occupations, and of a list of titles with the
    /// clusters of each.
    pub(super) fn new(members: &[Arc<Member>], listed: &[ListedTitle]) -> Self {
        let mut names = KnownNames::default();
        for (of, member) in members.iter().enumerate() {
            let own = [(Origin::Title, &member.title)].into_iter();
            let all = own.chain(member.job_titles.iter().map(|title| (Origin::JobTitle, title)));
            all.for_each(|(origin, title)| names.add(title, origin, member.cluster, of));
        }
        for (of, title) in listed.iter().enumerate() {
            title.clusters.iter().for_each(|&cluster| names.add(&title.title, Origin::Listed, cluster, of));
        }
        names.by_key.values_mut().for_each(|entries| {
            entries.sort_unstable();
            entries.dedup();
        });
        names
    }

    fn add(&mut self, title: &str, origin: Origin, cluster: usize, of: usize) {
        let mut add = |key: String, is_loose| {
            if !key.is_empty() {
                self.by_key.entry(key.into()).or_default().push(Entry { is_loose, origin, cluster, of });
            }
        };
        add(title_key(title), false);
        loose_forms(title).iter().for_each(|loose| add(title_key(loose), true));
    }

    /// Returns the names without one occupation and without a list, as [`KnownNames::new`]
    /// of the others: their numbers follow on.
    pub(super) fn without(&self, gone: usize) -> Self {
        let entry = |entry: &Entry| match entry.origin {
            Origin::Listed => None,
            _ if entry.of == gone => None,
            _ => Some(Entry { of: entry.of - usize::from(entry.of > gone), ..*entry }),
        };
        let entries = |of: &Vec<Entry>| of.iter().filter_map(entry).collect::<Vec<Entry>>();
        let by_key = self.by_key.iter().map(|(key, of)| (Arc::clone(key), entries(of)));
        KnownNames { by_key: by_key.filter(|(_, entries)| !entries.is_empty()).collect() }
    }

    /// What is known of a title.
    pub(super) fn of(&self, title: &str) -> Option<Known> {
        let of = |title: &str| self.by_key.get(title_key(title).as_str());
        let exact = of(title).map(|entries| (entries, false));
        let loose = || loose_forms(title).iter().find_map(|title| Some((of(title)?, true)));
        let (entries, is_loose) = exact.or_else(loose)?;
        let first = entries.first()?;
        let same = entries.iter().take_while(|e| (e.is_loose, e.origin) == (first.is_loose, first.origin));
        let entries: Vec<Entry> = same.map(|entry| Entry { is_loose: is_loose || entry.is_loose, ..*entry }).collect();
        let clusters = entries.iter().map(|entry| entry.cluster).dedup().collect();
        Some(Known { entries, clusters })
    }
}

/// A title without what is in brackets, and with abbreviations in full.
fn loose_forms(title: &str) -> Vec<String> {
    let short = without_brackets(title);
    let mut forms = in_full(title);
    if let Some(short) = short {
        forms.extend(in_full(&short));
        forms.insert(0, short);
    }
    forms
}

impl Known {
    fn origin(&self) -> Origin {
        self.entries.first().map_or(Origin::JobTitle, |entry| entry.origin)
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.origin() {
            Origin::Title => Verdict::SameTitle,
            Origin::Listed | Origin::JobTitle => Verdict::KnownAs,
        }
    }

    /// What the name adds to the score of a cluster.
    pub(super) fn share(&self, cluster: usize) -> f64 {
        if self.clusters.binary_search(&cluster).is_ok() { LEAD } else { 0.0 }
    }

    /// How that share is called in evidence.
    pub(super) fn share_name(&self) -> &'static str {
        match self.origin() {
            Origin::Title => "(same title)",
            Origin::Listed => "(title list)",
            Origin::JobTitle => "(job title)",
        }
    }

    /// Raises the scores of the clusters that list the name above all others,
    /// and gives them its confidence: half of it in equal parts, half of it by
    /// what the words say. Both are by cluster.
    pub(super) fn lead(&self, scores: &mut [f64], confidence: &mut [f64]) {
        let certain = match self.origin() {
            Origin::Title => TITLE,
            Origin::Listed | Origin::JobTitle => JOB_TITLE,
        };
        let is_loose = self.entries.first().is_some_and(|entry| entry.is_loose);
        let certain = if is_loose { certain * LOOSE } else { certain };
        let all: f64 = self.clusters.iter().map(|&c| confidence[c]).sum();
        let equal = 1.0 / self.clusters.len() as f64;
        for &c in &self.clusters {
            let by_words = if all > 0.0 { confidence[c] / all } else { equal };
            confidence[c] = certain * f64::midpoint(equal, by_words);
            scores[c] += LEAD;
        }
    }

    /// Who lists the name, those in the cluster `first` before others.
    pub(super) fn listed_by<'k>(
        &'k self,
        first: usize,
        members: &'k [Arc<Member>],
        listed: &'k [ListedTitle],
        cluster_id: impl Fn(usize) -> String,
    ) -> Vec<KnownName> {
        let is_first = |entry: &&Entry| entry.cluster == first;
        let ordered = self.entries.iter().filter(is_first).chain(self.entries.iter().filter(|e| !is_first(e)));
        let name = |entry: &Entry| match entry.origin {
            Origin::Listed => {
                let title = &listed[entry.of];
                let occupation = title.occupation.map(|m| &members[m]);
                KnownName {
                    occupation: occupation.map(|member| member.id.clone()),
                    title: occupation.map_or_else(|| title.title.clone(), |member| member.title.clone()),
                    cluster: cluster_id(entry.cluster),
                    list: Some(title.place.clone()),
                }
            }
            Origin::Title | Origin::JobTitle => {
                let member = &members[entry.of];
                KnownName {
                    occupation: Some(member.id.clone()),
                    title: member.title.clone(),
                    cluster: cluster_id(entry.cluster),
                    list: None,
                }
            }
        };
        ordered.map(name).collect()
    }
}

/// Scales the confidence in all clusters but the leading ones so that all
/// together are at most 1. Those of the leading ones, which calibration is
/// about, stay as they are.
pub(super) fn share_the_rest(confidence: &mut [f64], leading: &[usize]) {
    let led: f64 = leading.iter().map(|&c| confidence[c]).sum();
    let rest = confidence.iter().sum::<f64>() - led;
    let most = (1.0 - led).max(0.0);
    if rest > most {
        let factor = most / rest;
        let kept: Vec<(usize, f64)> = leading.iter().map(|&c| (c, confidence[c])).collect();
        confidence.iter_mut().for_each(|confidence| *confidence *= factor);
        kept.into_iter().for_each(|(c, own)| confidence[c] = own);
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the same calculation gives the same bits")]
mod tests {
    use super::*;

    #[test]
    fn all_confidences_are_at_most_one_and_the_first_stays() {
        let mut confidence = [0.2, 0.7, 0.4];
        share_the_rest(&mut confidence, &[1]);
        assert!((confidence.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(confidence[1] == 0.7 && confidence[2] == 2.0 * confidence[0], "{confidence:?}");
        let mut few = [0.1, 0.5];
        share_the_rest(&mut few, &[1]);
        assert_eq!(few, [0.1, 0.5], "less than 1: nothing to share");
        share_the_rest(&mut [], &[]);
    }
}
