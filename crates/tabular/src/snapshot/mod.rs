//! Writes one table as the files of a snapshot.
//!
//! | file | what |
//! | --- | --- |
//! | `table.parquet` | the typed table: `__id` (1-based row), the columns, then `__xmin __ymin __xmax __ymax` when rows have a position |
//! | `exceptions.parquet` | the cells that don't fit, by `row` then `position`: `row` Int64 (1-based, the `__id`), `column` Utf8 (null for cells beyond the header's width), `position` Int32 (1-based column of the source), `raw` Utf8 (verbatim) |
//! | `profile.json` | [`crate::Profile`] |

/// Name of the 1-based row number in the typed table.
pub const ROW_ID: &str = "__id";
/// Names of the bounding box of a row's position, in degrees; for a point both corners are the point.
pub const BBOX: [&str; 4] = ["__xmin", "__ymin", "__xmax", "__ymax"];
/// The typed table.
pub const TABLE_FILE: &str = "table.parquet";
/// The cells that don't fit.
pub const EXCEPTIONS_FILE: &str = "exceptions.parquet";
/// The profile.
pub const PROFILE_FILE: &str = "profile.json";
