//! From values to places: a linear scale whose ends and ticks are round numbers.

/// A linear scale over round ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// A scale that holds every value and zero, with about this many ticks.
    pub fn with_zero(values: impl Iterator<Item = f64>, ticks: usize) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low == high {
            high = 1.0;
        }
        let step = round_step((high - low) / ticks.max(1) as f64);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// The values that get a tick, from low to high.
    pub fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count.min(50))
            .map(|place| {
                let value = self.low + self.step * place as f64;
                // Adding steps leaves dust around zero.
                if value.abs() < self.step * 1e-9 { 0.0 } else { value }
            })
            .collect()
    }

    /// Place of a value, 0 at the low end and 1 at the high end.
    pub fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// The least of 1, 2, 2.5, 5, 10 × 10ⁿ that is not below this.
fn round_step(wanted: f64) -> f64 {
    if !(wanted.is_finite() && wanted > 0.0) {
        return 1.0;
    }
    let power = 10_f64.powf(wanted.log10().floor());
    let fitting = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= wanted * (1.0 - 1e-9));
    fitting.unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        let scale = Scale::with_zero([3.0, 97.0].into_iter(), 4);
        assert_eq!(scale.ticks(), vec![0.0, 25.0, 50.0, 75.0, 100.0]);
        assert!((scale.place(50.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn values_below_zero_lower_the_scale() {
        let ticks = Scale::with_zero([-12.0, 30.0].into_iter(), 4).ticks();
        assert!(ticks.contains(&0.0));
        assert!(ticks.first().is_some_and(|low| *low <= -12.0));
    }

    #[test]
    fn nothing_zero_and_infinity_still_give_a_scale() {
        for values in [vec![], vec![0.0], vec![f64::NAN, f64::INFINITY], vec![f64::MIN_POSITIVE], vec![1e300]] {
            let scale = Scale::with_zero(values.into_iter(), 4);
            assert!(scale.ticks().len() >= 2);
            assert!((0.0..=1.0).contains(&scale.place(0.0)));
        }
    }
}
