//! A framework of a map: its routes, pathways, clusters, occupations and their
//! statements, options and duties.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map as Members, Value};
use tlevel::read::{RawMap, RawOccupation};

use super::model::{End, Framework, Item, LinkKind};
use super::naming::Naming;

/// What the items of a map are called.
pub(crate) mod kinds {
    pub(crate) const ROUTE: &str = "Route";
    pub(crate) const PATHWAY: &str = "Pathway";
    pub(crate) const CLUSTER: &str = "Cluster";
    pub(crate) const OCCUPATION: &str = "Occupation";
    pub(crate) const OPTION: &str = "Option";
    pub(crate) const DUTY: &str = "Duty";
    pub(crate) const SET_ASIDE: &str = "Set aside";
    /// Statements, by their kinds on a map.
    pub(crate) const STATEMENTS: [(&str, &str); 3] =
        [("knowledge", "Knowledge"), ("skill", "Skill"), ("behaviour", "Behaviour")];
}

impl Framework {
    /// Returns a map as a framework: routes, pathways, clusters and occupations as a
    /// tree, with the options, statements and duties of each occupation below it.
    ///
    /// A statement is part of its options, a duty is related to the statements that
    /// it cites, and an occupation precedes those that it leads to. Occupations that
    /// the map sets aside are under an item of their own, by reason. What a framework
    /// has no place for is kept beside the items, for formats that hold extensions.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the size of the map.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel_exchange::{Framework, Naming};
    ///
    /// let map = tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?;
    /// let framework = Framework::of_map(&map, &Naming::default());
    /// assert_eq!(framework.items[0].kind, "Route");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_map(map: &RawMap, naming: &Naming) -> Framework {
        let title = map.title.clone().unwrap_or_else(|| "Occupational map".to_owned());
        let mut framework = Framework::new(naming.id("map", &[&title]), title);
        let mut more = members(map);
        without(&mut more, &["format", "version", "published", "routes", "set_aside", "source"]);
        if more.remove("title").is_none() {
            more.insert("title".to_owned(), Value::Null);
        }
        if let Some(source) = &map.source {
            framework.creator.clone_from(&source.name);
            framework.licence.clone_from(&source.licence);
            framework.rights.clone_from(&source.attribution);
            framework.url = source.url.clone().filter(|url| is_address(url));
            let mut rest = members(source);
            without(&mut rest, &["name", "licence", "attribution"]);
            if framework.url.is_some() {
                rest.remove("url");
            }
            if !rest.is_empty() {
                more.insert("source".to_owned(), Value::Object(rest));
            }
        }
        framework.more = more;
        framework.published.clone_from(&map.published);
        let mut build = Build { framework, naming, leads: Vec::new(), occupations: HashMap::new() };
        build.tree(map);
        build.set_aside(map);
        build.progression();
        let mut framework = build.framework;
        framework.tell_apart(naming);
        framework
    }
}

/// Whether a text can be an address in other systems.
pub(crate) fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

/// The members of a record that say something.
fn members(record: &impl Serialize) -> Members<String, Value> {
    let Ok(Value::Object(mut members)) = serde_json::to_value(record) else { return Members::new() };
    members.retain(|_, value| !value.is_null());
    members
}

/// Takes members out.
fn without(members: &mut Members<String, Value>, names: &[&str]) {
    members.retain(|name, _| !names.contains(&name.as_str()));
}

/// A framework that is being built.
struct Build<'n> {
    framework: Framework,
    naming: &'n Naming,
    /// The occupations that lead to others: their items, and the codes they lead to.
    leads: Vec<(usize, Vec<String>)>,
    occupations: HashMap<String, usize>,
}

