//! Predicates that the engine's own functions don't have, or have slower.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use arrow::{
    array::{Array, ArrayRef, AsArray, BooleanArray, BooleanBufferBuilder, StringArray},
    buffer::{BooleanBuffer, NullBuffer},
    datatypes::{DataType, Float64Type},
};
use datafusion::{
    common::cast::as_float64_array,
    error::{DataFusionError, Result},
    logical_expr::{ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility},
};
use regex::bytes::{Regex, RegexBuilder};

use crate::encode::value::Cells;

/// Largest program that a needle may compile to.
const REGEX_BYTES: usize = 4 << 20;

/// How a needle is looked for in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// Anywhere in the value; a null value gives null.
    Anywhere,
    /// At its start; a null value gives null.
    Start,
    /// Anywhere in any of the values; nulls hold nothing.
    AnyValue,
}

/// A text looked for whatever the case (Unicode's simple case folding).
#[derive(Debug)]
struct Find {
    needle: String,
    place: Place,
    regex: Regex,
    signature: Signature,
}

impl PartialEq for Find {
    fn eq(&self, other: &Self) -> bool {
        self.needle == other.needle && self.place == other.place
    }
}

impl Eq for Find {}

impl Hash for Find {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.needle.hash(state);
        self.place.hash(state);
    }
}

/// `needle` is in the values. Values that are not text are looked at in their text form.
pub(crate) fn find(values: Vec<Expr>, needle: &str, place: Place) -> Result<Expr> {
    let regex = RegexBuilder::new(&regex::escape(needle))
        .case_insensitive(true)
        .size_limit(REGEX_BYTES)
        .build()
        .map_err(|error| DataFusionError::External(Box::new(error)))?;
    let signature = Signature::variadic_any(Volatility::Immutable);
    let function = Find { needle: needle.to_owned(), place, regex, signature };
    Ok(ScalarUDF::from(function).call(values))
}

impl ScalarUDFImpl for Find {
    fn name(&self) -> &str {
        "find"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut found = BooleanBuffer::new_unset(args.number_rows);
        let mut nulls = None;
        for value in &args.args {
            let array = text_form(&value.to_array(args.number_rows)?)?;
            let hits = match self.place {
                Place::Start => starts(&array, &self.needle, &self.regex),
                Place::Anywhere | Place::AnyValue => contained(&array, &self.regex),
            };
            found = match (array.nulls(), self.place) {
                (Some(valid), Place::AnyValue) => &found | &(&hits & valid.inner()),
                (valid, _) => {
                    nulls = valid.cloned();
                    &found | &hits
                }
            };
        }
        if self.place == Place::AnyValue {
            nulls = None;
        }
        Ok(ColumnarValue::Array(Arc::new(BooleanArray::new(found, nulls))))
    }
}

fn text_form(array: &ArrayRef) -> Result<StringArray> {
    match array.as_string_opt::<i32>() {
        Some(text) => Ok(text.clone()),
        None => Cells::new(array).map(|cells| cells.to_text()).map_err(Into::into),
    }
}

/// Rows that hold a match. All values are searched as one text, which is far quicker than one by one; a match that
/// runs over the end of its value is none.
fn contained(array: &StringArray, regex: &Regex) -> BooleanBuffer {
    let offsets = array.value_offsets();
    let mut hits = BooleanBufferBuilder::new(array.len());
    let text = &array.value_data()[..usize::try_from(offsets[array.len()]).unwrap_or(0)];
    let end_of = |row: usize| usize::try_from(offsets[row + 1]).unwrap_or(0);
    let mut at = usize::try_from(offsets[0]).unwrap_or(0);
    if regex.is_match(b"") {
        hits.append_n(array.len(), true);
        return hits.finish();
    }
    while hits.len() < array.len() {
        let Some(found) = regex.find_at(text, at) else { break };
        let mut row = hits.len();
        while end_of(row) <= found.start() {
            row += 1;
        }
        hits.append_n(row - hits.len(), false);
        if found.end() <= end_of(row) {
            hits.append(true);
            at = end_of(row);
        } else {
            at = found.start() + 1;
        }
    }
    hits.append_n(array.len() - hits.len(), false);
    hits.finish()
}

