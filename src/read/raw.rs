//! The raw types: a map as given by a source or built by a program, before any
//! check. They follow the native format member by member, so a [`RawMap`]
//! serialises to a native map file.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::node::Node;
use super::origin::{Item, Origin};
use super::remark::Remark;

/// The name of the native format, and the version that is written.
pub(super) const FORMAT: &str = "tlevel-map";
pub(super) const VERSION: u32 = 1;

/// An occupational map before the check: the public way in for programs that
/// build a map in code, and the result of the readers.
///
/// Serialises to the native format (`"format": "tlevel-map"`, version 1).
///
/// # Examples
///
/// A map without a file:
///
/// ```
/// use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};
///
/// let mut bricklayer = RawOccupation::new("OCC0095", "Bricklayer", 2);
/// bricklayer.statements.push(RawStatement::new("K1", "knowledge", "Bonds and their uses"));
/// let cluster = RawCluster::new("onsite/trades", "Trades").with(bricklayer);
/// let pathway = RawPathway::new("onsite", "Onsite construction").with(cluster);
/// let map = RawMap::new("A small map").with(RawRoute::new("construction", "Construction").with(pathway));
///
/// let checked = tlevel::check(map)?;
/// assert_eq!(checked.map.occupations().count(), 1);
/// # Ok::<(), tlevel::check::Rejected>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawMap {
    /// The title of the map.
    pub title: Option<String>,
    /// The date of publication: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Its source.
    pub source: Option<RawSource>,
    /// The routes, in the order of the file.
    pub routes: Vec<RawRoute>,
    /// Occupations that the map knows but does not place: retired ones, and
    /// those whose source names no pathway or cluster.
    pub set_aside: Vec<RawSetAside>,
    /// Unknown members of the file; kept and written back.
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Remarks of the reader; `check` turns them into findings.
    #[cfg_attr(test, schemars(skip))]
    pub remarks: Vec<Remark>,
}

/// The source of a map, and its terms of use.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawSource {
    /// The publisher.
    pub name: Option<String>,
    /// The address of the source.
    pub url: Option<String>,
    /// The licence's SPDX identifier.
    pub licence: Option<String>,
    /// The attribution that the publisher requires.
    pub attribution: Option<String>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
}

/// One of the 15 routes.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawRoute {
    /// The route's code, unique in the map.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The planned date of first teaching of the route's T Levels.
    pub first_teaching_planned: Option<String>,
    /// The actual date of first teaching.
    pub first_teaching: Option<String>,
    /// When learners last began, if the T Level was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_teaching: Option<String>,
    /// The mark of the whole route as suiting apprenticeships only.
    pub apprenticeship_only: Option<RawApprenticeshipOnly>,
    /// Its pathways.
    pub pathways: Vec<RawPathway>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Its place in the source.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// A pathway of a route.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawPathway {
    /// The pathway's code, unique in the map.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The planned date of first teaching of its T Level.
    pub first_teaching_planned: Option<String>,
    /// The actual date of first teaching.
    pub first_teaching: Option<String>,
    /// When learners last began, if the T Level was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_teaching: Option<String>,
    /// The mark of the pathway as suiting apprenticeships only.
    pub apprenticeship_only: Option<RawApprenticeshipOnly>,
    /// Its clusters.
    pub clusters: Vec<RawCluster>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Its place in the source.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// A cluster of a pathway: occupations at broadly the same level.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawCluster {
    /// The cluster's code, unique in the map.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The mark of the cluster as suiting apprenticeships only.
    pub apprenticeship_only: Option<RawApprenticeshipOnly>,
    /// Its occupations.
    pub occupations: Vec<RawOccupation>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Its place in the source.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// The mark of a branch that suits apprenticeships only, with the reasons.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawApprenticeshipOnly {
    /// `heavy-machinery`, `barred-under-18`, `too-little-content`, `policy`.
    pub reasons: Vec<String>,
    /// A note in words.
    pub note: Option<String>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
}

/// An occupation that is known but has no place among the clusters.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawSetAside {
    /// `retired`, `product`, `no-route`, `no-pathway` or `no-cluster`.
    pub reason: String,
    /// The route's name, if the source gives one.
    pub route: Option<String>,
    /// The pathway's name, if the source gives one.
    pub pathway: Option<String>,
    /// The cluster's name, if the source gives one.
    pub cluster: Option<String>,
    /// The occupation itself.
    pub occupation: RawOccupation,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
}

