//! Values and groups of values that must occur once.
//!
//! Threads hash the keys of their batches; the hashes are then looked up in the order of the rows. Of a key only its
//! hash of 64 bits is held, seeded anew for each validation: among ten million different keys, two have the same with
//! a chance of three in a million.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;
use hashbrown::{HashTable, hash_table::Entry};

use super::{Batch, Findings, Layout, RuleId, Rules, column::ColumnCheck};
use crate::{
    Schema,
    report::{Code, Note, NoteCode, Sentence},
};

/// A key of a schema in a table.
#[derive(Debug)]
pub(super) struct Key {
    kind: Kind,
    columns: Vec<usize>,
    duplicate: RuleId,
    /// For a primary key.
    empty: Option<RuleId>,
    name: String,
    state: RandomState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `unique` of a field: a missing value is no value.
    Unique,
    /// `primaryKey`: a key that is missing as a whole is an error.
    Primary,
    /// `uniqueKeys`: a group with a missing value is no key.
    UniqueKey,
}

/// Of a batch, for one key: by row, its hash or one of the two marks.
pub(super) type Hashes = Vec<u64>;

/// The row has no key.
const NONE: u64 = 0;
/// The key is missing as a whole.
const EMPTY: u64 = 1;

impl Key {
    /// The keys whose columns are all there.
    pub(super) fn all(schema: &Schema, layout: &Layout, rules: &mut Rules) -> Vec<Self> {
        let mut keys = Vec::new();
        for (index, field) in schema.fields.iter().enumerate() {
            if let Some(column) = layout.column_of_field(index).filter(|_| field.constraints.unique) {
                let duplicate = rules.add(Code::UniqueError, Some(column), "unique", Sentence::new("unique-error"));
                keys.push(Self::new(Kind::Unique, vec![column], duplicate, None, field.name.clone()));
            }
        }
        if let Some(columns) = columns(&schema.primary_key, layout) {
            let names = schema.primary_key.join(", ");
            let mut rule = |key| {
                let text = format!("primaryKey {names}");
                rules.add_key(Code::PrimaryKey, &columns, text, Sentence::new(key).with("fields", names.as_str()))
            };
            let (duplicate, empty) = (rule("primary-key"), rule("primary-key-empty"));
            keys.push(Self::new(Kind::Primary, columns, duplicate, Some(empty), names));
        }
        for names in &schema.unique_keys {
            if let Some(columns) = columns(names, layout) {
                let names = names.join(", ");
                let sentence = Sentence::new("unique-key").with("fields", names.as_str());
                let duplicate = rules.add_key(Code::UniqueKey, &columns, format!("uniqueKeys {names}"), sentence);
                keys.push(Self::new(Kind::UniqueKey, columns, duplicate, None, names));
            }
        }
        keys
    }

    fn new(kind: Kind, columns: Vec<usize>, duplicate: RuleId, empty: Option<RuleId>, name: String) -> Self {
        Self { kind, columns, duplicate, empty, name, state: RandomState::default() }
    }

    /// The hashes of a batch's keys.
    pub(super) fn hash(&self, checks: &[ColumnCheck], batch: &Batch) -> Hashes {
        let checks = checks_of(&self.columns, checks);
        let mut scratch = Vec::new();
        let mut hash = |row| {
            let present = write_key(&checks, batch, row, &mut scratch);
            match (self.kind, present) {
                (Kind::Primary, 0) => EMPTY,
                (Kind::Unique, 0) => NONE,
                (Kind::UniqueKey, present) if present < checks.len() => NONE,
                _ => hash_of(&self.state, &scratch).max(EMPTY + 1),
            }
        };
        (0..batch.rows()).map(&mut hash).collect()
    }
}

/// The columns of fields, when all are there.
pub(super) fn columns(names: &[String], layout: &Layout) -> Option<Vec<usize>> {
    let columns: Option<Vec<usize>> = names.iter().map(|name| layout.column(name)).collect();
    columns.filter(|columns| !columns.is_empty())
}

