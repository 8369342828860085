//! A map of a framework: of one that this crate wrote, without loss, or of another
//! system's.

use std::collections::HashMap;

use serde_json::{Map as Members, Value, json};
use tlevel::read::RawMap;

use super::error::FrameworkError;
use super::foreign;
use super::model::{End, Framework, Item, LinkKind};
use super::of_map::kinds;

impl Framework {
    /// Returns the map of a framework, and notes on how it was read.
    ///
    /// A framework whose items are called routes, pathways, clusters and occupations
    /// gives the map that they were written from. In any other tree the items
    /// without children are statements, what is directly above them are occupations,
    /// and what is above those, from the top, is the route, the pathway and the
    /// cluster. `file` is the name that messages use.
    ///
    /// # Errors
    ///
    /// * [`FrameworkError::Nothing`]: a framework without items.
    /// * [`FrameworkError::Content`]: items that make no map, such as a level that is
    ///   no number in an extension of ours.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the size of the framework.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel_exchange::{Framework, Naming};
    ///
    /// let map = tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?;
    /// let framework = Framework::of_map(&map, &Naming::default());
    /// let (again, notes) = framework.to_map("a map")?;
    /// assert_eq!(serde_json::to_string(&again)?, serde_json::to_string(&map)?);
    /// assert!(notes.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_map(&self, file: &str) -> Result<(RawMap, Vec<String>), FrameworkError> {
        if self.items.is_empty() && !self.is_our_empty_map() {
            let advice = "give a framework that has items";
            return Err(FrameworkError::Nothing { file: file.to_owned(), wanted: "items", advice });
        }
        let mut notes = Vec::new();
        let mut native = head(self);
        if self.is_a_map() {
            Ours::new(self).fill(&mut native);
        } else {
            foreign::fill(self, &mut native, &mut notes);
        }
        Ok((native_map(file, native)?, notes))
    }

    /// Whether its items are those of a map.
    fn is_a_map(&self) -> bool {
        let is_top = |item: &Item| item.kind == kinds::ROUTE || item.kind == kinds::SET_ASIDE;
        let mut top = self.items.iter().filter(|item| item.parent.is_none());
        top.all(is_top)
            && self.items.iter().all(|item| {
                let above = item.parent.map(|parent| self.items[parent].kind.as_str());
                match item.kind.as_str() {
                    kinds::ROUTE | kinds::SET_ASIDE => above.is_none(),
                    kinds::PATHWAY => above == Some(kinds::ROUTE),
                    kinds::CLUSTER => above == Some(kinds::PATHWAY),
                    kinds::OCCUPATION => above == Some(kinds::CLUSTER) || above == Some(kinds::SET_ASIDE),
                    _ => above == Some(kinds::OCCUPATION),
                }
            })
    }

    fn is_our_empty_map(&self) -> bool {
        self.links.is_empty() && self.description.is_none() && self.creator.is_none()
    }
}

/// The native members of the map as a whole.
fn head(framework: &Framework) -> Members<String, Value> {
    let mut native = Members::new();
    native.insert("format".to_owned(), "tlevel-map".into());
    native.insert("version".to_owned(), 1.into());
    native.insert("title".to_owned(), framework.title.clone().into());
    native.insert("published".to_owned(), framework.published.clone().into());
    let mut source = Members::new();
    for (name, value) in [
        ("name", &framework.creator),
        ("url", &framework.url),
        ("licence", &framework.licence),
        ("attribution", &framework.rights),
    ] {
        if let Some(value) = value {
            source.insert(name.to_owned(), value.clone().into());
        }
    }
    let mut more = framework.more.clone();
    if let Some(Value::Object(rest)) = more.remove("source") {
        source.extend(rest);
    }
    if !source.is_empty() {
        native.insert("source".to_owned(), source.into());
    }
    native.extend(more);
    native
}

/// Reads native members as a map. Its places would be places in a text that nobody
/// has, so they are left out.
pub(crate) fn native_map(file: &str, native: Members<String, Value>) -> Result<RawMap, FrameworkError> {
    let content = |message: String| FrameworkError::Content { file: file.to_owned(), message };
    let text = serde_json::to_vec(&Value::Object(native)).map_err(|error| content(error.to_string()))?;
    let mut map = tlevel::read(&text).map_err(|error| content(error.to_string()))?;
    for route in &mut map.routes {
        route.origin = None;
        for pathway in &mut route.pathways {
            pathway.origin = None;
            for cluster in &mut pathway.clusters {
                cluster.origin = None;
                cluster.occupations.iter_mut().for_each(|occupation| occupation.origin = None);
            }
        }
    }
    map.set_aside.iter_mut().for_each(|aside| aside.occupation.origin = None);
    Ok(map)
}

/// A framework that was written from a map.
struct Ours<'f> {
    framework: &'f Framework,
    children: Vec<Vec<usize>>,
    top: Vec<usize>,
    /// The links from each item to others of the framework, in order.
    links: HashMap<usize, Vec<(&'f LinkKind, usize)>>,
}

impl<'f> Ours<'f> {
    fn new(framework: &'f Framework) -> Self {
        let (children, top) = framework.children();
        let mut links: HashMap<usize, Vec<(&LinkKind, usize)>> = HashMap::new();
        for link in &framework.links {
            if let (End::Item(from), End::Item(to)) = (&link.from, &link.to) {
                links.entry(*from).or_default().push((&link.kind, *to));
            }
        }
        Ours { framework, children, top, links }
    }

