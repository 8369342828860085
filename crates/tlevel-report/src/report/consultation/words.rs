//! Words and parts that several screenings share.

use itertools::Itertools as _;

use crate::count::count;
use crate::document::{Entry, Listing, Mark};
use crate::report::difference_words::{entry, path};
use crate::report::sheet::Part;
use crate::report::{reason, sure};
use tlevel::change::{BranchAt, OccupationPlace};
use tlevel::consult::{
    KnownOccupation, Link, LinkDirection, MissingFact, NamedPlace, Neighbour, OpenQuestion, Outcome, Overlap, Target,
};
use tlevel::map::OccupationName;
use tlevel::place::{Placement, Verdict};

/// How many names a line shows when there are too many for it.
const NAMED: usize = 4;
/// How many words are named for each suggestion.
const WORDS: usize = 5;
/// How many clusters are named.
const CLUSTERS: usize = 3;
/// The smallest share of a score that does not round to 0.00.
const LITTLE: f64 = 0.005;
/// The smallest likeness that is listed.
pub(super) const LEAST_LIKE: f64 = 0.05;
/// What a bullet of the consultation says that no map can answer.
pub(super) const NOT_TOLD: &str = "The map does not say.";

pub(super) fn bullet(head: String) -> Entry {
    Entry::new(head).marked(Mark::Bullet)
}

pub(super) fn known(o: &KnownOccupation) -> String {
    format!("{} ({}), level {}", o.title, o.id, o.level)
}

pub(super) fn names(list: &[OccupationName]) -> String {
    list.iter().map(|o| format!("{} ({})", o.title, o.id)).join("; ")
}

/// The names of occupations; "none" if there are none.
pub(super) fn or_none(list: &[OccupationName]) -> String {
    if list.is_empty() { "none".to_owned() } else { names(list) }
}

pub(super) fn outcome_line(outcome: &Outcome, what: &str) -> String {
    match outcome.size {
        0 if outcome.effect.is_empty() => format!("{what} changes no programme."),
        0 => format!("{what} changes the content of some specialisms and nothing else in the programmes."),
        size => format!(
            "{what} makes {} to the programmes (core items, specialisms and programmes gained or lost).",
            count(size, "change")
        ),
    }
}

pub(super) fn effect_part<'r>(outcome: &'r Outcome, what: &str) -> Part<'r> {
    let part = Part::new("What it would do to the programmes", Vec::new());
    let part = if outcome.effect.is_empty() { part.saying(outcome_line(outcome, what)) } else { part };
    Part { effect: Some(&outcome.effect), ..part }
}

/// What the map does not say: the last part of every sheet; two parts if the
/// names of a list are too many for a brief listing.
pub(super) fn not_recorded<'r>(questions: &[OpenQuestion], missing: &[MissingFact]) -> Vec<Part<'r>> {
    let part = |most: usize, only: Option<Listing>| {
        let mut entries: Vec<Entry> = missing.iter().map(|fact| bullet(missing_words(fact, most))).collect();
        entries.extend(questions.iter().map(|question| bullet(asked(question))));
        let part = Part { only, ..Part::new("What the map does not say", entries) };
        match missing.len() {
            0 => part.saying("No map can answer these; people have to."),
            n => part.saying(format!(
                "This map does not record the first{}. No map can answer the others; people have to.",
                if n == 1 { String::new() } else { format!(" {n}") }
            )),
        }
    };
    if missing.iter().all(|fact| fact.of.len() <= NAMED) {
        return vec![part(NAMED, None)];
    }
    vec![part(usize::MAX, Some(Listing::Full)), part(NAMED, Some(Listing::Brief))]
}

/// A question with the bullet of the consultation to which it belongs.
pub(super) fn asked(question: &OpenQuestion) -> String {
    let of = match question.code.as_str() {
        "training" => "(a1) ",
        "recognised" | "demand" => "(a2) ",
        "employers" => "(a5) ",
        "key-statements" => "(b1) ",
        "other-requirements" => "(b2) ",
        "careers" => "(b3) ",
        "classroom" | "equipment" | "two-years" => "(c1) ",
        "placement" => "(c2) ",
        _ => "",
    };
    format!("{of}{}", question.asks)
}

