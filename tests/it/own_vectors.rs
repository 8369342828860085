//! A caller's own vectors: `.npy` files, ids, and how they fit a map.

use proptest::prelude::*;
use tlevel::meaning::{Meaning, MeaningError, Vectors};

/// A `.npy` file: a version, a header and numbers.
fn npy(version: u8, header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY".to_vec();
    bytes.extend([version, 0]);
    let length = header.len() as u32;
    bytes.extend(&length.to_le_bytes()[..if version == 1 { 2 } else { 4 }]);
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

fn header(kind: &str, shape: &str) -> String {
    format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}   \n")
}

const VALUES: [f32; 4] = [3.0, 4.0, 0.0, -2.0];

fn little() -> Vec<u8> {
    VALUES.iter().flat_map(|v| v.to_le_bytes()).collect()
}

#[test]
fn every_version_order_and_width_of_numbers_is_read() {
    let big: Vec<u8> = VALUES.iter().flat_map(|v| v.to_be_bytes()).collect();
    let wide: Vec<u8> = VALUES.iter().flat_map(|&v| f64::from(v).to_le_bytes()).collect();
    let wide_big: Vec<u8> = VALUES.iter().flat_map(|&v| f64::from(v).to_be_bytes()).collect();
    let sorted = "{\"shape\":(2,2),\"fortran_order\":False,\"descr\":\"<f4\"}";
    for (version, header, data) in [
        (1, header("<f4", "(2, 2)"), little()),
        (2, header("<f4", "(2, 2,)"), little()),
        (3, header(">f4", "(2, 2)"), big),
        (1, header("<f8", "(2, 2)"), wide),
        (1, header(">f8", "(2, 2)"), wide_big),
        (1, sorted.to_owned(), little()),
    ] {
        let vectors = Vectors::from_npy(&npy(version, &header, &data), "\u{feff}one\r\n two \n\n").unwrap();
        assert_eq!((vectors.len(), vectors.dimensions()), (2, 2), "{header}");
        assert_eq!(vectors.get("one").unwrap().values(), [0.6, 0.8]);
        assert_eq!(vectors.get("two").unwrap().values(), [0.0, -1.0]);
        assert_eq!(vectors.ids().collect::<Vec<_>>(), ["one", "two"]);
    }
    assert!(Vectors::from_npy(&npy(1, &header("<f4", "(0, 3)"), b""), "").unwrap().is_empty());
}

