//! The shapes in which the official sources give statements, options, products
//! and facts: what each is read as.

#![allow(clippy::needless_pass_by_value, reason = "values are written where they are passed")]

use proptest::prelude::*;
use serde_json::{Value, json};
use tlevel::check::{Checked, Severity};
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::map::{Map, Occupation};
use tlevel::read::{RawMap, RawOccupation};

/// A standard of the file, with further members.
fn standard(members: Value) -> Value {
    let mut record = json!({
        "referenceNumber": "ST0001", "title": "Baker", "level": 3, "status": "Approved for delivery",
        "route": "Catering", "pathway": "Kitchens", "cluster": "Bakers"
    });
    let all = record.as_object_mut().unwrap();
    all.extend(members.as_object().unwrap().clone());
    record
}

fn read(file: &Value) -> RawMap {
    tlevel::read(file.to_string().as_bytes()).unwrap()
}

fn check(file: &Value) -> Checked {
    tlevel::check(read(file)).unwrap()
}

/// The only record of a file with these members.
fn baker(members: Value) -> RawOccupation {
    let map = read(&json!([standard(members)]));
    map.occupations().next().unwrap().clone()
}

/// Code, kind and text of each statement.
fn statements(occupation: &RawOccupation) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    occupation
        .statements
        .iter()
        .map(|s| format!("{} {}: {}", text(&s.id), s.kind.as_deref().unwrap_or("?"), text(&s.text)))
        .collect()
}

/// The findings of a rule on a standard with these members.
fn findings(members: Value, rule: &str) -> Vec<String> {
    let checked = check(&json!([standard(members)]));
    checked.findings.into_iter().filter(|f| f.rule == rule).map(|f| f.message).collect()
}

/// What is written in the native format is read back.
fn round_trip(file: &Value) {
    let raw = read(file);
    let text = serde_json::to_string(&raw).unwrap();
    let again = tlevel::read(text.as_bytes()).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
}

const FOOD: &str = "Food safety law for bakeries";
const WEIGH: &str = "Weigh ingredients to a recipe";
const PRIDE: &str = "Takes pride in the loaf";

#[test]
fn one_list_of_all_kinds_in_any_spelling() {
    let expected = [format!("K1 knowledge: {FOOD}"), format!("S1 skill: {WEIGH}"), format!("B1 behaviour: {PRIDE}")];
    for ksbs in [
        json!([{"type": "Knowledge", "key": "K1", "detail": FOOD}, {"type": "Skill", "key": "S1", "detail": WEIGH},
               {"type": "Behaviour", "key": "B1", "detail": PRIDE}]),
        json!([{"kind": "knowledge", "detail": FOOD}, {"kind": "SKILLS", "detail": WEIGH}, {"kind": "behavior", "detail": PRIDE}]),
        json!([{"type": 1, "detail": FOOD}, {"type": 2, "detail": WEIGH}, {"type": 3, "detail": PRIDE}]),
        json!([{"type": "Technical knowledge", "detail": FOOD}, {"type": "TechnicalSkill", "detail": WEIGH},
               {"type": "EmployabilitySkillsAndBehaviour", "detail": PRIDE}]),
        json!([{"key": "K1", "detail": FOOD}, {"key": "S1", "detail": WEIGH}, {"key": "B1", "detail": PRIDE}]),
        json!([format!("K1: {FOOD}"), format!("S1 - {WEIGH}"), format!("(B1) {PRIDE}")]),
        json!([{"detail": format!("K1: {FOOD}")}, {"text": format!("S1. {WEIGH}")}, {"description": format!("B1 {PRIDE}")}]),
        json!(["Knowledge", FOOD, "Skills:", WEIGH, "Behaviours - what is required", PRIDE]),
        json!({"knowledge": [{"detail": FOOD}], "skills": [{"detail": WEIGH}], "behaviours": [PRIDE]}),
        json!({"Knowledge": [FOOD], "Skill": [WEIGH], "B": [PRIDE]}),
        json!({"Core knowledge": [FOOD], "core skills": [WEIGH], "Behaviors": [PRIDE]}),
    ] {
        for member in ["ksbs", "ksb", "knowledgeSkillsAndBehaviours"] {
            assert_eq!(statements(&baker(json!({member: ksbs}))), expected, "{member}: {ksbs}");
        }
        round_trip(&json!([standard(json!({"ksbs": ksbs}))]));
        let checked = check(&json!([standard(json!({"ksbs": ksbs}))]));
        assert!(checked.findings.iter().all(|f| f.rule != "unknown-field" && f.severity != Severity::Error));
    }
}

