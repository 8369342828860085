//! The walk over the tree: ids, names, bands, marks and dates of the branches.
//! The rules for a single occupation are in `occupation.rs`.

use std::collections::{BTreeSet, HashMap};

use super::dates::{is_at_or_before, is_date};
use super::finding::{Finding, Place};
use super::names::{is_untidy, near_siblings};
use super::rules::{self, Rule};
use crate::map::{APPRENTICESHIP_ONLY_REASONS, Band, Level, Verdicts};
use crate::read::{
    Field, Layout, Origin, PRODUCTS, RawApprenticeshipOnly, RawCluster, RawMap, RawOccupation, RawPathway, RawRoute,
    RawSetAside, RemarkKind, excerpt,
};
use crate::text::{closest, name_key};

/// How many misspelt codes get a "did you mean"; each costs a look at every
/// code of the map.
const MOST_HINTS: usize = 50;

/// More pathways than this in a route mean a damaged file; the maps have up to
/// four.
const MOST_PATHWAYS: usize = 500;

/// Runs every rule. Returns the findings, unsorted, and which records are
/// usable.
pub(super) fn walk(raw: &RawMap) -> (Vec<Finding>, Verdicts) {
    let mut walk = Walk {
        findings: Vec::new(),
        verdicts: Verdicts::default(),
        ids: HashMap::new(),
        titles: HashMap::new(),
        occupation_ids: raw
            .occupations()
            .filter_map(|o| Some((o.id.as_deref()?, o.title.as_deref().unwrap_or_default())))
            .collect(),
        hints_left: MOST_HINTS,
    };
    if raw.routes.is_empty() && raw.set_aside.is_empty() {
        walk.report(&rules::EMPTY_MAP, String::new(), &[]);
    }
    if let Some(published) = &raw.published {
        walk.date(published, || "/published".to_owned());
    }
    let near = near_siblings(&raw.routes.iter().map(|r| r.name.as_deref()).collect::<Vec<_>>());
    for (i, route) in raw.routes.iter().enumerate() {
        let origin = origin_or(route.origin.as_ref(), || format!("/routes/{i}"));
        let sibling = near[i].and_then(|s| raw.routes[s].name.as_deref());
        walk.route(route, &origin, sibling);
    }
    for (i, aside) in raw.set_aside.iter().enumerate() {
        let origin = origin_or(aside.occupation.origin.as_ref(), || format!("/set_aside/{i}/occupation"));
        walk.set_aside(aside, &origin);
    }
    for remark in &raw.remarks {
        walk.report(remark_rule(remark.kind), remark.pointer.clone(), &[("remark", &remark.message)]);
    }
    (walk.findings, walk.verdicts)
}

fn remark_rule(kind: RemarkKind) -> &'static Rule {
    match kind {
        RemarkKind::NullRecord => &rules::NULL_RECORD,
        RemarkKind::OlderVersion => &rules::OLDER_VERSION,
        RemarkKind::DraftVersion => &rules::DRAFT_VERSION,
        RemarkKind::NewerWithdrawn => &rules::NEWER_WITHDRAWN,
        RemarkKind::SameVersionTwice => &rules::SAME_VERSION_TWICE,
        RemarkKind::RepeatedRecord => &rules::REPEATED_RECORD,
        RemarkKind::SeveralPlaces => &rules::SEVERAL_PLACES,
        RemarkKind::BothSources => &rules::BOTH_SOURCES,
        RemarkKind::MemberTwice => &rules::MEMBER_TWICE,
        RemarkKind::UnreadableValue => &rules::UNREADABLE_VALUE,
        RemarkKind::UnknownField => &rules::UNKNOWN_FIELD,
        RemarkKind::Misplaced => &rules::MISPLACED_OCCUPATIONS,
        RemarkKind::RepeatedId => &rules::REPEATED_ID,
        RemarkKind::UnlistedOption => &rules::UNLISTED_OPTION,
        RemarkKind::SpeltTwoWays => &rules::SPELT_TWO_WAYS,
        RemarkKind::UntidyName => &rules::UNTIDY_NAME,
        RemarkKind::OddOption => &rules::ODD_OPTION,
        RemarkKind::MissingOptions => &rules::MISSING_OPTIONS,
        RemarkKind::HeadingAmongStatements => &rules::HEADING_AMONG_STATEMENTS,
        RemarkKind::UnreadStatements => &rules::UNREAD_STATEMENTS,
        RemarkKind::CleanedText => &rules::CLEANED_TEXT,
    }
}

