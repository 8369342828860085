//! Matches the branches and occupations of two maps.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::likeness::{ALIKE, likeness};
use crate::map::{
    BranchTier, Cluster, ClusterIndex, Map, Occupation, OccupationIndex, OptionOf, Pathway, PathwayIndex, Route,
    RouteIndex,
};
use crate::text::name_key;

/// How an occupation was matched under another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RecodedBy {
    /// The id of one is the occupation code of the other, or both have one code.
    Code,
    /// The id of one is the other's standard, or both have one standard.
    Reference,
    /// The numbers of the standard and the occupation code are the same
    /// (`ST0499` and `OCC0499`), and the titles are alike.
    Number,
    /// The title and the level are the same.
    Title,
}

/// Matching numbers of two lists, one to one.
#[derive(Debug)]
struct OneToOne {
    to_new: Vec<Option<usize>>,
    to_old: Vec<Option<usize>>,
}

impl OneToOne {
    fn new(old: usize, new: usize) -> Self {
        OneToOne { to_new: vec![None; old], to_old: vec![None; new] }
    }

    fn new_of(&self, old: usize) -> Option<usize> {
        self.to_new.get(old).copied().flatten()
    }

    fn old_of(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).copied().flatten()
    }

    fn join(&mut self, old: usize, new: usize) {
        if let (Some(to_new @ None), Some(to_old @ None)) = (self.to_new.get_mut(old), self.to_old.get_mut(new)) {
            (*to_new, *to_old) = (Some(new), Some(old));
        }
    }

    /// Joins entries that are free on both sides and share a key that no other
    /// free one has. An entry that would have two partners is left. Swapping
    /// the lists gives the same pairs. Returns those of the old list.
    fn join_by<K: Hash + Eq>(
        &mut self,
        old: impl Fn(usize) -> Vec<K>,
        new: impl Fn(usize) -> Vec<K>,
        fits: impl Fn(usize, usize) -> bool,
    ) -> Vec<usize> {
        let mut by_key: HashMap<K, [Vec<usize>; 2]> = HashMap::new();
        let free = |list: &[Option<usize>]| -> Vec<usize> {
            list.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(i, _)| i).collect()
        };
        let mut add = |i: usize, keys: Vec<K>, side: usize| {
            for key in keys {
                let list = &mut by_key.entry(key).or_default()[side];
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
        };
        free(&self.to_new).into_iter().for_each(|i| add(i, old(i), 0));
        free(&self.to_old).into_iter().for_each(|i| add(i, new(i), 1));
        let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
        for [old, new] in by_key.values() {
            if let ([old], [new]) = (old.as_slice(), new.as_slice())
                && fits(*old, *new)
            {
                found.insert((*old, *new));
            }
        }
        let (mut of_old, mut of_new): (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
        for (old, new) in &found {
            *of_old.entry(*old).or_default() += 1;
            *of_new.entry(*new).or_default() += 1;
        }
        found.retain(|(old, new)| of_old.get(old) == Some(&1) && of_new.get(new) == Some(&1));
        found.iter().for_each(|(old, new)| self.join(*old, *new));
        found.into_iter().map(|(old, _)| old).collect()
    }
}

/// The matching branches and occupations of two maps, one to one.
#[derive(Debug)]
pub(in crate::change) struct Records {
    routes: OneToOne,
    pathways: OneToOne,
    clusters: OneToOne,
    occupations: OneToOne,
    /// How occupations with another id were matched, by their number in the old
    /// map.
    recoded_by: HashMap<usize, RecodedBy>,
}

impl Records {
    pub(in crate::change) fn of(old: &Map, new: &Map) -> Self {
        let mut records = Records::by_id(old, new);
        records.branches_by_name(old, new);
        records.recoded_occupations(old, new);
        records
    }

    fn by_id(old: &Map, new: &Map) -> Self {
        let mut routes = OneToOne::new(old.routes().len(), new.routes().len());
        for was in old.routes() {
            if let Some(is) = new.route(was.id()) {
                routes.join(was.index().index(), is.index().index());
            }
        }
        let mut pathways = OneToOne::new(old.pathways().len(), new.pathways().len());
        for was in old.pathways() {
            if let Some(is) = new.pathway(was.id()) {
                pathways.join(was.index().index(), is.index().index());
            }
        }
        let mut clusters = OneToOne::new(old.clusters().len(), new.clusters().len());
        for was in old.clusters() {
            if let Some(is) = new.cluster(was.id()) {
                clusters.join(was.index().index(), is.index().index());
            }
        }
        let mut occupations = OneToOne::new(old.occupations().len(), new.occupations().len());
        for was in old.occupations() {
            if let Some(is) = new.occupation(was.id()) {
                occupations.join(was.index().index(), is.index().index());
            }
        }
        Records { routes, pathways, clusters, occupations, recoded_by: HashMap::new() }
    }

