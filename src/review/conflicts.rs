//! Conflicts: decisions that do not fit the programmes or other decisions.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Choice, Decision, Decisions};
use super::draft::topics_of;
use crate::concept::Concepts;
use crate::derive::{Derivation, Share, Tier};
use crate::map::Kind;
use crate::order;
use crate::text::{closest, name_key};

/// A decision that does not fit the programmes or another decision. It is not
/// applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Conflict {
    /// The place of the decision in the review.
    pub place: String,
    /// The concept or topic that was decided on.
    pub concept: String,
    /// What the review calls it: its number, or else the same. The reason calls others
    /// so, too.
    #[serde(default)]
    pub name: String,
    /// What is wrong with it.
    pub reason: ConflictReason,
}

/// What is wrong with a decision.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConflictReason {
    /// It names a pathway without a programme.
    NoSuchPathway {
        /// The id that it names.
        pathway: String,
        /// The nearest id of a pathway with a programme.
        closest: Option<String>,
    },
    /// No programme has the concept, not even as a near miss.
    NoSuchConcept {
        /// The nearest id of a concept.
        closest: Option<String>,
    },
    /// No programme has a concept or a topic of that name.
    NoSuchTopic {
        /// The nearest id of a concept, or heading of a topic.
        closest: Option<String>,
    },
    /// It is a topic, and the policy shares statements.
    TopicsNotShared,
    /// A topic is to be merged.
    TopicMerged,
    /// None of the decision's pathways has this concept.
    NotInItsPathways {
        /// The concept to merge with; `None` if it is the one decided on.
        other: Option<String>,
    },
    /// The concept is no longer in the tier that the review shows.
    OtherTier {
        /// The tier in the review.
        reviewed: Tier,
        /// Its tiers in these programmes.
        now: Vec<Tier>,
    },
    /// A concept is to be merged with itself.
    MergeWithItself,
    /// No programme has the concept to merge with.
    NothingToMergeWith {
        /// What the review names.
        other: String,
        /// The nearest id of a concept.
        closest: Option<String>,
    },
    /// Concepts of two kinds are to be merged.
    MixedKinds {
        /// The kind of the concept.
        kind: Kind,
        /// The other concept.
        other: String,
        /// Its kind.
        other_kind: Kind,
    },
    /// The review makes two different decisions on one concept in the same
    /// pathways.
    Contradiction {
        /// This decision.
        decided: Choice,
        /// The other decision.
        other: Choice,
        /// The place of the other.
        place: String,
    },
    /// The review has two new wordings for it in the same pathways.
    OtherWording {
        /// This wording.
        wording: String,
        /// The other.
        other: String,
        /// The place of the other.
        place: String,
    },
    /// The concept to merge with is dropped.
    MergeWithDropped {
        /// The concept.
        other: String,
        /// The place of the decision to drop it.
        place: String,
    },
    /// The concept was merged into another, and the decision would apply to
    /// that.
    Merged {
        /// The other concept.
        into: String,
        /// The place of the decision to merge them.
        place: String,
    },
}

impl std::fmt::Display for ConflictReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hint = |close: &Option<String>| format!("{:#}", crate::text::DidYouMean(close.as_deref()));
        match self {
            ConflictReason::NoSuchPathway { pathway, closest } => {
                write!(f, "there is no programme for the pathway \"{pathway}\"{}", hint(closest))
            }
            ConflictReason::NoSuchConcept { closest } => write!(f, "no programme has such a concept{}", hint(closest)),
            ConflictReason::NoSuchTopic { closest } => {
                write!(f, "no programme has such a concept or topic{}", hint(closest))
            }
            ConflictReason::TopicsNotShared => {
                f.write_str("it is a topic, and the policy shares statements; decide on its concepts")
            }
            ConflictReason::TopicMerged => f.write_str("it is a topic, and only concepts are merged here"),
            ConflictReason::NotInItsPathways { other } => {
                write!(f, "{} is in none of the pathways that it was decided for", other.as_deref().unwrap_or("it"))
            }
            ConflictReason::OtherTier { reviewed, now } => {
                let now: Vec<&str> = now.iter().map(|tier| tier.name()).collect();
                write!(f, "the review has it as {}; it is now {}", reviewed.name(), now.join(" and "))
            }
            ConflictReason::MergeWithItself => f.write_str("it cannot be merged with itself"),
            ConflictReason::NothingToMergeWith { other, closest } => {
                write!(f, "\"{other}\" is neither a number of the review nor a concept of a programme{}", hint(closest))
            }
            ConflictReason::MixedKinds { kind, other, other_kind } => {
                let (kind, other_kind) = (a_kind(*kind), a_kind(*other_kind));
                write!(f, "it is {kind} and {other} is {other_kind}: they cannot be merged")
            }
            ConflictReason::Contradiction { decided, other, place } => {
                write!(f, "\"{decided}\" here, but \"{other}\" in {place}")
            }
            ConflictReason::OtherWording { wording, other, place } => {
                write!(f, "the new wording is \"{wording}\" here, but \"{other}\" in {place}")
            }
            ConflictReason::MergeWithDropped { other, place } => {
                write!(f, "{other} is dropped ({place}), so there is nothing to merge with")
            }
            ConflictReason::Merged { into, place } => write!(f, "it was merged into {into} ({place})"),
        }
    }
}

