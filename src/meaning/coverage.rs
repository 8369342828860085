//! What a caller's vectors are of.

use crate::map::Map;

use super::Vectors;

/// How far a caller's vectors and a map fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct VectorsCoverage {
    /// The ids that are not on the map and not of topics, in their order.
    pub unknown: Vec<String>,
    /// How many statements have a vector.
    pub statements: usize,
    /// How many statements have none.
    pub statements_without: usize,
    /// How many occupations have a vector.
    pub occupations: usize,
    /// How many occupations have none.
    pub occupations_without: usize,
}

impl Vectors {
    /// How far these vectors and a map fit: which ids the map does not have, and how
    /// many of its statements and occupations have no vector.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::meaning::Vectors;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let vectors = Vectors::new(["LARS82", "LARS82/K4", "LARS82/K999"].map(|id| (id.to_owned(), vec![1.0])))?;
    /// let coverage = vectors.coverage(&map);
    /// assert_eq!(coverage.unknown, ["LARS82/K999"]);
    /// assert_eq!((coverage.statements, coverage.occupations), (1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn coverage(&self, map: &Map) -> VectorsCoverage {
        let mut coverage = VectorsCoverage::default();
        for statement in map.statements() {
            let has = self.get(&statement_id(statement.occupation().id(), statement.id())).is_some();
            *if has { &mut coverage.statements } else { &mut coverage.statements_without } += 1;
        }
        for occupation in map.occupations() {
            let has = self.get(occupation.id()).is_some();
            *if has { &mut coverage.occupations } else { &mut coverage.occupations_without } += 1;
        }
        let is_known = |id: &str| {
            // an id may have slashes itself
            let of_statement = |(slash, _): (usize, &str)| {
                let occupation = map.occupation(&id[..slash]);
                occupation.is_some_and(|o| o.statements().any(|s| s.id() == &id[slash + 1..]))
            };
            id.starts_with("topic:") || map.occupation(id).is_some() || id.match_indices('/').any(of_statement)
        };
        coverage.unknown = self.ids().filter(|id| !is_known(id)).map(str::to_owned).collect();
        coverage
    }
}

/// The id of a statement's vector.
pub(super) fn statement_id(occupation: &str, statement: &str) -> String {
    format!("{occupation}/{statement}")
}
