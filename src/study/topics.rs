//! How well topics agree with people who sorted statements into topics.
//!
//! | Measure | Meaning |
//! |---|---|
//! | `cards` | cards that are statements of the map; all figures are about them |
//! | `coverage` | the share of them that have a topic |
//! | `bcubed_precision`, `_recall`, `_f` | agreement of the groups with the readers', from the view of a card: 0 to 1 |
//! | `pairwise_precision`, `_recall`, `_f` | the same, from the view of pairs of cards that are together |
//! | `readers_bcubed_f`, `readers_pairwise_f` | the same two between the readers themselves: the most to be hoped for |
//! | `alone_...`, `one_...` | the same two if each card were alone, and if all were in one group |
//! | `core_precision`, `_recall` | of the cards in core content, the share that readers flag as core; of those flagged, the share in it |
//! | `core_average_precision` | the same over all cut-offs, with cards in core content first, then by support |
//! | `core_balanced_accuracy` | the mean of the share of core cards and the share of other cards that are right; 0.5 by chance |
//! | `core_topic_...` | the same four if every card of a core topic is core, whatever a specialism keeps of it |
//! | `general_balanced_accuracy` | the same if every card of a general topic is core, without any counting: the figure to beat |
//!
//! The group of a card is the area of its first topic; a card without a topic
//! is alone. Cards are compared within their pathway. A figure is the mean over
//! pathways and readers, each pathway and reader counting the same; a precision
//! and recall may have another harmonic mean than their `_f`, which is the mean
//! of the pathways' own. Core figures are over all flagged cards of a reader
//! whose occupation has a programme, then the mean over readers; they are
//! missing if there is no derivation, or no flag.
//!
//! # Source
//!
//! A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the
//! vector space model", COLING-ACL 1998 (B-cubed); see [`super::agreement`].

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::card_sort::Card;
use super::core_flags::{CoreAgreement, CoreContent, agree};
use super::{CardSort, CardSortError, Metric, agreement};
use crate::concept::Nature;
use crate::derive::Derivation;
use crate::map::{Map, StatementRef};
use crate::topics::Topics;

/// How well topics agree with a card sort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicStudy {
    format: StudyFormat,
    version: u32,
    /// The figures of the [module's table](self).
    pub measures: Vec<Metric>,
    /// The figures of each pathway, by its id.
    pub pathways: Vec<PathwayAgreement>,
    /// The figures of each reader.
    pub readers: Vec<ReaderAgreement>,
    /// Cards that are not on the map, and in no figure.
    pub unknown: Vec<StatementRef>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StudyFormat {
    #[serde(rename = "tlevel-study-topics")]
    Topics,
}

/// How well two groupings agree, from the view of a card and from that of a
/// pair. The second grouping is the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupingAgreement {
    /// How much of a card's group is of its class, the mean over cards.
    pub bcubed_precision: f64,
    /// How much of a card's class is in its group, the mean over cards.
    pub bcubed_recall: f64,
    /// Their harmonic mean.
    pub bcubed_f: f64,
    /// The share of the pairs together in a group that are of one class.
    pub pairwise_precision: f64,
    /// The share of the pairs of one class that are together in a group.
    pub pairwise_recall: f64,
    /// Their harmonic mean; 1 if there are no pairs on either side.
    pub pairwise_f: f64,
}

/// How well topics agree with the readers on a pathway's cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PathwayAgreement {
    /// The pathway.
    pub pathway: String,
    /// Its cards.
    pub cards: usize,
    /// The topics they have; cards without a topic are not counted.
    pub topics: usize,
    /// The share of the cards that have one.
    pub coverage: f64,
    /// The topics and the readers, the mean over readers.
    pub agreement: GroupingAgreement,
    /// The topics and each reader; `None` for one who sorted none of the cards.
    pub by_reader: Vec<Option<GroupingAgreement>>,
    /// The readers between themselves, the mean over pairs of readers; `None`
    /// with one reader.
    pub readers: Option<GroupingAgreement>,
    /// The figures if each card were alone.
    pub alone: GroupingAgreement,
    /// The figures if all cards were in one group.
    pub one: GroupingAgreement,
}

