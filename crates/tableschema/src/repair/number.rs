//! Numbers as people write them: `1 063 850,00 €`, `12 %`, `1.234.567`, `(300)`.

use super::{RepairCode, Suggestion, Target};
use crate::model::FieldKind;

/// The number in the notation of its field.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    let reading = read(cell)?;
    let suggestion = |after: String, certain| {
        target.accepts(&after).then_some(Suggestion { code: RepairCode::Number, after, certain })
    };
    let options = match &target.field.kind {
        FieldKind::Number(options) => options,
        FieldKind::Integer(_) | FieldKind::Year => return suggestion(reading.as_whole()?, reading.sure),
        _ => return None,
    };
    let plain = reading.written(&options.decimal_char);
    if !reading.percent {
        return suggestion(plain, reading.sure);
    }
    // « 12 % » is 12 in a column of per cents, and 0.12 in one whose values cannot be above one.
    let share = reading.hundredth().written(&options.decimal_char);
    suggestion(plain, false).or_else(|| suggestion(share, true))
}

/// A number that was read out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    negative: bool,
    /// Figures before the decimal mark.
    whole: String,
    /// Figures after it.
    fraction: String,
    /// `E+03`, as it is written after the figures.
    exponent: String,
    /// Whether the text says per cent.
    pub(super) percent: bool,
    /// Whether no other reading makes sense. `1,234` may be one and a bit or a thousand and more.
    pub(super) sure: bool,
}

impl Reading {
    /// The number with a decimal mark, without groups.
    pub(super) fn written(&self, decimal: &str) -> String {
        let mut text = String::with_capacity(self.whole.len() + self.fraction.len() + 4);
        if self.negative {
            text.push('-');
        }
        text.push_str(&self.whole);
        if !self.fraction.is_empty() {
            text.push_str(decimal);
            text.push_str(&self.fraction);
        }
        text.push_str(&self.exponent);
        text
    }

    /// The number without decimals, if it has none but zeros.
    pub(super) fn as_whole(&self) -> Option<String> {
        let none = self.fraction.bytes().all(|figure| figure == b'0') && self.exponent.is_empty();
        none.then(|| Self { fraction: String::new(), ..self.clone() }.written(""))
    }

    /// A hundredth of the number: what a per cent is as a share.
    pub(super) fn hundredth(&self) -> Self {
        let padded = format!("{:0>3}", self.whole);
        let (whole, moved) = padded.split_at(padded.len() - 2);
        let fraction = format!("{moved}{}", self.fraction);
        let whole = whole.trim_start_matches('0');
        Self {
            whole: if whole.is_empty() { "0".to_owned() } else { whole.to_owned() },
            fraction: fraction.trim_end_matches('0').to_owned(),
            ..self.clone()
        }
    }
}

/// Most bytes of a text that is read as a number.
const LONGEST: usize = 64;

/// Reads a number as a person would.
pub(super) fn read(text: &str) -> Option<Reading> {
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (text, percent) = unit(text.trim());
    let (text, negative, signed_oddly) = sign(text)?;
    let (body, exponent) = exponent(text)?;
    let (whole, fraction, mut sure) = split(body)?;
    sure &= !signed_oddly && !percent;
    Some(Reading { negative, whole, fraction, exponent, percent, sure })
}

/// A text without its currency or per cent mark, and whether it was per cent.
fn unit(text: &str) -> (&str, bool) {
    let space = |character: char| character.is_whitespace();
    for mark in ["€", "EUR", "eur", "Eur", "euros", "Euros", "euro", "Euro", "EUROS", "$", "£"] {
        let bare = text.strip_suffix(mark).or_else(|| text.strip_prefix(mark));
        if let Some(bare) = bare {
            return (bare.trim_matches(space), false);
        }
    }
    match text.strip_suffix('%') {
        Some(bare) => (bare.trim_end_matches(space), true),
        None => (text, false),
    }
}

/// A text without its sign, whether it is negative, and whether the sign is one that needs a person's word.
fn sign(text: &str) -> Option<(&str, bool, bool)> {
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return Some((inner.trim(), true, true));
    }
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        return Some((rest.trim_start(), true, false));
    }
    Some((text.strip_prefix('+').unwrap_or(text), false, false))
}

/// A text without its exponent, and the exponent.
fn exponent(text: &str) -> Option<(&str, String)> {
    let Some(place) = text.find(['e', 'E']) else { return Some((text, String::new())) };
    let (body, exponent) = (&text[..place], &text[place + 1..]);
    let figures = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let formed = !figures.is_empty() && figures.len() <= 3 && figures.bytes().all(|byte| byte.is_ascii_digit());
    formed.then(|| (body, format!("E{exponent}")))
}

