//! Every rule over a bad and a good fixture: `fixtures/rules/<rule>/bad.json`
//! breaks the rule, `good.json` is the nearest map that does not.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tlevel::check::{Finding, RULES, Rejected, locate_findings, rules_table};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules")
}

fn findings(path: &Path) -> Vec<Finding> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let raw = tlevel::read(text.as_bytes()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut findings = match tlevel::check(raw) {
        Ok(checked) => checked.findings,
        Err(Rejected { findings, .. }) => findings,
    };
    locate_findings(&mut findings, &text);
    findings
}

#[test]
fn each_rule_has_its_fixtures_and_each_fixture_its_rule() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    let folders: BTreeSet<String> =
        std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(rules, folders);
    assert_eq!(rules.len(), RULES.len(), "a rule id stands twice");
}

#[test]
fn every_rule_over_its_bad_and_good_fixture() {
    for rule in RULES {
        let folder = fixtures().join(rule.id);
        let bad = findings(&folder.join("bad.json"));
        let breaches: Vec<&Finding> = bad.iter().filter(|f| f.rule == rule.id).collect();
        assert!(!breaches.is_empty(), "{}: bad.json is not objected to: {bad:?}", rule.id);
        assert!(breaches.iter().all(|f| f.severity == rule.severity && f.place.line.is_some()), "{breaches:?}");
        let good = findings(&folder.join("good.json"));
        assert!(good.iter().all(|f| f.rule != rule.id), "{}: good.json is objected to: {good:?}", rule.id);
    }
}

/// Every rule over every fixture, so that a false alarm shows. To accept a
/// change: `INSTA_UPDATE=always cargo test`, then read the difference.
#[test]
fn every_rule_over_every_fixture() {
    let mut all = String::new();
    for rule in RULES {
        for name in ["bad.json", "good.json"] {
            writeln!(all, "{}/{name}", rule.id).unwrap();
            let found = findings(&fixtures().join(rule.id).join(name));
            for f in found.iter().take(8) {
                let (line, column) = (f.place.line.unwrap_or(0), f.place.column.unwrap_or(0));
                let Finding { rule, severity, place, message, .. } = f;
                writeln!(all, "  {line}:{column} {} {severity} [{rule}] {message}", place.pointer).unwrap();
            }
            if found.len() > 8 {
                writeln!(all, "  and {} more", found.len() - 8).unwrap();
            }
        }
    }
    assert!(!all.contains("?\""), "a message has an unfilled place");
    insta::assert_snapshot!(all);
}

#[test]
fn the_documented_table_is_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/RULES.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        std::fs::write(&path, rules_table()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), rules_table(), "run INSTA_UPDATE=always cargo test");
}
