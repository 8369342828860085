//! (c) Should an apprenticeship-only branch be opened to T Levels?

use std::collections::{BTreeMap, BTreeSet};

use super::branch_model::{
    BranchOccupation, ContentEstimate, Lifted, Mark, MarkSource, OpenScreening, ProgrammeContent,
};
use super::model::{KnownOccupation, MissingFact, OccupationFacts};
use super::names;
use super::{Consultation, ConsultationError, Proposed, evidence, questions};
use crate::change::{Change, Changes, Effect, Fate};
use crate::derive::{HoursProposal, Item, Policy, PolicyBranch, Programme};
use crate::map::{Branch, Kind, Occupation, OccupationName};
use crate::read::RawApprenticeshipOnly;

impl<'m> Consultation<'m> {
    /// (c) Screens an apprenticeship-only branch: the recorded reasons, what
    /// bars learners from each of its occupations, how much content there is,
    /// and the programme that would result.
    ///
    /// The branch is opened with everything in it, and nothing else. A mark
    /// above it is also removed, and put on the neighbouring branches that it
    /// closed. Marks of the policy are treated alike.
    ///
    /// # How much content
    ///
    /// No map records how long anything takes. The estimate weighs a learner's
    /// content (the core and the mean specialism; knowledge 1, skills 2, as in
    /// [`HoursProposal`]) and compares it with the median programme of the map
    /// before opening. If the median programme fills the policy's hours, this
    /// one would fill them times the share. The estimate depends on how fully
    /// the standards are written, and on the quorums: content that is not core
    /// is in the specialisms.
    ///
    /// # Errors
    ///
    /// [`ConsultationError`]: a branch that the map does not have, a name that
    /// several have, or a branch that is already open.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::change::Fate;
    /// use tlevel::consult::Consultation;
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
    ///
    /// // its route is marked too: that mark moves to where it still belongs
    /// let screening = consultation.open_branch("Marketing")?;
    /// assert_eq!(screening.lifted.unmarked.len(), 2);
    /// assert_eq!(screening.outcome.effect.programmes[0].fate, Fate::Appears);
    /// assert_eq!(screening.occupations.iter().filter(|o| o.at_level).count(), 4);
    /// assert!(consultation.open_branch("Digital").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Consultation::move_occupation`], plus `O(n)` in the texts of its
    /// occupations.
    pub fn open_branch(&self, branch: &str) -> Result<OpenScreening, ConsultationError> {
        self.screen_open(names::branch(self.map, branch, |_| false)?)
    }

