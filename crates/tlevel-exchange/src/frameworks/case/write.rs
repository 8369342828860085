//! Writes a framework as a CASE package.

use serde_json::{Map as Members, Value};

use super::super::model::{End, Framework, Item, LinkKind, Losses};
use super::super::naming::Naming;
use super::super::of_concepts::{CONCEPT, TOPIC};
use super::super::of_map::{is_address, kinds};
use super::super::of_programmes::PROGRAMME;
use super::{ASSOCIATIONS, KNOWN, OURS, model};

/// The versions of CASE.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Version {
    /// 1.0, of 2017: the one that most systems read.
    V1_0,
    /// 1.1, of 2024: with extensions, so that a map loses nothing.
    #[default]
    V1_1,
}

impl Version {
    /// The part of an address that names it.
    fn path(self) -> &'static str {
        match self {
            Version::V1_0 => "ims/case/v1p0",
            Version::V1_1 => "ims/case/v1p1",
        }
    }
}

/// Returns a framework as a CASE package, and what it cannot hold.
///
/// Items are written in their order, each with an `isChildOf` association to the item
/// above it (or the document) whose `sequenceNumber` is its position there, from 1.
/// The time of the last change is the start of the date of publication, or of 1970 if
/// there is none, because the same map gives the same file.
///
/// # Complexity
///
/// `O(n)` in the size of the framework; 25 MB for the 12,110 statements of 2026.
///
/// # Examples
///
/// ```
/// use tlevel::read::{RawMap, RawRoute};
/// use tlevel_exchange::{Framework, Naming, case};
///
/// let map = RawMap::new("A map").with(RawRoute::new("digital", "Digital"));
/// let framework = Framework::of_map(&map, &Naming::default());
/// let (json, losses) = case::write(&framework, case::Version::V1_1, &Naming::default());
/// assert!(json.contains("\"fullStatement\": \"Digital\""));
/// assert!(losses.is_empty());
/// ```
pub fn write(framework: &Framework, version: Version, naming: &Naming) -> (String, Losses) {
    let writer = Writer { framework, version, naming, changed: changed(framework.published.as_deref()) };
    let mut losses = Losses::default();
    let package = writer.package(&mut losses);
    let mut text = serde_json::to_string_pretty(&package).unwrap_or_default();
    text.push('\n');
    (text, losses)
}

/// What a framework is, by its first item.
fn kind_of(framework: &Framework) -> Option<&'static str> {
    match framework.items.first()?.kind.as_str() {
        kinds::ROUTE | kinds::SET_ASIDE => Some("Occupational map"),
        PROGRAMME => Some("T Level programmes"),
        TOPIC => Some("Topics and concepts"),
        kind => kind.ends_with(CONCEPT).then_some("Topics and concepts"),
    }
}

/// The start of a date that may be a year, a month or a day, as a time.
fn changed(published: Option<&str>) -> String {
    let date = published.filter(|date| tlevel::check::is_date(date)).unwrap_or("1970");
    let rest = match date.len() {
        4 => "-01-01",
        7 => "-01",
        _ => "",
    };
    format!("{date}{rest}T00:00:00+00:00")
}

struct Writer<'f> {
    framework: &'f Framework,
    version: Version,
    naming: &'f Naming,
    changed: String,
}

