//! An occupation of the map in the index.

use serde::{Deserialize, Serialize};

use super::NewOccupation;
use super::profile::Profile;
use super::vector::square;
use crate::map::{Band, Level};

/// An occupation of the map.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) job_titles: Vec<String>,
    pub(super) cluster: usize,
    pub(super) band: usize,
    /// The length of the vector of everything.
    pub(super) length: f64,
    pub(super) vector: Profile,
}

impl Member {
    pub(super) fn new(occupation: &NewOccupation, cluster: usize, vector: Profile) -> Self {
        Member {
            id: occupation.id.clone(),
            title: occupation.title.clone(),
            job_titles: occupation.job_titles.clone(),
            cluster,
            band: occupation.level.and_then(band).unwrap_or(0),
            length: square(&vector.all).sqrt(),
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
