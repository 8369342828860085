//! Personal details of respondents, and where they may appear.

use std::collections::HashMap;

use super::evidence::tokens;
use crate::map::FindError;
use crate::text::DidYouMean;

/// The columns with personal details.
pub(super) const PERSONAL: [&str; 3] = ["respondent", "organisation", "email"];
/// Replacement text for personal details.
const LEFT_OUT: &str = "(left out)";

/// How personal details are handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum People {
    /// They appear in no result.
    #[default]
    LeftOut,
    /// They are listed with the proposals.
    Named,
}

impl People {
    /// The message about an invalid cell. The cell itself may hold anything,
    /// such as a person's name in the wrong column.
    pub(super) fn told(self, error: &FindError, column: &str) -> String {
        match (self, error) {
            (People::LeftOut, FindError::Unknown { what, hint, .. }) => {
                format!("the column \"{column}\" names no {what} of the map{}", DidYouMean(hint.as_deref()))
            }
            _ => error.to_string(),
        }
    }
}

/// The words of a name, in lower case.
type Words = Vec<String>;

/// Names of two words and more, by their first word.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_first: HashMap<String, Vec<Words>>,
}

impl Names {
    pub(super) fn of<'r>(cells: impl Iterator<Item = &'r str>) -> Names {
        let mut names = Names::default();
        for name in cells.map(words).filter(|name| name.len() > 1) {
            let others = names.by_first.entry(name[0].clone()).or_default();
            if !others.contains(&name) {
                others.push(name);
            }
        }
        names
    }

    /// Returns a text without these names, without the row's own cells, and
    /// without words that contain an `@`. Only whole words are replaced; the
    /// longest name goes first.
    pub(super) fn without(&self, text: &str, own: &[String]) -> String {
        let masked = text.split_inclusive(char::is_whitespace).map(|word| {
            let address = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
            if address.contains('@') { word.replacen(address, LEFT_OUT, 1) } else { word.to_owned() }
        });
        let text: String = masked.collect();
        let own: Vec<Words> = own.iter().map(|cell| words(cell)).filter(|name| !name.is_empty()).collect();
        let tokens = tokens(&text, &[]);
        let (mut out, mut from, mut at) = (String::with_capacity(text.len()), 0, 0);
        while let Some((start, _, first)) = tokens.get(at) {
            let known = self.by_first.get(first).into_iter().flatten().chain(&own);
            let stands = |name: &&Words| {
                tokens.get(at..at + name.len()).is_some_and(|here| here.iter().map(|t| &t.2).eq(name.iter()))
            };
            let longest = known.filter(stands).map(Vec::len).max();
            if let Some(length) = longest {
                out.push_str(&text[from..*start]);
                out.push_str(LEFT_OUT);
                from = tokens[at + length - 1].1;
            }
            at += longest.unwrap_or(1);
        }
        out.push_str(&text[from..]);
        out
    }

    /// Whether only replacement text is left of a text.
    pub(super) fn is_all_left_out(text: &str) -> bool {
        text.contains(LEFT_OUT) && words(&text.replace(LEFT_OUT, "")).is_empty()
    }
}

fn words(text: &str) -> Words {
    tokens(text, &[]).into_iter().map(|(_, _, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_taken_out_as_whole_words() {
        for (text, cell, expected) in [
            ("We at ACME plan; Acme, acme's", "Acme", "We at (left out) plan; (left out), (left out)'s"),
            ("A plan of a planner", "A", "(left out) plan of (left out) planner"),
            ("Zo\u{eb} and Zo\u{eb}s, ZO\u{cb}", "Zo\u{eb}", "(left out) and Zo\u{eb}s, (left out)"),
            ("Jane  Doe-Roe said", "Jane Doe", "(left out)-Roe said"),
            ("Jane Doe Ltd", "Jane", "(left out) Doe Ltd"),
            ("short", "much longer", "short"),
            ("aaa aa", "aa", "aaa (left out)"),
            ("mail\njane@x.example\nor ring", "-", "mail\n(left out)\nor ring"),
        ] {
            assert_eq!(Names::default().without(text, &[cell.to_owned()]), expected);
        }
    }

    #[test]
    fn names_of_others_are_taken_out_where_they_are_no_single_word() {
        let names = Names::of(["Jane Doe", "Construction", "Jane Doe Ltd"].into_iter());
        assert_eq!(
            names.without("As Jane Doe of JANE DOE LTD says: construction", &[]),
            "As (left out) of (left out) says: construction"
        );
        assert!(
            Names::is_all_left_out("(left out), (left out)")
                && !Names::is_all_left_out("")
                && !Names::is_all_left_out("a (left out)")
        );
    }
}
