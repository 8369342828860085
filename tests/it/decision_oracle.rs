//! What a review makes of programmes, once more: straight from the map, the
//! draft and the rows, over sets of names. The oracle of `apply_decisions`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tlevel::derive::{Programme, Tier};
use tlevel::map::{Statement, Unit};
use tlevel::review::{Choice, Decision};

use crate::decision_laws::{Case, applied, is_for, read, rows, tiers};
use crate::{generated, laws};

type Names = BTreeSet<String>;

/// The names in a programme, and the support of those that are core.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sets {
    route_core: BTreeMap<String, (usize, usize)>,
    pathway_core: BTreeMap<String, (usize, usize)>,
    /// By occupation and option.
    specialisms: BTreeMap<(String, Option<String>), Names>,
    near_misses: BTreeSet<(Tier, String)>,
}

impl Sets {
    fn of(programme: &Programme, units: &[Unit<'_>]) -> Sets {
        let core = |items: &[tlevel::derive::Item]| {
            items.iter().map(|item| (item.concept.to_string(), (item.support.have, item.support.of))).collect()
        };
        let special = |unit: &Unit<'_>| {
            let (occupation, option) = (unit.occupation().id(), unit.option().map(|o| o.id()));
            let mut names = Names::new();
            for specialism in programme.specialisms.iter().filter(|s| s.occupations.iter().any(|o| o == occupation)) {
                let add = specialism.adds.iter().find(|a| a.occupation == occupation && a.option.as_deref() == option);
                if add.is_some() || (specialism.adds.is_empty() && specialism.option.as_deref() == option) {
                    let items = specialism.content.iter().chain(add.into_iter().flat_map(|add| &add.content));
                    names.extend(items.map(|item| item.concept.to_string()));
                }
            }
            ((occupation.to_owned(), option.map(str::to_owned)), names)
        };
        Sets {
            route_core: core(&programme.route_core),
            pathway_core: core(&programme.pathway_core),
            specialisms: units.iter().map(special).collect(),
            near_misses: programme.near_misses.iter().map(|near| (near.tier, near.concept.to_string())).collect(),
        }
    }
}

/// A draft, and the decisions that fit it.
struct Panel<'c> {
    case: &'c Case,
    applied: Vec<&'c Decision>,
}

