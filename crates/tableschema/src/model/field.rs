//! A field: its name, its type with the type's options, its constraints.

use serde::{Deserialize, Serialize};

use super::Constraints;

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The label of its column.
    pub name: String,
    /// For people.
    pub title: Option<String>,
    /// For people; often Markdown.
    pub description: Option<String>,
    /// A value, as text.
    pub example: Option<String>,
    /// Type, format and the type's options.
    pub kind: FieldKind,
    /// What values must satisfy.
    pub constraints: Constraints,
    /// Texts that stand for no value, instead of the schema's (version 2).
    pub missing_values: Option<Vec<MissingValue>>,
    /// The values of a categorical variable with their labels (version 2).
    pub categories: Vec<Category>,
    /// Whether the order of the categories means something.
    pub categories_ordered: bool,
    /// Address of the field's meaning.
    pub rdf_type: Option<String>,
}

/// A text that stands for no value, and why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingValue {
    /// `-99`
    pub value: String,
    /// `refused to answer`
    pub label: Option<String>,
}

/// A value of a categorical variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// As in the data.
    pub value: String,
    /// For people.
    pub label: Option<String>,
}

/// The type of a field with its format and options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// Any text, or text of a known form.
    String(StringFormat),
    /// A decimal number.
    Number(NumberOptions),
    /// A whole number; `decimal_char` is not used.
    Integer(NumberOptions),
    /// One of two words.
    Boolean {
        /// Words for true.
        true_values: Vec<String>,
        /// Words for false.
        false_values: Vec<String>,
    },
    /// A JSON object.
    Object,
    /// A JSON array; the item's field is Frictionless's `arrayItem`.
    Array {
        /// What each item must be.
        item: Option<Box<Field>>,
    },
    /// Values between delimiters (version 2).
    List {
        /// What stands between items.
        delimiter: String,
        /// Type of the items.
        item: ItemType,
    },
    /// A day.
    Date(TemporalFormat),
    /// A time of day.
    Time(TemporalFormat),
    /// A day and a time.
    Datetime(TemporalFormat),
    /// A year of four digits.
    Year,
    /// `2024-05`
    YearMonth,
    /// ISO 8601: `P1Y2M10DT2H30M`
    Duration,
    /// Longitude and latitude.
    Geopoint(GeopointFormat),
    /// A JSON geometry.
    Geojson(GeojsonFormat),
    /// Whatever comes.
    Any,
}

impl FieldKind {
    /// The type's name in a descriptor.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::String(_) => "string",
            Self::Number(_) => "number",
            Self::Integer(_) => "integer",
            Self::Boolean { .. } => "boolean",
            Self::Object => "object",
            Self::Array { .. } => "array",
            Self::List { .. } => "list",
            Self::Date(_) => "date",
            Self::Time(_) => "time",
            Self::Datetime(_) => "datetime",
            Self::Year => "year",
            Self::YearMonth => "yearmonth",
            Self::Duration => "duration",
            Self::Geopoint(_) => "geopoint",
            Self::Geojson(_) => "geojson",
            Self::Any => "any",
        }
    }

    /// The format's name in a descriptor.
    #[must_use]
    pub fn format(&self) -> &str {
        match self {
            Self::String(format) => format.name(),
            Self::Date(format) | Self::Time(format) | Self::Datetime(format) => format.name(),
            Self::Geopoint(GeopointFormat::Array) => "array",
            Self::Geopoint(GeopointFormat::Object) => "object",
            Self::Geojson(GeojsonFormat::Topojson) => "topojson",
            _ => "default",
        }
    }
}

/// Forms of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StringFormat {
    /// Any text.
    Default,
    /// An e-mail address.
    Email,
    /// An address with a scheme (RFC 3986).
    Uri,
    /// Base64.
    Binary,
    /// Hexadecimal digits 8-4-4-4-12.
    Uuid,
    /// Well-known text of a geometry (Frictionless).
    Wkt,
}

impl StringFormat {
    /// The format's name in a descriptor.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Email => "email",
            Self::Uri => "uri",
            Self::Binary => "binary",
            Self::Uuid => "uuid",
            Self::Wkt => "wkt",
        }
    }
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberOptions {
    /// What separates the decimals, `.` when the descriptor doesn't say.
    pub decimal_char: String,
    /// What groups the digits; empty: nothing.
    pub group_char: String,
    /// Whether nothing but the number is allowed: no currency, no per cent.
    pub bare: bool,
}

impl Default for NumberOptions {
    fn default() -> Self {
        Self { decimal_char: ".".to_owned(), group_char: String::new(), bare: true }
    }
}

/// How dates and times are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemporalFormat {
    /// ISO 8601.
    Default,
    /// Whatever is understood.
    Any,
    /// A pattern of `strptime`.
    Pattern(String),
}

impl TemporalFormat {
    /// The format's text in a descriptor.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Default => "default",
            Self::Any => "any",
            Self::Pattern(pattern) => pattern,
        }
    }
}

/// How a point is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GeopointFormat {
    /// `lon,lat`
    Default,
    /// `[lon, lat]`
    Array,
    /// `{"lon": …, "lat": …}`
    Object,
}

/// How a geometry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GeojsonFormat {
    /// RFC 7946.
    Default,
    /// TopoJSON.
    Topojson,
}

/// Types of a list's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemType {
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// `true`, `false`, `1`, `0`
    Boolean,
    /// A decimal number.
    Number,
    /// A day and a time, ISO 8601.
    Datetime,
    /// A day, ISO 8601.
    Date,
    /// A time, ISO 8601.
    Time,
}

impl ItemType {
    /// The type's name in a descriptor.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Datetime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
        }
    }
}
