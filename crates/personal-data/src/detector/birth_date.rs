//! Dates that may be of birth: a day between 0 and 120 years ago.

use super::marks::{Mark, Marks};

/// Longest life that is believed, in years.
pub(crate) const LONGEST_LIFE: i32 = 120;

/// The year of a full date in `2001-05-30`, `30/05/2001`, `30.5.2001`, `20010530` (an hour may follow), when it is
/// between 120 years before `this_year` and `this_year`.
pub(crate) fn year(cell: &[u8], this_year: i32) -> Option<i32> {
    let (year, month, day) = read(cell)?;
    let sound = (1..=12).contains(&month) && (1..=31).contains(&day);
    (sound && (this_year - LONGEST_LIFE..=this_year).contains(&year)).then_some(year)
}

/// Marks of a cell.
pub(crate) fn marks(cell: &[u8], this_year: i32) -> Marks {
    if year(cell, this_year).is_some() { Marks::of(&[Mark::BirthDate]) } else { Marks::NONE }
}

fn read(cell: &[u8]) -> Option<(i32, i32, i32)> {
    if cell.len() < 8 || !cell[0].is_ascii_digit() {
        return None;
    }
    if cell.len() == 8 && cell.iter().all(u8::is_ascii_digit) {
        return Some((number(&cell[..4])?, number(&cell[4..6])?, number(&cell[6..])?));
    }
    // An hour, which a `T` or a space announces, is passed over.
    let date = cell.split(|byte| matches!(byte, b' ' | b'T')).next()?;
    let separator = *date.iter().find(|byte| !byte.is_ascii_digit())?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let mut parts = date.split(|byte| *byte == separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || second.len() > 2 {
        return None;
    }
    match (first.len(), third.len()) {
        (4, 1 | 2) => Some((number(first)?, number(second)?, number(third)?)),
        (1 | 2, 4) => Some((number(third)?, number(second)?, number(first)?)),
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<i32> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    digits.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i32::from(byte - b'0')))
}

/// The year alone, for a full date; other cells stay.
pub(crate) fn to_year(cell: &str) -> String {
    read(cell.trim().as_bytes()).map_or_else(|| cell.to_owned(), |(year, _, _)| format!("{year:04}"))
}

/// Nothing, for a full date; other cells stay.
pub(crate) fn masked(cell: &str) -> String {
    if read(cell.trim().as_bytes()).is_some() { String::new() } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_read() {
        for cell in [
            "1984-05-30",
            "30/05/1984",
            "30-5-1984",
            "30.05.1984",
            "19840530",
            "1984-05-30T00:00:00",
            "30/05/1984 00:00",
        ] {
            assert_eq!(year(cell.as_bytes(), 2026), Some(1984), "{cell}");
        }
    }

    #[test]
    fn other_text_and_impossible_lives_are_not() {
        for cell in ["1984", "1784-05-30", "2030-01-01", "30/13/1984", "12 mai 1984", "1.2.3.4", "30/05/84", ""] {
            assert_eq!(year(cell.as_bytes(), 2026), None, "{cell}");
        }
    }

    #[test]
    fn a_date_becomes_its_year() {
        assert_eq!((to_year("30/05/1984"), to_year("inconnue")), ("1984".to_owned(), "inconnue".to_owned()));
        assert_eq!((masked("1984-05-30"), masked("vers 1984")), (String::new(), "vers 1984".to_owned()));
    }
}
