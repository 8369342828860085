//! An index without one of its occupations.

use std::sync::{Arc, OnceLock};

use super::meaning_of::MeaningOf;
use super::member::Member;
use super::placer::{Placer, by_cluster};
use super::{PlaceError, TitleList};

impl Placer {
    /// Returns the placer without one occupation: its suggestions are those it
    /// would make if that occupation were not on the map. The weights of all
    /// terms and the calibration stay as they are.
    ///
    /// # Errors
    ///
    /// [`PlaceError::UnknownOccupation`]: `"no such occupation"`.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::{NewOccupation, Placer, Verdict};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let placer = Placer::new(&map);
    /// let occupation = map.occupation("LARS82").expect("is on the map");
    /// let asked = NewOccupation::from(occupation);
    /// assert_eq!(placer.suggest(&asked, 1).verdict, Verdict::SameTitle);
    /// let others = placer.without(occupation.id())?;
    /// assert_eq!(others.suggest(&asked, 1).verdict, Verdict::Place);
    /// assert!(placer.without("no such occupation").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(t)` in the terms of all occupations, to copy the index; only the sums of the
    /// occupation's route are worked out again.
    pub fn without(&self, occupation: &str) -> Result<Placer, PlaceError> {
        let place = self.members.iter().position(|member| member.id == occupation);
        let place = place.ok_or_else(|| PlaceError::UnknownOccupation(occupation.to_owned()))?;
        let left = &self.members[place];
        let in_cluster = self.by_cluster[left.cluster].iter().filter(|&&m| m != place);
        let in_cluster: Vec<&Member> = in_cluster.map(|&m| &*self.members[m]).collect();
        let dimensions = self.meaning.as_ref().map_or(0, MeaningOf::dimensions);
        let model = self.model.without_member(left, &in_cluster, dimensions);
        let mut members = self.members.clone();
        members.remove(place);
        let mut terms = self.terms.clone();
        let gone = left.vector.all.iter().map(|(term, _)| *term).filter(|&term| model.is_nowhere(term));
        terms.drop_unused(&gone.collect::<Vec<u32>>());
        let others = Placer {
            terms,
            model,
            clusters: Arc::clone(&self.clusters),
            names: self.names.without(place),
            listed: Vec::new(),
            titles: TitleList::default(),
            by_cluster: by_cluster(&members, self.clusters.len()),
            members,
            meaning: self.meaning.clone(),
            cluster_words: OnceLock::new(),
            calibration: self.calibration,
            least: self.least,
        };
        Ok(if self.titles.is_empty() { others } else { others.with_titles(&self.titles).0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::{Meaning, WordTable};
    use crate::place::reading::Reading;

    /// The placer without an occupation, by building the model of the others.
    fn rebuilt(placer: &Placer, place: usize) -> Placer {
        let mut members = placer.members.clone();
        members.remove(place);
        let (terms, clusters, meaning) = (placer.terms.clone(), Arc::clone(&placer.clusters), placer.meaning.clone());
        Placer::of(terms, clusters, members, meaning, &mut Reading::default())
    }

    #[test]
    fn the_model_is_the_one_of_the_others() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let rows = [("network", vec![0.9, 0.1]), ("brick", vec![0.0, 1.0]), ("care", vec![0.5, 0.5])];
        let rows = rows.map(|(piece, row)| (piece.to_owned(), row));
        let table = WordTable::from_rows(crate::meaning::TableAbout::default(), rows).unwrap();
        for (placer, step) in [(Placer::new(&map), 23), (Placer::with_meaning(&map, Meaning::Table(&table)), 101)] {
            for place in (0..placer.len()).step_by(step) {
                let id = &placer.members[place].id;
                let (found, expected) = (placer.without(id).unwrap(), rebuilt(&placer, place));
                assert_eq!(found.model, expected.model, "{id}");
                assert_eq!(found.by_cluster, expected.by_cluster, "{id}");
                assert_eq!(found.names, expected.names, "{id}");
            }
        }
    }
}
