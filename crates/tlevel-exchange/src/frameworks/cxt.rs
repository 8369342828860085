//! Burmeister's context format (`.cxt`), which programs for formal concept analysis
//! read: objects, attributes, and a cross where an object has an attribute.

use tlevel::concept::Concepts;
use tlevel::map::Map;

use super::model::Losses;

/// Which attributes the occupations of a context have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Attributes {
    /// The concepts that at least two occupations have.
    #[default]
    Concepts,
    /// The topics that at least one occupation has a statement on.
    Topics,
}

/// Returns a context table of occupations by concepts or topics, and what it cannot
/// hold.
///
/// An object is an occupation (`OCC0682 Digital support technician`), an attribute a
/// concept or topic with its id and heading. An occupation has a concept if one of its
/// statements, of the core or of an option, is in it. A concept of a single
/// occupation tells nothing of what occupations share and is left out, and counted.
///
/// # Complexity
///
/// `O(o a)` for `o` occupations and `a` attributes: the format is a table.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel_exchange::cxt;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let (text, _) = cxt::write(&map, &Concepts::exact(&map), cxt::Attributes::Concepts);
/// assert!(text.starts_with("B\n\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(map: &Map, concepts: &Concepts, attributes: Attributes) -> (String, Losses) {
    let objects: Vec<String> = map.occupations().map(|o| line(&format!("{} {}", o.id(), o.title()))).collect();
    let mut losses = Losses::default();
    let mut columns: Vec<(String, Vec<bool>)> = Vec::new();
    let occupation = |s| map.statement_at(s).map(|statement| statement.occupation().index().index());
    let mut column = |name: String, of: &mut dyn Iterator<Item = usize>, at_least: usize| {
        let mut has = vec![false; objects.len()];
        of.for_each(|occupation| has[occupation] = true);
        if has.iter().filter(|has| **has).count() >= at_least {
            columns.push((name, has));
            return true;
        }
        false
    };
    match attributes {
        Attributes::Concepts => {
            for concept in concepts.iter() {
                let text = concept.label().or_else(|| map.statement_at(concept.central()).map(|s| s.text()));
                let name = line(&format!("{} {}", concept.id(), text.unwrap_or_default()));
                let mut of = concept.statements().iter().filter_map(|s| occupation(*s));
                if !column(name, &mut of, 2) {
                    losses.add("concepts that one occupation has", 1);
                }
            }
            losses.add("topics", concepts.topics().len());
        }
        Attributes::Topics => {
            for topic in concepts.topics() {
                let name = line(&format!("{} {}", topic.id, topic.heading));
                let mut of = topic.statements.iter().filter_map(|s| occupation(s.statement));
                column(name, &mut of, 1);
            }
        }
    }
    losses.add("wordings of statements", map.statements().len());
    losses.add("duties", map.occupations().map(|o| o.duties().len()).sum());
    (text(&objects, &columns), losses)
}

/// The lines of the format: `B`, a name (none), the two numbers, a blank line, the
/// names, and the rows.
fn text(objects: &[String], columns: &[(String, Vec<bool>)]) -> String {
    let mut text = format!("B\n\n{}\n{}\n\n", objects.len(), columns.len());
    for name in objects.iter().chain(columns.iter().map(|(name, _)| name)) {
        text.push_str(name);
        text.push('\n');
    }
    for i in 0..objects.len() {
        text.extend(columns.iter().map(|(_, has)| if has[i] { 'X' } else { '.' }));
        text.push('\n');
    }
    text
}

/// A name on one line.
fn line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
