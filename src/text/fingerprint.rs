//! A hash that is stable across releases, machines and runs.

/// Returns the 64-bit FNV-1a hash of the parts, each ended by a zero byte.
///
/// For ids that must survive re-runs (the standard library's hashers may change
/// between releases). Not for secrets: collisions can be constructed.
///
/// # Source
///
/// G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash
/// Algorithm", IETF Internet-Draft.
pub(crate) fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    hash(parts.into_iter().flat_map(|part| part.bytes().chain([0])))
}

/// Returns the 64-bit FNV-1a hash of bytes, which is stable across releases,
/// machines and runs. Not for secrets: collisions can be constructed.
///
/// # Examples
///
/// ```
/// assert_eq!(tlevel::text::fingerprint_bytes(b""), 0xcbf2_9ce4_8422_2325);
/// ```
///
/// # Source
///
/// G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash
/// Algorithm", IETF Internet-Draft.
pub fn fingerprint_bytes(bytes: &[u8]) -> u64 {
    hash(bytes.iter().copied())
}

/// The hash by which people's decisions recognise a text: of its normal form, so
/// that a changed full stop at the end does not count as a change. It begins with
/// a letter, because spreadsheets would read some hashes as numbers.
pub(crate) fn text_hash(text: &str) -> String {
    format!("h{:016x}", fingerprint([super::normal_form(text).as_str()]))
}

fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // FNV-1a of the empty input, and of "a" and a zero byte
        assert_eq!(fingerprint([]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint_bytes(b"a\0"), fingerprint(["a"]));
        assert_eq!(fingerprint(["a"]), 0x089b_e207_b544_f1e4);
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
    }
}
