//! Carries one map's concepts over to another map that has most of its
//! statements.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::carry_topics::Carried;
use super::matching::statements::Pairs;
use crate::concept::{ConceptIndex, Concepts, Group};
use crate::harmonise::{Ledger, Measure, Threshold, overlaps};
use crate::map::{Map, Statement, StatementIndex};
use crate::text::unused;
use crate::topics::{TopicDecisions, Topics, Vocabulary};

/// Returns the old map's concepts for the new map, so that a difference shows
/// the effect of the map's changes and not of joining its statements
/// differently.
///
/// A statement that both maps have in the same wording stays in its concepts. A
/// new or reworded statement joins the concept with most of the statements that
/// the `fresh` concepts join it with (ties: the first). If these have no
/// concept, it stays with the other new ones. With `Concepts::exact(new)` as
/// fresh concepts, that is a concept of its wording. Near misses between
/// concepts are not carried over.
///
/// If the old concepts have topics, so have those of the new map: a statement in
/// the same wording keeps its own, unless its occupation has another level; other
/// statements have those of the fresh concepts. A concept stays under its topic
/// as long as one of its statements has it. Overlaps are carried over in the
/// same way.
///
/// Returns `None` if a grouping was made for another map.
///
/// # Examples
///
/// ```
/// use tlevel::change::{Changes, apply, carry_over};
/// use tlevel::concept::Concepts;
///
/// let old = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&old);
/// let changes = Changes::from_csv("change,occupation,statement\ndrop-statement,LARS287,K1\n")?;
/// let new = tlevel::check(apply(&old, &changes)?)?.map;
/// let carried = carry_over(&old, &concepts, &new, &Concepts::exact(&new)).expect("made for these maps");
/// assert_eq!(carried.len(), concepts.len() - 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`diff`](super::diff()), and as [`Concepts::from_groups`].
pub fn carry_over(old: &Map, concepts: &Concepts, new: &Map, fresh: &Concepts) -> Option<Concepts> {
    if !concepts.fits(old) || !fresh.fits(new) {
        return None;
    }
    let pairs = Pairs::of(old, new);
    // the concepts of the old map that each statement of the new map keeps
    let mut kept: Vec<&[ConceptIndex]> = vec![&[]; new.statements().len()];
    for (was, is) in pairs.iter() {
        let same = old.statement_at(was).zip(new.statement_at(is)).is_some_and(|(a, b)| a.text() == b.text());
        if same {
            kept[is.index()] = concepts.of(was);
        }
    }
    let mut ids: HashSet<String> = concepts.iter().map(|c| c.id().to_owned()).collect();
    let mut groups: BTreeMap<(bool, usize), Group> = BTreeMap::new();
    let mut fresh_ids: HashMap<usize, String> = HashMap::new();
    let mut joined: HashMap<ConceptIndex, Option<ConceptIndex>> = HashMap::new();
    for statement in new.statements() {
        let index = statement.index();
        let key = || (statement.occupation().id().to_owned(), statement.id().to_owned());
        for (i, &concept) in kept[index.index()].iter().enumerate() {
            let group = groups.entry((false, concept.index())).or_insert_with(|| named(concepts, concept));
            if i == 0 { group.statements.push(key()) } else { group.also.push(key()) }
        }
        if !kept[index.index()].is_empty() {
            continue;
        }
        for (i, &concept) in fresh.of(index).iter().enumerate() {
            let group = match *joined.entry(concept).or_insert_with(|| joins(fresh, concept, &kept)) {
                Some(old) => groups.entry((false, old.index())).or_insert_with(|| named(concepts, old)),
                None => {
                    let own = fresh.get(concept).map_or("", |c| c.id());
                    let id = fresh_ids.entry(concept.index()).or_insert_with(|| {
                        let id = unused(own.to_owned(), |id| ids.contains(id));
                        ids.insert(id.clone());
                        id
                    });
                    let id = id.clone();
                    groups.entry((true, concept.index())).or_insert_with(|| Group { id, ..Group::default() })
                }
            };
            if i == 0 {
                group.statements.push(key());
            } else if !group.statements.contains(&key()) {
                group.also.push(key());
            }
        }
    }
    let carried = Concepts::from_groups(new, groups.into_values()).ok()?;
    Some(Carried { old: (old, concepts), new, fresh: Some(fresh), pairs: &pairs, concepts: carried }.with_topics())
}

