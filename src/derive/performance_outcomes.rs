//! Performance outcomes of specialised content: from duties, or proposed from
//! skills.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::item::{Item, TopicName};
use super::standard::{Standard, StandardDuty};
use crate::concept::Concepts;
use crate::map::Kind;
use crate::order;
use crate::text::{Stems, is_placeholder, short_title};

/// The most outcomes that are proposed for one part.
const MOST: usize = 5;
/// The least share of words in common of duties that say nearly the same.
const ALIKE: f64 = 0.8;
/// The longest title of an outcome, in characters.
const TITLE: usize = 90;

/// What learners can do at the end of a part of their specialism, with the content
/// that it draws on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PerformanceOutcome {
    /// Its title, which begins with a verb: a duty or a skill, shortened at the end of
    /// a phrase.
    pub title: String,
    /// The duty that it is, verbatim; `None` for a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<QuotedDuty>,
    /// Other duties that say nearly the same, of the same or other standards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<QuotedDuty>,
    /// The topics of its skills, the most frequent first; empty for a duty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicName>,
    /// The concepts of its knowledge, in the order of the part.
    pub knowledge: Vec<String>,
    /// The concepts of its skills, in the order of the part.
    pub skills: Vec<String>,
    /// What its duty also cites: the core, and what an earlier outcome holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
}

/// A duty of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotedDuty {
    /// The occupation.
    pub occupation: String,
    /// The duty's id.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// The outcomes of some content.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    pub(super) outcomes: Vec<PerformanceOutcome>,
    /// Knowledge and skills under none of them.
    pub(super) further: Vec<String>,
}

/// The outcomes that duties give: one a duty, except for placeholders and for duties
/// that say nearly the same as an earlier one. A concept belongs to the first that
/// cites it.
pub(super) fn of_duties(items: &[&Item], duties: &[(&Standard, &StandardDuty)]) -> Outcomes {
    let kinds: HashMap<&str, Kind> = items.iter().map(|item| (&*item.concept, item.kind)).collect();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut outcomes = Vec::new();
    for family in families(duties) {
        let [(standard, duty), others @ ..] = family.as_slice() else { continue };
        let (mut own, mut cites): (Vec<(&String, Kind)>, Vec<String>) = (Vec::new(), Vec::new());
        for concept in family.iter().flat_map(|(_, duty)| &duty.concepts) {
            match kinds.get(concept.as_str()) {
                Some(kind) if *kind != Kind::Behaviour && taken.insert(concept) => own.push((concept, *kind)),
                _ if own.iter().any(|(of, _)| *of == concept) || cites.contains(concept) => {}
                _ => cites.push(concept.clone()),
            }
        }
        let of_kind = |kind: Kind| own.iter().filter(move |(_, of)| *of == kind).map(|(c, _)| (*c).clone());
        outcomes.push(PerformanceOutcome {
            title: short_title(&duty.text, TITLE),
            duty: Some(quoted(standard, duty)),
            alike: others.iter().map(|(standard, duty)| quoted(standard, duty)).collect(),
            topics: Vec::new(),
            knowledge: of_kind(Kind::Knowledge).collect(),
            skills: of_kind(Kind::Skill).collect(),
            cites,
        });
    }
    let further = items.iter().filter(|item| item.kind != Kind::Behaviour && !taken.contains(&*item.concept));
    let further = further.map(|item| item.concept.to_string()).collect();
    Outcomes { outcomes, further }
}

fn quoted(standard: &Standard, duty: &StandardDuty) -> QuotedDuty {
    QuotedDuty { occupation: standard.occupation.clone(), id: duty.id.clone(), text: duty.text.clone() }
}

/// A duty with its standard.
type DutyOf<'s> = (&'s Standard, &'s StandardDuty);

/// The duties in their order, each with the later ones that say nearly the same as it.
fn families<'s>(duties: &[DutyOf<'s>]) -> Vec<Vec<DutyOf<'s>>> {
    let mut stems = Stems::default();
    let mut families: Vec<(BTreeSet<u32>, Vec<DutyOf<'s>>)> = Vec::new();
    for (standard, duty) in duties.iter().filter(|(_, duty)| !is_placeholder(&duty.text)) {
        let words: BTreeSet<u32> = stems.terms(&duty.text).into_iter().map(|term| term.stem).collect();
        let is_alike = |first: &BTreeSet<u32>| {
            let (both, either) = (first.intersection(&words).count(), first.union(&words).count());
            either > 0 && both as f64 >= ALIKE * either as f64
        };
        match families.iter_mut().find(|(first, _)| is_alike(first)) {
            Some((_, family)) => family.push((standard, duty)),
            None => families.push((words, vec![(standard, duty)])),
        }
    }
    families.into_iter().map(|(_, family)| family).collect()
}

