//! Numbers as people write them: `12`, `1 063 850,00`, `-3.5`, `12 %`, `1 200 €`, `(45,20)`, `1.5e-3`.

use super::space;

/// What a separator means in a column, proven by the column as a whole: `1.063` is one and a bit unless another cell
/// of the column, such as `1.063.850`, shows that points separate thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberStyle {
    /// A lone point before three figures separates thousands.
    pub point_groups: bool,
    /// A lone comma before three figures separates thousands.
    pub comma_groups: bool,
}

/// A number as read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: NumberValue,
    /// How it was written.
    pub form: NumberForm,
}

/// The value of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberValue {
    /// Written without decimals, and within `i64`.
    Integer(i64),
    /// Written with decimals or an exponent.
    Decimal(f64),
}

/// What the writing of a number tells about its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberForm {
    /// What the separators of the cell prove.
    pub proof: SeparatorProof,
    /// A `€`, `EUR`, `euro`, `$` or `£` is beside the figures.
    pub currency: bool,
    /// A `%` follows the figures.
    pub percent: bool,
    /// A whole number that begins with a zero and is not `0`: a code, not a quantity.
    pub leading_zero: bool,
}

/// What one cell proves of the separators of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeparatorProof {
    /// No point or comma, or both in a way that cannot mislead.
    #[default]
    None,
    /// `12.5`: the point is decimal.
    PointDecimal,
    /// `1.063`: either.
    PointEither,
    /// `1.063.850`, `1.063,5`: points separate thousands.
    PointGroups,
    /// `12,5`: the comma is decimal.
    CommaDecimal,
    /// `1,063`: either.
    CommaEither,
    /// `1,063,850`, `1,063.5`: commas separate thousands.
    CommaGroups,
}

/// The largest whole number that `f64` holds with all its neighbours.
pub const EXACT_INTEGER: i64 = 1 << 53;

impl NumberValue {
    /// As `f64`; `None` for a whole number that `f64` would round.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        match self {
            Self::Integer(value) if value.unsigned_abs() <= EXACT_INTEGER as u64 => Some(value as f64),
            Self::Integer(_) => None,
            Self::Decimal(value) => Some(value),
        }
    }
}

/// Reads a number. Spaces around are ignored; `None` when the text is anything else, or a whole number beyond `i64`.
///
/// ```
/// use tabular::typing::{parse_number, NumberStyle, NumberValue};
/// let read = |text| parse_number(text, NumberStyle::default()).map(|number| number.value);
/// assert_eq!(read("1 063 850,00"), Some(NumberValue::Decimal(1_063_850.0)));
/// assert_eq!(read("-12"), Some(NumberValue::Integer(-12)));
/// assert_eq!(read("12 rue Basse"), None);
/// ```
#[must_use]
pub fn parse_number(text: &str, style: NumberStyle) -> Option<Number> {
    let bytes = text.as_bytes();
    plain(bytes, style).or_else(|| if may_be_adorned(bytes) { adorned(bytes, style) } else { None })
}

/// Refuses at its first byte what no number holds: most references, addresses and dates.
#[inline]
fn may_be_adorned(bytes: &[u8]) -> bool {
    let mut before = b' ';
    for byte in bytes.iter().copied() {
        let possible = match byte {
            b'0'..=b'9' | b'.' | b',' | b'\'' | b'%' | b'(' | b')' | b'$' | 0x80.. => true,
            b'+' | b'-' => !before.is_ascii_digit(),
            b'e' | b'E' | b'u' | b'U' | b'r' | b'R' | b'o' | b's' => true,
            byte => byte.is_ascii_whitespace(),
        };
        if !possible {
            return false;
        }
        before = byte;
    }
    true
}

