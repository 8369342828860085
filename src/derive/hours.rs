//! A first proposal for the hours of a programme's technical qualification, within
//! the policy's bounds.

use serde::{Deserialize, Serialize};

use super::item::{Item, Tier};
use super::policy::Hours;
use super::programme::{Programme, Specialism};
use super::topic::CoreTopic;
use crate::map::Kind;
use crate::order;

/// The weights of content: skills take practice; behaviours take no hours of
/// their own.
const KNOWLEDGE: u32 = 1;
const SKILL: u32 = 2;

/// Proposed hours of a technical qualification.
///
/// The total is the middle of the policy's bounds. The core takes half of it, or less
/// if the specialism's minimum share is more than half; the specialism takes the
/// rest. A third of the core is for the employer set project. The rest of the core is
/// for its content, by weight: a content area weighs as many statements as the units
/// that have it say on it, on average; where statements are shared, an item of
/// knowledge weighs 1 and a skill 2. A learner takes one specialism, and all
/// specialisms take the same hours.
///
/// These shares are those of published T Levels: *Digital Support and Security* has
/// 600 of 1,200 guided hours in the core, *Health* 510 of 1,080, and *Design,
/// Surveying and Planning* splits the 600 of its core equally between two exams and
/// the employer set project.
///
/// Where there is no content there is no proposal: `core` or the hours of a
/// specialism are `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HoursProposal {
    /// Hours of the qualification.
    pub qualification: u32,
    /// Hours of the core; `None` if nothing of it can be weighed.
    pub core: Option<CoreHours>,
    /// Hours of a specialism.
    pub specialism: u32,
    /// The specialisms, in their order.
    pub specialisms: Vec<SpecialismHours>,
    /// The minimum hours of the industry placement, in addition to the
    /// qualification.
    pub placement: u32,
}

/// The hours of a core.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CoreHours {
    /// All of its hours.
    pub hours: u32,
    /// Those of the employer set project.
    pub employer_set_project: u32,
    /// The route core's content.
    pub route: Part,
    /// The pathway core's content.
    pub pathway: Part,
    /// The content areas, in the order of the programme's topics: the parts of both.
    /// Empty if statements are shared.
    pub areas: Vec<AreaHours>,
}

/// The hours of a content area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AreaHours {
    /// The id of its topic; empty for items under no topic of the core.
    pub topic: String,
    /// The tier: route core or pathway core.
    pub tier: Tier,
    /// Its weight and hours.
    #[serde(flatten)]
    pub part: Part,
}

/// A part, with its weight and its hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// The weight of its content.
    pub weight: u32,
    /// Its hours.
    pub hours: u32,
}

/// The hours of a specialism.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpecialismHours {
    /// The weight of its content, with the group core that its learners study.
    pub weight: u32,
    /// Its hours; `None` if it has no content to weigh.
    pub hours: Option<u32>,
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
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
    /// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
    /// let onsite = derivation.programme("construction/onsite-construction").unwrap();
    /// let hours = HoursProposal::of(onsite, &Hours::default());
    /// let core = hours.core.expect("it has content");
    /// assert_eq!((hours.qualification, core.hours, hours.specialism), (1150, 575, 575));
    /// assert_eq!(core.employer_set_project + core.route.hours + core.pathway.hours, core.hours);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(programme: &Programme, bounds: &Hours) -> Self {
        let qualification = u32::midpoint(bounds.qualification_min, bounds.qualification_max);
        let least =
            if bounds.specialism_min_share.is_nan() { 0.0 } else { bounds.specialism_min_share.clamp(0.0, 1.0) };
        let least = (least * f64::from(qualification)).ceil() as u32;
        let core = (qualification / 2).min(qualification.saturating_sub(least));
        let specialism = qualification - core;
        let weight = |special| of_specialism(special) + of_items_in(programme.group_core_of(special));
        let specialisms = programme.specialisms.iter().map(weight);
        let hours = |weight| SpecialismHours { weight, hours: (weight > 0).then_some(specialism) };
        HoursProposal {
            qualification,
            core: core_hours(programme, core),
            specialism,
            specialisms: specialisms.map(hours).collect(),
            placement: bounds.placement_min,
        }
    }

    /// The weight of the core.
    pub fn core_weight(&self) -> u32 {
        self.core.as_ref().map_or(0, |core| core.route.weight + core.pathway.weight)
    }
}

