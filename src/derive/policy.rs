//! The policy: everything about T Levels that may change, as data.

use serde::{Deserialize, Serialize};

use super::Quorum;
use crate::concept::Concepts;
use crate::map::{Level, Occupation};
use crate::read::RawApprenticeshipOnly;
use crate::text::name_key;

/// The settings that decide a programme, apart from the map itself. A file of
/// this shape is a policy file (`"format": "tlevel-policy"`). Every member
/// except the format has a default.
///
/// # Examples
///
/// ```
/// use tlevel::derive::{Policy, Quorum};
///
/// let strict = Policy::t_level();
/// assert_eq!(strict.pathway_quorum, Quorum::ALL);
///
/// let policy = Policy::from_json(r#"{"format": "tlevel-policy", "version": 1,
///     "name": "Panel, first look", "pathway_quorum": 0.6,
///     "exceptions": [{"occupation": "Bricklayer", "role": "counts"}]}"#)?;
/// assert_eq!(policy.pathway_quorum.need(5), 3);
/// assert_eq!(policy.min_sharers, 2);
/// # Ok::<(), tlevel::derive::PolicyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Policy {
    /// Always `tlevel-policy`.
    format: PolicyFormat,
    /// The version of the policy format: 1.
    #[serde(default = "one")]
    version: u32,
    /// The policy's name, for display.
    #[serde(default = "unnamed")]
    pub name: String,
    /// The levels of eligible occupations.
    #[serde(default = "level_3")]
    pub levels: Vec<Level>,
    /// The share of a pathway's counting occupations that makes a topic or a
    /// concept the pathway's.
    #[serde(default)]
    pub pathway_quorum: Quorum,
    /// The share of a route's counting pathways that makes a topic or a concept
    /// the route's.
    #[serde(default)]
    pub route_quorum: Quorum,
    /// The minimum number of occupations that have a core topic, or a core item
    /// if statements are shared.
    #[serde(default = "two")]
    pub min_sharers: usize,
    /// The minimum number of pathways that hold a route core item, whatever the
    /// quorum: half of two pathways is one, and what one holds is not the
    /// route's.
    #[serde(default = "two")]
    pub min_pathways: usize,
    /// How far below the need a near miss may be.
    #[serde(default = "near")]
    pub near: usize,
    /// What makes a specialism.
    #[serde(default)]
    pub grouping: Grouping,
    /// What is shared. If absent: topics where the concepts have topics,
    /// otherwise statements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// Occupations treated differently from what their level and branch imply.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    /// The bounds on hours.
    #[serde(default)]
    pub hours: Hours,
    /// Branches that suit only apprenticeships, in addition to those that the
    /// map marks.
    #[serde(default)]
    pub apprenticeship_only: Vec<PolicyBranch>,
    /// The date on which the policy is applied (`YYYY`, `YYYY-MM` or
    /// `YYYY-MM-DD`). Marks hold from their `from` until their `until`. Without
    /// a date, every mark holds.
    #[serde(default)]
    pub on: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum PolicyFormat {
    #[serde(rename = "tlevel-policy")]
    Policy,
}

fn one() -> u32 {
    1
}
fn two() -> usize {
    2
}
fn near() -> usize {
    1
}
fn unnamed() -> String {
    "unnamed policy".to_owned()
}
fn level_3() -> Vec<Level> {
    Level::try_from(3).into_iter().collect()
}

/// What makes a specialism.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Grouping {
    /// One specialism for each unit: an occupation, or one of its options.
    #[default]
    Unit,
    /// One specialism for each cluster.
    Cluster,
    /// Merges units whose specialised content is nearly identical: the overlap
    /// (Jaccard index of their concepts) of every two units is at least this
    /// share.
    Merged {
        /// The minimum overlap.
        overlap: Quorum,
    },
}

/// What makes core: what occupations share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Share {
    /// Topics: statements that are taught together, in whatever words.
    Topic,
    /// Statements that say the same.
    Statement,
}

/// An occupation that the policy names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Its id, or its title (all occupations with that title).
    pub occupation: String,
    /// How it is treated.
    pub role: Role,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// How a named occupation is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// It is eligible and counts for the core.
    Counts,
    /// It gets a specialism but does not count for the core.
    SpecialismOnly,
    /// It is left out.
    LeftOut,
}