/// Like [`carry_over`], but new statements are joined by score from a
/// threshold, as [`harmonise`](crate::harmonise()) joins them. Without a
/// threshold, only equal wordings are joined. If nothing is new, nothing is
/// weighed. If the concepts have topics, new statements have those of the
/// bundled vocabulary.
///
/// Returns `None` if the concepts were made for another map.
///
/// # Complexity
///
/// As [`carry_over`]; with a new or reworded statement, also as [`Measure::new`],
/// [`harmonise`](crate::harmonise()) and [`overlaps`] with a threshold, and as
/// [`Topics::assign`] with topics.
pub fn carry_over_joined(old: &Map, concepts: &Concepts, new: &Map, threshold: Option<Threshold>) -> Option<Concepts> {
    if let Some(carried) = carry_over_same(old, concepts, new) {
        return Some(carried);
    }
    let vocabulary = concepts.has_topics().then(Vocabulary::bundled).unwrap_or_default();
    carry_over_with_topics(old, concepts, new, threshold, (&vocabulary, &TopicDecisions::default()))
}

/// What [`carry_over`] with exact concepts returns, without reading any text, if the new
/// map has all statements of the old and no others, at the same levels: occupations and
/// branches moved, or were marked.
pub(crate) fn carry_over_same(old: &Map, concepts: &Concepts, new: &Map) -> Option<Concepts> {
    if !concepts.fits(old) || old.statements().len() != new.statements().len() {
        return None;
    }
    let pairs = Pairs::of(old, new);
    let old_of = |is: Statement<'_>| {
        let was = pairs.old_of(is.index()).and_then(|was| old.statement_at(was))?;
        let same = was.text() == is.text() && was.kind() == is.kind();
        (same && was.occupation().level() == is.occupation().level()).then_some(was.index())
    };
    let old_of: Vec<StatementIndex> = new.statements().map(old_of).collect::<Option<_>>()?;
    let carried = concepts.reordered(new, &old_of);
    Some(Carried { old: (old, concepts), new, fresh: None, pairs: &pairs, concepts: carried }.with_topics())
}

/// Like [`carry_over_joined`], with the vocabulary and the decisions from which
/// the topics of the concepts were assigned.
///
/// Returns `None` if the concepts were made for another map, or if the decisions
/// contradict each other.
///
/// # Complexity
///
/// As [`carry_over_joined`].
pub fn carry_over_with_topics(
    old: &Map,
    concepts: &Concepts,
    new: &Map,
    threshold: Option<Threshold>,
    (vocabulary, decisions): (&Vocabulary, &TopicDecisions),
) -> Option<Concepts> {
    if let Some(carried) = carry_over_same(old, concepts, new) {
        return Some(carried);
    }
    let pairs = Pairs::of(old, new);
    let was = |s: Statement<'_>| pairs.old_of(s.index()).and_then(|was| old.statement_at(was));
    let has_text = |s: Statement<'_>| was(s).is_some_and(|was| was.text() == s.text());
    let has_level = |s: Statement<'_>| was(s).is_some_and(|was| was.occupation().level() == s.occupation().level());
    let all = || new.statements().filter(|s| s.says_something());
    let is_new = !all().all(has_text);
    let mut fresh = Concepts::exact(new);
    if is_new && (threshold.is_some() || concepts.has_topics()) {
        let measure = Measure::new(new);
        if let Some(threshold) = threshold {
            // people's decisions are about statements of the old map and stay with them
            fresh = crate::harmonise(&measure, threshold, &Ledger::default()).ok()?.into_concepts();
        }
        if concepts.has_topics() {
            let found = overlaps(&measure, &fresh);
            fresh = fresh.with_overlaps(found);
        }
    }
    // an occupation may come to a level of which the statements have topics
    if concepts.has_topics() && (is_new || !all().all(has_level)) {
        let topics = Topics::assign_with(new, vocabulary, decisions, with_topics(old, concepts)).ok()?;
        fresh = topics.onto(new, fresh);
    }
    carry_over(old, concepts, new, &fresh)
}

/// Whether statements of that level were assigned topics in the old map.
pub(crate) fn with_topics(old: &Map, concepts: &Concepts) -> impl Fn(Statement<'_>) -> bool {
    let statements = concepts.topics().iter().flat_map(|topic| &topic.statements);
    let levels: BTreeSet<i64> =
        statements.filter_map(|s| Some(old.statement_at(s.statement)?.occupation().level().into())).collect();
    move |statement| levels.is_empty() || levels.contains(&statement.occupation().level().into())
}

fn named(concepts: &Concepts, concept: ConceptIndex) -> Group {
    let (id, label) = concepts.get(concept).map_or(("", None), |c| (c.id(), c.label()));
    Group { id: id.to_owned(), label: label.map(str::to_owned), ..Group::default() }
}

/// The old concept that the new statements of a fresh one join: the one with most of the
/// statements that it is joined with. New statements have none.
fn joins(fresh: &Concepts, concept: ConceptIndex, kept: &[&[ConceptIndex]]) -> Option<ConceptIndex> {
    let mut votes: BTreeMap<ConceptIndex, usize> = BTreeMap::new();
    let old = fresh.get(concept)?.statements().iter().filter_map(|s| kept[s.index()].first());
    old.for_each(|c| *votes.entry(*c).or_default() += 1);
    votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(concept, _)| concept)
}
