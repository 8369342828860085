//! Which units have which topics, and how usual that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::assign::Topics;
use super::chance;
use crate::concept::Nature;
use crate::map::Unit;

/// Which units have which content areas: one row a unit, one column an area.
///
/// A unit's statements count for the areas of their topics, each statement once
/// an area. With `n` of the unit's `N` statements on it, the unit *has*
///
/// * a general area where `n >= max(1, min(3, 0.02 N))`,
/// * an occupational one where `n >= max(2, min(3, 0.025 N))`,
///
/// so that a unit of 180 statements does not have everything.
///
/// # Examples
///
/// ```
/// use tlevel::topics::{TopicMatrix, Topics, Vocabulary};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let topics = Topics::assign(&map, &Vocabulary::bundled());
/// let units: Vec<_> = map.occupations().flat_map(|o| o.units()).collect();
/// let matrix = TopicMatrix::new(&topics, &units);
/// assert_eq!(matrix.rows.len(), units.len());
/// // how many of three units share that area by chance alone
/// let safety = matrix.areas.iter().position(|a| a.id == "health-and-safety").unwrap();
/// let chance = matrix.chance(safety, 3, 2);
/// assert!(chance > 0.0 && chance < 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicMatrix {
    /// The areas, in the order of the vocabulary: those on which some unit has
    /// a statement.
    pub areas: Vec<MatrixArea>,
    /// The units, in the order in which they were given.
    pub rows: Vec<MatrixRow>,
}

/// A content area, and how usual it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MatrixArea {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Whether it is general or occupational.
    pub nature: Nature,
    /// How many of the units have it.
    pub units: usize,
}

/// A unit, and how many of its statements are on each area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MatrixRow {
    /// The occupation's id.
    pub occupation: String,
    /// The option's id, if the unit is one.
    pub option: Option<String>,
    /// How many statements it has.
    pub statements: usize,
    /// The areas of its statements, in order.
    pub cells: Vec<MatrixCell>,
}

/// How many of a unit's statements are on an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MatrixCell {
    /// The number of the area in [`TopicMatrix::areas`].
    pub area: usize,
    /// How many statements are on it.
    pub statements: usize,
    /// Whether that is enough for the unit to have it.
    pub has: bool,
}

/// Whether so many of a unit's statements are enough for it to have an area:
/// the rule of [`TopicMatrix`].
///
/// # Examples
///
/// ```
/// use tlevel::topics::{Nature, is_enough};
///
/// assert!(is_enough(Nature::General, 1, 40));
/// assert!(!is_enough(Nature::General, 1, 60));
/// assert!(!is_enough(Nature::Occupational, 1, 10));
/// assert!(is_enough(Nature::Occupational, 3, 180));
/// ```
pub fn is_enough(nature: Nature, statements: usize, of: usize) -> bool {
    // in thousandths of a statement, so that nothing is rounded
    let (least, part) = match nature {
        Nature::General => (1000, 20),
        Nature::Occupational => (2000, 25),
    };
    statements.saturating_mul(1000) >= of.saturating_mul(part).min(3000).max(least)
}

impl TopicMatrix {
    /// Counts the statements of units by area. Statements that were not in the
    /// run, or say nothing, do not count.
    ///
    /// # Complexity
    ///
    /// `O(n log n)` for `n` statements.
    pub fn new(topics: &Topics, units: &[Unit<'_>]) -> TopicMatrix {
        let numbers: BTreeMap<&str, usize> =
            topics.topics().iter().enumerate().map(|(i, topic)| (topic.id.as_str(), i)).collect();
        let area_of = |id: &str| numbers.get(topics.topic(id)?.area.as_str()).copied();
        let topic_areas: BTreeMap<&str, usize> =
            topics.topics().iter().filter_map(|topic| Some((topic.id.as_str(), area_of(&topic.id)?))).collect();
        let mut counted: Vec<(usize, BTreeMap<usize, usize>)> = Vec::with_capacity(units.len());
        for unit in units {
            let (mut of, mut counts) = (0, BTreeMap::new());
            for statement in unit.statements().filter(|s| topics.number(*s).is_some()) {
                of += 1;
                let all = topics.of_statement(statement).iter();
                let mut areas: Vec<usize> = all.filter_map(|t| topic_areas.get(t.topic.as_str()).copied()).collect();
                areas.sort_unstable();
                areas.dedup();
                areas.into_iter().for_each(|area| *counts.entry(area).or_default() += 1);
            }
            counted.push((of, counts));
        }
        let mut used: Vec<usize> = counted.iter().flat_map(|(_, counts)| counts.keys().copied()).collect();
        used.sort_unstable();
        used.dedup();
        let mut areas: Vec<MatrixArea> = used
            .iter()
            .filter_map(|i| topics.topics().get(*i))
            .map(|topic| MatrixArea {
                id: topic.id.clone(),
                heading: topic.heading.clone(),
                nature: topic.nature,
                units: 0,
            })
            .collect();
        let mut rows = Vec::with_capacity(units.len());
        for (unit, (of, counts)) in units.iter().zip(counted) {
            let mut cells = Vec::with_capacity(counts.len());
            for (topic, statements) in counts {
                let Ok(area) = used.binary_search(&topic) else { continue };
                let Some(own) = areas.get_mut(area) else { continue };
                let has = is_enough(own.nature, statements, of);
                own.units += usize::from(has);
                cells.push(MatrixCell { area, statements, has });
            }
            rows.push(MatrixRow {
                occupation: unit.occupation().id().to_owned(),
                option: unit.option().map(|option| option.id().to_owned()),
                statements: of,
                cells,
            });
        }
        TopicMatrix { areas, rows }
    }

    /// Returns the chance that `at_least` of `drawn` units have an area, if the
    /// units are drawn from all rows at random: 1 for an area that every unit
    /// has, 0 for one that too few have.
    ///
    /// It is exact. With `K` of `M` units that have it, the sum over `i >= at_least`
    /// of `C(K, i) C(M - K, drawn - i) / C(M, drawn)` (hypergeometric). It is not
    /// corrected for how many areas are looked at: of a hundred, five are below
    /// 0.05 by luck alone. An unknown area has the chance of one that no unit has.
    ///
    /// # Complexity
    ///
    /// `O(drawn)`.
    pub fn chance(&self, area: usize, drawn: usize, at_least: usize) -> f64 {
        let holders = self.areas.get(area).map_or(0, |area| area.units);
        chance::at_least(self.rows.len(), holders, drawn, at_least)
    }

    /// Returns how many areas `at_least` of `drawn` units share on average, if
    /// the units are drawn from all rows at random: the sum of
    /// [`TopicMatrix::chance`] over the areas.
    ///
    /// # Complexity
    ///
    /// `O(areas drawn)`.
    pub fn expected(&self, drawn: usize, at_least: usize) -> f64 {
        (0..self.areas.len()).map(|area| self.chance(area, drawn, at_least)).sum()
    }

    /// Returns how many of some rows have an area.
    pub fn shared_by(&self, area: usize, rows: &[usize]) -> usize {
        let has = |row: &&usize| {
            self.rows.get(**row).is_some_and(|row| row.cells.iter().any(|cell| cell.area == area && cell.has))
        };
        rows.iter().filter(has).count()
    }
}
