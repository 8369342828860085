//! Tables of words: the format, hostile bytes, and laws of vectors and evidence.

use proptest::prelude::*;
use tlevel::meaning::{Meaning, MeaningError, TableAbout, TableSource, WordTable};

/// A table of a few pieces of three dimensions.
fn table() -> WordTable {
    let mut source = TableSource::default();
    (source.name, source.licence) = ("invented".to_owned(), "none".to_owned());
    let mut about = TableAbout::default();
    about.sources.push(source);
    about.seed = 18;
    let rows: [(&str, [f32; 3]); 9] = [
        ("##er", [0.1, 0.1, 0.1]),
        ("##ing", [0.1, 0.1, 0.0]),
        ("plumb", [2.0, 0.2, 0.0]),
        ("pipe", [1.5, 0.1, 0.3]),
        ("##s", [0.0, 0.0, 0.01]),
        ("bake", [0.1, 1.0, -0.4]),
        ("bread", [0.0, 1.7, -0.2]),
        ("a", [0.01, 0.0, 0.01]),
        ("nothing", [0.0, 0.0, 0.0]),
    ];
    WordTable::from_rows(about, rows.map(|(piece, row)| (piece.to_owned(), row.to_vec()))).unwrap()
}

fn message(bytes: &[u8]) -> String {
    WordTable::from_bytes(bytes).unwrap_err().to_string()
}

#[test]
fn a_table_reads_back_as_it_was_written() {
    let bytes = table().to_bytes();
    let read = WordTable::from_bytes(&bytes).unwrap();
    assert_eq!(read, table());
    assert_eq!((read.len(), read.dimensions(), read.about().seed), (9, 3, 18));
    assert_eq!(read.about().sources[0].name, "invented");
    assert_eq!(read.to_bytes(), bytes);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let rows = || [("b", 1.0), ("a", 2.0), ("##a", 3.0)].map(|(piece, v)| (piece.to_owned(), vec![v]));
    let one = WordTable::from_rows(TableAbout::default(), rows()).unwrap();
    let other = WordTable::from_rows(TableAbout::default(), rows().into_iter().rev()).unwrap();
    assert_eq!(one.to_bytes(), other.to_bytes());
}

#[test]
fn every_truncation_is_an_error() {
    let mut bytes = table().to_bytes();
    for end in 0..bytes.len() {
        assert!(WordTable::from_bytes(&bytes[..end]).is_err(), "{end}");
    }
    bytes.push(0);
    assert!(WordTable::from_bytes(&bytes).is_err());
}

#[test]
fn hostile_bytes_are_named_errors() {
    let good = table().to_bytes();
    let with = |at: usize, new: &[u8]| {
        let mut bytes = good.clone();
        bytes[at..at + new.len()].copy_from_slice(new);
        bytes
    };
    let most = u32::MAX.to_le_bytes();
    let lines = good.windows(5).position(|w| w == b"##er\n").unwrap();
    let scales = good.len() - 9 * (3 + 4);
    for (bytes, expected) in [
        (b"no table".to_vec(), "at byte 0): it does not begin with \"TLWORDS\""),
        (with(8, &[2]), "version 2 of the format; this program reads version 1"),
        (with(10, &[0, 0]), "0 dimensions; there can be 1 to 1024"),
        (with(10, &[255, 255]), "65535 dimensions"),
        (with(12, &most), "4294967295 pieces of 3 dimensions do not fit into"),
        (with(16, &most), "do not fit into"),
        (with(20, &most), "do not fit into"),
        (with(24, b"?"), "its header cannot be read"),
        (with(lines, b"\xff"), "its pieces are not UTF-8"),
        (with(lines, b"zz"), "is empty or out of order"),
        (with(lines + 4, b"e"), "8 pieces where the header says 9"),
        (with(scales, &f32::NAN.to_le_bytes()), "the scale of piece 1 is not a number from 0 up"),
        (with(scales + 4, &(-1.0_f32).to_le_bytes()), "the scale of piece 2"),
        (with(scales + 8, &f32::INFINITY.to_le_bytes()), "the scale of piece 3"),
    ] {
        let message = message(&bytes);
        assert!(message.starts_with("not a table of words (at byte ") && message.contains(expected), "{message}");
    }
    // as large as a scale can be, and the vectors are still sound
    let vast =
        WordTable::from_bytes(&with(scales, &[f32::MAX.to_le_bytes(), f32::MAX.to_le_bytes()].concat())).unwrap();
    assert!(vast.vector("plumber plumbing").unwrap().values().iter().all(|v| v.is_finite()));
}

