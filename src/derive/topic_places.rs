//! Which occupations have a topic, pathway by pathway, and which lack how much.

use serde::{Deserialize, Serialize};

use super::by_topic::{TopicTable, count, have};
use super::eligibility::Eligibility;
use super::holders::Holders;
use super::item::Support;
use crate::map::{BranchName, Occupation, OccupationName, Pathway};
use crate::topics::{chance, is_enough};

/// A topic in a pathway: the occupations that have it, and how many must.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicPlace {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// How many of the pathway's counting occupations have it, out of how many.
    pub support: Support,
    /// How many must have it for the pathway's core.
    pub need: usize,
    /// How many of the route's pathways hold it, out of how many that count.
    pub holding: Support,
    /// How many must hold it for the route core.
    pub route_need: usize,
    /// Whether this pathway holds it.
    pub holds: bool,
    /// The chance that at least as many of as many occupations of the map have it.
    pub chance: f64,
    /// Whether people decided its tier here.
    pub decided: bool,
    /// Whether people took it out of the programme.
    pub dropped: bool,
    /// The pathway's counting occupations, in the order of the map.
    pub units: Vec<TopicUnit>,
}

/// An occupation, and how much it has of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicUnit {
    /// The occupation.
    pub occupation: OccupationName,
    /// How many of its counting statements are on the topic.
    pub statements: usize,
    /// How many counting statements it has.
    pub of: usize,
    /// How many more must be on the topic for it to have it; 0 if it does.
    pub short: usize,
}

impl Holders<'_> {
    /// How usual a topic is: how many counting occupations of the map have it, out
    /// of how many. `None` if no concept has a topic of that id.
    ///
    /// # Complexity
    ///
    /// As [`Holders::topic_places`].
    pub fn topic_usual(&self, topic: &str) -> Option<Support> {
        let table = TopicTable::new(self.map, self.concepts);
        let number = table.number(topic)?;
        let none = vec![false; self.map.routes().len()];
        let eligibility = Eligibility::of(self.map, &self.policy);
        let counts = count(self.map, &table, &self.policy, &eligibility, &none);
        Some(Support { have: counts.usual.get(number).copied().unwrap_or(0), of: counts.counting })
    }

    /// Every pathway in which a counting occupation has a statement on the topic
    /// with that id, in the order of the map.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    /// use tlevel::derive::{Holders, Policy};
    /// use tlevel::topics::{Topics, Vocabulary};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
    /// let holders = Holders::new(&map, &concepts, &Policy::panel())?;
    /// let places = holders.topic_places("health-and-safety");
    /// let onsite = places.iter().find(|place| place.pathway.name == "Onsite construction").unwrap();
    /// assert_eq!(onsite.units.iter().filter(|unit| unit.short == 0).count(), onsite.support.have);
    /// assert!(holders.topic_places("no-such-topic").is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(s log s)` in the statements of eligible occupations.
    pub fn topic_places(&self, topic: &str) -> Vec<TopicPlace> {
        let table = TopicTable::new(self.map, self.concepts);
        let Some(number) = table.number(topic) else { return Vec::new() };
        let nature = table.topic(number).nature;
        let all = vec![true; self.map.routes().len()];
        let eligibility = Eligibility::of(self.map, &self.policy);
        let counts = count(self.map, &table, &self.policy, &eligibility, &all);
        let usual = counts.usual.get(number).copied().unwrap_or(0);
        let unit = |occupation: Occupation<'_>| -> Option<TopicUnit> {
            let own = counts.occupations.get(occupation.index().index())?;
            let statements = own.on(number).map_or(0, |on| on.statements);
            let short = (0..=own.of).find(|more| is_enough(nature, statements + more, own.of));
            let (id, title) = (occupation.id().to_owned(), occupation.title().to_owned());
            let occupation = OccupationName { id, title };
            Some(TopicUnit { occupation, statements, of: own.of, short: short.unwrap_or(own.of) })
        };
        let holds = |pathway: Pathway<'_>| {
            counts.of_pathway(pathway).is_some_and(|own| {
                let n = own.counting.len();
                n > 0 && have(&own.have, number) >= self.policy.pathway_quorum.need(n)
            })
        };
        let mut places = Vec::new();
        for pathway in self.map.pathways() {
            let route = pathway.route();
            let (Some(own), Some(of_route)) = (counts.of_pathway(pathway), counts.of_route(route)) else { continue };
            let units: Vec<TopicUnit> = own.counting.iter().filter_map(|o| unit(self.map.occupation_at(*o)?)).collect();
            if units.iter().all(|unit| unit.statements == 0) {
                continue;
            }
            let support = Support { have: have(&own.have, number), of: units.len() };
            let counting = of_route.pathways.iter().filter(|p| !p.counting.is_empty()).count();
            let (decided, dropped) = self.tiers.topic_decision(pathway, topic);
            places.push(TopicPlace {
                route: BranchName { id: route.id().to_owned(), name: route.name().to_owned() },
                pathway: BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() },
                support,
                need: own.need,
                holding: Support { have: route.pathways().filter(|p| holds(*p)).count(), of: counting },
                route_need: of_route.need,
                holds: holds(pathway),
                chance: chance::at_least(counts.counting, usual, support.of, support.have),
                decided,
                dropped,
                units,
            });
        }
        places
    }
}
