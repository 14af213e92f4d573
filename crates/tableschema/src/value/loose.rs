//! Dates and times in whatever form: the format `any`.

use super::{
    calendar::days,
    iso::{self, DAY},
};

/// What was found in a text; a part that it lacks is that of 1970-01-01T00:00:00 UTC.
#[derive(Debug, Default)]
struct Found {
    /// Numbers of the date in the order of the text, and whether they have the length of a year.
    numbers: Vec<(u32, bool)>,
    /// Month by name, and how many numbers came before it.
    month: Option<u32>,
    time: Option<i64>,
    afternoon: Option<bool>,
    zone: Option<i32>,
}

/// Words that say nothing of when.
const FILLERS: [&str; 16] =
    ["at", "on", "and", "ad", "of", "st", "nd", "rd", "th", "t", "le", "du", "er", "à", "a", "de"];
const MONTHS: [[&str; 3]; 12] = [
    ["january", "janvier", "jan"],
    ["february", "février", "fevrier"],
    ["march", "mars", "mar"],
    ["april", "avril", "avr"],
    ["may", "mai", "may"],
    ["june", "juin", "jun"],
    ["july", "juillet", "juil"],
    ["august", "août", "aout"],
    ["september", "septembre", "sept"],
    ["october", "octobre", "oct"],
    ["november", "novembre", "nov"],
    ["december", "décembre", "decembre"],
];
const WEEKDAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// Microseconds since 1970-01-01, UTC, of a text that has a date, a time or both; `None` when it has something else.
pub(crate) fn read(text: &str) -> Option<i64> {
    if let Some(moment) = iso::datetime(text) {
        return Some(moment);
    }
    let mut found = Found::default();
    let mut rest = text.trim();
    if rest.is_empty() || rest.len() > 100 {
        return None;
    }
    while let Some(first) = rest.chars().next() {
        rest = if first.is_ascii_digit() {
            found.take_number(rest)?
        } else if first.is_alphabetic() {
            found.take_word(rest)?
        } else if matches!(first, '+' | '-') && found.time.is_some() && found.zone.is_none() {
            found.take_zone(rest)?
        } else if first.is_whitespace() || ",;.-/'".contains(first) {
            &rest[first.len_utf8()..]
        } else {
            return None;
        };
    }
    found.moment()
}