/// The fast path: a sign, at most 18 figures, at most one separator, and no ambiguity.
#[inline]
fn plain(bytes: &[u8], style: NumberStyle) -> Option<Number> {
    let (negative, digits) = match bytes.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, bytes),
    };
    if digits.len() > 18 {
        return None;
    }
    let mut mantissa = 0u64;
    let mut separator = None;
    for (index, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'.' | b',' if separator.is_none() => separator = Some((index, *byte)),
            _ => return None,
        }
    }
    let magnitude = i64::try_from(mantissa).ok()?;
    let signed = if negative { -magnitude } else { magnitude };
    let Some((index, separator)) = separator else {
        let leading_zero = digits.len() > 1 && digits[0] == b'0';
        let form = NumberForm { leading_zero, ..NumberForm::default() };
        return (!digits.is_empty()).then_some(Number { value: NumberValue::Integer(signed), form });
    };
    let decimals = digits.len() - index - 1;
    if index == 0 || decimals == 0 || magnitude > EXACT_INTEGER {
        return None; // `.5` and `12.` are read by the careful path
    }
    let proof = proof_of_one(separator, &digits[..index], decimals);
    if groups_by(proof, style) {
        return Some(Number {
            value: NumberValue::Integer(signed),
            form: NumberForm { proof, ..NumberForm::default() },
        });
    }
    let value = magnitude as f64 / POWERS[decimals];
    let value = if negative { -value } else { value };
    Some(Number { value: NumberValue::Decimal(value), form: NumberForm { proof, ..NumberForm::default() } })
}

/// Powers of ten that `f64` holds exactly; dividing an exact whole number by one rounds once, so correctly.
const POWERS: [f64; 20] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

/// What a cell with one separator proves.
fn proof_of_one(separator: u8, whole: &[u8], decimals: usize) -> SeparatorProof {
    let either = decimals == 3 && (1..=3).contains(&whole.len()) && whole[0] != b'0';
    match (separator, either) {
        (b'.', false) => SeparatorProof::PointDecimal,
        (b'.', true) => SeparatorProof::PointEither,
        (_, false) => SeparatorProof::CommaDecimal,
        (_, true) => SeparatorProof::CommaEither,
    }
}

fn groups_by(proof: SeparatorProof, style: NumberStyle) -> bool {
    (proof == SeparatorProof::PointEither && style.point_groups)
        || (proof == SeparatorProof::CommaEither && style.comma_groups)
}

/// Everything else: spaces, signs of money and percent, thousands, exponents, parentheses.
fn adorned(bytes: &[u8], style: NumberStyle) -> Option<Number> {
    let mut form = NumberForm::default();
    let (mut negative, mut rest) = sign(space::trim(bytes));
    if let Some(inner) = rest.strip_prefix(b"(").and_then(|inner| inner.strip_suffix(b")")) {
        (negative, rest) = (true, space::trim(inner));
    }
    rest = strip_units(rest, &mut form);
    if !negative {
        (negative, rest) = sign(rest);
    }
    if !rest.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) || rest.len() > 64 {
        return None;
    }
    let (mantissa, exponent) = split_exponent(rest)?;
    let digits = Digits::read(mantissa, style, &mut form)?;
    digits.value(negative, exponent, &mut form).map(|value| Number { value, form })
}

fn sign(bytes: &[u8]) -> (bool, &[u8]) {
    if let Some(rest) = bytes.strip_prefix(b"-").or_else(|| bytes.strip_prefix("\u{2212}".as_bytes())) {
        return (true, space::trim(rest));
    }
    (false, bytes.strip_prefix(b"+").map_or(bytes, space::trim))
}

/// Takes off one sign of money, before or after, or a percent sign.
fn strip_units<'a>(bytes: &'a [u8], form: &mut NumberForm) -> &'a [u8] {
    const AFTER: [&str; 9] = ["€", "EUR", "eur", "Eur", "euros", "Euros", "euro", "$", "£"];
    const BEFORE: [&str; 4] = ["€", "EUR", "$", "£"];
    if let Some(rest) = bytes.strip_suffix(b"%") {
        form.percent = true;
        return space::trim(rest);
    }
    let after = AFTER.iter().find_map(|unit| bytes.strip_suffix(unit.as_bytes()));
    let found = after.or_else(|| BEFORE.iter().find_map(|unit| bytes.strip_prefix(unit.as_bytes())));
    form.currency = found.is_some();
    found.map_or(bytes, space::trim)
}

