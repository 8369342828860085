//! Telephone, National Insurance, NHS and passport numbers, dates of birth, postcodes, and
//! addresses.

use super::words::{Text, Token};

/// Numbers of people and of their telephones, dates of birth and postcodes.
pub(super) fn numbers(of: &Text<'_>) -> Vec<(usize, usize)> {
    let (text, tokens) = (of.text, of.tokens);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(last) = phone(text, tokens, at)
            .or_else(|| insurance(text, tokens, at))
            .or_else(|| of_a_person(text, tokens, at))
            .or_else(|| birth(of, at))
        {
            let plus = text[..tokens[at].0].ends_with(['+', '(']);
            found.push((tokens[at].0 - usize::from(plus), tokens[last].1));
            at = last + 1;
        } else if let Some(last) = postcode(tokens, at) {
            found.push((tokens[before_postcode(of, at)].0, tokens[last].1));
            at = last + 1;
        } else {
            at += 1;
        }
    }
    found
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// The last word of a telephone number: 10 to 13 digits from a 0, a + or 44 on.
fn phone(text: &str, tokens: &[Token], first: usize) -> Option<usize> {
    let (start, _, word) = &tokens[first];
    if !is_digits(word) || !(word.starts_with('0') || word.starts_with("44") || text[..*start].ends_with('+')) {
        return None;
    }
    let (mut digits, mut last) = (0, None);
    for (at, (begins, _, word)) in tokens.iter().enumerate().skip(first) {
        let gap = if at == first { "" } else { &text[tokens[at - 1].1..*begins] };
        let is_joined =
            gap.len() <= 3 && gap.chars().all(|c| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}'));
        if !is_digits(word) || !is_joined || digits + word.len() > 14 {
            break;
        }
        digits += word.len();
        if digits >= 10 {
            last = Some(at);
        }
    }
    last
}

/// The last word of a National Insurance number: QQ 12 34 56 C, with or without spaces.
fn insurance(text: &str, tokens: &[Token], first: usize) -> Option<usize> {
    let mut whole = String::new();
    for (at, (begins, _, word)) in tokens.iter().enumerate().skip(first).take(5) {
        if at > first && text[tokens[at - 1].1..*begins].chars().any(|c| !matches!(c, ' ' | '-')) {
            return None;
        }
        whole.push_str(word);
        let bytes = whole.as_bytes();
        let fits = |at: usize, byte: u8| match at {
            0 | 1 | 8 => byte.is_ascii_lowercase(),
            _ => byte.is_ascii_digit(),
        };
        if bytes.len() > 9 || !bytes.iter().enumerate().all(|(at, byte)| fits(at, *byte)) {
            return None;
        }
        if bytes.len() == 9 {
            return Some(at);
        }
    }
    None
}

/// The last word of a number as people have them: nine digits (a passport) or ten, also as
/// 3, 3 and 4 (the NHS).
fn of_a_person(text: &str, tokens: &[Token], first: usize) -> Option<usize> {
    let digits = |at: usize| tokens.get(at).filter(|token| is_digits(&token.2)).map_or(0, |token| token.2.len());
    let is_joined = |at: usize| matches!(&text[tokens[at - 1].1..tokens[at].0], " " | "-");
    match digits(first) {
        9 | 10 => Some(first),
        3 if digits(first + 1) == 3 && digits(first + 2) == 4 && is_joined(first + 1) && is_joined(first + 2) => {
            Some(first + 2)
        }
        _ => None,
    }
}

/// The last word of a date after "born", "DOB" or "date of birth": 12/03/1990, 3 May 1990.
fn birth(of: &Text<'_>, first: usize) -> Option<usize> {
    let before = |n: usize| first.checked_sub(n).map_or("", |at| of.word(at));
    let is_born = matches!(before(1), "born" | "dob" | "birth" | "birthday")
        || (matches!(before(1), "on" | "is" | "in") && matches!(before(2), "born" | "birth" | "birthday"));
    let starts = |at: usize| of.word(at).starts_with(|c: char| c.is_ascii_digit());
    if !is_born || !starts(first) {
        return None;
    }
    let goes_on = |at: usize| at < of.tokens.len() && of.gap(at).chars().all(|c| matches!(c, '/' | '-' | '.' | ' '));
    let is_part = |at: usize| goes_on(at) && (starts(at) || of.is_capital(at)) && !of.gap(at).contains(". ");
    Some((first..first + 3).take_while(|at| *at == first || is_part(*at)).last().unwrap_or(first))
}

/// The second word of a postcode: SW1A 1AA; or the only one: SW1A1AA.
fn postcode(tokens: &[Token], first: usize) -> Option<usize> {
    let is_out = |word: &str| {
        let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
        let rest = &word.as_bytes()[letters..];
        (1..=2).contains(&letters)
            && (1..=2).contains(&rest.len())
            && rest[0].is_ascii_digit()
            && rest.iter().all(u8::is_ascii_alphanumeric)
    };
    let is_in = |word: &str| {
        let bytes = word.as_bytes();
        bytes.len() == 3 && bytes[0].is_ascii_digit() && bytes[1..].iter().all(u8::is_ascii_lowercase)
    };
    let word = tokens[first].2.as_str();
    let next = tokens.get(first + 1).is_some_and(|(_, _, next)| is_out(word) && is_in(next));
    if next {
        return Some(first + 1);
    }
    let split = word.len().checked_sub(3).filter(|at| word.is_char_boundary(*at))?;
    (is_out(&word[..split]) && is_in(&word[split..])).then_some(first)
}

/// How many words of an address go before a postcode.
const BEFORE: usize = 12;

/// The first word of the address that ends with a postcode: back to the number of the
/// house, or over words with capitals.
fn before_postcode(of: &Text<'_>, postcode: usize) -> usize {
    let mut first = postcode;
    let mut house = None;
    for at in (postcode.saturating_sub(BEFORE)..postcode).rev() {
        let gap = of.gap(at + 1);
        if !gap.chars().all(|c| matches!(c, ' ' | ',' | '\'' | '\u{2019}' | '-' | '\n')) {
            break;
        }
        let word = of.word(at);
        if word.starts_with(|c: char| c.is_ascii_digit()) && word.len() < 6 {
            house = Some(at);
        }
        if !of.is_lower && first != at + 1 {
            break;
        }
        if first == at + 1 && (of.is_capital(at) || word.starts_with(|c: char| c.is_ascii_digit()) || word == "s") {
            first = at;
        }
    }
    // "my address is" begins no address
    while first < postcode
        && (first == 0 || of.begins_sentence(first))
        && of.gap(first + 1) == " "
        && !of.is_name(first)
        && house.is_none_or(|house| house != first)
        && of.names.lists.common.contains(of.word(first))
    {
        first += 1;
    }
    house.map_or(first, |house| house.min(first))
}

/// A number, and one to three words with capitals up to "Street" or the like.
pub(super) fn streets(of: &Text<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, (start, _, word)) in of.tokens.iter().enumerate() {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 || word.len() > digits + 1 {
            continue;
        }
        for next in at + 1..at + 5 {
            let is_near = of.gap(next).chars().all(|c| matches!(c, ' ' | ',' | '\'' | '\u{2019}'));
            if !is_near || !(of.is_capital(next) || of.word(next) == "s") {
                break;
            }
            if of.names.lists.streets.contains(of.word(next)) && next > at + 1 {
                found.push((*start, of.tokens[next].1));
                break;
            }
        }
    }
    found
}
