//! The search: a page, its script and the index that the script reads.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{PageOf, Site};
use crate::count::count;
use crate::document::Block;
use tlevel::concept::Concept;
use tlevel::map::{Occupation, Pathway, PathwayIndex, RouteIndex};

pub(super) const SCRIPT: &str = include_str!("search.js");

/// The form; `{root}` is the path to the root of the site.
const FORM: &str = "\
<div class=\"search\" hidden>
<label for=\"query\">Search for T Levels, core topics, occupations, pathways, routes and statements</label>
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
    /// Where it belongs: its route, pathway, level or occupation.
    String,
);

impl Site<'_> {
    pub(super) fn search_page(&self) -> PageOf {
        let mut document = self.document("Search");
        document.blocks.push(Block::paragraph(
            "Finds what has all the words, in any of their forms. The best matches come first.",
        ));
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
        for programme in &self.derivation.programmes {
            let Some(pathway) = self.map.pathway(&programme.pathway.id).filter(|p| self.drafted(*p).is_some()) else {
                continue;
            };
            let title = format!("T Level in {}", pathway.name());
            let page = self.programme_path(pathway);
            let words = "programme core component specialisms".to_owned();
            push(&Entry(&title, page.clone(), "T Level", words, pathway.route().name().to_owned()));
            for topic in &programme.topics {
                push(&Entry(&topic.heading, page.clone(), "core topic", String::new(), title.clone()));
            }
        }
        for occupation in self.map.occupations() {
            let raw = occupation.raw();
            let words = [occupation.id(), occupation.cluster().name()];
            let words = words.into_iter().chain(raw.job_titles.iter().chain(&raw.keywords).map(String::as_str));
            let words = words.collect::<Vec<_>>().join(" ");
            let (page, place) = (self.occupation_path(occupation), place_of(occupation));
            push(&Entry(occupation.title(), page, "occupation", words, place));
        }
        for pathway in self.map.pathways() {
            let place = pathway.route().name().to_owned();
            push(&Entry(pathway.name(), self.pathway_path(pathway), "pathway", pathway.id().to_owned(), place));
        }
        for route in self.map.routes() {
            push(&Entry(route.name(), self.route_path(route), "route", route.id().to_owned(), String::new()));
        }
        for concept in self.concepts.iter() {
            let Some(page) = self.home_of(concept.index()) else { continue };
            let name = self.words(concept);
            let texts = concept.statements().iter().filter_map(|index| self.map.statement_at(*index)).map(|s| s.text());
            let words = texts.filter(|text| *text != name).collect::<Vec<_>>().join(" ");
            push(&Entry(&name, page, concept.kind().name(), words, self.who_has(concept)));
        }
        out.push_str("];\n");
        out
    }
}

impl Site<'_> {
    /// The occupation that has a concept and its place, or how many have it and what of
    /// the map they have in common.
    fn who_has(&self, concept: Concept<'_>) -> String {
        let statements = concept.statements().iter().filter_map(|index| self.map.statement_at(*index));
        let mut occupations: Vec<Occupation<'_>> = statements.map(|statement| statement.occupation()).collect();
        occupations.sort_unstable_by_key(|occupation| occupation.index());
        occupations.dedup();
        if let [only] = occupations.as_slice() {
            return format!("{} ({})", only.title(), place_of(*only));
        }
        let pathways: BTreeSet<PathwayIndex> = occupations.iter().map(|o| o.pathway().index()).collect();
        let routes: BTreeSet<RouteIndex> = occupations.iter().map(|o| o.pathway().route().index()).collect();
        let many = count(occupations.len(), "occupation");
        match (occupations.first().map(|o| o.pathway()), pathways.len(), routes.len()) {
            (Some(pathway), 1, _) => format!("{many} in {}", branch_of(pathway)),
            (Some(pathway), _, 1) => format!("{many} in {}", pathway.route().name()),
            (_, _, n) => format!("{many} in {}", count(n, "route")),
        }
    }
}

/// The route and name of a pathway.
fn branch_of(pathway: Pathway<'_>) -> String {
    format!("{} \u{203a} {}", pathway.route().name(), pathway.name())
}

/// The route and pathway of an occupation, and its level.
fn place_of(occupation: Occupation<'_>) -> String {
    format!("{}, level {}", branch_of(occupation.pathway()), occupation.level())
}
