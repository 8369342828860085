//! How concepts move between the parts of a route's programmes.

use std::collections::BTreeSet;

use super::Quorum;
use super::decided::in_scope;
use super::decisions::{Choice, Decision, Stands};
use super::programme::{Item, NearMiss, Note, OccupationName, Programme, Specialism, StatementRef, Support, Tier};

/// All items of a programme, and where they stand.
pub(super) fn all_items(programme: &Programme) -> impl Iterator<Item = (&Item, Stands)> {
    let core = programme.route_core.iter().map(|item| (item, Stands::RouteCore));
    let pathway = programme.pathway_core.iter().map(|item| (item, Stands::PathwayCore));
    let special = programme.specialisms.iter().flat_map(|specialism| {
        let adds = specialism.adds.iter().flat_map(|addition| &addition.content);
        specialism.content.iter().chain(adds).map(|item| (item, Stands::Specialism))
    });
    core.chain(pathway).chain(special)
}

/// Where a concept stands highest, and the how-manieth it is.
pub(super) fn rank(programme: &Programme, concept: &str) -> Option<(Stands, usize)> {
    all_items(programme).enumerate().find(|(_, (item, _))| item.concept == concept).map(|(at, (_, tier))| (tier, at))
}

/// The programmes of one route.
pub(super) struct Route<'p> {
    programmes: Vec<&'p mut Programme>,
    quorum: Quorum,
}

/// What a programme has of a concept: an item as its pathway core would have it.
type Held = Item;

