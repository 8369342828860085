//! Proposals in sentences: "X should move to Y", "open X", a title.

use super::mentions::{MapNames, Mention};
use super::phrases::{
    after_any, bare, before_any, has_words, numbered, place, plain, plain_words, points_on, says_no, says_yes,
    sentences, split_last, strip_ends,
};
use super::titles::{Guess, titles};
use crate::text::says_something;

/// Words before the place that something moves to.
const TO: [&str; 14] = [
    "to",
    "into",
    "in",
    "under",
    "within",
    "with",
    "alongside",
    "join",
    "among",
    "amongst",
    "->",
    "=>",
    "\u{2192}",
    "-",
];
/// Words before the place that something leaves.
const FROM: [&str; 8] =
    ["from", "rather than", "rather than in", "rather than under", "instead of", "instead of in", "not", "not in"];
/// Words that keep things as they are.
const STAY: [&str; 10] = [
    "leave",
    "left",
    "stay",
    "stays",
    "remain",
    "fine where",
    "right where",
    "correct where",
    "should not",
    "shouldn't",
];
/// Words that take the target of the sentence before.
const LIKEWISE: [&str; 6] = ["likewise", "as well", "too", "also", "the same", "same"];

/// The proposals in the answer to a question (0, 1 or 2); none in an answer that says no.
/// `reasons` are read where the answer is a bare yes.
///
/// (a) a title a line, with "in PLACE" after it; (b) for each sentence, the occupations
/// that it names and the place after "to", "in" or "with"; (c) the branches that it
/// names. What names nothing of the map is read by its form, for a person to mend.
pub(super) fn proposals(names: &MapNames<'_>, question: usize, answer: &str, reasons: &str) -> Vec<Guess> {
    let mut found = Vec::new();
    // "Yes" in one column, and what in the next
    let answer = match answer.split_once('\n') {
        Some((first, more)) if says_yes(first) && says_something(more) => more,
        _ => answer,
    };
    let is_yes = says_yes(answer);
    // of reasons, the first sentence says what is meant
    let first = sentences(reasons).first().copied().unwrap_or_default();
    let is_yes = is_yes || points_on(answer);
    let answer = match is_yes {
        true if question == 0 => first,
        true => reasons,
        false => answer,
    };
    for line in answer.lines().flat_map(numbered).map(bare).filter(|line| says_something(line)) {
        match question {
            0 => found.extend(titles(line)),
            _ => of_line(names, question, line, &mut found),
        }
    }
    if is_yes && found.is_empty() {
        found.push(if question == 0 { Guess::default() } else { by_form(question, answer) });
    }
    found
}

/// The proposals of a line, sentence by sentence.
fn of_line(names: &MapNames<'_>, question: usize, line: &str, found: &mut Vec<Guess>) {
    let before = found.len();
    let all = sentences(line);
    let mut is_settled = false;
    for (at, sentence) in all.iter().enumerate() {
        let mentions = names.mentions(sentence);
        let words = plain_words(sentence);
        let stays = STAY.iter().any(|stay| has_words(&words, &plain_words(stay)));
        if mentions.is_empty() || stays {
            is_settled |= stays && !mentions.is_empty();
            continue;
        }
        let rest =
            || all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, s)| *s).collect::<Vec<_>>().join(" ");
        if question == 1 {
            moves(sentence, &mentions, &words, &rest, found);
        } else {
            openings(sentence, &mentions, &rest, found);
        }
    }
    if found.len() == before && !is_settled && question == 1 {
        // "X sits oddly; Y is its place"
        moves(line, &names.mentions(line), &plain_words(line), &String::new, found);
    }
    if found.len() == before && !is_settled && !says_no(line) {
        found.push(by_form(question, line));
    }
}

