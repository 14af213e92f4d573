//! Reads a day, a time or both out of a text.

use jiff::civil;

use super::{Day, DayOrder, Reading, Time, months};
use crate::repair::fold;

/// Most bytes of a text that is read as a day and a time.
const LONGEST: usize = 48;

/// Reads a day, a time or both; `None` when the text is none, or names a day that doesn't exist.
pub(in crate::repair) fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(time) = time(text) {
        return Some(Reading { day: None, time: Some(time), supposed: false });
    }
    let (day, time) = parts(text)?;
    let (day, supposed) = numeric(day).or_else(|| worded(day)).or_else(|| serial(day))?;
    Some(Reading { day: Some(day), time, supposed })
}

/// The order of day and month, when a text of numbers shows it: one of the first two is beyond twelve.
pub(in crate::repair) fn order_shown(text: &str) -> Option<DayOrder> {
    let (day, _) = parts(text.trim())?;
    let Numbers { values: [first, second, _], widths: [one, two, last], .. } = Numbers::read(day)?;
    if one > 2 || two > 2 || !matches!(last, 2 | 4) {
        return None;
    }
    match (first, second) {
        (13..=31, 1..=12) => Some(DayOrder::DayFirst),
        (1..=12, 13..=31) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// A text cut between its day and its time.
fn parts(text: &str) -> Option<(&str, Option<Time>)> {
    let cut = |place: usize, width: usize| {
        let time = time(text[place + width..].trim_start())?;
        Some((text[..place].trim_end(), Some(time)))
    };
    for (place, _) in text.char_indices().filter(|(_, character)| character.is_whitespace()) {
        // « 12 mars 2021 à 14h30 »
        let rest = text[place..].trim_start();
        let rest = rest.strip_prefix("à ").or_else(|| rest.strip_prefix("a ")).unwrap_or(rest);
        if let Some(time) = time(rest) {
            return Some((text[..place].trim_end(), Some(time)));
        }
    }
    if let Some(place) = text.find(['T', 't'])
        && text[..place].ends_with(|character: char| character.is_ascii_digit())
    {
        return cut(place, 1);
    }
    Some((text, None))
}

/// Three numbers and what separates them.
struct Numbers {
    values: [u32; 3],
    widths: [usize; 3],
}

impl Numbers {
    /// `12/03/2021`, `12-3-21`, `2021.03.12`; the separators are alike.
    fn read(text: &str) -> Option<Self> {
        let separator = text.chars().find(|character| !character.is_ascii_digit())?;
        if !matches!(separator, '/' | '-' | '.' | ' ' | '_' | '\u{a0}' | '\\') {
            return None;
        }
        let mut numbers = Self { values: [0; 3], widths: [0; 3] };
        let mut parts = text.split(separator).map(str::trim);
        for (value, width) in numbers.values.iter_mut().zip(&mut numbers.widths) {
            let part = parts.next()?;
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            *value = part.parse().ok()?;
            *width = part.len();
        }
        parts.next().is_none().then_some(numbers)
    }
}

/// A day in numbers, and whether its century was supposed.
fn numeric(text: &str) -> Option<(Day, bool)> {
    if let Some(day) = packed(text) {
        return Some((day, false));
    }
    let Numbers { values: [first, second, third], widths } = Numbers::read(text)?;
    match widths {
        [4, 1..=2, 1..=2] => Some((exact(first, second, third)?, false)),
        [1..=2, 1..=2, 4] => Some((either(third, first, second)?, false)),
        [1..=2, 1..=2, 2] => Some((either(century(third), first, second)?, true)),
        _ => None,
    }
}

/// `20210312`
fn packed(text: &str) -> Option<Day> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = text.split_at(4);
    let (month, day) = rest.split_at(2);
    let year: u32 = year.parse().ok()?;
    (1800..2200).contains(&year).then(|| exact(year, month.parse().ok()?, day.parse().ok()?))?
}

/// A day whose first two numbers may be in either order.
fn either(year: u32, first: u32, second: u32) -> Option<Day> {
    let (day_first, month_first) = (exact(year, second, first), exact(year, first, second));
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => Some(Day::Either {
            year: i16::try_from(year).ok()?,
            first: i8::try_from(first).ok()?,
            second: i8::try_from(second).ok()?,
        }),
        (one, other) => one.or(other),
    }
}