impl<'p> Route<'p> {
    /// All routes, in the order of their first programmes.
    pub(super) fn all(programmes: &'p mut [Programme], quorum: Quorum) -> Vec<Route<'p>> {
        let mut routes: Vec<Route<'p>> = Vec::new();
        for programme in programmes {
            match routes.iter_mut().find(|r| r.programmes.iter().any(|p| p.route.id == programme.route.id)) {
                Some(route) => route.programmes.push(programme),
                None => routes.push(Route { programmes: vec![programme], quorum }),
            }
        }
        routes
    }

    /// Applies a decision to the programmes in which the concept stands where
    /// the review says.
    pub(super) fn apply(&mut self, decision: &Decision) {
        let concept = decision.concept.as_str();
        let is_meant = |p: &Programme| {
            let near = || p.near_misses.iter().any(|near| near.concept == concept);
            in_scope(decision, &p.pathway.id)
                && match decision.tier {
                    None => near() || rank(p, concept).is_some(),
                    Some(Stands::NearMiss) => near(),
                    Some(tier) => all_items(p).any(|(item, of)| of == tier && item.concept == concept),
                }
        };
        let meant: Vec<usize> = (0..self.programmes.len()).filter(|&at| is_meant(self.programmes[at])).collect();
        let Some(&first) = meant.first() else { return };
        let was_route_core = self.programmes.iter().any(|p| p.route_core.iter().any(|item| item.concept == concept));
        if decision.choice == Choice::RouteCore {
            if !was_route_core {
                self.raise_to_route(first, decision);
            }
            return;
        }
        let all: Vec<usize> = (0..self.programmes.len()).collect();
        let held: Vec<Option<Held>> = self.programmes.iter().map(|p| held(p, concept)).collect();
        for at in if was_route_core { all } else { meant } {
            let holding = self.holding(&held, at);
            let programme = &mut *self.programmes[at];
            let was = rank(programme, concept).map(|(tier, _)| tier);
            let Some(was) = was else { continue };
            let named = decision.pathways.contains(&programme.pathway.id);
            let to = match decision.choice {
                Choice::PathwayCore
                    if was_route_core && !named && !holds(held[at].as_ref(), programme, self.quorum) =>
                {
                    Stands::Specialism
                }
                Choice::PathwayCore => Stands::PathwayCore,
                Choice::Specialism => Stands::Specialism,
                _ => Stands::NearMiss,
            };
            let Some(label) = shown(programme, concept) else { continue };
            if to == was {
                let before = programme.near_misses.len();
                if matches!(decision.tier, None | Some(Stands::NearMiss)) {
                    programme.near_misses.retain(|near| near.concept != concept);
                }
                if programme.near_misses.len() < before {
                    programme.notes.push(note(&format!("left to {}, no near miss: {label}", from(was)), decision));
                }
                continue;
            }
            remove(programme, concept);
            let done = match (held[at].clone(), to) {
                (Some(item), Stands::PathwayCore) => {
                    insert(&mut programme.pathway_core, Item { also_in: holding, ..item });
                    format!("moved from {} to pathway core", from(was))
                }
                (Some(item), Stands::Specialism) => {
                    let to = leave_to(&mut programme.specialisms, &Item { also_in: holding, ..item });
                    format!("moved from {} to {to} of {} specialisms", from(was), programme.specialisms.len())
                }
                (Some(_), _) => format!("dropped from {}", from(was)),
                (None, _) if decision.choice == Choice::Drop => format!("dropped from {}", from(was)),
                (None, _) => format!("taken out of {} (nobody here has it)", from(was)),
            };
            programme.notes.push(note(&format!("{done}: {label}"), decision));
        }
    }

    /// Makes a concept route core: with the statements of all programmes, in
    /// the wording of one.
    fn raise_to_route(&mut self, first: usize, decision: &Decision) {
        let concept = decision.concept.as_str();
        let held: Vec<Option<Held>> = self.programmes.iter().map(|p| held(p, concept)).collect();
        let Some(mut item) = held[first].clone() else { return };
        let near = self.programmes[first].near_misses.iter().find(|n| n.concept == concept && n.tier == Tier::Route);
        if let Some(near) = near {
            item.text.clone_from(&near.text);
        }
        let item = self.of_route(item, &held);
        for programme in &mut self.programmes {
            let was = rank(programme, concept).map(|(tier, _)| tier);
            let label = named(&item);
            remove(programme, concept);
            insert(&mut programme.route_core, item.clone());
            let done = match was {
                Some(was) => format!("moved from {} to route core", from(was)),
                None => "put into the route core".to_owned(),
            };
            programme.notes.push(note(&format!("{done}: {label}"), decision));
        }
    }

    /// An item with the support and the statements of the whole route.
    fn of_route(&self, item: Item, held: &[Option<Held>]) -> Item {
        let have = held.iter().flatten().map(|held| held.support.have).sum();
        let of = self.programmes.iter().map(|p| p.counting.len()).sum();
        let mut statements = Vec::new();
        held.iter().flatten().for_each(|held| extend(&mut statements, &held.statements));
        Item { support: Support { have, of }, statements, also_in: Vec::new(), ..item }
    }

    /// Merges two concepts: the second into the first.
    pub(super) fn merge(&mut self, first: &str, second: &str, decision: &Decision) {
        let is_core = |p: &Programme| p.route_core.iter().any(|i| i.concept == first || i.concept == second);
        let route_core = self.programmes.iter().any(|p| is_core(p));
        let meant = |p: &Programme| {
            in_scope(decision, &p.pathway.id) && (rank(p, first).is_some() || rank(p, second).is_some())
        };
        if !self.programmes.iter().any(|p| meant(p)) {
            return;
        }
        let name =
            self.programmes.iter().find_map(|p| all_items(p).map(|(i, _)| i).find(|i| i.concept == first).cloned());
        let both: Vec<Option<Held>> = self
            .programmes
            .iter()
            .map(|p| match (held(p, first), held(p, second)) {
                (Some(a), Some(b)) => Some(union(a, &b, &p.counting)),
                (a, b) => a.or(b),
            })
            .collect();
        let of_route = both.iter().flatten().next().map(|item| self.of_route(item.clone(), &both));
        for (at, programme) in self.programmes.iter_mut().enumerate() {
            if !(route_core || meant(programme)) {
                continue;
            }
            let other = all_items(programme).map(|(item, _)| item).find(|i| i.concept == second).map(named);
            let of_core = if route_core { of_route.as_ref() } else { both[at].as_ref() };
            let Some(of_core) = of_core else { continue };
            let merged = Merged { first, second, name: name.as_ref(), of: of_core };
            let changed = merged.replace(programme);
            if changed {
                let of_name = name.as_ref().map_or_else(|| first.to_owned(), named);
                let other = other.unwrap_or_else(|| second.to_owned());
                programme.notes.push(note(&format!("merged {other} into {of_name}"), decision));
            }
        }
    }

    /// The other pathways that hold what they have.
    fn holding(&self, held: &[Option<Held>], but: usize) -> Vec<String> {
        let others = self.programmes.iter().zip(held).enumerate().filter(|(at, _)| *at != but);
        others
            .filter(|(_, (p, held))| holds(held.as_ref(), p, self.quorum))
            .map(|(_, (p, _))| p.pathway.id.clone())
            .collect()
    }
}

fn holds(held: Option<&Held>, programme: &Programme, quorum: Quorum) -> bool {
    held.is_some_and(|held| held.support.have >= quorum.need(programme.counting.len()).max(1))
}

fn from(tier: Stands) -> &'static str {
    match tier {
        Stands::RouteCore => "route core",
        Stands::PathwayCore => "pathway core",
        Stands::Specialism | Stands::NearMiss => "specialisms",
    }
}

