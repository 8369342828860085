//! Every report through every exporter: each says all that the report says.

use std::collections::BTreeSet;

use serde_json::json;
use tlevel::change::{Changes, DraftDifference, apply, diff_with_effects};
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, People};
use tlevel::derive::{Holders, Policy, Specification, Tier};
use tlevel::harmonise::Wanted;
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel::map::{Map, Unit};
use tlevel::place::{NewOccupation, Placer};
use tlevel::progression::steps;
use tlevel::review::{Explained, explain_topic};
use tlevel::study::{
    CardSort, Gold, Judge, Labels, Method, MisfitStudy, OfficialGrouping, Points, SweepStudy, cluster, compare, misfit,
    sweep,
};
use tlevel::table::Table;
use tlevel::teaching::TeachingPlan;
use tlevel::topics::{TopicMatrix, Topics, Vocabulary};
use tlevel::{ProgrammeBuilder, Programmes};
use tlevel_report::document::{Block, Cell, Document, Entry, Listing};
use tlevel_report::{Layout, export, report};

/// A judgement of statements of the small map.
const GOLD: &str = "occupation,statement,concept\nLARS82,K1,a\nLARS287,K1,a\nLARS82,K2,b\n";

/// The bundled map, derived by topic.
fn by_topic() -> Programmes {
    let bytes = include_bytes!("../../../../fixtures/maps/england.json");
    ProgrammeBuilder::new(Policy::panel()).of_bytes(bytes).unwrap()
}

/// A pathway with core topics, and its units.
fn board(map: &Map) -> (Vec<Unit<'_>>, &'static str) {
    let pathway = "construction/onsite-construction";
    let occupations = map.pathway(pathway).into_iter().flat_map(|pathway| pathway.occupations());
    (occupations.flat_map(|occupation| occupation.units()).collect(), pathway)
}

/// Tables without a row: no occupation that counts has the concept, there is no draft,
/// and nothing is filled in.
pub(crate) const WITHOUT_ROWS: [&str; 3] = ["explanation", "drafts", "template"];

