//! Concepts judged by people, from a table.

use super::builder::Builder;
use super::{Concepts, Error, Wording};
use crate::map::Map;
use crate::table::{Columns, Table};

pub(super) const COLUMNS: Columns =
    Columns::new("a file of concepts", &["occupation", "statement", "concept"]).with_optional(&["label", "also"]);

pub(super) fn read(map: &Map, table: &Table) -> Result<Concepts, Error> {
    let mut builder = Builder::new(map);
    for row in table.rows() {
        let place = || row.place("occupation");
        let cell =
            |column: &'static str| row.get(column).ok_or_else(|| Error::EmptyCell { place: row.place(column), column });
        let (occupation, statement) = (cell("occupation")?, cell("statement")?);
        builder.add(cell("concept")?, row.get("label"), occupation, statement, &place)?;
        for concept in row.cell("also").split(';').map(str::trim).filter(|id| !id.is_empty()) {
            builder.add_also(concept, occupation, statement, &place)?;
        }
    }
    Ok(builder.finish(Wording::Judged))
}
