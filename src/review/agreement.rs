//! Where several people's reviews agree.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Choice, Decision, Decisions};

/// How far several people's reviews agree, item by item.
///
/// # Examples
///
/// ```
/// use tlevel::review::{Agreement, Decisions};
///
/// let of = |rows: &str| Decisions::from_csv(&format!("number,concept id,decision\n{rows}"));
/// let both = Decisions::of_several([
///     ("asha.csv", of("P1,k-law,drop\nP2,k-tax,keep\nP3,k-pay,drop\n")?),
///     ("ben.csv", of("P1,k-law,drop\nP2,k-tax,drop\n")?),
/// ]);
/// let agreement = Agreement::of(&both);
/// assert_eq!(agreement.to_string(), "1 item decided alike, 1 differently, 1 by one of them alone");
/// assert_eq!(agreement.alike[0].to_string(), "P1: drop (asha.csv, line 2; ben.csv, line 2)");
/// # Ok::<(), tlevel::review::ReviewError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agreement {
    /// The items that all who decided on them decided alike.
    pub alike: Vec<Alike>,
    /// How many items were decided in different ways: their decisions are in conflict
    /// where they are for the same pathways, or their new wordings differ.
    pub differently: usize,
    /// How many items one review alone decides on.
    pub alone: usize,
}

/// An item that several people decided alike.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alike {
    /// What the review calls the item.
    pub name: String,
    /// The decision, in words.
    pub decision: String,
    /// The places of the decisions.
    pub places: Vec<String>,
}

impl std::fmt::Display for Alike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.name, self.decision, self.places.join("; "))
    }
}

impl std::fmt::Display for Agreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let items = if self.alike.len() == 1 { "item" } else { "items" };
        let (alike, differently, alone) = (self.alike.len(), self.differently, self.alone);
        write!(f, "{alike} {items} decided alike, {differently} differently, {alone} by one of them alone")
    }
}

impl Agreement {
    /// How far the reviews agree that [`Decisions::of_several`] made one of.
    ///
    /// # Complexity
    ///
    /// `O(n log n)` in the decisions.
    pub fn of(decisions: &Decisions) -> Agreement {
        let mut by_item: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
        for decision in decisions.decisions() {
            by_item.entry(&decision.concept).or_default().push(decision);
        }
        let mut agreement = Agreement::default();
        for (concept, of_item) in by_item {
            let reviews: BTreeSet<&str> = of_item.iter().map(|decision| decision.review.as_str()).collect();
            let Some(first) = of_item.first().filter(|_| reviews.len() > 1) else {
                agreement.alone += 1;
                continue;
            };
            let is_alike = |other: &&&Decision| (&other.choice, &other.wording) == (&first.choice, &first.wording);
            if of_item.iter().filter(is_alike).count() < of_item.len() {
                agreement.differently += 1;
                continue;
            }
            let decision = match &first.choice {
                Choice::MergeWith(other) => format!("merge with {}", decisions.name(other)),
                choice => choice.to_string(),
            };
            let places = of_item.iter().map(|decision| decision.place.clone()).collect();
            agreement.alike.push(Alike { name: decisions.name(concept).to_owned(), decision, places });
        }
        agreement
    }
}