/// A kind, as a sentence has it.
fn a_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Knowledge => "knowledge",
        Kind::Skill => "a skill",
        Kind::Behaviour => "a behaviour",
    }
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (place, name) = (&self.place, &self.name);
        match &self.reason {
            ConflictReason::MixedKinds { kind, other, other_kind } => {
                let (kind, other_kind) = (a_kind(*kind), a_kind(*other_kind));
                write!(f, "{place}: {name} is {kind} and {other} is {other_kind}: they cannot be merged; not applied")
            }
            reason => write!(f, "{place}: {name}: {reason}; not applied"),
        }
    }
}

/// A reason with the other items as the review calls them.
fn in_its_words(mut reason: ConflictReason, decisions: &Decisions) -> ConflictReason {
    let rename = |id: &mut String| *id = decisions.name(id).to_owned();
    match &mut reason {
        ConflictReason::NotInItsPathways { other: Some(other) }
        | ConflictReason::MixedKinds { other, .. }
        | ConflictReason::MergeWithDropped { other, .. }
        | ConflictReason::Merged { into: other, .. } => rename(other),
        ConflictReason::Contradiction { decided, other, .. } => {
            *decided = decisions.in_its_words(decided);
            *other = decisions.in_its_words(other);
        }
        _ => {}
    }
    reason
}

/// A decision on the tier of a concept or a topic.
pub(super) struct Move<'d> {
    /// Its number in the review; `None` if it follows from another one.
    pub(super) at: Option<usize>,
    pub(super) decision: &'d Decision,
    /// The id of the topic, if it is about one.
    pub(super) topic: Option<String>,
}

/// The decisions of a review that fit, each with its number in the review.
pub(super) struct Fitting<'d> {
    pub(super) merges: Vec<(Option<usize>, &'d Decision)>,
    pub(super) moves: Vec<Move<'d>>,
    /// Concepts that are to stay where they are.
    pub(super) keeps: Vec<&'d Decision>,
    pub(super) conflicts: Vec<(usize, Conflict)>,
    decisions: &'d Decisions,
}

/// The decisions on each concept, and on each topic.
type BySubject<'d> = BTreeMap<Subject<'d>, Vec<&'d Decision>>;

