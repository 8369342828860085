//! The handles: small views that walk the map up and down.

use std::ops::Range;

use super::Reason;
use super::arena::{
    ClusterEntry, OccupationEntry, PathwayEntry, Record, RouteEntry, SetAsideAt, SetAsideEntry, StatementEntry,
};
use super::{Band, ClusterIndex, Kind, Level, Map, OccupationIndex, PathwayIndex, RouteIndex, StatementIndex, Status};
use crate::read::{RawApprenticeshipOnly, RawCluster, RawDuty, RawOccupation, RawPathway, RawRoute, RawStatement};
use crate::text::says_something;

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident, $index:ident, $arena:ident: $entry:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'m> {
            map: &'m Map,
            index: $index,
        }

        impl<'m> $name<'m> {
            pub(super) fn new(map: &'m Map, index: $index) -> Self {
                $name { map, index }
            }

            fn entry(&self) -> &'m $entry {
                &self.map.$arena[self.index.index()]
            }

            /// Its number in the map.
            pub fn index(&self) -> $index {
                self.index
            }
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.id()).finish()
            }
        }

        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self.map, other.map) && self.index == other.index
            }
        }
    };
}

handle! {
    /// One of the map's routes.
    Route, RouteIndex, routes: RouteEntry
}
handle! {
    /// A pathway of a route.
    Pathway, PathwayIndex, pathways: PathwayEntry
}
handle! {
    /// A cluster of a pathway.
    Cluster, ClusterIndex, clusters: ClusterEntry
}
handle! {
    /// An occupation of a cluster.
    Occupation, OccupationIndex, occupations: OccupationEntry
}
handle! {
    /// A knowledge, skill or behaviour statement of an occupation.
    Statement, StatementIndex, statements: StatementEntry
}

fn or_empty(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

impl Map {
    fn raw_occupation(&self, [r, p, c, o]: [u32; 4]) -> &RawOccupation {
        &self.raw.routes[r as usize].pathways[p as usize].clusters[c as usize].occupations[o as usize]
    }

    /// The numbers of the statements of neighbouring occupations.
    fn statements_of(&self, occupations: Range<u32>) -> Range<u32> {
        match &self.occupations[occupations.start as usize..occupations.end as usize] {
            [first, .., last] => first.statements.start..last.statements.end,
            [only] => only.statements.clone(),
            [] => 0..0,
        }
    }
}

impl<'m> Route<'m> {
    /// The raw record behind it.
    pub fn raw(&self) -> &'m RawRoute {
        &self.map.raw.routes[self.entry().raw as usize]
    }

    /// The route's code.
    pub fn id(&self) -> &'m str {
        or_empty(self.raw().id.as_ref())
    }

    /// Its name.
    pub fn name(&self) -> &'m str {
        or_empty(self.raw().name.as_ref())
    }

    /// The mark of the route as apprenticeship-only, if it has one.
    pub fn apprenticeship_only(&self) -> Option<&'m RawApprenticeshipOnly> {
        self.raw().apprenticeship_only.as_ref().filter(|_| !self.entry().is_opened)
    }

    /// The numbers of its statements.
    pub(crate) fn statement_range(&self) -> Range<u32> {
        let pathways = self.entry().pathways.clone();
        match &self.map.pathways[pathways.start as usize..pathways.end as usize] {
            [first, .., last] => self.map.statements_of(first.occupations.start..last.occupations.end),
            [only] => self.map.statements_of(only.occupations.clone()),
            [] => 0..0,
        }
    }

    /// Its pathways.
    pub fn pathways(&self) -> impl ExactSizeIterator<Item = Pathway<'m>> + Clone + use<'m> {
        let map = self.map;
        self.entry().pathways.clone().map(move |i| Pathway::new(map, PathwayIndex(i)))
    }
}

