//! Groups numbered as they are met.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::Arc,
};

use arrow::{
    array::{Array, ArrayRef, AsArray, Int64Array, StringArray},
    compute::cast,
    datatypes::{DataType, Fields, Int32Type, Int64Type},
};

use crate::{Error, Result};

/// A value of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Null,
    Whole(i64),
    Text(Arc<str>),
}

/// Whether keys of a type, as it is scanned, can be numbered.
pub(super) fn can(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Dictionary(..)) || whole(data_type)
}

fn whole(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Boolean
            | DataType::Int32
            | DataType::Int64
            | DataType::Date32
            | DataType::Time32(_)
            | DataType::Timestamp(..)
    )
}

/// Mixes numbers quickly: they come from the table itself, in bounded count, so no attack pays.
#[derive(Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = u128::from(self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        self.0 = (mixed >> 64) as u64 ^ mixed as u64;
    }
}

type Numbers = HashMap<u64, u32, BuildHasherDefault<Mixer>>;

/// Numbers the groups of one row group.
pub(super) struct Numbering {
    columns: Vec<Column>,
    /// Number of a combination of columns' numbers, when there are several columns.
    combined: Vec<Numbers>,
    /// For each group, the number of each column's value.
    groups: Vec<Vec<u32>>,
}

/// The values of one key, numbered.
#[derive(Default)]
struct Column {
    values: Vec<Key>,
    whole: Numbers,
    texts: HashMap<Arc<str>, u32>,
    null: Option<u32>,
    /// The last dictionary met, and the number of each of its values.
    dictionary: Option<(ArrayRef, Vec<Option<u32>>)>,
}

impl Numbering {
    pub(super) fn new(keys: usize) -> Self {
        let columns = (0..keys).map(|_| Column::default()).collect();
        let combined = (1..keys).map(|_| Numbers::default()).collect();
        Self { columns, combined, groups: Vec::new() }
    }

    /// How many groups were met.
    pub(super) fn groups(&self) -> usize {
        match self.columns.as_slice() {
            [] => 1,
            [column] => column.values.len(),
            _ => self.groups.len(),
        }
    }

    /// The number of the group of each row chosen.
    pub(super) fn number(&mut self, keys: &[ArrayRef], rows: &[usize]) -> Result<Vec<u32>> {
        let mut numbers = vec![0; rows.len()];
        for (index, (column, values)) in self.columns.iter_mut().zip(keys).enumerate() {
            let own = column.number(values, rows)?;
            if index == 0 {
                numbers = own;
                continue;
            }
            let combined = &mut self.combined[index - 1];
            for (number, own) in numbers.iter_mut().zip(own) {
                let pair = u64::from(*number) << 32 | u64::from(own);
                let next = combined.len() as u32;
                *number = *combined.entry(pair).or_insert(next);
            }
        }
        if keys.len() > 1 {
            self.groups.resize(self.combined.last().map_or(0, HashMap::len), Vec::new());
        }
        Ok(numbers)
    }

    /// The keys of each group, by number.
    pub(super) fn keys(mut self) -> Vec<Vec<Key>> {
        match self.columns.len() {
            0 => return vec![Vec::new()],
            1 => return self.columns.remove(0).values.into_iter().map(|key| vec![key]).collect(),
            _ => {}
        }
        let first = self.columns[0].values.iter().map(|key| vec![key.clone()]);
        let mut groups: Vec<Vec<Key>> = first.collect();
        for (column, combined) in self.columns[1..].iter().zip(&self.combined) {
            let mut longer = vec![Vec::new(); combined.len()];
            for (pair, number) in combined {
                let mut keys = groups[(pair >> 32) as usize].clone();
                keys.push(column.values[(pair & u64::from(u32::MAX)) as usize].clone());
                longer[*number as usize] = keys;
            }
            groups = longer;
        }
        groups
    }
}

impl Column {
    fn number(&mut self, values: &ArrayRef, rows: &[usize]) -> Result<Vec<u32>> {
        if let Some(dictionary) = values.as_dictionary_opt::<Int32Type>() {
            let keys = dictionary.keys();
            self.turn_to(dictionary.values());
            return rows
                .iter()
                .map(|row| match keys.is_valid(*row) {
                    true => self.of_dictionary(keys.value(*row)),
                    false => Ok(self.of_null()),
                })
                .collect();
        }
        let values = cast(values, &DataType::Int64)?;
        let values = values.as_primitive::<Int64Type>();
        Ok(rows
            .iter()
            .map(|row| match values.is_valid(*row) {
                true => self.of_whole(values.value(*row)),
                false => self.of_null(),
            })
            .collect())
    }

    fn turn_to(&mut self, values: &ArrayRef) {
        let same = self.dictionary.as_ref().is_some_and(|(last, _)| Arc::ptr_eq(last, values));
        if !same {
            self.dictionary = Some((Arc::clone(values), vec![None; values.len()]));
        }
    }

    fn of_dictionary(&mut self, key: i32) -> Result<u32> {
        let broken = || Error::Internal("a dictionary has fewer values than its keys say".into());
        let place = usize::try_from(key).map_err(|_| broken())?;
        let (values, numbers) = self.dictionary.as_mut().ok_or_else(broken)?;
        let number = numbers.get_mut(place).ok_or_else(broken)?;
        if let Some(number) = number {
            return Ok(*number);
        }
        let text: Arc<str> = values.as_string_opt::<i32>().ok_or_else(broken)?.value(place).into();
        let next = self.values.len() as u32;
        let found = *self.texts.entry(Arc::clone(&text)).or_insert(next);
        *number = Some(found);
        if found == next {
            self.values.push(Key::Text(text));
        }
        Ok(found)
    }

    fn of_whole(&mut self, value: i64) -> u32 {
        let next = self.values.len() as u32;
        let found = *self.whole.entry(value as u64).or_insert(next);
        if found == next {
            self.values.push(Key::Whole(value));
        }
        found
    }

    fn of_null(&mut self) -> u32 {
        let next = self.values.len() as u32;
        let found = *self.null.get_or_insert(next);
        if found == next {
            self.values.push(Key::Null);
        }
        found
    }
}

/// The columns of the keys, from the groups' keys.
pub(super) fn columns(fields: &Fields, groups: &[Vec<Key>], keys: usize) -> Result<Vec<ArrayRef>> {
    let column = |place: usize| -> Result<ArrayRef> {
        let values = groups.iter().map(|group| &group[place]);
        if fields[place].data_type() == &DataType::Utf8 {
            let texts = values.map(|key| match key {
                Key::Text(text) => Some(text.as_ref()),
                _ => None,
            });
            return Ok(Arc::new(texts.collect::<StringArray>()));
        }
        let whole = values.map(|key| match key {
            Key::Whole(value) => Some(*value),
            _ => None,
        });
        to_type(whole.collect(), fields[place].data_type())
    };
    (0..keys).map(column).collect()
}

/// Whole numbers as the type that they came from.
pub(super) fn to_type(whole: Int64Array, data_type: &DataType) -> Result<ArrayRef> {
    let whole = Arc::new(whole) as ArrayRef;
    Ok(match data_type {
        // These are 32 bits wide, and the cast from 64 bits would take the number for another unit.
        DataType::Date32 | DataType::Time32(_) => cast(&cast(&whole, &DataType::Int32)?, data_type)?,
        _ => cast(&whole, data_type)?,
    })
}
