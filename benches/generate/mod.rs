//! Maps and files of the real sizes, made from a seed: the same every time.

use std::fmt::Write as _;

use tlevel::map::Map;
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStandard, RawStatement};

/// A small generator (`SplitMix64`), so that no run depends on another crate's
/// choice of numbers.
pub(crate) struct Random(u64);

#[allow(dead_code, reason = "each bench uses its own part of this file")]
impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn guid(&mut self) -> String {
        let (a, b) = (self.below(1 << 48), self.below(1 << 48));
        let hex = format!("{a:012x}{b:012x}{:08x}", self.below(1 << 32));
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// So many words of the register, as a sentence.
    pub(crate) fn sentence(&mut self, words: usize) -> String {
        const WORDS: [&str; 48] = [
            "principles",
            "of",
            "the",
            "and",
            "safe",
            "use",
            "tools",
            "materials",
            "organisational",
            "procedures",
            "legislation",
            "relevant",
            "to",
            "own",
            "role",
            "including",
            "data",
            "protection",
            "communicate",
            "with",
            "stakeholders",
            "using",
            "technical",
            "terminology",
            "inspect",
            "maintain",
            "record",
            "equipment",
            "identify",
            "faults",
            "apply",
            "methods",
            "techniques",
            "quality",
            "standards",
            "sustainability",
            "waste",
            "team",
            "customer\u{2019}s",
            "needs",
            "plan",
            "sequence",
            "tasks",
            "in",
            "line",
            "policies",
            "systems",
            "review",
        ];
        let mut text = String::new();
        for i in 0..words {
            let word = WORDS[self.below(WORDS.len() as u64) as usize];
            if i == 0 {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                let _ = write!(text, " {word}");
            }
        }
        text.push('.');
        text
    }
}

const ROUTES: usize = 15;
const PATHWAYS: usize = 35;
const CLUSTERS: usize = 172;

/// A standards file of so many records with 60 statements each, about 37.5 kB
/// a record, in the shape of the real one (GUIDs, duties, HTML).
#[allow(dead_code, reason = "each bench uses its own part of this file")]
pub(crate) fn standards_file(records: usize) -> String {
    let mut random = Random(2026);
    let mut out = String::from("[");
    for r in 0..records {
        let cluster = r % CLUSTERS;
        let pathway = cluster % PATHWAYS;
        let level = 2 + random.below(6);
        let _ = write!(
            out,
            "{}{{\"referenceNumber\":\"ST{r:04}\",\"larsCode\":{r},\"title\":\"Occupation number {r}\",\
             \"level\":{level},\"status\":\"Approved for delivery\",\"version\":\"1.{}\",\"route\":\"Route {}\",\
             \"pathway\":\"Pathway {pathway}\",\"cluster\":\"Cluster {cluster} of {}\",\"typicalDuration\":24,\
             \"maxFunding\":9000,\"regulated\":false,\"integratedDegree\":\"non-degree qualification\",\
             \"coreAndOptions\":false,\"overviewOfRole\":\"{}\",\"occupationalSummary\":\"",
            if r == 0 { "" } else { ",\n" },
            r % 4,
            pathway % ROUTES,
            level / 2,
            random.sentence(20),
        );
        for _ in 0..8 {
            let _ = write!(out, "<p>{}&nbsp;{}</p>", random.sentence(14), random.sentence(8));
        }
        out.push_str("\",\"typicalJobTitles\":[\"One\",\"Two\",\"Three\"],\"keywords\":[\"alpha\",\"beta\"]");
        let mut ids = Vec::new();
        for (list, id, n) in
            [("knowledges", "knowledgeId", 25), ("skills", "skillId", 27), ("behaviours", "behaviourId", 8)]
        {
            let _ = write!(out, ",\"{list}\":[");
            for i in 0..n {
                let guid = random.guid();
                let words = 18 + random.below(24) as usize;
                let comma = if i == 0 { "" } else { "," };
                let _ = write!(out, "{comma}{{\"{id}\":\"{guid}\",\"detail\":\"{}\"}}", random.sentence(words));
                ids.push(guid);
            }
            out.push(']');
        }
        out.push_str(",\"duties\":[");
        for d in 0..16 {
            let comma = if d == 0 { "" } else { "," };
            let guid = random.guid();
            let duty = random.sentence(24);
            let _ = write!(
                out,
                "{comma}{{\"dutyID\":\"{guid}\",\"dutyDetail\":\"{duty}\",\"isThisACoreDuty\":1,\"mappedOptions\":null"
            );
            for (list, range) in [("mappedKnowledge", 0..25), ("mappedSkills", 25..52), ("mappedBehaviour", 52..60)] {
                let cited: Vec<String> =
                    ids[range].iter().filter(|_| random.below(3) == 0).map(|id| format!("\"{id}\"")).collect();
                let _ = write!(out, ",\"{list}\":[{}]", cited.join(","));
            }
            out.push('}');
        }
        out.push_str("]}");
    }
    out.push_str("]\n");
    out
}