/// `1.5e-3` → (`1.5`, -3). A bare `12E4` is a code more often than a number: an exponent needs a sign or decimals.
fn split_exponent(bytes: &[u8]) -> Option<(&[u8], i32)> {
    let Some(at) = bytes.iter().position(|byte| matches!(byte, b'e' | b'E')) else {
        return Some((bytes, 0));
    };
    let (mantissa, exponent) = (&bytes[..at], &bytes[at + 1..]);
    let signed = matches!(exponent.first(), Some(b'+' | b'-'));
    if !signed && !mantissa.iter().any(|byte| matches!(byte, b'.' | b',')) {
        return None;
    }
    let exponent: i32 = std::str::from_utf8(exponent).ok()?.parse().ok()?;
    (-400..=400).contains(&exponent).then_some((mantissa, if exponent == 0 { i32::MIN } else { exponent }))
}

/// Figures freed of their separators.
struct Digits {
    /// Figures of the whole part then of the decimals.
    text: String,
    /// How many of them are decimals; `None` without a decimal separator.
    decimals: Option<usize>,
}

impl Digits {
    fn read(bytes: &[u8], style: NumberStyle, form: &mut NumberForm) -> Option<Self> {
        let points = bytes.iter().filter(|byte| **byte == b'.').count();
        let commas = bytes.iter().filter(|byte| **byte == b',').count();
        let decimal_at = match (points, commas) {
            (0, 0) => None,
            (1, 0) | (0, 1) => Self::lone_separator(bytes, style, form)?,
            (_, 0) => Self::groups(SeparatorProof::PointGroups, form),
            (0, _) => Self::groups(SeparatorProof::CommaGroups, form),
            _ => Some(Self::both_separators(bytes, (points, commas), form)?),
        };
        let (whole, decimals) = match decimal_at {
            Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
            None => (bytes, None),
        };
        let mut text = ungroup(whole)?;
        let count = match decimals {
            Some(decimals) if decimals.iter().all(u8::is_ascii_digit) => {
                text.push_str(std::str::from_utf8(decimals).ok()?);
                Some(decimals.len())
            }
            Some(_) => return None,
            None => None,
        };
        (!text.is_empty()).then_some(Self { text, decimals: count })
    }

    fn groups(proof: SeparatorProof, form: &mut NumberForm) -> Option<usize> {
        form.proof = proof;
        None
    }

    /// Index of the decimal separator; `Some(None)` when the separator groups thousands.
    fn lone_separator(bytes: &[u8], style: NumberStyle, form: &mut NumberForm) -> Option<Option<usize>> {
        let at = bytes.iter().position(|byte| matches!(byte, b'.' | b','))?;
        let decimals = bytes.len() - at - 1;
        form.proof = proof_of_one(bytes[at], &bytes[..at], decimals);
        Some((!groups_by(form.proof, style)).then_some(at))
    }

    /// With points and commas, the last is the decimal separator, and comes once.
    fn both_separators(bytes: &[u8], (points, commas): (usize, usize), form: &mut NumberForm) -> Option<usize> {
        let at = bytes.iter().rposition(|byte| matches!(byte, b'.' | b','))?;
        let (count, proof) = match bytes[at] {
            b'.' => (points, SeparatorProof::CommaGroups),
            _ => (commas, SeparatorProof::PointGroups),
        };
        form.proof = proof;
        (count == 1).then_some(at)
    }

    fn value(self, negative: bool, exponent: i32, form: &mut NumberForm) -> Option<NumberValue> {
        let Some(decimals) = self.decimals.or((exponent != 0).then_some(0)) else {
            form.leading_zero = self.text.len() > 1 && self.text.starts_with('0');
            let magnitude: i64 = self.text.parse().ok()?;
            return Some(NumberValue::Integer(if negative { -magnitude } else { magnitude }));
        };
        let exponent = if exponent == i32::MIN { 0 } else { exponent };
        let shift = exponent - i32::try_from(decimals).ok()?;
        let value: f64 = format!("{}e{shift}", self.text).parse().ok()?;
        value.is_finite().then_some(NumberValue::Decimal(if negative { -value } else { value }))
    }
}

