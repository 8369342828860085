//! Screening of many responses: named cases on the consultation map.

use crate::consult::{ask, responses};
use tlevel::consult::{
    Consultation, Intake, PanelDecision, People, Question, ResponseNote, ResponseScreening, Screening, TrackedProposal,
    Tracker,
};
use tlevel::table::Table;
use tlevel_report::{Layout, export, report};

pub(crate) const RESPONSES: &str = "\
respondent,Organisation,email,map,question,occupation,from,to,rationale,phone
Jane Doe,Drone Company,jane@drone.example,Construction,a,Drone surveyor,,,\"Many firms fly drones; Jane Doe, jane@drone.example, boss@else.example\",0123456
John Roe,Skyways,john@sky.example,,(A),drone  Surveyor,,,Growing trade,0456789
Kit Soe,,,,a,Drone surveyor,,,Growing trade,
Amy Poe,Bricks Limited,amy@bricks.example,,b,Bricklayer,construction,Caterer,They lead small gangs,
Al Moe,Walls plc,al@walls.example,,B,LARS287,Digital,catering-and-hospitality/catering/caterer,They lead small gangs,
Bo Zoe,Fire Brigade,bo@fire.example,,c,,,protective services,Cadets exist already,
Cy Noe,Shops,cy@shops.example,Digitl,c,,Marketing,,,
,,,,,,,,,
Di Loe,Xcorp,di@x.example,,c,,,digital,,
Ed Hoe,Ycorp,ed@y.example,,b,Brick layering,,construction,,
Flo Goe,Zcorp,flo@z.example,,z,Bricklayer,,construction,,
Gil Foe,Qcorp,gil@q.example,,c,
Hal Joe,Wcorp,hal@w.example,,a,,,,Nothing,
Ivy Koe,Vcorp,ivy@v.example,,c,,digital,hospitality,Two,
";

#[test]
fn responses_are_joined_and_ranked() {
    let screening = responses(RESPONSES);
    assert_eq!(screening.responses, 13);
    let ranked: Vec<(Question, &str, usize, &[u64])> =
        screening.proposals.iter().map(|p| (p.question, p.title.as_str(), p.responses, &p.lines[..])).collect();
    assert_eq!(
        ranked,
        [
            (Question::A, "New: Drone surveyor", 3, &[2, 3, 4][..]),
            (Question::B, "Move Bricklayer (LARS287) to Caterer", 2, &[5, 6]),
            (Question::C, "Open Protective services", 1, &[7]),
            (Question::C, "Open Marketing", 1, &[8]),
        ]
    );
    let sizes: Vec<usize> = screening.proposals[2..].iter().map(|p| p.size).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    assert_eq!(screening.proposals[0].size, 0, "a specialism without content is no change");
    assert_eq!(screening.proposals[0].place_by_map.as_ref().map(|route| route.id.as_str()), Some("construction"));
    assert_eq!(screening.proposals[1].rationales, ["They lead small gangs"], "each reason once");
    let wrong: Vec<(u64, &str)> = screening.not_screened.iter().map(|n| (n.line, n.message.as_str())).collect();
    assert_eq!(wrong[0].0, 10);
    assert!(wrong[0].1.starts_with("\"digital\" is open to T Levels: "), "{wrong:?}");
    assert_eq!(
        wrong[1..],
        [
            (11, "the column \"occupation\" names no occupation of the map: did you mean \"Bricklayer\"?"),
            (12, "the column \"question\" holds something else; give a, b or c"),
            (13, "the branch to open is missing; give it in the column \"to\""),
            (14, "the title of the new occupation is missing; give it in the column \"occupation\""),
            (15, "two branches are named (\"digital\", \"catering-and-hospitality/hospitality\"); name one"),
        ]
    );
    let notes: Vec<(u64, &str)> = screening.notes.iter().map(|n| (n.line, n.message.as_str())).collect();
    assert_eq!(
        notes,
        [
            (1, "the column \"phone\" is not known, and not used"),
            (
                6,
                "\"LARS287\" is not in \"digital\" but in \
                 \"construction/onsite-construction/core-building-tradesperson\""
            ),
            (8, "the column \"map\" names no route of the map: did you mean \"Digital\"? (not used)"),
        ]
    );
}

