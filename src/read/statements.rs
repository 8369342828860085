//! Reads statements and options, in the forms of both official sources.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use itertools::Itertools as _;

use super::cleaning::{self, Cleaning};
use super::kinds::{self, GROUPED, Kind, LISTS, List, TITLES_OF_OPTIONS};
use super::lenient;
use super::node::{Node, excerpt};
use super::origin::Item;
use super::raw::{RawOccupation, RawOption, RawStatement};
use super::record::Record;
use super::unread::TEXTS;
use super::{Remark, RemarkKind, facts, options, product};
use crate::order;
use crate::text::{name_key, unused};

/// Members that name a statement's options, if a source has any.
const STATEMENT_OPTIONS: [&str; 4] = ["optionId", "optionIds", "options", "mappedOptions"];

/// Reads options, statements and duties of `record` into `occupation`, then the
/// options that appear only in text prefixes, and the facts about products,
/// regulation, degree, duration and funding.
pub(super) fn read(record: &Node<'_>, pointer: &str, occupation: &mut RawOccupation, remarks: &mut Vec<Remark>) {
    product::read(record, occupation);
    facts::read(&mut Record { node: record, pointer, remarks }, occupation);
    let mut reader = Reader {
        pointer,
        remarks,
        codes: HashMap::new(),
        option_codes: HashMap::new(),
        option_ids: HashSet::new(),
        repeats: HashMap::new(),
        used: HashSet::new(),
        texts: may_repeat(record).then(HashMap::new),
        counts: [0; 3],
        moved: Vec::new(),
        cleaning: Cleaning::default(),
    };
    reader.options(record, occupation);
    for list in LISTS {
        match record.get(list.member) {
            Some(Node::Record(_)) if list.kind.is_none() => reader.grouped(record, list, occupation),
            Some(node) => reader.statements(node, list, occupation),
            None => {}
        }
    }
    reader.statements_of_options(record, occupation);
    reader.name_moved(occupation);
    reader.duties(record, occupation);
    cleaning::add(std::mem::take(&mut reader.cleaning), reader.remarks);
    options::from_prefixes(occupation, pointer, remarks);
    let has_options = || record.get("coreAndOptions").and_then(lenient::truth) == Some(true);
    if occupation.options.is_empty() && occupation.product.is_none() && has_options() {
        let message = format!(
            "\"{}\" is a standard of core and options, and lists no option; all of its statements are read as core",
            occupation.title.as_deref().unwrap_or_default()
        );
        remarks.push(Remark::new(RemarkKind::MissingOptions, format!("{pointer}/coreAndOptions"), message));
    }
}

/// Whether two lists may give the same statement: one of a kind, and one of
/// all.
fn may_repeat(record: &Node<'_>) -> bool {
    let mixed = LISTS.iter().filter(|list| list.kind.is_none()).any(|list| record.get(list.member).is_some());
    mixed || record.get("options").map_or(&[][..], lenient::items).iter().any(|option| option.get("ksbs").is_some())
}

pub(super) struct Reader<'r, 'n> {
    pub(super) pointer: &'r str,
    pub(super) remarks: &'r mut Vec<Remark>,
    /// The index of a statement by every key that a source uses for it.
    pub(super) codes: HashMap<Cow<'n, str>, u32>,
    /// The code here of an option by each of its keys.
    pub(super) option_codes: HashMap<String, String>,
    /// The codes of the options so far.
    pub(super) option_ids: HashSet<String>,
    /// How often a code was used before, for codes that were used again.
    pub(super) repeats: HashMap<String, usize>,
    /// The codes of the statements so far.
    pub(super) used: HashSet<String>,
    /// The index of the statements so far by kind and text; only kept if a
    /// second list may give them again.
    pub(super) texts: Option<HashMap<(Kind, String), u32>>,
    /// The number of statements of each kind so far.
    pub(super) counts: [usize; 3],
    /// Statements that get another kind's code because of a heading above them,
    /// with the label that the source gives them.
    pub(super) moved: Vec<(u32, Kind, Option<String>)>,
    pub(super) cleaning: Cleaning,
}

