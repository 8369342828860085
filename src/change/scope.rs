//! The part of two maps that is compared.

use std::collections::HashSet;

use super::matching::occupations::Records;
use crate::map::{Map, Occupation, Pathway, PathwayIndex, Route};

/// The pathways that a comparison covers.
///
/// # Examples
///
/// ```
/// use tlevel::change::Scope;
///
/// assert!(Scope::default().is_whole());
/// assert!(!Scope::pathways(["digital/support"]).is_whole());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pathways: Option<Vec<String>>,
}

impl Scope {
    /// Returns the scope of the pathways with these ids, on either map. A
    /// pathway that is on both maps is covered on both, whatever its ids are.
    pub fn pathways<I: Into<String>>(ids: impl IntoIterator<Item = I>) -> Self {
        Scope { pathways: Some(ids.into_iter().map(Into::into).collect()) }
    }

    /// Whether everything is compared.
    pub fn is_whole(&self) -> bool {
        self.pathways.is_none()
    }

    pub(super) fn within(&self, old: &Map, new: &Map, records: &Records) -> Within {
        let Some(ids) = &self.pathways else { return Within(None) };
        let mut within: [HashSet<PathwayIndex>; 2] = Default::default();
        for id in ids {
            let (was, is) = (old.pathway(id), new.pathway(id));
            let was = [was, is.and_then(|is| records.old_pathway(is, old))];
            let is = [is, old.pathway(id).and_then(|was| records.new_pathway(was, new))];
            within[0].extend(was.into_iter().flatten().map(|p| p.index()));
            within[1].extend(is.into_iter().flatten().map(|p| p.index()));
        }
        Within(Some(within))
    }
}

/// A scope in two maps: the pathways of the old and of the new one.
pub(super) struct Within(Option<[HashSet<PathwayIndex>; 2]>);

impl Within {
    pub(super) const WHOLE: Within = Within(None);

    /// Whether a pathway of the old map (0) or the new one (1) is covered.
    pub(super) fn pathway(&self, pathway: Pathway<'_>, side: usize) -> bool {
        self.0.as_ref().is_none_or(|within| within[side].contains(&pathway.index()))
    }

    pub(super) fn route(&self, route: Route<'_>, side: usize) -> bool {
        self.0.is_none() || route.pathways().any(|pathway| self.pathway(pathway, side))
    }

    pub(super) fn occupation(&self, occupation: Occupation<'_>, side: usize) -> bool {
        self.0.is_none() || self.pathway(occupation.pathway(), side)
    }

    /// Whether an occupation on both maps is covered on either.
    pub(super) fn pair(&self, was: Occupation<'_>, is: Occupation<'_>) -> bool {
        self.occupation(was, 0) || self.occupation(is, 1)
    }
}