/// The personal details in [`RESPONSES`].
const PERSONAL: [&str; 11] = [
    "Jane",
    "drone.example",
    "Drone Company",
    "Skyways",
    "Amy",
    "Bricks Limited",
    "Walls plc",
    "bo@",
    "Wcorp",
    "Gil",
    "Kit Soe",
];

/// Every printed form of the screened responses.
fn printed(people: People) -> String {
    let report = ask(|c| c.report(c.responses(RESPONSES, people).expect("has the columns")));
    let full = export::terminal(&report::consultation(&report), &Layout::default().full(true));
    let json = serde_json::to_string(&report).expect("serialises");
    [
        full,
        export::terminal(&report::consultation(&report), &Layout::default()),
        export::markdown(&report::consultation(&report)),
        json,
    ]
    .join("\n")
}

#[test]
fn who_answered_stays_in_the_input() {
    let plain = printed(People::LeftOut);
    for personal in PERSONAL.into_iter().chain(["0123456", "@"]) {
        assert!(!plain.contains(personal), "{personal}");
    }
    assert!(plain.contains("Many firms fly drones; (left out)"), "the rest of a rationale stays");
    let named = printed(People::Named);
    for personal in ["Jane Doe", "jane@drone.example", "Drone Company", "Kit Soe"] {
        assert!(named.contains(personal), "{personal}");
    }
    // respondents that could not be screened are never named, nor are unknown cells
    assert!(!named.contains("Gil") && !named.contains("0123456"));
}

/// The sample file, as it is and as other programs save it.
const SAMPLE: &str = include_str!("../../../../fixtures/responses/consultation.csv");

#[test]
fn the_sample_names_nobody_wherever_a_name_was_typed() {
    let report = ask(|c| c.report(c.responses(SAMPLE, People::LeftOut).expect("has the columns")));
    let json = serde_json::to_string(&report).expect("serialises");
    let full = export::terminal(&report::consultation(&report), &Layout::default().full(true));
    let plain = [full, export::markdown(&report::consultation(&report)), json].join("\n");
    let mut rows = csv::Reader::from_reader(SAMPLE.as_bytes());
    for row in rows.records().map(|row| row.expect("is CSV")).filter(|row| !row[0].is_empty()) {
        for personal in [&row[0], &row[1], &row[2]].into_iter().filter(|cell| *cell != "Construction") {
            assert!(!plain.to_lowercase().contains(&personal.to_lowercase()), "{personal}");
        }
    }
    assert!(!plain.contains('@') && plain.contains("As (left out) says, they work on site"));
    let screening = responses(SAMPLE);
    let lines: Vec<&[u64]> = screening.proposals.iter().map(|p| &p.lines[..]).collect();
    assert_eq!(lines, [&[2, 3][..], &[5, 6], &[7], &[8], &[9]]);
    let told = screening.not_screened.iter().chain(&screening.notes).map(|n| (n.line, n.message.as_str()));
    let told: Vec<(u64, &str)> = told.filter(|(line, _)| *line > 11).collect();
    assert_eq!(
        told,
        [
            (12, "\"LARS287\" is already in \"construction\"; name another place"),
            (13, "the column \"question\" holds something else; give a, b or c"),
            (12, "the column \"map\" names no route of the map (not used)"),
            // it is written "Brickleyer"
            (12, "\"occupation\" is taken as Bricklayer (LARS287)"),
            (12, "the column \"from\" names no route, pathway or cluster of the map (not used)"),
        ]
    );
    // whoever asks for names may see such cells too
    let named = ask(|c| c.responses(SAMPLE, People::Named).expect("has the columns"));
    assert_eq!(named.not_screened[2].message, "\"Flo Goe\" is not a question; give a, b or c");
}

