//! Statements, duties and options, as both official sources give them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use fixedbitset::FixedBitSet;

use super::clean::display_text;
use super::dirt;
use super::node::{Node, excerpt};
use super::origin::Item;
use super::raw::{RawDuty, RawOccupation, RawOption, RawStatement};
use super::{Remark, RemarkKind, options};
use crate::text::unused;

/// A list of statements in a record.
struct List {
    member: &'static str,
    kind: &'static str,
    /// The letter of the labels (K1, K2, ...).
    letter: char,
    /// The member of a statement that holds its label.
    label: &'static str,
}

const LISTS: [List; 3] = [
    List { member: "knowledges", kind: "knowledge", letter: 'K', label: "knowledgeId" },
    List { member: "skills", kind: "skill", letter: 'S', label: "skillId" },
    List { member: "behaviours", kind: "behaviour", letter: 'B', label: "behaviourId" },
];

/// Members that name a statement's options, where a source has any.
const STATEMENT_OPTIONS: [&str; 4] = ["optionId", "optionIds", "options", "mappedOptions"];

/// Reads options, statements and duties of `record` into `occupation`, then
/// the options that only a text prefix tells.
pub(super) fn read(record: &Node<'_>, pointer: &str, occupation: &mut RawOccupation, remarks: &mut Vec<Remark>) {
    let mut reader = Reader {
        pointer,
        remarks,
        codes: HashMap::new(),
        option_codes: HashMap::new(),
        option_ids: HashSet::new(),
        repeats: HashMap::new(),
    };
    reader.options(record, occupation);
    let mut used = HashSet::new();
    for list in &LISTS {
        if let Some(node) = record.get(list.member) {
            reader.statements(node, list, occupation, &mut used);
        }
    }
    reader.duties(record, occupation);
    options::from_prefixes(occupation);
}

struct Reader<'r, 'n> {
    pointer: &'r str,
    remarks: &'r mut Vec<Remark>,
    /// Every key that a source uses for a statement, to its index.
    codes: HashMap<Cow<'n, str>, u32>,
    /// Every key of an option, to its code here.
    option_codes: HashMap<String, String>,
    /// The codes of the options so far.
    option_ids: HashSet<String>,
    /// How often a code was used before, where it was used again.
    repeats: HashMap<String, usize>,
}

