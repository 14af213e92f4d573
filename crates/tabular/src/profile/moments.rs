//! Sum, mean and standard deviation, without losing cents.

/// Running moments of a column of numbers.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Moments {
    count: u64,
    sum: f64,
    /// What additions to `sum` rounded away (Neumaier's compensation).
    compensation: f64,
    mean: f64,
    /// Sum of the squares of the distances to the mean.
    squares: f64,
}

impl Moments {
    /// Takes in a batch.
    pub fn add(&mut self, values: impl Iterator<Item = f64> + Clone) {
        let mut count = 0u64;
        let (mut sum, mut compensation) = (0.0f64, 0.0f64);
        for value in values.clone() {
            count += 1;
            add_exactly(&mut sum, &mut compensation, value);
        }
        if count == 0 {
            return;
        }
        let mean = (sum + compensation) / count as f64;
        let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
        self.merge(count, mean, squares);
        add_exactly(&mut self.sum, &mut self.compensation, sum);
        self.compensation += compensation;
    }

    /// Joins two sets of moments (Chan, Golub and LeVeque).
    fn merge(&mut self, count: u64, mean: f64, squares: f64) {
        let (before, added) = (self.count as f64, count as f64);
        let all = before + added;
        let distance = mean - self.mean;
        self.squares += squares + distance * distance * before * added / all;
        self.mean += distance * added / all;
        self.count += count;
    }

    pub fn sum(&self) -> Option<f64> {
        (self.count > 0).then_some(self.sum + self.compensation).filter(|sum| sum.is_finite())
    }

    pub fn mean(&self) -> Option<f64> {
        self.sum().map(|sum| sum / self.count as f64)
    }

    /// Of the population.
    pub fn std(&self) -> Option<f64> {
        (self.count > 0).then(|| (self.squares / self.count as f64).sqrt()).filter(|std| std.is_finite())
    }
}

fn add_exactly(sum: &mut f64, compensation: &mut f64, value: f64) {
    let total = *sum + value;
    *compensation += if sum.abs() >= value.abs() { (*sum - total) + value } else { (value - total) + *sum };
    *sum = total;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn batches_give_what_the_whole_gives() {
        let values: Vec<f64> = (0..1_000).map(|n| f64::from(n) * 0.01).collect();
        let mut moments = Moments::default();
        values.chunks(77).for_each(|batch| moments.add(batch.iter().copied()));
        assert!((moments.sum().unwrap() - 4_995.0).abs() < 1e-9);
        assert!((moments.mean().unwrap() - 4.995).abs() < 1e-12);
        assert!((moments.std().unwrap() - 2.886_749_902_572_095).abs() < 1e-9);
    }

    #[test]
    fn cents_beside_billions_are_kept() {
        let mut moments = Moments::default();
        moments.add([1e16, 0.01, 0.01, -1e16].into_iter());
        assert_eq!(moments.sum(), Some(0.02));
    }

    #[test]
    fn nothing_has_no_moments() {
        assert_eq!(Moments::default().mean(), None);
    }
}
