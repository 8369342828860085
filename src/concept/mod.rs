//! Floor 1: which statements say the same.
//!
//! A [`Concepts`] is a checked grouping of a map's statements: every statement
//! that says something is in exactly one concept, and a concept holds one
//! kind. Three ways to make one:
//!
//! * [`Concepts::exact`]: statements of equal normal form;
//! * [`Concepts::from_csv`]: judged by people, in a file;
//! * [`Concepts::from_groups`]: judged by a program.
//!
//! What the last two do not list stays exact. `derive` takes concepts and
//! makes none.

mod central;
mod csv;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::map::{Kind, Map, Statement, StatementIndex};
use crate::text::{closest, fingerprint, normal_form, unused};

/// A concept's number among the concepts of its map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptIndex(pub(crate) u32);

impl ConceptIndex {
    /// The number, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A checked grouping of the statements of one map.
#[derive(Clone, Debug)]
pub struct Concepts {
    entries: Vec<Entry>,
    /// The concept of each statement; None for one that says nothing.
    of: Vec<Option<ConceptIndex>>,
    map_fingerprint: u64,
    wording: Wording,
}

#[derive(Clone, Debug)]
struct Entry {
    id: String,
    kind: Kind,
    label: Option<String>,
    members: Vec<StatementIndex>,
    central: StatementIndex,
}

/// How the statements of a [`Concepts`] were joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wording {
    /// Only by equal normal forms.
    Exact,
    /// Some by judgement.
    Judged,
}

/// A group of statements that were judged to say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The concept's id; unique among the groups.
    pub id: String,
    /// What people call it.
    pub label: Option<String>,
    /// Its statements: occupation id and statement id.
    pub statements: Vec<(String, String)>,
}

/// Why a grouping does not fit its map. Places are lines of the CSV file, or
/// numbers of groups, both from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not CSV: an open quote, or a row of another length than the header.
    #[error("line {line}: not valid CSV: {message}; correct the row")]
    Csv {
        /// The line.
        line: u64,
        /// What the CSV reader says.
        message: String,
    },
    /// A column is missing: `from_csv(&map, "occupation,statement\n")`.
    #[error(
        "line 1: the column \"{column}\" is missing; the header needs occupation, statement, concept (and may have label)"
    )]
    MissingColumn {
        /// Which.
        column: &'static str,
    },
    /// An empty cell where a code should be.
    #[error("{place}: the {column} is empty; fill it in or take the row out")]
    EmptyCell {
        /// Where.
        place: String,
        /// The column.
        column: &'static str,
    },
    /// The map has no such occupation.
    #[error("{place}: the map has no occupation \"{found}\"{}", did_you_mean(.hint.as_deref()))]
    UnknownOccupation {
        /// Where.
        place: String,
        /// The code given.
        found: String,
        /// A close one.
        hint: Option<String>,
    },
    /// The occupation has no such statement.
    #[error("{place}: \"{occupation}\" has no statement \"{found}\"{}", did_you_mean(.hint.as_deref()))]
    UnknownStatement {
        /// Where.
        place: String,
        /// The occupation.
        occupation: String,
        /// The code given.
        found: String,
        /// A close one.
        hint: Option<String>,
    },
    /// One statement in two concepts.
    #[error("{place}: statement {occupation} {statement} is already in the concept \"{other}\"; keep it in one")]
    TwoConcepts {
        /// Where.
        place: String,
        /// The occupation.
        occupation: String,
        /// The statement.
        statement: String,
        /// The concept that has it.
        other: String,
    },
    /// Kinds never mix.
    #[error("{place}: the concept \"{concept}\" mixes {first} and {second}; give each kind a concept of its own")]
    MixedKinds {
        /// Where.
        place: String,
        /// The concept.
        concept: String,
        /// The kind of its first statement.
        first: Kind,
        /// The other kind.
        second: Kind,
    },
}

fn did_you_mean(hint: Option<&str>) -> String {
    hint.map_or_else(String::new, |h| format!(": did you mean \"{h}\"?"))
}

impl Concepts {
    /// Joins statements of one kind whose normal forms are equal, and nothing
    /// else.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// assert!(concepts.iter().count() < map.statements().count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the length of all texts.
    pub fn exact(map: &Map) -> Concepts {
        Builder::new(map).finish(Wording::Exact)
    }

