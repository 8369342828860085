//! `tlevel draw`, `tlevel derive --by` and `tlevel report` as programs.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{self, tlevel};

const MAP: &str = "fixtures/maps/consultation.json";

fn folder(name: &str) -> PathBuf {
    program::folder(&format!("publish-command/{name}"))
}

fn done(arguments: &[&str]) -> String {
    let output = tlevel(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The message of a command that fails.
fn stopped(arguments: &[&str]) -> String {
    let output = tlevel(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn draw_writes_the_picture_or_the_tables_by_the_ending() {
    assert!(done(&["draw", "plan", MAP]).starts_with("<svg "));
    let folder = folder("overview");
    let write = |name: &str| {
        let path = folder.join(name);
        assert_eq!(done(&["draw", "plan", MAP, "-o", path.to_str().unwrap()]), "");
        std::fs::read_to_string(path).expect("written")
    };
    assert_eq!(write("overview.svg"), done(&["draw", "plan", MAP]));
    let page = write("overview.html");
    assert!(page.contains("<svg ") && page.contains("<th scope=\"row\" dir=\"auto\">Onsite construction</th>"));
    assert!(write("overview.md").contains("| 2021 | 1 | 4 |"));
    let plan: Value = serde_json::from_str(&write("overview.json")).expect("JSON");
    assert_eq!(plan["format"], "tlevel-teaching-plan");
    let table = done(&["draw", "plan", MAP, "--format", "csv"]);
    assert!(table.starts_with("Pathway,Route,Delivery,"), "{table}");
    let route = done(&["draw", "route", MAP, "construction", "--format", "html"]);
    assert!(route.starts_with("<!DOCTYPE html>") && route.contains("<svg "));
    let said = stopped(&["check", MAP, "--format", "svg"]);
    assert!(said.contains("the result has no picture"), "{said}");
    let programme = ["draw", "programme", MAP, "onsite-construction", "--exact"];
    assert!(done(&programme).contains("T Level: Onsite construction"));
    let unknown = stopped(&["draw", "programme", MAP, "onsite-construct"]);
    let meant = "PATHWAY: the map has no pathway \"onsite-construct\": did you mean \"Onsite construction\"?";
    assert!(unknown.contains(meant), "{unknown}");
    let unlike = stopped(&["spec", MAP, "--pathway", "nonsense"]);
    assert!(unlike.ends_with("; tlevel derive, on the same map, shows the pathways\n"), "{unlike}");
    let closed = stopped(&["draw", "programme", MAP, "transport", "--exact"]);
    assert!(closed.contains("transport-and-logistics/transport has no programme (apprenticeship-only)"), "{closed}");
    stopped(&["draw", "plan", MAP, "--route", "digital"]);
    let route = done(&["draw", "route", MAP, "Digital"]);
    assert!(route.starts_with("<svg ") && route.len() < done(&["draw", "map", MAP]).len());
    assert_eq!(route, done(&["draw", "map", MAP, "--route", "digital"]));
    let unknown = stopped(&["draw", "route", MAP, "digitl"]);
    assert!(unknown.contains("ROUTE: the map has no route \"digitl\": did you mean \"Digital\"?"), "{unknown}");
}

#[test]
fn old_flags_still_work_and_name_the_subcommand() {
    for (old, new) in [
        (&["draw", MAP][..], &["draw", "map", MAP][..]),
        (&["draw", MAP, "--route", "digital"], &["draw", "map", MAP, "--route", "digital"]),
        (&["draw", MAP, "--overview"], &["draw", "plan", MAP]),
        (
            &["draw", "--programme", "onsite-construction", MAP, "--exact"],
            &["draw", "programme", MAP, "onsite-construction", "--exact"],
        ),
        (&["consult", MAP, "--exact", "--gaps"], &["consult", "gaps", MAP, "--exact"]),
        (&["consult", "--open", "hospitality", MAP, "--exact"], &["consult", "open", MAP, "hospitality", "--exact"]),
        (
            &["consult", MAP, "--move", "LARS51", "--to", "caterer", "--exact"],
            &["consult", "move", MAP, "LARS51", "--to", "caterer", "--exact"],
        ),
        (&["consult", MAP, "--title=Roofer", "--exact"], &["consult", "new", MAP, "--title", "Roofer", "--exact"]),
    ] {
        let (before, now) = (tlevel(old), tlevel(new));
        assert!(now.status.success() && now.stderr.is_empty(), "{new:?}: {}", String::from_utf8_lossy(&now.stderr));
        assert!(before.status.success() && before.stdout == now.stdout, "{old:?}");
        let [command, subcommand] = [new[0], new[1]];
        let hint = format!("hint: use `tlevel {command} {subcommand}`; see: tlevel {command} {subcommand} --help\n");
        assert_eq!(String::from_utf8_lossy(&before.stderr), hint);
    }
    for command in ["draw", "consult"] {
        let help = done(&[command, "--help"]);
        assert!(!["--overview", "--programme", "--gaps", "--move"].iter().any(|flag| help.contains(flag)), "{help}");
    }
}

#[test]
fn an_ending_counts_in_capitals_and_no_picture_takes_anothers() {
    let folder = folder("endings");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let [page, draft, gif] = ["OVERVIEW.HTML", "DRAFT.Md", "map.gif"].map(path);
    done(&["draw", "plan", MAP, "-o", &page]);
    assert!(std::fs::read_to_string(page).expect("written").starts_with("<!DOCTYPE html>"));
    done(&["spec", MAP, "--exact", "--pathway", "onsite-construction", "-o", &draft]);
    assert!(std::fs::read_to_string(draft).expect("written").starts_with("# Onsite construction"));
    for drawn in [
        &["draw", "map", MAP, "-o"][..],
        &["draw", "plan", MAP, "-o"],
        &["draw", "programme", MAP, "onsite-construction", "-o"],
    ] {
        let said = stopped(&[drawn, &[gif.as_str()]].concat());
        assert!(
            said.contains("map.gif: the ending is not a known format; use .svg, .png, .pdf, .docx, .xlsx"),
            "{said}"
        );
    }
    assert!(!Path::new(&gif).exists());
}

#[test]
fn examples_of_the_help_fit_into_80_columns() {
    for command in ["spec", "draw", "report", "derive"] {
        let output = program::command().args([command, "--help"]).env("COLUMNS", "200").output().expect("runs");
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        let (_, examples) = help.split_once("Examples:").expect("examples");
        let wide: Vec<&str> = examples.lines().filter(|line| line.chars().count() > 80).collect();
        assert_eq!(wide, [""; 0], "{command}");
    }
}

#[test]
fn derive_by_a_date_gives_the_programmes_and_the_plan() {
    let by = |date: &str| -> Value {
        let text = done(&["derive", MAP, "--exact", "--by", date, "--format", "json"]);
        serde_json::from_str(&text).expect("JSON")
    };
    let count = |value: &Value| value["programmes"].as_array().expect("programmes").len();
    assert_eq!(by("2022-09")["no_programme"][0]["pathway"]["id"], "catering-and-hospitality/catering");
    let early = by("2021-09");
    assert_eq!((count(&early), count(&by("2022-09")), count(&by("2021-08"))), (4, 6, 0));
    assert_eq!(early["teaching"]["years"][0]["planned"].as_array().map(Vec::len), Some(4));
    assert_eq!(early["programmes"][0]["pathway"]["id"], "construction/design-surveying-and-planning");
    let text = done(&["derive", MAP, "--exact", "--by", "2021"]);
    assert!(text.contains("First teaching by year"), "{text}");
    assert!(text.contains("  2021  wave 1  planned 4: Design, surveying and planning;"), "{text}");
    assert!(text.contains("  2022  wave 2  planned 3: "), "the whole plan, also what is later: {text}");
    let markdown = done(&["derive", MAP, "--exact", "--by", "2021", "--format", "markdown"]);
    assert!(markdown.contains("| 2021 | 1 | 4: Design, surveying and planning; "), "{markdown}");
    for format in ["text", "markdown"] {
        let nothing = "\n\nNo programme is first taught by the date given.\n";
        let by = |date: &str| done(&["derive", MAP, "--exact", "--by", date, "--format", format]);
        assert_eq!((by("2021-08").ends_with(nothing), by("2021").contains(nothing)), (true, false));
    }
    assert!(stopped(&["derive", MAP, "--by", "soon"]).contains("give a year, a month or a day"));
}

#[test]
fn derive_by_a_date_on_a_map_without_dates_says_what_is_missing() {
    let folder = folder("undated");
    let path = folder.join("map.json");
    let mut map: Value =
        serde_json::from_str(&std::fs::read_to_string(Path::new(crate::ROOT).join(MAP)).expect("the map"))
            .expect("JSON");
    for route in map["routes"].as_array_mut().expect("routes") {
        route["first_teaching_planned"] = Value::Null;
        for pathway in route["pathways"].as_array_mut().expect("pathways") {
            pathway["first_teaching_planned"] = Value::Null;
        }
    }
    std::fs::write(&path, map.to_string()).expect("written");
    let said = stopped(&["derive", path.to_str().unwrap(), "--exact", "--by", "2022"]);
    assert!(said.contains("no dates of first teaching") && said.contains("first_teaching_planned"), "{said}");
    // some dates: what has none is left out, and said so
    map["routes"][1]["pathways"][0]["first_teaching"] = "2020-09".into();
    std::fs::write(&path, map.to_string()).expect("written");
    let output = tlevel(&["derive", path.to_str().unwrap(), "--exact", "--by", "2022", "--format", "json"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("left out: 5 programmes without a date of first teaching on the map"), "{said}");
}

#[test]
fn report_writes_a_folder_whole_and_spares_those_of_others() {
    let folder = folder("report");
    let site = folder.join("site");
    let path = site.to_str().unwrap();
    let report = || tlevel(&["report", MAP, "--exact", "-o", path]);
    let output = report();
    assert!(output.status.success() && output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("pages; open ") && said.contains("index.html"), "{said}");
    let first = std::fs::read(site.join("index.html")).expect("written");
    // its own files are written again; other files next to them are kept
    std::fs::write(site.join("mine.html"), "mine").unwrap();
    assert!(report().status.success());
    assert_eq!(std::fs::read_to_string(site.join("mine.html")).unwrap(), "mine");
    assert_eq!(std::fs::read(site.join("index.html")).unwrap(), first);
    // what is not its own is not
    let other = folder.join("other");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("letter.txt"), "mine").unwrap();
    let said = stopped(&["report", MAP, "-o", other.to_str().unwrap()]);
    assert!(said.contains("holds files that this command did not write; give an empty folder, or a new one"), "{said}");
    assert_eq!(std::fs::read_to_string(other.join("letter.txt")).unwrap(), "mine");
    let said = stopped(&["report", MAP, "-o", other.join("letter.txt").to_str().unwrap()]);
    assert!(said.contains("is a file; give a folder"), "{said}");
    // a map that cannot be read leaves nothing behind
    stopped(&["report", "no-such-map.json", "-o", folder.join("none").to_str().unwrap()]);
    let mut left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["other", "site"]);
}

#[cfg(feature = "office")]
#[test]
fn a_review_that_decides_nothing_changes_nothing() {
    let folder = folder("review");
    let review = folder.join("review.xlsx");
    let review = review.to_str().unwrap();
    assert_eq!(
        done(&["spec", MAP, "--exact", "--pathway", "onsite-construction", "--policy", "panel", "-o", review]),
        ""
    );
    let derive = ["derive", MAP, "--exact", "--policy", "panel", "--format", "json"];
    assert_eq!(done(&[&derive[..], &["--decisions", review]].concat()), done(&derive));
}

#[test]
fn decisions_are_applied_and_those_that_do_not_fit_are_told() {
    let folder = folder("decisions");
    let derive = ["derive", "--policy", "t-level", "--format", "json"];
    let before: Value = serde_json::from_str(&done(&derive)).expect("JSON");
    let of = |derivation: &Value| -> Value {
        let programmes = derivation["programmes"].as_array().expect("programmes").iter();
        programmes.filter(|p| p["pathway"]["id"] == "construction/onsite-construction").cloned().collect()
    };
    let core = of(&before)[0]["pathway_core"].clone();
    let dropped = core[0]["concept"].as_str().expect("an item");
    let review = folder.join("review.csv");
    let rows = format!("concept id,tier,decision,comment\n{dropped},pathway core,drop,taught before\nk-none,,drop,\n");
    std::fs::write(&review, rows).expect("written");
    let review = review.to_str().unwrap();
    let output = tlevel(&[&derive[..], &["--decisions", review]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("line 3: k-none: no programme has such a concept; not applied"), "{said}");
    let after: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let left = of(&after)[0]["pathway_core"].clone();
    assert_eq!(left.as_array().unwrap().len(), core.as_array().unwrap().len() - 1);
    assert!(left.as_array().unwrap().iter().all(|item| item["concept"] != dropped));
    // what is no review stops, with the cell or line
    std::fs::write(review, "concept id,decision\nk-none,maybe\n").expect("written");
    let said = stopped(&[&derive[..], &["--decisions", review]].concat());
    assert!(said.contains("line 2: \"maybe\" is no decision"), "{said}");
}

#[test]
fn a_draft_after_the_review_of_two_people() {
    let folder = folder("second-draft");
    let spec = ["spec", "--pathway", "onsite-construction"];
    let json: Value = serde_json::from_str(&done(&[&spec[..], &["--format", "json"]].concat())).expect("JSON");
    let core = |n: usize| json["programme"]["pathway_core"][n]["concept"].as_str().expect("an item").to_owned();
    let (first, second, third) = (core(0), core(1), core(2));
    let asha = folder.join("asha.csv");
    let rows = [
        "concept id,decision,new wording,comment,made with".to_owned(),
        format!("{first},drop,,taught before,"),
        format!("{second},,Say it plainly,,a map of last year"),
        format!("{third},drop,,,"),
        format!("{third},,,is this level 3?,"),
        format!("{first},mend,,,"),
    ];
    std::fs::write(&asha, rows.join("\n")).expect("written");
    let ben = folder.join("ben.csv");
    std::fs::write(
        &ben,
        format!("number,text,concept id,decision\nR7,What it says,{first},drop\nR9,,{third},specialism\n"),
    )
    .expect("written");
    let draft = folder.join("second.md");
    let (asha, ben, to) = (asha.to_str().unwrap(), ben.to_str().unwrap(), draft.to_str().unwrap());
    let output = tlevel(&[&spec[..], &["--decisions", asha, "--decisions", ben, "-o", to]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    // a row that cannot be read does not stop the others
    assert!(said.contains("line 6: \"mend\" is no decision"), "{said}");
    // where two disagree, neither is applied
    assert_eq!(said.matches("; not applied").count(), 2, "{said}");
    assert!(said.contains("note: the review was made with a map of last year; here it is applied to "), "{said}");
    // how far they agree
    assert!(said.contains("2 reviews: 1 item decided alike, 1 differently, 1 by one of them alone"), "{said}");
    assert!(said.contains(&format!("agreed: R7: drop ({asha}, line 2; {ben}, line 2)")), "{said}");
    let draft = std::fs::read_to_string(draft).expect("a draft");
    assert!(draft.contains("Say it plainly."), "the new wording");
    for part in [
        "## Decisions",
        "The review has 6 rows, of which 3 were applied.",
        // items as the review calls them
        "| R7: What it says | drop |",
        "is this level 3?",
        "not applied: ",
        "applied; so says ",
    ] {
        assert!(draft.contains(part), "{part}");
    }
    assert!(draft.contains("### What the decisions changed"));
}

/// Saves a Word or Excel file as an office program does: with the date of its last change.
#[cfg(feature = "office")]
fn edit(path: &std::path::Path) -> Vec<u8> {
    let written = std::fs::read(path).expect("a file");
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(&written)).expect("a zip");
    let mut edited = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..file.len() {
        let part = file.by_index_raw(at).expect("a part");
        if part.name() != "docProps/core.xml" {
            edited.raw_copy_file(part).expect("copied");
        }
    }
    edited.start_file("docProps/core.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    let saved = "<x><dcterms:modified>2026-11-25T10:00:00Z</dcterms:modified></x>";
    std::io::Write::write_all(&mut edited, saved.as_bytes()).expect("written");
    let edited = edited.finish().expect("a file").into_inner();
    std::fs::write(path, &edited).expect("saved");
    edited
}

/// Every command that writes an office file: what a person made of it stays, without --force.
#[cfg(feature = "office")]
#[test]
fn no_command_replaces_what_someone_edited() {
    let folder = folder("edited-files");
    let responses = folder.join("responses.csv");
    std::fs::write(&responses, "question,occupation,to\nb,Bricklayer,Digital\n").expect("written");
    let responses = responses.to_str().unwrap();
    for (name, command) in [
        ("map.xlsx", &["template"][..]),
        ("all.docx", &["derive"]),
        ("all.xlsx", &["derive", "--format", "xlsx"]),
        ("given.xlsx", &["template", MAP]),
        ("converted.xlsx", &["convert", MAP]),
        ("form.xlsx", &["consult", "template"]),
        ("tracker.xlsx", &["consult", "responses", responses]),
        ("review.xlsx", &["review", "--pathway", "onsite-construction"]),
    ] {
        let path = folder.join(name);
        let command = [command, &["-o", path.to_str().unwrap()]].concat();
        done(&command);
        done(&command);
        let edited = edit(&path);
        let said = stopped(&command);
        assert!(said.contains("edited this file since it was written; give another name, or --force"), "{said}");
        assert_eq!(std::fs::read(&path).expect("still there"), edited, "{name}");
        done(&[&command[..], &["--force"]].concat());
        assert_ne!(std::fs::read(&path).expect("replaced"), edited, "{name}");
    }
    // the reports of a folder, one of which a panel has edited
    let reports = folder.join("reports");
    let command = ["consult", "responses", responses, "--by-route", reports.to_str().unwrap()];
    done(&command);
    let report = reports.join("construction.docx");
    let edited = edit(&report);
    assert!(stopped(&command).contains("someone has edited this file since it was written; move it elsewhere first"));
    assert_eq!(std::fs::read(&report).expect("still there"), edited);
    // nor is it deleted, when nobody proposes anything for that route any more
    std::fs::write(responses, "question,occupation,to\nb,Network engineer,Hair and beauty\n").expect("written");
    assert!(stopped(&command).contains("someone has edited this file since it was written; move it elsewhere first"));
    assert_eq!(std::fs::read(&report).expect("still there"), edited);
}

#[cfg(feature = "office")]
#[test]
fn a_draft_that_someone_edited_is_not_replaced() {
    let folder = folder("edited-draft");
    let draft = folder.join("draft.docx");
    let to = draft.to_str().unwrap();
    let spec = ["spec", "--pathway", "onsite-construction", "-o", to];
    done(&spec);
    // nobody has edited it
    done(&spec);
    let written = std::fs::read(&draft).expect("a draft");
    let edited = edit(&draft);
    let said = stopped(&spec);
    assert!(said.contains("someone has edited this file since it was written"), "{said}");
    assert_eq!(std::fs::read(&draft).expect("still there"), edited);
    done(&[&spec[..], &["--force"]].concat());
    assert_eq!(std::fs::read(&draft).expect("replaced"), written);
}
