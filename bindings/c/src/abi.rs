//! The exported functions: the only file of the product with `unsafe`.
//!
//! A function turns its pointers into references, makes one call of `calls`, and turns
//! the answer into pointers, all inside [`answer`], which lets no panic through.

#![allow(unsafe_code, reason = "pointers of other languages; each block names the promise it relies on")]
#![allow(clippy::doc_markdown, reason = "the comments are those of the header, where backticks mean nothing")]
#![allow(clippy::missing_safety_doc, reason = "the rules of the header, at its top, are those of every function")]

use std::any::Any;
use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{ptr, slice};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::{Array as _, StructArray, make_array};
use tlevel::map::Map;
use tlevel::place::Placer;

use crate::calls;
use crate::fault::{Fault, TlevelCode};

/// A checked map.
#[derive(Debug)]
pub struct TlevelMap(Map);

/// What is known of a map's clusters, to place new occupations.
#[derive(Debug)]
pub struct TlevelPlacer(Placer);

/// Why a call failed. The library owns it and its texts: tlevel_free_error frees all.
#[repr(C)]
#[derive(Debug)]
pub struct TlevelError {
    /// What kind of failure it is.
    pub code: TlevelCode,
    /// The line in the input, from 1; 0 if there is none.
    pub line: u32,
    /// The column in the line, in characters, from 1; 0 if there is none.
    pub column: u32,
    /// What is wrong, where, and what to do.
    pub message: *const c_char,
    /// The place as people write it, such as "line 3, column 7" or "'Sheet'!F7", or NULL.
    pub place: *const c_char,
    /// The JSON pointer of the value that is wrong, such as "/routes/0", or NULL.
    pub pointer: *const c_char,
}

// threads may share both, as the header says
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<TlevelMap>();
    shared::<TlevelPlacer>();
};

/// Returns the version of the library, such as "0.1.0". It is not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn tlevel_version() -> *const c_char {
    const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => c"",
    };
    VERSION.as_ptr()
}

/// Reads and checks a map, in any format that the command line knows. Records that
/// cannot be used are set aside; tlevel_check reports them.
///
/// Free the map with tlevel_free_map.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_read(
    bytes: *const u8,
    length: usize,
    map: *mut *mut TlevelMap,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `bytes` has `length` bytes; `map` and `error` can be written to
    unsafe { answer(map, error, || boxed(TlevelMap(calls::read(slice_of(bytes, length)?)?))) }
}

/// Returns what the rules find in a map: tlevel check --format json.
///
/// Also for maps that tlevel_read refuses because nothing on them can be used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_check(
    bytes: *const u8,
    length: usize,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `bytes` has `length` bytes; `text` and `error` can be written to
    unsafe { answer(text, error, || given(calls::check(slice_of(bytes, length)?)?)) }
}

/// Returns the map in the native format: tlevel convert.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_native(
    map: *const TlevelMap,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `map` is a map that is not freed; `text` and `error` can be written to
    unsafe { answer(text, error, || given(calls::native(&handle(map, "map")?.0)?)) }
}

/// Returns the programmes of a map: tlevel derive --format json.
///
/// Options: policy, quorum, routeQuorum, near, specialisms, on, threshold, exact, share,
/// pathway, topics, onlyTopics; and the texts of files: concepts, ledger, decisions,
/// topicDecisions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_derive(
    map: *const TlevelMap,
    options: *const c_char,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `map` is a map that is not freed, `options` a text or null; `text` and
    // `error` can be written to
    unsafe { answer(text, error, || given(calls::derive(&handle(map, "map")?.0, options_of(options)?)?)) }
}

/// Returns why a concept, a statement ("LARS82 K4") or a topic is core or not: tlevel
/// derive --explain ABOUT --format json. The options are those of tlevel_derive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_explain(
    map: *const TlevelMap,
    about: *const c_char,
    options: *const c_char,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `map` is a map that is not freed, `about` and `options` are texts or null;
    // `text` and `error` can be written to
    unsafe {
        answer(text, error, || {
            given(calls::explain(&handle(map, "map")?.0, text_of(about, "about")?, options_of(options)?)?)
        })
    }
}

/// Returns concepts and topics: tlevel harmonise --format json.
///
/// Options: policy, threshold, exact, ledger, topics, onlyTopics, topicDecisions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_harmonise(
    map: *const TlevelMap,
    options: *const c_char,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `map` is a map that is not freed, `options` a text or null; `text` and
    // `error` can be written to
    unsafe { answer(text, error, || given(calls::harmonise(&handle(map, "map")?.0, options_of(options)?)?)) }
}

