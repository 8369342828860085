//! Why a concept is or is not core: every statement, link and score, and what
//! would have to change.

use serde::{Deserialize, Serialize};

use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{
    Derivation, Element, Holder, Holders, Programme, ScoredStatement, Share, Support, Tier, TopicName, TopicPlace,
};
use crate::harmonise::{Link, Measure};
use crate::map::{Kind, OccupationName, StatementIndex, StatementRef};
use crate::order;

/// A concept with all evidence for and against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    format: ExplanationFormat,
    version: u32,
    /// The concept's id.
    pub concept: String,
    /// Its kind.
    pub kind: Kind,
    /// The label that judges gave the concept.
    pub label: Option<String>,
    /// The wording of its central statement.
    pub text: String,
    /// The topic under which it is taught.
    #[serde(default)]
    pub topic: Option<TopicName>,
    /// Its statements, in the order of the map.
    pub statements: Vec<StatementText>,
    /// The pathways in which a counting occupation has it.
    pub places: Vec<ExplainedPlace>,
    /// The pairs of its different wordings, most alike first.
    pub links: Vec<Link>,
    /// The pairs by which it was almost joined to other concepts, most alike
    /// first.
    pub almost: Vec<Link>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum ExplanationFormat {
    #[serde(rename = "tlevel-explanation")]
    Explanation,
}

/// A statement with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatementText {
    /// The occupation.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// Its verbatim text.
    pub text: String,
}

/// A pathway in which occupations have the concept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExplainedPlace {
    /// The route's name.
    pub route: String,
    /// The pathway's name.
    pub pathway: String,
    /// Its tier there, or `None` if people dropped it from the programme. In JSON
    /// `route-core`, `pathway-core`, `near-miss`, `specialism` or `dropped`.
    #[serde(with = "tier_name")]
    pub role: Option<Tier>,
    /// Whether people decided its tier there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// If topics are shared: what it is to its topic there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<TopicPart>,
    /// How many counting occupations must have it.
    pub need: usize,
    /// Out of how many counting occupations.
    pub of: usize,
    /// Those that have it.
    pub holders: Vec<Holder>,
    /// Those that do not, each with its nearest statement.
    pub missing: Vec<Missing>,
    /// What would have to change for the pathway to hold it, or no longer hold
    /// it. If people decided its tier: what that is, and what the counts alone
    /// would make of it.
    pub change: String,
}

/// What a concept is to the topic under which it is taught, in a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TopicPart {
    /// It is in an element of a core topic, which two or more units share.
    Element,
    /// One unit alone has it, and the panel words it into a core topic.
    Source,
    /// One unit alone has it, and it stays in a specialism under the heading of a
    /// core topic.
    Left,
    /// Its topic is not core.
    NotCore,
    /// It has no topic.
    NoTopic,
}

/// An occupation that does not have the concept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Missing {
    /// The occupation.
    pub occupation: OccupationName,
    /// The occupation's statement that is most like one of the concept's.
    pub nearest: Option<Nearest>,
}

/// The statement that is most like one of a concept's statements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Nearest {
    /// Its code.
    pub statement: String,
    /// Its text.
    pub text: String,
    /// The score.
    pub score: f64,
    /// The statement of the concept that it is most like.
    pub like: String,
}

