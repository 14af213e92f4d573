//! Days as people write them: `2024-01-31`, `31/01/2024`, `31.01.24`, `12 janvier 2024`, `1er mars 2020`.

use super::space;

/// Which comes first in `05/06/2024`. French files put the day first; the month comes first only in a column that
/// proves it (a `01/31/2024` and no `31/01/2024`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DateOrder {
    /// 5 June.
    #[default]
    DayFirst,
    /// May 6th.
    MonthFirst,
}

/// What the writing of a date proves of the order in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderProof {
    /// The order cannot mislead: ISO, or the month in letters.
    Certain,
    /// The first number is above 12.
    DayFirst,
    /// The second number is above 12.
    MonthFirst,
    /// Both are 12 or less.
    Either,
}

/// Reads a day, as days since 1970-01-01. Spaces around are ignored. `20240131` is not read as a day: see
/// [`parse_compact_date`].
///
/// ```
/// use tabular::typing::{parse_date, DateOrder};
/// assert_eq!(parse_date("1970-01-02", DateOrder::DayFirst), Some(1));
/// assert_eq!(parse_date("1er février 1970", DateOrder::DayFirst), Some(31));
/// ```
#[must_use]
pub fn parse_date(text: &str, order: DateOrder) -> Option<i32> {
    read(space::trim(text.as_bytes()), order).map(|(days, _)| days)
}

/// Reads `20240131` as a day. Only for columns whose name says that they hold dates.
#[must_use]
pub fn parse_compact_date(text: &str) -> Option<i32> {
    let bytes = space::trim(text.as_bytes());
    if bytes.len() != 8 || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    days(number(&bytes[..4])?, number(&bytes[4..6])?, number(&bytes[6..])?)
}

/// Reads a day from trimmed bytes, with what it proves of the column's order.
pub(crate) fn read(bytes: &[u8], order: DateOrder) -> Option<(i32, OrderProof)> {
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes {
        let (year, month) = (number(&[*y1, *y2, *y3, *y4])?, number(&[*m1, *m2])?);
        return Some((days(year, month, number(&[*d1, *d2])?)?, OrderProof::Certain));
    }
    if !(6..=40).contains(&bytes.len()) {
        return None;
    }
    let first = bytes.iter().position(|byte| !byte.is_ascii_digit())?;
    match (first, bytes[first]) {
        (4, separator @ (b'-' | b'/' | b'.')) => year_first(bytes, separator),
        (1 | 2, separator @ (b'-' | b'/' | b'.')) => year_last(bytes, separator, order).or_else(|| in_letters(bytes)),
        _ => in_letters(bytes),
    }
}

fn year_first(bytes: &[u8], separator: u8) -> Option<(i32, OrderProof)> {
    let (year, month, day) = split(bytes, separator)?;
    if !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
        return None;
    }
    Some((days(number(year)?, number(month)?, number(day)?)?, OrderProof::Certain))
}

fn year_last(bytes: &[u8], separator: u8, order: DateOrder) -> Option<(i32, OrderProof)> {
    let (first, second, year_text) = split(bytes, separator)?;
    if !(1..=2).contains(&first.len()) || !(1..=2).contains(&second.len()) {
        return None;
    }
    let padded = first.len() == 2 && second.len() == 2;
    let year = match (year_text.len(), separator) {
        (4, _) => number(year_text)?,
        (2, b'.' | b'-') if !padded => return None, // `1.2.13` is a version, not a day
        (2, _) => century(number(year_text)?),
        _ => return None,
    };
    let (first, second) = (number(first)?, number(second)?);
    let proof = match (first > 12, second > 12) {
        (true, _) => OrderProof::DayFirst,
        (_, true) => OrderProof::MonthFirst,
        _ => OrderProof::Either,
    };
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    Some((days(year, month, day)?, proof))
}

/// The order that a cell proves, when it is a date in figures with the year last; for columns not yet decided.
pub(crate) fn read_either(bytes: &[u8]) -> Option<(i32, OrderProof)> {
    read(bytes, DateOrder::DayFirst).or_else(|| read(bytes, DateOrder::MonthFirst))
}

fn split(bytes: &[u8], separator: u8) -> Option<(&[u8], &[u8], &[u8])> {
    let mut parts = bytes.split(|byte| *byte == separator);
    let three = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(three)
}

/// Two figures of a year: 1969 to 2068.
fn century(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

/// `12 janvier 2024`, `lundi 1er mars 2020`, `12-janv.-24`.
fn in_letters(bytes: &[u8]) -> Option<(i32, OrderProof)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut words = text.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    let mut word = words.next()?;
    if is_weekday(word) {
        word = words.next()?;
    }
    let day = word.strip_suffix("er").unwrap_or(word).as_bytes();
    let month = month(words.next()?)?;
    let year_text = words.next()?.as_bytes();
    if words.next().is_some() || !(1..=2).contains(&day.len()) {
        return None;
    }
    let year = match year_text.len() {
        4 => number(year_text)?,
        2 => century(number(year_text)?),
        _ => return None,
    };
    Some((days(year, month, number(day)?)?, OrderProof::Certain))
}

fn is_weekday(word: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    WEEKDAYS.iter().any(|weekday| weekday.eq_ignore_ascii_case(word))
}

