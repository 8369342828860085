//! What a map records on a consultation's questions, the main points first.

use itertools::Itertools as _;

use super::consultation_facts as facts;
use super::difference_words::{entry, name_of, path};
use super::sheet::{Part, Sheet};
use super::{ITS_TITLE, reason, verdict};
use crate::count::count;
use crate::document::{Block, Document, Entry, Listing, Mark};
use tlevel::change::{BranchAt, OccupationPlace};
use tlevel::consult::{
    BranchOccupation, Comparison, ContentEstimate, Gap, GapScreening, KnownOccupation, Link, LinkDirection, MarkSource,
    MissingFact, MoveScreening, Neighbour, NewScreening, OpenQuestion, OpenScreening, Outcome, Overlap, Proposal,
    Question, ResponseScreening, Screening, ScreeningReport, Side, Target, WordGroup,
};
use tlevel::map::{BranchTier, OccupationName};
use tlevel::place::{NearOccupation, Placement, Verdict};

/// Reports a screening: the main points, then the facts behind them, then what
/// the map does not say.
///
/// For many responses, a brief listing has every proposal with its main points,
/// and every row that could not be screened. The full listing adds the screening
/// of each proposal. Other long lists are cut in a brief listing.
///
/// # Examples
///
/// ```
/// use tlevel::consult::Consultation;
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json"))?)?.map;
/// let concepts = Concepts::exact(&map);
/// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let screening = consultation.report(consultation.open_branch("protective-services")?);
/// let text = export::terminal(&report::consultation(&screening), &Layout::default());
/// assert!(text.contains("Apprenticeship-only. Reasons: barred-under-18, policy."));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn consultation(report: &ScreeningReport) -> Document {
    let mut document = Document::answer("Screening for a consultation");
    document.rights.clone_from(&report.map.attribution);
    let sheet = sheet(&report.screening);
    let has_more = !sheet.behind.is_empty();
    document.blocks = sheet.blocks();
    document.blocks.push(Block::foot(format!("On {}; policy \"{}\".", name_of(&report.map), report.policy)));
    if has_more {
        let more = Block::foot("The full listing has the screening of each proposal.");
        document.blocks.push(Block::only(Listing::Brief, vec![more]));
    }
    document
}

fn bullet(head: String) -> Entry {
    Entry::new(head).marked(Mark::Bullet)
}

/// The sheet of a screening.
fn sheet(screening: &Screening) -> Sheet<'_> {
    match screening {
        Screening::NewOccupation(new) => of_new(new),
        Screening::MoveOccupation(moved) => of_move(moved),
        Screening::OpenBranch(open) => of_open(open),
        Screening::Responses(responses) => of_responses(responses),
        Screening::Gaps(gaps) => of_gaps(gaps),
        // a kind that this report does not know yet
        _ => Sheet::default(),
    }
}

/// How many names a line shows when there are too many for it.
const NAMED: usize = 4;
/// How many words are named for each suggestion.
const WORDS: usize = 5;
/// The smallest score that does not round to 0.00.
const LITTLE: f64 = 0.005;

fn known(o: &KnownOccupation) -> String {
    format!("{} ({}), level {}", o.title, o.id, o.level)
}

fn names(list: &[OccupationName]) -> String {
    list.iter().map(|o| format!("{} ({})", o.title, o.id)).join("; ")
}

fn outcome_line(outcome: &Outcome, what: &str) -> String {
    match outcome.size {
        0 if outcome.effect.is_empty() => format!("{what} changes no programme."),
        0 => format!("{what} changes the content of some specialisms and nothing else in the programmes."),
        size => format!(
            "{what} makes {} to the programmes (core items, specialisms and programmes gained or lost).",
            count(size, "change")
        ),
    }
}

fn effect_part<'r>(outcome: &'r Outcome, what: &str) -> Part<'r> {
    let part = Part::new("What it would do to the programmes", Vec::new());
    let part = if outcome.effect.is_empty() { part.saying(outcome_line(outcome, what)) } else { part };
    Part { effect: Some(&outcome.effect), ..part }
}

