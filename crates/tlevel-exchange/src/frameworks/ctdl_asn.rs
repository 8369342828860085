//! CTDL-ASN: competency frameworks as linked data (Credential Engine), in JSON-LD
//! with the published context.

use std::collections::HashMap;

use serde_json::{Map as Members, Value, json};

use super::error::FrameworkError;
use super::jsonld::{self, Node};
use super::model::{End, Framework, Item, Link, LinkKind, Losses};
use super::naming::Naming;
use super::skos::bare;
use super::tree;

const EXPECTED: &str = "a CTDL-ASN framework in JSON-LD";

/// The published context.
const CONTEXT: &str = "https://credreg.net/ctdlasn/schema/context/json";

/// Where resources are, under one's own address.
const RESOURCES: &str = "resources";

/// Returns a framework in CTDL-ASN, and what it cannot hold.
///
/// The framework is a `ceasn:CompetencyFramework`, every item a `ceasn:Competency`
/// with a CTID of its UUID. The tree is written from both sides, in order. An exact
/// match is an `exactAlignment`, a close one a `majorAlignment`, something in common a
/// `minorAlignment`; a part of an item has a `broadAlignment` there.
///
/// # Complexity
///
/// `O(n)` in the size of the framework.
///
/// # Examples
///
/// ```
/// use tlevel::topics::Vocabulary;
/// use tlevel_exchange::{Framework, Naming, ctdl_asn};
///
/// let own = Vocabulary::from_csv("heading,cues\nBeekeeping,bees; hives\n")?;
/// let (text, losses) = ctdl_asn::write(&Framework::of_topics(&own, &Naming::default()), &Naming::default());
/// assert!(text.contains("\"ceasn:competencyText\": {\n        \"en\": \"Beekeeping\""));
/// assert_eq!(losses.iter().next().unwrap().to_string(), "\"nature\" of topic: 1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(framework: &Framework, naming: &Naming) -> (String, Losses) {
    let writer = Writer { framework, naming };
    let mut losses = Losses::default();
    let graph = writer.graph(&mut losses);
    let file = json!({ "@context": CONTEXT, "@id": writer.uri(&framework.id), "@graph": graph });
    (serde_json::to_string_pretty(&file).unwrap_or_default() + "\n", losses)
}

struct Writer<'f> {
    framework: &'f Framework,
    naming: &'f Naming,
}

fn english(text: &str) -> Value {
    json!({ "en": text })
}

