//! What is measured of columns whose values have an order and a distance: numbers, dates, times.

use arrow::buffer::NullBuffer;

use super::{
    Bin, Frequency, Value,
    frequency::{Bounds, Frequencies},
    moments::Moments,
    quantile::{self, Distribution},
    summary::{Summary, TOP},
};
use crate::typing::{FieldType, format_date, format_datetime, format_time};

/// Bars of a histogram.
const BINS: usize = 20;
/// Shares of the quantiles of a profile.
const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// A value with an order and a distance.
pub(crate) trait Measure: Copy + PartialOrd + Default {
    /// Eight bytes that tell values apart.
    fn key(self) -> [u8; 8];
    fn from_key(key: &[u8]) -> Self;
    fn as_f64(self) -> f64;
    /// The nearest value, for borders of histograms.
    fn from_f64(value: f64) -> Self;
    /// Whether values are whole, so that borders are too.
    const WHOLE: bool;
    /// The value as JSON gives it.
    fn json(self, field_type: FieldType) -> Value;
}

impl Measure for f64 {
    fn key(self) -> [u8; 8] {
        (if self == 0.0 { 0.0 } else { self }).to_le_bytes()
    }
    fn from_key(key: &[u8]) -> Self {
        Self::from_le_bytes(eight(key))
    }
    fn as_f64(self) -> f64 {
        self
    }
    fn from_f64(value: f64) -> Self {
        value
    }
    const WHOLE: bool = false;
    fn json(self, _: FieldType) -> Value {
        Value::from(self)
    }
}

impl Measure for i64 {
    fn key(self) -> [u8; 8] {
        self.to_le_bytes()
    }
    fn from_key(key: &[u8]) -> Self {
        Self::from_le_bytes(eight(key))
    }
    fn as_f64(self) -> f64 {
        self as f64
    }
    fn from_f64(value: f64) -> Self {
        value as Self
    }
    const WHOLE: bool = true;
    fn json(self, field_type: FieldType) -> Value {
        match field_type {
            FieldType::Datetime => Value::from(format_datetime(self)),
            _ => Value::from(self),
        }
    }
}

impl Measure for i32 {
    fn key(self) -> [u8; 8] {
        i64::from(self).to_le_bytes()
    }
    fn from_key(key: &[u8]) -> Self {
        i64::from_key(key) as Self
    }
    fn as_f64(self) -> f64 {
        f64::from(self)
    }
    fn from_f64(value: f64) -> Self {
        value as Self
    }
    const WHOLE: bool = true;
    fn json(self, field_type: FieldType) -> Value {
        match field_type {
            FieldType::Date => Value::from(format_date(self)),
            FieldType::Time => Value::from(format_time(self)),
            _ => Value::from(self),
        }
    }
}

fn eight(key: &[u8]) -> [u8; 8] {
    key.try_into().unwrap_or_default()
}

/// Running measures of a column.
pub(crate) struct Measures<T> {
    frequencies: Frequencies<()>,
    /// Fed once values are too many to be counted one by one.
    distribution: Option<Distribution>,
    moments: Moments,
    extremes: Option<(T, T)>,
    last: Option<T>,
    sorted: bool,
}

impl<T: Measure> Measures<T> {
    pub fn new(bounds: Bounds) -> Self {
        Self {
            frequencies: Frequencies::new(bounds),
            distribution: None,
            moments: Moments::default(),
            extremes: None,
            last: None,
            sorted: true,
        }
    }

    /// Takes in a batch.
    pub fn observe(&mut self, values: &[T], nulls: Option<&NullBuffer>) {
        match nulls {
            None => self.observe_all(values.iter().copied()),
            Some(nulls) => {
                let present: Vec<T> = nulls.valid_indices().map(|index| values[index]).collect();
                self.observe_all(present.iter().copied());
            }
        }
    }

    fn observe_all(&mut self, values: impl Iterator<Item = T> + Clone) {
        self.moments.add(values.clone().map(T::as_f64));
        for value in values {
            let before = self.last.replace(value);
            if self.sorted && before.is_some_and(|before| before > value) {
                self.sorted = false;
            }
            // A run of one value is counted as others are, but cannot move the extremes.
            if before != Some(value) {
                self.widen(value);
            }
            match &mut self.distribution {
                Some(distribution) => distribution.add(value.as_f64(), 1),
                None => self.watch_bounds(value),
            }
            self.frequencies.observe(&value.key(), || ());
        }
    }

    fn widen(&mut self, value: T) {
        self.extremes = Some(match self.extremes {
            None => (value, value),
            Some((min, max)) => (if value < min { value } else { min }, if value > max { value } else { max }),
        });
    }

    /// Before the value that would pass the bounds, the counts so far go into a distribution.
    #[inline]
    fn watch_bounds(&mut self, value: T) {
        if self.frequencies.is_full(8) {
            let mut distribution = Distribution::default();
            for (key, count) in self.frequencies.iter() {
                distribution.add(T::from_key(key).as_f64(), count);
            }
            distribution.add(value.as_f64(), 1);
            self.distribution = Some(distribution);
        }
    }

