//! The styles and lists of a template, with those that it lacks.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The ids of the styles of a template, by those that documents use.
pub(in crate::export::docx) type Ids = BTreeMap<String, String>;

fn styles_of<'d>(xml: &'d Document<'d>) -> Vec<Node<'d, 'd>> {
    xml.root_element().children().filter(|node| node.has_tag_name((WORD, "style"))).collect()
}

/// The styles of a template with those of `own` that it lacks, and the ids of all. A
/// style is there if one of its kind has its name.
pub(in crate::export::docx) fn styles(template: &str, own: &str) -> (String, Ids) {
    let (Ok(theirs), Ok(ours)) = (Document::parse(template), Document::parse(own)) else {
        return (template.to_owned(), Ids::new());
    };
    let kind = |node: &Node<'_, '_>| node.attribute((WORD, "type")).unwrap_or("paragraph").to_owned();
    let name = |node: &Node<'_, '_>| {
        node.children()
            .find(|child| child.has_tag_name((WORD, "name")))
            .and_then(|child| child.attribute((WORD, "val")))
            .map(|name| name.trim().to_lowercase())
    };
    let id = |node: &Node<'_, '_>| node.attribute((WORD, "styleId")).unwrap_or_default().to_owned();
    let is_default = |node: &Node<'_, '_>| matches!(node.attribute((WORD, "default")), Some("1" | "true" | "on"));
    let known = styles_of(&theirs);
    let taken: BTreeSet<String> = known.iter().map(|node| id(node).to_lowercase()).collect();
    let mut ids = Ids::new();
    let mut lacking = Vec::new();
    for node in styles_of(&ours) {
        let same = known.iter().find(|own| kind(own) == kind(&node) && name(own) == name(&node));
        // what is not styled is so by the default of the kind, whatever its name
        let same =
            same.or_else(|| known.iter().find(|own| is_default(&node) && is_default(own) && kind(own) == kind(&node)));
        if let Some(same) = same {
            ids.insert(id(&node), id(same));
            continue;
        }
        let mut new = id(&node);
        while taken.contains(&new.to_lowercase()) {
            new.insert_str(0, "Tlevel");
        }
        ids.insert(id(&node), new);
        lacking.push(node);
    }
    let added: String = lacking.iter().map(|node| with_ids(own.get(node.range()).unwrap_or_default(), &ids)).collect();
    (before_end(template, &added), ids)
}

/// A style of our own with the ids of the template.
fn with_ids(style: &str, ids: &Ids) -> String {
    let mut out =
        style.replacen("<w:style ", &format!("<w:style xmlns:w=\"{WORD}\" "), 1).replace(" w:default=\"1\"", "");
    for mark in [" w:styleId=\"", "<w:basedOn w:val=\"", "<w:next w:val=\""] {
        out = replaced(&out, mark, ids);
    }
    out
}

/// The ids after a mark, replaced.
fn replaced(text: &str, mark: &str, ids: &Ids) -> String {
    let mut parts = text.split(mark);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push_str(mark);
        out.push_str(ids.get(id).map_or(id, String::as_str));
        out.push('"');
        out.push_str(rest);
    }
    out
}

/// A document with the ids of a template. Its headings have no numbers of the
/// template's, as their own are part of them.
pub(in crate::export::docx) fn restyled(body: &str, ids: &Ids, list: usize, own_list: usize) -> String {
    let mut out = body.replace(&format!("<w:numId w:val=\"{own_list}\" />"), &format!("<w:numId w:val=\"{list}\" />"));
    for level in 1..=4 {
        let style = format!("<w:pStyle w:val=\"Heading{level}\" />");
        out = out.replace(&style, &format!("{style}<w:numPr><w:numId w:val=\"0\" /></w:numPr>"));
    }
    for mark in ["<w:pStyle w:val=\"", "<w:rStyle w:val=\"", "<w:tblStyle w:val=\""] {
        out = replaced(&out, mark, ids);
    }
    out
}

/// The lists of a template with one of our own; returns its id too.
pub(in crate::export::docx) fn numbering(template: Option<&str>, own: &str, list: usize) -> (String, usize) {
    let parsed = template.and_then(|template| Some((template, Document::parse(template).ok()?)));
    let (Some((template, theirs)), Ok(ours)) = (parsed, Document::parse(own)) else { return (own.to_owned(), list) };
    let greatest = |element: &str, attribute: &str| {
        let all = theirs.root_element().children().filter(|node| node.has_tag_name((WORD, element)));
        let ids = all.filter_map(|node| node.attribute((WORD, attribute))?.parse::<usize>().ok());
        ids.filter(|id| *id < 1_000_000).max().unwrap_or(0) + 1
    };
    let (kind, number) = (greatest("abstractNum", "abstractNumId"), greatest("num", "numId"));
    let is_own = |node: &Node<'_, '_>| {
        node.has_tag_name((WORD, "abstractNum")) && node.attribute((WORD, "abstractNumId")) == Some(&*list.to_string())
    };
    let Some(node) = ours.root_element().children().find(is_own) else { return (own.to_owned(), list) };
    let text = own.get(node.range()).unwrap_or_default();
    let text = text.replacen(
        &format!("<w:abstractNum w:abstractNumId=\"{list}\""),
        &format!("<w:abstractNum xmlns:w=\"{WORD}\" w:abstractNumId=\"{kind}\""),
        1,
    );
    // kinds of lists come before lists
    let first = theirs.root_element().children().find(|node| node.has_tag_name((WORD, "num")));
    let at = first.map_or_else(|| end(template), |node| node.range().start);
    let (before, after) = template.split_at_checked(at).unwrap_or((template, ""));
    let reference =
        format!("<w:num xmlns:w=\"{WORD}\" w:numId=\"{number}\"><w:abstractNumId w:val=\"{kind}\"/></w:num>");
    let end_of_lists = theirs.root_element().children().rfind(|node| node.has_tag_name((WORD, "num")));
    let split = end_of_lists.map_or(0, |node| node.range().end - at);
    let (lists, rest) = after.split_at_checked(split).unwrap_or((after, ""));
    ([before, &text, lists, &reference, rest].concat(), number)
}

/// Where the root of a part ends.
fn end(xml: &str) -> usize {
    xml.rfind("</").unwrap_or(xml.len())
}

fn before_end(xml: &str, added: &str) -> String {
    let (before, after) = xml.split_at_checked(end(xml)).unwrap_or((xml, ""));
    [before, added, after].concat()
}
