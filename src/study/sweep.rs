//! The sizes of cores by quorum and by the threshold that joins statements:
//! each pathway, each combination of the two.

use serde::{Deserialize, Serialize};

use super::curricula::ProgrammeSize;
use crate::concept::Concepts;
use crate::derive::{Policy, Quorum, Share};
use crate::harmonise::{Ledger, LedgerError, Measure, Threshold, harmonise, harmonise_exact, overlaps};
use crate::map::Statement;
use crate::topics::{TopicDecisions, Topics, Vocabulary};

/// Core sizes over quorums and thresholds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SweepStudy {
    format: StudyFormat,
    version: u32,
    /// The rows: by threshold, quorum and pathway.
    pub rows: Vec<SweepRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StudyFormat {
    #[serde(rename = "tlevel-study-sweep")]
    Sweep,
}

/// A programme at a threshold and a quorum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SweepRow {
    /// The threshold that joined statements; `None` if only equal wordings were
    /// joined.
    pub threshold: Option<f64>,
    /// The quorum, of the pathway and of the route.
    pub quorum: Quorum,
    /// The pathway, with its size.
    #[serde(flatten)]
    pub size: ProgrammeSize,
}

impl SweepStudy {
    /// Combines the results of several thresholds.
    pub fn new(rows: Vec<SweepRow>) -> Self {
        SweepStudy { format: StudyFormat::Sweep, version: 1, rows }
    }
}

/// The cores of every pathway at one threshold (`None`: equal wordings only)
/// and several quorums, each used for the pathway and for the route.
///
/// Statements are shared unless the policy shares topics; these are then topics
/// of the bundled vocabulary.
///
/// # Errors
///
/// [`LedgerError`] if decisions contradict each other.
///
/// # Examples
///
/// ```
/// use tlevel::derive::{Policy, Quorum};
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
/// use tlevel::study::sweep;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let quorums = [Quorum::ALL, Quorum::HALF];
/// let rows = sweep(&Measure::new(&map), Some(Threshold::default()), &quorums, &Policy::t_level(), &Ledger::default())?;
/// let core = |quorum: Quorum| rows.iter().filter(|row| row.quorum == quorum).map(|row| row.size.core).sum::<usize>();
/// assert!(core(Quorum::HALF) > core(Quorum::ALL));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`harmonise`] once, and [`derive`](crate::derive()) for each quorum; with
/// topics also as [`overlaps`] and [`Topics::assign_with`].
pub fn sweep(
    measure: &Measure<'_>,
    threshold: Option<Threshold>,
    quorums: &[Quorum],
    policy: &Policy,
    ledger: &Ledger,
) -> Result<Vec<SweepRow>, LedgerError> {
    let harmony = match threshold {
        Some(threshold) => harmonise(measure, threshold, ledger)?,
        None => harmonise_exact(measure, ledger)?,
    };
    let map = measure.map();
    let share = policy.share.unwrap_or(Share::Statement);
    let concepts: Concepts = match share {
        Share::Statement => harmony.into_concepts(),
        Share::Topic => {
            let concepts = harmony.into_concepts();
            let found = overlaps(measure, &concepts);
            let is_served = |statement: Statement<'_>| policy.may_serve(statement.occupation());
            let none = TopicDecisions::default();
            // without decisions nothing can be wrong
            match Topics::assign_with(map, &Vocabulary::bundled(), &none, is_served) {
                Ok(topics) => topics.onto(map, concepts.with_overlaps(found)),
                Err(_) => concepts,
            }
        }
    };
    let mut rows = Vec::new();
    for quorum in quorums {
        let mut policy = policy.clone();
        policy.share = Some(share);
        (policy.pathway_quorum, policy.route_quorum) = (*quorum, *quorum);
        // the concepts are those of this map
        let Ok(derivation) = crate::derive(map, &concepts, &policy) else { continue };
        rows.extend(derivation.programmes.iter().map(|programme| SweepRow {
            threshold: threshold.map(Threshold::get),
            quorum: *quorum,
            size: ProgrammeSize::of(programme, &programme.pathway.id),
        }));
    }
    Ok(rows)
}
