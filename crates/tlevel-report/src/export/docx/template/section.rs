//! The page of a template: its size, its margins, its headers and footers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use html_escape::encode_double_quoted_attribute;
use roxmltree::Node;

use super::error::TemplateError;
use super::package::parsed;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// What is taken over besides headers and footers, in the order of the format.
const TAKEN: [&str; 6] = ["pgSz", "pgMar", "pgBorders", "vAlign", "titlePg", "docGrid"];
/// The page of a file that says nothing: A4 with margins of 2 cm.
const SIZE: [i64; 2] = [11_906, 16_838];
const MARGIN: i64 = 1_134;

/// The last section of a template.
pub(super) struct Section {
    /// The kind (`header` or `footer`), the pages (`default`, `first`, `even`) and the
    /// id of each.
    references: BTreeMap<(String, String), String>,
    /// The other elements that are taken over, as XML.
    elements: Vec<String>,
    text: [i64; 2],
}

impl Section {
    pub(super) fn of(document: &str, name: &str) -> Result<Self, TemplateError> {
        let xml = parsed(name, document)?;
        let is = |node: &Node<'_, '_>, name: &str| node.has_tag_name((WORD, name));
        let sections: Vec<Node<'_, '_>> = xml.descendants().filter(|node| is(node, "sectPr")).collect();
        let mut references = BTreeMap::new();
        // a section without a header has that of the section before
        for node in sections.iter().flat_map(Node::children).filter(Node::is_element) {
            let kind = match node.tag_name().name() {
                "headerReference" => "header",
                "footerReference" => "footer",
                _ => continue,
            };
            let pages = node.attribute((WORD, "type")).unwrap_or("default");
            if let Some(id) =
                node.attribute((RELATIONSHIPS, "id")).filter(|_| ["default", "first", "even"].contains(&pages))
            {
                references.insert((kind.to_owned(), pages.to_owned()), id.to_owned());
            }
        }
        let last = sections.last();
        let child = |name: &str| last.and_then(|last| last.children().find(|node| is(node, name)));
        let number = |element: &str, attribute: &str, otherwise: i64| {
            let value = child(element).and_then(|node| node.attribute((WORD, attribute))?.parse::<f64>().ok());
            value.map_or(otherwise, |value| value.abs().min(1e6) as i64)
        };
        let [width, height] = [number("pgSz", "w", SIZE[0]), number("pgSz", "h", SIZE[1])];
        let sides =
            ["left", "right", "gutter"].map(|side| number("pgMar", side, if side == "gutter" { 0 } else { MARGIN }));
        let ends = ["top", "bottom"].map(|end| number("pgMar", end, MARGIN));
        let text = [width - sides.iter().sum::<i64>(), height - ends.iter().sum::<i64>()];
        let mut elements: Vec<String> =
            TAKEN.iter().filter_map(|name| child(name)).map(|node| written(&node)).collect();
        if child("pgSz").is_none() {
            elements.insert(0, format!("<w:pgSz w:w=\"{}\" w:h=\"{}\"/>", SIZE[0], SIZE[1]));
        }
        Ok(Section { references, elements, text })
    }

    /// The width and the height between the margins.
    pub(super) fn text(&self) -> [i64; 2] {
        self.text
    }

    pub(super) fn refers_to(&self, id: &str) -> bool {
        self.references.values().any(|own| own == id)
    }

    /// The properties of the section, with new ids of its headers and footers.
    pub(super) fn written(&self, ids: &BTreeMap<String, String>) -> String {
        let mut out = "<w:sectPr>".to_owned();
        for ((kind, pages), id) in &self.references {
            if let Some(id) = ids.get(id) {
                let _ = write!(out, "<w:{kind}Reference w:type=\"{pages}\" r:id=\"{id}\"/>");
            }
        }
        out + &self.elements.concat() + "</w:sectPr>"
    }
}

/// An element with its attributes and children of the format itself.
fn written(node: &Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    let mut out = format!("<w:{name}");
    for attribute in node.attributes().filter(|attribute| attribute.namespace() == Some(WORD)) {
        let _ = write!(out, " w:{}=\"{}\"", attribute.name(), encode_double_quoted_attribute(attribute.value()));
    }
    out.push('>');
    // borders of the page are the only ones with children
    let children = node.children().filter(|child| child.tag_name().namespace() == Some(WORD));
    out.extend(children.map(|child| written(&child)));
    let _ = write!(out, "</w:{name}>");
    out
}
