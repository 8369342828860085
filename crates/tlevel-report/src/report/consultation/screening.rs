//! The report of a screening of any kind.

use super::gaps::without_standard;
use super::one::of_one;
use super::responses::of_responses;
use crate::document::{Block, Document, Listing};
use crate::report::difference_words::name_of;
use tlevel::consult::{Screening, ScreeningReport};

/// Reports a screening: the main points, then the facts behind them, then what
/// the map does not say.
///
/// For many responses, a brief listing has every proposal with its main points,
/// and every row that could not be screened. The full listing adds the screening
/// of each proposal. Other long lists are cut in a brief listing.
///
/// The data of occupations without a standard has a row for each of these. For responses,
/// [`tracker`](super::tracker()) has a row for each proposal.
///
/// # Examples
///
/// ```
/// use tlevel::consult::Consultation;
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let screening = consultation.report(consultation.open_branch("protective-services")?);
/// let text = export::terminal(&report::consultation(&screening), &Layout::default());
/// assert!(text.contains("Apprenticeship-only. Reasons: barred to under-18s, named in the policy."));
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn consultation(report: &ScreeningReport) -> Document {
    let mut document = Document::answer("Screening for a consultation");
    document.rights.clone_from(&report.map.attribution);
    let sheet = match &report.screening {
        Screening::Responses(responses) => of_responses(responses),
        one => of_one(one),
    };
    let has_more = !sheet.behind.is_empty();
    document.blocks = sheet.blocks();
    document.data = match &report.screening {
        Screening::Gaps(gaps) => Some(without_standard(gaps)),
        _ => None,
    };
    document.blocks.push(Block::foot(format!("On {}; policy \"{}\".", name_of(&report.map), report.policy)));
    if has_more {
        let more = Block::foot("The full listing has the screening of each proposal.");
        document.blocks.push(Block::only(Listing::Brief, vec![more]));
    }
    document
}
