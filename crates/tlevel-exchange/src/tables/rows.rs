//! A map as the rows of its sheets.

use std::collections::{HashMap, HashSet};

use tlevel::read::{
    Extra, RawApprenticeshipOnly, RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway, RawRoute,
    RawSetAside, RawStatement,
};

use super::form::{CLUSTERS, DUTIES, FORMS, Form, Kind, MAP, OCCUPATIONS, OPTIONS, PATHWAYS, ROUTES, STATEMENTS};
use super::value::{Json, read, shown, tidy};
use crate::Error;

/// The rows of each sheet, cell by cell under its columns.
pub(crate) type Rows = Vec<Vec<Vec<String>>>;

/// A record, member by member.
#[derive(Default)]
struct Record<'m> {
    values: Vec<(&'static str, Json)>,
    /// The objects inside it that are there, with what no column holds; "" is the
    /// record itself.
    objects: Vec<(&'static str, &'m Extra)>,
}

/// Returns the rows of every sheet.
pub(crate) fn rows(map: &RawMap) -> Result<Rows, Error> {
    let keys = Keys::of(map);
    let mut writer = Writer { rows: vec![Vec::new(); FORMS.len()], seen: HashSet::new() };
    writer.push(MAP, &of_map(map), "", "");
    let mut at = [0; 4];
    for route in &map.routes {
        let own = keys.next(ROUTES, &mut at[0], route.id.as_deref());
        writer.push(ROUTES, &of_route(route), "", &own.key);
        for pathway in &route.pathways {
            let within = &own.reference;
            let own = keys.next(PATHWAYS, &mut at[1], pathway.id.as_deref());
            writer.push(PATHWAYS, &of_pathway(pathway), within, &own.key);
            for cluster in &pathway.clusters {
                let within = &own.reference;
                let own = keys.next(CLUSTERS, &mut at[2], cluster.id.as_deref());
                writer.push(CLUSTERS, &of_cluster(cluster), within, &own.key);
                for occupation in &cluster.occupations {
                    writer.occupation(occupation, None, &own.reference, &keys, &mut at[3])?;
                }
            }
        }
    }
    for aside in &map.set_aside {
        writer.occupation(&aside.occupation, Some(aside), "", &keys, &mut at[3])?;
    }
    Ok(writer.rows)
}

/// How a row is referred to, and its key if that is not its id.
struct Own {
    reference: String,
    key: String,
}

/// Which ids say which record they mean.
struct Keys {
    /// How often an id is there, by sheet and id.
    counts: HashMap<(usize, String), usize>,
}

impl Keys {
    fn of(map: &RawMap) -> Keys {
        let mut counts = HashMap::new();
        let mut count = |sheet: usize, id: Option<&str>| {
            *counts.entry((sheet, tidy(id.unwrap_or_default()))).or_default() += 1;
        };
        for route in &map.routes {
            count(ROUTES, route.id.as_deref());
            for pathway in &route.pathways {
                count(PATHWAYS, pathway.id.as_deref());
                pathway.clusters.iter().for_each(|cluster| count(CLUSTERS, cluster.id.as_deref()));
            }
        }
        map.occupations().for_each(|occupation| count(OCCUPATIONS, occupation.id.as_deref()));
        Keys { counts }
    }

    fn next(&self, sheet: usize, at: &mut usize, id: Option<&str>) -> Own {
        *at += 1;
        let reference = tidy(id.unwrap_or_default());
        let entry = (sheet, reference);
        if !entry.1.is_empty() && self.counts.get(&entry) == Some(&1) {
            return Own { reference: entry.1, key: String::new() };
        }
        let mut key = format!("row {at}");
        while self.counts.contains_key(&(sheet, key.clone())) {
            key.push('*');
        }
        Own { reference: key.clone(), key }
    }
}

struct Writer {
    rows: Rows,
    /// The rows of the sheets that nothing refers to.
    seen: HashSet<(usize, Vec<String>)>,
}

impl Writer {
    fn occupation(
        &mut self,
        occupation: &RawOccupation,
        aside: Option<&RawSetAside>,
        cluster: &str,
        keys: &Keys,
        at: &mut usize,
    ) -> Result<(), Error> {
        let own = keys.next(OCCUPATIONS, at, occupation.id.as_deref());
        if occupation.extra.names().any(|name| name == "set_aside") {
            return Err(Error::CannotHold {
                record: format!("the occupation \"{}\"", own.reference),
                what: "the unknown member \"set_aside\", which names a column of the sheet Occupations".to_owned(),
            });
        }
        self.push(OCCUPATIONS, &of_occupation(occupation, aside), cluster, &own.key);
        for option in &occupation.options {
            self.push(OPTIONS, &of_option(option), &own.reference, "");
        }
        for statement in &occupation.statements {
            self.push(STATEMENTS, &of_statement(statement), &own.reference, "");
        }
        for duty in &occupation.duties {
            self.push(DUTIES, &of_duty(duty), &own.reference, "");
        }
        Ok(())
    }