impl<'c> Panel<'c> {
    fn programmes(&self) -> &'c [Programme] {
        &self.case.draft.programmes
    }

    fn of_route<'p>(&'p self, programme: &'p Programme) -> impl Iterator<Item = &'c Programme> + Clone + 'p {
        self.programmes().iter().filter(|other| other.route.id == programme.route.id)
    }

    /// Whether a merge holds in a pathway: in all, in its own, and in those of
    /// a route whose core it is about.
    fn merges_in(&self, decision: &Decision, pathway: &str) -> bool {
        let Choice::MergeWith(other) = &decision.choice else { return false };
        let route = self.case.map.pathway(pathway).unwrap().route();
        let in_core = |programme: &Programme| {
            programme.route_core.iter().any(|item| item.concept == decision.concept || item.concept == *other)
        };
        decision.pathways.is_empty()
            || decision.pathways.iter().any(|named| named == pathway)
            || self.programmes().iter().any(|programme| {
                programme.route.id == route.id() && is_for(decision, programme) && self.of_route(programme).any(in_core)
            })
    }

    /// What a concept is called in a pathway: the highest in the draft of those
    /// that it is merged with there, in the pathways of those merges; of equals the
    /// one to merge with, then the one that most have, then the first by name.
    fn name(&self, pathway: &str, concept: &str) -> String {
        let links: Vec<&&Decision> = self.applied.iter().filter(|d| self.merges_in(d, pathway)).collect();
        let pair = |d: &Decision| match &d.choice {
            Choice::MergeWith(other) => [d.concept.clone(), other.clone()],
            _ => unreachable!("only merges"),
        };
        let mut all = Names::from([concept.to_owned()]);
        while let Some(more) = links.iter().map(|d| pair(d)).find(|[a, b]| all.contains(a) != all.contains(b)) {
            all.extend(more);
        }
        let about: Vec<&&&Decision> = links.iter().filter(|d| all.contains(&d.concept)).collect();
        let mut ranked = Vec::new();
        for programme in self.programmes() {
            if about.iter().any(|d| is_for(d, programme)) {
                for (item, tier) in programme.items().filter(|(item, _)| all.contains(item.concept.as_str())) {
                    let is_source = about.iter().any(|d| d.concept == item.concept);
                    ranked.push((tier, is_source, Reverse(item.support.have), item.concept.to_string()));
                }
            }
        }
        ranked.into_iter().min().map_or_else(|| concept.to_owned(), |(.., name)| name)
    }

    /// Whether a merge gave anything to that name, in any pathway.
    fn took(&self, name: &str) -> bool {
        let named = self.applied.iter().filter_map(|d| match &d.choice {
            Choice::MergeWith(other) => Some([d.concept.as_str(), other.as_str()]),
            _ => None,
        });
        let others: Vec<&str> = named.flatten().filter(|concept| *concept != name).collect();
        let is_it = |pathway: &str| others.iter().any(|concept| self.name(pathway, concept) == name);
        self.case.map.pathways().any(|pathway| is_it(pathway.id()))
    }

    /// Where a name was in the draft of a programme, under all its names.
    fn was(&self, programme: &Programme, name: &str) -> BTreeSet<Tier> {
        let near = programme.near_misses.iter().map(|near| (&near.concept, Tier::NearMiss));
        let all = programme.items().map(|(item, tier)| (&item.concept, tier)).chain(near);
        let is_it = |concept: &str| concept == name || self.name(&programme.pathway.id, concept) == name;
        all.filter(|(concept, _)| is_it(concept)).map(|(_, tier)| tier).collect()
    }

    /// The names of statements of a pathway.
    fn names<'s>(&self, pathway: &str, statements: impl Iterator<Item = Statement<'s>>) -> Names {
        let concepts = statements.flat_map(|s| self.case.concepts.of(s.index()));
        concepts.map(|c| self.name(pathway, self.case.concepts.get(*c).unwrap().id())).collect()
    }

    /// What is decided of a name in the pathways of a route. `None`: it is not
    /// route core, and nothing more. No entry: nothing.
    fn decided(&self, programme: &Programme, name: &str) -> Vec<(String, Option<Choice>)> {
        let mut decided = Vec::new();
        for decision in self.applied.iter().filter(|d| d.concept == name) {
            let meant = self.of_route(programme).filter(|p| {
                let was = self.was(p, name);
                is_for(decision, p) && !was.is_empty() && decision.tier.is_none_or(|tier| was.contains(&tier))
            });
            let was_route_core = self.of_route(programme).any(|p| self.was(p, name).contains(&Tier::Route));
            for p in meant {
                let own = match decision.choice {
                    Choice::RouteCore => Tier::Route,
                    Choice::PathwayCore => Tier::Pathway,
                    Choice::Specialism => Tier::Specialism,
                    Choice::Drop => Tier::NearMiss,
                    _ => continue,
                };
                if own == Tier::Pathway && was_route_core && decision.pathways.is_empty() {
                    decided.push((String::new(), None));
                    continue;
                }
                // where it is: near misses stay, unless the decision is about them; a merge may lift it
                let stays = self.was(p, name).first() == Some(&own) && own != Tier::NearMiss && !self.took(name);
                if !(stays && decision.tier.is_some_and(|tier| tier != Tier::NearMiss)) {
                    decided.push((p.pathway.id.clone(), Some(decision.choice.clone())));
                }
            }
        }
        decided
    }
}

