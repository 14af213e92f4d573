//! One constraint, on a value.

use std::{cmp::Ordering, collections::HashSet, sync::Arc};

use crate::{pattern::Pattern, validate::RuleId, value::Value};

/// A constraint ready to be checked.
#[derive(Debug, Clone)]
pub(super) struct Constraint {
    pub(super) rule: RuleId,
    pub(super) test: Test,
}

/// What a value must satisfy.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// The whole text matches.
    Pattern(Pattern),
    /// The value is one of them.
    OneOf(OneOf),
    /// The value is on the right side of another.
    Bound(Bound),
    /// Characters, items or properties are at least so many.
    MinLength(u64),
    /// They are at most so many.
    MaxLength(u64),
    /// A JSON value satisfies a JSON Schema.
    JsonSchema(Arc<jsonschema::Validator>),
}

impl Test {
    /// Whether the bytes of a cell that is plainly of the field's type satisfy the constraint beyond doubt. A no says
    /// nothing.
    #[inline]
    pub(super) fn is_plainly_met(&self, cell: &[u8]) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.accepts(cell),
            Self::OneOf(values) => values.has_text(cell),
            Self::Bound(bound) => bound.is_plainly_met(cell),
            Self::MaxLength(most) => cell.len() as u64 <= *most,
            Self::MinLength(least) => cell.len() as u64 / 4 >= *least,
            Self::JsonSchema(_) => false,
        }
    }

    /// Whether a value satisfies the constraint.
    pub(super) fn is_met(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Pattern(pattern), Value::Text(text)) => pattern.accepts(text.as_bytes()),
            (Self::Pattern(_), _) => true,
            (Self::OneOf(values), _) => values.has(value),
            (Self::Bound(bound), _) => bound.is_met(value),
            (Self::MinLength(least), _) => value.length().is_none_or(|length| length >= *least),
            (Self::MaxLength(most), _) => value.length().is_none_or(|length| length <= *most),
            (Self::JsonSchema(schema), Value::Json(json)) => schema.is_valid(json),
            (Self::JsonSchema(_), _) => true,
        }
    }

    /// What is wrong with a JSON value, in the library's words.
    pub(super) fn reason(&self, value: &Value<'_>) -> Option<String> {
        match (self, value) {
            (Self::JsonSchema(schema), Value::Json(json)) => {
                let error = schema.validate(json).err()?;
                let reason: String = error.to_string().chars().take(200).collect();
                Some(reason)
            }
            _ => None,
        }
    }
}

/// The values of an enumeration.
#[derive(Debug, Clone, Default)]
pub(super) struct OneOf {
    /// As they are written.
    texts: Texts,
    /// Their keys.
    keys: HashSet<Vec<u8>, foldhash::fast::RandomState>,
}

impl OneOf {
    pub(super) fn add(&mut self, text: &str, value: &Value<'_>) {
        self.texts.add(text);
        self.keys.insert(key(value));
    }

    #[inline]
    fn has_text(&self, cell: &[u8]) -> bool {
        self.texts.has(cell)
    }

    fn has(&self, value: &Value<'_>) -> bool {
        self.keys.contains(&key(value))
    }
}

fn key(value: &Value<'_>) -> Vec<u8> {
    let mut key = Vec::new();
    value.write_key(&mut key);
    key
}

/// A few texts, by length: most cells differ from most of them by that alone.
#[derive(Debug, Clone, Default)]
struct Texts {
    /// By length, up to the longest of the short ones.
    short: Vec<Vec<Box<[u8]>>>,
    many: HashSet<Box<[u8]>, foldhash::fast::RandomState>,
    count: usize,
}

/// Beyond so many, a hash is quicker than a comparison of a few of the same length.
const FEW: usize = 64;
/// Longest text that is looked up by its length.
const SHORT: usize = 256;

impl Texts {
    fn add(&mut self, text: &str) {
        let bytes: Box<[u8]> = text.as_bytes().into();
        self.count += 1;
        if bytes.len() < SHORT {
            if self.short.len() <= bytes.len() {
                self.short.resize(bytes.len() + 1, Vec::new());
            }
            self.short[bytes.len()].push(bytes.clone());
        }
        self.many.insert(bytes);
    }

