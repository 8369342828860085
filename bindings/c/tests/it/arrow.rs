//! Tables through Arrow's C data interface: the same suggestions as for JSON, and errors
//! that name column and row.

#![allow(unsafe_code, reason = "what C does with pointers")]
#![allow(clippy::undocumented_unsafe_blocks, reason = "the same for all: places are variables of the test")]

use std::ffi::{CStr, c_char};
use std::ptr;
use std::sync::Arc;

use arrow_array::builder::{LargeListBuilder, ListBuilder, StringBuilder, StringViewBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::types::{Float64Type, Int64Type, UInt16Type};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Float32Array, Int8Array, Int16Array, Int64Array, LargeStringArray, RecordBatch,
    StringArray, StringViewArray, StructArray, UInt8Array, UInt64Array, make_array,
};
use proptest::prelude::*;
use tlevel_c::{TlevelCode, TlevelError, tlevel_free_error, tlevel_suggest_batch};

use crate::caller::{self, Failed, Placer, c};

fn placer() -> Placer {
    let map = include_bytes!("../../../../fixtures/maps/consultation.json");
    caller::placer(&caller::read(map).unwrap(), Some(c"{\"wordsOnly\": true}")).unwrap()
}

/// Calls as C does: the rows are taken, the schema stays, what is found is released.
fn suggest(placer: &Placer, rows: &ArrayRef, options: Option<&CStr>) -> Result<StructArray, Failed> {
    let (mut array, schema) = to_ffi(&rows.to_data()).unwrap();
    let (mut found, mut found_schema) = (FFI_ArrowArray::empty(), FFI_ArrowSchema::empty());
    let mut error: *mut TlevelError = ptr::dangling_mut();
    let options = options.map_or(ptr::null::<c_char>(), CStr::as_ptr);
    unsafe {
        let result = (&raw mut found_schema, &raw mut found);
        let code = tlevel_suggest_batch(
            placer.0,
            &raw mut array,
            &raw const schema,
            options,
            result.0,
            result.1,
            &raw mut error,
        );
        assert!(array.is_released(), "the rows are taken, whatever happens");
        if code == TlevelCode::Ok {
            assert!(error.is_null());
            return Ok(make_array(from_ffi(found, &found_schema).unwrap()).as_struct().clone());
        }
        assert!(found.is_released());
        let message = CStr::from_ptr((*error).message).to_str().unwrap().to_owned();
        assert_eq!((*error).code, code);
        tlevel_free_error(error);
        Err(Failed { code, message })
    }
}

fn table(columns: Vec<(&str, ArrayRef)>) -> ArrayRef {
    Arc::new(StructArray::from(RecordBatch::try_from_iter(columns).unwrap()))
}

