//! Tidy tables: a row for each thing, a column for each of its facts, and nothing
//! else, for statistics programs and databases.
//!
//! | Table | A row is | Columns |
//! |---|---|---|
//! | [`statements`] | a statement | `route`, `pathway`, `cluster`, `occupation`, `title`, `level`, `status`, `statement`, `kind`, `option`, `text` |
//! | [`concepts`] | a statement in a concept | `concept`, `kind`, `label`, `topic`, `occupation`, `statement`, `text` |
//! | [`topics`] | a statement on a topic | `topic`, `heading`, `nature`, `occupation`, `statement`, `score`, `text` |
//! | [`programmes`] | an item of a programme | `route`, `pathway`, `tier`, `part`, `topic`, `heading`, `concept`, `kind`, `have`, `of`, `statements`, `text` |
//!
//! Ids are those of the map. A cell with several values separates them by `; `. An
//! empty cell means that there is no such thing. Texts are as on the map. `level`, `have`
//! and `of` are whole numbers, `score` has four decimals, all else is text.
//!
//! Each is a document whose data is the table, for [`csv`](tlevel_report::export::csv())
//! or, with the feature `parquet` of the reports, `parquet`.

use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Item};
use tlevel::map::{Map, Statement};
use tlevel_report::document::{Cell, CellType, Column, Document, Table};

/// A document whose data is a table.
fn table<const N: usize>(caption: &str, header: [&str; N], rows: impl Iterator<Item = [Cell; N]>) -> Document {
    let column = |heading: &str| {
        let mut column = Column::new(heading, if heading == "text" { 5 } else { 1 });
        column.cells = match heading {
            "level" | "have" | "of" => CellType::Whole,
            "score" => CellType::Decimal,
            _ => CellType::Text,
        };
        column
    };
    let mut table = Table::new(caption, header.map(column).into());
    table.rows = rows.map(Vec::from).collect();
    let mut document = Document::new(caption);
    document.data = Some(table);
    document
}

/// The statements of a map, in its order.
///
/// # Complexity
///
/// `O(n)` in the size of the map.
///
/// # Examples
///
/// ```
/// use tlevel_exchange::tidy;
/// use tlevel_report::export::csv;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let table = csv(&tidy::statements(&map));
/// assert!(table.starts_with("route,pathway,cluster,occupation,title,level,status,statement,kind,option,text\n"));
/// assert_eq!(table.lines().count(), 1 + map.statements().count());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn statements(map: &Map) -> Document {
    let header = [
        "route",
        "pathway",
        "cluster",
        "occupation",
        "title",
        "level",
        "status",
        "statement",
        "kind",
        "option",
        "text",
    ];
    let row = |statement: Statement<'_>| {
        let occupation = statement.occupation();
        let options: Vec<&str> = statement.options().map(|option| option.id()).collect();
        [
            occupation.pathway().route().id().into(),
            occupation.pathway().id().into(),
            occupation.cluster().id().into(),
            occupation.id().into(),
            occupation.title().into(),
            Cell::Number(occupation.level().number().into()),
            occupation.status().name().into(),
            statement.id().into(),
            statement.kind().name().into(),
            options.join("; ").into(),
            statement.text().into(),
        ]
    };
    table("Statements", header, map.statements().map(row))
}

/// The statements of each concept, in the order of the concepts. A bundle has a row
/// for each of its concepts.
///
/// # Complexity
///
/// `O(n)` in the number of statements.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel_exchange::tidy;
/// use tlevel_report::export::csv;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// assert!(csv(&tidy::concepts(&map, &Concepts::exact(&map))).starts_with("concept,kind,label,topic,occupation,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn concepts(map: &Map, concepts: &Concepts) -> Document {
    let header = ["concept", "kind", "label", "topic", "occupation", "statement", "text"];
    let mut topic_of = vec![""; concepts.len()];
    for topic in concepts.topics() {
        topic.concepts.iter().for_each(|concept| topic_of[concept.index()] = &topic.id);
    }
    let rows = concepts.iter().flat_map(|concept| {
        let topic = topic_of[concept.index().index()];
        concept.statements().iter().filter_map(move |s| map.statement_at(*s)).map(move |statement| {
            [
                concept.id().into(),
                concept.kind().name().into(),
                concept.label().unwrap_or_default().into(),
                topic.into(),
                statement.occupation().id().into(),
                statement.id().into(),
                statement.text().into(),
            ]
        })
    });
    table("Statements of concepts", header, rows)
}

