//! "Option 2:", "Options 1-3:", "[Core]" and similar prefixes of a text.

use std::fmt;

/// The maximum number of an option; more in one occupation mean a damaged file.
pub(super) const MOST: u32 = 200;

/// The maximum number of options in a range; wider ones also mean damage.
pub(super) const WIDEST: u32 = 50;

/// The name of an option in a prefix: a number or a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Called {
    /// From 1.
    Number(u32),
    /// A capital letter.
    Letter(char),
}

impl Called {
    /// Its position among options named in the same way, from 0.
    pub(super) fn place(self) -> Option<usize> {
        let from_one = match self {
            Called::Number(n) => n,
            Called::Letter(c) => (c as u32).checked_sub('A' as u32)? + 1,
        };
        usize::try_from(from_one.checked_sub(1)?).ok()
    }
}

impl fmt::Display for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Called::Number(n) => n.fmt(f),
            Called::Letter(c) => c.fmt(f),
        }
    }
}

/// The parts of a statement's text.
#[derive(Debug, PartialEq)]
pub(super) struct Prefixed<'t> {
    /// The options that the prefix names, each once, in order.
    pub(super) named: Vec<Called>,
    /// Whether it names the core. The statement then belongs to no option.
    pub(super) is_core: bool,
    /// A title inside the prefix: "Option 1 (Bread): ...".
    pub(super) title: Option<&'t str>,
    /// The text after it.
    pub(super) rest: &'t str,
}

/// The prefix of a text.
#[derive(Debug, PartialEq)]
pub(super) enum Prefix<'t> {
    /// Options, or the core.
    Options(Prefixed<'t>),
    /// A prefix whose numbers are not those of options: "Option 0:", "Options
    /// 1-99999:".
    Odd(&'t str),
}

/// Splits "Core: text", "Option 2: ...", "Options 1-3 only - ..." from what
/// follows. Returns `None` if the text has no such prefix. `O(1)`: a prefix is
/// short.
pub(super) fn prefix(text: &str) -> Option<Prefix<'_>> {
    let bracket = match text.chars().next()? {
        '[' => Some(']'),
        '(' => Some(')'),
        'c' | 'C' | 'o' | 'O' => None,
        _ => return None,
    };
    let start = &text[usize::from(bracket.is_some())..];
    // "Option 1 - 3 axis milling" has no range: the wider reading may fail
    [true, false].into_iter().find_map(|ranges| read(text, start.trim_start(), bracket, ranges))
}

fn read<'t>(text: &'t str, start: &'t str, bracket: Option<char>, ranges: bool) -> Option<Prefix<'t>> {
    let mut cursor = Cursor { rest: start, named: Vec::new(), is_core: false, is_odd: false, is_small: false };
    cursor.names(ranges)?;
    if let Some(behind) = word(cursor.rest.trim_start(), "only") {
        cursor.rest = behind;
    }
    let (title, rest) = match bracket {
        Some(close) => {
            let inside = cursor.rest.trim_start();
            let (title, behind) = match inside.strip_prefix(close) {
                Some(behind) => (None, behind),
                None => {
                    let (title, behind) = separator(inside)?.split_once(close)?;
                    (Some(title).filter(|title| is_title(title)), behind)
                }
            };
            (title, separator(behind.trim_start()).unwrap_or(behind))
        }
        None => {
            let behind = cursor.rest.trim_start();
            match behind.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
                Some((title, behind)) if is_title(title) => (Some(title), separator(behind.trim_start())?),
                _ => {
                    // "option a - ..." is a sentence; "option a: ..." is not
                    let rest = separator(behind).filter(|_| !cursor.is_small || behind.starts_with(':'))?;
                    (None, rest)
                }
            }
        }
    };
    if cursor.is_odd {
        let end = text.len() - rest.len();
        return Some(Prefix::Odd(text[..end].trim_end()));
    }
    let Cursor { named, is_core, .. } = cursor;
    Some(Prefix::Options(Prefixed { named, is_core, title: title.map(str::trim), rest: rest.trim_start() }))
}

fn is_title(title: &str) -> bool {
    !title.trim().is_empty() && title.len() <= 200 && !title.contains(['.', ';', '\n'])
}

/// What follows a `:`, or a dash with a space after it.
fn separator(text: &str) -> Option<&str> {
    let behind_dash = || text.strip_prefix(DASHES).filter(|behind| behind.starts_with(char::is_whitespace));
    text.strip_prefix(':').or_else(behind_dash)
}

const DASHES: [char; 4] = ['-', '\u{2010}', '\u{2013}', '\u{2014}'];

/// What follows a word, in any case.
fn word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let behind = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && !behind.starts_with(char::is_alphanumeric)).then_some(behind)
}

/// The state of reading a prefix.
struct Cursor<'t> {
    rest: &'t str,
    named: Vec<Called>,
    is_core: bool,
    is_odd: bool,
    /// Whether a letter is in lower case.
    is_small: bool,
}