    /// Matches routes by name, pathways by name within matching routes, and
    /// clusters likewise.
    fn branches_by_name(&mut self, old: &Map, new: &Map) {
        let names = |names: Vec<&str>| -> Vec<String> { names.into_iter().map(name_key).collect() };
        let (was, is) =
            (names(old.routes().map(|r| r.name()).collect()), names(new.routes().map(|r| r.name()).collect()));
        let key = |keys: &[String], i: usize| keys.get(i).cloned().into_iter().collect::<Vec<_>>();
        self.routes.join_by(|i| key(&was, i), |i| key(&is, i), |_, _| true);

        // the parent by its number in the new map
        let under = |parent: Option<usize>, name: &str| parent.map(|parent| (parent, name_key(name)));
        let routes = &self.routes;
        let was: Vec<Option<(usize, String)>> =
            old.pathways().map(|p| under(routes.new_of(p.route().index().index()), p.name())).collect();
        let is: Vec<Option<(usize, String)>> =
            new.pathways().map(|p| under(Some(p.route().index().index()), p.name())).collect();
        let key = |keys: &[Option<(usize, String)>], i: usize| -> Vec<(usize, String)> {
            keys.get(i).cloned().flatten().into_iter().collect()
        };
        self.pathways.join_by(|i| key(&was, i), |i| key(&is, i), |_, _| true);

        let pathways = &self.pathways;
        let was: Vec<_> =
            old.clusters().map(|c| under(pathways.new_of(c.pathway().index().index()), c.name())).collect();
        let is: Vec<_> = new.clusters().map(|c| under(Some(c.pathway().index().index()), c.name())).collect();
        self.clusters.join_by(|i| key(&was, i), |i| key(&is, i), |_, _| true);
    }