impl<'n> Reader<'_, 'n> {
    fn remark(&mut self, kind: RemarkKind, place: &str, message: String) {
        self.remarks.push(Remark::new(kind, format!("{}{place}", self.pointer), message));
    }

    fn options(&mut self, record: &Node<'_>, occupation: &mut RawOccupation) {
        for (i, node) in record.get("options").map_or(&[][..], dirt::items).iter().enumerate() {
            let place = format!("/options/{i}");
            let title = node
                .get("title")
                .or_else(|| node.get("name"))
                .map_or_else(|| if let Node::Text(_) = node { dirt::text(node) } else { Ok(None) }, dirt::text);
            let key = ["optionId", "id"].iter().find_map(|k| node.get(k)).map(dirt::text);
            let (Ok(title), Ok(key)) = (title, key.unwrap_or(Ok(None))) else {
                self.remark(RemarkKind::UnreadableValue, &place, format!("{} is no option", node.describe()));
                continue;
            };
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
    }

    fn add_option(&mut self, key: Option<String>, title: Option<String>, occupation: &mut RawOccupation) -> String {
        let taken = |code: &str| self.option_ids.contains(code);
        let code = match &key {
            Some(key) if !dirt::is_guid(key) && !taken(key) => key.clone(),
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

    fn statements(
        &mut self,
        node: &'n Node<'_>,
        &List { member: list, kind, letter, label }: &List,
        occupation: &mut RawOccupation,
        used: &mut HashSet<String>,
    ) {
        for (i, item) in dirt::items(node).iter().enumerate() {
            let place = || format!("/{list}/{i}");
            let detail = match item {
                Node::Null => {
                    self.remark(RemarkKind::NullRecord, &place(), format!("null in the list of {list}; left out"));
                    continue;
                }
                Node::Text(_) => Some(item),
                _ => ["detail", "text", "description"].iter().find_map(|k| item.get(k)),
            };
            let raw = match detail {
                Some(Node::Text(raw)) => raw,
                None | Some(Node::Null) => "",
                Some(other) => {
                    let message = format!("expected a statement's text, found {}; read as empty", other.describe());
                    self.remark(RemarkKind::UnreadableValue, &place(), message);
                    ""
                }
            };
            let shown = display_text(raw);
            let keys: Vec<Cow<'n, str>> =
                [label, "id"].iter().filter_map(|k| dirt::borrowed(item.get(k)?).ok().flatten()).collect();
            let (guids, labels): (Vec<_>, Vec<_>) = keys.iter().partition(|k| dirt::is_guid(k));
            let wanted = labels.first().map(ToString::to_string);
            let code = self.free_code(wanted, letter, (list, i), used);
            let source_id = guids.first().map(ToString::to_string);
            for key in keys {
                self.codes.entry(key).or_insert(occupation.statements.len() as u32);
            }
            let mut statement = RawStatement {
                source_text: (shown != raw).then(|| raw.to_owned()),
                source_id,
                item: Some(Item { list, index: i as u32 }),
                ..RawStatement::new(code, kind, shown)
            };
            for option in STATEMENT_OPTIONS.iter().filter_map(|k| item.get(k)).flat_map(dirt::items) {
                if let Some(code) = self.option_code(option, &place(), occupation) {
                    push_new(&mut statement.option.0, code);
                }
            }
            occupation.statements.push(statement);
        }
    }

    /// The code of a statement or duty: the source's label, else one made from
    /// the order in the list; a label used twice gets a number behind it.
    fn free_code(
        &mut self,
        wanted: Option<String>,
        letter: char,
        (list, index): (&str, usize),
        used: &mut HashSet<String>,
    ) -> String {
        let base = wanted.unwrap_or_else(|| format!("{letter}{}", index + 1));
        if used.insert(base.clone()) {
            return base;
        }
        let repeats = self.repeats.entry(base.clone()).or_insert(1);
        let code = loop {
            *repeats += 1;
            let code = format!("{base}-{repeats}");
            if used.insert(code.clone()) {
                break code;
            }
        };
        let message =
            format!("the id \"{}\" is used twice; here it is called \"{}\"", excerpt(&base, 40), excerpt(&code, 40));
        self.remark(RemarkKind::RepeatedId, &format!("/{list}/{index}"), message);
        code
    }

    /// The code of an option that a statement or duty names; one that is not
    /// listed is added to the list.
    fn option_code(&mut self, node: &Node<'_>, place: &str, occupation: &mut RawOccupation) -> Option<String> {
        let key = node.get("optionId").or_else(|| node.get("id")).unwrap_or(node);
        let Ok(key) = dirt::text(key) else {
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

    fn duties(&mut self, record: &'n Node<'_>, occupation: &mut RawOccupation) {
        let mut used = HashSet::new();
        for (i, node) in record.get("duties").map_or(&[][..], dirt::items).iter().enumerate() {
            let place = format!("/duties/{i}");
            if !matches!(node, Node::Record(_)) {
                let (kind, what) = match node {
                    Node::Null => (RemarkKind::NullRecord, "null".to_owned()),
                    other => (RemarkKind::UnreadableValue, other.describe()),
                };
                self.remark(kind, &place, format!("{what} in the list of duties; left out"));
                continue;
            }
            let keys: Vec<String> =
                ["dutyId", "dutyID", "id"].iter().filter_map(|k| dirt::text(node.get(k)?).ok().flatten()).collect();
            let wanted = keys.iter().find(|k| !dirt::is_guid(k)).cloned();
            let code = self.free_code(wanted, 'D', ("duties", i), &mut used);
            let text = ["dutyDetail", "detail", "text"].iter().find_map(|k| match node.get(k) {
                Some(Node::Text(raw)) => Some(display_text(raw).into_owned()),
                _ => None,
            });
            let mut duty = RawDuty {
                id: Some(code),
                text,
                core: node.get("isThisACoreDuty").and_then(dirt::truth),
                source_id: keys.into_iter().find(|k| dirt::is_guid(k)),
                item: Some(Item { list: "duties", index: i as u32 }),
                ..RawDuty::default()
            };
            let mut citations = Citations::default();
            for list in [
                "mappedKnowledge",
                "mappedKnowledgeIds",
                "mappedKnowledges",
                "mappedSkills",
                "mappedSkillIds",
                "mappedSkillsIds",
                "mappedBehaviour",
                "mappedBehaviourIds",
                "mappedBehaviours",
            ] {
                for cited in node.get(list).map_or(&[][..], dirt::items) {
                    self.citation(cited, &place, &mut citations);
                }
            }
            duty.statements = citations.codes(&occupation.statements);
            for option in node.get("mappedOptions").map_or(&[][..], dirt::items) {
                if let Some(code) = self.option_code(option, &place, occupation) {
                    push_new(&mut duty.options, code);
                }
            }
            occupation.duties.push(duty);
        }
    }

    fn citation(&mut self, cited: &'n Node<'_>, place: &str, citations: &mut Citations<'n>) {
        if let Node::Text(key) = cited {
            // most citations are a key as it stands: no need to clean it first
            if let Some(&index) = self.codes.get(&**key) {
                return citations.add(index);
            }
        }
        let members: &[&str] = match cited {
            Node::Null => return,
            Node::Record(_) => &["knowledgeId", "skillId", "behaviourId", "id"],
            _ => &[],
        };
        let keys = members.iter().filter_map(|member| cited.get(member)).chain(members.is_empty().then_some(cited));
        let mut unknown = None;
        for key in keys.filter_map(|key| dirt::borrowed(key).ok().flatten()) {
            if let Some(&index) = self.codes.get(&key) {
                return citations.add(index);
            }
            unknown.get_or_insert(key);
        }
        match unknown {
            Some(key) => citations.add_unknown(key),
            None => {
                let message = format!("expected a statement's id, found {}; left out", cited.describe());
                self.remark(RemarkKind::UnreadableValue, place, message);
            }
        }
    }
}

/// The statements that a duty cites, each once, in the order of the duty.
#[derive(Default)]
struct Citations<'n> {
    cited: FixedBitSet,
    order: Vec<Result<u32, Cow<'n, str>>>,
    unknown: HashSet<Cow<'n, str>>,
}

impl<'n> Citations<'n> {
    fn add(&mut self, statement: u32) {
        self.cited.grow(statement as usize + 1);
        if !self.cited.put(statement as usize) {
            self.order.push(Ok(statement));
        }
    }

    fn add_unknown(&mut self, key: Cow<'n, str>) {
        if self.unknown.insert(key.clone()) {
            self.order.push(Err(key));
        }
    }

    fn codes(self, statements: &[RawStatement]) -> Vec<String> {
        let code = |index: u32| statements[index as usize].id.clone().unwrap_or_default();
        self.order.into_iter().map(|cited| cited.map_or_else(Cow::into_owned, code)).collect()
    }
}

/// Adds a code that is not there yet.
fn push_new(codes: &mut Vec<String>, code: String) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}
