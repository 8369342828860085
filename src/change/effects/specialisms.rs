//! The specialisms that are added, removed or changed.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::programmes::{Effects, View, items_of};
use super::report::{OutcomeReworded, SpecialismEffect};
use crate::change::compare::details::{option_ids, same_duties};
use crate::change::matching::statements;
use crate::concept::ConceptIndex;
use crate::derive::{Item, Programme, Specialism};
use crate::map::{Duty, Occupation};

/// The specialisms that are added, removed or changed.
#[derive(Default)]
pub(in crate::change) struct Specialisms {
    pub(in crate::change) gained: Vec<SpecialismEffect>,
    pub(in crate::change) lost: Vec<SpecialismEffect>,
    pub(in crate::change) changed: Vec<SpecialismEffect>,
}

impl<'a> Effects<'a> {
    pub(in crate::change) fn specialisms(
        &self,
        before: Option<&'a Programme>,
        after: Option<&'a Programme>,
    ) -> Specialisms {
        let list = |programme: Option<&'a Programme>| programme.map_or(&[][..], |p| p.specialisms.as_slice());
        let (was, is) = (list(before), list(after));
        let mut old_of: Vec<Option<usize>> = vec![None; is.len()];
        let mut taken: HashSet<usize> = HashSet::new();
        let units = [was.iter().map(|s| self.old_unit(s)).collect(), is.iter().map(|s| key(&self.new, s)).collect()];
        pair_up(&units, &mut old_of, &mut taken);
        let titles = |list: &[Specialism]| list.iter().map(|s| (s.title.clone(), None)).collect();
        pair_up(&[titles(was), titles(is)], &mut old_of, &mut taken);
        let mut out = Specialisms::default();
        for (specialism, old) in is.iter().zip(&old_of) {
            let Some(old) = old.and_then(|i| was.get(i)) else {
                out.gained.push(described(specialism));
                continue;
            };
            let effect = self.specialism(old, specialism);
            if !effect.is_same() {
                out.changed.push(effect);
            }
        }
        out.lost.extend(was.iter().enumerate().filter(|(i, _)| !taken.contains(i)).map(|(_, s)| described(s)));
        out
    }

    fn specialism(&self, old: &Specialism, new: &Specialism) -> SpecialismEffect {
        // each with the number of its concept on the new map
        let had: Vec<_> = items_of(old).map(|item| (self.to_new(self.old.concept(item)), item)).collect();
        let has: Vec<_> = items_of(new).map(|item| (self.new.concept(item), item)).collect();
        let concepts = |list: &[(Option<ConceptIndex>, &Item)]| -> HashSet<ConceptIndex, RandomState> {
            list.iter().filter_map(|(concept, _)| *concept).collect()
        };
        let without = |list: &[(Option<ConceptIndex>, &Item)], other: &[_]| -> Vec<String> {
            let other = concepts(other);
            let left = list.iter().filter(|(concept, _)| concept.is_none_or(|c| !other.contains(&c)));
            left.map(|(_, item)| item.text.clone()).collect()
        };
        let mut effect = SpecialismEffect {
            gained: without(&has, &had),
            lost: without(&had, &has),
            was: (old.title != new.title).then(|| old.title.clone()),
            ..described(new)
        };
        self.outcomes(old, new, &mut effect);
        effect
    }

    /// The performance outcomes: duties that serve the specialism.
    fn outcomes(&self, old: &Specialism, new: &Specialism, effect: &mut SpecialismEffect) {
        let records = &self.causes.pairs.records;
        let mut seen: HashSet<usize> = HashSet::new();
        for is in new.occupations.iter().filter_map(|id| self.new.of.map.occupation(id)) {
            let was = records.old_occupation(is, self.old.of.map);
            let was = was.filter(|was| old.occupations.iter().any(|id| id == was.id()));
            seen.extend(was.map(|was| was.index().index()));
            let Some(was) = was else {
                effect
                    .outcomes_gained
                    .extend(is.duties().filter(|d| new.is_served_by(*d)).map(|d| d.text().to_owned()));
                continue;
            };
            if same_duties(was, is) && old.option == new.option {
                continue;
            }
            of_duties(was, is, (old, new), effect);
        }
        for was in old.occupations.iter().filter_map(|id| self.old.of.map.occupation(id)) {
            if !seen.contains(&was.index().index()) {
                effect.outcomes_lost.extend(was.duties().filter(|d| old.is_served_by(*d)).map(|d| d.text().to_owned()));
            }
        }
    }

