//! A difference in words, for all formats.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use indexmap::IndexMap;
use itertools::Itertools as _;

use crate::count::count;
use crate::document::{Entry, Mark};
use tlevel::change::{
    BranchAt, Cause, CauseKind, Difference, DutyAt, Effect, Fate, ItemEffect, MapDiff, MapSide, MatchedBy,
    OccupationAt, OccupationPlace, OptionAt, ProgrammeEffect, RecodedBy, SpecialismEffect, Standing, StatementAt,
    Summary, TeachingDate,
};
use tlevel::map::{BranchTier, MapInfo};

/// One kind of change, with all changes of that kind.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// How many there are; an entry may cover several.
    pub(super) count: usize,
    pub(super) entries: Vec<Entry>,
}

/// One change: a line.
fn bullet(head: String) -> Entry {
    Entry::new(head).marked(Mark::Bullet)
}

/// One change: a line, and labelled lines below it.
pub(super) fn entry(head: String, lines: impl IntoIterator<Item = (&'static str, String)>) -> Entry {
    bullet(head).with(lines.into_iter().map(|(label, text)| Entry::labelled(label, text)).collect())
}

/// The name of a map.
pub(super) fn name_of(map: &MapInfo) -> String {
    let title = map.title.as_deref().unwrap_or("an untitled map");
    map.published.as_ref().map_or_else(|| title.to_owned(), |date| format!("{title} ({date})"))
}

/// The changes of a map, by kind; kinds without changes are left out. If not
/// `full`, branches added or removed with the one above them are counted there,
/// and occupations in parts that one of the maps does not cover come last.
pub(super) fn map_sections(diff: &MapDiff, full: bool) -> Vec<Section> {
    let mut out = branch_sections(diff, full);
    occupation_sections(diff, full, &mut out);
    part_sections(diff, &mut out);
    statement_sections(diff, &mut out);
    out
}

fn section<T>(out: &mut Vec<Section>, title: &'static str, list: &[T], each: impl Fn(&T) -> Entry) {
    if !list.is_empty() {
        out.push(Section { title, count: list.len(), entries: list.iter().map(each).collect() });
    }
}

fn line<T>(out: &mut Vec<Section>, title: &'static str, list: &[T], head: impl Fn(&T) -> String) {
    section(out, title, list, |thing| bullet(head(thing)));
}

/// Branches added or removed, those below one of them counted with it.
fn whole_branches(out: &mut Vec<Section>, title: &'static str, branches: &[BranchAt], full: bool) {
    if full || branches.is_empty() {
        return line(out, title, branches, |b| format!("{} {} ({})", b.tier, b.name, b.id));
    }
    // each branch comes before those below it
    let mut top_of: HashMap<&str, usize> = HashMap::new();
    let mut tops: Vec<(&BranchAt, [usize; 2])> = Vec::new();
    for branch in branches {
        let top = branch.parent.as_deref().and_then(|parent| top_of.get(parent).copied());
        match top.and_then(|top| tops.get_mut(top)) {
            Some((_, below)) => below[usize::from(branch.tier == BranchTier::Cluster)] += 1,
            None => tops.push((branch, [0, 0])),
        }
        top_of.insert(&branch.id, top.unwrap_or(tops.len().saturating_sub(1)));
    }
    let entry = |(branch, [pathways, clusters]): &(&BranchAt, [usize; 2])| {
        let below = [(*pathways, "pathway"), (*clusters, "cluster")];
        let below = below.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(n, noun)).join(" and ");
        let below = if below.is_empty() { below } else { format!(", with {below}") };
        bullet(format!("{} {} ({}){below}", branch.tier, branch.name, branch.id))
    };
    out.push(Section { title, count: branches.len(), entries: tops.iter().map(entry).collect() });
}