/// A concept or a topic, by its id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject<'d> {
    Concept(&'d str),
    Topic(&'d str),
}

impl<'d> Fitting<'d> {
    pub(super) fn new(derivation: &Derivation, concepts: &Concepts, decisions: &'d Decisions) -> Self {
        let all = decisions.decisions();
        let mut review =
            Fitting { merges: Vec::new(), moves: Vec::new(), keeps: Vec::new(), conflicts: Vec::new(), decisions };
        if all.is_empty() {
            return review;
        }
        let known = Known::of(derivation, concepts);
        let subjects: Vec<Subject<'_>> = all.iter().map(|decision| known.subject(&decision.concept)).collect();
        let mut by_subject: BySubject<'_> = BTreeMap::new();
        subjects.iter().zip(all).for_each(|(subject, d)| by_subject.entry(*subject).or_default().push(d));
        for (at, (decision, subject)) in all.iter().zip(&subjects).enumerate() {
            let rivals = by_subject.get(subject).map_or(&[][..], Vec::as_slice);
            if let Some(reason) = known
                .unfit(decision, *subject)
                .or_else(|| known.contradicted(decision, rivals))
                .or_else(|| dropped(decision, &by_subject))
            {
                review.conflict(Some(at), decision, reason);
                continue;
            }
            let topic = match subject {
                Subject::Topic(id) => Some((*id).to_owned()),
                Subject::Concept(_) => None,
            };
            match decision.choice {
                Choice::MergeWith(_) => review.merges.push((Some(at), decision)),
                Choice::Keep => review.keeps.extend(topic.is_none().then_some(decision)),
                _ => review.moves.push(Move { at: Some(at), decision, topic }),
            }
        }
        review
    }

    /// Adds decisions on concepts that follow from others.
    pub(super) fn add(&mut self, following: &'d [Decision]) {
        for decision in following {
            match decision.choice {
                Choice::MergeWith(_) => self.merges.push((None, decision)),
                _ => self.moves.push(Move { at: None, decision, topic: None }),
            }
        }
    }

    /// The conflicts, in the order of the review.
    pub(super) fn in_order(mut self) -> Vec<Conflict> {
        order::by_key(&mut self.conflicts, |(at, _)| *at);
        self.conflicts.into_iter().map(|(_, conflict)| conflict).collect()
    }

    /// Records a conflict; none of a decision that follows from another.
    pub(super) fn conflict(&mut self, at: Option<usize>, decision: &Decision, reason: ConflictReason) {
        let Some(at) = at else { return };
        let (place, concept) = (decision.place.clone(), decision.concept.clone());
        let (name, reason) = (self.decisions.name_in(decision).to_owned(), in_its_words(reason, self.decisions));
        self.conflicts.push((at, Conflict { place, concept, name, reason }));
    }
}

/// A decision to merge with a concept that is dropped.
fn dropped(decision: &Decision, by_subject: &BySubject<'_>) -> Option<ConflictReason> {
    let Choice::MergeWith(other) = &decision.choice else { return None };
    let drop = by_subject.get(&Subject::Concept(other))?.iter().find(|d| d.choice == Choice::Drop)?;
    Some(ConflictReason::MergeWithDropped { other: other.clone(), place: drop.place.clone() })
}

/// A pathway, and a tier of its programme.
type Place<'m> = (&'m str, Tier);

/// The concepts and topics of some programmes: their kinds, and the pathways and
/// tiers in which they appear.
struct Known<'m> {
    share: Share,
    concepts: BTreeMap<&'m str, (Kind, Vec<Place<'m>>)>,
    /// The ids of the topics by what they may be called.
    topic_ids: BTreeMap<String, &'m str>,
    topics: BTreeMap<&'m str, (&'m str, Vec<Place<'m>>)>,
    /// The pathways with a programme, and their routes.
    routes: BTreeMap<&'m str, &'m str>,
}

impl<'m> Known<'m> {
    fn of(derivation: &'m Derivation, concepts: &'m Concepts) -> Self {
        let mut known = Known {
            share: derivation.policy.share_of(concepts),
            concepts: BTreeMap::new(),
            topic_ids: BTreeMap::new(),
            topics: BTreeMap::new(),
            routes: BTreeMap::new(),
        };
        for topic in concepts.topics() {
            known.topics.insert(&topic.id, (&topic.heading, Vec::new()));
            for name in [&topic.id, &topic.heading] {
                known.topic_ids.entry(name_key(name)).or_insert(&topic.id);
            }
        }
        for programme in &derivation.programmes {
            let pathway = programme.pathway.id.as_str();
            known.routes.insert(pathway, &programme.route.id);
            let near = programme.near_misses.iter().map(|near| (&near.concept, near.kind, Tier::NearMiss));
            let items = programme.items().map(|(item, tier)| (&item.concept, item.kind, tier));
            for (concept, kind, tier) in items.chain(near) {
                known.concepts.entry(concept).or_insert((kind, Vec::new())).1.push((pathway, tier));
            }
            for (id, _, tier) in topics_of(programme) {
                if let Some((_, places)) = known.topics.get_mut(id) {
                    places.push((pathway, tier));
                }
            }
        }
        known
    }

    /// The concept of that id; else the topic of that id or heading.
    fn subject<'s>(&'s self, name: &'s str) -> Subject<'s> {
        if self.concepts.contains_key(name) {
            return Subject::Concept(name);
        }
        match self.topics.get_key_value(name) {
            Some((id, _)) => Subject::Topic(id),
            None => self.topic_ids.get(&name_key(name)).map_or(Subject::Concept(name), |id| Subject::Topic(id)),
        }
    }

