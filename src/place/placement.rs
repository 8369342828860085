//! Results of the placer, as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

/// A placer's result for an occupation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Placement {
    /// The id of the occupation.
    pub occupation: String,
    /// The verdict on the suggestions.
    pub verdict: Verdict,
    /// For `ambiguous`: what would distinguish the first two. For `overlaps`:
    /// the occupation that it may duplicate. For `same-title` and `known-as`:
    /// the occupations that have the title, those of the first cluster before
    /// others. For `too-little`: which words are known.
    pub because: Option<String>,
    /// For `same-title` and `known-as`: who lists the title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KnownName>,
    /// The clusters, the best first, whatever the verdict; none if nothing is known of
    /// the occupation but its level.
    pub suggestions: Vec<Suggestion>,
}

/// A verdict on suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// The first is more likely right than not.
    Place,
    /// The first is more likely wrong than right: the first ones are too close.
    Ambiguous,
    /// It is so near an occupation of the first cluster that it may be the same.
    Overlaps,
    /// Its title is the title of an occupation of the first cluster.
    SameTitle,
    /// Its title is a job title of an occupation of the first cluster, or is in
    /// a caller's list.
    KnownAs,
    /// Too few of its words are on the map to tell.
    TooLittle,
    /// Its words are known, and nothing is near: it may need a new cluster, or
    /// not belong on the maps.
    None,
}

impl Verdict {
    /// The code that JSON and tables have, such as `"same-title"`.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Place => "place",
            Verdict::Ambiguous => "ambiguous",
            Verdict::Overlaps => "overlaps",
            Verdict::SameTitle => "same-title",
            Verdict::KnownAs => "known-as",
            Verdict::TooLittle => "too-little",
            Verdict::None => "none",
        }
    }
}

/// Who lists a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KnownName {
    /// The id of the occupation; `None` if a list of titles names a cluster
    /// only.
    pub occupation: Option<String>,
    /// The title of the occupation; otherwise the title in the list.
    pub title: String,
    /// The id of the cluster.
    pub cluster: String,
    /// Where a caller's list has it: the file and line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

/// A cluster that an occupation may belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The id of its route.
    pub route: String,
    /// The name of its route.
    pub route_name: String,
    /// The id of its pathway.
    pub pathway: String,
    /// The name of its pathway.
    pub pathway_name: String,
    /// Its id.
    pub cluster: String,
    /// Its name.
    pub cluster_name: String,
    /// The score, from about -2 to 8; 8 more if the cluster lists the title. Scores
    /// of one question can be compared.
    pub score: f64,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// The terms that add most to the score; empty unless requested.
    pub evidence: Vec<TermShare>,
    /// The words whose meaning adds most to the score and that are near words of the
    /// cluster; empty unless requested, and without a table of words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_words: Vec<MeaningShare>,
}

/// What a word of a question adds to a score by its meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MeaningShare {
    /// The word.
    pub word: String,
    /// The words of the cluster's occupations that are nearest, those that count most
    /// first, without words of the question; at most three.
    pub near: Vec<String>,
    /// How much it adds; it can be below 0.
    pub share: f64,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TermShare {
    /// A word as the question has it first, two adjacent words,
    /// `"(letters of names)"` for what titles and keywords have in common below
    /// the word, `"(meaning)"`, `"(band)"`, or `"(same title)"`, `"(job title)"` or `"(title
    /// list)"` for a title that is known.
    pub term: String,
    /// How much it adds to the score.
    pub share: f64,
}

/// A placement with everything behind each of its suggestions
/// ([`Placer::explained`](super::Placer::explained)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExplainedPlacement {
    /// The placement; its members stand beside the explanations in JSON.
    #[serde(flatten)]
    pub placement: Placement,
    /// What is behind each suggestion, in their order.
    pub explanations: Vec<PlacementEvidence>,
}

/// Everything behind a suggestion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlacementEvidence {
    /// The id of the cluster.
    pub cluster: String,
    /// Its name.
    pub name: String,
    /// The score.
    pub score: f64,
    /// Everything that adds to the score, the largest first; the shares add up
    /// to it.
    pub shares: Vec<TermShare>,
    /// What each word adds by its meaning, the most first: with a table of words, the
    /// parts of the `"(meaning)"` in `shares`, to which they add up if no text has over
    /// 500 different words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_words: Vec<MeaningShare>,
    /// The cluster's occupations, the nearest first.
    pub nearest: Vec<NearOccupation>,
    /// What speaks against the suggestion.
    pub against: Vec<String>,
}

/// An occupation of the map, and how near it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearOccupation {
    /// Its id.
    pub occupation: String,
    /// Its title.
    pub title: String,
    /// The id of its cluster.
    pub cluster: String,
    /// The cosine of the two vectors.
    pub score: f64,
}

/// Similar occupations of the next band up and of the next band down.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Progression {
    /// In the next band above, the most similar first.
    pub above: Vec<NearOccupation>,
    /// In the next band below, the most similar first.
    pub below: Vec<NearOccupation>,
}

/// An occupation of the map, placed as if it were new.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// Its id.
    pub occupation: String,
    /// Its title.
    pub title: String,
    /// The id of its cluster.
    pub cluster: String,
    /// The name of its cluster.
    pub cluster_name: String,
    /// The id of the first suggested cluster.
    pub suggested: String,
    /// The name of the first suggested cluster.
    pub suggested_name: String,
    /// The ranks of its own cluster, pathway and route among the suggestions,
    /// from 1.
    pub ranks: [usize; 3],
    /// The confidence in the first suggestion.
    pub confidence: f64,
}
