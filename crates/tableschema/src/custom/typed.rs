//! The values of cells as their fields type them, to be compared.

use std::cmp::Ordering;

use jiff::civil;

use super::decimal::Decimal;
use crate::{
    model::{FieldKind, NumberOptions},
    repair::moment,
};

/// A value that can be compared with another.
#[derive(Debug)]
pub(super) enum Typed<'a> {
    Number(Decimal),
    Moment(civil::DateTime),
    Text(&'a str),
}

impl<'a> Typed<'a> {
    /// The value of a cell; `None` when it is not of its field's type, which is told elsewhere.
    pub(super) fn of(cell: &'a str, kind: Option<&FieldKind>) -> Option<Self> {
        match kind {
            Some(FieldKind::Number(options) | FieldKind::Integer(options)) => {
                Decimal::read(cell, options).map(Self::Number)
            }
            Some(FieldKind::Year) => Decimal::read(cell, &NumberOptions::default()).map(Self::Number),
            Some(FieldKind::Date(format) | FieldKind::Datetime(format) | FieldKind::Time(format)) => {
                moment(cell, format).map(Self::Moment)
            }
            // Texts that are numbers compare as numbers.
            _ => Some(Decimal::read(cell, &NumberOptions::default()).map_or(Self::Text(cell), Self::Number)),
        }
    }

    /// The order of two values; `None` when they are not of one kind.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => one.order(*two),
            (Self::Moment(one), Self::Moment(two)) => Some(one.cmp(two)),
            (Self::Text(one), Self::Text(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }
}
