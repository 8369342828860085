//! The place of a record in the file it was read from, and the names of its
//! members there.

/// The layouts of the files that the readers know, which differ in the names of
/// members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// The native format.
    #[default]
    Native,
    /// The standards file.
    Standards,
    /// An answer of the occupational maps API.
    MapsApi,
}

/// The place where a record was read: a JSON pointer, and the layout around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pointer: Box<str>,
    layout: Layout,
}

/// The place of a statement or duty in its occupation: the list that holds it
/// and its index there (nulls count).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    pub(super) list: &'static str,
    pub(super) index: u32,
}

/// The members that findings point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The record itself.
    Whole,
    Id,
    Name,
    Title,
    Level,
    Status,
    Reference,
    Statements,
    Options,
    ProgressesTo,
    FirstTeachingPlanned,
    FirstTeaching,
    LastTeaching,
    ApprenticeshipOnly,
}

impl Origin {
    pub(super) fn new(pointer: impl Into<Box<str>>, layout: Layout) -> Self {
        Origin { pointer: pointer.into(), layout }
    }

    /// The place that a record built in code would have in a native file.
    pub(crate) fn native(pointer: String) -> Self {
        Origin::new(pointer, Layout::Native)
    }

    /// The JSON pointer of the record.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The layout of the file.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The JSON pointer of one of the record's members. If the layout has no
    /// such member, that of the record itself.
    pub(crate) fn field(&self, field: Field) -> String {
        let member = match (self.layout, field) {
            (_, Field::Whole) => "",
            (Layout::Native, Field::Id) => "/id",
            (Layout::Native, Field::Name) => "/name",
            (Layout::Native, Field::Reference) => "/standard",
            (Layout::Native, Field::Statements) => "/statements",
            (Layout::Native, Field::ProgressesTo) => "/progresses_to",
            (Layout::Native, Field::FirstTeachingPlanned) => "/first_teaching_planned",
            (Layout::Native, Field::FirstTeaching) => "/first_teaching",
            (Layout::Native, Field::LastTeaching) => "/last_teaching",
            (Layout::Native, Field::ApprenticeshipOnly) => "/apprenticeship_only",
            (Layout::Native | Layout::Standards, Field::Title) => "/title",
            (Layout::MapsApi, Field::Title) => "/name",
            (_, Field::Level) => "/level",
            (_, Field::Status) => "/status",
            (_, Field::Options) => "/options",
            (Layout::MapsApi, Field::Id) => "/stdCode",
            // the official files have no such member: use the whole record
            (Layout::Standards | Layout::MapsApi, _) => "",
        };
        format!("{}{member}", self.pointer)
    }

    /// The JSON pointer of one of the record's statements or duties.
    pub(crate) fn item(&self, item: Item) -> String {
        format!("{}/{}/{}", self.pointer, item.list, item.index)
    }
}

/// A member name as one step of a JSON pointer (RFC 6901).
pub(crate) fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}
