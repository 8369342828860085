//! Maps with every odd thing in them: marks at each tier, levels 2 to 7, empty
//! and single branches, options (given and told by duties), curly quotes,
//! repeated and empty statements.

use proptest::collection::vec;
use proptest::prelude::*;
use tlevel::derive::{Exception, Grouping, Policy, PolicyBranch, Quorum, Role};
use tlevel::read::{
    RawApprenticeshipOnly, RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement,
};

/// A few wordings, some of them the same in normal form: small enough to be
/// shared often.
const WORDINGS: [&str; 15] = [
    "Safe working at height",
    "safe working at height.",
    "The client's brief",
    "The client\u{2019}s  brief;",
    "Health \u{2013} and safety",
    "Health - and safety",
    "Data protection",
    "Tools & materials",
    "Sustainability",
    "Teamwork",
    "TeamWork",
    "Ｓustainability",
    " . ",
    "Reading drawings",
    "Quality",
];

/// An occupation before it has ids.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    level: i64,
    statements: Vec<(usize, usize, Option<usize>)>,
    options: usize,
    duties: Vec<(Vec<usize>, Option<usize>)>,
}

pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    (
        prop_oneof![5 => Just(3_i64), 2 => 2_i64..=7],
        vec((0..3_usize, 0..WORDINGS.len(), proptest::option::weighted(0.3, 0..3_usize)), 0..7),
        prop_oneof![3 => Just(0_usize), 1 => 1..3_usize],
        vec((vec(0..7_usize, 0..4), proptest::option::of(0..2_usize)), 0..3),
    )
        .prop_map(|(level, statements, options, duties)| Draft { level, statements, options, duties })
}

/// An occupation of that id.
pub(crate) fn occupation(id: &str, draft: &Draft) -> RawOccupation {
    let mut occupation = RawOccupation::new(id, format!("Occupation {id}"), draft.level);
    occupation.options = (0..draft.options).map(|i| RawOption::new(format!("O{i}"), format!("Option {i}"))).collect();
    for (i, &(kind, wording, option)) in draft.statements.iter().enumerate() {
        let kind = ["knowledge", "skill", "behaviour"][kind];
        let mut statement = RawStatement::new(format!("X{i}"), kind, WORDINGS[wording]);
        if let Some(option) = option.filter(|o| *o < draft.options) {
            statement = statement.of_option(format!("O{option}"));
        }
        occupation.statements.push(statement);
    }
    for (i, (cited, option)) in draft.duties.iter().enumerate() {
        let cited = cited.iter().filter(|c| **c < draft.statements.len()).map(|c| format!("X{c}"));
        let mut duty = RawDuty::new(format!("D{i}"), "Do the work", cited);
        duty.options.extend(option.filter(|o| *o < draft.options).map(|o| format!("O{o}")));
        occupation.duties.push(duty);
    }
    occupation
}

fn mark() -> impl Strategy<Value = Option<RawApprenticeshipOnly>> {
    proptest::option::weighted(0.12, Just(RawApprenticeshipOnly::new(["policy"])))
}

/// A map of up to three routes, with ids by position.
pub(crate) fn map() -> impl Strategy<Value = RawMap> {
    let cluster = (vec(draft(), 0..4), mark());
    let pathway = (vec(cluster, 0..3), mark());
    let route = (vec(pathway, 0..4), mark());
    vec(route, 1..4).prop_map(|routes| {
        let mut map = RawMap::new("Generated");
        for (r, (pathways, mark)) in routes.into_iter().enumerate() {
            let mut route = RawRoute::new(format!("r{r}"), format!("Route {r}"));
            route.apprenticeship_only = mark;
            for (p, (clusters, mark)) in pathways.into_iter().enumerate() {
                let mut pathway = RawPathway::new(format!("r{r}p{p}"), format!("Pathway {p}"));
                pathway.apprenticeship_only = mark;
                for (c, (drafts, mark)) in clusters.into_iter().enumerate() {
                    let mut cluster = RawCluster::new(format!("r{r}p{p}c{c}"), format!("Cluster {c}"));
                    cluster.apprenticeship_only = mark;
                    let drafts = drafts.iter().enumerate();
                    cluster.occupations.extend(drafts.map(|(o, d)| occupation(&format!("r{r}p{p}c{c}o{o}"), d)));
                    pathway.clusters.push(cluster);
                }
                route.pathways.push(pathway);
            }
            map.routes.push(route);
        }
        map
    })
}

pub(crate) fn quorum() -> impl Strategy<Value = Quorum> {
    (1_u64..=4, 0_u64..=3).prop_map(|(k, more)| Quorum::new(k, k + more).unwrap())
}

/// A policy with exceptions and marks that may match ids of [`map`].
pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    let grouping = prop_oneof![
        Just(Grouping::Unit),
        Just(Grouping::Cluster),
        quorum().prop_map(|overlap| Grouping::Merged { overlap })
    ];
    let role = prop_oneof![Just(Role::Counts), Just(Role::SpecialismOnly), Just(Role::LeftOut)];
    let exception = (0..3, 0..3, 0..2, 0..3, role).prop_map(|(r, p, c, o, role)| Exception {
        occupation: format!("r{r}p{p}c{c}o{o}"),
        role,
        note: String::new(),
    });
    let branch = prop_oneof![Just("r1".to_owned()), Just("Pathway 2".to_owned()), Just("r0p0c1".to_owned())]
        .prop_map(|branch| PolicyBranch { branch, ..PolicyBranch::default() });
    (quorum(), quorum(), (1_usize..=3, 1_usize..=3), 0_usize..=2, grouping, vec(exception, 0..3), vec(branch, 0..2))
        .prop_map(
            |(
                pathway_quorum,
                route_quorum,
                (min_sharers, min_pathways),
                near,
                grouping,
                exceptions,
                apprenticeship_only,
            )| {
                let mut policy = Policy::t_level();
                policy.pathway_quorum = pathway_quorum;
                policy.route_quorum = route_quorum;
                policy.min_sharers = min_sharers;
                policy.min_pathways = min_pathways;
                policy.near = near;
                policy.grouping = grouping;
                policy.exceptions = exceptions;
                policy.apprenticeship_only = apprenticeship_only;
                policy
            },
        )
}

/// A map with its rows in another order.
#[allow(dead_code, reason = "each test uses its own part of this file")]
pub(crate) fn turned(mut raw: RawMap) -> RawMap {
    for pathway in raw.routes.iter_mut().flat_map(|route| &mut route.pathways) {
        for cluster in &mut pathway.clusters {
            cluster.occupations.iter_mut().for_each(|o| o.statements.reverse());
            cluster.occupations.reverse();
        }
        pathway.clusters.reverse();
    }
    raw.routes.reverse();
    raw
}
