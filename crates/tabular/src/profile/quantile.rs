//! The distribution of numbers in bounded memory: counts by bucket, each bucket a thousandth of its values wide.

use std::collections::BTreeMap;

/// Buckets to a power of two: a value is known within 0.1 %.
const FINENESS: u32 = 10;
/// Powers of two told apart, from 2^-20 to 2^60; nearer to zero counts as zero.
const OCTAVES: std::ops::Range<i32> = -20..60;

/// Counts numbers by sign, power of two, and the first bits of the mantissa. The result doesn't depend on the order.
#[derive(Debug, Default, Clone)]
pub(crate) struct Distribution {
    /// By octave (with its sign), then bucket.
    pages: BTreeMap<i32, Box<[u32]>>,
    zeros: u64,
    total: u64,
}

impl Distribution {
    /// Counts a value `count` times.
    pub fn add(&mut self, value: f64, count: u64) {
        self.total += count;
        let bits = value.abs().to_bits();
        let octave = (bits >> 52) as i32 - 1023;
        if value == 0.0 || octave < OCTAVES.start {
            self.zeros += count;
            return;
        }
        let bucket = (bits >> (52 - FINENESS)) as usize & ((1 << FINENESS) - 1);
        let octave = octave.min(OCTAVES.end - 1) - OCTAVES.start + 1;
        let page = if value < 0.0 { -octave } else { octave };
        let page = self.pages.entry(page).or_insert_with(|| vec![0; 1 << FINENESS].into_boxed_slice());
        page[bucket] = page[bucket].saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// Buckets in ascending order: from, to, count.
    pub fn buckets(&self) -> Vec<(f64, f64, u64)> {
        let mut buckets = Vec::new();
        for (page, counts) in self.pages.iter().filter(|(page, _)| **page < 0) {
            for (bucket, count) in counts.iter().enumerate().rev().filter(|(_, count)| **count > 0) {
                let (from, to) = bounds(page.abs(), bucket);
                buckets.push((-to, -from, u64::from(*count)));
            }
        }
        if self.zeros > 0 {
            buckets.push((0.0, 0.0, self.zeros));
        }
        for (page, counts) in self.pages.iter().filter(|(page, _)| **page > 0) {
            for (bucket, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let (from, to) = bounds(*page, bucket);
                buckets.push((from, to, u64::from(*count)));
            }
        }
        buckets
    }
}

fn bounds(page: i32, bucket: usize) -> (f64, f64) {
    let base = 2f64.powi(page - 1 + OCTAVES.start);
    let step = base / f64::from(1u32 << FINENESS);
    (base + bucket as f64 * step, base + (bucket + 1) as f64 * step)
}

/// Values at the given shares, from sorted buckets (`from == to` for exact values).
pub(crate) fn quantiles<const N: usize>(buckets: &[(f64, f64, u64)], shares: [f64; N]) -> Option<[f64; N]> {
    let total: u64 = buckets.iter().map(|bucket| bucket.2).sum();
    if total == 0 {
        return None;
    }
    Some(shares.map(|share| {
        let position = share * (total - 1) as f64;
        let below = at(buckets, position.floor() as u64);
        let above = at(buckets, position.ceil() as u64);
        below + (above - below) * position.fract()
    }))
}

/// The value of a rank, counted from 0; values are spread evenly over their bucket.
fn at(buckets: &[(f64, f64, u64)], rank: u64) -> f64 {
    let mut before = 0;
    for (from, to, count) in buckets {
        if rank < before + count {
            return from + (to - from) * ((rank - before) as f64 + 0.5) / *count as f64;
        }
        before += count;
    }
    buckets.last().map_or(f64::NAN, |bucket| bucket.1)
}

/// Counts of `bins` equal parts of `from..=to`; a bucket across a border is shared by width.
pub(crate) fn histogram(buckets: &[(f64, f64, u64)], from: f64, width: f64, bins: usize) -> Vec<u64> {
    let mut counts = vec![0.0; bins];
    let bin_of = |value: f64| (((value - from) / width).floor().max(0.0) as usize).min(bins - 1);
    for (low, high, count) in buckets {
        let (first, last) = (bin_of(*low), bin_of(*high));
        if first == last || high <= low {
            counts[first] += *count as f64;
            continue;
        }
        for (bin, slot) in counts.iter_mut().enumerate().take(last + 1).skip(first) {
            let start = if bin == first { *low } else { from + bin as f64 * width };
            let end = if bin == last { *high } else { from + (bin + 1) as f64 * width };
            *slot += *count as f64 * (end - start).max(0.0) / (high - low);
        }
    }
    round_keeping_total(&counts)
}

/// Rounds running sums, so that the counts still add up to the total.
fn round_keeping_total(counts: &[f64]) -> Vec<u64> {
    let mut running = 0.0;
    let mut given = 0u64;
    counts
        .iter()
        .map(|count| {
            running += count;
            let share = (running.round() as u64).saturating_sub(given);
            given += share;
            share
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn exact_values_give_exact_quantiles() {
        let buckets: Vec<(f64, f64, u64)> = (1..=5).map(|n| (f64::from(n), f64::from(n), 1)).collect();
        assert_eq!(quantiles(&buckets, [0.0, 0.25, 0.5, 0.875, 1.0]), Some([1.0, 2.0, 3.0, 4.5, 5.0]));
        assert_eq!(quantiles::<1>(&[], [0.5]), None);
    }

    #[test]
    fn histograms_keep_every_value() {
        let mut distribution = Distribution::default();
        (0..10_000).for_each(|n| distribution.add(f64::from(n) - 5_000.0, 1));
        let counts = histogram(&distribution.buckets(), -5_000.0, 500.0, 20);
        assert_eq!(counts.iter().sum::<u64>(), 10_000);
        assert!(counts.iter().all(|count| (490..=510).contains(count)), "{counts:?}");
    }

    proptest! {
        #[test]
        fn a_value_is_known_within_a_thousandth(value in -1e12f64..1e12) {
            let mut distribution = Distribution::default();
            distribution.add(value, 3);
            let median = quantiles(&distribution.buckets(), [0.5]).unwrap()[0];
            prop_assert!((median - value).abs() <= value.abs() / 1_000.0 + 1e-6, "{} {}", value, median);
        }
    }
}
