//! The occupational specialisms: performance outcomes, each with the knowledge and
//! skills under it.

use std::collections::HashMap;

use super::Draft;
use super::codes;
use super::core::content_item;
use crate::count::count;
use crate::document::{Block, ContentItem, Span, Tone};
use tlevel::derive::{Item, Named, PerformanceOutcome, Specialism, SpecialismPart, Standard, Stem, Tier, ToCode};
use tlevel::map::Kind;

/// A part with what its codes begin with.
struct Coded<'d> {
    part: &'d SpecialismPart,
    /// `5` for the fifth specialism, `C1` for what options share.
    prefix: String,
    /// Its items by concept.
    items: HashMap<&'d str, &'d Item>,
    /// Its codes by concept.
    codes: HashMap<&'d str, String>,
    /// The codes of its outcomes.
    outcomes: Vec<String>,
}

/// The id of a part that begins with a specialism.
fn part_id(specialism: &Specialism, is_shared: bool) -> String {
    let occupations = specialism.occupations.join(" ");
    match &specialism.option {
        _ if is_shared => format!("common {occupations}"),
        Some(option) => format!("{occupations}: {option}"),
        None => occupations,
    }
}

/// The codes of specialisms: `1 to 3` or `1, 2 and 5`.
fn listed(codes: &[&str]) -> String {
    let numbers: Vec<u32> = codes.iter().filter_map(|code| code.parse().ok()).collect();
    let follow = |pair: &[u32]| matches!(pair, [a, b] if a.checked_add(1) == Some(*b));
    match codes {
        [first, .., last] if numbers.len() == codes.len() && numbers.windows(2).all(follow) => {
            format!("{first} to {last}")
        }
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        codes => codes.concat(),
    }
}

impl<'d> Draft<'d> {
    pub(super) fn specialisms(&mut self) {
        self.heading(1, "specialisms", "Occupational specialisms");
        let programme = self.programme;
        if programme.specialisms.is_empty() {
            self.note(Tone::Information, "The programme has no specialism.");
            return;
        }
        let parts = self.coded();
        self.paragraph("Students take one specialism.");
        if parts.iter().any(|coded| coded.part.specialisms.len() > 1) {
            self.paragraph(
                "Where a standard has options, each option is a specialism. The content that all its options share comes \
                 first, with numbers that begin with C. Then comes what each option adds.",
            );
        }
        if parts.iter().any(|coded| coded.part.is_proposed && !coded.part.outcomes.is_empty()) {
            self.note(
                Tone::Information,
                "The source gives no duties for some of this content. Its performance outcomes are proposals: skills \
                 grouped by topic, named after the most central skill. The panel should reword them.",
            );
        }
        for alike in &self.from.alike {
            let [a, b] = alike.specialisms.map(|place| number_of(&parts, place));
            let (both, either) = (alike.both, alike.either);
            self.note(
                Tone::Information,
                format!("Specialisms {a} and {b} have {both} of their {either} items in common. They could be one."),
            );
        }
        for coded in &parts {
            self.part(coded, &parts);
        }
    }

