//! A new occupation: what is known of an occupation that is to be placed.

use std::slice;

use serde::{Deserialize, Serialize};

use crate::map::Occupation;
use crate::read::RawOccupation;
use crate::text::says_something;

/// An occupation to place. It holds whatever is known; nothing is required.
///
/// # Examples
///
/// ```
/// use tlevel::place::NewOccupation;
///
/// let roofer = NewOccupation::titled("Solar roof installer")
///     .with_level(2)
///     .with_statement("Fix brackets and panels to pitched roofs.");
/// assert_eq!(roofer.statements.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewOccupation {
    /// Its id, or another name for messages.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Titles of its jobs.
    pub job_titles: Vec<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// A description.
    pub overview: String,
    /// Its knowledge, skills and behaviours.
    pub statements: Vec<String>,
    /// Its duties.
    pub duties: Vec<String>,
    /// Qualifications that it requires.
    pub qualifications: Vec<String>,
    /// Its level. A level outside 2 to 7 has no band.
    pub level: Option<i64>,
}

impl NewOccupation {
    /// Returns an occupation of which only the title is known.
    pub fn titled(title: impl Into<String>) -> Self {
        NewOccupation { title: title.into(), ..NewOccupation::default() }
    }

    /// Sets its id, or another name for messages.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Sets its level, from 2 to 7.
    #[must_use]
    pub fn with_level(mut self, level: i64) -> Self {
        self.level = Some(level);
        self
    }

    /// Sets its overview.
    #[must_use]
    pub fn with_overview(mut self, overview: impl Into<String>) -> Self {
        self.overview = overview.into();
        self
    }

    /// Adds a statement: something that people in it know, can do, or are.
    #[must_use]
    pub fn with_statement(mut self, text: impl Into<String>) -> Self {
        self.statements.push(text.into());
        self
    }

    /// Adds a duty.
    #[must_use]
    pub fn with_duty(mut self, text: impl Into<String>) -> Self {
        self.duties.push(text.into());
        self
    }

    /// Adds a job title.
    #[must_use]
    pub fn with_job_title(mut self, title: impl Into<String>) -> Self {
        self.job_titles.push(title.into());
        self
    }

    /// Returns an account of it that says less, without its id.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::{Account, NewOccupation};
    ///
    /// let roofer = NewOccupation::titled("Roofer").with_level(2).with_statement("Fix slates.");
    /// assert_eq!(roofer.only(Account::Title), NewOccupation::titled("Roofer").with_level(2));
    /// ```
    #[must_use]
    pub fn only(&self, account: Account) -> NewOccupation {
        let mut less = NewOccupation { title: self.title.clone(), level: self.level, ..NewOccupation::default() };
        match account {
            Account::All => return self.clone(),
            Account::Title => {}
            Account::Names => {
                (less.job_titles, less.keywords) = (self.job_titles.clone(), self.keywords.clone());
            }
            Account::Short => {
                let texts = [std::slice::from_ref(&self.overview), &self.statements, &self.duties];
                let words = texts.into_iter().flatten().flat_map(|text| text.split_whitespace());
                less.overview = words.take(SHORT).collect::<Vec<_>>().join(" ");
            }
        }
        less
    }

    /// The texts, field by field.
    pub(super) fn fields(&self) -> [Field<'_>; 6] {
        let field = |weight, is_name, texts| Field { weight, is_name, texts };
        [
            field(0.6, true, [slice::from_ref(&self.title), &[]]),
            field(0.5, true, [&self.job_titles, &[]]),
            field(0.5, true, [&self.keywords, &[]]),
            field(0.7, false, [slice::from_ref(&self.overview), &[]]),
            field(1.0, false, [&self.statements, &[]]),
            field(0.5, false, [&self.duties, &self.qualifications]),
        ]
    }
}

/// How much an account of an occupation says, besides its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Account {
    /// Everything.
    All,
    /// The title, job titles and keywords.
    Names,
    /// The title and the first dozen words of the texts.
    Short,
    /// The title.
    Title,
}

impl Account {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Account::All => "all",
            Account::Names => "names",
            Account::Short => "short",
            Account::Title => "title",
        }
    }
}

/// How many words remain of the texts of a short account.
const SHORT: usize = 12;

/// One field of an occupation's texts.
pub(super) struct Field<'n> {
    pub(super) weight: f64,
    /// Whether they are short texts, whose letters are also used.
    pub(super) is_name: bool,
    pub(super) texts: [&'n [String]; 2],
}

impl From<Occupation<'_>> for NewOccupation {
    fn from(occupation: Occupation<'_>) -> Self {
        NewOccupation::from(occupation.raw())
    }
}

impl From<&RawOccupation> for NewOccupation {
    /// Ignores where the record is in its file.
    fn from(raw: &RawOccupation) -> Self {
        NewOccupation::from(raw.clone())
    }
}

impl From<RawOccupation> for NewOccupation {
    /// Ignores where the record is in its file.
    fn from(raw: RawOccupation) -> Self {
        NewOccupation {
            id: raw.id.unwrap_or_default(),
            title: raw.title.unwrap_or_default(),
            job_titles: raw.job_titles,
            keywords: raw.keywords,
            overview: raw.overview.unwrap_or_default(),
            statements: texts(raw.statements.into_iter().filter_map(|s| s.text)),
            duties: texts(raw.duties.into_iter().filter_map(|d| d.text)),
            qualifications: raw.mandatory_qualifications,
            level: raw.level,
        }
    }
}

/// The texts that say something, without placeholders.
fn texts(texts: impl Iterator<Item = String>) -> Vec<String> {
    texts.filter(|text| says_something(text)).collect()
}
