//! Forms of words: relatives, spellings, compounds and abbreviations that meet,
//! and words that only look alike.

use tlevel::map::Map;
use tlevel::place::{NewOccupation, Placement, Placer, Verdict};

/// A map with one occupation in each cluster, named after what people there do.
fn map(titles: &[&str]) -> Map {
    let cluster = |(i, title): (usize, &&str)| {
        format!(
            "{{\"id\": \"{title}\", \"name\": \"C{i}\", \"occupations\": [{{\"id\": \"o{i}\", \"title\": \"{title} operative\", \
             \"level\": 3}}]}}"
        )
    };
    let clusters: Vec<String> = titles.iter().enumerate().map(cluster).collect();
    let text = format!(
        "{{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": [{{\"id\": \"r\", \"name\": \"R\", \"pathways\": \
         [{{\"id\": \"p\", \"name\": \"P\", \"clusters\": [{}]}}]}}]}}",
        clusters.join(", ")
    );
    tlevel::check(tlevel::read(text.as_bytes()).unwrap()).unwrap().map
}

fn asked(placer: &Placer, title: &str) -> Placement {
    placer.suggest(&NewOccupation::titled(title), 1)
}

const FORMS: [(&str, &str); 25] = [
    ("Plumber", "Plumbing"),
    ("Baker", "Bakery"),
    ("Fitters", "Fitting"),
    ("Carpenter", "Carpentry"),
    ("Butcher", "Butchery"),
    ("Signaller", "Signalling"),
    ("Signalman", "Signalling"),
    ("Hairdresser", "Hairdressing"),
    ("Hair dresser", "Hairdressing"),
    ("Florist", "Floristry"),
    ("Bricklayer", "Bricklaying"),
    ("Gardener", "Gardening"),
    ("Therapist", "Therapy"),
    ("Electrician", "Electrical"),
    ("Book keeper", "Bookkeeping"),
    ("Childminder", "Child minding"),
    ("Jewelry maker", "Jewellery"),
    ("Colorist", "Colour"),
    ("Receptionist", "Reception"),
    ("UX designer", "User experience"),
    ("hgv driver", "Heavy goods vehicle"),
    ("HR adviser", "Human resources"),
    ("I.T. helper", "Information technology"),
    ("Trainee CNC hand", "Computer numerical control"),
    ("Organizer", "Organiser"),
];

#[test]
fn forms_of_one_word_meet() {
    let mut titles: Vec<&str> = FORMS.iter().map(|(_, title)| *title).collect();
    titles.sort_unstable();
    titles.dedup();
    let placer = Placer::new(&map(&titles));
    for (title, expected) in FORMS {
        let found = asked(&placer, title);
        assert_eq!(found.suggestions[0].cluster, expected, "{title}: {found:?}");
        assert!(!matches!(found.verdict, Verdict::None), "{title}");
    }
}

#[test]
fn words_that_look_alike_do_not() {
    let pairs = [
        ("Numbers", "Numbing"),
        ("Master", "Mast"),
        ("Water", "Wat"),
        ("Letters", "Letting"),
        ("Former", "Forming"),
        ("Minor", "Mining"),
        ("Counter", "Country"),
        ("Technician", "Technical"),
        ("Nursery", "Nursing"),
        ("It", "Information technology"),
        ("Send", "Special educational needs"),
    ];
    let titles: Vec<&str> = pairs.iter().map(|(_, title)| *title).collect();
    let placer = Placer::new(&map(&titles));
    for (title, other) in pairs {
        let found = asked(&placer, title);
        assert_eq!(found.verdict, Verdict::TooLittle, "{title} and {other}: {found:?}");
        assert_eq!(found.because.as_deref(), Some("none of its words is on the map"));
    }
}

#[test]
fn a_title_in_full_and_abbreviated_is_one_title() {
    let placer = Placer::new(&map(&["HR", "Large goods vehicle (LGV)", "Police community support"]));
    for (title, cluster) in [
        ("Human resources operative", "HR"),
        ("LGV operatives", "Large goods vehicle (LGV)"),
        ("HGV operative", "Large goods vehicle (LGV)"),
        ("Large goods vehicle operative", "Large goods vehicle (LGV)"),
    ] {
        let found = asked(&placer, title);
        assert_eq!((found.verdict, found.suggestions[0].cluster.as_str()), (Verdict::SameTitle, cluster), "{title}");
    }
}

#[test]
fn forms_change_nothing_for_words_that_the_map_has() {
    // "plumber" is a word of its own here
    let placer = Placer::new(&map(&["Plumbing", "Plumber"]));
    let found = placer.suggest(&NewOccupation::titled("Plumber"), 2);
    assert_eq!(found.suggestions[0].cluster, "Plumber");
    let evidence = placer.explain(&NewOccupation::titled("Plumber"), "Plumbing").unwrap();
    assert!(evidence.shares.iter().all(|share| share.term != "plumbing"), "{evidence:?}");
}
