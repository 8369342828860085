//! Numbers and shares as texts have them.

use tlevel::derive::Quorum;

/// A number with its noun: "1 item", "2 items".
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// The share that a quorum asks for: "all", "at least half", "at least 60%", "at
/// least 2/3".
pub(crate) fn share(quorum: Quorum) -> String {
    let shown = quorum.to_string();
    match quorum {
        Quorum::ALL => "all".to_owned(),
        Quorum::HALF => "at least half".to_owned(),
        _ => match shown.parse::<f64>() {
            Ok(decimal) => format!("at least {}%", (decimal * 1_000.0).round() / 10.0),
            Err(_) => format!("at least {shown}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_read_as_people_say_them() {
        for (quorum, expected) in [
            ("1", "all"),
            ("0.5", "at least half"),
            ("0.6", "at least 60%"),
            ("0.07", "at least 7%"),
            ("0.125", "at least 12.5%"),
            ("2/3", "at least 2/3"),
        ] {
            assert_eq!(share(quorum.parse().unwrap()), expected);
        }
    }
}