/// Explains why a concept is or is not core. Returns `None` if it is not one of
/// these concepts.
///
/// For programmes with decisions, take the concepts and the programmes of
/// [`Reviewed`](super::Reviewed), and its tiers for
/// [`Holders::with_decisions`].
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Holders, Policy, Tier};
/// use tlevel::{harmonise::Measure, review};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let policy = Policy::t_level();
/// let derivation = tlevel::derive(&map, &concepts, &policy)?;
/// let holders = Holders::new(&map, &concepts, &policy)?;
/// let core = &derivation.programme("construction/onsite-construction").unwrap().route_core[0];
/// let concept = concepts.iter().find(|c| c.id() == core.concept).unwrap().index();
/// let why = review::explain(&Measure::new(&map), &concepts, &holders, &derivation, concept).unwrap();
/// assert_eq!(why.places[0].role, Some(Tier::Route));
/// assert!(why.links.len() > 1 && why.places[0].change.starts_with("stays core unless"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(s m)` scores for the concept's `s` statements and the `m` statements of
/// occupations that lack it in pathways where others have it.
pub fn explain(
    measure: &Measure<'_>,
    concepts: &Concepts,
    holders: &Holders<'_>,
    derivation: &Derivation,
    concept: ConceptIndex,
) -> Option<Explanation> {
    let map = measure.map();
    let found = concepts.get(concept)?;
    let wordings = measure.wordings(found.statements());
    let worded = |s: &StatementIndex| {
        let s = map.statement_at(*s)?;
        let (occupation, statement) = (s.occupation().id().to_owned(), s.id().to_owned());
        Some(StatementText { occupation, statement, text: s.text().to_owned() })
    };
    let topic = concepts.topics().iter().find(|topic| topic.concepts.contains(&concept));
    let topic = topic.map(TopicName::of);
    let by_topic = derivation.policy.share_of(concepts) == Share::Topic;
    let topic_places = topic.as_ref().filter(|_| by_topic).map_or_else(Vec::new, |t| holders.topic_places(&t.id));
    let places = (holders.places(concept).into_iter())
        .map(|place| {
            let programme = derivation.programme(&place.pathway.id);
            let (have, need) = (place.holders.len(), place.need);
            let of = have + place.missing.len();
            let role = programme.map_or(Some(Tier::Specialism), |p| role(p, found.id(), place.is_held));
            let decided = place.decided || role.is_none();
            let codes = || place.holders.iter().flat_map(|holder| &holder.statements);
            let of_topic = by_topic.then(|| {
                let own = programme.zip(topic.as_ref());
                own.map_or((TopicPart::NoTopic, None), |(p, topic)| part(p, &topic.id, found.id(), &codes()))
            });
            let change = if let Some((part, shared)) = of_topic {
                let counted = topic_places.iter().find(|counted| counted.pathway.id == place.pathway.id);
                match (role, topic.as_ref()) {
                    (None, _) if !place.decided => "was dropped with its topic".to_owned(),
                    _ if place.decided => decided_as(role),
                    (_, None) => "stays in its specialism, because it has no topic".to_owned(),
                    (_, Some(topic)) => of_part(part, topic, shared, counted),
                }
            } else if decided {
                decision(role, have, need, of)
            } else if place.is_held {
                stays("core", have + 1 - need, &have.to_string())
            } else if of < need {
                format!("cannot become core: {}", too_few(need, of))
            } else {
                format!("would be core if {} more had it", need - have)
            };
            let missing = place.missing.into_iter().map(|occupation| {
                let nearest = nearest(measure, &wordings, &occupation);
                Missing { occupation, nearest }
            });
            ExplainedPlace {
                route: place.route.name,
                pathway: place.pathway.name,
                role,
                decided,
                part: of_topic.map(|(part, _)| part),
                need,
                of,
                missing: missing.collect(),
                holders: place.holders,
                change,
            }
        })
        .collect();
    let mut links: Vec<Link> = Vec::new();
    for (i, &a) in wordings.iter().enumerate() {
        links.extend(wordings[i + 1..].iter().map(|&b| Link::of(measure, a, b, true)));
    }
    order::by(&mut links, |a, b| b.score.total_cmp(&a.score));
    let almost = concepts.near().iter().filter(|near| near.concepts.contains(&concept));
    Some(Explanation {
        format: ExplanationFormat::Explanation,
        version: 1,
        concept: found.id().to_owned(),
        kind: found.kind(),
        label: found.label().map(str::to_owned),
        text: map.statement_at(found.central()).map_or("", |s| s.text()).to_owned(),
        topic,
        statements: found.statements().iter().filter_map(worded).collect(),
        places,
        links,
        almost: almost.map(|n| Link::of(measure, n.statements[0], n.statements[1], false)).collect(),
    })
}

/// The tier of a concept in a programme; `None` if it is not there.
fn role(programme: &Programme, concept: &str, is_held: bool) -> Option<Tier> {
    let tier = programme.items().filter(|(item, _)| item.concept == concept).map(|(_, tier)| tier).min()?;
    let is_near = || programme.near_misses.iter().any(|miss| miss.concept == concept);
    if tier == Tier::Specialism && !is_held && is_near() { Some(Tier::NearMiss) } else { Some(tier) }
}

