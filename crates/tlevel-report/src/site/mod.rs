//! A small offline site: the map, its routes and pathways, and each programme,
//! occupation and concept with its wordings, linked and searchable.

mod concept_pages;
mod map_pages;
mod names;
mod pages;
mod programme_pages;
mod search;
mod start;
use pages::{CONCEPTS, PageOf, link, occupations_of};
pub use pages::{Site, SiteFile};
