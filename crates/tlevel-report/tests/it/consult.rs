//! Screening for a consultation: named cases on the consultation map, exact
//! messages, the pages that people read. Responses are in
//! `consult_responses.rs`, the laws in `consult_laws.rs`.

use tlevel::change::Fate;
use tlevel::concept::Concepts;
use tlevel::consult::{
    Consultation, LinkDirection, MarkSource, People, ResponseScreening, Screening, ScreeningReport, WordGroup,
};
use tlevel::derive::{Policy, PolicyBranch};
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel::map::{BranchTier, Map};
use tlevel::place::Verdict;
use tlevel::read::{RawMap, RawOccupation, RawStatement};
use tlevel_report::{Layout, export, report};

pub(crate) fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).expect("has a route").map
}

pub(crate) fn consultation() -> Map {
    checked(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).expect("a map"))
}

/// Asks with statements joined by score, under the T Level policy.
pub(crate) fn ask<T>(question: impl FnOnce(&Consultation<'_>) -> T) -> T {
    let map = consultation();
    let joined = tlevel::harmonise(&Measure::new(&map), Threshold::default(), &Ledger::default());
    let concepts = joined.expect("no decisions").into_concepts();
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    question(&consultation.joining(Some(Threshold::default())))
}

pub(crate) fn responses(csv: &str) -> ResponseScreening {
    ask(|c| c.responses(csv, People::LeftOut)).expect("has the columns")
}

/// A surveyor with half of what the surveying technician has, and one thing more.
fn drone_surveyor() -> RawOccupation {
    let map = consultation();
    let known = map.occupation("LARS51").expect("the surveying technician");
    let mut new = RawOccupation::new("", "Drone surveyor", 3);
    new.statements.extend(known.raw().statements.iter().take(7).cloned());
    new.statements.push(RawStatement::new("", "skill", "Fly a drone over a site to a flight plan."));
    new.progresses_to.extend(["LARS50", "NOWHERE"].map(str::to_owned));
    new
}

#[test]
fn a_new_occupation_with_statements() {
    let screening = ask(|c| c.new_occupation(&drone_surveyor(), None)).expect("has a title");
    assert_eq!((screening.id.as_str(), screening.concepts, screening.only_own), ("NEW", 8, 1));
    let overlap = &screening.overlaps[0];
    assert_eq!((overlap.occupation.id.as_str(), overlap.shared, overlap.of, overlap.of_other), ("LARS51", 7, 8, 14));
    assert_eq!(overlap.statements.len(), 7);
    let pair = &overlap.statements[0];
    assert_eq!((pair.statement.as_str(), pair.other.as_str(), pair.likeness), ("K1", "K1", 1.0));
    assert!(screening.overlaps[1..].iter().all(|other| other.shared <= 7));

    assert_eq!(screening.level.given, screening.level.suggested);
    let target = screening.target.as_ref().expect("a place");
    assert_eq!(target.cluster.cluster.name, "Design & Surveying Technician");
    assert!(!target.is_suggested && target.closed_by.is_none());
    assert_eq!(screening.places[0], target.cluster);

    // what it is linked to: as declared, and as its words say
    let links: Vec<(&str, bool)> = screening.links.iter().map(|l| (l.id.as_str(), l.occupation.is_some())).collect();
    assert_eq!(links, [("LARS50", true), ("NOWHERE", false)]);
    assert_eq!(screening.above[0].occupation, "GAP4");
    assert!(screening.below.is_empty(), "nothing is below the technical band");

    // what it does not say is core no more: a route core item (in both programmes), three of
    // the pathway; and it brings a specialism
    let outcome = screening.outcome.expect("a place");
    let [design, onsite] = &outcome.effect.programmes[..] else { panic!("two programmes") };
    assert_eq!((design.route_core.lost.len(), onsite.route_core.lost.len()), (1, 1));
    assert_eq!((design.pathway_core.lost.len(), design.specialisms_gained.len()), (3, 1));
    assert_eq!(outcome.size, 1 + 1 + 3 + 1);
    let missing: Vec<&str> = screening.missing.iter().map(|fact| fact.code.as_str()).collect();
    assert_eq!(missing, ["no-mandatory-qualifications"]);
    let open: Vec<&str> = screening.open_questions.iter().map(|q| q.code.as_str()).collect();
    assert_eq!(open, ["training", "recognised", "demand", "employers"]);
}

#[test]
fn statements_of_a_new_occupation_join_by_score() {
    let map = consultation();
    let measure = Measure::new(&map);
    let joined = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default()).expect("no decisions");
    let concepts = joined.into_concepts();
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    let mut new = RawOccupation::new("N1", "Site surveyor", 3);
    let reworded =
        "Use survey data, including coordinates and point clouds, to produce models in computer-aided design.";
    new.statements.push(RawStatement::new("S1", "skill", reworded));
    let shared = |c: &Consultation<'_>| {
        let screening = c.new_occupation(&new, Some("design-surveying-technician")).expect("a cluster");
        screening.concepts - screening.only_own
    };
    assert_eq!(shared(&consultation), 0, "no wording is equal");
    let consultation = consultation.joining(Some(Threshold::default()));
    assert_eq!(shared(&consultation), 1);
    // the core that surveyors share holds less: the newcomer has one thing of it
    let screening = consultation.new_occupation(&new, Some("design-surveying-technician")).expect("a cluster");
    let effect = screening.outcome.expect("a place").effect;
    let design =
        effect.programmes.iter().find(|p| p.pathway.name == "Design, surveying and planning").expect("it changes");
    assert!(design.pathway_core.lost.iter().all(|item| !item.text.contains("survey data")));
    assert!(design.pathway_core.lost.len() >= 3, "{design:?}");
}

