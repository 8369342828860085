//! The page of the workbench as this program writes it, and how it is known again.

/// How the last line of a page begins: the hash of all before it follows.
const MARK: &str = "\n<!-- tlevel workbench ";

/// The page, with a mark by which it is known again.
pub(crate) fn page(carried: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let carried = carried.ok_or(
        "this program was built without the page of the workbench; build the page with `bindings/web/build`, then the \
         program with `cargo build --release -p tlevel-cli`",
    )?;
    let page = miniz_oxide::inflate::decompress_to_vec(carried);
    let mut page = page.map_err(|e| format!("the page of the workbench is damaged: {e}"))?;
    let hash = tlevel::text::fingerprint_bytes(&page);
    page.extend(format!("{MARK}{hash:016x} -->\n").bytes());
    Ok(page)
}

/// Whether a file is a page as some release of this command wrote it.
pub(crate) fn is_unedited(file: &[u8]) -> bool {
    // the mark has a fixed length: a hash of 16 digits and the end of the comment
    let Some(at) = file.len().checked_sub(MARK.len() + 16 + " -->\n".len()) else { return false };
    let (page, mark) = file.split_at(at);
    mark == format!("{MARK}{:016x} -->\n", tlevel::text::fingerprint_bytes(page)).as_bytes()
}