impl<'t> Cursor<'t> {
    /// Reads the core, or options, or several of them.
    fn names(&mut self, ranges: bool) -> Option<()> {
        // at most this many names; a longer list is not a prefix
        for turn in 0..MOST {
            if let Some(behind) = word(self.rest, "core") {
                self.is_core = true;
                self.rest = behind;
            } else if let Some(behind) = word(self.rest, "options").or_else(|| word(self.rest, "option")) {
                let is_plural = self.rest[..self.rest.len() - behind.len()].ends_with(['s', 'S']);
                self.rest = behind.trim_start();
                self.name(ranges, is_plural)?;
            } else if turn > 0 && !self.named.is_empty() {
                self.name(ranges, true)?;
            } else {
                return None;
            }
            let Some(behind) = joint(self.rest) else { return Some(()) };
            // "Option 1, bread: ..." continues without a name
            let is_name = word(behind, "core").is_some()
                || word(behind, "option").or_else(|| word(behind, "options")).is_some()
                || (!self.named.is_empty() && called(behind).is_some());
            if !is_name {
                return Some(());
            }
            self.rest = behind;
        }
        None
    }

    /// Reads one name, or a range of them.
    fn name(&mut self, ranges: bool, is_plural: bool) -> Option<()> {
        let (first, behind) = called(self.rest)?;
        self.is_small |= self.rest.starts_with(|c: char| c.is_ascii_lowercase());
        self.rest = behind;
        let last = if ranges { self.range_end(is_plural) } else { None };
        match (first, last) {
            (Some(first), None) => self.add(first),
            (Some(Called::Number(a)), Some((Some(Called::Number(b)), behind))) if a < b && b - a < WIDEST => {
                (a..=b).for_each(|n| self.add(Called::Number(n)));
                self.rest = behind;
            }
            (Some(Called::Letter(a)), Some((Some(Called::Letter(b)), behind))) if a < b => {
                (a..=b).for_each(|c| self.add(Called::Letter(c)));
                self.rest = behind;
            }
            (_, Some((_, behind))) => {
                self.is_odd = true;
                self.rest = behind;
            }
            (None, None) => self.is_odd = true,
        }
        Some(())
    }

    /// The end of a range: after a dash or "to".
    fn range_end(&self, is_plural: bool) -> Option<(Option<Called>, &'t str)> {
        let spaced = self.rest.trim_start();
        let to = word(spaced, "to").or_else(|| word(spaced, "through")).map(str::trim_start);
        let end = to.or_else(|| {
            let behind = spaced.strip_prefix(DASHES)?;
            let is_tight = spaced.len() == self.rest.len() && !behind.starts_with(char::is_whitespace);
            (is_tight || is_plural).then(|| behind.trim_start())
        })?;
        called(end)
    }

    fn add(&mut self, called: Called) {
        if !self.named.contains(&called) {
            self.named.push(called);
        }
    }
}

/// What follows the words or marks that join two names.
fn joint(text: &str) -> Option<&str> {
    let start = text.trim_start();
    let mut rest = start;
    // ", and", "and/or"
    while let Some(behind) = (rest.strip_prefix([',', '&', '/', '+']))
        .or_else(|| ["and", "or", "plus"].iter().find_map(|joint| word(rest, joint)))
    {
        rest = behind.trim_start();
    }
    (rest.len() < start.len()).then_some(rest)
}

/// A number, a Roman numeral or a single letter, and what follows. The name is
/// `None` if the number is not that of an option.
fn called(text: &str) -> Option<(Option<Called>, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    if !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()) {
        let number = name.parse().ok().filter(|n| (1..=MOST).contains(n));
        return Some((number.map(Called::Number), behind));
    }
    if let Some(roman) = roman(name) {
        return Some((Some(Called::Number(roman)), behind));
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            Some((Some(Called::Letter(letter.to_ascii_uppercase())), behind))
        }
        _ => None,
    }
}

/// Roman numerals of two letters or more, up to 12.
fn roman(name: &str) -> Option<u32> {
    let known = ["II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"];
    let number = [2, 3, 4, 6, 7, 8, 9, 11, 12];
    known.iter().position(|roman| *roman == name).and_then(|at| number.get(at)).copied()
}

