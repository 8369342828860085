//! Misspellings: a stem that occurs in only one statement, and that differs by
//! a typing error from a frequent stem, is read as that stem.
//!
//! Only errors that seldom produce another word count: two transposed letters
//! ("saftey"), a letter doubled or not ("commited"), and in long stems a letter
//! too many or too few ("legislaton"). "Contact" is not read as "contract".

use std::collections::HashMap;

/// The minimum length of a stem that may be misspelt.
const SHORT: usize = 6;
/// The minimum length of a stem in which a letter may be missing.
const LONG: usize = 9;
/// The number of statements with a misspelling, and the minimum for its correct
/// form.
const RARE: u32 = 1;
const FREQUENT: u32 = 5;

/// For each stem (in alphabetical order) the number of the intended one, mostly
/// itself. If there are several, the most frequent, then the first.
pub(crate) fn meant(stems: &[String], frequency: &[u32]) -> Vec<u32> {
    let of: HashMap<&str, u32> = stems.iter().map(String::as_str).zip(0..).collect();
    let plain = |stem: &str| stem.len() >= SHORT && stem.bytes().all(|b| b.is_ascii_lowercase());
    let is_frequent = |stem: u32| frequency[stem as usize] >= FREQUENT;
    // frequent stems by their forms with one letter removed
    let mut without: HashMap<String, Vec<u32>> = HashMap::new();
    for (stem, number) in stems.iter().zip(0..).filter(|(stem, number)| plain(stem) && is_frequent(*number)) {
        shorter(stem).for_each(|rest| without.entry(rest).or_default().push(number));
    }
    let mut meant: Vec<u32> = (0..stems.len() as u32).collect();
    for (stem, number) in stems.iter().zip(0_usize..) {
        if frequency[number] > RARE || !plain(stem) {
            continue;
        }
        let same = shorter(stem).chain(swapped(stem)).filter_map(|form| of.get(form.as_str()).copied());
        let more = without.get(stem).into_iter().flatten().copied();
        let candidates = same.chain(more).filter(|&c| is_frequent(c) && is_slip(stem, &stems[c as usize]));
        let best = candidates.max_by(|&a, &b| frequency[a as usize].cmp(&frequency[b as usize]).then(b.cmp(&a)));
        if let Some(best) = best {
            meant[number] = best;
        }
    }
    meant
}

/// A stem or word with each letter removed in turn, except the first.
pub(crate) fn shorter(stem: &str) -> impl Iterator<Item = String> + '_ {
    (1..stem.len()).map(|i| [&stem[..i], &stem[i + 1..]].concat())
}

/// A stem or word with each pair of neighbouring letters swapped in turn, except the
/// first.
pub(crate) fn swapped(stem: &str) -> impl Iterator<Item = String> + '_ {
    (1..stem.len().saturating_sub(1)).map(|i| [&stem[..i], &stem[i + 1..i + 2], &stem[i..=i], &stem[i + 2..]].concat())
}

fn is_slip(slip: &str, right: &str) -> bool {
    if strsim::osa_distance(slip, right) != 1 {
        return false;
    }
    let single = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.dedup();
        letters
    };
    slip.len() == right.len() || single(slip) == single(right) || slip.len().min(right.len()) >= LONG - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_read_as_what_is_meant_and_words_as_themselves() {
        let frequent = ["contract", "committe", "formal", "legislat", "mental", "safeti", "communic", "organis"];
        let rare = ["contact", "comitte", "format", "legilsat", "metal", "saftei", "safetii", "organsi", "legislatn"];
        let mut stems: Vec<(String, u32)> = frequent.iter().map(|s| ((*s).to_owned(), 9)).collect();
        stems.extend(rare.iter().map(|s| ((*s).to_owned(), 1)));
        stems.sort();
        let (stems, frequency): (Vec<String>, Vec<u32>) = stems.into_iter().unzip();
        let meant = meant(&stems, &frequency);
        let read: Vec<(&str, &str)> = (stems.iter().zip(meant))
            .map(|(stem, meant)| (stem.as_str(), stems[meant as usize].as_str()))
            .filter(|(stem, meant)| stem != meant)
            .collect();
        assert_eq!(
            read,
            [
                ("comitte", "committe"),
                ("legilsat", "legislat"),
                ("legislatn", "legislat"),
                ("organsi", "organis"),
                ("safetii", "safeti"),
                ("saftei", "safeti"),
            ]
        );
    }
}