/// How well topics and cores agree with a reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReaderAgreement {
    /// The name of the column: `reader_1`.
    pub reader: String,
    /// The topics and the reader, the mean over pathways.
    pub agreement: GroupingAgreement,
    /// The core content of the programmes and the reader's flags; `None` without
    /// a derivation or without flags.
    pub core: Option<CoreAgreement>,
    /// The same if every card of a core topic is core.
    pub core_topic: Option<CoreAgreement>,
    /// The same if every card of a general topic is core.
    pub general: Option<CoreAgreement>,
}

/// Measures how well topics, and the cores derived from them, agree with a card
/// sort. Cards that are not on the map are listed, and in no figure.
///
/// # Errors
///
/// [`CardSortError::OtherMap`] if no card is on the map.
///
/// # Examples
///
/// ```
/// use tlevel::study::{CardSort, topics};
/// use tlevel::topics::{Topics, Vocabulary};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let assigned = Topics::assign(&map, &Vocabulary::bundled());
/// // a reader who sorts exactly as the program does
/// let mut rows = "occupation,statement,reader_1\n".to_owned();
/// for s in assigned.statements().iter().filter(|s| !s.topics.is_empty()).take(50) {
///     let area = &assigned.topic(&s.topics[0].topic).unwrap().area;
///     rows += &format!("{},{},{area}\n", s.occupation, s.statement);
/// }
/// let study = topics::study(&map, &assigned, &CardSort::read(&rows)?, None)?;
/// let value = |name: &str| study.measures.iter().find(|m| m.measure == name).unwrap().value;
/// assert_eq!((value("cards"), value("coverage"), value("bcubed_f")), (50.0, 1.0, 1.0));
/// assert!(value("alone_bcubed_f") < 1.0);
///
/// let other = CardSort::read("occupation,statement,reader_1\nXYZ,K1,Welding\n")?;
/// assert_eq!(
///     topics::study(&map, &assigned, &other, None).unwrap_err().to_string(),
///     "none of the 1 cards is a statement of this map (the first is XYZ K1); is it the map that was sorted?",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` for `n` cards and `O(s)` for the map's statements, and a sort of the
/// cards for each reader.
pub fn study(
    map: &Map,
    topics: &Topics,
    sort: &CardSort,
    derivation: Option<&Derivation>,
) -> Result<TopicStudy, CardSortError> {
    let known: HashMap<(&str, &str), _> = map.statements().map(|s| ((s.occupation().id(), s.id()), s)).collect();
    let (mut by_pathway, mut unknown) = (BTreeMap::<&str, Vec<SortedCard<'_>>>::new(), Vec::new());
    for card in &sort.cards {
        let code = (card.occupation.as_str(), card.statement.as_str());
        let Some(statement) = known.get(&code) else {
            unknown.push(StatementRef { occupation: (&card.occupation).into(), statement: (&card.statement).into() });
            continue;
        };
        let first = topics.of_statement(*statement).first().and_then(|first| topics.topic(&first.topic));
        let area = first.and_then(|first| topics.topic(&first.area));
        let pathway = card.pathway.as_deref().unwrap_or_else(|| statement.occupation().pathway().id());
        let is_general = area.is_some_and(|area| area.nature == Nature::General);
        let card = SortedCard { card, area: area.map(|area| area.id.as_str()), is_general };
        by_pathway.entry(pathway).or_default().push(card);
    }
    let cards: Vec<SortedCard<'_>> = by_pathway.values().flatten().copied().collect();
    if cards.is_empty() {
        let first = sort.cards.first().map_or_else(String::new, |c| format!("{} {}", c.occupation, c.statement));
        return Err(CardSortError::OtherMap { cards: sort.len(), first });
    }
    let pathways: Vec<PathwayAgreement> =
        by_pathway.into_iter().map(|(pathway, cards)| of_pathway(pathway, &cards, sort.readers())).collect();
    let content = derivation.map(CoreContent::of);
    let readers: Vec<ReaderAgreement> =
        (0..sort.readers()).map(|reader| of_reader(reader, &cards, &pathways, content.as_ref())).collect();
    let measures = measures(&cards, &pathways, &readers);
    Ok(TopicStudy { format: StudyFormat::Topics, version: 1, measures, pathways, readers, unknown })
}

/// A card that is on the map.
#[derive(Clone, Copy, Debug)]
struct SortedCard<'c> {
    card: &'c Card,
    /// The area of its first topic.
    area: Option<&'c str>,
    is_general: bool,
}