/// Reads I, V and X as Roman numerals if the others are: "Option I:" and
/// "Option II:" in the texts of one occupation.
pub(super) fn with_roman_numbers(called: &mut [&mut Called], has_roman: bool) {
    if !has_roman {
        return;
    }
    for called in called {
        **called = match **called {
            Called::Letter('I') => Called::Number(1),
            Called::Letter('V') => Called::Number(5),
            Called::Letter('X') => Called::Number(10),
            other => other,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A short form of a prefix: `1+2 (title) | rest`.
    fn shown(text: &str) -> Option<String> {
        Some(match prefix(text)? {
            Prefix::Odd(odd) => format!("odd {odd}"),
            Prefix::Options(Prefixed { named, is_core, title, rest }) => {
                let mut names: Vec<String> = named.iter().map(ToString::to_string).collect();
                names.extend(is_core.then(|| "core".to_owned()));
                let title = title.map(|title| format!(" ({title})")).unwrap_or_default();
                format!("{}{title} | {rest}", names.join("+"))
            }
        })
    }

    #[test]
    fn prefixes() {
        for (text, expected) in [
            ("Core: The scope", "core | The scope"),
            ("Option 2: Maternity support: Newborn", "2 | Maternity support: Newborn"),
            ("Options 1, 2 and 5: A, B and C:  Wounds", "1+2+5 | A, B and C:  Wounds"),
            ("Option 3 - Theatre", "3 | Theatre"),
            ("Option 3 \u{2013} Theatre", "3 | Theatre"),
            ("OPTIONS 1 & 2: x", "1+2 | x"),
            ("Option 1, Option 2: x", "1+2 | x"),
            ("Option 1 or 2: x", "1+2 | x"),
            ("Option 1 / Option 2: x", "1+2 | x"),
            ("Options 1 and/or 2: x", "1+2 | x"),
            ("Options 1-3: x", "1+2+3 | x"),
            ("Options 1 \u{2013} 3: x", "1+2+3 | x"),
            ("Options 1\u{2013}3, 5: x", "1+2+3+5 | x"),
            ("Options 2 to 4 only: x", "2+3+4 | x"),
            ("Options 1 and 2 only - x", "1+2 | x"),
            ("Option 1 only: x", "1 | x"),
            ("[Option 1] x", "1 | x"),
            ("[Option 1]: x", "1 | x"),
            ("(Option 2) x", "2 | x"),
            ("( option 2 only ) - x", "2 | x"),
            ("[Options 1 and 2] x", "1+2 | x"),
            ("[Option 1: Bread] x", "1 (Bread) | x"),
            ("[Core] x", "core | x"),
            ("Option 1 (Bread): x", "1 (Bread) | x"),
            ("Core and option 1: x", "1+core | x"),
            ("Core, Option 1 and Option 2: x", "1+2+core | x"),
            ("Option A: x", "A | x"),
            ("Option A - x", "A | x"),
            ("option a: x", "A | x"),
            ("Options A and B: x", "A+B | x"),
            ("Options A-C: x", "A+B+C | x"),
            ("Option II: x", "2 | x"),
            ("Options I, II and IV: x", "I+2+4 | x"),
            ("Option 1: 3D printing", "1 | 3D printing"),
            ("Option 1 - 3D printing", "1 | 3D printing"),
            ("Option 1 - 3 axis milling", "1 | 3 axis milling"),
            ("Option 1 - 3 axis milling: set it up", "1 | 3 axis milling: set it up"),
            ("Options 1, 1 and 1: x", "1 | x"),
            ("Option 200: x", "200 | x"),
            ("Option 0: x", "odd Option 0:"),
            ("Options 0-3: x", "odd Options 0-3:"),
            ("Options 3-1: x", "odd Options 3-1:"),
            ("Option 1-999999999: x", "odd Option 1-999999999:"),
            ("Option 99999999999999999999: x", "odd Option 99999999999999999999:"),
            ("Option 201: x", "odd Option 201:"),
            ("Options 1-100: x", "odd Options 1-100:"),
            ("[Option 0] x", "odd [Option 0]"),
            ("Options 1 and 0: x", "odd Options 1 and 0:"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_prefixes() {
        for text in [
            "Core values of the organisation",
            "Corexyz: x",
            "Options for disposal: bins",
            "Option appraisal: how to do it",
            "Option: x",
            "Optional: x",
            "Option a supplier gives: price",
            "Option a - supplier",
            "Options A or B should be weighed: how",
            "Option 1 is better: why",
            "Option 1a: x",
            "Option 1",
            "Options 1 and",
            "(Options are weighed) before buying: x",
            "[Core",
            "(",
            "Opt",
            "Option \u{661}: x",
            "",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_prefix_is_read_or_left(
            text in "[\\[(]?(core|Options?|OPTION|option)( and |, | or | / )?(option )? ?([0-9]{0,12}|[A-Za-z]|[IVX]{1,4})(-|–| to | - |, | & | and )?(option )?[0-9]{0,12}( only)?[\\])]?[:–-]? ?[a-zé:0-9 ]{0,12}"
        ) {
            if let Some(Prefix::Options(Prefixed { named, rest, .. })) = prefix(&text) {
                prop_assert!(text.ends_with(rest));
                prop_assert!(named.len() <= MOST as usize);
                prop_assert!(named.iter().all(|called| called.place().is_some_and(|place| place < MOST as usize)));
            }
        }
    }
}
