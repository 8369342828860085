//! The rules, as data.

use super::Severity::{self, Error, Note, Warning};

/// A rule of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its id, as findings name it.
    pub id: &'static str,
    /// The severity of a violation.
    pub severity: Severity,
    /// The reason for the rule.
    pub why: &'static str,
    /// The message of a finding; `{...}` is replaced by what was found.
    pub message: &'static str,
}

macro_rules! rules {
    ($($name:ident: $id:literal, $severity:ident, $why:literal, $message:literal;)*) => {
        $( pub(super) static $name: Rule = Rule { id: $id, severity: $severity, why: $why, message: $message }; )*

        /// Every rule, in the order of the table.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    EMPTY_MAP: "empty-map", Error,
        "Without a record there is nothing to derive.",
        "the map holds no route and no occupation";
    MISSING_ID: "missing-id", Error,
        "Everything is cited by its code.",
        "the {tier} has no id; give it one";
    MISSING_NAME: "missing-name", Error,
        "People find their way by names and titles.",
        "the {tier} \"{id}\" has no {name}; give it one";
    MISSING_LEVEL: "missing-level", Error,
        "The level decides whether an occupation belongs to a T Level.",
        "the occupation \"{id}\" has no level; give it one, 2 to 7";
    LEVEL_OUT_OF_RANGE: "level-out-of-range", Error,
        "The maps hold levels 2 to 7.",
        "the occupation \"{id}\" has level {level}; levels are 2 to 7";
    DUPLICATE_ID: "duplicate-id", Error,
        "A code with two meanings identifies neither. Ids of routes, pathways, clusters and occupations are unique in the map; ids of statements, duties and options in their occupation.",
        "the {tier} id \"{id}\" is already used by the {other}; give this {tier} another";
    OCCUPATION_TWICE: "occupation-twice", Error,
        "An occupation appears once on the maps.",
        "the occupation \"{id}\" is already placed in \"{other}\"; keep one place";
    UNKNOWN_KIND: "unknown-kind", Error,
        "Statements are knowledge, skill or behaviour, and are counted apart.",
        "the statement \"{id}\" of \"{occupation}\" is of kind \"{found}\"; expected knowledge, skill or behaviour{hint}";
    UNKNOWN_OPTION: "unknown-option", Error,
        "A statement or duty of an option that does not exist would belong to no specialism.",
        "the {tier} \"{id}\" names the option \"{found}\", which \"{occupation}\" does not have{hint}";
    TOO_MANY_OPTIONS: "too-many-options", Error,
        "Standards have a handful of options; hundreds mean a damaged file.",
        "the occupation \"{id}\" has {count} options; at most 200 are allowed";
    TOO_MANY_PATHWAYS: "too-many-pathways", Error,
        "A route has a handful of pathways; hundreds mean a damaged file.",
        "the route \"{name}\" has {count} pathways; at most 500 are allowed";
    SAME_TITLE: "same-title-and-level", Warning,
        "An occupation appears once on the maps: two with the same title and level are probably the same.",
        "\"{title}\" at level {level} is already on the map, as \"{other}\"";
    SIMILAR_NAME: "similar-name", Warning,
        "Names that differ by a misspelling split what belongs together.",
        "the {tier} \"{name}\" has nearly the name of its sibling \"{other}\": did you mean \"{other}\"?";
    SPELT_TWO_WAYS: "spelt-two-ways", Warning,
        "The official files spell some pathways and clusters in two ways; they are read as one.",
        "{remark}";
    CLUSTER_SPANS_BANDS: "cluster-spans-bands", Warning,
        "A cluster holds occupations at broadly the same level.",
        "the cluster \"{name}\" spans the bands {bands}";
    ROUTE_WITHOUT_TECHNICAL: "route-without-technical", Warning,
        "A route must be accessible at technician level (2 or 3).",
        "the route \"{name}\" has no occupation at level 2 or 3";
    PROFESSIONAL_WITHOUT_PROGRESSION: "professional-without-progression", Note,
        "A professional occupation needs clear progression from a higher technical one.",
        "\"{title}\" is professional (level {level}), and its pathway has no higher technical occupation (levels 4 and 5)";
    APPROVED_WITHOUT_REFERENCE: "approved-without-reference", Warning,
        "A ready occupation links to its standard.",
        "\"{title}\" is approved but names no standard; give its reference";
    EMPTY_ROUTE: "empty-route", Warning,
        "A route groups pathways.",
        "the route \"{name}\" has no pathway";
    EMPTY_PATHWAY: "empty-pathway", Warning,
        "A pathway groups clusters of occupations.",
        "the pathway \"{name}\" has no cluster";
    EMPTY_CLUSTER: "empty-cluster", Warning,
        "A cluster groups occupations.",
        "the cluster \"{name}\" has no occupation";
    MISSING_ROUTE: "missing-route", Warning,
        "An occupation belongs to a route; without one it is set aside.",
        "\"{title}\" (level {level}) names no route; it is set aside and is in no programme";
    MISSING_PATHWAY: "missing-pathway", Warning,
        "An occupation belongs to a pathway; without one it is set aside.",
        "\"{title}\" (level {level}) names no pathway; it is set aside and is in no programme";
    MISSING_CLUSTER: "missing-cluster", Warning,
        "An occupation belongs to a cluster; without one it is set aside.",
        "\"{title}\" (level {level}) names no cluster; it is set aside and is in no programme";
    RETIRED: "retired", Note,
        "Retired and withdrawn standards are kept for the record but are in no programme.",
        "\"{title}\" is retired or withdrawn; it is set aside";
    PRODUCT: "product", Note,
        "Foundation apprenticeships and apprenticeship units are built on occupations but are not occupations; they are in no programme.",
        "\"{title}\" is {product}, a product and not an occupation{of}; it is set aside with its statements";
    UNKNOWN_PRODUCT: "unknown-product", Warning,
        "Products are listed by kind, so only known kinds can be used.",
        "\"{title}\" is the product \"{found}\"; expected foundation-apprenticeship or apprenticeship-unit{hint}";
    UNKNOWN_DEGREE: "unknown-degree", Warning,
        "Degrees are compared, so only known ones can be used.",
        "\"{title}\" has the degree \"{found}\"; expected integrated-degree, non-integrated-degree or non-degree-qualification{hint}";
    UNKNOWN_STATUS: "unknown-status", Warning,
        "The status is the colour on the map.",
        "\"{title}\" has the status \"{found}\"; expected approved, plan-in-development, in-development, none or unknown; it is read as unknown{hint}";
    ELIGIBLE_WITHOUT_STATEMENTS: "eligible-without-statements", Warning,
        "A level 3 occupation without statements shares nothing and gets an empty specialism.",
        "\"{title}\" (level 3) has no statements; its programme cannot take it into account";
    EMPTY_STATEMENT: "empty-statement", Warning,
        "A statement without words says nothing; it is ignored.",
        "the statement \"{id}\" of \"{occupation}\" has no text";
    DUPLICATE_STATEMENT: "duplicate-statement", Warning,
        "The same statement twice in one occupation counts once.",
        "the {kind} statements \"{other}\" and \"{id}\" of \"{occupation}\" say the same";
    LONG_STATEMENT: "long-statement", Warning,
        "A statement is a sentence or two; a longer text is a pasting error, or several statements.",
        "the statement \"{id}\" of \"{occupation}\" has {count} characters; more than {limit} is hard to teach, assess or compare";
    BUNDLED_STATEMENT: "bundled-statement", Note,
        "A bundle of several statements seldom matches another occupation's statement, and hides what is shared.",
        "the statement \"{id}\" of \"{occupation}\" holds several ({count} parts: lines, sentences or items)";
    PLACEHOLDER_STATEMENT: "placeholder-statement", Note,
        "Some standards keep the number of a statement that was removed; it is ignored.",
        "the statement \"{id}\" of \"{occupation}\" only says \"{text}\"; it is left out";
    EMPTY_DUTY: "empty-duty", Warning,
        "A duty without words cannot become a performance outcome.",
        "the duty \"{id}\" of \"{occupation}\" has no text; it is left out";
    PLACEHOLDER_DUTY: "placeholder-duty", Warning,
        "A placeholder duty cannot become a performance outcome.",
        "the duty \"{id}\" of \"{occupation}\" only says \"{text}\"; it is left out";
    DANGLING_DUTY: "dangling-duty", Warning,
        "A duty draws on the statements that it cites.",
        "the duty \"{id}\" cites {found}, which {verb} not among the statements of \"{occupation}\"{hint}";
    OPTION_TWICE: "option-twice", Warning,
        "An option named twice counts once.",
        "the {tier} \"{id}\" names the option \"{found}\" twice";
    DANGLING_PROGRESSION: "dangling-progression", Warning,
        "Progression leads to an occupation of the map.",
        "\"{title}\" progresses to \"{found}\", which is not on the map{hint}";
    APPRENTICESHIP_ONLY_WITHOUT_REASON: "apprenticeship-only-without-reason", Warning,
        "The consultation asks why a branch is closed to T Levels.",
        "the {tier} \"{name}\" is marked as apprenticeship-only without a reason; expected heavy-machinery, barred-under-18, too-little-content or policy";
    UNKNOWN_REASON: "unknown-reason", Warning,
        "Reasons are counted and compared, so only known ones can be used.",
        "the {tier} \"{name}\" is apprenticeship-only for the reason \"{found}\"; expected heavy-machinery, barred-under-18, too-little-content or policy{hint}";
    BAD_DATE: "bad-date", Warning,
        "Dates are written YYYY, YYYY-MM or YYYY-MM-DD.",
        "\"{found}\" is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD";
    LAST_BEFORE_FIRST: "last-before-first", Warning,
        "A T Level is last taught after it is first taught, or in the same year.",
        "last teaching is {found}, before first teaching {first}";
    UNTIDY_NAME: "untidy-name", Note,
        "Doubled and stray spaces make one name look like two.",
        "{remark}";
    NULL_RECORD: "null-record", Note,
        "The official files contain nulls in place of records.",
        "{remark}";
    UNREADABLE_VALUE: "unreadable-value", Warning,
        "Values that cannot be read are reported, not guessed.",
        "{remark}";
    REPEATED_ID: "repeated-id", Warning,
        "The official files use some ids twice; the second is renamed.",
        "{remark}";
    UNLISTED_OPTION: "unlisted-option", Warning,
        "The official files name options that they do not list; they are added.",
        "{remark}";
    OLDER_VERSION: "older-version", Note,
        "Among several versions of a standard, the one in force is used.",
        "{remark}";
    DRAFT_VERSION: "draft-version", Note,
        "A draft changes nothing until it is approved; the panel should know what it would change.",
        "{remark}";
    NEWER_WITHDRAWN: "newer-version-withdrawn", Warning,
        "A withdrawn version does not replace the approved one, but a newer one may mean that the whole standard is withdrawn.",
        "{remark}";
    SAME_VERSION_TWICE: "same-version-twice", Warning,
        "Two records of one version that differ cannot both be right.",
        "{remark}";
    REPEATED_RECORD: "repeated-record", Note,
        "A record given twice counts once.",
        "{remark}";
    SEVERAL_PLACES: "several-places", Warning,
        "An occupation appears once on the maps; the other places do not count.",
        "{remark}";
    BOTH_SOURCES: "both-sources", Note,
        "The two official sources describe the same occupations; each is read once.",
        "{remark}";
    MEMBER_TWICE: "member-given-twice", Warning,
        "JSON tools use the last of two members with the same name; the author may have meant the other.",
        "{remark}";
    OPTION_IN_TEXT: "option-in-text", Warning,
        "What one option alone has is no core content; a map that names options in texts only has it counted as such.",
        "\"{occupation}\" has no options, but {count} of its statements {verb} with the name of one, such as \"{text}\" in \"{id}\"; they count as content for all its learners: tlevel convert --options-from-texts reads them as options";
    ODD_OPTION: "odd-option", Warning,
        "Options are numbered from 1; a prefix with another number is not an option.",
        "{remark}";
    MISSING_OPTIONS: "missing-options", Warning,
        "A core-and-options standard without its options has specialisms that are not shown.",
        "{remark}";
    HEADING_AMONG_STATEMENTS: "heading-among-statements", Warning,
        "Some standards have their skills and behaviours in the list of knowledge, under headings; they are sorted by kind.",
        "{remark}";
    UNREAD_STATEMENTS: "unread-statements", Warning,
        "Statements that are not read are missing from every programme.",
        "{remark}";
    CLEANED_TEXT: "cleaned-text", Note,
        "Texts of the official files contain markup, escapes and odd characters; these are removed for display.",
        "{remark}";
    MISPLACED_OCCUPATIONS: "misplaced-occupations", Error,
        "Occupations outside a cluster are on no map: no programme takes them into account.",
        "{remark}";
    UNKNOWN_FIELD: "unknown-field", Note,
        "A member that the format does not know may be misspelt.",
        "{remark}";
}

impl Rule {
    /// Returns the message with the placeholders filled in.
    pub(super) fn fill(&self, found: &[(&str, &str)]) -> String {
        let mut message = String::with_capacity(self.message.len() + 64);
        let mut rest = self.message;
        while let Some((before, behind)) = rest.split_once('{') {
            message.push_str(before);
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            message.push_str(found.iter().find(|(n, _)| *n == name).map_or("?", |(_, value)| value));
            rest = after;
        }
        message.push_str(rest);
        message
    }
}

/// The rules as a Markdown table: the one in this module's documentation.
pub fn rules_table() -> String {
    let mut table = String::from("| Rule | Severity | Why | Message |\n|---|---|---|---|\n");
    for rule in RULES {
        use std::fmt::Write as _;
        let message = rule.message.replace("{remark}", "what the reader saw and did");
        let _ = writeln!(table, "| `{}` | {} | {} | {} |", rule.id, rule.severity, rule.why, message);
    }
    table
}
