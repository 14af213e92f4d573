//! Which values a column holds and how often: exactly while they are few, then by sketch within the same memory.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::{FixedState, RandomState};
use hashbrown::HashTable;

use super::cardinality::Cardinality;

/// How many distinct values, and bytes of them, are counted exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub values: usize,
    pub bytes: usize,
}

impl Bounds {
    /// Shares one budget of memory among the columns of a table.
    pub fn shared_by(columns: usize) -> Self {
        let columns = columns.max(1);
        Self {
            values: (2_000_000 / columns).clamp(256, 100_000),
            bytes: ((64 << 20) / columns).clamp(16 << 10, 8 << 20),
        }
    }
}

/// Counts of values, each with a note `N` made when it is first met.
///
/// Once the bounds are passed, only the frequent values are kept: when the table is full the median count is taken
/// off every count and what falls to nothing is forgotten (Misra and Gries), so that a count is then short by at most
/// what was taken off; distinct values go on in a [`Cardinality`].
pub(crate) struct Frequencies<N> {
    /// Seeded anew in each process: a file cannot be made to collide.
    hashing: RandomState,
    index: HashTable<u32>,
    entries: Vec<Entry<N>>,
    arena: Vec<u8>,
    bounds: Bounds,
    sketch: Option<Cardinality>,
}

struct Entry<N> {
    hash: u64,
    start: usize,
    length: u32,
    note: N,
    count: u64,
}

/// Values kept once counting is no longer exact.
const KEPT: usize = 2_048;

impl<N: Copy> Frequencies<N> {
    pub fn new(bounds: Bounds) -> Self {
        Self {
            hashing: RandomState::default(),
            index: HashTable::new(),
            entries: Vec::new(),
            arena: Vec::new(),
            bounds,
            sketch: None,
        }
    }

    /// Counts a value and gives its note.
    #[inline]
    pub fn observe(&mut self, value: &[u8], note: impl FnOnce() -> N) -> N {
        if let Some(sketch) = &mut self.sketch {
            sketch.observe(fixed_hash(value));
        }
        let hash = hash(&self.hashing, value);
        let (entries, arena) = (&self.entries, &self.arena);
        let found = self.index.find(hash, |at| {
            let entry = &entries[*at as usize];
            entry.hash == hash && entry.value(arena) == value
        });
        match found {
            Some(at) => {
                let entry = &mut self.entries[*at as usize];
                entry.count += 1;
                entry.note
            }
            None => self.insert(hash, value, note()),
        }
    }

    fn insert(&mut self, hash: u64, value: &[u8], note: N) -> N {
        if self.is_full(value.len()) {
            self.make_room(value);
        }
        // A value longer than the whole budget is known by the sketch alone.
        if self.arena.len() + value.len() <= self.bounds.bytes {
            let at = self.entries.len() as u32;
            let entry = Entry { hash, start: self.arena.len(), length: value.len() as u32, note, count: 1 };
            self.arena.extend_from_slice(value);
            self.entries.push(entry);
            let entries = &self.entries;
            self.index.insert_unique(hash, at, |at| entries[*at as usize].hash);
        }
        note
    }

    #[cold]
    fn make_room(&mut self, newcomer: &[u8]) {
        if self.sketch.is_none() {
            let mut sketch = Cardinality::default();
            self.entries.iter().for_each(|entry| sketch.observe(fixed_hash(entry.value(&self.arena))));
            sketch.observe(fixed_hash(newcomer));
            self.sketch = Some(sketch);
            self.bounds.values = (self.bounds.values / 2).clamp(1, KEPT);
        }
        let mut counts: Vec<u64> = self.entries.iter().map(|entry| entry.count).collect();
        if counts.is_empty() {
            return;
        }
        // Half of what may be kept stays, so that room is made seldom.
        let keep = (self.bounds.values / 2).min(counts.len() / 2);
        let (_, median, _) = counts.select_nth_unstable_by(keep, |a, b| b.cmp(a));
        self.forget(*median);
    }