/// An occupation, or the standard that describes it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawOccupation {
    /// The occupation's code, unique in the map.
    pub id: Option<String>,
    /// The official occupation code (`OCC0499`), even if the code above is the
    /// reference of its standard (`ST0499`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupation_code: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its level, 2 to 7.
    pub level: Option<i64>,
    /// `approved`, `plan-in-development`, `in-development`, `none` or `unknown`.
    pub status: Option<String>,
    /// The occupational standard.
    pub standard: Option<RawStandard>,
    /// The occupation's own page.
    pub url: Option<String>,
    /// Typical job titles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub job_titles: Vec<String>,
    /// Keywords.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What the occupation does, in a sentence or two.
    pub overview: Option<String>,
    /// Qualifications that the occupation requires.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mandatory_qualifications: Vec<String>,
    /// Whether the occupation is regulated by law or a professional body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulated: Option<bool>,
    /// The body that regulates it. Several are joined by `; `.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulated_by: Option<String>,
    /// The degree of its apprenticeship: `integrated-degree`,
    /// `non-integrated-degree` or `non-degree-qualification`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree: Option<String>,
    /// How long its apprenticeship typically takes, in months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_months: Option<i64>,
    /// The maximum public funding for an apprentice, in pounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_funding: Option<i64>,
    /// The type of a product that is built on an occupation:
    /// `foundation-apprenticeship` or `apprenticeship-unit`. Absent for an
    /// occupation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Codes (or titles) of the occupations that a product is built on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub product_of: Vec<String>,
    /// What bars learners (age, licence, machinery), in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<String>,
    /// Codes of the occupations that this one leads to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub progresses_to: Vec<String>,
    /// The options of a core-and-options standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<RawOption>,
    /// Knowledge, skills and behaviours.
    pub statements: Vec<RawStatement>,
    /// Duties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<RawDuty>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Its place in the source.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// The occupational standard of an occupation.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawStandard {
    /// Its reference, such as `ST0127`.
    pub reference: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
}

/// One option of a core-and-options standard.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawOption {
    /// The option's code, unique in the occupation.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
}

/// A knowledge, skill or behaviour statement.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawStatement {
    /// The statement's code, unique in the occupation.
    pub id: Option<String>,
    /// `knowledge`, `skill` or `behaviour`.
    pub kind: Option<Cow<'static, str>>,
    /// The text for display.
    pub text: Option<String>,
    /// The options that it belongs to: `null` for the core, one code, or a
    /// list of codes.
    pub option: OptionCodes,
    /// The text as in the source, if the reader cleaned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_text: Option<String>,
    /// The source's own key, if the code above is a label made from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Its place inside its occupation.
    #[serde(skip)]
    pub item: Option<Item>,
}

/// A duty, with the statements that it draws on.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RawDuty {
    /// The duty's code, unique in the occupation.
    pub id: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// Whether it is a core duty.
    pub core: Option<bool>,
    /// Codes of the statements that it cites.
    pub statements: Vec<String>,
    /// Codes of the options that it belongs to.
    pub options: Vec<String>,
    /// The source's own key, if the code above is a label made from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// Unknown members.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub extra: Extra,
    /// Its place inside its occupation.
    #[serde(skip)]
    pub item: Option<Item>,
}

impl RawMap {
    /// Returns an empty map with that title.
    pub fn new(title: impl Into<String>) -> Self {
        RawMap { title: Some(title.into()), ..RawMap::default() }
    }

    /// All occupations: those of the tree, then those set aside.
    pub fn occupations(&self) -> impl Iterator<Item = &RawOccupation> {
        let tree = self.routes.iter().flat_map(|r| &r.pathways).flat_map(|p| &p.clusters).flat_map(|c| &c.occupations);
        tree.chain(self.set_aside.iter().map(|s| &s.occupation))
    }

    /// Adds a route.
    #[must_use]
    pub fn with(mut self, route: RawRoute) -> Self {
        self.routes.push(route);
        self
    }
}

impl RawRoute {
    /// Returns a route without pathways.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        RawRoute { id: Some(id.into()), name: Some(name.into()), ..RawRoute::default() }
    }

    /// Adds a pathway.
    #[must_use]
    pub fn with(mut self, pathway: RawPathway) -> Self {
        self.pathways.push(pathway);
        self
    }
}

