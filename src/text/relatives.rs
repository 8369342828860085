//! Derivational relatives: words for people and for what they do, such as
//! "plumber" and "plumbing", that a stemmer keeps apart.
//!
//! A rule by endings cannot tell "plumber" from "number", so it never joins a
//! word with a bare root ("numb", "office", "mast"): only two words that both
//! occur, one with an ending for people and one with an ending for what they
//! do, are relatives. [`UNRELATED`] lists those that are not.
//!
//! | Relation | Of people | Of what they do | Examples |
//! |---|---|---|---|
//! | work | -er, -or, -ist, -man | -ing, -ery, -ry, -istry | fitter, fitting; baker, bakery; carpenter, carpentry; florist, floristry |
//! | subject | -ist | -y, -ics | therapist, therapy; physicist, physics |
//! | field | -ician | -ic, -ical | electrician, electrical |
//!
//! # Source
//!
//! The endings are those of L. Bauer and P. Nation, "Word families",
//! International Journal of Lexicography 6 (1993), levels 3 to 6. The pairs that the
//! rule finds in the words of five maps were compared with the derivational links of
//! `WordNet` 3.1 (Princeton University), and those without such a link were read one
//! by one.

/// How two words are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Relation {
    /// A worker and the work.
    Work,
    /// A scholar or practitioner and the subject.
    Subject,
    /// A practitioner and the adjective of the field.
    Field,
}

/// The minimum length of a root, and of one before "man".
const SHORT: usize = 3;
const BEFORE_MAN: usize = 5;

/// Words whose ending looks like one for people and is not, or not of the work
/// that its root suggests ("former", "forming"). In alphabetical order.
const UNRELATED: [&str; 84] = [
    "artist",
    "badger",
    "banner",
    "barber",
    "batter",
    "beaker",
    "better",
    "bitter",
    "blazer",
    "buffer",
    "bunker",
    "butter",
    "cantor",
    "caper",
    "castor",
    "cater",
    "charter",
    "chatter",
    "container",
    "copper",
    "corner",
    "counter",
    "courser",
    "cupper",
    "cursor",
    "decker",
    "dimmer",
    "dinner",
    "faster",
    "finer",
    "flower",
    "folder",
    "former",
    "ganger",
    "girder",
    "grouper",
    "halter",
    "hammer",
    "homer",
    "latter",
    "layer",
    "letter",
    "liver",
    "lower",
    "manner",
    "mater",
    "matter",
    "miser",
    "mister",
    "number",
    "offer",
    "outer",
    "pastor",
    "peter",
    "platter",
    "poster",
    "professor",
    "proper",
    "ranger",
    "render",
    "resistor",
    "river",
    "rover",
    "rubber",
    "saucer",
    "server",
    "shower",
    "shutter",
    "skewer",
    "slipper",
    "spanner",
    "stagger",
    "summer",
    "super",
    "tailor",
    "tanker",
    "taper",
    "tender",
    "tinker",
    "tower",
    "tutor",
    "wager",
    "welter",
    "winger",
];

/// Whether a root with "-ian" is one of people of a field: a technician is not
/// of the technical, nor a physician of the physical.
fn is_field(root: &str) -> bool {
    root.ends_with("ic") && !["technic", "physic"].contains(&root)
}

