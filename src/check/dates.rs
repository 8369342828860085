//! Dates of the map: a year, a month, or a day.

/// Whether a text is an ISO date (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`) with a
/// month and day that exist.
///
/// # Examples
///
/// ```
/// use tlevel::check::is_date;
///
/// assert!(is_date("2021") && is_date("2021-09") && is_date("2024-02-29"));
/// assert!(!is_date("2023-02-29") && !is_date("September 2021"));
/// ```
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let well_formed = parts
        .iter()
        .enumerate()
        .all(|(i, part)| part.len() == if i == 0 { 4 } else { 2 } && part.bytes().all(|b| b.is_ascii_digit()));
    let number = |i: usize| parts.get(i).and_then(|part| part.parse::<u32>().ok());
    let leap = number(0).is_some_and(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
    let days = match number(1) {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) => 28 + u32::from(leap),
        _ => 31,
    };
    well_formed
        && parts.len() <= 3
        && number(1).is_none_or(|month| (1..=12).contains(&month))
        && number(2).is_none_or(|day| (1..=days).contains(&day))
}

/// Whether an ISO date is at or before another, at the coarser precision.
pub(crate) fn is_at_or_before(date: &str, by: &str) -> bool {
    let both = date.len().min(by.len());
    match (date.get(..both), by.get(..both)) {
        (Some(date), Some(by)) => date <= by,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_at_or_before, is_date};

    #[test]
    fn dates() {
        for good in ["2021", "2021-09", "2021-09-30", "2024-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["", "21", "2021-13", "2021-00", "2023-02-29", "2021-04-31", "2021-9", "2021-09-01-01", "-", "２０２１"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn dates_compare_at_the_coarser_precision() {
        for (taught, by, is) in [
            ("2022-09", "2022-09", true),
            ("2022-09", "2022-08", false),
            ("2022-09", "2022", true),
            ("2022", "2022-01", true),
            ("2022-09-01", "2022-09", true),
            ("2023", "2022-12", false),
            ("é", "2", false),
        ] {
            assert_eq!(is_at_or_before(taught, by), is, "{taught} by {by}");
        }
    }
}
