//! One cell as text and as JSON.
//!
//! | type | text | JSON |
//! | --- | --- | --- |
//! | boolean | `true` | `true` |
//! | integer, year | `12` | `12` |
//! | number | `12`, `12.5` | `12.0`, `12.5`; not finite: null |
//! | date | `2024-01-31` | the same as a string |
//! | datetime | `2024-01-31T10:00:00`, with `.250` when there are milliseconds | the same as a string |
//! | time | `10:00:00` | the same as a string |
//! | text | itself | a string |
//! | geometry | GeoJSON geometry | GeoJSON geometry |

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BinaryArray, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array,
        StringArray, StringBuilder, Time32SecondArray, TimestampMillisecondArray,
    },
    compute::cast,
    datatypes::{
        DataType, Date32Type, Float64Type, Int32Type, Int64Type, Time32SecondType, TimeUnit, TimestampMillisecondType,
    },
    util::display::{ArrayFormatter, FormatOptions},
};

use crate::Result;

/// The cells of one column of a batch, ready to be written.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// Nothing but nulls.
    Null(usize),
    /// `true` or `false`.
    Boolean(BooleanArray),
    /// Whole numbers.
    Integer(Int64Array),
    /// Years and small numbers.
    Small(Int32Array),
    /// Decimal numbers.
    Number(Float64Array),
    /// Exact numbers, already written.
    Exact(StringArray),
    /// Days since 1970.
    Date(Date32Array),
    /// Milliseconds since 1970.
    Datetime(TimestampMillisecondArray),
    /// Seconds since midnight.
    Time(Time32SecondArray),
    /// Text.
    Text(StringArray),
    /// WKB.
    Geometry(BinaryArray),
}

impl Cells {
    /// Cells of any array; types that a table doesn't hold but SQL gives are brought to the nearest one.
    pub(crate) fn new(array: &ArrayRef) -> Result<Self> {
        let to = |data_type: DataType| cast(array, &data_type);
        Ok(match array.data_type() {
            DataType::Null => Self::Null(array.len()),
            DataType::Boolean => Self::Boolean(array.as_boolean().clone()),
            DataType::Int64 => Self::Integer(array.as_primitive::<Int64Type>().clone()),
            DataType::Int32 => Self::Small(array.as_primitive::<Int32Type>().clone()),
            DataType::Int8 | DataType::Int16 | DataType::UInt8 | DataType::UInt16 | DataType::UInt32 => {
                Self::Integer(to(DataType::Int64)?.as_primitive::<Int64Type>().clone())
            }
            DataType::Float64 => Self::Number(array.as_primitive::<Float64Type>().clone()),
            DataType::Float16 | DataType::Float32 => {
                Self::Number(to(DataType::Float64)?.as_primitive::<Float64Type>().clone())
            }
            DataType::UInt64
            | DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..) => Self::Exact(to(DataType::Utf8)?.as_string::<i32>().clone()),
            DataType::Date32 => Self::Date(array.as_primitive::<Date32Type>().clone()),
            DataType::Date64 => Self::Date(to(DataType::Date32)?.as_primitive::<Date32Type>().clone()),
            DataType::Timestamp(..) => {
                let millis = to(DataType::Timestamp(TimeUnit::Millisecond, None))?;
                Self::Datetime(millis.as_primitive::<TimestampMillisecondType>().clone())
            }
            DataType::Time32(_) | DataType::Time64(_) => {
                Self::Time(to(DataType::Time32(TimeUnit::Second))?.as_primitive::<Time32SecondType>().clone())
            }
            DataType::Utf8 => Self::Text(array.as_string::<i32>().clone()),
            DataType::LargeUtf8 | DataType::Utf8View => Self::Text(to(DataType::Utf8)?.as_string::<i32>().clone()),
            DataType::Dictionary(_, inner) => Self::new(&to(inner.as_ref().clone())?)?,
            DataType::Binary => Self::Geometry(array.as_binary::<i32>().clone()),
            DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
                Self::Geometry(to(DataType::Binary)?.as_binary::<i32>().clone())
            }
            _ => Self::Text(displayed(array)?),
        })
    }

    fn array(&self) -> Option<&dyn Array> {
        Some(match self {
            Self::Null(_) => return None,
            Self::Boolean(array) => array,
            Self::Integer(array) => array,
            Self::Small(array) => array,
            Self::Number(array) => array,
            Self::Exact(array) | Self::Text(array) => array,
            Self::Date(array) => array,
            Self::Datetime(array) => array,
            Self::Time(array) => array,
            Self::Geometry(array) => array,
        })
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Null(length) => *length,
            _ => self.array().map_or(0, Array::len),
        }
    }

    /// Whether a cell is empty.
    pub(crate) fn is_null(&self, row: usize) -> bool {
        self.array().is_none_or(|array| array.is_null(row))
    }

    /// Appends a cell that isn't null as text.
    pub(crate) fn write_text(&self, row: usize, out: &mut Vec<u8>) {
        match self {
            Self::Null(_) => {}
            Self::Boolean(array) => out.extend_from_slice(if array.value(row) { b"true" } else { b"false" }),
            Self::Integer(array) => write_integer(array.value(row), out),
            Self::Small(array) => write_integer(array.value(row), out),
            Self::Number(array) => write_number(array.value(row), out),
            Self::Exact(array) | Self::Text(array) => out.extend_from_slice(array.value(row).as_bytes()),
            Self::Date(array) => write_date(i64::from(array.value(row)), out),
            Self::Datetime(array) => write_datetime(array.value(row), out),
            Self::Time(array) => write_time(i64::from(array.value(row)), out),
            Self::Geometry(array) => tabular::geometry::geojson::write(array.value(row), out),
        }
    }

    /// Appends a cell as JSON.
    pub(crate) fn write_json(&self, row: usize, out: &mut Vec<u8>) {
        if self.is_null(row) {
            return out.extend_from_slice(b"null");
        }
        match self {
            Self::Number(array) => write_json_number(array.value(row), out),
            Self::Text(array) => write_json_string(array.value(row), out),
            Self::Date(_) | Self::Datetime(_) | Self::Time(_) => {
                out.push(b'"');
                self.write_text(row, out);
                out.push(b'"');
            }
            _ => self.write_text(row, out),
        }
    }

    /// Every cell in its text form.
    pub(crate) fn to_text(&self) -> StringArray {
        if let Self::Text(array) = self {
            return array.clone();
        }
        let mut texts = StringBuilder::with_capacity(self.len(), self.len() * 8);
        let mut text = Vec::new();
        for row in 0..self.len() {
            if self.is_null(row) {
                texts.append_null();
                continue;
            }
            text.clear();
            self.write_text(row, &mut text);
            texts.append_value(String::from_utf8_lossy(&text));
        }
        texts.finish()
    }
}

