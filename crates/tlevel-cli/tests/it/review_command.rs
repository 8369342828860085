//! `tlevel review`: what a panel should decide, and ledgers of several people.

use std::path::Path;

use serde_json::Value;

use crate::program::{folder, json, stops, text, tlevel};

const MAP: &str = "fixtures/maps/england.json";
const PATHWAY: &str = "digital/digital-support-and-services";
const HEAD: &str = "decision,occupation_a,statement_a,occupation_b,statement_b,note";

/// The questions of a pathway as a panel sees it.
fn asked(more: &[&str]) -> Value {
    let fixed = ["review", MAP, "--pathway", PATHWAY, "--policy", "panel", "--format", "json"];
    json(&tlevel(&[&fixed, more].concat()))
}

fn list<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    value[member].as_array().map_or(&[], Vec::as_slice)
}

fn write(path: &Path, text: &str) -> String {
    std::fs::write(path, text).expect("written");
    path.to_str().expect("a path").to_owned()
}

/// A row of a ledger on a question.
fn row(question: &Value, decision: &str, note: &str) -> String {
    let of = |side: usize, member: &str| question["sides"][side][member].as_str().expect("a text").to_owned();
    let codes = [of(0, "occupation"), of(0, "statement"), of(1, "occupation"), of(1, "statement")];
    format!("{decision},{},{note}", codes.join(","))
}

/// The items of a core: its elements, with the topics.
fn core(more: &[&str]) -> Value {
    let fixed = ["derive", MAP, "--policy", "panel", "--share", "topic", "--format", "json"];
    let derivation = json(&tlevel(&[&fixed, more].concat()));
    let programme = list(&derivation, "programmes").iter().find(|p| p["pathway"]["id"] == PATHWAY).expect("one");
    programme["topics"].clone()
}

#[test]
fn only_what_changes_the_core_is_asked_and_the_most_decisive_first() {
    let asked = asked(&[]);
    let questions = list(&asked, "questions");
    assert!(!questions.is_empty());
    let weights: Vec<usize> = questions
        .iter()
        .map(|question| {
            let changes = question["changes"].as_object().expect("changes");
            let listed = |member: &str| changes[member].as_array().map_or(0, Vec::len);
            assert!(changes.keys().any(|member| listed(member) > 0), "{question}");
            ["enter", "leave", "moved", "topics_enter", "topics_leave"].map(listed).iter().sum()
        })
        .collect();
    assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    // every pair is accounted for
    let count = |member: &str| asked[member].as_u64().expect("a number");
    let left_out: u64 = ["elsewhere", "settled", "unchanged", "untried"].map(count).iter().sum();
    assert_eq!(left_out + questions.len() as u64, count("pairs"));
    assert!(count("elsewhere") > 0 && count("unchanged") > 0);
}

#[test]
fn an_answer_changes_the_core_as_its_question_says_and_is_not_asked_again() {
    let folder = folder("review-answer");
    let before = asked(&[]);
    let question = list(&before, "questions").iter().find(|q| !list(&q["changes"], "enter").is_empty()).expect("one");
    assert_eq!(question["joined"], false);
    let entered = list(&question["changes"], "enter")[0]["text"].as_str().expect("a text");
    let rows = format!("{HEAD}\n{}\n", row(question, "same", "both"));
    let ledger = write(&folder.join("ledger.csv"), &rows);
    let (old, new) = (core(&[]), core(&["--ledger", &ledger]));
    let has = |topics: &Value| {
        let topics = topics.as_array().expect("topics").iter();
        topics.flat_map(|topic| list(topic, "elements")).any(|element| element["text"] == entered)
    };
    assert!(!has(&old) && has(&new), "{entered}");
    let after = asked(&["--ledger", &ledger]);
    let sides = &question["sides"];
    assert!(list(&after, "questions").iter().all(|q| q["sides"] != *sides));
    assert_eq!(list(&after, "decided").len(), 1);
    assert_eq!((&after["decided"][0]["verdict"], &after["decided"][0]["note"]), (&"same".into(), &"both".into()));
    assert_eq!(after["decided"][0]["sides"], *sides);
    // who was unsure is asked again, with the note
    let rows = format!("{HEAD}\n{}\n", row(question, "unsure", "ask the trailblazer"));
    let ledger = write(&folder.join("unsure.csv"), &rows);
    let again = asked(&["--ledger", &ledger]);
    let same = list(&again, "questions").iter().find(|q| q["sides"] == *sides).expect("is asked");
    assert_eq!((&same["unsure"], &same["note"]), (&true.into(), &"ask the trailblazer".into()));
    assert_eq!(list(&again, "questions").len(), list(&before, "questions").len());
}

#[test]
fn the_limit_is_said() {
    let output = tlevel(&["review", MAP, "--pathway", PATHWAY, "--policy", "panel", "--limit", "3"]);
    assert!(output.status.success());
    let said = text(&output.stderr);
    assert!(said.contains("pairs were not tried, because of --limit 3; a higher one tries them"), "{said}");
    let shown = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("not tried, because of the limit (--limit)"), "{shown}");
    assert!(text(&output.stdout).lines().all(|line| line.chars().count() <= 80));
    let output = tlevel(&["review", MAP, "--pathway", "retial"]);
    let message = stops(&output);
    assert!(message.contains("--pathway"), "{message}");
}

