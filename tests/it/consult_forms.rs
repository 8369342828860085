//! 120 invented answers in the form's own wording: what is screened at once, what after a
//! person has mended what came back, and what is read wrongly.

use serde_json::Value;
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, Intake, Screening};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::table::Table;
use tlevel::text::{WordList, title_key};

const FORMS: [(&[u8], &str); 2] = [
    (
        include_bytes!("../../fixtures/responses/form-a.csv"),
        include_str!("../../fixtures/responses/form-a.answers.json"),
    ),
    (
        include_bytes!("../../fixtures/responses/form-b.csv"),
        include_str!("../../fixtures/responses/form-b.answers.json"),
    ),
];

/// A proposal, by its line in the form and what it names.
type Asked = (u64, String);

fn key(name: &str) -> String {
    title_key(name.split('(').next().unwrap_or(name))
}

/// What a careful reader finds in the form, each once a row.
fn by_a_reader(answers: &str) -> Vec<Asked> {
    let answers: Vec<Value> = serde_json::from_str(answers).unwrap();
    let text = |value: &Value| key(value.as_str().unwrap_or_default());
    let of_proposal = |proposal: &Value| match proposal["question"].as_str() {
        Some("a") => format!("a {}", text(&proposal["occupation"])),
        Some("b") => format!("b {} > {}", text(&proposal["occupation"]), text(&proposal["to"])),
        _ => format!("c {}", text(&proposal["branch"])),
    };
    let of_row = |row: &Value| {
        let proposals = row["proposals"].as_array().unwrap();
        proposals.iter().map(|p| (row["row"].as_u64().unwrap(), of_proposal(p))).collect::<Vec<_>>()
    };
    let mut all: Vec<Asked> = answers.iter().flat_map(of_row).collect();
    all.sort();
    all.dedup();
    all
}

/// What is screened, each once a row, and the rows that came back.
fn screened(desk: &Consultation<'_>, table: &Table, corrected: Option<&Table>) -> (Vec<Asked>, String) {
    let intake = Intake::new(table).with_words(WordList::british());
    let (found, rejected) = desk.take_in(&corrected.map_or(intake, |rows| intake.with_corrected(rows)), |_, _| {});
    let mut all: Vec<Asked> = Vec::new();
    for proposal in &found.proposals {
        let name = match &proposal.screening {
            Screening::NewOccupation(new) => format!("a {}", key(&new.title)),
            Screening::MoveOccupation(moved) => {
                format!("b {} > {}", key(&moved.occupation.title), key(&moved.target.named.name))
            }
            Screening::OpenBranch(open) => format!("c {}", key(&open.branch.name)),
            other => panic!("{other:?}"),
        };
        all.extend(proposal.lines.iter().map(|line| (*line, name.clone())));
    }
    all.sort();
    all.dedup();
    (all, rejected)
}

/// The rejected rows as a person mends them: the name that was suggested for the one that
/// was not found. Rows that say nothing are left out.
fn mended(rejected: &str) -> String {
    let (header, rows) = rejected.split_once('\n').unwrap();
    let mend = |row: &str| {
        let (_, suggestion) = row.split_once("did you mean \"\"")?;
        let (suggestion, _) = suggestion.split_once("\"\"")?;
        let mut cells = row.splitn(5, ',').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(header.split(',').nth(3), Some("occupation"));
        cells[3] = format!("\"{suggestion}\"");
        Some(cells.join(","))
    };
    std::iter::once(header.to_owned()).chain(rows.lines().filter_map(mend)).collect::<Vec<_>>().join("\n")
}

#[test]
fn all_answers_are_screened_after_one_round_and_none_is_read_wrongly() {
    let map: Map =
        tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()).unwrap().map;
    let concepts = Concepts::exact(&map);
    let desk = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
    let mut figures = Vec::new();
    let mut wrong = Vec::new();
    for (csv, answers) in FORMS {
        let (table, expected) = (Table::read(csv, Consultation::RESPONSES).unwrap(), by_a_reader(answers));
        let (at_once, rejected) = screened(&desk, &table, None);
        let corrected = Table::read(mended(&rejected).as_bytes(), Consultation::RESPONSES).unwrap();
        let (after, _) = screened(&desk, &table, Some(&corrected));
        let right = |found: &[Asked]| expected.iter().filter(|asked| found.contains(asked)).count();
        figures.push([expected.len(), right(&at_once), right(&after)]);
        wrong.extend(after.into_iter().filter(|asked| !expected.contains(asked)).map(|(_, name)| name));
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!(figures, [[108, 106, 108], [87, 86, 87]]);
}
