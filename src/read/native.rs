//! The native format, `tlevel-map` version 1: read strictly, value by value.

use std::borrow::Cow;

use super::Error;
use super::build_tree::UnknownMembers;
use super::locate::{LineColumn, locate};
use super::misplaced::{self, Tier};
use super::node::Node;
use super::origin::{Item, Layout, Origin, escape};
use super::raw::{
    Extra, OptionCodes, RawApprenticeshipOnly, RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway,
    RawRoute, RawSetAside, RawSource, RawStandard, RawStatement, VERSION,
};

/// The members of the format, for "did you mean".
const MEMBERS: &[&str] = &[
    "apprenticeship_only",
    "attribution",
    "barriers",
    "clusters",
    "core",
    "degree",
    "duration_months",
    "duties",
    "first_teaching",
    "first_teaching_planned",
    "id",
    "job_titles",
    "keywords",
    "kind",
    "last_teaching",
    "level",
    "licence",
    "mandatory_qualifications",
    "max_funding",
    "name",
    "note",
    "occupation_code",
    "occupations",
    "option",
    "options",
    "overview",
    "pathways",
    "product",
    "product_of",
    "progresses_to",
    "published",
    "reasons",
    "reference",
    "regulated",
    "regulated_by",
    "routes",
    "set_aside",
    "source",
    "standard",
    "statements",
    "status",
    "text",
    "title",
    "url",
    "version",
];

pub(super) fn read(root: Node<'_>, text: &str) -> Result<RawMap, Error> {
    read_root(root).map_err(|wrong| wrong.placed(text))
}

/// Reads one occupation.
pub(super) fn read_occupation(root: Node<'_>, text: &str) -> Result<RawOccupation, Error> {
    occupation(root, &Path::ROOT).map_err(|wrong| wrong.placed(text))
}

/// Reads an object of another format that contains parts of this one, and
/// reports everything that is wrong with it.
pub(super) fn read_with<T>(
    root: Node<'_>,
    text: &str,
    read: impl FnOnce(Node<'_>, &Path<'_>) -> Result<T, Vec<Wrong>>,
) -> Result<T, Vec<Error>> {
    read(root, &Path::ROOT).map_err(|wrong| Wrong::all_placed(wrong, text))
}

fn read_root(root: Node<'_>) -> Result<RawMap, Wrong> {
    let path = Path::ROOT;
    let mut f = Fields::new(root, &path)?;
    match f.take("version") {
        Some(Node::Number(n)) if n.as_u64() == Some(u64::from(VERSION)) => {}
        Some(Node::Number(n)) => return Err(path.member("version").wrong(What::Version(n.to_string()))),
        Some(other) => return Err(path.member("version").expected("a whole number", &other)),
        None => {
            let (expected, found) = ("\"version\": 1 next to the format", "none".to_owned());
            return Err(path.wrong(What::Type { expected, found }));
        }
    }
    f.take("format");
    let mut map = RawMap {
        title: f.text("title")?,
        published: f.text("published")?,
        source: f.record("source", source)?,
        routes: f.list("routes", route)?,
        set_aside: f.list("set_aside", set_aside)?,
        extra: f.extra(),
        remarks: Vec::new(),
    };
    remark_unknown_members(&mut map);
    Ok(map)
}

fn source(node: Node<'_>, path: &Path<'_>) -> Result<RawSource, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawSource {
        name: f.text("name")?,
        url: f.text("url")?,
        licence: f.text("licence")?,
        attribution: f.text("attribution")?,
        extra: f.extra(),
    })
}

fn route(node: Node<'_>, path: &Path<'_>) -> Result<RawRoute, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawRoute {
        id: f.text("id")?,
        name: f.text("name")?,
        first_teaching_planned: f.text("first_teaching_planned")?,
        first_teaching: f.text("first_teaching")?,
        last_teaching: f.text("last_teaching")?,
        apprenticeship_only: f.record("apprenticeship_only", apprenticeship_only)?,
        pathways: f.list("pathways", pathway)?,
        extra: f.extra(),
        origin: Some(path.origin()),
    })
}

