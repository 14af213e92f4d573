//! Writes one table as the files of a snapshot.
//!
//! | file | what |
//! | --- | --- |
//! | `table.parquet` | the typed table: `__id` (1-based row), the columns, then `__xmin __ymin __xmax __ymax` when rows have a position |
//! | `exceptions.parquet` | the cells that don't fit, by `row` then `position`: `row` Int64 (1-based, the `__id`), `column` Utf8 (null for cells beyond the header's width), `position` Int32 (1-based column of the source), `raw` Utf8 (verbatim) |
//! | `profile.json` | [`crate::Profile`] |

mod column;
mod exceptions;
mod file;
mod group;
mod name;
mod odd_cells;
mod options;
mod parallel;
mod pass;
mod position;
mod report;
mod survey;
mod table_file;
mod values;

use std::{io::Write, path::Path};

pub use column::data_type;
use file::Pending;
pub use odd_cells::{OddCell, odd_cells};
pub use options::{Progress, WriteOptions};
use pass::{Outcome, Subject};
pub use values::text_values;

use crate::{
    Profile,
    error::{Error, ErrorCode, Result},
    read::Table,
    typing::header::Hints,
};

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

/// Types, profiles and writes a table into `folder`, which must exist.
///
/// The first rows suggest what columns are; all cells are counted on the way, and when the whole table decides
/// otherwise than its first rows, it is read once more. So the result never depends on which rows came first. Each
/// file is synced and takes its name only when it is whole; on an error none of a failed pass remains.
///
/// # Errors
/// Those of the reader; `NoRows` for a table without rows; `TooManyColumns` beyond the limit; `Io` when the folder
/// cannot be written.
pub fn write(
    table: &dyn Table,
    folder: &Path,
    options: &WriteOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Profile> {
    let subject = subject(table, options)?;
    let mut outcome = subject.pass(folder, 1, None, progress)?;
    if let Outcome::Misled(plans) = outcome {
        outcome = subject.pass(folder, 2, Some(plans), progress)?;
    }
    let Outcome::Written(written) = outcome else {
        return Err(Error::new(ErrorCode::BrokenFile, "the source changed while it was read"));
    };
    let profile = written.profile(&subject);
    written.file.finish(report::metadata(&profile))?;
    let mut file = Pending::create(folder, PROFILE_FILE)?;
    let json = serde_json::to_vec(&profile).map_err(|error| Error::new(ErrorCode::Io, error.to_string()))?;
    file.write_all(&json)?;
    file.keep()?;
    file::sync_folder(folder)?;
    Ok(profile)
}

fn subject<'a>(table: &'a dyn Table, options: &'a WriteOptions) -> Result<Subject<'a>> {
    let headers = table.header();
    if headers.is_empty() {
        return Err(Error::new(ErrorCode::NoTable, "the table has no column"));
    }
    if headers.len() > options.limits.columns {
        let detail = format!("{} columns, at most {} are taken", headers.len(), options.limits.columns);
        return Err(Error::new(ErrorCode::TooManyColumns, detail));
    }
    let (names, warnings) = name::unique(&headers);
    let hints = headers.iter().map(|header| Hints::of(&header.label)).collect();
    Ok(Subject { table, headers, names, hints, warnings, options })
}

#[cfg(test)]
mod tests;
