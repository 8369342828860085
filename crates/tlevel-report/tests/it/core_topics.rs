//! Programmes by topic, as people see them.

use tlevel::derive::{Derivation, Holders, Policy};
use tlevel::review::explain_topic;
use tlevel::topics::{TopicDecisions, TopicMatrix, Topics, Vocabulary};
use tlevel::{ProgrammeBuilder, Programmes};
use tlevel_report::document::Document;
use tlevel_report::{Layout, Site, export, picture, report};

fn made() -> Programmes {
    let bytes = include_bytes!("../../../../fixtures/maps/england.json");
    ProgrammeBuilder::new(Policy::panel()).of_bytes(bytes).unwrap()
}

fn only(derivation: &Derivation, ending: &str) -> Derivation {
    let mut one = derivation.clone();
    one.programmes.retain(|p| p.pathway.id.ends_with(ending));
    one.no_programme.clear();
    one.set_aside.clear();
    one
}

fn rows(document: &Document) -> Vec<csv::StringRecord> {
    let text = export::csv(document);
    csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect()
}

#[test]
fn text_of_programmes_by_topic() {
    let derivation = made().derivation;
    let shown = |ending: &str| {
        let document = report::programmes(&only(&derivation, ending));
        (export::terminal(&document, &Layout::default()), export::terminal(&document, &Layout::default().full(true)))
    };
    let (brief, full) = shown("/onsite-construction");
    insta::assert_snapshot!("a_programme_by_topic", brief);
    insta::assert_snapshot!("a_programme_by_topic_in_full", full);
    insta::assert_snapshot!("overview_by_topic", export::terminal(&report::overview(&derivation), &Layout::default()));
}

#[test]
fn a_pathway_fits_on_two_screens() {
    let derivation = made().derivation;
    for programme in derivation.programmes.iter().filter(|p| !p.topics.is_empty()) {
        let one = only(&derivation, &programme.pathway.id);
        let text = export::terminal(&report::programmes(&one), &Layout::default());
        let lines = text.lines().count();
        assert!(lines <= 100, "{}: {lines} lines\n{text}", programme.pathway.name);
        for topic in &programme.topics {
            assert!(text.contains(&topic.heading), "{}", topic.heading);
        }
    }
}

#[test]
fn the_table_has_a_row_for_each_topic_and_item() {
    let derivation = made().derivation;
    let rows = rows(&report::programme_table(&derivation));
    let of_part = |part: &str| rows.iter().filter(|row| &row[16] == part).count();
    let topics: usize = derivation.programmes.iter().map(|p| p.topics.len() + p.near_topics.len()).sum();
    assert_eq!(of_part("topic"), topics);
    let elements: usize = derivation.programmes.iter().flat_map(|p| &p.topics).map(|topic| topic.elements.len()).sum();
    assert!(elements > 20 && of_part("element") == elements, "{} {elements}", of_part("element"));
    let misses: usize = derivation.programmes.iter().map(|p| p.near_misses.len()).sum();
    let items: usize = derivation.programmes.iter().map(|p| p.items().count()).sum();
    assert_eq!(rows.len(), topics + items + misses);
}

#[test]
fn a_matrix_has_what_the_programme_says() {
    let made = made();
    let topics = Topics::assign_with(&made.map, &Vocabulary::bundled(), &TopicDecisions::default(), |statement| {
        statement.occupation().level().number() == 3
    });
    let topics = topics.unwrap();
    let programme = made.derivation.programme("construction/onsite-construction").unwrap();
    let occupations = programme.counting.iter().map(|o| made.map.occupation(&o.id).unwrap());
    let occupations: Vec<_> = occupations.filter(|occupation| occupation.options().len() == 0).collect();
    let units: Vec<_> = occupations.iter().flat_map(|occupation| occupation.units()).collect();
    let matrix = TopicMatrix::new(&topics, &units);
    let document =
        report::topic_matrix(&matrix, "Onsite construction", |id| made.map.occupation(id).map(|o| o.title()));
    let rows = rows(&document);
    assert!(programme.topics.len() > 3);
    for topic in programme.topics.iter().filter(|topic| topic.group.is_none()) {
        let row = rows.iter().find(|row| row[0] == topic.id).unwrap();
        for (i, occupation) in occupations.iter().enumerate() {
            let holder = topic.holders.iter().find(|holder| holder.occupation == occupation.id());
            let expected = match holder.map(|holder| (holder.statements, holder.has)) {
                None => String::new(),
                Some((n, true)) => n.to_string(),
                Some((n, false)) => format!("({n})"),
            };
            assert_eq!(row[4 + i], expected, "{} {}", topic.heading, occupation.title());
        }
    }
    let svg = export::svg(&document).unwrap();
    assert!(svg.contains(">General topics</text>") && svg.contains(", too few"));
}

#[test]
fn a_topic_is_explained_in_each_programme() {
    let made = made();
    let holders = Holders::new(&made.map, &made.concepts, &made.derivation.policy).unwrap();
    let why = explain_topic(&made.concepts, &holders, &made.derivation, "health-and-safety").unwrap();
    let text = export::terminal(&report::explained_topic(&why), &Layout::default());
    assert!(text.starts_with("Health and safety\n"), "{text}");
    let onsite = text.split("Construction > Onsite construction").nth(1).unwrap();
    let onsite = onsite.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let programme = made.derivation.programme("construction/onsite-construction").unwrap();
    let topic = programme.topics.iter().find(|topic| topic.id == "health-and-safety").unwrap();
    assert!(onsite.contains(topic.tier.name()) && onsite.contains("The chance that"), "{text}");
    for occupation in &programme.counting {
        assert!(onsite.contains(&occupation.id), "{} in {onsite}", occupation.title);
    }
    // it is core there, so it comes before the pathways in which it is not
    let tiers: Vec<bool> = text.lines().filter(|l| l.contains(" > ")).map(|l| l.ends_with("core")).collect();
    assert!(tiers.is_sorted_by_key(|is_core| !is_core), "{text}");
}

#[test]
fn a_site_and_pictures_show_topics() {
    let made = made();
    let site = Site::new(&made.map, &made.concepts, &made.derivation).unwrap();
    let page = |path: &str| site.files().find(|file| file.path == path).unwrap().content;
    let programme = made.derivation.programme("construction/onsite-construction").unwrap();
    let pages = [
        page("pathways/construction-onsite-construction.html"),
        page("programmes/construction-onsite-construction.html"),
        picture::programme(programme, |id| made.map.occupation(id).map(|o| o.title())).svg().to_owned(),
    ];
    for topic in &programme.topics {
        for page in &pages {
            assert!(page.contains(&topic.heading), "{}", topic.heading);
        }
    }
}
