//! A first look at the first group of rows: what columns probably are, and how they are best laid out.

use arrow::array::{Array, StringArray};

use crate::{
    profile::{cardinality::Cardinality, frequency::fixed_hash},
    read::RawColumn,
    typing::{header::Hints, kind, tally::Tally},
};

/// Cells of a column whose kind is looked at.
const SAMPLE: usize = 8_192;

/// What a first look at a column shows.
#[derive(Default)]
pub(crate) struct Survey {
    /// Kinds of a sample, spread over the group; every cell of a small table.
    pub tally: Tally,
    distinct: Cardinality,
    filled: u64,
    bytes: u64,
    sorted: bool,
}

/// How a column is laid out in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Values are few enough to be written once.
    pub dictionary: bool,
    /// Values are so many and so scattered that a look-up wants a Bloom filter.
    pub bloom: bool,
}

/// Bytes of distinct values of a group that make a dictionary worth its reading.
const DICTIONARY_BYTES: f64 = 200_000.0;
/// Longest average value that gets a Bloom filter: people look up codes, not prose.
const CODE_BYTES: u64 = 40;

impl Survey {
    /// Looks at the pieces of a column, `rows` in all.
    pub fn of(pieces: &[RawColumn], rows: usize, hints: Hints) -> Self {
        let mut survey = Self { sorted: true, ..Self::default() };
        let stride = rows.div_ceil(SAMPLE).max(1);
        let mut row = 0;
        for piece in pieces {
            match piece {
                RawColumn::Text(cells) => {
                    survey.look(cells, row, stride, hints);
                    row += cells.len();
                }
                RawColumn::Geometry(_) => return survey,
            }
        }
        survey.tally.settle();
        survey
    }

    fn look(&mut self, cells: &StringArray, first: usize, stride: usize, hints: Hints) {
        let mut last = "";
        for (index, cell) in cells.iter().enumerate() {
            let Some(text) = cell.filter(|text| !text.is_empty()) else { continue };
            if (first + index).is_multiple_of(stride)
                && let Some(kind) = kind::kind(text, hints)
            {
                self.tally.add(kind);
            }
            self.filled += 1;
            self.bytes += text.len() as u64;
            self.distinct.observe(fixed_hash(text.as_bytes()));
            self.sorted = self.sorted && last <= text;
            last = text;
        }
    }

    /// How the column is best laid out.
    pub fn layout(&self) -> Layout {
        let distinct = self.distinct.estimate();
        let length = if self.filled == 0 { 0.0 } else { self.bytes as f64 / self.filled as f64 };
        let repeated = distinct * 2 <= self.filled;
        let dictionary = self.filled == 0 || (repeated && distinct as f64 * (length + 4.0) <= DICTIONARY_BYTES);
        // A sorted column needs none: the bounds of its pages already tell where a value is.
        let bloom = !repeated && !self.sorted && self.filled > 4_096 && self.bytes <= CODE_BYTES * self.filled;
        Layout { dictionary, bloom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(cells: Vec<String>) -> Layout {
        let rows = cells.len();
        Survey::of(&[RawColumn::Text(StringArray::from(cells))], rows, Hints::default()).layout()
    }

    #[test]
    fn layouts_follow_the_values() {
        let words = layout((0..20_000).map(|n| format!("nature {}", n % 3)).collect());
        assert_eq!(words, Layout { dictionary: true, bloom: false });
        let serial = layout((0..20_000).map(|n| format!("{n:09}")).collect());
        assert_eq!(serial, Layout { dictionary: false, bloom: false });
        let scattered = layout((0..20_000).map(|n| format!("{:09}", n * 7_919 % 1_000_003)).collect());
        assert_eq!(scattered, Layout { dictionary: false, bloom: true });
    }

    #[test]
    fn the_sample_is_spread_over_the_group() {
        let cells: Vec<String> = (0..50_000).map(|n| n.to_string()).collect();
        let survey = Survey::of(&[RawColumn::Text(StringArray::from(cells))], 50_000, Hints::default());
        assert!((7_000..=SAMPLE as u64).contains(&survey.tally.filled()), "{}", survey.tally.filled());
    }
}
