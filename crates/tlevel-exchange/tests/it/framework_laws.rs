//! Laws of every format of frameworks, over generated maps.

use std::collections::HashSet;

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel_exchange::{
    Framework, LinkKind, Naming, Part, case, ctdl_asn, cxt, esco, read_framework, read_topics, skos,
};

use crate::generated;

fn read_back(text: &str) -> String {
    let import = read_framework(&[Part::new("a", text.as_bytes())]).expect("a framework").expect("is read");
    serde_json::to_string(&import.map).expect("JSON")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// CASE 1.1 holds everything that a map has.
    #[test]
    fn a_map_survives_case(raw in generated::map()) {
        let naming = Naming::default();
        let framework = Framework::of_map(&raw, &naming);
        let (text, losses) = case::write(&framework, case::Version::V1_1, &naming);
        prop_assert!(losses.is_empty());
        prop_assert_eq!(read_back(&text), serde_json::to_string(&raw).expect("JSON"));
    }

    /// Where CASE 1.0, CTDL-ASN and SKOS list no loss, the map comes back equal.
    #[test]
    fn what_is_not_listed_as_lost_comes_back(raw in generated::map()) {
        let naming = Naming::default();
        let framework = Framework::of_map(&raw, &naming);
        let expected = serde_json::to_string(&raw).expect("JSON");
        let written = [
            case::write(&framework, case::Version::V1_0, &naming),
            ctdl_asn::write(&framework, &naming),
            skos::write(&framework, &naming),
        ];
        for (text, losses) in written {
            prop_assert!(!losses.is_empty() || read_back(&text) == expected);
        }
    }

    /// Items, their order and their tree survive CTDL-ASN and SKOS.
    #[test]
    fn the_tree_survives_linked_data(raw in generated::map()) {
        let naming = Naming::default();
        let map = tlevel::check(raw).expect("a map").map;
        let framework = Framework::of_map(map.raw(), &naming);
        let items = framework.items.len();
        for text in [ctdl_asn::write(&framework, &naming).0, skos::write(&framework, &naming).0] {
            if items == 0 {
                continue;
            }
            let (vocabulary, _) = match read_topics(&[Part::new("a", text.as_bytes())]) {
                Some(Ok(read)) => read,
                // two statements with one code are no topics
                Some(Err(_)) => continue,
                None => return Err(TestCaseError::fail("not recognised")),
            };
            prop_assert_eq!(vocabulary.topics().len(), items);
            for (topic, item) in vocabulary.topics().iter().zip(&framework.items) {
                prop_assert_eq!(Some(&topic.id), item.code.as_ref());
                prop_assert_eq!(topic.heading.as_str(), item.text.trim());
            }
        }
    }

    /// No two items share an identifier, and every statement is in a concept's links once.
    #[test]
    fn concepts_are_linked_to_each_of_their_statements(raw in generated::map()) {
        let naming = Naming::default();
        let map = tlevel::check(raw).expect("a map").map;
        let concepts = Concepts::exact(&map);
        let framework = Framework::of_concepts(&map, &concepts, &naming);
        let ids: HashSet<&str> = framework.items.iter().map(|item| item.id.as_str()).collect();
        prop_assert_eq!(ids.len(), framework.items.len());
        let matches = framework.links.iter().filter(|link| link.kind == LinkKind::ExactMatch).count();
        prop_assert_eq!(matches, concepts.iter().map(|concept| concept.statements().len()).sum::<usize>());
    }

    /// A context table has a cross for each occupation and concept that go together.
    #[test]
    fn a_context_has_the_right_crosses(raw in generated::map()) {
        let map = tlevel::check(raw).expect("a map").map;
        let concepts = Concepts::exact(&map);
        let (text, losses) = cxt::write(&map, &concepts, cxt::Attributes::Concepts);
        let lines: Vec<&str> = text.lines().collect();
        let number = |i: usize| lines[i].parse::<usize>().expect("a number");
        let (objects, attributes) = (number(2), number(3));
        prop_assert_eq!(objects, map.occupations().len());
        prop_assert_eq!(lines.len(), 5 + objects + attributes + objects);
        let expected: usize = concepts
            .iter()
            .map(|concept| {
                let of = concept.statements().iter().filter_map(|s| map.statement_at(*s));
                of.map(|s| s.occupation().id()).collect::<HashSet<_>>().len()
            })
            .filter(|of| *of >= 2)
            .sum();
        let crosses: usize = lines[5 + objects + attributes..].iter().map(|row| row.matches('X').count()).sum();
        prop_assert_eq!(crosses, expected);
        let lone: usize = losses.iter().filter(|l| l.what == "concepts that one occupation has").map(|l| l.count).sum();
        prop_assert_eq!(attributes + lone, concepts.len());
    }

    /// ESCO's tables read back as the same occupations with the same concepts.
    #[test]
    fn concepts_survive_the_tables_of_esco(raw in generated::map()) {
        let naming = Naming::default();
        let map = tlevel::check(raw).expect("a map").map;
        let concepts = Concepts::exact(&map);
        let (tables, _) = esco::write(&map, &concepts, &naming);
        let parts: Vec<Part<'_>> = tables.iter().map(|(name, text)| Part::new(name, text.as_bytes())).collect();
        let read = read_framework(&parts).expect("ESCO").expect("is read").map;
        let titles = |map: &tlevel::read::RawMap| -> Vec<String> {
            map.routes.iter().flat_map(|r| &r.pathways).flat_map(|p| &p.clusters).flat_map(|c| &c.occupations)
                .filter_map(|o| o.title.clone()).collect()
        };
        let expected: Vec<String> = map.occupations().map(|o| o.title().to_owned()).collect();
        prop_assert_eq!(titles(&read), expected);
        let statements: usize = read.occupations().map(|o| o.statements.len()).sum();
        let held: usize = concepts
            .iter()
            .map(|concept| {
                let of = concept.statements().iter().filter_map(|s| map.statement_at(*s));
                of.map(|s| s.occupation().id().to_owned()).collect::<HashSet<_>>().len()
            })
            .sum();
        prop_assert_eq!(statements, held);
    }

    /// A damaged file is read or refused with a message, and nothing panics.
    #[test]
    fn damaged_files_are_read_or_refused(raw in generated::map(), at in 0.0..1.0_f64, with in "[\\[\\]{}\",:a0 ]{0,3}", cut in any::<bool>()) {
        let naming = Naming::default();
        let framework = Framework::of_map(&raw, &naming);
        let texts = [
            case::write(&framework, case::Version::V1_1, &naming).0,
            ctdl_asn::write(&framework, &naming).0,
            skos::write(&framework, &naming).0,
            "O*NET-SOC Code\tTitle\n1\ta\n".to_owned(),
            "conceptUri,iscoGroup,preferredLabel\nu,7411,a\n".to_owned(),
            "Occupation Code,Task ID,Task\n1131/01,T.1,x\n".to_owned(),
        ];
        for text in texts {
            let at = text.floor_char_boundary((text.len() as f64 * at) as usize);
            let damaged = format!("{}{with}{}", &text[..at], if cut { "" } else { &text[at..] });
            let parts = [Part::new("a", damaged.as_bytes())];
            if let Some(Err(error)) = read_framework(&parts) {
                prop_assert!(!error.to_string().is_empty());
            }
            if let Some(Err(error)) = read_topics(&parts) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
