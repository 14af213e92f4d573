//! From Arrow's arrays to raw cells.

use std::fmt::Write;

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BinaryBuilder, FixedSizeListArray, LargeListArray, ListArray, MapArray, RecordBatch,
        StringBuilder, StructArray,
    },
    datatypes::{DataType, Field, Schema},
    util::display::{ArrayFormatter, FormatOptions},
};

use super::broken;
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::{Projection, wkb},
    read::{RawColumn, json::value::plain_number, location, warnings::Warnings},
};

/// A column once records are flattened.
pub(super) struct Leaf {
    /// `a.b`
    pub label: String,
    pub role: Role,
    /// Index of the column of the file, then of the fields inside it.
    path: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// WKB.
    Geometry,
    /// Known to be text.
    Words,
    /// Anything else.
    Values,
}

/// The columns of a schema.
pub(super) fn leaves(schema: &Schema, geometry: Option<&str>, limits: &Limits) -> Result<Vec<Leaf>> {
    let mut leaves = Vec::new();
    for (index, field) in schema.fields().iter().enumerate() {
        if geometry == Some(field.name().as_str()) && is_bytes(field.data_type()) {
            leaves.push(Leaf { label: field.name().clone(), role: Role::Geometry, path: vec![index] });
        } else {
            flatten(field, String::new(), &mut vec![index], &mut leaves, limits)?;
        }
    }
    if leaves.is_empty() {
        return Err(Error::new(ErrorCode::NoTable, "no column"));
    }
    Ok(leaves)
}

fn flatten(
    field: &Field,
    prefix: String,
    path: &mut Vec<usize>,
    leaves: &mut Vec<Leaf>,
    limits: &Limits,
) -> Result<()> {
    let label = if prefix.is_empty() { field.name().clone() } else { format!("{prefix}.{}", field.name()) };
    if path.len() > limits.depth {
        return Err(Error::new(ErrorCode::TooDeep, format!("more than {} records in one another", limits.depth)));
    }
    if let DataType::Struct(fields) = field.data_type() {
        for (index, field) in fields.iter().enumerate() {
            path.push(index);
            flatten(field, label.clone(), path, leaves, limits)?;
            path.pop();
        }
        return Ok(());
    }
    if leaves.len() == limits.columns {
        return Err(Error::new(ErrorCode::TooManyColumns, format!("more than {} columns", limits.columns)));
    }
    let role = if is_words(field.data_type()) { Role::Words } else { Role::Values };
    leaves.push(Leaf { label, role, path: path.clone() });
    Ok(())
}

fn is_words(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_words(values),
        other => is_nested(other),
    }
}

fn is_nested(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::List(_)
            | DataType::LargeList(_)
            | DataType::FixedSizeList(..)
            | DataType::Map(..)
            | DataType::Struct(_)
    )
}

fn is_bytes(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
}

impl Leaf {
    /// Its values. Those inside a null record are null.
    pub(super) fn array(&self, batch: &RecordBatch) -> ArrayRef {
        let mut path = self.path.iter();
        let mut array = path.next().map_or_else(|| batch.column(0).clone(), |index| batch.column(*index).clone());
        for index in path {
            let Some(record) = array.as_any().downcast_ref::<StructArray>() else { return array };
            let inner = record.column(*index).clone();
            array = match record.nulls() {
                // A reader may leave values under a null record: they are not data.
                Some(nulls) if nulls.null_count() > 0 => masked(&inner, nulls).unwrap_or(inner),
                _ => inner,
            };
        }
        array
    }
}

fn masked(array: &ArrayRef, nulls: &arrow::buffer::NullBuffer) -> Option<ArrayRef> {
    let both = arrow::buffer::NullBuffer::union(array.nulls(), Some(nulls));
    let data = array.to_data().into_builder().nulls(both).build().ok()?;
    Some(arrow::array::make_array(data))
}