fn branch_sections(diff: &MapDiff, full: bool) -> Vec<Section> {
    let mut out = Vec::new();
    let branch = |tier: BranchTier, name: &str, id: &str| format!("{tier} {name} ({id})");
    whole_branches(&mut out, "Branches added", &diff.branches_added, full);
    whole_branches(&mut out, "Branches removed", &diff.branches_removed, full);
    line(&mut out, "Branches recoded", &diff.branches_recoded, |b| {
        format!("{} {}: {} is now {}", b.tier, b.name, b.from, b.to)
    });
    line(&mut out, "Branches renamed", &diff.branches_renamed, |b| {
        format!("{} {} is now {} ({})", b.tier, b.from, b.to, b.id)
    });
    line(&mut out, "Branches moved", &diff.branches_moved, |b| {
        format!("{}: from {} to {}", branch(b.tier, &b.name, &b.id), b.from.name, b.to.name)
    });
    let reasons = |reasons: &[String]| if reasons.is_empty() { "no reason".to_owned() } else { reasons.join(", ") };
    section(&mut out, "Opened to T Levels", &diff.opened, |b| {
        bullet(format!("{}: was apprenticeship-only ({})", branch(b.tier, &b.name, &b.id), reasons(&b.reasons)))
    });
    section(&mut out, "Closed to T Levels", &diff.closed, |b| {
        entry(
            format!("{}: apprenticeship-only ({})", branch(b.tier, &b.name, &b.id), reasons(&b.reasons)),
            b.note.iter().map(|note| ("note", note.clone())),
        )
    });
    section(&mut out, "Apprenticeship-only for other reasons", &diff.marks_changed, |b| {
        entry(
            format!("{}: {} is now {}", branch(b.tier, &b.name, &b.id), reasons(&b.from), reasons(&b.to)),
            b.note.iter().map(|note| ("note", note.clone())),
        )
    });
    line(&mut out, "Dates of teaching", &diff.teaching, |b| {
        let which = match b.date {
            TeachingDate::Planned => "planned",
            TeachingDate::First => "first taught",
            TeachingDate::Last => "last taught",
        };
        let date = |date: &Option<String>| date.as_deref().unwrap_or("no date").to_owned();
        format!("{}: {which} {} is now {}", branch(b.tier, &b.name, &b.id), date(&b.from), date(&b.to))
    });
    out
}

pub(super) fn path(place: &OccupationPlace) -> String {
    format!("{} > {} > {}", place.route.name, place.pathway.name, place.cluster.name)
}

/// The other differences of each occupation, by its new id: counts of changes.
fn differences<'d>(diff: &'d MapDiff) -> HashMap<&'d str, Vec<String>> {
    let mut out: HashMap<&'d str, Vec<String>> = HashMap::new();
    let mut add = |id: &'d str, words: String| out.entry(id).or_default().push(words);
    diff.retitled.iter().for_each(|o| add(&o.id, format!("was titled {}", o.from)));
    diff.relevelled.iter().for_each(|o| add(&o.id, format!("level {} to {}", o.from, o.to)));
    diff.moved.iter().for_each(|o| add(&o.id, format!("moved to another {}", o.across)));
    diff.status.iter().for_each(|o| add(&o.id, format!("status {} to {}", o.from.name(), o.to.name())));
    let mut counted: IndexMap<(&'d str, &'static str), [usize; 3]> = IndexMap::new();
    let mut tally = |id: &'d str, noun: &'static str, what: usize| {
        counted.entry((id, noun)).or_default()[what] += 1;
    };
    diff.statements_added.iter().for_each(|s| tally(&s.occupation, "statement", 0));
    diff.statements_removed.iter().for_each(|s| tally(&s.occupation, "statement", 1));
    diff.reworded.iter().for_each(|s| tally(&s.occupation, "statement", 2));
    diff.options_added.iter().for_each(|s| tally(&s.occupation, "option", 0));
    diff.options_removed.iter().for_each(|s| tally(&s.occupation, "option", 1));
    diff.options_renamed.iter().for_each(|s| tally(&s.occupation, "option", 2));
    let mut duties: IndexMap<&'d str, [usize; 3]> = IndexMap::new();
    diff.duties_added.iter().for_each(|s| duties.entry(&s.occupation).or_default()[0] += 1);
    diff.duties_removed.iter().for_each(|s| duties.entry(&s.occupation).or_default()[1] += 1);
    diff.duties_reworded.iter().for_each(|s| duties.entry(&s.occupation).or_default()[2] += 1);
    // 13 statements added, 2 reworded
    let shares = |nouns: [&str; 2], counts: [usize; 3], other: &str| {
        let shares = counts.into_iter().zip(["added", "removed", other]).filter(|(n, _)| *n > 0);
        let noun = |i: usize, n: usize| if i == 0 { format!(" {}", nouns[usize::from(n != 1)]) } else { String::new() };
        shares.enumerate().map(|(i, (n, what))| format!("{n}{} {what}", noun(i, n))).join(", ")
    };
    for ((id, noun), counts) in counted {
        let (nouns, other) = match noun {
            "option" => (["option", "options"], "renamed"),
            _ => (["statement", "statements"], "reworded"),
        };
        add(id, shares(nouns, counts, other));
    }
    duties.into_iter().for_each(|(id, counts)| add(id, shares(["duty", "duties"], counts, "reworded")));
    out
}