    /// Joins what the groups list; everything else stays exact among itself.
    /// Statements of occupations that the map set aside are passed over.
    ///
    /// # Errors
    ///
    /// [`Error`] for a group that does not fit the map: an unknown occupation
    /// or statement, a statement in two groups, a group of two kinds.
    ///
    /// # Complexity
    ///
    /// As [`Concepts::exact`].
    pub fn from_groups(map: &Map, groups: impl IntoIterator<Item = Group>) -> Result<Concepts, Error> {
        let mut builder = Builder::new(map);
        for (i, group) in groups.into_iter().enumerate() {
            let place = || format!("group {}", i + 1);
            for (occupation, statement) in &group.statements {
                builder.add(&group.id, group.label.as_deref(), occupation, statement, &place)?;
            }
        }
        Ok(builder.finish(Wording::Judged))
    }

    /// [`Concepts::from_groups`] from a CSV text with the columns `occupation`,
    /// `statement`, `concept` and (if you like) `label`, in any order. Rows
    /// with the same concept form a group; the first label given counts.
    ///
    /// # Errors
    ///
    /// [`Error`], with the line.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
    /// let csv = "occupation,statement,concept,label\n\
    ///            LARS82,K1,digital-1,\n\
    ///            LARS8200,K1,digital-1,\n";
    /// let error = Concepts::from_csv(&map, csv).unwrap_err().to_string();
    /// assert!(error.starts_with("line 3: the map has no occupation \"LARS8200\": did you mean"), "{error}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_csv(map: &Map, text: &str) -> Result<Concepts, Error> {
        csv::read(map, text)
    }

    /// The concepts, in the order of their first statements in the map.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Concept<'_>> + Clone {
        (0..self.entries.len() as u32).map(|i| Concept { concepts: self, index: ConceptIndex(i) })
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Is there none, as for a map without statements?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The concept of a statement; None for one that says nothing.
    pub fn of(&self, statement: StatementIndex) -> Option<ConceptIndex> {
        self.of.get(statement.index()).copied().flatten()
    }

    /// The concept of that number; None beyond the last.
    pub fn get(&self, index: ConceptIndex) -> Option<Concept<'_>> {
        (index.index() < self.entries.len()).then_some(Concept { concepts: self, index })
    }

    /// Whether statements were joined by their wording alone.
    pub fn wording(&self) -> Wording {
        self.wording
    }

    /// Were these concepts made for that map?
    pub fn fits(&self, map: &Map) -> bool {
        self.map_fingerprint == map.fingerprint() && self.of.len() == map.statements().len()
    }
}

/// One concept.
#[derive(Clone, Copy, Debug)]
pub struct Concept<'c> {
    concepts: &'c Concepts,
    index: ConceptIndex,
}

impl<'c> Concept<'c> {
    fn entry(&self) -> &'c Entry {
        &self.concepts.entries[self.index.index()]
    }

    /// Its number.
    pub fn index(&self) -> ConceptIndex {
        self.index
    }

    /// Its id: the judges' own, or a hash of kind and normal form that stays
    /// the same as long as the wording does.
    pub fn id(&self) -> &'c str {
        &self.entry().id
    }

    /// Knowledge, skill or behaviour.
    pub fn kind(&self) -> Kind {
        self.entry().kind
    }

    /// What the judges called it.
    pub fn label(&self) -> Option<&'c str> {
        self.entry().label.as_deref()
    }

    /// Its statements, in the order of the map.
    pub fn statements(&self) -> &'c [StatementIndex] {
        &self.entry().members
    }

    /// The statement whose wording stands for the concept: the one that has
    /// most words in common with the others; ties by the more frequent wording,
    /// then the shorter, then the alphabet.
    pub fn central(&self) -> StatementIndex {
        self.entry().central
    }
}

/// Collects groups, then lets the rest fall into exact concepts.
struct Builder<'m> {
    map: &'m Map,
    /// Groups by id: label and members.
    judged: IndexMap<String, (Option<String>, Vec<StatementIndex>)>,
    group_of: HashMap<StatementIndex, usize>,
    /// Statements by code, occupation by occupation, built when asked for.
    by_code: HashMap<(u32, &'m str), StatementIndex>,
    indexed: HashSet<u32>,
    set_aside: HashSet<&'m str>,
}

impl<'m> Builder<'m> {
    fn new(map: &'m Map) -> Self {
        Builder {
            map,
            judged: IndexMap::new(),
            group_of: HashMap::new(),
            by_code: HashMap::new(),
            indexed: HashSet::new(),
            set_aside: map.set_aside().filter_map(|s| s.raw().id.as_deref()).collect(),
        }
    }