fn pathway(node: Node<'_>, path: &Path<'_>) -> Result<RawPathway, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawPathway {
        id: f.text("id")?,
        name: f.text("name")?,
        first_teaching_planned: f.text("first_teaching_planned")?,
        first_teaching: f.text("first_teaching")?,
        last_teaching: f.text("last_teaching")?,
        apprenticeship_only: f.record("apprenticeship_only", apprenticeship_only)?,
        clusters: f.list("clusters", cluster)?,
        extra: f.extra(),
        origin: Some(path.origin()),
    })
}

fn cluster(node: Node<'_>, path: &Path<'_>) -> Result<RawCluster, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawCluster {
        id: f.text("id")?,
        name: f.text("name")?,
        apprenticeship_only: f.record("apprenticeship_only", apprenticeship_only)?,
        occupations: f.list("occupations", occupation)?,
        extra: f.extra(),
        origin: Some(path.origin()),
    })
}

fn apprenticeship_only(node: Node<'_>, path: &Path<'_>) -> Result<RawApprenticeshipOnly, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawApprenticeshipOnly { reasons: f.texts("reasons")?, note: f.text("note")?, extra: f.extra() })
}

fn set_aside(node: Node<'_>, path: &Path<'_>) -> Result<RawSetAside, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawSetAside {
        reason: f.text("reason")?.unwrap_or_default(),
        route: f.text("route")?,
        pathway: f.text("pathway")?,
        cluster: f.text("cluster")?,
        occupation: f.record("occupation", occupation)?.unwrap_or_default(),
        extra: f.extra(),
    })
}

pub(crate) fn occupation(node: Node<'_>, path: &Path<'_>) -> Result<RawOccupation, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawOccupation {
        id: f.text("id")?,
        occupation_code: f.text("occupation_code")?,
        title: f.text("title")?,
        level: f.whole_number("level")?,
        status: f.text("status")?,
        standard: f.record("standard", standard)?,
        url: f.text("url")?,
        job_titles: f.texts("job_titles")?,
        keywords: f.texts("keywords")?,
        overview: f.text("overview")?,
        mandatory_qualifications: f.texts("mandatory_qualifications")?,
        regulated: f.truth("regulated")?,
        regulated_by: f.text("regulated_by")?,
        degree: f.text("degree")?,
        duration_months: f.whole_number("duration_months")?,
        max_funding: f.whole_number("max_funding")?,
        product: f.text("product")?,
        product_of: f.texts("product_of")?,
        barriers: f.texts("barriers")?,
        progresses_to: f.texts("progresses_to")?,
        options: f.list("options", option)?,
        statements: f.list("statements", statement)?,
        duties: f.list("duties", duty)?,
        extra: f.extra(),
        origin: Some(path.origin()),
    })
}

fn standard(node: Node<'_>, path: &Path<'_>) -> Result<RawStandard, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawStandard {
        reference: f.text("reference")?,
        version: f.text("version")?,
        url: f.text("url")?,
        extra: f.extra(),
    })
}

fn option(node: Node<'_>, path: &Path<'_>) -> Result<RawOption, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawOption { id: f.text("id")?, title: f.text("title")?, extra: f.extra() })
}

pub(crate) fn statement(node: Node<'_>, path: &Path<'_>) -> Result<RawStatement, Wrong> {
    let mut f = Fields::new(node, path)?;
    let option = match f.take("option") {
        None | Some(Node::Null) => Vec::new(),
        Some(Node::Text(code)) => vec![code.into_owned()],
        Some(list @ Node::List(_)) => texts(list, &path.member("option"))?,
        Some(other) => return Err(path.member("option").expected("an option's id, a list of them or null", &other)),
    };
    Ok(RawStatement {
        id: f.text("id")?,
        kind: f.text("kind")?.map(known_kind),
        text: f.text("text")?,
        option: OptionCodes(option),
        source_text: f.text("source_text")?,
        source_id: f.text("source_id")?,
        extra: f.extra(),
        item: path.item("statements"),
    })
}

