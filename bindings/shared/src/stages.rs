//! The calls of the command line on maps in memory: options in, results as data out.

use tlevel::change::{Difference, Scope, diff_with_effects_within};
use tlevel::check::{Checked, Finding, FindingsReport, Rejected};
use tlevel::derive::{Derivation, Holders, Policy, Specification};
use tlevel::harmonise::{Measure, Report};
use tlevel::map::{Map, Unit};
use tlevel::meaning::Meaning;
use tlevel::place::Placer;
use tlevel::review::{Explained, explain_named};
use tlevel::topics::TopicMatrix;
use tlevel_exchange::{Places, Read};
use tlevel_report::document::Document;
use tlevel_report::report;

use crate::failure::{Answer, Failure, Kind};
use crate::join::{self, Decided, Joined, Joining};
use crate::options::{Options, Texts};

/// Reads and checks a map; returns it with every finding.
///
/// # Errors
///
/// Bytes that are no map: `b"no map"`; a map without any record.
pub fn read(bytes: &[u8]) -> Answer<(Map, FindingsReport)> {
    let Read { map: raw, places, .. } = join::opened(bytes, "")?;
    let Checked { map, findings, .. } = tlevel::check(raw).map_err(Failure::read)?;
    let findings = located(Some(&map), findings, &places, bytes);
    Ok((map, findings))
}

/// Every finding: `tlevel check`. A map of which nothing can be used has findings, too.
///
/// # Errors
///
/// Bytes that are no map: `b"no map"`.
pub fn check(bytes: &[u8]) -> Answer<FindingsReport> {
    let Read { map: raw, places, .. } = join::opened(bytes, "")?;
    Ok(match tlevel::check(raw) {
        Ok(Checked { map, findings, .. }) => located(Some(&map), findings, &places, bytes),
        Err(Rejected { findings, .. }) => located(None, findings, &places, bytes),
    })
}

/// A report of findings, each with its place in the bytes of the map.
pub fn located(map: Option<&Map>, mut findings: Vec<Finding>, places: &Places, bytes: &[u8]) -> FindingsReport {
    places.locate(&mut findings, bytes);
    FindingsReport::new(map, findings)
}

/// Concepts and topics: `tlevel harmonise`.
///
/// # Errors
///
/// Options that the command line refuses.
pub fn harmonise(map: &Map, options: &Options) -> Answer<Report> {
    let (policy, joining) = (options.policy("panel")?, Joining::of(options)?);
    let topics = join::assigned(map, &policy, &joining.vocabulary, &joining.topic_decisions)?;
    let measure = Measure::new(map);
    let harmony = joining.harmony(&measure)?;
    Ok(harmony.map_concepts(|concepts| join::onto(&measure, &topics, concepts)).report(&measure))
}

/// Which occupation has which topic: `tlevel derive --matrix`.
///
/// # Errors
///
/// Options that the command line refuses, and a policy that shares statements.
pub fn topics(map: &Map, options: &Options) -> Answer<TopicMatrix> {
    let (policy, joining) = (options.policy("t-level")?, Joining::of(options)?);
    let (derivation, joined) = derived(map, &policy, &joining, options)?;
    let topics = joined
        .topics
        .ok_or_else(|| Failure::new("statements are shared, so there are no topics; set share to topic"))?;
    let counting = derivation.programmes.iter().flat_map(|programme| &programme.counting);
    let occupations = counting.filter_map(|occupation| map.occupation(&occupation.id));
    let units: Vec<Unit<'_>> = occupations.flat_map(|occupation| occupation.units()).collect();
    Ok(TopicMatrix::new(&topics, &units))
}