/// The programmes of a review by the definitions.
fn expected(panel: &Panel<'_>) -> Vec<Sets> {
    let (map, policy) = (&panel.case.map, &panel.case.policy);
    let mut all = Vec::new();
    for programme in panel.programmes() {
        let here = programme.pathway.id.as_str();
        // who has what, pathway by pathway: counting occupations, and their names
        let of_pathway = |p: &Programme| -> Vec<Names> {
            let occupations = p.counting.iter().map(|o| map.occupation(&o.id).unwrap());
            let counting = occupations.map(|o| o.statements().filter(|s| laws::counts(*s)));
            counting.map(|statements| panel.names(&p.pathway.id, statements)).collect()
        };
        let have: BTreeMap<&str, Vec<Names>> =
            panel.of_route(programme).map(|p| (p.pathway.id.as_str(), of_pathway(p))).collect();
        let count = |pathway: &str, name: &str| have[pathway].iter().filter(|names| names.contains(name)).count();
        let need = |pathway: &str| policy.pathway_quorum.need(have[pathway].len());
        let holds = |pathway: &str, name: &str| count(pathway, name) >= need(pathway).max(1);
        let sharers = |name: &str| have.keys().map(|pathway| count(pathway, name)).sum::<usize>();
        let total = have.values().map(Vec::len).sum::<usize>();
        let counting = have.values().filter(|occupations| !occupations.is_empty()).count();
        let holding = |name: &str| have.keys().filter(|pathway| holds(pathway, name)).count();
        let route_need = policy.route_quorum.need(counting).max(policy.min_pathways);
        let enough = counting >= policy.min_pathways.max(2);

        let served: BTreeSet<&String> = programme.specialisms.iter().flat_map(|s| &s.occupations).collect();
        let units: Vec<Unit<'_>> = served.iter().flat_map(|id| map.occupation(id).unwrap().units()).collect();
        let served_in = |p: &Programme| -> Names {
            let served: BTreeSet<&String> = p.specialisms.iter().flat_map(|s| &s.occupations).collect();
            let units = served.iter().flat_map(|id| map.occupation(id).unwrap().units());
            panel.names(&p.pathway.id, units.flat_map(|unit| unit.statements()))
        };
        let own = served_in(programme);
        let of_route: Names = panel.of_route(programme).flat_map(served_in).collect();

        let mut sets = Sets::default();
        let mut dropped = Names::new();
        for name in &of_route {
            let counted_route = enough && holding(name) >= route_need && sharers(name) >= policy.min_sharers;
            let counted_pathway = holds(here, name) && count(here, name) >= policy.min_sharers;
            let decided = panel.decided(programme, name);
            let mine = decided.iter().find(|(pathway, _)| pathway == here).and_then(|(_, choice)| choice.clone());
            let is_route_core = decided.iter().any(|(_, choice)| *choice == Some(Choice::RouteCore))
                || (counted_route && decided.is_empty());
            let is_pathway_core = match &mine {
                _ if is_route_core => false,
                Some(choice) => *choice == Choice::PathwayCore && own.contains(name),
                None => counted_pathway,
            };
            if is_route_core {
                sets.route_core.insert(name.clone(), (sharers(name), total));
            }
            if is_pathway_core {
                sets.pathway_core.insert(name.clone(), (count(here, name), have[here].len()));
            }
            if mine == Some(Choice::Drop) && !is_route_core {
                dropped.insert(name.clone());
            }
            let short = |have: usize, need: usize| have >= 1 && have < need && need - have <= policy.near;
            let is_free = mine.is_none() && !is_route_core;
            if is_free && short(count(here, name), need(here).max(1)) {
                sets.near_misses.insert((Tier::Pathway, name.clone()));
            }
            if is_free && enough && short(holding(name), route_need) {
                sets.near_misses.insert((Tier::Route, name.clone()));
            }
        }
        let core: Names = sets.route_core.keys().chain(sets.pathway_core.keys()).cloned().collect();
        for unit in &units {
            let names = panel.names(here, unit.statements()).into_iter();
            let left = names.filter(|name| !core.contains(name) && !dropped.contains(name)).collect();
            let key = (unit.occupation().id().to_owned(), unit.option().map(|o| o.id().to_owned()));
            sets.specialisms.insert(key, left);
        }
        all.push(sets);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn programmes_are_as_the_definitions_say(
        raw in generated::map(), policy in generated::policy(), judged in 0_usize..5, rows in rows(5)
    ) {
        let case = Case::judged(raw, policy, judged, &rows);
        let decisions = read(&case.rows);
        let reviewed = case.reviewed(&decisions);
        let panel = Panel { case: &case, applied: applied(&decisions, &reviewed) };
        for (programme, expected) in reviewed.derivation.programmes.iter().zip(expected(&panel)) {
            let keys: Vec<_> = expected.specialisms.keys().cloned().collect();
            let units: Vec<Unit<'_>> = keys
                .iter()
                .flat_map(|(occupation, _)| case.map.occupation(occupation).unwrap().units())
                .collect();
            prop_assert_eq!(Sets::of(programme, &units), expected, "{}", programme.pathway.id);
            // nothing is in two tiers
            for (item, _) in programme.items() {
                prop_assert_eq!(tiers(programme, &item.concept).len(), 1);
            }
        }
    }
}