/// Takes off separators of thousands: one kind, groups of three after a first of one to three.
fn ungroup(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let separator = text.chars().find(|char| !char.is_ascii_digit())?;
    if !matches!(separator, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '.' | ',') {
        return None;
    }
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let mut digits = String::with_capacity(text.len());
    digits.push_str(first);
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let sound = (1..=3).contains(&first.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(digits)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Option<f64> {
        parse_number(text, NumberStyle::default()).and_then(|number| number.value.as_f64())
    }

    #[test]
    fn amounts_of_town_halls_are_read() {
        for (text, expected) in [
            ("1 063 850,00", 1_063_850.0),
            (" 1 063 850,00 ", 1_063_850.0),
            ("1\u{202f}063\u{a0}850", f64::NAN),
            ("1\u{202f}063\u{202f}850,5", 1_063_850.5),
            ("1.063.850,00", 1_063_850.0),
            ("1,063,850.25", 1_063_850.25),
            ("1'063'850", 1_063_850.0),
            ("12,5 %", 12.5),
            ("1 200 €", 1_200.0),
            ("€ 12.50", 12.5),
            ("\u{2212}3,2", -3.2),
            ("(45,20)", -45.2),
            ("- 1 200,00 €", -1_200.0),
            ("1.5e-3", 0.0015),
            ("1E+05", 100_000.0),
            (".5", 0.5),
            ("12,", 12.0),
            ("+7", 7.0),
            ("000012.50", 12.5),
        ] {
            match decimal(text) {
                Some(value) => assert_eq!(value, expected, "{text}"),
                None => assert!(expected.is_nan(), "{text} was not read"),
            }
        }
    }

    #[test]
    fn what_is_not_a_number_is_not_read() {
        for text in [
            "",
            " ",
            "-",
            "abc",
            "12 rue",
            "12E4",
            "1 06 38",
            "1..2",
            "1,2,3",
            "12-05",
            "€",
            "%",
            "0x10",
            "NaN",
            "inf",
            "1.2.3",
            "1,06.3.2",
            "12 34",
            "9223372036854775808",
            "1e999",
        ] {
            assert_eq!(parse_number(text, NumberStyle::default()), None, "{text}");
        }
    }

    #[test]
    fn a_lone_point_before_three_figures_depends_on_the_column() {
        let grouped = NumberStyle { point_groups: true, comma_groups: false };
        assert_eq!(parse_number("1.063", grouped).unwrap().value, NumberValue::Integer(1_063));
        assert_eq!(decimal("1.063"), Some(1.063));
        assert_eq!(parse_number("0.063", grouped).unwrap().value, NumberValue::Decimal(0.063));
    }

    #[test]
    fn a_leading_zero_is_noticed() {
        assert!(parse_number("01234", NumberStyle::default()).unwrap().form.leading_zero);
        assert!(!parse_number("0", NumberStyle::default()).unwrap().form.leading_zero);
    }

    proptest! {
        #[test]
        fn integers_read_back(value: i64) {
            let read = parse_number(&value.to_string(), NumberStyle::default()).map(|number| number.value);
            prop_assert_eq!(read, (value != i64::MIN).then_some(NumberValue::Integer(value)));
        }

        #[test]
        fn decimals_read_back_with_point_and_comma(value in -1e15f64..1e15) {
            let text = format!("{value:.4}");
            let expected: f64 = text.parse().unwrap();
            prop_assert_eq!(decimal(&text), Some(expected));
            prop_assert_eq!(decimal(&text.replace('.', ",")), Some(expected));
        }

        #[test]
        fn french_thousands_read_back(value in 0u64..1_000_000_000_000, cents in 0u64..100) {
            let digits = value.to_string();
            let groups: Vec<String> = digits.as_bytes().rchunks(3).rev()
                .map(|group| String::from_utf8(group.to_vec()).unwrap()).collect();
            for separator in [" ", "\u{a0}", "\u{202f}", "'"] {
                let text = format!("{},{cents:02} €", groups.join(separator));
                let expected: f64 = format!("{value}.{cents:02}").parse().unwrap();
                prop_assert_eq!(decimal(&text), Some(expected));
            }
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = parse_number(&text, NumberStyle::default());
        }
    }
}
