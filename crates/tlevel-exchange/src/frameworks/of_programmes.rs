//! A framework of T Level programmes: core and specialisms.

use std::collections::HashMap;

use tlevel::derive::{Derivation, Item as ProgrammeItem, Programme};
use tlevel::map::Map;

use super::model::{End, Framework, Item, LinkKind};
use super::naming::Naming;
use super::of_concepts::{TOPIC, kind_name, titled};

/// What items of programmes are called.
pub(crate) const PROGRAMME: &str = "Programme";
const CORE: &str = "Core";
const SPECIALISM: &str = "Occupational specialism";

impl Framework {
    /// Returns the programmes of a map as a framework: for each pathway its route core,
    /// pathway core, group cores and specialisms; in each of these the topics, if the
    /// policy shares them; and in those the items.
    ///
    /// An item is an exact match of its concept and related to the statements behind
    /// it, which are items of the frameworks of [`Framework::of_concepts`] and
    /// [`Framework::of_map`] with the same naming. Its notes say how many occupations
    /// have it.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the size of the programmes.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::{concept::Concepts, derive::Policy};
    /// use tlevel_exchange::{Framework, Naming};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
    /// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::panel())?;
    /// let framework = Framework::of_programmes(&map, &derivation, &Naming::default());
    /// let programmes = framework.items.iter().filter(|item| item.kind == "Programme").count();
    /// assert_eq!(programmes, derivation.programmes.len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_programmes(map: &Map, derivation: &Derivation, naming: &Naming) -> Framework {
        let mut framework = titled(map, "T Level programmes", naming);
        for programme in &derivation.programmes {
            Build { framework: &mut framework, naming, programme, map }.programme();
        }
        framework.tell_apart(naming);
        framework
    }
}

struct Build<'b> {
    framework: &'b mut Framework,
    naming: &'b Naming,
    programme: &'b Programme,
    map: &'b Map,
}

impl Build<'_> {
    fn programme(mut self) {
        let programme = self.programme;
        let pathway = &programme.pathway;
        let mut item = Item::new(self.naming.id("programme", &[&pathway.id]), PROGRAMME, &pathway.name);
        item.code = Some(pathway.id.clone());
        item.level = Some("3".to_owned());
        item.notes = Some(format!("T Level of the pathway {} in the route {}", pathway.name, programme.route.name));
        let top = self.framework.add(item);
        let cores = [
            ("Route core", "route core", &programme.route_core),
            ("Pathway core", "pathway core", &programme.pathway_core),
        ];
        for (title, key, items) in cores.into_iter().filter(|(_, _, items)| !items.is_empty()) {
            self.component(top, CORE, title, key, items.iter());
        }
        for group in &programme.group_core {
            let key = format!("group core {}", group.group.id);
            self.component(top, CORE, &format!("Core of {}", group.group.name), &key, group.content.iter());
        }
        for (i, specialism) in programme.specialisms.iter().enumerate() {
            let option = specialism.option.as_deref().unwrap_or_default();
            let key = format!("specialism {} {option} {i}", specialism.occupations.join(" "));
            let component = self.component(top, SPECIALISM, &specialism.title, &key, specialism.items());
            for occupation in &specialism.occupations {
                let title = self.map.occupation(occupation).map_or(occupation.as_str(), |o| o.title()).to_owned();
                let to = End::Other { id: self.naming.id("occupation", &[occupation]), title, uri: None };
                self.framework.link(End::Item(component), LinkKind::Related, to);
            }
        }
    }

    /// A part of a programme with its items, under their topics.
    fn component<'i>(
        &mut self,
        parent: usize,
        kind: &str,
        title: &str,
        key: &str,
        items: impl Iterator<Item = &'i ProgrammeItem>,
    ) -> usize {
        let pathway = self.programme.pathway.id.as_str();
        let mut item = Item::new(self.naming.id("component", &[pathway, key]), kind, title);
        item.parent = Some(parent);
        let component = self.framework.add(item);
        // items of one topic are together, topics in the order of their first items
        let mut topics: HashMap<&str, usize> = HashMap::new();
        for programme_item in items {
            let above = match &programme_item.topic {
                None => component,
                Some(topic) => *topics.entry(topic.id.as_str()).or_insert_with(|| {
                    let id = self.naming.id("component topic", &[pathway, key, &topic.id]);
                    let mut item = Item::new(id, TOPIC, &topic.heading);
                    item.parent = Some(component);
                    item.code = Some(topic.id.to_string());
                    let number = self.framework.add(item);
                    let general = End::Other {
                        id: self.naming.id("topic", &[&topic.id]),
                        title: topic.heading.to_string(),
                        uri: None,
                    };
                    self.framework.link(End::Item(number), LinkKind::ExactMatch, general);
                    number
                }),
            };
            self.item(above, key, programme_item);
        }
        component
    }

    fn item(&mut self, parent: usize, key: &str, own: &ProgrammeItem) {
        let pathway = self.programme.pathway.id.as_str();
        let id = self.naming.id("programme item", &[pathway, key, &own.concept]);
        let mut item = Item::new(id, kind_name(own.kind), &own.text);
        item.parent = Some(parent);
        item.code = Some(own.concept.to_string());
        item.label.clone_from(&own.label);
        // what is of an option alone counts for no occupation
        let support = own.support;
        item.notes = (support.have > 0).then(|| format!("{} of {} occupations have it", support.have, support.of));
        let number = self.framework.add(item);
        let concept = self.naming.id("concept", &[&own.concept]);
        let to = End::Other { id: concept, title: own.concept.to_string(), uri: None };
        self.framework.link(End::Item(number), LinkKind::ExactMatch, to);
        for statement in &own.statements {
            let to = self.naming.statement_end(&statement.occupation, &statement.statement);
            self.framework.link(End::Item(number), LinkKind::Related, to);
        }
    }
}
