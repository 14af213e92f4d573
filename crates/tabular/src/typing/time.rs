//! Times of day and moments: `14:05`, `8h30`, `2024-01-31T10:00:00+02:00`, `31/12/2020 14:05`.

use super::{
    date::{self, DateOrder, OrderProof},
    space,
};

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// Reads a time of day, as seconds since midnight. Fractions of a second are dropped.
///
/// ```
/// assert_eq!(tabular::typing::parse_time("8h30"), Some(8 * 3600 + 30 * 60));
/// ```
#[must_use]
pub fn parse_time(text: &str) -> Option<i32> {
    let bytes = space::trim(text.as_bytes());
    clock(bytes).or_else(|| french_clock(bytes)).and_then(|millis| i32::try_from(millis / 1000).ok())
}

/// Reads a moment, as milliseconds since 1970-01-01T00:00. A day alone is its midnight; an offset is applied, so that
/// the value is in UTC; without one the value is as written.
///
/// ```
/// use tabular::typing::{parse_datetime, DateOrder};
/// let read = |text| parse_datetime(text, DateOrder::DayFirst);
/// assert_eq!(read("1970-01-02T01:00:00+01:00"), Some(86_400_000));
/// assert_eq!(read("02/01/1970 00:01"), Some(86_460_000));
/// ```
#[must_use]
pub fn parse_datetime(text: &str, order: DateOrder) -> Option<i64> {
    let bytes = space::trim(text.as_bytes());
    match date::read(bytes, order) {
        Some((days, _)) => Some(i64::from(days) * DAY),
        None => read(bytes, order).map(|(millis, _)| millis),
    }
}

/// Reads a day and a time from trimmed bytes, with what the day proves of the column's order.
pub(crate) fn read(bytes: &[u8], order: DateOrder) -> Option<(i64, OrderProof)> {
    if !(11..=60).contains(&bytes.len()) || !bytes[0].is_ascii_digit() {
        return None;
    }
    let at = bytes.iter().position(|byte| matches!(byte, b'T' | b't' | b' '))?;
    let (days, proof) = match bytes[..at].len() {
        8 if bytes[..at].iter().all(u8::is_ascii_digit) => (compact(&bytes[..at])?, OrderProof::Certain),
        _ => date::read(&bytes[..at], order)?,
    };
    let rest = space::trim(&bytes[at + 1..]);
    let rest = rest.strip_prefix("à ".as_bytes()).unwrap_or(rest);
    let (time, offset) = split_offset(rest)?;
    let millis = clock(time).or_else(|| compact_clock(time)).or_else(|| french_clock(time))?;
    Some((i64::from(days) * DAY + millis - offset, proof))
}

/// As [`read`], trying both orders.
pub(crate) fn read_either(bytes: &[u8]) -> Option<(i64, OrderProof)> {
    read(bytes, DateOrder::DayFirst).or_else(|| read(bytes, DateOrder::MonthFirst))
}

fn compact(bytes: &[u8]) -> Option<i32> {
    date::days(date::number(&bytes[..4])?, date::number(&bytes[4..6])?, date::number(&bytes[6..])?)
}

