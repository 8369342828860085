//! From counted concepts to programmes.

use super::by_topic::{self, ByTopic, Counts, Join, Part, Plan, TopicTable};
use super::eligibility::Eligibility;
use super::error::Error;
use super::item::Support;
use super::outcome::{Counted, Outcome, set_aside, set_aside_by_pathway};
use super::policy::{Policy, Share};
use super::programme::{self, Derivation, Programme};
use super::sharing::{self, RouteSharing};
use super::tiers::Tiers;
use super::{notes, specialism};
use crate::concept::{ConceptIndex, Concepts};
use crate::each::each;
use crate::map::{BranchName, Map, MapInfo, OccupationName, RouteIndex};

/// The minimum number of programmes that a thread makes.
const AT_ONCE: usize = 4;

/// Derives the programme of every pathway.
///
/// # Errors
///
/// * [`Error::OtherMap`] if the concepts were made for another map.
/// * [`Error::NoTopics`] if the policy shares topics and the concepts have
///   none.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let onsite = derivation.programme("construction/onsite-construction").expect("has a programme");
/// assert_eq!(onsite.route_core.len(), 6);
/// assert_eq!(onsite.route_core[0].label.as_deref(), Some("Health and safety law in construction"));
/// assert!(onsite.route_core.iter().all(|item| item.support.have == item.support.of));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(s log s)` in the `s` statements of eligible occupations, plus the size of
/// the result. If topics are shared, also `O(m d log m)` for the `m` pairs of
/// concepts that overlap in a core topic and at most `d` of them per element.
/// Deterministic.
pub fn derive(map: &Map, concepts: &Concepts, policy: &Policy) -> Result<Derivation, Error> {
    derive_with(map, concepts, policy, &Tiers::default())
}

/// Like [`derive`](derive()), with tiers that people decided. A decided tier
/// replaces the counted one before items, near misses, specialisms and
/// notes are made. Without decisions the result is that of
/// [`derive`](derive()).
///
/// # Errors
///
/// As [`derive`](derive()).
///
/// # Complexity
///
/// As [`derive`](derive()), plus `O(d p)` for `d` decisions and the `p`
/// pathways of a route.
pub fn derive_with(map: &Map, concepts: &Concepts, policy: &Policy, tiers: &Tiers) -> Result<Derivation, Error> {
    derive_by(map, concepts, (policy, tiers), Engine::FAST, &vec![true; map.routes().len()])
}

/// Like [`derive`](derive()), without the proof: items without their statements and the
/// pathways that also have them, programmes without near misses and notes. It is what the
/// effect of a change is read from.
///
/// # Errors
///
/// As [`derive`](derive()).
///
/// # Complexity
///
/// As [`derive`](derive()).
pub(crate) fn derive_without_proof(map: &Map, concepts: &Concepts, policy: &Policy) -> Result<Derivation, Error> {
    let engine = Engine { with_proof: false, ..Engine::FAST };
    derive_by(map, concepts, (policy, &Tiers::default()), engine, &vec![true; map.routes().len()])
}

/// Like [`derive`](derive()), for the pathways of some routes only. The
/// programmes, and the pathways without one, are the same as those of
/// [`derive`](derive()) for these routes; other routes are left out. The
/// pathways of a route depend only on each other.
///
/// Routes that the map does not have are ignored, and their order does not
/// matter.
///
/// # Errors
///
/// As [`derive`](derive()).
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, derive_routes};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let construction = map.route("construction").expect("is on the map").index();
/// let some = derive_routes(&map, &concepts, &Policy::t_level(), &[construction])?;
/// let mut all = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// all.programmes.retain(|programme| programme.route.id == "construction");
/// assert_eq!(some.programmes, all.programmes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`derive`](derive()) in the statements of those routes, plus `O(n)` in the
/// occupations and concepts of the map.
pub fn derive_routes(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    routes: &[RouteIndex],
) -> Result<Derivation, Error> {
    let mut wanted = vec![false; map.routes().len()];
    for route in routes {
        if let Some(wanted) = wanted.get_mut(route.index()) {
            *wanted = true;
        }
    }
    derive_by(map, concepts, (policy, &Tiers::default()), Engine::FAST, &wanted)
}