#[test]
fn rows_that_cannot_be_a_table_are_named() {
    let rows = |rows: &[(&str, &[f32])]| {
        let rows = rows.iter().map(|&(piece, row)| (piece.to_owned(), row.to_vec()));
        WordTable::from_rows(TableAbout::default(), rows).unwrap_err()
    };
    assert!(rows(&[]).to_string().ends_with("0 dimensions; there can be 1 to 1024"));
    assert!(rows(&[("a", &[])]).to_string().contains("0 dimensions"));
    assert!(rows(&[("a", &[1.0]), ("a", &[2.0])]).to_string().ends_with("the piece \"a\" is empty or comes twice"));
    assert!(rows(&[("a", &[1.0]), ("", &[2.0])]).to_string().ends_with("the piece \"\" is empty or comes twice"));
    assert!(rows(&[("a\nb", &[1.0])]).to_string().ends_with("the piece \"a\\nb\" has several lines"));
    for bad in [rows(&[("a", &[1.0]), ("b", &[1.0, 2.0])]), rows(&[("b", &[f32::NAN])])] {
        assert!(matches!(bad, MeaningError::BadVector { ref id, .. } if id == "b"), "{bad}");
    }
}

#[test]
fn words_without_a_row_have_no_vector() {
    let table = table();
    for text in ["", "  ", "florist", "plumbx", "nothing", "\u{65e5}\u{672c}", "!?"] {
        assert_eq!(table.vector(text), None, "{text}");
        assert!(table.pairs(text, "plumber", 5).is_empty() && table.pairs("plumber", text, 5).is_empty(), "{text}");
    }
    // what is not known does not change what is
    assert_eq!(table.vector("Plumber, florist"), table.vector("plumber"));
    assert_eq!(table.vector("PL\u{dc}MBER"), table.vector("plumber"));
}

#[test]
fn evidence_is_in_words_and_adds_up() {
    let table = table();
    let (one, other) = ("A plumber bakes", "Pipes; plumbing, and BREAD, pipes");
    let all = table.pairs(one, other, usize::MAX);
    let sum: f64 = all.iter().map(|pair| pair.share).sum();
    let cosine = table.vector(one).unwrap().cosine(&table.vector(other).unwrap());
    assert!((sum - cosine).abs() < 1e-6, "{sum} {cosine}");
    // three words and three; "and" is not known, and "pipes" comes twice
    assert_eq!(all.len(), 9);
    assert!(all.is_sorted_by(|a, b| a.share >= b.share));
    assert_eq!((all[0].first.as_str(), all[0].second.as_str()), ("plumber", "pipes"));
    assert_eq!(table.pairs(one, other, 2), all[..2]);
    assert_eq!(Meaning::Table(&table).pairs(one, other, 2), all[..2]);
    // long texts: bounded
    let long = (0..3000).map(|i| format!("a{}", "s".repeat(i % 90))).collect::<Vec<_>>().join(" ");
    assert!(table.pairs(&long, &long, usize::MAX).len() <= 500 * 500);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let _ = WordTable::from_bytes(&bytes);
        let mut changed = table().to_bytes();
        let at = at.index(changed.len());
        changed.splice(at..(at + bytes.len().min(4)).min(changed.len()), bytes.iter().copied().take(4));
        if let Ok(table) = WordTable::from_bytes(&changed) {
            let _ = table.vector("a plumber bakes pipes");
        }
    }

    #[test]
    fn cosines_lie_between_minus_1_and_1(one in "[a-eplumbr \u{e9}\u{130}-]{0,40}", other in "(plumber|bake|bread|pipes| ){0,9}") {
        let table = table();
        if let (Some(a), Some(b)) = (table.vector(&one), table.vector(&other)) {
            prop_assert!((-1.0..=1.0).contains(&a.cosine(&b)));
            prop_assert!((a.cosine(&b) - b.cosine(&a)).abs() < 1e-12);
            prop_assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
            let sum: f64 = table.pairs(&one, &other, usize::MAX).iter().map(|p| p.share).sum();
            prop_assert!((sum - a.cosine(&b)).abs() < 1e-5);
            prop_assert_eq!(table.vector(&one), Some(a));
        }
    }
}

