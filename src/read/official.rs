//! Reads the official files: records of the standards file, of the maps API, or
//! of both become one map. Among the versions of an occupation the one in force
//! is read; each other record is remarked on.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::build_tree::{self, Placed, UnknownMembers};
use super::drafts::Draft;
use super::identity::{self, Identity};
use super::locate;
use super::node::Node;
use super::origin::Layout;
use super::raw::{RawMap, RawStandard};
use super::record::Record;
use super::records::{Found, Records};
use super::version_changes::{self, VersionChanges};
use super::versions::{self, Candidate, Class};
use super::{Remark, RemarkKind, cleaning, excerpt, facts, kinds, maps_api, product, standards};
use crate::order;

/// The version of an occupation to read if a draft follows the one in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefer {
    InForce,
    Drafts,
}

/// Reads the map, and lists the drafts that follow a version in force.
pub(super) fn read(root: Node<'_>, text: &str, prefer: Prefer) -> (RawMap, Vec<Draft>) {
    let Records { found, remarks, progressions, beside, repeated } = Records::of(root);
    let has_standards = found.iter().any(|f| f.layout == Layout::Standards);
    let identities: Vec<Identity> = found.iter().map(Identity::of).collect();
    let codes = identity::codes(&identities);
    let candidates = candidates(&found, text);
    let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
    let mut order: Vec<Vec<usize>> = Vec::new();
    for (i, code) in codes.iter().enumerate() {
        match code {
            // records without a code are not versions of each other
            None => order.push(vec![i]),
            Some(code) => groups.entry(code).or_default().push(i),
        }
    }
    order.extend(groups.into_values());
    // each record's tree is dropped as soon as it has been read
    let mut found: Vec<Option<Found<'_>>> = found.into_iter().map(Some).collect();
    let mut reader = Reader { prefer, remarks, drafts: Vec::new(), unknown: beside };
    let mut placed = Vec::new();
    for members in order {
        let code = members.first().and_then(|&i| codes[i].clone());
        let versions: Vec<Row<'_, '_>> = members
            .into_iter()
            .filter_map(|i| Some(Row { found: found[i].take()?, identity: &identities[i], candidate: &candidates[i] }))
            .collect();
        placed.extend(reader.occupation(code.as_deref(), versions));
    }
    // occupations of the maps API name each other by their own codes
    let mut here: BTreeMap<String, String> = BTreeMap::new();
    for record in &placed {
        if let (Some(code), Some(id)) = (&record.occupation.occupation_code, &record.occupation.id) {
            let known = here.entry(code.clone()).or_insert_with(|| id.clone());
            if id < known {
                known.clone_from(id);
            }
        }
    }
    for record in &mut placed {
        let Some(leads) = record.occupation.occupation_code.as_ref().and_then(|code| progressions.get(code)) else {
            continue;
        };
        let mut leads: Vec<String> = leads.iter().map(|code| here.get(code).unwrap_or(code).clone()).collect();
        leads.sort();
        leads.dedup();
        record.occupation.progresses_to = leads;
    }
    let Reader { mut remarks, mut drafts, unknown, .. } = reader;
    remarks.extend(unknown.into_remarks("it is not used", |_| None));
    remarks.extend(repeated.into_remarks());
    let mut map = build_tree::build(placed, remarks);
    cleaning::add_up(&mut map.remarks);
    map.title = Some(if has_standards { "Occupational standards" } else { "Occupational maps" }.to_owned());
    order::by(&mut drafts, |a, b| a.occupation.cmp(&b.occupation));
    (map, drafts)
}

