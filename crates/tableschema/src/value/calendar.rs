//! Days of the Gregorian calendar.

/// Days of a month.
#[inline]
pub(crate) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date in the years 1 to 9999; `None` when there is no such date.
pub(crate) fn days(year: i32, month: u32, day: u32) -> Option<i32> {
    let is_date =
        (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    if !is_date {
        return None;
    }
    // Years that begin in March, so that the day that comes and goes is the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month as i32 + 2) / 5 + day as i32 - 1;
    Some(year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468)
}

/// Monday of week 1 of a year (ISO 8601), in days since 1970-01-01.
pub(crate) fn first_iso_week(year: i32) -> Option<i32> {
    let fourth = days(year, 1, 4)?;
    // 1970-01-01 was a Thursday.
    Some(fourth - (fourth + 3).rem_euclid(7))
}

/// Two digits.
#[inline]
pub(crate) fn two(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Some(u32::from(a - b'0') * 10 + u32::from(b - b'0')),
        _ => None,
    }
}

/// Four digits.
#[inline]
pub(crate) fn four(bytes: &[u8]) -> Option<i32> {
    let (high, low) = bytes.split_at_checked(2)?;
    Some((two(high)? * 100 + two(low)?) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (year, month, day, expected) in [
            (1970, 1, 1, Some(0)),
            (1969, 12, 31, Some(-1)),
            (2000, 2, 29, Some(11_016)),
            (1, 1, 1, Some(-719_162)),
            (1900, 2, 29, None),
            (2023, 4, 31, None),
            (2023, 13, 1, None),
            (0, 1, 1, None),
        ] {
            assert_eq!(days(year, month, day), expected, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn days_follow_one_another() {
        let mut expected = days(1599, 12, 31);
        for year in 1600..2025 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    expected = expected.map(|days| days + 1);
                    assert_eq!(days(year, month, day), expected);
                }
            }
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(first_iso_week(2024), days(2024, 1, 1));
        assert_eq!(first_iso_week(2021), days(2021, 1, 4));
        assert_eq!(first_iso_week(2020), days(2019, 12, 30));
    }
}
