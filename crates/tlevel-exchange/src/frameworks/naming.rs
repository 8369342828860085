//! Identifiers that stay the same from run to run.

use uuid::Uuid;

/// How things are named in other systems: UUIDs of version 5, made from the
/// codes of the map, under an address of one's own.
///
/// The same code under the same base has the same UUID in every run and on every
/// machine, so that another system recognises what it already has. A statement is
/// named by its occupation's code and its own, an occupation by its code: both keep
/// their UUIDs when the occupation moves to another cluster.
///
/// # Examples
///
/// ```
/// use tlevel_exchange::Naming;
///
/// let naming = Naming::default();
/// assert_eq!(naming.id("occupation", &["OCC0682"]), naming.id("occupation", &["OCC0682"]));
/// assert_ne!(naming.id("occupation", &["OCC0682"]), Naming::new("https://example.org").id("occupation", &["OCC0682"]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    base: Option<String>,
    space: Uuid,
}

/// The name of our namespace, for those who have no address.
const SPACE: &str = "urn:tlevel";

impl Default for Naming {
    /// Names without an address: `urn:uuid:...`.
    fn default() -> Self {
        Naming { base: None, space: Uuid::new_v5(&Uuid::NAMESPACE_URL, SPACE.as_bytes()) }
    }
}

impl Naming {
    /// Names under an address, such as `https://example.org`. A slash at its end
    /// does not matter.
    pub fn new(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        Naming { base: Some(base.to_owned()), space: Uuid::new_v5(&Uuid::NAMESPACE_URL, base.as_bytes()) }
    }

    /// The UUID of a thing of that kind with those codes.
    pub fn id(&self, kind: &str, codes: &[&str]) -> String {
        let mut key = String::from(kind);
        for code in codes {
            // a line feed is in no code that could be read
            key.push('\n');
            key.push_str(code);
        }
        Uuid::new_v5(&self.space, key.as_bytes()).to_string()
    }

    /// The address of the thing with that UUID; `path` is where such things are.
    pub fn uri(&self, path: &str, id: &str) -> String {
        match &self.base {
            Some(base) => format!("{base}/{path}/{id}"),
            None => format!("urn:uuid:{id}"),
        }
    }

    /// The UUID of a statement, by the codes of its occupation and its own.
    pub(crate) fn statement(&self, occupation: &str, statement: &str) -> String {
        self.id("statement", &[&self.id("occupation", &[occupation]), statement])
    }

    /// The end of a link at a statement of the map, which is in a framework of its own.
    pub(crate) fn statement_end(&self, occupation: &str, statement: &str) -> super::model::End {
        let (id, title) = (self.statement(occupation, statement), format!("{occupation} {statement}"));
        super::model::End::Other { id, title, uri: None }
    }
}
