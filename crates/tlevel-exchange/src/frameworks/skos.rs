//! SKOS: vocabularies of concepts as linked data (W3C, 2009), in JSON-LD with a fixed
//! context inside the file, so that nothing has to be fetched to read it.

use std::collections::HashMap;

use serde_json::{Map as Members, Value, json};

use super::error::FrameworkError;
use super::jsonld::{self, Node};
use super::model::{End, Framework, Item, Link, LinkKind, Losses};
use super::naming::Naming;
use super::tree;

const EXPECTED: &str = "a SKOS concept scheme in JSON-LD";

/// Returns a framework as a SKOS concept scheme, and what it cannot hold.
///
/// Every item is a concept. Its preferred label is the short form of what it says, if
/// it has one, and otherwise what it says; keywords are alternative labels, notes the
/// scope note, the code the notation. The item above it is broader. Exact and close
/// matches are `exactMatch` and `closeMatch`; a part of an item elsewhere has a
/// `broadMatch` there.
///
/// # Complexity
///
/// `O(n)` in the size of the framework.
///
/// # Examples
///
/// ```
/// use tlevel::topics::Vocabulary;
/// use tlevel_exchange::{Framework, Naming, skos};
///
/// let own = Vocabulary::from_csv("heading,cues\nBeekeeping,bees; hives\n")?;
/// let (text, losses) = skos::write(&Framework::of_topics(&own, &Naming::default()), &Naming::default());
/// assert!(text.contains("\"prefLabel\": \"Beekeeping\"") && losses.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(framework: &Framework, naming: &Naming) -> (String, Losses) {
    let mut losses = Losses::default();
    let uri = |id: &str| naming.uri("concepts", id);
    let scheme = naming.uri("schemes", &framework.id);
    let mut concepts: Vec<Members<String, Value>> = Vec::with_capacity(framework.items.len());
    for item in &framework.items {
        let mut concept = Members::new();
        let mut put = |name: &str, value: Value| drop(concept.insert(name.to_owned(), value));
        put("id", uri(&item.id).into());
        put("type", "Concept".into());
        put("inScheme", scheme.clone().into());
        let label = item.label.as_ref().unwrap_or(&item.text);
        put("prefLabel", label.clone().into());
        if item.label.is_some() {
            put("definition", item.text.clone().into());
        }
        put("kind", item.kind.clone().into());
        if let Some(code) = &item.code {
            put("notation", code.clone().into());
        }
        if let Some(notes) = &item.notes {
            put("scopeNote", notes.clone().into());
        }
        // no label may be both preferred and alternative
        let (others, same): (Vec<&String>, Vec<&String>) = item.keywords.iter().partition(|keyword| *keyword != label);
        if !others.is_empty() {
            put("altLabel", json!(others));
        }
        let mut more = item.more.clone();
        if !same.is_empty() {
            more.insert(KEYWORDS.to_owned(), item.keywords.clone().into());
        }
        if let Some(level) = &item.level {
            put("level", level.clone().into());
        }
        if !more.is_empty() {
            put("more", more.into());
        }
        match item.parent {
            Some(parent) => put("broader", json!([uri(&framework.items[parent].id)])),
            None => put("topConceptOf", scheme.clone().into()),
        }
        concepts.push(concept);
    }
    for link in &framework.links {
        add_link(framework, link, &mut concepts, naming, &mut losses);
    }
    let top = framework.items.iter().filter(|item| item.parent.is_none()).map(|item| uri(&item.id));
    let mut graph = vec![Value::Object(head(framework, &scheme, top.collect()))];
    graph.extend(concepts.into_iter().map(Value::Object));
    let file = json!({ "@context": context(), "@graph": graph });
    (serde_json::to_string_pretty(&file).unwrap_or_default() + "\n", losses)
}

/// The member of `more` that holds all keywords, if one of them is the label.
const KEYWORDS: &str = "keywords";

/// The fixed context.
fn context() -> Value {
    let text = |id: &str| json!({ "@id": id, "@language": "en" });
    let link = |id: &str| json!({ "@id": id, "@type": "@id" });
    json!({
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dct": "http://purl.org/dc/terms/",
        "Concept": "skos:Concept",
        "ConceptScheme": "skos:ConceptScheme",
        "prefLabel": text("skos:prefLabel"),
        "altLabel": text("skos:altLabel"),
        "definition": text("skos:definition"),
        "scopeNote": text("skos:scopeNote"),
        "notation": "skos:notation",
        "inScheme": link("skos:inScheme"),
        "topConceptOf": link("skos:topConceptOf"),
        "hasTopConcept": link("skos:hasTopConcept"),
        "broader": link("skos:broader"),
        "related": link("skos:related"),
        "exactMatch": link("skos:exactMatch"),
        "closeMatch": link("skos:closeMatch"),
        "broadMatch": link("skos:broadMatch"),
        "narrowMatch": link("skos:narrowMatch"),
        "relatedMatch": link("skos:relatedMatch"),
        "title": text("dct:title"),
        "description": text("dct:description"),
        "publisher": "dct:publisher",
        "license": "dct:license",
        "rights": "dct:rights",
        "issued": "dct:issued",
        "source": "dct:source",
        "kind": "dct:type",
        "level": "dct:educationLevel",
        "more": { "@id": "urn:tlevel:more", "@type": "@json" },
    })
}