    /// The key of an old specialism, in the new map's ids.
    fn old_unit(&self, specialism: &Specialism) -> (String, Option<String>) {
        let (occupations, option) = key(&self.old, specialism);
        let option = option.map(|option| {
            let only = specialism.occupations.first().and_then(|id| self.old.of.map.occupation(id));
            let now = only.and_then(|was| Some((was, self.causes.pairs.records.new_occupation(was, self.new.of.map)?)));
            let id = now.and_then(|(was, is)| option_ids(was, is).get(option.as_str()).map(|id| (*id).to_owned()));
            id.unwrap_or(option)
        });
        (occupations, option)
    }
}

fn of_duties(
    was: Occupation<'_>,
    is: Occupation<'_>,
    (old, new): (&Specialism, &Specialism),
    effect: &mut SpecialismEffect,
) {
    let (before, after): (Vec<Duty<'_>>, Vec<Duty<'_>>) = (was.duties().collect(), is.duties().collect());
    let pairs = statements::duties(was, is);
    for (i, duty) in before.iter().enumerate().filter(|(_, duty)| old.is_served_by(**duty)) {
        let now = pairs.iter().find(|(old, _)| *old == i).and_then(|(_, j)| after.get(*j));
        match now.filter(|now| new.is_served_by(**now)) {
            None => effect.outcomes_lost.push(duty.text().to_owned()),
            Some(now) if now.text() != duty.text() => effect
                .outcomes_reworded
                .push(OutcomeReworded { from: duty.text().to_owned(), to: now.text().to_owned() }),
            Some(_) => {}
        }
    }
    for (j, duty) in after.iter().enumerate().filter(|(_, duty)| new.is_served_by(**duty)) {
        let before = pairs.iter().find(|(_, new)| *new == j).and_then(|(i, _)| before.get(*i));
        if before.is_none_or(|before| !old.is_served_by(*before)) {
            effect.outcomes_gained.push(duty.text().to_owned());
        }
    }
}

/// The key of a specialism.
fn key(view: &View<'_>, specialism: &Specialism) -> (String, Option<String>) {
    let ids: Vec<&str> = specialism.occupations.iter().map(|id| view.names.get(id)).collect();
    (ids.join("\u{0}"), specialism.option.clone())
}

/// Pairs entries that have the same key and no partner yet, first with first.
fn pair_up([was, is]: &[Vec<(String, Option<String>)>; 2], old_of: &mut [Option<usize>], taken: &mut HashSet<usize>) {
    let mut by_key: HashMap<_, Vec<usize>> = HashMap::new();
    for (i, key) in was.iter().enumerate().rev().filter(|(i, _)| !taken.contains(i)) {
        by_key.entry(key).or_default().push(i);
    }
    for (key, old) in is.iter().zip(old_of).filter(|(_, old)| old.is_none()) {
        *old = by_key.get_mut(key).and_then(Vec::pop);
        taken.extend(*old);
    }
}

fn described(specialism: &Specialism) -> SpecialismEffect {
    SpecialismEffect {
        title: specialism.title.clone(),
        occupations: specialism.occupations.clone(),
        option: specialism.option.clone(),
        items: items_of(specialism).count(),
        gained: Vec::new(),
        lost: Vec::new(),
        was: None,
        outcomes_gained: Vec::new(),
        outcomes_lost: Vec::new(),
        outcomes_reworded: Vec::new(),
    }
}