/// A day of the calendar.
fn exact(year: u32, month: u32, day: u32) -> Option<Day> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    civil::Date::new(year, month, day).ok()?;
    (year >= 1000).then_some(Day::Of { year, month, day })
}

/// Years of two figures: up to 49 in this century.
fn century(year: u32) -> u32 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// `lundi 12 mars 2021`, `1er janv. 21`, `12-mars-2021`, `March 12, 2021`, `mars 2021`.
fn worded(text: &str) -> Option<(Day, bool)> {
    let folded = fold::words(text);
    let (mut numbers, mut month, mut supposed) = (Vec::with_capacity(2), None, false);
    for word in folded.split(' ') {
        let bare = ["er", "st", "nd", "rd", "th"].iter().find_map(|mark| word.strip_suffix(mark)).unwrap_or(word);
        if let Ok(number) = bare.parse::<u32>() {
            numbers.push((number, bare.len()));
        } else if let Some(found) = months::month(word) {
            if month.replace(found).is_some() {
                return None;
            }
        } else if !months::is_day(word) && !matches!(word, "le" | "du" | "of" | "the") {
            return None;
        }
    }
    let month = u32::try_from(month?).ok()?;
    let mut year_of = |(number, width): (u32, usize)| match width {
        4 => Some(number),
        2 => {
            supposed = true;
            Some(century(number))
        }
        _ => None,
    };
    let day = match numbers.as_slice() {
        [(day, 1..=2), year] => exact(year_of(*year)?, month, *day)?,
        [year @ (_, 4), (day, 1..=2)] => exact(year_of(*year)?, month, *day)?,
        [year @ (_, 4)] => {
            let Day::Of { year, month, .. } = exact(year_of(*year)?, month, 1)? else { return None };
            Day::Month { year, month }
        }
        _ => return None,
    };
    Some((day, supposed))
}

/// A spreadsheet's day: days since 30 December 1899, as Excel and LibreOffice count. Supposed, for a number may be
/// something else, and old Macs counted from 1904.
fn serial(text: &str) -> Option<(Day, bool)> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if whole.len() != 5 {
        return month_of_numbers(text).map(|day| (day, false));
    }
    let days: i64 = whole.parse().ok()?;
    // From 1927 to 2119: what public data speaks of.
    if !(10_000..80_000).contains(&days) {
        return None;
    }
    let epoch = civil::Date::new(1899, 12, 30).ok()?;
    let date = epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some((Day::Of { year: date.year(), month: date.month(), day: date.day() }, true))
}

/// `03/2021`
fn month_of_numbers(text: &str) -> Option<Day> {
    let (month, year) = text.split_once(['/', '-', '.'])?;
    let formed = (1..=2).contains(&month.len()) && year.len() == 4;
    let (month, year) = (month.parse::<u32>().ok()?, year.parse::<u32>().ok()?);
    let Day::Of { year, month, .. } = exact(year, month, 1)? else { return None };
    formed.then_some(Day::Month { year, month })
}

/// `14:30`, `14:30:05.12`, `9h30`, `9 h`, `14:30:00Z`, `14:30+02:00`.
fn time(text: &str) -> Option<Time> {
    let (clock, offset) = zone(text.trim())?;
    let (hour, rest) = clock.split_once([':', 'h', 'H'])?;
    let by_colon = clock.as_bytes().get(hour.len()) == Some(&b':');
    let rest = rest.trim();
    let (minute, second) = match rest.split_once(':') {
        Some((minute, second)) => (minute, second.split('.').next().unwrap_or_default()),
        None => (rest, "0"),
    };
    if by_colon && minute.len() != 2 {
        return None;
    }
    let minute = minute.trim_end_matches(['m', 'i', 'n']);
    let minute = if minute.is_empty() { "0" } else { minute };
    let number = |text: &str, most: u8| {
        let formed = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        formed.then(|| text.parse::<u8>().ok()).flatten().filter(|number| *number <= most)
    };
    let (hour, minute, second) = (number(hour.trim(), 23)?, number(minute, 59)?, number(second, 59)?);
    Some(Time { hour, minute, second, offset })
}