#[test]
fn statements_given_by_two_lists_are_read_once() {
    let twice = baker(json!({
        "skills": [WEIGH], "ksbs": [{"type": "Skill", "key": "S1", "detail": WEIGH}, {"type": "Knowledge", "key": "K1", "detail": FOOD}],
        "duties": [{"dutyDetail": "Bakes bread", "mappedSkills": ["S1"]}, "Sells bread"]
    }));
    assert_eq!(statements(&twice), [format!("S1 skill: {WEIGH}"), format!("K1 knowledge: {FOOD}")]);
    assert_eq!(twice.duties[0].statements, ["S1"]);
    assert_eq!(twice.duties[1].text.as_deref(), Some("Sells bread"), "a duty may be a text");
}

#[test]
fn a_mixed_list_that_names_no_kind_is_a_warning_with_a_count() {
    let members = json!({"ksbs": [{"detail": FOOD}, {"detail": WEIGH}, {"type": "Behaviour", "detail": PRIDE}]});
    assert_eq!(statements(&baker(members.clone())), [format!("B1 behaviour: {PRIDE}")]);
    let found = findings(members, "unread-statements");
    assert_eq!(
        found,
        [
            "2 statements of the list \"ksbs\" do not say whether they are knowledge, skill or behaviour: they are not read"
        ]
    );
}

#[test]
fn options_of_the_courses_api_hold_their_statements() {
    let occupation = baker(json!({"options": [
        {"title": "core", "ksbs": [{"type": "Behaviour", "key": "B1", "detail": PRIDE}]},
        {"optionId": "X", "title": "Bread", "ksbs": [{"type": "Knowledge", "key": "K1", "detail": FOOD},
            {"type": "Skill", "key": "S1", "detail": WEIGH}]},
        {"optionId": "Y", "title": "Cakes", "ksbs": [{"type": "Knowledge", "key": "K1", "detail": FOOD}]}
    ]}));
    let of: Vec<_> = occupation.statements.iter().map(|s| (s.id.as_deref().unwrap(), s.option.0.join("+"))).collect();
    assert_eq!(of, [("B1", String::new()), ("K1", String::new()), ("S1", "X".to_owned())]);
    assert_eq!(occupation.options.len(), 2);
}

fn foundation(members: Value) -> Value {
    let mut record = json!({
        "referenceNumber": "FA0001", "title": "Bakery foundation apprenticeship", "level": 2,
        "status": "Approved for delivery", "route": "Catering", "pathway": "Kitchens", "cluster": "Bakers",
        "technicalKnowledges": [{"id": "00000001-0000-4000-8000-000000000000", "detail": FOOD}],
        "technicalSkills": [{"id": "00000002-0000-4000-8000-000000000000", "detail": WEIGH}],
        "employabilitySkillsAndBehaviours": [{"detail": PRIDE}, {"key": "S9", "type": "EmployabilitySkillsAndBehaviour", "detail": "Speak to customers"}],
        "relatedOccupations": [{"name": "Baker", "reference": "OCC0001"}]
    });
    record.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    record
}

fn excluded(map: &Map) -> Vec<(String, String)> {
    let derivation = tlevel::derive(map, &Concepts::exact(map), &Policy::t_level()).unwrap();
    derivation.programmes[0].excluded.iter().map(|e| (e.title.clone(), e.reason.to_string())).collect()
}