    fn fill(&self, native: &mut Members<String, Value>) {
        let (mut routes, mut set_aside) = (Vec::new(), Vec::new());
        for &i in &self.top {
            let item = &self.framework.items[i];
            if item.kind == kinds::ROUTE {
                routes.push(self.branch(i, &["pathways", "clusters", "occupations"]));
                continue;
            }
            for &child in &self.children[i] {
                let mut occupation = self.occupation(child);
                let mut record = match occupation.remove("set_aside") {
                    Some(Value::Object(record)) => record,
                    _ => Members::new(),
                };
                record.insert("reason".to_owned(), item.code.clone().unwrap_or_default().into());
                record.insert("occupation".to_owned(), occupation.into());
                set_aside.push(Value::Object(record));
            }
        }
        native.insert("routes".to_owned(), routes.into());
        if !set_aside.is_empty() {
            native.insert("set_aside".to_owned(), set_aside.into());
        }
    }

    fn branch(&self, i: usize, lists: &[&str]) -> Value {
        let item = &self.framework.items[i];
        let mut record = Members::new();
        record.insert("id".to_owned(), item.code.clone().into());
        record.insert("name".to_owned(), item.text.clone().into());
        if let Some((list, below)) = lists.split_first() {
            let child = |&child: &usize| {
                if below.is_empty() { self.occupation(child).into() } else { self.branch(child, below) }
            };
            record.insert((*list).to_owned(), self.children[i].iter().map(child).collect::<Vec<_>>().into());
        }
        record.extend(item.more.clone());
        record.into()
    }

    /// The codes of the items of that kind that an item has links to.
    fn codes(&self, i: usize, kind: &LinkKind, of: impl Fn(&str) -> bool) -> Vec<String> {
        let links = self.links.get(&i).map_or(&[][..], Vec::as_slice);
        let found = links.iter().filter(|(own, to)| *own == kind && of(&self.framework.items[*to].kind));
        found.filter_map(|(_, to)| self.framework.items[*to].code.clone()).collect()
    }

    fn occupation(&self, i: usize) -> Members<String, Value> {
        let item = &self.framework.items[i];
        let mut record = Members::new();
        record.insert("id".to_owned(), item.code.clone().into());
        record.insert("title".to_owned(), item.text.clone().into());
        let level = item.level.as_deref().map(|level| level.parse::<i64>().map_or_else(|_| level.into(), Value::from));
        record.insert("level".to_owned(), level.unwrap_or_default());
        record.insert("overview".to_owned(), item.notes.clone().into());
        record.insert("keywords".to_owned(), item.keywords.clone().into());
        let leads_to = self.codes(i, &LinkKind::Precedes, |kind| kind == kinds::OCCUPATION);
        record.insert("progresses_to".to_owned(), leads_to.into());
        let (mut options, mut statements, mut duties) = (Vec::new(), Vec::new(), Vec::new());
        for &child in &self.children[i] {
            match self.framework.items[child].kind.as_str() {
                kinds::OPTION => options.push(self.option(child)),
                kinds::DUTY => duties.push(self.duty(child)),
                _ => statements.push(self.statement(child)),
            }
        }
        record.insert("options".to_owned(), options.into());
        record.insert("statements".to_owned(), statements.into());
        record.insert("duties".to_owned(), duties.into());
        record.extend(item.more.clone());
        record
    }

    fn option(&self, i: usize) -> Value {
        let item = &self.framework.items[i];
        let mut record = Members::from_iter([
            ("id".to_owned(), item.code.clone().into()),
            ("title".to_owned(), item.text.clone().into()),
        ]);
        record.extend(item.more.clone());
        record.into()
    }

    fn statement(&self, i: usize) -> Value {
        let item = &self.framework.items[i];
        let kind = kinds::STATEMENTS.iter().find(|(_, shown)| *shown == item.kind);
        let kind = kind.map_or_else(|| item.kind.to_lowercase(), |(own, _)| (*own).to_owned());
        let options = self.codes(i, &LinkKind::PartOf, |kind| kind == kinds::OPTION);
        let mut record = Members::from_iter([
            ("id".to_owned(), item.code.clone().into()),
            ("kind".to_owned(), kind.into()),
            ("text".to_owned(), item.text.clone().into()),
            ("option".to_owned(), if options.is_empty() { Value::Null } else { json!(options) }),
        ]);
        if let Some(source) = &item.notes {
            record.insert("source_text".to_owned(), source.clone().into());
        }
        record.extend(item.more.clone());
        record.into()
    }

    fn duty(&self, i: usize) -> Value {
        let item = &self.framework.items[i];
        let is_statement = |kind: &str| kind != kinds::OPTION && kind != kinds::DUTY;
        let mut record = Members::from_iter([
            ("id".to_owned(), item.code.clone().into()),
            ("text".to_owned(), item.text.clone().into()),
            ("core".to_owned(), true.into()),
            ("statements".to_owned(), self.codes(i, &LinkKind::Related, is_statement).into()),
            ("options".to_owned(), self.codes(i, &LinkKind::PartOf, |kind| kind == kinds::OPTION).into()),
        ]);
        record.extend(item.more.clone());
        record.into()
    }
}
