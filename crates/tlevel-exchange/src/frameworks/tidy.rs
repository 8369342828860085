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
//! empty cell means that there is no such thing. Texts are as on the map.

use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Item};
use tlevel::map::{Map, Statement};
use tlevel::table::csv;

fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    csv(std::iter::once(header.map(str::to_owned)).chain(rows))
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
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let table = tidy::statements(&map);
/// assert!(table.starts_with("route,pathway,cluster,occupation,title,level,status,statement,kind,option,text\n"));
/// assert_eq!(table.lines().count(), 1 + map.statements().count());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn statements(map: &Map) -> String {
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
            occupation.pathway().route().id().to_owned(),
            occupation.pathway().id().to_owned(),
            occupation.cluster().id().to_owned(),
            occupation.id().to_owned(),
            occupation.title().to_owned(),
            occupation.level().to_string(),
            occupation.status().name().to_owned(),
            statement.id().to_owned(),
            statement.kind().name().to_owned(),
            options.join("; "),
            statement.text().to_owned(),
        ]
    };
    table(header, map.statements().map(row))
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
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// assert!(tidy::concepts(&map, &Concepts::exact(&map)).starts_with("concept,kind,label,topic,occupation,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn concepts(map: &Map, concepts: &Concepts) -> String {
    let header = ["concept", "kind", "label", "topic", "occupation", "statement", "text"];
    let mut topic_of = vec![""; concepts.len()];
    for topic in concepts.topics() {
        topic.concepts.iter().for_each(|concept| topic_of[concept.index()] = &topic.id);
    }
    let rows = concepts.iter().flat_map(|concept| {
        let topic = topic_of[concept.index().index()];
        concept.statements().iter().filter_map(move |s| map.statement_at(*s)).map(move |statement| {
            [
                concept.id().to_owned(),
                concept.kind().name().to_owned(),
                concept.label().unwrap_or_default().to_owned(),
                topic.to_owned(),
                statement.occupation().id().to_owned(),
                statement.id().to_owned(),
                statement.text().to_owned(),
            ]
        })
    });
    table(header, rows)
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
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
/// assert!(tidy::topics(&map, &concepts).starts_with("topic,heading,nature,occupation,statement,score,text\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn topics(map: &Map, concepts: &Concepts) -> String {
    let header = ["topic", "heading", "nature", "occupation", "statement", "score", "text"];
    let rows = concepts.topics().iter().flat_map(|topic| {
        let of = topic.statements.iter().filter_map(|s| Some((map.statement_at(s.statement)?, s.score)));
        of.map(|(statement, score)| {
            [
                topic.id.clone(),
                topic.heading.clone(),
                topic.nature.name().to_owned(),
                statement.occupation().id().to_owned(),
                statement.id().to_owned(),
                format!("{score:.4}"),
                statement.text().to_owned(),
            ]
        })
    });
    table(header, rows)
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
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::panel())?;
/// let items: usize = derivation.programmes.iter().map(|programme| programme.items().count()).sum();
/// assert!(tidy::programmes(&derivation).lines().count() >= 1 + items);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn programmes(derivation: &Derivation) -> String {
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
    table(header, rows)
}

fn row([route, pathway]: [&str; 2], tier: &str, part: &str, item: &Item) -> [String; 12] {
    let statements: Vec<String> = item.statements.iter().map(|s| format!("{} {}", s.occupation, s.statement)).collect();
    let topic = item.topic.as_ref();
    [
        route.to_owned(),
        pathway.to_owned(),
        tier.to_owned(),
        part.to_owned(),
        topic.map_or(String::new(), |topic| topic.id.clone()),
        topic.map_or(String::new(), |topic| topic.heading.clone()),
        item.concept.clone(),
        item.kind.name().to_owned(),
        item.support.have.to_string(),
        item.support.of.to_string(),
        statements.join("; "),
        item.text.clone(),
    ]
}
