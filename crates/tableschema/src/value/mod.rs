//! Cells as values of their field's type.

mod calendar;
mod decimal;
mod duration;
mod geometry;
mod iso;
mod loose;
mod number;
mod reader;
mod strptime;
mod text;

use std::cmp::Ordering;

pub(crate) use self::{decimal::Decimal, duration::Duration, reader::Reader};

/// A moment as a pattern of `strptime` writes it, for sentences.
pub(crate) fn example_of_pattern(pattern: &str) -> String {
    strptime::example(pattern)
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// A text, of whatever form.
    Text(&'a str),
    /// A number, whole or not.
    Number(Decimal),
    /// True or false.
    Boolean(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since midnight, UTC where a zone is given.
    Time(i64),
    /// Microseconds since 1970-01-01, UTC where a zone is given.
    Datetime(i64),
    /// A year.
    Year(i32),
    /// Months since the year 0.
    YearMonth(i64),
    /// A length of time.
    Duration(Duration),
    /// Longitude and latitude.
    Point(Decimal, Decimal),
    /// An object or an array.
    Json(serde_json::Value),
    /// Items of a list.
    List(Vec<Value<'a>>),
}

impl Value<'_> {
    /// Which is larger; `None` for types without an order, and for what is not a number.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.compare(other),
            (Self::Date(one), Self::Date(other)) | (Self::Year(one), Self::Year(other)) => Some(one.cmp(other)),
            (Self::Time(one), Self::Time(other))
            | (Self::Datetime(one), Self::Datetime(other))
            | (Self::YearMonth(one), Self::YearMonth(other)) => Some(one.cmp(other)),
            (Self::Duration(one), Self::Duration(other)) => one.compare(*other),
            _ => None,
        }
    }

    /// The value apart from the text that it was read from; `None` for texts and lists.
    pub(crate) fn into_static(self) -> Option<Value<'static>> {
        Some(match self {
            Self::Text(_) | Self::List(_) => return None,
            Self::Number(number) => Value::Number(number),
            Self::Boolean(flag) => Value::Boolean(flag),
            Self::Date(days) => Value::Date(days),
            Self::Time(micros) => Value::Time(micros),
            Self::Datetime(micros) => Value::Datetime(micros),
            Self::Year(year) => Value::Year(year),
            Self::YearMonth(months) => Value::YearMonth(months),
            Self::Duration(duration) => Value::Duration(duration),
            Self::Point(longitude, latitude) => Value::Point(longitude, latitude),
            Self::Json(value) => Value::Json(value),
        })
    }

    /// Characters of a text, items of an array or a list, properties of an object.
    pub(crate) fn length(&self) -> Option<u64> {
        let length = match self {
            Self::Text(text) => text.chars().count(),
            Self::Json(serde_json::Value::Array(items)) => items.len(),
            Self::Json(serde_json::Value::Object(object)) => object.len(),
            Self::List(items) => items.len(),
            _ => return None,
        };
        Some(length as u64)
    }

    /// Appends bytes that are the same for equal values, and different for different ones of the same type.
    pub(crate) fn write_key(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => {
                out.push(1);
                out.extend_from_slice(text.as_bytes());
            }
            Self::Number(number) => {
                out.push(2);
                number.write_key(out);
            }
            Self::Boolean(flag) => out.extend([3, u8::from(*flag)]),
            Self::Date(days) => write_number(4, i64::from(*days), out),
            Self::Time(micros) => write_number(5, *micros, out),
            Self::Datetime(micros) => write_number(6, *micros, out),
            Self::Year(year) => write_number(7, i64::from(*year), out),
            Self::YearMonth(months) => write_number(8, *months, out),
            Self::Duration(duration) => {
                out.push(9);
                duration.write_key(out);
            }
            Self::Point(longitude, latitude) => {
                out.push(10);
                longitude.write_key(out);
                out.push(b',');
                latitude.write_key(out);
            }
            Self::Json(value) => {
                out.push(11);
                out.extend_from_slice(value.to_string().as_bytes());
            }
            Self::List(items) => {
                for item in items {
                    out.push(12);
                    let from = out.len();
                    item.write_key(out);
                    let length = (out.len() - from) as u64;
                    out.extend(length.to_le_bytes());
                }
            }
        }
    }
}

fn write_number(tag: u8, number: i64, out: &mut Vec<u8>) {
    out.push(tag);
    out.extend(number.to_le_bytes());
}