/// Programmes: `tlevel derive`.
///
/// # Errors
///
/// Options that the command line refuses.
pub fn derive(map: &Map, options: &Options) -> Answer<Derivation> {
    let (policy, joining) = (options.policy("t-level")?, Joining::of(options)?);
    Ok(derived(map, &policy, &joining, options)?.0)
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
            ids.push(pathway(map, name)?);
        }
        ids.extend(found.iter().map(|pathway| pathway.id().to_owned()));
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The id of the pathway of that name.
fn pathway(map: &Map, name: &str) -> Answer<String> {
    let found = map.find_pathway(name).map_err(|e| Failure::of("pathway", e).with(Kind::Find))?;
    Ok(found.id().to_owned())
}

/// The placer of a map: by words, and by what they mean if this build has the table.
pub fn placer(map: &Map, words_only: bool) -> Placer {
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

/// Why something is core or not: `tlevel derive --explain`.
///
/// # Errors
///
/// What is neither a concept, a statement nor a topic: `"no such thing"`.
pub fn explain(map: &Map, about: &str, options: &Options) -> Answer<Explained> {
    let (policy, joining) = (options.policy("t-level")?, Joining::of(options)?);
    let wanted = wanted(map, options)?;
    let measure = Measure::new(map);
    let Joined { concepts, topics } = joining.joined(&measure, &policy)?;
    let decisions = join::decisions(options)?;
    let Decided { derivation, concepts: merged, tiers, .. } =
        join::decided(map, &concepts, &policy, decisions.as_ref(), &wanted)?;
    let concepts = merged.unwrap_or(concepts);
    let holders = Holders::new(map, &concepts, &derivation.policy).map_err(Failure::new)?.with_decisions(tiers);
    explain_named(&measure, &concepts, topics.as_ref(), (&holders, &derivation), about).map_err(Failure::find)
}

/// What differs between two maps: `tlevel diff`.
///
/// # Errors
///
/// Options that the command line refuses.
pub fn diff(old: &Map, new: &Map, options: &Options) -> Answer<Difference> {
    let joining = Joining::of(options)?;
    let old_policy = options.policy("t-level")?;
    let new_policy = options.new_policy(&old_policy)?;
    let [old_name, new_name] = options.names.clone().unwrap_or(["old".to_owned(), "new".to_owned()]);
    let old_concepts = joining.joined(&Measure::new(old), &old_policy)?.concepts;
    let new_concepts = joining.joined(&Measure::new(new), &new_policy)?.concepts;
    let (before, after) = ((old, &old_concepts), (new, &new_concepts));
    let mut ids = Vec::new();
    for name in Texts::of(options.pathway.as_ref()) {
        let of_old = old.pathways_called(name).into_iter().map(|p| p.id().to_owned());
        ids.extend(of_old.chain(new.pathways_called(name).into_iter().map(|p| p.id().to_owned())));
        if ids.is_empty() {
            pathway(old, name)?;
        }
    }
    let scope = if ids.is_empty() { Scope::default() } else { Scope::pathways(ids) };
    let difference = diff_with_effects_within(before, after, &old_policy, &new_policy, &scope).map_err(Failure::new)?;
    Ok(difference.of_files(old_name, new_name))
}

/// A draft specification: `tlevel spec`.
///
/// # Errors
///
/// A pathway that the map does not have, or that has no programme; options that the
/// command line refuses.
pub fn spec(map: &Map, pathway_name: &str, options: &Options) -> Answer<Specification> {
    let (policy, joining) = (options.policy("t-level")?, Joining::of(options)?);
    let pathway = pathway(map, pathway_name)?;
    let joined = joining.joined(&Measure::new(map), &policy)?;
    let decisions = join::decisions(options)?;
    let decided = join::decided(map, &joined.concepts, &policy, decisions.as_ref(), std::slice::from_ref(&pathway))?;
    specification(map, &joined.concepts, &decided, &pathway, options.date()?)
}

/// The document of a draft; for CSV that of its items.
pub fn draft(specification: &Specification, format: &str) -> Document {
    if format == "csv" {
        return report::specification_table(specification);
    }
    report::specification(specification)
}

/// The draft specification of a pathway.
///
/// # Errors
///
/// A pathway that has no programme.
pub fn specification(
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
