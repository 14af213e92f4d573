//! Writes a day and a time in a form given as a pattern of `strptime`.

use super::{DayOrder, Reading, Time};

/// A day and a time whose order is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    day: Option<(i16, i8, Option<i8>)>,
    time: Option<Time>,
}

impl Moment {
    pub(super) fn of(reading: &Reading, order: DayOrder) -> Option<Self> {
        let day = match reading.day {
            Some(day) => Some(day.resolved(order)?),
            None => None,
        };
        Some(Self { day, time: reading.time })
    }
}

/// The moment in a form; `None` when the form asks something that isn't known, or is not a form of numbers.
pub(super) fn with(form: &str, moment: &Moment) -> Option<String> {
    let mut text = String::with_capacity(form.len() + 8);
    let mut characters = form.chars();
    while let Some(character) = characters.next() {
        // A `Z` of the form says universal time: another offset would be lost.
        if character == 'Z' && moment.time.and_then(|time| time.offset).is_some_and(|offset| offset != 0) {
            return None;
        }
        if character != '%' {
            text.push(character);
            continue;
        }
        text.push_str(&directive(characters.next()?, moment)?);
    }
    Some(text)
}

fn directive(letter: char, moment: &Moment) -> Option<String> {
    let of_time = |value: fn(&Time) -> u8| moment.time.as_ref().map_or(Some(0), |time| Some(value(time)));
    Some(match letter {
        'Y' => format!("{:04}", moment.day?.0),
        'y' => format!("{:02}", moment.day?.0.rem_euclid(100)),
        'm' => format!("{:02}", moment.day?.1),
        'd' => format!("{:02}", moment.day?.2?),
        'F' => format!("{}-{}-{}", directive('Y', moment)?, directive('m', moment)?, directive('d', moment)?),
        'H' => format!("{:02}", of_time(|time| time.hour)?),
        'M' => format!("{:02}", of_time(|time| time.minute)?),
        'S' => format!("{:02}", of_time(|time| time.second)?),
        'T' => format!("{}:{}:{}", directive('H', moment)?, directive('M', moment)?, directive('S', moment)?),
        'z' => offset(moment.time?.offset?),
        '%' => "%".to_owned(),
        _ => return None,
    })
}

fn offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::repair::date::read::read;

    fn written(form: &str, text: &str) -> Option<String> {
        with(form, &Moment::of(&read(text)?, DayOrder::DayFirst)?)
    }

    #[test]
    fn a_day_is_written_in_the_form_that_is_asked() {
        assert_eq!(written("%Y-%m-%d", "12 mars 2021").unwrap(), "2021-03-12");
        assert_eq!(written("%d/%m/%Y", "2021-03-12").unwrap(), "12/03/2021");
        assert_eq!(written("%Y-%m-%dT%H:%M:%S%z", "12/03/2021 14:30+02:00").unwrap(), "2021-03-12T14:30:00+02:00");
        assert_eq!(written("%Y", "12/03/2021").unwrap(), "2021");
    }

    #[test]
    fn what_is_not_known_is_not_written() {
        assert_eq!(written("%d/%m/%Y", "mars 2021"), None);
        assert_eq!(written("%H:%M:%S%z", "14:30"), None);
        assert_eq!(written("%A %d", "12 mars 2021"), None);
    }
}