    pub(super) fn screen_open(&self, branch: Branch<'m>) -> Result<OpenScreening, ConsultationError> {
        let by_policy = self.policy_marks();
        let is_near = |b: &Branch<'m>| b.is_above(branch) || branch.is_above(*b);
        let mut marks = Vec::new();
        for near in self.map.branches().filter(is_near) {
            marks.extend(near.mark().map(|mark| of_map(near, mark)));
            let entries = by_policy.iter().filter(|(_, ids)| ids.contains(&near.id()));
            marks.extend(entries.map(|(entry, _)| of_policy(near, entry)));
        }
        if marks.is_empty() {
            let is_marked =
                |b: &Branch<'m>| b.mark().is_some() || by_policy.iter().any(|(_, ids)| ids.contains(&b.id()));
            // branches that are closed by their own mark, not by one above them
            let is_widest = |b: &Branch<'m>| b.path().iter().position(is_marked) == Some(b.path().len() - 1);
            let marked = self.map.branches().filter(is_widest).map(|b| b.id().to_owned()).collect();
            return Err(ConsultationError::NotMarked { branch: branch.id().to_owned(), marked });
        }
        let opening = Opening::of(self, branch);
        let policy = opening.policy(&self.policy, &by_policy);
        let proposed = self.proposed_in(&[branch.route().index()], &Changes::new(opening.changes.clone()), &policy)?;
        let outcome = self.outcome(&proposed);
        let map = self.map;
        let within: Vec<Occupation<'m>> = map.occupations().filter(|o| branch.holds(o.cluster())).collect();
        let mut missing = questions::missing_of(map, &within);
        let without_reasons: Vec<OccupationName> = (marks.iter().filter(|mark| mark.reasons.is_empty()))
            .map(|mark| OccupationName { id: mark.branch.id.clone(), title: mark.branch.name.clone() })
            .collect();
        if !without_reasons.is_empty() {
            missing.push(MissingFact { code: "no-reasons".to_owned(), of: without_reasons });
        }
        let is_open = !marks.iter().any(|mark| branch.path().iter().any(|b| b.id() == mark.branch.id));
        let within_it: Vec<Branch<'m>> = if is_open {
            let is_marked = |b: &Branch<'m>| branch.is_above(*b) && marks.iter().any(|mark| mark.branch.id == b.id());
            let widest = |b: &Branch<'m>| b.path().into_iter().filter(|above| is_marked(above)).count() == 1;
            map.branches().filter(|b| is_marked(b) && widest(b)).collect()
        } else {
            Vec::new()
        };
        Ok(OpenScreening {
            branch: names::at(branch),
            within: within_it.into_iter().map(|b| self.screen_open(b)).collect::<Result<_, _>>()?,
            lifted: opening.lifted(&marks),
            marks,
            occupations: within.iter().map(|o| self.of_branch(*o)).collect(),
            content: self.content(branch, &proposed, &outcome.effect),
            outcome,
            open_questions: questions::open(questions::OPEN),
            missing,
        })
    }

    /// The changes that open a branch, and whether a mark of the policy is on its way.
    pub(super) fn opening(&self, branch: Branch<'m>) -> (Vec<Change>, bool) {
        let is_near = |id: &&str| branch.path().iter().any(|b| b.id() == *id);
        let is_by_policy = self.policy_marks().iter().any(|(_, ids)| ids.iter().any(&is_near));
        (Opening::of(self, branch).changes, is_by_policy)
    }

    fn of_branch(&self, occupation: Occupation<'m>) -> BranchOccupation {
        BranchOccupation {
            occupation: KnownOccupation::of(occupation),
            at_level: self.policy.levels.contains(&occupation.level()),
            barriers: occupation.raw().barriers.clone(),
            mandatory_qualifications: occupation.raw().mandatory_qualifications.clone(),
            facts: OccupationFacts::of(occupation.raw()),
            words: evidence::words(occupation),
        }
    }

    fn content(&self, branch: Branch<'m>, proposed: &Proposed, effect: &Effect) -> ContentEstimate {
        let hours = &self.policy.hours;
        let mut weights: Vec<u32> = self.derivation.programmes.iter().map(|p| weight(p, &self.policy)).collect();
        weights.retain(|weight| *weight > 0);
        weights.sort_unstable();
        let middle = weights.len() / 2;
        let median = weights.get(middle).map(|upper| match weights.len() % 2 {
            0 => u32::midpoint(weights[middle - 1], *upper),
            _ => *upper,
        });
        let bounds = [hours.qualification_min, hours.qualification_max];
        let map = self.map;
        let is_meant = |pathway: &str| {
            map.pathway(pathway)
                .is_some_and(|p| branch.is_above(Branch::Pathway(p)) || Branch::Pathway(p).is_above(branch))
        };
        let changed = effect.programmes.iter().filter(|p| p.fate != Fate::Disappears && is_meant(&p.pathway.id));
        let of = |programme: &Programme| {
            let weight = weight(programme, &self.policy);
            let share = median.map(|median| f64::from(weight) / f64::from(median));
            ProgrammeContent {
                pathway: programme.pathway.id.clone(),
                name: programme.pathway.name.clone(),
                counting: programme.counting.len(),
                specialisms: programme.specialisms.len(),
                items: items(programme),
                weight,
                share,
                hours: share.map(|share| bounds.map(|bound| (f64::from(bound) * share).round() as u32)),
            }
        };
        ContentEstimate {
            programmes: changed.filter_map(|p| proposed.derivation.programme(&p.pathway.id)).map(of).collect(),
            median,
            of: weights.len(),
            qualification_hours: bounds,
        }
    }
}

/// The weight of a learner's content: the core and the mean specialism.
fn weight(programme: &Programme, policy: &Policy) -> u32 {
    let hours = HoursProposal::of(programme, &policy.hours);
    let all: u64 = hours.specialisms.iter().map(|specialism| u64::from(specialism.weight)).sum();
    let mean = all.checked_div(hours.specialisms.len() as u64).unwrap_or(0) as u32;
    hours.core_weight() + mean
}

/// Different items of knowledge and skill of a programme.
fn items(programme: &Programme) -> usize {
    let specialised =
        programme.specialisms.iter().flat_map(|s| s.content.iter().chain(s.adds.iter().flat_map(|a| &a.content)));
    let all = programme.route_core.iter().chain(&programme.pathway_core).chain(specialised);
    let counted = all.filter(|item: &&Item| item.kind != Kind::Behaviour);
    counted.map(|item| item.concept.as_str()).collect::<BTreeSet<_>>().len()
}

