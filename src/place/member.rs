//! An occupation of the map in the index.

use serde::{Deserialize, Serialize};

use super::NewOccupation;
use super::vector::{Vector, square};
use crate::map::{Band, Level};

/// An occupation of the map.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) cluster: usize,
    pub(super) band: usize,
    /// The length of its vector.
    pub(super) length: f64,
    pub(super) vector: Vector,
}

impl Member {
    pub(super) fn new(occupation: &NewOccupation, cluster: usize, vector: Vector) -> Self {
        Member {
            id: occupation.id.clone(),
            title: occupation.title.clone(),
            cluster,
            band: occupation.level.and_then(band).unwrap_or(0),
            length: square(&vector).sqrt(),
            vector,
        }
    }
}

/// The band of a level; `None` outside 2 to 7.
pub(super) fn band(level: i64) -> Option<usize> {
    let level = Level::try_from(level).ok()?;
    Some(match level.band() {
        Band::Technical => 0,
        Band::HigherTechnical => 1,
        Band::Professional => 2,
    })
}