/// The skills of a proposed outcome, by their places in the part.
struct Group {
    skills: Vec<usize>,
    knowledge: Vec<usize>,
}

/// Proposes at most five outcomes: the skills of a topic together, then the
/// smallest groups with those that their skills overlap most, or else with the next
/// smallest. Knowledge follows its topic.
pub(super) fn proposed(concepts: &Concepts, items: &[&Item]) -> Outcomes {
    let places: HashMap<&str, usize> = items.iter().enumerate().map(|(place, item)| (&*item.concept, place)).collect();
    let id = |c| concepts.get(c).and_then(|concept| places.get(concept.id()).copied());
    let mut scores: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for overlap in concepts.overlaps() {
        let [a, b] = overlap.concepts;
        if let (Some(a), Some(b)) = (id(a), id(b)) {
            scores.insert((a.min(b), a.max(b)), overlap.score);
        }
    }
    let score = |a: usize, b: usize| scores.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0);
    let between = |a: &[usize], b: &[usize]| -> f64 {
        a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y))).map(|(x, y)| score(x, y)).sum()
    };
    let mut groups = by_topic(items);
    while groups.len() > MOST {
        // the smallest; of equals, the last
        let Some(small) = (0..groups.len()).rev().min_by_key(|g| groups[*g].skills.len()) else { break };
        let group = groups.remove(small);
        let near = |g: &usize| between(&groups[*g].skills, &group.skills) / groups[*g].skills.len() as f64;
        let into = (0..groups.len()).max_by(|a, b| {
            let size = |g: &usize| groups[*g].skills.len();
            near(a).total_cmp(&near(b)).then(size(b).cmp(&size(a))).then(b.cmp(a))
        });
        if let Some(into) = into {
            groups[into].skills.extend(group.skills);
            groups[into].skills.sort_unstable();
        }
    }
    let topic = |place: usize| items[place].topic.as_ref().map(|topic| topic.id.as_str());
    let mut further = Vec::new();
    for place in (0..items.len()).filter(|place| items[*place].kind == Kind::Knowledge) {
        let alike = |group: &Group| {
            group.skills.iter().filter(|skill| topic(**skill).is_some() && topic(**skill) == topic(place)).count()
        };
        let best = (0..groups.len()).rev().max_by_key(|g| alike(&groups[*g]));
        match best.filter(|g| alike(&groups[*g]) > 0) {
            Some(group) => groups[group].knowledge.push(place),
            None => further.push(place),
        }
    }
    let outcomes = groups.iter().map(|group| {
        let others = |skill: usize| group.skills.iter().filter(move |other| **other != skill);
        let central = |skill: usize| others(skill).map(|other| score(skill, *other)).sum::<f64>();
        let length = |skill: usize| (items[skill].text.chars().count(), &items[skill].text);
        let most = group
            .skills
            .iter()
            .copied()
            .max_by(|a, b| central(*a).total_cmp(&central(*b)).then_with(|| length(*b).cmp(&length(*a))));
        let names = |places: &[usize]| places.iter().map(|place| items[*place].concept.to_string()).collect();
        PerformanceOutcome {
            title: most.map_or_else(String::new, |skill| short_title(&items[skill].text, TITLE)),
            duty: None,
            alike: Vec::new(),
            topics: topics(items, &group.skills),
            knowledge: names(&group.knowledge),
            skills: names(&group.skills),
            cites: Vec::new(),
        }
    });
    Outcomes {
        outcomes: outcomes.collect(),
        further: further.into_iter().map(|p| items[p].concept.to_string()).collect(),
    }
}

/// The skills by topic, in the order of the first of each.
fn by_topic(items: &[&Item]) -> Vec<Group> {
    let mut groups: Vec<(Option<&str>, Group)> = Vec::new();
    for (place, item) in items.iter().enumerate().filter(|(_, item)| item.kind == Kind::Skill) {
        let topic = item.topic.as_ref().map(|topic| topic.id.as_str());
        match groups.iter_mut().find(|(of, _)| *of == topic) {
            Some((_, group)) => group.skills.push(place),
            None => groups.push((topic, Group { skills: vec![place], knowledge: Vec::new() })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The topics of some skills, the most frequent first; ties: in their order.
fn topics(items: &[&Item], skills: &[usize]) -> Vec<TopicName> {
    let mut counts: Vec<(TopicName, usize)> = Vec::new();
    for topic in skills.iter().filter_map(|skill| items[*skill].topic.as_ref()) {
        match counts.iter_mut().find(|(of, _)| of == topic) {
            Some((_, count)) => *count += 1,
            None => counts.push((topic.clone(), 1)),
        }
    }
    order::by_key(&mut counts, |(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(topic, _)| topic).collect()
}
