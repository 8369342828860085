//! A vocabulary as a table: a topic a row.

use std::collections::HashMap;

use super::error::VocabularyError;
use super::vocabulary::{Vocabulary, VocabularyTopic};
use crate::concept::Nature;
use crate::table::{Columns, Row, Table};
use crate::text::{DidYouMean, closest, slug};

const OPTIONAL: &[&str] = &["id", "scope", "nature", "routes", "broader", "source"];

const COLUMNS: Columns =
    Columns::new("a list of topics", &["heading", "cues"]).with_optional(OPTIONAL).refusing_others();

impl Vocabulary {
    /// Reads a vocabulary from a CSV text, a topic a row. Columns, in any
    /// order, of which `heading` and `cues` are needed:
    ///
    /// | Column | What it has |
    /// |---|---|
    /// | `heading` | the heading |
    /// | `cues` | words and phrases, with semicolons between them |
    /// | `id` | the id; if empty, made from the heading |
    /// | `scope` | what belongs under it |
    /// | `nature` | `general` or `occupational`; if empty, occupational where there are routes |
    /// | `routes` | ids of routes, with semicolons between them |
    /// | `broader` | the id of the wider topic |
    /// | `source` | where the heading comes from |
    ///
    /// Such a table usually extends the bundled vocabulary: [`Vocabulary::extended`].
    ///
    /// # Errors
    ///
    /// [`VocabularyError::Table`]: no table, or an unknown column.
    /// [`VocabularyError::Row`] with the line: no heading or cue, an unknown
    /// nature, an id that occurs twice. Of several rows with errors
    /// [`VocabularyError::Several`], one for each.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::Vocabulary;
    ///
    /// let own = Vocabulary::from_csv("heading;cues;nature\nBeekeeping;\"bees; hives\";general\n")?;
    /// assert_eq!(own.topic("beekeeping").unwrap().cues, ["bees", "hives"]);
    /// let error = Vocabulary::from_csv("heading,cues\nBeekeeping,\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: the cues are empty; write words that speak for the topic, with semicolons between them");
    /// # Ok::<(), tlevel::topics::VocabularyError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_csv(text: &str) -> Result<Vocabulary, VocabularyError> {
        Vocabulary::from_table(&Table::read(text.as_bytes(), Vocabulary::COLUMNS)?)
    }

    /// The columns of a table of topics.
    pub const COLUMNS: &'static [Columns] = &[COLUMNS];

    /// [`Vocabulary::from_csv`] of a table that was read by
    /// [`Vocabulary::COLUMNS`]: CSV as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// As [`Vocabulary::from_csv`], with the line, or the sheet and cell.
    pub fn from_table(table: &Table) -> Result<Vocabulary, VocabularyError> {
        let (mut topics, mut wrong) = (Vec::new(), Vec::new());
        let mut seen: HashMap<String, String> = HashMap::new();
        for row in table.rows() {
            match topic(row, &seen) {
                Ok(topic) => {
                    seen.insert(topic.id.clone(), row.place("heading"));
                    topics.push(topic);
                }
                Err((column, message)) => wrong.push(VocabularyError::Row { place: row.place(column), message }),
            }
        }
        VocabularyError::unless(wrong, Vocabulary { topics, ..Vocabulary::default() })
    }
}

/// The topic of a row; or the column that is wrong, and why.
fn topic(row: Row<'_>, seen: &HashMap<String, String>) -> Result<VocabularyTopic, (&'static str, String)> {
    let list = |column| -> Vec<String> {
        row.cell(column).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let heading = row
        .get("heading")
        .ok_or_else(|| ("heading", "the heading is empty; write one, or take the row out".to_owned()))?;
    let id = row.get("id").map_or_else(|| slug(heading), str::to_owned);
    if id.is_empty() {
        return Err(("heading", "the heading has no letter; write one, or give an id".to_owned()));
    }
    if let Some(first) = seen.get(&id) {
        return Err(("id", format!("{first} has the id \"{id}\" too; give one of them another")));
    }
    let cues = list("cues");
    if cues.is_empty() {
        let message = "the cues are empty; write words that speak for the topic, with semicolons between them";
        return Err(("cues", message.to_owned()));
    }
    let routes = list("routes");
    let nature = match row.get("nature").map(str::to_lowercase) {
        None if routes.is_empty() => Nature::General,
        None => Nature::Occupational,
        Some(name) => Nature::from_name(&name).ok_or_else(|| {
            let hint = DidYouMean(closest(&name, Nature::NAMES));
            let found = crate::read::excerpt(row.cell("nature"), 40);
            ("nature", format!("\"{found}\" is no nature{hint:#}; write general or occupational"))
        })?,
    };
    let mut topic = VocabularyTopic::new(id, heading);
    row.cell("scope").clone_into(&mut topic.scope);
    topic.cues = cues;
    topic.nature = nature;
    topic.routes = routes;
    topic.broader = row.get("broader").map(str::to_owned);
    topic.source = row.get("source").map(str::to_owned);
    Ok(topic)
}
