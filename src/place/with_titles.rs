//! The titles of a caller's list, as a placer knows them.

use std::collections::BTreeMap;

use super::known_names::{KnownNames, ListedTitle};
use super::placer::Placer;
use super::title_list::{TitleList, TitleRow, UnusedTitle};
use crate::text::name_key;

/// The maximum number of clusters that a code may mean.
const OF_A_CODE: usize = 3;

impl Placer {
    /// Returns the placer with a list of titles, replacing any earlier list. A
    /// title of the list leads as [`Verdict::KnownAs`](super::Verdict::KnownAs),
    /// unless it is the title of an occupation of the map. Also returns the rows
    /// that cannot be used: those whose occupation or cluster the map does not
    /// have, and those whose code means nothing on it.
    ///
    /// # Complexity
    ///
    /// `O((n + t) log n)` for `n` occupations and `t` titles.
    #[must_use]
    pub fn with_titles(mut self, list: &TitleList) -> (Placer, Vec<UnusedTitle>) {
        let (mut listed, mut unused) = (Vec::new(), Vec::new());
        let targets = Targets::new(&self, list);
        for row in &list.rows {
            match targets.of(row) {
                Ok((occupation, clusters)) => {
                    let file = if list.name.is_empty() { String::new() } else { format!("{}, ", list.name) };
                    let place = format!("{file}{}", row.place);
                    listed.push(ListedTitle { title: row.title.clone(), place, occupation, clusters });
                }
                Err(message) => unused.push(UnusedTitle { place: row.place.clone(), message }),
            }
        }
        self.names = KnownNames::new(&self.members, &listed);
        self.listed = listed;
        self.titles = list.clone();
        (self, unused)
    }
}

/// What the rows of a list may mean.
struct Targets<'p> {
    placer: &'p Placer,
    occupations: BTreeMap<String, Vec<usize>>,
    clusters: BTreeMap<String, Vec<usize>>,
    /// The clusters of the titles with each code.
    codes: BTreeMap<&'p str, Vec<usize>>,
}

impl<'p> Targets<'p> {
    fn new(placer: &'p Placer, list: &'p TitleList) -> Self {
        let mut occupations: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (m, member) in placer.members.iter().enumerate() {
            occupations.entry(name_key(&member.id)).or_default().push(m);
            occupations.entry(name_key(&member.title)).or_default().push(m);
        }
        let mut clusters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (c, cluster) in placer.clusters.iter().enumerate() {
            clusters.entry(name_key(&cluster.id)).or_default().push(c);
            clusters.entry(name_key(&cluster.name)).or_default().push(c);
        }
        let own = KnownNames::new(&placer.members, &[]);
        let mut codes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in list.rows.iter().filter(|row| !row.code.is_empty()) {
            let known = own.of(&row.title).into_iter().flat_map(|known| known.clusters);
            codes.entry(&row.code).or_default().extend(known);
        }
        let mut targets = Targets { placer, occupations, clusters, codes };
        for found in
            targets.occupations.values_mut().chain(targets.clusters.values_mut()).chain(targets.codes.values_mut())
        {
            found.sort_unstable();
            found.dedup();
        }
        targets
    }

    /// The occupation, if there is one, and the clusters of a row.
    fn of(&self, row: &TitleRow) -> Result<(Option<usize>, Vec<usize>), String> {
        let key = name_key(&row.of);
        if let Some(found) = self.occupations.get(&key) {
            let mut clusters: Vec<usize> = found.iter().map(|&m| self.placer.members[m].cluster).collect();
            clusters.sort_unstable();
            clusters.dedup();
            let is_one = clusters.len() == 1;
            return Ok((found.first().copied().filter(|_| is_one), clusters));
        }
        if let Some(found) = self.clusters.get(&key) {
            return Ok((None, found.clone()));
        }
        if !row.of.is_empty() {
            return Err(format!("the map has no occupation or cluster \"{}\"", row.of));
        }
        match self.codes.get(row.code.as_str()).map(|found| (found, found.len())) {
            Some((_, 0)) => Err(format!("the map knows no title with the code {}", row.code)),
            Some((found, 1..=OF_A_CODE)) => Ok((None, found.clone())),
            Some((_, many)) => Err(format!("the code {} means {many} clusters", row.code)),
            None => Err("it names no occupation, cluster or code".to_owned()),
        }
    }
}