/// The data for comparing records. JSON numbers lose the zero of 1.10, so these
/// versions are read from the source.
fn candidates(found: &[Found<'_>], text: &str) -> Vec<Candidate> {
    let numeric = |f: &Found<'_>| {
        let member = versions::version_member(&f.node, f.layout)?;
        let fraction = matches!(f.node.get(member), Some(Node::Number(n)) if n.as_i64().is_none());
        fraction.then(|| format!("{}/{member}", f.pointer))
    };
    let pointers: Vec<Option<String>> = found.iter().map(numeric).collect();
    let wanted: Vec<&String> = pointers.iter().flatten().collect();
    let mut written = if wanted.is_empty() { Vec::new() } else { locate::tokens(text, &wanted) }.into_iter();
    let mut next = |asked: bool| if asked { written.next().flatten() } else { None };
    found.iter().zip(&pointers).map(|(f, asked)| Candidate::of(f, next(asked.is_some()))).collect()
}

/// One record of an occupation.
struct Row<'a, 'i> {
    found: Found<'a>,
    identity: &'i Identity,
    candidate: &'i Candidate,
}

struct Reader {
    prefer: Prefer,
    remarks: Vec<Remark>,
    drafts: Vec<Draft>,
    unknown: UnknownMembers,
}

impl Reader {
    /// Reads an occupation from all its records.
    fn occupation(&mut self, code: Option<&str>, mut rows: Vec<Row<'_, '_>>) -> Option<Placed> {
        let both_shapes = rows.iter().any(|r| r.candidate.layout != rows[0].candidate.layout);
        let kept = rows.swap_remove(best(&rows, |_| true, both_shapes)?);
        order::by(&mut rows, |a, b| compare(b, a, both_shapes));
        let mut placed = self.read(&kept, code);
        // the other source of the same occupation, for what this one lacks
        let beside = best(&rows, |r| r.candidate.layout != kept.candidate.layout && completes(r), both_shapes);
        if let Some(beside) = beside {
            let beside = rows.remove(beside);
            self.complete(&mut placed, &kept, &beside, code);
        }
        for row in &rows {
            fill_codes(&mut placed, row);
        }
        let follows = |r: &Row<'_, '_>| r.candidate.would_follow(kept.candidate);
        let next = best(&rows, follows, false).map(|i| rows.remove(i));
        for row in &rows {
            self.left_out(row, &kept, &placed, code);
        }
        match next {
            None => Some(placed),
            Some(draft) => Some(self.draft(&draft, &kept, placed, code)),
        }
    }

    /// Reads one record.
    fn read(&mut self, row: &Row<'_, '_>, code: Option<&str>) -> Placed {
        let Row { found, identity, candidate } = row;
        let mut record = Record { node: &found.node, pointer: &found.pointer, remarks: &mut self.remarks };
        let mut placed = match found.layout {
            Layout::MapsApi => {
                record.count_unknown(|name| maps_api::KNOWN.contains(&name) || is_content(name), &mut self.unknown);
                maps_api::read(&mut record, candidate, &found.around)
            }
            Layout::Standards | Layout::Native => {
                let is_known = |name: &str| standards::USED.contains(&name) || standards::UNUSED.contains(&name);
                record.count_unknown(|name| is_known(name) || is_content(name), &mut self.unknown);
                standards::read(&mut record, candidate, identity.reference.as_deref())
            }
        };
        placed.occupation.id = code.map(str::to_owned);
        placed.occupation.occupation_code.clone_from(&identity.occupation_code);
        placed
    }

    /// Reads a record to compare or complete with; its invalid values are not
    /// remarked on.
    fn read_aside(&mut self, row: &Row<'_, '_>, code: Option<&str>) -> Placed {
        let (remarks, unknown) = (self.remarks.len(), std::mem::take(&mut self.unknown));
        let placed = self.read(row, code);
        self.remarks.truncate(remarks);
        self.unknown = unknown;
        placed
    }

    fn remark(&mut self, kind: RemarkKind, row: &Row<'_, '_>, message: String) {
        self.remarks.push(Remark::new(kind, row.found.pointer.as_str(), message));
    }

