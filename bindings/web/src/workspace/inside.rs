//! The statements behind a topic or an element, and why they are there.

use std::collections::BTreeSet;

use serde::Serialize;
use tlevel::derive::{Holders, Programme, Tier};
use tlevel::harmonise::Measure;
use tlevel::map::{Map, Statement, StatementRef};
use tlevel::review::{ExplainedTopicPlace, explain_topic, shared_words};

use super::Workspace;
use super::overview::programme;
use crate::{Answer, Failure, output};

/// How many pairs of an element are shown.
const PAIRS: usize = 40;

#[derive(Serialize)]
struct TopicView<'m> {
    id: String,
    heading: String,
    scope: String,
    nature: &'static str,
    tier: &'static str,
    statements: Vec<TopicStatementView<'m>>,
    lacking: Vec<Lacking>,
    why: Vec<String>,
}

#[derive(Serialize)]
struct TopicStatementView<'m> {
    occupation: &'m str,
    title: &'m str,
    statement: &'m str,
    kind: &'static str,
    text: &'m str,
    score: f64,
    /// The concept that it belongs to.
    concept: Option<String>,
    /// Whether people decided it.
    decided: bool,
    /// The phrases of the topic that it has.
    shared: Vec<String>,
}

/// An occupation that lacks something.
#[derive(Serialize)]
struct Lacking {
    id: String,
    title: String,
    /// What is nearest to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<String>,
}

#[derive(Serialize)]
struct ItemView<'m> {
    concept: String,
    label: String,
    kind: &'static str,
    tier: &'static str,
    topic: Option<String>,
    statements: Vec<ItemStatement<'m>>,
    evidence: Vec<PairView>,
    lacking: Vec<Lacking>,
    why: Vec<String>,
}

#[derive(Serialize)]
struct ItemStatement<'m> {
    occupation: &'m str,
    title: &'m str,
    id: &'m str,
    kind: &'static str,
    text: &'m str,
    concept: Option<String>,
}

/// Two statements, and what they share.
#[derive(Serialize)]
struct PairView {
    a: String,
    b: String,
    score: f64,
    /// Whether they are one concept; otherwise they overlap.
    same: bool,
    words: Vec<String>,
}

impl Workspace {
    /// The statements of a pathway's occupations on a topic, those that lack it, and why.
    ///
    /// # Errors
    ///
    /// A pathway or a topic that there is not.
    pub fn topic(&mut self, pathway: &str, topic: &str) -> Answer<String> {
        let id = self.pathway_id(pathway)?;
        self.decided()?;
        let Some(decided) = self.kept() else { return Err(Failure::new("nothing was derived")) };
        let concepts = decided.concepts.as_ref().unwrap_or(self.concepts());
        let programme = programme(&decided.derivation, &id)?;
        let found = concepts.topics().iter().find(|of| of.id == topic);
        let found = found.ok_or_else(|| Failure::new(format!("\"{topic}\" is no topic of this map")))?;
        let served = served(programme);
        let mut statements = Vec::new();
        for of in &found.statements {
            let Some(statement) = self.map.statement_at(of.statement) else { continue };
            if !served.contains(statement.occupation().id()) {
                continue;
            }
            let concept = concepts.of(statement.index()).first().and_then(|concept| concepts.get(*concept));
            let own = self.topics.of_statement(statement).iter().find(|own| own.topic == topic);
            statements.push(TopicStatementView {
                occupation: statement.occupation().id(),
                title: statement.occupation().title(),
                statement: statement.id(),
                kind: statement.kind().name(),
                text: statement.text(),
                score: of.score,
                concept: concept.map(|concept| concept.id().to_owned()),
                decided: own.is_some_and(|own| own.decided),
                shared: self.phrases(statement, topic),
            });
        }
        let policy = &decided.derivation.policy;
        let holders = Holders::new(&self.map, concepts, policy).map_err(Failure::new)?;
        let holders = holders.with_decisions(decided.tiers.clone());
        let explained = explain_topic(concepts, &holders, &decided.derivation, topic);
        let place = explained.and_then(|why| why.places.into_iter().find(|place| place.pathway.id == id));
        let scope = self.joining.vocabulary.topic(topic).map_or(String::new(), |topic| topic.scope.clone());
        let is_near = programme.near_topics.iter().any(|near| near.id == topic);
        let (tier, lacking, why) = match &place {
            Some(place) => (tier(place.role), lacking(place), why(place, policy.min_sharers)),
            None => {
                let all = programme.counting.iter().map(|occupation| Lacking {
                    id: occupation.id.clone(),
                    title: occupation.title.clone(),
                    nearest: None,
                });
                let why = "no counting occupation of the pathway has a statement on it".to_owned();
                (if is_near { "near" } else { "specialism" }, all.collect(), why)
            }
        };
        output::line(&TopicView {
            id: found.id.clone(),
            heading: found.heading.clone(),
            scope,
            nature: found.nature.name(),
            tier,
            statements,
            lacking,
            why: vec![why],
        })
    }

