//! The page of a programme: its picture and its draft specification.

use super::{PageOf, Site};
use crate::report;
use tlevel::derive::{Programme, Specification};

impl Site<'_> {
    pub(super) fn programme_page(&self, programme: &Programme) -> Option<PageOf> {
        if !programme.has_statements() {
            return None;
        }
        let pathway = self.map.pathway(&programme.pathway.id)?;
        let specification = Specification::of(self.map, self.concepts, self.derivation, pathway.id())?;
        let mut document = report::specification(&specification.with_date(self.date.map(str::to_owned)));
        document.title = format!("T Level in {}: draft outline content", pathway.name());
        let path = self.programme_path(pathway);
        let here = ("T Level".to_owned(), path.clone());
        let trail = vec![self.route_entry(pathway.route()), self.pathway_entry(pathway), here];
        Some(PageOf { path, trail, document, after: "" })
    }
}