impl RawPathway {
    /// Returns a pathway without clusters.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        RawPathway { id: Some(id.into()), name: Some(name.into()), ..RawPathway::default() }
    }

    /// Adds a cluster.
    #[must_use]
    pub fn with(mut self, cluster: RawCluster) -> Self {
        self.clusters.push(cluster);
        self
    }
}

impl RawCluster {
    /// Returns a cluster without occupations.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        RawCluster { id: Some(id.into()), name: Some(name.into()), ..RawCluster::default() }
    }

    /// Adds an occupation.
    #[must_use]
    pub fn with(mut self, occupation: RawOccupation) -> Self {
        self.occupations.push(occupation);
        self
    }
}

impl RawApprenticeshipOnly {
    /// Returns a mark with these reasons (`heavy-machinery`, `barred-under-18`,
    /// `too-little-content`, `policy`) and no note.
    pub fn new<R: Into<String>>(reasons: impl IntoIterator<Item = R>) -> Self {
        RawApprenticeshipOnly {
            reasons: reasons.into_iter().map(Into::into).collect(),
            ..RawApprenticeshipOnly::default()
        }
    }
}

impl RawOccupation {
    /// Returns an occupation without statements and with unknown status.
    pub fn new(id: impl Into<String>, title: impl Into<String>, level: i64) -> Self {
        RawOccupation { id: Some(id.into()), title: Some(title.into()), level: Some(level), ..RawOccupation::default() }
    }
}

impl RawStandard {
    /// Returns a standard with that reference.
    pub fn new(reference: impl Into<String>) -> Self {
        RawStandard { reference: Some(reference.into()), ..RawStandard::default() }
    }
}

impl RawOption {
    /// Returns an option.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        RawOption { id: Some(id.into()), title: Some(title.into()), ..RawOption::default() }
    }
}

impl RawStatement {
    /// Returns a statement of the core; `kind` is `knowledge`, `skill` or
    /// `behaviour`.
    pub fn new(id: impl Into<String>, kind: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        RawStatement {
            id: Some(id.into()),
            kind: Some(kind.into()),
            text: Some(text.into()),
            ..RawStatement::default()
        }
    }

    /// Adds the statement to an option.
    #[must_use]
    pub fn of_option(mut self, option: impl Into<String>) -> Self {
        self.option.0.push(option.into());
        self
    }
}

impl RawDuty {
    /// Returns a core duty that cites these statements.
    pub fn new<S: Into<String>>(
        id: impl Into<String>,
        text: impl Into<String>,
        statements: impl IntoIterator<Item = S>,
    ) -> Self {
        RawDuty {
            id: Some(id.into()),
            text: Some(text.into()),
            core: Some(true),
            statements: statements.into_iter().map(Into::into).collect(),
            ..RawDuty::default()
        }
    }
}

/// The options that a statement belongs to. Written as `null` (the core), one
/// code, or a list of codes: real standards have statements that belong to
/// "Options 1, 2 and 5".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionCodes(pub Vec<String>);

impl Serialize for OptionCodes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [] => serializer.serialize_unit(),
            [one] => serializer.serialize_str(one),
            more => serializer.collect_seq(more),
        }
    }
}

#[cfg(test)]
impl schemars::JsonSchema for OptionCodes {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OptionCodes".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "type": "null" },
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } }
        ] })
    }
}

/// Members of a record that this version of the format does not know. They are
/// kept, reported as a note, and written back unchanged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Box<Members>>);

/// Boxed because nearly every record has none.
type Members = Vec<(String, Node<'static>)>;

impl Extra {
    /// The names of the unknown members, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|members| members.iter().map(|(name, _)| name.as_str()))
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &Node<'static>)> {
        self.0.iter().flat_map(|members| members.iter().map(|(name, value)| (name.as_str(), value)))
    }

    /// An unknown member's value, as JSON text.
    pub fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.as_ref()?.iter().find(|(n, _)| n == name)?;
        serde_json::to_string(value).ok()
    }

    pub(super) fn push(&mut self, name: String, value: Node<'_>) {
        self.0.get_or_insert_default().push((name, value.into_owned()));
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.0.as_ref().map_or(&[][..], |members| members.as_slice());
        serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for RawMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("published", &self.published)?;
        map.serialize_entry("source", &self.source)?;
        map.serialize_entry("routes", &self.routes)?;
        if !self.set_aside.is_empty() {
            map.serialize_entry("set_aside", &self.set_aside)?;
        }
        for (name, value) in self.extra.0.iter().flat_map(|members| members.iter()) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