    /// The statements behind an item of a programme, how alike they are, and who lacks it.
    ///
    /// # Errors
    ///
    /// A pathway or a concept that there is not.
    pub fn item(&mut self, pathway: &str, concept: &str) -> Answer<String> {
        let id = self.pathway_id(pathway)?;
        self.decided()?;
        let Some(decided) = self.kept() else { return Err(Failure::new("nothing was derived")) };
        let concepts = decided.concepts.as_ref().unwrap_or(self.concepts());
        let programme = programme(&decided.derivation, &id)?;
        let own = concepts.iter().find(|own| own.id() == concept);
        let own = own.ok_or_else(|| Failure::new(format!("\"{concept}\" is no concept of this map")))?;
        let places = programme.items().filter(|(item, _)| item.concept == concept);
        let place = places.min_by_key(|(_, tier)| *tier);
        // what an element joins is behind it, too
        let elements = programme.topics.iter().flat_map(|topic| &topic.elements);
        let element = elements.map(|element| &element.item).find(|item| item.concept == concept);
        let refs: Vec<StatementRef> = match (element, place) {
            (Some(item), _) => item.statements.clone(),
            _ => (own.statements().iter().filter_map(|index| self.map.statement_at(*index)))
                .map(|s| StatementRef { occupation: s.occupation().id().into(), statement: s.id().into() })
                .collect(),
        };
        let statements: Vec<Statement<'_>> = refs.iter().filter_map(|of| statement(&self.map, of)).collect();
        let measure = Measure::new(&self.map);
        let with: BTreeSet<&str> = statements.iter().map(|s| s.occupation().id()).collect();
        let lacking = programme.counting.iter().filter(|occupation| !with.contains(&*occupation.id));
        let lacking = lacking.map(|occupation| Lacking {
            id: occupation.id.clone(),
            title: occupation.title.clone(),
            nearest: nearest(&measure, &statements, &occupation.id),
        });
        let same = |a: Statement<'_>, b: Statement<'_>| {
            concepts.of(a.index()).iter().any(|concept| concepts.of(b.index()).contains(concept))
        };
        let evidence = pairs(&measure, &statements, same);
        let text = self.map.statement_at(own.central()).map_or("", |statement| statement.text());
        let of_item = element.or(place.map(|(item, _)| item));
        let label = own.label().unwrap_or_else(|| of_item.map_or(text, |item| &*item.text)).to_owned();
        let mut why = Vec::new();
        if let Some(item) = of_item {
            let (have, of) = (item.support.have, item.support.of);
            why.push(format!("{have} of {of} occupations have it"));
        }
        let view = ItemView {
            concept: concept.to_owned(),
            label,
            kind: own.kind().name(),
            tier: tier(place.map(|(_, tier)| tier)),
            topic: of_item.and_then(|item| item.topic.as_ref()).map(|topic| topic.id.to_string()),
            statements: (statements.iter())
                .map(|statement| ItemStatement {
                    occupation: statement.occupation().id(),
                    title: statement.occupation().title(),
                    id: statement.id(),
                    kind: statement.kind().name(),
                    text: statement.text(),
                    concept: (concepts.of(statement.index()).first())
                        .and_then(|concept| concepts.get(*concept))
                        .map(|concept| concept.id().to_owned()),
                })
                .collect(),
            evidence,
            lacking: lacking.collect(),
            why,
        };
        output::line(&view)
    }

