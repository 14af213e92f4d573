//! Literals of filters and cursors, read in a field's type.

use arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use tabular::typing::{FieldType, Literal, parse_literal};

/// Reads the text of a filter as a value of the type; `None` when it cannot be.
pub(crate) fn read(field_type: FieldType, text: &str) -> Option<ScalarValue> {
    Some(match parse_literal(field_type, text)? {
        Literal::Boolean(value) => ScalarValue::Boolean(Some(value)),
        Literal::Integer(value) => ScalarValue::Int64(Some(value)),
        Literal::Number(value) => ScalarValue::Float64(Some(value)),
        Literal::Date(days) => ScalarValue::Date32(Some(days)),
        Literal::Datetime(millis) => ScalarValue::TimestampMillisecond(Some(millis), None),
        Literal::Time(seconds) => ScalarValue::Time32Second(Some(seconds)),
        Literal::Year(year) => ScalarValue::Int32(Some(year)),
        Literal::Text(text) => ScalarValue::Utf8(Some(text)),
    })
}

/// Reads a value from the text form that [`crate::encode::value`] gives it.
pub(crate) fn canonical(data_type: &DataType, text: &str) -> Option<ScalarValue> {
    ScalarValue::try_from_string(text.to_owned(), data_type).ok().filter(|value| !value.is_null())
}
