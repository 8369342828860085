//! The occupational specialisms: outcomes, with the content that each cites.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Draft;
use super::core::content_item;
use crate::document::{Block, ContentItem, Span, Tone};
use crate::report::core_topics::has_topics;
use tlevel::derive::{Item, Specialism, Standard, Tier};
use tlevel::map::Kind;

impl<'d> Draft<'d> {
    pub(super) fn specialisms(&mut self) {
        self.heading(1, "specialisms", "Occupational specialisms");
        self.paragraph("Students take one of these.");
        let programme = self.programme;
        for (number, specialism) in (1..).zip(&programme.specialisms) {
            self.specialism(number, specialism);
        }
    }

    fn specialism(&mut self, number: usize, specialism: &'d Specialism) {
        let anchor = format!("specialism-{number}");
        self.heading(2, &anchor, &format!("Specialism {number}: {}", specialism.title));
        let standards: Vec<&'d Standard> =
            specialism.occupations.iter().filter_map(|id| self.from.standard(id)).collect();
        let mut served = vec![Span::text("Serves ")];
        for (i, standard) in standards.iter().enumerate() {
            served.push(Span::text(if i > 0 { ", " } else { "" }));
            served.extend(name(standard));
        }
        if let Some(option) = &specialism.option {
            served.push(Span::text(format!("; option {option}")));
        }
        served.push(Span::text("."));
        self.blocks.push(Block::Paragraph { spans: served });

        // numbered by kind, across the shared content and what each unit adds
        let all: Vec<&'d Item> =
            specialism.content.iter().chain(specialism.adds.iter().flat_map(|add| &add.content)).collect();
        let mut numbers: HashMap<&'d str, String> = HashMap::new();
        let mut counts: HashMap<Kind, usize> = HashMap::new();
        for item in &all {
            if !numbers.contains_key(item.concept.as_str()) {
                let count = counts.entry(item.kind).or_default();
                *count += 1;
                let mark = match item.kind {
                    Kind::Knowledge => 'K',
                    Kind::Skill => 'S',
                    Kind::Behaviour => 'B',
                };
                numbers.insert(&item.concept, format!("{number}.{mark}{count}"));
            }
        }
        let cited = self.outcomes(number, &anchor, specialism, &standards, &numbers);
        self.heading(3, &format!("{anchor}-content"), "Knowledge, skills and behaviours");
        let from = self.from;
        let mut shown: HashSet<&str> = HashSet::new();
        let mut content = |items: &[&'d Item], numbers: &HashMap<&'d str, String>| -> Vec<ContentItem> {
            let fresh = items.iter().filter(|item| shown.insert(&item.concept));
            fresh.map(|item| content_item(from, &numbers[item.concept.as_str()], item)).collect()
        };
        let of_all: Vec<&Item> = specialism.content.iter().collect();
        let items = content(&of_all, &numbers);
        if items.is_empty() && specialism.adds.is_empty() {
            if standards.iter().all(|standard| standard.statements.is_empty()) {
                self.note(Tone::Warning, "The source gives no statements: content must be written by hand.");
            } else {
                self.note(Tone::Information, "Nothing beyond the core.");
            }
        } else if has_topics(self.programme) {
            self.blocks.extend(by_topic(number, &of_all, items));
        } else if !items.is_empty() {
            let caption = format!("Specialism {number}: content");
            self.blocks.push(Block::Content { caption, items, review: None });
        }
        for add in &specialism.adds {
            let items = content(&add.content.iter().collect::<Vec<_>>(), &numbers);
            if let Some(standard) = from.standard(&add.occupation).filter(|_| !items.is_empty()) {
                let caption = format!("Specialism {number}: {} adds", standard.title);
                self.blocks.push(Block::Content { caption, items, review: None });
            }
        }
        self.uncited(number, &anchor, &all, &numbers, &cited);
    }

    /// Writes the duties as outcomes and returns the concepts that they cite.
    fn outcomes(
        &mut self,
        number: usize,
        anchor: &str,
        specialism: &Specialism,
        standards: &[&Standard],
        numbers: &HashMap<&'d str, String>,
    ) -> HashSet<String> {
        self.heading(3, &format!("{anchor}-outcomes"), "Performance outcomes");
        let mut cited = HashSet::new();
        let mut items = Vec::new();
        for standard in standards {
            for duty in standard.duties.iter().filter(|duty| duty.serves(specialism)) {
                let mut codes: BTreeSet<(usize, String)> = BTreeSet::new();
                for concept in &duty.concepts {
                    let code = numbers.get(concept.as_str()).or_else(|| self.numbers.get(concept.as_str()));
                    if let Some(code) = code {
                        cited.insert(concept.clone());
                        // the specialism's own first, then in order of numbers
                        codes.insert((order(code), code.clone()));
                    }
                }
                let mut item = ContentItem::new(format!("PO{number}.{}", items.len() + 1), "", duty.text.as_str());
                let codes: Vec<String> = codes.into_iter().map(|(_, code)| code).collect();
                let detail =
                    if codes.is_empty() { "cites nothing".to_owned() } else { format!("cites {}", codes.join(", ")) };
                item.detail.push(Span::text(format!("{detail}; {} {}", standard.occupation, duty.id)));
                items.push(item);
            }
        }
        if items.is_empty() {
            self.note(Tone::Warning, "The source gives no duties: outcomes must be written by hand.");
        } else {
            let caption = format!("Specialism {number}: performance outcomes, drafted from duties");
            self.blocks.push(Block::Content { caption, items, review: None });
        }
        cited
    }

    /// Lists content that no duty cites, so that it is not lost.
    fn uncited(
        &mut self,
        number: usize,
        anchor: &str,
        all: &[&Item],
        numbers: &HashMap<&str, String>,
        cited: &HashSet<String>,
    ) {
        let left: Vec<&str> = all
            .iter()
            .filter(|item| !cited.contains(&item.concept))
            .filter_map(|item| numbers.get(item.concept.as_str()).map(String::as_str))
            .collect();
        if cited.is_empty() || left.is_empty() {
            return;
        }
        self.heading(3, &format!("{anchor}-uncited"), "Content that no outcome cites");
        let mut seen = HashSet::new();
        let left: Vec<&str> = left.into_iter().filter(|code| seen.insert(*code)).collect();
        self.paragraph(format!("In specialism {number}: {}.", left.join(", ")));
    }
}

/// The content of a specialism under the headings of topics, for a review that may
/// move it.
fn by_topic(number: usize, items: &[&Item], content: Vec<ContentItem>) -> Vec<Block> {
    let mut content: HashMap<String, ContentItem> = content.into_iter().map(|item| (item.key.clone(), item)).collect();
    let mut blocks = Vec::new();
    for (heading, of) in Draft::under_headings(items) {
        let items: Vec<ContentItem> = of.iter().filter_map(|item| content.remove(&item.concept)).collect();
        if !items.is_empty() {
            let caption = format!("Specialism {number}: {heading}");
            blocks.push(Block::Content { caption, items, review: Some(Tier::Specialism) });
        }
    }
    blocks
}

/// The position of a code in a list: by kind, then by number.
fn order(code: &str) -> usize {
    let digits: String = code.chars().rev().take_while(char::is_ascii_digit).collect();
    let count: usize = digits.chars().rev().collect::<String>().parse().unwrap_or(0);
    let mark = code.chars().rev().nth(digits.len()).unwrap_or(' ');
    let marks = ['K', 'S', 'B', 'P', 'G', 'R'];
    let topic = code.split_once('.').map_or("", |(topic, _)| topic);
    // P2.3 is the third element of the second topic
    if let Some(tier) = marks.iter().position(|known| topic.starts_with(*known)) {
        let number: usize = topic.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        return tier * 1_000_000 + number * 1_000 + count;
    }
    let tier = marks.iter().position(|known| *known == mark).unwrap_or(marks.len());
    tier * 1_000_000 + count
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