/// The bytes of a cell of a binary column.
pub(super) fn bytes(array: &dyn Array, row: usize) -> Option<&[u8]> {
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Binary => Some(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => Some(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => Some(array.as_binary_view().value(row)),
        _ => None,
    }
}

/// Geometries of a binary column, checked and re-projected. `before` rows came in earlier batches.
pub(super) fn geometries(
    array: &dyn Array,
    projection: &Projection,
    before: u64,
    warnings: &mut Warnings,
) -> Result<RawColumn> {
    let mut builder = BinaryBuilder::new();
    for row in 0..array.len() {
        let number = before + row as u64 + 1;
        let located = match bytes(array, row).map(wkb::read) {
            Some(Ok(geometry)) => location::locate(geometry, projection, number, warnings),
            Some(Err(why)) => {
                location::refuse(number, warnings, || why.to_string());
                None
            }
            None => None,
        };
        builder.append_option(located);
    }
    Ok(RawColumn::Geometry(builder.finish()))
}

/// The texts of a column.
pub(super) fn texts(array: &dyn Array, most_bytes: usize) -> Result<RawColumn> {
    let options = FormatOptions::new();
    let formatter = match array.data_type() {
        data_type if is_nested(data_type) || is_bytes(data_type) => None,
        _ => Some(ArrayFormatter::try_new(array, &options).map_err(broken)?),
    };
    let shortens = array.data_type().is_floating()
        || matches!(array.data_type(), DataType::Decimal128(..) | DataType::Decimal256(..));
    let mut builder = StringBuilder::new();
    let mut text = String::new();
    for row in 0..array.len() {
        if array.is_null(row) {
            builder.append_null();
            continue;
        }
        text.clear();
        match (&formatter, bytes(array, row)) {
            (Some(formatter), _) => formatter.value(row).write(&mut text).map_err(broken)?,
            (None, Some(bytes)) => write_bytes(bytes, &mut text),
            (None, None) => json(array, row, &mut text)?,
        }
        if text.len() > most_bytes {
            return Err(Error::new(ErrorCode::CellTooLarge, format!("more than {most_bytes} bytes")));
        }
        if shortens {
            text = plain_number(std::mem::take(&mut text));
        }
        builder.append_value(&text);
    }
    Ok(RawColumn::Text(builder.finish()))
}

/// Bytes that are text, as old writers have it, or else their hexadecimal form.
fn write_bytes(bytes: &[u8], out: &mut String) {
    match std::str::from_utf8(bytes) {
        Ok(text) => out.push_str(text),
        Err(_) => bytes.iter().for_each(|byte| {
            // Writing into a string cannot fail.
            let _ = write!(out, "{byte:02x}");
        }),
    }
}

/// A value as JSON.
fn json(array: &dyn Array, row: usize, out: &mut String) -> Result<()> {
    if array.is_null(row) {
        out.push_str("null");
        return Ok(());
    }
    if let Some(items) = items(array, row) {
        return list(items.as_ref(), out);
    }
    if let Some(map) = array.as_any().downcast_ref::<MapArray>() {
        return list(&map.value(row), out);
    }
    if let Some(record) = array.as_any().downcast_ref::<StructArray>() {
        return object(record, row, out);
    }
    let options = FormatOptions::new();
    let formatter = ArrayFormatter::try_new(array, &options).map_err(broken)?;
    let text = formatter.value(row).to_string();
    if array.data_type().is_numeric() || *array.data_type() == DataType::Boolean {
        out.push_str(&text);
        return Ok(());
    }
    quoted(&text, out)
}

fn items(array: &dyn Array, row: usize) -> Option<ArrayRef> {
    let array = array.as_any();
    if let Some(list) = array.downcast_ref::<ListArray>() {
        Some(list.value(row))
    } else if let Some(list) = array.downcast_ref::<LargeListArray>() {
        Some(list.value(row))
    } else {
        array.downcast_ref::<FixedSizeListArray>().map(|list| list.value(row))
    }
}

fn list(items: &dyn Array, out: &mut String) -> Result<()> {
    out.push('[');
    for index in 0..items.len() {
        if index > 0 {
            out.push(',');
        }
        json(items, index, out)?;
    }
    out.push(']');
    Ok(())
}

fn object(record: &StructArray, row: usize, out: &mut String) -> Result<()> {
    out.push('{');
    for (index, (field, column)) in record.fields().iter().zip(record.columns()).enumerate() {
        if index > 0 {
            out.push(',');
        }
        quoted(field.name(), out)?;
        out.push(':');
        json(column.as_ref(), row, out)?;
    }
    out.push('}');
    Ok(())
}

fn quoted(text: &str, out: &mut String) -> Result<()> {
    out.push_str(&serde_json::to_string(text).map_err(broken)?);
    Ok(())
}
