//! Numbers as the reader writes them: `1 234,5` in French, `1,234.5` in English.

use super::typography::{NARROW, WIDE};
use super::{Language, Text};

impl Text {
    /// A whole number with its thousands set apart.
    pub fn integer(&self, value: &u64) -> String {
        self.grouped(&value.to_string())
    }

    /// A number with at most this many decimals; zeros at the end are left out.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        // Beyond 2^53 a float holds no more figures than its exponent form shows.
        if value.abs() >= 9e15 {
            return format!("{value:e}");
        }
        let text = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let negative = value < 0.0 && (whole != "0" || !fraction.is_empty());
        let mut out = String::new();
        if negative {
            out.push('−');
        }
        out.push_str(&self.grouped(whole));
        if !fraction.is_empty() {
            out.push(self.decimal_mark());
            out.push_str(fraction);
        }
        out
    }

    /// A number with as many decimals as its size deserves: 1 234, 12,3, 0,0123.
    pub fn reasonable(&self, value: f64) -> String {
        let decimals = match value.abs() {
            size if size >= 1_000.0 => 0,
            size if size >= 100.0 => 1,
            size if size >= 1.0 => 2,
            _ => 4,
        };
        self.number(value, decimals)
    }

    /// A number in few characters, for axes and key figures: `12,3 M`, `850 k`.
    pub fn compact(&self, value: f64) -> String {
        let (divisor, unit) = match value.abs() {
            size if size >= 1e9 => (1e9, self.get("unit-billion")),
            size if size >= 1e6 => (1e6, self.get("unit-million")),
            size if size >= 1e4 => (1e3, self.get("unit-thousand")),
            _ => return self.reasonable(value),
        };
        let scaled = value / divisor;
        let decimals = if scaled.abs() >= 100.0 { 0 } else { 1 };
        format!("{}{NARROW}{unit}", self.number(scaled, decimals))
    }

    /// An amount in euros.
    pub fn money(&self, value: f64) -> String {
        let decimals = if value.abs() >= 1_000.0 || value.fract() == 0.0 { 0 } else { 2 };
        let amount = self.number(value, decimals);
        match self.language() {
            Language::French => format!("{amount}{WIDE}€"),
            Language::English => format!("€{amount}"),
        }
    }

    /// A share (0..=1) in percent.
    pub fn percent(&self, share: f64) -> String {
        let amount = self.number(share * 100.0, 1);
        match self.language() {
            Language::French => format!("{amount}{NARROW}%"),
            Language::English => format!("{amount}%"),
        }
    }

    /// A size of file, in decimal units: `1,2 Mo`, `1.2 MB`.
    pub fn size(&self, bytes: &u64) -> String {
        const UNITS: [&str; 4] = ["size-byte", "size-kilo", "size-mega", "size-giga"];
        let mut value = *bytes as f64;
        let mut unit = 0;
        while value >= 999.5 && unit + 1 < UNITS.len() {
            value /= 1000.0;
            unit += 1;
        }
        let decimals = if unit == 0 || value >= 10.0 { 0 } else { 1 };
        format!("{}{WIDE}{}", self.number(value, decimals), self.get(UNITS[unit]))
    }

    /// The decimal mark.
    pub fn decimal_mark(&self) -> char {
        match self.language() {
            Language::French => ',',
            Language::English => '.',
        }
    }

    fn grouped(&self, figures: &str) -> String {
        let mark = match self.language() {
            Language::French => NARROW,
            Language::English => ',',
        };
        let mut out = String::with_capacity(figures.len() + figures.len() / 3);
        for (place, figure) in figures.chars().enumerate() {
            if place > 0 && (figures.len() - place).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(figure);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: Text = Text::french();
    const EN: Text = Text::english();

    #[test]
    fn french_numbers_have_narrow_spaces_and_a_comma() {
        assert_eq!(FR.number(1234.5, 2), "1\u{202f}234,5");
        assert_eq!(FR.integer(&1_000_000), "1\u{202f}000\u{202f}000");
        assert_eq!(FR.number(-0.001, 2), "0");
        assert_eq!(FR.number(-12.0, 0), "−12");
    }

    #[test]
    fn english_numbers_have_commas_and_a_point() {
        assert_eq!(EN.number(1234.5, 2), "1,234.5");
        assert_eq!(EN.money(12_500.4), "€12,500");
        assert_eq!(EN.percent(0.125), "12.5%");
    }

    #[test]
    fn large_numbers_are_short_on_axes() {
        assert_eq!(FR.compact(12_345_678.0), "12,3\u{202f}M");
        assert_eq!(FR.compact(9_999.0), "9\u{202f}999");
        assert_eq!(FR.compact(850_000.0), "850\u{202f}k");
    }

    #[test]
    fn sizes_change_unit_before_four_figures() {
        assert_eq!(FR.size(&999), "999\u{a0}o");
        assert_eq!(FR.size(&1_234_567), "1,2\u{a0}Mo");
        assert_eq!(EN.size(&999_600), "1\u{a0}MB");
    }

    #[test]
    fn what_is_not_a_number_is_a_dash() {
        assert_eq!(FR.number(f64::NAN, 2), "–");
        assert_eq!(FR.money(f64::INFINITY), "–\u{a0}€");
    }
}
