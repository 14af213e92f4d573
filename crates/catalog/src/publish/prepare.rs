//! From a spooled source to the files of a snapshot. Blocking.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use tabular::read::{SourceFile, Table};
use tabular::snapshot::WriteOptions;
use tabular::{ErrorCode, Limits, Profile};

use super::{PublishProgress, Report, media_type};
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;
use crate::store::SOURCE_FILE;

/// Bytes that tell a document.
const HEAD: u64 = 8_192;

/// A source in its staging folder.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub snapshot: SnapshotId,
    pub size: u64,
    pub file_name: String,
    pub origin: Option<String>,
}

/// A source whose tables are written; a document has none.
#[derive(Debug)]
pub(super) struct Prepared {
    pub source: Source,
    pub profiles: Vec<Profile>,
}

/// Writes `tables/{n}` beside the source.
pub(super) fn write_tables(
    source: Source,
    folder: &Path,
    scratch: &Path,
    limits: &Limits,
    report: &Report,
) -> Result<Prepared> {
    let path = folder.join(SOURCE_FILE);
    let head = head(&path)?;
    if media_type::is_surely_document(&source.file_name, &head) {
        return Ok(Prepared { source, profiles: Vec::new() });
    }
    let file = SourceFile { path, name: source.file_name.clone() };
    let tables = match tabular::detect::open(&file, limits, scratch) {
        Ok(tables) => tables,
        Err(error) => return document_or(error, source, &head),
    };
    if is_prose(&tables) && media_type::may_be_document(&source.file_name, &head) {
        return Ok(Prepared { source, profiles: Vec::new() });
    }
    let options = WriteOptions { limits: limits.clone(), ..WriteOptions::default() };
    let count = u32::try_from(tables.len()).unwrap_or(u32::MAX);
    let mut profiles = Vec::new();
    for (number, table) in (0..count).zip(&tables) {
        let home = folder.join("tables").join(number.to_string());
        std::fs::create_dir_all(&home).at(&home)?;
        let tell = |progress| report(PublishProgress::Reading { table: number, tables: count, progress });
        match tabular::snapshot::write(table.as_ref(), &home, &options, &tell) {
            Ok(profile) => profiles.push(profile),
            Err(error) => {
                std::fs::remove_dir_all(folder.join("tables")).at(folder)?;
                return document_or(error, source, &head);
            }
        }
    }
    Ok(Prepared { source, profiles })
}

/// Whether text was read as a single column: lines of prose, when its name says that it is a text.
fn is_prose(tables: &[Box<dyn Table>]) -> bool {
    matches!(tables, [table] if table.header().len() == 1)
}

/// A document when no table was found in it and it is of a known type; else the reader's error, or, when the reader
/// doesn't know what it is either, which documents would be taken.
fn document_or(error: tabular::Error, source: Source, head: &[u8]) -> Result<Prepared> {
    let no_table = matches!(error.code, ErrorCode::NoTable | ErrorCode::UnknownFormat | ErrorCode::NoRows);
    if no_table && media_type::may_be_document(&source.file_name, head) {
        return Ok(Prepared { source, profiles: Vec::new() });
    }
    if error.code == ErrorCode::UnknownFormat {
        return Err(Error::UnknownDocument { name: source.file_name, known: media_type::documents() });
    }
    Err(error.into())
}

fn head(path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).at(path)?.take(HEAD).read_to_end(&mut head).at(path)?;
    Ok(head)
}
