//! The sheets of a map in tables, and their columns.

use tlevel::table::Columns;

/// A sheet of the form: its name, its columns and the member of the native format
/// that each column holds.
#[derive(Debug)]
pub(crate) struct Form {
    /// The name of the sheet. The CSV file has the same name in lower case.
    pub(crate) name: &'static str,
    /// What to write in the sheet, in a sentence or two.
    pub(crate) about: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) table: Columns,
}

/// A column of a sheet.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) heading: &'static str,
    /// The member that it holds: `level`, or `standard/version` inside another
    /// object. Empty for the columns of the form itself.
    pub(crate) member: &'static str,
    pub(crate) kind: Kind,
    /// Its width in characters.
    pub(crate) width: u8,
    pub(crate) note: &'static str,
    pub(crate) example: &'static str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text.
    Text,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A few words, separated by commas.
    Choices(&'static [&'static str]),
    /// A whole number.
    Number,
    /// A whole number of a few.
    Level,
    /// A year, a month or a day.
    Date,
    /// `yes` or `no`.
    Truth,
    /// Codes, separated by commas.
    Codes,
    /// Texts, each on a line of its own in the cell.
    Lines,
    /// One code, or several.
    OneOrMore,
    /// The id of the record that this one belongs to.
    Parent,
    /// The key of a row whose id does not say which row it is.
    Key,
    /// Members that no column holds, as JSON.
    More,
}

pub(crate) const KINDS: &[&str] = &["knowledge", "skill", "behaviour"];
pub(crate) const STATUSES: &[&str] = &["approved", "plan-in-development", "in-development", "none", "unknown"];
pub(crate) const REASONS: &[&str] = &["heavy-machinery", "barred-under-18", "too-little-content", "policy"];
pub(crate) const ASIDE: &[&str] = &["retired", "product", "no-route", "no-pathway", "no-cluster"];
pub(crate) const DEGREES: &[&str] = &["integrated-degree", "non-integrated-degree", "non-degree-qualification"];
pub(crate) const PRODUCTS: &[&str] = &["foundation-apprenticeship", "apprenticeship-unit"];
pub(crate) const LEVELS: &[&str] = &["2", "3", "4", "5", "6", "7"];
pub(crate) const TRUTHS: &[&str] = &["yes", "no"];

/// The headings of the last two columns of each sheet.
pub(crate) const KEY: &str = "Row key";
pub(crate) const MORE: &str = "More (JSON)";

macro_rules! form {
    ($name:literal, $what:literal, $about:literal,
     needs { $($heading:literal, $member:literal, $kind:expr, $width:literal, $note:literal, $example:literal;)* }
     may { $($heading2:literal, $member2:literal, $kind2:expr, $width2:literal, $note2:literal, $example2:literal;)* }) => {
        Form {
            name: $name,
            about: $about,
            columns: &[
                $(Column { heading: $heading, member: $member, kind: $kind, width: $width, note: $note, example: $example },)*
                $(Column { heading: $heading2, member: $member2, kind: $kind2, width: $width2, note: $note2, example: $example2 },)*
                Column { heading: KEY, member: "", kind: Kind::Key, width: 10,
                         note: "Only where an id is missing or is there twice: a name for this row.", example: "" },
                Column { heading: MORE, member: "", kind: Kind::More, width: 30,
                         note: "For the program: what no column holds.", example: "" },
            ],
            table: Columns::new($what, &[$($heading),*])
                .with_optional(&[$($heading2,)* KEY, MORE])
                .noting_others()
                .in_every_sheet(),
        }
    };
}