pub(super) fn missing_words(fact: &MissingFact, most: usize) -> String {
    let what = match fact.code.as_str() {
        "no-statements" => "No knowledge, skill or behaviour",
        "no-level" => "No level",
        "no-progression" => "No link to or from another occupation",
        "no-mandatory-qualifications" => "No mandatory qualification (none is needed, or it is not recorded)",
        "no-barriers" => "No barrier (there is none, or it is not recorded)",
        "no-reasons" => "No reason for the mark",
        other => other,
    };
    let shown = fact.of.len().min(most);
    let more = match fact.of.len() - shown {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    format!("{what}: {}{more}", names(fact.of.get(..shown).unwrap_or(&fact.of)))
}

pub(super) fn overlap_entry(overlap: &Overlap) -> Entry {
    let topics = overlap.topics.iter().map(|topic| topic.heading.as_str()).join("; ");
    let topics = (!topics.is_empty()).then_some(("topics", topics));
    let head = if overlap.of == 0 {
        format!("{}: likeness {:.2}", known(&overlap.occupation), overlap.likeness)
    } else {
        let (shared, of, others) = (overlap.shared, overlap.of, overlap.of_other.saturating_sub(overlap.shared));
        let items = count(of, "item");
        let has = match (shared, others) {
            (0, 0) => "its statements are not known".to_owned(),
            (shared, 0) => format!("has {shared} of the {items}, and no others"),
            (0, others) => format!("has none of the {items}, and {}", count(others, "other")),
            (shared, others) => format!("has {shared} of the {items}, and {}", count(others, "other")),
        };
        format!("{}: {has}; likeness {:.2}", known(&overlap.occupation), overlap.likeness)
    };
    let lines = overlap.statements.iter().map(|pair| {
        let (own, other) = (&pair.statement, &pair.other);
        if pair.text == pair.other_text {
            ("same", format!("{own} = {other}: {}", pair.text))
        } else {
            ("like", format!("{own}: {} / {other}: {} (likeness {:.2})", pair.text, pair.other_text, pair.likeness))
        }
    });
    entry(head, topics.into_iter().chain(lines))
}

/// An overlap with the place of the other occupation, without its statements.
pub(super) fn placed_overlap_entry(overlap: &Overlap) -> Entry {
    let mut entry = overlap_entry(overlap);
    entry.entries.retain(|line| line.label.trim() == "topics");
    entry.entries.insert(0, Entry::labelled("in", path(&overlap.occupation.place)));
    entry
}

/// Where others are that have the same, for a line.
pub(super) fn placed(list: &[KnownOccupation]) -> String {
    let shown = list.iter().take(NAMED).map(|o| format!("{} ({}), in {}", o.title, o.id, path(&o.place))).join("; ");
    match list.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

pub(super) fn neighbour_entry(near: &Neighbour) -> Entry {
    let (place, likeness) = (path(&near.occupation.place), near.likeness);
    bullet(format!("{}, in {place}: likeness {likeness:.2}", known(&near.occupation)))
}

pub(super) fn link_entry(link: &Link) -> Entry {
    let way = match link.direction {
        LinkDirection::LeadsTo => "leads to",
        LinkDirection::ComesFrom => "comes from",
    };
    match &link.occupation {
        Some(other) => entry(format!("{way} {}", known(other)), vec![("in", path(&other.place))]),
        None => bullet(format!("{way} {}, which is not on the map", link.id)),
    }
}

pub(super) fn placement_part<'r>(placement: &Placement, places: &[OccupationPlace], lines: Vec<String>) -> Part<'r> {
    let entries = placement.suggestions.iter().zip(places).take(CLUSTERS).filter_map(|(suggestion, place)| {
        let telling = suggestion.evidence.iter().filter(|share| share.share >= LITTLE).take(WORDS);
        let reasons = telling.map(reason).join(", ");
        let lines = vec![("in", format!("{} > {}", place.route.name, place.pathway.name)), ("why", reasons.clone())];
        (!reasons.is_empty()).then(|| entry(format!("{}: {}", place.cluster.name, sure(suggestion.confidence)), lines))
    });
    Part { lines, ..Part::new("Clusters that suit it", entries.collect()) }.or("No cluster is known to suit it.")
}

pub(super) fn closed(branch: &BranchAt) -> String {
    format!("the {} {} is apprenticeship-only", branch.tier, branch.name)
}

/// Remarks on the cluster of a target. Too little may be known to say that one fits best.
pub(super) fn of_target(target: &Target, verdict: Verdict) -> Option<String> {
    let (cluster, named) = (&target.cluster.cluster.name, &target.named.name);
    let suggested = target.is_suggested.then(|| match verdict {
        Verdict::TooLittle => format!("Nothing tells which cluster in {named} suits it; {cluster} is assumed."),
        _ => format!("Of the clusters in {named}, {cluster} fits it best."),
    });
    let closed =
        target.closed_by.as_ref().map(|branch| format!("The {} {} is apprenticeship-only.", branch.tier, branch.name));
    let said: Vec<String> = suggested.into_iter().chain(closed).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The reason for a mark, in words.
pub(super) fn mark_reason(reason: &str) -> String {
    match reason {
        "barred-under-18" => "barred to under-18s".to_owned(),
        "policy" => "named in the policy".to_owned(),
        other => other.replace('-', " "),
    }
}

pub(super) fn nth(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// Places with how many name each: "Construction (2)".
pub(super) fn names_with_counts(places: &[NamedPlace]) -> String {
    places.iter().map(|place| format!("{} ({})", place.branch.name, place.responses)).join("; ")
}

/// What a map lacks, in a few words.
pub(super) fn missing_names(missing: &[MissingFact]) -> String {
    let name = |fact: &MissingFact| match fact.code.as_str() {
        "no-statements" => "statements".to_owned(),
        "no-level" => "level".to_owned(),
        "no-progression" => "links".to_owned(),
        "no-mandatory-qualifications" => "mandatory qualifications".to_owned(),
        "no-barriers" => "barriers".to_owned(),
        "no-reasons" => "reasons for the mark".to_owned(),
        other => other.to_owned(),
    };
    missing.iter().map(name).join("; ")
}
