//! SplitMix64: enough for a corpus, and the same everywhere for ever.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[(self.next() % from.len() as u64) as usize]
    }

    /// So many digits, none leading zero.
    pub fn digits(&mut self, length: usize) -> String {
        (0..length).map(|index| char::from(b'0' + self.between(u64::from(index == 0), 9) as u8)).collect()
    }

    pub fn letters(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(b'A' + self.between(0, 25) as u8)).collect()
    }
}
