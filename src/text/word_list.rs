//! Words that are spelt right, to find those that are not.

use std::borrow::Cow;

use super::other_spelling;

/// A list of words that are spelt right: [`Intake`](crate::consult::Intake) finds
/// misspelt words of new titles by it.
///
/// Only words of three or more letters of the English alphabet are in it. Words with a
/// capital letter are names: they are known, but nothing is a misspelling of them.
///
/// # Examples
///
/// ```
/// use tlevel::text::WordList;
///
/// let list = WordList::from_lines("bicycle\npierce\nhair\ndresser\nOxford\n");
/// assert!(list.knows("bicycle") && list.knows("oxford"));
/// // who does it, and words written together
/// assert!(list.knows("piercers") && list.knows("hairdresser"));
/// assert!(!list.knows("bycicle"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// In lower case and in order, each with whether it is a name.
    words: Vec<(Cow<'static, str>, bool)>,
}

/// The shortest word of a list.
const SHORTEST: usize = 3;
/// The shortest part of a word that is written together, and of one that ends in "er".
const PART: usize = 4;
/// What words begin with that are written together with others.
const BEGINNINGS: [&str; 27] = [
    "anti", "auto", "bio", "cardio", "cyber", "electro", "geo", "hydro", "hyper", "inter", "macro", "micro", "multi",
    "nano", "neuro", "non", "photo", "physio", "post", "pre", "psycho", "re", "semi", "sub", "tele", "thermo", "un",
];

impl WordList {
    /// The list of British words that the crate carries, from SCOWL; see
    /// `fixtures/spelling` for its licence.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::text::WordList;
    ///
    /// assert!(WordList::british().knows("groundworker"));
    /// assert!(WordList::british().knows("organise") && WordList::british().knows("organize"));
    /// assert!(!WordList::british().knows("technicain"));
    /// ```
    #[cfg(feature = "spelling")]
    pub fn british() -> &'static WordList {
        static BRITISH: std::sync::LazyLock<WordList> = std::sync::LazyLock::new(|| {
            WordList::of(include_str!("../../fixtures/spelling/words.txt").lines().map(Cow::Borrowed))
        });
        &BRITISH
    }

    /// Reads a list with a word a line. What is no word is left out.
    ///
    /// # Complexity
    ///
    /// `O(n log n)` in the number of words.
    pub fn from_lines(lines: &str) -> WordList {
        WordList::of(lines.lines().map(|line| Cow::Owned(line.trim().to_owned())))
    }

    fn of(words: impl Iterator<Item = Cow<'static, str>>) -> WordList {
        let is_word = |word: &str| word.len() >= SHORTEST && word.bytes().all(|b| b.is_ascii_alphabetic());
        let lower = |word: Cow<'static, str>| {
            let is_name = word.bytes().any(|b| b.is_ascii_uppercase());
            (if is_name { Cow::Owned(word.to_ascii_lowercase()) } else { word }, is_name)
        };
        let mut words: Vec<_> = words.filter(|word| is_word(word)).map(lower).collect();
        words.sort_unstable();
        // a name that is a word as well is a word, which comes first
        words.dedup_by(|second, first| second.0 == first.0);
        WordList { words }
    }

    /// Whether a word, in lower case, is spelt right: it is in the list, perhaps in
    /// American spelling; or it is made of words in the list, as "piercers" and
    /// "groundworker" are.
    ///
    /// # Complexity
    ///
    /// `O(m log n)` in the letters of the word and the words of the list.
    pub fn knows(&self, word: &str) -> bool {
        if !word.is_ascii() {
            return false;
        }
        let is_part = |part: &str| self.has(part) || self.is_made_of_one(part);
        let together = || {
            let mut cuts = SHORTEST..(word.len() + 1).saturating_sub(PART);
            cuts.any(|cut| is_part(&word[cut..]) && (self.has(&word[..cut]) || BEGINNINGS.contains(&&word[..cut])))
        };
        let begun = || BEGINNINGS.iter().any(|begin| word.strip_prefix(begin).is_some_and(is_part));
        self.find(word).is_some()
            || self.is_made_of_one(word)
            || other_spelling(word).is_some_and(|other| is_part(&other))
            || begun()
            || together()
    }

    /// Whether a word in lower case is in the list, and no name.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.find(word) == Some(false)
    }

    /// Whether a word is one of the list with another ending: "piercer", "operators".
    pub(crate) fn is_made_of_one(&self, word: &str) -> bool {
        let word = word.strip_suffix('s').unwrap_or(word);
        let from = |stem: &str, end: &str| stem.len() + end.len() >= PART && self.has(&[stem, end].concat());
        let doer = word.strip_suffix("er").is_some_and(|stem| {
            let twice = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b);
            from(stem, "") || from(stem, "e") || (twice && from(&stem[..stem.len() - 1], ""))
        });
        doer || word.strip_suffix("or").is_some_and(|stem| stem.ends_with("at") && from(stem, "e")) || from(word, "")
    }

    /// The words in order that begin with a letter and are no names.
    pub(crate) fn beginning_with(&self, letter: char) -> impl Iterator<Item = &str> {
        let start = self.words.partition_point(|(word, _)| word.as_ref() < letter.encode_utf8(&mut [0; 4]));
        let words = self.words[start..].iter().take_while(move |(word, _)| word.starts_with(letter));
        words.filter(|(_, is_name)| !is_name).map(|(word, _)| word.as_ref())
    }

    /// Whether a word is a name; none if it is not in the list.
    fn find(&self, word: &str) -> Option<bool> {
        let at = self.words.binary_search_by(|(known, _)| known.as_ref().cmp(word)).ok()?;
        Some(self.words[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_list_and_words_made_of_them() {
        let list = WordList::from_lines(
            "Oxford\noxfords\npierce\nground\nwork\nplan\noperate\ncolour\n  steel \nfix\nit\nnaïve\n\nMay\nmay\nlogy\n",
        );
        for (word, known) in [
            ("oxford", true),
            ("may", true),
            ("piercer", true),
            ("piercers", true),
            ("pierces", true),
            ("groundworker", true),
            ("planner", true),
            ("planers", true),
            ("operators", true),
            ("color", true),
            ("steelwork", true),
            ("micropiercer", true),
            ("rework", true),
            ("peircer", false),
            ("oxforder", false),
            ("fixit", false),
            ("operetor", false),
            ("naïve", false),
            ("naive", false),
            ("", false),
            ("er", false),
        ] {
            assert_eq!(list.knows(word), known, "{word}");
        }
        let names = list.words.iter().filter(|(_, is_name)| *is_name).map(|(word, _)| word.as_ref());
        assert_eq!(names.collect::<Vec<_>>(), ["oxford"]);
        assert_eq!(list.beginning_with('o').collect::<Vec<_>>(), ["operate", "oxfords"]);
        assert_eq!(list.beginning_with('z').count() + list.beginning_with('é').count(), 0);
        assert_eq!(WordList::from_lines("").beginning_with('a').count(), 0);
    }
}