/// A clock without its offset from universal time, and the offset in minutes.
fn zone(text: &str) -> Option<(&str, Option<i16>)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(0)));
    }
    let Some(place) = text.rfind(['+', '-']) else { return Some((text, None)) };
    let (clock, offset) = text.split_at(place);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let figures: String = offset[1..].chars().filter(|character| *character != ':').collect();
    if figures.len() != 4 || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = (figures[..2].parse::<i16>().ok()?, figures[2..].parse::<i16>().ok()?);
    (hours <= 14 && minutes < 60).then_some((clock, Some(sign * (hours * 60 + minutes))))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Option<(Day, bool)> {
        read(text).and_then(|reading| Some((reading.day?, reading.supposed)))
    }

    const MARCH: Day = Day::Of { year: 2021, month: 3, day: 12 };

    #[test]
    fn a_day_is_read_in_many_forms() {
        for text in [
            "2021-03-12",
            "2021/3/12",
            "2021.03.12",
            "20210312",
            "12 mars 2021",
            "Vendredi 12 mars 2021",
            "12-mars-2021",
            "March 12, 2021",
            "12 Mars 2021 ",
            "2021-03-12T00:00:00",
            "2021-03-12 14:30",
            "12 mars 2021 à 14h30",
        ] {
            assert_eq!(day(text), Some((MARCH, false)), "{text}");
        }
        assert_eq!(day("13/03/2021"), Some((Day::Of { year: 2021, month: 3, day: 13 }, false)));
        assert_eq!(day("03-13-2021"), Some((Day::Of { year: 2021, month: 3, day: 13 }, false)));
        assert_eq!(day("1er août 2021"), Some((Day::Of { year: 2021, month: 8, day: 1 }, false)));
        assert_eq!(day("05/05/2021"), Some((Day::Of { year: 2021, month: 5, day: 5 }, false)));
    }

    #[test]
    fn day_and_month_are_not_guessed() {
        assert_eq!(day("03/04/2021"), Some((Day::Either { year: 2021, first: 3, second: 4 }, false)));
        assert_eq!(order_shown("03/04/2021"), None);
        assert_eq!(order_shown("13/04/2021"), Some(DayOrder::DayFirst));
        assert_eq!(order_shown("04/13/2021 10:00"), Some(DayOrder::MonthFirst));
        assert_eq!(order_shown("2021-03-13"), None);
    }

    #[test]
    fn what_is_supposed_is_said() {
        assert_eq!(day("44267"), Some((MARCH, true)));
        assert_eq!(day("44267.0"), Some((MARCH, true)));
        assert_eq!(day("12 mars 21"), Some((MARCH, true)));
        assert_eq!(day("13/03/98"), Some((Day::Of { year: 1998, month: 3, day: 13 }, true)));
    }

    #[test]
    fn months_alone_are_read() {
        assert_eq!(day("mars 2021"), Some((Day::Month { year: 2021, month: 3 }, false)));
        assert_eq!(day("03/2021"), Some((Day::Month { year: 2021, month: 3 }, false)));
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in [
            "31/02/2021",
            "2021-02-29",
            "32 mars 2021",
            "12/13/14/15",
            "2021",
            "12",
            "mars",
            "00/00/0000",
            "12 13 mars 2021 5",
            "99999",
            "1 063 850,00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read() {
        let of = |hour, minute, second, offset| Some(Time { hour, minute, second, offset });
        assert_eq!(time("9h30"), of(9, 30, 0, None));
        assert_eq!(time("9h"), of(9, 0, 0, None));
        assert_eq!(time("09:30"), of(9, 30, 0, None));
        assert_eq!(time("14:30:05.123Z"), of(14, 30, 5, Some(0)));
        assert_eq!(time("14:30:05+02:00"), of(14, 30, 5, Some(120)));
        assert_eq!(time("24:30"), None);
        assert_eq!(time("9:3"), None);
    }

    proptest! {
        #[test]
        fn every_day_is_read_back_from_its_french_form(year in 1000i16..3000, month in 1i8..=12, day_of in 1i8..=28) {
            let text = format!("{day_of:02}/{month:02}/{year}");
            let read = day(&text).unwrap().0;
            prop_assert_eq!(read.resolved(DayOrder::DayFirst).unwrap(), (year, month, Some(day_of)));
        }

        #[test]
        fn no_text_stops_the_reading(text in "\\PC{0,60}|[0-9/:. -]{0,50}|[0-9hTZ+:-]{0,30}") {
            let _outcome = read(&text);
        }
    }
}