fn displayed(array: &ArrayRef) -> Result<StringArray> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array.as_ref(), &options)?;
    let text = |row| array.is_valid(row).then(|| formatter.value(row).to_string());
    Ok((0..array.len()).map(text).collect())
}

pub(crate) fn write_integer(value: impl itoa::Integer, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// The shortest text that reads back as the same number, without an exponent; `12` for a whole number.
pub(crate) fn write_number(value: f64, out: &mut Vec<u8>) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT && !(value == 0.0 && value.is_sign_negative()) {
        return write_integer(value as i64, out);
    }
    if (1e-5..1e16).contains(&value.abs()) {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(value);
        if !text.contains('e') {
            return out.extend_from_slice(text.strip_suffix(".0").unwrap_or(text).as_bytes());
        }
    }
    out.extend_from_slice(value.to_string().as_bytes());
}

pub(crate) fn write_json_number(value: f64, out: &mut Vec<u8>) {
    if value.is_finite() {
        out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
    } else {
        out.extend_from_slice(b"null");
    }
}

fn two(value: i64, out: &mut Vec<u8>) {
    let value = u8::try_from(value.rem_euclid(100)).unwrap_or(0);
    out.extend_from_slice(&[b'0' + value / 10, b'0' + value % 10]);
}

/// A day, in the proleptic Gregorian calendar; years outside 0–9999 with a sign, as ISO 8601 asks.
pub(crate) fn write_date(days: i64, out: &mut Vec<u8>) {
    let (year, month, day) = civil(days);
    if (0..=9999).contains(&year) {
        two(year / 100, out);
        two(year % 100, out);
    } else {
        out.extend_from_slice(format!("{year:+05}").as_bytes());
    }
    out.push(b'-');
    two(month, out);
    out.push(b'-');
    two(day, out);
}

/// Year, month and day of a count of days since 1970-01-01. Eras of 400 years begin on a 1st of March, so that leap
/// days come last.
fn civil(days: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097;
    let from_march = days + 719_468;
    let (era, day_of_era) = (from_march.div_euclid(ERA), from_march.rem_euclid(ERA));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn write_time(seconds: i64, out: &mut Vec<u8>) {
    two(seconds / 3_600, out);
    out.push(b':');
    two(seconds / 60 % 60, out);
    out.push(b':');
    two(seconds % 60, out);
}

pub(crate) fn write_datetime(millis: i64, out: &mut Vec<u8>) {
    const DAY: i64 = 86_400_000;
    write_date(millis.div_euclid(DAY), out);
    out.push(b'T');
    let of_day = millis.rem_euclid(DAY);
    write_time(of_day / 1_000, out);
    let fraction = of_day % 1_000;
    if fraction > 0 {
        out.extend_from_slice(&[b'.', b'0' + u8::try_from(fraction / 100).unwrap_or(0)]);
        two(fraction % 100, out);
    }
}

/// A JSON string, quotes included.
pub(crate) fn write_json_string(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut written = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[written..at]);
        written = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            control => {
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&[HEX[usize::from(control >> 4)], HEX[usize::from(control & 15)]]);
            }
        }
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn a_number_reads_back_as_itself(value in prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO) {
            let written = text(|out| write_number(value, out));
            prop_assert_eq!(written.parse::<f64>().unwrap().to_bits(), value.to_bits());
            prop_assert!(!written.contains(['e', 'E']));
        }

        #[test]
        fn json_numbers_and_strings_are_those_of_serde_json(number in prop::num::f64::ANY, string: String) {
            prop_assert_eq!(text(|out| write_json_number(number, out)), serde_json::to_string(&number).unwrap());
            let written = text(|out| write_json_string(&string, out));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), string);
        }

        #[test]
        fn days_are_those_of_the_calendar(days in -700_000_i32..2_900_000) {
            let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days));
            prop_assume!(date.as_ref().is_ok_and(|date| date.year() >= 0));
            prop_assert_eq!(text(|out| write_date(i64::from(days), out)), date.unwrap().to_string());
        }
    }

    #[test]
    fn whole_numbers_are_short_in_text_and_decimal_in_json() {
        assert_eq!(text(|out| write_number(12.0, out)), "12");
        assert_eq!(text(|out| write_number(1_234.5, out)), "1234.5");
        assert_eq!(text(|out| write_json_number(12.0, out)), "12.0");
    }

    #[test]
    fn moments_show_milliseconds_only_when_they_have_some() {
        assert_eq!(text(|out| write_datetime(0, out)), "1970-01-01T00:00:00");
        assert_eq!(text(|out| write_datetime(-1, out)), "1969-12-31T23:59:59.999");
        assert_eq!(text(|out| write_time(36_061, out)), "10:01:01");
    }
}
