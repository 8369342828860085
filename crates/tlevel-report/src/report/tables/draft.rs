//! The content of a draft specification as one table.

use tlevel::derive::Specification;

use super::{document, table};
use crate::document::{Block, Cell, Document, Listing, plain};
use crate::report::specification;

/// Returns the content of a draft specification as one table: a row for each numbered
/// item, in the order of the draft, with the code that it keeps from draft to draft.
///
/// `part` is the main heading above, `section` those below it, with ` > `; `place` is its
/// number in this draft if that is not its code; `text` has its points too; `facts` is the
/// small print.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, Specification};
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::exact(&map);
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let onsite = Specification::of(&map, &concepts, &derivation, "construction/onsite-construction").unwrap();
/// let csv = export::csv(&report::specification_table(&onsite));
/// assert!(csv.starts_with("part,section,tier,place,code,concept,label,text,facts\nOccupational specialisms,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of the draft.
pub fn specification_table(of: &Specification) -> Document {
    let draft = specification(of);
    let columns = [
        ("part", 2),
        ("section", 3),
        ("tier", 1),
        ("place", 1),
        ("code", 1),
        ("concept", 1),
        ("label", 2),
        ("text", 6),
        ("facts", 3),
    ];
    let mut table = table(&draft.title, &columns);
    let mut headings: Vec<&str> = Vec::new();
    for block in draft.listed(Listing::File) {
        match block {
            Block::Heading { level, text, .. } => {
                headings.truncate(usize::from(level.saturating_sub(1)));
                headings.push(text);
            }
            Block::Content { items, review, .. } => {
                let part = headings.first().copied().unwrap_or_default();
                let section = headings.get(1..).unwrap_or_default().join(" > ");
                for item in items {
                    let tier = review.map_or("", |tier| tier.name());
                    let own = [&item.place, &item.number, &item.key, &item.label].map(String::as_str);
                    let (whole, facts) = (item.whole(), plain(&item.detail));
                    let row = [part, &section, tier].into_iter().chain(own).chain([&*whole, &facts]);
                    table.rows.push(row.map(Cell::from).collect());
                }
            }
            _ => {}
        }
    }
    let mut flat = document(table);
    flat.rights = draft.rights;
    flat
}
