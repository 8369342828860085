//! The index of places as bytes: the same answers, and no other bytes.

use tlevel::map::Map;
use tlevel::place::{NewOccupation, Placer};

fn england() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()).unwrap().map
}

fn consultation() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap()).unwrap().map
}

/// All answers to all occupations of the map.
fn answers(placer: &Placer, map: &Map) -> Vec<tlevel::place::Placement> {
    let new: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
    placer.suggest_all(&new, 4)
}

#[test]
fn a_saved_index_answers_the_same() {
    let map = england();
    let placer = Placer::new(&map);
    let bytes = placer.save();
    assert_eq!(bytes, Placer::new(&map).save(), "same input, same bytes");
    assert_eq!(answers(&Placer::load(&bytes).unwrap(), &map), answers(&placer, &map));
    assert_eq!(Placer::load(&bytes).unwrap().save(), bytes);
    let others = placer.without("LARS82").unwrap();
    assert_eq!(answers(&Placer::load(&others.save()).unwrap(), &map), answers(&others, &map));
}

#[test]
fn a_wrong_old_or_damaged_index_is_told_so() {
    let bytes = Placer::new(&england()).save();
    let wrong = |bytes: &[u8]| Placer::load(bytes).unwrap_err().to_string();
    let not_one = "not a saved index; make one with `Placer::save` or `tlevel suggest --save-index`";
    assert_eq!(wrong(b"{}"), not_one);
    assert_eq!(wrong(b""), not_one);
    let damaged = "the index is damaged (its checksum does not fit its content); save it again from the map";
    assert_eq!(wrong(&bytes[..14]), damaged);
    assert_eq!(wrong(&bytes[..bytes.len() - 1]), damaged);
    let mut changed = bytes.clone();
    changed[1_000] ^= 1;
    assert_eq!(wrong(&changed), damaged);
    let mut old = bytes.clone();
    old[12] = 0;
    assert_eq!(wrong(&old), "an index of version 0, this program reads version 4; save it again from the map");
    // content that was made up, with a checksum that fits: never a panic
    let sealed = |content: &[u8]| {
        let hash = content
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        [&bytes[..16], &hash.to_le_bytes(), content].concat()
    };
    let content = &bytes[24..];
    assert!(Placer::load(&sealed(content)).is_ok());
    assert!(wrong(&sealed(b"")).starts_with("the index is inconsistent (its parts)"));
    // a small map: more of its bytes in less time
    let small = Placer::new(&consultation()).save();
    let content = &small[24..];
    for place in (0..content.len()).step_by(content.len() / 800) {
        let mut made_up = content.to_vec();
        made_up[place] = made_up[place].wrapping_add(0x55);
        if let Ok(placer) = Placer::load(&sealed(&made_up)) {
            let found = placer.suggest(&NewOccupation::titled("Network technician"), 3);
            assert!(found.suggestions.iter().all(|s| s.score.is_finite()));
            placer.leave_one_out();
        }
    }
}
