//! Plain lists of statements.

use tlevel_exchange::{read, read_with_places};

use crate::tables::workbook;

fn error(list: &str) -> String {
    read(list.as_bytes(), "dir/list.csv").unwrap_err().to_string()
}

#[test]
fn a_list_is_a_map() {
    let list = "Role,KSB,Type,Statement,Level,Route,Pathway,Cluster\n\
                Baker,K1,Knowledge,Flours,3,Catering,Food,Bread\n\
                Baker,,Skills,Knead,3,Catering,Food,Bread\n\
                Miller,S1,S,Grind,2,Catering,Food,\n";
    let map = read(list.as_bytes(), "list.csv").unwrap();
    assert!(map.remarks.is_empty(), "{:?}", map.remarks);
    assert_eq!(map.title.as_deref(), Some("list"));
    let clusters = &map.routes[0].pathways[0].clusters;
    let names: Vec<_> = clusters.iter().map(|cluster| cluster.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Bread", "Food"]);
    let baker = &clusters[0].occupations[0];
    let statements: Vec<_> =
        baker.statements.iter().map(|own| (own.id.as_deref().unwrap(), own.kind.as_deref().unwrap())).collect();
    assert_eq!(statements, [("K1", "knowledge"), ("S1", "skill")]);
    assert_eq!((baker.id.as_deref(), baker.level), (Some("baker"), Some(3)));
}

#[test]
fn a_list_in_a_workbook_has_places() {
    let rows: &[&[&str]] = &[
        &["Statements of the bakers"],
        &["occupation", "kind", "code", "text"],
        &["Baker", "knowing", "K1", "=Flours"],
        &["Baker", "knowing", "K1", "=Flours"],
    ];
    let read = read_with_places(&workbook(&[("Notes", &[&["hello"]]), ("My list", rows)]), "list.xlsx").unwrap();
    let messages: Vec<&str> = read.map.remarks.iter().map(|remark| remark.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "'My list'!A4: the row is the same as row 3, and counts once; delete it",
            "'My list'!A1: above the header, and not used: \"Statements of the bakers\"",
            "the list has no column Level, Route, Pathway, Cluster. Every occupation is read with level 3. A branch that \
             the list does not name has the name of the branch above it, or \"All occupations\"."
        ]
    );
    let baker = "/routes/0/pathways/0/clusters/0/occupations/0";
    assert_eq!(read.places.of(&format!("{baker}/statements/0/kind")).unwrap().to_string(), "'My list'!B3");
    assert_eq!(read.map.occupations().next().unwrap().statements[0].text.as_deref(), Some("=Flours"));
}

#[test]
fn codes_say_the_kind() {
    let map = read(b"occupation,code,text\nBaker,K12,Flours\nBaker,s2,Knead\n", "list.csv").unwrap();
    let kinds: Vec<_> = map.occupations().flat_map(|own| &own.statements).map(|own| own.kind.as_deref()).collect();
    assert_eq!(kinds, [Some("knowledge"), Some("skill")]);
}

#[test]
fn wrong_lists_are_reported() {
    assert_eq!(
        error("occupation,level,kind,text\nBaker,2,K,Flours\nBaker,3,K,Ovens\n,2,K,Yeast\nMiller,high,K,Stones\n"),
        "list.csv:3: the level of \"Baker\" is 3 here and 2 in row 2; give one\n  \
         list.csv:4: the occupation is empty; give the title of the occupation\n  \
         list.csv:5: the level is \"high\"; expected a level: 2, 3, 4, 5, 6 or 7"
    );
    assert_eq!(
        error("occupation,text\nBaker,Flours\n"),
        "list.csv:2: the list has no column Kind and no column Code; one of them must say what is knowledge, skill and \
         behaviour"
    );
    let message = error("ocupation,kind,code,text\nBaker,K,K1,Flours\n");
    assert!(
        message.starts_with("line 1: the column \"Occupation\" is missing (did you mean \"ocupation\"?)"),
        "{message}"
    );
    let sheets: &[&[&str]] = &[&["a", "b"], &["1", "2"]];
    let message = read(&workbook(&[("Sheet1", sheets)]), "x.xlsx").unwrap_err().to_string();
    assert!(message.starts_with("no map is in the file: it has neither the sheets of a map"), "{message}");
}