    /// Another decision on the same subject for the same pathways. The route
    /// core belongs to the route: what enters it for one pathway enters it for
    /// all.
    fn contradicted(&self, decision: &Decision, rivals: &[&Decision]) -> Option<ConflictReason> {
        let route = |pathway: &String| self.routes.get(pathway.as_str());
        let meet = |other: &Decision| {
            let of_route = decision.choice == Choice::RouteCore || other.choice == Choice::RouteCore;
            let same = |a: &String, b: &String| a == b || (of_route && route(a) == route(b));
            other.pathways.is_empty()
                || decision.pathways.is_empty()
                || other.pathways.iter().any(|p| decision.pathways.iter().any(|own| same(own, p)))
        };
        let words = |other: &Decision| {
            let (own, other) = (&decision.wording, &other.wording);
            !own.is_empty() && !other.is_empty() && name_key(own) != name_key(other)
        };
        if let Some(other) = rivals.iter().find(|other| other.choice == decision.choice && words(other) && meet(other))
        {
            let (wording, place) = (decision.wording.clone(), other.place.clone());
            return Some(ConflictReason::OtherWording { wording, other: other.wording.clone(), place });
        }
        let other = rivals.iter().find(|other| other.choice != decision.choice && meet(other))?;
        let (decided, other, place) = (decision.choice.clone(), other.choice.clone(), other.place.clone());
        Some(ConflictReason::Contradiction { decided, other, place })
    }

    /// The reason why a decision cannot be applied to these programmes, if any.
    fn unfit(&self, decision: &Decision, subject: Subject<'_>) -> Option<ConflictReason> {
        let concept_like = |id: &str| closest(id, self.concepts.keys().copied()).map(str::to_owned);
        if let Some(pathway) = decision.pathways.iter().find(|p| !self.routes.contains_key(p.as_str())) {
            let closest = closest(pathway, self.routes.keys().copied()).map(str::to_owned);
            return Some(ConflictReason::NoSuchPathway { pathway: pathway.clone(), closest });
        }
        let (kind, places) = match subject {
            Subject::Topic(_) if self.share == Share::Statement => return Some(ConflictReason::TopicsNotShared),
            Subject::Topic(_) if matches!(decision.choice, Choice::MergeWith(_)) => {
                return Some(ConflictReason::TopicMerged);
            }
            Subject::Topic(id) => match self.topics.get(id) {
                Some((_, places)) if !places.is_empty() => (None, places.as_slice()),
                _ => return Some(ConflictReason::NoSuchTopic { closest: None }),
            },
            Subject::Concept(id) => match self.concepts.get(id) {
                Some((kind, places)) => (Some(kind), places.as_slice()),
                None if self.share == Share::Statement => {
                    return Some(ConflictReason::NoSuchConcept { closest: concept_like(id) });
                }
                None => {
                    let there = self.topics.values().filter(|(_, places)| !places.is_empty());
                    let names = self.concepts.keys().copied().chain(there.map(|(heading, _)| *heading));
                    return Some(ConflictReason::NoSuchTopic { closest: closest(id, names).map(str::to_owned) });
                }
            },
        };
        let here: BTreeSet<Tier> =
            places.iter().filter(|(pathway, _)| decision.covers(pathway)).map(|(_, tier)| *tier).collect();
        if here.is_empty() {
            return Some(ConflictReason::NotInItsPathways { other: None });
        }
        if let Some(reviewed) = decision.tier.filter(|tier| !here.contains(tier)) {
            return Some(ConflictReason::OtherTier { reviewed, now: here.into_iter().collect() });
        }
        let kind = kind?;
        let Choice::MergeWith(other) = &decision.choice else { return None };
        if *other == decision.concept {
            return Some(ConflictReason::MergeWithItself);
        }
        match self.concepts.get(other.as_str()) {
            None => Some(ConflictReason::NothingToMergeWith { other: other.clone(), closest: concept_like(other) }),
            Some((other_kind, _)) if other_kind != kind => {
                Some(ConflictReason::MixedKinds { kind: *kind, other: other.clone(), other_kind: *other_kind })
            }
            Some(_) => None,
        }
    }
}