/// A report of each result, by the name of its function and, after a colon, what
/// it is of.
#[allow(clippy::too_many_lines, reason = "a line or two for each report")]
pub(crate) fn reports() -> Vec<(&'static str, Document)> {
    let map =
        tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap()).unwrap();
    let (findings, map) = (map.findings, map.map);
    let (concepts, policy) = (Concepts::exact(&map), Policy::t_level());
    let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
    let placer = Placer::new(&map);

    let broken = json!({"format": "tlevel-map", "version": 1, "routes": [{"id": "r", "name": " R "}, {"name": ""}]});
    let broken = match tlevel::check(tlevel::read(broken.to_string().as_bytes()).unwrap()) {
        Ok(checked) => checked.findings,
        Err(rejected) => rejected.findings,
    };

    let measure = Measure::new(&map);
    let holders = Holders::new(&map, &concepts, &policy).unwrap();
    let concept = concepts.iter().max_by_key(|c| c.statements().len()).unwrap().index();
    let explanation = tlevel::review::explain(&measure, &concepts, &holders, &derivation, concept).unwrap();

    let new = NewOccupation::titled("Drone surveyor");
    let placement = placer.suggest(&new, 3);
    let clusters = placement.suggestions.iter();
    let evidence: Vec<_> = clusters.filter_map(|s| placer.explain(&new, &s.cluster)).collect();
    let suggested = report::placement(&new, &placement, &evidence);

    let proposal = "change,occupation,level,branch\nre-level,LARS287,3,\nunmark,,,protective-services\n";
    let raw = apply(&map, &Changes::from_csv(proposal).unwrap()).unwrap();
    let changed = tlevel::check(raw).unwrap().map;
    let after = Concepts::exact(&changed);
    let difference = diff_with_effects((&map, &concepts), (&changed, &after), &policy, &policy).unwrap();

    let consultation = Consultation::new(&map, &concepts, &policy).unwrap();
    let responses =
        "question,occupation,from,to,map,rationale\nb,LARS287,,caterer,,They lead gangs\nc,,,hospitality,,\nz,,,,,\n";
    let responses = consultation.responses(responses, People::LeftOut).unwrap();
    let harmony = tlevel::harmonise(&measure, Threshold::new(0.3).unwrap(), &Ledger::default()).unwrap();
    let harmony = harmony.with_overlaps(&measure).report(&measure);
    let asked = asked();
    let nearest = measure.nearest_statements(Wanted::nearest(2));

    let points = Points::new(&placer);
    let clustering = cluster(&points, Method::Average, None, 0).unwrap();
    let judge = Judge { map: &map, points: &points, concepts: &concepts, policy: &policy };
    let clusters = judge.clustering(&clustering).unwrap();
    let comparison = compare(&Labels::of(&map, OfficialGrouping::Pathway), &clustering.labels).unwrap();
    let gold = Gold::from_table(&map, &Table::read(GOLD.as_bytes(), Gold::COLUMNS).unwrap()).unwrap();
    let harmonise_study = tlevel::study::harmonise::study(&measure, Threshold::default(), &gold);
    let misfits = (0..placer.len()).filter_map(|number| misfit(&placer, &map, number, 2, 1)).collect();
    let misfits = MisfitStudy::new(2, 1, placer.len(), misfits);
    let placements = tlevel::study::placement::study(&placer);
    let quorums = ["1", "0.5"].map(|quorum| quorum.parse().unwrap());
    let rows = sweep(&measure, Some(Threshold::default()), &quorums, &policy, &Ledger::default()).unwrap();
    let specification = Specification::of(&map, &concepts, &derivation, "construction/onsite-construction").unwrap();
    let by_topic = by_topic();
    let (units, board) = board(&by_topic.map);
    let assigned = Topics::assign(&by_topic.map, &Vocabulary::bundled());
    let matrix = TopicMatrix::new(&assigned, &units);
    let why = assigned.explain(by_topic.map.statements().next().unwrap()).unwrap();
    let mut some = by_topic.derivation.clone();
    some.programmes.retain(|p| p.pathway.id == board);
    some.no_programme.clear();
    let first = some.programmes[0].topics[0].id.clone();
    let topic_holders = Holders::new(&by_topic.map, &by_topic.concepts, &some.policy).unwrap();
    let explained = explain_topic(&by_topic.concepts, &topic_holders, &by_topic.derivation, &first).unwrap();
    let sort = "occupation,statement,reader_1,core_1\nLARS82,K1,Safety,y\nLARS82,K2,Drawings,n\n";
    let sort = CardSort::read(sort).unwrap();
    let topic_study = tlevel::study::topics::study(&by_topic.map, &assigned, &sort, Some(&some)).unwrap();
    let drafted = Specification::of(&by_topic.map, &by_topic.concepts, &some, board).unwrap();
    let titles = |id: &str| by_topic.map.occupation(id).map(|o| o.title());
    let taught = tlevel::teaching::taught_by(&map, derivation.clone(), "2021").unwrap();
    vec![
        ("findings", report::findings(&findings, "map.json")),
        ("findings: a broken map", report::findings(&broken, "broken.json")),
        ("programmes", report::programmes(&derivation)),
        ("programmes: by topic", report::programmes(&some)),
        ("overview", report::overview(&derivation)),
        ("overview: by topic", report::overview(&by_topic.derivation)),
        ("taught_programmes", report::taught_programmes(&taught)),
        ("taught_overview", report::taught_overview(&taught)),
        ("programme_table", report::programme_table(&derivation)),
        ("programme_table: by topic", report::programme_table(&some)),
        ("placement_table", report::placement_table([(&new, &placement, &evidence[..])])),
        ("left_out_table", report::left_out_table(&placer.leave_one_out())),
        ("explanation", report::explanation(&explanation)),
        ("placement", suggested.clone()),
        ("placement: two", Document::gathered("Clusters for new occupations", [suggested.clone(), suggested])),
        ("progression", report::progression(&steps(&map, &concepts, &placer, "LARS82", 3).unwrap())),
        ("difference", report::difference(&difference)),
        ("drafts", report::drafts(&DraftDifference::new(Vec::new(), difference))),
        ("concepts", report::concepts(&harmony)),
        ("questions", report::questions(&asked)),
        ("questions_table", report::questions_table(&asked)),
        ("similar", report::similar(&nearest)),
        ("study_clusters", report::study_clusters(&clusters)),
        ("study_comparison", report::study_comparison(&comparison)),
        ("study_harmonise", report::study_harmonise(&harmonise_study)),
        ("study_misfits", report::study_misfits(&misfits)),
        ("study_placement", report::study_placement(&placements)),
        ("study_topics", report::study_topics(&topic_study)),
        ("study_sweep", report::study_sweep(&SweepStudy::new(rows))),
        ("teaching_plan", report::teaching_plan(&TeachingPlan::of(&map, &policy))),
        ("specification", report::specification(&specification)),
        ("specification: by topic", report::specification(&drafted)),
        ("specification_table", report::specification_table(&drafted)),
        ("topic_explanation", report::topic_explanation(&why)),
        ("topic_matrix", report::topic_matrix(&matrix, "a pathway", titles)),
        ("explained_topic", report::explained_topic(&explained)),
        ("explained", report::explained(&Explained::Topic(Box::new(explained.clone())))),
        ("consultation: gaps", report::consultation(&consultation.report(consultation.gaps()))),
        ("panel", report::panel(&consultation.report(responses.clone()), "construction").unwrap()),
        ("published", report::published(&consultation.report(responses.clone())).unwrap()),
        ("tracker", report::tracker(&consultation.report(responses.clone())).unwrap()),
        ("template", report::template()),
        ("consultation: responses", report::consultation(&consultation.report(responses))),
    ]
}