/// Calls `each` with the relation, whether the word is one of people, and the
/// root, for every way in which a word may be one of two relatives.
pub(crate) fn roots<'w>(word: &'w str, mut each: impl FnMut(Relation, bool, &'w str)) {
    if word.len() < SHORT + 2 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    let singular = word.strip_suffix('s').filter(|_| !word.ends_with("ss")).unwrap_or(word);
    let mut give = |relation, is_person, root: &'w str| {
        if root.len() >= SHORT && root.bytes().any(|b| b"aeiouy".contains(&b)) {
            each(relation, is_person, root);
        }
    };
    if UNRELATED.binary_search(&singular).is_err() {
        if let Some(root) = singular.strip_suffix("er") {
            give(Relation::Work, true, root);
        } else if let Some(root) = singular.strip_suffix("or").filter(|root| root.ends_with(['t', 's', 'y', 'l'])) {
            give(Relation::Work, true, root);
        } else if let Some(root) = singular.strip_suffix("ist") {
            give(Relation::Work, true, root);
            give(Relation::Subject, true, root);
        } else if let Some(root) = singular.strip_suffix("ian").filter(|root| is_field(root)) {
            give(Relation::Field, true, root);
        } else {
            let root = ["woman", "women", "man", "men"].iter().find_map(|end| word.strip_suffix(end));
            root.filter(|root| root.len() >= BEFORE_MAN).into_iter().for_each(|root| give(Relation::Work, true, root));
        }
    }
    if let Some(root) = singular.strip_suffix("ing") {
        give(Relation::Work, false, root);
        // "signalling" of the signalman
        if root.ends_with("ll") {
            give(Relation::Work, false, &root[..root.len() - 1]);
        }
    } else if let Some(root) = word.strip_suffix("istry") {
        give(Relation::Work, false, root);
    } else if let Some(root) = word.strip_suffix("ery") {
        give(Relation::Work, false, root);
        // "upholstery" of the upholsterer
        give(Relation::Work, false, &word[..word.len() - 1]);
    } else if let Some(root) = word.strip_suffix("ry").filter(|root| !root.ends_with(['a', 'e', 'i', 'o', 'u', 'r'])) {
        give(Relation::Work, false, root);
    } else if let Some(root) = word.strip_suffix('y').filter(|root| root.len() > SHORT) {
        give(Relation::Subject, false, root);
    }
    if let Some(root) = word.strip_suffix("ics") {
        give(Relation::Subject, false, &word[..word.len() - 1]);
        give(Relation::Subject, false, root);
    } else if let Some(root) = word.strip_suffix("al").filter(|root| root.ends_with("ic")) {
        give(Relation::Field, false, root);
    } else if word.ends_with("ic") {
        give(Relation::Field, false, word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, other: &str) -> bool {
        let of = |word| {
            let mut found = Vec::new();
            roots(word, |relation, is_person, root| found.push((relation, is_person, root)));
            found
        };
        of(one).iter().any(|a| of(other).iter().any(|b| (a.0, a.2) == (b.0, b.2) && a.1 != b.1))
    }

    #[test]
    fn relatives_meet() {
        for (one, other) in [
            ("plumber", "plumbing"),
            ("baker", "bakery"),
            ("bakers", "baking"),
            ("fitter", "fitting"),
            ("fitters", "fittings"),
            ("carpenter", "carpentry"),
            ("butcher", "butchery"),
            ("signaller", "signalling"),
            ("signalman", "signalling"),
            ("signalmen", "signalling"),
            ("hairdresser", "hairdressing"),
            ("florist", "floristry"),
            ("bricklayer", "bricklaying"),
            ("gardener", "gardening"),
            ("joiner", "joinery"),
            ("upholsterer", "upholstery"),
            ("dentist", "dentistry"),
            ("machinist", "machining"),
            ("farrier", "farriery"),
            ("saddler", "saddlery"),
            ("forester", "forestry"),
            ("surveyor", "surveying"),
            ("counsellor", "counselling"),
            ("auditor", "auditing"),
            ("driver", "driving"),
            ("computer", "computing"),
            ("therapist", "therapy"),
            ("physicist", "physics"),
            ("economist", "economics"),
            ("electrician", "electrical"),
            ("scaffolder", "scaffolding"),
        ] {
            assert!(meet(one, other) && meet(other, one), "{one} and {other}");
        }
    }

    #[test]
    fn other_words_do_not() {
        for (one, other) in [
            ("number", "numb"),
            ("number", "numbing"),
            ("officer", "office"),
            ("master", "mast"),
            ("water", "wat"),
            ("matter", "matting"),
            ("matter", "mating"),
            ("former", "forming"),
            ("tower", "towing"),
            ("letter", "letting"),
            ("country", "counter"),
            ("country", "counting"),
            ("carer", "carry"),
            ("nursery", "nursing"),
            ("minor", "mining"),
            ("tailor", "tailing"),
            ("taper", "tapping"),
            ("stagger", "staging"),
            ("ladder", "lading"),
            ("barman", "barring"),
            ("technician", "technical"),
            ("physician", "physical"),
            ("server", "serving"),
            ("flower", "flowing"),
            ("party", "parting"),
            ("industry", "dusting"),
            ("baker", "butcher"),
            ("", "ing"),
            ("er", "ing"),
        ] {
            assert!(!meet(one, other) && !meet(other, one), "{one} and {other}");
        }
        assert!(UNRELATED.is_sorted());
    }
}