/// The kinds are three words; they are not stored again for each statement.
fn known_kind(kind: String) -> Cow<'static, str> {
    let known = ["knowledge", "skill", "behaviour"].into_iter().find(|known| *known == kind);
    known.map_or(Cow::Owned(kind), Cow::Borrowed)
}

fn duty(node: Node<'_>, path: &Path<'_>) -> Result<RawDuty, Wrong> {
    let mut f = Fields::new(node, path)?;
    Ok(RawDuty {
        id: f.text("id")?,
        text: f.text("text")?,
        core: f.truth("core")?,
        statements: f.texts("statements")?,
        options: f.texts("options")?,
        source_id: f.text("source_id")?,
        extra: f.extra(),
        item: path.item("duties"),
    })
}

/// The position of the reader: a path that is only spelt out when an error or a
/// finding needs it.
pub(crate) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Member(&'p str),
    Item(usize),
}

impl<'p> Path<'p> {
    pub(super) const ROOT: Path<'static> = Path { parent: None, step: Step::Item(0) };

    pub(crate) fn member(&'p self, name: &'p str) -> Path<'p> {
        Path { parent: Some(self), step: Step::Member(name) }
    }

    pub(crate) fn at(&'p self, index: usize) -> Path<'p> {
        Path { parent: Some(self), step: Step::Item(index) }
    }

    pub(super) fn pointer(&self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        match self.step {
            Step::Member(name) => format!("{}/{}", parent.pointer(), escape(name)),
            Step::Item(index) => format!("{}/{index}", parent.pointer()),
        }
    }

    /// The origin of a record that findings name.
    fn origin(&self) -> Origin {
        Origin::new(self.pointer(), Layout::Native)
    }

    fn item(&self, list: &'static str) -> Option<Item> {
        match self.step {
            Step::Item(index) => Some(Item { list, index: index as u32 }),
            Step::Member(_) => None,
        }
    }

    fn wrong(&self, what: What) -> Wrong {
        Wrong { pointer: self.pointer(), what }
    }

    /// A value that differs from what is expected, in words.
    pub(crate) fn unlike(&self, expected: &'static str, found: String) -> Wrong {
        self.wrong(What::Type { expected, found })
    }

    pub(crate) fn expected(&self, expected: &'static str, found: &Node<'_>) -> Wrong {
        self.wrong(What::Type { expected, found: found.describe() })
    }
}

/// The reason why reading stopped, before its place is looked up.
pub(crate) struct Wrong {
    pointer: String,
    what: What,
}

impl Wrong {
    pub(super) fn placed(self, text: &str) -> Error {
        let pointers = self.pointers();
        let place = first(locate(text, &pointers));
        self.at(place)
    }

    /// All of them with their places, by one scan of the text.
    fn all_placed(all: Vec<Wrong>, text: &str) -> Vec<Error> {
        let pointers: Vec<Vec<&str>> = all.iter().map(Wrong::pointers).collect();
        let mut places = locate(text, &pointers.concat()).into_iter();
        let places: Vec<LineColumn> = pointers.iter().map(|own| first(places.by_ref().take(own.len()))).collect();
        all.into_iter().zip(places).map(|(wrong, place)| wrong.at(place)).collect()
    }

    /// The possible places: at its value or, if there is none, at the innermost
    /// existing value around it.
    fn pointers(&self) -> Vec<&str> {
        let all =
            std::iter::successors(Some(self.pointer.as_str()), |own| own.rsplit_once('/').map(|(around, _)| around));
        all.skip(usize::from(matches!(self.what, What::Twice))).collect()
    }

