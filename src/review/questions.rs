//! The pairs of statements that a panel should decide for a pathway: those whose answer
//! changes its core.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::core_changes::{CoreChanges, Snapshot};
use super::shared_words::shared_words;
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{Error, Policy, derive_routes};
use crate::harmonise::{Answer, Disagreement, Harmony, Ledger, Measure, Uncertain, Verdict, uncertain};
use crate::map::{BranchName, Kind, Map, Occupation, Pathway, Statement, StatementIndex};
use crate::order;
use crate::text::text_hash;

/// What questions are about.
#[derive(Clone, Copy, Debug)]
pub struct ToAsk<'a> {
    /// The policy whose core counts.
    pub policy: &'a Policy,
    /// The id of the pathway.
    pub pathway: &'a str,
    /// What people decided already; the harmony was made with it.
    pub ledger: &'a Ledger,
    /// Where several people's ledgers disagree.
    pub disagreements: &'a [Disagreement],
    /// How many pairs to try at most, the least certain first.
    pub most: usize,
}

/// The questions of a pathway, and what is decided already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Questions {
    format: QuestionsFormat,
    version: u32,
    /// The title of the map.
    pub map: Option<String>,
    /// The name of the policy.
    pub policy: String,
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// The questions, the most decisive first: how many items enter or leave the core,
    /// then how likely the answer is that changes it.
    pub questions: Vec<Question>,
    /// Pairs on which several people disagree: what each says.
    pub disagreements: Vec<OpenDisagreement>,
    /// What people decided already, all of it.
    pub decided: Vec<Decided>,
    /// How many uncertain pairs the map has.
    pub pairs: usize,
    /// Of these, how many are about statements that no counting occupation of the route has.
    pub elsewhere: usize,
    /// How many are decided already.
    pub settled: usize,
    /// How many change nothing in this pathway, whatever the answer.
    pub unchanged: usize,
    /// How many were not tried.
    pub untried: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum QuestionsFormat {
    #[serde(rename = "tlevel-questions")]
    Questions,
}

/// A pair to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Question {
    /// The two statements.
    pub sides: [Side; 2],
    /// Their kind.
    pub kind: Kind,
    /// Their score.
    pub score: f64,
    /// Whether they are one now; then `different` changes the core, otherwise `same`.
    pub joined: bool,
    /// The words that they share, as the first has them; those that count most first.
    pub shared: Vec<String>,
    /// What the answer changes.
    pub changes: CoreChanges,
    /// Whether somebody looked at it and was unsure.
    pub unsure: bool,
    /// What they noted.
    pub note: String,
}

/// One of two statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Side {
    /// The occupation.
    pub occupation: String,
    /// Its title; empty if the map has it no longer.
    pub title: String,
    /// The statement.
    pub statement: String,
    /// Its text; empty if the map has it no longer.
    pub text: String,
    /// The hash of the text that people see, or saw.
    pub hash: String,
}

/// A pair that is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Decided {
    /// The statements; one if it is preferred to any other.
    pub sides: Vec<Side>,
    /// The decision.
    pub verdict: Verdict,
    /// Why.
    pub note: String,
    /// Where it was decided.
    pub place: String,
    /// Why it is not applied, if it is not.
    pub stale: Option<String>,
}

/// A pair on which people disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpenDisagreement {
    /// The statements.
    pub sides: Vec<Side>,
    /// What each person says.
    pub answers: Vec<Answer>,
}

