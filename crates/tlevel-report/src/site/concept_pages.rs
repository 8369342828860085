//! Concepts with their wordings, a hundred to a page.

use super::{CONCEPTS, PageOf, Site, concept_path, link};
use crate::count::count;
use crate::document::{Block, ContentItem, Span};
use tlevel::concept::Concept;

/// How many of the most shared concepts their start page lists.
const MOST_SHARED: usize = 50;

impl Site<'_> {
    pub(super) fn concept_pages(&self) -> usize {
        self.concepts.len().div_ceil(CONCEPTS)
    }

    pub(super) fn concepts_start(&self) -> PageOf {
        let mut document = self.document("Concepts");
        let blocks = &mut document.blocks;
        blocks.push(Block::paragraph(
            "A concept is what statements of different standards share, each in its own words. Each concept has all its \
             wordings, and the programmes in which it is core.",
        ));
        let mut shared: Vec<(usize, Concept<'_>)> = self
            .concepts
            .iter()
            .map(|concept| (self.occupations_of(concept), concept))
            .filter(|(n, _)| *n > 1)
            .collect();
        let shown = |concept: &Concept<'_>| link(&self.words(*concept), &concept_path(concept.index()));
        // the most shared first, ties in the order of the concepts
        shared.sort_by_key(|(occupations, _)| std::cmp::Reverse(*occupations));
        blocks.push(Block::heading(1, "most-shared", "The most shared"));
        blocks.push(if shared.is_empty() {
            Block::paragraph("No two occupations share a concept.")
        } else {
            let entries = shared.iter().take(MOST_SHARED).map(|(occupations, concept)| {
                vec![shown(concept), Span::text(format!(": {}, {occupations} occupations", concept.kind()))]
            });
            Block::List { entries: entries.collect() }
        });
        blocks.push(Block::heading(1, "all", "All concepts"));
        let pages = (0..self.concept_pages()).map(|page| {
            let (from, to) = (page * CONCEPTS + 1, ((page + 1) * CONCEPTS).min(self.concepts.len()));
            vec![link(&format!("Concepts {from} to {to}"), &format!("concepts/{}.html", page + 1))]
        });
        let entries: Vec<Vec<Span>> = pages.collect();
        blocks.push(if entries.is_empty() { Block::paragraph("None.") } else { Block::List { entries } });
        let path = "concepts/index.html".to_owned();
        PageOf { trail: vec![("Concepts".to_owned(), path.clone())], path, document, after: "" }
    }

    pub(super) fn concept_page(&self, page: usize) -> PageOf {
        let (from, to) = (page * CONCEPTS, ((page + 1) * CONCEPTS).min(self.concepts.len()));
        let title = format!("Concepts {} to {to}", from + 1);
        let mut document = self.document(title.as_str());
        for concept in self.concepts.iter().skip(from).take(CONCEPTS) {
            self.push_concept(concept, &mut document.blocks);
        }
        let path = format!("concepts/{}.html", page + 1);
        let trail = vec![("Concepts".to_owned(), "concepts/index.html".to_owned()), (title, path.clone())];
        PageOf { path, trail, document, after: "" }
    }

    fn push_concept(&self, concept: Concept<'_>, blocks: &mut Vec<Block>) {
        let number = concept.index().index() + 1;
        let text = format!("{number}. {}", self.words(concept));
        blocks.push(Block::heading(1, format!("c{number}"), text));
        let kind = format!("{}; {}", concept.id(), concept.kind());
        let mut spans = vec![Span::text(kind)];
        for (i, tier) in self.core_of.get(concept.id()).into_iter().flatten() {
            let Some(programme) = self.derivation.programmes.get(*i) else { continue };
            let Some(pathway) = self.map.pathway(&programme.pathway.id) else { continue };
            spans.push(Span::text(format!("; {} of ", tier.name())));
            spans.push(link(&programme.pathway.name, &self.programme_path(pathway)));
        }
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
        let of = |index: &_| self.map.statement_at(*index).map(|s| s.occupation().index());
        let mut occupations: Vec<_> = concept.statements().iter().filter_map(of).collect();
        occupations.sort_unstable();
        occupations.dedup();
        occupations.len()
    }
}
