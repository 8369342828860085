//! A small offline site: the map, its routes and pathways, and each programme,
//! occupation and concept with its wordings, linked and searchable.

mod concept_pages;
mod map_pages;
mod names;
mod pages;
mod programme_pages;
mod search;
use pages::{CONCEPTS, PageOf, concept_path, link};
pub use pages::{Site, SiteFile};