impl Writer<'_> {
    #[allow(clippy::unnecessary_wraps, reason = "every member is optional")]
    fn uri(&self, kind: &str, id: &str) -> Option<String> {
        Some(self.naming.uri(&format!("{}/{kind}", self.version.path()), id))
    }

    fn reference(&self, kind: &str, id: &str, title: &str) -> model::Reference {
        let (title, identifier) = (Some(title.to_owned()), Some(id.to_owned()));
        model::Reference { title, identifier, uri: self.uri(kind, id) }
    }

    fn package(&self, losses: &mut Losses) -> model::Package {
        let types = self.types();
        let licence = self.framework.licence.as_deref().map(|licence| (self.naming.id("licence", &[licence]), licence));
        let mut package = model::Package {
            document: self.document(licence.as_ref(), losses),
            items: self.framework.items.iter().map(|item| self.item(item, &types, losses)).collect(),
            ..model::Package::default()
        };
        self.hierarchy(&mut package.associations);
        self.links(&mut package.associations, losses);
        let licenses = licence.map(|(id, licence)| self.license(id, licence)).into_iter().collect();
        let item_types = types.into_iter().map(|(name, id)| self.item_type(name, id)).collect();
        package.definitions = Some(model::Definitions { licenses, item_types });
        package
    }

    fn document(&self, licence: Option<&(String, &str)>, losses: &mut Losses) -> model::Document {
        let framework = self.framework;
        let is_new = self.version == Version::V1_1;
        model::Document {
            identifier: Some(framework.id.clone()),
            uri: self.uri("CFDocuments", &framework.id),
            framework_type: kind_of(framework).filter(|_| is_new).map(str::to_owned),
            case_version: is_new.then(|| "1.1".to_owned()),
            creator: Some(framework.creator.clone().unwrap_or_else(|| NOT_STATED.to_owned())),
            title: Some(framework.title.clone()),
            last_change_date_time: Some(self.changed.clone()),
            official_source_url: framework.url.clone().filter(|url| is_address(url)),
            publisher: framework.creator.clone(),
            description: framework.description.clone(),
            language: Some("en".to_owned()),
            version: framework.published.clone(),
            license: licence.map(|(id, title)| self.reference("CFLicenses", id, title)),
            notes: framework.rights.clone(),
            extensions: self.extensions("the map", &framework.more, losses),
            ..model::Document::default()
        }
    }

    /// What CASE has no member for; lost in 1.0.
    fn extensions(
        &self,
        of: &str,
        more: &Members<String, Value>,
        losses: &mut Losses,
    ) -> Option<Members<String, Value>> {
        if more.is_empty() {
            return None;
        }
        if self.version == Version::V1_0 {
            losses.add_members(of, more);
            return None;
        }
        Some(Members::from_iter([(OURS.to_owned(), Value::Object(more.clone()))]))
    }

    fn item(&self, item: &Item, types: &[(&str, String)], losses: &mut Losses) -> model::Item {
        let type_id = types.iter().find(|(name, _)| *name == item.kind).map(|(_, id)| id);
        model::Item {
            identifier: Some(item.id.clone()),
            full_statement: Some(item.text.clone()),
            item_type: Some(item.kind.clone()),
            uri: self.uri("CFItems", &item.id),
            human_coding_scheme: item.code.clone(),
            abbreviated_statement: item.label.clone(),
            concept_keywords: model::Texts(item.keywords.clone()),
            notes: item.notes.clone(),
            language: Some("en".to_owned()),
            education_level: model::Texts(item.level.iter().cloned().collect()),
            item_type_link: type_id.map(|id| self.reference("CFItemTypes", id, &item.kind)),
            last_change_date_time: Some(self.changed.clone()),
            extensions: self.extensions(&item.kind.to_lowercase(), &item.more, losses),
            ..model::Item::default()
        }
    }

    /// The kinds of items, in the order in which they occur.
    fn types(&self) -> Vec<(&str, String)> {
        let mut types: Vec<(&str, String)> = Vec::new();
        for item in &self.framework.items {
            if !types.iter().any(|(name, _)| *name == item.kind) {
                types.push((&item.kind, self.naming.id("item type", &[&item.kind])));
            }
        }
        types
    }

    fn item_type(&self, name: &str, id: String) -> model::ItemType {
        model::ItemType {
            uri: self.uri("CFItemTypes", &id),
            identifier: Some(id),
            title: Some(name.to_owned()),
            description: Some(name.to_owned()),
            hierarchy_code: Some(name.to_lowercase().replace(' ', "-")),
            last_change_date_time: Some(self.changed.clone()),
        }
    }

    fn license(&self, id: String, licence: &str) -> model::License {
        model::License {
            uri: self.uri("CFLicenses", &id),
            identifier: Some(id),
            title: Some(licence.to_owned()),
            license_text: Some(self.framework.rights.clone().unwrap_or_else(|| licence.to_owned())),
            last_change_date_time: Some(self.changed.clone()),
        }
    }

    fn association(&self, kind: &str, from: model::Reference, to: model::Reference) -> model::Association {
        let ends = [&from, &to].map(|end| end.identifier.as_deref().unwrap_or_default());
        let id = self.naming.id(kind, &ends);
        model::Association {
            uri: self.uri("CFAssociations", &id),
            identifier: Some(id),
            association_type: Some(kind.to_owned()),
            origin: from,
            destination: to,
            last_change_date_time: Some(self.changed.clone()),
            ..model::Association::default()
        }
    }

    fn item_reference(&self, number: usize) -> model::Reference {
        let item = &self.framework.items[number];
        self.reference("CFItems", &item.id, item.title())
    }

    fn hierarchy(&self, associations: &mut Vec<model::Association>) {
        for (i, position) in self.framework.positions().into_iter().enumerate() {
            let above = match self.framework.items[i].parent {
                Some(parent) => self.item_reference(parent),
                None => self.reference("CFDocuments", &self.framework.id, &self.framework.title),
            };
            let mut association = self.association("isChildOf", self.item_reference(i), above);
            association.sequence_number = i64::try_from(position).ok();
            associations.push(association);
        }
    }

    fn links(&self, associations: &mut Vec<model::Association>, losses: &mut Losses) {
        for link in &self.framework.links {
            let Some(kind) = self.kind(&link.kind) else {
                losses.add(format!("links \"{}\"", link.kind.name()), 1);
                continue;
            };
            let mut association = self.association(kind, self.end(&link.from), self.end(&link.to));
            match (&link.note, self.version) {
                (Some(note), Version::V1_1) => association.notes = Some(note.clone()),
                (Some(_), Version::V1_0) => losses.add("notes on links", 1),
                (None, _) => {}
            }
            associations.push(association);
        }
    }

    fn kind<'k>(&self, kind: &'k LinkKind) -> Option<&'k str> {
        if let Some((name, _)) = ASSOCIATIONS.iter().find(|(_, own)| own == kind) {
            return Some(name);
        }
        match (kind, self.version) {
            // the nearest that CASE has
            (LinkKind::CloseMatch, _) => Some("isRelatedTo"),
            (LinkKind::Else(name), _) if KNOWN.contains(&name.as_str()) => Some(name),
            (LinkKind::Else(name), Version::V1_1) if name.starts_with("ext:") => Some(name),
            _ => None,
        }
    }

    fn end(&self, end: &End) -> model::Reference {
        match end {
            End::Item(number) => self.item_reference(*number),
            End::Other { id, title, uri } => {
                let mut reference = self.reference("CFItems", id, title);
                reference.uri = uri.clone().or(reference.uri);
                reference
            }
        }
    }
}

/// The creator of a map that names none; CASE requires one.
pub(super) const NOT_STATED: &str = "Not stated";