fn head(framework: &Framework, scheme: &str, top: Vec<String>) -> Members<String, Value> {
    let mut head = Members::new();
    let mut put = |name: &str, value: Value| drop(head.insert(name.to_owned(), value));
    put("id", scheme.into());
    put("type", "ConceptScheme".into());
    put("title", framework.title.clone().into());
    for (name, value) in [
        ("description", &framework.description),
        ("publisher", &framework.creator),
        ("license", &framework.licence),
        ("rights", &framework.rights),
        ("issued", &framework.published),
        ("source", &framework.url),
    ] {
        if let Some(value) = value {
            put(name, value.clone().into());
        }
    }
    if !framework.more.is_empty() {
        put("more", framework.more.clone().into());
    }
    put("hasTopConcept", top.into());
    head
}

fn add_link(
    framework: &Framework,
    link: &Link,
    concepts: &mut [Members<String, Value>],
    naming: &Naming,
    losses: &mut Losses,
) {
    let inside = |end: &End| match end {
        End::Item(number) => Some(*number),
        End::Other { .. } => None,
    };
    let uri = |end: &End| match end {
        End::Item(number) => naming.uri("concepts", &framework.items[*number].id),
        End::Other { uri: Some(uri), .. } => uri.clone(),
        End::Other { id, .. } => naming.uri("concepts", id),
    };
    let both = inside(&link.from).is_some() && inside(&link.to).is_some();
    // the concept that gets the member, its two names (from the first end, from the second)
    let (forward, back) = match &link.kind {
        LinkKind::ExactMatch => ("exactMatch", "exactMatch"),
        LinkKind::CloseMatch => ("closeMatch", "closeMatch"),
        LinkKind::Related if both => ("related", "related"),
        LinkKind::Related => ("relatedMatch", "relatedMatch"),
        LinkKind::PartOf if both => ("broader", ""),
        LinkKind::PartOf => ("broadMatch", "narrowMatch"),
        other => {
            losses.add(format!("links \"{}\"", other.name()), 1);
            return;
        }
    };
    let (at, name, other) = match (inside(&link.from), inside(&link.to)) {
        (Some(from), _) => (from, forward, uri(&link.to)),
        (None, Some(to)) => (to, back, uri(&link.from)),
        (None, None) => {
            losses.add("links between items of other frameworks", 1);
            return;
        }
    };
    losses.add("notes on links", usize::from(link.note.is_some()));
    let entry = concepts[at].entry(name).or_insert_with(|| json!([]));
    if let Value::Array(values) = entry {
        let value = Value::from(other);
        // what is above an item is a part that holds it already
        if !values.contains(&value) {
            values.push(value);
        }
    }
}

/// Whether a text looks like SKOS in JSON-LD.
pub(crate) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
        && text.contains("www.w3.org/2004/02/skos/core")
        && text.contains("Concept")
}

/// The members that are read.
const USED: [&str; 26] = [
    "prefLabel",
    "altLabel",
    "hiddenLabel",
    "definition",
    "scopeNote",
    "note",
    "notation",
    "inScheme",
    "topConceptOf",
    "hasTopConcept",
    "broader",
    "narrower",
    "related",
    "exactMatch",
    "closeMatch",
    "broadMatch",
    "narrowMatch",
    "relatedMatch",
    "title",
    "description",
    "publisher",
    "license",
    "rights",
    "kind",
    "level",
    "more",
];

