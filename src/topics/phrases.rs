//! Noun phrases that several statements share.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::text::{Stems, capitalised};

/// Articles and the like: a noun phrase follows.
const ARTICLES: &str = "a all an any both each every her his its other our the their these this those your";

/// Prepositions: a noun phrase may follow, or what somebody does.
const PREPOSITIONS: &str = "about across against at between by during for from in into like of on onto over through \
    throughout towards under upon via with within without";

/// Other words that are no part of a heading.
const LIMITS: &str = "after also although and are as be because before been being but can could did do does eg etc had \
    has have he how i ie if including is it may might more most must never no nor not off only or out per shall she \
    should since so some such than that them then there they to until up using various was we were what when where \
    whether which while who whom whose why will would you";

/// Words that name no content: a phrase with one of them is no heading.
const EMPTY: &str = "able additional accordance according accurate agreed appropriate aspect basis best clear common correct \
    current different effective efficient example following full general good high importance key level limits line \
    main necessary new number order overall own part particular potential principle range regard related relation relevant required \
    respect role scope specific specified suitable timely type understanding use used variety way wide";

/// Words that end no heading.
const NOT_LAST: &str = "ability activity area benefit customer employer environment factor impact individual \
    information issue job knowledge manner method need objective option organisation organization other people person \
    place procedure process purpose reason requirement responsibility result setting situation skill staff standard \
    step task team thing time tool user work workplace";

/// What statements begin with: these are seldom the first word of a noun
/// phrase, and never with -ing after a preposition.
const VERBS: &str = "achieve act adapt adjust advise agree analyse answer apply arrange ask assemble assess assist \
    attend avoid be bring build calculate care carry change check choose clean collect combine communicate compare \
    complete conduct construct contribute control convert cook create cut deal define deliver demonstrate describe \
    design detect determine develop diagnose discuss dispose draw encourage ensure escort establish evaluate examine \
    execute explain explore fill find finish fit fix follow form gather get give handle have help hold identify \
    implement improve inform inspect install interpret join keep lay lead learn listen load look maintain make manage \
    mark measure minimise mix model monitor move observe obtain operate order organise perform place plan play position \
    practise prepare present prevent produce promote protect provide put raise read receive recognise recommend record \
    recover reflect refuel remove repair report represent resolve respond review run secure see select serve set share \
    show solve sort source store supply support take tape teach test tie train transport treat turn understand \
    undertake update use verify wash write";

/// Endings of words that are rarely nouns.
const ENDINGS: [&str; 8] = ["ed", "ly", "able", "ible", "ive", "ous", "ful", "ical"];

/// The fewest and the most words of a heading.
const WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// What part of its statements' words a heading is on average, or more.
const PART: f64 = 0.15;

/// A statement as words.
pub(super) struct Text<'t> {
    occupation: &'t str,
    is_knowledge: bool,
    words: Vec<Word<'t>>,
}

#[derive(Debug)]
struct Word<'t> {
    text: &'t str,
    stems: Vec<u32>,
    class: Class,
    /// Whether punctuation separates it from the word before.
    after_break: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Article,
    Preposition,
    Limit,
    Content,
}

impl<'t> Text<'t> {
    pub(super) fn new(occupation: &'t str, is_knowledge: bool, text: &'t str, stems: &mut Stems) -> Text<'t> {
        let (mut words, mut after_break): (Vec<Word<'t>>, bool) = (Vec::new(), true);
        for token in text.split_whitespace() {
            let word = token.trim_matches(|c: char| !c.is_alphanumeric());
            after_break |= !token.starts_with(word) || word.is_empty();
            if word.is_empty() {
                continue;
            }
            let ends = !token.ends_with(word);
            let stems = stems.terms(word).into_iter().map(|term| term.stem).collect();
            words.push(Word { text: word, stems, class: class(word), after_break });
            after_break = ends;
        }
        Text { occupation, is_knowledge, words }
    }

