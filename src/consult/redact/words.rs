//! The words of a text, and the names of respondents among them.

use std::collections::HashSet;

use super::learnt::{Form, Names};

/// A word: its start and end, and its text in lower case.
pub(super) type Token = (usize, usize, String);

/// A text with its words.
#[derive(Clone, Copy)]
#[allow(clippy::struct_field_names, reason = "a text has a text")]
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) names: &'t Names,
    /// Whether nothing is written with a capital, names neither.
    pub(super) is_lower: bool,
    /// Whether a word of four letters or more is written without a capital.
    pub(super) has_small: bool,
    /// Whether it is a title, where any word may have a capital: single words are no names.
    pub(super) is_title: bool,
}

impl<'t> Text<'t> {
    /// The text between a word and the one before it.
    pub(super) fn gap(&self, at: usize) -> &'t str {
        let from = at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |token| token.1);
        self.tokens.get(at).and_then(|token| self.text.get(from..token.0)).unwrap_or_default()
    }

    /// Whether a word has a capital; in a text without any, whether it is no word of the
    /// language.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let has_capital = || self.text[token.0..].starts_with(char::is_uppercase);
            if self.is_lower { self.names.is_a_name(&token.2) } else { has_capital() }
        })
    }

    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.2.as_str())
    }

    /// Whether a word is a name by itself: it has a capital, and is no word of the language.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.is_capital(at) && self.names.is_a_name(self.word(at))
    }

    /// Whether a word is one capital letter.
    pub(super) fn is_initial(&self, at: usize) -> bool {
        self.is_capital(at) && self.word(at).chars().count() == 1
    }

    /// Whether a word begins a sentence or a line.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        let Some((start, ..)) = self.tokens.get(at) else { return false };
        let before = self.text[..*start].trim_end_matches([' ', '"', '(', '\u{201c}', '\u{2018}', '\'']);
        before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', ';', '-', '\u{2022}'])
    }

    /// The spans of the names of respondents.
    pub(super) fn names(&self, own: &[String]) -> Vec<(usize, usize)> {
        let own: Vec<Form> = own.iter().flat_map(|cell| self.names.forms(cell)).collect();
        let own_words: HashSet<&str> = own.iter().flat_map(|form| form.words.iter().map(String::as_str)).collect();
        // "Alarms" of "Alarm Systems"
        let is_own_word =
            |word: &str| own_words.contains(word) || own_words.contains(word.strip_suffix('s').unwrap_or(word));
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.tokens.len() {
            let single = || (!self.is_title && self.single(at, &own)).then_some(1);
            let many = self.whole(at, &own).or_else(single).or_else(|| self.host(at));
            let Some(many) = many else {
                at += 1;
                continue;
            };
            let (mut first, mut last) = (at, at + many - 1);
            // words of the same name on either side
            let is_more = |at: usize| {
                let word = self.word(at);
                (self.is_capital(at) || (self.is_lower && self.names.is_a_name(word)))
                    && (is_own_word(word) || self.names.lists.suffixes.contains(word))
            };
            while self.gap(last + 1) == " " && is_more(last + 1) {
                last += 1;
            }
            while first > 0 && self.gap(first) == " " && is_more(first - 1) && !self.begins_sentence(first - 1) {
                first -= 1;
            }
            found.push((self.tokens[first].0, self.tokens[last].1));
            at = last + 1;
        }
        found
    }

    /// How many words a name of several words has here; "and" and "&" are the same.
    fn whole(&self, at: usize, own: &[Form]) -> Option<usize> {
        let known = self.names.by_first.get(self.word(at)).into_iter().flatten().chain(own);
        known.filter(|form| form.words.len() > 1).filter_map(|form| self.length(at, form)).max()
    }

    fn length(&self, first: usize, form: &Form) -> Option<usize> {
        let mut at = first;
        let is_telling = form.words.iter().any(|word| self.names.is_a_name(word));
        let mut has_capitals = true;
        for word in &form.words {
            if at > first && self.word(at) == "and" {
                at += 1;
            }
            let is_here = self.word(at) == word && (at == first || !self.gap(at).contains(['\n', '.', ';']));
            if !is_here {
                return None;
            }
            has_capitals &= self.is_capital(at) || self.is_lower || self.names.is_small(word);
            at += 1;
        }
        // a name of common words is one only where it is written as one
        let is_one = if is_telling { form.is_whole || has_capitals } else { has_capitals && !self.is_lower };
        is_one.then_some(at - first)
    }

    /// Whether a word is a part of a respondent's name.
    fn single(&self, at: usize, own: &[Form]) -> bool {
        let (word, has_capital) = (self.word(at), self.is_capital(at) || self.is_lower);
        if self.is_month(at) {
            return false;
        }
        if self.is_forename(at) || (at > 0 && self.is_forename(at - 1) && self.is_surname(at)) {
            return true;
        }
        let mut of_own = own.iter().filter(|form| form.words.len() == 1 && form.words[0] == word).peekable();
        let is_own = of_own.peek().is_some();
        let is_all_capitals = || {
            let (start, end, _) = &self.tokens[at];
            self.text[*start..*end].chars().all(char::is_uppercase)
        };
        if self.names.is_a_name(word) {
            // the names of others begin no sentence, where any word has a capital
            let is_known = self.names.single.contains(word) && !self.begins_sentence(at);
            let by_own =
                of_own.any(|form| if form.is_initials { is_all_capitals() } else { form.is_whole || has_capital });
            return by_own || (has_capital && is_known);
        }
        // a word of the language: a name where a capital is not due anyway
        is_own
            && self.is_capital(at)
            && !self.names.is_small(word)
            && (!self.begins_sentence(at) || self.is_addressed(at))
            && !self.is_title_case(at)
            && !self.word(at + 1).starts_with(|c: char| c.is_ascii_digit())
    }

    fn is_forename(&self, at: usize) -> bool {
        self.names.lists.forenames.contains(self.word(at)) && self.is_capital(at)
    }

    /// Whether a word after a common first name is a surname, though it may be a word of the
    /// language: "Sarah Cook". Where all words have capitals, nothing tells.
    fn is_surname(&self, at: usize) -> bool {
        self.gap(at) == " " && self.is_capital(at) && self.has_small
    }

    /// Whether what follows a word at the start of a sentence shows that it is a name.
    fn is_addressed(&self, at: usize) -> bool {
        self.names.lists.after_names.contains(self.word(at + 1)) || self.gap(at + 1).starts_with(',')
    }

    fn is_month(&self, at: usize) -> bool {
        let lists = &self.names.lists;
        at > 0 && lists.months.contains(self.word(at)) && lists.before_months.contains(self.word(at - 1))
    }

    /// How many words with capitals make up the host of an address: "Acme Tools" of
    /// `jane@acme-tools.example`.
    fn host(&self, first: usize) -> Option<usize> {
        let mut whole = String::new();
        for at in first..first + 5 {
            let may_go_on = at == first || matches!(self.gap(at), " " | "-" | "&" | " & ");
            if !may_go_on || !(self.is_capital(at) || self.names.is_small(self.word(at))) {
                return None;
            }
            whole.push_str(self.word(at));
            if self.names.hosts.contains(&whole) && (at > first || !self.begins_sentence(first)) {
                return Some(at + 1 - first);
            }
        }
        None
    }

    /// Whether a neighbour has a capital, too, as in the name of a route.
    fn is_title_case(&self, at: usize) -> bool {
        let has_capital = |at: usize| {
            self.is_capital(at) && self.word(at).len() > 1 && !self.begins_sentence(at) && !self.is_name(at)
        };
        at.checked_sub(1).is_some_and(has_capital) || has_capital(at + 1)
    }

    /// Spans in order, those that touch or overlap as one; initials before a name, the
    /// words that organisations drop after it and a name after "and" belong to it.
    pub(super) fn joined(&self, mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        let mut ends: HashSet<usize> = HashSet::new();
        let mut at = 0;
        while let Some((_, end)) = spans.get(at).copied() {
            // each end once: lists of names are long
            if ends.insert(end) {
                spans.extend(self.and_another(end));
            }
            at += 1;
        }
        for (start, _) in &mut spans {
            *start = self.with_initials(*start);
        }
        spans.sort_unstable();
        let mut out: Vec<(usize, usize)> = Vec::new();
        for (start, end) in spans {
            match out.last_mut() {
                Some((_, last)) if start <= *last || is_joint(&self.text[*last..start]) => *last = end.max(*last),
                _ => out.push((start, end)),
            }
        }
        out
    }

    /// A name after "and" or "or", where one was found before it.
    fn and_another(&self, end: usize) -> Option<(usize, usize)> {
        let at = self.tokens.binary_search_by_key(&end, |token| token.1).ok()?;
        let is_name = matches!(self.word(at + 1), "and" | "or") && self.gap(at + 1) == " " && self.is_name(at + 2);
        (is_name && self.is_name(at)).then(|| (self.tokens[at + 2].0, self.tokens[at + 2].1))
    }

    /// The start of the lone capitals before a name: the "J" of "J. Doe".
    fn with_initials(&self, start: usize) -> usize {
        let Ok(mut at) = self.tokens.binary_search_by_key(&start, |token| token.0) else { return start };
        while at > 0 && self.is_initial(at - 1) && matches!(self.gap(at), " " | "." | ". ") {
            // "I" and "A" are words
            if matches!(self.word(at - 1), "i" | "a") && !self.gap(at).contains('.') && !self.is_line_start(at - 1) {
                break;
            }
            at -= 1;
        }
        self.tokens[at].0
    }

    pub(super) fn is_line_start(&self, at: usize) -> bool {
        at == 0 || self.gap(at).contains('\n')
    }
}

/// Whether what lies between two spans joins them.
fn is_joint(between: &str) -> bool {
    between.chars().all(|c| matches!(c, ' ' | '-'))
}
