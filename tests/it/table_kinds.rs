//! The kinds of table that people send, each with a file of it and what its
//! reader makes of it. The tests of workbooks use them too.

use tlevel::change::Changes;
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, Intake, People};
use tlevel::derive::Policy;
use tlevel::harmonise::Ledger;
use tlevel::map::Map;
use tlevel::review::Decisions;
use tlevel::study::{Gold, Labels};
use tlevel::table::{Columns, Table};

/// A kind of table, with a file of it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Columns],
    pub(crate) csv: &'static str,
}

/// The first line is the header; the last cell of the last row is empty; one
/// cell holds a comma, one a letter beyond ASCII.
pub(crate) const KINDS: [Kind; 8] = [
    Kind {
        name: "concepts",
        columns: Concepts::COLUMNS,
        csv: "occupation,statement,concept,label,also\nLARS82,K4,c1,\"Service, levels\",\nOCC0485,K4,c1,Café,\n",
    },
    Kind {
        name: "ledger",
        columns: Ledger::COLUMNS,
        csv: "decision,occupation_a,statement_a,occupation_b,statement_b,note\n\
              same,LARS82,K4,OCC0485,K4,\"both, said Zoë\"\ndifferent,OCC0682,K10,LARS82,K4,\n",
    },
    Kind {
        name: "pairs",
        columns: Gold::COLUMNS,
        csv: "occupation_a,statement_a,occupation_b,statement_b,label,why\n\
              LARS82,K4,OCC0485,K4,same,\"yes, né\"\nLARS82,K1,OCC0485,K1,different,\n",
    },
    Kind {
        name: "judged concepts",
        columns: Gold::COLUMNS,
        csv: "occupation,statement,concept,also\nLARS82,K4,\"c, 1\",\nOCC0485,K4,é,\n",
    },
    Kind { name: "labels", columns: Labels::COLUMNS, csv: "occupation,label,remark\nLARS82,\"a, b\",\nOCC0485,é,\n" },
    Kind {
        name: "decisions",
        columns: Decisions::COLUMNS,
        csv: "number,concept id,tier,decision,merge with,comment\nK1,k-law,route core,keep,,\"yes, Zoë\"\n\
              K2,k-ethics,pathway core,drop,,\n",
    },
    Kind {
        name: "changes",
        columns: Changes::COLUMNS,
        csv: "change,occupation,title,level\nre-title,LARS287,\"Bricklayer, senior é\",\nre-level,LARS82,,4\n\
              remove-occupation,OCC0485,,\n",
    },
    Kind {
        name: "responses",
        columns: Consultation::RESPONSES,
        csv: "question,occupation,to,map,rationale\na,Drone surveyor,,Construction,\"fast, and in a café\"\n\
              b,Bricklayer,caterer,,\n",
    },
];

pub(crate) fn bundled() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()).unwrap().map
}

/// What a reader makes of a table, in words.
pub(crate) fn result(kind: &Kind, table: &Table, map: &Map) -> String {
    match kind.name {
        "concepts" => Concepts::from_table(map, table).map(|concepts| format!("{concepts:?}")).unwrap(),
        "ledger" => {
            let ledger = Ledger::from_table(table).unwrap();
            let of = |d: &tlevel::harmonise::Decision| format!("{:?} {:?} {:?} {:?}", d.verdict, d.a, d.b, d.note);
            ledger.decisions().iter().map(of).collect()
        }
        "pairs" | "judged concepts" => format!("{:?}", Gold::from_table(map, table).unwrap()),
        "labels" => format!("{:?}", Labels::from_table(table).unwrap()),
        "decisions" => {
            let decisions = Decisions::from_table(table).unwrap();
            let of = |d: &tlevel::review::Decision| format!("{} {:?} {:?} {}", d.concept, d.tier, d.choice, d.comment);
            decisions.decisions().iter().map(of).collect()
        }
        "changes" => format!("{:?}", Changes::from_table(table).unwrap()),
        _ => {
            let concepts = Concepts::exact(map);
            let consultation = Consultation::new(map, &concepts, &Policy::t_level()).unwrap();
            let screened = consultation.take_in(&Intake::new(table).with_people(People::Named), |_, _| {}).0;
            let of = |p: &tlevel::consult::Proposal| format!("{} {:?}", p.title, p.rationales);
            assert_eq!(screened.not_screened, []);
            screened.proposals.iter().map(of).collect()
        }
    }
}

/// The cells of a file of [`KINDS`].
pub(crate) fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