impl Writer<'_> {
    /// The address of a thing: its CTID, under our address if there is one.
    fn uri(&self, id: &str) -> String {
        match self.naming.uri(RESOURCES, &format!("ce-{id}")) {
            uri if uri.starts_with("urn:") => format!("urn:uuid:{id}"),
            uri => uri,
        }
    }

    fn item_uri(&self, number: usize) -> String {
        self.uri(&self.framework.items[number].id)
    }

    fn graph(&self, losses: &mut Losses) -> Vec<Value> {
        let (children, top) = self.framework.children();
        let mut graph = vec![self.head(&top, losses)];
        let mut competencies: Vec<Members<String, Value>> = Vec::with_capacity(self.framework.items.len());
        for (i, position) in self.framework.positions().into_iter().enumerate() {
            competencies.push(self.competency(i, position, &children[i], losses));
        }
        for link in &self.framework.links {
            self.link(link, &mut competencies, losses);
        }
        graph.extend(competencies.into_iter().map(Value::Object));
        graph
    }

    fn head(&self, top: &[usize], losses: &mut Losses) -> Value {
        let framework = self.framework;
        let mut head = Members::new();
        let mut put = |name: &str, value: Value| drop(head.insert(name.to_owned(), value));
        put("@id", self.uri(&framework.id).into());
        put("@type", "ceasn:CompetencyFramework".into());
        put("ceterms:ctid", format!("ce-{}", framework.id).into());
        put("ceasn:name", english(&framework.title));
        put("ceasn:inLanguage", json!(["en"]));
        if let Some(description) = &framework.description {
            put("ceasn:description", english(description));
        }
        if let Some(creator) = &framework.creator {
            put("ceasn:publisherName", english(creator));
        }
        if let Some(licence) = &framework.licence {
            put("ceasn:license", licence.clone().into());
        }
        if let Some(rights) = &framework.rights {
            put("ceasn:rights", english(rights));
        }
        if let Some(published) = &framework.published {
            put("ceasn:dateCreated", published.clone().into());
        }
        if let Some(url) = &framework.url {
            put("ceasn:source", json!([url]));
        }
        put("ceasn:hasTopChild", top.iter().map(|i| self.item_uri(*i)).collect::<Vec<_>>().into());
        losses.add_members("the map", &framework.more);
        head.into()
    }

    fn competency(&self, i: usize, position: usize, children: &[usize], losses: &mut Losses) -> Members<String, Value> {
        let item = &self.framework.items[i];
        let mut competency = Members::new();
        let mut put = |name: &str, value: Value| drop(competency.insert(name.to_owned(), value));
        put("@id", self.uri(&item.id).into());
        put("@type", "ceasn:Competency".into());
        put("ceterms:ctid", format!("ce-{}", item.id).into());
        put("ceasn:competencyText", english(&item.text));
        put("ceasn:competencyCategory", english(&item.kind));
        put("ceasn:inLanguage", json!(["en"]));
        put("ceasn:isPartOf", self.uri(&self.framework.id).into());
        put("ceasn:listID", position.to_string().into());
        if let Some(label) = &item.label {
            put("ceasn:competencyLabel", english(label));
        }
        if let Some(code) = &item.code {
            put("ceasn:codedNotation", code.clone().into());
        }
        if let Some(notes) = &item.notes {
            put("ceasn:comment", json!({ "en": [notes] }));
        }
        if !item.keywords.is_empty() {
            put("ceasn:conceptKeyword", json!({ "en": item.keywords }));
        }
        if let Some(level) = &item.level {
            put("ceasn:educationLevelType", json!([level]));
        }
        match item.parent {
            Some(parent) => put("ceasn:isChildOf", json!([self.item_uri(parent)])),
            None => put("ceasn:isTopChildOf", self.uri(&self.framework.id).into()),
        }
        if !children.is_empty() {
            put("ceasn:hasChild", children.iter().map(|i| self.item_uri(*i)).collect::<Vec<_>>().into());
        }
        losses.add_members(&item.kind.to_lowercase(), &item.more);
        competency
    }

    fn end(&self, end: &End) -> String {
        match end {
            End::Item(number) => self.item_uri(*number),
            End::Other { uri: Some(uri), .. } => uri.clone(),
            End::Other { id, .. } => self.uri(id),
        }
    }

    fn link(&self, link: &Link, competencies: &mut [Members<String, Value>], losses: &mut Losses) {
        let names = match &link.kind {
            LinkKind::ExactMatch => ("ceasn:exactAlignment", "ceasn:exactAlignment"),
            LinkKind::CloseMatch => ("ceasn:majorAlignment", "ceasn:majorAlignment"),
            LinkKind::Related => ("ceasn:minorAlignment", "ceasn:minorAlignment"),
            LinkKind::PartOf => ("ceasn:broadAlignment", "ceasn:narrowAlignment"),
            other => {
                losses.add(format!("links \"{}\"", other.name()), 1);
                return;
            }
        };
        let (at, name, other) = match (&link.from, &link.to) {
            (End::Item(from), to) => (*from, names.0, self.end(to)),
            (from, End::Item(to)) => (*to, names.1, self.end(from)),
            _ => {
                losses.add("links between items of other frameworks", 1);
                return;
            }
        };
        losses.add("notes on links", usize::from(link.note.is_some()));
        if let Value::Array(values) = competencies[at].entry(name).or_insert_with(|| json!([])) {
            values.push(other.into());
        }
    }
}

/// Whether a text looks like CTDL-ASN.
pub(crate) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
        && (text.contains("ceasn:Competency") || text.contains("ctdlasn"))
        && !text.contains("\"tlevel-map\"")
}

/// The members that are read, and those that repeat them.
const USED: [&str; 23] = [
    "ctid",
    "competencyText",
    "competencyLabel",
    "competencyCategory",
    "inLanguage",
    "isPartOf",
    "listID",
    "codedNotation",
    "comment",
    "conceptKeyword",
    "educationLevelType",
    "isChildOf",
    "isTopChildOf",
    "hasChild",
    "exactAlignment",
    "majorAlignment",
    "minorAlignment",
    "broadAlignment",
    "narrowAlignment",
    "name",
    "description",
    "hasTopChild",
    "alignTo",
];