/// Returns which occupation has which topic: tlevel derive --matrix FILE.json. The
/// options are those of tlevel_derive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_topics(
    map: *const TlevelMap,
    options: *const c_char,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `map` is a map that is not freed, `options` a text or null; `text` and
    // `error` can be written to
    unsafe { answer(text, error, || given(calls::topics(&handle(map, "map")?.0, options_of(options)?)?)) }
}

/// Returns what differs between two maps, and what that does to the programmes: tlevel
/// diff --format json.
///
/// Options: those of tlevel_derive, newPolicy, and names, a list of the two maps' names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_diff(
    old: *const TlevelMap,
    new: *const TlevelMap,
    options: *const c_char,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `old` and `new` are maps that are not freed, `options` is a text or null;
    // `text` and `error` can be written to
    unsafe {
        answer(text, error, || {
            given(calls::diff(&handle(old, "old")?.0, &handle(new, "new")?.0, options_of(options)?)?)
        })
    }
}

/// Learns the clusters of a map. This takes a second or so for a large map; keep the
/// placer, which needs the map no longer.
///
/// Options: wordsOnly. Free the placer with tlevel_free_placer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_placer(
    map: *const TlevelMap,
    options: *const c_char,
    placer: *mut *mut TlevelPlacer,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `map` is a map that is not freed, `options` a text or null; `placer` and
    // `error` can be written to
    unsafe {
        answer(placer, error, || boxed(TlevelPlacer(calls::placer(&handle(map, "map")?.0, options_of(options)?)?)))
    }
}

/// Returns the clusters that new occupations may belong to: tlevel suggest --new FILE
/// --format json. The occupations are JSON: one, a list, or one a line.
///
/// Options: top, explain.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_suggest(
    placer: *const TlevelPlacer,
    occupations: *const c_char,
    options: *const c_char,
    text: *mut *mut c_char,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `placer` is a placer that is not freed, `occupations` and `options` are
    // texts or null; `text` and `error` can be written to
    unsafe {
        answer(text, error, || {
            let (placer, occupations) = (handle(placer, "placer")?, text_of(occupations, "occupations")?);
            given(calls::suggest(&placer.0, occupations, options_of(options)?)?)
        })
    }
}

/// Suggests clusters for each row of an Arrow table, through Arrow's C data interface.
/// The table is a struct of columns, or one column of titles; bindings/c/README.md has
/// the columns that are read, and those of the result.
///
/// The call takes `rows`, as Arrow's importers do: it releases them, also if it fails, and
/// marks them as released. `schema` stays the caller's, for the next rows. The caller
/// releases `found_schema` and `found`; after a failure both are released already.
///
/// Options: top (3 unless given), minConfidence, evidence, firstRow.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_suggest_batch(
    placer: *const TlevelPlacer,
    rows: *mut FFI_ArrowArray,
    schema: *const FFI_ArrowSchema,
    options: *const c_char,
    found_schema: *mut FFI_ArrowSchema,
    found: *mut FFI_ArrowArray,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    let mut made: *mut (FFI_ArrowArray, FFI_ArrowSchema) = ptr::null_mut();
    // SAFETY: `placer` is a placer that is not freed, `rows` and `schema` are a table of
    // Arrow's C data interface that fit together, `options` is a text or null, and the
    // others can be written to; `made` comes from this call
    unsafe {
        let given = (!rows.is_null()).then(|| FFI_ArrowArray::from_raw(rows));
        let code = answer(&raw mut made, error, || {
            let placer = handle(placer, "placer")?;
            let given = given.ok_or_else(|| null("rows"))?;
            let schema = handle(schema, "schema")?;
            if found_schema.is_null() || found.is_null() {
                return Err(null("the place for the result"));
            }
            if given.is_released() {
                return Err(Fault::new(TlevelCode::BadArgument, "rows are released; each table can be given once"));
            }
            if schema.release.is_none() {
                return Err(Fault::new(TlevelCode::BadArgument, "schema is released; keep it as long as rows follow"));
            }
            let bad = |e| Fault::new(TlevelCode::BadTable, format!("the table: not valid Arrow data: {e}"));
            let rows = from_ffi(given, schema).and_then(|data| data.validate_full().map(|()| data)).map_err(bad)?;
            let batch = calls::suggest_batch(&placer.0, &make_array(rows), options_of(options)?)?;
            let made = to_ffi(&StructArray::from(batch).into_data());
            boxed(made.map_err(|e| Fault::new(TlevelCode::Internal, e))?)
        });
        let (array, schema) =
            if made.is_null() { (FFI_ArrowArray::empty(), FFI_ArrowSchema::empty()) } else { *Box::from_raw(made) };
        // each is empty after a failure, and one that is null is a failure
        if !found.is_null() {
            found.write(array);
        }
        if !found_schema.is_null() {
            found_schema.write(schema);
        }
        code
    }
}