impl<'n> Reader<'_, 'n> {
    pub(super) fn remark(&mut self, kind: RemarkKind, place: &str, message: String) {
        self.remarks.push(Remark::new(kind, format!("{}{place}", self.pointer), message));
    }

    fn options(&mut self, record: &Node<'_>, occupation: &mut RawOccupation) {
        for (i, node) in record.get("options").map_or(&[][..], lenient::items).iter().enumerate() {
            let place = format!("/options/{i}");
            let title = node
                .get("title")
                .or_else(|| node.get("name"))
                .map_or_else(|| if let Node::Text(_) = node { lenient::text(node) } else { Ok(None) }, lenient::text);
            let key = ["optionId", "id"].iter().find_map(|k| node.get(k)).map(lenient::text);
            let (Ok(title), Ok(key)) = (title, key.unwrap_or(Ok(None))) else {
                self.remark(RemarkKind::UnreadableValue, &place, format!("{} is not an option", node.describe()));
                continue;
            };
            if title.as_deref().is_some_and(|title| title.eq_ignore_ascii_case("core")) && node.get("ksbs").is_some() {
                // the courses API uses this name for "in no option"
                continue;
            }
            if title.is_none() && key.is_none() {
                if *node != Node::Null {
                    self.remark(RemarkKind::UnreadableValue, &place, "an option without id and title".to_owned());
                }
                continue;
            }
            if let Some(known) = key.as_ref().and_then(|k| self.option_codes.get(k)).cloned() {
                let same = occupation.options.iter().any(|o| o.id.as_ref() == Some(&known) && o.title == title);
                let end = if same { "this one is left out" } else { "this one gets a code of its own" };
                let message = format!("the option id \"{}\" is used twice; {end}", key.as_deref().unwrap_or_default());
                self.remark(RemarkKind::RepeatedId, &place, message);
                if same {
                    continue;
                }
            }
            self.add_option(key, title, occupation);
        }
        if occupation.options.is_empty() {
            self.titles_of_options(record, occupation);
        }
    }

    /// Options that are only named: texts, a text with a line for each, or
    /// objects with a title.
    fn titles_of_options(&mut self, record: &Node<'_>, occupation: &mut RawOccupation) {
        let mut known: HashSet<String> = HashSet::new();
        for (i, node) in record.get(TITLES_OF_OPTIONS).map_or(&[][..], lenient::items).iter().enumerate() {
            let place = || format!("/{TITLES_OF_OPTIONS}/{i}");
            let titles = match node {
                Node::Text(raw) => self.cleaning.text(raw, || format!("{}{}", self.pointer, place())).into_owned(),
                Node::Null => continue,
                other => {
                    let Ok(title) = lenient::text(other) else {
                        self.remark(
                            RemarkKind::UnreadableValue,
                            &place(),
                            format!("{} is not an option", other.describe()),
                        );
                        continue;
                    };
                    title.unwrap_or_default()
                }
            };
            for line in titles.lines() {
                let title = options::title_of_line(line);
                let key = name_key(title);
                let says_nothing = matches!(key.as_str(), "" | "none" | "n a" | "na" | "not applicable" | "core");
                if !says_nothing && known.insert(key) {
                    self.add_option(None, Some(title.to_owned()), occupation);
                }
            }
        }
    }

    fn add_option(&mut self, key: Option<String>, title: Option<String>, occupation: &mut RawOccupation) -> String {
        let taken = |code: &str| self.option_ids.contains(code);
        let code = match &key {
            Some(key) if !lenient::is_guid(key) && !taken(key) => key.clone(),
            _ => unused(format!("O{}", occupation.options.len() + 1), taken),
        };
        self.option_ids.insert(code.clone());
        if let Some(key) = key {
            self.option_codes.entry(key).or_insert_with(|| code.clone());
        }
        if let Some(title) = &title {
            self.option_codes.entry(title.clone()).or_insert_with(|| code.clone());
        }
        let title = title.unwrap_or_else(|| format!("Option {}", occupation.options.len() + 1));
        occupation.options.push(RawOption::new(code.clone(), title));
        code
    }

    /// Reads the lists of a member that groups them by kind.
    fn grouped(&mut self, record: &'n Node<'_>, mixed: &List, occupation: &mut RawOccupation) {
        let Some(Node::Record(members)) = record.get(mixed.member) else { return };
        let mut lists = Vec::new();
        for (name, node) in members {
            let known =
                GROUPED.iter().find(|list| list.member.strip_prefix("ksbs/") == Some(name) && mixed.member == "ksbs");
            let list = match (known, Kind::of_word(name)) {
                (Some(list), _) => *list,
                // its place is that of the group
                (None, Some(kind)) => List { kind: Some(kind), ..*mixed },
                (None, None) => {
                    let count = super::unread::statements(node);
                    if count > 0 {
                        self.unread(&format!("/{}/{}", mixed.member, super::origin::escape(name)), count, name);
                    }
                    continue;
                }
            };
            lists.push((list, node));
        }
        // knowledge first, whatever the order of the members
        order::by_key(&mut lists, |(list, _)| list.kind.map(|kind| kind as usize));
        for (list, node) in lists {
            self.statements(node, &list, occupation);
        }
    }

    fn unread(&mut self, place: &str, count: usize, list: &str) {
        let texts = if count == 1 { "1 statement".to_owned() } else { format!("{count} statements") };
        let message = format!(
            "{texts} of the list \"{}\" do not say whether they are knowledge, skill or behaviour: they are not read",
            excerpt(list, 40)
        );
        self.remark(RemarkKind::UnreadStatements, place, message);
    }

    fn statements(&mut self, node: &'n Node<'_>, list: &List, occupation: &mut RawOccupation) {
        let mut under: Option<(Heading, usize)> = None;
        let mut without_kind = None;
        for (i, item) in lenient::items(node).iter().enumerate() {
            let place = || format!("/{}/{i}", list.member);
            if *item == Node::Null {
                self.remark(RemarkKind::NullRecord, &place(), format!("null in the list of {}; left out", list.member));
                continue;
            }
            let shown = self.shown(item, place);
            if let Some(kind) = kinds::heading(&shown) {
                self.end_heading(under.take(), list);
                under = Some((Heading { kind, text: excerpt(&shown, 60), place: place() }, 0));
                continue;
            }
            let (kind, label, text) = match list.kind {
                Some(kind) => (Kind::of_both(list, item).unwrap_or(kind), None, &*shown),
                None => match (Kind::of_statement(item), kinds::label_before(&shown)) {
                    (Some(kind), Some((same, label, rest))) if kind == same => (kind, Some(label), rest),
                    (Some(kind), _) => (kind, None, &*shown),
                    (None, Some((kind, label, rest))) => (kind, Some(label), rest),
                    (None, None) => match &under {
                        Some((heading, _)) => (heading.kind, None, &*shown),
                        None => {
                            without_kind.get_or_insert((i, 0)).1 += 1;
                            continue;
                        }
                    },
                },
            };
            let moved_to = under.as_mut().map(|(heading, count)| {
                *count += 1;
                heading.kind
            });
            let moved_to = moved_to.filter(|_| list.kind.is_some());
            let kind = moved_to.unwrap_or(kind);
            let index = self.statement(item, list, i, kind, label, text, occupation);
            // its code is made after those that the source gives are known
            if list.kind.is_some_and(|own| own != kind) {
                let label = [list.label, "key"].iter().find_map(|k| lenient::text(item.get(k)?).ok().flatten());
                let label = label.filter(|label| !lenient::is_guid(label));
                if label.as_deref().and_then(Kind::of_label) != Some(kind) {
                    self.moved.push((index, kind, label));
                }
            }
        }
        self.end_heading(under, list);
        if let Some((first, count)) = without_kind {
            self.unread(&format!("/{}/{first}", list.member), count, list.member);
        }
    }

    /// The text of an item for display.
    fn shown(&mut self, item: &'n Node<'_>, place: impl Fn() -> String) -> Cow<'n, str> {
        let detail = match item {
            Node::Text(_) => Some(item),
            _ => TEXTS.iter().find_map(|name| item.get(name)),
        };
        match detail {
            Some(Node::Text(raw)) => self.cleaning.text(raw, || format!("{}{}", self.pointer, place())),
            None | Some(Node::Null) => Cow::Borrowed(""),
            Some(other) => {
                let message = format!("expected a statement's text, found {}; read as empty", other.describe());
                self.remark(RemarkKind::UnreadableValue, &place(), message);
                Cow::Borrowed("")
            }
        }
    }

    /// Adds a statement and returns its index. A statement that the separate
    /// lists have already given is not added again.
    #[expect(clippy::too_many_arguments, reason = "a statement has as many sides")]
    fn statement(
        &mut self,
        item: &'n Node<'_>,
        list: &List,
        index: usize,
        kind: Kind,
        label: Option<String>,
        text: &str,
        occupation: &mut RawOccupation,
    ) -> u32 {
        let keys: Vec<Cow<'n, str>> = [list.label, "key", "ksbKey", "code", "id"]
            .iter()
            .filter_map(|k| lenient::borrowed(item.get(k)?).ok().flatten())
            .collect();
        if let Some(texts) = self.texts.as_ref().filter(|_| list.kind.is_none() && !text.is_empty())
            && let Some(&known) = texts.get(&(kind, text.to_owned()))
        {
            for key in keys {
                self.codes.entry(key).or_insert(known);
            }
            return known;
        }
        let (guids, labels): (Vec<_>, Vec<_>) = keys.iter().partition(|k| lenient::is_guid(k));
        let wanted = label.or_else(|| labels.first().map(ToString::to_string));
        // in a list of one kind a label follows the position, nulls counted
        let named = list.kind.unwrap_or(kind);
        let number = self.counts[named as usize].max(if list.kind.is_some() { index } else { 0 });
        let letter = named.letter();
        let code = self.free_code(wanted, letter, number, (list.member, index));
        self.counts[named as usize] += 1;
        let source_id = guids.first().map(ToString::to_string);
        let at = occupation.statements.len() as u32;
        for key in keys {
            self.codes.entry(key).or_insert(at);
        }
        if let Some(texts) = &mut self.texts {
            texts.entry((kind, text.to_owned())).or_insert(at);
        }
        let raw = match item {
            Node::Text(raw) => Some(&**raw),
            _ => TEXTS.iter().find_map(|name| item.get(name)).and_then(|node| match node {
                Node::Text(raw) => Some(&**raw),
                _ => None,
            }),
        };
        let mut statement = RawStatement {
            source_text: raw.filter(|raw| *raw != text).map(str::to_owned),
            source_id,
            item: Some(Item { list: list.member, index: index as u32 }),
            ..RawStatement::new(code, kind.name(), text)
        };
        let place = format!("/{}/{index}", list.member);
        for option in STATEMENT_OPTIONS.iter().filter_map(|k| item.get(k)).flat_map(lenient::items) {
            if let Some(code) = self.option_code(option, &place, occupation) {
                push_new(&mut statement.option.0, code);
            }
        }
        occupation.statements.push(statement);
        at
    }

    /// Remarks on a heading among statements.
    fn end_heading(&mut self, heading: Option<(Heading, usize)>, list: &List) {
        let Some((Heading { kind, text, place, .. }, count)) = heading else { return };
        let outcome = match (count, list.kind) {
            (0, _) => "nothing is under it".to_owned(),
            (1, _) => format!("the statement after it is read as {}", kind.singular()),
            (n, _) => format!("the {n} statements after it are read as {}", kind.plural()),
        };
        let list = list.kind.map_or(list.member, Kind::plural);
        let message = format!("the heading \"{text}\" is in the list of {list}; it is left out, and {outcome}");
        self.remark(RemarkKind::HeadingAmongStatements, &place, message);
    }

    /// Gives the statements under a heading the codes of their kind.
    fn name_moved(&mut self, occupation: &mut RawOccupation) {
        let mut next: HashMap<Kind, usize> = HashMap::new();
        for (index, kind, label) in std::mem::take(&mut self.moved) {
            let Some(statement) = occupation.statements.get_mut(index as usize) else { continue };
            let next = next.entry(kind).or_insert(0);
            let code = loop {
                *next += 1;
                let code = format!("{}{next}", kind.letter());
                if self.used.insert(code.clone()) {
                    break code;
                }
            };
            statement.id = Some(code);
            statement.source_id = statement.source_id.take().or(label);
        }
    }

    /// Reads the statements that the options of the courses API list; those
    /// that all options have are core.
    fn statements_of_options(&mut self, record: &'n Node<'_>, occupation: &mut RawOccupation) {
        const LIST: List = List { member: "ksbs", kind: None, label: "ksbId" };
        let nodes = record.get("options").map_or(&[][..], lenient::items);
        let with_lists =
            nodes.iter().filter(|node| node.get("ksbs").is_some_and(|list| !lenient::items(list).is_empty()));
        let mut of_options: Vec<(u32, Vec<String>)> = Vec::new();
        let mut at: HashMap<u32, usize> = HashMap::new();
        let mut lists = 0;
        for node in with_lists {
            let Some(list) = node.get("ksbs") else { continue };
            let title = node.get("title").or_else(|| node.get("name")).and_then(|t| lenient::text(t).ok().flatten());
            let is_core = title.as_deref().is_some_and(|title| title.eq_ignore_ascii_case("core"));
            let key = ["optionId", "id"].iter().find_map(|k| lenient::text(node.get(k)?).ok().flatten());
            let code = key.or(title).and_then(|key| self.option_codes.get(&key)).cloned();
            lists += usize::from(!is_core);
            for (i, item) in lenient::items(list).iter().enumerate() {
                let shown = self.shown(item, || "/options".to_owned());
                let kind = Kind::of_statement(item).or_else(|| kinds::label_before(&shown).map(|(kind, ..)| kind));
                let Some(kind) = kind.filter(|_| *item != Node::Null) else { continue };
                let index = self.statement(item, &LIST, i, kind, None, &shown, occupation);
                if let Some(statement) = occupation.statements.get_mut(index as usize) {
                    // its place in the file is inside an option
                    statement.item = statement.item.filter(|_| record.get("ksbs").is_some());
                }
                let place = *at.entry(index).or_insert_with(|| {
                    of_options.push((index, Vec::new()));
                    of_options.len() - 1
                });
                let codes = &mut of_options[place].1;
                match &code {
                    _ if is_core => codes.clear(),
                    Some(code) if codes.last() != Some(code) => codes.push(code.clone()),
                    _ => {}
                }
            }
        }
        for (index, codes) in of_options {
            let codes: Vec<String> = codes.into_iter().unique().collect();
            let in_all = codes.len() == lists && lists > 1;
            if let Some(statement) = occupation.statements.get_mut(index as usize).filter(|_| !in_all) {
                let all = std::mem::take(&mut statement.option.0).into_iter().chain(codes);
                statement.option.0 = all.unique().collect();
            }
        }
    }

    /// The code of a statement or duty: the source's label, otherwise one made
    /// from the order in the list; a label used twice gets a number appended.
    pub(super) fn free_code(
        &mut self,
        wanted: Option<String>,
        letter: char,
        number: usize,
        (list, index): (&str, usize),
    ) -> String {
        let base = wanted.unwrap_or_else(|| format!("{letter}{}", number + 1));
        if self.used.insert(base.clone()) {
            return base;
        }
        let repeats = self.repeats.entry(base.clone()).or_insert(1);
        let code = loop {
            *repeats += 1;
            let code = format!("{base}-{repeats}");
            if self.used.insert(code.clone()) {
                break code;
            }
        };
        let message =
            format!("the id \"{}\" is used twice; here it is called \"{}\"", excerpt(&base, 40), excerpt(&code, 40));
        self.remark(RemarkKind::RepeatedId, &format!("/{list}/{index}"), message);
        code
    }

    /// The code of an option that a statement or duty names. An option that is
    /// not listed is added to the list.
    pub(super) fn option_code(
        &mut self,
        node: &Node<'_>,
        place: &str,
        occupation: &mut RawOccupation,
    ) -> Option<String> {
        let key = node.get("optionId").or_else(|| node.get("id")).unwrap_or(node);
        let Ok(key) = lenient::text(key) else {
            let message = format!("expected an option's id, found {}; left out", node.describe());
            self.remark(RemarkKind::UnreadableValue, place, message);
            return None;
        };
        let key = key?;
        if let Some(code) = self.option_codes.get(&key) {
            return Some(code.clone());
        }
        let code = self.add_option(Some(key.clone()), None, occupation);
        let message = format!(
            "the option \"{}\" is named here and not listed; it is added as \"{}\"",
            excerpt(&key, 40),
            excerpt(&code, 40)
        );
        self.remark(RemarkKind::UnlistedOption, place, message);
        Some(code)
    }
}

/// A heading among statements.
struct Heading {
    kind: Kind,
    text: String,
    place: String,
}

/// Adds a code unless it is already there.
pub(super) fn push_new(codes: &mut Vec<String>, code: String) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}
