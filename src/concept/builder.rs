//! Builds concepts from groups of codes: what the groups list, and everything
//! else by wording.

use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use super::central::Words;
use super::{ConceptIndex, Concepts, Entry, Error, Wording};
use crate::map::{Kind, Map, Statement, StatementIndex};
use crate::text::{closest, fingerprint, normal_form, unused};

/// Collects groups, then puts all other statements into exact concepts.
pub(super) struct Builder<'m> {
    map: &'m Map,
    /// Groups by id.
    judged: IndexMap<String, Judged>,
    /// The group of each statement that has one.
    group_of: HashMap<StatementIndex, usize>,
    /// The other concepts of each bundle, by id.
    also_of: HashMap<StatementIndex, BTreeSet<String>>,
    /// Statements by code, occupation by occupation, built on first use.
    by_code: HashMap<(u32, &'m str), StatementIndex>,
    indexed: HashSet<u32>,
    set_aside: HashSet<&'m str>,
    /// The statements that people prefer to show.
    preferred: BTreeSet<StatementIndex>,
}

impl<'m> Builder<'m> {
    pub(super) fn new(map: &'m Map) -> Self {
        Builder {
            map,
            judged: IndexMap::new(),
            group_of: HashMap::new(),
            also_of: HashMap::new(),
            by_code: HashMap::new(),
            indexed: HashSet::new(),
            set_aside: map.set_aside().filter_map(|s| s.raw().id.as_deref()).collect(),
            preferred: BTreeSet::new(),
        }
    }

    /// Puts a statement into a concept as its own.
    pub(super) fn add(
        &mut self,
        concept: &str,
        label: Option<&str>,
        occupation: &str,
        statement: &str,
        place: &dyn Fn() -> String,
    ) -> Result<(), Error> {
        let Some(found) = self.find(occupation, statement, place)? else { return Ok(()) };
        let group = self.group(concept, found.kind(), place)?;
        if let Some(&other) = self.group_of.get(&found.index()) {
            if other == group {
                return Ok(());
            }
            return Err(Error::TwoConcepts {
                place: place(),
                occupation: occupation.to_owned(),
                statement: statement.to_owned(),
                other: self.judged.get_index(other).map_or_else(String::new, |(id, _)| id.clone()),
            });
        }
        self.group_of.insert(found.index(), group);
        let label = label.filter(|l| !l.trim().is_empty());
        if let (Some(label), Some((_, judged))) = (label, self.judged.get_index_mut(group)) {
            judged.label.get_or_insert_with(|| label.to_owned());
        }
        Ok(())
    }

    /// Puts statements of one kind that are not yet in a concept into one
    /// concept, and marks some of them as preferred.
    pub(super) fn add_set(
        &mut self,
        concept: String,
        kind: Kind,
        set: &[StatementIndex],
        preferred: &[StatementIndex],
    ) {
        let (group, _) = self.judged.insert_full(concept, Judged { kind, label: None });
        self.group_of.extend(set.iter().map(|&statement| (statement, group)));
        self.preferred.extend(preferred);
    }

    /// Puts a bundle into an additional concept.
    pub(super) fn add_also(
        &mut self,
        concept: &str,
        occupation: &str,
        statement: &str,
        place: &dyn Fn() -> String,
    ) -> Result<(), Error> {
        if let Some(found) = self.find(occupation, statement, place)? {
            self.group(concept, found.kind(), place)?;
            self.also_of.entry(found.index()).or_default().insert(concept.to_owned());
        }
        Ok(())
    }

    /// Marks a statement as preferred over others of its concept.
    pub(super) fn prefer(
        &mut self,
        occupation: &str,
        statement: &str,
        place: &dyn Fn() -> String,
    ) -> Result<(), Error> {
        let found = self.find(occupation, statement, place)?;
        self.preferred.extend(found.map(|s| s.index()));
        Ok(())
    }

    /// The number of the group with that id, which contains one kind.
    fn group(&mut self, concept: &str, kind: Kind, place: &dyn Fn() -> String) -> Result<usize, Error> {
        let entry = self.judged.entry(concept.to_owned());
        let group = entry.index();
        let first = entry.or_insert(Judged { kind, label: None }).kind;
        if first == kind {
            return Ok(group);
        }
        Err(Error::MixedKinds { place: place(), concept: concept.to_owned(), first, second: kind })
    }

