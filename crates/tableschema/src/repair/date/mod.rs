//! Days and times in the forms that people and spreadsheets write, rewritten in the form that the field asks.

mod months;
mod propose;
mod read;
mod write;

use serde::{Deserialize, Serialize};

pub(super) use propose::propose;
pub(super) use read::order_shown;

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
