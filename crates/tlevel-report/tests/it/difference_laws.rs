//! Differences in words, over generated maps.

use crate::generated;
use proptest::prelude::*;
use tlevel::change::diff_with_effects;
use tlevel::concept::Concepts;
use tlevel_report::{Layout, export, report};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_difference_can_be_written(old in generated::map(), new in generated::map(), policy in generated::policy()) {
        let [old, new] = [old, new].map(|raw| tlevel::check(raw).expect("has a route").map);
        let (before, after) = (Concepts::exact(&old), Concepts::exact(&new));
        let difference = diff_with_effects((&old, &before), (&new, &after), &policy, &policy).expect("the concepts fit");
        let document = report::difference(&difference);
        for text in [export::markdown(&document), export::terminal(&document, &Layout::default().full(true))] {
            prop_assert!(!text.is_empty());
        }
        let text = export::terminal(&document, &Layout::default());
        prop_assert!(text.lines().all(|line| line.chars().count() <= 80), "{}", text);
    }
}
