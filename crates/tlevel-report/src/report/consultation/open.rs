//! (c) A branch that may be opened, under the consultation's own points.

use itertools::Itertools as _;

use super::facts::{self, thousands};
use super::words::{effect_part, known, mark_reason, not_recorded, outcome_line};
use crate::count::count;
use crate::document::Entry;
use crate::report::difference_words::entry;
use crate::report::sheet::{Part, Sheet};
use tlevel::consult::{BranchOccupation, ContentEstimate, MarkSource, OpenScreening, ProgrammeContent, WordGroup};

pub(super) fn of_open(open: &OpenScreening) -> Sheet<'_> {
    let all = &open.occupations;
    let reasons: Vec<&str> = open.marks.iter().flat_map(|m| m.reasons.iter().map(String::as_str)).unique().collect();
    let reasons = if reasons.is_empty() { "none recorded".to_owned() } else { in_words(&reasons) };
    let many = |has: fn(&BranchOccupation) -> bool| all.iter().filter(|o| has(o)).count();
    let is_marked = open.marks.iter().any(|m| m.branch.tier < open.branch.tier || m.branch.id == open.branch.id);
    let mut lead = vec![if is_marked {
        format!("Apprenticeship-only. Reasons: {reasons}.")
    } else {
        let within = open.within.iter().map(|within| within.branch.name.as_str()).join("; ");
        format!(
            "It is open to T Levels. These branches within it are apprenticeship-only: {within}. Reasons: {reasons}."
        )
    }];
    lead.push(format!(
        "{}: {} at the level of a T Level, {} with barriers, {} with mandatory qualifications, and {} whose statements \
         or duties mention age, licences or machinery.",
        count(all.len(), "occupation"),
        many(|o| o.at_level),
        many(|o| !o.barriers.is_empty()),
        many(|o| !o.mandatory_qualifications.is_empty()),
        many(|o| !o.words.is_empty()),
    ));
    lead.extend(facts::of_branch(all));
    // of an open branch, each marked branch in it has its own estimate
    if open.within.is_empty() {
        lead.extend(content_lines(&open.content));
    }
    lead.push(outcome_line(&open.outcome, "Opening it"));
    let marks = open.marks.iter().map(|mark| {
        let source = if mark.source == MarkSource::Map { "the map" } else { "the policy" };
        let reasons = if mark.reasons.is_empty() { "no reason".to_owned() } else { in_words(&mark.reasons) };
        entry(
            format!("{} {} ({}): {reasons}; marked by {source}", mark.branch.tier, mark.branch.name, mark.branch.id),
            mark.note.iter().map(|note| ("note", note.clone())),
        )
    });
    let mut marks = Part::new("Recorded reasons", marks.collect());
    if !open.lifted.kept_closed.is_empty() {
        marks = marks.saying(format!(
            "A mark above it also closes other branches. These stay closed, to show the effect of this one alone: {}.",
            open.lifted.kept_closed.join(", ")
        ));
    }
    let suits = Part::new(
        "(c1) Do all its occupations suit the classroom?",
        all.iter().map(|o| open_entry(o, &[WordGroup::Machinery])).collect(),
    )
    .or("It has no occupations.")
    .saying("Words are quoted for you to judge; they are not a verdict.");
    let young = all.iter().filter(|o| {
        !o.barriers.is_empty()
            || o.facts.regulated == Some(true)
            || o.words.iter().any(|w| w.group != WordGroup::Machinery)
    });
    let young = Part::new(
        "(c2) Could 16 and 17 year olds learn it, and be on placement?",
        young.map(|o| open_entry(o, &[WordGroup::Age, WordGroup::Licence])).collect(),
    )
    .or("No barrier, regulation, age or licence is recorded. The map says no more.");
    Sheet {
        title: format!("{} ({})", open.branch.name, open.branch.id),
        right: "(c) open to T Levels?".to_owned(),
        lead,
        parts: [marks, suits, young, effect_part(&open.outcome, "Opening it")].into(),
        unsaid: not_recorded(&open.open_questions, &open.missing),
        behind: open.within.iter().map(of_open).collect(),
    }
}

fn in_words(reasons: &[impl AsRef<str>]) -> String {
    reasons.iter().map(|reason| mark_reason(reason.as_ref())).join(", ")
}

fn content_lines(content: &ContentEstimate) -> Vec<String> {
    if content.programmes.is_empty() {
        return vec!["No programme would result, so there is no content to compare with two years.".to_owned()];
    }
    let line = |p: &ProgrammeContent| {
        if p.weight == 0 {
            return format!("{}: no knowledge or skill is recorded, so its hours cannot be estimated.", p.name);
        }
        let has = format!("{} of knowledge and skill", count(p.items, "item"));
        let (Some(share), Some(hours)) = (p.share, p.hours) else {
            return format!("{}: {has}. No programme of this map has content to compare it with.", p.name);
        };
        let [least, most] = content.qualification_hours.map(|hours| thousands(i64::from(hours)));
        let [from, to] = hours.map(|hours| thousands(i64::from(hours)));
        format!(
            "{}: about {from} to {to} hours, against {least} to {most} for a T Level. This is a rough estimate from {has}: \
             {:.0}% of the content of a typical programme (the median of {}).",
            p.name,
            share * 100.0,
            content.of,
        )
    };
    content.programmes.iter().map(line).collect()
}

/// An occupation with what matters to a point: words of these groups, and for the young
/// also barriers and regulation.
fn open_entry(o: &BranchOccupation, groups: &[WordGroup]) -> Entry {
    let is_on_the_young = groups.contains(&WordGroup::Age);
    let level = if o.at_level { "" } else { " (not the level of a T Level)" };
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    if is_on_the_young {
        lines.extend(o.barriers.iter().map(|barrier| ("barrier", barrier.clone())));
        lines.extend(facts::lines(&o.facts).into_iter().filter(|(label, _)| *label == "regulated"));
    } else {
        lines.extend(o.mandatory_qualifications.iter().map(|q| ("requires", q.clone())));
        lines.extend(facts::lines(&o.facts).into_iter().filter(|(label, _)| *label != "regulated"));
    }
    lines.extend(o.words.iter().filter(|word| groups.contains(&word.group)).map(|word| {
        let group = match word.group {
            WordGroup::Age => "age",
            WordGroup::Licence => "licence",
            WordGroup::Machinery => "machinery",
        };
        (group, format!("\"{}\" in {}: {}", word.words.join("\", \""), word.statement, word.text))
    }));
    entry(format!("{}{level}", known(&o.occupation)), lines)
}
