//! Maps and frameworks in the formats of other systems: reading them as maps,
//! and writing maps, concepts, topics and programmes in them.
//!
//! [`read()`] is the door for all maps: it recognises the format by the content.
//!
//! | Format | Read | Written |
//! |---|---|---|
//! | a workbook (`.xlsx`, `.ods`) with the sheets of a map | yes | `write_workbook`, `write_template` (`.xlsx`) |
//! | CSV files with the tables of a map, as an archive | yes | [`write_csv`] |
//! | one list of statements, in a workbook or as CSV | yes | |
//! | CASE, CTDL-ASN, SKOS; the files of ESCO, Tabiya, O*NET and the UK Standard Skills Classification as an archive | yes | [`case`], [`ctdl_asn`], [`skos`], [`esco`] |
//! | context tables, tidy tables | | [`cxt`], [`tidy`] |
//! | everything that [`tlevel::read()`] knows | yes | |
//!
//! ```
//! let list = "Occupation;Kind;Code;Text;Level\nBaker;skill;S1;Knead dough by hand;2\n";
//! let map = tlevel_exchange::read(list.as_bytes(), "list.csv")?;
//! assert_eq!(map.occupations().next().unwrap().level, Some(2));
//! # Ok::<(), tlevel_exchange::Error>(())
//! ```

mod error;
mod frameworks;
mod tables;

use tlevel::read::{RawMap, Seems};

pub use error::{Error, WrongCell};
pub use frameworks::*;
pub use tables::{Places, TablePlace, write_csv};
#[cfg(feature = "office")]
pub use tables::{pack, write_csv_archive, write_template, write_workbook};

/// A map, with the places of its records if it was read from tables.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Read {
    /// The map.
    pub map: RawMap,
    /// Where its records are in sheets or CSV files.
    pub places: Places,
    /// What a framework of another system has that was not used, and what was assumed.
    pub notes: Vec<String>,
}

/// Reads a map in any format that is known, recognised by its content. `name` is the
/// name of the file for messages.
///
/// # Errors
///
/// * [`Error::Map`]: not a map in JSON: `read(b"{}", "map.json")`.
/// * [`Error::Table`]: a list without its columns: `read(b"a,b\n1,2\n", "list.csv")`.
/// * [`Error::NoMap`]: a workbook or archive without the sheets of a map.
/// * [`Error::Cells`]: cells that cannot be used, such as a level that is no number.
/// * [`Error::Archive`]: `read(b"PK\x03\x04 and no more", "map.zip")`.
///
/// # Complexity
///
/// `O(n)` time and memory in the size of the content; the content of a workbook or
/// an archive is limited to 256 MB a part.
pub fn read(bytes: &[u8], name: &str) -> Result<RawMap, Error> {
    Ok(read_with_places(bytes, name)?.map)
}

/// Like [`read()`], with the place of each record in its table.
///
/// # Errors
///
/// As [`read()`].
///
/// # Complexity
///
/// As [`read()`].
pub fn read_with_places(bytes: &[u8], name: &str) -> Result<Read, Error> {
    if let Some(read) = tables::read_tables(bytes, name) {
        return read;
    }
    let parts = [Part::new(name, bytes)];
    if frameworks::begins_as_one(bytes)
        && let Some(read) = frameworks::read_parts(&parts)
    {
        return read;
    }
    match tlevel::read(bytes) {
        Ok(map) => Ok(Read { map, places: Places::default(), notes: Vec::new() }),
        Err(error @ tlevel::read::Error::NotAMap { .. }) => match (frameworks::read_parts(&parts), error) {
            (Some(read), _) => read,
            (None, tlevel::read::Error::NotAMap { seems: Seems::Table(_) }) => tables::read_list(bytes, name),
            (None, error) => Err(Error::Map(error)),
        },
        Err(error) => Err(Error::Map(error)),
    }
}
