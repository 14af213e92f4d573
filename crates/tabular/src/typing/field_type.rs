//! What a column holds: its type, and the meaning that its values carry.

use serde::{Deserialize, Serialize};

/// The type of a column in the typed table.
///
/// | type | Arrow | in JSON |
/// | --- | --- | --- |
/// | boolean | `Boolean` | `true` |
/// | integer | `Int64` | `12` |
/// | number | `Float64` | `12.5` |
/// | date | `Date32` | `"2024-01-31"` |
/// | datetime | `Timestamp(Millisecond, None)`; values with an offset are stored in UTC | `"2024-01-31T10:00:00"` |
/// | time | `Time32(Second)` | `"10:00:00"` |
/// | year | `Int32` | `2024` |
/// | text | `Utf8` | `"text"` |
/// | geometry | `Binary`: WKB in WGS 84, longitude first | GeoJSON geometry |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// `oui`/`non`, `vrai`/`faux`, `true`/`false`, `0`/`1` with both words present.
    Boolean,
    /// Whole numbers without leading zeros.
    Integer,
    /// Decimal numbers; decimal point and comma both fit.
    Number,
    /// A day; ISO 8601 and French forms both fit.
    Date,
    /// A day and a time.
    Datetime,
    /// A time of day.
    Time,
    /// A four-figure year in a column whose name says so.
    Year,
    /// Anything else.
    Text,
    /// A geometry.
    Geometry,
}

/// What the values of a column identify or measure, each with its own check
/// (a SIRET has a check digit, a commune code has five characters…).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// INSEE code of a commune (Code officiel géographique), text of five characters.
    CommuneCode,
    /// INSEE code of a département: `01`, `2A`, `974`.
    DepartementCode,
    /// INSEE code of a région: `76`.
    RegionCode,
    /// La Poste's postcode, five figures.
    Postcode,
    /// Nine figures with a Luhn check (La Poste's establishments excepted for SIRET).
    Siren,
    /// Fourteen figures with a Luhn check.
    Siret,
    /// `W` and nine figures: register of associations.
    Rna,
    /// An e-mail address.
    Email,
    /// A French telephone number.
    Phone,
    /// An `http` or `https` address.
    Url,
    /// Degrees north in WGS 84.
    Latitude,
    /// Degrees east in WGS 84.
    Longitude,
    /// `lat,lon` in one cell.
    Geopoint,
    /// An amount of money.
    Money,
    /// A share, in percent.
    Percentage,
}