#[test]
fn products_are_listed_as_products_with_their_statements() {
    let file = json!([standard(json!({"knowledges": [{"detail": FOOD}]})), foundation(json!({}))]);
    let Checked { map, findings, .. } = check(&file);
    assert_eq!(map.occupations().map(|o| o.id()).collect::<Vec<_>>(), ["ST0001"]);
    let product = map.set_aside().next().unwrap();
    assert_eq!(
        (product.reason().name(), product.raw().product.as_deref()),
        ("product", Some("foundation-apprenticeship"))
    );
    assert_eq!(product.raw().product_of, ["OCC0001"]);
    assert_eq!(
        statements(product.raw()),
        [
            format!("K1 knowledge: {FOOD}"),
            format!("S1 skill: {WEIGH}"),
            format!("B1 behaviour: {PRIDE}"),
            "S9 skill: Speak to customers".to_owned()
        ]
    );
    let messages: Vec<_> = findings.iter().filter(|f| f.rule == "product").map(|f| f.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "\"Bakery foundation apprenticeship\" is a foundation apprenticeship, a product and not an occupation; it belongs to \
          \"Baker\" (OCC0001); it is set aside with its statements"
        ]
    );
    assert!(findings.iter().all(|f| !["unknown-field", "unread-statements"].contains(&&*f.rule)), "{findings:?}");
    assert_eq!(excluded(&map), [("Bakery foundation apprenticeship".to_owned(), "product".to_owned())]);
    round_trip(&file);
}

#[test]
fn a_skill_among_employability_statements_gets_a_skill_code() {
    let both = json!([{"detail": PRIDE}, {"type": "Skill", "detail": "Speak to customers"}]);
    let occupation =
        baker(json!({"technicalSkills": [WEIGH], "skills": ["Bake"], "employabilitySkillsAndBehaviours": both}));
    assert_eq!(
        statements(&occupation),
        [
            "S1 skill: Bake".to_owned(),
            format!("S2 skill: {WEIGH}"),
            format!("B1 behaviour: {PRIDE}"),
            "S3 skill: Speak to customers".to_owned()
        ]
    );
    assert!(occupation.statements.iter().all(|s| s.source_id.is_none()), "no label is made up");
}

#[test]
fn products_are_known_by_any_mark() {
    for (members, product) in [
        (
            json!({"referenceNumber": "ST0002", "title": "Baker (foundation apprenticeship)"}),
            "foundation-apprenticeship",
        ),
        (
            json!({"referenceNumber": "ST0002", "title": "x", "apprenticeshipType": "FoundationApprenticeship"}),
            "foundation-apprenticeship",
        ),
        (
            json!({"referenceNumber": "AU0002", "title": "Sourdough", "technicalKnowledges": [], "technicalSkills": []}),
            "apprenticeship-unit",
        ),
        (
            json!({"referenceNumber": "ST0003", "typeName": "Apprenticeship Unit", "title": "Sourdough", "level": null}),
            "apprenticeship-unit",
        ),
    ] {
        let checked = check(&json!([standard(json!({})), foundation(members.clone())]));
        let aside = checked.map.set_aside().next().unwrap();
        assert_eq!((aside.reason().name(), aside.raw().product.as_deref()), ("product", Some(product)), "{members}");
        assert!(checked.findings.iter().all(|f| f.severity != Severity::Error), "{members}");
    }
}

#[test]
fn a_product_in_the_tree_of_a_native_map_is_set_aside() {
    let file = json!({"format": "tlevel-map", "version": 1, "routes": [{"id": "r", "name": "R", "pathways": [
        {"id": "p", "name": "P", "clusters": [{"id": "c", "name": "C", "occupations": [
            {"id": "o", "title": "Baker", "level": 3, "statements": []},
            {"id": "f", "title": "Baker", "level": 3, "product": "foundation-apprenticeship", "statements": []}]}]}]}]});
    let checked = check(&file);
    assert_eq!(checked.map.set_aside().map(|s| s.reason()).collect::<Vec<_>>(), ["product"]);
    assert_eq!(excluded(&checked.map), [("Baker".to_owned(), "product".to_owned())]);
    assert!(checked.findings.iter().all(|f| f.rule != "same-title-and-level"));
}

