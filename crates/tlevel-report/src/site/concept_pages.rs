//! Concepts with their wordings, a hundred to a page.

use super::{CONCEPTS, PageOf, Site, link, occupations_of};
use crate::count::count;
use crate::document::{Block, ContentItem, Span};
use crate::picture::capital;
use tlevel::concept::Concept;

/// How many of the most shared concepts their start page lists.
const MOST_SHARED: usize = 50;

impl Site<'_> {
    pub(super) fn concept_pages(&self) -> usize {
        self.shared.len().div_ceil(CONCEPTS)
    }

    /// The concepts that occupations share, and their positions.
    fn shared_concepts(&self) -> impl Iterator<Item = (usize, Concept<'_>)> {
        let get = |(at, index): (usize, &_)| Some((at, self.concepts.get(*index)?));
        self.shared.iter().enumerate().filter_map(get)
    }

    pub(super) fn concepts_start(&self) -> PageOf {
        let mut document = self.document("Concepts");
        let blocks = &mut document.blocks;
        blocks.push(Block::paragraph(
            "A concept is what statements of different standards share, each in its own words. Those that two occupations \
             or more share are listed, with all their wordings and the programmes in which they are core.",
        ));
        blocks.push(Block::heading(1, "most-shared", "The most shared"));
        let entries = self.shared_concepts().take(MOST_SHARED).filter_map(|(_, concept)| {
            let shown = link(&self.words(concept), &self.concept_path(concept.index())?);
            let occupations = self.occupations_of(concept);
            Some(vec![shown, Span::text(format!(": {}, {occupations} occupations", concept.kind()))])
        });
        let entries: Vec<Vec<Span>> = entries.collect();
        let has_any = !entries.is_empty();
        blocks.push(if has_any {
            Block::List { entries }
        } else {
            Block::paragraph("No two occupations share a concept.")
        });
        if has_any {
            blocks.push(Block::heading(1, "all", "All that is shared"));
            let pages = (0..self.concept_pages()).map(|page| {
                let (from, to) = (page * CONCEPTS + 1, ((page + 1) * CONCEPTS).min(self.shared.len()));
                vec![link(&format!("Concepts {from} to {to}"), &format!("concepts/{}.html", page + 1))]
            });
            blocks.push(Block::List { entries: pages.collect() });
        }
        let path = "concepts/index.html".to_owned();
        PageOf { trail: vec![("Concepts".to_owned(), path.clone())], path, document, after: "" }
    }

    pub(super) fn concept_page(&self, page: usize) -> PageOf {
        let (from, to) = (page * CONCEPTS, ((page + 1) * CONCEPTS).min(self.shared.len()));
        let title = format!("Concepts {} to {to}", from + 1);
        let mut document = self.document(title.as_str());
        for (at, concept) in self.shared_concepts().skip(from).take(CONCEPTS) {
            self.push_concept(at + 1, concept, &mut document.blocks);
        }
        let path = format!("concepts/{}.html", page + 1);
        let trail = vec![("Concepts".to_owned(), "concepts/index.html".to_owned()), (title, path.clone())];
        PageOf { path, trail, document, after: "" }
    }

    fn push_concept(&self, number: usize, concept: Concept<'_>, blocks: &mut Vec<Block>) {
        let text = format!("{number}. {}", self.words(concept));
        blocks.push(Block::heading(1, format!("c{number}"), text));
        let occupations = self.occupations_of(concept);
        let mut spans = vec![Span::text(format!("{}, {occupations} occupations", capital(concept.kind().name())))];
        for (i, tier) in self.core_of.get(concept.id()).into_iter().flatten() {
            let Some(programme) = self.derivation.programmes.get(*i) else { continue };
            let Some(pathway) = self.map.pathway(&programme.pathway.id) else { continue };
            spans.push(Span::text(format!("; {} of ", tier.name())));
            spans.push(match self.drafted(pathway) {
                Some(_) => link(&programme.pathway.name, &self.programme_path(pathway)),
                None => Span::text(&programme.pathway.name),
            });
        }
        spans.push(Span::text(format!("; {}", concept.id())));
        blocks.push(Block::Paragraph { spans });
        let wordings = concept.statements().iter().filter_map(|index| {
            let statement = self.map.statement_at(*index)?;
            let occupation = statement.occupation();
            let mut item = ContentItem::new(statement.id(), "", statement.text());
            item.detail = vec![
                self.link_to_occupation(occupation),
                Span::text(format!(" (level {}), {}", occupation.level(), occupation.pathway().name())),
            ];
            Some(item)
        });
        let items: Vec<ContentItem> = wordings.collect();
        blocks.push(Block::Content { caption: count(items.len(), "wording"), items, review: None });
    }

    /// The name of a concept: its label, or its most central wording.
    pub(super) fn words(&self, concept: Concept<'_>) -> String {
        let central = || self.map.statement_at(concept.central()).map(|statement| statement.text().to_owned());
        let words = concept.label().map(str::to_owned).or_else(central).unwrap_or_default();
        if words.trim().is_empty() { concept.id().to_owned() } else { words }
    }

    /// How many occupations have a concept.
    pub(super) fn occupations_of(&self, concept: Concept<'_>) -> usize {
        occupations_of(self.map, concept)
    }
}