/// What a programme has of a concept, counted over its pathway.
fn held(programme: &Programme, concept: &str) -> Option<Held> {
    let counting = |s: &&StatementRef| programme.counting.iter().any(|o| o.id == s.occupation);
    let (item, tier) = all_items(programme).find(|(item, _)| item.concept == concept)?;
    let mut item = item.clone();
    match tier {
        Stands::RouteCore => {
            item.statements = item.statements.iter().filter(counting).cloned().collect();
            item.support = support(&item.statements, &programme.counting);
            if item.statements.is_empty() {
                return None;
            }
        }
        Stands::PathwayCore => {}
        Stands::Specialism | Stands::NearMiss => {
            let others = all_items(programme).filter(|(other, _)| other.concept == concept);
            others.for_each(|(other, _)| extend(&mut item.statements, &other.statements));
        }
    }
    Some(item)
}

fn support(statements: &[StatementRef], counting: &[OccupationName]) -> Support {
    let have: BTreeSet<&str> = statements.iter().map(|s| s.occupation.as_str()).collect();
    Support { have: counting.iter().filter(|o| have.contains(o.id.as_str())).count(), of: counting.len() }
}

fn extend(statements: &mut Vec<StatementRef>, more: &[StatementRef]) {
    let known: BTreeSet<(String, String)> =
        statements.iter().map(|s| (s.occupation.clone(), s.statement.clone())).collect();
    let is_new = |s: &&StatementRef| !known.contains(&(s.occupation.clone(), s.statement.clone()));
    statements.extend(more.iter().filter(is_new).cloned());
}

/// Two items of a pathway as one: who has either has it.
fn union(mut a: Item, b: &Item, counting: &[OccupationName]) -> Item {
    extend(&mut a.statements, &b.statements);
    a.support = support(&a.statements, counting);
    b.also_in.iter().for_each(|p| {
        if !a.also_in.contains(p) {
            a.also_in.push(p.clone());
        }
    });
    a
}

fn remove(programme: &mut Programme, concept: &str) {
    let others = |item: &Item| item.concept != concept;
    programme.route_core.retain(others);
    programme.pathway_core.retain(others);
    for specialism in &mut programme.specialisms {
        specialism.content.retain(others);
        specialism.adds.iter_mut().for_each(|addition| addition.content.retain(others));
    }
    programme.near_misses.retain(|near| near.concept != concept);
}

/// Puts an item last among those of its kind.
fn insert(items: &mut Vec<Item>, item: Item) {
    let at = items.iter().rposition(|i| i.kind <= item.kind).map_or(0, |at| at + 1);
    items.insert(at, item);
}

/// Leaves an item to the specialisms whose occupations have it; to how many.
fn leave_to(specialisms: &mut [Specialism], item: &Item) -> usize {
    let has = |occupation: &str| item.statements.iter().any(|s| s.occupation == occupation);
    let mut to = 0;
    for specialism in specialisms {
        let all = specialism.adds.iter().all(|addition| has(&addition.occupation));
        if all && specialism.occupations.iter().any(|o| has(o)) {
            insert(&mut specialism.content, item.clone());
            to += 1;
        } else if specialism.adds.iter().any(|addition| has(&addition.occupation)) {
            let those = specialism.adds.iter_mut().filter(|addition| has(&addition.occupation));
            those.for_each(|addition| insert(&mut addition.content, item.clone()));
            to += 1;
        }
    }
    to
}

fn named(item: &Item) -> String {
    format!("\"{}\" ({})", item.label.as_deref().unwrap_or(&item.text), item.concept)
}

fn shown(programme: &Programme, concept: &str) -> Option<String> {
    all_items(programme).map(|(item, _)| item).find(|item| item.concept == concept).map(named)
}

fn note(done: &str, decision: &Decision) -> Note {
    let comment = if decision.comment.is_empty() { String::new() } else { format!(": {}", decision.comment) };
    Note::new("decided", format!("{done}, as decided in {}{comment}", decision.place))
}

