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
    assert_eq!(
        (placed.len(), &placed[0]["occupation"], &placed[1]["verdict"]),
        (2, &"n1".into(), &"too-little".into())
    );
    let suggestion = &placed[0]["suggestions"][0];
    let members: Vec<&String> = suggestion.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "cluster",
            "cluster_name",
            "confidence",
            "evidence",
            "near_words",
            "pathway",
            "pathway_name",
            "route",
            "route_name",
            "score"
        ]
    );
    assert_eq!(
        (&placed[0]["verdict"], &placed[0]["because"]),
        (&"same-title".into(), &"OCC0485 Network cable installer".into())
    );
    assert!(suggestion["evidence"][0]["share"].as_f64().unwrap() > 0.0);
    assert!(!suggestion["near_words"][0]["near"].as_array().unwrap().is_empty());
    assert_eq!(placed[1]["suggestions"].as_array().unwrap().len(), 0, "nothing is known of it");
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
fn a_title_may_follow_the_map_or_stand_alone() {
    let map = "fixtures/maps/england.json";
    let expected = json(&tlevel(&["suggest", map, "--title", "A.I. engineer", "--format", "json"]));
    for arguments in [
        &["suggest", map, "A.I. engineer", "--format", "json"][..],
        &["suggest", "A.I. engineer", "--format", "json"],
        &["suggest", "--format", "json", "A.I. engineer", "--top", "5"],
    ] {
        assert_eq!(json(&tlevel(arguments)), expected, "{arguments:?}");
    }
    let with_level = json(&tlevel(&["suggest", "A.I. engineer", "--level", "4", "--format", "json"]));
    assert_ne!(with_level, expected);
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
    // a title alone, and a map beside the index
    let titled = tlevel(&["suggest", "--index", index, "Plumber"]);
    assert_eq!(titled.stdout, tlevel(&["suggest", "Plumber"]).stdout);
    let both = tlevel(&["suggest", "--index", index, "README.md", "Plumber"]);
    let message = format!("the index {index} takes the place of a map; leave out README.md, or --index");
    assert!(stops(&both).contains(&message), "{}", stops(&both));
    // a wrong line: its place, and no file
    std::fs::write(file, lines.replace("\"n4800\"", "4800")).unwrap();
    let out = folder.join("out.json");
    let stopped = tlevel(&["suggest", "--new", file, "--format", "json", "-o", out.to_str().unwrap()]);
    assert!(stops(&stopped).contains("new.jsonl: line 9601, column 7: /id: expected a text, found the number 4800"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "no part of a file is left");
}

#[test]
fn verdicts_in_words() {
    let of = |title: &str| text(&tlevel(&["suggest", "--title", title, "--top", "2"]).stdout).to_owned();
    let known = of("Trowel operatives");
    assert!(known.contains("Trowel operatives is a job title of Bricklayer (LARS287)."), "{known}");
    assert!(
        known.contains("% sure, from its title alone") && known.contains("Construction > Onsite construction"),
        "{known}"
    );
    let same = of("bricklayers");
    assert!(same.contains("bricklayers is on the map already: Bricklayer (LARS287)."), "{same}");
    let unknown = |more: &[&str]| {
        let of = [&["suggest", "--title", "xqzt", "--top", "2"], more].concat();
        text(&tlevel(&of).stdout).to_owned()
    };
    let unknown = [unknown(&[]), unknown(&["--words-only"])];
    for unknown in &unknown {
        assert!(unknown.contains("Too little to tell: none of its words is on the map."), "{unknown}");
        assert!(unknown.contains("No cluster is listed") && !unknown.contains("for it"), "{unknown}");
    }
    for shown in [known, same].iter().chain(&unknown) {
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    }
}

#[test]
fn occupations_in_tables_and_plain_lines() {
    let folder = folder("suggest-tables");
    let placed = |name: &str, bytes: &[u8]| {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        json(&tlevel(&["suggest", "--new", file.to_str().unwrap(), "--top", "1", "--format", "json"]))
    };
    let table = placed(
        "new.csv",
        b"id,title,level,job_titles,text\nn1,Wall builder,Level 2,Bricklayer; Mason,Lay bricks\n,Roofer,,,\n",
    );
    assert_eq!((&table[0]["occupation"], &table[1]["occupation"]), (&"n1".into(), &"line 3".into()));
    let lines = placed("new.txt", "\u{feff}Roofer\r\n\r\nBricklayers\r\n".as_bytes());
    assert_eq!(lines.as_array().unwrap().len(), 2);
    assert_eq!((&lines[1]["occupation"], &lines[1]["verdict"]), (&"line 3".into(), &"same-title".into()));
    assert_eq!(lines[0]["suggestions"], table[1]["suggestions"]);
    let wrong = folder.join("wrong.csv");
    for level in ["x9y", "tow", "8"] {
        std::fs::write(&wrong, format!("title,level\nRoofer,{level}\n")).unwrap();
        let message = stops(&tlevel(&["suggest", "--new", wrong.to_str().unwrap()])).to_owned();
        assert!(
            message.contains(&format!("line 2: \"{level}\" is not a level; give a number from 2 to 7")),
            "{message}"
        );
    }
    // what nobody knows is no level, and a row without a title is told
    let rows = "title,level\nRoofer,TBC\nTiler,two\nPaver,NVQ 3\nBricklayer,-\n,3\n,2\n";
    std::fs::write(&wrong, rows).unwrap();
    let placed = tlevel(&["suggest", "--new", wrong.to_str().unwrap(), "--format", "json"]);
    let said = text(&placed.stderr);
    assert!(said.contains("line 6 and another row: without a title and a text nothing can be placed"), "{said}");
    assert_eq!(json(&placed).as_array().unwrap().len(), 4);
}

#[test]
fn a_list_of_titles() {
    let folder = folder("suggest-titles");
    let list = folder.join("index.csv");
    std::fs::write(&list, "Title;Occupation\nTelly mender;LARS287\nWizard;Sorcerer\n").unwrap();
    let list = list.to_str().unwrap();
    let found = tlevel(&["suggest", "--title", "Telly menders", "--titles", list, "--top", "1"]);
    let (shown, said) = (text(&found.stdout), text(&found.stderr));
    assert!(shown.replace('\n', " ").contains("is in your list of titles"), "{shown}");
    assert!(shown.contains("Bricklayer (LARS287)"), "{shown}");
    assert!(said.contains("line 3: the map has no occupation or cluster \"Sorcerer\"; the row is not used"), "{said}");
    let none = folder.join("none.csv");
    std::fs::write(&none, "title,occupation\nWizard,Sorcerer\n").unwrap();
    let message = stops(&tlevel(&["suggest", "--title", "x", "--titles", none.to_str().unwrap()])).to_owned();
    assert!(message.contains("no title belongs to an occupation or cluster of the map; line 2: "), "{message}");
    // a saved index keeps the list
    let index = folder.join("map.index");
    let index = index.to_str().unwrap();
    assert_eq!(tlevel(&["suggest", "--titles", list, "--save-index", index]).status.code(), Some(0));
    let by_index = json(&tlevel(&["suggest", "--index", index, "--title", "Telly mender", "--format", "json"]));
    assert_eq!(by_index[0]["verdict"], "known-as");
}
