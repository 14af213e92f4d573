//! Days and times in the forms that people and spreadsheets write, rewritten in the form that the field asks.

mod months;
mod propose;
mod read;
mod write;

use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::model::TemporalFormat;
pub(super) use propose::propose;
pub(super) use read::order_shown;
use read::read;

/// What comes first in `03/04/2021`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// A text that was read as a day, a time, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) day: Option<Day>,
    pub(super) time: Option<Time>,
    /// Whether something had to be supposed: the century, the epoch of a spreadsheet.
    pub(super) supposed: bool,
}

/// A day, or what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// Only one reading.
    Of { year: i16, month: i8, day: i8 },
    /// Two numbers of which either may be the month.
    Either { year: i16, first: i8, second: i8 },
    /// A month without a day.
    Month { year: i16, month: i8 },
}

impl Day {
    /// Year, month and day, once the order is known.
    fn resolved(self, order: DayOrder) -> Option<(i16, i8, Option<i8>)> {
        Some(match (self, order) {
            (Self::Of { year, month, day }, _) => (year, month, Some(day)),
            (Self::Either { year, first, second }, DayOrder::DayFirst) => (year, second, Some(first)),
            (Self::Either { year, first, second }, DayOrder::MonthFirst) => (year, first, Some(second)),
            (Self::Month { year, month }, _) => (year, month, None),
        })
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    /// Offset from universal time in minutes, when it is said.
    offset: Option<i16>,
}

impl Time {
    const MIDNIGHT: Self = Self { hour: 0, minute: 0, second: 0, offset: None };
}

/// The day and time that a valid cell of a field stands for; a time alone is on an arbitrary day.
pub(crate) fn moment(cell: &str, format: &TemporalFormat) -> Option<civil::DateTime> {
    // Nearly all cells are bare ISO days.
    if cell.len() == 10
        && *format == TemporalFormat::Default
        && let Ok(date) = cell.parse::<civil::Date>()
    {
        return Some(date.to_datetime(civil::Time::midnight()));
    }
    let reading = read(cell)?;
    let (year, month, day) = match reading.day {
        Some(day) => day.resolved(declared_order(format))?,
        None => (1970, 1, None),
    };
    let Time { hour, minute, second, .. } = reading.time.unwrap_or(Time::MIDNIGHT);
    let small = |number: u8| i8::try_from(number).unwrap_or(0);
    civil::DateTime::new(year, month, day.unwrap_or(1), small(hour), small(minute), small(second), 0).ok()
}

/// What comes first in the pattern of a field.
fn declared_order(format: &TemporalFormat) -> DayOrder {
    let TemporalFormat::Pattern(pattern) = format else { return DayOrder::DayFirst };
    match (pattern.find("%m"), pattern.find("%d")) {
        (Some(month), Some(day)) if month < day => DayOrder::MonthFirst,
        _ => DayOrder::DayFirst,
    }
}
