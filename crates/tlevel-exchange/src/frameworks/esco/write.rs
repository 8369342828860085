//! Writes the concepts of a map as ESCO's tables.

use std::collections::BTreeSet;

use tlevel::concept::Concepts;
use tlevel::map::{Kind, Map};
use tlevel::table::csv;

use super::super::model::Losses;
use super::super::naming::Naming;

/// Returns the concepts of a map as tables in ESCO's form, by file name, and what they
/// cannot hold: `skills.csv` (a row for each concept), `occupations.csv`,
/// `occupationSkillRelations.csv` and `ISCOGroups.csv` (routes, pathways and
/// clusters).
///
/// A concept's label is its preferred label, or else its central wording; the other
/// wordings are its alternative labels. Knowledge is `knowledge`, skills and behaviours
/// are `skill/competence`, as in ESCO; behaviours are counted. A concept that at least two occupations have is
/// `sector-specific` if they are of several pathways and `occupation-specific`
/// otherwise. Every relation is essential.
///
/// # Complexity
///
/// `O(n log n)` in the number of statements.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel_exchange::{Naming, esco};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let (tables, _) = esco::write(&map, &Concepts::exact(&map), &Naming::default());
/// assert_eq!(tables[0].0, "skills.csv");
/// assert!(tables[0].1.starts_with("conceptType,conceptUri,skillType,reuseLevel,preferredLabel,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(map: &Map, concepts: &Concepts, naming: &Naming) -> (Vec<(&'static str, String)>, Losses) {
    let mut losses = Losses::default();
    let concept_uri = |id: &str| naming.uri("skills", &naming.id("concept", &[id]));
    let occupation_uri = |id: &str| naming.uri("occupations", &naming.id("occupation", &[id]));
    let mut skills = vec![
        ["conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "description"]
            .map(str::to_owned),
    ];
    let mut relations = vec![["occupationUri", "relationType", "skillType", "skillUri"].map(str::to_owned)];
    for concept in concepts.iter() {
        let statements: Vec<_> = concept.statements().iter().filter_map(|s| map.statement_at(*s)).collect();
        let central = map.statement_at(concept.central()).map_or("", |s| s.text());
        let label = concept.label().unwrap_or(central);
        let wordings: BTreeSet<&str> = statements.iter().map(|s| s.text()).filter(|text| *text != label).collect();
        let pathways: BTreeSet<&str> = statements.iter().map(|s| s.occupation().pathway().id()).collect();
        let skill_type = if concept.kind() == Kind::Knowledge { "knowledge" } else { "skill/competence" };
        losses.add("behaviours (written as skills)", usize::from(concept.kind() == Kind::Behaviour));
        let uri = concept_uri(concept.id());
        let mut of: Vec<&str> = statements.iter().map(|s| s.occupation().id()).collect();
        of.dedup();
        relations.extend(of.into_iter().map(|occupation| {
            [occupation_uri(occupation), "essential".to_owned(), skill_type.to_owned(), uri.clone()]
        }));
        let reuse = if pathways.len() > 1 { "sector-specific" } else { "occupation-specific" };
        let wordings = wordings.into_iter().collect::<Vec<_>>().join("\n");
        skills.push([
            "KnowledgeSkillCompetence".to_owned(),
            uri,
            skill_type.to_owned(),
            reuse.to_owned(),
            label.to_owned(),
            wordings,
            if concept.label().is_some() { central.to_owned() } else { String::new() },
        ]);
    }
    let (occupations, groups) = occupations(map, &occupation_uri, naming);
    let mut codes = BTreeSet::new();
    losses.add("groups that share a code with another", groups.iter().filter(|group| !codes.insert(&group[2])).count());
    losses.add("topics", concepts.topics().len());
    losses.add("overlaps of concepts", concepts.overlaps().len());
    losses.add("codes of statements", map.statements().len());
    losses.add("levels of occupations", map.occupations().len());
    losses.add("duties", map.occupations().map(|o| o.duties().len()).sum());
    losses.add("options", map.occupations().map(|o| o.options().len()).sum());
    losses.add("occupations that are not placed", map.set_aside().len());
    let tables = vec![
        ("skills.csv", csv(skills)),
        ("occupations.csv", csv(occupations)),
        ("occupationSkillRelations.csv", csv(relations)),
        ("ISCOGroups.csv", csv(groups)),
    ];
    (tables, losses)
}

type Rows<const N: usize> = Vec<[String; N]>;

/// Occupations, and the groups that they are in. ESCO's groups have codes of two,
/// three and four characters, and so have these: the number of a branch at each tier.
fn occupations(map: &Map, uri: &impl Fn(&str) -> String, naming: &Naming) -> (Rows<7>, Rows<5>) {
    let mut rows = vec![
        ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description", "code"]
            .map(str::to_owned),
    ];
    let mut groups = vec![["conceptType", "conceptUri", "code", "preferredLabel", "inScheme"].map(str::to_owned)];
    let scheme = naming.uri("schemes", &naming.id("groups", &[]));
    let mut group = |code: &str, id: &str, name: &str| {
        let uri = naming.uri("groups", &naming.id("group", &[id]));
        groups.push(["ISCOGroup".to_owned(), uri, code.to_owned(), name.to_owned(), scheme.clone()]);
    };
    for (r, route) in map.routes().enumerate() {
        let route_code = format!("{}{}", digit(r / 36), digit(r));
        group(&route_code, route.id(), route.name());
        for (p, pathway) in route.pathways().enumerate() {
            let pathway_code = format!("{route_code}{}", digit(p));
            group(&pathway_code, pathway.id(), pathway.name());
            for (c, cluster) in pathway.clusters().enumerate() {
                let cluster_code = format!("{pathway_code}{}", digit(c));
                group(&cluster_code, cluster.id(), cluster.name());
                rows.extend(cluster.occupations().map(|occupation| {
                    [
                        "Occupation".to_owned(),
                        uri(occupation.id()),
                        cluster_code.clone(),
                        occupation.title().to_owned(),
                        occupation.raw().job_titles.join("\n"),
                        occupation.raw().overview.clone().unwrap_or_default(),
                        occupation.id().to_owned(),
                    ]
                }));
            }
        }
    }
    (rows, groups)
}

/// A number as one character: a digit or a letter.
fn digit(number: usize) -> char {
    let digits = b"0123456789ABDEFGHIJKLMNOPQRSTUVWXYZc";
    char::from(digits[number % digits.len()])
}