impl GroupingAgreement {
    /// The agreement of groups and classes of the same cards.
    fn new(groups: &[u32], classes: &[u32]) -> GroupingAgreement {
        let [bcubed_precision, bcubed_recall] = agreement::bcubed(classes, groups);
        let [pairwise_precision, pairwise_recall, pairwise_f] = agreement::pairwise(classes, groups);
        let bcubed_f = agreement::harmonic(bcubed_precision, bcubed_recall);
        GroupingAgreement { bcubed_precision, bcubed_recall, bcubed_f, pairwise_precision, pairwise_recall, pairwise_f }
    }

    /// The mean of each figure; all 0 for none.
    fn mean<'a>(all: impl Iterator<Item = &'a GroupingAgreement>) -> GroupingAgreement {
        let all: Vec<&GroupingAgreement> = all.collect();
        let mean = |of: fn(&GroupingAgreement) -> f64| {
            all.iter().map(|agreement| of(agreement)).sum::<f64>() / all.len().max(1) as f64
        };
        GroupingAgreement {
            bcubed_precision: mean(|a| a.bcubed_precision),
            bcubed_recall: mean(|a| a.bcubed_recall),
            bcubed_f: mean(|a| a.bcubed_f),
            pairwise_precision: mean(|a| a.pairwise_precision),
            pairwise_recall: mean(|a| a.pairwise_recall),
            pairwise_f: mean(|a| a.pairwise_f),
        }
    }
}

