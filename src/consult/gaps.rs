//! Occupations without a standard.

use super::branch_model::{Gap, GapScreening};
use super::model::{KnownOccupation, Neighbour};
use super::{Consultation, questions};
use crate::map::{Occupation, Status};
use crate::place::NewOccupation;

/// The number of neighbours listed for each.
const NEIGHBOURS: usize = 3;

impl<'m> Consultation<'m> {
    /// Returns the occupations for which no standard exists or is being
    /// developed (the black ones), each with the nearest that have one or will
    /// have one. A standard may be wanted for them, or a technical
    /// qualification, or neither; the map does not say.
    ///
    /// For an occupation without statements, neighbours are found only by
    /// title, keywords and level.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::Consultation;
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let gaps = Consultation::new(&map, &concepts, &Policy::t_level())?.gaps().gaps;
    /// let titles: Vec<&str> = gaps.iter().map(|gap| gap.occupation.title.as_str()).collect();
    /// assert_eq!(
    ///     titles,
    ///     ["Forest machine operator", "Senior survey technician", "Data technician", "Cyber security technician"]
    /// );
    /// assert_eq!(gaps[1].neighbours[0].occupation.title, "Surveying technician");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Placer::neighbours`](crate::place::Placer::neighbours) for each of them.
    pub fn gaps(&self) -> GapScreening {
        let is_gap = |o: &Occupation<'_>| o.status() == Status::None;
        let found: Vec<Occupation<'m>> = self.map.occupations().filter(is_gap).collect();
        let gap = |o: &Occupation<'m>| {
            let near = self.placer.neighbours(&NewOccupation::from(*o), usize::MAX);
            let near = near.into_iter().filter(|n| n.occupation != o.id());
            let known = near.filter_map(|n| Some((self.known(&n.occupation)?, n.score)));
            let with_standard = known.filter(|(occupation, _)| occupation.status != Status::None);
            Gap {
                occupation: KnownOccupation::of(*o),
                closed_by: self.closed_by(o.cluster()),
                neighbours: with_standard
                    .take(NEIGHBOURS)
                    .map(|(occupation, likeness)| Neighbour { occupation, likeness })
                    .collect(),
                links: questions::links(self.map, o.id(), &o.raw().progresses_to),
            }
        };
        GapScreening {
            gaps: found.iter().map(gap).collect(),
            unknown: self.map.occupations().filter(|o| o.status() == Status::Unknown).count(),
            open_questions: questions::open(questions::GAPS),
            missing: questions::missing_of(self.map, &found),
        }
    }
}