/// Figures before and after the decimal mark, and whether that is the only reading.
fn split(body: &str) -> Option<(String, String, bool)> {
    let body = compact(body)?;
    let marks: Vec<(usize, char)> = body.char_indices().filter(|(_, mark)| !mark.is_ascii_digit()).collect();
    let (whole, fraction, sure) = match marks.as_slice() {
        [] => (body.as_str(), "", true),
        [(place, mark)] => one_mark(&body, *place, *mark),
        [.., (place, last)] => several_marks(&body, &marks, *place, *last)?,
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let empty = whole.is_empty() && fraction.is_empty();
    (!empty).then(|| (if whole.is_empty() { "0".to_owned() } else { whole }, fraction.to_owned(), sure))
}

/// `1234,56` is one and a mark; `1,234` may also be a thousand, written in English.
fn one_mark(body: &str, place: usize, mark: char) -> (&str, &str, bool) {
    let (whole, fraction) = (&body[..place], &body[place + 1..]);
    let thousands = mark == ',' && fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    (whole, fraction, !thousands)
}

/// `1.234,56`, `1,234.56`, `1.234.567`.
fn several_marks<'a>(
    body: &'a str,
    marks: &[(usize, char)],
    place: usize,
    last: char,
) -> Option<(&'a str, &'a str, bool)> {
    let alike = marks.iter().all(|(_, mark)| *mark == last);
    let (whole, fraction) = if alike { (body, "") } else { (&body[..place], &body[place + 1..]) };
    let first = marks.first()?.1;
    let others_alike = marks[..marks.len() - 1].iter().all(|(_, mark)| *mark == first);
    (others_alike && grouped(whole, first)).then_some((whole, fraction, true))
}

/// Whether figures stand in groups of three, but for the first.
fn grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().map_or(0, str::len);
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}

/// Figures and marks without the spaces and apostrophes that group them. Spaces that make no groups of three are
/// something else: two numbers, a telephone.
fn compact(body: &str) -> Option<String> {
    let grouping = |character: char| character.is_whitespace() || matches!(character, '\'' | '’' | '_');
    let mut compact = String::with_capacity(body.len());
    for character in body.chars() {
        match character {
            '0'..='9' | ',' | '.' => compact.push(character),
            _ if grouping(character) => {}
            _ => return None,
        }
    }
    let whole = body.split([',', '.']).next().unwrap_or_default();
    if !whole.contains(grouping) {
        // Spaces after a mark belong to no group.
        return (compact.len() == body.len()).then_some(compact);
    }
    let rest = &body[whole.len()..];
    let mut groups = whole.split(grouping).filter(|group| !group.is_empty());
    let first = groups.next().map_or(0, str::len);
    let formed = (1..=3).contains(&first) && groups.all(|group| group.len() == 3);
    (formed && !rest.contains(grouping)).then_some(compact)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Option<(String, bool)> {
        read(text).map(|reading| (reading.written("."), reading.sure))
    }

    #[test]
    fn amounts_of_a_town_are_read() {
        for (text, number) in [
            (" 1 063 850,00 ", "1063850.00"),
            ("1\u{202f}063\u{a0}850,5 €", "1063850.5"),
            ("€ 12", "12"),
            ("1.063.850,00", "1063850.00"),
            ("1,063,850.00", "1063850.00"),
            ("1.063.850", "1063850"),
            ("12'500", "12500"),
            ("-12,5", "-12.5"),
            ("\u{2212}12,5", "-12.5"),
            (",5", "0.5"),
            ("1,5E+03", "1.5E+03"),
            ("0,125", "0.125"),
        ] {
            assert_eq!(written(text), Some((number.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn what_has_two_readings_is_not_sure() {
        assert_eq!(written("1,234"), Some(("1.234".to_owned(), false)));
        assert_eq!(written("(300)"), Some(("-300".to_owned(), false)));
        assert_eq!(written("12 %"), Some(("12".to_owned(), false)));
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in
            ["", "abc", "12 34", "04 68 94 00 00", "1.2.3", "12,34,56", "1,2.3,4", "12/03", "2021-03-12", "3 bis", "E5"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_number_has_no_decimals() {
        assert_eq!(read("12,00").unwrap().as_whole().unwrap(), "12");
        assert_eq!(read("1 200").unwrap().as_whole().unwrap(), "1200");
        assert_eq!(read("12,5").unwrap().as_whole(), None);
    }

    #[test]
    fn a_share_is_a_hundredth_of_a_per_cent() {
        for (text, share) in [("12 %", "0.12"), ("100%", "1"), ("7,5 %", "0.075"), ("0 %", "0"), ("150 %", "1.5")] {
            assert_eq!(read(text).unwrap().hundredth().written("."), share, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_french_amount_is_read_as_its_value(cents in -1_000_000_000_000i64..1_000_000_000_000) {
            let digits = cents.unsigned_abs() / 100;
            let mut groups: Vec<String> = Vec::new();
            let mut rest = digits;
            loop {
                groups.push(if rest >= 1000 { format!("{:03}", rest % 1000) } else { rest.to_string() });
                rest /= 1000;
                if rest == 0 { break }
            }
            groups.reverse();
            let sign = if cents < 0 { "-" } else { "" };
            let text = format!("{sign}{},{:02} €", groups.join("\u{202f}"), cents.unsigned_abs() % 100);
            let expected = format!("{sign}{digits}.{:02}", cents.unsigned_abs() % 100);
            prop_assert_eq!(written(&text), Some((expected, true)));
        }

        #[test]
        fn no_text_stops_the_reading(text in "[0-9 ,.%€eE()+'-]{0,70}") {
            let _outcome = read(&text);
        }
    }
}