/// How things are counted, for the wanted routes (by number), and nothing for
/// others; and whether programmes have their proof.
#[derive(Clone, Copy)]
pub(super) struct Engine {
    pub(super) concepts: fn(&Map, &Concepts, &Policy, &Eligibility<'_>, &[bool]) -> Vec<RouteSharing>,
    pub(super) topics: fn(&Map, &TopicTable<'_>, &Policy, &Eligibility<'_>, &[bool]) -> Counts,
    pub(super) join: Join,
    pub(super) with_proof: bool,
}

impl Engine {
    const FAST: Engine =
        Engine { concepts: sharing::of, topics: by_topic::count, join: by_topic::joined, with_proof: true };
}

pub(super) fn derive_by(
    map: &Map,
    concepts: &Concepts,
    (policy, tiers): (&Policy, &Tiers),
    engine: Engine,
    wanted: &[bool],
) -> Result<Derivation, Error> {
    if !concepts.fits(map) {
        return Err(Error::OtherMap);
    }
    let share = policy.share_of(concepts);
    if share == Share::Topic && !concepts.has_topics() {
        return Err(Error::NoTopics);
    }
    let eligibility = Eligibility::of(map, policy);
    let mut sharing = (engine.concepts)(map, concepts, policy, &eligibility, wanted);
    let by_topic = (share == Share::Topic).then(|| {
        let table = TopicTable::new(map, concepts);
        let counts = (engine.topics)(map, &table, policy, &eligibility, wanted);
        let plan = Plan::new(map, &table, &eligibility, &counts, tiers.of_topics());
        by_topic::fill((map, concepts), &table, &eligibility, &plan, engine.join, &mut sharing);
        ByTopic { table, counts, plan }
    });
    tiers.decide((map, concepts), policy, &eligibility, share, &mut sharing);
    if let Some(by_topic) = by_topic.as_ref().filter(|_| !tiers.is_empty()) {
        by_topic::complete((map, concepts), &by_topic.table, &eligibility, engine.join, &mut sharing);
    }
    let set_aside_here = set_aside_by_pathway(map);
    let with_proof = engine.with_proof;
    let mut out = Outcome { map, concepts, policy, eligibility, by_topic, with_proof, set_aside: set_aside_here };
    let (mut counted, mut excluded_from) = (Vec::new(), Vec::new());
    let mut no_programme = Vec::new();
    for (route, route_sharing) in map.routes().zip(&sharing) {
        for (pathway, pathway_sharing) in route.pathways().zip(&route_sharing.pathways) {
            let excluded = out.excluded(pathway);
            if pathway.occupations().any(|o| out.eligibility.standing(o).gets_specialism()) {
                counted.push(Counted { route, route_sharing, pathway, pathway_sharing });
                excluded_from.push(excluded);
            } else {
                no_programme.push(out.no_programme(pathway, excluded));
            }
        }
    }
    let mut programmes = each(&counted, AT_ONCE, || (), |(), counted| out.programme(counted));
    programmes.iter_mut().zip(excluded_from).for_each(|(programme, excluded)| programme.excluded = excluded);
    let raw = map.raw();
    let source = raw.source.as_ref();
    Ok(Derivation {
        format: programme::DerivationFormat::Programmes,
        version: 1,
        map: MapInfo {
            title: raw.title.clone(),
            published: raw.published.clone(),
            licence: source.and_then(|s| s.licence.clone()),
            attribution: source.and_then(|s| s.attribution.clone()),
        },
        policy: policy.clone(),
        notes: notes::of_derivation(&out.eligibility),
        programmes,
        no_programme,
        set_aside: map.set_aside().filter(|s| s.pathway().is_none()).map(set_aside).collect(),
    })
}

impl<'m> Outcome<'m> {
    /// A programme, to which the excluded occupations are to be added.
    fn programme(&self, counted: &Counted<'_, 'm>) -> Programme {
        let Counted { route, route_sharing, pathway, pathway_sharing } = *counted;
        let (of_route, of_pathway) = (route.statement_range(), pathway.statement_range());
        let listed: Vec<ConceptIndex> = counted.route_core().collect();
        let route_core = self.in_order(&listed, &of_route).map(|concept| {
            let support = Support { have: route_sharing.have(concept), of: route_sharing.counting };
            let statements = self.core_statements(concept, of_route.clone());
            let text = self.wording(concept, statements.clone());
            self.item(concept, support, statements, text, Vec::new)
        });
        let pathway_core = self.in_order(&pathway_sharing.core, &of_pathway).map(|concept| {
            let statements = self.core_statements(concept, of_pathway.clone());
            let text = self.wording(concept, statements.clone());
            self.item(concept, counted.support(concept), statements, text, || counted.also_in(concept))
        });
        let parts = by_topic::parts(self, counted);
        let mut programme = Programme {
            route: BranchName { id: route.id().to_owned(), name: route.name().to_owned() },
            pathway: BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() },
            counting: (pathway.occupations())
                .filter(|o| pathway_sharing.counting.binary_search(&o.index()).is_ok())
                .map(|o| OccupationName { id: o.id().to_owned(), title: o.title().to_owned() })
                .collect(),
            route_core: route_core.collect(),
            pathway_core: pathway_core.collect(),
            group_core: parts.iter().filter_map(Part::group_core).collect(),
            specialisms: specialism::of(self, counted),
            near_misses: Vec::new(),
            excluded: Vec::new(),
            topics: parts.iter().flat_map(Part::topics).collect(),
            near_topics: Vec::new(),
            notes: Vec::new(),
        };
        if self.with_proof {
            programme.near_misses = self.near_misses(counted);
            programme.near_topics = by_topic::near_topics(self, counted);
            programme.notes = notes::of_programme(self, counted, &programme);
        }
        programme
    }
}
