//! The values of cells as their fields type them, to be compared.

use std::cmp::Ordering;

use crate::{
    model::Field,
    value::{Decimal, Reader, Value},
};

/// The reader of a column's field; texts where no field is concerned.
pub(super) fn reader(field: Option<&Field>) -> Reader {
    field.and_then(|field| Reader::new(&field.kind)).unwrap_or(Reader::Text)
}

/// The order of two values; `None` when they are not of one kind. Texts that are numbers compare as numbers.
pub(super) fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Text(text), Value::Text(compared)) => match (Decimal::parse(text), Decimal::parse(compared)) {
            (Some(number), Some(other)) => number.compare(&other),
            (None, None) => Some(text.cmp(compared)),
            _ => None,
        },
        (Value::Text(text), Value::Number(number)) => Decimal::parse(text)?.compare(number),
        (Value::Number(number), Value::Text(text)) => number.compare(&Decimal::parse(text)?),
        (Value::Year(year), Value::Number(number)) => Decimal::parse(&year.to_string())?.compare(number),
        (Value::Number(number), Value::Year(year)) => number.compare(&Decimal::parse(&year.to_string())?),
        _ => one.compare(other),
    }
}
