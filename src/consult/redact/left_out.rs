//! Texts with their personal details left out.

use super::words::Text;
use super::{Names, addresses, introduced, numbers};
use crate::consult::evidence::tokens;

/// Replacement text for personal details.
const LEFT_OUT: &str = "(left out)";

impl Names {
    /// Returns a text without personal details; `own` are the cells of the row.
    pub(in crate::consult) fn without(&self, text: &str, own: &[String]) -> String {
        cut(text, self.found(text, own))
    }

    /// Like [`Names::without`], for the title of an occupation: a single word is a name only
    /// if it is all of a cell.
    pub(in crate::consult) fn without_in_title(&self, title: &str, own: &[String]) -> String {
        let is_cell = own.iter().any(|cell| cell.trim().eq_ignore_ascii_case(title.trim()));
        if is_cell { LEFT_OUT.to_owned() } else { cut(title, self.spans(title, own, true)) }
    }

    /// The spans of the personal details in a text, in order.
    fn found(&self, text: &str, own: &[String]) -> Vec<(usize, usize)> {
        self.spans(text, own, false)
    }

    fn spans(&self, text: &str, own: &[String], is_title: bool) -> Vec<(usize, usize)> {
        let is_lower = !text.contains(char::is_uppercase);
        let tokens = tokens(text, &[]);
        let is_small = |start: usize| !is_lower && text[start..].starts_with(char::is_lowercase);
        let has_small = tokens.iter().any(|(start, _, word)| word.len() > 3 && is_small(*start));
        let text = Text { text, tokens: &tokens, names: self, is_lower, has_small, is_title };
        let mut spans = addresses::addresses(&text);
        spans.extend(numbers::numbers(&text));
        spans.extend(numbers::streets(&text));
        spans.extend(text.names(own));
        if !is_title {
            spans.extend(introduced::introduced(&text));
        }
        text.joined(spans)
    }

    /// Whether only replacement text is left of a text.
    pub(in crate::consult) fn is_all_left_out(text: &str) -> bool {
        text.contains(LEFT_OUT) && tokens(&text.replace(LEFT_OUT, ""), &[]).is_empty()
    }
}