#[test]
fn options_that_are_only_named() {
    let titles = |members: Value| -> Vec<String> {
        baker(members).options.into_iter().map(|o| format!("{} {}", o.id.unwrap(), o.title.unwrap())).collect()
    };
    let expected = ["O1 Craft bakery", "O2 Plant bakery"];
    for template in [
        json!(["Craft bakery", "Plant bakery"]),
        json!(["Craft bakery ", "Craft  bakery", "", null, "N/A", "Plant bakery"]),
        json!("Craft bakery\nPlant bakery"),
        json!("<ul><li>Craft bakery</li><li>Plant bakery</li></ul>"),
        json!(["Option 1: Craft bakery", "Option 2 - Plant bakery"]),
        json!([{"title": "Craft bakery"}, {"name": "Plant bakery"}]),
    ] {
        let members = json!({"coreAndOptions": true, "options": [], "optionsUnstructuredTemplate": template});
        assert_eq!(titles(members.clone()), expected, "{template}");
        assert!(findings(members, "missing-options").is_empty());
    }
    assert_eq!(titles(json!({"options": ["Craft bakery", "Plant bakery"]})), expected);
    let listed = json!({"options": [{"optionId": "A", "title": "Bread"}], "optionsUnstructuredTemplate": ["Other"]});
    assert_eq!(titles(listed), ["A Bread"], "a list with ids counts");
}

#[test]
fn core_and_options_without_options_is_a_warning() {
    for yes in [json!(true), json!("Yes"), json!(1)] {
        let found = findings(json!({"coreAndOptions": yes, "knowledges": [FOOD]}), "missing-options");
        assert_eq!(
            found,
            [
                "\"Baker\" is a standard of core and options, and lists no option; all of its statements are read as core"
            ]
        );
    }
    for no in [json!(false), json!(null), json!("No")] {
        assert!(findings(json!({"coreAndOptions": no}), "missing-options").is_empty());
    }
    let by_prefix = json!({"coreAndOptions": true, "knowledges": ["Option 1: Bread", "Option 2: Cakes"]});
    assert!(findings(by_prefix, "missing-options").is_empty(), "prefixes give options");
}

#[test]
fn prefixes_name_one_option_or_several() {
    for (text, options) in [
        ("Option 1: Bread", "O1"),
        ("Option 1, Option 2: Bread", "O1+O2"),
        ("Option 1 or 2: Bread", "O1+O2"),
        ("Options 1-3: Bread", "O1+O2+O3"),
        ("[Option 1] Bread", "O1"),
        ("(Option 2) Bread", "O2"),
        ("Option A: Bread", "OA"),
        ("Option 1 only: Bread", "O1"),
        ("Options 1 and 2 only - Bread", "O1+O2"),
        ("Options II and III: Bread", "O2+O3"),
    ] {
        let occupation = baker(json!({"knowledges": [text, "Yeast"]}));
        assert_eq!(occupation.statements[0].option.0.join("+"), options, "{text}");
        assert_eq!(occupation.statements[0].text.as_deref(), Some("Bread"), "{text}");
        assert!(occupation.statements[1].option.0.is_empty());
    }
}

#[test]
fn numbers_of_no_option_are_a_finding() {
    for text in
        ["Option 0: Bread", "Option 1-999999999: Bread", "[Option 0] Bread", "Options 18446744073709551616: Bread"]
    {
        let members =
            json!({"knowledges": [text, "Option 1: Cakes"], "options": [{"optionId": "A", "title": "Cakes"}]});
        assert_eq!(findings(members.clone(), "odd-option").len(), 1, "{text}");
        assert_eq!(baker(members).statements[0].text.as_deref(), Some(text));
    }
}