#[test]
fn a_new_occupation_of_which_only_the_title_is_known() {
    let mut new = RawOccupation::default();
    new.title = Some("Surveying technician".to_owned());
    let screening = ask(|c| c.new_occupation(&new, Some("Construction"))).expect("has a title");
    assert_eq!(screening.placement.verdict, Verdict::SameTitle);
    assert_eq!(screening.placement.because.as_deref(), Some("LARS51 Surveying technician"));
    assert_eq!((screening.level.given, screening.level.suggested.map(|l| l.number())), (None, Some(3)));
    let target = screening.target.expect("a place");
    assert_eq!((target.named.tier, target.is_suggested), (BranchTier::Route, true));
    assert_eq!(target.cluster.cluster.name, "Design & Surveying Technician");
    let missing: Vec<&str> = screening.missing.iter().map(|fact| fact.code.as_str()).collect();
    assert_eq!(missing, ["no-statements", "no-level", "no-progression", "no-mandatory-qualifications"]);
    // of several marks above a place the widest is reported
    let closed =
        ask(|c| c.new_occupation(&new, Some("driver-crewmember"))).expect("a cluster").target.expect("a place");
    assert_eq!(
        closed.closed_by.map(|b| (b.tier, b.id)),
        Some((BranchTier::Route, "transport-and-logistics".to_owned()))
    );
    // without statements it does not count for a core, and its specialism has no content
    let outcome = screening.outcome.expect("a place");
    assert_eq!((outcome.size, outcome.effect.programmes[0].specialisms_gained.len()), (0, 1));
}

#[test]
fn a_title_without_a_known_word_is_said_to_have_no_cluster() {
    let mut raw = RawOccupation::default();
    (raw.title, raw.level) = (Some("Zymurgist".to_owned()), Some(3));
    let report = ask(|c| c.report(c.new_occupation(&raw, None).expect("has a title")));
    let page = export::terminal(&report::consultation(&report), &Layout::default());
    assert!(page.contains("  No cluster is known to suit it, so its effect is not known.\n"), "{page}");
    assert!(page.contains("  Clusters that suit it\n    No cluster is known to suit it.\n"), "{page}");
    let report = ask(|c| c.report(c.new_occupation(&raw, Some("Construction")).expect("a route")));
    let page = export::terminal(&report::consultation(&report), &Layout::default());
    assert!(page.contains("  Nothing tells which cluster in Construction suits it; "), "{page}");
}

#[test]
fn what_is_hardly_alike_is_no_overlap_on_the_page() {
    let mut raw = RawOccupation::default();
    raw.title = Some("Bricklayer".to_owned());
    let report = ask(|c| c.report(c.new_occupation(&raw, None).expect("has a title")));
    let page = export::terminal(&report::consultation(&report), &Layout::default());
    assert!(page.contains("Bricklayer (LARS287), level 2: likeness 0.46") && !page.contains("likeness 0.00"), "{page}");
    let report = ask(|c| c.report(c.responses("question\nb\n", People::LeftOut).expect("has the column")));
    assert!(
        export::terminal(&report::consultation(&report), &Layout::default())
            .contains("  1 response makes 0 different proposals; 1 ")
    );
}

