//! British and American spellings.

/// Endings in British and in American spelling, and the minimum number of
/// letters before them ("size" and "prize" have no other spelling).
const ENDINGS: [(&str, &str, usize); 14] = [
    ("isation", "ization", 3),
    ("isations", "izations", 3),
    ("ising", "izing", 4),
    ("ised", "ized", 4),
    ("iser", "izer", 4),
    ("isers", "izers", 4),
    ("ises", "izes", 4),
    ("ise", "ize", 4),
    ("ysing", "yzing", 3),
    ("ysed", "yzed", 3),
    ("yser", "yzer", 3),
    ("ysers", "yzers", 3),
    ("yses", "yzes", 3),
    ("yse", "yze", 3),
];

/// Beginnings in British and in American spelling.
const BEGINNINGS: [(&str, &str); 33] = [
    ("aesthetic", "esthetic"),
    ("aluminium", "aluminum"),
    ("anaesthe", "anesthe"),
    ("archaeolog", "archeolog"),
    ("armour", "armor"),
    ("behaviour", "behavior"),
    ("calibre", "caliber"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("colour", "color"),
    ("counsellor", "counselor"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("gynaecolog", "gynecolog"),
    ("haematolog", "hematolog"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("jeweller", "jeweler"),
    ("jewellery", "jewelry"),
    ("labour", "labor"),
    ("litre", "liter"),
    ("modeller", "modeler"),
    ("mould", "mold"),
    ("neighbour", "neighbor"),
    ("orthopaedic", "orthopedic"),
    ("paediatric", "pediatric"),
    ("plough", "plow"),
    ("signaller", "signaler"),
    ("theatre", "theater"),
    ("traveller", "traveler"),
    ("tumour", "tumor"),
    ("tyre", "tire"),
];

/// What may follow a beginning that is a word; others that begin so are left
/// alone ("laboratory", "literacy", "honorary").
const AFTER: [&str; 12] = ["", "s", "ed", "ing", "er", "ers", "ings", "ful", "less", "ist", "ists", "al"];
/// Beginnings after which anything may follow.
const PARTS: [&str; 8] =
    ["aesthetic", "anaesthe", "archaeolog", "behaviour", "gynaecolog", "haematolog", "orthopaedic", "paediatric"];

/// Returns a word in lower case in the spelling of the other side of the
/// Atlantic, if it may have one. Whether that is a word is not known: "exercise"
/// has none.
pub(crate) fn other_spelling(word: &str) -> Option<String> {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let begins = |one: &str, other: &str, is_part: bool| {
        let rest = word.strip_prefix(one).filter(|rest| is_part || AFTER.contains(rest))?;
        Some([other, rest].concat())
    };
    // "jewellery" begins with "jeweller" too, and is not one of those
    let beginning = BEGINNINGS.iter().find_map(|(british, american)| {
        let is_part = PARTS.contains(british);
        begins(british, american, is_part).or_else(|| begins(american, british, is_part))
    });
    beginning.or_else(|| {
        ENDINGS.iter().find_map(|(british, american, least)| {
            let ends = |one: &str, other: &str| {
                let root = word.strip_suffix(one).filter(|root| root.len() >= *least)?;
                Some([root, other].concat())
            };
            ends(british, american).or_else(|| ends(american, british))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::other_spelling;

    #[test]
    fn spellings_of_both_sides() {
        for (british, american) in [
            ("organiser", "organizer"),
            ("colourist", "colorist"),
            ("jeweller", "jeweler"),
            ("jewellery", "jewelry"),
            ("analysing", "analyzing"),
            ("centres", "centers"),
            ("signaller", "signaler"),
            ("moulder", "molder"),
            ("labourer", "laborer"),
            ("paediatrics", "pediatrics"),
            ("specialisation", "specialization"),
            ("catalogues", "catalogs"),
        ] {
            assert_eq!(other_spelling(american).as_deref(), Some(british));
            assert_eq!(other_spelling(british).as_deref(), Some(american));
        }
        for word in
            ["size", "prize", "seized", "laboratory", "literacy", "honorary", "molecule", "baker", "", "caf\u{e9}s"]
        {
            assert_eq!(other_spelling(word), None, "{word}");
        }
    }
}
