//! The pages of a site, one after another.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{names, search};
use crate::document::{Document, Span};
use crate::export::{Frame, SITE_STYLE, site_page};
use tlevel::concept::{Concept, ConceptIndex, Concepts};
use tlevel::derive::{Derivation, Error, Tier};
use tlevel::map::{Map, Occupation, Pathway, Route};
use tlevel::teaching::TeachingPlan;

/// The menu of every page: names and pages.
pub(super) const MENU: [(&str, &str); 4] = [
    ("Routes", "index.html#routes"),
    ("Programmes", "index.html#programmes"),
    ("Concepts", "concepts/index.html"),
    ("Search", "search.html"),
];

/// How many concepts a page has.
pub(super) const CONCEPTS: usize = 100;

/// A site of a map, its concepts and its programmes.
///
/// It needs no server and no network. Without scripts everything works but the
/// search. The same input gives the same bytes.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::Site;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let site = Site::new(&map, &concepts, &derivation)?;
/// let paths: Vec<String> = site.files().map(|file| file.path).collect();
/// assert_eq!(paths[0], "index.html");
/// assert!(paths.contains(&"programmes/construction-onsite-construction.html".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Site<'s> {
    pub(super) map: &'s Map,
    pub(super) concepts: &'s Concepts,
    pub(super) derivation: &'s Derivation,
    pub(super) plan: TeachingPlan,
    pub(super) date: Option<&'s str>,
    pub(super) name: String,
    /// The file names of routes, pathways and occupations, by their index.
    pub(super) routes: Vec<String>,
    pub(super) pathways: Vec<String>,
    pub(super) occupations: Vec<String>,
    pub(super) by_concept_id: HashMap<&'s str, ConceptIndex>,
    /// The concepts that two occupations or more share, those of most occupations
    /// first: only these have a place on the pages of concepts.
    pub(super) shared: Vec<ConceptIndex>,
    /// The position in `shared` of each concept that is there.
    pub(super) shared_at: HashMap<ConceptIndex, usize>,
    /// The programmes in which a concept is core: the index of the programme, and
    /// the tier.
    pub(super) core_of: HashMap<&'s str, Vec<(usize, Tier)>>,
}

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SiteFile {
    /// Its path: folders and a name of lower-case letters, digits, hyphens and full
    /// stops, separated by `/`.
    pub path: String,
    /// Its content.
    pub content: String,
}

impl SiteFile {
    /// Whether it is a page to open in a browser.
    pub fn is_page(&self) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
    }
}

/// A page before it is written.
pub(super) struct PageOf {
    pub(super) path: String,
    /// Names and pages from the root to this page.
    pub(super) trail: Vec<(String, String)>,
    pub(super) document: Document,
    pub(super) after: &'static str,
}

impl<'s> Site<'s> {
    /// A site of a map, the concepts and the programmes derived with them.
    ///
    /// # Errors
    ///
    /// [`Error::OtherMap`] if the concepts were made for another map.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the occupations and the items of core content.
    pub fn new(map: &'s Map, concepts: &'s Concepts, derivation: &'s Derivation) -> Result<Self, Error> {
        if !concepts.fits(map) {
            return Err(Error::OtherMap);
        }
        let mut core_of: HashMap<&str, Vec<(usize, Tier)>> = HashMap::new();
        for (i, programme) in derivation.programmes.iter().enumerate() {
            for (item, tier) in programme.items().filter(|(_, tier)| *tier != Tier::Specialism) {
                let places = core_of.entry(item.concept.as_str()).or_default();
                // two groups may share it
                if !places.contains(&(i, tier)) {
                    places.push((i, tier));
                }
            }
        }
        let mut shared: Vec<(usize, ConceptIndex)> = concepts
            .iter()
            .map(|concept| (occupations_of(map, concept), concept.index()))
            .filter(|(n, _)| *n > 1)
            .collect();
        // stable: ties in the order of the concepts
        shared.sort_by_key(|(occupations, _)| Reverse(*occupations));
        let shared: Vec<ConceptIndex> = shared.into_iter().map(|(_, concept)| concept).collect();
        Ok(Site {
            shared_at: shared.iter().enumerate().map(|(at, concept)| (*concept, at)).collect(),
            shared,
            map,
            concepts,
            derivation,
            plan: TeachingPlan::of(map, &derivation.policy),
            date: None,
            name: map.raw().title.clone().unwrap_or_else(|| "Occupational map".to_owned()),
            routes: names::file_names(map.routes().map(|route| route.id())),
            pathways: names::file_names(map.pathways().map(|pathway| pathway.id())),
            occupations: names::file_names(map.occupations().map(|occupation| occupation.id())),
            by_concept_id: concepts.iter().map(|concept| (concept.id(), concept.index())).collect(),
            core_of,
        })
    }