#[test]
fn what_is_no_new_occupation() {
    let message = |new: &RawOccupation, to: Option<&str>| ask(|c| c.new_occupation(new, to)).unwrap_err().to_string();
    assert_eq!(message(&RawOccupation::new("N", " ", 3), None), "the new occupation has no title; give it one");
    assert_eq!(
        message(&RawOccupation::new("N", "Roofer", 3), Some("Catterer")),
        "the map has no route, pathway or cluster \"Catterer\": did you mean \"Caterer\"?"
    );
    let taken = message(&RawOccupation::new("LARS51", "Roofer", 3), None);
    assert!(taken.ends_with("the id \"LARS51\" is taken; give the new occupation another"), "{taken}");
    let level = message(&RawOccupation::new("N", "Roofer", 9), None);
    assert!(level.ends_with("the new occupation \"N\": 9 is not a level; levels are 2 to 7"), "{level}");
}

#[test]
fn a_move_to_another_route() {
    let moved = ask(|c| c.move_occupation("surveying  technician", "IT support and services")).expect("both are there");
    assert_eq!((moved.occupation.id.as_str(), moved.across), ("LARS51", BranchTier::Route));
    assert!(moved.target.is_suggested);
    assert_eq!(moved.target.cluster.pathway.name, "IT support and services");
    assert_eq!(
        (moved.from.name.as_str(), moved.to.name.as_str()),
        ("Design, surveying and planning", "IT support and services")
    );
    assert_eq!((moved.from.of, moved.to.of), (14, 14));
    assert!(moved.from.neighbours.iter().all(|n| n.occupation.place.pathway.id == moved.from.id));
    assert!(moved.to.neighbours.iter().all(|n| n.occupation.place.pathway.id == moved.to.id));
    // the sides and the statements agree
    assert_eq!(moved.comparison.len(), 14);
    assert_eq!(moved.comparison.iter().filter(|c| !c.from.is_empty()).count(), moved.from.shared);
    assert_eq!(moved.comparison.iter().filter(|c| !c.to.is_empty()).count(), moved.to.shared);
    let links: Vec<(LinkDirection, &str)> = moved.links.iter().map(|l| (l.direction, l.id.as_str())).collect();
    assert_eq!(links, [(LinkDirection::LeadsTo, "GAP4"), (LinkDirection::LeadsTo, "LARS50")]);
    assert_eq!(moved.rank_from, Some(1), "left out, it is still best placed where it stands");
    assert!(moved.rank_to > Some(1));
    let pathways: Vec<&str> = moved.outcome.effect.programmes.iter().map(|p| p.pathway.name.as_str()).collect();
    assert!(pathways.contains(&"IT support and services") && pathways.contains(&"Design, surveying and planning"));
    assert_eq!(moved.outcome.size, moved.outcome.effect.size());
}

#[test]
fn a_move_within_a_pathway_compares_clusters() {
    let moved = ask(|c| c.move_occupation("LARS240", "Construction Specialist Operative/Technician")).expect("both");
    assert_eq!((moved.across, moved.from.name.as_str()), (BranchTier::Cluster, "Core Building Tradesperson"));
    assert_eq!(moved.target.closed_by.as_ref().map(|b| b.tier), Some(BranchTier::Cluster));
    assert_eq!(moved.barriers.len(), 1);
    assert_eq!(moved.links[0].occupation.as_ref().map(|o| o.title.as_str()), Some("Construction site supervisor"));
    let gone = &moved.outcome.effect.programmes.iter().find(|p| p.fate == Fate::Disappears).expect("nobody is left");
    assert_eq!(gone.pathway.name, "Onsite construction");
    let tied = ask(|c| c.move_occupation("LARS481", "caterer")).expect("both");
    assert_eq!(tied.ties.len(), 1);
    assert!(tied.ties[0].qualification.starts_with("Registration under the Farriers"), "{:?}", tied.ties);
    assert!(tied.ties[0].from.is_empty() && tied.ties[0].to.is_empty());
    let missing: Vec<&str> = tied.missing.iter().map(|fact| fact.code.as_str()).collect();
    assert_eq!(missing, ["no-progression", "no-barriers"]);
}