/// Returns a placer as bytes, to keep in a file: tlevel suggest --save-index. `length`
/// receives how many there are. Free them with tlevel_free_bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_save_placer(
    placer: *const TlevelPlacer,
    length: *mut usize,
    bytes: *mut *mut u8,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `placer` is a placer that is not freed; `length`, `bytes` and `error` can
    // be written to
    unsafe {
        answer(bytes, error, || {
            let length = length.as_mut().ok_or_else(|| null("length"))?;
            let saved = calls::save(&handle(placer, "placer")?.0).into_boxed_slice();
            *length = saved.len();
            Ok(Box::into_raw(saved).cast())
        })
    }
}

/// Loads a placer that tlevel_save_placer or the command line saved. This is faster than
/// learning again. A placer loads only in the version of the library that saved it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_load_placer(
    bytes: *const u8,
    length: usize,
    placer: *mut *mut TlevelPlacer,
    error: *mut *mut TlevelError,
) -> TlevelCode {
    // SAFETY: `bytes` has `length` bytes; `placer` and `error` can be written to
    unsafe { answer(placer, error, || boxed(TlevelPlacer(calls::load(slice_of(bytes, length)?)?))) }
}

/// Frees a map. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_free_map(map: *mut TlevelMap) {
    // SAFETY: `map` is null, or a map of this library that is not freed
    unsafe { free(map) }
}

/// Frees a placer. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_free_placer(placer: *mut TlevelPlacer) {
    // SAFETY: `placer` is null, or a placer of this library that is not freed
    unsafe { free(placer) }
}

/// Frees a text. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_free_text(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: `text` came from `given`, and is not freed
        drop(unsafe { CString::from_raw(text) });
    }
}

/// Frees the bytes of tlevel_save_placer, with the length that it gave. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_free_bytes(bytes: *mut u8, length: usize) {
    if !bytes.is_null() {
        // SAFETY: both came from `tlevel_save_placer`, and the bytes are not freed
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(bytes, length)) });
    }
}

/// Frees an error and its texts. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tlevel_free_error(error: *mut TlevelError) {
    if !error.is_null() {
        // SAFETY: `error` and its texts came from `error_of`, and are not freed
        unsafe {
            let error = Box::from_raw(error);
            for text in [error.message, error.place, error.pointer] {
                tlevel_free_text(text.cast_mut());
            }
        }
    }
}

/// Makes a result and hands it or the error over. No panic gets out.
///
/// # Safety
///
/// `result` and `error` are null, or can be written to.
unsafe fn answer<T>(
    result: *mut *mut T,
    error: *mut *mut TlevelError,
    call: impl FnOnce() -> Result<*mut T, Fault>,
) -> TlevelCode {
    let made = if result.is_null() {
        Err(null("the place for the result"))
    } else {
        catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| Err(panicked(panic.as_ref())))
    };
    let (made, fault) = match made {
        Ok(made) => (made, None),
        Err(fault) => (ptr::null_mut(), Some(fault)),
    };
    let code = fault.as_ref().map_or(TlevelCode::Ok, |fault| fault.code);
    // SAFETY: each is written to only if it is not null, and then the caller promises
    // that it can be
    unsafe {
        if !result.is_null() {
            result.write(made);
        }
        if !error.is_null() {
            error.write(fault.map_or(ptr::null_mut(), error_of));
        }
    }
    code
}

/// The fault that a panic becomes.
fn panicked(panic: &(dyn Any + Send)) -> Fault {
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let said = said.unwrap_or("no message");
    Fault::new(TlevelCode::Internal, format!("a fault in tlevel, please report it: {said}"))
}

fn null(argument: &str) -> Fault {
    Fault::new(TlevelCode::BadArgument, format!("{argument} is NULL"))
}

/// A fault with texts that C can read.
fn error_of(fault: Fault) -> *mut TlevelError {
    let text = |text: String| CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default().into_raw().cast_const();
    let (line, column) = fault.line_column;
    Box::into_raw(Box::new(TlevelError {
        code: fault.code,
        line,
        column,
        message: text(fault.message),
        place: fault.place.map_or(ptr::null(), text),
        pointer: fault.pointer.map_or(ptr::null(), text),
    }))
}