/// Two concepts that become one.
struct Merged<'m> {
    first: &'m str,
    second: &'m str,
    /// An item of the first, for its name and wording.
    name: Option<&'m Item>,
    /// The support and the statements of both.
    of: &'m Item,
}

impl Merged<'_> {
    fn is_either(&self, concept: &str) -> bool {
        concept == self.first || concept == self.second
    }

    /// Puts the merged concept where the higher of the two stands. Was there
    /// anything to do?
    fn replace(&self, programme: &mut Programme) -> bool {
        let tier = |p: &Programme| all_items(p).find(|(item, _)| self.is_either(&item.concept)).map(|(_, tier)| tier);
        let before = programme.clone();
        match tier(programme) {
            Some(Stands::RouteCore) => {
                self.one(&mut programme.route_core);
                programme.pathway_core.retain(|item| !self.is_either(&item.concept));
                self.leave_specialisms(programme);
            }
            Some(Stands::PathwayCore) => {
                self.one(&mut programme.pathway_core);
                self.leave_specialisms(programme);
            }
            Some(_) => {
                for specialism in &mut programme.specialisms {
                    self.one(&mut specialism.content);
                    let has = specialism.content.iter().any(|item| item.concept == self.first);
                    for addition in &mut specialism.adds {
                        if has {
                            addition.content.retain(|item| !self.is_either(&item.concept));
                        } else {
                            self.one(&mut addition.content);
                        }
                    }
                }
            }
            None => {}
        }
        self.near_misses(programme);
        for theme in &mut programme.themes {
            if let Some(at) = theme.concepts.iter().position(|c| c == self.second) {
                if theme.concepts.iter().any(|c| c == self.first) {
                    theme.concepts.remove(at);
                } else {
                    self.first.clone_into(&mut theme.concepts[at]);
                }
            }
        }
        *programme != before
    }

    fn leave_specialisms(&self, programme: &mut Programme) {
        for specialism in &mut programme.specialisms {
            specialism.content.retain(|item| !self.is_either(&item.concept));
            specialism.adds.iter_mut().for_each(|add| add.content.retain(|item| !self.is_either(&item.concept)));
        }
    }

    /// Makes one item of those of either concept in a list, where the first
    /// of them stands (the first concept's, where there are both).
    fn one(&self, items: &mut Vec<Item>) {
        let of = |concept: &str| items.iter().position(|item| item.concept == concept);
        let Some(at) = of(self.first).or_else(|| of(self.second)) else { return };
        let item = &mut items[at];
        if item.concept == self.second {
            self.first.clone_into(&mut item.concept);
            if let Some(name) = self.name {
                item.label.clone_from(&name.label);
            }
        }
        item.support = self.of.support;
        item.statements.clone_from(&self.of.statements);
        item.also_in.clone_from(&self.of.also_in);
        items.retain(|item| item.concept != self.second);
    }

    /// One near miss of a tier: who lacks both stands in the way.
    fn near_misses(&self, programme: &mut Programme) {
        for tier in [Tier::Pathway, Tier::Route] {
            let of = |concept: &str, near: &NearMiss| near.tier == tier && near.concept == concept;
            let second = programme.near_misses.iter().position(|near| of(self.second, near));
            let first = programme.near_misses.iter().position(|near| of(self.first, near));
            let Some(at) = first.or(second) else { continue };
            let lacks = |blocker: &String| match tier {
                Tier::Pathway => !self.of.statements.iter().any(|s| s.occupation == *blocker),
                // pathways that lack one of them may hold both together; the rest is not known here
                Tier::Route => match (first, second) {
                    (Some(a), Some(b)) => [a, b].iter().all(|&i| programme.near_misses[i].blockers.contains(blocker)),
                    _ => true,
                },
            };
            let blockers: Vec<String> =
                programme.near_misses[at].blockers.iter().filter(|b| lacks(b)).cloned().collect();
            let (of_core, name) = (self.of.support, self.name.and_then(|name| name.label.clone()));
            let near = &mut programme.near_misses[at];
            near.have = (near.have + near.blockers.len() - blockers.len()).min(near.need);
            near.blockers = blockers;
            if of_core.of == near.support.of {
                near.support = of_core;
            }
            if near.concept == self.second {
                self.first.clone_into(&mut near.concept);
                near.label = name;
            }
            if let (Some(_), Some(second)) = (first, second) {
                programme.near_misses.remove(second);
            }
        }
    }
}