#[test]
fn a_tie_that_neighbours_have_too() {
    let mut raw = consultation().into_raw();
    let tie = ["Safety  card".to_owned()];
    for occupation in raw.routes[1].pathways.iter_mut().flat_map(|p| &mut p.clusters).flat_map(|c| &mut c.occupations) {
        occupation.mandatory_qualifications = tie.to_vec();
    }
    raw.routes[1].pathways[0].clusters[0].occupations[1].mandatory_qualifications = vec!["safety card".to_owned()];
    let map = checked(raw);
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    let moved = consultation.move_occupation("LARS51", "core-building-tradesperson").expect("both");
    let ids = |names: &[tlevel::map::OccupationName]| names.iter().map(|o| o.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&moved.ties[0].from), ["LARS199", "GAP4", "LARS50"]);
    assert_eq!(moved.ties[0].to.len(), 8);
}

#[test]
fn what_cannot_move() {
    let message = |occupation: &str, to: &str| ask(|c| c.move_occupation(occupation, to)).unwrap_err().to_string();
    for (occupation, to, expected) in [
        ("Brickleyer", "caterer", "the map has no occupation \"Brickleyer\": did you mean \"Bricklayer\"?"),
        ("LARS2877", "caterer", "the map has no occupation \"LARS2877\": did you mean \"LARS287\"?"),
        ("LARS287", "catterer", "the map has no route, pathway or cluster \"catterer\": did you mean \"Caterer\"?"),
        ("LARS287", "construction", "\"LARS287\" is already in \"construction\"; name another place"),
    ] {
        assert_eq!(message(occupation, to), expected);
    }
    // a name that two have
    let mut raw = consultation().into_raw();
    raw.routes[0].pathways[0].name = Some("Catering".to_owned());
    let map = checked(raw);
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    assert_eq!(
        consultation.move_occupation("LARS287", "catering").unwrap_err().to_string(),
        "several are called \"catering\"; give the id of one: \
         agriculture-environmental-and-animal-care/agriculture-land-management-and-production, \
         catering-and-hospitality/catering"
    );
}

#[test]
fn a_route_is_opened_with_all_that_is_in_it() {
    let open = ask(|c| c.open_branch("Transport and logistics")).expect("is marked");
    assert_eq!(open.marks.len(), 4);
    assert!(open.marks.iter().all(|mark| mark.source == MarkSource::Map));
    assert_eq!((open.lifted.unmarked.len(), open.lifted.kept_closed.len()), (4, 0));
    let fates: Vec<(&str, Fate)> =
        open.outcome.effect.programmes.iter().map(|p| (p.pathway.name.as_str(), p.fate)).collect();
    assert_eq!(fates, [("Logistics", Fate::Appears), ("Transport", Fate::Appears)]);
    let driver = open.occupations.iter().find(|o| o.occupation.id == "LARS110").expect("is there");
    assert_eq!((driver.at_level, driver.barriers.len(), driver.mandatory_qualifications.len()), (false, 1, 2));
    let words: Vec<WordGroup> = driver.words.iter().map(|w| w.group).collect();
    assert!(words.contains(&WordGroup::Machinery), "{driver:?}");
    assert!(driver.words.iter().all(|w| w.words.iter().all(|word| w.text.contains(word.as_str()))));
}

#[test]
fn a_branch_is_opened_alone() {
    // a cluster under two more marks: its sisters stay closed
    let open = ask(|c| c.open_branch("transport-operations-operative-technician")).expect("is closed");
    let tiers: Vec<BranchTier> = open.marks.iter().map(|m| m.branch.tier).collect();
    assert_eq!(tiers, [BranchTier::Route, BranchTier::Pathway]);
    assert_eq!(open.lifted.kept_closed.len(), 4, "{:?}", open.lifted);
    let programmes = &open.outcome.effect.programmes;
    assert_eq!((programmes.len(), programmes[0].pathway.name.as_str()), (1, "Transport"));
    let counting: Vec<&str> = programmes[0].counting_gained.iter().map(|o| o.id.as_str()).collect();
    assert_eq!(counting, ["LARS100"]);
}

