//! A small offline site: the map, its routes and pathways, and each programme,
//! occupation and concept with its wordings, linked and searchable.

mod pages;
mod concept_pages;
mod map_pages;
mod names;
mod programme_pages;
mod search;
pub use pages::{Site, SiteFile};
use pages::{CONCEPTS, MENU, PageOf, concept_path, concept_target, link};