/// The place where a record was read, or would be in a native file.
fn origin_or(origin: Option<&Origin>, native: impl FnOnce() -> String) -> Origin {
    origin.cloned().unwrap_or_else(|| Origin::native(native()))
}

pub(super) struct Walk<'r> {
    findings: Vec<Finding>,
    verdicts: Verdicts,
    /// Every id of a branch or occupation so far, with what it names.
    ids: HashMap<&'r str, Named<'r>>,
    /// Title key and level of every occupation so far.
    titles: HashMap<(String, i64), &'r str>,
    /// Every occupation's id, with its title.
    occupation_ids: HashMap<&'r str, &'r str>,
    hints_left: usize,
}

/// The record that an id names.
struct Named<'r> {
    tier: &'static str,
    name: &'r str,
    /// The cluster around an occupation.
    inside: &'r str,
}

/// The data of a branch that the rules of every tier use.
struct Branch<'r, 'o> {
    tier: &'static str,
    id: Option<&'r str>,
    name: Option<&'r str>,
    mark: Option<&'r RawApprenticeshipOnly>,
    origin: &'o Origin,
    near_sibling: Option<&'r str>,
}

/// The bands in a branch, for the rules about bands.
#[derive(Default)]
struct Bands(BTreeSet<Band>);

impl<'r> Walk<'r> {
    pub(super) fn report(&mut self, rule: &'static Rule, pointer: String, found: &[(&str, &str)]) {
        self.findings.push(Finding {
            rule: rule.id.into(),
            severity: rule.severity,
            place: Place::new(pointer),
            message: rule.fill(found),
        });
    }

