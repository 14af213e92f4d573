//! Values added up by the number of their group.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, Float64Array, Int64Array},
    compute::cast,
    datatypes::{DataType, Float64Type, Int64Type},
};
use tabular::typing::FieldType;

use super::keys::to_type;
use crate::{
    Result,
    engine::plan::Computed,
    model::AggregateFunction::{self, Avg, Count, CountDistinct, Max, Median, Min, Sum},
};

/// Whether an aggregate can be added up by group.
pub(super) fn can(computed: &Computed) -> bool {
    let text = matches!(computed.field_type, FieldType::Text | FieldType::Boolean | FieldType::Geometry);
    match computed.aggregate.function {
        Count => true,
        Sum | Avg | Min | Max => !text,
        CountDistinct | Median => false,
    }
}

/// The values of one aggregate, by group.
#[derive(Debug, Clone)]
pub(super) struct Accumulator {
    function: AggregateFunction,
    /// Rows (or values) added.
    counts: Vec<i64>,
    values: Values,
}

#[derive(Debug, Clone)]
enum Values {
    None,
    Whole(Vec<i64>),
    Number(Vec<f64>),
}

impl Accumulator {
    pub(super) fn new(computed: &Computed) -> Self {
        let function = computed.aggregate.function;
        let number = computed.field_type == FieldType::Number || function == Avg || (function == Sum && computed.wide);
        let values = match function {
            Count => Values::None,
            _ if number => Values::Number(Vec::new()),
            _ => Values::Whole(Vec::new()),
        };
        Self { function, counts: Vec::new(), values }
    }

    /// Makes place for so many groups.
    pub(super) fn grow(&mut self, groups: usize) {
        self.counts.resize(groups, 0);
        match &mut self.values {
            Values::None => {}
            Values::Whole(values) => values.resize(groups, 0),
            Values::Number(values) => values.resize(groups, 0.0),
        }
    }

    /// Adds chosen rows, each to the group of its number.
    pub(super) fn add(&mut self, values: Option<&ArrayRef>, rows: &[usize], numbers: &[u32]) -> Result<()> {
        let Some(array) = values else {
            numbers.iter().for_each(|number| self.counts[*number as usize] += 1);
            return Ok(());
        };
        let chosen = rows.iter().zip(numbers).filter(|(row, _)| array.is_valid(**row));
        match &mut self.values {
            Values::None => chosen.for_each(|(_, number)| self.counts[*number as usize] += 1),
            Values::Whole(sums) => {
                let array = cast(array, &DataType::Int64)?;
                let array = array.as_primitive::<Int64Type>();
                for (row, number) in chosen {
                    let group = *number as usize;
                    sums[group] = whole(self.function, self.counts[group], sums[group], array.value(*row));
                    self.counts[group] += 1;
                }
            }
            Values::Number(sums) => {
                let array = cast(array, &DataType::Float64)?;
                let array = array.as_primitive::<Float64Type>();
                for (row, number) in chosen {
                    let group = *number as usize;
                    sums[group] = numeric(self.function, self.counts[group], sums[group], array.value(*row));
                    self.counts[group] += 1;
                }
            }
        }
        Ok(())
    }

    /// Adds another's groups, each to the group at its place.
    pub(super) fn merge(&mut self, other: &Self, places: &[usize]) {
        for (from, to) in places.iter().enumerate().filter(|(from, _)| other.counts[*from] > 0) {
            match (&mut self.values, &other.values) {
                (Values::Whole(all), Values::Whole(part)) => {
                    all[*to] = whole(self.function, self.counts[*to], all[*to], part[from]);
                }
                (Values::Number(all), Values::Number(part)) => {
                    all[*to] = numeric(self.function, self.counts[*to], all[*to], part[from]);
                }
                _ => {}
            }
            self.counts[*to] += other.counts[from];
        }
    }

    /// The results, by group: null where nothing was added, except for counts.
    pub(super) fn finish(&self, data_type: &DataType) -> Result<ArrayRef> {
        let counted = |group: usize| self.counts[group] > 0;
        match &self.values {
            Values::None => Ok(Arc::new(Int64Array::from(self.counts.clone()))),
            Values::Whole(values) => {
                let values = values.iter().enumerate().map(|(group, value)| counted(group).then_some(*value));
                to_type(values.collect(), data_type)
            }
            Values::Number(values) => {
                let result = |(group, value): (usize, &f64)| {
                    let divisor = if self.function == Avg { self.counts[group] as f64 } else { 1.0 };
                    counted(group).then(|| value / divisor)
                };
                Ok(Arc::new(values.iter().enumerate().map(result).collect::<Float64Array>()))
            }
        }
    }
}

fn whole(function: AggregateFunction, count: i64, so_far: i64, value: i64) -> i64 {
    match function {
        _ if count == 0 => value,
        Min => so_far.min(value),
        Max => so_far.max(value),
        // Sums that could leave the integers are computed as numbers.
        _ => so_far.wrapping_add(value),
    }
}

fn numeric(function: AggregateFunction, count: i64, so_far: f64, value: f64) -> f64 {
    match function {
        _ if count == 0 => value,
        Min => {
            if value.total_cmp(&so_far).is_lt() {
                value
            } else {
                so_far
            }
        }
        Max => {
            if value.total_cmp(&so_far).is_gt() {
                value
            } else {
                so_far
            }
        }
        _ => so_far + value,
    }
}