fn starts(array: &StringArray, needle: &str, regex: &Regex) -> BooleanBuffer {
    let starts_with = |row: usize| {
        let value = array.value(row).as_bytes();
        match value.get(..needle.len()) {
            Some(head) if head.is_ascii() && needle.is_ascii() => head.eq_ignore_ascii_case(needle.as_bytes()),
            _ => regex.find(value).is_some_and(|found| found.start() == 0),
        }
    };
    BooleanBuffer::collect_bool(array.len(), starts_with)
}

/// Mean radius of the earth in metres (IUGG).
pub(crate) const EARTH_RADIUS: f64 = 6_371_008.8;

/// Great-circle distance in metres.
pub(crate) fn distance(lon1: f64, lat1: f64, lon2: f64, lat2: f64) -> f64 {
    let half_lat = ((lat2 - lat1).to_radians() / 2.0).sin();
    let half_lon = ((lon2 - lon1).to_radians() / 2.0).sin();
    let square = half_lat * half_lat + lat1.to_radians().cos() * lat2.to_radians().cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS * square.sqrt().min(1.0).asin()
}

/// Whether the centre of a box is near a point.
#[derive(Debug)]
struct Near {
    /// Longitude, latitude, metres.
    point: [f64; 3],
    signature: Signature,
}

impl PartialEq for Near {
    fn eq(&self, other: &Self) -> bool {
        self.point.map(f64::to_bits) == other.point.map(f64::to_bits)
    }
}

impl Eq for Near {}

impl Hash for Near {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.point.map(f64::to_bits).hash(state);
    }
}

/// The centre of the box (`xmin, ymin, xmax, ymax`) is at most so many metres from the point.
pub(crate) fn near(corners: Vec<Expr>, lon: f64, lat: f64, metres: f64) -> Expr {
    let signature = Signature::exact(vec![DataType::Float64; 4], Volatility::Immutable);
    ScalarUDF::from(Near { point: [lon, lat, metres], signature }).call(corners)
}

impl ScalarUDFImpl for Near {
    fn name(&self) -> &str {
        "near"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let [xmin, ymin, xmax, ymax] = arrays.as_slice() else {
            return Err(DataFusionError::Internal("near takes four numbers".into()));
        };
        let [lon, lat, metres] = self.point;
        let middle = |low: &ArrayRef, high: &ArrayRef, row: usize| {
            let (low, high) =
                (low.as_primitive::<Float64Type>().value(row), high.as_primitive::<Float64Type>().value(row));
            f64::midpoint(low, high)
        };
        let within = BooleanBuffer::collect_bool(xmin.len(), |row| {
            distance(lon, lat, middle(xmin, xmax, row), middle(ymin, ymax, row)) <= metres
        });
        let nulls = NullBuffer::union(as_float64_array(xmin)?.nulls(), ymin.nulls());
        Ok(ColumnarValue::Array(Arc::new(BooleanArray::new(within, nulls))))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn regex(needle: &str) -> Regex {
        RegexBuilder::new(&regex::escape(needle)).case_insensitive(true).build().unwrap()
    }

    proptest! {
        #[test]
        fn searching_all_values_at_once_is_searching_each(values in prop::collection::vec("[aAbéÉ]{0,4}", 0..20), needle in "[abé]{0,3}") {
            let array = StringArray::from(values.clone());
            let regex = regex(&needle);
            let one_by_one: Vec<bool> = values.iter().map(|value| value.to_lowercase().contains(&needle)).collect();
            prop_assert_eq!(contained(&array, &regex).iter().collect::<Vec<_>>(), one_by_one);
            let heads: Vec<bool> = values.iter().map(|value| value.to_lowercase().starts_with(&needle)).collect();
            prop_assert_eq!(starts(&array, &needle, &regex).iter().collect::<Vec<_>>(), heads);
        }

        #[test]
        fn a_slice_is_searched_as_itself(values in prop::collection::vec("[ab]{0,3}", 4..20), needle in "[ab]{1,2}") {
            let array = StringArray::from(values.clone()).slice(2, values.len() - 3);
            let expected: Vec<bool> = values[2..values.len() - 1].iter().map(|value| value.contains(&needle)).collect();
            prop_assert_eq!(contained(&array, &regex(&needle)).iter().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn the_distance_from_castelnaudary_to_toulouse_is_fifty_kilometres() {
        let metres = distance(1.9543, 43.3183, 1.4437, 43.6043);
        assert!((51_000.0..53_500.0).contains(&metres), "{metres}");
    }
}
