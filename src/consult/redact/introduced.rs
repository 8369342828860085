//! Names that a text itself introduces: after a title, in a signature, after "my name is",
//! before "says", and full names of words that nothing else writes.

use super::words::Text;

/// The most words of a name.
const MOST: usize = 4;

pub(super) fn introduced(text: &Text<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..text.tokens.len() {
        let lists = &text.names.lists;
        let (word, start) = (text.word(at), text.tokens[at].0);
        let next = text.gap(at + 1);
        if lists.titles.contains(word)
            && (text.is_capital(at) || text.is_lower)
            && next.chars().all(|c| matches!(c, '.' | ' '))
        {
            found.extend(name(text, at + 1, &|_| true).map(|end| (start, end)));
        }
        let breaks = next.contains([',', '\n', ':', '-', '\u{2013}']) && !next.contains(['.', '!', '?']);
        if lists.signatures.contains(word) && (breaks || (next == " " && matches!(word, "contact" | "signed"))) {
            found.extend(signed(text, at + 1));
        }
        let before = |n: usize| at.checked_sub(n).map_or("", |at| text.word(at));
        let is_my_name = (matches!(word, "is" | "s") && before(1) == "name") || (word == "m" && before(1) == "i");
        let is_i_m = word == "m" && !text.is_name(at + 1);
        if (is_my_name && !is_i_m) || (matches!(word, "name" | "names") && next.trim() == ":") {
            found.extend(if text.is_lower { two_words(text, at + 1) } else { spanned(text, at + 1, &|_| true) });
        }
        if word == "i" && text.is_capital(at) && next.trim() == "," {
            found.extend(spanned(text, at + 1, &|_| true));
        }
        let says_i_am = text.is_lower && word == "am" && before(1) == "i";
        if says_i_am && [at + 1, at + 2].iter().all(|at| text.names.is_a_name(text.word(*at))) {
            found.extend(two_words(text, at + 1));
        }
        let names_follow = (lists.introductions.contains(word) && next == " ")
            || (word == "to" && before(1) == "according")
            || (word == "me" && before(1) == "call")
            || (word == "at" && before(1) == "we")
            || (matches!(word, "under" | "ask" | "call" | "with") && next == " ");
        if names_follow {
            found.extend(spanned(text, at + 1, &|first| text.is_name(first)));
        }
        if matches!(word, "its" | "s" | "is")
            && next == " "
            && matches!(text.word(at + 2), "from" | "here" | "at" | "again")
        {
            found.extend(spanned(text, at + 1, &|first| text.is_capital(first)));
        }
        if lists.sayings.contains(word) && at > 0 && text.gap(at) == " " && text.is_name(at - 1) {
            found.push((text.tokens[at - 1].0, text.tokens[at - 1].1));
        }
        if text.is_initial(at) && next.starts_with('.') && !text.is_initial(at.wrapping_sub(1)) {
            let first = (at + 1..at + MOST).find(|at| !text.is_initial(*at)).unwrap_or(at + 1);
            let is_near = (at + 1..=first).all(|at| matches!(text.gap(at), "." | ". "));
            found.extend(spanned(text, first, &|first| is_near && text.is_name(first)).map(|(_, end)| (start, end)));
        }
        if lists.kinds.contains(word) && text.is_capital(at) {
            found.extend(organisation(text, at));
        }
        if let Some(end) = full_name(text, at) {
            found.push((start, end));
        }
    }
    found.extend(closing_line(text));
    found
}

/// The end of a name that begins with a word, if that word may begin one.
fn name(text: &Text<'_>, first: usize, may_begin: &dyn Fn(usize) -> bool) -> Option<usize> {
    if !(text.is_capital(first) && may_begin(first)) {
        return None;
    }
    let mut last = first;
    for at in first + 1..first + MOST {
        let gap = text.gap(at);
        let is_joined =
            matches!(gap, " " | "-" | "'" | "\u{2019}") || (gap == ". " && text.is_initial(at - 1)) || gap == ".";
        let is_part =
            text.is_capital(at) && (text.is_name(at) || text.is_initial(at) || matches!(gap, "-" | "'" | "\u{2019}"));
        let is_particle = text.names.lists.particles.contains(text.word(at)) && gap == " ";
        if !is_joined || !(is_part || is_particle) {
            break;
        }
        if is_part {
            last = at;
        }
    }
    Some(text.tokens[last].1)
}

fn spanned(text: &Text<'_>, first: usize, may_begin: &dyn Fn(usize) -> bool) -> Option<(usize, usize)> {
    name(text, first, may_begin).map(|end| (text.tokens[first].0, end))
}

/// The names under a signature: "Kim Poe", "Kim, Lee and Sam Roe".
fn signed(text: &Text<'_>, first: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = first;
    for _ in 0..MOST {
        let may_begin = |at: usize| text.is_name(at) || text.is_initial(at) || text.gap(at).contains('\n');
        let Some((start, end)) = spanned(text, at, &may_begin) else { break };
        found.push((start, end));
        let next = text.tokens.partition_point(|token| token.1 <= end);
        let is_list = text.gap(next) == ", " || (text.word(next) == "and" && text.gap(next) == " ");
        at = next + usize::from(text.word(next) == "and");
        if !is_list {
            break;
        }
    }
    found
}

/// Two words, where a text has no capitals.
fn two_words(text: &Text<'_>, first: usize) -> Option<(usize, usize)> {
    let (start, _, _) = text.tokens.get(first)?;
    let (_, end, _) = text.tokens.get(first + 1)?;
    (text.gap(first + 1) == " ").then_some((*start, *end))
}

/// The end of a full name: two words or more with capitals that nothing writes without.
fn full_name(text: &Text<'_>, first: usize) -> Option<usize> {
    if !text.is_name(first) || (first > 0 && text.is_name(first - 1) && text.gap(first) == " ") {
        return None;
    }
    let is_shouted = text.text[text.tokens[first].0..text.tokens[first].1].chars().all(char::is_uppercase);
    let end = name(text, first, &|_| true)?;
    (end > text.tokens[first].1 && !is_shouted).then_some(end)
}

/// The name of an organisation that ends with its kind, such as "College": words with
/// capitals, one of which no text writes without.
fn organisation(text: &Text<'_>, kind: usize) -> Option<(usize, usize)> {
    let mut first = kind;
    while first > 0 && text.gap(first) == " " && kind - first <= MOST {
        let is_small = matches!(text.word(first - 1), "and" | "of" | "for");
        if !(text.is_capital(first - 1) || is_small) {
            break;
        }
        first -= 1;
    }
    while first < kind && !text.is_name(first) {
        first += 1;
    }
    (first < kind).then(|| (text.tokens[first].0, text.tokens[kind].1))
}

/// The last line, if it is nothing but a name: up to four words with capitals.
fn closing_line(text: &Text<'_>) -> Option<(usize, usize)> {
    let last = text.tokens.len().checked_sub(1)?;
    let mut first = last;
    while first > 0 && !(text.gap(first).contains('\n') || text.gap(first).contains(". ")) {
        first -= 1;
    }
    // "L. Dobrzanski": the initial is not a sentence
    while first > 0 && text.is_initial(first - 1) && !text.gap(first).contains('\n') {
        first -= 1;
    }
    let words = first..=last;
    let is_part = |at: usize| text.is_capital(at) || text.names.lists.particles.contains(text.word(at));
    let has_name = words.clone().any(|at| text.is_name(at));
    let is_short = last - first < MOST && first > 0;
    (is_short && has_name && words.clone().all(is_part)).then(|| (text.tokens[first].0, text.tokens[last].1))
}