/// Reads a concept scheme, with notes on what is not used.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<(Framework, Vec<String>), FrameworkError> {
    let all = jsonld::nodes(file, bytes, EXPECTED)?;
    let (concepts, others): (Vec<Node>, Vec<Node>) = all.into_iter().partition(|node| node.is("Concept"));
    let mut framework = scheme(others.iter().find(|node| node.is("ConceptScheme")));
    let notes = jsonld::unused(&concepts, &USED);
    let numbers: HashMap<String, usize> = concepts.iter().enumerate().map(|(i, c)| (c.id.clone(), i)).collect();
    let mut above: Vec<Option<usize>> =
        concepts.iter().map(|c| c.links("broader").iter().find_map(|id| numbers.get(id)).copied()).collect();
    for (i, concept) in concepts.iter().enumerate() {
        for child in concept.links("narrower").iter().filter_map(|id| numbers.get(id)) {
            above[*child].get_or_insert(i);
        }
    }
    let arranged = tree::arrange(&above, &vec![0; concepts.len()]).map_err(|i| {
        let item = concepts[i].text("prefLabel").unwrap_or_else(|| concepts[i].id.clone());
        FrameworkError::Circle { file: file.to_owned(), item }
    })?;
    let mut new = vec![0; concepts.len()];
    arranged.iter().enumerate().for_each(|(number, (old, _))| new[*old] = number);
    framework.items = arranged.iter().map(|(old, parent)| item(&concepts[*old], *parent)).collect();
    for (old, _) in &arranged {
        links(&concepts[*old], &End::Item(new[*old]), (&numbers, &new), &mut framework);
    }
    Ok((framework, notes))
}

fn scheme(node: Option<&Node>) -> Framework {
    let text = |names: &[&str]| names.iter().find_map(|name| node?.text(name));
    let title = text(&["title", "prefLabel", "label"]).unwrap_or_else(|| "Vocabulary".to_owned());
    let mut framework = Framework::new(node.map(|node| bare(&node.id)).unwrap_or_default(), title);
    framework.description = text(&["description"]);
    framework.creator = text(&["publisher", "creator"]);
    framework.licence = text(&["license"]).or_else(|| node?.links("license").into_iter().next());
    framework.rights = text(&["rights"]);
    framework.published = text(&["issued"]).filter(|date| tlevel::check::is_date(date));
    framework.url = text(&["source"]).or_else(|| node?.links("source").into_iter().next());
    framework.more = more(node);
    framework
}

fn more(node: Option<&Node>) -> Members<String, Value> {
    match node.and_then(|node| node.value("more")) {
        Some(Value::Object(more)) => more.clone(),
        _ => Members::new(),
    }
}

/// The identifier in an address: its last part.
pub(crate) fn bare(uri: &str) -> String {
    uri.rsplit(['/', '#', ':']).next().unwrap_or(uri).to_owned()
}

fn item(node: &Node, parent: Option<usize>) -> Item {
    let (label, definition) = (node.text("prefLabel"), node.text("definition"));
    let scope = node.text("scopeNote").or_else(|| node.text("note"));
    let is_ours = node.value("kind").is_some();
    let (text, label, notes) = match (label, definition) {
        // ours: a definition is what the item says
        (Some(label), Some(definition)) if is_ours => (definition, Some(label), scope),
        (Some(label), definition) => (label, None, scope.or(definition)),
        (None, definition) => (definition.unwrap_or_default(), None, scope),
    };
    let mut keywords = node.texts("altLabel");
    keywords.extend(node.texts("hiddenLabel"));
    let mut more = more(Some(node));
    if let Some(Value::Array(all)) = more.remove(KEYWORDS) {
        keywords = all.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    Item {
        id: bare(&node.id),
        parent,
        kind: node.text("kind").unwrap_or_else(|| "Concept".to_owned()),
        code: node.text("notation"),
        text,
        label,
        notes,
        keywords,
        level: node.text("level"),
        more,
    }
}

fn links(node: &Node, from: &End, (numbers, new): (&HashMap<String, usize>, &[usize]), framework: &mut Framework) {
    let kinds = [
        ("exactMatch", LinkKind::ExactMatch),
        ("closeMatch", LinkKind::CloseMatch),
        ("related", LinkKind::Related),
        ("relatedMatch", LinkKind::Related),
        ("broadMatch", LinkKind::PartOf),
    ];
    let end = |uri: &String| match numbers.get(uri) {
        Some(old) => End::Item(new[*old]),
        None => End::Other { id: bare(uri), title: uri.clone(), uri: Some(uri.clone()) },
    };
    for (name, kind) in kinds {
        for uri in node.links(name) {
            framework.links.push(Link { from: from.clone(), kind: kind.clone(), to: end(&uri), note: None });
        }
    }
    for uri in node.links("narrowMatch") {
        framework.links.push(Link { from: end(&uri), kind: LinkKind::PartOf, to: from.clone(), note: None });
    }
    // what is broader beside the parent
    for uri in node.links("broader").into_iter().skip(1).filter(|uri| numbers.contains_key(uri)) {
        framework.links.push(Link { from: from.clone(), kind: LinkKind::PartOf, to: end(&uri), note: None });
    }
}