fn of_pathway(pathway: &str, cards: &[SortedCard<'_>], readers: usize) -> PathwayAgreement {
    let mut named: Vec<&str> = cards.iter().filter_map(|card| card.area).collect();
    let coverage = named.len() as f64 / cards.len() as f64;
    named.sort_unstable();
    named.dedup();
    let alone = |i: usize| (named.len() + i) as u32;
    let group = |(i, card): (usize, &SortedCard<'_>)| {
        card.area.and_then(|area| named.binary_search(&area).ok()).map_or_else(|| alone(i), |at| at as u32)
    };
    let groups: Vec<u32> = cards.iter().enumerate().map(group).collect();
    let heading = |i: usize, reader: usize| cards[i].card.headings.get(reader)?.as_deref();
    let sorted: Vec<(Vec<usize>, Vec<u32>)> = (0..readers)
        .map(|reader| {
            let of: Vec<usize> = (0..cards.len()).filter(|&i| heading(i, reader).is_some()).collect();
            let classes = super::labels::numbers(of.iter().filter_map(|&i| heading(i, reader)));
            (of, classes)
        })
        .collect();
    let with = |of: fn(usize, u32) -> u32| -> Vec<Option<GroupingAgreement>> {
        let agree = |(cards, classes): &(Vec<usize>, Vec<u32>)| {
            let groups: Vec<u32> = cards.iter().map(|&i| of(i, groups[i])).collect();
            // a reader who sorted none of the pathway's cards says nothing of it
            (!cards.is_empty()).then(|| GroupingAgreement::new(&groups, classes))
        };
        sorted.iter().map(agree).collect()
    };
    let by_reader = with(|_, group| group);
    let mut between = Vec::new();
    for a in 0..readers {
        for b in a + 1..readers {
            let both: Vec<usize> =
                (0..cards.len()).filter(|&i| heading(i, a).is_some() && heading(i, b).is_some()).collect();
            let classes = |reader| super::labels::numbers(both.iter().filter_map(|&i| heading(i, reader)));
            if !both.is_empty() {
                between.push(GroupingAgreement::new(&classes(b), &classes(a)));
            }
        }
    }
    PathwayAgreement {
        pathway: pathway.to_owned(),
        cards: cards.len(),
        topics: named.len(),
        coverage,
        agreement: GroupingAgreement::mean(by_reader.iter().flatten()),
        by_reader,
        readers: (!between.is_empty()).then(|| GroupingAgreement::mean(between.iter())),
        alone: GroupingAgreement::mean(with(|i, _| i as u32).iter().flatten()),
        one: GroupingAgreement::mean(with(|_, _| 0).iter().flatten()),
    }
}

fn of_reader(
    reader: usize,
    cards: &[SortedCard<'_>],
    pathways: &[PathwayAgreement],
    content: Option<&CoreContent<'_>>,
) -> ReaderAgreement {
    let own = pathways.iter().filter_map(|pathway| pathway.by_reader.get(reader)?.as_ref());
    // the flag, whether the card is in core content, under a core topic, and general; and its support
    let placed: Vec<(bool, super::core_flags::Place, bool)> = (cards.iter())
        .filter_map(|sorted| {
            let flag = (*sorted.card.flags.get(reader)?)?;
            let place = content?.place(&sorted.card.occupation, &sorted.card.statement)?;
            Some((flag, place, sorted.is_general))
        })
        .collect();
    let agree_on = |found: fn(&(bool, super::core_flags::Place, bool)) -> (bool, f64)| {
        agree(&placed.iter().map(|card| (card.0, found(card))).collect::<Vec<_>>())
    };
    ReaderAgreement {
        reader: format!("reader_{}", reader + 1),
        agreement: GroupingAgreement::mean(own),
        core: agree_on(|(_, place, _)| (place.in_core, place.support)),
        core_topic: agree_on(|(_, place, _)| (place.under_core_topic, place.support)),
        general: agree_on(|(_, _, is_general)| (*is_general, 0.0)),
    }
}

fn measures(cards: &[SortedCard<'_>], pathways: &[PathwayAgreement], readers: &[ReaderAgreement]) -> Vec<Metric> {
    let with_topic = cards.iter().filter(|card| card.area.is_some()).count();
    let mut measures =
        vec![Metric::new("cards", cards.len() as f64), Metric::new("coverage", with_topic as f64 / cards.len() as f64)];
    let mut add = |measure: &str, value: f64| measures.push(Metric::new(measure, value));
    let all = GroupingAgreement::mean(pathways.iter().flat_map(|pathway| pathway.by_reader.iter().flatten()));
    add("bcubed_precision", all.bcubed_precision);
    add("bcubed_recall", all.bcubed_recall);
    add("bcubed_f", all.bcubed_f);
    add("pairwise_precision", all.pairwise_precision);
    add("pairwise_recall", all.pairwise_recall);
    add("pairwise_f", all.pairwise_f);
    let mut add_both = |name: &str, all: GroupingAgreement| {
        add(&format!("{name}_bcubed_f"), all.bcubed_f);
        add(&format!("{name}_pairwise_f"), all.pairwise_f);
    };
    if pathways.iter().any(|pathway| pathway.readers.is_some()) {
        add_both("readers", GroupingAgreement::mean(pathways.iter().filter_map(|pathway| pathway.readers.as_ref())));
    }
    add_both("alone", GroupingAgreement::mean(pathways.iter().map(|pathway| &pathway.alone)));
    add_both("one", GroupingAgreement::mean(pathways.iter().map(|pathway| &pathway.one)));
    for (name, of) in [
        ("core", (|reader| reader.core.as_ref()) as fn(&ReaderAgreement) -> Option<&CoreAgreement>),
        ("core_topic", |reader| reader.core_topic.as_ref()),
        ("general", |reader| reader.general.as_ref()),
    ] {
        let own: Vec<&CoreAgreement> = readers.iter().filter_map(of).collect();
        if own.is_empty() {
            continue;
        }
        let mean = |of: fn(&CoreAgreement) -> f64| own.iter().map(|core| of(core)).sum::<f64>() / own.len() as f64;
        if name != "general" {
            add(&format!("{name}_precision"), mean(|core| core.precision));
            add(&format!("{name}_recall"), mean(|core| core.recall));
            add(&format!("{name}_average_precision"), mean(|core| core.average_precision));
        }
        add(&format!("{name}_balanced_accuracy"), mean(|core| core.balanced_accuracy));
    }
    measures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn agreement_by_hand() {
        // groups {1 2 3} {4} {5}, classes {1 2} {3 4} {5}
        let found = GroupingAgreement::new(&[0, 0, 0, 1, 2], &[0, 0, 1, 1, 2]);
        // (2/3 + 2/3 + 1/3 + 1 + 1) / 5, (1 + 1 + 1/2 + 1/2 + 1) / 5
        close(found.bcubed_precision, 11.0 / 15.0);
        close(found.bcubed_recall, 4.0 / 5.0);
        close(found.bcubed_f, 2.0 * 11.0 / 15.0 * 0.8 / (11.0 / 15.0 + 0.8));
        // 1 of 3 pairs is right, 1 of 2 was found
        close(found.pairwise_precision, 1.0 / 3.0);
        close(found.pairwise_recall, 0.5);
        close(found.pairwise_f, 0.4);
        let alone = GroupingAgreement::new(&[0, 1], &[3, 3]);
        assert_eq!((alone.pairwise_precision, alone.pairwise_recall, alone.pairwise_f), (1.0, 0.0, 0.0));
        close(GroupingAgreement::new(&[0, 1], &[4, 3]).pairwise_f, 1.0);
    }

    #[test]
    fn a_pathway_by_hand() {
        let card = |statement: &str, headings: [Option<&str>; 2]| Card {
            occupation: "o".to_owned(),
            statement: statement.to_owned(),
            pathway: None,
            headings: headings.map(|heading| heading.map(str::to_owned)).to_vec(),
            flags: vec![None; 2],
        };
        let cards = [
            card("1", [Some("a"), Some("x")]),
            card("2", [Some("a"), Some("y")]),
            card("3", [Some("b"), Some("y")]),
            card("4", [Some("b"), None]),
        ];
        let sorted: Vec<SortedCard<'_>> = (cards.iter().zip([Some("t"), Some("t"), None, None]))
            .map(|(card, area)| SortedCard { card, area, is_general: false })
            .collect();
        let found = of_pathway("p", &sorted, 3);
        assert_eq!((found.cards, found.topics, found.coverage), (4, 1, 0.5));
        // t, and two cards alone, against a a b b: 1 of 1 pairs is right, 1 of 2 found
        close(found.by_reader[0].unwrap().pairwise_f, 2.0 / 3.0);
        // against x y y: 0 of 1
        close(found.by_reader[1].unwrap().pairwise_f, 0.0);
        assert_eq!(found.by_reader[2], None);
        close(found.agreement.pairwise_f, 1.0 / 3.0);
        // a a b against x y y: B-cubed precision and recall (1 + 1/2 + 1/2) / 3 and the same
        let readers = found.readers.unwrap();
        close(readers.bcubed_f, 2.0 / 3.0);
        close(readers.pairwise_f, 0.0);
        // one group of a a b b: precision 1/2; of x y y: (1/3 + 2/3 + 2/3) / 3
        close(found.one.bcubed_precision, f64::midpoint(0.5, 5.0 / 9.0));
        close(found.alone.bcubed_recall, f64::midpoint(0.5, 2.0 / 3.0));
    }
}
