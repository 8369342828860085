//! Which occupation has which topic.

use tlevel::concept::Nature;
use tlevel::topics::{MatrixArea, MatrixRow, TopicMatrix};

use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Figure, Table};
use crate::picture::{self, TopicGrid, TopicGridPart, TopicGridRow};

/// Reports which of some occupations have which topics: a picture, and a table
/// with a row for each topic and a column for each unit of the matrix. General
/// topics come first, then those of occupations; in each part those that most
/// units have.
///
/// A cell is the number of statements; in brackets if they are too few for the
/// unit to have the topic. `of` names what the occupations are of, such as a
/// pathway. `titles` gives the title of an occupation by its id.
///
/// # Examples
///
/// ```
/// use tlevel::topics::{TopicMatrix, Topics, Vocabulary};
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let topics = Topics::assign(&map, &Vocabulary::bundled());
/// let units: Vec<_> = map.occupations().flat_map(|o| o.units()).collect();
/// let matrix = TopicMatrix::new(&topics, &units);
/// let document = report::topic_matrix(&matrix, "the bundled map", |id| map.occupation(id).map(|o| o.title()));
/// assert!(export::csv(&document).starts_with("topic,heading,nature,occupations,"));
/// assert!(export::svg(&document).is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the topics times the units.
pub fn topic_matrix<'t>(matrix: &TopicMatrix, of: &str, titles: impl Fn(&str) -> Option<&'t str>) -> Document {
    let title = format!("Which occupation has which topic: {of}");
    let names: Vec<String> = matrix.rows.iter().map(|row| name(row, &titles)).collect();
    let mut parts = [(Nature::General, "General topics"), (Nature::Occupational, "Topics of occupations")].map(
        |(nature, heading)| {
            let areas = matrix.areas.iter().enumerate().filter(|(_, area)| area.nature == nature);
            let mut areas: Vec<(usize, &MatrixArea)> = areas.collect();
            // stable: equal ones stay in the order of the vocabulary
            areas.sort_by_key(|(_, area)| std::cmp::Reverse(area.units));
            (heading, areas)
        },
    );
    parts.iter_mut().for_each(|(_, areas)| areas.retain(|(i, _)| cells(matrix, *i).iter().any(|(n, _)| *n > 0)));
    let grid = TopicGrid {
        title: title.clone(),
        description: format!(
            "{}, {}; a cell is the number of statements, filled if they are enough.",
            count(parts.iter().map(|(_, areas)| areas.len()).sum(), "topic"),
            count(names.len(), "occupation")
        ),
        columns: names.clone(),
        parts: (parts.iter())
            .map(|(heading, areas)| {
                let row = |(i, area): &(usize, &MatrixArea)| TopicGridRow {
                    name: area.heading.clone(),
                    cells: cells(matrix, *i),
                };
                TopicGridPart { heading: (*heading).to_owned(), rows: areas.iter().map(row).collect() }
            })
            .collect(),
    };
    let mut document = Document::new(title);
    document.blocks.push(Block::paragraph(
        "A cell is the number of statements that an occupation has on a topic. It is filled if they are enough for the \
         occupation to have the topic; in a table, a number in brackets is too few. For a general topic 1 statement is \
         enough (2 of more than 50 statements, 3 of more than 100), for any other 2 (3 of more than 66). A statement \
         may be on two topics.",
    ));
    let figure = Figure::new("Occupations by topics", grid.description.clone(), picture::topic_matrix(&grid));
    document.blocks.push(Block::Figure(figure));
    let mut columns = vec![
        Column::new("topic", 2),
        Column::new("heading", 3),
        Column::new("nature", 1),
        Column::new("occupations", 1),
    ];
    columns.extend(names.iter().map(|name| Column::new(name.as_str(), 1)));
    let mut table = Table::new("Occupations by topics", columns).whole(["occupations"]);
    for (i, area) in parts.iter().flat_map(|(_, areas)| areas) {
        let mut row: Vec<Cell> = [area.id.as_str(), area.heading.as_str(), area.nature.name()].map(Cell::from).into();
        row.push(Cell::count(area.units));
        row.extend(cells(matrix, *i).into_iter().map(|(statements, has)| match (statements, has) {
            (0, _) => Cell::from(""),
            (n, true) => Cell::count(n),
            (n, false) => Cell::from(format!("({n})")),
        }));
        table.rows.push(row);
    }
    document.data = Some(table);
    document
}

/// How many statements each unit has on an area, and whether they are enough.
fn cells(matrix: &TopicMatrix, area: usize) -> Vec<(usize, bool)> {
    let of = |row: &MatrixRow| {
        let cell = row.cells.iter().find(|cell| cell.area == area);
        cell.map_or((0, false), |cell| (cell.statements, cell.has))
    };
    matrix.rows.iter().map(of).collect()
}

fn name<'t>(row: &MatrixRow, titles: &impl Fn(&str) -> Option<&'t str>) -> String {
    let title = titles(&row.occupation).unwrap_or(&row.occupation);
    match &row.option {
        Some(option) => format!("{title}: {option}"),
        None => title.to_owned(),
    }
}
