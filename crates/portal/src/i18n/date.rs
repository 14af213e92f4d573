//! Dates in words: `3 mars 2024`, `1er janvier 2025`, `3 March 2024`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::Text;

impl Text {
    /// A day in words.
    pub fn date(&self, date: Date) -> String {
        let key = if date.day() == 1 { "date-first" } else { "date-day" };
        self.with_all(
            key,
            &[
                ("day", &date.day().to_string()),
                ("month", &self.month_name(date.month())),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// The day of an instant, in universal time, in words.
    pub fn day(&self, at: &Timestamp) -> String {
        self.date(at.to_zoned(TimeZone::UTC).date())
    }

    /// A month in words: `mars 2024`.
    pub fn month(&self, date: Date) -> String {
        format!("{} {}", self.month_name(date.month()), date.year())
    }

    /// An instant in words, with its hour in universal time.
    pub fn instant(&self, at: &Timestamp) -> String {
        let at = at.to_zoned(TimeZone::UTC);
        let (hour, minute) = (at.hour().to_string(), format!("{:02}", at.minute()));
        self.with_all("date-instant", &[("day", &self.date(at.date())), ("hour", &hour), ("minute", &minute)])
    }

    /// A day and a time without a zone.
    pub fn date_and_time(&self, at: DateTime) -> String {
        self.with2("date-and-time", "day", &self.date(at.date()), "time", &self.clock(at.time()))
    }

    /// A time of day: `10 h 05`.
    pub fn clock(&self, time: Time) -> String {
        self.with2("clock", "hour", &time.hour().to_string(), "minute", &format!("{:02}", time.minute()))
    }

    fn month_name(&self, month: i8) -> String {
        self.get(&format!("month-{month}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_of_a_french_month_is_an_ordinal() {
        assert_eq!(Text::french().date(date(2025, 1, 1)), "1er\u{a0}janvier 2025");
        assert_eq!(Text::french().date(date(2016, 9, 20)), "20\u{a0}septembre 2016");
        assert_eq!(Text::english().date(date(2016, 9, 1)), "1\u{a0}September 2016");
    }

    #[test]
    fn an_instant_says_its_hour() {
        let at = Timestamp::UNIX_EPOCH;
        assert_eq!(Text::french().instant(&at), "1er\u{a0}janvier 1970 à 0\u{202f}h\u{202f}00 (UTC)");
        assert_eq!(Text::english().instant(&at), "1\u{a0}January 1970 at 0:00 (UTC)");
    }
}
