//! A framework: items in a tree, and links between them. Every format of
//! frameworks is written from one and read into one, so that a format needs no
//! knowledge of maps, concepts or programmes.

use serde_json::{Map as Members, Value};

use super::naming::Naming;

/// A competency framework: items in a tree, and links between them.
///
/// [`Framework::of_map`], [`Framework::of_concepts`], [`Framework::of_programmes`] and
/// [`Framework::of_topics`] make one from a result; the readers of other systems'
/// files make one too. [`Framework::to_map`] and [`Framework::to_topics`] go back.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Framework {
    /// Its identifier, a UUID.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub creator: Option<String>,
    /// The address of its source.
    pub url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// What its licence asks to be said.
    pub rights: Option<String>,
    /// The date of publication, as precise as it is known: `2026-07`.
    pub published: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The items; an item comes after its parent.
    pub items: Vec<Item>,
    /// The links.
    pub links: Vec<Link>,
    /// Members of the map that have no place above.
    pub(crate) more: Members<String, Value>,
}

/// An item of a framework.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Item {
    /// Its identifier, a UUID.
    pub id: String,
    /// The number of the item above it; `None` for an item at the top.
    pub parent: Option<usize>,
    /// What kind of item it is: `Route`, `Occupation`, `Skill`, `Topic`.
    pub kind: String,
    /// Its code, as people know it.
    pub code: Option<String>,
    /// What it says.
    pub text: String,
    /// A short form of what it says.
    pub label: Option<String>,
    /// Notes on it.
    pub notes: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Its level.
    pub level: Option<String>,
    /// Members of the map that have no place above.
    pub(crate) more: Members<String, Value>,
}

/// A link between two items.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// Where it starts.
    pub from: End,
    /// What it says.
    pub kind: LinkKind,
    /// Where it ends.
    pub to: End,
    /// Why, in words.
    pub note: Option<String>,
}

/// An end of a link.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum End {
    /// The item of this framework with that number.
    Item(usize),
    /// An item of another framework.
    Other {
        /// Its identifier, a UUID where the other system has one.
        id: String,
        /// What people call it.
        title: String,
        /// Its address, where it is not made from the identifier.
        uri: Option<String>,
    },
}

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LinkKind {
    /// Both say the same.
    ExactMatch,
    /// Both say nearly the same.
    CloseMatch,
    /// The first is a part of the second.
    PartOf,
    /// They have something in common.
    Related,
    /// The first comes before the second.
    Precedes,
    /// Something else, in the words of the format that it was read from.
    Else(String),
}

impl LinkKind {
    /// Its name in words.
    pub fn name(&self) -> &str {
        match self {
            LinkKind::ExactMatch => "exact match",
            LinkKind::CloseMatch => "close match",
            LinkKind::PartOf => "part of",
            LinkKind::Related => "related to",
            LinkKind::Precedes => "precedes",
            LinkKind::Else(name) => name,
        }
    }
}

impl Framework {
    /// A framework without items.
    pub(crate) fn new(id: String, title: impl Into<String>) -> Framework {
        Framework {
            id,
            title: title.into(),
            creator: None,
            url: None,
            licence: None,
            rights: None,
            published: None,
            description: None,
            items: Vec::new(),
            links: Vec::new(),
            more: Members::new(),
        }
    }

    /// Adds an item, and returns its number.
    pub(crate) fn add(&mut self, item: Item) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }

    pub(crate) fn link(&mut self, from: End, kind: LinkKind, to: End) {
        self.links.push(Link { from, kind, to, note: None });
    }

    pub(crate) fn link_noted(&mut self, from: End, kind: LinkKind, to: End, note: String) {
        self.links.push(Link { from, kind, to, note: Some(note) });
    }

    /// The position of each item among those with its parent, from 1.
    pub(crate) fn positions(&self) -> Vec<usize> {
        let mut counts = vec![0_usize; self.items.len() + 1];
        let count = |item: &Item| {
            let of = item.parent.map_or(0, |parent| parent + 1);
            counts[of] += 1;
            counts[of]
        };
        self.items.iter().map(count).collect()
    }

    /// The children of each item, in order; those at the top come last.
    pub(crate) fn children(&self) -> (Vec<Vec<usize>>, Vec<usize>) {
        let (mut children, mut top) = (vec![Vec::new(); self.items.len()], Vec::new());
        for (i, item) in self.items.iter().enumerate() {
            match item.parent {
                Some(parent) => children[parent].push(i),
                None => top.push(i),
            }
        }
        (children, top)
    }

    /// Gives items with the same identifier one of their own: the first keeps it.
    pub(crate) fn tell_apart(&mut self, naming: &Naming) {
        let mut seen = std::collections::HashMap::new();
        for item in &mut self.items {
            let times: &mut usize = seen.entry(item.id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                item.id = naming.id("again", &[&item.id, &times.to_string()]);
            }
        }
    }
}

impl Item {
    pub(crate) fn new(id: String, kind: &str, text: impl Into<String>) -> Item {
        Item { id, kind: kind.to_owned(), text: text.into(), ..Item::default() }
    }

    /// What people call it: its code, or what it says.
    pub(crate) fn title(&self) -> &str {
        self.code.as_deref().filter(|code| !code.is_empty()).unwrap_or(&self.text)
    }
}

/// What a format cannot hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(Vec<Loss>);

/// Something that a format cannot hold, and how often it was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// What it is: `status of occupations`.
    pub what: String,
    /// How many are left out.
    pub count: usize,
}

impl Losses {
    /// What is left out, in the order in which it was met.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.0.iter()
    }

    /// Whether everything was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, what: impl Into<String>, count: usize) {
        if count == 0 {
            return;
        }
        let what = what.into();
        match self.0.iter_mut().find(|loss| loss.what == what) {
            Some(loss) => loss.count += count,
            None => self.0.push(Loss { what, count }),
        }
    }

    /// Counts the members that have no place in a format.
    pub(crate) fn add_members(&mut self, of: &str, more: &Members<String, Value>) {
        for name in more.keys() {
            self.add(format!("\"{name}\" of {of}"), 1);
        }
    }
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.what, self.count)
    }
}