    /// Matches occupations under another id: by code, by reference, by number,
    /// by title and level.
    fn recoded_occupations(&mut self, old: &Map, new: &Map) {
        let (was, is): (Vec<Occupation<'_>>, Vec<Occupation<'_>>) =
            (old.occupations().collect(), new.occupations().collect());
        let keys = |list: &[Occupation<'_>], i: usize, of: &dyn Fn(Occupation<'_>) -> Vec<String>| {
            list.get(i).map_or_else(Vec::new, |o| of(*o))
        };
        let codes = |o: Occupation<'_>| -> Vec<String> {
            [Some(o.id()), o.occupation_code()].into_iter().flatten().map(code_key).filter(|c| !c.is_empty()).collect()
        };
        let references = |o: Occupation<'_>| -> Vec<String> {
            let mut all = codes(o);
            all.extend(reference(o).map(code_key).filter(|c| !c.is_empty()));
            all
        };
        let numbers = |o: Occupation<'_>| number(o).into_iter().collect();
        let titles = |o: Occupation<'_>| {
            let key = name_key(o.title());
            if key.is_empty() { Vec::new() } else { vec![format!("{} {key}", o.level())] }
        };
        let both = |old: usize, new: usize| was.get(old).copied().zip(is.get(new).copied());
        let alike = |old: usize, new: usize| {
            both(old, new).is_some_and(|(a, b)| {
                schemes_differ(a, b)
                    && (name_key(a.title()) == name_key(b.title())
                        || a.level() == b.level() && likeness(a.title(), b.title()) >= ALIKE)
            })
        };
        let steps: [(RecodedBy, Keys<'_>, bool); 4] = [
            (RecodedBy::Code, &codes, false),
            (RecodedBy::Reference, &references, false),
            (RecodedBy::Number, &numbers, true),
            (RecodedBy::Title, &titles, false),
        ];
        for (by, of, must_be_alike) in steps {
            let fits = |old: usize, new: usize| !must_be_alike || alike(old, new);
            let found = self.occupations.join_by(|i| keys(&was, i, of), |i| keys(&is, i, of), fits);
            self.recoded_by.extend(found.into_iter().map(|old| (old, by)));
        }
    }

    pub(in crate::change) fn new_route<'m>(&self, old: Route<'_>, new: &'m Map) -> Option<Route<'m>> {
        self.routes.new_of(old.index().index()).and_then(|i| new.route_at(RouteIndex(i as u32)))
    }

    pub(in crate::change) fn old_route<'m>(&self, new: Route<'_>, old: &'m Map) -> Option<Route<'m>> {
        self.routes.old_of(new.index().index()).and_then(|i| old.route_at(RouteIndex(i as u32)))
    }

    pub(in crate::change) fn new_pathway<'m>(&self, old: Pathway<'_>, new: &'m Map) -> Option<Pathway<'m>> {
        self.pathways.new_of(old.index().index()).and_then(|i| new.pathway_at(PathwayIndex(i as u32)))
    }

    pub(in crate::change) fn old_pathway<'m>(&self, new: Pathway<'_>, old: &'m Map) -> Option<Pathway<'m>> {
        self.pathways.old_of(new.index().index()).and_then(|i| old.pathway_at(PathwayIndex(i as u32)))
    }

    fn new_cluster<'m>(&self, old: Cluster<'_>, new: &'m Map) -> Option<Cluster<'m>> {
        self.clusters.new_of(old.index().index()).and_then(|i| new.cluster_at(ClusterIndex(i as u32)))
    }

    pub(in crate::change) fn new_occupation<'m>(&self, old: Occupation<'_>, new: &'m Map) -> Option<Occupation<'m>> {
        self.occupations.new_of(old.index().index()).and_then(|i| new.occupation_at(OccupationIndex(i as u32)))
    }

    pub(in crate::change) fn old_occupation<'m>(&self, new: Occupation<'_>, old: &'m Map) -> Option<Occupation<'m>> {
        self.occupations.old_of(new.index().index()).and_then(|i| old.occupation_at(OccupationIndex(i as u32)))
    }

    pub(in crate::change) fn same_route(&self, old: Route<'_>, new: Route<'_>) -> bool {
        self.routes.new_of(old.index().index()) == Some(new.index().index())
    }

    pub(in crate::change) fn same_pathway(&self, old: Pathway<'_>, new: Pathway<'_>) -> bool {
        self.pathways.new_of(old.index().index()) == Some(new.index().index())
    }

    pub(in crate::change) fn same_cluster(&self, old: Cluster<'_>, new: Cluster<'_>) -> bool {
        self.clusters.new_of(old.index().index()) == Some(new.index().index())
    }

    pub(in crate::change) fn same_occupation(&self, old: Occupation<'_>, new: Occupation<'_>) -> bool {
        self.occupations.new_of(old.index().index()) == Some(new.index().index())
    }

    pub(in crate::change) fn new_branch(&self, tier: BranchTier, old: usize) -> Option<usize> {
        self.tier(tier).new_of(old)
    }

    pub(in crate::change) fn old_branch(&self, tier: BranchTier, new: usize) -> Option<usize> {
        self.tier(tier).old_of(new)
    }

    fn tier(&self, tier: BranchTier) -> &OneToOne {
        match tier {
            BranchTier::Route => &self.routes,
            BranchTier::Pathway => &self.pathways,
            BranchTier::Cluster => &self.clusters,
        }
    }

    /// Whether the routes of two pathways, given by their numbers, match.
    pub(in crate::change) fn same_parent_of_pathways(&self, old: &Map, was: usize, new: &Map, is: usize) -> bool {
        let (was, is) = (old.pathway_at(PathwayIndex(was as u32)), new.pathway_at(PathwayIndex(is as u32)));
        was.zip(is).is_some_and(|(was, is)| self.same_route(was.route(), is.route()))
    }

    pub(in crate::change) fn same_parent_of_clusters(&self, old: &Map, was: usize, new: &Map, is: usize) -> bool {
        let (was, is) = (old.cluster_at(ClusterIndex(was as u32)), new.cluster_at(ClusterIndex(is as u32)));
        was.zip(is).is_some_and(|(was, is)| self.same_pathway(was.pathway(), is.pathway()))
    }

    /// How an occupation of the old map was matched under another id.
    pub(in crate::change) fn recoded_by(&self, old: Occupation<'_>) -> Option<RecodedBy> {
        self.recoded_by.get(&old.index().index()).copied()
    }

    /// The new id of each occupation and branch of the old map that has another
    /// id in the new map. Ids are unique in a map, so tiers are never mixed up.
    pub(in crate::change) fn renamed<'o, 'n>(&self, old: &'o Map, new: &'n Map) -> HashMap<&'o str, &'n str> {
        let routes = old.routes().filter_map(|was| Some((was.id(), self.new_route(was, new)?.id())));
        let pathways = old.pathways().filter_map(|was| Some((was.id(), self.new_pathway(was, new)?.id())));
        let clusters = old.clusters().filter_map(|was| Some((was.id(), self.new_cluster(was, new)?.id())));
        let occupations = old.occupations().filter_map(|was| Some((was.id(), self.new_occupation(was, new)?.id())));
        let all = routes.chain(pathways).chain(clusters).chain(occupations);
        all.filter(|(was, is)| was != is).collect()
    }
}