#[test]
fn a_new_title_names_nobody() {
    let csv = "question,occupation,respondent,email\n\
        a,\"Sign fitter (ask Kim Poe, kim@example.org)\",Kim Poe,kim@example.org\n\
        a,Ann Doe,Ann Doe,\na,drone surveyor,,\n";
    let screening = responses(csv);
    let titles: Vec<&str> = screening.proposals.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(titles, ["New: Sign fitter (ask (left out), (left out))", "New: drone surveyor"]);
    assert_eq!(screening.not_screened.len(), 1);
    assert!(!serde_json::to_string(&screening).expect("serialises").contains("Ann"));
    let named = ask(|c| c.responses(csv, People::Named).expect("has the columns"));
    assert!(named.proposals.iter().any(|p| p.title == "New: Ann Doe"));
}

#[test]
fn rows_are_the_same_however_a_spreadsheet_saves_them() {
    let plain = responses(SAMPLE);
    assert_eq!(responses(&SAMPLE.replace('\n', "\r\n")), plain, "line ends of Windows, lines included");
    let (commas, semicolons) =
        ("question,occupation,to\n\nb,LARS287,caterer\n", "question;occupation;to\n\nb;LARS287;caterer\n");
    assert_eq!(responses(commas).proposals[0].lines, [3], "a line that is empty counts");
    assert_eq!(responses(semicolons), responses(commas));
    assert_eq!(responses(&semicolons.replace(';', "\t")), responses(commas));
}

#[test]
fn every_row_that_could_not_be_screened_is_listed() {
    let csv = format!("question,occupation\n{}", "b,Bricklayer\n".repeat(30) + &"z,\n".repeat(30));
    let report = ask(|c| c.report(c.responses(&csv, People::LeftOut).expect("has the columns")));
    let text = export::terminal(&report::consultation(&report), &Layout::default());
    assert!((2..62).all(|line| text.contains(&format!("    - line {line}: "))), "{text}");
}

#[test]
fn a_new_title_is_shown_as_most_spell_it() {
    let title = |rows: &str| {
        let screening = responses(&format!("question,occupation\n{rows}"));
        assert_eq!(screening.proposals.len(), 1);
        screening.proposals[0].title.clone()
    };
    assert_eq!(title("a,ROOFER\na,Roofer\na,roofer\na,Roofer\n"), "New: Roofer");
    assert_eq!(title("a,roofer\na,Roofer\n"), "New: Roofer", "ties by the alphabet");
}

fn table(csv: &str) -> Table {
    Table::read(csv.as_bytes(), Consultation::RESPONSES).unwrap()
}

/// The proposals of a file, with the number of responses to each; the lines that
/// could not be screened; the notes.
type Screened = (Vec<(String, usize)>, Vec<(u64, String)>, Vec<(u64, String)>);

fn screened(screening: &ResponseScreening) -> Screened {
    let mut proposals: Vec<_> = screening.proposals.iter().map(|p| (p.title.clone(), p.responses)).collect();
    proposals.sort();
    let of = |notes: &[ResponseNote]| notes.iter().map(|note| (note.line, note.message.clone())).collect();
    (proposals, of(&screening.not_screened), of(&screening.notes))
}