/// Questions, with pairs that are decided and one on which people disagree.
fn asked() -> tlevel::review::Questions {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let measure = &Measure::new(&map);
    let head = "decision,occupation_a,statement_a,occupation_b,statement_b,note";
    let of = |rows: &str| Ledger::from_csv(&format!("{head}\n{rows}")).unwrap();
    let (ledger, disagreements) = Ledger::of_several([
        ("asha.csv", of("same,LARS82,K4,OCC0485,K4,yes\ndifferent,LARS82,K5,OCC0485,K5,\n")),
        ("ben.csv", of("same,LARS82,K5,OCC0485,K5,\nsame,LARS82,K99,OCC0485,K5,\n")),
    ]);
    let harmony = tlevel::harmonise(measure, Threshold::default(), &ledger).unwrap();
    let (policy, pathway) = (Policy::panel(), "digital/digital-support-and-services");
    let to_ask =
        tlevel::review::ToAsk { policy: &policy, pathway, ledger: &ledger, disagreements: &disagreements, most: 1_000 };
    let asked = tlevel::review::questions(measure, &harmony, to_ask, |_, _| {}).unwrap().unwrap();
    assert!(!asked.questions.is_empty());
    assert_eq!((asked.decided.len(), asked.disagreements.len()), (2, 1));
    assert!(asked.decided.iter().any(|decided| decided.stale.is_some()));
    asked
}

#[test]
fn every_report_is_listed_here() {
    let manual = include_str!("../../src/report/mod.rs");
    let doors: BTreeSet<&str> = (manual.split("\npub use ").skip(1))
        .filter_map(|door| door.split_once("::"))
        .flat_map(|(_, names)| names.split(';').next().unwrap_or_default().split(','))
        .map(|name| name.trim_matches(|c: char| !c.is_alphanumeric() && c != '_'))
        // these give a specification its codes, and a screening its routes
        .filter(|name| !name.is_empty() && !["numbered", "routes_concerned"].contains(name))
        .collect();
    let listed: BTreeSet<&str> = reports().iter().map(|(name, _)| name.split(':').next().unwrap_or_default()).collect();
    assert_eq!(listed, doors);
}

/// The letters and digits of a text, which no format changes.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text holds those of a document; those of a table's cells too.
fn says(name: &str, format: &str, document: &Document, written: &str) {
    let written = letters(written);
    assert!(document.texts().count() > 2, "{name} is empty");
    for text in document.texts() {
        assert!(written.contains(&letters(&text)), "{name} as {format} lacks {text}\n{written}");
    }
}