fn texts(texts: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

const TITLES: [&str; 4] = ["Bricklayer", "Solar panel installer", "Qqqq", "Network engineer"];

#[test]
fn suggestions_are_those_of_json() {
    let placer = placer();
    let rows = table(vec![
        ("title", texts(&TITLES.map(Some))),
        ("level", Arc::new(Int64Array::from(vec![Some(2), None, Some(3), Some(4)]))),
        ("other", texts(&[None; 4])),
    ]);
    let json = "{\"title\": \"Bricklayer\", \"level\": 2}\n{\"title\": \"Solar panel installer\"}\n{\"title\": \"Qqqq\", \
                \"level\": 3}\n{\"title\": \"Network engineer\", \"level\": 4}\n";
    let expected = caller::suggest(&placer, &c(json.as_bytes()), Some(c"{\"top\": 2}")).unwrap();
    let expected: Vec<serde_json::Value> = serde_json::from_str(&expected).unwrap();
    for options in [c"{\"top\": 2, \"firstRow\": 10}", c"{\"top\": 2, \"firstRow\": 10, \"evidence\": true}"] {
        let found = suggest(&placer, &rows, Some(options)).unwrap();
        let column = |name: &str| found.column_by_name(name).unwrap().clone();
        let (row, cluster, score) = (column("row"), column("cluster"), column("score"));
        let mut at = 0;
        for (number, placement) in (10..).zip(&expected) {
            let suggestions = placement["suggestions"].as_array().unwrap();
            // a row without a suggestion stands there once
            if suggestions.is_empty() {
                assert!(cluster.is_null(at) && row.as_primitive::<Int64Type>().value(at) == number);
                at += 1;
            }
            for suggestion in suggestions {
                assert_eq!(row.as_primitive::<Int64Type>().value(at), number);
                assert_eq!(cluster.as_string::<i32>().value(at), suggestion["cluster"]);
                let expected = suggestion["score"].as_f64().unwrap();
                assert_eq!(score.as_primitive::<Float64Type>().value(at).to_bits(), expected.to_bits());
                at += 1;
            }
        }
        assert_eq!((at, cluster.null_count()), (found.len(), 1));
    }
    // titles alone, and the same table again
    let bare = suggest(&placer, &texts(&TITLES.map(Some)), None).unwrap();
    assert_eq!(bare, suggest(&placer, &texts(&TITLES.map(Some)), None).unwrap());
    assert_eq!(suggest(&placer, &texts(&[]), None).unwrap().len(), 0);
}

#[test]
fn tables_that_cannot_be_used_name_column_and_row() {
    let placer = placer();
    let refused = |rows: ArrayRef, options: Option<&CStr>| suggest(&placer, &rows, options).unwrap_err();
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let cases = [
        (table(vec![("titel", texts(&[Some("x")]))]), "no column \"title\" or \"statements\"; the columns are: titel"),
        (table(vec![("title", numbers.clone())]), "column \"title\": expected text, found Int64; cast the column"),
        (table(vec![("title", texts(&[Some("x"), None]))]), "column \"title\", row 1: the title is null"),
        (numbers, "the table: expected columns, or one column of text; found Int64"),
        (
            table(vec![("title", texts(&[Some("x")])), ("level", Arc::new(UInt64Array::from(vec![u64::MAX])))]),
            "column \"level\", row 0: 18446744073709551615 is beyond 64 bits; give a level from 2 to 7",
        ),
    ];
    for (rows, expected) in cases {
        let Failed { code, message } = refused(rows, None);
        assert_eq!(code, TlevelCode::BadTable);
        assert!(message.contains(expected), "{message}");
    }
    let Failed { code, message } = refused(texts(&[Some("x")]), Some(c"{\"tpo\": 1}"));
    assert_eq!(code, TlevelCode::BadOptions);
    assert!(message.contains("unknown field `tpo`"), "{message}");
}

#[test]
fn columns_of_every_width_say_the_same() {
    let placer = placer();
    let titles = [Some("Roofer"), Some("Site carpenter"), Some("Roofer")];
    let levels = [Some(2), None, Some(3)];
    let duties: Vec<Option<Vec<Option<&str>>>> = vec![Some(vec![Some("Slate roofs.")]), None, Some(vec![])];
    let mut large = LargeListBuilder::new(StringViewBuilder::new());
    let mut plain = ListBuilder::new(StringBuilder::new());
    for of in &duties {
        large.append_option(of.clone());
        plain.append_option(of.clone());
    }
    let plain = vec![
        ("title", texts(&titles)),
        ("level", Arc::new(Int64Array::from(levels.to_vec())) as ArrayRef),
        ("duties", Arc::new(plain.finish())),
    ];
    let wide = |title: ArrayRef, level: ArrayRef| {
        table(vec![("title", title), ("level", level), ("duties", Arc::new(large.finish_cloned()))])
    };
    let expected = suggest(&placer, &table(plain), None).unwrap();
    let dictionary: DictionaryArray<UInt16Type> = titles.into_iter().collect();
    let narrow: UInt8Array = levels.iter().map(|level| level.and_then(|level| u8::try_from(level).ok())).collect();
    let measured = Float32Array::from(vec![2.0, f32::NAN, 3.0]);
    let levels_of_dictionary =
        DictionaryArray::new(Int8Array::from(vec![Some(1), None, Some(0)]), Arc::new(Int16Array::from(vec![3, 2])));
    for (title, level) in [
        (Arc::new(LargeStringArray::from(titles.to_vec())) as ArrayRef, Arc::new(narrow) as ArrayRef),
        (Arc::new(StringViewArray::from(titles.to_vec())), Arc::new(measured)),
        (
            Arc::new(dictionary),
            Arc::new(levels.iter().copied().map(|l| l.map(i64::cast_unsigned)).collect::<UInt64Array>()),
        ),
    ] {
        assert_eq!(suggest(&placer, &wide(title, level), None).unwrap(), expected);
    }
    // numbers in a dictionary are none of the types that are read
    let refused = suggest(&placer, &wide(texts(&titles), Arc::new(levels_of_dictionary)), None).unwrap_err();
    assert!(refused.message.contains("column \"level\": expected whole numbers"), "{}", refused.message);
}

#[test]
fn what_is_null_or_released_is_refused() {
    let placer = placer();
    let (mut array, schema) = to_ffi(&texts(&[Some("Roofer")]).to_data()).unwrap();
    let (mut found, mut found_schema) = (FFI_ArrowArray::empty(), FFI_ArrowSchema::empty());
    let call = |placer, rows, schema, found_schema, found| unsafe {
        tlevel_suggest_batch(placer, rows, schema, ptr::null(), found_schema, found, ptr::null_mut())
    };
    let (schema, result) = (&raw const schema, (&raw mut found_schema, &raw mut found));
    assert_eq!(call(placer.0, ptr::null_mut(), schema, result.0, result.1), TlevelCode::BadArgument);
    assert_eq!(call(placer.0, &raw mut array, ptr::null(), result.0, result.1), TlevelCode::BadArgument);
    // it was taken, so it is released now
    assert_eq!(call(placer.0, &raw mut array, schema, result.0, result.1), TlevelCode::BadArgument);
    let (mut array, _) = to_ffi(&texts(&[Some("Roofer")]).to_data()).unwrap();
    assert_eq!(call(placer.0, &raw mut array, schema, ptr::null_mut(), result.1), TlevelCode::BadArgument);
    assert!(array.is_released());
    let (mut array, _) = to_ffi(&texts(&[Some("Roofer")]).to_data()).unwrap();
    assert_eq!(call(placer.0, &raw mut array, schema, result.0, ptr::null_mut()), TlevelCode::BadArgument);
    assert!(array.is_released());
    let (mut array, _) = to_ffi(&texts(&[Some("Roofer")]).to_data()).unwrap();
    let released = FFI_ArrowSchema::empty();
    assert_eq!(call(placer.0, &raw mut array, &raw const released, result.0, result.1), TlevelCode::BadArgument);
    assert!(array.is_released());
    let (mut array, _) = to_ffi(&texts(&[Some("Roofer")]).to_data()).unwrap();
    assert_eq!(call(ptr::null(), &raw mut array, schema, result.0, result.1), TlevelCode::BadArgument);
    assert!(array.is_released());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn parts_of_a_table_give_the_parts_of_the_result(
        titles in proptest::collection::vec(".{0,12}", 0..12),
        cut in 0_usize..12,
    ) {
        thread_local! { static PLACER: Placer = placer(); }
        PLACER.with(|placer| {
            let cut = cut.min(titles.len());
            let of = |titles: &[String]| -> ArrayRef { Arc::new(StringArray::from_iter_values(titles)) };
            let whole = suggest(placer, &of(&titles), None).unwrap();
            let first = suggest(placer, &of(&titles[..cut]), None).unwrap();
            let options = c(format!("{{\"firstRow\": {cut}}}").as_bytes());
            let second = suggest(placer, &of(&titles[cut..]), Some(&options)).unwrap();
            assert_eq!(first.len() + second.len(), whole.len());
            assert_eq!(whole.slice(0, first.len()), first);
            assert_eq!(whole.slice(first.len(), second.len()), second);
        });
    }
}