/// The export of a form, with what it proposes.
#[test]
fn forms_are_read_as_they_are_exported() {
    let expected = [
        ("Move Bricklayer (LARS287) to Caterer".to_owned(), 1),
        ("New: Drone surveyor in Construction".to_owned(), 1),
        ("New: Roofer".to_owned(), 1),
        ("Open Protective services".to_owned(), 1),
    ];
    for csv in [
        "Name,E-mail address,Organisation,Which map?,(a) Is an occupation missing?,Please give your rationale,\
         (b) Should an occupation move?,Please give your rationale,(c) Should a branch be opened?,Rationale\n\
         Jane Doe,jane@x.example,Drones,Construction,\"Drone surveyor in Construction\nRoofer, level 2. They lead.\",Trade,\
         Bricklayers should move to Caterer,Gangs,Open Protective services to T Levels,Cadets\n",
        "a;b;c\n\"A drone surveyor in the construction route.\nAdd Roofer\";Move the bricklayer to Caterer.;\
         The protective services route should be opened\n;no;n/a\n",
        "Question A\tQuestion B: moves\tQuestion C\tYour name\n\"Drone surveyor in Construction\nRoofer\"\t\
         Bricklayer -> Caterer\tProtective services\tJane Doe\n",
    ] {
        let screening = ask(|c| c.take_in(&Intake::new(&table(csv)), |_, _| {}).0);
        let (proposals, wrong, notes) = screened(&screening);
        assert_eq!((&proposals[..], screening.responses), (&expected[..], 4), "{csv}");
        assert_eq!(wrong, [], "{csv}");
        let guesses = notes.iter().filter(|(_, note)| note.starts_with("a guess from the text: ")).count();
        assert_eq!(guesses, 4, "each says that it is a guess: {notes:?}");
        assert!(!format!("{screening:?}").contains("Jane"), "{csv}");
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_rejected_with_what_to_write() {
    let screening =
        responses("a,b,c\nSpecialist in wind turbines,The map is confusing,Ponies\n,bricklayer to nowhere at all,\n");
    let (proposals, wrong, _) = screened(&screening);
    assert_eq!(proposals, [("New: Specialist in wind turbines".to_owned(), 1)], "a title is no place");
    let wrong: Vec<(u64, &str)> = wrong.iter().map(|(line, message)| (*line, message.as_str())).collect();
    assert_eq!(
        wrong,
        [
            (2, "the text does not say what should move where; write for example: Bricklayer should move to Catering"),
            (2, "the text names no route, pathway or cluster of the map"),
            (3, "the text names no route, pathway or cluster of the map"),
        ]
    );
}

#[test]
fn plurals_and_one_sure_slip_are_taken_with_a_note() {
    let (proposals, wrong, notes) = screened(&responses(
        "question,occupation,to\nb,bricklayers,caterers\nb,Brick-layer,caterer\nb,Brickleyer,caterer\nb,Brick layering,caterer\n",
    ));
    assert_eq!(proposals, [("Move Bricklayer (LARS287) to Caterer".to_owned(), 3)]);
    let hint = "the column \"occupation\" names no occupation of the map: did you mean \"Bricklayer\"?";
    assert_eq!(wrong, [(5, hint.to_owned())]);
    let taken = |line: u64, column: &str, name: &str| (line, format!("\"{column}\" is taken as {name}"));
    let (bricklayer, caterer) = ("Bricklayer (LARS287)", "Caterer (catering-and-hospitality/catering/caterer)");
    assert_eq!(
        notes,
        [
            taken(2, "occupation", bricklayer),
            taken(2, "to", caterer),
            taken(3, "occupation", bricklayer),
            taken(4, "occupation", bricklayer),
        ]
    );
}

#[test]
fn the_level_that_most_give_is_used() {
    let level = |csv: &str| match responses(csv).proposals.remove(0).screening {
        Screening::NewOccupation(new) => new.level.given.map(|level| level.to_string().parse::<u8>().unwrap()),
        other => panic!("{other:?}"),
    };
    let given = |n: u8| Some(n);
    let head = "question,occupation,level\n";
    assert_eq!(level(&format!("{head}a,Drone surveyor,\n")), None);
    assert_eq!(level(&format!("{head}a,Drone surveyor,3\na,Drone surveyors,Level 4\na,Drone surveyor,4\n")), given(4));
    assert_eq!(level(&format!("{head}a,Drone surveyor,4\na,Drone surveyor,3\n")), given(3), "ties: the lowest");
    let notes = responses(&format!("{head}a,Drone surveyor,12\n")).notes;
    assert_eq!(notes[0].message, "the column \"level\" holds no level from 2 to 7 (not used)");
}

/// Every response is screened or rejected, exactly once, also after rejected ones come
/// back mended.
#[test]
fn a_mended_row_replaces_the_one_that_was_rejected() {
    ask(mended_rows_replace);
}

fn mended_rows_replace(desk: &Consultation<'_>) {
    let form = "a,b,c,name\nRoofer,Brick worker should move to Caterer,Ponies,Jane Doe\n,Bricklayer should move to Caterer,,John Roe\n";
    for (first, mended) in [
        (form, vec![("Brick worker", "Bricklayer"), ("Ponies", "Protective services")]),
        (RESPONSES, vec![("Brick layering,,,construction", "Bricklayer,,,caterer")]),
    ] {
        let first = table(first);
        let (before, rejected) = desk.take_in(&Intake::new(&first), |_, _| {});
        assert_eq!(rejected.lines().count() - 1, before.not_screened.len(), "{rejected}");
        assert!(rejected.starts_with("row,map,question,occupation,level,from,to,rationale,reason\n"), "{rejected}");
        for personal in PERSONAL.iter().chain(&["Jane", "John"]) {
            assert!(!rejected.contains(personal), "{personal}: {rejected}");
        }
        // given back as it is, nothing changes
        let (same, _) = desk.take_in(&Intake::new(&first).with_corrected(&table(&rejected)), |_, _| {});
        assert_eq!((same.responses, same.not_screened.len()), (before.responses, before.not_screened.len()));
        assert_eq!(screened(&same).0, screened(&before).0);
        let mut corrected = rejected;
        for (wrong, right) in &mended {
            assert!(corrected.contains(wrong), "{wrong}: {corrected}");
            corrected = corrected.replacen(wrong, right, 1);
        }
        let corrected = table(&corrected);
        let (after, again) =
            desk.take_in(&Intake::new(&first).with_corrected(&corrected).with_people(People::Named), |_, _| {});
        assert_eq!(after.responses, before.responses, "nothing is counted twice");
        assert_eq!(after.not_screened.len() + mended.len(), before.not_screened.len());
        let counted: usize = after.proposals.iter().map(|p| p.responses).sum();
        assert_eq!(counted + after.not_screened.len(), after.responses);
        assert_eq!(again.lines().count() - 1, after.not_screened.len());
    }
    // who responded is known from the row that was replaced; a row without a number is a further one
    let first = table(form);
    let more = table("row,question,occupation,to\n2.2,b,Bricklayer,Caterer\n,c,,Protective services\n");
    let (after, _) = desk.take_in(&Intake::new(&first).with_corrected(&more).with_people(People::Named), |_, _| {});
    assert_eq!(after.responses, 5);
    let moved = after.proposals.iter().find(|p| p.question == Question::B).unwrap();
    let who: Vec<_> = moved.respondents.iter().map(|who| (who.line, who.respondent.as_deref().unwrap())).collect();
    assert_eq!((moved.responses, &who[..]), (2, &[(2, "Jane Doe"), (3, "John Roe")][..]));
}

#[test]
fn a_rejected_row_is_no_formula() {
    let formula = table("question,occupation,to\nb,=1+1,caterer\n");
    let (_, rejected) = ask(|c| c.take_in(&Intake::new(&formula), |_, _| {}));
    assert!(rejected.contains(",'=1+1,"), "{rejected}");
}

/// One proposal under many names: plurals, places and what a person decided.
#[test]
fn a_new_occupation_is_one_proposal_wherever_it_would_go() {
    let csv = "question,occupation,to,map\na,Drone surveyor,construction,\na,Drone surveyors in Catering,,\n\
               a,drone surveyor,Construction,\na,UAV surveyor,,The construction route\na,Surveying technician,,\n";
    let screening = responses(csv);
    let ranked: Vec<(&str, usize)> = screening.proposals.iter().map(|p| (p.title.as_str(), p.responses)).collect();
    assert_eq!(
        ranked,
        [("New: Drone surveyor in Construction", 3), ("New: UAV surveyor", 1), ("New: Surveying technician", 1)],
        "those that most make first; what is on the map already last"
    );
    let [drone, uav, known] = &screening.proposals[..] else { panic!("{ranked:?}") };
    let places: Vec<(&str, usize)> = drone.places.iter().map(|p| (p.branch.name.as_str(), p.responses)).collect();
    assert_eq!(places, [("Construction", 2), ("Catering", 1)]);
    assert_eq!((drone.perhaps_same[0].key.as_str(), uav.perhaps_same[0].key.as_str()), (&*uav.key, &*drone.key));
    assert_eq!((drone.key.as_str(), uav.key.as_str()), ("a dronesurveyor", "a uavsurveyor"));
    assert_eq!(uav.place_by_map.as_ref().map(|route| route.id.as_str()), Some("construction"));
    assert_eq!((known.on_the_map.as_ref().map(|o| o.id.as_str()), known.size), (Some("LARS51"), 0));
    // a person decides that two are one
    let tracker = Tracker::from_csv("key,same as\na dronesurveyor,\na uavsurveyor,a dronesurveyor\n").unwrap();
    let (joined, _) = ask(|c| c.take_in(&Intake::new(&table(csv)).with_tracker(&tracker), |_, _| {}));
    assert_eq!((joined.proposals.len(), joined.proposals[0].responses), (2, 4));
    assert_eq!(joined.proposals[0].title, "New: Drone surveyor in Construction");
}

/// The tracker goes out as a table, and comes back with what was decided.
#[test]
fn a_tracker_keeps_what_was_decided() {
    let sample = table(RESPONSES);
    let report = ask(|c| c.report(c.take_in(&Intake::new(&sample), |_, _| {}).0));
    let document = report::tracker(&report).expect("of responses");
    let csv = export::csv(&document);
    let header = csv.lines().next().unwrap().to_owned();
    assert_eq!(
        header,
        "Route,Question,Proposal,Responses,What the map says,Changes,Missing facts,Perhaps the same,Occupation,Level,\
         Place,Status,Decision,Decided by,Reason,Same as,Key"
    );
    // as a workbook, where columns to fill in are marked and the key is hidden
    let bytes = export::xlsx(&document).unwrap();
    let blank = Tracker::from_table(&tlevel_report::read_table(&bytes, Tracker::COLUMNS).unwrap()).unwrap();
    assert_eq!(blank.proposals().len(), 4);
    assert!(blank.proposals().iter().all(|row| row.tracked.is_empty()), "nothing is decided yet");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(header.split(',')).unwrap();
    for (n, row) in rows.records().enumerate() {
        let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        if n != 2 {
            cells[12] = ["agreed", "not agreed", "", "agreed"][n].to_owned();
            cells[9] = "3".to_owned();
            cells[13] = "Route panel".to_owned();
            cells[14] = "Because".to_owned();
        }
        if n == 0 {
            cells[8] = "Surveyor of drones".to_owned();
        }
        out.write_record(cells).unwrap();
    }
    let decided = String::from_utf8(out.into_inner().unwrap()).unwrap()
        + ",a,New: Gone,,,,,,Gone,3,caterer,,deferred,,,,a gone\n";
    let tracker = Tracker::from_csv(&decided).unwrap();
    let again = ask(|c| c.report(c.take_in(&Intake::new(&sample).with_tracker(&tracker), |_, _| {}).0));
    let Screening::Responses(responses) = &again.screening else { panic!("responses") };
    let decisions: Vec<Option<PanelDecision>> =
        responses.proposals.iter().map(|p| p.tracked.as_ref().and_then(|tracked| tracked.decision)).collect();
    assert_eq!(
        decisions,
        [Some(PanelDecision::Agreed), Some(PanelDecision::NotAgreed), None, Some(PanelDecision::Agreed)]
    );
    assert_eq!(responses.not_made.len(), 1, "nothing of the tracker is lost");
    let csv = export::csv(&report::tracker(&again).unwrap());
    let next = Tracker::from_csv(&csv).unwrap();
    let written = |tracker: &Tracker| {
        let row =
            |p: &TrackedProposal| (p.key.clone(), p.occupation.clone(), p.level, p.place.clone(), p.tracked.clone());
        let mut rows: Vec<_> = tracker.proposals().iter().map(row).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    assert_eq!(written(&next), written(&tracker), "and it goes out again, corrections too");
    // what was agreed becomes changes to the map, which apply
    let map = crate::consult::consultation();
    let (changes, notes) = ask(|c| c.agreed(&tracker)).unwrap();
    let names: Vec<&str> = changes.changes.iter().map(|change| change.name()).collect();
    assert_eq!((&names[..], notes.len()), (&["add-occupation", "unmark", "unmark"][..], 0), "{changes:?}");
    tlevel::change::apply(&map, &changes).unwrap();
    // the published response has the decisions and nobody's words
    let text = export::markdown(&report::published(&again).unwrap());
    assert!(text.contains("What we decided") && text.contains("New: Drone surveyor (3 responses)"), "{text}");
    assert!(!text.contains("Growing trade") && !text.contains("Jane") && !text.contains("Route panel"), "{text}");
    assert!(text.contains("Surveyor of drones, level 3"), "as the panel agreed it: {text}");
    // each route has a report with a page for each proposal
    let routes = report::routes_concerned(&again);
    let panel = report::panel(&again, "construction").unwrap();
    let titles: Vec<String> =
        panel.texts().filter(|text| text.starts_with("New: ") || text.starts_with("Move ")).collect();
    assert!(routes.iter().any(|route| route.id == "construction") && titles.len() >= 4, "{titles:?}");
    assert!(report::panel(&again, "nowhere").is_none());
}

#[test]
fn a_tracker_that_cannot_be_used_says_where() {
    let wrong = Tracker::from_csv(
        "key,decision,same as,level\na x,perhaps,,\na y,same as,,\na z,,a nobody,\na z,,,\na w,,b LARS287 > caterer,\n\
         a v,,,9\nb LARS287 > caterer,,,\n",
    );
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "line 2: \"perhaps\" is no decision; choose agreed, not agreed, deferred or same as\n\
         line 3: name the other proposal in the column \"same as\"\n\
         line 5: \"a z\" is in two rows; keep one\n\
         line 7: the level is a number from 2 to 7\n\
         line 4: \"a nobody\" in \"same as\" is no other proposal on the same question; give its title or key\n\
         line 6: \"b LARS287 > caterer\" in \"same as\" is no other proposal on the same question; give its title or key"
    );
    // a row that is wrong may be named by another
    let wrong = Tracker::from_csv("key,proposal,decision,same as\na x,New: X,perhaps,\na y,New: Y,,New: X\n");
    assert_eq!(wrong.unwrap_err().to_string().lines().count(), 1);
    let read = Tracker::from_csv("key,decision\na x,Declined\na y,yes\n").unwrap();
    let decisions: Vec<&str> = read.proposals().iter().filter_map(|p| p.tracked.decision.map(|d| d.name())).collect();
    assert_eq!(decisions, ["not agreed", "agreed"]);
    let tracker =
        Tracker::from_csv("key,occupation,level,place,decision\na x,X,,caterer,agreed\na y,Y,3,digital,agreed\n");
    let wrong = ask(|c| c.agreed(&tracker.unwrap())).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "line 2: give its level in the column \"level\"\nline 3: \"digital\" is no cluster; name one in the column \"place\""
    );
}
