//! (b) An occupation that may move, under the consultation's own points.

use super::facts;
use super::words::{
    NOT_TOLD, bullet, effect_part, known, link_entry, not_recorded, nth, of_target, or_none, outcome_line,
    overlap_entry, placed, placed_overlap_entry, placement_part,
};
use crate::count::count;
use crate::report::difference_words::{entry, path};
use crate::report::sheet::{Part, Sheet};
use crate::report::{ITS_TITLE, verdict};
use itertools::Itertools as _;
use tlevel::consult::{Comparison, MoveScreening, Side, Tie};
use tlevel::map::BranchTier;

pub(super) fn of_move(moved: &MoveScreening) -> Sheet<'_> {
    let occupation = &moved.occupation;
    let (from, to) = (&moved.from, &moved.to);
    let mut lead = vec![format!("From {} to {}.", path(&occupation.place), path(&moved.target.cluster))];
    lead.extend(of_target(&moved.target, moved.placement.verdict));
    lead.push(shared(moved));
    if let (Some(own), Some(new)) = (moved.rank_from, moved.rank_to) {
        lead.push(format!(
            "Placed as if it were new: its present cluster comes {}, the proposed one {}.",
            nth(own),
            nth(new)
        ));
    }
    if let Some(regulation) = &moved.regulation {
        lead.push(format!("It is {}.", facts::regulated(regulation.by.as_deref())));
    }
    if !moved.ties.is_empty() {
        lead.push(format!("It requires {}.", count(moved.ties.len(), "qualification")));
    }
    lead.extend(facts::apprenticeship(&moved.facts));
    lead.push(outcome_line(&moved.outcome, "The move"));
    let regulation = moved.regulation.iter().map(facts::regulation_entry);
    let tie = |tie: &Tie| {
        let elsewhere = (!tie.elsewhere.is_empty()).then(|| ("elsewhere", placed(&tie.elsewhere)));
        let sides = [("asked now by", or_none(&tie.from)), ("asked there by", or_none(&tie.to))];
        entry(format!("requires {}", tie.qualification), sides.into_iter().chain(elsewhere))
    };
    let ties = moved.ties.iter().map(tie);
    let barriers = moved.barriers.iter().map(|barrier| bullet(format!("barrier: {barrier}")));
    let lines = vec![verdict(ITS_TITLE, &moved.placement)];
    let elsewhere = match moved.across {
        BranchTier::Route => "another route",
        BranchTier::Pathway => "another pathway",
        BranchTier::Cluster => "another cluster",
    };
    Sheet {
        title: known(occupation),
        right: format!("(b) move to {elsewhere}?"),
        lead,
        parts: [
            Part::new(
                "(b1) Which occupations share its statements? The nearest five",
                moved.nearest.iter().map(placed_overlap_entry).collect(),
            )
            .or("None shares a statement or a topic."),
            comparison_part(&moved.comparison),
            side_part("(b1) Neighbours that it would leave", from),
            side_part("(b1) Neighbours that it would join", to),
            Part::new("(b2) What ties it to a route?", regulation.chain(ties).chain(barriers).collect())
                .or(facts::no_tie(&moved.facts)),
            Part::new("(b3) Where are its linked occupations?", moved.links.iter().map(link_entry).collect())
                .or("None is declared."),
            Part::new("(b4) Are there other reasons?", Vec::new()).or(NOT_TOLD),
            placement_part(&moved.placement, &moved.places, lines),
            effect_part(&moved.outcome, "The move"),
        ]
        .into(),
        unsaid: not_recorded(&moved.open_questions, &moved.missing),
        behind: Vec::new(),
    }
}

/// How much an occupation shares with each side of its move.
pub(super) fn shared(moved: &MoveScreening) -> String {
    let (from, to) = (&moved.from, &moved.to);
    if from.of == 0 {
        return "Its statements are not known, so what it shares with either side is not known either.".to_owned();
    }
    let of = count(from.of, "item");
    format!("Of its {of}, {} are shared with {} and {} with {}.", from.shared, from.name, to.shared, to.name)
}

fn comparison_part<'r>(comparison: &[Comparison]) -> Part<'r> {
    let (shared, alone): (Vec<&Comparison>, Vec<&Comparison>) =
        comparison.iter().partition(|c| !c.from.is_empty() || !c.to.is_empty());
    let compared = |c: &&Comparison| {
        entry(
            format!("{} {}", c.statement, c.text),
            vec![("shared now", or_none(&c.from)), ("after the move", or_none(&c.to))],
        )
    };
    let part = Part::new("(b1) Statement by statement", shared.iter().map(compared).collect());
    if alone.is_empty() {
        return part;
    }
    let ids = alone.iter().map(|c| c.statement.as_str()).join(", ");
    part.saying(format!("Neither side shares {ids}."))
}

fn side_part<'r>(title: &str, side: &Side) -> Part<'r> {
    let entries = side.neighbours.iter().map(|overlap| overlap_entry(overlap).with(Vec::new()));
    Part::new(format!("{title}: {}", side.name), entries.collect()).or("None with anything in common.")
}
