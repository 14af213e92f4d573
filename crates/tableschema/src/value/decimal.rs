//! Numbers as they are written: any length, no rounding.

use std::cmp::Ordering;

/// A decimal number, infinite, or not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// Compares with nothing.
    Nan,
    /// `0.d₁d₂… × 10^exponent`, without zeros at either end; no digit: zero.
    Finite {
        /// Never of zero.
        negative: bool,
        digits: Vec<u8>,
        exponent: i64,
    },
    /// Beyond all numbers, on one side.
    Infinite { negative: bool },
}

/// Largest power of ten that is understood; beyond, a number is refused as no real measure.
const MOST_EXPONENT: i64 = 1_000_000;

impl Decimal {
    /// Reads `-12.50e3`, `INF`, `NaN`: an optional sign, digits with at most one point, an optional exponent.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        if !rest.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
            return Self::word(rest, negative);
        }
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], exponent(&rest[at + 1..])?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        Some(Self::finite(negative, whole, fraction, exponent))
    }

    fn word(text: &str, negative: bool) -> Option<Self> {
        if text.eq_ignore_ascii_case("nan") {
            Some(Self::Nan)
        } else if text.eq_ignore_ascii_case("inf") || text.eq_ignore_ascii_case("infinity") {
            Some(Self::Infinite { negative })
        } else {
            None
        }
    }

    fn finite(negative: bool, whole: &str, fraction: &str, exponent: i64) -> Self {
        let mut digits: Vec<u8> = Vec::with_capacity(whole.len() + fraction.len());
        digits.extend_from_slice(whole.as_bytes());
        digits.extend_from_slice(fraction.as_bytes());
        let leading = digits.iter().take_while(|digit| **digit == b'0').count();
        let trailing = digits.iter().rev().take_while(|digit| **digit == b'0').count();
        if leading == digits.len() {
            return Self::Finite { negative: false, digits: Vec::new(), exponent: 0 };
        }
        digits.truncate(digits.len() - trailing);
        digits.drain(..leading);
        let exponent = whole.len() as i64 - leading as i64 + exponent;
        Self::Finite { negative, digits, exponent }
    }

    /// Which is larger; `None` when one is not a number.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        let rank = |number: &Self| match number {
            Self::Nan => None,
            Self::Infinite { negative } => Some(if *negative { -2 } else { 2 }),
            Self::Finite { negative: true, .. } => Some(-1),
            Self::Finite { digits, .. } => Some(i32::from(!digits.is_empty())),
        };
        let (mine, theirs) = (rank(self)?, rank(other)?);
        if mine != theirs {
            return Some(mine.cmp(&theirs));
        }
        let (
            Self::Finite { negative, digits, exponent },
            Self::Finite { digits: other_digits, exponent: other_exponent, .. },
        ) = (self, other)
        else {
            return Some(Ordering::Equal);
        };
        let magnitude = exponent.cmp(other_exponent).then_with(|| digits.cmp(other_digits));
        Some(if *negative { magnitude.reverse() } else { magnitude })
    }

    /// Bytes that are the same for equal numbers.
    pub(crate) fn write_key(&self, out: &mut Vec<u8>) {
        match self {
            Self::Nan => out.push(0),
            Self::Infinite { negative } => out.extend([1, u8::from(*negative)]),
            Self::Finite { negative, digits, exponent } => {
                out.extend([2, u8::from(*negative)]);
                out.extend(exponent.to_le_bytes());
                out.extend_from_slice(digits);
            }
        }
    }
}

fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = text.parse().ok()?;
    (value.abs() <= MOST_EXPONENT).then_some(value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn the_same_number_is_the_same_however_it_is_written() {
        for (one, other) in [("1", "1.000"), ("-0", "0"), ("+12.50", "1.25e1"), (".5", "0.5"), ("100", "1E2")] {
            assert_eq!(number(one), number(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", "-", ".", "1.2.3", "1e", "e5", "1_000", "0x1F", "1,5", "12 ", "1e99999999999", "١"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_compares_with_not_a_number() {
        assert_eq!(number("NaN").compare(&number("1")), None);
        assert_eq!(number("-inf").compare(&number("-1e1000")), Some(Ordering::Less));
    }

    proptest! {
        #[test]
        fn order_is_that_of_integers(a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000, scale in 0u32..5) {
            let text = |n: i64| format!("{n}e-{scale}");
            prop_assert_eq!(number(&text(a)).compare(&number(&text(b))), Some(a.cmp(&b)));
        }

        #[test]
        fn no_text_makes_it_stop(text in ".{0,40}") {
            let _number = Decimal::parse(&text);
        }
    }
}
