//! Which column is which field.

use std::collections::{HashMap, HashSet};

use crate::model::{Field, FieldsMatch, Schema};

/// Columns paired with fields.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    mode: FieldsMatch,
    labels: Vec<String>,
    /// By column: the field it is paired with.
    fields: Vec<Option<usize>>,
    /// By field: its column.
    columns: Vec<Option<usize>>,
    /// By column: texts that stand for no value.
    missing: Vec<Vec<String>>,
    names: HashMap<String, usize>,
}

impl Layout {
    /// Pairs the columns of a header with a schema's fields: by order under `exact`, else by name. `mode` is what
    /// the caller wants when the schema doesn't say.
    pub(crate) fn new(schema: &Schema, header: &[String], mode: Option<FieldsMatch>) -> Self {
        // Spaces around a label are no part of it, as for Frictionless.
        let labels: Vec<String> = header.iter().map(|label| label.trim().to_owned()).collect();
        let header = labels.as_slice();
        let mode = schema.fields_match.or(mode).unwrap_or(FieldsMatch::Exact);
        let mut fields = vec![None; header.len()];
        let mut columns = vec![None; schema.fields.len()];
        match mode {
            FieldsMatch::Exact => {
                for index in 0..header.len().min(schema.fields.len()) {
                    fields[index] = Some(index);
                    columns[index] = Some(index);
                }
            }
            _ => pair_by_name(schema, header, &mut fields, &mut columns),
        }
        let missing = fields.iter().map(|field| missing_values(schema, *field)).collect();
        let names = names(schema, header, &fields);
        Self { mode, labels, fields, columns, missing, names }
    }

    pub(crate) fn mode(&self) -> FieldsMatch {
        self.mode
    }

    pub(crate) fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Number of columns.
    pub(crate) fn width(&self) -> usize {
        self.labels.len()
    }

    /// The field of a column.
    pub(crate) fn field_of<'a>(&self, schema: &'a Schema, column: usize) -> Option<&'a Field> {
        schema.fields.get((*self.fields.get(column)?)?)
    }

    /// The column of a schema's field.
    pub(crate) fn column_of_field(&self, field: usize) -> Option<usize> {
        *self.columns.get(field)?
    }

    /// The column that is the field of that name, or that has that label where no field is concerned.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The name of a column in findings: its field's, or its label.
    pub(crate) fn name_of<'a>(&'a self, schema: &'a Schema, column: usize) -> &'a str {
        match self.field_of(schema, column) {
            Some(field) => &field.name,
            None => self.labels.get(column).map_or("", String::as_str),
        }
    }

    /// Texts that stand for no value in a column.
    pub(crate) fn missing_values(&self, column: usize) -> &[String] {
        self.missing.get(column).map_or(&[], Vec::as_slice)
    }

    /// Whether a cell has no value: the row ended before it, or its text stands for none.
    pub(crate) fn is_missing(&self, column: usize, cell: Option<&str>) -> bool {
        cell.is_none_or(|cell| self.missing_values(column).iter().any(|missing| missing == cell))
    }
}

fn pair_by_name(schema: &Schema, header: &[String], fields: &mut [Option<usize>], columns: &mut [Option<usize>]) {
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (index, field) in schema.fields.iter().enumerate() {
        by_name.entry(field.name.as_str()).or_insert(index);
    }
    for (column, label) in header.iter().enumerate() {
        if let Some(field) = by_name.get(label.as_str())
            && columns[*field].is_none()
        {
            columns[*field] = Some(column);
            fields[column] = Some(*field);
        }
    }
}

fn missing_values(schema: &Schema, field: Option<usize>) -> Vec<String> {
    match field.and_then(|field| schema.fields.get(field)) {
        Some(field) => schema.missing_values_of(field).iter().map(|missing| missing.value.clone()).collect(),
        None => vec![String::new()],
    }
}

fn names(schema: &Schema, header: &[String], fields: &[Option<usize>]) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    let of_fields = fields.iter().map(|field| field.and_then(|field| schema.fields.get(field)));
    for (column, field) in of_fields.enumerate() {
        if let Some(field) = field {
            names.entry(field.name.clone()).or_insert(column);
        }
    }
    let known: HashSet<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    for (column, label) in header.iter().enumerate() {
        if fields[column].is_none() && !known.contains(label.as_str()) {
            names.entry(label.clone()).or_insert(column);
        }
    }
    names
}
