//! A finished picture, and the check of a picture from elsewhere.

use roxmltree::Node;
use serde::{Deserialize, Serialize};

use super::font::is_forbidden;

/// The font of all texts. Its rules name the class of these pictures, because a
/// style inside a page applies to the whole page.
pub(super) const STYLE: &str = ".tlevel-picture{font-family:\"Segoe UI\",\"Helvetica Neue\",Arial,\"Liberation Sans\",\
    \"Noto Sans\",\"DejaVu Sans\",sans-serif;print-color-adjust:exact;-webkit-print-color-adjust:exact}\
    .tlevel-picture rect{shape-rendering:crispEdges}.tlevel-picture a text{text-decoration:underline}";

/// The elements that [`Svg`](super::Svg) writes.
const ELEMENTS: [&str; 11] = ["svg", "title", "desc", "style", "rect", "circle", "line", "path", "text", "g", "a"];

/// A finished picture: SVG that [`Svg`](super::Svg) wrote, or SVG with nothing in
/// it that [`Svg`](super::Svg) could not write.
///
/// It is safe to embed in an HTML page. It serialises as its SVG, and is checked
/// when it is read back.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::{Picture, svg::Svg};
///
/// let picture = Svg::new("Nothing", "An empty picture").finish(10.0, 10.0);
/// assert_eq!(Picture::try_from(picture.svg().to_owned())?, picture);
/// assert!(Picture::try_from("<svg onload=\"alert(1)\"/>".to_owned()).is_err());
/// # Ok::<(), tlevel_report::picture::NotAPicture>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Picture {
    svg: String,
}

/// Why a text is not a [`Picture`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a picture made by tlevel: expected SVG with only shapes, texts and links; draw it again")]
pub struct NotAPicture;

impl Picture {
    pub(super) fn drawn(svg: String) -> Self {
        Picture { svg }
    }

    /// Returns the picture as SVG, for a file or for an HTML page.
    pub fn svg(&self) -> &str {
        &self.svg
    }
}

impl From<Picture> for String {
    fn from(picture: Picture) -> String {
        picture.svg
    }
}

impl TryFrom<String> for Picture {
    type Error = NotAPicture;

    fn try_from(svg: String) -> Result<Self, NotAPicture> {
        if is_like_ours(&svg) { Ok(Picture { svg }) } else { Err(NotAPicture) }
    }
}

/// Whether a picture holds only what this module draws.
fn is_like_ours(svg: &str) -> bool {
    let is_bad = |c: char| c != '\n' && is_forbidden(c);
    // HTML reads comments, CDATA and instructions differently
    if !svg.starts_with("<svg ") || ["<!", "<?"].iter().any(|start| svg.contains(start)) || svg.contains(is_bad) {
        return false;
    }
    let Ok(document) = roxmltree::Document::parse(svg) else { return false };
    document.descendants().filter(Node::is_element).all(|node| {
        let name = node.tag_name();
        let holds_text = node.children().all(|child| child.is_text());
        ELEMENTS.contains(&name.name())
            && name.namespace() == Some("http://www.w3.org/2000/svg")
            && match name.name() {
                "style" => holds_text && node.text() == Some(STYLE),
                "title" | "desc" => holds_text,
                _ => true,
            }
            && node.attributes().all(|attribute| match attribute.name() {
                _ if attribute.namespace().is_some() => false,
                "href" => name.name() == "a" && is_allowed(attribute.value()),
                "aria-label" => true,
                other => !other.starts_with("on") && other != "style" && !attribute.value().contains("url("),
            })
    })
}

/// Whether a picture may link to an address: a relative one, or one of `http`,
/// `https` or `mailto`.
pub(super) fn is_allowed(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    let is_known = scheme
        .is_none_or(|(scheme, _)| ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)));
    is_known && !address.is_empty() && address.trim() == address && !address.contains(is_forbidden)
}

#[cfg(test)]
mod tests {
    use super::{NotAPicture, Picture, STYLE};
    use crate::picture::svg::{Style, Svg, Text};

    fn read(body: &str) -> Result<Picture, NotAPicture> {
        Picture::try_from(format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{body}</svg>"))
    }

    #[test]
    fn what_is_drawn_reads_back() {
        let mut svg = Svg::new("A <title> & more", "on x=3 > 2 \u{1b}");
        svg.rect([0.0, 0.0, 9.0, 9.0], &Style::filled("#ffffff"));
        svg.link("../occupations/bricklayer.html#k1", |svg| svg.text(&Text::new(1.0, 1.0, "on = 'c'")));
        svg.titled("a tooltip", |svg| svg.text(&Text::new(1.0, 1.0, "]]> <!-- -->")));
        let picture = svg.finish(10.0, 10.0);
        let json = serde_json::to_string(&picture).unwrap();
        assert_eq!(serde_json::from_str::<Picture>(&json).unwrap(), picture);
    }

    #[test]
    fn shapes_texts_and_links_alone() {
        assert!(read(&format!("<style>{STYLE}</style><rect/><a href=\"https://example.org\"><g/></a>")).is_ok());
        for bad in [
            "<script>alert(1)</script>",
            "<rect onload=\"alert(1)\"/>",
            "<rect style=\"background:url(x)\"/>",
            "<rect fill=\"url(https://example.org)\"/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a href=\"java&#115;cript:alert(1)\"/>",
            "<a href=\" javascript:alert(1)\"/>",
            "<a href=\"java&#10;script:alert(1)\"/>",
            "<a xmlns:x=\"http://www.w3.org/1999/xlink\" x:href=\"javascript:alert(1)\"/>",
            "<rect href=\"https://example.org\"/>",
            "<set attributeName=\"href\" to=\"javascript:x\"/>",
            "<foreignObject/>",
            "<g xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<style>@import url(x)</style>",
            "<title><g/></title>",
            "<title><!-- </title>-->",
            "<desc><![CDATA[</desc><script>]]></desc>",
            "<g>",
            "</svg><p>more",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        for bad in ["", "<p>", "<svg ", "<svg />", " <svg xmlns=\"http://www.w3.org/2000/svg\"/>"] {
            assert!(Picture::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
