//! JSON: an array of objects, or one object a line.

use arrow::array::RecordBatch;

use super::value::{Cells, write_json_string};
use crate::Result;

/// The fields of a batch: each with its key already written as JSON.
pub(crate) struct Fields(Vec<(Vec<u8>, Cells)>);

impl Fields {
    /// The columns of a batch.
    pub(crate) fn new(batch: &RecordBatch) -> Result<Self> {
        let schema = batch.schema();
        let columns = schema.fields().iter().zip(batch.columns());
        let field = |(field, array): (&arrow::datatypes::FieldRef, _)| {
            let mut key = Vec::new();
            write_json_string(field.name(), &mut key);
            key.push(b':');
            Ok((key, Cells::new(array)?))
        };
        Ok(Self(columns.map(field).collect::<Result<_>>()?))
    }

    /// Appends one row as an object.
    pub(crate) fn write_object(&self, row: usize, out: &mut Vec<u8>) {
        out.push(b'{');
        for (index, (key, cells)) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(key);
            cells.write_json(row, out);
        }
        out.push(b'}');
    }
}

/// Appends the rows as objects separated by commas, without brackets around them: `{"a":1},{"a":2}`.
///
/// # Errors
/// When a column is of a type that has no text form.
pub fn write_rows(batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
    write_separated(batch, b',', out)
}

/// Appends the rows as objects with a separator between them.
pub(crate) fn write_separated(batch: &RecordBatch, separator: u8, out: &mut Vec<u8>) -> Result<()> {
    let fields = Fields::new(batch)?;
    for row in 0..batch.num_rows() {
        if row > 0 {
            out.push(separator);
        }
        fields.write_object(row, out);
    }
    Ok(())
}
