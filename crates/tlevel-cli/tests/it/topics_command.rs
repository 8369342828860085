//! Topics on the command line: whose they are, what they share, who has which.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{self, told as tlevel};

fn folder(name: &str) -> PathBuf {
    program::folder(&format!("topics/{name}"))
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("is written");
    path.display().to_string()
}

fn printed(arguments: &[&str]) -> String {
    let (status, printed, said) = tlevel(arguments);
    assert_eq!((status, said.as_str()), (Some(0), ""), "{arguments:?}");
    printed
}

fn json(arguments: &[&str]) -> Value {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&printed(&all)).expect("JSON")
}

const MAP: &str = "fixtures/maps/england.json";
const ONSITE: [&str; 6] = ["derive", MAP, "--policy", "panel", "--pathway", "onsite-construction"];

/// The core topics of a programme.
fn topics(arguments: &[&str]) -> Vec<String> {
    let derived = json(&[&ONSITE[..], arguments].concat());
    let topics = derived["programmes"][0]["topics"].as_array().expect("topics").clone();
    topics.iter().map(|topic| topic["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn what_is_shared() {
    let folder = folder("share");
    let by_topic = topics(&[]);
    assert!(by_topic.len() > 3 && by_topic.contains(&"health-and-safety".to_owned()), "{by_topic:?}");
    assert_eq!(topics(&["--share", "statement"]), Vec::<String>::new());
    assert_eq!(topics(&["--exact"]), Vec::<String>::new());
    assert!(!topics(&["--exact", "--share", "topic"]).is_empty());
    // the policy may say it, and the option has the last word
    let policy = file(
        &folder,
        "policy.json",
        r#"{"format": "tlevel-policy", "version": 1, "pathway_quorum": 0.5, "route_quorum": 0.5, "share": "statement"}"#,
    );
    let by = |more: &[&str]| {
        let arguments = [&["derive", MAP, "--pathway", "onsite-construction", "--policy", &policy], more].concat();
        json(&arguments)["programmes"][0]["topics"].as_array().expect("topics").len()
    };
    assert_eq!(by(&[]), 0);
    assert_eq!(by(&["--share", "topic"]), by_topic.len());
    // the bundled map has judged concepts, so it shares statements
    let bundled = json(&["derive", "--pathway", "onsite-construction"]);
    assert_eq!(bundled["programmes"][0]["topics"], serde_json::json!([]));
}

#[test]
fn own_topics() {
    let folder = folder("own");
    let rows = "heading,cues,routes\nCorrosion under insulation,corrosion; condensation; frost damage; nozzles; \
               cladding ends; drainage details; supports,construction\n";
    let csv = file(&folder, "own.csv", rows);
    // the topics of the joined statements, as the harmoniser lists them
    let ids = |more: &[&str]| -> Vec<String> {
        let joined = json(&[&["harmonise", MAP], more].concat());
        let topics = joined["topics"].as_array().expect("topics");
        topics.iter().map(|topic| topic["id"].as_str().expect("an id").to_owned()).collect()
    };
    let (usual, added) = (ids(&[]), ids(&["--topics", &csv]));
    let own = "corrosion-under-insulation".to_owned();
    assert!(!usual.contains(&own) && added.contains(&own), "{added:?}");
    assert!(added.contains(&"health-and-safety".to_owned()), "{added:?}");
    // the map's own words may give topics where the vocabulary has none
    let mut only = ids(&["--topics", &csv, "--only-topics"]);
    only.retain(|id| !id.starts_with("map-"));
    assert_eq!(only, ["corrosion-under-insulation"]);
    let same = file(
        &folder,
        "own.json",
        r#"{"format": "tlevel-topics", "version": 1, "topics": [{"id":
            "corrosion-under-insulation", "heading": "Corrosion under insulation", "nature": "occupational",
            "routes": ["construction"], "cues": ["corrosion", "condensation", "frost damage", "nozzles", "cladding ends",
            "drainage details", "supports"]}]}"#,
    );
    assert_eq!(ids(&["--topics", &same]), added);
    assert!(topics(&["--topics", &same, "--only-topics"]).iter().all(|topic| *topic == own));
    let wrong = file(&folder, "wrong.csv", "heading,cues\nPlaster,\n");
    let (status, _, said) = tlevel(&[&ONSITE[..], &["--topics", &wrong]].concat());
    assert_eq!(status, Some(2));
    assert!(said.contains("wrong.csv: line 2: the cues are empty; write words"), "{said}");
    let (status, _, said) = tlevel(&[&ONSITE[..], &["--only-topics"]].concat());
    assert_eq!(status, Some(2));
    assert!(said.contains("--topics <FILE>"), "{said}");
    // neither is a topic that nothing is on
    let unmet = file(&folder, "unmet.csv", &format!("{rows}Zebra grooming,zebra; stripes,\n"));
    let (_, _, said) = tlevel(&[&ONSITE[..], &["--share", "topic", "--topics", &unmet]].concat());
    let expected =
        "unmet.csv: no statement is on 1 of the 2 topics; their cues may need other words: \"Zebra grooming\"\n";
    assert!(said.ends_with(expected), "{said}");
    // topics that have no effect are no silent mistake
    let (_, _, said) = tlevel(&[&ONSITE[..], &["--exact", "--topics", &csv]].concat());
    assert_eq!(said, "note: statements are shared, so topics have no effect; add --share topic to share topics\n");
}

