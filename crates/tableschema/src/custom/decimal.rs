//! Exact decimal numbers, to compare and add what people count.

use std::cmp::Ordering;

use crate::model::NumberOptions;

/// A decimal number: `units` times ten to the power of minus `scale`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal {
    units: i128,
    scale: u32,
}

/// Most decimals that are kept; beyond, the number is not compared.
const MOST_DECIMALS: usize = 18;

impl Decimal {
    /// Zero.
    pub(super) const ZERO: Self = Self { units: 0, scale: 0 };

    /// Reads a number in the notation of its field; `None` when it is none, or larger than what can be counted.
    pub(super) fn read(text: &str, options: &NumberOptions) -> Option<Self> {
        let mut text = text.trim().to_owned();
        if !options.group_char.is_empty() {
            text = text.replace(&options.group_char, "");
        }
        if options.decimal_char != "." {
            text = text.replace(&options.decimal_char, ".");
        }
        if options.bare { Self::parse(&text) } else { Self::parse(bare(&text)) }
    }

    fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let figures = whole.trim_start_matches(['+', '-']);
        let signs = whole.len() - figures.len();
        let formed = signs <= 1 && fraction.len() <= MOST_DECIMALS && figures.len() + fraction.len() > 0;
        if !formed || !figures.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let magnitude: i128 = format!("0{figures}{fraction}").parse().ok()?;
        let units = if whole.starts_with('-') { -magnitude } else { magnitude };
        Self { units, scale: u32::try_from(fraction.len()).ok()? }.shifted(exponent)
    }

    /// The number times a power of ten.
    fn shifted(self, exponent: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(exponent);
        if let Ok(scale) = u32::try_from(scale) {
            return (scale <= 2 * MOST_DECIMALS as u32).then_some(Self { scale, ..self });
        }
        let power = u32::try_from(-scale).ok()?;
        Some(Self { units: self.units.checked_mul(10i128.checked_pow(power)?)?, scale: 0 })
    }

    /// The units of both at the finer of their scales.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let raise = |number: Self| number.units.checked_mul(10i128.checked_pow(scale - number.scale)?);
        Some((raise(self)?, raise(other)?, scale))
    }

    /// The sum; `None` when it is larger than what can be counted.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (one, two, scale) = self.aligned(other)?;
        Some(Self { units: one.checked_add(two)?, scale })
    }

    /// The order of two numbers; `None` when they are too far apart to be aligned.
    pub(super) fn order(self, other: Self) -> Option<Ordering> {
        let (one, two, _) = self.aligned(other)?;
        Some(one.cmp(&two))
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = self.scale as usize;
        let figures = format!("{:0>width$}", self.units.unsigned_abs(), width = width + 1);
        let (whole, fraction) = figures.split_at(figures.len() - width);
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.units < 0 { "-" } else { "" };
        if fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

/// A number without what stands around it: a currency, a per cent mark.
fn bare(text: &str) -> &str {
    text.trim_matches(|character: char| !character.is_ascii_digit() && !matches!(character, '-' | '+' | '.'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Option<Decimal> {
        Decimal::read(text, &NumberOptions::default())
    }

    #[test]
    fn tenths_add_up_exactly() {
        let sum = of("0.1").unwrap().plus(of("0.2").unwrap()).unwrap();
        assert_eq!(sum.order(of("0.30").unwrap()), Some(Ordering::Equal));
        assert_eq!(sum.to_string(), "0.3");
    }

    #[test]
    fn the_notation_is_the_fields() {
        let french = NumberOptions { decimal_char: ",".to_owned(), group_char: " ".to_owned(), bare: false };
        assert_eq!(Decimal::read("1 234,50 €", &french).unwrap().to_string(), "1234.5");
        assert_eq!(of("-1.5e3").unwrap().to_string(), "-1500");
    }

    #[test]
    fn what_is_no_number_or_beyond_counting_is_none() {
        for text in ["", "-", "abc", "1,5", "--1", "NaN", "1e999999", "1e-99", "1.2.3"] {
            assert!(of(text).is_none(), "{text}");
        }
        assert!(of(&"9".repeat(60)).is_none());
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_whole_numbers(one in -1_000_000i64..1_000_000, two in -1_000_000i64..1_000_000) {
            let text = |n: i64| format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100);
            prop_assert_eq!(of(&text(one)).unwrap().order(of(&text(two)).unwrap()), Some(one.cmp(&two)));
        }
    }
}