#[test]
fn ledgers_of_several_people_are_one_and_disagreements_are_said() {
    let folder = folder("review-several");
    let asked_first = asked(&[]);
    let questions = list(&asked_first, "questions");
    let [first, second, third] = [0, 1, 2].map(|n| questions.get(n).expect("three questions"));
    let rows =
        [HEAD.to_owned(), row(first, "same", "yes"), row(second, "same", "close"), row(third, "unsure", "later")];
    let asha = write(&folder.join("asha.csv"), &rows.join("\n"));
    let rows = [HEAD.to_owned(), row(first, "same", ""), row(second, "different", "wider"), row(third, "", "hm")];
    let ben = write(&folder.join("ben.csv"), &rows.join("\n"));
    for command in [&["harmonise", MAP][..], &["derive", MAP], &["review", MAP, "--pathway", PATHWAY]] {
        let output = tlevel(&[command, &["--ledger", &asha, "--ledger", &ben]].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let said = text(&output.stderr);
        let expected =
            format!("{asha}, line 3 says same (close); {ben}, line 3 says different (wider); none of them is applied");
        assert!(said.contains(&expected), "{said}");
        assert_eq!(said.matches("says").count(), 2, "{said}");
    }
    let both = asked(&["--ledger", &asha, "--ledger", &ben]);
    let decided: Vec<&str> = list(&both, "decided").iter().filter_map(|d| d["verdict"].as_str()).collect();
    let open = list(&both, "questions").iter().filter(|q| q["unsure"] == true).count();
    assert_eq!(decided.iter().filter(|verdict| **verdict == "same").count(), 1, "{decided:?}");
    assert_eq!(decided.iter().filter(|verdict| **verdict == "unsure").count() + open, if open > 0 { 1 } else { 2 });
    assert_eq!(list(&both, "disagreements").len(), 1);
    assert_eq!(both["disagreements"][0]["answers"][1]["note"], "wider");
    // a chain of two ledgers that contradict each other stops, with both files
    let of = |side: usize| {
        let side = &first["sides"][side];
        [side["occupation"].as_str().unwrap_or_default(), side["statement"].as_str().unwrap_or_default()].join(",")
    };
    let [a, b] = [0, 1].map(of);
    let chain = write(&folder.join("chain.csv"), &format!("{HEAD}\nsame,{a},{b},\ndifferent,{b},{a},\n"));
    let output = tlevel(&["derive", MAP, "--ledger", &chain]);
    let message = stops(&output);
    assert!(message.contains("line 3: ") && message.contains("line 2 says that they are the same"), "{message}");
    // all rows that cannot be read are said at once
    let broken = write(&folder.join("broken.csv"), &format!("{HEAD}\nsane,{a},{b},\nsame,{a},,,\n"));
    let output = tlevel(&["derive", MAP, "--ledger", &asha, "--ledger", &broken]);
    let message = stops(&output);
    for part in ["line 2: \"sane\" is no decision", "line 3: the occupation_b is empty"] {
        assert!(message.contains(&format!("{broken}: {part}")), "{message}");
    }
}

#[cfg(feature = "office")]
#[test]
fn a_workbook_of_questions_is_a_ledger() {
    let folder = folder("review-workbook");
    let review = folder.join("review.xlsx");
    let path = review.to_str().expect("a path");
    let fixed = ["review", MAP, "--pathway", PATHWAY, "--policy", "panel"];
    let questions = asked(&[]);
    let (first, second) = (&questions["questions"][0], &questions["questions"][1]);
    let rows = format!("{HEAD}\n{}\n{}\n", row(first, "same", "yes"), row(second, "unsure", "look again"));
    let ledger = write(&folder.join("ledger.csv"), &rows);
    let output = tlevel(&[&fixed[..], &["--ledger", &ledger, "-o", path]].concat());
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
    // the workbook says what the ledger said
    let without = |mut asked: Value| {
        for decided in asked["decided"].as_array_mut().into_iter().flatten() {
            decided["place"].take();
            for side in decided["sides"].as_array_mut().into_iter().flatten() {
                side["hash"].take();
            }
        }
        asked
    };
    let (by_csv, by_workbook) = (asked(&["--ledger", &ledger]), asked(&["--ledger", path]));
    assert_eq!(without(by_csv), without(by_workbook.clone()));
    assert!(list(&by_workbook, "questions").iter().any(|q| q["unsure"] == true && q["note"] == "look again"));
    assert_eq!(core(&["--ledger", &ledger]), core(&["--ledger", path]));
    // and so does CSV
    let csv = folder.join("review.csv");
    let csv = csv.to_str().expect("a path");
    assert!(tlevel(&[&fixed[..], &["--ledger", path, "-o", csv]].concat()).status.success());
    assert_eq!(without(asked(&["--ledger", csv])), without(by_workbook));
    // what is given back is not written over
    let output = tlevel(&[&fixed[..], &["--ledger", path, "-o", path]].concat());
    let message = stops(&output);
    assert!(message.contains("review.xlsx"), "{message}");
}