    fn add(
        &mut self,
        concept: &str,
        label: Option<&str>,
        occupation: &str,
        statement: &str,
        place: &dyn Fn() -> String,
    ) -> Result<(), Error> {
        let Some(found) = self.find(occupation, statement, place)? else { return Ok(()) };
        let kind = found.kind();
        if !found.says_something() {
            return Ok(());
        }
        let entry = self.judged.entry(concept.to_owned());
        let group = entry.index();
        let (known_label, members) = entry.or_default();
        if let Some(first) = members.first().and_then(|s| self.map.statement_at(*s)).filter(|s| s.kind() != kind) {
            return Err(Error::MixedKinds {
                place: place(),
                concept: concept.to_owned(),
                first: first.kind(),
                second: kind,
            });
        }
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
        members.push(found.index());
        if known_label.is_none() {
            *known_label = label.filter(|l| !l.trim().is_empty()).map(str::to_owned);
        }
        self.group_of.insert(found.index(), group);
        Ok(())
    }

    /// The statement of those codes; None where the map set its occupation aside.
    fn find(
        &mut self,
        occupation: &str,
        statement: &str,
        place: &dyn Fn() -> String,
    ) -> Result<Option<Statement<'m>>, Error> {
        let Some(o) = self.map.occupation(occupation) else {
            if self.set_aside.contains(occupation) {
                return Ok(None);
            }
            return Err(Error::UnknownOccupation {
                place: place(),
                found: occupation.to_owned(),
                hint: closest(occupation, self.map.occupations().map(|o| o.id())).map(str::to_owned),
            });
        };
        if self.indexed.insert(o.index().0) {
            self.by_code.extend(o.statements().map(|s| ((o.index().0, s.id()), s.index())));
        }
        let found = self.by_code.get(&(o.index().0, statement)).and_then(|i| self.map.statement_at(*i));
        found.map(Some).ok_or_else(|| Error::UnknownStatement {
            place: place(),
            occupation: occupation.to_owned(),
            found: statement.to_owned(),
            hint: closest(statement, o.statements().map(|s| s.id())).map(str::to_owned),
        })
    }

    fn finish(self, wording: Wording) -> Concepts {
        // which concept each statement opens or joins, in the order of the map
        let mut exact: HashMap<(Kind, String), usize> = HashMap::new();
        let mut of_group: HashMap<usize, usize> = HashMap::new();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut of: Vec<Option<ConceptIndex>> = Vec::with_capacity(self.map.statements().len());
        for statement in self.map.statements() {
            if !statement.says_something() {
                of.push(None);
                continue;
            }
            let next = drafts.len();
            let kind = statement.kind();
            let index = if let Some(&group) = self.group_of.get(&statement.index()) {
                let index = *of_group.entry(group).or_insert(next);
                if index == next {
                    drafts.push(Draft { kind, name: Name::Judged(group), members: Vec::new() });
                }
                index
            } else {
                let normal = normal_form(statement.text());
                let hash = fingerprint([kind.name(), normal.as_str()]);
                let index = *exact.entry((kind, normal)).or_insert(next);
                if index == next {
                    drafts.push(Draft { kind, name: Name::Wording(hash), members: Vec::new() });
                }
                index
            };
            drafts[index].members.push(statement.index());
            of.push(Some(ConceptIndex(index as u32)));
        }
        let mut ids: HashSet<String> = self.judged.keys().cloned().collect();
        let entries = drafts.into_iter().map(|draft| self.entry(draft, &mut ids)).collect();
        Concepts { entries, of, map_fingerprint: self.map.fingerprint(), wording }
    }

    fn entry(&self, draft: Draft, ids: &mut HashSet<String>) -> Entry {
        let Draft { kind, name, members } = draft;
        let central = central::central(self.map, &members);
        let (id, label) = match name {
            Name::Judged(group) => {
                let group = self.judged.get_index(group);
                group.map_or_else(Default::default, |(id, (label, _))| (id.clone(), label.clone()))
            }
            Name::Wording(hash) => {
                let base = format!("{}-{:012x}", kind.letter().to_ascii_lowercase(), hash >> 16);
                (unused(base, |id| ids.contains(id)), None)
            }
        };
        ids.insert(id.clone());
        Entry { id, kind, label, members, central }
    }
}

/// A concept before it has an id and a wording.
struct Draft {
    kind: Kind,
    name: Name,
    members: Vec<StatementIndex>,
}

/// Where a concept's id comes from.
enum Name {
    /// The judges' group of that number.
    Judged(usize),
    /// The hash of kind and normal form.
    Wording(u64),
}