/// Reads a framework, with notes on what is not used.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<(Framework, Vec<String>), FrameworkError> {
    let all = jsonld::nodes(file, bytes, EXPECTED)?;
    let (competencies, others): (Vec<Node>, Vec<Node>) = all.into_iter().partition(|node| node.is("Competency"));
    let head = others.iter().find(|node| node.is("CompetencyFramework"));
    let mut framework = framework(head);
    let notes = jsonld::unused(&competencies, &USED);
    let numbers: HashMap<&str, usize> = competencies.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
    let find = |uri: &String| numbers.get(uri.as_str()).copied();
    let mut above: Vec<Option<usize>> =
        competencies.iter().map(|c| c.links("isChildOf").iter().find_map(find)).collect();
    // the order of lists of children, then of list numbers, then of the file
    let mut rank: Vec<i64> = competencies.iter().map(|c| rank(c.text("listID").as_deref())).collect();
    let top = head.map(|head| head.links("hasTopChild")).unwrap_or_default();
    for (position, child) in (1..).zip(top.iter().filter_map(find)) {
        rank[child] = position;
    }
    for (i, competency) in competencies.iter().enumerate() {
        for (position, child) in (1..).zip(competency.links("hasChild").iter().filter_map(find)) {
            if *above[child].get_or_insert(i) == i {
                rank[child] = position;
            }
        }
    }
    let arranged = tree::arrange(&above, &rank).map_err(|i| {
        let item = competencies[i].text("competencyText").unwrap_or_else(|| competencies[i].id.clone());
        FrameworkError::Circle { file: file.to_owned(), item }
    })?;
    let mut new = vec![0; competencies.len()];
    arranged.iter().enumerate().for_each(|(number, (old, _))| new[*old] = number);
    framework.items = arranged.iter().map(|(old, parent)| item(&competencies[*old], *parent)).collect();
    let end = |uri: &String| match find(uri) {
        Some(old) => End::Item(new[old]),
        None => End::Other { id: identifier(uri), title: uri.clone(), uri: Some(uri.clone()) },
    };
    for (number, (old, _)) in arranged.iter().enumerate() {
        let node = &competencies[*old];
        for (name, kind) in [
            ("exactAlignment", LinkKind::ExactMatch),
            ("majorAlignment", LinkKind::CloseMatch),
            ("minorAlignment", LinkKind::Related),
            ("broadAlignment", LinkKind::PartOf),
        ] {
            for uri in node.links(name) {
                framework.link(End::Item(number), kind.clone(), end(&uri));
            }
        }
        for uri in node.links("narrowAlignment") {
            framework.link(end(&uri), LinkKind::PartOf, End::Item(number));
        }
    }
    Ok((framework, notes))
}

/// The number that a list number begins with.
fn rank(list: Option<&str>) -> i64 {
    let digits: String = list.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(i64::MAX)
}

/// The identifier in an address: its last part, without the mark of a CTID.
fn identifier(uri: &str) -> String {
    let bare = bare(uri);
    bare.strip_prefix("ce-").map_or(bare.clone(), str::to_owned)
}

fn framework(head: Option<&Node>) -> Framework {
    let text = |name: &str| head?.text(name);
    let title = text("name").unwrap_or_else(|| "Framework".to_owned());
    let mut framework = Framework::new(head.map(|head| identifier(&head.id)).unwrap_or_default(), title);
    framework.description = text("description");
    framework.creator = text("publisherName");
    framework.licence = text("license");
    framework.rights = text("rights");
    framework.published = text("dateCreated").filter(|date| tlevel::check::is_date(date));
    framework.url = text("source");
    framework
}

fn item(node: &Node, parent: Option<usize>) -> Item {
    let label = node.text("competencyLabel");
    Item {
        id: identifier(&node.id),
        parent,
        kind: node.text("competencyCategory").unwrap_or_else(|| "Competency".to_owned()),
        code: node.text("codedNotation"),
        text: node.text("competencyText").or_else(|| label.clone()).unwrap_or_default(),
        label,
        notes: node.text("comment"),
        keywords: node.texts("conceptKeyword"),
        level: node.text("educationLevelType").map(|level| bare(&level)),
        more: Members::new(),
    }
}