/// (b) The occupations that move in a sentence, and where to.
fn moves(sentence: &str, mentions: &[Mention<'_>], words: &str, rest: &dyn Fn() -> String, found: &mut Vec<Guess>) {
    let is_to = |mention: &Mention<'_>| TO.contains(&word_before(sentence, mention.span.0).as_str());
    let is_from = |mention: &Mention<'_>| {
        let before = plain_words(&sentence[..mention.span.0]);
        let before = before.strip_suffix(" the").unwrap_or(&before);
        FROM.iter().any(|from| before.strip_suffix(from).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
    };
    let branches = || mentions.iter().filter(|mention| mention.branch.is_some());
    // without "to": the last branch, if an occupation goes before it
    let alone =
        || branches().rfind(|at| !is_from(at)).filter(|at| at.occupation.is_none() && mentions[0].span != at.span);
    let target = branches().rfind(|at| is_to(at) && !is_from(at)).or_else(alone);
    let moved = mentions.iter().filter(|at| {
        at.occupation.is_some()
            && Some(*at) != target
            && !is_from(at)
            && !(is_to(at) && at.span.0 > 0 && has_moved(mentions, at))
    });
    let from = mentions.iter().find(|at| is_from(at)).and_then(|at| at.branch).unwrap_or_default();
    let like = LIKEWISE.iter().any(|like| has_words(words, like));
    let before = found.last().filter(|_| like && target.is_none()).map(|last| last.to.clone());
    let Some(to) = target.and_then(|at| at.branch).map(str::to_owned).or(before) else { return };
    let many = found.len();
    for at in moved {
        // "X to Y, and Z to W": the place that follows
        let own = branches().find(|branch| branch.span > at.span && is_to(branch)).and_then(|branch| branch.branch);
        let occupation = at.occupation.unwrap_or_default().to_owned();
        let to = own.map_or_else(|| to.clone(), str::to_owned);
        found.push(Guess { occupation, from: from.to_owned(), to, rest: rest(), ..Guess::default() });
    }
    if let (true, Some(target)) = (found.len() == many, target) {
        // a name with a slip: what goes before the place
        let Guess { occupation, .. } = by_form(1, &sentence[..target.span.0]);
        found.push(Guess { occupation, from: from.to_owned(), to, rest: rest(), ..Guess::default() });
    }
}

/// Whether an occupation is named before this one.
fn has_moved(mentions: &[Mention<'_>], at: &Mention<'_>) -> bool {
    mentions.iter().any(|other| other.span < at.span && other.occupation.is_some())
}

/// (c) The branches that a sentence opens.
fn openings(sentence: &str, mentions: &[Mention<'_>], rest: &dyn Fn() -> String, found: &mut Vec<Guess>) {
    for mention in mentions {
        let Some(branch) = mention.branch else { continue };
        // "open Retail, which sells food": only what goes before "which" or "because"
        let before = plain_words(&sentence[..mention.span.0]);
        let is_reason = ["because", "since", "which", "as"].iter().any(|word| has_words(&before, word));
        if !is_reason || found.is_empty() {
            found.push(Guess { to: branch.to_owned(), rest: rest(), ..Guess::default() });
        }
    }
}

/// The word before a position, without "the" and the like.
fn word_before(text: &str, at: usize) -> String {
    let before = text[..at]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{201c}' | '\u{2018}' | '('));
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let plain = word.trim_matches(|c: char| matches!(c, ',' | ':' | '"' | '\u{2013}'));
    match plain {
        "the" | "a" | "an" | "our" | "your" => word_before(before, before.len() - word.len()),
        "\u{2013}" | "\u{2014}" | "" if !word.is_empty() => "-".to_owned(),
        _ => plain.to_owned(),
    }
}

/// What a line says by its form alone, where it names nothing of the map.
fn by_form(question: usize, line: &str) -> Guess {
    let all = sentences(line);
    let first = plain(all.first().copied().unwrap_or(line));
    let rest = all.iter().skip(1).copied().collect::<Vec<_>>().join(" ");
    if question == 2 {
        let named = after_any(
            first,
            &["please open up ", "please open ", "open up ", "open ", "opening ", "yes - ", "yes, ", "the "],
        );
        let ends = [
            " to t level",
            " should be open",
            " should open",
            " could be open",
            " for t level",
            " ought to be open",
            " be opened",
        ];
        return Guess { to: place(before_any(named, &ends)).to_owned(), rest, ..Guess::default() };
    }
    let named = after_any(first, &["please move ", "move ", "moving ", "the "]);
    let left = [" rather than in the ", " rather than in ", " rather than the ", " rather than ", " instead of the "];
    let (named, instead) = split_last(named, &[&left[..], &[" instead of ", ", not in ", ", not "]].concat())
        .map_or((named, None), |(named, from)| (named, Some(from)));
    let places = [" to the ", " to ", " -> ", " into the ", " into "];
    // "in" goes before a place only where another place is given up
    let inside: &[&str] =
        if instead.is_some() { &[" belongs in the ", " belongs in ", " be in the ", " be in "] } else { &[] };
    let (before, to) = split_last(named, &[&places[..], inside].concat()).unwrap_or((named, ""));
    let (before, from) = split_last(before, &[" from the ", " from "]).unwrap_or((before, instead.unwrap_or("")));
    let ends = [
        " should be in the",
        " should be in",
        " should go in the",
        " should go in",
        " belongs in",
        " to the",
        " to",
        " in the",
        " in",
        " should be moved",
        " should move",
        " could move",
        " must move",
        " moved",
        " moves",
        " needs to move",
        " belongs",
        " should be",
        " should",
        " should go",
        " ought",
    ];
    let occupation = strip_ends(before, &ends);
    Guess {
        occupation: plain(occupation).to_owned(),
        from: place(from).to_owned(),
        to: place(to).to_owned(),
        rest,
        ..Guess::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{MapNames, proposals};
    use crate::consult::form::{ANSWERS, FORM};
    use crate::map::Map;
    use crate::table::Table;
    use crate::text::title_key;

    fn map(bytes: &[u8]) -> Map {
        crate::check(crate::read(bytes).unwrap()).unwrap().map
    }

    /// Occupation, from, to, level and the rest of each proposal.
    fn read(question: usize, answer: &str, reasons: &str) -> Vec<String> {
        let map = map(include_bytes!("../../fixtures/maps/consultation.json"));
        let names = MapNames::of(&map);
        let shown = |guess: super::Guess| {
            let level = guess.level.map_or_else(String::new, |level| level.to_string());
            [guess.occupation, guess.from, guess.to, level, guess.rest].join("|")
        };
        proposals(&names, question, answer, reasons).into_iter().map(shown).collect()
    }

    #[test]
    fn titles_of_new_occupations() {
        for (answer, expected) in [
            ("Drone surveyor. Sites are surveyed.", &["Drone surveyor||||Sites are surveyed."][..]),
            ("A drone surveyor in the Construction route", &["drone surveyor||Construction||"]),
            ("Add 'Roofer'", &["Roofer||||"]),
            ("Roofer (level 2) in Construction", &["Roofer||Construction|2|"]),
            ("- Roofer, L3\n- Thatcher at level three", &["Roofer|||3|", "Thatcher|||3|"]),
            ("Roofer, level 2, and thatcher, level 3", &["Roofer|||2|", "thatcher|||3|"]),
            ("Roofer. Level 2. Thatcher. Level 3.", &["Roofer|||2|", "Thatcher|||3|"]),
            ("1) Roofer 2) Thatcher", &["Roofer||||", "Thatcher||||"]),
            ("A.I. engineer", &["AI engineer||||"]),
            ("Roofer. A thatcher would help.", &["Roofer||||A thatcher would help."]),
            ("I think you should include roofers, also thatchers", &["roofers||||", "thatchers||||"]),
            ("We would like to see roofers included", &["roofers||||"]),
            ("Value added tax adviser", &["Value added tax adviser||||"]),
            ("Level 3 roofer is missing", &["roofer|||3|"]),
            ("No", &[]),
            ("none that we know of", &[]),
            ("No, the map is complete.", &[]),
            // for a person to mend
            ("The one we discussed", &["||||"]),
            ("Yes", &["Roofer|||4|"]),
            ("Yes\nThatcher", &["Thatcher||||"]),
            ("Yes\nsee next box", &["Roofer|||4|"]),
            ("No\nN/A", &[]),
            ("see next box", &["Roofer|||4|"]),
        ] {
            assert_eq!(read(0, answer, "Roofer at level 4. They lead."), expected, "{answer}");
        }
    }

    #[test]
    fn moves_in_sentences() {
        for (answer, expected) in [
            ("Bricklayers should move to Catering", &["Bricklayer||Catering||"][..]),
            ("Move the Bricklayer from construction to the Catering pathway.", &["Bricklayer|Construction|Catering||"]),
            ("Bricklayer belongs in Catering rather than Construction", &["Bricklayer|Construction|Catering||"]),
            ("Bricklayer belongs in Catering, not in Construction.", &["Bricklayer|Construction|Catering||"]),
            (
                "Bricklayer should be in Catering instead of the Construction route",
                &["Bricklayer|Construction|Catering||"],
            ),
            // a place that the map does not have is for a person to mend
            ("Bricklayer belongs in Bakeries rather than Construction", &["Bricklayer|Construction|Bakeries||"]),
            ("Bricklayer -> Caterer", &["Bricklayer||Caterer||"]),
            (
                "LARS287 and LARS51 belong in Catering. They cook.",
                &["LARS287||Catering||They cook.", "LARS51||Catering||They cook."],
            ),
            ("Bricklayer to Catering, farrier to Digital", &["Bricklayer||Catering||", "Farrier||Digital||"]),
            (
                "Bricklayer should move to Catering. Farriers likewise.",
                &["Bricklayer||Catering||Farriers likewise.", "Farrier||Catering||Bricklayer should move to Catering."],
            ),
            ("Bricklayer is fine where it is", &[]),
            ("Bricklayers sit oddly; Catering is their place", &["Bricklayer||Catering||"]),
            ("no thank you", &[]),
            // for a person to mend
            ("Brickleyer should be in Catering", &["Brickleyer||Catering||"]),
            ("Bricklayer", &["Bricklayer||||"]),
            ("\u{c9}", &["\u{c9}||||"]),
        ] {
            assert_eq!(read(1, answer, ""), expected, "{answer}");
        }
    }

    #[test]
    fn branches_that_are_opened() {
        for (answer, expected) in [
            ("Open Hospitality to T Levels", &["||Hospitality||"][..]),
            ("Protective services - yes", &["||Protective services||"]),
            ("Hospitality and Marketing should be opened", &["||Hospitality||", "||Marketing||"]),
            ("Leave Hospitality closed. Marketing could open.", &["||Marketing||Leave Hospitality closed."]),
            ("No - leave them closed", &[]),
            ("We have no view", &[]),
            ("Yes, it should", &["||Hospitality||"]),
            ("Ponies", &["||Ponies||"]),
        ] {
            assert_eq!(read(2, answer, "The hospitality pathway can be taught."), expected, "{answer}");
        }
    }

    /// How many proposals of invented forms are read as a careful reader would: right,
    /// missed, and read where there is none or another.
    fn score(csv: &[u8], answers: &str) -> [usize; 3] {
        let map = map(include_bytes!("../../fixtures/maps/england.json"));
        let (names, table) = (MapNames::of(&map), Table::read(csv, &[FORM]).unwrap());
        let answers: Vec<Value> = serde_json::from_str(answers).unwrap();
        let mut score = [0; 3];
        for (row, answer) in table.rows().zip(&answers) {
            assert_eq!(Some(row.line()), answer["row"].as_u64());
            let key = |name: &str| title_key(name.split('(').next().unwrap_or(name));
            let of = |value: &Value| key(value.as_str().unwrap_or_default());
            let expected = answer["proposals"].as_array().unwrap().iter().map(|p| match p["question"].as_str() {
                Some("a") => format!("a {}", of(&p["occupation"])),
                Some("b") => format!("b {} {}", of(&p["occupation"]), of(&p["to"])),
                _ => format!("c {}", of(&p["branch"])),
            });
            let mut expected: Vec<String> = expected.collect();
            expected.sort();
            expected.dedup();
            let mut read = Vec::new();
            for (question, (letter, reasons)) in ANSWERS.into_iter().enumerate() {
                for guess in proposals(&names, question, row.cell(letter), row.cell(reasons)) {
                    let title = |name: &str| key(map.occupation(name).map_or(name, |o| o.title()));
                    let branch = |name: &str| key(map.find_branch(name).map_or(name, |b| b.name()));
                    read.push(match question {
                        0 => format!("a {}", key(&guess.occupation)),
                        1 => format!("b {} {}", title(&guess.occupation), branch(&guess.to)),
                        _ => format!("c {}", branch(&guess.to)),
                    });
                }
            }
            // what names nothing goes back to a person
            read.retain(|read| !read.ends_with(' '));
            read.sort();
            read.dedup();
            let right = read.iter().filter(|read| expected.contains(read)).count();
            score[0] += right;
            score[1] += expected.len() - right;
            score[2] += read.len() - right;
        }
        score
    }

    const PARTS: &[&str] = &[
        "Bricklayer",
        " farriers ",
        "Catering",
        " construction ",
        "Hospitality ",
        " to ",
        " should move to the ",
        " from ",
        ", also ",
        " rather than ",
        "not in ",
        "level 3",
        " (level ",
        "L4)",
        " and ",
        ";",
        ". ",
        "\n",
        "- ",
        "1) ",
        "2)",
        "Yes",
        "No ",
        ", ",
        "A.",
        "I.",
        " is missing",
        "please add ",
        "the ",
        "both",
        "->",
        "\u{e9}",
        "\u{1f600}",
        "\u{130}",
        "\"",
        " likewise",
        "open ",
        "which ",
        "we ",
        "see next box",
        "&",
    ];

    proptest! {
        /// No answer panics, and what is read is in it.
        #[test]
        fn no_answer_panics(words in proptest::collection::vec(proptest::sample::select(PARTS), 0..20), question in 0..3_usize) {
            let map = map(include_bytes!("../../fixtures/maps/consultation.json"));
            let answer = words.concat();
            for guess in proposals(&MapNames::of(&map), question, &answer, &answer) {
                prop_assert!(guess.occupation.len() <= answer.len() + 40, "{guess:?}");
            }
        }
    }

    #[test]
    fn invented_forms() {
        let a = score(
            include_bytes!("../../fixtures/responses/form-a.csv"),
            include_str!("../../fixtures/responses/form-a.answers.json"),
        );
        let b = score(
            include_bytes!("../../fixtures/responses/form-b.csv"),
            include_str!("../../fixtures/responses/form-b.answers.json"),
        );
        assert_eq!((a, b), ([105, 3, 6], [85, 2, 8]));
    }
}
