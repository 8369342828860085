//! Pairs that people should review because the score is not certain.

use super::{Harmony, Measure, Pair};
use crate::map::{Statement, StatementIndex};
use crate::order;
use crate::table::no_formula;

/// A pair that a person should decide.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Uncertain {
    /// The two statements.
    pub pair: Pair,
    /// Whether they are in one concept now.
    pub joined: bool,
}

/// Returns the pairs that the score is least certain about: those that were
/// almost joined, and the weakest of each concept if it is within 0.1 of the
/// threshold. The nearest to the threshold come first; ties: by their codes.
///
/// # Complexity
///
/// `O(p log p)` in their number.
pub fn uncertain(measure: &Measure<'_>, harmony: &Harmony) -> Vec<Uncertain> {
    let Some(threshold) = harmony.threshold() else { return Vec::new() };
    let concepts = harmony.concepts();
    let weakest = concepts.iter().filter_map(|c| harmony.cohesion(c.index())?.weakest);
    let doubtful = weakest.filter(|pair| pair.score <= threshold.get() + (threshold.get() - threshold.almost()));
    let joined = doubtful.map(|pair| Uncertain { pair, joined: true });
    let almost = concepts.near().iter().map(|near| {
        let [a, b] = near.statements;
        Uncertain { pair: Pair { a, b, score: near.score }, joined: false }
    });
    let mut uncertain: Vec<Uncertain> = joined.chain(almost).collect();
    let far = |u: &Uncertain| (u.pair.score - threshold.get()).abs();
    let place = |s: StatementIndex| measure.place(s);
    order::by(&mut uncertain, |a, b| {
        let places = |u: &Uncertain| (place(u.pair.a), place(u.pair.b));
        far(a).total_cmp(&far(b)).then_with(|| places(a).cmp(&places(b)))
    });
    uncertain
}

/// Returns pairs as a ledger to fill in. Each row has an empty `decision` and
/// what a person needs to decide: the score, what the decision would do, both
/// texts, what both share, and the hashes by which a later change of the texts
/// is noticed.
///
/// Texts that a spreadsheet would read as a formula begin with an apostrophe.
pub fn review_csv<'r>(measure: &Measure<'_>, rows: impl IntoIterator<Item = (&'r Uncertain, &'r str)>) -> String {
    let header = [
        "decision",
        "occupation_a",
        "statement_a",
        "occupation_b",
        "statement_b",
        "note",
        "score",
        "joined_now",
        "would_change",
        "text_a",
        "text_b",
        "shared",
        "hash_a",
        "hash_b",
    ];
    let mut out = vec![header.map(str::to_owned)];
    for (uncertain, effect) in rows {
        let Uncertain { pair, joined } = uncertain;
        let (Some(a), Some(b)) = (measure.map().statement_at(pair.a), measure.map().statement_at(pair.b)) else {
            continue;
        };
        let evidence = measure.explain(pair.a, pair.b);
        let shared: Vec<&str> = evidence.shared.iter().map(|share| share.term.as_str()).take(8).collect();
        let code = |s: Statement<'_>| (s.occupation().id().to_owned(), s.id().to_owned());
        let ((occupation_a, statement_a), (occupation_b, statement_b)) = (code(a), code(b));
        out.push([
            String::new(),
            occupation_a,
            statement_a,
            occupation_b,
            statement_b,
            String::new(),
            format!("{:.3}", pair.score),
            if *joined { "yes" } else { "no" }.to_owned(),
            no_formula(effect),
            no_formula(a.text()),
            no_formula(b.text()),
            no_formula(&shared.join(" ")),
            crate::text::text_hash(a.text()),
            crate::text::text_hash(b.text()),
        ]);
    }
    crate::table::csv(out)
}
