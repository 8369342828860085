//! CTDL-ASN and SKOS: what is written, and what others write.

use serde_json::Value;
use tlevel::topics::{Nature, Vocabulary};
use tlevel_exchange::{Framework, Naming, Part, ctdl_asn, framework_format, read_topics, skos};

use crate::case::{read, small};

fn topics() -> Vocabulary {
    Vocabulary::from_csv(
        "heading,cues,id,scope,nature,broader\n\
         Health and safety,hazards; risk,safety,What keeps people well,general,\n\
         First aid,wounds; recovery position,first-aid,,occupational,safety\n",
    )
    .expect("topics")
}

#[test]
fn topics_in_skos_are_as_recorded() {
    let naming = Naming::default();
    let (text, losses) = skos::write(&Framework::of_topics(&topics(), &naming), &naming);
    assert!(losses.is_empty());
    insta::assert_snapshot!(text);
}

#[test]
fn topics_survive_skos() {
    let naming = Naming::default();
    for vocabulary in [topics(), Vocabulary::bundled()] {
        let (text, _) = skos::write(&Framework::of_topics(&vocabulary, &naming), &naming);
        let (again, notes) = read_topics(&[Part::new("a.jsonld", text.as_bytes())]).expect("SKOS").expect("is read");
        // narrower topics come after their areas
        let mut expected = vocabulary.topics().to_vec();
        let mut read = again.topics().to_vec();
        expected.sort_by(|a, b| a.id.cmp(&b.id));
        read.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(read, expected);
        assert_eq!(notes, Vec::<String>::new());
    }
}

/// A vocabulary with full names, labels in two languages, and narrower instead of
/// broader.
const OTHER: &str = r#"[
  {"@id": "http://example.org/v", "@type": ["http://www.w3.org/2004/02/skos/core#ConceptScheme"],
   "http://purl.org/dc/terms/title": [{"@value": "Skills", "@language": "en"}]},
  {"@id": "http://example.org/v/1", "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
   "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "soins", "@language": "fr"},
                                                     {"@value": "care", "@language": "en"}],
   "http://www.w3.org/2004/02/skos/core#narrower": [{"@id": "http://example.org/v/2"}],
   "http://www.w3.org/2004/02/skos/core#historyNote": [{"@value": "x"}]},
  {"@id": "http://example.org/v/2", "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
   "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "first aid", "@language": "en"}],
   "http://www.w3.org/2004/02/skos/core#altLabel": [{"@value": "wounds", "@language": "en"}]}
]"#;

#[test]
fn the_vocabularies_of_others_are_read_in_english() {
    assert_eq!(framework_format(&[Part::new("a", OTHER.as_bytes())]), Some("SKOS"));
    let (vocabulary, notes) = read_topics(&[Part::new("a", OTHER.as_bytes())]).expect("SKOS").expect("is read");
    let topics: Vec<_> =
        vocabulary.topics().iter().map(|t| (t.id.as_str(), t.heading.as_str(), t.broader.as_deref())).collect();
    assert_eq!(topics, [("1", "care", None), ("2", "first aid", Some("1"))]);
    assert_eq!(vocabulary.topics()[1].cues, ["wounds"]);
    assert_eq!(vocabulary.topics()[0].nature, Nature::Occupational);
    assert_eq!(
        notes,
        ["not read: \"historyNote\" (1)", "1 of 2 topics have no keywords; their headings are their cues"]
    );
}

#[test]
fn a_map_in_ctdl_asn_is_as_recorded() {
    let naming = Naming::new("https://example.org");
    let (text, losses) = ctdl_asn::write(&Framework::of_map(&small(), &naming), &naming);
    let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
    assert_eq!(losses, ["\"status\" of occupation: 1", "links \"precedes\": 1"]);
    insta::assert_snapshot!(text);
}

/// The rules of the published terms: a framework with a name, and competencies with
/// a text, a CTID, a place in the framework, and inverse links that agree.
#[test]
fn what_is_written_follows_the_terms_of_ctdl_asn() {
    let naming = Naming::new("https://example.org");
    let (text, _) = ctdl_asn::write(&Framework::of_map(&small(), &naming), &naming);
    let file: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(file["@context"], "https://credreg.net/ctdlasn/schema/context/json");
    let graph = file["@graph"].as_array().expect("a graph");
    let framework = &graph[0];
    assert_eq!(framework["@type"], "ceasn:CompetencyFramework");
    assert!(framework["ceasn:name"]["en"].is_string());
    let find = |id: &Value| graph.iter().find(|node| node["@id"] == *id).expect("is in the graph");
    for node in &graph[1..] {
        assert_eq!(node["@type"], "ceasn:Competency");
        assert!(node["ceasn:competencyText"]["en"].is_string());
        assert_eq!(node["ceasn:isPartOf"], framework["@id"]);
        let ctid = node["ceterms:ctid"].as_str().expect("a CTID");
        assert!(ctid.starts_with("ce-") && ctid.len() == 39, "{ctid}");
        assert!(node["@id"].as_str().expect("an address").ends_with(ctid));
        if let Some(above) = node["ceasn:isChildOf"].as_array() {
            let children = find(&above[0])["ceasn:hasChild"].as_array().expect("children");
            assert!(children.contains(&node["@id"]));
        } else {
            assert_eq!(node["ceasn:isTopChildOf"], framework["@id"]);
            assert!(framework["ceasn:hasTopChild"].as_array().expect("children").contains(&node["@id"]));
        }
    }
}

#[test]
fn ctdl_asn_gives_back_what_it_does_not_list_as_lost() {
    let naming = Naming::default();
    let (text, _) = ctdl_asn::write(&Framework::of_map(&small(), &naming), &naming);
    let (again, notes) = read(&text);
    assert_eq!(notes, Vec::<String>::new());
    let mut expected = small();
    let occupations = &mut expected.routes[0].pathways[0].clusters[0].occupations;
    occupations[0].progresses_to.clear();
    occupations[1].status = None;
    assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&expected).unwrap());
}
