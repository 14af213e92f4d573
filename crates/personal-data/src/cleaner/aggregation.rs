//! Rows replaced by counts of rows by group; a group under the least count never shows.

use std::collections::BTreeMap;

use arrow::array::{Array, StringArray};

use crate::{Error, SmallGroups, detector::small_cells, sentence};

/// Most groups held in memory, and most bytes of their values.
const MOST_GROUPS: usize = 200_000;
const MOST_BYTES: usize = 64 << 20;

/// Groups by the values of some columns.
#[derive(Debug)]
pub(super) struct Aggregation {
    by: Vec<usize>,
    /// A column of counts, whose sum is taken instead of the number of rows.
    counted: Option<usize>,
    k: u64,
    small: SmallGroups,
    groups: BTreeMap<Vec<String>, u64>,
    key: Vec<String>,
    bytes: usize,
    overflowed: bool,
}

impl Aggregation {
    pub(super) fn new(by: Vec<usize>, counted: Option<usize>, k: u64, small: SmallGroups) -> Self {
        let key = vec![String::new(); by.len()];
        Self { by, counted, k: k.max(1), small, groups: BTreeMap::new(), key, bytes: 0, overflowed: false }
    }

    /// Number of columns of the outcome.
    pub(super) fn width(&self) -> usize {
        self.by.len() + 1
    }

    pub(super) fn header(&self, columns: &[&str]) -> Vec<String> {
        let mut header: Vec<String> = self.by.iter().map(|index| columns[*index].to_owned()).collect();
        let mut count = match self.counted {
            Some(index) => columns[index].to_owned(),
            None => sentence::of_data("aggregate-count"),
        };
        while header.contains(&count) {
            count.push('_');
        }
        header.push(count);
        header
    }

    /// Adds the rows of a batch; gives their number.
    pub(super) fn add(&mut self, columns: &[StringArray]) -> u64 {
        let rows = columns.first().map_or(0, Array::len);
        for row in 0..rows {
            let cell = |index: usize| {
                columns.get(index).filter(|column| !column.is_null(row)).map_or("", |column| column.value(row))
            };
            for (part, index) in self.key.iter_mut().zip(&self.by) {
                part.clear();
                part.push_str(cell(*index));
            }
            let count = self.counted.map_or(Some(1), |index| small_cells::count(cell(index))).unwrap_or(0);
            if let Some(total) = self.groups.get_mut(&self.key) {
                *total += count;
            } else if self.groups.len() < MOST_GROUPS && self.bytes < MOST_BYTES {
                self.bytes += self.key.iter().map(String::len).sum::<usize>();
                self.groups.insert(self.key.clone(), count);
            } else {
                self.overflowed = true;
            }
        }
        rows as u64
    }

    /// The groups in the order of their values, the merged ones last.
    pub(super) fn finish(&mut self) -> Result<Vec<StringArray>, Error> {
        if self.overflowed {
            return Err(Error::TooManyGroups { limit: MOST_GROUPS });
        }
        let groups = std::mem::take(&mut self.groups);
        let (mut shown, few): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, count)| *count == 0 || *count >= self.k);
        if self.small == SmallGroups::Merge && !few.is_empty() {
            let merged = few.iter().map(|(_, count)| count).sum();
            if let Some(others) = self.merge(merged, &mut shown) {
                shown.push((vec![sentence::of_data("aggregate-others"); self.by.len()], others));
            }
        }
        let column = |index: usize| shown.iter().map(|(key, _)| Some(key[index].as_str())).collect::<StringArray>();
        let mut columns: Vec<StringArray> = (0..self.by.len()).map(column).collect();
        columns.push(shown.iter().map(|(_, count)| Some(count.to_string())).collect());
        Ok(columns)
    }

    /// Makes the merged row itself large enough: the smallest groups join it, lest it be told by subtraction.
    fn merge(&self, mut merged: u64, shown: &mut Vec<(Vec<String>, u64)>) -> Option<u64> {
        while merged < self.k {
            let others = shown.iter().enumerate().filter(|(_, (_, count))| *count > 0);
            let (smallest, _) = others.min_by_key(|(_, (_, count))| *count)?;
            merged += shown.remove(smallest).1;
        }
        Some(merged)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> StringArray {
        cells.iter().map(|cell| Some(*cell)).collect()
    }

    #[test]
    fn a_lone_small_group_takes_the_smallest_other_with_it() {
        let mut aggregation = Aggregation::new(vec![0], None, 3, SmallGroups::Merge);
        aggregation.add(&[column(&["a", "b", "b", "b", "c", "c", "c", "c"])]);
        let rows = aggregation.finish().unwrap();
        assert_eq!(rows, [column(&["c", "autres"]), column(&["4", "4"])]);
    }

    #[test]
    fn when_all_are_too_few_nothing_shows() {
        let mut aggregation = Aggregation::new(vec![0], None, 5, SmallGroups::Merge);
        aggregation.add(&[column(&["a", "b"])]);
        assert_eq!(aggregation.finish().unwrap(), [column(&[]), column(&[])]);
    }

    #[test]
    fn counts_are_summed_and_zero_stays() {
        let mut aggregation = Aggregation::new(vec![0], Some(1), 5, SmallGroups::Suppress);
        aggregation.add(&[column(&["Léa", "Bob", "Zoé", "Léa"]), column(&["4", "2", "0", "4"])]);
        assert_eq!(aggregation.header(&["prenom", "nombre"]), ["prenom", "nombre"]);
        assert_eq!(aggregation.finish().unwrap(), [column(&["Léa", "Zoé"]), column(&["8", "0"])]);
    }
}