    /// `: did you mean "..."?` where a candidate is close, else nothing.
    pub(super) fn hint<'c>(&mut self, found: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
        if self.hints_left == 0 {
            return String::new();
        }
        self.hints_left -= 1;
        crate::text::DidYouMean(closest(found, candidates)).to_string()
    }

    fn route(&mut self, route: &'r RawRoute, origin: &Origin, near_sibling: Option<&'r str>) {
        let name = route.name.as_deref().unwrap_or_default();
        let fit = self.branch(&Branch {
            tier: "route",
            id: route.id.as_deref(),
            name: route.name.as_deref(),
            mark: route.apprenticeship_only.as_ref(),
            origin,
            near_sibling,
        });
        let too_many = route.pathways.len() > MOST_PATHWAYS;
        if too_many {
            let found = [("name", name), ("count", &route.pathways.len().to_string())];
            self.report(&rules::TOO_MANY_PATHWAYS, origin.field(Field::Whole), &found);
        }
        self.verdicts.routes.push(fit && !too_many);
        let dates = [&route.first_teaching_planned, &route.first_teaching, &route.last_teaching];
        self.teaching_dates(dates, origin);
        if route.pathways.is_empty() {
            self.report(&rules::EMPTY_ROUTE, origin.field(Field::Whole), &[("name", name)]);
        }
        let near = near_siblings(&route.pathways.iter().map(|p| p.name.as_deref()).collect::<Vec<_>>());
        let mut bands = Bands::default();
        for (i, pathway) in route.pathways.iter().enumerate() {
            let at = origin_or(pathway.origin.as_ref(), || format!("{}/pathways/{i}", origin.pointer()));
            let sibling = near[i].and_then(|s| route.pathways[s].name.as_deref());
            bands.0.extend(self.pathway(pathway, &at, sibling, route.apprenticeship_only.is_some()).0);
        }
        if !bands.0.is_empty() && !bands.0.contains(&Band::Technical) {
            self.report(&rules::ROUTE_WITHOUT_TECHNICAL, origin.field(Field::Whole), &[("name", name)]);
        }
    }

    fn pathway(
        &mut self,
        pathway: &'r RawPathway,
        origin: &Origin,
        near_sibling: Option<&'r str>,
        marked_above: bool,
    ) -> Bands {
        let name = pathway.name.as_deref().unwrap_or_default();
        let fit = self.branch(&Branch {
            tier: "pathway",
            id: pathway.id.as_deref(),
            name: pathway.name.as_deref(),
            mark: pathway.apprenticeship_only.as_ref(),
            origin,
            near_sibling,
        });
        self.verdicts.pathways.push(fit);
        let dates = [&pathway.first_teaching_planned, &pathway.first_teaching, &pathway.last_teaching];
        self.teaching_dates(dates, origin);
        if pathway.clusters.is_empty() {
            self.report(&rules::EMPTY_PATHWAY, origin.field(Field::Whole), &[("name", name)]);
        }
        let near = near_siblings(&pathway.clusters.iter().map(|c| c.name.as_deref()).collect::<Vec<_>>());
        let marked = marked_above || pathway.apprenticeship_only.is_some();
        let mut bands = Bands::default();
        for (i, cluster) in pathway.clusters.iter().enumerate() {
            let at = origin_or(cluster.origin.as_ref(), || format!("{}/clusters/{i}", origin.pointer()));
            let sibling = near[i].and_then(|s| pathway.clusters[s].name.as_deref());
            bands.0.extend(self.cluster(cluster, &at, sibling, marked).0);
        }
        if bands.0.contains(&Band::Professional) && !bands.0.contains(&Band::HigherTechnical) {
            self.professionals_without_progression(pathway, origin);
        }
        bands
    }

    fn professionals_without_progression(&mut self, pathway: &RawPathway, origin: &Origin) {
        for (i, cluster) in pathway.clusters.iter().enumerate() {
            for (j, o) in cluster.occupations.iter().enumerate() {
                let Some(level) = level_of(o).filter(|l| l.band() == Band::Professional) else { continue };
                let native = || format!("{}/clusters/{i}/occupations/{j}", origin.pointer());
                let at = origin_or(o.origin.as_ref(), native);
                let found = [("title", o.title.as_deref().unwrap_or_default()), ("level", &level.to_string())];
                self.report(&rules::PROFESSIONAL_WITHOUT_PROGRESSION, at.field(Field::Level), &found);
            }
        }
    }

    fn cluster(
        &mut self,
        cluster: &'r RawCluster,
        origin: &Origin,
        near_sibling: Option<&'r str>,
        marked_above: bool,
    ) -> Bands {
        let name = cluster.name.as_deref().unwrap_or_default();
        let fit = self.branch(&Branch {
            tier: "cluster",
            id: cluster.id.as_deref(),
            name: cluster.name.as_deref(),
            mark: cluster.apprenticeship_only.as_ref(),
            origin,
            near_sibling,
        });
        self.verdicts.clusters.push(fit);
        if cluster.occupations.is_empty() {
            self.report(&rules::EMPTY_CLUSTER, origin.field(Field::Whole), &[("name", name)]);
        }
        let near = near_siblings(&cluster.occupations.iter().map(|o| o.title.as_deref()).collect::<Vec<_>>());
        let marked = marked_above || cluster.apprenticeship_only.is_some();
        let mut bands = Bands::default();
        for (i, occupation) in cluster.occupations.iter().enumerate() {
            let at = origin_or(occupation.origin.as_ref(), || format!("{}/occupations/{i}", origin.pointer()));
            let known_as = self.identity(occupation, &at, name);
            if let Some(sibling) = near[i].map(|s| &cluster.occupations[s]) {
                // the same title at two levels is two occupations
                if sibling.level == occupation.level && !known_as.same_title {
                    let sibling = sibling.title.as_deref().unwrap_or_default();
                    let title = occupation.title.as_deref().unwrap_or_default();
                    let found = [("tier", "occupation"), ("name", title), ("other", sibling)];
                    self.report(&rules::SIMILAR_NAME, at.field(Field::Title), &found);
                }
            }
            let is_product = occupation.product.is_some();
            let fit = self.occupation(occupation, &at, !marked && !is_product);
            if is_product {
                self.product(occupation, &at);
            }
            self.verdicts.occupations.push(fit && known_as.fit && !is_product);
            bands.0.extend(level_of(occupation).filter(|_| !is_product).map(Level::band));
        }
        if bands.0.len() > 1 {
            let spanned: Vec<String> = bands.0.iter().map(ToString::to_string).collect();
            let found = [("name", name), ("bands", &spanned.join(" and "))];
            self.report(&rules::CLUSTER_SPANS_BANDS, origin.field(Field::Whole), &found);
        }
        bands
    }

    fn set_aside(&mut self, aside: &'r RawSetAside, origin: &Origin) {
        let occupation = &aside.occupation;
        self.identity(occupation, origin, aside.cluster.as_deref().unwrap_or("set aside"));
        self.occupation(occupation, origin, false);
        if occupation.product.is_some() {
            return self.product(occupation, origin);
        }
        let rule = match aside.reason.as_str() {
            "retired" => &rules::RETIRED,
            "no-route" => &rules::MISSING_ROUTE,
            "no-cluster" => &rules::MISSING_CLUSTER,
            _ => &rules::MISSING_PATHWAY,
        };
        let level = occupation.level.map_or_else(|| "unknown".to_owned(), |l| l.to_string());
        let found = [("title", occupation.title.as_deref().unwrap_or_default()), ("level", level.as_str())];
        self.report(rule, origin.field(Field::Whole), &found);
    }

    /// Reports what a product is, and of which occupations.
    fn product(&mut self, occupation: &RawOccupation, origin: &Origin) {
        let title = occupation.title.as_deref().unwrap_or_default();
        let name = occupation.product.as_deref().unwrap_or_default();
        let Some((_, product)) = PRODUCTS.iter().find(|(known, _)| *known == name) else {
            let hint = self.hint(name, PRODUCTS.map(|(known, _)| known));
            let found = [("title", title), ("found", &excerpt(name, 40)), ("hint", &hint)];
            return self.report(&rules::UNKNOWN_PRODUCT, origin.field(Field::Whole), &found);
        };
        let of: Vec<String> = occupation.product_of.iter().take(5).map(|code| self.code_with_title(code)).collect();
        let more = match occupation.product_of.len() {
            n @ 6.. => format!(" and {} more", n - 5),
            _ => String::new(),
        };
        let of = if of.is_empty() { String::new() } else { format!("; it belongs to {}{more}", of.join(", ")) };
        let found = [("title", title), ("product", *product), ("of", &of)];
        self.report(&rules::PRODUCT, origin.field(Field::Whole), &found);
    }

    /// A code with the title of its occupation if the map has it, also under
    /// the standard with the same number (`OCC0499` and `ST0499`).
    fn code_with_title(&self, code: &str) -> String {
        let twin = code.strip_prefix("OCC").map(|n| format!("ST{n}"));
        let twin = twin.or_else(|| code.strip_prefix("ST").map(|n| format!("OCC{n}"))).unwrap_or_default();
        let title = self.occupation_ids.get(code).or_else(|| self.occupation_ids.get(twin.as_str()));
        title.map_or_else(|| excerpt(code, 60), |title| format!("\"{title}\" ({})", excerpt(code, 60)))
    }

    /// Runs the rules for every branch. Returns false if its id or name is
    /// unusable.
    fn branch(&mut self, branch: &Branch<'r, '_>) -> bool {
        let Branch { tier, id, name, mark, origin, near_sibling } = *branch;
        let mut fit = true;
        match id.filter(|id| !id.trim().is_empty()) {
            None => {
                self.report(&rules::MISSING_ID, origin.field(Field::Whole), &[("tier", tier)]);
                fit = false;
            }
            Some(id) => fit &= self.first_use(tier, id, name.unwrap_or_default(), "", origin),
        }
        match name.filter(|name| !name.trim().is_empty()) {
            None => {
                let found = [("tier", tier), ("id", id.unwrap_or_default()), ("name", "name")];
                self.report(&rules::MISSING_NAME, origin.field(Field::Whole), &found);
                fit = false;
            }
            Some(name) => self.tidy(name, origin, Field::Name),
        }
        if let Some((name, other)) = name.zip(near_sibling) {
            let found = [("tier", tier), ("name", name), ("other", other)];
            self.report(&rules::SIMILAR_NAME, origin.field(Field::Name), &found);
        }
        if let Some(mark) = mark {
            self.mark(mark, tier, name.unwrap_or_default(), origin);
        }
        fit
    }

    fn tidy(&mut self, name: &str, origin: &Origin, field: Field) {
        // the readers have already tidied and remarked on the official files
        if origin.layout() == Layout::Native && is_untidy(name) {
            let remark = format!("the name \"{}\" has doubled or stray white space", name.escape_debug());
            self.report(&rules::UNTIDY_NAME, origin.field(field), &[("remark", &remark)]);
        }
    }

    fn first_use(&mut self, tier: &'static str, id: &'r str, name: &'r str, inside: &'r str, origin: &Origin) -> bool {
        let Some(before) = self.ids.get(id) else {
            self.ids.insert(id, Named { tier, name, inside });
            return true;
        };
        let place = origin.field(Field::Id);
        if before.tier == "occupation" && tier == "occupation" {
            let found = [("id", id), ("other", before.inside)];
            self.report(&rules::OCCUPATION_TWICE, place, &found);
        } else {
            let other = format!("{} \"{}\"", before.tier, before.name);
            let found = [("tier", tier), ("id", id), ("other", other.as_str())];
            self.report(&rules::DUPLICATE_ID, place, &found);
        }
        false
    }

    fn identity(&mut self, occupation: &'r RawOccupation, origin: &Origin, cluster: &'r str) -> KnownAs {
        let mut known_as = KnownAs { fit: true, same_title: false };
        let id = occupation.id.as_deref().filter(|id| !id.trim().is_empty());
        let title = occupation.title.as_deref().filter(|title| !title.trim().is_empty());
        match id {
            None => {
                self.report(&rules::MISSING_ID, origin.field(Field::Whole), &[("tier", "occupation")]);
                known_as.fit = false;
            }
            Some(id) => known_as.fit &= self.first_use("occupation", id, title.unwrap_or_default(), cluster, origin),
        }
        let Some(title) = title else {
            let found = [("tier", "occupation"), ("id", id.unwrap_or_default()), ("name", "title")];
            self.report(&rules::MISSING_NAME, origin.field(Field::Whole), &found);
            known_as.fit = false;
            return known_as;
        };
        self.tidy(title, origin, Field::Title);
        let level = occupation.level.filter(|_| occupation.product.is_none());
        if let (true, Some(level)) = (known_as.fit, level) {
            let id = id.unwrap_or_default();
            match self.titles.get(&(name_key(title), level)) {
                Some(other) => {
                    let found = [("title", title), ("level", &level.to_string()), ("other", other)];
                    self.report(&rules::SAME_TITLE, origin.field(Field::Title), &found);
                    known_as.same_title = true;
                }
                None => {
                    self.titles.insert((name_key(title), level), id);
                }
            }
        }
        known_as
    }

    fn mark(&mut self, mark: &RawApprenticeshipOnly, tier: &str, name: &str, origin: &Origin) {
        let place = origin.field(Field::ApprenticeshipOnly);
        if mark.reasons.is_empty() {
            self.report(&rules::APPRENTICESHIP_ONLY_WITHOUT_REASON, place.clone(), &[("tier", tier), ("name", name)]);
        }
        for (i, reason) in mark.reasons.iter().enumerate() {
            if !APPRENTICESHIP_ONLY_REASONS.contains(&reason.as_str()) {
                let hint = self.hint(reason, APPRENTICESHIP_ONLY_REASONS);
                let found = [("tier", tier), ("name", name), ("found", reason), ("hint", &hint)];
                self.report(&rules::UNKNOWN_REASON, format!("{place}/reasons/{i}"), &found);
            }
        }
    }

    fn teaching_dates(&mut self, [planned, first, last]: [&Option<String>; 3], origin: &Origin) {
        let fields = [Field::FirstTeachingPlanned, Field::FirstTeaching, Field::LastTeaching];
        for (date, field) in [planned, first, last].into_iter().zip(fields) {
            if let Some(date) = date {
                self.date(date, || origin.field(field));
            }
        }
        if let (Some(first), Some(last)) = (first, last)
            && is_date(first)
            && is_date(last)
            && !is_at_or_before(first, last)
        {
            let found = [("found", last.as_str()), ("first", first.as_str())];
            self.report(&rules::LAST_BEFORE_FIRST, origin.field(Field::LastTeaching), &found);
        }
    }

    fn date(&mut self, date: &str, place: impl FnOnce() -> String) {
        if !is_date(date) {
            self.report(&rules::BAD_DATE, place(), &[("found", date)]);
        }
    }

    pub(super) fn is_occupation(&self, id: &str) -> bool {
        self.occupation_ids.contains_key(id)
    }

    pub(super) fn occupation_hint(&mut self, found: &str) -> String {
        let mut ids: Vec<&str> = self.occupation_ids.keys().copied().collect();
        ids.sort_unstable();
        self.hint(found, ids)
    }
}

struct KnownAs {
    fit: bool,
    same_title: bool,
}

fn level_of(occupation: &RawOccupation) -> Option<Level> {
    occupation.level.and_then(|level| Level::try_from(level).ok())
}
