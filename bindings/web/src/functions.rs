//! The plain functions: bytes in, and the JSON of the command line out.

use tlevel::change::{Scope, diff_with_effects_within};
use tlevel::check::Rejected;
use tlevel::derive::{Derivation, Policy, Specification};
use tlevel::harmonise::Measure;
use tlevel::map::{Map, Unit};
use tlevel::meaning::Meaning;
use tlevel::place::{NewOccupation, Placement, PlacementEvidence, Placer};
use tlevel::topics::TopicMatrix;
use tlevel_report::report;

use crate::explained;
use crate::failure::{Answer, Failure};
use crate::findings::Findings;
use crate::join::{self, Decided, Joined, Joining};
use crate::options::{Options, Texts};
use crate::output;

/// The native form of a map: `tlevel convert`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn read(bytes: &[u8]) -> Answer<String> {
    output::json(join::checked(bytes)?.map.raw())
}

/// Every finding: `tlevel check`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn check(bytes: &[u8]) -> Answer<String> {
    let raw = tlevel::read(bytes).map_err(Failure::new)?;
    let text = join::text(bytes)?;
    let (map, findings) = match tlevel::check(raw) {
        Ok(checked) => (Some(checked.map), checked.findings),
        Err(Rejected { findings, .. }) => (None, findings),
    };
    output::json(&Findings::new(map.as_ref(), findings, &text))
}

/// Concepts and topics: `tlevel harmonise`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn harmonise(bytes: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let (policy, joining) = (options.policy("panel")?, Joining::of(&options)?);
    let map = join::checked(bytes)?.map;
    let topics = join::assigned(&map, &policy, &joining.vocabulary, &joining.topic_decisions)?;
    let measure = Measure::new(&map);
    let harmony = joining.harmony(&measure)?;
    let harmony = harmony.map_concepts(|concepts| join::onto(&measure, &topics, concepts));
    output::json(&harmony.report(&measure))
}

/// Which occupation has which topic: `tlevel derive --matrix`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn topics(bytes: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let (policy, joining) = (options.policy("t-level")?, Joining::of(&options)?);
    let map = join::checked(bytes)?.map;
    let (derivation, joined) = derived(&map, &policy, &joining, &options)?;
    let topics = joined
        .topics
        .ok_or_else(|| Failure::new("statements are shared, so there are no topics; set share to topic"))?;
    let counting = derivation.programmes.iter().flat_map(|programme| &programme.counting);
    let occupations = counting.filter_map(|occupation| map.occupation(&occupation.id));
    let units: Vec<Unit<'_>> = occupations.flat_map(|occupation| occupation.units()).collect();
    output::json(&TopicMatrix::new(&topics, &units))
}

/// Programmes: `tlevel derive`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn derive(bytes: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let (policy, joining) = (options.policy("t-level")?, Joining::of(&options)?);
    let map = join::checked(bytes)?.map;
    output::json(&derived(&map, &policy, &joining, &options)?.0)
}

/// The programmes that the options ask for, and what they were made of.
fn derived(map: &Map, policy: &Policy, joining: &Joining, options: &Options) -> Answer<(Derivation, Joined)> {
    let wanted = wanted(map, options)?;
    let joined = joining.joined(&Measure::new(map), policy)?;
    let decisions = join::decisions(options)?;
    let mut derivation = join::decided(map, &joined.concepts, policy, decisions.as_ref(), &wanted)?.derivation;
    if !wanted.is_empty() {
        derivation.programmes.retain(|programme| wanted.contains(&programme.pathway.id));
        derivation.no_programme.retain(|none| wanted.contains(&none.pathway.id));
        derivation.set_aside.clear();
    }
    Ok((derivation, joined))
}

/// The ids of the pathways that the options name.
fn wanted(map: &Map, options: &Options) -> Answer<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for name in Texts::of(options.pathway.as_ref()) {
        let found = map.pathways_called(name);
        if found.is_empty() {
            ids.push(map.find_pathway(name).map_err(|e| Failure::of("pathway", e))?.id().to_owned());
        }
        ids.extend(found.iter().map(|pathway| pathway.id().to_owned()));
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// Where new occupations belong: `tlevel suggest --new`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn suggest(bytes: &[u8], new: &str, options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let map = join::checked(bytes)?.map;
    suggestions(&placer(&map, options.words_only), new, options.top.unwrap_or(5), options.explain)
}

/// The placer of a map: by words, and by what they mean if this build has the table.
pub(crate) fn placer(map: &Map, words_only: bool) -> Placer {
    match meaning().filter(|_| !words_only) {
        Some(meaning) => Placer::with_meaning(map, meaning),
        None => Placer::new(map),
    }
}

#[cfg(feature = "meaning")]
#[allow(clippy::unnecessary_wraps, reason = "as without the feature")]
fn meaning() -> Option<Meaning<'static>> {
    Some(Meaning::Table(tlevel::meaning::WordTable::bundled()))
}

#[cfg(not(feature = "meaning"))]
fn meaning() -> Option<Meaning<'static>> {
    None
}