fn core_hours(programme: &Programme, hours: u32) -> Option<CoreHours> {
    let tiers = [(Tier::Route, &programme.route_core), (Tier::Pathway, &programme.pathway_core)];
    let [route, pathway] = tiers.map(|(_, items)| of_items(items));
    if route + pathway == 0 {
        return None;
    }
    let employer_set_project = hours / 3;
    // the areas in the order of the topics, then what is under none of them
    let mut areas: Vec<(String, Tier, u32)> = Vec::new();
    for (tier, items) in tiers {
        let topics = programme.topics.iter().filter(|topic| topic.tier == tier);
        let mut left = of_items(items);
        for topic in topics {
            let own = items.iter().filter(|item| item.topic.as_ref().is_some_and(|of| of.id == topic.id));
            left = left.saturating_sub(of_items_in(own));
            areas.push((topic.id.clone(), tier, of_topic(topic)));
        }
        if left > 0 {
            areas.push((String::new(), tier, left));
        }
    }
    let weights: Vec<u32> = areas.iter().map(|(.., weight)| *weight).collect();
    let split = split(hours - employer_set_project, &weights);
    let areas: Vec<AreaHours> = (areas.into_iter().zip(split))
        .map(|((topic, tier, weight), hours)| AreaHours { topic, tier, part: Part { weight, hours } })
        .collect();
    let part = |tier: Tier| {
        let of = areas.iter().filter(|area| area.tier == tier).map(|area| area.part);
        of.fold(Part::default(), |sum, part| Part { weight: sum.weight + part.weight, hours: sum.hours + part.hours })
    };
    let (route, pathway) = (part(Tier::Route), part(Tier::Pathway));
    let areas = if programme.topics.is_empty() { Vec::new() } else { areas };
    Some(CoreHours { hours, employer_set_project, route, pathway, areas })
}

/// The statements that the units with a topic say on it, on average, rounded; at least
/// 1.
fn of_topic(topic: &CoreTopic) -> u32 {
    let having = topic.holders.iter().filter(|holder| holder.has);
    let (units, statements) = having.fold((0, 0), |(units, n), holder| (units + 1, n + holder.statements));
    let mean = (2 * statements + units).checked_div(2 * units).unwrap_or(0);
    u32::try_from(mean).unwrap_or(u32::MAX).clamp(1, 10_000)
}

/// Splits hours by weight into whole hours that add up: what is left over goes to the
/// largest remainders, of equal ones to the first.
fn split(hours: u32, weights: &[u32]) -> Vec<u32> {
    let all: u64 = weights.iter().copied().map(u64::from).sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u32| u64::from(hours) * u64::from(weight);
    let mut parts: Vec<u32> = weights.iter().map(|weight| (exact(*weight) / all) as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order::by_key(&mut order, |place| std::cmp::Reverse(exact(weights[*place]) % all));
    let left = hours - parts.iter().sum::<u32>();
    for place in order.into_iter().take(left as usize) {
        parts[place] += 1;
    }
    parts
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

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn hours_are_split_by_weight_and_add_up() {
        for (hours, weights, parts) in [
            (10, &[1, 1, 1][..], &[4, 3, 3][..]),
            (10, &[0, 3], &[0, 10]),
            (7, &[1, 2, 4], &[1, 2, 4]),
            (2, &[1, 1, 1], &[1, 1, 0]),
            (5, &[0, 0], &[0, 0]),
            (5, &[], &[]),
        ] {
            assert_eq!(split(hours, weights), parts, "{hours} by {weights:?}");
        }
    }
}