    #[inline]
    fn has(&self, cell: &[u8]) -> bool {
        if self.count <= FEW {
            match self.short.get(cell.len()) {
                Some(texts) => return texts.iter().any(|text| **text == *cell),
                None if cell.len() < SHORT => return false,
                None => {}
            }
        }
        self.many.contains(cell)
    }
}

/// A bound of an ordered type.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    value: Value<'static>,
    side: Side,
    quick: Quick,
}

/// On which side of the bound values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Side {
    #[inline]
    fn has(self, order: Ordering) -> bool {
        match self {
            Self::AtLeast => order.is_ge(),
            Self::AtMost => order.is_le(),
            Self::Above => order.is_gt(),
            Self::Below => order.is_lt(),
        }
    }
}

/// How cells are compared without being read.
#[derive(Debug, Clone)]
pub(super) enum Quick {
    /// They are not.
    No,
    /// Texts of one length in the order of their values, such as `2024-01-31`.
    Text(Box<[u8]>),
    /// A number with few digits: it, times ten to the power of `scale`; `point` separates decimals.
    Number { value: i64, scale: u32, point: u8 },
}

/// Digits of a number that is compared without being read: its value times a power of ten fits 128 bits.
const QUICK_DIGITS: usize = 17;

impl Quick {
    /// For a number written with a point.
    pub(super) fn number(text: &str, point: u8) -> Self {
        let plain = text.strip_prefix('+').unwrap_or(text).as_bytes();
        match scaled(plain, b'.') {
            Some((value, scale)) => Self::Number { value, scale, point },
            None => Self::No,
        }
    }
}

impl Bound {
    pub(super) fn new(value: Value<'static>, side: Side, quick: Quick) -> Self {
        Self { value, side, quick }
    }

    #[inline]
    fn is_plainly_met(&self, cell: &[u8]) -> bool {
        match &self.quick {
            Quick::No => false,
            Quick::Text(bound) => cell.len() == bound.len() && self.side.has(cell.cmp(bound)),
            Quick::Number { value, scale, point } => match scaled(cell, *point) {
                Some((number, decimals)) => {
                    let one = i128::from(number) * 10i128.pow(*scale);
                    let other = i128::from(*value) * 10i128.pow(decimals);
                    self.side.has(one.cmp(&other))
                }
                None => false,
            },
        }
    }

    /// What is not a number is on no side.
    fn is_met(&self, value: &Value<'_>) -> bool {
        value.compare(&self.value).is_some_and(|order| self.side.has(order))
    }
}

/// A number of few digits: its digits, and how many of them are decimals.
#[inline]
fn scaled(cell: &[u8], point: u8) -> Option<(i64, u32)> {
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > QUICK_DIGITS {
        return None;
    }
    let (mut number, mut decimals, mut after_point) = (0i64, 0u32, false);
    for byte in digits {
        if byte.is_ascii_digit() {
            number = number * 10 + i64::from(byte - b'0');
            decimals += u32::from(after_point);
        } else if *byte == point && !after_point {
            after_point = true;
        } else {
            return None;
        }
    }
    Some((if negative { -number } else { number }, decimals))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::Decimal;

    proptest! {
        #[test]
        fn bounds_say_the_same_the_quick_way(
            cell in "-?[0-9]{1,9}(\\.[0-9]{0,7})?",
            bound in "-?[0-9]{1,4}(\\.[0-9]{1,3})?",
            side in prop::sample::select(vec![Side::AtLeast, Side::AtMost, Side::Above, Side::Below]),
        ) {
            let number = |text: &str| Decimal::parse(text).map(Value::Number);
            let (Some(value), Some(limit)) = (number(&cell), number(&bound)) else { return Ok(()) };
            let check = Bound::new(limit, side, Quick::number(&bound, b'.'));
            prop_assert_eq!(check.is_plainly_met(cell.as_bytes()), check.is_met(&value));
        }

        #[test]
        fn an_enumeration_has_its_values(values in prop::collection::vec("[a-c]{0,3}", 0..100), cell in "[a-c]{0,3}") {
            let mut one_of = OneOf::default();
            for value in &values {
                one_of.add(value, &Value::Text(value));
            }
            prop_assert_eq!(one_of.has_text(cell.as_bytes()), values.contains(&cell));
            prop_assert_eq!(one_of.has(&Value::Text(&cell)), values.contains(&cell));
        }
    }
}
