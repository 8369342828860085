//! The field's terms as types that allow only valid values.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A level of technical education in England, 2 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Level(u8);

/// A number that is not a level: `Level::try_from(9)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a level; levels are 2 to 7")]
pub struct NotALevel(pub i64);

impl Level {
    /// The level as a number, 2 to 7.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The band that the level belongs to.
    pub fn band(self) -> Band {
        match self.0 {
            ..=3 => Band::Technical,
            4..=5 => Band::HigherTechnical,
            6.. => Band::Professional,
        }
    }
}

impl TryFrom<i64> for Level {
    type Error = NotALevel;

    /// # Errors
    ///
    /// [`NotALevel`] for anything but 2 to 7.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::map::{Band, Level};
    ///
    /// assert_eq!(Level::try_from(3)?.band(), Band::Technical);
    /// assert!(Level::try_from(8).is_err());
    /// # Ok::<(), tlevel::map::NotALevel>(())
    /// ```
    fn try_from(number: i64) -> Result<Self, NotALevel> {
        match u8::try_from(number) {
            Ok(n @ 2..=7) => Ok(Level(n)),
            _ => Err(NotALevel(number)),
        }
    }
}

impl From<Level> for i64 {
    fn from(level: Level) -> i64 {
        i64::from(level.0)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The tiers of a map above the occupations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BranchTier {
    /// A route.
    Route,
    /// A pathway.
    Pathway,
    /// A cluster.
    Cluster,
}

impl fmt::Display for BranchTier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BranchTier::Route => "route",
            BranchTier::Pathway => "pathway",
            BranchTier::Cluster => "cluster",
        })
    }
}

/// The three bands of the maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Levels 2 and 3.
    Technical,
    /// Levels 4 and 5.
    HigherTechnical,
    /// Levels 6 and 7.
    Professional,
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Band::Technical => "technical",
            Band::HigherTechnical => "higher technical",
            Band::Professional => "professional",
        })
    }
}

/// The kinds of statements. They are counted separately and never joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What someone in the occupation knows.
    Knowledge,
    /// What they can do.
    Skill,
    /// How they go about it.
    Behaviour,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Kind; 3] = [Kind::Knowledge, Kind::Skill, Kind::Behaviour];

    /// The kind with that name in the native format.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind's name in the native format.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Knowledge => "knowledge",
            Kind::Skill => "skill",
            Kind::Behaviour => "behaviour",
        }
    }

    /// The letter that labels such statements: K, S or B.
    pub fn letter(self) -> char {
        match self {
            Kind::Knowledge => 'K',
            Kind::Skill => 'S',
            Kind::Behaviour => 'B',
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The status of an occupation's standard: its colour on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// Green: standard, assessment plan and funding band approved.
    Approved,
    /// Amber: the standard is approved, its assessment plan in development.
    PlanInDevelopment,
    /// Red: standard and plan in development.
    InDevelopment,
    /// Black: no standard exists or is being developed.
    None,
    /// The source does not say.
    #[default]
    Unknown,
}

impl Status {
    /// The names in the native format.
    pub const NAMES: [&'static str; 5] = ["approved", "plan-in-development", "in-development", "none", "unknown"];

    /// The status's name in the native format.
    pub fn name(self) -> &'static str {
        match self {
            Status::Approved => "approved",
            Status::PlanInDevelopment => "plan-in-development",
            Status::InDevelopment => "in-development",
            Status::None => "none",
            Status::Unknown => "unknown",
        }
    }

    /// The status with that name in the native format.
    pub fn from_name(name: &str) -> Option<Status> {
        Some(match name {
            "approved" => Status::Approved,
            "plan-in-development" => Status::PlanInDevelopment,
            "in-development" => Status::InDevelopment,
            "none" => Status::None,
            "unknown" => Status::Unknown,
            _ => return None,
        })
    }
}

/// The reasons why a branch suits only apprenticeships, as named in the native
/// format.
pub const APPRENTICESHIP_ONLY_REASONS: [&str; 4] =
    ["heavy-machinery", "barred-under-18", "too-little-content", "policy"];