    fn at(self, place: LineColumn) -> Error {
        match self.what {
            What::Type { expected, found } => Error::WrongType { place, pointer: self.pointer, expected, found },
            What::Version(found) => Error::Version { place, found },
            What::Twice => Error::GivenTwice { place, pointer: self.pointer },
        }
    }
}

/// The first place that was found.
fn first(places: impl IntoIterator<Item = Option<LineColumn>>) -> LineColumn {
    // consume all: the next ones belong to another
    places.into_iter().fold(None, Option::or).unwrap_or(LineColumn { line: 1, column: 1 })
}

enum What {
    Type { expected: &'static str, found: String },
    Version(String),
    Twice,
}

/// The members of a record, taken one after another; those left at the end are
/// unknown.
pub(crate) struct Fields<'p, 'a> {
    members: Vec<(Cow<'a, str>, Node<'a>)>,
    path: &'p Path<'p>,
}

impl<'p, 'a> Fields<'p, 'a> {
    pub(crate) fn new(node: Node<'a>, path: &'p Path<'p>) -> Result<Self, Wrong> {
        let Node::Record(members) = node else { return Err(path.expected("an object", &node)) };
        let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(path.member(twice[0]).wrong(What::Twice));
        }
        Ok(Fields { members, path })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(name, _)| &**name)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let index = self.members.iter().position(|(n, _)| n == name)?;
        Some(self.members.remove(index).1)
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Result<Option<String>, Wrong> {
        match self.take(name) {
            None | Some(Node::Null) => Ok(None),
            Some(Node::Text(text)) => Ok(Some(text.into_owned())),
            Some(other) => Err(self.path.member(name).expected("a text", &other)),
        }
    }

    pub(crate) fn whole_number(&mut self, name: &'static str) -> Result<Option<i64>, Wrong> {
        match self.take(name) {
            None | Some(Node::Null) => Ok(None),
            Some(Node::Number(n)) if n.as_i64().is_some() => Ok(n.as_i64()),
            Some(other) => Err(self.path.member(name).expected("a whole number", &other)),
        }
    }

    fn truth(&mut self, name: &'static str) -> Result<Option<bool>, Wrong> {
        match self.take(name) {
            None | Some(Node::Null) => Ok(None),
            Some(Node::Bool(truth)) => Ok(Some(truth)),
            Some(other) => Err(self.path.member(name).expected("true or false", &other)),
        }
    }

    pub(crate) fn texts(&mut self, name: &'static str) -> Result<Vec<String>, Wrong> {
        match self.take(name) {
            None | Some(Node::Null) => Ok(Vec::new()),
            Some(node) => texts(node, &self.path.member(name)),
        }
    }

    pub(crate) fn record<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Node<'a>, &Path<'_>) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Wrong> {
        match self.take(name) {
            None | Some(Node::Null) => Ok(None),
            Some(node) => read(node, &self.path.member(name)).map(Some),
        }
    }

    pub(crate) fn list<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(Node<'a>, &Path<'_>) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, Wrong> {
        let path = self.path.member(name);
        match self.take(name) {
            None | Some(Node::Null) => Ok(Vec::new()),
            Some(Node::List(items)) => items.into_iter().enumerate().map(|(i, item)| read(item, &path.at(i))).collect(),
            Some(other) => Err(path.expected("a list", &other)),
        }
    }

    pub(crate) fn extra(self) -> Extra {
        let mut extra = Extra::default();
        for (name, value) in self.members {
            extra.push(name.into_owned(), value);
        }
        extra
    }
}

fn texts(node: Node<'_>, path: &Path<'_>) -> Result<Vec<String>, Wrong> {
    let Node::List(items) = node else { return Err(path.expected("a list of texts", &node)) };
    items
        .into_iter()
        .enumerate()
        .map(|(i, item)| match item {
            Node::Text(text) => Ok(text.into_owned()),
            other => Err(path.at(i).expected("a text", &other)),
        })
        .collect()
}

