//! Calls as C makes them: each checks that what comes back fits together, and frees it.

#![allow(unsafe_code, reason = "what C does with pointers")]
#![allow(
    clippy::undocumented_unsafe_blocks,
    reason = "the same for all: handles live as long as their owners, texts end with a zero byte, places are variables"
)]

use std::ffi::{CStr, CString, c_char};
use std::ptr;

use tlevel_c::*;

/// A map that is freed with its owner.
pub(crate) struct Map(*mut TlevelMap);

/// A placer that is freed with its owner.
pub(crate) struct Placer(pub(crate) *mut TlevelPlacer);

/// What a failed call says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    pub(crate) code: TlevelCode,
    pub(crate) message: String,
}

impl Drop for Map {
    fn drop(&mut self) {
        unsafe { tlevel_free_map(self.0) }
    }
}

impl Drop for Placer {
    fn drop(&mut self) {
        unsafe { tlevel_free_placer(self.0) }
    }
}

/// What the header says of a code, a result and an error.
fn ended<T>(call: impl FnOnce(*mut *mut T, *mut *mut TlevelError) -> TlevelCode) -> Result<*mut T, Failed> {
    let (mut result, mut error) = (ptr::dangling_mut::<T>(), ptr::dangling_mut::<TlevelError>());
    let code = call(&raw mut result, &raw mut error);
    if code == TlevelCode::Ok {
        assert!(error.is_null() && !result.is_null());
        return Ok(result);
    }
    assert!(result.is_null() && !error.is_null());
    let message = unsafe {
        let message = CStr::from_ptr((*error).message).to_str().expect("messages are UTF-8").to_owned();
        assert_eq!((*error).code, code);
        assert_eq!((*error).line > 0, !(*error).place.is_null() && *(*error).place.cast::<u8>() == b'l');
        tlevel_free_error(error);
        message
    };
    assert!(message.len() > 5, "{message}");
    Err(Failed { code, message })
}

fn text(call: impl FnOnce(*mut *mut c_char, *mut *mut TlevelError) -> TlevelCode) -> Result<String, Failed> {
    let text = ended(call)?;
    unsafe {
        let owned = CStr::from_ptr(text).to_str().expect("results are UTF-8").to_owned();
        tlevel_free_text(text);
        Ok(owned)
    }
}

/// Bytes as C has a text: up to the first zero byte.
pub(crate) fn c(bytes: &[u8]) -> CString {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    CString::new(&bytes[..end]).expect("it ends before the first zero byte")
}

fn pointer(options: Option<&CStr>) -> *const c_char {
    options.map_or(ptr::null(), CStr::as_ptr)
}

pub(crate) fn read(bytes: &[u8]) -> Result<Map, Failed> {
    ended(|map, error| unsafe { tlevel_read(bytes.as_ptr(), bytes.len(), map, error) }).map(Map)
}

pub(crate) fn check(bytes: &[u8]) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_check(bytes.as_ptr(), bytes.len(), text, error) })
}

pub(crate) fn native(map: &Map) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_native(map.0, text, error) })
}

pub(crate) fn derive(map: &Map, options: Option<&CStr>) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_derive(map.0, pointer(options), text, error) })
}

pub(crate) fn explain(map: &Map, about: &CStr, options: Option<&CStr>) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_explain(map.0, about.as_ptr(), pointer(options), text, error) })
}

pub(crate) fn harmonise(map: &Map, options: Option<&CStr>) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_harmonise(map.0, pointer(options), text, error) })
}

pub(crate) fn topics(map: &Map, options: Option<&CStr>) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_topics(map.0, pointer(options), text, error) })
}

pub(crate) fn diff(old: &Map, new: &Map, options: Option<&CStr>) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_diff(old.0, new.0, pointer(options), text, error) })
}

pub(crate) fn placer(map: &Map, options: Option<&CStr>) -> Result<Placer, Failed> {
    ended(|placer, error| unsafe { tlevel_placer(map.0, pointer(options), placer, error) }).map(Placer)
}

pub(crate) fn suggest(placer: &Placer, occupations: &CStr, options: Option<&CStr>) -> Result<String, Failed> {
    text(|text, error| unsafe { tlevel_suggest(placer.0, occupations.as_ptr(), pointer(options), text, error) })
}

pub(crate) fn save(placer: &Placer) -> Result<Vec<u8>, Failed> {
    let mut length = 0;
    let bytes = ended(|bytes, error| unsafe { tlevel_save_placer(placer.0, &raw mut length, bytes, error) })?;
    unsafe {
        let owned = std::slice::from_raw_parts(bytes, length).to_vec();
        tlevel_free_bytes(bytes, length);
        Ok(owned)
    }
}

pub(crate) fn load(bytes: &[u8]) -> Result<Placer, Failed> {
    ended(|placer, error| unsafe { tlevel_load_placer(bytes.as_ptr(), bytes.len(), placer, error) }).map(Placer)
}