/// A document whose measured numbers are left out: workbooks hold all their
/// digits.
#[cfg(feature = "office")]
fn figures_as_numbers(mut document: Document) -> Document {
    fn of_blocks(blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Only { blocks, .. } => of_blocks(blocks),
                Block::Table(table) | Block::Entries { table: Some(table), .. } => {
                    let is_figure = |cell: &Cell| matches!(cell, Cell::Decimal(_));
                    table.rows.iter_mut().for_each(|row| row.retain(|cell| !is_figure(cell)));
                }
                // a sheet has the code of an item, which does not change, as its number
                Block::Content { items, .. } => items.iter_mut().for_each(|item| item.place.clear()),
                _ => {}
            }
        }
    }
    of_blocks(&mut document.blocks);
    document
}

/// Markdown without the addresses of its links.
fn without_addresses(markdown: &str) -> String {
    let mut parts = markdown.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(')').map_or(part, |(_, after)| after))
}

/// The texts of an office file, without marks.
#[cfg(feature = "office")]
fn unpacked(bytes: &[u8]) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        if file.name().starts_with("word/media/") {
            continue;
        }
        let mut part = String::new();
        file.read_to_string(&mut part).unwrap();
        let document = roxmltree::Document::parse(&part).unwrap();
        all.extend(document.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()));
    }
    all
}

#[test]
fn every_exporter_writes_every_report() {
    for (name, document) in reports() {
        assert!(!document.listed(Listing::Brief).is_empty(), "{name}");
        for width in [40, 80] {
            for full in [false, true] {
                let text = export::terminal(&document, &Layout::default().width(width).full(full));
                let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                assert!(longest <= width, "{name}: {longest} columns\n{text}");
                assert!(!text.contains("\n\n\n") && !text.starts_with('\n'), "{name}\n{text}");
            }
        }
        let markdown = export::markdown(&document);
        says(name, "Markdown", &document, &without_addresses(&markdown).replace('\\', ""));
        let page = html_escape::decode_html_entities(&export::html(&document)).into_owned();
        let body = page.split_once("<body>").unwrap().1;
        let plain: String = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        says(name, "HTML", &document, &plain);
        #[cfg(feature = "office")]
        {
            says(name, "Word", &document, &unpacked(&export::docx(&document).unwrap()));
            says(name, "Excel", &figures_as_numbers(document.clone()), &unpacked(&export::xlsx(&document).unwrap()));
        }
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document, "{name} reads back");
    }
}

#[test]
fn findings_are_one_table() {
    let reports = reports();
    let table = export::csv(&reports[1].1);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(rows.headers().unwrap(), vec!["severity", "rule", "line", "column", "message", "pointer", "place"]);
    assert!(rows.records().map(Result::unwrap).any(|row| &row[0] == "error" && row[5].starts_with("/routes")));
}

