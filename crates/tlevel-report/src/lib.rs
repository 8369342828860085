//! Floor 4: programmes, findings and documents that people read.
//!
//! | Function | For |
//! |---|---|
//! | [`programmes_text`] | a terminal, 80 columns or as told |
//! | [`programmes_markdown`] | a report, or a page in a wiki |
//! | [`findings_text`] | a terminal |
//! | [`similar_text`] | a terminal |
//! | [`harmony_text`] | a terminal |
//! | [`explanation_text`] | a terminal |
//! | [`placement_text`] | a terminal |
//! | [`progression_text`] | a terminal |
//! | [`consultation_text`] | a terminal |
//! | [`consultation_markdown`] | a report, or a page in a wiki |
//! | [`difference_text`] | a terminal |
//! | [`difference_markdown`] | a report, or a page in a wiki |
//! | [`drafts_text`] | a terminal |
//! | [`drafts_markdown`] | a report, or a page in a wiki |
//! | [`dendrogram_svg`] | a picture: what joins what, and how late |
//! | [`heat_map_svg`] | a picture: how alike all pairs are |
//! | [`map_svg`] | a picture: routes of a map, pathways by bands |
//! | [`overview`], [`overview_svg`] | which pathway is taught as a T Level, and from when: tables and a picture |
//! | [`programme_svg`] | a picture: a programme, sized by its content |
//! | [`sweep_svg`] | a picture: what changes along a setting, one panel a series |
//! | [`Site`] | an offline site of the map, its programmes and concepts |
//! | [`Specification`] | a draft specification of a pathway, as a [`document`] for all formats |
//!
//! Pictures are SVG, written with [`svg`]. What they show is given by plain
//! structs ([`DendrogramPicture`], [`HeatMapPicture`], [`SweepPicture`]) that
//! anything may fill.
//!
//! JSON needs no writer: results serialise as they are
//! ([`Derivation`](tlevel::derive::Derivation), [`Finding`](tlevel::check::Finding),
//! [`RawMap`](tlevel::read::RawMap)).

mod axis;
mod consultation_facts;
mod consultation_markdown;
mod consultation_text;
mod consultation_words;
mod dendrogram_svg;
mod difference_markdown;
mod difference_text;
mod difference_words;
pub mod document;
mod drafts_text;
mod explanation_text;
mod findings_text;
mod groups;
mod harmony_text;
mod heat_map_svg;
mod map_svg;
mod markdown_page;
mod overview;
mod overview_svg;
mod page;
mod placement_text;
mod programme_svg;
mod programmes_markdown;
mod programmes_text;
mod progression_text;
mod similar_text;
mod site;
mod specification;
pub mod svg;
mod sweep_svg;
#[cfg(feature = "office")]
mod workbook;

pub use consultation_markdown::consultation_markdown;
pub use consultation_text::consultation_text;
pub use dendrogram_svg::{DendrogramPicture, Leaf, Merge, dendrogram_svg, leaf_order};
pub use difference_markdown::difference_markdown;
pub use difference_text::difference_text;
pub use drafts_text::{drafts_markdown, drafts_text};
pub use explanation_text::explanation_text;
pub use findings_text::findings_text;
pub use harmony_text::harmony_text;
pub use heat_map_svg::{HeatMapPicture, heat_map_svg};
pub use map_svg::map_svg;
pub use overview::overview;
pub use overview_svg::overview_svg;
pub use placement_text::placement_text;
pub use programme_svg::programme_svg;
pub use programmes_markdown::programmes_markdown;
pub use programmes_text::programmes_text;
pub use progression_text::progression_text;
pub use similar_text::similar_text;
pub use site::{Site, SiteFile};
pub use specification::Specification;
pub use sweep_svg::{Series, SweepPicture, sweep_svg};
#[cfg(feature = "office")]
pub use workbook::read_table;

/// What to say where a date leaves nothing.
const NONE_BY_THEN: &str = "No programme is first taught by the date that was given.";

/// What to say beside a route quorum that may come to fewer pathways than the
/// policy's least.
fn no_fewer(policy: &tlevel::derive::Policy) -> String {
    if policy.route_quorum == tlevel::derive::Quorum::ALL || policy.min_pathways < 2 {
        return String::new();
    }
    format!(" ({} or more)", policy.min_pathways)
}

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// Columns to a line, at least 40.
    pub width: usize,
    /// Whether headings and counts carry ANSI colours.
    pub colour: bool,
    /// Whether everything is listed; else long lists are cut, and say so.
    pub full: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Layout { width: 80, colour: false, full: false }
    }
}

impl Layout {
    /// This layout with another width.
    #[must_use]
    pub fn width(mut self, width: usize) -> Self {
        self.width = width.max(40);
        self
    }

    /// This layout with or without colours.
    #[must_use]
    pub fn colour(mut self, colour: bool) -> Self {
        self.colour = colour;
        self
    }

    /// This layout with long lists in full, or cut.
    #[must_use]
    pub fn full(mut self, full: bool) -> Self {
        self.full = full;
        self
    }
}
