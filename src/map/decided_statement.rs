//! The statement that a row of people's decisions names by its codes.

use super::{Map, Occupation, Statement};
use crate::text::{DidYouMean, closest, text_hash};

impl Map {
    /// Returns the statement with these codes (of the occupation, or its title, and its
    /// own) if it still says what people saw, by the hash of that; otherwise why not.
    pub(crate) fn decided_statement(
        &self,
        (occupation, statement): &(String, String),
        seen: Option<&str>,
    ) -> Result<Statement<'_>, String> {
        let o = self.decided_occupation(occupation)?;
        let Some(found) = o.statement_called(statement) else {
            let close = closest(statement, o.statements().map(|s| s.id()));
            return Err(format!("the occupation has no such statement{:#}", DidYouMean(close)));
        };
        if !found.says_something() {
            return Err("the statement says nothing".to_owned());
        }
        match seen {
            Some(seen) if !seen.eq_ignore_ascii_case(&text_hash(found.text())) => {
                Err("the text has changed".to_owned())
            }
            _ => Ok(found),
        }
    }

    /// Returns the occupation with this id or title; otherwise why there is none.
    fn decided_occupation(&self, name: &str) -> Result<Occupation<'_>, String> {
        match self.occupations_called(name)[..] {
            [occupation] => Ok(occupation),
            [] => {
                let known = self.occupations().flat_map(|o| [o.id(), o.title()]);
                Err(format!("the map has no such occupation{:#}", DidYouMean(closest(name, known))))
            }
            [first, second, ..] => Err(format!(
                "several occupations have this title; write one of their ids, such as {} or {}",
                first.id(),
                second.id()
            )),
        }
    }
}

impl<'m> Occupation<'m> {
    /// The statement with this code, or the only one whose code differs from it in
    /// capitals and spaces alone.
    fn statement_called(self, code: &str) -> Option<Statement<'m>> {
        let key = |code: &str| code.split_whitespace().collect::<String>().to_lowercase();
        let mut alike = self.statements().filter(|s| key(s.id()) == key(code));
        self.statements().find(|s| s.id() == code).or_else(|| alike.next().filter(|_| alike.next().is_none()))
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};

    #[test]
    fn an_occupation_is_named_by_its_id_or_title() {
        let mut cluster = RawCluster::new("c", "Cluster");
        for (id, title) in [("o1", "Dental nurse"), ("o2", "Peer worker"), ("o3", "Peer worker")] {
            let mut occupation = RawOccupation::new(id, title, 3);
            occupation.statements.push(RawStatement::new("K1", "knowledge", "Oral health."));
            cluster = cluster.with(occupation);
        }
        let route = RawRoute::new("r", "Route").with(RawPathway::new("p", "Pathway").with(cluster));
        let map = crate::check(RawMap::new("A map").with(route)).expect("a map").map;
        let found = |occupation: &str, statement: &str| {
            let found = map.decided_statement(&(occupation.to_owned(), statement.to_owned()), None);
            found.map(|s| s.occupation().id().to_owned())
        };
        for (name, code) in [("o1", "K1"), ("Dental nurse", "K1"), (" dental  Nurse", "k 1")] {
            assert_eq!(found(name, code), Ok("o1".to_owned()), "{name} {code}");
        }
        let several = "several occupations have this title; write one of their ids, such as o2 or o3";
        assert_eq!(found("Peer worker", "K1"), Err(several.to_owned()));
        let close = "the map has no such occupation (did you mean \"Dental nurse\"?)";
        assert_eq!(found("Dentel nurse", "K1"), Err(close.to_owned()));
        assert_eq!(found("o1", "K2"), Err("the occupation has no such statement".to_owned()));
    }
}
