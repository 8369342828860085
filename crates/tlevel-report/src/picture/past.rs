//! The sign of a pathway whose past differs from its plan.

use super::svg::{Style, Svg};
use tlevel::teaching::{Delivery, PathwayTeaching, TeachingPlan};

/// How the past of a pathway differs from its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Past {
    /// Planned for a year by which others were taught, and has no date itself.
    NotTaught,
    /// Not planned, or marked for apprenticeships only, and taught.
    TaughtAnyway,
    /// Taught, and withdrawn.
    Withdrawn,
}

/// The side of a sign.
pub(super) const SIGN: f64 = 14.0;

impl Past {
    /// The sign of a pathway of a plan, if it has one.
    pub(super) fn of(pathway: &PathwayTeaching, plan: &TeachingPlan) -> Option<Self> {
        if pathway.last.is_some() {
            return Some(Past::Withdrawn);
        }
        let latest = plan.pathways.iter().filter_map(|p| year(p.actual.as_deref())).max();
        let is_closed = pathway.delivery == Delivery::ApprenticeshipOnly;
        match (year(pathway.planned.as_deref()), year(pathway.actual.as_deref())) {
            (Some(planned), None) => (Some(planned) <= latest).then_some(Past::NotTaught),
            (None, Some(_)) => {
                let has_plan = plan.pathways.iter().any(|p| p.planned.is_some());
                (is_closed || has_plan).then_some(Past::TaughtAnyway)
            }
            (Some(_), Some(_)) => is_closed.then_some(Past::TaughtAnyway),
            (None, None) => None,
        }
    }

    /// What happened to a pathway with this sign.
    pub(super) fn in_words(self, pathway: &PathwayTeaching) -> String {
        let [planned, actual, last] =
            [&pathway.planned, &pathway.actual, &pathway.last].map(|date| year(date.as_deref()).unwrap_or_default());
        match self {
            Past::Withdrawn if actual.is_empty() => format!("Withdrawn, last taught in {last}"),
            Past::Withdrawn if actual == last => format!("Withdrawn, taught in {last} alone"),
            Past::Withdrawn => format!("Withdrawn, taught from {actual} to {last}"),
            Past::NotTaught => format!("Planned for {planned}, not taught"),
            Past::TaughtAnyway if pathway.delivery == Delivery::ApprenticeshipOnly => {
                format!("Marked for apprenticeships only, taught since {actual}")
            }
            Past::TaughtAnyway => format!("Not planned, taught since {actual}"),
        }
    }

    /// What the sign means.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Past::NotTaught => "planned as a T Level, not taught",
            Past::TaughtAnyway => "taught as a T Level, though not planned",
            Past::Withdrawn => "T Level withdrawn",
        }
    }

    /// Draws the sign around a point.
    pub(super) fn draw(self, svg: &mut Svg, [x, y]: [f64; 2], colour: &str) {
        let half = SIGN / 2.0;
        match self {
            Past::NotTaught => {
                let ring = Style { fill: Some("#ffffff"), ..Style::lined(colour, 1.5) };
                svg.circle([x, y, half - 1.0], &ring);
                svg.line([x - half, y + half, x + half, y - half], &Style::lined(colour, 1.5));
            }
            Past::TaughtAnyway => {
                svg.rect([x - half, y - half, SIGN, SIGN], &Style::lined(colour, 1.0).dashed());
                svg.circle([x, y, half - 3.0], &Style::filled(colour));
            }
            Past::Withdrawn => withdrawn(svg, [x, y], half - 0.5, colour),
        }
    }
}

/// A disc with a white bar across.
pub(super) fn withdrawn(svg: &mut Svg, [x, y]: [f64; 2], radius: f64, colour: &str) {
    svg.circle([x, y, radius], &Style::filled(colour));
    svg.line([x - 0.6 * radius, y, x + 0.6 * radius, y], &Style::lined("#ffffff", 2.5));
}

fn year(date: Option<&str>) -> Option<&str> {
    date.and_then(|date| date.split('-').next())
}