    fn stems(&self) -> Vec<u32> {
        self.words.iter().flat_map(|word| &word.stems).copied().collect()
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Whether a list has a word or what it is the plural of.
fn has_any_number(list: &str, word: &str) -> bool {
    let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    has(list, word)
        || has(list, word.strip_suffix('s').unwrap_or(word))
        || has(list, word.strip_suffix("es").unwrap_or(word))
        || singular.is_some_and(|singular| has(list, &singular))
}

fn class(word: &str) -> Class {
    static KNOWN: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| {
        let lists = [(LIMITS, Class::Limit), (PREPOSITIONS, Class::Preposition), (ARTICLES, Class::Article)];
        let of_class = |(list, class): (&'static str, Class)| list.split_ascii_whitespace().map(move |w| (w, class));
        lists.into_iter().flat_map(of_class).collect()
    });
    let is_odd = || !word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let known = KNOWN.get(word.to_lowercase().as_str()).copied();
    known.unwrap_or_else(|| if is_odd() { Class::Limit } else { Class::Content })
}

/// Whether a word with -ing is what somebody does: "maintaining".
fn is_doing(word: &str) -> bool {
    let Some(base) = word.strip_suffix("ing") else { return false };
    let undoubled = base.char_indices().next_back().map_or(base, |(last, _)| &base[..last]);
    has(VERBS, base) || has(VERBS, &format!("{base}e")) || has(VERBS, undoubled)
}

/// A phrase that statements share, as a heading.
#[derive(Debug, PartialEq)]
pub(super) struct Phrase {
    pub(super) heading: String,
    /// The numbers of the statements that have it, each with the part of its
    /// words that the phrase is.
    pub(super) covers: Vec<(usize, f64)>,
}

#[derive(Default)]
struct Found<'t> {
    /// The statements that have it.
    covers: BTreeSet<usize>,
    /// Those in which it is seen to be a noun phrase.
    seen: BTreeSet<usize>,
    /// How often each wording is.
    wordings: BTreeMap<String, usize>,
    occupations: BTreeSet<&'t str>,
    words: usize,
}

/// Returns the noun phrase that covers statements of most occupations, of two or
/// more and in two or more wordings; then most statements; then the longest,
/// then the first in the alphabet.
pub(super) fn best_phrase(texts: &[&Text<'_>]) -> Option<Phrase> {
    let mut all: BTreeMap<Vec<u32>, Found<'_>> = BTreeMap::new();
    for (i, text) in texts.iter().enumerate() {
        for (start, words) in text.words.iter().enumerate() {
            let run = text.words[start..].iter().enumerate();
            let run = run.take_while(|(n, word)| word.class == Class::Content && (*n == 0 || !word.after_break));
            let longest = run.count().min(*WORDS.end());
            if words.class != Class::Content || longest < *WORDS.start() {
                continue;
            }
            for n in *WORDS.start()..=longest {
                let phrase = &text.words[start..start + n];
                let key: Vec<u32> = phrase.iter().flat_map(|word| &word.stems).copied().collect();
                let found = all.entry(key).or_default();
                found.words = n;
                found.covers.insert(i);
                found.occupations.insert(text.occupation);
                if is_noun_phrase(text, start, n) {
                    found.seen.insert(i);
                    *found.wordings.entry(wording(phrase, start == 0)).or_default() += 1;
                }
            }
        }
    }
    let part = |i: &usize| texts.get(*i).map_or(0.0, |text| (text.words.len().max(1) as f64).recip());
    let usable = all.into_values().filter_map(|found| {
        let wordings: BTreeSet<Vec<u32>> = found.covers.iter().filter_map(|i| Some(texts.get(*i)?.stems())).collect();
        let parts: f64 = found.covers.iter().map(part).sum::<f64>() * found.words as f64;
        if wordings.len() < 2 || parts < PART * found.covers.len() as f64 {
            return None;
        }
        let most = found.wordings.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?.0.clone();
        let is_seen = found.occupations.len() >= 2 && found.seen.len() * 2 >= found.covers.len();
        is_seen.then_some((most, found))
    });
    let (heading, found) = usable.max_by(|(a, one), (b, other)| {
        let weight = |found: &Found<'_>| (found.occupations.len(), found.covers.len(), found.words);
        weight(one).cmp(&weight(other)).then(b.cmp(a))
    })?;
    let covers = found.covers.iter().map(|i| (*i, found.words as f64 * part(i))).collect();
    Some(Phrase { heading: capitalised(&heading), covers })
}

/// Whether some words of a text are a noun phrase that could be a heading.
fn is_noun_phrase(text: &Text<'_>, start: usize, n: usize) -> bool {
    let words = &text.words;
    let goes_on = |next: &Word<'_>| next.class == Class::Content || next.text.eq_ignore_ascii_case("of");
    let ends = words.get(start + n).is_none_or(|next| next.after_break || !goes_on(next));
    let before = start.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.class);
    let lower: Vec<String> = words[start..start + n].iter().map(|word| word.text.to_lowercase()).collect();
    let (Some(first), Some(last)) = (lower.first(), lower.last()) else { return false };
    let begins = match before {
        _ if before.is_some() && words[start].after_break => false,
        Some(Class::Article) => true,
        Some(Class::Preposition) => !is_doing(first),
        None => text.is_knowledge && !has(VERBS, first) && !is_doing(first),
        Some(Class::Limit | Class::Content) => false,
    };
    let is_capitalised =
        |word: &Word<'_>| word.text.starts_with(char::is_uppercase) && word.text.contains(char::is_lowercase);
    let is_name = start > 0 && words[start..start + n].iter().all(is_capitalised);
    let says_something = |word: &String| word.chars().any(char::is_alphabetic) && !has_any_number(EMPTY, word);
    let is_noun = last.len() > 2
        && !has_any_number(NOT_LAST, last)
        && !is_doing(last)
        && !ENDINGS.iter().any(|ending| last.len() > ending.len() + 2 && last.ends_with(ending));
    begins && ends && is_noun && !is_name && !first.ends_with("ly") && lower.iter().all(says_something)
}

/// Words in small letters, but for names and abbreviations.
fn wording(words: &[Word<'_>], at_start: bool) -> String {
    let small = |(i, word): (usize, &Word<'_>)| {
        let is_name = word.text.chars().skip(usize::from(at_start && i == 0)).any(char::is_uppercase);
        if is_name { word.text.to_owned() } else { word.text.to_lowercase() }
    };
    words.iter().enumerate().map(small).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_their_headings() {
        // statements of one occupation each; knowledge begins with K
        let cases: [(&[&str], Option<&str>); 22] = [
            (&["S Test the torque wrenches daily.", "S Store a torque wrench in its case."], Some("Torque wrench")),
            (
                &["K Gymnastic apparatus and its care.", "S Set out the gymnastic apparatus."],
                Some("Gymnastic apparatus"),
            ),
            (&["K The history of stained glass.", "S Cut and lead stained glass."], Some("Stained glass")),
            (&["K HVAC ducts in old houses.", "S Lay the HVAC ducts."], Some("HVAC ducts")),
            (
                &["S Lay off-road cycle tracks with a rake.", "K The drainage of off-road cycle tracks."],
                Some("Off-road cycle tracks"),
            ),
            (&["K The anatomy of the horse and pony.", "S Describe the anatomy of the horse."], None),
            // what somebody does, not a thing
            (&["S Tape the handlebars.", "S Tape handlebars with care."], None),
            (&["K How to go about maintaining wheels.", "S Aim at maintaining wheels."], None),
            (&["S Make wheel rims for clients.", "S Make wheel rims and spokes."], None),
            // one word, or words that name nothing
            (&["K Trombones.", "K The trombones of an orchestra."], None),
            (&["S Meet the customer requirements.", "K The customer requirements."], None),
            (&["K The correct way.", "S Do it in the correct way."], None),
            (&["K The highly skilled.", "S Support the highly skilled."], None),
            // part of something longer
            (&["K The sea bass fishing fleet.", "K The sea bass fishing quota."], None),
            (&["K The National Institute of Clay.", "S Follow the National Institute of Clay."], None),
            // a name; one sentence; a small part of what the statements say
            (&["K The Royal Oak.", "S Go to the Royal Oak."], None),
            (&["S Fill in details of orchestral sketches."; 2], None),
            // seen as a noun phrase in a third of them only
            (&["S Ride road bikes.", "S Race road bikes.", "S Look at the road bikes."], None),
            (
                &[
                    "S Wash hands, nails, cups, pots, pans, lids, jars, trays and racks in soapy water.",
                    "S Put brushes, combs, clips, pins, nets, tubs, ties, bands, caps and rollers in soapy water.",
                ],
                None,
            ),
            // one occupation, or none in common
            (&["K The sea bass."], None),
            (&["K The sea bass.", "K The river trout."], None),
            (&["K Bow, arrow rests.", "K The bow arrow rests."], None),
        ];
        for (statements, expected) in cases {
            let mut stems = Stems::default();
            let names: Vec<String> = (0..statements.len()).map(|i| format!("o{i}")).collect();
            let texts: Vec<Text<'_>> = (statements.iter().zip(&names))
                .map(|(s, name)| Text::new(name, s.starts_with('K'), &s[2..], &mut stems))
                .collect();
            let found = best_phrase(&texts.iter().collect::<Vec<_>>());
            assert_eq!(found.as_ref().map(|found| found.heading.as_str()), expected, "{statements:?}");
        }
    }

    #[test]
    fn statements_without_the_phrase_are_left_out() {
        let mut stems = Stems::default();
        let texts = [
            ("a", "The life of sea bass."),
            ("b", "Bait for sea bass"),
            ("b", "The sea trout."),
            ("c", "The sea bass"),
        ]
        .map(|(occupation, text)| Text::new(occupation, true, text, &mut stems));
        let found = best_phrase(&texts.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(found.heading, "Sea bass");
        assert_eq!(found.covers, [(0, 2.0 / 5.0), (1, 0.5), (3, 2.0 / 3.0)]);
    }
}
