//! Tables of vectors in Parquet: what is read, what is refused, and damaged ones.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, FloatType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

#[path = "../../src/vector_table.rs"]
mod source;

use source::read;

/// A table of ids and vectors, as encoders' programs write it.
fn table(names: [&str; 2], rows: &[(Option<&str>, &[f32])]) -> Vec<u8> {
    let schema = format!(
        "message t {{ optional binary {} (UTF8); optional group {} (LIST) {{ repeated group list {{ optional float \
         element; }} }} }}",
        names[0], names[1]
    );
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default())).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut ids = group.next_column().unwrap().unwrap();
    let texts: Vec<ByteArray> = rows.iter().filter_map(|(id, _)| id.map(ByteArray::from)).collect();
    let levels: Vec<i16> = rows.iter().map(|(id, _)| i16::from(id.is_some())).collect();
    ids.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None).unwrap();
    ids.close().unwrap();
    let mut vectors = group.next_column().unwrap().unwrap();
    let values: Vec<f32> = rows.iter().flat_map(|(_, vector)| vector.iter().copied()).collect();
    let (mut present, mut repeated) = (Vec::new(), Vec::new());
    for (_, vector) in rows {
        // 1 is an empty list, 3 a value
        present.extend(if vector.is_empty() { vec![1] } else { vec![3; vector.len()] });
        repeated.extend((0..vector.len().max(1)).map(|i| i16::from(i > 0)));
    }
    vectors.typed::<FloatType>().write_batch(&values, Some(&present), Some(&repeated)).unwrap();
    vectors.close().unwrap();
    group.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn vectors_are_read_by_the_names_of_columns() {
    let rows: [(Option<&str>, &[f32]); 2] = [(Some("LARS82/K4"), &[3.0, 4.0]), (Some(" LARS82 "), &[0.0, 1.0])];
    for names in [["id", "vector"], ["Key", "embedding"]] {
        let vectors = read(&table(names, &rows)).unwrap();
        assert_eq!((vectors.len(), vectors.dimensions()), (2, 2));
        assert_eq!(vectors.get("LARS82/K4").unwrap().values(), [0.6, 0.8]);
        assert!(vectors.get("LARS82").is_some());
    }
}

#[test]
fn tables_that_cannot_be_used_name_the_row() {
    let failed = |names, rows: &[(Option<&str>, &[f32])]| read(&table(names, rows)).unwrap_err();
    let good: (Option<&str>, &[f32]) = (Some("A"), &[1.0]);
    assert_eq!(failed(["name", "vector"], &[good]), "no column with ids: \"id\"; it has name, vector");
    assert_eq!(failed(["id", "numbers"], &[good]), "no column with vectors: \"vector\"; it has id, numbers");
    let names = ["id", "vector"];
    assert_eq!(failed(names, &[]), "the table has no rows");
    assert_eq!(failed(names, &[good, (None, &[1.0])]), "row 2 has no id");
    assert_eq!(failed(names, &[good, good]), "\"A\" is in row 1 and again in row 2");
    assert_eq!(
        failed(names, &[good, (Some("B"), &[])]),
        "the vector of \"B\" cannot be used: has 0 values; those before it have 1"
    );
    assert_eq!(
        failed(names, &[(Some("B"), &[f32::NAN])]),
        "the vector of \"B\" cannot be used: its values are all 0 or not finite"
    );
    assert!(read(b"no table").unwrap_err().starts_with("not a Parquet table that can be read: "));
}

#[test]
fn a_damaged_table_is_an_error_and_no_panic() {
    let whole = table(["id", "vector"], &[(Some("A"), &[1.0, 2.0]), (Some("B"), &[2.0, 1.0])]);
    let mut refused = 0;
    for at in 0..whole.len() {
        for byte in [0, 0x7f, 0xff, whole[at] ^ 1] {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            refused += usize::from(read(&damaged).is_err());
        }
        assert!(read(&whole[..at]).is_err());
    }
    assert!(refused > whole.len() / 2, "{refused}");
}
