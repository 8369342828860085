//! (b) Should an occupation move to another route, pathway or cluster?

use std::collections::{BTreeSet, HashMap};

use super::model::{Comparison, KnownOccupation, MoveScreening, OccupationFacts, Regulation, Side, Tie, name_of};
use super::names;
use super::new_occupation::SUGGESTED;
use super::overlaps::{Said, is_on, overlaps};
use super::{Consultation, ConsultationError, concepts_of, questions};
use crate::change::{Change, Changes};
use crate::concept::{ConceptIndex, Topic};
use crate::derive::TopicName;
use crate::map::{Branch, BranchTier, Occupation, OccupationIndex, OccupationName, RouteIndex};
use crate::place::NewOccupation;
use crate::text::name_key;

/// The number of nearest occupations listed.
const NEAREST: usize = 5;

impl<'m> Consultation<'m> {
    /// (b) Screens a move: what the occupation shares with the neighbours that
    /// it would leave and those that it would join, its regulation and
    /// qualifications, its links, and the effect of the move on the programmes.
    /// `to` names a branch.
    ///
    /// # Errors
    ///
    /// [`ConsultationError`]: an occupation or branch that the map does not
    /// have, or a name that several have; the branch in which the occupation
    /// already is.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::Consultation;
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
    ///
    /// let screening = consultation.move_occupation("LARS333", "agriculture-land-management-and-production")?;
    /// assert_eq!(screening.ties[0].qualification.split(' ').next(), Some("Registration"));
    /// assert!(screening.target.is_suggested, "a pathway was named, and a cluster of it found");
    ///
    /// let slip = consultation.move_occupation("Veterinary nures", "caterer").unwrap_err();
    /// assert_eq!(slip.to_string(), "the map has no occupation \"Veterinary nures\": did you mean \"Veterinary nurse\"?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// Copies, derives and compares the one or two routes that it touches, and copies the
    /// index; `O(n)` in the map's occupations and statements.
    pub fn move_occupation(&self, occupation: &str, to: &str) -> Result<MoveScreening, ConsultationError> {
        let occupation = names::occupation(self.map, occupation, None)?;
        self.screen_move(occupation, names::branch(self.map, to, |_| false)?)
    }

    pub(super) fn screen_move(
        &self,
        occupation: Occupation<'m>,
        to: Branch<'m>,
    ) -> Result<MoveScreening, ConsultationError> {
        if to.holds(occupation.cluster()) {
            let (occupation, place) = (occupation.id().to_owned(), to.id().to_owned());
            return Err(ConsultationError::StandsThere { occupation, place });
        }
        let new = NewOccupation::from(occupation);
        let target = self.target(to, &new)?;
        let (id, cluster) = (occupation.id().to_owned(), target.cluster.cluster.id.clone());
        let change = Change::MoveOccupation { occupation: id, cluster: cluster.clone(), position: None };
        let routes = [Some(occupation.cluster()), self.map.cluster(&cluster)].into_iter().flatten();
        let routes: Vec<RouteIndex> = routes.map(|cluster| cluster.pathway().route().index()).collect();
        let proposed = self.proposed_in(&routes, &Changes::new(vec![change]), &self.policy)?;

        // what the index does not hold cannot influence its own place either
        let others = self.placer.without(occupation.id());
        let placer = others.as_ref().unwrap_or(&self.placer);
        let ranked = placer.suggest(&new, self.map.clusters().len());
        let rank = |cluster: &str| ranked.suggestions.iter().position(|s| s.cluster == cluster).map(|at| at + 1);
        let (rank_from, rank_to) = (rank(occupation.cluster().id()), rank(&cluster));
        let near = placer.neighbours(&new, usize::MAX);
        let alike: HashMap<&str, f64> = near.iter().map(|n| (n.occupation.as_str(), n.score)).collect();

        let across = if target.cluster.route.id != occupation.pathway().route().id() {
            BranchTier::Route
        } else if target.cluster.pathway.id != occupation.pathway().id() {
            BranchTier::Pathway
        } else {
            BranchTier::Cluster
        };
        let map = self.map;
        let there = map.cluster(&cluster).map_or(to, Branch::Cluster);
        let [from, to] = [Branch::Cluster(occupation.cluster()), there].map(|branch| match branch {
            Branch::Cluster(cluster) if across != BranchTier::Cluster => Branch::Pathway(cluster.pathway()),
            branch => branch,
        });
        let mine = concepts_of(self.concepts, occupation);
        let said = Said::of(self.concepts, occupation);
        let sides = [from, to].map(|branch| self.side((occupation, &said), &mine, branch, &alike));
        let [from_side, to_side] = sides;
        let placement = placer.with_evidence(&new, placer.suggest(&new, SUGGESTED));
        Ok(MoveScreening {
            occupation: KnownOccupation::of(occupation),
            target,
            across,
            from: from_side,
            to: to_side,
            nearest: {
                let others = map.occupations().filter(|o| *o != occupation);
                let mut nearest = overlaps((map, self.concepts), &said, others, &alike);
                nearest.truncate(NEAREST);
                nearest
            },
            comparison: self.comparison(occupation, from, to),
            ties: self.ties(occupation, from, to),
            regulation: self.regulation(occupation, from, to),
            facts: OccupationFacts::of(occupation.raw()),
            barriers: occupation.raw().barriers.clone(),
            links: questions::links(map, occupation.id(), &occupation.raw().progresses_to),
            places: self.places(&placement),
            placement,
            rank_from,
            rank_to,
            outcome: self.outcome(&proposed),
            open_questions: questions::open(questions::MOVE),
            missing: questions::missing_of(map, &[occupation]),
        })
    }

