//! Concepts under themes, for a terminal.

use super::Layout;
use super::page::{Page, Paint, count};
use tlevel::concept::{Concept, ConceptIndex};
use tlevel::harmonise::{Harmony, Measure};

/// How many themes are shown where not all are.
const THEMES: usize = 25;
/// How many concepts of a theme are shown where not all are.
const CONCEPTS: usize = 3;

/// Lays out what was joined, theme by theme: each concept of more than one
/// wording with how many occupations have it and how well it holds together;
/// in full with every statement and the score of the pair that is least alike.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/england.json"))?)?.map;
/// let measure = Measure::new(&map);
/// let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default())?.with_themes(&measure);
/// let text = write::harmony_text(&measure, &harmony, &write::Layout::default());
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn harmony_text(measure: &Measure<'_>, harmony: &Harmony, layout: &Layout) -> String {
    let (map, concepts) = (measure.map(), harmony.concepts());
    let mut page = Page::new(layout);
    let title = map.title().unwrap_or("an untitled map");
    page.heading(Paint::Strong, &format!("Statements that say the same, in {title}"), "");
    let joined = |c: &Concept<'_>| harmony.cohesion(c.index()).is_some_and(|join| join.weakest.is_some());
    let said = concepts.iter().map(|c| c.statements().len()).sum::<usize>();
    let by = harmony.threshold().map_or_else(
        || "by wording and people's decisions alone".to_owned(),
        |threshold| format!("at a mean score of {threshold}"),
    );
    page.item(
        "",
        &format!(
            "{}, joined {by}: {}, of which {} hold more than one wording; {}. K knowledge, S skill, B behaviour; then \
             how many occupations say it, and the mean score of its wordings.",
            count(said, "statement"),
            count(concepts.len(), "concept"),
            concepts.iter().filter(joined).count(),
            count(concepts.themes().len(), "theme")
        ),
    );
    let mut under = vec![false; concepts.len()];
    let mut shown = 0;
    for theme in concepts.themes() {
        theme.concepts.iter().for_each(|c| under[c.index()] = true);
        let of: Vec<Concept<'_>> = theme.concepts.iter().filter_map(|c| concepts.get(*c)).collect();
        if layout.full || (shown < THEMES && of.iter().any(joined)) {
            page.blank();
            page.heading(Paint::Heading, &theme.label, &count(of.len(), "concept"));
            write_concepts(&mut page, measure, harmony, of, layout.full);
            shown += 1;
        }
    }
    let rest: Vec<Concept<'_>> = concepts.iter().filter(|c| !under[c.index().index()]).collect();
    if !rest.is_empty() && layout.full {
        page.blank();
        page.heading(Paint::Heading, "Under no theme", &count(rest.len(), "concept"));
        write_concepts(&mut page, measure, harmony, rest, true);
    }
    if !layout.full && concepts.themes().len() > shown {
        page.blank();
        let more = count(concepts.themes().len() - shown, "more theme");
        page.item("", &format!("{more} (the full listing has them)"));
    }
    write_near(&mut page, measure, harmony, layout.full);
    for stale in harmony.stale() {
        page.blank();
        page.item("Not applied: ", &stale.to_string());
    }
    page.finish()
}

fn write_concepts(
    page: &mut Page,
    measure: &Measure<'_>,
    harmony: &Harmony,
    mut concepts: Vec<Concept<'_>>,
    full: bool,
) {
    let map = measure.map();
    let occupations = |c: &Concept<'_>| {
        let mut of: Vec<_> =
            c.statements().iter().filter_map(|s| map.statement_at(*s)).map(|s| s.occupation().index()).collect();
        of.sort_unstable();
        of.dedup();
        of.len()
    };
    let cohesion = |c: ConceptIndex| harmony.cohesion(c).map_or(1.0, |cohesion| cohesion.mean);
    // stable: those of most occupations first
    concepts.sort_by_key(|c| std::cmp::Reverse(occupations(c)));
    let most = if full { usize::MAX } else { CONCEPTS };
    let joined = concepts.iter().filter(|c| full || c.statements().len() > 1).count();
    for concept in concepts.iter().filter(|c| full || c.statements().len() > 1).take(most) {
        let text = map.statement_at(concept.central()).map_or("", |s| s.text());
        let first =
            format!("  {} {:>3} {:.2}  ", concept.kind().letter(), occupations(concept), cohesion(concept.index()));
        page.painted_item(&first, Some(Paint::Quiet), text);
        if full && concept.statements().len() > 1 {
            page.item(&" ".repeat(first.len()), &format!("[{}]", concept.id()));
            for statement in concept.statements().iter().filter_map(|s| map.statement_at(*s)) {
                let code = format!("{}- {} {}: ", " ".repeat(first.len()), statement.occupation().id(), statement.id());
                page.painted_item(&code, Some(Paint::Quiet), statement.text());
            }
            if let Some(pair) = harmony.cohesion(concept.index()).and_then(|join| join.weakest) {
                let code =
                    |s| map.statement_at(s).map_or_else(String::new, |s| format!("{} {}", s.occupation().id(), s.id()));
                let weakest = format!("least alike: {} and {}, {:.2}", code(pair.a), code(pair.b), pair.score);
                page.item(&" ".repeat(first.len()), &weakest);
            }
        }
    }
    if joined > most {
        page.item("        ", &format!("{} more", joined - most));
    }
}

/// How many pairs that were almost joined are shown where not all are.
const NEAR: usize = 5;

fn write_near(page: &mut Page, measure: &Measure<'_>, harmony: &Harmony, full: bool) {
    let near = harmony.concepts().near();
    if near.is_empty() {
        return;
    }
    page.blank();
    page.heading(Paint::Heading, "Almost joined", &count(near.len(), "pair"));
    for pair in near.iter().take(if full { usize::MAX } else { NEAR }) {
        let [a, b] = pair.statements.map(|s| measure.map().statement_at(s));
        if let (Some(a), Some(b)) = (a, b) {
            let first = format!("  {:.2}  ", pair.score);
            let shown = |s: tlevel::map::Statement<'_>| format!("{} {}: {}", s.occupation().id(), s.id(), s.text());
            page.painted_item(&first, Some(Paint::Quiet), &shown(a));
            page.item("        ", &shown(b));
        }
    }
    if !full && near.len() > NEAR {
        let rest = count(near.len() - NEAR, "more pair");
        page.item("  ", &format!("{rest}; \"harmonise --review FILE\" puts those first that would change a core"));
    }
}
