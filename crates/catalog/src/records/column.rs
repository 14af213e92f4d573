//! Between the values of the domain and those of columns.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::error::{Error, Result};

/// Now, to the millisecond that columns keep, so that what is returned is what will be read again.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

pub fn instant(milliseconds: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| Error::Record(error.to_string()))
}

pub fn optional_instant(milliseconds: Option<i64>) -> Result<Option<Timestamp>> {
    milliseconds.map(instant).transpose()
}

/// A list (or any value) as JSON text.
pub fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Record(error.to_string()))
}

pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Record(format!("{error} in {text}")))
}