#[test]
fn marks_of_the_policy_open_like_those_of_the_map() {
    let map = consultation();
    let concepts = Concepts::exact(&map);
    // the same marks, made by the policy alone
    let mut raw = map.raw().clone();
    let mut policy = Policy::t_level();
    let mut take = |id: &Option<String>, mark: &mut Option<tlevel::read::RawApprenticeshipOnly>| {
        let reasons = mark.take().map(|mark| mark.reasons);
        let branch =
            |reasons| PolicyBranch { branch: id.clone().unwrap_or_default(), reasons, ..PolicyBranch::default() };
        policy.apprenticeship_only.extend(reasons.map(branch));
    };
    for route in &mut raw.routes {
        take(&route.id, &mut route.apprenticeship_only);
        for pathway in &mut route.pathways {
            take(&pathway.id, &mut pathway.apprenticeship_only);
            pathway.clusters.iter_mut().for_each(|c| take(&c.id, &mut c.apprenticeship_only));
        }
    }
    let unmarked = checked(raw);
    let same = Concepts::exact(&unmarked);
    let by_map = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    let by_policy = Consultation::new(&unmarked, &same, &policy).expect("the concepts fit");
    for branch in
        ["protective-services", "Marketing", "transport-operations-operative-technician", "Logistics", "construction"]
    {
        let (one, other) =
            (by_map.open_branch(branch).expect("closed"), by_policy.open_branch(branch).expect("closed"));
        assert_eq!(one.lifted, other.lifted, "{branch}");
        assert_eq!((one.content, one.outcome.size), (other.content, other.outcome.size), "{branch}");
        assert!(other.marks.iter().all(|mark| mark.source == MarkSource::Policy));
        let gained = |s: &tlevel::change::Effect| -> Vec<(String, Vec<String>)> {
            let of = |p: &tlevel::change::ProgrammeEffect| p.counting_gained.iter().map(|o| o.id.clone()).collect();
            s.programmes.iter().map(|p| (p.pathway.id.clone(), of(p))).collect()
        };
        assert_eq!(gained(&one.outcome.effect), gained(&other.outcome.effect), "{branch}");
    }
    // a mark that does not hold yet closes nothing
    policy.apprenticeship_only.iter_mut().for_each(|entry| entry.from = Some("2030".to_owned()));
    policy.on = Some("2025".to_owned());
    let later = Consultation::new(&unmarked, &same, &policy).expect("the concepts fit");
    assert_eq!(
        later.open_branch("protective-services").unwrap_err().to_string(),
        "\"protective-services\" is open to T Levels: neither the map nor the policy marks it as apprenticeship-only"
    );
}

#[test]
fn how_much_content_there_is() {
    let open = ask(|c| c.open_branch("protective-services")).expect("is marked");
    let content = &open.content;
    // nothing is core: all is in the four specialisms, and one thing is in two
    let programme = &content.programmes[0];
    assert_eq!((programme.counting, programme.specialisms, programme.items), (4, 4, 32));
    let map = consultation();
    let statements = open.occupations[..4].iter().filter_map(|o| map.occupation(&o.occupation.id));
    let weight = |kind: char| match kind {
        'K' => 1,
        'S' => 2,
        _ => 0,
    };
    let weights = statements.flat_map(|o| o.statements()).map(|s| weight(s.kind().letter()));
    assert_eq!(programme.weight, weights.sum::<u32>() / 4);
    let (median, share) = (content.median.expect("programmes"), programme.share.expect("a median"));
    assert_eq!(content.of, 5);
    assert!((share - f64::from(programme.weight) / f64::from(median)).abs() < 1e-12);
    assert_eq!(programme.hours, Some([900.0, 1_400.0].map(|hours: f64| (hours * share).round() as u32)));
}

#[test]
fn what_is_open_already() {
    assert_eq!(
        ask(|c| c.open_branch("digital")).unwrap_err().to_string(),
        "\"digital\" is open to T Levels: neither the map nor the policy marks it as apprenticeship-only; those that \
         are marked: protective-services, sales-marketing-and-procurement, transport-and-logistics, \
         catering-and-hospitality/hospitality, agriculture-environmental-and-animal-care/\
         agriculture-land-management-and-production/arboriculture-and-forestry-operative, \
         agriculture-environmental-and-animal-care/animal-care-and-management/equine-groom-farrier, \
         construction/onsite-construction/construction-specialist-operative-technician, \
         construction/onsite-construction/metal-and-steel-operative"
    );
    // beyond eight, the number is given
    let mut raw = consultation().into_raw();
    let clusters = raw.routes.iter_mut().flat_map(|r| &mut r.pathways).flat_map(|p| &mut p.clusters);
    clusters.for_each(|c| c.name = Some("Trades".to_owned()));
    let map = checked(raw);
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    let several = consultation.open_branch("trades").unwrap_err().to_string();
    assert!(several.ends_with(" and 26 more") && several.matches(", ").count() == 7, "{several}");
    // without a mark of its own, but with some in it
    assert_eq!(ask(|c| c.open_branch("construction")).expect("holds some").marks.len(), 2);
}

