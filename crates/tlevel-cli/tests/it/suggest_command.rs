//! `tlevel suggest` as a program: flags, files, any number of lines.

use crate::program::{fed, folder, json, stops, text, tlevel};

#[test]
fn suggest_from_flags_and_files() {
    let folder = folder("suggest");
    let path = folder.join("new.jsonl");
    let lines = "{\"id\":\"n1\",\"title\":\"Network cable installer\",\"level\":3}\n{\"title\":\"xqzt\"}\n";
    std::fs::write(&path, lines).unwrap();
    let file = path.to_str().unwrap();
    let placed = json(&tlevel(&["suggest", "--new", file, "--top", "2", "--format", "json"]));
    let placed = placed.as_array().unwrap();
    assert_eq!((placed.len(), &placed[0]["occupation"], &placed[1]["verdict"]), (2, &"n1".into(), &"none".into()));
    let suggestion = &placed[0]["suggestions"][0];
    let members: Vec<&String> = suggestion.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "cluster",
            "cluster_name",
            "confidence",
            "evidence",
            "pathway",
            "pathway_name",
            "route",
            "route_name",
            "score"
        ]
    );
    assert_eq!(
        (&placed[0]["verdict"], &placed[0]["because"]),
        (&"overlaps".into(), &"OCC0485 Network cable installer".into())
    );
    assert!(suggestion["evidence"][0]["share"].as_f64().unwrap() > 0.0);
    assert_eq!(placed[1]["suggestions"].as_array().unwrap().len(), 2, "filled whatever the verdict");
    let explained = json(&tlevel(&["suggest", "--new", file, "--explain", "--format", "json"]));
    assert!(explained[0]["explanations"][0]["shares"].as_array().unwrap().len() > 2);

    let text_file = folder.join("about.txt");
    std::fs::write(&text_file, "Lay bricks and blocks to line and level.\nMix mortar.\n").unwrap();
    let about = text_file.to_str().unwrap();
    let readable = tlevel(&["suggest", "--title", "Wall builder", "--level", "2", "--text-file", about, "--explain"]);
    let shown = text(&readable.stdout);
    assert!(shown.lines().all(|line| line.chars().count() <= 80) && shown.contains("% sure"), "{shown}");
    assert!(stops(&tlevel(&["suggest", "--new", "fixtures/README.md"])).contains("fixtures/README.md: "));
}

#[test]
fn suggest_reads_any_number_of_lines() {
    let folder = folder("suggest-lines");
    // more than one batch, blank lines, a byte order mark
    let line = |i: usize| format!("{{\"id\":\"n{i}\",\"title\":\"Installer of cables {}\",\"level\":3}}\n\n", i % 7);
    let lines = format!("\u{feff}{}", (0..5_000).map(line).collect::<String>());
    let file = folder.join("new.jsonl");
    std::fs::write(&file, &lines).unwrap();
    let file = file.to_str().unwrap();
    let from_file = tlevel(&["suggest", "--new", file, "--top", "1", "--format", "json"]);
    let from_stdin = fed(&["suggest", "--new", "-", "--top", "1", "--format", "json"], lines.as_bytes());
    assert_eq!(from_file.stdout, from_stdin.stdout);
    let placed = json(&from_file);
    let placed = placed.as_array().unwrap();
    assert_eq!((placed.len(), &placed[4_999]["occupation"]), (5_000, &"n4999".into()));
    assert_eq!(placed[0]["suggestions"], placed[4_900]["suggestions"]);
    assert_eq!(text(&from_file.stdout).lines().count(), 5_002, "one a line");
    let shown = tlevel(&["suggest", "--new", file, "--top", "1"]);
    assert_eq!(text(&shown.stdout).matches("% sure").count(), 5_000);
    // the index in place of the map
    let index = folder.join("map.index");
    let index = index.to_str().unwrap();
    let saved = tlevel(&["suggest", "--save-index", index]);
    assert_eq!((saved.status.code(), saved.stdout.len()), (Some(0), 0));
    let by_index = tlevel(&["suggest", "--index", index, "--new", file, "--top", "1", "--format", "json"]);
    assert_eq!(by_index.stdout, from_file.stdout);
    let message = "README.md: not a saved index; make one with `Placer::save` or `tlevel suggest --save-index`";
    assert!(stops(&tlevel(&["suggest", "--index", "README.md", "--title", "x"])).contains(message));
    // a wrong line: its place, and no file
    std::fs::write(file, lines.replace("\"n4800\"", "4800")).unwrap();
    let out = folder.join("out.json");
    let stopped = tlevel(&["suggest", "--new", file, "--format", "json", "-o", out.to_str().unwrap()]);
    assert!(stops(&stopped).contains("new.jsonl: line 9601, column 7: /id: expected a text, found the number 4800"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "no part of a file is left");
}