impl<'m> Pathway<'m> {
    /// The raw record behind it.
    pub fn raw(&self) -> &'m RawPathway {
        &self.route().raw().pathways[self.entry().raw as usize]
    }

    /// The pathway's code.
    pub fn id(&self) -> &'m str {
        or_empty(self.raw().id.as_ref())
    }

    /// Its name.
    pub fn name(&self) -> &'m str {
        or_empty(self.raw().name.as_ref())
    }

    /// The pathway's own mark as apprenticeship-only, if it has one.
    pub fn apprenticeship_only(&self) -> Option<&'m RawApprenticeshipOnly> {
        self.raw().apprenticeship_only.as_ref().filter(|_| !self.entry().is_opened)
    }

    /// The route above.
    pub fn route(&self) -> Route<'m> {
        Route::new(self.map, RouteIndex(self.entry().route))
    }

    /// Its clusters.
    pub fn clusters(&self) -> impl ExactSizeIterator<Item = Cluster<'m>> + Clone + use<'m> {
        let map = self.map;
        self.entry().clusters.clone().map(move |i| Cluster::new(map, ClusterIndex(i)))
    }

    /// The numbers of its statements.
    pub(crate) fn statement_range(&self) -> Range<u32> {
        self.map.statements_of(self.entry().occupations.clone())
    }

    /// The occupations of all its clusters.
    pub fn occupations(&self) -> impl ExactSizeIterator<Item = Occupation<'m>> + Clone + use<'m> {
        let map = self.map;
        self.entry().occupations.clone().map(move |i| Occupation::new(map, OccupationIndex(i)))
    }
}

impl<'m> Cluster<'m> {
    /// The raw record behind it.
    pub fn raw(&self) -> &'m RawCluster {
        &self.pathway().raw().clusters[self.entry().raw as usize]
    }

    /// The cluster's code.
    pub fn id(&self) -> &'m str {
        or_empty(self.raw().id.as_ref())
    }

    /// Its name.
    pub fn name(&self) -> &'m str {
        or_empty(self.raw().name.as_ref())
    }

    /// The cluster's own mark as apprenticeship-only, if it has one.
    pub fn apprenticeship_only(&self) -> Option<&'m RawApprenticeshipOnly> {
        self.raw().apprenticeship_only.as_ref().filter(|_| !self.entry().is_opened)
    }

    /// The pathway above.
    pub fn pathway(&self) -> Pathway<'m> {
        Pathway::new(self.map, PathwayIndex(self.entry().pathway))
    }

    /// Its occupations.
    pub fn occupations(&self) -> impl ExactSizeIterator<Item = Occupation<'m>> + Clone + use<'m> {
        let map = self.map;
        self.entry().occupations.clone().map(move |i| Occupation::new(map, OccupationIndex(i)))
    }
}

impl<'m> Occupation<'m> {
    /// The raw record behind it: overview, job titles, barriers and more.
    pub fn raw(&self) -> &'m RawOccupation {
        match &self.entry().raw {
            Record::Tree(at) => self.map.raw_occupation(*at),
            Record::Added(raw) => raw,
        }
    }

    /// The occupation's code.
    pub fn id(&self) -> &'m str {
        or_empty(self.raw().id.as_ref())
    }

    /// The official occupation code (`OCC0499`), if the source gives one.
    pub fn occupation_code(&self) -> Option<&'m str> {
        self.raw().occupation_code.as_deref()
    }

    /// Its title.
    pub fn title(&self) -> &'m str {
        or_empty(self.raw().title.as_ref())
    }

    /// Its level.
    pub fn level(&self) -> Level {
        self.entry().level
    }

    /// The band of its level.
    pub fn band(&self) -> Band {
        self.level().band()
    }

    /// The status of its standard.
    pub fn status(&self) -> Status {
        self.entry().status
    }

    /// Whether it is regulated, by law or a professional body: as recorded, or
    /// because a body regulates it. `None` if nothing is recorded.
    pub fn regulated(&self) -> Option<bool> {
        self.raw().regulated.or_else(|| self.regulated_by().map(|_| true))
    }

    /// The body that regulates it. Several are joined by `; `.
    pub fn regulated_by(&self) -> Option<&'m str> {
        self.raw().regulated_by.as_deref().filter(|body| !body.trim().is_empty())
    }

    /// The degree of its apprenticeship: `integrated-degree`,
    /// `non-integrated-degree` or `non-degree-qualification`.
    pub fn degree(&self) -> Option<&'m str> {
        self.raw().degree.as_deref()
    }

    /// How long its apprenticeship typically takes, in months.
    pub fn duration_months(&self) -> Option<i64> {
        self.raw().duration_months
    }

    /// The maximum public funding for an apprentice, in pounds.
    pub fn max_funding(&self) -> Option<i64> {
        self.raw().max_funding
    }

    /// The cluster above.
    pub fn cluster(&self) -> Cluster<'m> {
        Cluster::new(self.map, ClusterIndex(self.entry().cluster))
    }

    /// The pathway above.
    pub fn pathway(&self) -> Pathway<'m> {
        self.cluster().pathway()
    }

    /// The numbers of its statements.
    pub(crate) fn statement_range(&self) -> Range<u32> {
        self.entry().statements.clone()
    }

    /// Its statements, in the order of the file.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = Statement<'m>> + Clone + use<'m> {
        let map = self.map;
        self.entry().statements.clone().map(move |i| Statement::new(map, StatementIndex(i)))
    }

    /// Its options; empty if it has none.
    pub fn options(&self) -> impl ExactSizeIterator<Item = OptionOf<'m>> + Clone + use<'m> {
        let occupation = *self;
        (0..self.raw().options.len()).map(move |i| OptionOf { occupation, index: i as u16 })
    }

    /// Its duties, in the order of the file. Empty duties and placeholders
    /// ("TBC") are left out; [`Occupation::raw`] has them.
    pub fn duties(&self) -> impl ExactSizeIterator<Item = Duty<'m>> + Clone + use<'m> {
        let occupation = *self;
        let real = self.raw().duties.iter().filter(|raw| raw.text.as_deref().is_some_and(says_something));
        real.map(|raw| Duty { occupation, raw }).collect::<Vec<_>>().into_iter()
    }

    /// Its units: its options, or itself if it has none.
    pub fn units(&self) -> impl Iterator<Item = Unit<'m>> + Clone + use<'m> {
        let occupation = *self;
        let itself = (self.options().len() == 0).then_some(Unit { occupation, option: None });
        itself.into_iter().chain(self.options().map(move |option| Unit { occupation, option: Some(option) }))
    }
}