#[test]
fn gaps_have_neighbours_with_a_standard() {
    let screening = ask(|c| c.gaps());
    assert_eq!((screening.gaps.len(), screening.unknown), (4, 0));
    for gap in &screening.gaps {
        assert_eq!(gap.neighbours.len(), 3, "{gap:?}");
        assert!(gap.neighbours.iter().all(|n| n.occupation.status.name() != "none"));
        assert!(gap.neighbours.windows(2).all(|w| w[0].likeness >= w[1].likeness));
    }
    let closed: Vec<bool> = screening.gaps.iter().map(|gap| gap.closed_by.is_some()).collect();
    assert_eq!(closed, [true, false, false, false]);
    let survey = &screening.gaps[1];
    let links: Vec<(LinkDirection, &str)> = survey.links.iter().map(|l| (l.direction, l.id.as_str())).collect();
    assert_eq!(links, [(LinkDirection::LeadsTo, "LARS50"), (LinkDirection::ComesFrom, "LARS51")]);
}

#[test]
fn a_link_to_itself_stands_once() {
    let mut raw = consultation().into_raw();
    raw.routes[1].pathways[0].clusters[0].occupations[1].progresses_to = vec!["LARS51".to_owned()];
    let map = checked(raw);
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    let moved = consultation.move_occupation("LARS51", "caterer").expect("both");
    assert_eq!(moved.links.len(), 1);
}

#[test]
fn the_column_map_decides_between_equal_names() {
    let mut raw = consultation().into_raw();
    raw.routes[0].pathways[0].name = Some("Catering".to_owned());
    let map = checked(raw);
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).expect("the concepts fit");
    let csv = "question,occupation,to,map\nb,LARS287,catering,catering and  Hospitality\nb,LARS287,catering,\n";
    let screening = consultation.responses(csv, People::LeftOut).expect("has the columns");
    let Screening::MoveOccupation(moved) = &screening.proposals[0].screening else { panic!("a move") };
    assert_eq!(moved.target.named.id, "catering-and-hospitality/catering");
    assert!(screening.not_screened[0].message.starts_with("several are called \"catering\""));
}

#[test]
fn what_is_no_responses_file() {
    let message = |csv: &str| ask(|c| c.responses(csv, People::LeftOut)).unwrap_err().to_string();
    let columns = "a file of responses has the column question (and may have respondent, organisation, email, map, \
                   occupation, level, from, to, rationale, row, reason)";
    assert_eq!(message("Jane Doe,a,Roofer\n"), format!("line 1: the column \"question\" is missing; {columns}"));
    assert_eq!(
        message("quesiton,to\n"),
        format!("line 1: the column \"question\" is missing (did you mean \"quesiton\"?); {columns}")
    );
    assert_eq!(message("question,to,TO\n"), "line 1: the column \"to\" is there twice; keep one of them");
    let none = responses("\u{feff}question,ocupation\n");
    assert_eq!((none.responses, none.proposals.len()), (0, 0));
    assert_eq!(
        none.notes[0].message,
        "the column \"ocupation\" is not known (did you mean \"occupation\"?), and not used"
    );
}

/// A report of each screening.
fn reports() -> Vec<(&'static str, ScreeningReport)> {
    ask(|c| {
        vec![
            ("new", c.report(c.new_occupation(&drone_surveyor(), None).expect("has a title"))),
            ("move", c.report(c.move_occupation("LARS51", "onsite-construction").expect("both"))),
            ("open", c.report(c.open_branch("Marketing").expect("is marked"))),
            (
                "responses",
                c.report(c.responses(crate::consult_responses::RESPONSES, People::LeftOut).expect("has the columns")),
            ),
            ("gaps", c.report(c.gaps())),
        ]
    })
}

#[test]
fn reports_read_back() {
    for (kind, report) in reports() {
        let json = serde_json::to_string(&report).expect("serialises");
        assert!(json.starts_with("{\"format\":\"tlevel-consultation\",\"version\":1,\"map\":{"), "{kind}");
        assert_eq!(serde_json::from_str::<ScreeningReport>(&json).expect("reads back"), report, "{kind}");
    }
}

#[test]
fn pages() {
    for (kind, report) in reports() {
        let text = export::terminal(&report::consultation(&report), &Layout::default());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{kind}\n{text}");
        insta::assert_snapshot!(format!("text_of_{kind}"), text);
    }
    let markdown = export::markdown(&report::consultation(&reports()[3].1));
    insta::assert_snapshot!("markdown_of_responses", markdown);
}
