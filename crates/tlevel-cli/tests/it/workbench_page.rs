//! The page of the workbench: its mark, and pages that someone edited.

#[path = "../../src/workbench_page.rs"]
mod source;

use source::{is_unedited, page};

const PAGE: &[u8] = b"<!doctype html><title>Workbench</title>";

#[test]
fn a_carried_page_is_written_with_a_mark() {
    let compressed = miniz_oxide::deflate::compress_to_vec(PAGE, 9);
    let page = page(Some(&compressed)).unwrap();
    assert!(page.starts_with(PAGE) && page.ends_with(b" -->\n"));
    assert!(is_unedited(&page));
}

#[test]
fn pages_that_someone_edited_are_known() {
    let compressed = miniz_oxide::deflate::compress_to_vec(PAGE, 9);
    let page = page(Some(&compressed)).unwrap();
    let mut edited = page.clone();
    edited[20] ^= 1;
    for other in [&edited[..], &[&page[..], b" "].concat(), PAGE, b"", b"my notes"] {
        assert!(!is_unedited(other), "{:?}", String::from_utf8_lossy(other));
    }
}

#[test]
fn without_a_page_the_message_says_how_to_build_it() {
    let message = page(None).unwrap_err();
    assert_eq!(
        message,
        "this program was built without the page of the workbench; build the page with `bindings/web/build`, then \
         the program with `cargo build --release -p tlevel-cli`"
    );
    let message = page(Some(b"\xff\xff")).unwrap_err();
    assert!(message.starts_with("the page of the workbench is damaged: "), "{message}");
}
