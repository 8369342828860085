//! Titles cut from sentences.

/// What a title does not begin with.
const BEFORE: [&str; 7] = ["the ability to ", "ability to ", "be able to ", "able to ", "can ", "how to ", "to "];

/// Where a sentence may end early: what follows explains or gives examples.
const ENDS: [&str; 15] = [
    ";",
    ": ",
    " (",
    " - ",
    " \u{2013} ",
    " such as ",
    " including ",
    " for example",
    " e.g",
    " in order to ",
    " to ensure ",
    " so that ",
    " in line with ",
    " in accordance with ",
    " that ",
];

/// Words that no title ends with.
const DANGLING: [&str; 31] = [
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "ensure",
    "for",
    "from",
    "how",
    "in",
    "of",
    "on",
    "or",
    "so",
    "the",
    "their",
    "to",
    "when",
    "which",
    "whilst",
    "with",
    "including",
    "into",
    "such",
    "that",
    "those",
    "through",
    "using",
    "what",
    "where",
];

/// The shortest title that is cut at the end of a phrase, in characters.
const LEAST: usize = 25;

/// Returns the first sentence of a text as a title of at most `most` characters:
/// without what only introduces it, with a capital, without a full stop. What is too
/// long ends with a phrase, or else with a word and an ellipsis.
///
/// # Examples
///
/// ```
/// use tlevel::text::short_title;
///
/// assert_eq!(short_title("be able to lay bricks to line. Then point.", 60), "Lay bricks to line");
/// let long = "Install cables in trunking, conduit and ducts, so that the circuit is safe";
/// assert_eq!(short_title(long, 60), "Install cables in trunking, conduit and ducts");
/// assert_eq!(short_title("Plaster walls and ceilings", 12), "Plaster\u{2026}");
/// ```
pub fn short_title(text: &str, most: usize) -> String {
    let first = text.split(['\n', '\r', '\u{2022}']).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // a full stop ends a sentence if a capital follows
    let ends = first.match_indices(". ").map(|(at, _)| at);
    let mut ends = ends.filter(|at| first[at + 2..].trim_start().starts_with(char::is_uppercase));
    let sentence = ends.next().map_or(first, |at| &first[..at]);
    let begins = |before: &&&str| sentence.get(..before.len()).is_some_and(|start| start.eq_ignore_ascii_case(before));
    let plain = BEFORE.iter().find(begins).map_or(sentence, |before| &sentence[before.len()..]);
    let plain = plain.trim_matches(|c: char| c.is_whitespace() || ".;:,-\u{2013}".contains(c));
    capitalised(&cut(plain, most))
}

/// A text with a capital at its start.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let least = text.char_indices().nth(LEAST).map_or(text.len(), |(at, _)| at);
    let phrase_end = |ends: &[&str]| {
        let ends = ends.iter().flat_map(|end| text.match_indices(end).map(|(at, _)| at));
        ends.filter(|at| (least..=room).contains(at)).max()
    };
    // a comma may be one of a list
    if let Some(at) = phrase_end(&ENDS).or_else(|| phrase_end(&[", "])) {
        return undangled(&text[..at]).to_owned();
    }
    let word = text[..room].rfind(' ').unwrap_or(room);
    format!("{}\u{2026}", undangled(&text[..word]))
}

/// Without words at the end that ask for more.
fn undangled(text: &str) -> &str {
    let mut text = text.trim_end_matches([' ', ',', ';', ':']);
    while let Some((before, last)) = text.rsplit_once(' ') {
        if !DANGLING.contains(&last.to_lowercase().as_str()) {
            break;
        }
        text = before.trim_end_matches([' ', ',', ';', ':']);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (text, title) in [
            ("", ""),
            ("...", ""),
            ("Work safely", "Work safely"),
            ("can use e.g. a saw", "Use e.g. a saw"),
            ("Ability to take readings; record them.", "Take readings; record them"),
            ("Use tools: \u{2022} saws \u{2022} planes", "Use tools"),
            ("\u{2022} saws", "Saws"),
            ("\u{e9}crire", "\u{c9}crire"),
            ("Explain the purpose of every part to customers in writing", "Explain the purpose of every part\u{2026}"),
            ("Explain the purpose of parts, in writing and in person", "Explain the purpose of parts"),
            ("Carry out counts for swabs, sharps and packs in line with the plan", "Carry out counts for swabs"),
            ("Prepare people for imaging, including those that are sedated", "Prepare people for imaging"),
            ("Recognise distress and how to ensure that support is there at once", "Recognise distress"),
        ] {
            assert_eq!(short_title(text, 40), title, "{text}");
        }
    }
}