impl Found {
    fn take_number<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = text.split_at(length);
        if rest.starts_with(':') || (rest.starts_with(['h', 'H']) && !rest[1..].starts_with(char::is_alphabetic)) {
            return self.take_time(text);
        }
        match length {
            8 | 12 | 14 => {
                let (date, time) = digits.split_at(8);
                self.numbers.extend([
                    (number(&date[..4])?, true),
                    (number(&date[4..6])?, false),
                    (number(&date[6..])?, false),
                ]);
                if !time.is_empty() {
                    let seconds = if time.len() == 6 { number(&time[4..])? } else { 0 };
                    self.set_time(number(&time[..2])?, number(&time[2..4])?, seconds, 0)?;
                }
            }
            1 | 2 | 4 => self.numbers.push((number(digits)?, length == 4)),
            _ => return None,
        }
        Some(rest)
    }

    /// `15:30`, `15:30:10.5`, `15h30`, `15h`
    fn take_time<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (hour, mut rest) = leading(text, 2)?;
        let (mut minute, mut second, mut micros) = (0, 0, 0);
        rest = &rest[1..];
        if let Some((value, after)) = leading(rest, 2) {
            (minute, rest) = (value, after);
        }
        if let Some((value, after)) = rest.strip_prefix(':').and_then(|rest| leading(rest, 2)) {
            (second, rest) = (value, after);
            if let Some(fraction) =
                rest.strip_prefix(['.', ',']).filter(|f| f.starts_with(|c: char| c.is_ascii_digit()))
            {
                let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
                let padded: String = fraction[..length].chars().chain(std::iter::repeat('0')).take(6).collect();
                (micros, rest) = (number(&padded)?, &fraction[length..]);
            }
        }
        self.set_time(hour, minute, second, micros)?;
        Some(rest)
    }

    fn set_time(&mut self, hour: u32, minute: u32, second: u32, micros: u32) -> Option<()> {
        if self.time.is_some() || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        self.time = Some(i64::from(hour * 3600 + minute * 60 + second) * 1_000_000 + i64::from(micros));
        Some(())
    }

    fn take_word<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
        let (word, rest) = text.split_at(length);
        let word = word.to_lowercase();
        if let Some(month) = month(&word).filter(|_| self.month.is_none()) {
            self.month = Some(month);
        } else if matches!(word.as_str(), "am" | "pm") && self.time.is_some() && self.afternoon.is_none() {
            self.afternoon = Some(word == "pm");
        } else if matches!(word.as_str(), "z" | "utc" | "gmt") {
            self.zone = Some(0);
        } else if !FILLERS.contains(&word.as_str()) && !is_weekday(&word) {
            return None;
        }
        Some(rest)
    }

    fn take_zone<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let length = 1 + text[1..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
        self.zone = iso::zone(&text.as_bytes()[..length])?;
        self.zone?;
        Some(&text[length..])
    }

    fn moment(&self) -> Option<i64> {
        let day = match (self.numbers.is_empty() && self.month.is_none(), self.time) {
            (true, None) => return None,
            (true, Some(_)) => 0,
            (false, _) => self.day()?,
        };
        let mut time = self.time.unwrap_or(0);
        if let Some(afternoon) = self.afternoon {
            let hour = time / 3_600_000_000;
            if !(1..=12).contains(&hour) {
                return None;
            }
            time += (hour % 12 + if afternoon { 12 } else { 0 } - hour) * 3_600_000_000;
        }
        Some(i64::from(day) * DAY + time - i64::from(self.zone.unwrap_or(0)) * 60_000_000)
    }

    /// Days since 1970-01-01. Of two numbers that could both be the month the first is, as `dateutil` has it.
    fn day(&self) -> Option<i32> {
        let is_year = |(value, long): &(u32, bool)| *long || *value > 31;
        let numbers = &self.numbers;
        let (year, month, day) = match (self.month, numbers.as_slice()) {
            (Some(month), []) => (None, month, None),
            (Some(month), [one]) if is_year(one) => (Some(*one), month, None),
            (Some(month), [one]) => (None, month, Some(*one)),
            (Some(month), [one, other]) if is_year(one) => (Some(*one), month, Some(*other)),
            (Some(month), [one, other]) => (Some(*other), month, Some(*one)),
            (None, [one]) if is_year(one) => (Some(*one), 1, None),
            (None, [one]) => (None, 1, Some(*one)),
            (None, [one, other]) if is_year(one) => (Some(*one), other.0, None),
            (None, [one, other]) if is_year(other) => (Some(*other), one.0, None),
            (None, [one, other]) if one.0 > 12 => (None, other.0, Some(*one)),
            (None, [one, other]) => (None, one.0, Some(*other)),
            (None, [year, one, other]) if is_year(year) && one.0 > 12 => (Some(*year), other.0, Some(*one)),
            (None, [year, one, other]) if is_year(year) => (Some(*year), one.0, Some(*other)),
            (None, [one, other, year]) if one.0 > 12 => (Some(*year), other.0, Some(*one)),
            (None, [one, other, year]) => (Some(*year), one.0, Some(*other)),
            _ => return None,
        };
        let year = year.map_or(1970, |(value, long)| match value {
            0..=68 if !long => 2000 + value,
            69..=99 if !long => 1900 + value,
            other => other,
        });
        days(year as i32, month, day.map_or(1, |(value, _)| value))
    }
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

/// A number of at most `most` digits at the front of a text, and what follows.
fn leading(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    (1..=most).contains(&length).then(|| number(digits).map(|value| (value, rest)))?
}

fn month(word: &str) -> Option<u32> {
    let is = |names: &[&str; 3]| names.iter().any(|name| *name == word || (word.len() == 3 && name.starts_with(word)));
    MONTHS.iter().position(is).map(|index| index as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| *day == word || (word.len() == 3 && day.starts_with(word)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn many_forms_are_the_same_day() {
        let expected = iso::date("2024-03-05").map(|day| i64::from(day) * DAY);
        for text in [
            "2024-03-05",
            "20240305",
            "2024/3/5",
            "03/05/2024",
            "5 March 2024",
            "Mar 5, 2024",
            "Tuesday, March 5th 2024",
            "mardi 5 mars 2024",
            "2024-03-05T00:00:00Z",
            "2024-03-05 01:00:00 +01:00",
            "12:00 AM 5 mar 2024",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("31/12/1969").map(|micros| micros / DAY), Some(-1));
        assert_eq!(read("15h30"), Some(55_800_000_000));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in
            ["", "never", "2024-13-40", "12/2024/05/06", "31 février 2024", "25:00", "1 2 3 4", "(2024)", "12345"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stop(text in "[0-9a-zA-Zé :/.,+-]{0,40}") {
            let _moment = read(&text);
        }
    }
}