/// The number of a month from its French or English name, or its first letters with or without a point.
fn month(word: &str) -> Option<u32> {
    /// Name without accents, and the fewest letters that tell it.
    const MONTHS: [(&str, usize, u32); 24] = [
        ("janvier", 3, 1),
        ("fevrier", 3, 2),
        ("mars", 3, 3),
        ("avril", 3, 4),
        ("mai", 3, 5),
        ("juin", 4, 6),
        ("juillet", 4, 7),
        ("aout", 3, 8),
        ("septembre", 3, 9),
        ("octobre", 3, 10),
        ("novembre", 3, 11),
        ("decembre", 3, 12),
        ("january", 3, 1),
        ("february", 3, 2),
        ("march", 5, 3),
        ("april", 3, 4),
        ("may", 3, 5),
        ("june", 4, 6),
        ("july", 4, 7),
        ("august", 3, 8),
        ("september", 3, 9),
        ("october", 3, 10),
        ("november", 3, 11),
        ("december", 3, 12),
    ];
    let plain: String = word.trim_end_matches('.').chars().map(unaccented).collect();
    MONTHS
        .iter()
        .find(|(name, least, _)| plain.len() >= *least && name.starts_with(&plain))
        .map(|(_, _, number)| *number)
}

fn unaccented(c: char) -> char {
    match c {
        'é' | 'É' | 'è' => 'e',
        'û' | 'Û' | 'ù' => 'u',
        other => other.to_ascii_lowercase(),
    }
}

/// A number of at most four figures.
pub(crate) fn number(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 4 {
        return None;
    }
    bytes.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

/// Days since 1970-01-01 of a day of the Gregorian calendar, years 1 to 9999; `None` when there is no such day.
pub(crate) fn days(year: u32, month: u32, day: u32) -> Option<i32> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > month_length(year, month) {
        return None;
    }
    // Years begin in March so that the leap day ends one; eras are the 400 years after which the calendar repeats.
    let year = i32::try_from(year).ok()? - i32::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((i32::try_from(month).ok()? + 9) % 12) + 2) / 5 + i32::try_from(day).ok()? - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn month_length(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `2024-01-31` from days since 1970-01-01.
#[must_use]
pub fn format_date(days: i32) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

fn civil(days: i32) -> (i64, i64, i64) {
    let shifted = i64::from(days) + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn iso(text: &str) -> Option<String> {
        parse_date(text, DateOrder::DayFirst).map(format_date)
    }

    #[test]
    fn french_and_iso_days_are_read() {
        for (text, expected) in [
            ("2024-01-31", "2024-01-31"),
            ("2024/1/31", "2024-01-31"),
            ("31/01/2024", "2024-01-31"),
            (" 5/6/2024 ", "2024-06-05"),
            ("31-01-2024", "2024-01-31"),
            ("31.01.2024", "2024-01-31"),
            ("31/01/24", "2024-01-31"),
            ("31/01/98", "1998-01-31"),
            ("12 janvier 2024", "2024-01-12"),
            ("1er mars 2020", "2020-03-01"),
            ("12 janv. 2024", "2024-01-12"),
            ("lundi 3 août 2015", "2015-08-03"),
            ("25 Décembre 2001", "2001-12-25"),
            ("12-juil.-21", "2021-07-12"),
            ("3 September 2019", "2019-09-03"),
            ("29/02/2024", "2024-02-29"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_day_is_not_read() {
        for text in [
            "",
            "2024",
            "20240131",
            "31/02/2024",
            "29/02/2023",
            "00/01/2024",
            "2024-13-01",
            "1.2.13",
            "12/2024",
            "2015-0000001",
            "12 rue 2024",
            "1 2 3",
            "2024-01-31T10:00",
            "0468230000",
            "3 mars",
            "1/2/3/4",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_is_the_columns() {
        assert_eq!(parse_date("01/31/2024", DateOrder::MonthFirst).map(format_date).unwrap(), "2024-01-31");
        assert_eq!(parse_date("01/31/2024", DateOrder::DayFirst), None);
        assert_eq!(read_either(b"01/31/2024").unwrap().1, OrderProof::MonthFirst);
        assert_eq!(read_either(b"01/02/2024").unwrap().1, OrderProof::Either);
    }

    #[test]
    fn compact_days_are_read_on_demand() {
        assert_eq!(parse_compact_date("20240131").map(format_date).unwrap(), "2024-01-31");
        assert_eq!(parse_compact_date("20241331"), None);
    }

    proptest! {
        #[test]
        fn every_day_reads_back_in_every_form(days in -719_162i32..=2_932_896) {
            let text = format_date(days);
            let (year, month, day) = civil(days);
            prop_assert_eq!(parse_date(&text, DateOrder::DayFirst), Some(days));
            prop_assert_eq!(parse_date(&format!("{day:02}/{month:02}/{year:04}"), DateOrder::DayFirst), Some(days));
            prop_assert_eq!(parse_date(&format!("{day}.{month}.{year:04}"), DateOrder::DayFirst), Some(days));
            const NAMES: [&str; 12] = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                "septembre", "octobre", "novembre", "décembre"];
            let name = NAMES[usize::try_from(month).unwrap() - 1];
            prop_assert_eq!(parse_date(&format!("{day} {name} {year:04}"), DateOrder::DayFirst), Some(days));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = parse_date(&text, DateOrder::MonthFirst);
        }
    }
}
