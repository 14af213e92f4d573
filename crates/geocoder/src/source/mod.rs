//! Files of addresses as streams of places: the national base as lines of JSON or as CSV, its named places, towns' own
//! bases (BAL 1.3 to 1.5), BANO, any CSV with columns of addresses, points of interest.
//!
//! The format is recognised from the bytes, compression and encoding too. What can't be read is a [`Fault`] that tells
//! where; the rest of the file goes on.

mod cells;
mod columns;
mod commune;
mod delimited;
mod fault;
mod input;
mod joining;
mod json;
mod locales;
mod ndjson;
mod row;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    fs::File,
    io::{BufRead, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

pub use columns::Role;
pub use commune::{Commune, municipality};
pub use fault::{Fault, FaultCode, SourceError};

use crate::place::{Place, Position};

/// What a file of addresses is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines of JSON, one a street, a named place or a commune, as the national base gives them to addok.
    BanNdjson,
    /// One row a number, as the national base's CSV.
    BanCsv,
    /// One row a named place, as the national base's CSV of lieux-dits.
    BanLieuxDits,
    /// A town's own base, 1.3 to 1.5.
    Bal,
    /// Any table with columns of addresses.
    Csv,
    /// A table or lines of JSON of named places with their categories.
    Poi,
}

/// What is known of a place whose row names no commune by code.
#[derive(Debug, Clone, Copy)]
pub struct Unlocated<'a> {
    /// Its commune's name, or `""`.
    pub city: &'a str,
    /// Its postcode, or `""`.
    pub postcode: &'a str,
    /// Where it is.
    pub position: Position,
}

/// Gives the code and the name of the commune of what has no code.
pub type Locate = Arc<dyn Fn(Unlocated<'_>) -> Option<(String, String)> + Send + Sync>;

/// How a file is read.
#[derive(Clone)]
pub struct Options {
    /// Its format; recognised when it is `None`.
    pub format: Option<Format>,
    /// Which column is what, by its name in the file, where the names don't tell.
    pub columns: BTreeMap<Role, String>,
    /// Code and name of the commune of the whole file, for tables that don't name one.
    pub city: Option<(String, String)>,
    /// Finds the commune of a row that names none by code.
    pub locate: Option<Locate>,
    /// The longest line, in bytes after decompression. A street of a great city is 2 MB.
    pub line_bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { format: None, columns: BTreeMap::new(), city: None, locate: None, line_bytes: 16 << 20 }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("format", &self.format)
            .field("columns", &self.columns)
            .field("city", &self.city)
            .field("locate", &self.locate.is_some())
            .field("line_bytes", &self.line_bytes)
            .finish()
    }
}

/// How far a file is read, in bytes as they lie on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What has been read.
    pub read: u64,
    /// What there is, when it is known.
    pub total: Option<u64>,
}

/// A file that is being read: its places, and what was wrong.
///
/// Rows of one street that follow one another are one place; files that come back to a street give it in several pieces.
pub struct Source {
    rows: Box<dyn Rows>,
    waiting: VecDeque<Result<Place, Fault>>,
    format: Format,
    read: Arc<AtomicU64>,
    total: Option<u64>,
    done: bool,
}

/// What gives places a few at a time.
trait Rows: Send {
    /// Reads on, and gives what came of it; false at the end.
    fn read(&mut self, into: &mut VecDeque<Result<Place, Fault>>) -> bool;
}

/// Opens a file, which may be compressed by gzip.
///
/// # Errors
/// When it can't be opened, is empty, is an archive or of no known kind, or when its columns don't make addresses.
pub fn open(path: &Path, options: &Options) -> Result<Source, SourceError> {
    let unreadable =
        |error: std::io::Error| SourceError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let file = File::open(path).map_err(unreadable)?;
    let total = file.metadata().map_err(unreadable)?.len();
    read(file, Some(total), options)
}

/// Reads addresses from anywhere; `total` is how many bytes there are, for who shows progress.
///
/// # Errors
/// As [`open`].
pub fn read(source: impl Read + Send + 'static, total: Option<u64>, options: &Options) -> Result<Source, SourceError> {
    let read = Arc::new(AtomicU64::new(0));
    let mut lines = input::open(source, Arc::clone(&read), options.line_bytes)?;
    let json = lines.first_sign()? == Some(b'{');
    let poi = options.format == Some(Format::Poi);
    let (rows, format): (Box<dyn Rows>, Format) = match options.format {
        Some(Format::BanNdjson) => (Box::new(ndjson::Lines::new(lines, options.clone())), Format::BanNdjson),
        None | Some(Format::Poi) if json => {
            let format = if poi { Format::Poi } else { Format::BanNdjson };
            (Box::new(ndjson::Lines::new(lines, options.clone())), format)
        }
        format => {
            let table = delimited::Table::open(lines, options.clone(), format)?;
            let format = table.format();
            (Box::new(table), format)
        }
    };
    Ok(Source { rows, waiting: VecDeque::new(), format, read, total, done: false })
}

impl Source {
    /// What the file was found to be.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// How far it is read.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { read: self.read.load(Ordering::Relaxed), total: self.total }
    }
}

impl Iterator for Source {
    type Item = Result<Place, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() && !self.done {
            self.done = !self.rows.read(&mut self.waiting);
        }
        self.waiting.pop_front()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Source").field("format", &self.format).field("progress", &self.progress()).finish()
    }
}

/// What reading lines is done from.
type Bytes = Box<dyn BufRead + Send>;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
