//! Reads duties, in the forms of both official sources, and what they cite.

use std::borrow::Cow;
use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::node::Node;
use super::origin::Item;
use super::raw::{RawDuty, RawOccupation, RawStatement};
use super::statements::{Reader, push_new};
use super::{RemarkKind, lenient};

impl<'n> Reader<'_, 'n> {
    /// Reads the duties of a record after its statements have been read.
    pub(super) fn duties(&mut self, record: &'n Node<'_>, occupation: &mut RawOccupation) {
        self.used.clear();
        for (i, node) in record.get("duties").map_or(&[][..], lenient::items).iter().enumerate() {
            let place = format!("/duties/{i}");
            if !matches!(node, Node::Record(_) | Node::Text(_)) {
                let (kind, what) = match node {
                    Node::Null => (RemarkKind::NullRecord, "null".to_owned()),
                    other => (RemarkKind::UnreadableValue, other.describe()),
                };
                self.remark(kind, &place, format!("{what} in the list of duties; left out"));
                continue;
            }
            let keys: Vec<String> =
                ["dutyId", "dutyID", "id"].iter().filter_map(|k| lenient::text(node.get(k)?).ok().flatten()).collect();
            let wanted = keys.iter().find(|k| !lenient::is_guid(k)).cloned();
            let code = self.free_code(wanted, 'D', i, ("duties", i));
            let texts = ["dutyDetail", "detail", "text"].iter().map(|k| node.get(k)).chain([Some(node)]);
            let text = texts.flatten().find_map(|node| match node {
                Node::Text(raw) => Some(self.cleaning.text(raw, || format!("{}{place}", self.pointer)).into_owned()),
                _ => None,
            });
            let mut duty = RawDuty {
                id: Some(code),
                text,
                core: node.get("isThisACoreDuty").and_then(lenient::truth),
                source_id: keys.into_iter().find(|k| lenient::is_guid(k)),
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
                for cited in node.get(list).map_or(&[][..], lenient::items) {
                    self.citation(cited, &place, &mut citations);
                }
            }
            duty.statements = citations.codes(&occupation.statements);
            for option in node.get("mappedOptions").map_or(&[][..], lenient::items) {
                if let Some(code) = self.option_code(option, &place, occupation) {
                    push_new(&mut duty.options, code);
                }
            }
            occupation.duties.push(duty);
        }
    }

    fn citation(&mut self, cited: &'n Node<'_>, place: &str, citations: &mut Citations<'n>) {
        if let Node::Text(key) = cited {
            // most citations are a key as it is: no need to clean it first
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
        for key in keys.filter_map(|key| lenient::borrowed(key).ok().flatten()) {
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