    /// Counts by value, in ascending order.
    fn buckets(&self) -> Vec<(f64, f64, u64)> {
        if let Some(distribution) = &self.distribution {
            return distribution.buckets();
        }
        let mut buckets: Vec<(f64, f64, u64)> = self
            .frequencies
            .iter()
            .map(|(key, count)| {
                let value = T::from_key(key).as_f64();
                (value, value, count)
            })
            .collect();
        buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
        buckets
    }

    /// What was measured, as the profile of a column of this type gives it.
    pub fn summary(&self, field_type: FieldType) -> Summary {
        let numeric = matches!(field_type, FieldType::Integer | FieldType::Number);
        let (distinct, distinct_exact) = self.frequencies.distinct();
        let buckets = self.buckets();
        let top = self.frequencies.top(TOP);
        let clamp = |value: f64| match self.extremes {
            Some((min, max)) => value.clamp(min.as_f64(), max.as_f64()),
            None => value,
        };
        Summary {
            distinct,
            distinct_exact,
            min: self.extremes.map(|(min, _)| min.json(field_type)),
            max: self.extremes.map(|(_, max)| max.json(field_type)),
            mean: self.moments.mean().filter(|_| numeric),
            std: self.moments.std().filter(|_| numeric),
            sum: self.moments.sum().filter(|_| numeric),
            quantiles: quantile::quantiles(&buckets, SHARES).map(|all| all.map(clamp)).filter(|_| numeric),
            top: top
                .into_iter()
                .map(|(key, count)| Frequency { value: T::from_key(key).json(field_type), count })
                .collect(),
            histogram: self.histogram(&buckets, field_type),
            sorted: self.sorted && self.extremes.is_some(),
        }
    }

    fn histogram(&self, buckets: &[(f64, f64, u64)], field_type: FieldType) -> Vec<Bin> {
        let Some((min, max)) = self.extremes else { return Vec::new() };
        let (low, high) = (min.as_f64(), max.as_f64());
        let span = high - low;
        if span <= 0.0 || !span.is_finite() {
            let count = buckets.iter().map(|bucket| bucket.2).sum();
            return vec![Bin { from: min.json(field_type), to: max.json(field_type), count }];
        }
        let width = if T::WHOLE { ((span + 1.0) / BINS as f64).ceil() } else { span / BINS as f64 };
        let bins = if T::WHOLE { ((span + 1.0) / width).ceil() as usize } else { BINS };
        let counts = quantile::histogram(buckets, low, width, bins);
        let border = |bin: usize| T::from_f64(low + bin as f64 * width).json(field_type);
        (0..bins)
            .map(|bin| Bin {
                from: border(bin),
                to: if bin + 1 == bins { max.json(field_type) } else { border(bin + 1) },
                count: counts[bin],
            })
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn measured<T: Measure>(values: &[T], bounds: Bounds) -> Measures<T> {
        let mut measures = Measures::new(bounds);
        values.chunks(1_000).for_each(|batch| measures.observe(batch, None));
        measures
    }

    #[test]
    fn few_numbers_are_summed_up_exactly() {
        let summary = measured(&[3.0, 1.0, 2.0, 2.0], Bounds::shared_by(1)).summary(FieldType::Number);
        assert_eq!((summary.min, summary.max), (Some(Value::from(1.0)), Some(Value::from(3.0))));
        assert_eq!((summary.sum, summary.mean), (Some(8.0), Some(2.0)));
        assert_eq!(summary.quantiles.unwrap()[2], 2.0);
        assert_eq!(summary.top[0], Frequency { value: Value::from(2.0), count: 2 });
        assert_eq!(summary.histogram.len(), 20);
        assert_eq!(summary.histogram.iter().map(|bin| bin.count).sum::<u64>(), 4);
        assert!(!summary.sorted);
    }

    #[test]
    fn many_numbers_are_summed_up_nearly() {
        let values: Vec<i64> = (0..50_000).collect();
        let summary = measured(&values, Bounds { values: 1_000, bytes: 1 << 20 }).summary(FieldType::Integer);
        assert!(summary.sorted && !summary.distinct_exact);
        assert_eq!((summary.min, summary.max), (Some(Value::from(0)), Some(Value::from(49_999))));
        let median = summary.quantiles.unwrap()[2];
        assert!((median - 25_000.0).abs() < 50.0, "{median}");
        assert_eq!(summary.histogram.iter().map(|bin| bin.count).sum::<u64>(), 50_000);
        assert!(summary.histogram.iter().all(|bin| (2_400..=2_600).contains(&bin.count)), "{:?}", summary.histogram);
    }

    #[test]
    fn dates_have_a_histogram_of_whole_days_and_no_mean() {
        let summary = measured(&[0i32, 1, 1, 2], Bounds::shared_by(1)).summary(FieldType::Date);
        assert_eq!(summary.mean, None);
        let bins: Vec<(Value, u64)> = summary.histogram.into_iter().map(|bin| (bin.from, bin.count)).collect();
        assert_eq!(bins, [("1970-01-01".into(), 1), ("1970-01-02".into(), 2), ("1970-01-03".into(), 1)]);
    }
}