/// Finds the questions of a pathway: the uncertain pairs whose answer changes its core
/// or a topic of it. `watch` is told how many pairs were tried, and of how many. `None` if
/// the pathway has no programme.
///
/// Each answer is tried on its own: the two concepts are merged, or the concept is split
/// as the same rule joins its statements without the pair, and the programmes of the
/// route are derived. What further statements might join then is not counted; it shows
/// once the answers are in the ledger. Pairs that are decided, directly or by what was
/// said to be the same, are not asked again.
///
/// # Errors
///
/// Those of [`derive`](crate::derive()).
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
/// use tlevel::review::{ToAsk, questions};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let (measure, ledger, policy) = (Measure::new(&map), Ledger::default(), Policy::panel());
/// let harmony = tlevel::harmonise(&measure, Threshold::default(), &ledger)?;
/// let pathway = "construction/onsite-construction";
/// let to_ask = ToAsk { policy: &policy, pathway, ledger: &ledger, disagreements: &[], most: 1_000 };
/// let found = questions(&measure, &harmony, to_ask, |_, _| {})?.expect("has a programme");
/// assert!(found.questions.len() < found.pairs / 4);
/// assert!(found.questions.iter().all(|question| !question.changes.is_empty()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// For each pair tried, `O(n)` in the statements and overlaps of the map, and the cost of
/// deriving a route.
pub fn questions(
    measure: &Measure<'_>,
    harmony: &Harmony,
    to_ask: ToAsk<'_>,
    mut watch: impl FnMut(usize, usize),
) -> Result<Option<Questions>, Error> {
    let (map, concepts) = (measure.map(), harmony.concepts());
    let Some(pathway) = map.pathway(to_ask.pathway) else { return Ok(None) };
    let routes = [pathway.route().index()];
    let snapshot = |concepts: &Concepts| -> Result<Option<Snapshot>, Error> {
        let derivation = derive_routes(map, concepts, to_ask.policy, &routes)?;
        Ok(derivation.programme(pathway.id()).map(Snapshot::of))
    };
    let Some(now) = snapshot(concepts)? else { return Ok(None) };
    let asker = Asker { map, measure, harmony, pathway, to_ask, decided: Settled::of(to_ask.ledger, map) };
    let all = uncertain(measure, harmony);
    let pairs = all.len();
    let (here, elsewhere): (Vec<Uncertain>, Vec<Uncertain>) = all.into_iter().partition(|pair| asker.is_here(pair));
    let (mut open, settled): (Vec<Uncertain>, Vec<Uncertain>) =
        here.into_iter().partition(|pair| !asker.is_settled(pair));
    let untried = open.len().saturating_sub(to_ask.most);
    open.truncate(to_ask.most);
    let (mut questions, mut unchanged) = (Vec::new(), 0);
    for (done, pair) in open.iter().enumerate() {
        watch(done, open.len());
        let answered = asker.answered(pair);
        let then = answered.map_or(Ok(None), |concepts| snapshot(&concepts))?;
        let changes = then.map(|then| CoreChanges::between(&now, &then)).unwrap_or_default();
        match asker.question(pair, changes) {
            Some(question) => questions.push(question),
            None => unchanged += 1,
        }
    }
    let middle = harmony.threshold().map_or(0.0, crate::harmonise::Threshold::get);
    // how likely the answer is that changes something
    let likely = |q: &Question| if q.joined { 2.0 * middle - q.score } else { q.score };
    order::by(&mut questions, |a, b| {
        let weight = |q: &Question| std::cmp::Reverse(q.changes.weight());
        let regrouped = |q: &Question| std::cmp::Reverse(q.changes.joined.len() + q.changes.parted.len());
        let codes = |q: &Question| q.sides.clone().map(|side| (side.occupation, side.statement));
        (weight(a).cmp(&weight(b)))
            .then_with(|| regrouped(a).cmp(&regrouped(b)))
            .then(likely(b).total_cmp(&likely(a)))
            .then_with(|| codes(a).cmp(&codes(b)))
    });
    let branch = |id: &str, name: &str| BranchName { id: id.to_owned(), name: name.to_owned() };
    let route = pathway.route();
    let mut found = Questions {
        format: QuestionsFormat::Questions,
        version: 1,
        map: map.title().map(str::to_owned),
        policy: to_ask.policy.name.clone(),
        route: branch(route.id(), route.name()),
        pathway: branch(pathway.id(), pathway.name()),
        questions,
        disagreements: to_ask.disagreements.iter().map(|disagreement| asker.disagreement(disagreement)).collect(),
        decided: Vec::new(),
        pairs,
        elsewhere: elsewhere.len(),
        settled: settled.len(),
        unchanged,
        untried,
    };
    found.decided = asker.decisions(&mut found.questions);
    Ok(Some(found))
}

/// What is decided about statements: the sets that are the same, and pairs that are not.
struct Settled {
    /// A number for each statement that is the same as another.
    set_of: std::collections::BTreeMap<StatementIndex, usize>,
    same: Vec<(StatementIndex, StatementIndex)>,
    different: Vec<(StatementIndex, StatementIndex)>,
}