/// `10:00:00+02:00` → (`10:00:00`, milliseconds to take off).
fn split_offset(bytes: &[u8]) -> Option<(&[u8], i64)> {
    for zulu in [&b" UTC"[..], b"UTC", b"Z", b"z"] {
        if let Some(time) = bytes.strip_suffix(zulu) {
            return Some((time, 0));
        }
    }
    let Some(at) = bytes.iter().rposition(|byte| matches!(byte, b'+' | b'-')) else {
        return Some((bytes, 0));
    };
    let digits: Vec<u8> = bytes[at + 1..].iter().copied().filter(|byte| *byte != b':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (date::number(&digits)?, 0),
        4 => (date::number(&digits[..2])?, date::number(&digits[2..])?),
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    let millis = i64::from(hours * 60 + minutes) * 60_000;
    Some((space::trim(&bytes[..at]), if bytes[at] == b'-' { -millis } else { millis }))
}

/// `14:05`, `8:05:30`, `14:05:30.123`.
fn clock(bytes: &[u8]) -> Option<i64> {
    let mut parts = bytes.splitn(3, |byte| *byte == b':');
    let (hours, minutes) = (parts.next()?, parts.next()?);
    let (seconds, fraction) = match parts.next() {
        None => (&b"00"[..], &b""[..]),
        Some(text) => match text.iter().position(|byte| matches!(byte, b'.' | b',')) {
            None => (text, &b""[..]),
            Some(at) => (&text[..at], &text[at + 1..]),
        },
    };
    if !(1..=2).contains(&hours.len()) || minutes.len() != 2 || seconds.len() != 2 {
        return None;
    }
    let millis = fraction_millis(fraction)?;
    Some(of_day(date::number(hours)?, date::number(minutes)?, date::number(seconds)?)? + millis)
}

fn fraction_millis(fraction: &[u8]) -> Option<i64> {
    if fraction.len() > 9 || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some((0..3).fold(0, |millis, index| millis * 10 + i64::from(fraction.get(index).map_or(0, |byte| byte - b'0'))))
}

/// `140530`, after a `T`.
fn compact_clock(bytes: &[u8]) -> Option<i64> {
    match bytes.len() {
        4 => of_day(date::number(&bytes[..2])?, date::number(&bytes[2..])?, 0),
        6 => of_day(date::number(&bytes[..2])?, date::number(&bytes[2..4])?, date::number(&bytes[4..])?),
        _ => None,
    }
}

/// `8h30`, `8 h 30`, `14H`, `14h05min`.
fn french_clock(bytes: &[u8]) -> Option<i64> {
    if bytes.len() > 12 {
        return None;
    }
    let at = bytes.iter().position(|byte| matches!(byte, b'h' | b'H'))?;
    let hours = space::trim(&bytes[..at]);
    let minutes = space::trim(&bytes[at + 1..]);
    let minutes = minutes.strip_suffix(b"min").unwrap_or(minutes);
    if !(1..=2).contains(&hours.len()) || !matches!(minutes.len(), 0 | 2) {
        return None;
    }
    let minutes = if minutes.is_empty() { 0 } else { date::number(minutes)? };
    of_day(date::number(hours)?, minutes, 0)
}

fn of_day(hours: u32, minutes: u32, seconds: u32) -> Option<i64> {
    (hours < 24 && minutes < 60 && seconds < 60).then(|| i64::from(hours * 3600 + minutes * 60 + seconds) * 1000)
}

/// `10:05:00` from seconds since midnight.
#[must_use]
pub fn format_time(seconds: i32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `2024-01-31T10:05:00` (with milliseconds when there are some) from milliseconds since 1970-01-01T00:00.
#[must_use]
pub fn format_datetime(millis: i64) -> String {
    let days = i32::try_from(millis.div_euclid(DAY)).unwrap_or(i32::MAX);
    let of_day = millis.rem_euclid(DAY);
    let seconds = i32::try_from(of_day / 1000).unwrap_or_default();
    let date = date::format_date(days);
    let time = format_time(seconds);
    match of_day % 1000 {
        0 => format!("{date}T{time}"),
        fraction => format!("{date}T{time}.{fraction:03}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> Option<String> {
        parse_datetime(text, DateOrder::DayFirst).map(format_datetime)
    }

    #[test]
    fn moments_are_read() {
        for (text, expected) in [
            ("2020-12-31T14:05:30", "2020-12-31T14:05:30"),
            ("2020-12-31 14:05", "2020-12-31T14:05:00"),
            ("2020-12-31T14:05:30.250Z", "2020-12-31T14:05:30.250"),
            ("2020-12-31T14:05:30+02:00", "2020-12-31T12:05:30"),
            ("2020-12-31T23:30:00-0130", "2021-01-01T01:00:00"),
            ("31/12/2020 14:05", "2020-12-31T14:05:00"),
            ("31/12/2020 à 14h05", "2020-12-31T14:05:00"),
            ("31/12/2020", "2020-12-31T00:00:00"),
            ("20201231T140530Z", "2020-12-31T14:05:30"),
        ] {
            assert_eq!(moment(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn times_are_read() {
        for (text, expected) in [
            ("14:05", "14:05:00"),
            ("8:05:30", "08:05:30"),
            ("8h30", "08:30:00"),
            ("14 h", "14:00:00"),
            (" 8 h 05 ", "08:05:00"),
            ("23:59:59.9", "23:59:59"),
        ] {
            assert_eq!(parse_time(text).map(format_time).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_neither_is_not_read() {
        for text in
            ["", "24:00", "12:60", "8h3", "14", "h", "12:5", "2020-12-31T", "2020-12-31 25:00", "31/12/2020 midi"]
        {
            assert_eq!(parse_time(text), None, "{text}");
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_reads_back(millis in -60_000_000_000_000i64..200_000_000_000_000) {
            prop_assert_eq!(parse_datetime(&format_datetime(millis), DateOrder::DayFirst), Some(millis));
        }

        #[test]
        fn every_time_reads_back(seconds in 0i32..86_400) {
            prop_assert_eq!(parse_time(&format_time(seconds)), Some(seconds));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = parse_datetime(&text, DateOrder::DayFirst);
            let _ = parse_time(&text);
        }
    }
}