#[test]
fn headings_among_knowledge_part_it_into_kinds() {
    for [skill, behaviour] in [
        ["Skill: What is required", "Behaviour: What is required"],
        ["Skills", "Behaviours:"],
        ["SKILLS \u{2013} what is required", "behaviors"],
        ["<p>Skills:&nbsp;requirements</p>", "Behaviours (what's required)"],
    ] {
        for label in [true, false] {
            let texts = [FOOD, skill, WEIGH, "Shape loaves", behaviour, PRIDE];
            let list: Vec<Value> =
                (texts.iter().enumerate())
                    .map(|(i, text)| {
                        if label { json!({"knowledgeId": format!("K{}", i + 1), "detail": text}) } else { json!(text) }
                    })
                    .collect();
            let members = json!({"knowledges": list, "skills": [{"skillId": "S1", "detail": "Bake"}],
                "duties": [{"dutyId": "D1", "dutyDetail": "Bakes", "mappedKnowledge": ["K1", "K3"], "mappedSkills": ["S1"]}]});
            let occupation = baker(members.clone());
            assert_eq!(
                statements(&occupation),
                [
                    format!("K1 knowledge: {FOOD}"),
                    format!("S2 skill: {WEIGH}"),
                    "S3 skill: Shape loaves".to_owned(),
                    format!("B1 behaviour: {PRIDE}"),
                    "S1 skill: Bake".to_owned()
                ]
            );
            if label {
                assert_eq!(occupation.duties[0].statements, ["K1", "S2", "S1"], "citations follow");
                assert_eq!(occupation.statements[1].source_id.as_deref(), Some("K3"));
            }
            let found = findings(members, "heading-among-statements");
            assert_eq!(found.len(), 2, "{found:?}");
            assert!(
                found[0].ends_with("it is left out, and the 2 statements after it are read as skills"),
                "{found:?}"
            );
            assert!(
                found[1].ends_with("it is left out, and the statement after it is read as a behaviour"),
                "{found:?}"
            );
        }
    }
}

#[test]
fn content_that_looks_like_statements_is_a_warning_with_a_count() {
    let found = findings(json!({"craftStatements": [{"detail": FOOD}, {"detail": WEIGH}]}), "unread-statements");
    assert_eq!(
        found,
        [
            "the member \"craftStatements\" is not known, and it seems to hold 2 statements of knowledge, skill or behaviour, \
          which are not read"
        ]
    );
    for unknown in [json!([FOOD, WEIGH]), json!({"a": [{"text": FOOD}], "b": [{"text": WEIGH}]})] {
        assert_eq!(findings(json!({"other": unknown}), "unread-statements").len(), 1, "{unknown}");
    }
    for harmless in [json!([{"name": "Baker", "reference": "OCC1"}]), json!(["a", "b"]), json!("text"), json!(3)] {
        assert_eq!(findings(json!({"other": harmless}), "unread-statements").len(), 0, "{harmless}");
        assert_eq!(findings(json!({"other": harmless}), "unknown-field").len(), 1, "{harmless}");
    }
    // the native format too
    let native = json!({"format": "tlevel-map", "version": 1, "routes": [{"id": "r", "name": "R", "pathways": [
        {"id": "p", "name": "P", "clusters": [{"id": "c", "name": "C", "occupations": [
            {"id": "o", "title": "Baker", "level": 3, "statments": [{"id": "K1", "kind": "knowledge", "text": FOOD}]}]}]}]}]});
    let checked = check(&native);
    let unread = checked.findings.iter().find(|f| f.rule == "unread-statements").unwrap();
    assert_eq!(unread.severity, Severity::Warning);
    assert!(
        unread
            .message
            .ends_with("1 statement of knowledge, skill or behaviour, which is not read: did you mean \"statements\"?"),
        "{}",
        unread.message
    );
}