    /// The phrases of a topic that a statement has, the weightiest first.
    fn phrases(&self, statement: Statement<'_>, topic: &str) -> Vec<String> {
        let explained = self.topics.explain(statement).map(|explained| explained.candidates).unwrap_or_default();
        let of = explained.into_iter().find(|candidate| candidate.topic == topic);
        of.map(|of| of.phrases.into_iter().map(|phrase| phrase.phrase).collect()).unwrap_or_default()
    }
}

/// The occupations that a programme serves.
fn served(programme: &Programme) -> BTreeSet<&str> {
    let special = programme.specialisms.iter().flat_map(|specialism| &specialism.occupations);
    programme.counting.iter().map(|occupation| &*occupation.id).chain(special.map(String::as_str)).collect()
}

fn statement<'m>(map: &'m Map, of: &StatementRef) -> Option<Statement<'m>> {
    map.occupation(&of.occupation)?.statements().find(|statement| statement.id() == of.statement)
}

/// The name of a tier in the answers of a workspace.
fn tier(tier: Option<Tier>) -> &'static str {
    match tier {
        Some(Tier::Route) => "route",
        Some(Tier::Pathway) => "pathway",
        Some(Tier::Group) => "group",
        Some(Tier::NearMiss) => "near",
        Some(Tier::Specialism) => "specialism",
        None => "dropped",
    }
}

/// The occupations that do not have a topic, and how many statements they are short.
fn lacking(place: &ExplainedTopicPlace) -> Vec<Lacking> {
    let short = |unit: &tlevel::derive::TopicUnit| {
        let statements = if unit.short == 1 { "statement" } else { "statements" };
        format!("{} {statements} short", unit.short)
    };
    let lacking = place.missing.iter().map(|unit| Lacking {
        id: unit.occupation.id.clone(),
        title: unit.occupation.title.clone(),
        nearest: Some(short(unit)),
    });
    lacking.collect()
}

/// Why a topic is where it is, in a sentence.
fn why(place: &ExplainedTopicPlace, least: usize) -> String {
    let (have, of, need) = (place.support.have, place.support.of, place.need.max(least));
    format!("{have} of {of} occupations have it, and {need} must for the pathway's core; it {}", place.change)
}

/// The pairs of an element's statements, most alike first.
fn pairs(
    measure: &Measure<'_>,
    statements: &[Statement<'_>],
    same: impl Fn(Statement<'_>, Statement<'_>) -> bool,
) -> Vec<PairView> {
    // bounded: an element of a hundred statements has five thousand pairs
    let statements = statements.get(..statements.len().min(PAIRS)).unwrap_or_default();
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in statements.iter().enumerate() {
        for (j, b) in statements.iter().enumerate().skip(i + 1) {
            let score = measure.score(a.index(), b.index());
            if a.occupation() != b.occupation() && score > 0.0 {
                scored.push((score, i, j));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    scored.truncate(PAIRS);
    let name = |statement: &Statement<'_>| format!("{} {}", statement.occupation().id(), statement.id());
    let view = |(score, i, j): (f64, usize, usize)| {
        let (a, b) = (statements.get(i)?, statements.get(j)?);
        let evidence = measure.explain(a.index(), b.index());
        let words = shared_words(a.text(), &evidence);
        Some(PairView { a: name(a), b: name(b), score, same: same(*a, *b), words })
    };
    scored.into_iter().filter_map(view).collect()
}

/// What an occupation has that is most like one of some statements.
fn nearest(measure: &Measure<'_>, statements: &[Statement<'_>], occupation: &str) -> Option<String> {
    let own = measure.map().occupation(occupation)?;
    let mut best: Option<(f64, Statement<'_>)> = None;
    for statement in own.statements().filter(|statement| statement.counts_for_sharing()) {
        for like in statements.iter().take(PAIRS) {
            let score = measure.score(statement.index(), like.index());
            if score > best.map_or(0.0, |(most, _)| most) {
                best = Some((score, statement));
            }
        }
    }
    best.map(|(_, statement)| format!("{}: {}", statement.id(), statement.text()))
}