/// A text for the caller. JSON has no zero byte: it is escaped.
fn given(text: String) -> Result<*mut c_char, Fault> {
    let text = CString::new(text).map_err(|_| Fault::new(TlevelCode::Internal, "the result holds a zero byte"))?;
    Ok(text.into_raw())
}

#[allow(clippy::unnecessary_wraps, reason = "as the other makers of results")]
fn boxed<T>(value: T) -> Result<*mut T, Fault> {
    Ok(Box::into_raw(Box::new(value)))
}

/// # Safety
///
/// `handle` is null, or one of this library that lives as long as `'a`.
unsafe fn handle<'a, T>(handle: *const T, argument: &str) -> Result<&'a T, Fault> {
    // SAFETY: as the caller promises
    unsafe { handle.as_ref() }.ok_or_else(|| null(argument))
}

/// # Safety
///
/// `bytes` is null, or has `length` bytes, which live unchanged as long as `'a`.
unsafe fn slice_of<'a>(bytes: *const u8, length: usize) -> Result<&'a [u8], Fault> {
    if bytes.is_null() {
        return Err(null("bytes"));
    }
    if isize::try_from(length).is_err() {
        return Err(Fault::new(TlevelCode::BadArgument, format!("{length} is no length of anything in memory")));
    }
    // SAFETY: not null, not too long, and otherwise as the caller promises
    Ok(unsafe { slice::from_raw_parts(bytes, length) })
}

/// # Safety
///
/// `text` is null, or ends with a zero byte and lives unchanged as long as `'a`.
unsafe fn text_of<'a>(text: *const c_char, argument: &str) -> Result<&'a str, Fault> {
    if text.is_null() {
        return Err(null(argument));
    }
    // SAFETY: not null, and otherwise as the caller promises
    unsafe { CStr::from_ptr(text) }.to_str().map_err(|e| {
        let at = e.valid_up_to() + 1;
        Fault::new(TlevelCode::NotUtf8, format!("{argument}: byte {at} is not UTF-8; pass the text as UTF-8"))
    })
}

/// # Safety
///
/// As [`text_of`], but null means no options.
unsafe fn options_of<'a>(options: *const c_char) -> Result<Option<&'a str>, Fault> {
    if options.is_null() {
        return Ok(None);
    }
    // SAFETY: as the caller promises
    unsafe { text_of(options, "options") }.map(Some)
}

/// # Safety
///
/// `handle` is null, or came from [`boxed`] and is not freed.
unsafe fn free<T>(handle: *mut T) {
    if !handle.is_null() {
        // SAFETY: as the caller promises
        let owned = unsafe { Box::from_raw(handle) };
        // nothing in it panics; if something ever did, it must not get out
        let _ = catch_unwind(AssertUnwindSafe(|| drop(owned)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let mut text = ptr::dangling_mut::<c_char>();
        let mut error = ptr::null_mut();
        for what in ["static", "formatted", "neither"] {
            // SAFETY: both places are variables of this test
            unsafe {
                let code = answer(&raw mut text, &raw mut error, || match what {
                    "static" => panic!("static"),
                    "formatted" => panic!("{}", String::from("formatted")),
                    _ => std::panic::panic_any(7),
                });
                assert_eq!(code, TlevelCode::Internal);
                assert!(text.is_null(), "nothing is left from before");
                let message = CStr::from_ptr((*error).message).to_str().unwrap();
                let said = if what == "neither" { "no message" } else { what };
                assert_eq!(message, format!("a fault in tlevel, please report it: {said}"));
                tlevel_free_error(error);
            }
        }
    }

    #[test]
    fn an_error_may_be_left_out() {
        let mut text = ptr::null_mut::<c_char>();
        let refused = || Err(Fault::new(TlevelCode::NotFound, "no \0 such thing"));
        // SAFETY: the place is a variable of this test, and null is allowed
        unsafe {
            assert_eq!(answer(&raw mut text, ptr::null_mut(), refused), TlevelCode::NotFound);
            assert_eq!(answer::<c_char>(ptr::null_mut(), ptr::null_mut(), refused), TlevelCode::BadArgument);
            let mut error = ptr::null_mut();
            answer(&raw mut text, &raw mut error, refused);
            assert_eq!(CStr::from_ptr((*error).message).to_str(), Ok("no \u{fffd} such thing"));
            tlevel_free_error(error);
        }
    }
}