    /// Copies what the other source of an occupation has and this one lacks.
    fn complete(&mut self, placed: &mut Placed, kept: &Row<'_, '_>, beside: &Row<'_, '_>, code: Option<&str>) {
        let other = self.read_aside(beside, code);
        let mut taken = Vec::new();
        let is_placed = |p: &Placed| p.route.text.is_some() && p.pathway.text.is_some() && p.cluster.text.is_some();
        if !is_placed(placed) && is_placed(&other) {
            (placed.route, placed.pathway, placed.cluster) = (other.route, other.pathway, other.cluster);
            placed.layout = other.layout;
            taken.push("place");
        }
        let (own, other) = (&mut placed.occupation, other.occupation);
        if own.statements.is_empty() && !other.statements.is_empty() {
            (own.statements, own.duties, own.options) = (other.statements, other.duties, other.options);
            taken.push("statements");
        }
        let mut take = |name, taken_over: bool| {
            if taken_over {
                taken.push(name);
            }
        };
        take("level", or_else(&mut own.level, other.level));
        take("overview", or_else(&mut own.overview, other.overview));
        if own.job_titles.is_empty() && !other.job_titles.is_empty() {
            own.job_titles = other.job_titles;
            take("job titles", true);
        }
        if own.keywords.is_empty() && !other.keywords.is_empty() {
            own.keywords = other.keywords;
            take("keywords", true);
        }
        or_else(&mut own.occupation_code, other.occupation_code);
        if let Some(standard) = other.standard {
            let own = own.standard.get_or_insert_default();
            or_else(&mut own.reference, standard.reference);
            or_else(&mut own.url, standard.url);
        }
        let from = if kept.found.layout == Layout::Standards { "standards file" } else { "maps API" };
        let taken = match taken.as_slice() {
            [] => String::new(),
            taken => format!("; taken from this one: {}", taken.join(", ")),
        };
        let message = format!(
            "{}: both official sources describe this occupation; the record of the {from} is used ({}, this one is {}){taken}",
            code.unwrap_or_default(),
            kept.candidate.version.in_words(),
            beside.candidate.version.in_words()
        );
        self.remark(RemarkKind::BothSources, beside, message);
    }

    /// Remarks on a record that is not used.
    fn left_out(&mut self, row: &Row<'_, '_>, kept: &Row<'_, '_>, placed: &Placed, code: Option<&str>) {
        let code = code.unwrap_or_default();
        let (own, used) = (row.candidate, kept.candidate);
        let (version, used_version) = (own.version.in_words(), used.version.in_words());
        let order = own.version.compare(&used.version);
        let class = own.standing.class();
        if order == Ordering::Equal && class == used.standing.class() && row.found.layout == kept.found.layout {
            let title = excerpt(placed.occupation.title.as_deref().unwrap_or(code), 60);
            let same = row.found.node == kept.found.node;
            let around = |r: &Row<'_, '_>| r.found.around.names.clone().map(|n| n.map(|(text, _)| text));
            if same && around(row) != around(kept) {
                let place = around(row).into_iter().flatten().collect::<Vec<_>>().join(" > ");
                let message = format!("{code}: \"{title}\" is placed here too ({place}); it is read in one place only");
                self.remark(RemarkKind::SeveralPlaces, row, message);
            } else if same {
                self.remark(
                    RemarkKind::RepeatedRecord,
                    row,
                    format!("{code}: this record is given twice; it counts once"),
                );
            } else {
                let other = self.read_aside(row, Some(code));
                let changes = VersionChanges::between(placed, &other);
                let message = format!(
                    "{code}: {version} is given twice, and this record is not used; compared with the one that is, it {}",
                    changes.in_words().replace(" yet", "")
                );
                self.remark(RemarkKind::SameVersionTwice, row, message);
            }
        } else if class == Class::Retired && order == Ordering::Greater && used.standing.class() > Class::Retired {
            let message = format!(
                "{code}: {used_version} is used; the newer {version} is {}, which may mean that the whole standard is",
                own.standing.in_words()
            );
            self.remark(RemarkKind::NewerWithdrawn, row, message);
        } else {
            let standing = if own.standing == used.standing || own.standing.class() == Class::Unknown {
                String::new()
            } else {
                format!(" ({})", own.standing.in_words())
            };
            let message = format!("{code}: {version}{standing} is not used; {used_version} is");
            self.remark(RemarkKind::OlderVersion, row, message);
        }
    }

