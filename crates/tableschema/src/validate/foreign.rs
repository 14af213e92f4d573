//! Tables that others refer to.

use std::collections::{HashMap, HashSet};

use foldhash::quality::RandomState;

use super::{
    Batch, Findings, Layout, RuleId, Rules,
    column::{Builder, ColumnCheck},
    keys::{checks_of, columns, hash_of, write_key},
};
use crate::{
    ForeignKey, Options, Schema,
    report::{Code, Note, NoteCode, Sentence},
};

/// The keys of the tables that foreign keys refer to: their hashes, as of a table's own keys.
#[derive(Debug, Default)]
pub struct ForeignTables {
    state: RandomState,
    /// By resource, then by its fields.
    tables: HashMap<String, HashMap<Vec<String>, Hashes>>,
}

/// A hash as a key: it is spread already.
type Hashes = HashSet<u64, foldhash::fast::RandomState>;

/// Bytes that a hash takes in a set, about.
const HASH_BYTES: usize = 16;

impl ForeignTables {
    /// Reads the keys of a resource that others refer to; `keys` are its fields as the others name them
    /// ([`ForeignKey::reference_fields`]). A table that refers to itself is added under the empty name. A key that
    /// is larger than [`Options::key_bytes`] is left out, and references to it are not checked.
    ///
    /// # Errors
    /// The first error of `batches`.
    pub fn add<E>(
        &mut self,
        resource: &str,
        schema: &Schema,
        header: &[String],
        batches: impl Iterator<Item = Result<Batch, E>>,
        keys: &[Vec<String>],
        options: &Options,
    ) -> Result<(), E> {
        let layout = Layout::new(schema, header, options.fields_match);
        let (mut rules, mut notes) = (Rules::default(), Vec::new());
        let mut builder = Builder::new(schema, &layout, options, &mut rules, &mut notes);
        let checks: Vec<ColumnCheck> = (0..layout.width()).filter_map(|column| builder.column(column)).collect();
        let known = keys.iter().filter_map(|key| Some((key, checks_of(&columns(key, &layout)?, &checks))));
        let mut sets: Vec<_> = known.map(|(key, checks)| (key, checks, Some(Hashes::default()))).collect();
        let mut scratch = Vec::new();
        for batch in batches {
            let batch = batch?;
            for (_, checks, set) in &mut sets {
                if let Some(hashes) = set {
                    for row in 0..batch.rows() {
                        write_key(checks, &batch, row, &mut scratch);
                        hashes.insert(hash_of(&self.state, &scratch));
                    }
                    if hashes.capacity() * HASH_BYTES > options.key_bytes {
                        *set = None;
                    }
                }
            }
        }
        let table = self.tables.entry(resource.to_owned()).or_default();
        table.extend(sets.into_iter().filter_map(|(key, _, set)| Some((key.clone(), set?))));
        Ok(())
    }

    fn get(&self, key: &ForeignKey) -> Option<&Hashes> {
        self.tables.get(&key.resource)?.get(&key.reference_fields)
    }
}

/// A foreign key of a table, to be checked.
#[derive(Debug)]
pub(super) struct Reference<'a> {
    columns: Vec<usize>,
    rule: RuleId,
    state: &'a RandomState,
    hashes: &'a Hashes,
}

impl<'a> Reference<'a> {
    /// The foreign keys whose columns are there and whose table was given; a note for a table that wasn't.
    pub(super) fn all(
        schema: &Schema,
        layout: &Layout,
        tables: &'a ForeignTables,
        rules: &mut Rules,
        notes: &mut Vec<Note>,
    ) -> Vec<Self> {
        let mut references = Vec::new();
        for key in &schema.foreign_keys {
            let names = key.fields.join(", ");
            let Some(columns) = columns(&key.fields, layout) else { continue };
            let Some(hashes) = tables.get(key) else {
                notes.push(Note::new(NoteCode::MissingForeignTable, names, key.resource.clone()));
                continue;
            };
            let reference = key.reference_fields.join(", ");
            let sentence = match key.resource.as_str() {
                "" => Sentence::new("foreign-key-self").with("reference", reference.as_str()),
                table => Sentence::new("foreign-key").with("table", table),
            };
            let text = format!("foreignKey {names} → {}({reference})", key.resource);
            let rule = rules.add_key(Code::ForeignKey, &columns, text, sentence.with("fields", names));
            references.push(Self { columns, rule, state: &tables.state, hashes });
        }
        references
    }

    /// Looks up the references of a batch; a row without any value for it refers to nothing.
    pub(super) fn check(&self, checks: &[ColumnCheck], batch: &Batch, findings: &mut Findings) {
        let checks = checks_of(&self.columns, checks);
        let mut scratch = Vec::new();
        for row in 0..batch.rows() {
            let present = write_key(&checks, batch, row, &mut scratch);
            if present > 0 && !self.hashes.contains(&hash_of(self.state, &scratch)) {
                findings.row(row, self.rule);
            }
        }
    }
}
