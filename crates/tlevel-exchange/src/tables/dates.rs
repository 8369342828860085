//! Dates as people write them in Britain.

use tlevel::check::is_date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as ISO has it: "Sept 2027", "09/2027" and "2027-9" are `2027-09`, "1 September
/// 2027" and "01/09/2027" are `2027-09-01`, and the academic year "2027/28" is `2027`.
/// Returns `None` for anything else.
pub(super) fn iso(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split([' ', ',', '/', '-', '.', '\u{2013}'])
        .map(|word| word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th"))
        .filter(|word| !word.is_empty())
        .collect();
    let parts: Vec<Part> = words.iter().map(|word| Part::of(word)).collect::<Option<_>>()?;
    let date = match parts[..] {
        [Part::Year(year)] => format!("{year}"),
        [Part::Month(month), Part::Year(year)] | [Part::Year(year), Part::Month(month)] => format!("{year}-{month:02}"),
        // "Sep-27"
        [Part::Month(month), Part::Number(year)] if text.contains(['-', '\'']) => format!("20{year:02}-{month:02}"),
        [Part::Number(month), Part::Year(year)] => format!("{year}-{month:02}"),
        [Part::Year(year), Part::Number(next)] if (year + 1) % 100 == next && next > 12 => format!("{year}"),
        [Part::Year(year), Part::Year(next)] if year + 1 == next => format!("{year}"),
        [Part::Year(year), Part::Number(month)] => format!("{year}-{month:02}"),
        [Part::Number(day), Part::Month(month) | Part::Number(month), Part::Year(year)]
        | [Part::Month(month), Part::Number(day), Part::Year(year)]
        | [Part::Year(year), Part::Number(month), Part::Number(day)] => format!("{year}-{month:02}-{day:02}"),
        _ => return None,
    };
    Some(date).filter(|date| is_date(date))
}

/// A word of a date.
#[derive(Clone, Copy)]
enum Part {
    /// Four digits.
    Year(u32),
    /// The name of a month, or its first three letters or more.
    Month(u32),
    /// One or two digits.
    Number(u32),
}

impl Part {
    fn of(word: &str) -> Option<Part> {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = word.parse().ok()?;
            return match word.len() {
                1 | 2 => Some(Part::Number(number)),
                4 => Some(Part::Year(number)),
                _ => None,
            };
        }
        let is_named =
            |month: &&str| word.len() >= 3 && (month.starts_with(word) || (*month == "september" && word == "sept"));
        Some(Part::Month(MONTHS.iter().position(is_named)? as u32 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn dates_as_people_write_them() {
        for (text, date) in [
            ("2027", "2027"),
            ("2027-09", "2027-09"),
            ("2027-09-01", "2027-09-01"),
            ("Sept 2027", "2027-09"),
            ("September 2027", "2027-09"),
            ("Sep-27", "2027-09"),
            ("Aug 2027", "2027-08"),
            ("August, 2027", "2027-08"),
            ("9/2027", "2027-09"),
            ("2027-9", "2027-09"),
            ("1 September 2027", "2027-09-01"),
            ("1st Sept. 2027", "2027-09-01"),
            ("22nd August 2027", "2027-08-22"),
            ("September 1, 2027", "2027-09-01"),
            ("01/09/2027", "2027-09-01"),
            ("2027/28", "2027"),
            ("2027-2028", "2027"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(date), "{text}");
        }
        for text in ["", "autumn 2027", "31/02/2027", "09/01/27", "20270901", "Yes please", "2027?", "May", "13/2027"] {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