/// Bounds on the hours of a technical qualification.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The minimum hours of the qualification.
    pub qualification_min: u32,
    /// The maximum hours of the qualification.
    pub qualification_max: u32,
    /// The minimum share of guided hours that a specialism takes.
    pub specialism_min_share: f64,
    /// The minimum hours of the industry placement.
    pub placement_min: u32,
}

impl Default for Hours {
    fn default() -> Self {
        Hours { qualification_min: 900, qualification_max: 1_400, specialism_min_share: 0.5, placement_min: 315 }
    }
}

/// A branch that the policy marks as apprenticeship-only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyBranch {
    /// The id of a route, pathway or cluster, or its name.
    pub branch: String,
    /// Other names of the same branch.
    #[serde(default)]
    pub also_known_as: Vec<String>,
    /// `heavy-machinery`, `barred-under-18`, `too-little-content`, `policy`.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// In words.
    #[serde(default)]
    pub note: String,
    /// The first date of the mark; always in the past if absent.
    #[serde(default)]
    pub from: Option<String>,
    /// The date on which the mark ends; never if absent.
    #[serde(default)]
    pub until: Option<String>,
}

impl PolicyBranch {
    /// Whether the mark holds on that date (on any date if none is given).
    pub fn holds_on(&self, date: Option<&str>) -> bool {
        // ISO dates compare as strings, also at different precision
        let Some(date) = date else { return true };
        self.from.as_deref().is_none_or(|from| from <= date) && self.until.as_deref().is_none_or(|until| date < until)
    }
}

