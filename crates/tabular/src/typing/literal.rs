//! One value of a type, read from text: what the filters of a query are made of.

use super::{
    DateOrder, FieldType, NumberStyle, NumberValue, parse_boolean, parse_date, parse_datetime, parse_number, parse_time,
};

/// A value of a column's type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// For a boolean column.
    Boolean(bool),
    /// For an integer column.
    Integer(i64),
    /// For a number column.
    Number(f64),
    /// For a date column: days since 1970-01-01.
    Date(i32),
    /// For a datetime column: milliseconds since 1970-01-01T00:00 UTC.
    Datetime(i64),
    /// For a time column: seconds since midnight.
    Time(i32),
    /// For a year column.
    Year(i32),
    /// For a text column, as it came.
    Text(String),
}

/// Reads a value of the given type, in any form that a cell of such a column may have. A date column takes a moment
/// too (its day), a datetime column takes a day (its midnight). `None` when the text is not such a value, and for
/// geometries, which have no literal.
///
/// ```
/// use tabular::typing::{parse_literal, FieldType, Literal};
/// assert_eq!(parse_literal(FieldType::Number, "12,5"), Some(Literal::Number(12.5)));
/// assert_eq!(parse_literal(FieldType::Date, "02/01/1970"), Some(Literal::Date(1)));
/// assert_eq!(parse_literal(FieldType::Integer, "abc"), None);
/// ```
#[must_use]
pub fn parse_literal(field_type: FieldType, text: &str) -> Option<Literal> {
    match field_type {
        FieldType::Boolean => parse_boolean(text).map(Literal::Boolean),
        FieldType::Integer => integer(text).map(Literal::Integer),
        FieldType::Number => number(text).map(Literal::Number),
        FieldType::Date => day(text).map(Literal::Date),
        FieldType::Datetime => parse_datetime(text, DateOrder::DayFirst).map(Literal::Datetime),
        FieldType::Time => parse_time(text).map(Literal::Time),
        FieldType::Year => integer(text).and_then(|year| i32::try_from(year).ok()).map(Literal::Year),
        FieldType::Text => Some(Literal::Text(text.to_owned())),
        FieldType::Geometry => None,
    }
}

fn integer(text: &str) -> Option<i64> {
    match parse_number(text, NumberStyle::default())?.value {
        NumberValue::Integer(value) => Some(value),
        // `12.0` asks for 12; `12.5` asks for nothing that an integer column holds.
        NumberValue::Decimal(value) if value.fract() == 0.0 && value.abs() <= 9e15 => Some(value as i64),
        NumberValue::Decimal(_) => None,
    }
}

fn number(text: &str) -> Option<f64> {
    match parse_number(text, NumberStyle::default())?.value {
        NumberValue::Integer(value) => Some(value as f64),
        NumberValue::Decimal(value) => Some(value),
    }
}

fn day(text: &str) -> Option<i32> {
    parse_date(text, DateOrder::DayFirst).or_else(|| {
        let millis = parse_datetime(text, DateOrder::DayFirst)?;
        i32::try_from(millis.div_euclid(86_400_000)).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_by_the_type_of_their_column() {
        for (field_type, text, expected) in [
            (FieldType::Boolean, "non", Some(Literal::Boolean(false))),
            (FieldType::Integer, "1 200", Some(Literal::Integer(1_200))),
            (FieldType::Integer, "12.0", Some(Literal::Integer(12))),
            (FieldType::Integer, "12.5", None),
            (FieldType::Number, "12", Some(Literal::Number(12.0))),
            (FieldType::Date, "1970-01-02T13:00", Some(Literal::Date(1))),
            (FieldType::Datetime, "1970-01-02", Some(Literal::Datetime(86_400_000))),
            (FieldType::Time, "0h01", Some(Literal::Time(60))),
            (FieldType::Year, "2024", Some(Literal::Year(2024))),
            (FieldType::Text, " 007 ", Some(Literal::Text(" 007 ".to_owned()))),
            (FieldType::Geometry, "POINT(0 0)", None),
        ] {
            assert_eq!(parse_literal(field_type, text), expected, "{text}");
        }
    }
}