/// The sheets, in the order of the workbook. A sheet of parents comes before the
/// sheets that refer to it.
pub(crate) const FORMS: &[Form] = &[
    form!("Map", "the sheet Map", "The map itself: one row.",
    needs {
        "Title", "title", Kind::Text, 40, "The title of the map.", "Occupational map of Freedonia, 2026";
    }
    may {
        "Published", "published", Kind::Date, 12, "When: a year, a month or a day.", "2026-09";
        "Source", "source/name", Kind::Text, 40, "Who published it.", "Institute of Freedonia";
        "Source address", "source/url", Kind::Text, 30, "The web address of the source.", "https://example.org/map";
        "Licence", "source/licence", Kind::Text, 16, "The short name (SPDX) of the licence.", "OGL-UK-3.0";
        "Attribution", "source/attribution", Kind::Text, 40, "What the publisher asks to be said.", "Contains public sector information.";
    }),
    form!("Routes", "the sheet Routes", "The routes, one row each, in the order of the map.",
    needs {
        "Id", "id", Kind::Text, 24, "A short code, unique in the map.", "construction";
        "Name", "name", Kind::Text, 36, "The name that people see.", "Construction and the built environment";
    }
    may {
        "Teaching planned", "first_teaching_planned", Kind::Date, 12, "When first teaching was planned.", "2021-09";
        "First teaching", "first_teaching", Kind::Date, 12, "When it was first taught.", "2022-09";
        "Last teaching", "last_teaching", Kind::Date, 12, "When learners last began. Empty unless it was withdrawn.", "";
        "Apprenticeship only", "apprenticeship_only/reasons", Kind::Choices(REASONS), 22, "Why it suits apprenticeships only. Empty if it does not.", "policy";
        "Apprenticeship note", "apprenticeship_only/note", Kind::Text, 30, "The reason in words.", "";
    }),
    form!("Pathways", "the sheet Pathways", "The pathways, one row each, with their route.",
    needs {
        "Route", "", Kind::Parent, 24, "The id of the route.", "construction";
        "Id", "id", Kind::Text, 32, "A short code, unique in the map.", "onsite";
        "Name", "name", Kind::Text, 36, "The name that people see.", "Onsite construction";
    }
    may {
        "Teaching planned", "first_teaching_planned", Kind::Date, 12, "When first teaching was planned.", "2021-09";
        "First teaching", "first_teaching", Kind::Date, 12, "When it was first taught.", "2022-09";
        "Last teaching", "last_teaching", Kind::Date, 12, "When learners last began. Empty unless it was withdrawn.", "";
        "Apprenticeship only", "apprenticeship_only/reasons", Kind::Choices(REASONS), 22, "Why it suits apprenticeships only. Empty if it does not.", "";
        "Apprenticeship note", "apprenticeship_only/note", Kind::Text, 30, "The reason in words.", "";
    }),
    form!("Clusters", "the sheet Clusters", "The clusters, one row each, with their pathway.",
    needs {
        "Pathway", "", Kind::Parent, 32, "The id of the pathway.", "onsite";
        "Id", "id", Kind::Text, 36, "A short code, unique in the map.", "onsite/trades";
        "Name", "name", Kind::Text, 36, "The name that people see.", "Trades";
    }
    may {
        "Apprenticeship only", "apprenticeship_only/reasons", Kind::Choices(REASONS), 22, "Why it suits apprenticeships only. Empty if it does not.", "";
        "Apprenticeship note", "apprenticeship_only/note", Kind::Text, 30, "The reason in words.", "";
    }),
    form!("Occupations", "the sheet Occupations", "The occupations, one row each, with their cluster. An occupation without a cluster has the reason in Set aside.",
    needs {
        "Cluster", "", Kind::Parent, 36, "The id of the cluster.", "onsite/trades";
        "Id", "id", Kind::Text, 12, "The code, unique in the map.", "OCC0095";
        "Title", "title", Kind::Text, 34, "The title.", "Bricklayer";
        "Level", "level", Kind::Level, 7, "The level, 2 to 7.", "2";
    }
    may {
        "Status", "status", Kind::Choice(STATUSES), 16, "The status of the standard.", "approved";
        "Standard", "standard/reference", Kind::Text, 12, "The reference of the standard.", "ST0095";
        "Version", "standard/version", Kind::Text, 9, "Its version.", "1.2";
        "Standard address", "standard/url", Kind::Text, 24, "The web address of the standard.", "";
        "Address", "url", Kind::Text, 24, "The web address of the occupation.", "";
        "Overview", "overview", Kind::Text, 50, "What the occupation does, in a sentence or two.", "Build and repair walls.";
        "Job titles", "job_titles", Kind::Lines, 26, "Typical job titles, each on its own line in the cell.", "Brick mason";
        "Keywords", "keywords", Kind::Lines, 26, "Keywords, each on its own line in the cell.", "Masonry";
        "Qualifications", "mandatory_qualifications", Kind::Lines, 26, "Required qualifications, each on its own line in the cell.", "";
        "Barriers", "barriers", Kind::Lines, 26, "What bars learners (age, licence, machinery), each on its own line.", "";
        "Progresses to", "progresses_to", Kind::Codes, 18, "Ids of occupations that it leads to, with commas.", "OCC0411";
        "Occupation code", "occupation_code", Kind::Text, 12, "The official code, if the id is another one.", "";
        "Regulated", "regulated", Kind::Truth, 10, "Whether it is regulated.", "no";
        "Regulated by", "regulated_by", Kind::Text, 24, "The body that regulates it.", "";
        "Degree", "degree", Kind::Choice(DEGREES), 18, "The degree of its apprenticeship.", "";
        "Months", "duration_months", Kind::Number, 8, "How long its apprenticeship takes, in months.", "24";
        "Funding", "max_funding", Kind::Number, 9, "The most funding of an apprentice, in pounds.", "12000";
        "Product", "product", Kind::Choice(PRODUCTS), 20, "Only for what is built on occupations and is none.", "";
        "Product of", "product_of", Kind::Codes, 18, "The occupations that the product is built on.", "";
        "Set aside", "set_aside/reason", Kind::Choice(ASIDE), 12, "Why it is not on the map: then the cluster stays empty.", "";
        "Named route", "set_aside/route", Kind::Text, 22, "If set aside: the route that the source names.", "";
        "Named pathway", "set_aside/pathway", Kind::Text, 22, "If set aside: the pathway that the source names.", "";
        "Named cluster", "set_aside/cluster", Kind::Text, 22, "If set aside: the cluster that the source names.", "";
    }),
    form!("Options", "the sheet Options", "The options of core-and-options standards, one row each.",
        needs {
            "Occupation", "", Kind::Parent, 14, "The id of the occupation.", "OCC0095";
            "Id", "id", Kind::Text, 12, "A code, unique in the occupation.", "OPT1";
            "Title", "title", Kind::Text, 50, "The title of the option.", "Restoration of historic walls";
        }
        may {}),
    form!("Statements", "the sheet Statements", "Knowledge, skills and behaviours, one row each.",
    needs {
        "Occupation", "", Kind::Parent, 14, "The id of the occupation.", "OCC0095";
        "Id", "id", Kind::Text, 8, "A code, unique in the occupation.", "K1";
        "Kind", "kind", Kind::Choice(KINDS), 12, "Knowledge, skill or behaviour.", "knowledge";
        "Text", "text", Kind::Text, 80, "The statement.", "Bonds of brickwork and their uses";
    }
    may {
        "Option", "option", Kind::OneOrMore, 14, "The option, or several with commas. Empty for the core.", "OPT1";
        "Source text", "source_text", Kind::Text, 30, "The text in the source, if it was cleaned.", "";
        "Source id", "source_id", Kind::Text, 14, "The key in the source, if the id was made from it.", "";
    }),
    form!("Duties", "the sheet Duties", "The duties, one row each, with the statements that they draw on.",
    needs {
        "Occupation", "", Kind::Parent, 14, "The id of the occupation.", "OCC0095";
        "Id", "id", Kind::Text, 8, "A code, unique in the occupation.", "D1";
        "Text", "text", Kind::Text, 80, "The duty.", "Build walls to a drawing";
    }
    may {
        "Core", "core", Kind::Truth, 8, "Whether it is a core duty.", "yes";
        "Statements", "statements", Kind::Codes, 30, "The ids of the statements, with commas.", "K1, S2";
        "Options", "options", Kind::Codes, 14, "The options, with commas.", "";
        "Source id", "source_id", Kind::Text, 14, "The key in the source, if the id was made from it.", "";
    }),
];

/// The numbers of the sheets in [`FORMS`].
pub(crate) const MAP: usize = 0;
pub(crate) const ROUTES: usize = 1;
pub(crate) const PATHWAYS: usize = 2;
pub(crate) const CLUSTERS: usize = 3;
pub(crate) const OCCUPATIONS: usize = 4;
pub(crate) const OPTIONS: usize = 5;
pub(crate) const STATEMENTS: usize = 6;
pub(crate) const DUTIES: usize = 7;

impl Form {
    /// The name of the CSV file.
    pub(crate) fn file(&self) -> String {
        format!("{}.csv", self.name.to_lowercase())
    }
}
