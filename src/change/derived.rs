//! One side of a difference, and the ids of both sides.

use std::collections::HashMap;

use crate::concept::Concepts;
use crate::derive::Derivation;
use crate::map::Map;

/// A map with the concepts that were made for it and the derivation that was
/// made from both. Programmes of pathways that the map does not have are left out of a
/// comparison: the derivation may be that of a larger map.
#[derive(Clone, Copy, Debug)]
pub struct Derived<'a> {
    pub(super) map: &'a Map,
    pub(super) concepts: &'a Concepts,
    pub(super) derivation: &'a Derivation,
}

impl<'a> Derived<'a> {
    /// Bundles the three. Returns `None` if the concepts were made for another
    /// map.
    pub fn new(map: &'a Map, concepts: &'a Concepts, derivation: &'a Derivation) -> Option<Self> {
        concepts.fits(map).then_some(Derived { map, concepts, derivation })
    }
}

/// The new map's ids for the ids of one map.
pub(super) struct NewIds<'a>(HashMap<&'a str, &'a str>);

impl<'a> NewIds<'a> {
    pub(super) fn new(renamed: HashMap<&'a str, &'a str>) -> Self {
        NewIds(renamed)
    }

    /// Maps every id to itself.
    pub(super) fn kept() -> Self {
        NewIds(HashMap::new())
    }

    pub(super) fn get<'i>(&self, id: &'i str) -> &'i str
    where
        'a: 'i,
    {
        // most maps are not recoded
        if self.0.is_empty() { id } else { self.0.get(id).copied().unwrap_or(id) }
    }
}
