//! Questions of the consultation that no map can answer, and facts that this
//! map lacks.

use super::model::{LinkDirection, MissingFact, OpenQuestion, name_of};
use super::{KnownOccupation, Link};
use crate::map::{Map, Occupation, OccupationName};

type Questions = &'static [(&'static str, &'static str)];

/// (a) Questions about a new occupation.
pub(super) const NEW: Questions = &[
    ("training", "Does it take significant training to become competent in it?"),
    ("recognised", "Is it a recognised occupation that stands on its own?"),
    ("demand", "Does the labour market need people in it?"),
    ("employers", "Do employers of different kinds and sizes have it?"),
];

/// (b) Questions about a move.
pub(super) const MOVE: Questions = &[
    ("key-statements", "Which of its statements are key? The map lists them all alike."),
    (
        "other-requirements",
        "Does anything beyond the recorded qualifications tie it to a route (a law, a professional body)?",
    ),
    ("careers", "Where do people come from and go to in practice, beyond the declared links?"),
];

/// (c) Questions about opening a branch.
pub(super) const OPEN: Questions = &[
    ("classroom", "Can each of its occupations be learnt in a classroom?"),
    ("equipment", "Can colleges have the machinery and premises that it needs?"),
    ("placement", "Would employers take 16 and 17 year olds on placement for it?"),
    ("two-years", "Would those who teach it say that there is content for two years?"),
];

/// Questions about occupations without a standard.
pub(super) const GAPS: Questions = &[
    ("demand", "Does the labour market need people in it?"),
    ("training", "Does it take significant training to become competent in it?"),
    ("standard-or-qualification", "Is a standard wanted for it, a technical qualification, or neither?"),
];

pub(super) fn open(asked: Questions) -> Vec<OpenQuestion> {
    let question = |(code, asks): &(&str, &str)| OpenQuestion { code: (*code).to_owned(), asks: (*asks).to_owned() };
    asked.iter().map(question).collect()
}

/// The facts that some occupations lack. Facts that all have are left out.
pub(super) fn missing(facts: impl IntoIterator<Item = (&'static str, Vec<OccupationName>)>) -> Vec<MissingFact> {
    let fact = |(code, of): (&str, Vec<OccupationName>)| MissingFact { code: code.to_owned(), of };
    facts.into_iter().filter(|(_, of)| !of.is_empty()).map(fact).collect()
}

/// The missing facts of occupations of the map.
pub(super) fn missing_of<'m>(map: &'m Map, occupations: &[Occupation<'m>]) -> Vec<MissingFact> {
    let without = |has: &dyn Fn(&Occupation<'m>) -> bool| -> Vec<OccupationName> {
        occupations.iter().filter(|o| !has(o)).map(|o| name_of(*o)).collect()
    };
    let linked = |o: &Occupation<'_>| !o.raw().progresses_to.is_empty() || led_to(map, o.id()).next().is_some();
    missing([
        ("no-statements", without(&|o| o.statements().any(|s| s.says_something()))),
        ("no-progression", without(&linked)),
        ("no-mandatory-qualifications", without(&|o| !o.raw().mandatory_qualifications.is_empty())),
        ("no-barriers", without(&|o| !o.raw().barriers.is_empty())),
    ])
}

/// The other occupations that declare a link to this one.
fn led_to<'m>(map: &'m Map, id: &str) -> impl Iterator<Item = Occupation<'m>> {
    map.occupations().filter(move |o| o.id() != id && o.raw().progresses_to.iter().any(|to| to == id))
}

/// The declared links of an occupation: those that it leads to, in declared
/// order, then those that lead to it, in the order of the map.
pub(super) fn links(map: &Map, id: &str, progresses_to: &[String]) -> Vec<Link> {
    let leads = progresses_to.iter().map(|to| Link {
        direction: LinkDirection::LeadsTo,
        id: to.clone(),
        occupation: map.occupation(to).map(KnownOccupation::of),
    });
    let comes = led_to(map, id).map(|from| Link {
        direction: LinkDirection::ComesFrom,
        id: from.id().to_owned(),
        occupation: Some(KnownOccupation::of(from)),
    });
    leads.chain(comes).collect()
}