    fn push(&mut self, sheet: usize, record: &Record<'_>, parent: &str, key: &str) {
        let mut row = cells(&FORMS[sheet], record, parent, key);
        // the same row twice on purpose
        if sheet >= OPTIONS && !self.seen.insert((sheet, row.clone())) {
            let at = FORMS[sheet].columns.iter().position(|column| column.kind == Kind::Key).unwrap_or_default();
            row[at] = format!("row {}", self.rows[sheet].len() + 1);
        }
        self.rows[sheet].push(row);
    }
}

/// An object inside a record: its path, what no column shows of it, and whether one
/// shows it.
type Inside<'m> = (&'m str, Vec<(String, Json)>, bool);

/// The cells of a record: what its columns show, and the rest in the last one.
fn cells(form: &Form, record: &Record<'_>, parent: &str, key: &str) -> Vec<String> {
    let mut more: Vec<(String, Json)> = Vec::new();
    let mut inside: Vec<Inside<'_>> = Vec::new();
    for (path, _) in record.objects.iter().filter(|(path, _)| !path.is_empty()) {
        inside.push((path, Vec::new(), false));
    }
    let mut row = Vec::with_capacity(form.columns.len());
    for column in form.columns {
        match column.kind {
            Kind::Parent => row.push(parent.to_owned()),
            Kind::Key => row.push(key.to_owned()),
            Kind::More => row.push(String::new()),
            kind => {
                let value = record.values.iter().find(|(member, _)| *member == column.member);
                let value = value.map_or(&Json::Null, |(_, value)| value);
                let cell = shown(kind, value);
                let back = read(kind, &cell);
                let is_exact = back.is_ok_and(|back| back == *value || (back.is_nothing() && value.is_nothing()));
                let (path, name) = column.member.rsplit_once('/').unwrap_or(("", column.member));
                let object = inside.iter_mut().find(|(own, ..)| *own == path);
                match object {
                    Some((_, _, shows)) if is_exact => *shows |= !cell.is_empty(),
                    Some((_, members, _)) => members.push((name.to_owned(), value.clone())),
                    None if is_exact => {}
                    None => more.push((name.to_owned(), value.clone())),
                }
                row.push(cell);
            }
        }
    }
    for (path, extra) in &record.objects {
        let members = extra.names().map(|name| {
            let value = extra.get(name).and_then(|text| Json::read(&text).ok());
            (name.to_owned(), value.unwrap_or(Json::Null))
        });
        match inside.iter_mut().find(|(own, ..)| own == path) {
            Some((_, own, _)) => own.extend(members),
            None => more.extend(members),
        }
    }
    for (path, members, shows) in inside {
        if !members.is_empty() || !shows {
            more.push((path.to_owned(), Json::Record(members)));
        }
    }
    if let Some(last) = row.last_mut().filter(|_| !more.is_empty()) {
        *last = Json::Record(more).written();
    }
    row
}

// called with the fields as they are
#[allow(clippy::ref_option)]
fn text(text: &Option<String>) -> Json {
    Json::of(text.as_deref())
}

fn texts(list: &[String]) -> Json {
    Json::texts(list.iter().map(String::as_str))
}

fn of_map(map: &RawMap) -> Record<'_> {
    let mut record = Record {
        values: vec![("title", text(&map.title)), ("published", text(&map.published))],
        objects: vec![("", &map.extra)],
    };
    if let Some(source) = &map.source {
        record.objects.push(("source", &source.extra));
        record.values.extend([
            ("source/name", text(&source.name)),
            ("source/url", text(&source.url)),
            ("source/licence", text(&source.licence)),
            ("source/attribution", text(&source.attribution)),
        ]);
    }
    record
}

fn mark<'m>(record: &mut Record<'m>, mark: Option<&'m RawApprenticeshipOnly>) {
    if let Some(mark) = mark {
        record.objects.push(("apprenticeship_only", &mark.extra));
        record.values.push(("apprenticeship_only/reasons", texts(&mark.reasons)));
        record.values.push(("apprenticeship_only/note", text(&mark.note)));
    }
}

