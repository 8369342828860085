//! A difference in words, for all formats.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::change::{
    BranchTier, CauseKind, Effect, Fate, ItemEffect, MapDiff, MatchedBy, OccupationAt, OccupationPlace,
    ProgrammeEffect, Standing, StatementAt, TeachingDate,
};
use crate::derive::MapInfo;
use crate::text::name_key;

/// One kind of change, with all changes of that kind.
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) entries: Vec<Entry>,
}

/// One change: a line, and lines below it with a word before each.
pub(super) struct Entry {
    pub(super) head: String,
    pub(super) lines: Vec<(&'static str, String)>,
}

impl Entry {
    pub(super) fn new(head: String) -> Self {
        Entry { head, lines: Vec::new() }
    }
}

/// What a map is called.
pub(super) fn name_of(map: &MapInfo) -> String {
    let title = map.title.as_deref().unwrap_or("an untitled map");
    map.published.as_ref().map_or_else(|| title.to_owned(), |date| format!("{title} ({date})"))
}

/// The changes of a map, by kind; kinds without any are left out.
pub(super) fn map_sections(diff: &MapDiff) -> Vec<Section> {
    let mut out = branch_sections(diff);
    occupation_sections(diff, &mut out);
    statement_sections(diff, &mut out);
    out
}

fn section<T>(out: &mut Vec<Section>, title: &'static str, list: &[T], entry: impl Fn(&T) -> Entry) {
    if !list.is_empty() {
        out.push(Section { title, entries: list.iter().map(entry).collect() });
    }
}

fn line<T>(out: &mut Vec<Section>, title: &'static str, list: &[T], head: impl Fn(&T) -> String) {
    section(out, title, list, |thing| Entry::new(head(thing)));
}

fn branch_sections(diff: &MapDiff) -> Vec<Section> {
    let mut out = Vec::new();
    let branch = |tier: BranchTier, name: &str, id: &str| format!("{tier} {name} ({id})");
    line(&mut out, "Branches added", &diff.branches_added, |b| branch(b.tier, &b.name, &b.id));
    line(&mut out, "Branches removed", &diff.branches_removed, |b| branch(b.tier, &b.name, &b.id));
    line(&mut out, "Branches renamed", &diff.branches_renamed, |b| {
        format!("{} {} is now {} ({})", b.tier, b.from, b.to, b.id)
    });
    line(&mut out, "Branches moved", &diff.branches_moved, |b| {
        format!("{}: from {} to {}", branch(b.tier, &b.name, &b.id), b.from.name, b.to.name)
    });
    let reasons = |reasons: &[String]| if reasons.is_empty() { "no reason".to_owned() } else { reasons.join(", ") };
    section(&mut out, "Opened to T Levels", &diff.opened, |b| {
        Entry::new(format!("{}: was apprenticeship-only for {}", branch(b.tier, &b.name, &b.id), reasons(&b.reasons)))
    });
    section(&mut out, "Closed to T Levels", &diff.closed, |b| Entry {
        head: format!("{}: apprenticeship-only for {}", branch(b.tier, &b.name, &b.id), reasons(&b.reasons)),
        lines: b.note.iter().map(|note| ("note", note.clone())).collect(),
    });
    section(&mut out, "Apprenticeship-only for other reasons", &diff.marks_changed, |b| Entry {
        head: format!("{}: {} is now {}", branch(b.tier, &b.name, &b.id), reasons(&b.from), reasons(&b.to)),
        lines: b.note.iter().map(|note| ("note", note.clone())).collect(),
    });
    line(&mut out, "Dates of first teaching", &diff.teaching, |b| {
        let which = if b.date == TeachingDate::Planned { "planned" } else { "first taught" };
        let date = |date: &Option<String>| date.as_deref().unwrap_or("no date").to_owned();
        format!("{}: {which} {} is now {}", branch(b.tier, &b.name, &b.id), date(&b.from), date(&b.to))
    });
    out
}

pub(super) fn path(place: &OccupationPlace) -> String {
    format!("{} > {} > {}", place.route.name, place.pathway.name, place.cluster.name)
}

/// The ids of occupations by title, in their order.
fn by_title(occupations: &[OccupationAt]) -> HashMap<String, Vec<&str>> {
    let mut out: HashMap<String, Vec<&str>> = HashMap::new();
    for occupation in occupations {
        out.entry(name_key(&occupation.title)).or_default().push(&occupation.id);
    }
    out
}

fn occupation_sections(diff: &MapDiff, out: &mut Vec<Section>) {
    let at = |o: &OccupationAt| {
        let mut head = format!("{} ({}), level {}, in {}", o.title, o.id, o.level, path(&o.place));
        if let Some(reason) = &o.set_aside {
            let _ = write!(head, "; the other map has set it aside ({reason})");
        }
        head
    };
    // who has another id is not matched; what is called the same is said
    let same = |o: &OccupationAt, others: &HashMap<String, Vec<&str>>, fate: &str| {
        let named = others.get(&name_key(&o.title)).map(|ids| {
            let verb = if ids.len() == 1 { "has" } else { "have" };
            ("same", format!("{}, which {verb} been {fate}, {verb} this title", ids.join(", ")))
        });
        Entry { head: at(o), lines: named.into_iter().collect() }
    };
    let (added, removed) = (by_title(&diff.occupations_added), by_title(&diff.occupations_removed));
    section(out, "Occupations added", &diff.occupations_added, |o| same(o, &removed, "removed"));
    section(out, "Occupations removed", &diff.occupations_removed, |o| same(o, &added, "added"));
    section(out, "Occupations moved", &diff.moved, |o| Entry {
        head: format!("{} ({}), to another {}", o.title, o.id, o.across),
        lines: vec![("from", path(&o.from)), ("to  ", path(&o.to))],
    });
    line(out, "Other levels", &diff.relevelled, |o| format!("{} ({}): level {} to {}", o.title, o.id, o.from, o.to));
    section(out, "Other titles", &diff.retitled, |o| {
        let mut entry = Entry::new(format!("{} is now {} ({})", o.from, o.to, o.id));
        if o.was_approved {
            entry.lines.push(("flagged", "the old standard was approved: its title was fixed".to_owned()));
        }
        entry
    });
    line(out, "Status of standards", &diff.status, |o| {
        format!("{} ({}): {} is now {}", o.title, o.id, o.from.name(), o.to.name())
    });
    line(out, "Other details of occupations", &diff.details, |o| {
        format!("{} ({}): {}", o.title, o.id, o.members.join(", "))
    });
}

fn statement_sections(diff: &MapDiff, out: &mut Vec<Section>) {
    let at = |s: &StatementAt| format!("{} ({}) {}: {}", s.title, s.occupation, s.statement, s.text);
    line(out, "Statements added", &diff.statements_added, at);
    line(out, "Statements removed", &diff.statements_removed, at);
    section(out, "Statements reworded", &diff.reworded, |s| {
        let was = if s.was == s.statement { String::new() } else { format!(", was {}", s.was) };
        let by = if s.matched_by == MatchedBy::Id { "" } else { ", matched by likeness" };
        Entry {
            head: format!("{} ({}) {}{was}: {:.2} alike{by}", s.title, s.occupation, s.statement, s.likeness),
            lines: vec![("old", s.from.clone()), ("new", s.to.clone())],
        }
    });
    line(out, "Statements renumbered", &diff.renumbered, |s| {
        format!("{} ({}): {} is now {}", s.title, s.occupation, s.from, s.to)
    });
    line(out, "Statements of other options", &diff.options_changed, |s| {
        let list = |ids: &[String]| if ids.is_empty() { "the core".to_owned() } else { ids.join(", ") };
        format!("{} ({}) {}: {} is now {}", s.title, s.occupation, s.statement, list(&s.from), list(&s.to))
    });
}

/// What is to be said of the effect as a whole.
pub(super) fn effect_sections(effect: &Effect) -> Vec<String> {
    let Some(policy) = &effect.policy else { return Vec::new() };
    let mut parts = Vec::new();
    for (what, [from, to]) in [("quorum", &policy.quorum), ("route quorum", &policy.route_quorum)] {
        if from != to {
            parts.push(format!("{what} {from} is now {to}"));
        }
    }
    parts.extend(policy.others.iter().map(|member| format!("{member} differs")));
    vec![format!("The policy differs: {}.", parts.join("; "))]
}

/// Why a programme appears or disappears.
pub(super) fn branch_fate(programme: &ProgrammeEffect) -> Option<String> {
    let reason = programme.reason.as_deref()?;
    let branch = programme.branch.as_ref().map_or_else(String::new, |b| format!(" ({b})"));
    let reason = match reason {
        "apprenticeship-only" => format!("apprenticeship-only{branch}"),
        "no-occupation" => "without an occupation".to_owned(),
        "no-eligible-occupation" => "without an eligible occupation".to_owned(),
        "not-on-the-map" => "not on the map".to_owned(),
        other => other.to_owned(),
    };
    match programme.fate {
        Fate::Appears => Some(format!("The pathway was {reason}.")),
        Fate::Disappears => Some(format!("The pathway is now {reason}.")),
        Fate::Changes => None,
    }
}

/// Where an item comes from or goes, and the causes of that, a line each.
pub(super) fn why(item: &ItemEffect, gained: bool) -> Vec<String> {
    let place = match item.other {
        Standing::RouteCore => Some("the route core"),
        Standing::PathwayCore => Some("the pathway core"),
        Standing::Specialism if !gained => Some("a specialism"),
        Standing::Specialism | Standing::None => None,
    };
    let verb = if gained { "was in" } else { "is now in" };
    let place = place.map(|place| format!("{verb} {place}"));
    let causes = item.causes.iter().map(|c| {
        let words = cause(c.kind, c.occupation.as_deref(), c.statement.as_deref(), c.branch.as_deref());
        format!("because {words}")
    });
    place.into_iter().chain(causes).collect()
}

/// A cause in words.
fn cause(kind: CauseKind, occupation: Option<&str>, statement: Option<&str>, branch: Option<&str>) -> String {
    let (occupation, statement) = (occupation.unwrap_or_default(), statement.unwrap_or_default());
    let branch = branch.unwrap_or_default();
    match kind {
        CauseKind::OccupationAdded => format!("{occupation} is new"),
        CauseKind::OccupationRemoved => format!("{occupation} is no more"),
        CauseKind::OccupationMoved => format!("{occupation} moved"),
        CauseKind::OccupationReLevelled => format!("{occupation} is at another level"),
        CauseKind::OccupationStatements => format!("{occupation} gained or lost all that counts"),
        CauseKind::BranchOpened => format!("{branch} was opened, and {occupation} with it"),
        CauseKind::BranchClosed => format!("{branch} was closed, and {occupation} with it"),
        CauseKind::StatementAdded => format!("{occupation} {statement} is new"),
        CauseKind::StatementRemoved => format!("{occupation} {statement} is no more"),
        CauseKind::StatementReworded => format!("{occupation} {statement} is worded otherwise"),
        CauseKind::StatementOptions => format!("{occupation} {statement} is of other options"),
        CauseKind::StatementRegrouped => format!("{occupation} {statement} is joined with others than before"),
        CauseKind::Policy if occupation.is_empty() => "the policy differs".to_owned(),
        CauseKind::Policy => format!("the policy treats {occupation} otherwise"),
        _ if occupation.is_empty() => "of something else".to_owned(),
        _ => format!("of something else about {occupation}"),
    }
}
