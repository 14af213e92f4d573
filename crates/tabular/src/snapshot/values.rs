//! Reads back which values a column of text has.

use std::{collections::BTreeSet, fs::File, path::Path};

use arrow::{
    array::{Array, AsArray as _, StringArray},
    compute::cast,
    datatypes::DataType,
};
use parquet::arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};

use super::TABLE_FILE;
use crate::error::{Error, ErrorCode, Result};

/// Every value of a column of a table that was written in `folder`, once; `None` when there are more than `most`, or no
/// such column, or it holds no text.
///
/// # Errors
/// When the file isn't there or is damaged.
pub fn text_values(folder: &Path, column: &str, most: usize) -> Result<Option<BTreeSet<String>>> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(folder.join(TABLE_FILE))?)?;
    if builder.schema().column_with_name(column).is_none() {
        return Ok(None);
    }
    let mask = ProjectionMask::columns(builder.parquet_schema(), [column]);
    let mut values = BTreeSet::new();
    for batch in builder.with_projection(mask).with_batch_size(65_536).build()? {
        let batch = batch.map_err(|error| damaged(&error))?;
        let Some(array) = batch.columns().first() else { return Ok(None) };
        let Ok(array) = cast(array, &DataType::Utf8) else { return Ok(None) };
        let Some(texts) = array.as_string_opt::<i32>() else { return Ok(None) };
        add(texts, &mut values);
        if values.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(values))
}

fn add(texts: &StringArray, values: &mut BTreeSet<String>) {
    let mut last = "";
    for text in (0..texts.len()).filter(|row| texts.is_valid(*row)).map(|row| texts.value(row)) {
        // The same value often comes again and again.
        if text != last && !values.contains(text) {
            values.insert(text.to_owned());
        }
        last = text;
    }
}

fn damaged(detail: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::BrokenFile, format!("{TABLE_FILE}: {detail}"))
}