impl Build<'_> {
    fn tree(&mut self, map: &RawMap) {
        for (r, route) in map.routes.iter().enumerate() {
            let at = [r.to_string()];
            let route_item = self.branch(kinds::ROUTE, None, (&route.id, &route.name), route, &at, "pathways");
            for (p, pathway) in route.pathways.iter().enumerate() {
                let at = [r.to_string(), p.to_string()];
                let place = Some(route_item);
                let names = (&pathway.id, &pathway.name);
                let pathway_item = self.branch(kinds::PATHWAY, place, names, pathway, &at, "clusters");
                for (c, cluster) in pathway.clusters.iter().enumerate() {
                    let at = [r.to_string(), p.to_string(), c.to_string()];
                    let (place, names) = (Some(pathway_item), (&cluster.id, &cluster.name));
                    let cluster_item = self.branch(kinds::CLUSTER, place, names, cluster, &at, "occupations");
                    for (o, occupation) in cluster.occupations.iter().enumerate() {
                        let at = [r.to_string(), p.to_string(), c.to_string(), o.to_string()];
                        self.occupation(Some(cluster_item), occupation, &at, Members::new());
                    }
                }
            }
        }
    }

    fn set_aside(&mut self, map: &RawMap) {
        let mut group: Option<(&str, usize)> = None;
        for (i, set_aside) in map.set_aside.iter().enumerate() {
            let reason = set_aside.reason.as_str();
            let parent = match group {
                Some((last, item)) if last == reason => item,
                _ => {
                    let id = self.naming.id("set aside", &[reason, &i.to_string()]);
                    let mut item = Item::new(id, kinds::SET_ASIDE, format!("Not placed on the map: {reason}"));
                    item.code = Some(reason.to_owned());
                    self.framework.add(item)
                }
            };
            group = Some((reason, parent));
            let mut more = members(set_aside);
            without(&mut more, &["reason", "occupation"]);
            self.occupation(Some(parent), &set_aside.occupation, &["set aside".to_owned(), i.to_string()], more);
        }
    }

    fn branch(
        &mut self,
        kind: &str,
        parent: Option<usize>,
        (id, name): (&Option<String>, &Option<String>),
        record: &impl Serialize,
        at: &[String],
        below: &str,
    ) -> usize {
        let mut item = self.item(kind, id.as_deref(), name.as_deref(), at);
        item.parent = parent;
        item.more = members(record);
        without(&mut item.more, &["id", below]);
        overridden(&mut item.more, "name", name.is_none());
        self.framework.add(item)
    }

    /// An item with a code, or one that is known by its place.
    fn item(&self, kind: &str, code: Option<&str>, text: Option<&str>, at: &[String]) -> Item {
        let own = |code| self.naming.id(&kind.to_lowercase(), &[code]);
        let id = code
            .map_or_else(|| self.naming.id(&format!("{} without a code", kind.to_lowercase()), &[&at.join("\n")]), own);
        let mut item = Item::new(id, kind, text.unwrap_or_default());
        item.code = code.map(str::to_owned);
        item
    }

    fn occupation(
        &mut self,
        parent: Option<usize>,
        record: &RawOccupation,
        at: &[String],
        aside: Members<String, Value>,
    ) {
        let mut item = self.item(kinds::OCCUPATION, record.id.as_deref(), record.title.as_deref(), at);
        item.parent = parent;
        item.level = record.level.map(|level| level.to_string());
        item.notes.clone_from(&record.overview);
        item.keywords.clone_from(&record.keywords);
        item.more = members(record);
        without(
            &mut item.more,
            &["id", "level", "overview", "keywords", "options", "statements", "duties", "progresses_to"],
        );
        overridden(&mut item.more, "title", record.title.is_none());
        if !aside.is_empty() {
            item.more.insert("set_aside".to_owned(), Value::Object(aside));
        }
        let key = item.id.clone();
        let occupation = self.framework.add(item);
        if let Some(id) = &record.id {
            self.occupations.entry(id.clone()).or_insert(occupation);
        }
        if !record.progresses_to.is_empty() {
            self.leads.push((occupation, record.progresses_to.clone()));
        }
        let options = self.options(record, occupation, &key);
        let statements = self.statements(record, occupation, &key, &options);
        self.duties(record, occupation, &key, (&options, &statements));
    }

    /// An item of an occupation.
    fn part(&self, kind: &str, key: &str, code: Option<&str>, number: usize, text: Option<&str>) -> Item {
        let lower = kind.to_lowercase();
        let id = match code {
            Some(code) => self.naming.id(&lower, &[key, code]),
            None => self.naming.id(&lower, &[key, "", &number.to_string()]),
        };
        let mut item = Item::new(id, kind, text.unwrap_or_default());
        item.code = code.map(str::to_owned);
        item
    }

    fn options(&mut self, record: &RawOccupation, parent: usize, key: &str) -> HashMap<String, usize> {
        let mut codes = HashMap::new();
        for (i, option) in record.options.iter().enumerate() {
            let mut item = self.part(kinds::OPTION, key, option.id.as_deref(), i, option.title.as_deref());
            item.parent = Some(parent);
            item.more = members(option);
            item.more.remove("id");
            overridden(&mut item.more, "title", option.title.is_none());
            let number = self.framework.add(item);
            if let Some(id) = &option.id {
                codes.entry(id.clone()).or_insert(number);
            }
        }
        codes
    }

    fn statements(
        &mut self,
        record: &RawOccupation,
        parent: usize,
        key: &str,
        options: &HashMap<String, usize>,
    ) -> HashMap<String, usize> {
        let mut codes = HashMap::new();
        for (i, statement) in record.statements.iter().enumerate() {
            let kind = statement.kind.as_deref();
            let shown = kinds::STATEMENTS.iter().find(|(own, _)| Some(*own) == kind).map(|(_, shown)| *shown);
            let mut item = self.part("statement", key, statement.id.as_deref(), i, statement.text.as_deref());
            shown.unwrap_or("Statement").clone_into(&mut item.kind);
            item.parent = Some(parent);
            item.notes.clone_from(&statement.source_text);
            item.more = members(statement);
            without(&mut item.more, &["id", "source_text"]);
            if shown.is_some() {
                item.more.remove("kind");
            } else if kind.is_none() {
                item.more.insert("kind".to_owned(), Value::Null);
            }
            overridden(&mut item.more, "text", statement.text.is_none());
            let known: Option<Vec<usize>> = statement.option.0.iter().map(|code| options.get(code).copied()).collect();
            if known.as_ref().is_some_and(|known| are_distinct(known)) {
                item.more.remove("option");
            }
            let number = self.framework.add(item);
            for option in known.unwrap_or_default() {
                self.framework.link(End::Item(number), LinkKind::PartOf, End::Item(option));
            }
            if let Some(id) = &statement.id {
                codes.entry(id.clone()).or_insert(number);
            }
        }
        codes
    }

    fn duties(
        &mut self,
        record: &RawOccupation,
        parent: usize,
        key: &str,
        (options, statements): (&HashMap<String, usize>, &HashMap<String, usize>),
    ) {
        for (i, duty) in record.duties.iter().enumerate() {
            let mut item = self.part(kinds::DUTY, key, duty.id.as_deref(), i, duty.text.as_deref());
            item.parent = Some(parent);
            item.more = members(duty);
            item.more.remove("id");
            overridden(&mut item.more, "text", duty.text.is_none());
            match duty.core {
                Some(true) => drop(item.more.remove("core")),
                Some(false) => {}
                None => drop(item.more.insert("core".to_owned(), Value::Null)),
            }
            let mut links = Vec::new();
            let lists = [
                ("statements", &duty.statements, statements, LinkKind::Related),
                ("options", &duty.options, options, LinkKind::PartOf),
            ];
            for (name, own, known, kind) in lists {
                let found: Vec<usize> = own.iter().filter_map(|code| known.get(code).copied()).collect();
                if found.len() == own.len() && are_distinct(&found) {
                    item.more.remove(name);
                }
                links.extend(found.into_iter().map(|to| (kind.clone(), to)));
            }
            let number = self.framework.add(item);
            for (kind, to) in links {
                self.framework.link(End::Item(number), kind, End::Item(to));
            }
        }
    }

    fn progression(&mut self) {
        for (from, codes) in std::mem::take(&mut self.leads) {
            let known: Vec<usize> = codes.iter().filter_map(|code| self.occupations.get(code).copied()).collect();
            if known.len() != codes.len() || !are_distinct(&known) {
                self.framework.items[from].more.insert("progresses_to".to_owned(), codes.into());
            }
            for to in known {
                self.framework.link(End::Item(from), LinkKind::Precedes, End::Item(to));
            }
        }
    }
}

/// Keeps what is missing apart from what is empty: a member that an item always has.
fn overridden(more: &mut Members<String, Value>, name: &str, is_missing: bool) {
    if is_missing {
        more.insert(name.to_owned(), Value::Null);
    } else {
        more.remove(name);
    }
}

fn are_distinct(numbers: &[usize]) -> bool {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}