/// One remark for each unknown member name, at its first place.
fn remark_unknown_members(map: &mut RawMap) {
    let mut seen = UnknownMembers::default();
    let mut remarks = Vec::new();
    let mut add = |seen: &mut UnknownMembers, extra: &Extra, tier: Tier<'_>, origin: Option<&Origin>| {
        for (name, value) in misplaced::take(extra, tier, origin, &mut remarks) {
            seen.add_member(name, value, || origin.map_or_else(String::new, |origin| origin.pointer().to_owned()));
        }
    };
    add(&mut seen, &map.extra, Tier::Map, None);
    if let Some(source) = &map.source {
        seen.add_all(&source.extra, "/source");
    }
    for route in &map.routes {
        let id = |id: &Option<String>| id.clone().unwrap_or_default();
        add(&mut seen, &route.extra, Tier::Route(&id(&route.id)), route.origin.as_ref());
        mark_members(route.apprenticeship_only.as_ref(), route.origin.as_ref(), &mut seen);
        for pathway in &route.pathways {
            add(&mut seen, &pathway.extra, Tier::Pathway(&id(&pathway.id)), pathway.origin.as_ref());
            mark_members(pathway.apprenticeship_only.as_ref(), pathway.origin.as_ref(), &mut seen);
            for cluster in &pathway.clusters {
                add(&mut seen, &cluster.extra, Tier::Cluster(&id(&cluster.id)), cluster.origin.as_ref());
                mark_members(cluster.apprenticeship_only.as_ref(), cluster.origin.as_ref(), &mut seen);
                for occupation in &cluster.occupations {
                    let tier = Tier::Occupation(occupation.id.as_deref().unwrap_or_default());
                    add(&mut seen, &occupation.extra, tier, occupation.origin.as_ref());
                    occupation_parts(occupation, &mut seen);
                }
            }
        }
    }
    for (i, aside) in map.set_aside.iter().enumerate() {
        seen.add_all(&aside.extra, &format!("/set_aside/{i}"));
        occupation_members(&aside.occupation, &mut seen);
    }
    map.remarks.extend(remarks);
    // a member of another record is not a misspelling
    let slip = |name: &&str| !MEMBERS.contains(name);
    let meant =
        |name: &str| Some(name).filter(slip).and_then(|name| crate::text::closest(name, MEMBERS.iter().copied()));
    map.remarks.extend(seen.into_remarks("it is kept and not used", meant));
}

fn mark_members(mark: Option<&RawApprenticeshipOnly>, origin: Option<&Origin>, seen: &mut UnknownMembers) {
    if let (Some(mark), Some(origin)) = (mark, origin) {
        seen.add_at_member(&mark.extra, origin, "apprenticeship_only");
    }
}

/// The unknown members of an occupation that was read alone.
pub(super) fn occupation_members(occupation: &RawOccupation, seen: &mut UnknownMembers) {
    if let Some(origin) = &occupation.origin {
        seen.add_all(&occupation.extra, origin.pointer());
    }
    occupation_parts(occupation, seen);
}

fn occupation_parts(occupation: &RawOccupation, seen: &mut UnknownMembers) {
    let Some(origin) = &occupation.origin else { return };
    if let Some(standard) = &occupation.standard {
        seen.add_at_member(&standard.extra, origin, "standard");
    }
    for (i, option) in occupation.options.iter().enumerate() {
        seen.add_at_member(&option.extra, origin, &format!("options/{i}"));
    }
    for statement in &occupation.statements {
        if let Some(item) = statement.item {
            seen.add_at_member(&statement.extra, origin, &format!("statements/{}", item.index));
        }
    }
    for duty in &occupation.duties {
        if let Some(item) = duty.item {
            seen.add_at_member(&duty.extra, origin, &format!("duties/{}", item.index));
        }
    }
}
