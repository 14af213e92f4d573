//! Numbers in a field's own notation.

use super::decimal::Decimal;
use crate::model::NumberOptions;

/// How the numbers of a field are written.
#[derive(Debug, Clone)]
pub(crate) struct NumberForm {
    options: NumberOptions,
    /// The byte between digits and decimals, when nothing else is special.
    plain_point: Option<u8>,
    whole: bool,
}

impl NumberForm {
    /// For a field of type `number`, or `integer` when `whole`.
    pub(crate) fn new(options: &NumberOptions, whole: bool) -> Self {
        let point = match options.decimal_char.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => Some(*byte),
            _ => None,
        };
        Self { options: options.clone(), plain_point: point, whole }
    }

    /// Whether the bytes are beyond doubt a number of this form; quick, and never wrong when it says yes.
    #[inline]
    pub(crate) fn is_plainly(&self, cell: &[u8]) -> bool {
        match self.plain_point {
            Some(point) => is_plain(cell, point, self.whole),
            None => false,
        }
    }

    /// The number.
    pub(crate) fn read(&self, cell: &str) -> Option<Decimal> {
        let cell = cell.trim();
        let stripped = if self.options.bare { cell } else { strip_units(cell) };
        if self.whole {
            return self.read_whole(stripped);
        }
        let mut text = std::borrow::Cow::Borrowed(stripped);
        if !self.options.group_char.is_empty() {
            text = text.replace(&self.options.group_char, "").into();
        }
        if self.options.decimal_char != "." {
            if text.contains('.') {
                return None;
            }
            text = text.replace(&self.options.decimal_char, ".").into();
        }
        Decimal::parse(&text)
    }

    fn read_whole(&self, text: &str) -> Option<Decimal> {
        let text = match self.options.group_char.as_str() {
            "" => std::borrow::Cow::Borrowed(text),
            group => text.replace(group, "").into(),
        };
        let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_whole { Decimal::parse(&text) } else { None }
    }

    /// The decimal mark, for sentences.
    pub(crate) fn decimal_char(&self) -> &str {
        &self.options.decimal_char
    }
}

/// An optional sign, digits, and (unless `whole`) at most one point among or after them.
#[inline]
fn is_plain(cell: &[u8], point: u8, whole: bool) -> bool {
    let digits = match cell {
        [b'-' | b'+', rest @ ..] => rest,
        _ => cell,
    };
    let mut points = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            if *byte != point || whole {
                return false;
            }
            points += 1;
        }
    }
    points <= 1 && digits.len() > points
}

/// What stands before and after the number: currencies, per cent.
fn strip_units(cell: &str) -> &str {
    let start = cell.find(|c: char| c == '-' || c.is_ascii_digit()).unwrap_or(cell.len());
    let rest = &cell[start..];
    let end = rest.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    &rest[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(decimal: &str, group: &str, bare: bool, whole: bool) -> NumberForm {
        let options = NumberOptions { decimal_char: decimal.to_owned(), group_char: group.to_owned(), bare };
        NumberForm::new(&options, whole)
    }

    #[test]
    fn numbers_are_read_in_the_notation_of_their_field() {
        for (form, cell, expected) in [
            (form(".", "", true, false), " 12.5 ", Some("12.5")),
            (form(",", "", true, false), "12,5", Some("12.5")),
            (form(",", "", true, false), "12.5", None),
            (form(",", " ", true, false), "1 200,50", Some("1200.50")),
            (form(".", ",", true, false), "1,200.50", Some("1200.50")),
            (form(".", "", true, false), "12 €", None),
            (form(".", "", false, false), "EUR 12.5 %", Some("12.5")),
            (form(".", "", true, true), "12.0", None),
            (form(".", "", true, true), "+012", Some("12")),
            (form(".", " ", true, true), "12 000", Some("12000")),
            (form(".", "", false, true), "n° 12", Some("12")),
            (form(".", "", true, true), "1e3", None),
        ] {
            assert_eq!(form.read(cell), expected.and_then(Decimal::parse), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_never_accepts_more(cell in "[-+]?[0-9.,]{0,8}", decimal in "[.,]", whole: bool) {
            let form = form(&decimal, "", true, whole);
            if form.is_plainly(cell.as_bytes()) {
                prop_assert!(form.read(&cell).is_some());
            }
        }
    }
}