#[derive(serde::Serialize)]
struct Explained {
    #[serde(flatten)]
    placement: Placement,
    explanations: Vec<PlacementEvidence>,
}

/// Suggestions for the occupations in a text.
pub(crate) fn suggestions(placer: &Placer, new: &str, top: usize, explain: bool) -> Answer<String> {
    let new = NewOccupation::read(new.as_bytes()).map_err(|e| Failure::of("new occupations", e))?;
    let placements = placer.suggest_all(&new, top);
    if !explain {
        return output::list(&placements);
    }
    let explained = new.iter().zip(placements).map(|(new, placement)| {
        let clusters = placement.suggestions.iter().map(|suggestion| suggestion.cluster.as_str());
        let explanations = clusters.filter_map(|cluster| placer.explain(new, cluster)).collect();
        Explained { placement, explanations }
    });
    output::list(&explained.collect::<Vec<_>>())
}

/// Why something is core or not: `tlevel derive --explain`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn explain(bytes: &[u8], about: &str, options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let (policy, joining) = (options.policy("t-level")?, Joining::of(&options)?);
    let map = join::checked(bytes)?.map;
    let wanted = wanted(&map, &options)?;
    let measure = Measure::new(&map);
    let Joined { concepts, topics } = joining.joined(&measure, &policy)?;
    let decisions = join::decisions(&options)?;
    let Decided { derivation, concepts: merged, tiers, .. } =
        join::decided(&map, &concepts, &policy, decisions.as_ref(), &wanted)?;
    let joined = Joined { concepts: merged.unwrap_or(concepts), topics };
    output::json(&explained::explain(&measure, &joined, &derivation, tiers, about)?)
}

/// What differs between two maps: `tlevel diff`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn diff(old: &[u8], new: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let joining = Joining::of(&options)?;
    let old_policy = options.policy("t-level")?;
    let new_policy = options.new_policy(&old_policy)?;
    let [old_name, new_name] = options.names.clone().unwrap_or(["old".to_owned(), "new".to_owned()]);
    let old = join::checked(old).map_err(|e| Failure::of(&old_name, e.message))?.map;
    let new = join::checked(new).map_err(|e| Failure::of(&new_name, e.message))?.map;
    let old_concepts = joining.joined(&Measure::new(&old), &old_policy)?.concepts;
    let new_concepts = joining.joined(&Measure::new(&new), &new_policy)?.concepts;
    let (before, after) = ((&old, &old_concepts), (&new, &new_concepts));
    let mut ids = Vec::new();
    for name in Texts::of(options.pathway.as_ref()) {
        let of_old = old.pathways_called(name).into_iter().map(|p| p.id().to_owned());
        ids.extend(of_old.chain(new.pathways_called(name).into_iter().map(|p| p.id().to_owned())));
        if ids.is_empty() {
            old.find_pathway(name).map_err(|e| Failure::of("pathway", e))?;
        }
    }
    let scope = if ids.is_empty() { Scope::default() } else { Scope::pathways(ids) };
    let difference = diff_with_effects_within(before, after, &old_policy, &new_policy, &scope).map_err(Failure::new)?;
    output::json(&difference.of_files(old_name, new_name))
}

/// A draft specification: `tlevel spec`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn spec(bytes: &[u8], pathway: &str, options: Option<&str>) -> Answer<Vec<u8>> {
    let options = Options::read(options)?;
    let (policy, joining) = (options.policy("t-level")?, Joining::of(&options)?);
    let map = join::checked(bytes)?.map;
    let pathway = map.find_pathway(pathway).map_err(|e| Failure::of("pathway", e))?.id().to_owned();
    let joined = joining.joined(&Measure::new(&map), &policy)?;
    let decisions = join::decisions(&options)?;
    let decided = join::decided(&map, &joined.concepts, &policy, decisions.as_ref(), std::slice::from_ref(&pathway))?;
    let specification = specification(&map, &joined.concepts, &decided, &pathway, options.date()?)?;
    let format = options.format.as_deref().unwrap_or("docx");
    output::result(format, &specification, || report::specification(&specification))
}

/// The draft specification of a pathway.
pub(crate) fn specification(
    map: &Map,
    concepts: &tlevel::concept::Concepts,
    decided: &Decided,
    pathway: &str,
    date: Option<String>,
) -> Answer<Specification> {
    let (derivation, concepts) = (&decided.derivation, decided.concepts.as_ref().unwrap_or(concepts));
    let Some(specification) = Specification::of(map, concepts, derivation, pathway) else {
        let none = derivation.no_programme.iter().find(|none| none.pathway.id == pathway);
        let reason = none.map_or("no-programme", |none| none.reason.name());
        return Err(Failure::new(format!("{pathway} has no programme ({reason})")));
    };
    if !specification.programme.has_statements() {
        return Err(Failure::new(format!(
            "{pathway}: there is no draft, because none of its occupations has statements on this map"
        )));
    }
    let specification = specification.with_date(date).with_decisions(decided.log.clone());
    Ok(report::numbered(specification, None))
}
