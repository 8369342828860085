//! Quorums: the share that counts as "shared".

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// A share of occupations or pathways, more than 0 and at most 1, kept as an
/// exact fraction: 0.7 of 10 is 7, with no rounding error that makes it 8.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Quorum;
///
/// let half: Quorum = "0.5".parse()?;
/// assert_eq!(half.need(5), 3);
/// let two_thirds: Quorum = "2/3".parse()?;
/// assert_eq!(two_thirds.need(3), 2);
/// assert_eq!(Quorum::ALL.need(4), 4);
/// assert!("0".parse::<Quorum>().is_err() && "1.1".parse::<Quorum>().is_err());
/// # Ok::<(), tlevel::derive::NotAQuorum>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quorum {
    numerator: u64,
    denominator: u64,
}

/// A text or number that is not a quorum: `"0".parse::<Quorum>()`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a quorum; expected a share above 0 and up to 1, such as 0.5, or k/n, such as 2/3")]
pub struct NotAQuorum(pub String);

impl Quorum {
    /// All of them: the strict view.
    pub const ALL: Quorum = Quorum { numerator: 1, denominator: 1 };
    /// At least half of them: the view a panel starts from.
    pub const HALF: Quorum = Quorum { numerator: 1, denominator: 2 };

    /// The share `numerator / denominator`.
    ///
    /// # Errors
    ///
    /// [`NotAQuorum`] unless `0 < numerator <= denominator`.
    pub fn new(numerator: u64, denominator: u64) -> Result<Quorum, NotAQuorum> {
        if numerator == 0 || numerator > denominator {
            return Err(NotAQuorum(format!("{numerator}/{denominator}")));
        }
        let divisor = gcd(numerator, denominator);
        Ok(Quorum { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// How many of `n` must share: `max(ceil(quorum * n), 1)`, in integers.
    pub fn need(self, n: usize) -> usize {
        let product = u128::from(self.numerator) * n as u128;
        (product.div_ceil(u128::from(self.denominator)) as usize).max(1)
    }

    /// The nearest floating-point number.
    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Default for Quorum {
    fn default() -> Self {
        Quorum::ALL
    }
}

impl FromStr for Quorum {
    type Err = NotAQuorum;

    /// Parses a decimal ("0.5", "1") or a fraction ("2/3").
    fn from_str(text: &str) -> Result<Self, NotAQuorum> {
        let wrong = || NotAQuorum(text.chars().take(40).collect());
        let text = text.trim();
        if let Some((k, n)) = text.split_once('/') {
            return match (k.trim().parse(), n.trim().parse()) {
                (Ok(k), Ok(n)) => Quorum::new(k, n).map_err(|_| wrong()),
                _ => Err(wrong()),
            };
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}");
        let plain = !digits.is_empty() && fraction.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit());
        let numerator = digits.parse().ok().filter(|_| plain).ok_or_else(wrong)?;
        Quorum::new(numerator, 10_u64.pow(fraction.len() as u32)).map_err(|_| wrong())
    }
}

impl TryFrom<f64> for Quorum {
    type Error = NotAQuorum;

    /// Reads the number as its shortest decimal: 0.7 is seven tenths.
    ///
    /// # Errors
    ///
    /// [`NotAQuorum`] for NaN, 0 and less, more than 1, and shares below 1e-18.
    fn try_from(share: f64) -> Result<Self, NotAQuorum> {
        format!("{share}").parse()
    }
}

impl fmt::Display for Quorum {
    /// Writes a decimal if it is short, otherwise a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for scale in [1_u64, 10, 100, 1_000] {
            if scale.is_multiple_of(self.denominator) {
                return write!(f, "{}", (self.numerator * (scale / self.denominator)) as f64 / scale as f64);
            }
        }
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Quorum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = self.to_string();
        match shown.parse::<f64>() {
            Ok(number) => serializer.serialize_f64(number),
            Err(_) => serializer.serialize_str(&shown),
        }
    }
}

impl<'de> Deserialize<'de> for Quorum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct QuorumVisitor;
        impl Visitor<'_> for QuorumVisitor {
            type Value = Quorum;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share above 0 and up to 1, such as 0.5, or \"k/n\"")
            }
            fn visit_f64<E: de::Error>(self, v: f64) -> Result<Quorum, E> {
                Quorum::try_from(v).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<Quorum, E> {
                v.to_string().parse().map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, v: i64) -> Result<Quorum, E> {
                v.to_string().parse().map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<Quorum, E> {
                v.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(QuorumVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn need_has_no_rounding_error() {
        for (quorum, n, need) in [
            ("0.7", 10, 7),
            ("0.6", 5, 3),
            ("0.1", 30, 3),
            ("0.5", 1, 1),
            ("0.5", 0, 1),
            ("1", 0, 1),
            ("2/3", 3, 2),
            ("0.666667", 3, 3),
            ("1/1000000", 5, 1),
        ] {
            assert_eq!(quorum.parse::<Quorum>().unwrap().need(n), need, "{quorum} of {n}");
        }
        assert_eq!(Quorum::try_from(0.7).unwrap().need(10), 7);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "0", "0.0", "-0.5", "1.01", "2", "NaN", "inf", "3/2", "0/3", "1/0", "a/b", "1e-3", ".", "½"] {
            assert!(text.parse::<Quorum>().is_err(), "{text}");
        }
        for share in [f64::NAN, 0.0, -1.0, 1.5, f64::INFINITY] {
            assert!(Quorum::try_from(share).is_err(), "{share}");
        }
        let message = Quorum::try_from(f64::NAN).unwrap_err().to_string();
        assert_eq!(
            message,
            "\"NaN\" is not a quorum; expected a share above 0 and up to 1, such as 0.5, or k/n, such as 2/3"
        );
    }

    proptest! {
        #[test]
        fn written_and_read_back(numerator in 1_u64..5_000, more in 0_u64..5_000) {
            let quorum = Quorum::new(numerator, numerator + more).unwrap();
            prop_assert_eq!(quorum.to_string().parse::<Quorum>().unwrap(), quorum);
            let json = serde_json::to_string(&quorum).unwrap();
            prop_assert_eq!(serde_json::from_str::<Quorum>(&json).unwrap(), quorum);
        }

        #[test]
        fn need_is_the_least_count_that_reaches_the_share(k in 1_u64..200, more in 0_u64..200, n in 1_usize..500) {
            let quorum = Quorum::new(k, k + more).unwrap();
            let need = quorum.need(n);
            // have / n >= k / (k + more), in integers
            let reaches = |have: usize| have as u128 * u128::from(k + more) >= u128::from(k) * n as u128;
            prop_assert!((1..=n).contains(&need) && reaches(need) && (need == 1 || !reaches(need - 1)));
        }
    }
}