fn of_route(route: &RawRoute) -> Record<'_> {
    let mut record = Record {
        values: vec![
            ("id", text(&route.id)),
            ("name", text(&route.name)),
            ("first_teaching_planned", text(&route.first_teaching_planned)),
            ("first_teaching", text(&route.first_teaching)),
            ("last_teaching", text(&route.last_teaching)),
        ],
        objects: vec![("", &route.extra)],
    };
    mark(&mut record, route.apprenticeship_only.as_ref());
    record
}

fn of_pathway(pathway: &RawPathway) -> Record<'_> {
    let mut record = Record {
        values: vec![
            ("id", text(&pathway.id)),
            ("name", text(&pathway.name)),
            ("first_teaching_planned", text(&pathway.first_teaching_planned)),
            ("first_teaching", text(&pathway.first_teaching)),
            ("last_teaching", text(&pathway.last_teaching)),
        ],
        objects: vec![("", &pathway.extra)],
    };
    mark(&mut record, pathway.apprenticeship_only.as_ref());
    record
}

fn of_cluster(cluster: &RawCluster) -> Record<'_> {
    let mut record = Record {
        values: vec![("id", text(&cluster.id)), ("name", text(&cluster.name))],
        objects: vec![("", &cluster.extra)],
    };
    mark(&mut record, cluster.apprenticeship_only.as_ref());
    record
}

fn of_occupation<'m>(occupation: &'m RawOccupation, aside: Option<&'m RawSetAside>) -> Record<'m> {
    let mut record = Record {
        values: vec![
            ("id", text(&occupation.id)),
            ("occupation_code", text(&occupation.occupation_code)),
            ("title", text(&occupation.title)),
            ("level", Json::number(occupation.level)),
            ("status", text(&occupation.status)),
            ("url", text(&occupation.url)),
            ("job_titles", texts(&occupation.job_titles)),
            ("keywords", texts(&occupation.keywords)),
            ("overview", text(&occupation.overview)),
            ("mandatory_qualifications", texts(&occupation.mandatory_qualifications)),
            ("regulated", Json::truth(occupation.regulated)),
            ("regulated_by", text(&occupation.regulated_by)),
            ("degree", text(&occupation.degree)),
            ("duration_months", Json::number(occupation.duration_months)),
            ("max_funding", Json::number(occupation.max_funding)),
            ("product", text(&occupation.product)),
            ("product_of", texts(&occupation.product_of)),
            ("barriers", texts(&occupation.barriers)),
            ("progresses_to", texts(&occupation.progresses_to)),
        ],
        objects: vec![("", &occupation.extra)],
    };
    if let Some(standard) = &occupation.standard {
        record.objects.push(("standard", &standard.extra));
        record.values.extend([
            ("standard/reference", text(&standard.reference)),
            ("standard/version", text(&standard.version)),
            ("standard/url", text(&standard.url)),
        ]);
    }
    if let Some(aside) = aside {
        record.objects.push(("set_aside", &aside.extra));
        record.values.extend([
            ("set_aside/reason", Json::of(Some(&aside.reason))),
            ("set_aside/route", text(&aside.route)),
            ("set_aside/pathway", text(&aside.pathway)),
            ("set_aside/cluster", text(&aside.cluster)),
        ]);
    }
    record
}

fn of_option(option: &RawOption) -> Record<'_> {
    Record {
        values: vec![("id", text(&option.id)), ("title", text(&option.title))],
        objects: vec![("", &option.extra)],
    }
}

fn of_statement(statement: &RawStatement) -> Record<'_> {
    let option = match statement.option.0.as_slice() {
        [] => Json::Null,
        [one] => Json::of(Some(one)),
        several => texts(several),
    };
    Record {
        values: vec![
            ("id", text(&statement.id)),
            ("kind", Json::of(statement.kind.as_deref())),
            ("text", text(&statement.text)),
            ("option", option),
            ("source_text", text(&statement.source_text)),
            ("source_id", text(&statement.source_id)),
        ],
        objects: vec![("", &statement.extra)],
    }
}

fn of_duty(duty: &RawDuty) -> Record<'_> {
    Record {
        values: vec![
            ("id", text(&duty.id)),
            ("text", text(&duty.text)),
            ("core", Json::truth(duty.core)),
            ("statements", texts(&duty.statements)),
            ("options", texts(&duty.options)),
            ("source_id", text(&duty.source_id)),
        ],
        objects: vec![("", &duty.extra)],
    }
}
