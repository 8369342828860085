//! Placement with what texts mean: the same laws, and what the vectors add.

use std::collections::BTreeSet;

use tlevel::map::Map;
use tlevel::meaning::{Meaning, TableAbout, Vectors, WordTable};
use tlevel::place::{NewOccupation, Placer, Verdict, reference};

fn england() -> Map {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    tlevel::check(raw).unwrap().map
}

/// A made-up table of the map's words: the first letter of each decides its
/// direction, apart from a few words that mean the same as others.
fn table() -> WordTable {
    let words: BTreeSet<String> = england()
        .occupations()
        .flat_map(|o| [o.title().to_owned(), o.raw().overview.clone().unwrap_or_default()])
        .flat_map(|text| {
            let words = text.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_lowercase);
            words.collect::<Vec<_>>()
        })
        .collect();
    let same = ["brick", "bricklayer", "zythum"];
    let mut rows: Vec<(String, Vec<f32>)> = Vec::new();
    for word in words.iter().filter(|word| !same.contains(&word.as_str())) {
        let Some(first) = word.bytes().next() else { continue };
        let (angle, i) = (f32::from(first - b'a') * 0.37, first - b'a');
        rows.push((word.clone(), vec![angle.cos(), angle.sin(), 0.3, f32::from(i % 5) * 0.1]));
    }
    rows.extend(same.map(|word| (word.to_owned(), vec![0.0, 0.0, 0.0, 9.0])));
    WordTable::from_rows(TableAbout::default(), rows).unwrap()
}

/// A made-up table that can spell any word.
fn spelling() -> WordTable {
    let letter = |c: char| [(c.to_string(), vec![0.3, 0.1, 0.2, 1.0]), (format!("##{c}"), vec![0.2, 0.1, 0.9, 0.4])];
    let words = ["brick", "bricklayer", "plumber", "nurse"].map(|word| (word.to_owned(), vec![1.0, 0.2, 0.3, 0.1]));
    WordTable::from_rows(TableAbout::default(), ('a'..='z').flat_map(letter).chain(words)).unwrap()
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
                let meaning = evidence.shares.iter().find(|share| share.term == "(meaning)");
                let by_word: f64 = evidence.near_words.iter().map(|word| word.share).sum();
                let meaning = meaning.map_or(0.0, |share| share.share);
                assert!((by_word - meaning).abs() < 1e-5, "{by_word} and {meaning}");
                of_meaning += usize::from(meaning > 0.0);
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
fn the_words_that_are_near_are_named() {
    let (map, table) = (england(), table());
    let placer = Placer::with_meaning(&map, Meaning::Table(&table));
    let bricklayer = map.occupations().find(|o| o.title() == "Bricklayer").unwrap();
    let new = NewOccupation::titled("Zythum worker");
    let evidence = placer.explain(&new, bricklayer.cluster().id()).unwrap();
    assert_eq!(evidence.near_words.len(), 2);
    let first = &evidence.near_words[0];
    assert_eq!((first.word.as_str(), first.near[0].as_str()), ("zythum", "bricklayer"));
    let with_evidence = placer.suggest_with_evidence(&new, 1).suggestions.remove(0);
    assert_eq!(with_evidence.near_words[0].word, "zythum");
    // no word of the question is named as near itself
    let own = placer.explain(&NewOccupation::titled("Bricklayer"), bricklayer.cluster().id()).unwrap();
    assert!(own.near_words.iter().all(|word| !word.near.contains(&"bricklayer".to_owned())));
    // nothing without a table
    assert!(Placer::new(&map).explain(&new, bricklayer.cluster().id()).unwrap().near_words.is_empty());
}

#[test]
fn what_nobody_knows_is_ranked_nowhere() {
    let (map, table) = (england(), spelling());
    for placer in [Placer::new(&map), Placer::with_meaning(&map, Meaning::Table(&table))] {
        for title in ["xqzt", "xqzting", "Qwrtp zxkv", ""] {
            let new = NewOccupation::titled(title).with_level(3);
            let found = placer.suggest_with_evidence(&new, 3);
            assert_eq!((found.verdict, found.suggestions.len()), (Verdict::TooLittle, 0), "{title}: {found:?}");
            assert_eq!(found, reference::suggest(&placer, &new, 3));
        }
        // a misspelt word says something by its letters
        let misspelt = placer.suggest(&NewOccupation::titled("Bricklaier"), 3);
        assert_eq!(
            misspelt.suggestions[0].cluster,
            placer.suggest(&NewOccupation::titled("Bricklayer"), 1).suggestions[0].cluster
        );
        // what nobody knows changes nothing in the meaning of the rest
        let [one, both] = ["Bricklayer", "Bricklayer xqzt"].map(NewOccupation::titled);
        let meaning = |new: &NewOccupation| {
            let cluster = &misspelt.suggestions[0].cluster;
            placer.explain(new, cluster).unwrap().near_words
        };
        assert_eq!(meaning(&one), meaning(&both));
    }
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