    /// The statement with the id or title of its occupation, and its own code. `None` if the map set its occupation
    /// aside or it says nothing.
    fn find(
        &mut self,
        occupation: &str,
        statement: &str,
        place: &dyn Fn() -> String,
    ) -> Result<Option<Statement<'m>>, Error> {
        let [o] = self.map.occupations_called(occupation)[..] else {
            if self.set_aside.contains(occupation) {
                return Ok(None);
            }
            return Err(Error::UnknownOccupation {
                place: place(),
                found: occupation.to_owned(),
                hint: closest(occupation, self.map.occupations().flat_map(|o| [o.id(), o.title()])).map(str::to_owned),
            });
        };
        if self.indexed.insert(o.index().0) {
            self.by_code.extend(o.statements().map(|s| ((o.index().0, s.id()), s.index())));
        }
        let found = self.by_code.get(&(o.index().0, statement)).and_then(|i| self.map.statement_at(*i));
        match found {
            Some(found) => Ok(Some(found).filter(|s| s.says_something())),
            None => Err(Error::UnknownStatement {
                place: place(),
                occupation: occupation.to_owned(),
                found: statement.to_owned(),
                hint: closest(statement, o.statements().map(|s| s.id())).map(str::to_owned),
            }),
        }
    }

    pub(super) fn finish(self, wording: Wording) -> Concepts {
        let statements = self.map.statements();
        // the concepts in the order of their first statements
        let mut drafts: IndexMap<(Kind, Name), Vec<StatementIndex>> = IndexMap::new();
        let mut of: Vec<ConceptIndex> = Vec::with_capacity(statements.len());
        let mut starts: Vec<u32> = Vec::with_capacity(statements.len() + 1);
        starts.push(0);
        for statement in statements {
            let start = of.len();
            for name in self.names(statement) {
                let entry = drafts.entry((statement.kind(), name));
                let concept = ConceptIndex(entry.index() as u32);
                if !of[start..].contains(&concept) {
                    entry.or_default().push(statement.index());
                    of.push(concept);
                }
            }
            starts.push(of.len() as u32);
        }
        let words = Words::new(self.map, drafts.values());
        let mut ids: HashSet<String> = self.judged.keys().cloned().collect();
        let entries =
            drafts.into_iter().map(|((kind, name), members)| self.entry(kind, name, members, &mut ids)).collect();
        let map_fingerprint = self.map.fingerprint();
        let any_preferred = !self.preferred.is_empty();
        let (topics, overlaps, near) = (None, Vec::new(), Vec::new());
        let mut concepts =
            Concepts { entries, of, starts, words, map_fingerprint, wording, topics, overlaps, near, any_preferred };
        concepts.find_central(self.map);
        concepts
    }

    /// The concepts of a statement: its own, then the others of a bundle.
    fn names(&self, statement: Statement<'_>) -> impl Iterator<Item = Name> {
        let own = statement.says_something().then(|| match self.group_of.get(&statement.index()) {
            Some(&group) => Name::Judged(group),
            None => Name::Wording(normal_form(statement.text())),
        });
        let also = self.also_of.get(&statement.index()).into_iter().flatten();
        own.into_iter().chain(also.filter_map(|id| self.judged.get_index_of(id).map(Name::Judged)))
    }

    fn entry(&self, kind: Kind, name: Name, members: Vec<StatementIndex>, ids: &mut HashSet<String>) -> Entry {
        let (id, label) = match name {
            Name::Judged(group) => {
                let group = self.judged.get_index(group);
                group
                    .map_or_else(Default::default, |(id, judged)| (id.clone(), judged.label.as_deref().map(Into::into)))
            }
            Name::Wording(normal) => (unused(wording_id(kind, &normal), |id| ids.contains(id)), None),
        };
        ids.insert(id.clone());
        let id = id.into();
        let preferred = members.iter().copied().filter(|s| self.preferred.contains(s)).collect();
        Entry { id, kind, label, central: members[0], members, preferred }
    }
}

/// The id of a wording, which stays the same as long as the wording does.
pub(crate) fn wording_id(kind: Kind, normal: &str) -> String {
    let hash = fingerprint([kind.name(), normal]);
    format!("{}-{:012x}", kind.letter().to_ascii_lowercase(), hash >> 16)
}

/// The judges' data on a concept.
struct Judged {
    /// The kind of its first statement.
    kind: Kind,
    label: Option<String>,
}

/// The key of a concept.
#[derive(PartialEq, Eq, Hash)]
enum Name {
    /// The judges' group with that number.
    Judged(usize),
    /// A normal form.
    Wording(String),
}