    /// Returns this site with a date on its pages.
    #[must_use]
    pub fn date(mut self, date: Option<&'s str>) -> Self {
        self.date = date;
        self
    }

    /// Returns all files, one after the other, `index.html` first.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements and the size of the site; each page is made when the
    /// iterator reaches it.
    pub fn files(&self) -> impl Iterator<Item = SiteFile> {
        let pages = std::iter::once_with(|| self.start())
            .chain(self.map.routes().map(|route| self.route_page(route)))
            .chain(self.map.pathways().map(|pathway| self.pathway_page(pathway)))
            .chain(self.derivation.programmes.iter().filter_map(|programme| self.programme_page(programme)))
            .chain(self.map.occupations().map(|occupation| self.occupation_page(occupation)))
            .chain(std::iter::once_with(|| self.concepts_start()))
            .chain((0..self.concept_pages()).map(|page| self.concept_page(page)))
            .chain(std::iter::once_with(|| self.search_page()));
        pages.map(|page| self.file(&page)).chain(std::iter::once_with(|| self.assets()).flatten())
    }

    pub(super) fn assets(&self) -> [SiteFile; 3] {
        let file = |path: &str, content: String| SiteFile { path: path.to_owned(), content };
        [
            file("style.css", SITE_STYLE.to_owned()),
            file("search.js", search::SCRIPT.to_owned()),
            file("search-index.js", self.search_index()),
        ]
    }

    pub(super) fn file(&self, page: &PageOf) -> SiteFile {
        let item = |key: &str| Some(format!("page:{}", self.home_of(*self.by_concept_id.get(key)?)?));
        let frame = Frame {
            root: if page.path.contains('/') { "../" } else { "" },
            site: &self.name,
            menu: &MENU,
            search: page.path != "search.html",
            trail: page.trail.clone(),
            after: page.after,
            item: &item,
        };
        SiteFile { path: page.path.clone(), content: site_page(&page.document, &frame) }
    }

    /// An empty document with the date and rights of all pages.
    pub(super) fn document(&self, title: impl Into<String>) -> Document {
        let mut document = Document::new(title);
        document.date = self.date.map(str::to_owned);
        let map = &self.derivation.map;
        document.rights = map.attribution.clone().or_else(|| map.licence.clone());
        document
    }

    pub(super) fn route_path(&self, route: Route<'_>) -> String {
        format!("routes/{}.html", self.routes[route.index().index()])
    }

    pub(super) fn pathway_path(&self, pathway: Pathway<'_>) -> String {
        format!("pathways/{}.html", self.pathways[pathway.index().index()])
    }

    pub(super) fn programme_path(&self, pathway: Pathway<'_>) -> String {
        format!("programmes/{}.html", self.pathways[pathway.index().index()])
    }

    pub(super) fn occupation_path(&self, occupation: Occupation<'_>) -> String {
        format!("occupations/{}.html", self.occupations[occupation.index().index()])
    }

    /// The place of a concept that occupations share.
    pub(super) fn concept_path(&self, concept: ConceptIndex) -> Option<String> {
        let at = self.shared_at.get(&concept)?;
        Some(format!("concepts/{}.html#c{}", at / CONCEPTS + 1, at + 1))
    }

    /// The place of a concept: where it is shared, or its only occupation.
    pub(super) fn home_of(&self, concept: ConceptIndex) -> Option<String> {
        self.concept_path(concept).or_else(|| {
            let central = self.concepts.get(concept)?.central();
            Some(self.occupation_path(self.map.statement_at(central)?.occupation()))
        })
    }

    pub(super) fn route_entry(&self, route: Route<'_>) -> (String, String) {
        (route.name().to_owned(), self.route_path(route))
    }

    pub(super) fn pathway_entry(&self, pathway: Pathway<'_>) -> (String, String) {
        (pathway.name().to_owned(), self.pathway_path(pathway))
    }

    pub(super) fn link_to_occupation(&self, occupation: Occupation<'_>) -> Span {
        link(occupation.title(), &self.occupation_path(occupation))
    }
}

/// A link to a page of the site; without words it shows the path.
pub(super) fn link(text: &str, path: &str) -> Span {
    let text = if text.trim().is_empty() { path } else { text };
    Span::link(text, format!("page:{path}"))
}

/// How many occupations have a concept.
pub(super) fn occupations_of(map: &Map, concept: Concept<'_>) -> usize {
    let of = |index: &_| map.statement_at(*index).map(|s| s.occupation().index());
    let mut occupations: Vec<_> = concept.statements().iter().filter_map(of).collect();
    occupations.sort_unstable();
    occupations.dedup();
    occupations.len()
}