impl<'m> Statement<'m> {
    /// The raw record behind it.
    pub fn raw(&self) -> &'m RawStatement {
        &self.occupation().raw().statements[self.entry().raw as usize]
    }

    /// The statement's code, unique in its occupation.
    pub fn id(&self) -> &'m str {
        or_empty(self.raw().id.as_ref())
    }

    /// Knowledge, skill or behaviour.
    pub fn kind(&self) -> Kind {
        self.entry().kind
    }

    /// The text for display.
    pub fn text(&self) -> &'m str {
        or_empty(self.raw().text.as_ref())
    }

    /// The text as in the source, including tags and prefixes.
    pub fn source_text(&self) -> &'m str {
        self.raw().source_text.as_deref().unwrap_or_else(|| self.text())
    }

    /// The occupation above.
    pub fn occupation(&self) -> Occupation<'m> {
        Occupation::new(self.map, OccupationIndex(self.entry().occupation))
    }

    /// Whether it has a letter or digit and is not a placeholder ("Removed"). A
    /// statement that says nothing belongs to no concept.
    pub fn says_something(&self) -> bool {
        self.entry().says_something
    }

    /// Whether it counts for sharing: it says something and belongs to no
    /// option.
    pub fn counts_for_sharing(&self) -> bool {
        self.says_something() && self.entry().options.is_empty()
    }

    /// The options that it belongs to: given with it, or those of the duties
    /// that cite it (if all of them are mapped to options). Empty for the core.
    pub fn options(&self) -> impl ExactSizeIterator<Item = OptionOf<'m>> + use<'m> {
        let occupation = self.occupation();
        self.entry().options.iter().map(move |&index| OptionOf { occupation, index })
    }
}

/// One option of a core-and-options occupation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionOf<'m> {
    occupation: Occupation<'m>,
    index: u16,
}

impl<'m> OptionOf<'m> {
    /// The option's code, unique in its occupation.
    pub fn id(&self) -> &'m str {
        or_empty(self.occupation.raw().options[usize::from(self.index)].id.as_ref())
    }

    /// Its title.
    pub fn title(&self) -> &'m str {
        or_empty(self.occupation.raw().options[usize::from(self.index)].title.as_ref())
    }
}

/// The unit that a specialism prepares for: an occupation, or one of its
/// options.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit<'m> {
    occupation: Occupation<'m>,
    option: Option<OptionOf<'m>>,
}