/// A text that is not a policy, with the position of the error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: not a policy: {message}")]
#[non_exhaustive]
pub struct PolicyError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl Policy {
    /// Returns the reasons why a branch suits apprenticeships only: those of
    /// its mark on the map, otherwise of the first mark of this policy that
    /// names it and holds on the policy's date. Returns `None` if neither marks
    /// it.
    ///
    /// Looks at the branch alone; a branch above it may be marked.
    pub fn reasons_of<'a>(
        &'a self,
        id: &str,
        name: &str,
        on_map: Option<&'a RawApprenticeshipOnly>,
    ) -> Option<&'a [String]> {
        let key = name_key(name);
        let names = |mark: &PolicyBranch| {
            let mut known = std::iter::once(&mark.branch).chain(&mark.also_known_as);
            known.any(|known| known == id || name_key(known) == key)
        };
        let by_policy = || self.apprenticeship_only.iter().find(|m| names(m) && m.holds_on(self.on.as_deref()));
        on_map.map(|mark| mark.reasons.as_slice()).or_else(|| by_policy().map(|mark| mark.reasons.as_slice()))
    }

    /// What a draft was made with, in words: the map and the policy. A review carries
    /// it, so that it is not applied to something else unnoticed.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::derive::Policy;
    ///
    /// assert_eq!(Policy::panel().basis(Some("My map")), "the map \"My map\" and the policy \"Panel\"");
    /// assert_eq!(Policy::panel().basis(None), "a map without a title and the policy \"Panel\"");
    /// ```
    pub fn basis(&self, map: Option<&str>) -> String {
        let map = map.map_or_else(|| "a map without a title".to_owned(), |title| format!("the map \"{title}\""));
        format!("{map} and the policy \"{}\"", self.name)
    }

    /// The T Level policy: level 3, strict at both tiers, no marks beyond those
    /// of the map.
    pub fn t_level() -> Policy {
        Policy {
            format: PolicyFormat::Policy,
            version: 1,
            name: "T Level".to_owned(),
            levels: level_3(),
            pathway_quorum: Quorum::ALL,
            route_quorum: Quorum::ALL,
            min_sharers: 2,
            min_pathways: 2,
            near: 1,
            grouping: Grouping::Unit,
            share: None,
            exceptions: Vec::new(),
            hours: Hours::default(),
            apprenticeship_only: Vec::new(),
            on: None,
        }
    }

    /// Whether a programme may say something of an occupation: its level is one
    /// of the policy's, or an exception lets it in. Topics are assigned to the
    /// statements of these.
    pub fn may_serve(&self, occupation: Occupation<'_>) -> bool {
        let names = |exception: &Exception| {
            exception.role != Role::LeftOut
                && (exception.occupation.trim() == occupation.id()
                    || name_key(&exception.occupation) == name_key(occupation.title()))
        };
        self.levels.contains(&occupation.level()) || self.exceptions.iter().any(names)
    }

    /// What is shared among these concepts: what the policy says, otherwise
    /// topics if the concepts have topics.
    pub fn share_of(&self, concepts: &Concepts) -> Share {
        let default = if concepts.has_topics() { Share::Topic } else { Share::Statement };
        self.share.unwrap_or(default)
    }

    /// The minimum number of a route's `n` counting pathways that makes a
    /// concept the route's: by the quorum, and at least `min_pathways`.
    pub(super) fn route_need(&self, n: usize) -> usize {
        self.route_quorum.need(n).max(self.min_pathways)
    }

    /// The view that a panel starts from: as [`Policy::t_level`], but shared by
    /// at least half at both tiers.
    pub fn panel() -> Policy {
        Policy {
            name: "Panel".to_owned(),
            pathway_quorum: Quorum::HALF,
            route_quorum: Quorum::HALF,
            ..Policy::t_level()
        }
    }

    /// Reads a policy file.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] for anything but a policy of version 1, including an
    /// unknown member (`{"format": "tlevel-policy", "quorums": 1}`).
    pub fn from_json(text: &str) -> Result<Policy, PolicyError> {
        let policy: Policy = serde_json::from_str(text).map_err(|e| {
            let message = e.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            PolicyError { line: e.line(), column: e.column(), message }
        })?;
        if policy.version != 1 {
            let message = format!("it has version {}; this release reads version 1", policy.version);
            return Err(PolicyError { line: 1, column: 1, message });
        }
        Ok(policy)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Policy::t_level()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_written_and_read_back() {
        for policy in [
            Policy::t_level(),
            Policy::panel(),
            Policy { share: Some(Share::Topic), ..Policy::panel() },
            Policy { grouping: Grouping::Merged { overlap: Quorum::new(2, 3).unwrap() }, ..Policy::t_level() },
        ] {
            let json = serde_json::to_string(&policy).unwrap();
            assert_eq!(Policy::from_json(&json).unwrap(), policy);
        }
    }

    #[test]
    fn errors_have_a_place() {
        for (text, message) in [
            ("{", "line 1, column 1: not a policy: EOF while parsing an object"),
            ("{\"name\": \"x\"}", "line 1, column 13: not a policy: missing field `format`"),
            (
                "{\"format\": \"tlevel-policy\", \"version\": 2}",
                "line 1, column 1: not a policy: it has version 2; this release reads version 1",
            ),
            (
                "{\"format\": \"tlevel-policy\",\n \"levels\": [9]}",
                "line 2, column 14: not a policy: 9 is not a level; levels are 2 to 7",
            ),
            (
                "{\"format\": \"tlevel-policy\", \"route_quorum\": 0}",
                "line 1, column 45: not a policy: \"0\" is not a quorum; expected a share above 0 and up to 1, such as 0.5, or k/n, such as 2/3",
            ),
        ] {
            assert_eq!(Policy::from_json(text).unwrap_err().to_string(), message);
        }
        let misspelt = Policy::from_json("{\"format\": \"tlevel-policy\", \"levles\": [3]}").unwrap_err().to_string();
        assert!(
            misspelt.starts_with("line 1, column 36: not a policy: unknown field `levles`, expected one of"),
            "{misspelt}"
        );
    }

    #[test]
    fn marks_hold_between_their_dates() {
        let mark =
            PolicyBranch { from: Some("2017-12".into()), until: Some("2025-09".into()), ..PolicyBranch::default() };
        for (date, holds) in
            [(None, true), (Some("2016"), false), (Some("2018-01-01"), true), (Some("2025-09-01"), false)]
        {
            assert_eq!(mark.holds_on(date), holds, "{date:?}");
        }
    }
}