/// What a concept is to its topic in a programme, and how many share its element.
fn part<'s>(
    programme: &Programme,
    topic: &str,
    concept: &str,
    statements: &(impl Iterator<Item = &'s StatementRef> + Clone),
) -> (TopicPart, Option<Support>) {
    let has = |scored: &[ScoredStatement]| {
        let mut own = statements.clone();
        own.any(|s| scored.iter().any(|of| of.occupation == s.occupation && of.statement == s.statement))
    };
    let mut found = (TopicPart::NotCore, None);
    for core in programme.topics.iter().filter(|core| core.id == topic) {
        let is_in = |e: &&Element| e.item.concept == concept || e.joined.iter().any(|joined| joined.concept == concept);
        if let Some(element) = core.elements.iter().find(is_in) {
            return (TopicPart::Element, Some(element.item.support));
        }
        if has(&core.sources) {
            found = (TopicPart::Source, None);
        } else if found.0 == TopicPart::NotCore && has(&core.left) {
            found = (TopicPart::Left, None);
        }
    }
    found
}

/// Why a concept is core or not, by its part of a topic.
fn of_part(part: TopicPart, topic: &TopicName, shared: Option<Support>, counted: Option<&TopicPlace>) -> String {
    let heading = &topic.heading;
    match (part, shared) {
        (TopicPart::Element, Some(Support { have, of })) => {
            format!("belongs to an element of the core topic \"{heading}\" that {have} of {of} share")
        }
        (TopicPart::Source, _) => {
            format!("is for the panel to word: \"{heading}\" is a core topic, and one occupation alone has this")
        }
        (TopicPart::Left, _) => {
            format!("stays in its specialism: \"{heading}\" is a core topic, but one occupation alone has this")
        }
        _ => {
            let counts = counted.map_or_else(String::new, |place| {
                let Support { have, of } = place.support;
                format!(": {have} of {of} have the topic, and {} need to", place.need)
            });
            format!("is not core, because its topic \"{heading}\" is not core here{counts}")
        }
    }
}

/// What people decided on something of that tier.
fn decided_as(role: Option<Tier>) -> String {
    match role {
        Some(Tier::Specialism | Tier::NearMiss) => "is left to specialisms by decision".to_owned(),
        Some(tier) => format!("is {} by decision", tier.name()),
        None => "was dropped by decision".to_owned(),
    }
}

/// How many of those that have it must lose it before it leaves that tier.
pub(super) fn stays(tier: &str, lost: usize, holders: &str) -> String {
    let verb = if lost == 1 { "loses" } else { "lose" };
    format!("stays {tier} unless {lost} of the {holders} {verb} it")
}

/// Fewer occupations count than would have to have it.
pub(super) fn too_few(need: usize, of: usize) -> String {
    let counts = if of == 1 { "counts" } else { "count" };
    format!("{need} occupations would need it, but only {of} {counts} here")
}

/// What people decided, and what the counts alone would make of it.
pub(super) fn decision(role: Option<Tier>, have: usize, need: usize, of: usize) -> String {
    let decided = decided_as(role);
    let counted = if have >= need {
        "the counts alone would make it core".to_owned()
    } else if of < need {
        format!("the counts alone would not make it core: {}", too_few(need, of))
    } else {
        format!("the counts alone would not make it core: {} more would need it", need - have)
    };
    format!("{decided}; {counted}")
}

/// The statement of an occupation that is most like one of some wordings; ties:
/// the first in the map.
fn nearest(measure: &Measure<'_>, wordings: &[StatementIndex], occupation: &OccupationName) -> Option<Nearest> {
    let map = measure.map();
    let mut best: Option<(f64, crate::map::Statement<'_>, StatementIndex)> = None;
    for statement in map.occupation(&occupation.id)?.statements() {
        for &wording in wordings {
            let score = measure.score(statement.index(), wording);
            if score > best.map_or(0.0, |(most, ..)| most) {
                best = Some((score, statement, wording));
            }
        }
    }
    let (score, statement, like) = best?;
    let like = map.statement_at(like)?;
    Some(Nearest {
        statement: statement.id().to_owned(),
        text: statement.text().to_owned(),
        score,
        like: format!("{} {}", like.occupation().id(), like.id()),
    })
}

/// A tier as its name in kebab-case: `route-core`; none as `dropped`.
pub(super) mod tier_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::derive::Tier;

    #[allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde calls it so")]
    pub(in crate::review) fn serialize<S: Serializer>(tier: &Option<Tier>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&tier.map_or("dropped", Tier::name).replace(' ', "-"))
    }

    pub(in crate::review) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Tier>, D::Error> {
        let found = String::deserialize(deserializer)?;
        if found == "dropped" {
            return Ok(None);
        }
        let tier = Tier::ALL.into_iter().find(|tier| tier.name().replace(' ', "-") == found);
        tier.map(Some).ok_or_else(|| D::Error::custom(format!("\"{found}\" is no tier")))
    }
}