/// The keys of an occupation; any one is enough to match it.
type Keys<'k> = &'k dyn Fn(Occupation<'_>) -> Vec<String>;

/// Codes are compared in upper case, without white space.
fn code_key(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

fn reference(occupation: Occupation<'_>) -> Option<&str> {
    occupation.raw().standard.as_ref()?.reference.as_deref()
}

/// The scheme and the number of an official code: `ST0499`, `OCC0499A`.
fn official(code: &str) -> Option<(&'static str, String)> {
    let code = code_key(code);
    let (scheme, number) = ["ST", "OCC"].into_iter().find_map(|scheme| Some((scheme, code.strip_prefix(scheme)?)))?;
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let is_number = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit()) && number.len() <= digits.len() + 1;
    is_number.then(|| (scheme, number.to_owned()))
}

/// The official codes of an occupation: schemes and numbers.
fn officials(occupation: Occupation<'_>) -> HashSet<(&'static str, String)> {
    let codes = [Some(occupation.id()), occupation.occupation_code(), reference(occupation)];
    codes.into_iter().flatten().filter_map(official).collect()
}

/// The number of an official code, if the record has no other.
fn number(occupation: Occupation<'_>) -> Option<String> {
    let mut all = officials(occupation).into_iter();
    all.next().filter(|_| all.next().is_none()).map(|(_, number)| number)
}

/// Whether one has only a standard and the other only an occupation code. The
/// numbers of the two schemes agree only by convention.
fn schemes_differ(a: Occupation<'_>, b: Occupation<'_>) -> bool {
    let scheme = |o| officials(o).into_iter().map(|(scheme, _)| scheme).next();
    scheme(a) != scheme(b)
}

/// The matching options of an occupation on both maps, by their positions:
/// first by title, then by id.
pub(in crate::change) fn options(old: Occupation<'_>, new: Occupation<'_>) -> Vec<(usize, usize)> {
    let (was, is): (Vec<OptionOf<'_>>, Vec<OptionOf<'_>>) = (old.options().collect(), new.options().collect());
    let mut taken: Vec<bool> = vec![false; is.len()];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let keys: Vec<String> = is.iter().map(|o| name_key(o.title())).collect();
    let mut join = |same: &dyn Fn(usize, usize) -> bool| {
        for i in 0..was.len() {
            if pairs.iter().any(|(old, _)| *old == i) {
                continue;
            }
            if let Some(j) = (0..is.len()).find(|j| !taken.get(*j).is_some_and(|t| *t) && same(i, *j)) {
                if let Some(taken) = taken.get_mut(j) {
                    *taken = true;
                }
                pairs.push((i, j));
            }
        }
    };
    let (of_old, of_new) = (|i: usize| was.get(i).copied(), |j: usize| is.get(j).copied());
    let same_id = |i: usize, j: usize| of_old(i).zip(of_new(j)).is_some_and(|(a, b)| a.id() == b.id());
    let same_title = |i: usize, j: usize| {
        of_old(i).zip(keys.get(j)).is_some_and(|(a, b)| !b.is_empty() && name_key(a.title()) == *b)
    };
    join(&|i, j| same_id(i, j) && same_title(i, j));
    join(&same_title);
    join(&same_id);
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_codes() {
        for (code, expected) in [
            ("ST0499", Some(("ST", "0499"))),
            (" occ0499a", Some(("OCC", "0499A"))),
            ("STANDARD", None),
            ("ST12", None),
            ("OCC0499AB", None),
            ("LARS1", None),
            ("", None),
        ] {
            assert_eq!(official(code), expected.map(|(s, n)| (s, n.to_owned())), "{code}");
        }
    }

    #[test]
    fn one_key_for_two_joins_neither() {
        let mut pairs = OneToOne::new(3, 2);
        let old = |i: usize| vec![["a", "a", "b"][i]];
        let new = |i: usize| vec![["a", "b"][i]];
        assert_eq!(pairs.join_by(old, new, |_, _| true), [2]);
        assert_eq!((pairs.new_of(0), pairs.new_of(2), pairs.old_of(1)), (None, Some(1), Some(2)));
        // an entry that would have two partners has none
        let mut pairs = OneToOne::new(1, 2);
        assert_eq!(pairs.join_by(|_| vec!["x", "y"], |i| vec![["x", "y"][i]], |_, _| true), [0_usize; 0]);
    }
}
