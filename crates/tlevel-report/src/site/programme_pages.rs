//! The page of a programme: its picture and its draft specification.

use super::{PageOf, Site};
use crate::document::{Block, Figure};
use crate::picture;
use crate::report;
use tlevel::derive::{Programme, Specification};

impl Site<'_> {
    pub(super) fn programme_page(&self, programme: &Programme) -> Option<PageOf> {
        let pathway = self.map.pathway(&programme.pathway.id)?;
        let specification = Specification::of(self.map, self.concepts, self.derivation, pathway.id())?;
        let mut document = report::specification(&specification.with_date(self.date.map(str::to_owned)));
        document.title = format!("T Level in {}: draft outline content", pathway.name());
        let titles = |id: &str| self.map.occupation(id).map(|occupation| occupation.title());
        let figure = Figure::new(
            "The programme at a glance",
            "Route core above pathway core above specialisms; each square is an item of content. The parts below \
             say it in words.",
            picture::programme(programme, titles),
        );
        // after the facts, before the contents
        let contents = document.blocks.iter().position(|block| matches!(block, Block::Contents));
        document.blocks.insert(contents.unwrap_or(document.blocks.len()), Block::Figure(figure));
        let path = self.programme_path(pathway);
        let here = ("T Level".to_owned(), path.clone());
        let trail = vec![self.route_entry(pathway.route()), self.pathway_entry(pathway), here];
        Some(PageOf { path, trail, document, after: "" })
    }
}
