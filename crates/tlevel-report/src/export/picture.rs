//! Whether a picture may stand in a page.

/// The elements that pictures of this crate are made of, and their like; nothing
/// that runs, loads or animates.
const ELEMENTS: [&str; 24] = [
    "svg",
    "g",
    "title",
    "desc",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "path",
    "text",
    "tspan",
    "a",
    "defs",
    "pattern",
    "marker",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "symbol",
    "use",
    "style",
];

/// The picture without what stands before its first element, if it holds nothing
/// but shapes, texts and safe links; else None.
pub(super) fn harmless(svg: &str) -> Option<&str> {
    let svg = svg.trim();
    let start = svg.find("<svg")?;
    let before = svg[..start].trim();
    if !(before.is_empty()
        || (before.starts_with("<?xml") && before.ends_with("?>") && before.matches('<').count() == 1))
    {
        return None;
    }
    let svg = &svg[start..];
    let mut rest = svg;
    let mut open: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = tag_end(rest)?;
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name.trim_end()) || (open.is_empty() && !rest.trim().is_empty()) {
                return None;
            }
            continue;
        }
        let closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let name = tag.split(|c: char| c.is_whitespace()).next()?;
        // within these a browser reads by other rules
        let words = open.last().is_some_and(|open| matches!(*open, "title" | "desc" | "style"));
        if words || !ELEMENTS.contains(&name) || !attributes_are_safe(name, &tag[name.len()..]) {
            return None;
        }
        if !closed {
            open.push(name);
        } else if open.is_empty() && !rest.trim().is_empty() {
            return None;
        }
    }
    (open.is_empty() && !svg.contains("@import") && !svg.contains(super::outline::forbidden)).then_some(svg)
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), _) if q == c => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether no attribute of a tag runs anything or leads astray.
fn attributes_are_safe(element: &str, mut attributes: &str) -> bool {
    loop {
        attributes = attributes.trim_start();
        if attributes.is_empty() {
            return true;
        }
        let Some((name, rest)) = attributes.split_once('=') else { return false };
        let name = name.trim_end().to_ascii_lowercase();
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
        let Some((value, after)) = rest[1..].split_once(quote) else { return false };
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_' | b'.'));
        let leads = name == "href" || name.ends_with(":href");
        let safe = ["https://", "http://", "#"].iter().any(|start| value.starts_with(start))
            || (element == "a" && is_beside(value));
        if !plain || name.starts_with("on") || (leads && !safe) || value.contains('<') {
            return false;
        }
        attributes = after;
    }
}

/// Whether an address is a page beside this one, by a plain relative path:
/// `../occupations/bricklayer.html`.
pub(super) fn is_beside(address: &str) -> bool {
    let path = address.strip_prefix("../").unwrap_or(address);
    let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'.'));
    path.strip_suffix(".html").is_some()
        && !path.starts_with(['/', '.'])
        && !path.contains("..")
        && plain(path)
        && plain(anchor)
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn shapes_texts_and_safe_links_alone() {
        let good = [
            "<svg viewBox=\"0 0 1 1\"><title>on x=3 &gt; 2</title><a href=\"https://example.org\"><rect/></a></svg>",
            "<svg><a href=\"../occupations/bricklayer.html#k1\"/></svg>",
            "<?xml version=\"1.0\"?>\n<svg aria-label='a > b, on = c'><use href=\"#a\"/></svg>\n",
        ];
        for good in good {
            assert!(harmless(good).is_some(), "{good}");
        }
        let bad = [
            "",
            "<p>",
            "<svg>",
            "<svg><script>alert(1)</script></svg>",
            "<svg onload=\"alert(1)\"></svg>",
            "<svg onload=alert(1)></svg>",
            "<svg><a href=\"java&#115;cript:alert(1)\"></a></svg>",
            "<svg><set attributeName=\"href\" to=\"javascript:x\"/></svg>",
            "<svg><foreignObject></foreignObject></svg>",
            "<svg></svg><p>more</p>",
            "<svg></svg>more",
            "<svg/><svg></svg>",
            "<svg><title><!-- </title></svg>",
            "<script></script><svg></svg>",
            "<svg><g></svg></g>",
            "<svg><use href=\"x.html\"/></svg>",
            "<svg><a href=\"//example.org/x.html\"/></svg>",
            "<svg><a href=\"javascript:x.html\"/></svg>",
            "<svg><a href=\"../../x.html\"/></svg>",
            "<svg><desc><style><a title=\"</style><img src=x onerror=alert(1)>\"></a></style></desc></svg>",
            "<svg><g id=\"<img src=x>\"/></svg>",
        ];
        for bad in bad {
            assert!(harmless(bad).is_none(), "{bad}");
        }
    }
}