/// A map of the real size: 15 routes, 35 pathways, 172 clusters, so many
/// occupations with so many statements each; `level_3` tells which of them are
/// at level 3. A tenth of the statements is shared in the route, a tenth in
/// the pathway, the rest is each occupation's own.
#[allow(dead_code, reason = "each bench uses its own part of this file")]
pub(crate) fn map(occupations: usize, statements: usize, level_3: impl Fn(usize) -> bool) -> RawMap {
    let mut random = Random(17);
    let shared = statements / 10;
    let mut routes: Vec<RawRoute> = (0..ROUTES).map(|r| RawRoute::new(format!("r{r}"), format!("Route {r}"))).collect();
    let of_route: Vec<Vec<String>> = (0..ROUTES).map(|_| (0..shared).map(|_| random.sentence(25)).collect()).collect();
    let of_pathway: Vec<Vec<String>> =
        (0..PATHWAYS).map(|_| (0..shared).map(|_| random.sentence(25)).collect()).collect();
    let mut clusters: Vec<RawCluster> =
        (0..CLUSTERS).map(|c| RawCluster::new(format!("c{c}"), format!("Cluster {c}"))).collect();
    for o in 0..occupations {
        let cluster = o % CLUSTERS;
        let pathway = cluster % PATHWAYS;
        let route = pathway % ROUTES;
        let level = if level_3(o) { 3 } else { 5 };
        let mut occupation = RawOccupation::new(format!("OCC{o:04}"), format!("Occupation {o}"), level);
        occupation.status = Some("approved".to_owned());
        occupation.standard = Some(RawStandard::new(format!("ST{o:04}")));
        for s in 0..statements {
            let kind = ["knowledge", "skill", "behaviour"][(s % 8) / 3];
            let text = match s {
                s if s < shared => of_route[route][s].clone(),
                s if s < 2 * shared => of_pathway[pathway][s - shared].clone(),
                s => format!("{o} {s} {}", random.sentence(25)),
            };
            occupation.statements.push(RawStatement::new(format!("X{s}"), kind, text));
        }
        clusters[cluster].occupations.push(occupation);
    }
    let mut pathways: Vec<RawPathway> =
        (0..PATHWAYS).map(|p| RawPathway::new(format!("p{p}"), format!("Pathway {p}"))).collect();
    for (c, cluster) in clusters.into_iter().enumerate() {
        pathways[c % PATHWAYS].clusters.push(cluster);
    }
    for (p, pathway) in pathways.into_iter().enumerate() {
        routes[p % ROUTES].pathways.push(pathway);
    }
    let mut map = RawMap::new("A generated map");
    map.routes = routes;
    map
}

/// So many statements, 20 to an occupation: each has the beginning of one
/// statement of the bundled map, the middle of another and the end of a third.
#[allow(dead_code, reason = "each bench uses its own part of this file")]
pub(crate) fn recombined(n: usize) -> Map {
    let bundled = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let bundled = tlevel::check(bundled).unwrap().map;
    let words: Vec<Vec<&str>> = bundled.statements().map(|s| s.text().split(' ').collect()).collect();
    let mut random = Random::new(2_026);
    let mut pathway = RawPathway::new("p", "Pathway");
    let mut cluster = RawCluster::new("c", "Cluster");
    for o in 0..n / 20 {
        let mut occupation = RawOccupation::new(format!("O{o}"), format!("Occupation {o}"), 3);
        for s in 0..20 {
            let mut part = |third: usize| {
                let words = &words[random.below(words.len() as u64) as usize];
                words[words.len() * third / 3..words.len() * (third + 1) / 3].join(" ")
            };
            let text = [part(0), part(1), part(2)].join(" ");
            let kind = ["knowledge", "skill"][s % 2];
            occupation.statements.push(RawStatement::new(format!("X{s}"), kind, text));
        }
        cluster = cluster.with(occupation);
    }
    pathway = pathway.with(cluster);
    tlevel::check(RawMap::new("Recombined").with(RawRoute::new("r", "Route").with(pathway))).unwrap().map
}