/// The checks of columns, which read their cells.
pub(super) fn checks_of<'a>(columns: &[usize], checks: &'a [ColumnCheck]) -> Vec<&'a ColumnCheck> {
    columns.iter().filter_map(|column| checks.iter().find(|check| check.column() == *column)).collect()
}

/// Writes the values of a row's key, and says how many are there.
pub(super) fn write_key(checks: &[&ColumnCheck], batch: &Batch, row: usize, key: &mut Vec<u8>) -> usize {
    key.clear();
    let mut present = 0;
    for check in checks {
        let from = key.len();
        let value = batch.columns.get(check.column()).and_then(|cells| check.value(cells, row));
        if let Some(value) = value {
            value.write_key(key);
            present += 1;
        }
        let length = (key.len() - from) as u64;
        key.extend(length.to_le_bytes());
    }
    present
}

pub(super) fn hash_of(state: &RandomState, key: &[u8]) -> u64 {
    let mut hasher = state.build_hasher();
    hasher.write(key);
    hasher.finish()
}

/// A hash and the row where it was met first; three halves, since a pair would be padded to four.
type Met = [u32; 3];

/// Bytes that a key takes in its table.
const KEY_BYTES: usize = size_of::<Met>() + 1;

/// The keys met so far.
pub(super) struct Seen {
    tables: Vec<HashTable<Met>>,
    /// Bytes that all may take.
    most_bytes: usize,
    notes: Vec<Note>,
}

impl Seen {
    pub(super) fn new(keys: &[Key], most_bytes: usize) -> Self {
        Self { tables: keys.iter().map(|_| HashTable::new()).collect(), most_bytes, notes: Vec::new() }
    }

    /// Looks up the keys of the next batch.
    pub(super) fn take(&mut self, keys: &[Key], hashes: &[Hashes], first_row: u64, findings: &mut Findings) {
        for (index, (key, hashes)) in keys.iter().zip(hashes).enumerate() {
            for (row, hash) in hashes.iter().enumerate() {
                match *hash {
                    NONE => {}
                    EMPTY => {
                        if let Some(empty) = key.empty {
                            findings.row(row, empty);
                        }
                    }
                    hash => {
                        if let Some(first) = self.first_row(index, key, hash, first_row + row as u64) {
                            key.report(row, first, findings);
                        }
                    }
                }
            }
        }
    }

    /// The row where a key was met before; holds it if it wasn't.
    fn first_row(&mut self, index: usize, key: &Key, hash: u64, row: u64) -> Option<u32> {
        let full = self.is_full(index);
        let table = self.tables.get_mut(index)?;
        let [low, high] = [hash as u32, (hash >> 32) as u32];
        let is_it = |met: &Met| met[0] == low && met[1] == high;
        if full {
            let first = table.find(hash, is_it).map(|met| met[2]);
            if first.is_none() && !self.notes.iter().any(|note| note.place == key.name) {
                self.notes.push(Note::new(NoteCode::KeyLimit, key.name.clone(), row.to_string()));
            }
            return first;
        }
        match table.entry(hash, is_it, |met| u64::from(met[0]) | (u64::from(met[1]) << 32)) {
            Entry::Occupied(entry) => Some(entry.get()[2]),
            Entry::Vacant(entry) => {
                entry.insert([low, high, u32::try_from(row).unwrap_or(u32::MAX)]);
                None
            }
        }
    }

    /// Whether a table that must grow would take more than is allowed.
    fn is_full(&self, index: usize) -> bool {
        let Some(table) = self.tables.get(index) else { return true };
        if table.len() < table.capacity() {
            return false;
        }
        let buckets: usize = self.tables.iter().map(|table| table.capacity() * 8 / 7).sum();
        (buckets + (table.capacity() * 8 / 7).max(4)) * KEY_BYTES > self.most_bytes
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes
    }
}

impl Key {
    fn report(&self, row: usize, first: u32, findings: &mut Findings) {
        let detail = || vec![("first", first.to_string())];
        match (self.kind, self.columns.as_slice()) {
            (Kind::Unique, [column]) => findings.cell_with(row, *column, self.duplicate, detail),
            _ => findings.row_with(row, self.duplicate, detail),
        }
    }
}
