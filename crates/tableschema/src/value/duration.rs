//! Durations in ISO 8601.

use std::cmp::Ordering;

use super::calendar::days;

/// A duration: months, and microseconds beside them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Duration {
    months: f64,
    seconds: f64,
}

const DAY: f64 = 86_400.0;
/// Mean month of the Gregorian calendar, by which durations of months and of days are compared.
const MONTH: f64 = 30.436_875 * DAY;

/// Designators in their order, before and after `T`, with their worth in months or in seconds.
const DATE_PARTS: [(u8, f64, f64); 4] = [(b'Y', 12.0, 0.0), (b'M', 1.0, 0.0), (b'W', 0.0, 7.0 * DAY), (b'D', 0.0, DAY)];
const TIME_PARTS: [(u8, f64, f64); 3] = [(b'H', 0.0, 3_600.0), (b'M', 0.0, 60.0), (b'S', 0.0, 1.0)];

impl Duration {
    /// Reads `P1Y2M10DT2H30M`, `-PT1.5S`, `P2W` or the form of a date, `P0003-06-04T12:30:05`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = match text.as_bytes() {
            [b'-', rest @ ..] => (-1.0, rest),
            [b'+', rest @ ..] => (1.0, rest),
            rest => (1.0, rest),
        };
        let rest = rest.strip_prefix(b"P").filter(|rest| !rest.is_empty())?;
        let (date, time) = match rest.iter().position(|byte| *byte == b'T') {
            Some(at) => (&rest[..at], Some(&rest[at + 1..])),
            None => (rest, None),
        };
        let by_designators = || {
            let (months, seconds) = parts(date, &DATE_PARTS)?;
            let (_, more) = parts(time.unwrap_or_default(), &TIME_PARTS)?;
            Some(Self { months: sign * months, seconds: sign * (seconds + more) })
        };
        by_designators().or_else(|| (sign > 0.0).then(|| by_date(rest))?)
    }

    /// Which is longer.
    pub(crate) fn compare(self, other: Self) -> Option<Ordering> {
        self.length().partial_cmp(&other.length())
    }

    fn length(self) -> f64 {
        self.months * MONTH + self.seconds
    }

    /// Bytes that are the same for equal durations.
    pub(crate) fn write_key(self, out: &mut Vec<u8>) {
        // Adding zero makes one zero of two.
        out.extend((self.months + 0.0).to_bits().to_le_bytes());
        out.extend((self.seconds + 0.0).to_bits().to_le_bytes());
    }
}

/// Numbers with designators, each at most once and in order.
fn parts(mut bytes: &[u8], designators: &[(u8, f64, f64)]) -> Option<(f64, f64)> {
    let (mut months, mut seconds) = (0.0, 0.0);
    let mut expected = designators.iter();
    while !bytes.is_empty() {
        let (value, rest) = number(bytes)?;
        let (designator, rest) = rest.split_first()?;
        let (_, in_months, in_seconds) = expected.find(|(known, ..)| known == designator)?;
        months += value * in_months;
        seconds += value * in_seconds;
        bytes = rest;
    }
    Some((months, seconds))
}

fn number(bytes: &[u8]) -> Option<(f64, &[u8])> {
    let whole = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if whole == 0 {
        return None;
    }
    let mut end = whole;
    if matches!(bytes.get(whole), Some(b'.' | b',')) {
        let decimals = bytes[whole + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        end = (decimals > 0).then_some(whole + 1 + decimals)?;
    }
    let text = std::str::from_utf8(&bytes[..end]).ok()?.replace(',', ".");
    Some((text.parse().ok()?, &bytes[end..]))
}

/// `0003-06-04T12:30:05`: years, months, days of an existing date, and a time.
fn by_date(bytes: &[u8]) -> Option<Duration> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (date, time) = text.split_once('T')?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, length: usize| (part.len() == length).then(|| part.parse::<u32>().ok())?;
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    days(year as i32, month, day)?;
    let (micros, _) = super::iso::time(time)?;
    let seconds = f64::from(day) * DAY + micros as f64 / 1e6;
    Some(Duration { months: f64::from(year * 12 + month), seconds }).filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn durations_are_read_in_iso_8601() {
        for text in ["P1Y", "P1Y2M10DT2H30M", "PT1.5S", "P2W", "-P1D", "PT36H", "P0003-06-04T12:30:05"] {
            assert!(Duration::parse(text).is_some(), "{text}");
        }
        for text in ["", "P", "1Y", "P1", "P1S", "PT1Y", "P1M1Y", "1 jour", "P1.Y", "P1YT2", "p1y"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn durations_are_compared_by_their_length() {
        let compare = |one: &str, other: &str| Duration::parse(one)?.compare(Duration::parse(other)?);
        assert_eq!(compare("P1Y", "P12M"), Some(Ordering::Equal));
        assert_eq!(compare("P40D", "P1M"), Some(Ordering::Greater));
        assert_eq!(compare("-P1D", "PT0S"), Some(Ordering::Less));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stop(text in "[-+]?P?[0-9YMWDTHS.,:-]{0,20}") {
            let _duration = Duration::parse(&text);
        }
    }
}