    /// The other occupations of a branch.
    fn others(&self, own: Occupation<'m>, branch: Branch<'m>) -> impl Iterator<Item = Occupation<'m>> + use<'m> {
        let map = self.map;
        map.occupations().filter(move |o| *o != own && branch.holds(o.cluster()))
    }

    /// The other occupations that are in neither branch.
    fn elsewhere(
        &self,
        own: Occupation<'m>,
        branches: [Branch<'m>; 2],
    ) -> impl Iterator<Item = Occupation<'m>> + use<'m> {
        let map = self.map;
        map.occupations().filter(move |o| *o != own && !branches.iter().any(|branch| branch.holds(o.cluster())))
    }

    fn side(
        &self,
        (own, said): (Occupation<'m>, &Said<'_>),
        mine: &BTreeSet<ConceptIndex>,
        branch: Branch<'m>,
        alike: &HashMap<&str, f64>,
    ) -> Side {
        let theirs: BTreeSet<ConceptIndex> =
            self.others(own, branch).flat_map(|o| concepts_of(self.concepts, o)).collect();
        let own_topics = self.concepts.topics().iter().filter(|topic| is_on(topic, own));
        let (shared, alone): (Vec<&Topic>, Vec<&Topic>) =
            own_topics.partition(|topic| self.others(own, branch).any(|other| is_on(topic, other)));
        let names = |topics: Vec<&Topic>| -> Vec<TopicName> { topics.iter().map(|t| TopicName::of(t)).collect() };
        Side {
            id: branch.id().to_owned(),
            name: branch.name().to_owned(),
            shared: mine.intersection(&theirs).count(),
            of: mine.len(),
            topics: names(shared),
            only_own_topics: names(alone),
            neighbours: overlaps((self.map, self.concepts), said, self.others(own, branch), alike),
        }
    }

    fn comparison(&self, own: Occupation<'m>, from: Branch<'m>, to: Branch<'m>) -> Vec<Comparison> {
        let map = self.map;
        let compare = |s: crate::map::Statement<'m>| {
            let concepts = self.concepts.of(s.index()).iter().filter_map(|c| self.concepts.get(*c));
            let holders: BTreeSet<OccupationIndex> = concepts
                .flat_map(|c| c.statements().iter().filter_map(|s| map.statement_at(*s)))
                .map(|s| s.occupation().index())
                .collect();
            let of = |branch: Branch<'m>| -> Vec<OccupationName> {
                let holders = holders.iter().filter_map(|o| map.occupation_at(*o));
                holders.filter(|o| *o != own && branch.holds(o.cluster())).map(name_of).collect()
            };
            Comparison {
                kind: s.kind(),
                statement: s.id().to_owned(),
                text: s.text().to_owned(),
                from: of(from),
                to: of(to),
            }
        };
        own.statements().filter(|s| s.says_something()).map(compare).collect()
    }

    fn regulation(&self, own: Occupation<'m>, from: Branch<'m>, to: Branch<'m>) -> Option<Regulation> {
        own.regulated().filter(|regulated| *regulated)?;
        let by = own.regulated_by();
        let body = by.map(name_key);
        let is_alike = |o: &Occupation<'_>| match &body {
            Some(body) => o.regulated_by().is_some_and(|other| name_key(other) == *body),
            None => o.regulated() == Some(true),
        };
        let of = |branch| self.others(own, branch).filter(is_alike).map(name_of).collect();
        let elsewhere = self.elsewhere(own, [from, to]).filter(is_alike).map(KnownOccupation::of).collect();
        Some(Regulation { by: by.map(str::to_owned), from: of(from), to: of(to), elsewhere })
    }

    fn ties(&self, own: Occupation<'m>, from: Branch<'m>, to: Branch<'m>) -> Vec<Tie> {
        let tie = |qualification: &String| {
            let key = name_key(qualification);
            let asks = |o: &Occupation<'m>| o.raw().mandatory_qualifications.iter().any(|q| name_key(q) == key);
            let of = |branch| self.others(own, branch).filter(asks).map(name_of).collect();
            let elsewhere = self.elsewhere(own, [from, to]).filter(asks).map(KnownOccupation::of).collect();
            Tie { qualification: qualification.clone(), from: of(from), to: of(to), elsewhere }
        };
        own.raw().mandatory_qualifications.iter().map(tie).collect()
    }
}
