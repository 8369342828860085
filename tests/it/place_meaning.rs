//! Placement with what texts mean: the same laws, and what the vectors add.

use tlevel::map::Map;
use tlevel::meaning::{Meaning, TableAbout, Vectors, WordTable};
use tlevel::place::{NewOccupation, Placer, reference};

fn england() -> Map {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    tlevel::check(raw).unwrap().map
}

/// A made-up table: a word's first letters decide its direction, apart from a few
/// words that mean the same as others.
fn table() -> WordTable {
    let mut rows: Vec<(String, Vec<f32>)> = Vec::new();
    for (i, letter) in ('a'..='z').enumerate() {
        let angle = i as f32 * 0.37;
        rows.push((letter.to_string(), vec![angle.cos(), angle.sin(), 0.3, (i % 5) as f32 * 0.1]));
        rows.push((format!("##{letter}"), vec![0.01, 0.02, 0.0, 0.01]));
    }
    for word in ["brick", "bricklayer", "zythum"] {
        rows.push((word.to_owned(), vec![0.0, 0.0, 0.0, 9.0]));
    }
    WordTable::from_rows(TableAbout::default(), rows).unwrap()
}

#[test]
fn the_index_equals_the_full_scan_and_shares_add_up() {
    let (map, table) = (england(), table());
    let placer = Placer::with_meaning(&map, Meaning::Table(&table));
    let mut of_meaning = 0;
    for occupation in map.occupations().step_by(57) {
        for new in [NewOccupation::from(occupation), NewOccupation::titled(format!("{} zythum", occupation.title()))] {
            let found = placer.suggest_with_evidence(&new, 3);
            let plain = reference::suggest(&placer, &new, 3);
            assert_eq!((found.verdict, &found.because), (plain.verdict, &plain.because));
            for (found, plain) in found.suggestions.iter().zip(&plain.suggestions) {
                assert_eq!((&found.cluster, found.score.to_bits()), (&plain.cluster, plain.score.to_bits()));
                let evidence = placer.explain(&new, &found.cluster).unwrap();
                let sum: f64 = evidence.shares.iter().map(|share| share.share).sum();
                assert!((sum - found.score).abs() < 1e-6, "{sum} and {}", found.score);
                of_meaning += evidence.shares.iter().filter(|share| share.term == "(meaning)").count();
            }
        }
    }
    assert!(of_meaning > 10, "{of_meaning}");
}

#[test]
fn a_word_that_the_map_does_not_have_speaks_by_its_meaning() {
    let (map, table) = (england(), table());
    let bricklayer = map.occupations().find(|o| o.title() == "Bricklayer").unwrap();
    let new = NewOccupation::titled("Zythum");
    let meaning = |placer: &Placer| {
        let evidence = placer.explain(&new, bricklayer.cluster().id()).unwrap();
        evidence.shares.iter().filter(|share| share.term == "(meaning)").map(|share| share.share).sum::<f64>()
    };
    assert!(meaning(&Placer::with_meaning(&map, Meaning::Table(&table))) > 0.0);
    assert!(meaning(&Placer::new(&map)).abs() < 1e-12);
}

#[test]
fn a_saved_index_keeps_its_table_and_its_vectors() {
    let (map, table) = (england(), table());
    let row = |o: tlevel::map::Occupation<'_>| (o.id().to_owned(), vec![o.title().len() as f32, 3.0]);
    let own = Vectors::new(map.occupations().step_by(2).map(row)).unwrap();
    for meaning in [Meaning::Table(&table), Meaning::Own(&own)] {
        let placer = Placer::with_meaning(&map, meaning);
        let bytes = placer.save();
        let loaded = Placer::load(&bytes).unwrap();
        assert_eq!(loaded.save(), bytes);
        for occupation in map.occupations().step_by(71) {
            let new = NewOccupation::from(occupation);
            assert_eq!(loaded.suggest(&new, 3), placer.suggest(&new, 3));
        }
        assert_ne!(bytes, Placer::new(&map).save());
    }
}

#[test]
fn vectors_of_ones_own_speak_for_the_occupations_that_have_one() {
    let map = england();
    let home = map.occupations().find(|o| o.title() == "Bricklayer").unwrap();
    // those of one cluster in one direction, with a new one; the others in another
    let row = |o: tlevel::map::Occupation<'_>| {
        let near = o.cluster().id() == home.cluster().id();
        (o.id().to_owned(), if near { vec![1.0, 0.0] } else { vec![0.0, 1.0] })
    };
    let rows = map.occupations().map(row).chain([("new".to_owned(), vec![1.0, 0.1])]);
    let own = Vectors::new(rows).unwrap();
    let placer = Placer::with_meaning(&map, Meaning::Own(&own));
    let known = NewOccupation::titled("Somebody").with_id("new");
    assert_eq!(placer.suggest(&known, 1).suggestions[0].cluster, home.cluster().id());
    // without its vector it is placed by words alone, and nothing is known of those
    let unknown = NewOccupation::titled("Somebody").with_id("another");
    let evidence = placer.explain(&unknown, home.cluster().id()).unwrap();
    assert!(evidence.shares.iter().all(|share| share.term != "(meaning)"));
}
