//! Judges a grouping of a map's occupations: how close its groups are, how
//! similar it is to the official one, and what programmes it would give.

use serde::{Deserialize, Serialize};

use super::agreement::agreement;
use super::curricula::{CurriculumError, curricula};
use super::groups::{Groups, meant};
use super::internal::internal;
use super::{ClusterQuality, Clustering, Labels, Method, Metric, Points, ProgrammeSize, Trial, UnknownOccupation};
use crate::concept::Concepts;
use crate::derive::Policy;
use crate::map::Map;
use crate::order;

/// A grouping, compared with the official clusters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClusterStudy {
    format: StudyFormat,
    version: u32,
    /// The method; `None` if the grouping was given.
    pub method: Option<Method>,
    /// How many groups there are.
    pub clusters: usize,
    /// How many occupations are in a group. All figures cover only these,
    /// including those of the official clusters.
    #[serde(default)]
    pub occupations: usize,
    /// How many occupations the map has.
    #[serde(default)]
    pub map_occupations: usize,
    /// Occupations of the map without a label.
    #[serde(default)]
    pub unlabelled: Vec<String>,
    /// Labelled occupations that are not on the map.
    #[serde(default)]
    pub unknown: Vec<UnknownOccupation>,
    /// Occupations of the map whose label means no group: -1 (noise), nan and
    /// the like.
    #[serde(default)]
    pub without_group: Vec<String>,
    /// Notes on the labels.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The figures: how close the groups are, how similar they are to the
    /// official clusters, what programmes they would give.
    pub measures: Vec<Metric>,
    /// The same figures for the official clusters, over the same occupations.
    pub official: Vec<Metric>,
    /// The groups and how close they are, by label.
    pub groups: Vec<GroupQuality>,
    /// The programmes that they would give, by label.
    pub programmes: Vec<ProgrammeSize>,
    /// The numbers of clusters that were tried.
    pub tried: Vec<Trial>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StudyFormat {
    #[serde(rename = "tlevel-study-clusters")]
    Clusters,
}

/// A group and how close it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupQuality {
    /// Its label.
    pub label: String,
    /// Its occupations.
    pub occupations: usize,
    /// The mean similarity of its pairs.
    pub cohesion: f64,
    /// 1 - the mean similarity with the nearest other group.
    pub separation: f64,
    /// The mean silhouette of its occupations.
    pub silhouette: f64,
}

/// The data with which a grouping is judged.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'j> {
    /// The map.
    pub map: &'j Map,
    /// Its occupations as points.
    pub points: &'j Points,
    /// The concepts of its statements.
    pub concepts: &'j Concepts,
    /// The policy, which decides eligibility and cores.
    pub policy: &'j Policy,
}

impl Judge<'_> {
    /// Judges a clustering of the points.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::OtherMap`] if the concepts were made for another map.
    ///
    /// # Complexity
    ///
    /// `O(n^2)` in the occupations, and as [`curricula`] twice.
    pub fn clustering(&self, clustering: &Clustering) -> Result<ClusterStudy, CurriculumError> {
        let mut study = self.labels(&clustering.labels)?;
        study.method = Some(clustering.method);
        study.tried.clone_from(&clustering.tried);
        Ok(study)
    }

    /// Judges any labelling. Occupations without a label, or in no group (-1,
    /// nan, none, null), are ignored and listed, and so are labelled ones that
    /// are not on the map.
    ///
    /// # Errors
    ///
    /// As [`Judge::clustering`], and [`CurriculumError::NoOccupation`] if none
    /// of the map's occupations is in a group.
    ///
    /// # Complexity
    ///
    /// As [`Judge::clustering`].
    pub fn labels(&self, labels: &Labels) -> Result<ClusterStudy, CurriculumError> {
        let given = labels;
        let Groups { labels, without_group, notes } = Groups::of(given);
        let labels = &labels;
        let labelled = self.points.of(labels);
        let on_map = |id: &str| self.map.occupation(id).is_some();
        let ids: Vec<&str> = self.points.ids().iter().map(String::as_str).collect();
        let unknown = given.iter().map(|(id, _)| id).filter(|id| !on_map(id));
        let unknown: Vec<UnknownOccupation> =
            meant(unknown, &ids).map(|(id, meant)| UnknownOccupation::new(id, meant)).collect();
        if labelled.ids().is_empty() && !given.is_empty() {
            let (map, labels) = (ids.len(), given.len());
            return Err(CurriculumError::NoOccupation { map, labels, unknown: unknown.into_iter().next() });
        }
        let names: Vec<&str> = labelled.ids().iter().filter_map(|id| labels.get(id)).collect();
        let official: Labels = labelled.ids().iter().cloned().zip(labelled.official().iter().cloned()).collect();
        let numbers = super::labels::numbers(names.iter().copied());
        let of_official = super::labels::numbers(labelled.official().iter().map(String::as_str));
        // there are as many labels as points by construction
        let quality = internal(labelled.similarity(), &numbers).unwrap_or_default();
        let official_quality = internal(labelled.similarity(), &of_official).unwrap_or_default();
        let own = curricula(self.map, self.concepts, self.policy, labels)?;
        let official_own = curricula(self.map, self.concepts, self.policy, &official)?;
        let mut measures = quality.measures;
        measures.extend(agreement(&of_official, &numbers).unwrap_or_default());
        measures.extend(own.measures);
        let mut official_measures = official_quality.measures;
        official_measures.extend(official_own.measures);
        let name = |quality: &ClusterQuality| {
            let first = numbers.iter().position(|number| *number == quality.label);
            first.map_or_else(String::new, |first| names[first].to_owned())
        };
        let mut groups: Vec<GroupQuality> = quality
            .clusters
            .iter()
            .map(|quality| GroupQuality {
                label: name(quality),
                occupations: quality.points,
                cohesion: quality.cohesion,
                separation: quality.separation,
                silhouette: quality.silhouette,
            })
            .collect();
        order::by(&mut groups, |a, b| a.label.cmp(&b.label));
        Ok(ClusterStudy {
            format: StudyFormat::Clusters,
            version: 1,
            method: None,
            clusters: groups.len(),
            occupations: labelled.ids().len(),
            map_occupations: ids.len(),
            unlabelled: ids.iter().filter(|id| given.get(id).is_none()).map(|id| (*id).to_owned()).collect(),
            unknown,
            without_group: without_group.into_iter().filter(|id| on_map(id)).collect(),
            notes,
            measures,
            official: official_measures,
            groups,
            programmes: own.programmes,
            tried: Vec::new(),
        })
    }
}