fn of_map(branch: Branch<'_>, mark: &RawApprenticeshipOnly) -> Mark {
    Mark { source: MarkSource::Map, branch: names::at(branch), reasons: mark.reasons.clone(), note: mark.note.clone() }
}

fn of_policy(branch: Branch<'_>, entry: &PolicyBranch) -> Mark {
    let note = Some(entry.note.clone()).filter(|note| !note.is_empty());
    Mark { source: MarkSource::Policy, branch: names::at(branch), reasons: entry.reasons.clone(), note }
}

/// How a branch is opened.
struct Opening<'m> {
    branch: Branch<'m>,
    /// Neighbouring branches, by the id of the branch above whose mark closes
    /// them.
    beside: BTreeMap<&'m str, Vec<Branch<'m>>>,
    changes: Vec<Change>,
}

impl<'m> Opening<'m> {
    fn of(consultation: &Consultation<'m>, branch: Branch<'m>) -> Self {
        let path = branch.path();
        let mut beside: BTreeMap<&'m str, Vec<Branch<'m>>> = BTreeMap::new();
        for (depth, above) in path.iter().enumerate().take(path.len() - 1) {
            // everything off the path down from there
            let steps = path[depth..].windows(2);
            let others = steps.flat_map(|step| step[0].children().into_iter().filter(|b| b.id() != step[1].id()));
            beside.insert(above.id(), others.collect());
        }
        let mut changes = Vec::new();
        let mut given: BTreeSet<&str> = BTreeSet::new();
        for above in &path[..path.len() - 1] {
            let Some(mark) = above.mark() else { continue };
            changes.push(Change::Unmark { branch: above.id().to_owned() });
            for other in beside[above.id()].iter().filter(|b| b.mark().is_none()) {
                // the widest mark is the one that closed it
                if given.insert(other.id()) {
                    changes.push(Change::Mark { branch: other.id().to_owned(), mark: mark.clone() });
                }
            }
        }
        let within = consultation.map.branches().filter(|b| branch.is_above(*b) && b.mark().is_some());
        changes.extend(within.map(|b| Change::Unmark { branch: b.id().to_owned() }));
        Opening { branch, beside, changes }
    }

    /// The policy without its marks on the branch, within it and above it;
    /// other branches closed by the last stay closed.
    fn policy(&self, policy: &Policy, marks: &[(&PolicyBranch, Vec<&str>)]) -> Policy {
        let mut out = policy.clone();
        let path = self.branch.path();
        let is_touched = |id: &str| path.iter().any(|b| b.id() == id) || self.is_within(id);
        out.apprenticeship_only = Vec::new();
        for entry in &policy.apprenticeship_only {
            let found = marks.iter().find(|(other, _)| std::ptr::eq(*other, entry));
            let ids = found.map_or(&[][..], |(_, ids)| ids);
            if !ids.iter().any(|id| is_touched(id)) {
                out.apprenticeship_only.push(entry.clone());
                continue;
            }
            for id in ids {
                let beside = self.beside.get(id).into_iter().flatten().map(|b| b.id());
                let kept = (!is_touched(id)).then_some(*id);
                out.apprenticeship_only.extend(beside.chain(kept).map(|id| PolicyBranch {
                    branch: id.to_owned(),
                    also_known_as: Vec::new(),
                    ..entry.clone()
                }));
            }
        }
        out
    }

    fn is_within(&self, id: &str) -> bool {
        fn holds(branch: Branch<'_>, id: &str) -> bool {
            branch.id() == id || branch.children().into_iter().any(|b| holds(b, id))
        }
        holds(self.branch, id)
    }

    fn lifted(&self, marks: &[Mark]) -> Lifted {
        let mut unmarked: Vec<String> = marks.iter().map(|mark| mark.branch.id.clone()).collect();
        unmarked.dedup();
        let mut kept_closed: Vec<String> = Vec::new();
        for mark in marks {
            for other in self.beside.get(mark.branch.id.as_str()).into_iter().flatten() {
                if !kept_closed.iter().any(|id| id == other.id()) {
                    kept_closed.push(other.id().to_owned());
                }
            }
        }
        Lifted { unmarked, kept_closed }
    }
}
