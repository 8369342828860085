//! Words that hold a sentence together and say nothing of its subject.

/// Articles, pronouns, the forms of "be", "have" and "do", the usual prepositions and
/// conjunctions, sorted. Words that may be a subject are not among them, nor what has
/// their stem: "it" (the trade) and "its", "us", "can", "may", "will".
const FUNCTION_WORDS: [&str; 63] = [
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "both", "but",
    "by", "did", "do", "does", "each", "for", "from", "had", "has", "have", "having", "he", "her", "his", "how", "i",
    "if", "in", "into", "is", "my", "not", "of", "on", "or", "our", "she", "so", "such", "than", "that", "the",
    "their", "them", "these", "they", "this", "those", "to", "was", "we", "were", "what", "when", "with", "you",
    "your",
];

/// Whether a word, in lower case, only holds a sentence together.
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_sorted_and_no_subjects() {
        assert!(FUNCTION_WORDS.is_sorted());
        for (word, is_one) in [("you", true), ("the", true), ("a", true), ("it", false), ("can", false), ("", false)] {
            assert_eq!(is_function_word(word), is_one, "{word}");
        }
    }
}