    /// Takes `taken` off every count; what falls to nothing goes.
    fn forget(&mut self, taken: u64) {
        let old = std::mem::take(&mut self.arena);
        self.entries.retain(|entry| entry.count > taken);
        self.entries.shrink_to(self.bounds.values);
        self.index = HashTable::with_capacity(self.bounds.values);
        for entry in &mut self.entries {
            let value = &old[entry.start..entry.start + entry.length as usize];
            entry.count -= taken;
            entry.start = self.arena.len();
            self.arena.extend_from_slice(value);
        }
        let entries = &self.entries;
        for (at, entry) in entries.iter().enumerate() {
            self.index.insert_unique(entry.hash, at as u32, |at| entries[*at as usize].hash);
        }
    }

    /// Distinct values, and whether that is exact.
    pub fn distinct(&self) -> (u64, bool) {
        match &self.sketch {
            None => (self.entries.len() as u64, true),
            Some(sketch) => (sketch.estimate(), false),
        }
    }

    /// Whether a new value of that many bytes would end exact counting.
    #[inline]
    pub fn is_full(&self, bytes: usize) -> bool {
        self.entries.len() >= self.bounds.values || self.arena.len() + bytes > self.bounds.bytes
    }

    /// Whether every value is here with its count.
    pub fn is_exact(&self) -> bool {
        self.sketch.is_none()
    }

    /// Values and counts, in the order of their first coming.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], u64)> {
        self.entries.iter().map(|entry| (entry.value(&self.arena), entry.count))
    }

    /// The most frequent values, most frequent first, equal counts by value. When counting is not exact, counts are
    /// lower bounds and values met once are left out.
    pub fn top(&self, most: usize) -> Vec<(&[u8], u64)> {
        let least = if self.is_exact() { 1 } else { 2 };
        let mut top: Vec<(&[u8], u64)> = self.iter().filter(|(_, count)| *count >= least).collect();
        let order = |a: &(&[u8], u64), b: &(&[u8], u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0));
        if top.len() > most && most > 0 {
            top.select_nth_unstable_by(most - 1, order);
            top.truncate(most);
        }
        top.sort_by(order);
        top
    }
}

impl<N> Entry<N> {
    fn value<'a>(&self, arena: &'a [u8]) -> &'a [u8] {
        &arena[self.start..self.start + self.length as usize]
    }
}

#[inline]
fn hash(state: &RandomState, value: &[u8]) -> u64 {
    let mut hasher = state.build_hasher();
    hasher.write(value);
    hasher.finish()
}

/// The same in every process, so that estimates are the same for the same file.
pub(crate) fn fixed_hash(value: &[u8]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(value);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(values: impl Iterator<Item = &'a str>, bounds: Bounds) -> Frequencies<()> {
        let mut frequencies = Frequencies::new(bounds);
        values.for_each(|value| frequencies.observe(value.as_bytes(), || ()));
        frequencies
    }

    #[test]
    fn few_values_are_counted_exactly() {
        let counted = of(["b", "a", "b", "c", "a", "b"].into_iter(), Bounds::shared_by(1));
        assert_eq!(counted.distinct(), (3, true));
        assert_eq!(counted.top(2), vec![(&b"b"[..], 3), (&b"a"[..], 2)]);
    }

    #[test]
    fn a_frequent_value_survives_a_flood_of_others() {
        let values: Vec<String> =
            (0..200_000).map(|n| if n % 10 == 0 { "often".to_owned() } else { n.to_string() }).collect();
        let counted = of(values.iter().map(String::as_str), Bounds { values: 10_000, bytes: 1 << 20 });
        let (distinct, exact) = counted.distinct();
        assert!(!exact);
        assert!((distinct as f64 / 180_001.0 - 1.0).abs() < 0.03, "{distinct}");
        let top = counted.top(1);
        assert_eq!(top[0].0, b"often");
        assert!(top[0].1 > 19_000 && top[0].1 <= 20_000, "{}", top[0].1);
    }

    #[test]
    fn memory_is_bounded_by_bytes_too() {
        let long = "x".repeat(100_000);
        let values: Vec<String> = (0..100).map(|n| format!("{n}{long}")).collect();
        let counted = of(values.iter().map(String::as_str), Bounds { values: 1_000, bytes: 1 << 20 });
        assert!(counted.arena.capacity() <= 4 << 20);
        let (distinct, _) = counted.distinct();
        assert!((95..=105).contains(&distinct), "{distinct}");
    }
}