/// The statements on each topic, in the order of the topics.
///
/// # Complexity
///
/// `O(n)` in the number of statements.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, topics::{Topics, Vocabulary}};
/// use tlevel_exchange::tidy;
/// use tlevel_report::export::csv;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
/// assert!(csv(&tidy::topics(&map, &concepts)).starts_with("topic,heading,nature,occupation,statement,score,text\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn topics(map: &Map, concepts: &Concepts) -> Document {
    let header = ["topic", "heading", "nature", "occupation", "statement", "score", "text"];
    let rows = concepts.topics().iter().flat_map(|topic| {
        let of = topic.statements.iter().filter_map(|s| Some((map.statement_at(s.statement)?, s.score)));
        of.map(|(statement, score)| {
            [
                topic.id.as_str().into(),
                topic.heading.as_str().into(),
                topic.nature.name().into(),
                statement.occupation().id().into(),
                statement.id().into(),
                Cell::decimal((score * 1e4).round() / 1e4),
                statement.text().into(),
            ]
        })
    });
    table("Statements on topics", header, rows)
}

/// The items of all programmes: those of the route core, the pathway core, the group
/// cores and the specialisms, in this order.
///
/// `tier` is `route core`, `pathway core`, `group core` or `specialism`; `part` is the id
/// of the group or the title of the specialism; `have` of `of` occupations have it.
///
/// # Complexity
///
/// `O(n)` in the size of the programmes.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_exchange::tidy;
/// use tlevel_report::export::csv;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::panel())?;
/// let items: usize = derivation.programmes.iter().map(|programme| programme.items().count()).sum();
/// assert!(csv(&tidy::programmes(&derivation)).lines().count() >= 1 + items);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn programmes(derivation: &Derivation) -> Document {
    let header =
        ["route", "pathway", "tier", "part", "topic", "heading", "concept", "kind", "have", "of", "statements", "text"];
    let rows = derivation.programmes.iter().flat_map(|programme| {
        let places = [programme.route.id.as_str(), programme.pathway.id.as_str()];
        let of = move |tier: &'static str, part: String, items: Vec<&Item>| {
            items.into_iter().map(|item| row(places, tier, &part, item)).collect::<Vec<_>>()
        };
        let mut rows = of("route core", String::new(), programme.route_core.iter().collect());
        rows.extend(of("pathway core", String::new(), programme.pathway_core.iter().collect()));
        for group in &programme.group_core {
            rows.extend(of("group core", group.group.id.clone(), group.content.iter().collect()));
        }
        for specialism in &programme.specialisms {
            rows.extend(of("specialism", specialism.title.clone(), specialism.items().collect()));
        }
        rows
    });
    table("Items of programmes", header, rows)
}

fn row([route, pathway]: [&str; 2], tier: &str, part: &str, item: &Item) -> [Cell; 12] {
    let statements: Vec<String> = item.statements.iter().map(|s| format!("{} {}", s.occupation, s.statement)).collect();
    let topic = item.topic.as_ref();
    [
        route.into(),
        pathway.into(),
        tier.into(),
        part.into(),
        topic.map_or("", |topic| &topic.id).into(),
        topic.map_or("", |topic| &topic.heading).into(),
        item.concept.as_str().into(),
        item.kind.name().into(),
        Cell::count(item.support.have),
        Cell::count(item.support.of),
        statements.join("; ").into(),
        item.text.as_str().into(),
    ]
}
