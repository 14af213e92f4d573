//! Descriptors: JSON that a person wrote, read with its slips.

mod constraints;
mod error;
mod field;
mod kind;
mod package;
mod reader;
mod schema;

pub use error::{DescriptorError, Looks};

use serde_json::{Map, Value};

use self::reader::Reader;
use crate::{Limits, Package, Schema};

impl Schema {
    /// Reads a Table Schema descriptor, version 1 or 2. What is odd but can be understood, or left aside as other
    /// validators do, becomes one of [`Schema::notes`].
    ///
    /// # Errors
    /// When the bytes are not a JSON object with a list of `fields`, or are beyond the limits.
    ///
    /// ```
    /// # use tableschema::{Schema, Limits};
    /// let schema = Schema::parse(br#"{"fields": [{"name": "id", "type": "integer"}]}"#, &Limits::default())?;
    /// assert_eq!(schema.fields[0].kind.name(), "integer");
    /// # Ok::<(), tableschema::DescriptorError>(())
    /// ```
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, DescriptorError> {
        Self::from_object(&object(bytes, limits)?, limits)
    }

    /// The same for JSON that is parsed already.
    ///
    /// # Errors
    /// As [`Schema::parse`].
    pub fn from_value(value: &Value, limits: &Limits) -> Result<Self, DescriptorError> {
        Self::from_object(value.as_object().ok_or(DescriptorError::NotAnObject)?, limits)
    }

    fn from_object(descriptor: &Map<String, Value>, limits: &Limits) -> Result<Self, DescriptorError> {
        let mut reader = Reader::new(limits);
        let schema = schema::read(descriptor, &mut reader)?;
        Ok(Self { notes: reader.into_notes(), ..schema })
    }
}

impl Package {
    /// Reads a Data Package descriptor, version 1 or 2. Nothing that it refers to is opened or fetched.
    ///
    /// # Errors
    /// When the bytes are not a JSON object with a list of `resources`, or are beyond the limits.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, DescriptorError> {
        let mut reader = Reader::new(limits);
        let package = package::read(&object(bytes, limits)?, &mut reader)?;
        Ok(Self { notes: reader.into_notes(), ..package })
    }
}

fn object(bytes: &[u8], limits: &Limits) -> Result<Map<String, Value>, DescriptorError> {
    if bytes.len() > limits.descriptor_bytes {
        return Err(DescriptorError::TooLarge { most: limits.descriptor_bytes });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(DescriptorError::NotAnObject),
        Err(error) => {
            Err(DescriptorError::NotJson { line: error.line(), column: error.column(), detail: error.to_string() })
        }
    }
}
