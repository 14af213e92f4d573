//! Dates and times in ISO 8601.

use super::calendar::{days, first_iso_week, four, two};

/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400_000_000;

/// A day in the form `2024-01-31`; a month or a day of one digit is understood, as by `strptime`.
pub(crate) fn date(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| match part.as_bytes() {
        [digit @ b'1'..=b'9'] => Some(u32::from(digit - b'0')),
        other => two(other),
    };
    // `strptime` takes a space for a leading zero of the day.
    let day = day.strip_prefix(' ').filter(|day| day.len() == 1).unwrap_or(day);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    days(four(year.as_bytes())?, short(month)?, short(day)?)
}

/// Whether the bytes are a day in the form `2024-01-31`; quick.
#[inline]
pub(crate) fn is_plain_date(cell: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell else { return false };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if digits.iter().any(|byte| !byte.is_ascii_digit()) {
        return false;
    }
    let two = |a: &u8, b: &u8| u32::from(a - b'0') * 10 + u32::from(b - b'0');
    let (month, day) = (two(m1, m2), two(d1, d2));
    let in_all_months = (1..=12).contains(&month) && (1..=28).contains(&day);
    let year = (two(y1, y2) * 100 + two(y3, y4)) as i32;
    year > 0 && (in_all_months || days(year, month, day).is_some())
}

/// A time in microseconds since midnight, and the minutes that its zone is ahead of UTC.
pub(crate) type Time = (i64, Option<i32>);

/// `15:00:00`, maybe with a fraction of a second and a zone.
pub(crate) fn time(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[5] != b':' {
        return None;
    }
    clock(bytes).map(|(time, zone)| (time.rem_euclid(DAY), zone))
}

/// `2024-01-31T15:00:00`, maybe with a fraction of a second and a zone: microseconds since 1970-01-01, UTC.
pub(crate) fn datetime(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() < 19 || bytes[16] != b':' || !bytes[10].is_ascii() {
        return None;
    }
    let (date, time) = (&bytes[..10], &bytes[11..]);
    let day = match date {
        [_, _, _, _, b'-', b'W', ..] => week_date(date)?,
        [_, _, _, _, b'-', _, _, b'-', _, _] => days(four(&date[..4])?, two(&date[5..7])?, two(&date[8..])?)?,
        _ => return None,
    };
    let (micros, zone) = clock(time)?;
    Some(i64::from(day) * DAY + micros - i64::from(zone.unwrap_or(0)) * 60_000_000)
}

/// `2024-W05-3`
fn week_date(bytes: &[u8]) -> Option<i32> {
    let [y1, y2, y3, y4, b'-', b'W', w1, w2, b'-', day @ b'1'..=b'7'] = bytes else { return None };
    let week = two(&[*w1, *w2]).filter(|week| (1..=53).contains(week))?;
    let monday = first_iso_week(four(&[*y1, *y2, *y3, *y4])?)? + (week as i32 - 1) * 7;
    Some(monday + i32::from(day - b'1'))
}

/// `15:00:00.25+02:00`. Midnight may be the end of a day: `24:00:00`.
fn clock(bytes: &[u8]) -> Option<Time> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = bytes else { return None };
    let (hour, minute, second) = (two(&[*h1, *h2])?, two(&[*m1, *m2])?, two(&[*s1, *s2])?);
    let (fraction, zone) = match rest {
        [b'.' | b',', digits @ ..] => {
            let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (Some(&digits[..count]).filter(|digits| !digits.is_empty())?, &digits[count..])
        }
        other => (&b""[..], other),
    };
    let micros = fraction.iter().chain(std::iter::repeat(&b'0')).take(6);
    let micros = micros.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    if hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute, second, micros) != (0, 0, 0)) {
        return None;
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    Some((seconds * 1_000_000 + micros, self::zone(zone)?))
}

/// Minutes ahead of UTC: nothing, `Z`, `+02`, `+0200`, `+02:00`.
pub(crate) fn zone(bytes: &[u8]) -> Option<Option<i32>> {
    let (sign, hours, minutes) = match bytes {
        [] => return Some(None),
        [b'Z' | b'z'] => return Some(Some(0)),
        [sign @ (b'+' | b'-'), h1, h2] => (sign, [*h1, *h2], [b'0', b'0']),
        [sign @ (b'+' | b'-'), h1, h2, m1, m2] | [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            (sign, [*h1, *h2], [*m1, *m2])
        }
        _ => return None,
    };
    let (hours, minutes) = (two(&hours)?, two(&minutes)?);
    let ahead = (hours * 60 + minutes) as i32;
    (hours <= 23 && minutes <= 59).then_some(Some(if *sign == b'-' { -ahead } else { ahead }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_as_strptime_does() {
        assert_eq!(date("1970-01-02"), Some(1));
        assert_eq!(date("1970-1-2"), Some(1));
        for text in
            ["2024-02-30", "24-01-01", "2024-01", "2024-01-01 ", "2024/01/01", "2024-01-01T00:00:00", "", "2024-00-10"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn times_have_three_parts_and_maybe_a_zone() {
        assert_eq!(time("01:00:00"), Some((3_600_000_000, None)));
        assert_eq!(time("00:00:00.5Z"), Some((500_000, Some(0))));
        assert_eq!(time("00:00:00+02:30"), Some((0, Some(150))));
        for text in ["1:00:00", "01:00", "25:00:00", "24:00:01", "00:60:00", "00:00:00+25:00", "00:00:00."] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn moments_are_in_utc() {
        assert_eq!(datetime("1970-01-01T01:00:00+01:00"), Some(0));
        assert_eq!(datetime("1970-01-02 00:00:00"), Some(DAY));
        assert_eq!(datetime("1970-W01-4T00:00:00Z"), Some(0));
        for text in ["1970-01-01", "1970-01-01T00:00", "1970-02-30T00:00:00", "19700101T000000"] {
            assert_eq!(datetime(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_never_accepts_more(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            prop_assert_eq!(is_plain_date(text.as_bytes()), date(&text).is_some());
        }

        #[test]
        fn no_text_makes_it_stop(text in ".{0,30}") {
            let _values = (date(&text), time(&text), datetime(&text), is_plain_date(text.as_bytes()));
        }
    }
}