#[test]
fn what_is_no_matrix_of_vectors_says_what_to_do() {
    let good = header("<f4", "(2, 2)");
    for (bytes, expected) in [
        (b"PK\x03\x04".to_vec(), "it does not begin as one; write it with np.save"),
        (npy(1, &good, &little())[..9].to_vec(), "it ends within its header"),
        (npy(1, &good, &little())[..40].to_vec(), "it ends within its header"),
        (npy(4, &good, &little()), "version 4 of the format; versions 1 to 3 can be read"),
        (npy(2, &good.replace("False", "True"), &little()), "save np.ascontiguousarray(matrix)"),
        (npy(1, &header("<f4", "(4,)"), &little()), "its dimensions are 1; save a matrix of 2, a row for each vector"),
        (npy(1, &header("<f4", "()"), &little()), "its dimensions are 0"),
        (npy(1, &header("<f4", "(1, 2, 2)"), &little()), "its dimensions are 3"),
        (npy(1, &header("<f2", "(2, 2)"), &little()), "of the kind \"<f2\"; save matrix.astype(\"float32\")"),
        (npy(1, &header("|O", "(2, 2)"), &little()), "of the kind \"|O\""),
        (npy(1, &good, &little()[..15]), "2 rows of 2 numbers of 4 bytes do not make 15 bytes"),
        (npy(1, &header("<f4", "(18446744073709551615, 18446744073709551615)"), &little()), "do not make 16 bytes"),
        (npy(1, &header("<f4", "(99999999999999999999, 1)"), &little()), "its header cannot be read"),
        (npy(1, &header("<f4", "(2, -2)"), &little()), "its header cannot be read"),
        (npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", &little()), "cannot be read"),
        (npy(1, "{'descr': '<f4', 'shape': (2, 2), }", &little()), "its header cannot be read"),
        (npy(1, "{'descr': '<f4", &little()), "its header cannot be read"),
        (npy(1, "", &little()), "its header cannot be read"),
    ] {
        let message = Vectors::from_npy(&bytes, "one\ntwo").unwrap_err().to_string();
        assert!(message.starts_with("not a .npy file of vectors: ") && message.contains(expected), "{message}");
    }
}

#[test]
fn ids_that_do_not_fit_are_named_with_their_lines() {
    let file = npy(1, &header("<f4", "(2, 2)"), &little());
    for (ids, expected) in [
        ("one", "1 lines with ids, 2 rows of numbers; one a row is needed"),
        ("", "0 lines with ids"),
        ("one\ntwo\nthree", "3 lines with ids"),
        ("one\none\n", "\"one\" is in line 1 and again in line 2"),
    ] {
        let error = Vectors::from_npy(&file, ids).unwrap_err();
        assert!(matches!(error, MeaningError::BadIds(_)) && error.to_string().contains(expected), "{error}");
    }
    let three = npy(1, &header("<f4", "(3, 1)"), &little()[..12]);
    assert!(Vectors::from_npy(&three, "one\n\nthree").unwrap_err().to_string().ends_with("line 2 is empty"));
    // values that are no direction
    for bad in [f32::NAN, f32::INFINITY, 0.0] {
        let data: Vec<u8> = [1.0, 1.0, bad, 0.0].iter().flat_map(|v| v.to_le_bytes()).collect();
        let error = Vectors::from_npy(&npy(1, &header("<f4", "(2, 2)"), &data), "one\ntwo").unwrap_err();
        assert_eq!(error.to_string(), "the vector of \"two\" cannot be used: its values are all 0 or not finite");
    }
    let none = Vectors::from_npy(&npy(1, &header("<f4", "(2, 0)"), b""), "one\ntwo").unwrap_err();
    assert!(none.to_string().ends_with("its rows have no numbers"), "{none}");
}

#[test]
fn every_truncation_is_an_error() {
    let file = npy(1, &header("<f8", "(1, 2)"), &[1.0_f64, 2.0].map(f64::to_le_bytes).concat());
    assert!(Vectors::from_npy(&file, "one").is_ok());
    for end in 0..file.len() {
        assert!(Vectors::from_npy(&file[..end], "one").is_err(), "{end}");
    }
}

#[test]
fn vectors_are_found_by_the_ids_of_a_map() {
    let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()).unwrap().map;
    let statement = map.statements().next().unwrap();
    let occupation = statement.occupation();
    let id = format!("{}/{}", occupation.id(), statement.id());
    let ids = [id.as_str(), occupation.id(), "topic:planning", "NOBODY", "NOBODY/K1"];
    let vectors = Vectors::new(ids.map(|id| (id.to_owned(), vec![1.0, 2.0]))).unwrap();
    let meaning = Meaning::Own(&vectors);
    assert!(meaning.statement(statement).is_some() && meaning.vector(occupation.id(), "").is_some());
    assert!(meaning.statement(map.statements().nth(1).unwrap()).is_none());
    let coverage = vectors.coverage(&map);
    assert_eq!(coverage.unknown, ["NOBODY", "NOBODY/K1"]);
    assert_eq!((coverage.statements, coverage.occupations), (1, 1));
    assert_eq!(coverage.statements + coverage.statements_without, map.statements().len());
    assert_eq!(coverage.occupations + coverage.occupations_without, map.occupations().len());
}

proptest! {
    #[test]
    fn no_bytes_panic(
        header in "[{}'\"a-z_<>0-9(), :FT]{0,60}|\\{'descr': '<f[48]', 'fortran_order': False, 'shape': \\([0-9, ]{0,40}\\)\\}",
        data in prop::collection::vec(any::<u8>(), 0..40),
        ids in "[a-z\n\r ]{0,12}",
        version in 0_u8..5,
    ) {
        let file = npy(version, &header, &data);
        if let Ok(vectors) = Vectors::from_npy(&file, &ids) {
            prop_assert!(vectors.ids().all(|id| vectors.get(id).is_some_and(|v| (v.cosine(v) - 1.0).abs() < 1e-6)));
        }
    }
}
