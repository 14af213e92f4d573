//! What a spreadsheet is and what it unpacks to, known before its reader opens it.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use zip::{ZipArchive, result::ZipError};

use super::biff;
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    profile::Format,
};

/// The kinds of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Workbook {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl Workbook {
    /// How the profile names it.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Xlsx | Self::Xlsb => Format::Xlsx,
            Self::Xls => Format::Xls,
            Self::Ods => Format::Ods,
        }
    }
}

/// Tells the kind of a workbook, and refuses one that is too large, damaged or encrypted.
pub(super) fn check(path: &Path, limits: &Limits) -> Result<Workbook> {
    let size = std::fs::metadata(path)?.len();
    if size > limits.spreadsheet_bytes {
        return Err(too_large(limits));
    }
    let mut magic = [0; 4];
    let read = File::open(path)?.read(&mut magic)?;
    match &magic[..read] {
        [b'P', b'K', ..] => zipped(path, limits),
        [0xD0, 0xCF, 0x11, 0xE0] => compound(path, limits),
        [] => Err(Error::new(ErrorCode::EmptyFile, "no byte")),
        _ => Err(Error::new(ErrorCode::FormatMismatch, "neither XLSX, ODS nor XLS")),
    }
}

/// Cells that a workbook may have: what they take in memory is some four times the limit on its bytes.
pub(super) fn most_cells(limits: &Limits) -> u64 {
    /// The least bytes that a cell takes in a file, its mark-up included.
    const CELL_BYTES: u64 = 16;
    limits.spreadsheet_bytes / CELL_BYTES
}

fn too_large(limits: &Limits) -> Error {
    Error::new(
        ErrorCode::TooLarge,
        format!("a spreadsheet of more than {} bytes: save it as CSV", limits.spreadsheet_bytes),
    )
}

/// Unpacks every part to nowhere: what an archive declares of its sizes is not to be trusted.
fn zipped(path: &Path, limits: &Limits) -> Result<Workbook> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken)?;
    let mut left = limits.spreadsheet_bytes;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| Error::new(ErrorCode::BrokenFile, format!("part {name}: {error}")))?;
        left = left.checked_sub(unpacked).ok_or_else(|| too_large(limits))?;
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        Ok(Workbook::Xlsx)
    } else if has("xl/workbook.bin") {
        Ok(Workbook::Xlsb)
    } else if has("content.xml") {
        ods(&mut archive)
    } else {
        Err(Error::new(ErrorCode::BrokenFile, "the workbook's parts are missing"))
    }
}

fn ods(archive: &mut ZipArchive<BufReader<File>>) -> Result<Workbook> {
    let mut manifest = String::new();
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        // A manifest that is not text says nothing of encryption.
        let _ = part.take(1 << 20).read_to_string(&mut manifest);
    }
    if manifest.contains("encryption-data") {
        return Err(Error::new(ErrorCode::Encrypted, "the workbook needs a password"));
    }
    if !manifest.is_empty() && !manifest.contains("opendocument.spreadsheet") {
        return Err(Error::new(ErrorCode::NoTable, "an OpenDocument file that is not a spreadsheet"));
    }
    Ok(Workbook::Ods)
}

fn broken(error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Error::new(ErrorCode::Encrypted, "a part needs a password")
        }
        other => Error::new(ErrorCode::BrokenFile, format!("the file is cut short or damaged: {other}")),
    }
}

/// A compound file holds an XLS, an XLSX encrypted as a whole, or another document. The names of its streams tell.
fn compound(path: &Path, limits: &Limits) -> Result<Workbook> {
    let bytes = std::fs::read(path)?;
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(&bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Err(Error::new(ErrorCode::Encrypted, "the workbook needs a password"))
    } else if has("Workbook") || has("Book") {
        match biff::cells(&bytes) {
            Some(cells) if cells > most_cells(limits) => {
                let detail = format!("{cells} cells, at most {}: save it as CSV", most_cells(limits));
                Err(Error::new(ErrorCode::TooLarge, detail))
            }
            Some(_) => Ok(Workbook::Xls),
            None => Err(Error::new(ErrorCode::BrokenFile, "the workbook is cut short or damaged")),
        }
    } else if has("WordDocument") {
        Err(Error::new(ErrorCode::NoTable, "Word document"))
    } else {
        Err(Error::new(ErrorCode::BrokenFile, "a compound file without a workbook, or cut short"))
    }
}
