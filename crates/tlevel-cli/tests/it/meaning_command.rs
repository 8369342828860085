//! What texts mean, on the command line: the carried table, a caller's own vectors,
//! and words only.

use std::path::PathBuf;

use crate::program::{file, json, stops, text, tlevel};

/// A `.npy` file of rows of two numbers.
fn npy(rows: &[[f32; 2]]) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, 2), }}", rows.len());
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(rows.iter().flatten().flat_map(|v| v.to_le_bytes()));
    bytes
}

/// Vectors and, beside them, their ids.
fn vectors(name: &str, ids: &str) -> PathBuf {
    file("meaning", &format!("{name}.ids.txt"), ids);
    let rows: Vec<[f32; 2]> = (0..ids.lines().count()).map(|i| [1.0, i as f32 / 10.0]).collect();
    file("meaning", &format!("{name}.npy"), npy(&rows))
}

fn path(path: &std::path::Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn own_vectors_are_read_with_the_ids_that_stand_next_to_them() {
    let own = vectors("own", "LARS82/K4\nOCC0682/K10\nNOBODY/K1\n");
    let output = tlevel(&["similar", "--vectors", path(&own), "--stats"]);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("own.ids.txt: 1 of 3 ids are not on the map: NOBODY/K1\n"), "{said}");
    assert!(said.contains("own.ids.txt: 952 of 954 statements have no vector; their words are compared\n"), "{said}");
    assert!(said.contains("\"vectors\":3"), "{said}");
    // the ids may be elsewhere
    let elsewhere = file("meaning", "elsewhere.txt", "LARS82/K4\nOCC0682/K10\nNOBODY/K1\n");
    let same = tlevel(&["similar", "--vectors", path(&own), "--vector-ids", path(&elsewhere)]);
    assert_eq!(same.stdout, output.stdout);
    // neither is written over
    let over = tlevel(&["similar", "--vectors", path(&own), "-o", path(&own.with_extension("ids.txt"))]);
    assert_eq!(over.status.code(), Some(2), "{}", text(&over.stderr));
    assert_ne!(tlevel(&["similar"]).stdout, output.stdout, "vectors make a difference");
}

#[test]
fn vectors_that_cannot_be_used_say_what_to_do() {
    let own = vectors("good", "LARS82/K4\nOCC0682/K10\n");
    let lone = file("meaning", "lone.npy", npy(&[[1.0, 0.0]]));
    let two = file("meaning", "two.txt", "LARS82/K4\nLARS82/K4\n");
    let nobody = vectors("nobody", "A\nB\n");
    let text_file = file("meaning", "words.npy", "plain text");
    file("meaning", "words.ids.txt", "LARS82/K4\n");
    for (arguments, expected) in [
        (vec!["similar", "--vectors", path(&lone)], "lone.ids.txt: no such file; it holds the ids, one a line"),
        (
            vec!["similar", "--vectors", path(&own), "--vector-ids", path(&two)],
            "two.txt: the ids do not fit the vectors: \"LARS82/K4\" is in line 1 and again in line 2",
        ),
        (
            vec!["similar", "--vectors", path(&text_file)],
            "words.npy: not a .npy file of vectors: it does not begin as one",
        ),
    ] {
        let output = tlevel(&arguments);
        let message = stops(&output);
        assert!(message.contains(expected), "{message}");
    }
    let none = tlevel(&["similar", "--vectors", path(&nobody)]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("nobody.ids.txt: no id is on the map; write OCCUPATION/STATEMENT"));
    let title = ["suggest", "--title", "Plumber"];
    for more in [&["--vectors", path(&own), "--words-only"][..], &["--vector-ids", "x.txt"]] {
        let conflict = [&title[..], more].concat();
        assert_eq!(tlevel(&conflict).status.code(), Some(2));
    }
}

/// A Parquet table of ids and vectors, as an encoder's program writes it.
#[cfg(feature = "parquet")]
fn parquet_of(ids: &[&str], rows: &[[f32; 2]]) -> Vec<u8> {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType, FloatType};
    use parquet::file::writer::SerializedFileWriter;

    let schema = "message t { required binary id (UTF8); required group vector (LIST) { repeated group list { required \
                  float element; } } }";
    let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).expect("a schema"));
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a file");
    let mut group = file.next_row_group().expect("a group");
    let mut column = group.next_column().expect("is written").expect("ids");
    let texts: Vec<ByteArray> = ids.iter().map(|id| ByteArray::from(*id)).collect();
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).expect("is written");
    column.close().expect("is written");
    let mut column = group.next_column().expect("is written").expect("vectors");
    let (present, repeated) = (vec![1; 2 * rows.len()], [0, 1].repeat(rows.len()));
    let values = rows.concat();
    column.typed::<FloatType>().write_batch(&values, Some(&present), Some(&repeated)).expect("is written");
    column.close().expect("is written");
    group.close().expect("is written");
    file.into_inner().expect("is whole")
}

#[cfg(feature = "parquet")]
#[test]
fn vectors_in_a_table_are_those_of_numpy() {
    let ids = ["LARS82/K4", "OCC0682/K10", "LARS287"];
    let numpy = vectors("for-a-table", &ids.join("\n"));
    let rows: Vec<[f32; 2]> = (0..ids.len()).map(|i| [1.0, i as f32 / 10.0]).collect();
    let table = file("meaning", "table.parquet", parquet_of(&ids, &rows));
    let similar = |vectors: &std::path::Path| tlevel(&["similar", "--vectors", path(vectors), "--format", "json"]);
    let (one, other) = (similar(&numpy), similar(&table));
    assert_eq!(other.status.code(), Some(0), "{}", text(&other.stderr));
    assert_eq!(one.stdout, other.stdout);
    let both = tlevel(&["similar", "--vectors", path(&table), "--vector-ids", path(&table)]);
    assert_eq!(stops(&both), "error: --vector-ids: a Parquet table has its ids in the column \"id\"; leave it out\n");
}

#[test]
fn placing_uses_the_table_unless_words_only_are_wanted() {
    let place = |more: &[&str]| {
        let arguments = [&["suggest", "--title", "Lorry driver", "--format", "json"], more].concat();
        json(&tlevel(&arguments))
    };
    let (with, without) = (place(&[]), place(&["--words-only"]));
    assert_ne!(with, without);
    assert!(with[0]["suggestions"][0]["confidence"].as_f64().is_some());
}