#[cfg(feature = "meaning")]
mod carried {
    use super::*;

    #[test]
    fn the_table_is_small_and_says_what_it_was_made_from() {
        let table = WordTable::bundled();
        let bytes = table.to_bytes();
        assert!(bytes.len() < 2_000_000, "{}", bytes.len());
        assert_eq!(WordTable::from_bytes(&bytes).unwrap(), *table);
        let about = table.about();
        assert!(about.recipe.contains("O*NET") && about.seed == 18 && about.versions.contains_key("torch"));
        let licences: Vec<&str> = about.sources.iter().map(|source| source.licence.as_str()).collect();
        assert_eq!(licences, ["Apache-2.0", "CC BY 4.0", "CC BY 4.0"]);
        assert!(about.sources.iter().all(|s| !s.attribution.is_empty() && s.url.starts_with("https://")));
    }

    /// Single words only: a sentence of a source would need a space.
    #[test]
    fn the_table_holds_no_sentence() {
        let bytes = include_bytes!("../../fixtures/meaning/words.bin");
        let size = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (count, header, pieces) = (size(12), size(16), size(20));
        let pieces = std::str::from_utf8(&bytes[24 + header..24 + header + pieces]).unwrap();
        assert_eq!(pieces.lines().count(), count);
        for piece in pieces.lines() {
            let letters = piece.strip_prefix("##").unwrap_or(piece);
            assert!(
                letters.len() <= 24 && letters.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
                "{piece}"
            );
        }
    }

    #[test]
    fn every_word_of_letters_and_digits_is_known() {
        let table = WordTable::bundled();
        for word in ["qzxjkv", "a", "7", "x9", "floristry", "kubernetes", "3d", "\u{e9}lan"] {
            assert!(table.vector(word).is_some(), "{word}");
        }
        assert!(table.vector("\u{65e5}\u{672c}").is_none());
    }

    /// Which of three is nearest: what words alone do not see.
    #[test]
    fn words_that_differ_and_say_the_same_are_near() {
        let table = WordTable::bundled();
        for (text, near, far) in [
            ("Plumber", "Pipe fitting and heating", ["Bookkeeping", "Road haulage"]),
            ("Lorry driver", "Road haulage", ["Childcare", "Bookkeeping"]),
            ("Nursery worker", "Care for young children", ["Drive vehicles", "Lay bricks"]),
            ("Keep records", "Maintain documentation", ["Maintain vehicles", "Keep animals"]),
            ("Bricklayer", "Build walls of masonry", ["Write computer programs", "Cut hair"]),
        ] {
            let cosine = |other: &str| table.vector(text).unwrap().cosine(&table.vector(other).unwrap());
            for far in far {
                assert!(cosine(near) > cosine(far), "{text}: {near} {:.3}, {far} {:.3}", cosine(near), cosine(far));
            }
        }
    }
}
