//! The log of what people decided, for the document that results.

use super::Reviewed;
use super::agreement::Agreement;
use super::decisions::{Decision, Decisions};
use crate::derive::DecisionEntry;

/// What became of each decision and comment of a review, in its order: decisions
/// first.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
/// use tlevel::review::{Decisions, apply_decisions, decision_log};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let decisions = Decisions::from_csv(
///     "concept id,decision,comment\nk-data-protection-law,drop,not here\nno-such-thing,drop,\n",
/// )?;
/// let reviewed = apply_decisions(&map, &concepts, &Policy::t_level(), &decisions)?;
/// let log = decision_log(&decisions, &reviewed);
/// assert_eq!((log[0].outcome.as_str(), log[0].comment.as_str()), ("applied", "not here"));
/// assert!(log[1].outcome.starts_with("not applied: "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n c)` for `n` decisions of which `c` could not be applied.
pub fn decision_log(decisions: &Decisions, reviewed: &Reviewed) -> Vec<DecisionEntry> {
    let agreement = Agreement::of(decisions);
    let or = |of_row: &str, of_review: &str| if of_row.is_empty() { of_review } else { of_row }.to_owned();
    let text = |of_row: &str, concept: &str| or(of_row, decisions.text(concept).unwrap_or_default());
    let decided = decisions.decisions().iter().map(|decision| {
        let conflict = reviewed.conflicts.iter().find(|conflict| conflict.place == decision.place);
        let outcome = conflict
            .map_or_else(|| applied(&agreement, decision), |conflict| format!("not applied: {}", conflict.reason));
        DecisionEntry {
            place: decision.place.clone(),
            about: decision.concept.clone(),
            name: decisions.name_in(decision).to_owned(),
            text: text(&decision.text, &decision.concept),
            decision: decisions.in_its_words(&decision.choice).to_string(),
            comment: decision.comment.clone(),
            wording: decision.wording.clone(),
            outcome,
        }
    });
    let remarks = decisions.remarks().iter().map(|remark| DecisionEntry {
        place: remark.place.clone(),
        about: remark.concept.clone(),
        name: or(&remark.number, decisions.name(&remark.concept)),
        text: text(&remark.text, &remark.concept),
        decision: String::new(),
        comment: remark.comment.clone(),
        wording: String::new(),
        outcome: if remark.is_edit {
            "the text was changed, which decides nothing; to change it, write a new wording".to_owned()
        } else {
            "a comment, without a decision".to_owned()
        },
    });
    decided.chain(remarks).collect()
}

/// What became of a decision that was applied, with those that say the same.
fn applied(agreement: &Agreement, decision: &Decision) -> String {
    let others = agreement.alike.iter().find(|alike| alike.places.contains(&decision.place)).into_iter();
    let others: Vec<&str> =
        others.flat_map(|alike| &alike.places).filter(|place| **place != decision.place).map(String::as_str).collect();
    let applied = DecisionEntry::APPLIED;
    if others.is_empty() { applied.to_owned() } else { format!("{applied}; so says {}", others.join("; ")) }
}
