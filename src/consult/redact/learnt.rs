//! What the rows of a file teach: the names of respondents, and words that are none.

use std::collections::{HashMap, HashSet};

use super::lists::Lists;
use crate::consult::evidence::tokens;

/// The words of a name, in lower case.
pub(super) type Words = Vec<String>;

/// A form in which a cell may be written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Form {
    pub(super) words: Words,
    /// Whether it is the whole cell.
    pub(super) is_whole: bool,
    /// Whether it is written in capitals: the initials of an organisation.
    pub(super) is_initials: bool,
}

/// The names of all respondents and their organisations.
#[derive(Debug)]
pub(crate) struct Names {
    pub(super) lists: Lists,
    /// Names of two words and more, by their first word.
    pub(super) by_first: HashMap<String, Vec<Form>>,
    /// Single words of names that are no words of the language.
    pub(super) single: HashSet<String>,
    /// The hosts of e-mail addresses, as one word: `acmetools` of `jane@acme-tools.example`.
    pub(super) hosts: HashSet<String>,
    /// Words of the map, and those that some text writes without a capital.
    common: HashSet<String>,
}

impl Names {
    /// Learns the cells of the personal columns. The words of `map` are no names, nor are
    /// those that one of the `texts` writes in lower case.
    pub(in crate::consult) fn of<'r>(
        cells: impl Iterator<Item = &'r str>,
        map: impl Iterator<Item = &'r str>,
        texts: impl Iterator<Item = &'r str>,
    ) -> Names {
        let mut names = Names {
            lists: Lists::new(),
            by_first: HashMap::new(),
            single: HashSet::new(),
            hosts: HashSet::new(),
            common: HashSet::new(),
        };
        names.common.extend(map.flat_map(words));
        for text in texts {
            // where nothing has a capital, names have none either
            if text.contains(char::is_uppercase) {
                let lower = tokens(text, &[]).into_iter();
                let lower = lower
                    .filter(|(start, ..)| text[*start..].starts_with(char::is_lowercase) && !is_address(text, *start));
                names.common.extend(lower.map(|(_, _, word)| word));
            }
        }
        // thousands of organisations begin with the same word
        let mut known: HashSet<Form> = HashSet::new();
        for cell in cells {
            names.hosts.extend(names.host(cell));
            for form in names.forms(cell) {
                match form.words.as_slice() {
                    [word] if names.is_a_name(word) && !form.is_initials => {
                        names.single.insert(word.clone());
                    }
                    [first, _, ..] if known.insert(form.clone()) => {
                        names.by_first.entry(first.clone()).or_default().push(form);
                    }
                    _ => {}
                }
            }
        }
        names
    }

    /// Whether a word is no word of the language.
    pub(super) fn is_a_name(&self, word: &str) -> bool {
        word.chars().count() > 1
            && !self.common.contains(word)
            && !self.lists.common.contains(word)
            && !self.is_small(word)
            && !self.lists.titles.contains(word)
            && !word.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether a word is part of no name by itself.
    pub(super) fn is_small(&self, word: &str) -> bool {
        let lists = &self.lists;
        lists.small.contains(word) || lists.particles.contains(word) || lists.suffixes.contains(word)
    }

    /// The forms in which a cell may be written: as it is, without the words that
    /// organisations drop, its first words, its single words, its initials; of an address,
    /// the words before the `@`.
    pub(super) fn forms(&self, cell: &str) -> Vec<Form> {
        let form = |words: Words, is_whole| Form { words, is_whole, is_initials: false };
        if let Some((mailbox, _)) = cell.split_once('@') {
            let names = words(mailbox).into_iter().filter(|word| word.len() > 2);
            let names = names.filter(|word| !self.lists.mailboxes.contains(word.as_str()));
            return names.map(|word| form(vec![word], false)).collect();
        }
        let mut whole: Words = words(cell)
            .into_iter()
            .filter(|word| !self.lists.titles.contains(word.as_str()) && word != "and")
            .collect();
        if whole.len() > 1 && whole.first().is_some_and(|word| word == "the") {
            whole.remove(0);
        }
        let mut short = whole.clone();
        while short.len() > 1 && short.last().is_some_and(|word| self.lists.suffixes.contains(word.as_str())) {
            short.pop();
        }
        let shorter = (short.len()..whole.len()).map(|n| form(whole[..n].to_vec(), true));
        let mut forms: Vec<Form> = shorter.collect();
        forms.push(form(whole, true));
        forms.extend((2..short.len()).map(|n| form(short[..n].to_vec(), false)));
        let telling: Vec<&String> = short.iter().filter(|word| !self.is_small(word)).collect();
        if telling.len() > 2 {
            let initials = telling.iter().filter_map(|word| word.chars().next()).collect();
            forms.push(Form { words: vec![initials], is_whole: false, is_initials: true });
        }
        forms.extend(short.iter().map(|word| form(vec![word.clone()], false)));
        forms.retain(|form| !form.words.is_empty());
        forms
    }

    /// The host of an e-mail address as one word, without what many hosts share.
    fn host(&self, cell: &str) -> Option<String> {
        const SHARED: [&str; 8] = ["gmail", "hotmail", "outlook", "yahoo", "icloud", "aol", "live", "btinternet"];
        let host = cell.split('@').nth(1)?.trim().to_lowercase();
        let name = host.split('.').next()?.replace('-', "");
        (name.len() > 3 && !SHARED.contains(&name.as_str()) && !self.common.contains(&name)).then_some(name)
    }
}

/// Whether a word is inside an e-mail or web address.
fn is_address(text: &str, start: usize) -> bool {
    let is_space = |c: char| c.is_whitespace();
    let from = text[..start].rfind(is_space).map_or(0, |at| at + 1);
    let end = text[start..].find(is_space).map_or(text.len(), |at| start + at);
    let word = text.get(from..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ')']);
    word.contains('@') || word.contains('.')
}

fn words(text: &str) -> Words {
    tokens(text, &[]).into_iter().map(|(_, _, word)| word).collect()
}