impl Settled {
    fn of(ledger: &Ledger, map: &Map) -> Settled {
        let (same, different) = ledger.pairs_on(map);
        let mut set_of = std::collections::BTreeMap::new();
        for (number, (a, b)) in same.iter().enumerate() {
            let known: Vec<usize> = [a, b].iter().filter_map(|s| set_of.get(*s).copied()).collect();
            set_of.values_mut().filter(|set| known.contains(set)).for_each(|set| *set = number);
            set_of.insert(*a, number);
            set_of.insert(*b, number);
        }
        Settled { set_of, same, different }
    }
}

struct Asker<'a, 'm> {
    map: &'m Map,
    measure: &'a Measure<'m>,
    harmony: &'a Harmony,
    pathway: Pathway<'m>,
    to_ask: ToAsk<'a>,
    decided: Settled,
}

impl<'m> Asker<'_, 'm> {
    fn concept(&self, statement: StatementIndex) -> Option<ConceptIndex> {
        self.harmony.concepts().of(statement).first().copied()
    }

    fn statements(&self, concept: ConceptIndex) -> &[StatementIndex] {
        self.harmony.concepts().get(concept).map_or(&[], |concept| concept.statements())
    }

    /// The statements of a concept that may count for a core of the route.
    fn of_route(&self, concept: ConceptIndex) -> impl Iterator<Item = Statement<'m>> + '_ {
        let statements = self.statements(concept).iter().filter_map(|s| self.map.statement_at(*s));
        let counts = |occupation: Occupation<'_>| {
            self.to_ask.policy.may_serve(occupation)
                && occupation.pathway().route().index() == self.pathway.route().index()
        };
        statements.filter(move |s| s.counts_for_sharing() && counts(s.occupation()))
    }

    /// Whether the answer may concern the route at all.
    fn is_here(&self, pair: &Uncertain) -> bool {
        let (Some(a), Some(b)) = (self.concept(pair.pair.a), self.concept(pair.pair.b)) else { return false };
        if pair.joined {
            return self.of_route(a).count() > 1;
        }
        self.of_route(a).next().is_some() && self.of_route(b).next().is_some()
    }

    /// Whether people decided it, directly or through other statements.
    fn is_settled(&self, pair: &Uncertain) -> bool {
        let (Some(a), Some(b)) = (self.concept(pair.pair.a), self.concept(pair.pair.b)) else { return false };
        if pair.joined {
            let wording = |s: StatementIndex| {
                let text = |s: StatementIndex| self.map.statement_at(s).map(|s| s.text());
                let equal = self.statements(a).iter().filter(move |other| text(**other) == text(s));
                equal.filter_map(|s| self.decided.set_of.get(s)).collect::<BTreeSet<_>>()
            };
            return !wording(pair.pair.a).is_disjoint(&wording(pair.pair.b));
        }
        self.decided.different.iter().any(|(one, other)| {
            let concepts = (self.concept(*one), self.concept(*other));
            concepts == (Some(a), Some(b)) || concepts == (Some(b), Some(a))
        })
    }

    /// The concepts if the pair got the answer that changes them.
    fn answered(&self, pair: &Uncertain) -> Option<Concepts> {
        let (a, b) = (self.concept(pair.pair.a)?, self.concept(pair.pair.b)?);
        let concepts = self.harmony.concepts();
        if !pair.joined {
            return Some(concepts.together(self.map, a.max(b), a.min(b)));
        }
        let (statements, pair) = (self.statements(a), [pair.pair.a, pair.pair.b]);
        let parts =
            crate::harmonise::parts(self.measure, self.harmony.threshold()?, statements, &self.decided.same, pair);
        Some(concepts.parted(self.map, a, parts.get(1..)?))
    }

    /// The question, if the answer changes something.
    fn question(&self, pair: &Uncertain, changes: CoreChanges) -> Option<Question> {
        if changes.is_empty() {
            return None;
        }
        let [a, b] = self.shown(pair);
        let (first, second) = (self.map.statement_at(a)?, self.map.statement_at(b)?);
        Some(Question {
            sides: [side(first), side(second)],
            kind: first.kind(),
            score: self.measure.score(a, b),
            joined: pair.joined,
            shared: shared_words(first.text(), &self.measure.explain(a, b)),
            changes,
            unsure: false,
            note: String::new(),
        })
    }

    /// The two statements to show: those of a joined pair; otherwise the two most alike of
    /// the concepts in the route, those of the pathway before others that are hardly more
    /// alike.
    fn shown(&self, pair: &Uncertain) -> [StatementIndex; 2] {
        let given = [pair.pair.a, pair.pair.b];
        if pair.joined {
            return given;
        }
        let candidates = |statement: StatementIndex| -> Vec<Statement<'m>> {
            self.concept(statement).map_or(Vec::new(), |concept| self.of_route(concept).take(MOST_SHOWN).collect())
        };
        let own = |s: &Statement<'m>| {
            if s.occupation().pathway().index() == self.pathway.index() { OWN } else { 0.0 }
        };
        let (firsts, seconds) = (candidates(given[0]), candidates(given[1]));
        let pairs = firsts.iter().flat_map(|a| seconds.iter().map(move |b| (a, b)));
        let scored = pairs
            .filter(|(a, b)| a.occupation().index() != b.occupation().index())
            .map(|(a, b)| (self.measure.score(a.index(), b.index()) + own(a) + own(b), [a.index(), b.index()]));
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or(given, |(_, pair)| pair)
    }

    /// A statement that people named, on this map or not.
    fn named(&self, (occupation, statement): &(String, String), hash: Option<&str>) -> Side {
        let found = self.map.decided_statement(&(occupation.clone(), statement.clone()), hash).ok();
        found.map_or_else(
            || Side {
                occupation: occupation.clone(),
                title: self.map.occupation(occupation).map_or(String::new(), |found| found.title().to_owned()),
                statement: statement.clone(),
                text: String::new(),
                hash: hash.unwrap_or_default().to_owned(),
            },
            side,
        )
    }

    fn disagreement(&self, disagreement: &Disagreement) -> OpenDisagreement {
        let sides = [Some(&disagreement.a), disagreement.b.as_ref()].into_iter().flatten();
        let sides = sides.map(|codes| self.named(codes, None)).collect();
        OpenDisagreement { sides, answers: disagreement.answers.clone() }
    }

    /// What is decided already. Who was unsure about a question is noted with it.
    fn decisions(&self, questions: &mut [Question]) -> Vec<Decided> {
        let mut decided = Vec::new();
        for decision in self.to_ask.ledger.decisions() {
            let sides: Vec<Side> = [(Some(&decision.a), 0), (decision.b.as_ref(), 1)]
                .into_iter()
                .filter_map(|(codes, at)| Some(self.named(codes?, decision.hashes.get(at).and_then(Option::as_deref))))
                .collect();
            if decision.verdict == Verdict::Unsure {
                let is_it = |side: &Side| {
                    sides.iter().any(|own| (&own.occupation, &own.statement) == (&side.occupation, &side.statement))
                };
                if let Some(question) = questions.iter_mut().find(|question| question.sides.iter().all(is_it)) {
                    let between = if question.note.is_empty() || decision.note.is_empty() { "" } else { "; " };
                    question.note = format!("{}{between}{}", question.note, decision.note);
                    question.unsure = true;
                    continue;
                }
            }
            let stale = self.harmony.stale().iter().find(|stale| stale.place == decision.place);
            decided.push(Decided {
                sides,
                verdict: decision.verdict,
                note: decision.note.clone(),
                place: decision.place.clone(),
                stale: stale.map(|stale| stale.reason.clone()),
            });
        }
        decided
    }
}

/// How many statements of a concept are compared to find the two to show.
const MOST_SHOWN: usize = 30;
/// How much less alike two statements may be to be shown for one of the pathway's own.
const OWN: f64 = 0.03;

fn side(statement: Statement<'_>) -> Side {
    let occupation = statement.occupation();
    Side {
        occupation: occupation.id().to_owned(),
        title: occupation.title().to_owned(),
        statement: statement.id().to_owned(),
        text: statement.text().to_owned(),
        hash: text_hash(statement.text()),
    }
}
