//! Codes that are not yet used.

/// Returns the base itself if it is free, otherwise `base-2`, `base-3` and so
/// on.
pub(crate) fn unused(base: String, is_used: impl Fn(&str) -> bool) -> String {
    if !is_used(&base) {
        return base;
    }
    let mut n = 2_u64;
    loop {
        let code = format!("{base}-{n}");
        if !is_used(&code) {
            return code;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::unused;

    #[test]
    fn the_first_free_number() {
        let used = ["a", "a-2", "b"];
        assert_eq!(unused("a".to_owned(), |code| used.contains(&code)), "a-3");
        assert_eq!(unused("c".to_owned(), |code| used.contains(&code)), "c");
    }
}