/// Why two ids count as one occupation.
fn recoded_by(by: RecodedBy) -> &'static str {
    match by {
        RecodedBy::Code => "matched by its occupation code",
        RecodedBy::Reference => "matched by the reference of its standard",
        RecodedBy::Number => "matched by the number of its code and a similar title",
        _ => "matched by title and level",
    }
}

fn occupation_sections(diff: &MapDiff, full: bool, out: &mut Vec<Section>) {
    let at = |o: &OccupationAt| {
        let mut head = format!("{} ({}), level {}, in {}", o.title, o.id, o.level, path(&o.place));
        if let Some(reason) = &o.set_aside {
            let _ = write!(head, "; the other map has set it aside ({reason})");
        }
        head
    };
    let others = if diff.recoded.is_empty() { HashMap::new() } else { differences(diff) };
    section(out, "Occupations recoded", &diff.recoded, |o| {
        entry(
            format!("{} (level {}): {} is now {}, {}", o.title, o.level, o.from, o.to, recoded_by(o.by)),
            others.get(o.to.as_str()).map(|words| ("also", words.join("; "))),
        )
    });
    let apart = |side: MapSide| -> HashSet<&str> {
        let lists = diff.not_covered.iter().filter(|n| n.missing_in == side).flat_map(|n| &n.branches);
        lists.map(|branch| branch.id.as_str()).collect()
    };
    for (title, list, side) in [
        ("Occupations added", &diff.occupations_added, MapSide::Old),
        ("Occupations removed", &diff.occupations_removed, MapSide::New),
    ] {
        let apart = apart(side);
        let mut list: Vec<&OccupationAt> = list.iter().collect();
        if !full {
            let is_apart = |o: &OccupationAt| {
                [&o.place.route.id, &o.place.pathway.id].iter().any(|id| apart.contains(id.as_str()))
            };
            list.sort_by_key(|o| is_apart(o));
        }
        section(out, title, &list, |o| bullet(at(o)));
    }
    section(out, "Occupations moved", &diff.moved, |o| {
        entry(
            format!("{} ({}), to another {}", o.title, o.id, o.across),
            vec![("from", path(&o.from)), ("to  ", path(&o.to))],
        )
    });
    line(out, "Occupations re-levelled", &diff.relevelled, |o| {
        format!("{} ({}): level {} to {}", o.title, o.id, o.from, o.to)
    });
    section(out, "Occupations retitled", &diff.retitled, |o| {
        let mut entry = Entry::new(format!("{} is now {} ({})", o.from, o.to, o.id));
        if o.was_approved {
            entry.entries.push(Entry::labelled("flagged", "the old standard was approved: its title was fixed"));
        }
        entry
    });
    line(out, "Status of standards", &diff.status, |o| {
        format!("{} ({}): was {}, now {}", o.title, o.id, o.from.name(), o.to.name())
    });
    line(out, "Other details of occupations", &diff.details, |o| {
        format!("{} ({}): {}", o.title, o.id, o.members.join(", "))
    });
}

fn part_sections(diff: &MapDiff, out: &mut Vec<Section>) {
    let option = |o: &OptionAt| format!("{} ({}) {}: {}", o.title, o.occupation, o.option, o.name);
    line(out, "Options added", &diff.options_added, option);
    line(out, "Options removed", &diff.options_removed, option);
    section(out, "Options renamed", &diff.options_renamed, |o| {
        entry(
            format!("{} ({}) {}", o.title, o.occupation, o.option),
            vec![("old", o.from.clone()), ("new", o.to.clone())],
        )
    });
    let duty = |d: &DutyAt| format!("{} ({}) {}: {}", d.title, d.occupation, d.duty, d.text);
    line(out, "Duties added", &diff.duties_added, duty);
    line(out, "Duties removed", &diff.duties_removed, duty);
    section(out, "Duties reworded", &diff.duties_reworded, |d| {
        let was = if d.was == d.duty { String::new() } else { format!(", was {}", d.was) };
        entry(
            format!("{} ({}) {}{was}: likeness {:.2}", d.title, d.occupation, d.duty, d.likeness),
            vec![("old", d.from.clone()), ("new", d.to.clone())],
        )
    });
}