impl<'m> Unit<'m> {
    /// The occupation.
    pub fn occupation(&self) -> Occupation<'m> {
        self.occupation
    }

    /// The option, if the occupation has options.
    pub fn option(&self) -> Option<OptionOf<'m>> {
        self.option
    }

    /// The occupation's title, followed by the option's.
    pub fn title(&self) -> String {
        match self.option {
            None => self.occupation.title().to_owned(),
            Some(option) => format!("{}: {}", self.occupation.title(), option.title()),
        }
    }

    /// Whether the statement belongs to the unit.
    pub(crate) fn has(&self, statement: Statement<'m>) -> bool {
        let options = &statement.entry().options;
        statement.entry().occupation == self.occupation.index.0
            && (options.is_empty() || self.option.is_some_and(|o| options.contains(&o.index)))
    }

    /// The statements of the unit: the occupation's core and its option's.
    pub fn statements(&self) -> impl Iterator<Item = Statement<'m>> + use<'m> {
        let unit = *self;
        self.occupation.statements().filter(move |s| unit.has(*s))
    }
}

/// A duty of an occupation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duty<'m> {
    occupation: Occupation<'m>,
    raw: &'m RawDuty,
}

impl<'m> Duty<'m> {
    /// The duty's code, unique in its occupation.
    pub fn id(&self) -> &'m str {
        or_empty(self.raw.id.as_ref())
    }

    /// Its text.
    pub fn text(&self) -> &'m str {
        or_empty(self.raw.text.as_ref())
    }

    /// Whether it is a core duty; true if the source does not say.
    pub fn is_core(&self) -> bool {
        self.raw.core.unwrap_or(true)
    }

    /// The ids of the options that it belongs to; empty for a duty of all.
    pub fn options(&self) -> &'m [String] {
        &self.raw.options
    }

    /// The statements that it cites, without those that do not exist.
    pub fn statements(&self) -> impl Iterator<Item = Statement<'m>> + use<'m> {
        let raw = self.raw;
        self.occupation.statements().filter(move |s| raw.statements.iter().any(|id| id == s.id()))
    }
}

/// An occupation that is known but not placed on the map.
#[derive(Clone, Copy, Debug)]
pub struct SetAside<'m> {
    map: &'m Map,
    entry: &'m SetAsideEntry,
}

impl<'m> SetAside<'m> {
    pub(super) fn new(map: &'m Map, entry: &'m SetAsideEntry) -> Self {
        SetAside { map, entry }
    }

    /// The raw record.
    pub fn raw(&self) -> &'m RawOccupation {
        match self.entry.at {
            SetAsideAt::List(i) => &self.map.raw.set_aside[i as usize].occupation,
            SetAsideAt::Tree(at) => self.map.raw_occupation(at),
        }
    }

    /// Returns the reason: a bad record, retired, a product, no route, pathway
    /// or cluster, or the reason that the map file gives.
    pub fn reason(&self) -> Reason {
        match self.entry.at {
            SetAsideAt::List(i) => Reason::from(self.map.raw.set_aside[i as usize].reason.as_str()),
            SetAsideAt::Tree(_) if self.raw().product.is_some() => Reason::Product,
            SetAsideAt::Tree(_) => Reason::BadRecord,
        }
    }

    /// The route's name, if the source gives one.
    pub fn route_name(&self) -> Option<&'m str> {
        match self.entry.at {
            SetAsideAt::List(i) => self.map.raw.set_aside[i as usize].route.as_deref(),
            SetAsideAt::Tree([r, ..]) => self.map.raw.routes[r as usize].name.as_deref(),
        }
    }

    /// The pathway's name, if the source gives one.
    pub fn pathway_name(&self) -> Option<&'m str> {
        match self.entry.at {
            SetAsideAt::List(i) => self.map.raw.set_aside[i as usize].pathway.as_deref(),
            SetAsideAt::Tree([r, p, ..]) => self.map.raw.routes[r as usize].pathways[p as usize].name.as_deref(),
        }
    }

    /// The pathway that it would belong to, if that is on the map.
    pub fn pathway(&self) -> Option<Pathway<'m>> {
        self.entry.pathway.map(|i| Pathway::new(self.map, PathwayIndex(i)))
    }
}