/// What the map does not say: the last part of every sheet; two parts if the
/// names of a list are too many for a brief listing.
fn not_recorded<'r>(questions: &[OpenQuestion], missing: &[MissingFact]) -> Vec<Part<'r>> {
    let part = |most: usize, only: Option<Listing>| {
        let mut entries: Vec<Entry> = missing.iter().map(|fact| bullet(missing_words(fact, most))).collect();
        entries.extend(questions.iter().map(|question| bullet(question.asks.clone())));
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

fn missing_words(fact: &MissingFact, most: usize) -> String {
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

fn overlap_entry(overlap: &Overlap) -> Entry {
    let head = if overlap.of == 0 {
        format!("{}: likeness {:.2}", known(&overlap.occupation), overlap.likeness)
    } else {
        let (shared, of, others) = (overlap.shared, overlap.of, overlap.of_other.saturating_sub(overlap.shared));
        format!(
            "{}: has {shared} of the {of} items, and {}; likeness {:.2}",
            known(&overlap.occupation),
            count(others, "other"),
            overlap.likeness
        )
    };
    let lines = overlap.statements.iter().map(|pair| {
        let (own, other) = (&pair.statement, &pair.other);
        if pair.text == pair.other_text {
            ("same", format!("{own} = {other}: {}", pair.text))
        } else {
            ("like", format!("{own}: {} / {other}: {} (likeness {:.2})", pair.text, pair.other_text, pair.likeness))
        }
    });
    entry(head, lines)
}

fn neighbour_entry(near: &Neighbour) -> Entry {
    let mut entry = bullet(format!("{}: likeness {:.2}", known(&near.occupation), near.likeness));
    entry.entries.push(Entry::labelled("in", path(&near.occupation.place)));
    entry
}

fn link_entry(link: &Link) -> Entry {
    let way = match link.direction {
        LinkDirection::LeadsTo => "leads to",
        LinkDirection::ComesFrom => "comes from",
    };
    match &link.occupation {
        Some(other) => entry(format!("{way} {}", known(other)), vec![("in", path(&other.place))]),
        None => bullet(format!("{way} {}, which is not on the map", link.id)),
    }
}

fn placement_part<'r>(placement: &Placement, places: &[OccupationPlace], lines: Vec<String>) -> Part<'r> {
    let entries = placement.suggestions.iter().zip(places).filter_map(|(suggestion, place)| {
        let telling = suggestion.evidence.iter().filter(|share| share.share >= LITTLE).take(WORDS);
        let reasons = telling.map(reason).join(", ");
        let sure = suggestion.confidence * 100.0;
        let lines = vec![("in", format!("{} > {}", place.route.name, place.pathway.name)), ("for it", reasons.clone())];
        (!reasons.is_empty()).then(|| entry(format!("{}: {sure:.0}% sure", place.cluster.name), lines))
    });
    Part { lines, ..Part::new("Clusters that suit it", entries.collect()).or("None is known to suit it.") }
}

fn of_new(new: &NewScreening) -> Sheet<'_> {
    let first = new.placement.suggestions.first().zip(new.places.first());
    let first = first.filter(|_| new.placement.verdict != Verdict::TooLittle);
    let first = first.map_or_else(String::new, |(suggestion, place)| {
        format!(" The first is {} ({:.0}% sure).", place.cluster.name, suggestion.confidence * 100.0)
    });
    let mut lead = vec![format!("{}{first}", verdict(ITS_TITLE, &new.placement))];
    let level = |level: Option<tlevel::map::Level>| level.map_or_else(|| "none".to_owned(), |level| level.to_string());
    if new.concepts == 0 {
        lead.push(
            "Its statements are not known, so what it shares and how it would change a core are not known either."
                .to_owned(),
        );
    } else {
        let shared = new.concepts - new.only_own;
        let most = new.overlaps.first().filter(|o| o.shared > 0);
        let most = most
            .map_or_else(String::new, |o| format!(". {} has the most ({} of {})", o.occupation.title, o.shared, o.of));
        lead.push(format!("Its statements hold {}; the map has {shared} of them{most}.", count(new.concepts, "item")));
    }
    lead.push(match (new.level.given, new.level.suggested) {
        (Some(given), Some(suggested)) if given == suggested => {
            format!("Level {given}, like its nearest neighbours.")
        }
        (None, Some(suggested)) => format!("No level is given; its nearest neighbours suggest {suggested}."),
        (given, suggested) => {
            format!("Level given: {}. Level that its nearest neighbours suggest: {}.", level(given), level(suggested))
        }
    });
    match (&new.target, &new.outcome) {
        (Some(target), Some(outcome)) => {
            lead.extend(of_target(target));
            let at = level(new.level.given.or(new.level.suggested));
            lead.push(outcome_line(outcome, &format!("Put at level {at} in {}, it", path(&target.cluster))));
        }
        _ => lead.push("The map has no place or no level for it, so its effect is not known.".to_owned()),
    }
    if new.facts.regulated == Some(true) {
        lead.push(format!("It is {}.", facts::regulated(new.facts.regulated_by.as_deref())));
    }
    let linked = |list: &[NearOccupation], way: &str| -> Vec<Entry> {
        list.iter()
            .map(|near| bullet(format!("{way} {} ({}): likeness {:.2}", near.title, near.occupation, near.score)))
            .collect()
    };
    let mut links: Vec<Entry> = new.links.iter().map(link_entry).collect();
    links.extend(linked(&new.above, "may lead to"));
    links.extend(linked(&new.below, "may come from"));
    // an occupation that shares nothing and is hardly similar does not overlap
    let overlaps = new.overlaps.iter().filter(|o| o.shared > 0 || o.likeness >= LITTLE);
    let neighbours = new.level.neighbours.iter().filter(|n| n.likeness >= LITTLE);
    let mut parts = vec![
        Part::new("What it overlaps", overlaps.map(overlap_entry).collect()).or("Nothing on the map."),
        placement_part(&new.placement, &new.places, Vec::new()),
        Part::new("Evidence for its level", neighbours.map(neighbour_entry).collect())
            .or("Nothing on the map is near."),
        Part::new("Higher and lower occupations", links).or("None in that pathway, and none declared."),
    ];
    parts.extend(new.outcome.as_ref().map(|outcome| effect_part(outcome, "It")));
    parts.extend(not_recorded(&new.open_questions, &new.missing));
    let right = "(a) missing occupation?".to_owned();
    Sheet { title: format!("{} ({})", new.title, new.id), right, lead, parts, behind: Vec::new() }
}

fn of_move(moved: &MoveScreening) -> Sheet<'_> {
    let occupation = &moved.occupation;
    let (from, to) = (&moved.from, &moved.to);
    let of = from.of;
    let mut lead = vec![format!("From {} to {}.", path(&occupation.place), path(&moved.target.cluster))];
    lead.extend(of_target(&moved.target));
    lead.push(if of == 0 {
        "Its statements are not known, so what it shares with either side is not known either.".to_owned()
    } else {
        format!(
            "Its statements hold {}: its neighbours in {} have {} of them, those in {} have {}.",
            count(of, "item"),
            from.name,
            from.shared,
            to.name,
            to.shared
        )
    });
    if let (Some(own), Some(new)) = (moved.rank_from, moved.rank_to) {
        lead.push(format!(
            "If it were a new occupation, its own cluster would rank {} among all clusters, and the proposed one {}.",
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
    let ties = moved
        .ties
        .iter()
        .map(|tie| entry(tie.qualification.clone(), vec![("from", or_none(&tie.from)), ("to  ", or_none(&tie.to))]));
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
            comparison_part(&moved.comparison),
            side_part("Neighbours that it would leave", from),
            side_part("Neighbours that it would join", to),
            Part::new(
                "What ties it: regulation, qualifications and barriers",
                regulation.chain(ties).chain(barriers).collect(),
            )
            .or(facts::no_tie(&moved.facts)),
            Part::new("Linked occupations", moved.links.iter().map(link_entry).collect()).or("None is declared."),
            placement_part(&moved.placement, &moved.places, lines),
            effect_part(&moved.outcome, "The move"),
        ]
        .into_iter()
        .chain(not_recorded(&moved.open_questions, &moved.missing))
        .collect(),
        behind: Vec::new(),
    }
}

fn closed(branch: &BranchAt) -> String {
    format!("the {} {} is apprenticeship-only", branch.tier, branch.name)
}

/// Remarks on the cluster of a target.
fn of_target(target: &Target) -> Option<String> {
    let suggested = target.is_suggested.then(|| format!("it is the best match in {}", target.named.name));
    let said: Vec<String> = suggested.into_iter().chain(target.closed_by.as_ref().map(closed)).collect();
    (!said.is_empty()).then(|| format!("About that cluster: {}.", said.join("; ")))
}

fn nth(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// The names of occupations; "none" if there are none.
pub(super) fn or_none(list: &[OccupationName]) -> String {
    if list.is_empty() { "none".to_owned() } else { names(list) }
}

fn comparison_part<'r>(comparison: &[Comparison]) -> Part<'r> {
    let (shared, alone): (Vec<&Comparison>, Vec<&Comparison>) =
        comparison.iter().partition(|c| !c.from.is_empty() || !c.to.is_empty());
    let compared = |c: &&Comparison| {
        entry(format!("{} {}", c.statement, c.text), vec![("from", or_none(&c.from)), ("to  ", or_none(&c.to))])
    };
    let part = Part::new("Statement by statement: which neighbours have it too", shared.iter().map(compared).collect());
    if alone.is_empty() {
        return part;
    }
    let ids = alone.iter().map(|c| c.statement.as_str()).join(", ");
    part.saying(format!("Neither side has {ids}."))
}

fn side_part<'r>(title: &str, side: &Side) -> Part<'r> {
    let entries = side.neighbours.iter().map(|overlap| overlap_entry(overlap).with(Vec::new()));
    Part::new(format!("{title}: {}", side.name), entries.collect()).or("None with anything in common.")
}

fn of_open(open: &OpenScreening) -> Sheet<'_> {
    let all = &open.occupations;
    let reasons: Vec<&str> = open.marks.iter().flat_map(|m| m.reasons.iter().map(String::as_str)).unique().collect();
    let reasons = if reasons.is_empty() { "none recorded".to_owned() } else { reasons.join(", ") };
    let many = |has: fn(&BranchOccupation) -> bool| all.iter().filter(|o| has(o)).count();
    let is_marked = open.marks.iter().any(|m| m.branch.tier < open.branch.tier || m.branch.id == open.branch.id);
    let mut lead = vec![if is_marked {
        format!("Apprenticeship-only. Reasons: {reasons}.")
    } else {
        format!("It is open itself, but branches in it are apprenticeship-only. Reasons: {reasons}.")
    }];
    lead.push(format!(
        "{}, {} at the policy's level. Barriers are recorded for {} of them, mandatory qualifications for {}. \
         Statements or duties of {} of them mention age, licences or machinery.",
        count(all.len(), "occupation"),
        many(|o| o.at_level),
        many(|o| !o.barriers.is_empty()),
        many(|o| !o.mandatory_qualifications.is_empty()),
        many(|o| !o.words.is_empty()),
    ));
    lead.extend(facts::of_branch(all));
    lead.extend(content_lines(&open.content));
    lead.push(outcome_line(&open.outcome, "Opening it"));
    let marks = open.marks.iter().map(|mark| {
        let source = if mark.source == MarkSource::Map { "the map" } else { "the policy" };
        let reasons = if mark.reasons.is_empty() { "no reason".to_owned() } else { mark.reasons.join(", ") };
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
    let occupations = Part::new("Its occupations", all.iter().map(open_entry).collect())
        .or("It has none.")
        .saying("Words are quoted for you to read; they are not a verdict.");
    Sheet {
        title: format!("{} ({})", open.branch.name, open.branch.id),
        right: "(c) open to T Levels?".to_owned(),
        lead,
        parts: [marks, occupations, effect_part(&open.outcome, "Opening it")]
            .into_iter()
            .chain(not_recorded(&open.open_questions, &open.missing))
            .collect(),
        behind: Vec::new(),
    }
}

fn content_lines(content: &ContentEstimate) -> Vec<String> {
    if content.programmes.is_empty() {
        return vec!["No programme results, so there is no content to compare with two years of teaching.".to_owned()];
    }
    let line = |p: &tlevel::consult::ProgrammeContent| {
        if p.weight == 0 {
            return format!("{}: no knowledge or skill is recorded, so its content cannot be estimated.", p.name);
        }
        let has = format!("{}: {} of knowledge and skill", p.name, count(p.items, "item"));
        let (Some(share), Some(hours), Some(median)) = (p.share, p.hours, content.median) else {
            return format!(
                "{has}. The core and an average specialism weigh {} (1 for an item of knowledge, 2 for a skill). No \
                 programme of this map has content to compare it with.",
                p.weight
            );
        };
        let [least, most] = content.qualification_hours;
        format!(
            "{has}. The core and an average specialism weigh {} (1 for an item of knowledge, 2 for a skill), \
             {share:.2} times the median of {} ({median}). A rough estimate: if the median fills {least} to {most} \
             hours in two years, this fills {} to {}.",
            p.weight,
            count(content.of, "programme"),
            hours[0],
            hours[1]
        )
    };
    content.programmes.iter().map(line).collect()
}

fn open_entry(o: &BranchOccupation) -> Entry {
    let level = if o.at_level { "" } else { " (not a level of the policy)" };
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    lines.extend(o.barriers.iter().map(|barrier| ("barrier", barrier.clone())));
    lines.extend(o.mandatory_qualifications.iter().map(|q| ("requires", q.clone())));
    lines.extend(facts::lines(&o.facts));
    lines.extend(o.words.iter().map(|word| {
        let group = match word.group {
            WordGroup::Age => "age",
            WordGroup::Licence => "licence",
            WordGroup::Machinery => "machinery",
        };
        (group, format!("\"{}\" in {}: {}", word.words.join("\", \""), word.statement, word.text))
    }));
    entry(format!("{}{level}", known(&o.occupation)), lines)
}

fn of_gaps(screening: &GapScreening) -> Sheet<'_> {
    let gaps = &screening.gaps;
    let closed = gaps.iter().filter(|gap| gap.closed_by.is_some()).count();
    let mut lead = vec![if gaps.is_empty() {
        "The map records no occupation without a standard.".to_owned()
    } else {
        format!(
            "{} without a standard, and none is in development; {closed} of them in an apprenticeship-only branch.",
            count(gaps.len(), "occupation")
        )
    }];
    if screening.unknown > 0 {
        lead.push(format!(
            "For {} the map does not say whether there is one.",
            count(screening.unknown, "more occupation")
        ));
    }
    let place = |gap: &Gap| -> OccupationPlace { gap.occupation.place.clone() };
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (pathway, of) in &gaps.iter().chunk_by(|gap| place(gap).pathway.id) {
        let of: Vec<&Gap> = of.collect();
        let title = of.first().map_or(pathway, |gap| {
            let place = place(gap);
            format!("{} > {}", place.route.name, place.pathway.name)
        });
        parts.push(Part::new(title, of.iter().map(|gap| gap_entry(gap)).collect()).whole());
    }
    parts.extend(not_recorded(&screening.open_questions, &screening.missing));
    let right = gaps.len().to_string();
    Sheet { title: "Occupations without a standard".to_owned(), right, lead, parts, behind: Vec::new() }
}

fn gap_entry(gap: &Gap) -> Entry {
    let mut lines = vec![("in", gap.occupation.place.cluster.name.clone())];
    lines.extend(gap.closed_by.iter().map(|branch| ("closed", closed(branch))));
    let near =
        |n: &Neighbour| format!("{}, {}: likeness {:.2}", known(&n.occupation), n.occupation.status.name(), n.likeness);
    lines.extend(gap.neighbours.iter().map(|n| ("near", near(n))));
    lines.extend(gap.links.iter().map(|link| ("link", link_entry(link).text)));
    entry(known(&gap.occupation), lines)
}

fn of_responses(screening: &ResponseScreening) -> Sheet<'_> {
    let (proposals, wrong) = (&screening.proposals, &screening.not_screened);
    let mut lead = vec![format!(
        "{} {} {}; {}.",
        count(screening.responses, "response"),
        if screening.responses == 1 { "makes" } else { "make" },
        count(proposals.len(), "different proposal"),
        if wrong.is_empty() {
            "all were screened".to_owned()
        } else {
            format!("{} could not be screened", wrong.len())
        }
    )];
    lead.push(
        "Proposals that change the programmes most come first: each core item, specialism or programme gained or lost \
         counts as a change. The count says nothing about a proposal's merit."
            .to_owned(),
    );
    let note = |note: &tlevel::consult::ResponseNote| bullet(format!("line {}: {}", note.line, note.message));
    let mut parts = vec![Part::new("Proposals", proposals.iter().map(proposal_entry).collect()).or("None.").whole()];
    if !wrong.is_empty() {
        parts.push(Part::new("Could not be screened", wrong.iter().map(note).collect()).whole());
    }
    if !screening.notes.is_empty() {
        parts.push(Part::new("Notes", screening.notes.iter().map(note).collect()));
    }
    let right = format!("{} of {}", screening.responses - wrong.len(), screening.responses);
    let behind = proposals.iter().map(|proposal| sheet(&proposal.screening)).collect();
    Sheet { title: "Responses".to_owned(), right, lead, parts, behind }
}

fn proposal_entry(proposal: &Proposal) -> Entry {
    let letter = match proposal.question {
        Question::A => "a",
        Question::B => "b",
        Question::C => "c",
    };
    let head = format!(
        "({letter}) {}: {}, {}",
        proposal.title,
        count(proposal.size, "change"),
        count(proposal.responses, "response")
    );
    let main = sheet(&proposal.screening).lead;
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    // the first main point of a move repeats its title
    let skip = usize::from(matches!(proposal.screening, Screening::MoveOccupation(_)));
    let n = main.len().saturating_sub(1);
    lines.extend(main.into_iter().take(n).skip(skip).map(|line| ("facts", line)));
    lines.extend(proposal.rationales.iter().map(|rationale| ("why", rationale.clone())));
    lines.extend(proposal.respondents.iter().map(|who| {
        let said = [&who.respondent, &who.organisation, &who.email].into_iter().flatten().join(", ");
        ("by", format!("{said} (line {})", who.line))
    }));
    lines.push(("lines", proposal.lines.iter().join(", ")));
    entry(head, lines)
}