    /// Remarks on the draft that follows the version in force. Returns the
    /// preferred one of the two.
    fn draft(&mut self, row: &Row<'_, '_>, kept: &Row<'_, '_>, placed: Placed, code: Option<&str>) -> Placed {
        let mut draft = self.read_aside(row, code);
        let changes = VersionChanges::between(&placed, &draft);
        let message = format!(
            "{}: {} is in force; {} {} {}",
            code.unwrap_or_default(),
            kept.candidate.version.in_words(),
            row.candidate.version.in_words(),
            row.candidate.standing.in_words(),
            changes.in_words()
        );
        self.remark(RemarkKind::DraftVersion, row, message);
        let written = |row: &Row<'_, '_>| Some(row.candidate.version.text.clone()).filter(|text| !text.is_empty());
        self.drafts.push(Draft {
            occupation: code.unwrap_or_default().to_owned(),
            title: placed.occupation.title.clone().unwrap_or_default(),
            level: placed.occupation.level,
            in_force: written(kept),
            version: written(row),
            status: row.candidate.standing.status().unwrap_or_default().to_owned(),
            added: changes.added,
            removed: changes.removed,
            reworded: changes.reworded,
            has_statements: !changes.is_empty,
        });
        // the changes of a draft without statements are not known yet
        if self.prefer == Prefer::InForce || changes.is_empty {
            return placed;
        }
        for (own, before) in [
            (&mut draft.route, placed.route),
            (&mut draft.pathway, placed.pathway),
            (&mut draft.cluster, placed.cluster),
        ] {
            if own.text.is_none() {
                *own = before;
            }
        }
        let (own, before) = (&mut draft.occupation, placed.occupation);
        version_changes::tell_apart(own, &before, &changes.added_at, &row.candidate.version.text);
        or_else(&mut own.level, before.level);
        or_else(&mut own.title, before.title);
        or_else(&mut own.occupation_code, before.occupation_code);
        draft
    }
}

/// Whether statements, facts or the type of a product are read from a member,
/// in both shapes.
fn is_content(name: &str) -> bool {
    kinds::is_member(name) || facts::is_member(name) || product::is_member(name)
}

/// Fills an empty value. Returns whether it did.
fn or_else<T>(own: &mut Option<T>, other: Option<T>) -> bool {
    let takes = own.is_none() && other.is_some();
    if takes {
        *own = other;
    }
    takes
}

/// Adds codes from the occupation's other records.
fn fill_codes(placed: &mut Placed, row: &Row<'_, '_>) {
    let occupation = &mut placed.occupation;
    or_else(&mut occupation.occupation_code, row.identity.occupation_code.clone());
    if let Some(reference) = &row.identity.reference {
        let standard = occupation.standard.get_or_insert_with(RawStandard::default);
        or_else(&mut standard.reference, Some(reference.clone()));
    }
}

/// Whether a record may complete that of the other source: a draft is another
/// version, and a withdrawn one no longer applies.
fn completes(row: &Row<'_, '_>) -> bool {
    !matches!(row.candidate.standing.class(), Class::Draft | Class::Retired)
}

/// Compares two records; equal ones by their content.
fn compare(a: &Row<'_, '_>, b: &Row<'_, '_>, both_shapes: bool) -> Ordering {
    let weighed = a.candidate.compare(b.candidate, both_shapes);
    weighed.then_with(|| versions::content(&b.found).cmp(&versions::content(&a.found)))
}

fn best(rows: &[Row<'_, '_>], fits: impl Fn(&Row<'_, '_>) -> bool, both_shapes: bool) -> Option<usize> {
    let fitting = rows.iter().enumerate().filter(|(_, row)| fits(row));
    fitting.max_by(|(_, a), (_, b)| compare(a, b, both_shapes)).map(|(i, _)| i)
}