    /// The parts with their codes: by kind, in the order of printing.
    fn coded(&mut self) -> Vec<Coded<'d>> {
        let parts: &'d [SpecialismPart] = &self.from.parts;
        let coded = parts.iter().map(|part| {
            let of = part.specialisms.first().and_then(|place| self.programme.specialisms.get(*place));
            let is_shared = part.specialisms.len() > 1;
            let id = of.map_or_else(|| part.title.clone(), |of| part_id(of, is_shared));
            let stem = Stem::Text(if is_shared { "C" } else { "" }.to_owned());
            let to_code = |names: Named, ids: Vec<String>, under: &str, text: &str, stem: Stem| {
                let (under, text) = (under.to_owned(), text.to_owned());
                ToCode { names, ids, tier: Tier::Specialism, under, text, stem }
            };
            let placed = self.code(to_code(Named::Specialism, vec![id.clone()], "", &part.title, stem));
            let items: HashMap<&'d str, &'d Item> =
                of.into_iter().flat_map(Specialism::items).map(|item| (item.concept.as_str(), item)).collect();
            let mut codes: HashMap<&'d str, String> = HashMap::new();
            for concept in part.concepts() {
                let Some(item) = items.get(concept.as_str()) else { continue };
                let stem = codes::under(placed.place, letter(item.kind));
                let text = content_item(self.from, "", item).whole().into_owned();
                let code = self.code(to_code(Named::Content, vec![concept.clone()], &id, &text, stem)).code;
                codes.insert(concept.as_str(), code);
            }
            let outcomes = part.outcomes.iter().map(|outcome| {
                let duty =
                    outcome.duty.iter().chain(&outcome.alike).map(|duty| format!("{} {}", duty.occupation, duty.id));
                let content = outcome.skills.iter().chain(&outcome.knowledge).cloned();
                let ids = if outcome.duty.is_some() { duty.collect() } else { content.collect() };
                let stem = Stem::Within { place: placed.place, before: "PO", after: "." };
                self.code(to_code(Named::Outcome, ids, &id, &outcome.title, stem)).code
            });
            let outcomes = outcomes.collect();
            Coded { part, prefix: placed.code, items, codes, outcomes }
        });
        coded.collect()
    }

    fn part(&mut self, coded: &Coded<'d>, all: &[Coded<'d>]) {
        let Coded { part, prefix, .. } = coded;
        let anchor = format!("specialism-{}", prefix.to_lowercase());
        let is_shared = part.specialisms.len() > 1;
        let title = if is_shared {
            format!("Common content {prefix}: {}", part.title)
        } else {
            format!("Specialism {prefix}: {}", part.title)
        };
        // one without content is a few lines, which follow on the page
        if part.concepts().next().is_some() || !part.outcomes.is_empty() {
            self.blocks.push(Block::PageBreak);
        }
        self.heading(2, &anchor, &title);
        let specialism = part.specialisms.first().and_then(|place| self.programme.specialisms.get(*place));
        let standards: Vec<&'d Standard> =
            (specialism.iter().flat_map(|s| &s.occupations)).filter_map(|id| self.from.standard(id)).collect();
        self.occupations(part, all, specialism, &standards);
        if !is_shared {
            for of in all.iter().filter(|of| of.part.specialisms.len() > 1) {
                if part.specialisms.iter().all(|place| of.part.specialisms.contains(place)) {
                    let text = format!("Students also learn the common content {}. This option adds:", of.prefix);
                    self.paragraph(text);
                }
            }
        }
        if part.concepts().next().is_none() {
            if standards.iter().all(|standard| standard.statements.is_empty()) {
                self.note(Tone::Warning, "To be written: the source has no statements for it.");
            } else {
                self.note(Tone::Information, "It has nothing beyond the core.");
            }
            if part.outcomes.is_empty() {
                return;
            }
        }
        self.heading(3, &format!("{anchor}-outcomes"), "Performance outcomes");
        if part.outcomes.is_empty() {
            self.note(Tone::Warning, "To be written: the source has no duty and no skill to start from.");
        }
        let sheet = if is_shared { format!("Common content {prefix}") } else { format!("Specialism {prefix}") };
        for ((number, outcome), code) in (1..).zip(&part.outcomes).zip(&coded.outcomes) {
            self.outcome(coded, all, &format!("{anchor}-po{number}"), (&sheet, code), outcome);
        }
        for (concepts, anchor_end, title) in
            [(&part.further, "further", "Further knowledge and skills"), (&part.behaviours, "behaviours", "Behaviours")]
        {
            let items = self.items_of(coded, concepts.iter());
            if !items.is_empty() {
                self.heading(3, &format!("{anchor}-{anchor_end}"), title);
                let caption = format!("{sheet}: {title}");
                self.blocks.push(Block::Content { caption, items, review: Some(Tier::Specialism) });
            }
        }
    }

    /// Whom a part is for.
    fn occupations(
        &mut self,
        part: &SpecialismPart,
        all: &[Coded<'d>],
        specialism: Option<&Specialism>,
        standards: &[&'d Standard],
    ) {
        let mut spans = vec![Span::text(if part.specialisms.len() > 1 {
            let codes: Vec<&str> = part.specialisms.iter().map(|place| number_of(all, *place)).collect();
            format!("For specialisms {}: ", listed(&codes))
        } else {
            "For: ".to_owned()
        })];
        for (i, standard) in standards.iter().enumerate() {
            spans.push(Span::text(if i > 0 { ", " } else { "" }));
            spans.extend(name(standard));
        }
        let option = specialism.and_then(|s| s.option.as_ref()).filter(|_| part.specialisms.len() == 1);
        if let Some(option) = option {
            spans.push(Span::text(format!(", option {option}")));
        }
        spans.push(Span::text("."));
        self.blocks.push(Block::Paragraph { spans });
    }

    fn outcome(
        &mut self,
        coded: &Coded<'d>,
        all: &[Coded<'d>],
        anchor: &str,
        (sheet, code): (&str, &str),
        outcome: &'d PerformanceOutcome,
    ) {
        self.heading(4, anchor, &format!("{code} {}", outcome.title));
        if let Some(duty) = &outcome.duty {
            let is_cut = duty.text.trim_end_matches('.') != outcome.title;
            let quoted = if is_cut { format!(": {}", duty.text) } else { String::new() };
            let alike: Vec<String> =
                outcome.alike.iter().map(|duty| format!("duty {} of {}", duty.id, duty.occupation)).collect();
            let alike = match alike.as_slice() {
                [] => String::new(),
                alike => format!(", and nearly the same {}", alike.join(", ")),
            };
            self.paragraph(format!("Duty {} of {}{alike}{quoted}", duty.id, duty.occupation));
        } else {
            let topics: Vec<&str> = outcome.topics.iter().map(|topic| topic.heading.as_str()).collect();
            if !topics.is_empty() {
                self.paragraph(format!("Proposed, on {}.", topics.join("; ")));
            }
        }
        let items = self.items_of(coded, outcome.knowledge.iter().chain(&outcome.skills));
        if !items.is_empty() {
            let caption = format!("{sheet}: {code} {}", outcome.title);
            self.blocks.push(Block::Content { caption, items, review: Some(Tier::Specialism) });
        }
        let mut also: Vec<String> = Vec::new();
        for concept in &outcome.cites {
            let own = coded.codes.get(concept.as_str()).or_else(|| {
                let mut shared = all.iter().filter(|of| of.part.specialisms.len() > 1);
                shared.find_map(|of| of.codes.get(concept.as_str()))
            });
            let code = own.cloned().or_else(|| self.reference(concept));
            also.extend(code.filter(|code| !also.contains(code)));
        }
        also.sort_by_key(|code| order(code));
        if !also.is_empty() {
            let text = format!("Also draws on {}: {}.", count(also.len(), "item"), also.join(", "));
            self.paragraph(text);
        }
    }

    fn items_of<'c>(&mut self, coded: &Coded<'d>, concepts: impl Iterator<Item = &'c String>) -> Vec<ContentItem> {
        let item = |concept: &String| {
            let (item, code) = (coded.items.get(concept.as_str())?, coded.codes.get(concept.as_str())?);
            let mut printed = content_item(self.from, code, item);
            self.once(&mut printed);
            Some(printed)
        };
        concepts.filter_map(item).collect()
    }
}

/// The number of the specialism at a place of the programme.
fn number_of<'c>(parts: &'c [Coded<'_>], place: usize) -> &'c str {
    parts.iter().find(|of| of.part.specialisms == [place]).map_or("", |of| &of.prefix)
}

/// What comes between the number of a specialism and that of an item.
const fn letter(kind: Kind) -> &'static str {
    match kind {
        Kind::Knowledge => ".K",
        Kind::Skill => ".S",
        Kind::Behaviour => ".B",
    }
}

/// The position of a number in a list: the core first, then by part, kind and number.
pub(super) fn order(code: &str) -> (bool, String, Vec<u32>) {
    let is_core = code.chars().all(|c| c.is_ascii_digit() || c == '.') || code.starts_with(['R', 'P', 'G']);
    let letters: String = code.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let numbers = code.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    (!is_core, letters, numbers)
}

/// An occupation's title, linked to its standard if it has one.
pub(super) fn name(standard: &Standard) -> Vec<Span> {
    let title = match &standard.url {
        Some(url) => Span::link(standard.title.as_str(), url.as_str()),
        None => Span::text(standard.title.as_str()),
    };
    let id = &standard.occupation;
    let reference = standard.reference.as_ref().filter(|reference| *reference != id);
    let code = reference.map_or_else(|| id.clone(), |reference| format!("{id}, {reference}"));
    vec![title, Span::text(format!(" ({code}, level {})", standard.level))]
}