fn statement_sections(diff: &MapDiff, out: &mut Vec<Section>) {
    let at = |s: &StatementAt| format!("{} ({}) {}: {}", s.title, s.occupation, s.statement, s.text);
    line(out, "Statements added", &diff.statements_added, at);
    line(out, "Statements removed", &diff.statements_removed, at);
    section(out, "Statements reworded", &diff.reworded, |s| {
        let was = if s.was == s.statement { String::new() } else { format!(", was {}", s.was) };
        let by = if s.matched_by == MatchedBy::Id { "" } else { ", by which it was matched" };
        entry(
            format!("{} ({}) {}{was}: likeness {:.2}{by}", s.title, s.occupation, s.statement, s.likeness),
            vec![("old", s.from.clone()), ("new", s.to.clone())],
        )
    });
    line(out, "Statements renumbered", &diff.renumbered, |s| {
        format!("{} ({}): {} is now {}", s.title, s.occupation, s.from, s.to)
    });
    line(out, "Statements of other options", &diff.options_changed, |s| {
        let list = |ids: &[String]| if ids.is_empty() { "the core".to_owned() } else { ids.join(", ") };
        format!("{} ({}) {}: {} is now {}", s.title, s.occupation, s.statement, list(&s.from), list(&s.to))
    });
}

/// The two maps: what each is called, and its file.
pub(super) fn names(difference: &Difference) -> [String; 2] {
    let files = difference.files.as_ref();
    let name = |map: &MapInfo, file: Option<&String>| match file {
        Some(file) if map.title.is_some() => format!("{file}: {}", name_of(map)),
        Some(file) => file.clone(),
        None => name_of(map),
    };
    let changes = &difference.changes;
    [name(&changes.old, files.map(|f| &f.old)), name(&changes.new, files.map(|f| &f.new))]
}

/// How many branches that only one map covers are named.
const NAMED: usize = 12;

/// The difference in a few sentences.
pub(super) fn summary(difference: &Difference) -> Vec<String> {
    let Summary {
        old_occupations, new_occupations, kept, recoded, added, removed, moved, relevelled, retitled, ..
    } = difference.changes.summary;
    let under = if recoded > 0 { " (on both maps, under another id)" } else { "" };
    let mut out = vec![format!(
        "Occupations: {old_occupations} on the old map, {new_occupations} on the new; {kept} kept, {recoded} \
         recoded{under}, {added} added, {removed} removed."
    )];
    if kept + recoded > 0 {
        out.push(format!(
            "Of the {} on both maps: {moved} moved, {relevelled} re-levelled, {retitled} retitled.",
            kept + recoded
        ));
    }
    let programmes = &difference.effect.programmes;
    if !programmes.is_empty() {
        let of = |fate: Fate| programmes.iter().filter(|p| p.fate == fate).count();
        let [appear, change, gone] = [Fate::Appears, Fate::Changes, Fate::Disappears].map(of);
        out.push(format!("Programmes: {change} changed, {appear} new, {gone} gone."));
    }
    for not_covered in &difference.changes.not_covered {
        let (lacks, has, listed) = match not_covered.missing_in {
            MapSide::New => ("new", "old", "removed"),
            MapSide::Old => ("old", "new", "added"),
        };
        let names = not_covered.branches.iter().take(NAMED).map(|b| b.name.as_str()).join("; ");
        let more = not_covered.branches.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!("; and {more} more") };
        let elsewhere = if not_covered.tier == BranchTier::Pathway { " in routes that are on both" } else { "" };
        let theirs = if not_covered.branches.len() == 1 { "Its" } else { "Their" };
        let are = if not_covered.occupations == 1 { "is" } else { "are" };
        out.push(format!(
            "Different coverage: the {lacks} map has no part of {} of the {has} map's {}{elsewhere}: {names}{more}. \
             {theirs} {} {are} listed as {listed}.",
            not_covered.branches.len(),
            count(not_covered.of, &not_covered.tier.to_string()),
            count(not_covered.occupations, "occupation"),
        ));
    }
    out
}