#[test]
fn decisions_on_topics() {
    let folder = folder("decisions");
    let rows = "decision,occupation,statement,topic,into\n\
                rename,,,health-and-safety,Safety at work,\nbelongs,NONE,K1,planning-and-organisation,\n";
    let decisions = file(&folder, "decisions.csv", rows);
    let arguments = [&ONSITE[..], &["--topic-decisions", &decisions]].concat();
    let (status, shown, said) = tlevel(&arguments);
    assert_eq!(status, Some(0), "{said}");
    assert!(shown.contains(" Safety at work ") && !shown.contains("Health and safety"), "{shown}");
    assert_eq!(
        said,
        format!("{decisions}: not applied: line 3: NONE K1: the map has no such occupation; decide again\n")
    );
    let wrong = file(&folder, "wrong.csv", "decision,topic\nrename,planning\n");
    let (status, _, said) = tlevel(&[&ONSITE[..], &["--topic-decisions", &wrong]].concat());
    assert_eq!(status, Some(2));
    assert!(said.starts_with(&format!("error: {wrong}: line 2: rename needs the column")), "{said}");
}

#[test]
fn a_pathway_by_topic_is_brief_and_in_full() {
    let brief = printed(&ONSITE);
    assert!(brief.contains("(the full listing has them)") && brief.lines().count() <= 100, "{brief}");
    let full = printed(&[&ONSITE[..], &["--full"]].concat());
    assert!(full.contains("For the panel to word:") && full.lines().count() > 200);
    let derived = json(&ONSITE);
    for topic in derived["programmes"][0]["topics"].as_array().expect("topics") {
        let heading = topic["heading"].as_str().expect("a heading");
        assert!(brief.contains(heading), "{heading}");
        let keys: Vec<&str> = topic.as_object().expect("an object").keys().map(String::as_str).collect();
        for key in ["id", "heading", "source", "tier", "nature", "support", "elements", "sources"] {
            assert!(keys.contains(&key), "{key} of {keys:?}");
        }
    }
    let overview = printed(&["derive", MAP, "--policy", "panel"]);
    assert!(overview.contains("count route pathway group special out"), "{overview}");
}

#[test]
fn a_matrix_in_every_format() {
    let folder = folder("matrix");
    let write = |name: &str| {
        let path = folder.join(name).display().to_string();
        printed(&[&ONSITE[..], &["--matrix", &path]].concat());
        fs::read_to_string(path).expect("is written")
    };
    let csv = write("who.csv");
    let first = csv.lines().next().expect("a header");
    assert!(first.starts_with("topic,heading,nature,occupations,Industrial thermal"), "{first}");
    assert!(csv.lines().any(|line| line.starts_with("health-and-safety,Health and safety,general,4,")), "{csv}");
    assert!(write("who.svg").starts_with("<svg"));
    assert!(write("who.html").contains("<svg"));
    let data: Value = serde_json::from_str(&write("who.json")).expect("JSON");
    assert_eq!(data["rows"].as_array().expect("rows").len(), 4);
    let path = folder.join("none.csv").display().to_string();
    let (status, _, said) = tlevel(&["derive", "--matrix", &path]);
    assert_eq!(status, Some(2));
    assert!(said.starts_with("error: --matrix: statements are shared, so there are no topics"), "{said}");
    assert!(!folder.join("none.csv").exists());
}

#[test]
fn topics_are_explained() {
    let why = printed(&["derive", MAP, "--policy", "panel", "--explain", "health and safety"]);
    assert!(why.starts_with("Health and safety\nTopic health-and-safety (general)."), "{why}");
    assert!(why.contains("Construction > Onsite construction") && why.contains("The chance that"), "{why}");
    let data = json(&["derive", MAP, "--policy", "panel", "--explain", "health-and-safety"]);
    assert_eq!((&data["format"], &data["id"]), (&"tlevel-explained-topic".into(), &"health-and-safety".into()));
    let statement = printed(&["derive", MAP, "--policy", "panel", "--explain", "LARS199 K1"]);
    assert!(statement.contains("Topics of LARS199 K1") && statement.contains("likeness to its surest"), "{statement}");
    let data = json(&["derive", MAP, "--policy", "panel", "--explain", "LARS199 K1"]);
    assert_eq!(data["topics"]["occupation"], "LARS199");
    let (status, _, said) = tlevel(&["derive", MAP, "--policy", "panel", "--explain", "Health and safty"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("nor a topic: did you mean \"Health and safety\"?"), "{said}");
}

#[test]
fn topics_of_the_harmoniser() {
    let joined = json(&["harmonise", MAP]);
    let topics = joined["topics"].as_array().expect("topics");
    assert!(topics.len() > 20);
    let safety = topics.iter().find(|topic| topic["id"] == "health-and-safety").expect("is there");
    assert_eq!(safety["heading"], "Health and safety");
    let statements = safety["statements"].as_array().expect("statements");
    assert!(statements.len() > 20 && statements.iter().all(|s| s["score"].as_f64().is_some_and(|score| score > 0.0)));
    assert!(!safety["concepts"].as_array().expect("concepts").is_empty());
    let shown = printed(&["harmonise", MAP]);
    assert!(shown.lines().any(|line| line.starts_with("Health and safety  ")), "{shown}");
}
