//! A first proposal for the hours of a programme's technical qualification:
//! within the policy's bounds, in proportion to content.

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::policy::Hours;
use super::programme::{Programme, Specialism};
use crate::map::Kind;

/// The weights of content: skills take practice; behaviours take no hours of
/// their own.
const KNOWLEDGE: u32 = 1;
const SKILL: u32 = 2;

/// Proposed hours of a technical qualification.
///
/// The total is the middle of the policy's bounds. The core's share is its
/// weight relative to the mean weight of the specialisms, but the specialism
/// keeps its minimum share. Within the core, the route and the pathway share
/// the hours by weight. A learner takes one specialism, and all specialisms
/// take the same hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HoursProposal {
    /// Hours of the qualification.
    pub qualification: u32,
    /// Hours of the route core.
    pub route_core: Part,
    /// Hours of the pathway core.
    pub pathway_core: Part,
    /// Hours of a specialism. Each specialism's weight is in `specialisms`.
    pub specialism: u32,
    /// The weight of each specialism, in their order, with the group core that
    /// its learners study.
    pub specialisms: Vec<u32>,
    /// The minimum hours of the industry placement, in addition to the
    /// qualification.
    pub placement: u32,
    /// Whether the specialism's minimum share limited the core.
    pub is_bounded: bool,
}

/// A part, with its weight and its hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// The weight of its content: 1 for knowledge, 2 for a skill.
    pub weight: u32,
    /// Its hours.
    pub hours: u32,
}

impl HoursProposal {
    /// Returns a proposal for a programme within these bounds. If the bounds
    /// cross, their middle is used. A share outside 0 to 1 is clamped.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    /// use tlevel::derive::{Hours, HoursProposal, Policy};
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
    /// let concepts = Concepts::from_csv(&map, include_str!("../../fixtures/maps/england-concepts.csv"))?;
    /// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
    /// let onsite = derivation.programme("construction/onsite-construction").unwrap();
    /// let hours = HoursProposal::of(onsite, &Hours::default());
    /// assert_eq!(hours.route_core.hours + hours.pathway_core.hours + hours.specialism, hours.qualification);
    /// assert!(2 * hours.specialism >= hours.qualification);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(programme: &Programme, bounds: &Hours) -> Self {
        let qualification = u32::midpoint(bounds.qualification_min, bounds.qualification_max);
        let specialisms: Vec<u32> = {
            let of = |special| of_specialism(special) + of_items_in(programme.group_core_of(special));
            programme.specialisms.iter().map(of).collect()
        };
        let route = of_items(&programme.route_core);
        let pathway = of_items(&programme.pathway_core);
        // core : core + mean of the specialisms, in integers
        let many = specialisms.len().max(1) as u64;
        let core = u64::from(route + pathway) * many;
        let all = core + specialisms.iter().copied().map(u64::from).sum::<u64>();
        let wanted = (u64::from(qualification) * core).checked_div(all).unwrap_or(0) as u32;
        let least =
            if bounds.specialism_min_share.is_nan() { 0.0 } else { bounds.specialism_min_share.clamp(0.0, 1.0) };
        let is_enough = |hours: &u32| f64::from(*hours) >= least * f64::from(qualification);
        let most = qualification - (0..qualification).find(is_enough).unwrap_or(qualification);
        let is_bounded = !specialisms.is_empty() && wanted > most;
        let core_hours = if is_bounded { most } else { wanted };
        let route_hours = (u64::from(core_hours) * u64::from(route)).checked_div(u64::from(route + pathway));
        let route_hours = route_hours.unwrap_or(0) as u32;
        HoursProposal {
            qualification,
            route_core: Part { weight: route, hours: route_hours },
            pathway_core: Part { weight: pathway, hours: core_hours - route_hours },
            specialism: qualification - core_hours,
            specialisms,
            placement: bounds.placement_min,
            is_bounded,
        }
    }
}

fn of_items(items: &[Item]) -> u32 {
    of_items_in(items.iter())
}

fn of_items_in<'i>(items: impl Iterator<Item = &'i Item>) -> u32 {
    let weight = |item: &Item| match item.kind {
        Kind::Knowledge => KNOWLEDGE,
        Kind::Skill => SKILL,
        Kind::Behaviour => 0,
    };
    items.map(weight).sum()
}

/// What its units share, plus the mean of what they add.
fn of_specialism(specialism: &Specialism) -> u32 {
    let adds: u32 = specialism.adds.iter().map(|add| of_items(&add.content)).sum();
    of_items(&specialism.content) + adds.checked_div(specialism.adds.len() as u32).unwrap_or(0)
}
