//! A proposal has one page in the report for its panel, and everything in the tracker.

use crate::consult::{checked, consultation};
use crate::documents_office::part;
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, People, ScreeningReport};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel_report::document::{Block, Document, Listing, Table};
use tlevel_report::{export, report};

const QUESTIONS: &str = "\
question,occupation,level,to,rationale
a,Drone surveyor,3,Construction,They are needed
a,Bricklayer,,Construction,Not seen
b,LARS240,,digital,Reasons
b,LARS51,,Onsite construction,Reasons
c,,,construction,Reasons
c,,,protective-services,Reasons
c,,,Transport and logistics,Reasons
";

/// Each proposal with five long reasons.
fn responses() -> String {
    let (header, proposals) = QUESTIONS.split_once('\n').expect("a header");
    let reason = "because the work needs two years of training ".repeat(12);
    let five = |line: &'static str| (0..5).map(move |n| format!("{line} {n} "));
    let rows: Vec<String> = proposals.lines().flat_map(five).map(|row| row + &reason).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn screened(map: &Map) -> ScreeningReport {
    let concepts = Concepts::exact(map);
    let desk = Consultation::new(map, &concepts, &Policy::t_level()).expect("the concepts fit");
    desk.report(desk.responses(&responses(), People::LeftOut).expect("has the columns"))
}

/// The consultation map with everything that has a name or a text longer than any real one.
fn generous() -> Map {
    let mut raw = consultation().into_raw();
    let long = " with a name that is longer than names of occupations and branches ever are";
    for route in &mut raw.routes {
        for pathway in &mut route.pathways {
            for cluster in &mut pathway.clusters {
                cluster.name = cluster.name.take().map(|name| name + long);
                for occupation in &mut cluster.occupations {
                    occupation.title = occupation.title.take().map(|title| title + long);
                    occupation.barriers.iter_mut().for_each(|barrier| *barrier = barrier.repeat(6));
                    let asked = (0..8).map(|n| format!("Certificate {n}{long}"));
                    occupation.mandatory_qualifications.extend(asked);
                    for statement in &mut occupation.statements {
                        statement.text = statement.text.take().map(|text| text.repeat(5));
                    }
                }
            }
        }
    }
    checked(raw)
}

/// The page of each heading of level 1, as in the contents.
fn pages(mut document: Document) -> Vec<(String, usize)> {
    document.blocks.insert(0, Block::Contents);
    let body = part(&export::docx(&document).unwrap(), "word/document.xml");
    let entries = body.split("<w:p ").filter(|paragraph| paragraph.contains("<w:pStyle w:val=\"TOC1\" />"));
    let texts = |paragraph: &str| -> Vec<String> {
        let runs = paragraph.split("<w:t xml:space=\"preserve\">").skip(1);
        runs.filter_map(|run| run.split_once("</w:t>")).map(|(text, _)| text.to_owned()).collect()
    };
    entries
        .map(|entry| {
            let texts = texts(entry);
            (texts[0].clone(), texts.last().unwrap().parse().unwrap())
        })
        .collect()
}

#[test]
fn each_proposal_has_one_page() {
    for (what, map) in [("as it is", consultation()), ("generous names", generous())] {
        let screened = screened(&map);
        let mut seen = 0;
        for route in report::routes_concerned(&screened) {
            let mut document = report::panel(&screened, &route.id).unwrap();
            let foot = Block::heading(1, "end", "End");
            document.blocks.extend([Block::PageBreak, foot]);
            let pages = pages(document);
            // the summary may have several
            let proposals = &pages[1..];
            seen += proposals.len() - 1;
            for pair in proposals.windows(2) {
                assert_eq!(pair[1].1, pair[0].1 + 1, "{what}, {}: {} has more than a page", route.id, pair[0].0);
            }
        }
        assert!(seen >= 8, "{what}: {seen}");
    }
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.listed(Listing::File).into_iter();
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

/// The points are those of the consultation, in its order; what the map does not say is
/// last and apart; what is left out is in the tracker.
#[test]
fn facts_are_apart_and_nothing_is_lost() {
    let map = consultation();
    let screened = screened(&map);
    let panel = report::panel(&screened, "construction").unwrap();
    let tables = tables(&panel);
    let points = |table: &Table| -> Vec<String> { table.rows.iter().map(|row| row[0].shown()).collect() };
    let of: Vec<Vec<String>> = tables.iter().map(|table| points(table)).collect();
    let new = of.iter().position(|points| points[0] == "Main points").unwrap();
    let letters: Vec<&str> = of[new].iter().filter_map(|point| point.split_once(' ')).map(|(code, _)| code).collect();
    assert_eq!(letters[1..7], ["(a1)", "(a2)", "(a3)", "(a4)", "(a5)", "(a6)"], "{letters:?}");
    assert_eq!(of[new + 1], ["Not recorded on this map", "No map can answer"]);
    assert_eq!(tables[new + 1].columns[1].heading, "What the map does not say");
    let tracker = report::tracker(&screened).unwrap();
    let evidence = self::tables(&tracker).pop().unwrap();
    assert_eq!(evidence.caption, "Evidence");
    let all: Vec<String> = evidence.rows.iter().map(|row| row[2].shown()).collect();
    let mut cut = 0;
    for table in &tables {
        for row in table.rows.iter().filter(|row| row.len() == 2) {
            for line in row[1].shown().lines().filter(|_| table.columns[0].heading == "Point") {
                let (line, more) = line.split_once(" \u{2013} and ").map_or((line, false), |(line, _)| (line, true));
                cut += usize::from(more);
                // a cut line begins as the whole one does
                let start = line.split(['\u{2026}', '(']).next().unwrap().trim_end();
                let known = |fact: &String| fact.starts_with(start) || fact.contains(start);
                assert!(row[0].shown() == "What it would do to the programmes" || all.iter().any(known), "{line}");
            }
        }
    }
    assert!(cut > 5, "{cut} lists are cut");
    // as a workbook, the tracker is still found in its sheet
    let bytes = export::xlsx(&tracker).unwrap();
    let read = tlevel_report::read_table(&bytes, tlevel::consult::Tracker::COLUMNS).unwrap();
    assert_eq!(tlevel::consult::Tracker::from_table(&read).unwrap().proposals().len(), 7);
}
