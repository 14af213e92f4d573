//! Numbers that only look random: the same seed gives the same country on any machine.

/// SplitMix64: one addition and three multiplications a draw, which is what twenty-six million addresses leave room for.
pub struct Random(u64);

impl Random {
    /// A sequence of its own for each `stream` of a seed, so that towns can be made in any order.
    pub fn new(seed: u64, stream: u64) -> Random {
        let mut random = Random(seed ^ stream.wrapping_mul(0xA076_1D64_78BD_642F));
        random.next();
        random
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound.max(1) as u128) >> 64) as usize
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub fn choose<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Around 0, in a bell of deviation 1 (the sum of four draws is near enough).
    pub fn bell(&mut self) -> f64 {
        ((0..4).map(|_| self.unit()).sum::<f64>() - 2.0) * 1.732
    }

    /// A count of that mean with a long tail: most streets have few numbers, some have hundreds.
    pub fn count(&mut self, mean: f64) -> usize {
        (mean * 0.66 * (0.9 * self.bell()).exp()).round().max(1.0) as usize
    }
}
