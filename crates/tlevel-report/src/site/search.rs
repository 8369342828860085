//! The search: a page, its script and the index that the script reads.

use serde::Serialize;

use super::{PageOf, Site, concept_path};
use crate::document::Block;

pub(super) const SCRIPT: &str = include_str!("search.js");

/// The form; `{root}` is the path to the root of the site.
const FORM: &str = "\
<div class=\"search\" hidden>
<label for=\"query\">Search for routes, pathways, occupations and what they share</label>
<input id=\"query\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\">
</div>
<p id=\"found\" role=\"status\"></p>
<ol class=\"results\" id=\"results\"></ol>
<noscript><p>The search needs scripts. Everything is also reached from the start page.</p></noscript>
<script src=\"{root}search-index.js\"></script>
<script src=\"{root}search.js\"></script>
";

/// An entry of the search.
#[derive(Serialize)]
struct Entry<'e>(
    /// Its name.
    &'e str,
    /// Its page.
    String,
    /// Its kind.
    &'static str,
    /// Other words by which it is found.
    String,
);

impl Site<'_> {
    pub(super) fn search_page(&self) -> PageOf {
        let mut document = self.document("Search");
        document.blocks.push(Block::paragraph("Finds what has all the words. The best matches come first."));
        let path = "search.html".to_owned();
        PageOf { trail: vec![("Search".to_owned(), path.clone())], path, document, after: FORM }
    }

    /// A script that holds all entries.
    pub(super) fn search_index(&self) -> String {
        let mut out = String::from("var tlevelEntries = [\n");
        let mut push = |entry: &Entry<'_>| {
            // an entry holds only texts, which always serialise
            out.push_str(&serde_json::to_string(entry).unwrap_or_default());
            out.push_str(",\n");
        };
        for route in self.map.routes() {
            push(&Entry(route.name(), self.route_path(route), "route", route.id().to_owned()));
        }
        for pathway in self.map.pathways() {
            let words = format!("{} {}", pathway.id(), pathway.route().name());
            push(&Entry(pathway.name(), self.pathway_path(pathway), "pathway", words));
        }
        for programme in &self.derivation.programmes {
            if let Some(pathway) = self.map.pathway(&programme.pathway.id) {
                push(&Entry(pathway.name(), self.programme_path(pathway), "T Level", "programme".to_owned()));
            }
        }
        for occupation in self.map.occupations() {
            let raw = occupation.raw();
            let words = [occupation.id(), occupation.cluster().name()];
            let words = words.into_iter().chain(raw.job_titles.iter().chain(&raw.keywords).map(String::as_str));
            let words = words.collect::<Vec<_>>().join(" ");
            push(&Entry(occupation.title(), self.occupation_path(occupation), "occupation", words));
        }
        for concept in self.concepts.iter() {
            let words = concept.label().and_then(|_| self.map.statement_at(concept.central()));
            let words = words.map_or_else(String::new, |statement| statement.text().to_owned());
            push(&Entry(&self.words(concept), concept_path(concept.index()), "concept", words));
        }
        out.push_str("];\n");
        out
    }
}