/// The text with spans replaced.
fn cut(text: &str, spans: Vec<(usize, usize)>) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (start, end) in spans {
        out.push_str(&text[from..start]);
        out.push_str(LEFT_OUT);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LEFT_OUT, Names, tokens};
    use crate::table::{Columns, Row, Table};

    fn names(cells: &[&str], texts: &[&str]) -> Names {
        Names::of(cells.iter().copied(), std::iter::empty(), texts.iter().copied())
    }

    #[test]
    fn a_cell_is_taken_out_as_whole_words() {
        for (text, cell, expected) in [
            ("We at ACME plan; Acme, acme's", "Acme", "We at (left out) plan; (left out), (left out)'s"),
            ("Zo\u{eb}, the Zo\u{eb}s, ZO\u{cb}", "Zo\u{eb}", "(left out), the Zo\u{eb}s, (left out)"),
            ("Jane  Doe-Roe said", "Jane Doe", "(left out) said"),
            ("short", "much longer", "short"),
            ("mail\njane@x.example\nor ring", "-", "mail\n(left out)\nor ring"),
            ("As J. Doe says", "Jane Doe", "As (left out) says"),
            // parts of a name, where a capital shows that it is one
            ("We saw Doe and others, a doe", "Jane Doe", "We saw (left out) and others, a doe"),
            ("We at Skyways fly; skyways are full", "Skyways Training Ltd", "We at (left out) fly; skyways are full"),
            ("Skyways Academy Limited", "Skyways Training Academy", "(left out)"),
            ("At Brick and Tile, BTW", "Brick & Tile Works", "At (left out), (left out)"),
            ("the art of Art and design, Mr Art", "Art Vandelay", "the art of (left out) and design, (left out)"),
            ("Will it work? I am sure Will knows.", "Will Roe", "Will it work? I am sure (left out) knows."),
            ("A Mark 2 machine. Mark has two.", "Mark Roe", "A Mark 2 machine. (left out) has two."),
            ("In May we ask; then May asks", "May Roe", "In May we ask; then (left out) asks"),
            ("See www.acme.example/jobs.", "boss@acme.example", "See (left out)."),
            ("as Acme Tools of gov.uk/acme says", "jo@acme-tools.example", "as (left out) of gov.uk/acme says"),
            ("jane doe asks", "Jane Doe", "(left out) asks"),
        ] {
            assert_eq!(names(&[cell], &["He asks."]).without(text, &[cell.to_owned()]), expected, "{text}");
        }
    }

    #[test]
    fn details_that_no_cell_holds() {
        for (text, expected) in [
            ("Mr Roe asked. Roads are wet.", "(left out) asked. Roads are wet."),
            ("Ask Dr. A. Roe-Poe, please", "Ask (left out), please"),
            ("My name is Kim Poe and I teach", "My name is (left out) and I teach"),
            ("my name is kim poe. i teach", "my name is (left out). i teach"),
            ("It helps.\nKind regards,\nKim Poe\nDirector", "It helps.\nKind regards,\n(left out)\nDirector"),
            ("It is so. R. Q. Poe-Roe", "It is so. (left out)"),
            ("I, Kim Poe, agree", "I, (left out), agree"),
            ("as Sarah or Zeb say", "as (left out) or (left out) say"),
            ("I spoke with Sarah and Dave about it", "I spoke with (left out) and (left out) about it"),
            (
                "I spoke with Sarah and Zeb and Kai about it",
                "I spoke with (left out) and (left out) and (left out) about it",
            ),
            ("I met Sarah Safety and Dave Health, who agree", "I met (left out) and (left out), who agree"),
            ("Ask Bob about the Health and Safety Executive", "Ask (left out) about the Health and Safety Executive"),
            ("my NHS number is 943 476 5919", "my NHS number is (left out)"),
            ("Passport 123456789, born 12/03/1990", "Passport (left out), born (left out)"),
            ("DOB: 3 May 1990. Since 12/03/2019 it runs.", "DOB: (left out). Since 12/03/2019 it runs."),
            (
                "It costs 1,000,000 pounds in 2017-18, code 12345678",
                "It costs 1,000,000 pounds in 2017-18, code 12345678",
            ),
            ("With regards to Level 3", "With regards to Level 3"),
            ("Ring 01632 960123 or +44 (0)7700 900 123", "Ring (left out) or (left out)"),
            ("QQ 12 34 56 C and QQ123456C", "(left out) and (left out)"),
            ("at 12 High Street, Poeton, AB1 2CD", "at (left out)"),
            ("Find us at The Yard, Poeton AB1 2CD today", "Find us at (left out) today"),
            ("ST0499 needs 1,400 hours from 2017-2026 at 07:30", "ST0499 needs 1,400 hours from 2017-2026 at 07:30"),
            ("Level 3 at the Health and Safety Executive", "Level 3 at the Health and Safety Executive"),
            ("", ""),
            ("\u{c4}\u{df} \u{1f600} (((", "\u{c4}\u{df} \u{1f600} ((("),
        ] {
            let names =
                Names::of(std::iter::empty(), ["health safety executive director"].into_iter(), std::iter::empty());
            assert_eq!(names.without(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn names_of_others_are_taken_out() {
        let learnt = Names::of(
            ["Jane Doe", "Construction", "Jane Doe Ltd"].into_iter(),
            ["construction"].into_iter(),
            std::iter::empty(),
        );
        assert_eq!(
            learnt.without("As Jane Doe, of JANE DOE LTD, says, with Doe: Construction", &[]),
            "As (left out), of (left out), says, with (left out): Construction"
        );
        // what some text writes without a capital is a word
        let games = names(&["Nightfall Games"], &["We test games."]);
        assert_eq!(games.without("Play Games; Nightfall", &[]), "Play Games; Nightfall");
        assert_eq!(games.without("Play Games at Nightfall", &[]), "Play Games at (left out)");
        assert!(
            Names::is_all_left_out("(left out), (left out)")
                && !Names::is_all_left_out("")
                && !Names::is_all_left_out("a (left out)")
        );
    }

    #[test]
    fn a_long_list_of_names_is_one_list() {
        let text = vec!["Sarah"; 20_000].join(" and ");
        let out = names(&[], &["He asks."]).without(&text, &[]);
        assert_eq!(out.matches(LEFT_OUT).count(), 20_000);
    }

    proptest! {
        /// What is left out is whole words, in any order of names and what joins them.
        #[test]
        fn no_text_panics(words in proptest::collection::vec(proptest::sample::select(PARTS), 0..30)) {
            let names = names(&["Kim Poe", "Poe Works Ltd", "kim@poe-works.example"], &["He asks."]);
            let text = words.concat();
            for out in [names.without(&text, &["Kim Poe".to_owned()]), names.without_in_title(&text, &[])] {
                prop_assert!(out.len() <= text.len() + LEFT_OUT.len() * (words.len() + 1));
            }
        }
    }

    const PARTS: &[&str] = &[
        "Sarah ",
        "Dave",
        "Kim",
        " Poe ",
        "Zeb",
        " and ",
        " or ",
        "with ",
        "Dr ",
        "J. ",
        "I ",
        "says ",
        "Regards,",
        "\n",
        ", ",
        ". ",
        " ",
        "-",
        "07700",
        "900123 ",
        "943 476 5919",
        "born ",
        "12/03/1990",
        " High",
        " Street",
        " LS1 4AB ",
        "Ltd ",
        "College",
        " of ",
        "my name is ",
        "a@b.example",
        "\u{e9}",
        "\u{1f600}",
        "(",
        "Works ",
        "&",
        "kim ",
        "QQ123456C",
        "van ",
        "O'",
    ];

    /// 400 invented texts in which every personal detail is marked: the share of their
    /// words that is left out, and the share of what is left out that is one.
    #[test]
    fn marked_texts() {
        const MARKED: Columns = Columns::new("marked texts", &["respondent", "organisation", "email", "text"]);
        let csv = include_bytes!("../../../fixtures/responses/personal.csv");
        let table = Table::read(csv, &[MARKED]).unwrap();
        let map = crate::read(include_bytes!("../../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(map).unwrap().map;
        let cells = |row: Row<'_>| ["respondent", "organisation", "email"].map(|column| row.cell(column).to_owned());
        let plain: Vec<String> = table.rows().map(|row| row.cell("text").replace("[[", "").replace("]]", "")).collect();
        let all: Vec<String> = table.rows().flat_map(cells).filter(|cell| !cell.is_empty()).collect();
        let titles = map.occupations().map(|o| o.title()).chain(map.branches().map(|b| b.name()));
        let texts = titles.chain(map.statements().map(|s| s.text()));
        let names = Names::of(all.iter().map(String::as_str), texts, plain.iter().map(String::as_str));
        let (mut marked, mut hidden, mut both) = (0_usize, 0_usize, 0_usize);
        for (row, plain) in table.rows().zip(&plain) {
            let own: Vec<String> = cells(row).into_iter().filter(|cell| !cell.is_empty()).collect();
            let found = names.found(plain, &own);
            let mut marks = Vec::new();
            let mut at = 0;
            for (n, piece) in row.cell("text").split("[[").flat_map(|piece| piece.split("]]")).enumerate() {
                if n % 2 == 1 {
                    marks.push((at, at + piece.len()));
                }
                at += piece.len();
            }
            for (start, end, _) in tokens(plain, &[]) {
                let is_in = |spans: &[(usize, usize)]| spans.iter().any(|span| span.0 <= start && end <= span.1);
                let (is_marked, is_hidden) = (is_in(&marks), is_in(&found));
                marked += usize::from(is_marked);
                hidden += usize::from(is_hidden);
                both += usize::from(is_marked && is_hidden);
            }
        }
        assert_eq!((table.rows().len(), marked), (400, 1842));
        let (recall, precision) = (both as f64 / marked as f64, both as f64 / hidden as f64);
        assert!(recall > 0.98 && precision > 0.95, "{recall:.3} {precision:.3}");
    }
}