#[test]
fn a_report_without_a_table_is_a_row_for_each_line() {
    let reports = reports();
    let difference = &reports.iter().find(|(name, _)| *name == "difference").unwrap().1;
    let table = export::csv(difference);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(rows.headers().unwrap(), vec!["part", "section", "sign", "label", "text", "aside", "of"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    // every line of the full listing has a row of its own, below its headings
    let moved =
        |row: &&csv::StringRecord| &row[0] == "What changed" && row[4].starts_with("Bricklayer (LARS287): level 2");
    assert_eq!(rows.iter().filter(moved).count(), 1, "{table}");
    for (name, document) in &reports {
        let table = export::csv(document);
        assert!(table.lines().count() > 1 || WITHOUT_ROWS.contains(name), "{name}");
        let parsed = csv::Reader::from_reader(table.as_bytes()).into_records().collect::<Result<Vec<_>, _>>();
        assert!(parsed.is_ok(), "{name}: rows have as many cells as there are headings");
    }
}

#[test]
fn tables_have_a_row_for_each_thing_and_no_formula() {
    let map = include_str!("../../../../fixtures/maps/consultation.json");
    let map = map.replace("\"title\": \"Bricklayer\"", "\"title\": \"=HYPERLINK(\\\"http://x\\\")\"");
    let map = tlevel::check(tlevel::read(map.as_bytes()).unwrap()).unwrap().map;
    let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level()).unwrap();
    let read = |document: &Document| -> Vec<csv::StringRecord> {
        let text = export::csv(document);
        csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect()
    };
    let rows = read(&report::programme_table(&derivation));
    let items = derivation.programmes.iter().map(|p| p.items().count() + p.near_misses.len()).sum::<usize>();
    assert_eq!(rows.len(), items);
    for tier in [Tier::Route, Tier::Pathway, Tier::Specialism] {
        let of_tier = derivation.programmes.iter().flat_map(|p| p.items()).filter(|(_, of)| *of == tier).count();
        assert_eq!(rows.iter().filter(|row| row[4] == *tier.name()).count(), of_tier, "{tier:?}");
    }
    let near_misses: usize = derivation.programmes.iter().map(|p| p.near_misses.len()).sum();
    assert_eq!(rows.iter().filter(|row| row[4].starts_with("near miss of the ")).count(), near_misses);
    let placer = Placer::new(&map);
    let asked = placer.leave_one_out();
    let rows = read(&report::left_out_table(&asked));
    assert_eq!(rows.len(), asked.len());
    assert!(rows.iter().any(|row| &row[1] == "'=HYPERLINK(\"http://x\")"), "{rows:?}");
    let new = [NewOccupation::titled("+1"), NewOccupation::titled("-x")];
    let answers: Vec<_> = new.iter().map(|new| placer.suggest(new, 2)).collect();
    let rows = read(&report::placement_table(new.iter().zip(&answers).map(|(new, answers)| (new, answers, &[][..]))));
    let titles: Vec<&str> = rows.iter().map(|row| &row[1]).collect();
    assert_eq!(titles, ["+1", "+1", "'-x", "'-x"], "a number is no formula");
}

#[test]
fn texts_of_entries_stay_texts() {
    let text = "<script>alert(1)</script> [x](javascript:y) *z* | # \u{1b}[2J";
    let below = vec![Entry::labelled(text, text)];
    let mut document = Document::report(text);
    text.clone_into(&mut document.aside);
    document.blocks.push(Block::section(1, text, text));
    document.blocks.push(Block::entries(vec![Entry::labelled(text, text).beside(text).with(below)]));
    document.blocks.push(Block::foot(text));
    let page = export::html(&document);
    assert!(!page.contains("<script") && page.matches("&lt;script&gt;").count() >= 9, "{page}");
    let markdown = export::markdown(&document);
    let plain = markdown.replace("\\<", "").replace("\\[", "").replace("\\*", "");
    assert!(!plain.contains(['<', '[', '*']), "{markdown}");
    let shown = export::terminal(&document, &Layout::default());
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown}");
    #[cfg(feature = "office")]
    assert!(unpacked(&export::docx(&document).unwrap()).contains(letters_of_word(text)));
}

/// What an office file holds of a text, up to its control character.
#[cfg(feature = "office")]
fn letters_of_word(text: &str) -> &str {
    text.split('\u{1b}').next().unwrap_or_default().trim_end()
}

#[test]
fn a_brief_listing_is_cut_and_a_file_is_whole() {
    let entries = Entry::first(2, ["a", "b", "c"].map(Entry::new).into());
    let shown = |listing| -> Vec<&str> { Entry::listed(&entries, listing).map(|entry| entry.text.as_str()).collect() };
    assert_eq!(shown(Listing::Brief), ["a", "b", "and 1 more (the full listing has them)"]);
    assert_eq!(shown(Listing::Full), ["a", "b", "c"]);
    assert_eq!(shown(Listing::File), ["a", "b", "c"]);
    let only_files = [Entry::new("proof").only(Listing::File)];
    assert_eq!(Entry::listed(&only_files, Listing::Full).count(), 0);
    assert_eq!(Entry::listed(&only_files, Listing::File).count(), 1);
}