/// What a programme gains and loses, in one line.
pub(super) fn in_short(programme: &ProgrammeEffect) -> String {
    let mut parts = Vec::new();
    let mut add = |what: &str, gained: usize, lost: usize| {
        if gained + lost > 0 {
            parts.push(format!("{what} +{gained} -{lost}"));
        }
    };
    add("counting", programme.counting_gained.len(), programme.counting_lost.len());
    add("route core", programme.route_core.gained.len(), programme.route_core.lost.len());
    add("pathway core", programme.pathway_core.gained.len(), programme.pathway_core.lost.len());
    add("group core", programme.group_core.gained.len(), programme.group_core.lost.len());
    add("specialisms", programme.specialisms_gained.len(), programme.specialisms_lost.len());
    if !programme.specialisms_changed.is_empty() {
        parts.push(format!("{} changed", count(programme.specialisms_changed.len(), "specialism")));
    }
    parts.join(", ")
}

/// The changes in a specialism that stays, each with its label.
pub(super) fn in_specialism(specialism: &SpecialismEffect) -> Vec<(&'static str, &str)> {
    let mut out: Vec<(&'static str, &str)> = Vec::new();
    out.extend(specialism.was.iter().map(|was| ("was called", was.as_str())));
    for outcome in &specialism.outcomes_reworded {
        out.push(("old outcome", &outcome.from));
        out.push(("new outcome", &outcome.to));
    }
    out.extend(specialism.outcomes_gained.iter().map(|text| ("gains the outcome", text.as_str())));
    out.extend(specialism.outcomes_lost.iter().map(|text| ("loses the outcome", text.as_str())));
    out
}

/// Remarks on the effect as a whole.
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
    let reason = programme.reason.as_ref()?.name();
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

/// Where an item comes from or goes to, and the causes of that, a line each.
pub(super) fn why(item: &ItemEffect, gained: bool) -> Vec<String> {
    let place = match item.other {
        Standing::RouteCore => Some("the route core"),
        Standing::PathwayCore => Some("the pathway core"),
        Standing::GroupCore => Some("the core of a group"),
        Standing::Specialism if !gained => Some("a specialism"),
        Standing::Specialism | Standing::None => None,
    };
    let verb = if gained { "from" } else { "now in" };
    let place = place.map(|place| format!("{verb} {place}"));
    place.into_iter().chain(because(&item.causes)).collect()
}

/// Causes, a line each.
pub(super) fn because(causes: &[Cause]) -> Vec<String> {
    let line = |c: &Cause| {
        let words = cause(c.kind, c.occupation.as_deref(), c.statement.as_deref(), c.branch.as_deref());
        format!("because {words}")
    };
    causes.iter().map(line).collect()
}

/// A cause in words.
fn cause(kind: CauseKind, occupation: Option<&str>, statement: Option<&str>, branch: Option<&str>) -> String {
    let (occupation, statement) = (occupation.unwrap_or_default(), statement.unwrap_or_default());
    let branch = branch.unwrap_or_default();
    match kind {
        CauseKind::OccupationAdded => format!("{occupation} is new"),
        CauseKind::OccupationRemoved => format!("{occupation} was removed"),
        CauseKind::OccupationMoved => format!("{occupation} moved"),
        CauseKind::OccupationReLevelled => format!("{occupation} changed level"),
        CauseKind::OccupationStatements => format!("{occupation} gained or lost all that counts"),
        CauseKind::BranchOpened => format!("{branch} was opened, and {occupation} with it"),
        CauseKind::BranchClosed => format!("{branch} was closed, and {occupation} with it"),
        CauseKind::StatementAdded => format!("{occupation} {statement} is new"),
        CauseKind::StatementRemoved => format!("{occupation} {statement} was removed"),
        CauseKind::StatementReworded => format!("{occupation} {statement} was reworded"),
        CauseKind::StatementOptions => format!("{occupation} {statement} belongs to other options"),
        CauseKind::StatementRegrouped => format!("{occupation} {statement} is joined with other statements"),
        CauseKind::Policy if occupation.is_empty() => "the policy differs".to_owned(),
        CauseKind::Policy => format!("the policy treats {occupation} differently"),
        _ if occupation.is_empty() => "of something else".to_owned(),
        _ => format!("of something else about {occupation}"),
    }
}