#[test]
fn facts_are_read_in_both_formats_and_written_back() {
    let members = json!({"regulated": "Yes", "regulatedBody": "Bread  Council", "integratedDegree": "Integrated degree",
        "typicalDuration": "18 months", "maxFunding": "£17,000"});
    let file = json!([standard(members.clone())]);
    let mut record = json!({"stdCode": "OCC0001", "name": "Baker", "level": 3, "status": 1, "mapHierarchy": {
        "routeName": "Catering", "pathwayName": "Kitchens", "clusterName": "Bakers"}});
    record.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let mut by_product = record.clone();
    for member in ["typicalDuration", "maxFunding"] {
        by_product.as_object_mut().unwrap().remove(member);
    }
    by_product["products"] = json!([{"typeName": "TLevel", "maxFunding": 1},
        {"typeName": "Apprenticeship", "productCode": "ST0001", "typicalDuration": 18, "maxFunding": 17000}]);
    for file in [file, record, by_product] {
        let map = check(&file).map;
        let baker: Occupation<'_> = map.occupations().next().unwrap();
        assert_eq!((baker.regulated(), baker.regulated_by()), (Some(true), Some("Bread Council")), "{file}");
        assert_eq!((baker.degree(), baker.duration_months()), (Some("integrated-degree"), Some(18)));
        assert_eq!(baker.max_funding(), Some(17_000));
        round_trip(&file);
    }
    let unread = findings(json!({"regulated": "perhaps", "typicalDuration": "a while"}), "unreadable-value");
    assert_eq!(unread.len(), 2, "{unread:?}");
    let nothing = baker(json!({"regulated": null, "regulatedBody": "", "typicalDuration": 0, "maxFunding": 0}));
    assert_eq!(
        (nothing.regulated, nothing.regulated_by, nothing.duration_months, nothing.max_funding),
        (None, None, None, None)
    );
}

#[test]
fn one_finding_says_how_much_of_a_file_was_cleaned() {
    let file = json!([
        standard(
            json!({"knowledges": ["<p>Food</p>", "Bread &amp; cakes", "Plain"], "overviewOfRole": "<b>Bakes</b>"})
        ),
        standard(
            json!({"referenceNumber": "ST0002", "title": "Cook", "knowledges": ["Yeast\u{a0}types", "\u{f0b7} Dough"],
            "duties": [{"dutyDetail": "Bakes\u{200b}bread"}]})
        )
    ]);
    let checked = check(&file);
    let found: Vec<_> = checked.findings.iter().filter(|f| f.rule == "cleaned-text").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "6 texts were cleaned for display: markup (<b>, <p>) was removed from 2, escaped characters were resolved in 1, odd \
         or stray spaces were tidied in 2, invisible characters or bullets were removed from 2; the first is here. The \
         source's wording of each statement is kept"
    );
    assert_eq!(findings(json!({"knowledges": ["Loads < 5 kN"]}), "cleaned-text").len(), 0);
}

#[test]
fn titles_and_keywords_joined_by_bars_are_parted() {
    let occupation = baker(json!({"typicalJobTitles": "Baker|Bread maker", "keywords": ["bread", "a|b"]}));
    assert_eq!(occupation.job_titles, ["Baker", "Bread maker"]);
    assert_eq!(occupation.keywords, ["bread", "a|b"]);
}

proptest! {
    /// Prefixes with drawn numbers, letters and joints, beside listed options.
    #[test]
    fn any_prefix_goes_the_whole_way(
        words in prop::collection::vec(
            prop_oneof![
                Just("Option".to_owned()), Just("Options".to_owned()), Just("core".to_owned()), Just("and".to_owned()),
                Just("-".to_owned()), Just(",".to_owned()), Just("to".to_owned()), Just("only".to_owned()), Just("[".to_owned()),
                Just("]".to_owned()), Just("A".to_owned()), Just("IV".to_owned()), Just("0".to_owned()), Just(":".to_owned()),
                any::<u64>().prop_map(|n| n.to_string()), (0u32..4).prop_map(|n| n.to_string()),
            ], 1..8),
        end in prop_oneof![Just(": text"), Just("] text"), Just(" - text"), Just("")],
        listed in 0usize..3,
    ) {
        let first = format!("Option {}{end}", words.join(" "));
        let options: Vec<Value> = (0..listed).map(|n| json!({"optionId": format!("X{n}"), "title": format!("T{n}")})).collect();
        let file = json!([standard(json!({"options": options, "skills": [first, words.join(" ") + end, "Option 1: x"]}))]);
        let checked = check(&file);
        let map = &checked.map;
        tlevel::derive(map, &Concepts::exact(map), &Policy::panel()).unwrap();
        prop_assert!(checked.findings.iter().all(|f| f.severity != Severity::Error), "{:?}", checked.findings);
    }
}
