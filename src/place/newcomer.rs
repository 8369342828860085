//! What is known of an occupation that is to be placed.

use crate::map::Occupation;
use crate::read::RawOccupation;

/// An occupation to place: whatever is known of it; nothing is required.
///
/// # Examples
///
/// ```
/// use tlevel::place::NewOccupation;
///
/// let mut roofer = NewOccupation::titled("Solar roof installer");
/// roofer.level = Some(2);
/// roofer.statements.push("Fix brackets and panels to pitched roofs.".to_owned());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewOccupation {
    /// Its id or another name for messages.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Titles of its jobs.
    pub job_titles: Vec<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// What it is about.
    pub overview: String,
    /// Its knowledge, skills and behaviours.
    pub statements: Vec<String>,
    /// Its duties.
    pub duties: Vec<String>,
    /// Qualifications that it requires.
    pub qualifications: Vec<String>,
    /// Its level; one outside 2 to 7 says nothing of its band.
    pub level: Option<i64>,
}

impl NewOccupation {
    /// One of which only the title is known.
    pub fn titled(title: impl Into<String>) -> Self {
        NewOccupation { title: title.into(), ..NewOccupation::default() }
    }

    /// The texts, field by field, with the weight of each.
    pub(super) fn fields(&self) -> [(f64, Vec<&str>); 6] {
        fn all(list: &[String]) -> Vec<&str> {
            list.iter().map(String::as_str).collect()
        }
        let duties = self.duties.iter().chain(&self.qualifications).map(String::as_str).collect();
        [
            (0.6, vec![self.title.as_str()]),
            (0.5, all(&self.job_titles)),
            (0.5, all(&self.keywords)),
            (0.7, vec![self.overview.as_str()]),
            (1.0, all(&self.statements)),
            (0.5, duties),
        ]
    }

    /// How many of the fields, from the first on, are short texts: names.
    pub(super) const NAMES: usize = 3;
}

impl From<Occupation<'_>> for NewOccupation {
    fn from(occupation: Occupation<'_>) -> Self {
        NewOccupation::from(occupation.raw())
    }
}

impl From<&RawOccupation> for NewOccupation {
    /// Where the record stands in its file is ignored.
    fn from(raw: &RawOccupation) -> Self {
        NewOccupation {
            id: raw.id.clone().unwrap_or_default(),
            title: raw.title.clone().unwrap_or_default(),
            job_titles: raw.job_titles.clone(),
            keywords: raw.keywords.clone(),
            overview: raw.overview.clone().unwrap_or_default(),
            statements: raw.statements.iter().filter_map(|s| s.text.clone()).collect(),
            duties: raw.duties.iter().filter_map(|d| d.text.clone()).collect(),
            qualifications: raw.mandatory_qualifications.clone(),
            level: raw.level,
        }
    }
}
