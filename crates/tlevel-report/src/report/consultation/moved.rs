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
    let ids: Vec<&str> = alone.iter().map(|c| c.statement.as_str()).collect();
    part.saying(format!("Neither side shares {}.", in_ranges(&ids)))
}

/// Ids of statements, three or more that follow one another as `K1 to K5`.
fn in_ranges(ids: &[&str]) -> String {
    let numbered = |id: &str| -> Option<(String, u32)> {
        let letters = id.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((letters.to_owned(), id[letters.len()..].parse().ok()?))
    };
    let follows = |a: &&str, b: &&str| match (numbered(a), numbered(b)) {
        (Some((kind, a)), Some((other, b))) => kind == other && a.checked_add(1) == Some(b),
        _ => false,
    };
    let listed = |run: &[&str]| match run {
        [first, _, .., last] => format!("{first} to {last}"),
        some => some.join(", "),
    };
    ids.chunk_by(follows).map(listed).join(", ")
}

fn side_part<'r>(title: &str, side: &Side) -> Part<'r> {
    let entries = side.neighbours.iter().map(|overlap| overlap_entry(overlap).with(Vec::new()));
    Part::new(format!("{title}: {}", side.name), entries.collect()).or("None with anything in common.")
}

#[cfg(test)]
mod tests {
    use super::in_ranges;

    #[test]
    fn ids_that_follow_one_another_are_a_range() {
        for (ids, listed) in [
            ("K1 K2 K3 K4 K5 S2 S3 B1", "K1 to K5, S2, S3, B1"),
            ("K1 K3 K4 K5", "K1, K3 to K5"),
            ("K9 K10 K11 S12 S13", "K9 to K11, S12, S13"),
            ("K3 K2 K1", "K3, K2, K1"),
            ("A/K1 A/K2 A/K3 B/K4", "A/K1 to A/K3, B/K4"),
            ("one two K K4294967295 K4294967296", "one, two, K, K4294967295, K4294967296"),
            ("K1", "K1"),
            ("", ""),
        ] {
            assert_eq!(in_ranges(&ids.split_whitespace().collect::<Vec<_>>()), listed);
        }
    }
}
