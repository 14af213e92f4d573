//! What a file is: container, format, encoding, dialect.
//!
//! The bytes decide; a name is only a hint, and a name that lies is told as a warning.

mod archive;
pub(crate) mod dialect;
pub(crate) mod encoding;
pub(crate) mod header;
mod labelled;
pub(crate) mod look;
mod signature;
mod unpack;

use std::{fs::File, io::Read, path::Path};

use self::{
    archive::{Archive, Contents, Member},
    labelled::Labelled,
    signature::Kind,
    unpack::Unpacker,
};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    profile::{Format, Warning},
    read::{self, SourceFile, Table},
};

/// Bytes that tell what a file is.
const HEAD: u64 = 64 << 10;
/// Containers in one another: `table.csv.gz` in a zip is two.
const CONTAINERS: usize = 3;

/// Finds the tables of a file.
///
/// Containers are unpacked into `scratch`, which must stay as long as the tables do.
///
/// # Errors
/// When the file is empty, holds no table, is damaged, needs a password, or asks for more than the limits.
pub fn open(source: &SourceFile, limits: &Limits, scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let size = std::fs::metadata(&source.path)?.len();
    if size > limits.source_bytes {
        let detail = format!("{size} bytes, at most {}", limits.source_bytes);
        return Err(Error::new(ErrorCode::TooLarge, detail));
    }
    let mut opener = Opener { limits, scratch, unpacker: Unpacker::new(scratch, limits) };
    let tables = opener.open(source, 0)?;
    if tables.len() > limits.tables {
        let detail = format!("{} tables, at most {}", tables.len(), limits.tables);
        return Err(Error::new(ErrorCode::TooManyTables, detail));
    }
    Ok(tables.into_iter().map(|table| Box::new(table) as Box<dyn Table>).collect())
}

/// The extension of a name, in lower case; empty when it has none.
pub(crate) fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// What every reader module shows.
type Reader = fn(&SourceFile, &Limits, &Path) -> Result<Vec<Box<dyn Table>>>;

struct Opener<'a> {
    limits: &'a Limits,
    scratch: &'a Path,
    unpacker: Unpacker<'a>,
}

impl Opener<'_> {
    fn open(&mut self, source: &SourceFile, depth: usize) -> Result<Vec<Labelled>> {
        let mut head = Vec::new();
        File::open(&source.path)?.take(HEAD).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(Error::new(ErrorCode::EmptyFile, "no byte"));
        }
        match signature::sniff(&head) {
            Kind::Gzip => self.open_gzip(source, depth),
            Kind::Zip => self.open_zip(source, depth),
            Kind::Text => self.read(source, read::csv::open),
            Kind::Json => self.read(source, read::json::open),
            Kind::Geojson => self.read(source, read::geojson::open),
            Kind::Kml => self.read(source, read::kml::open),
            Kind::Sqlite => self.read(source, read::gpkg::open),
            Kind::Parquet => self.read(source, read::parquet::open),
            Kind::CompoundFile => self.read(source, read::sheet::open),
            Kind::NotTable(what) => Err(Error::new(ErrorCode::NoTable, what)),
            Kind::Unsupported(what) => Err(Error::new(ErrorCode::UnknownFormat, what)),
        }
    }

    /// Hands an unpacked file to a reader.
    fn read(&self, source: &SourceFile, reader: Reader) -> Result<Vec<Labelled>> {
        self.label(source, reader(source, self.limits, self.scratch)?)
    }

    fn label(&self, source: &SourceFile, tables: Vec<Box<dyn Table>>) -> Result<Vec<Labelled>> {
        let declared = extension(&source.name);
        let label = |table: Box<dyn Table>| {
            let format = table.source().format;
            let mut table = Labelled::new(table);
            if !may_be(&declared, format) {
                let detail = format!(".{declared}: {}", format_name(format));
                table.warn(Warning { code: "extension-mismatch".to_owned(), line: None, column: None, detail });
            }
            table
        };
        Ok(tables.into_iter().map(label).collect())
    }

    fn check_depth(depth: usize) -> Result<()> {
        if depth < CONTAINERS {
            return Ok(());
        }
        Err(Error::new(ErrorCode::TooDeep, format!("more than {CONTAINERS} containers in one another")))
    }

    fn open_gzip(&mut self, source: &SourceFile, depth: usize) -> Result<Vec<Labelled>> {
        Self::check_depth(depth)?;
        let path = self.unpacker.gunzip(&source.path)?;
        let name = match source.name.len().checked_sub(3).and_then(|end| source.name.split_at_checked(end)) {
            Some((name, suffix)) if suffix.eq_ignore_ascii_case(".gz") => name.to_owned(),
            _ => source.name.clone(),
        };
        let mut tables = self.open(&SourceFile { path, name }, depth + 1)?;
        tables.iter_mut().for_each(|table| table.within("gzip"));
        Ok(tables)
    }

    fn open_zip(&mut self, source: &SourceFile, depth: usize) -> Result<Vec<Labelled>> {
        let mut archive = Archive::open(&source.path, self.limits)?;
        match archive.contents() {
            Contents::Spreadsheet => self.read(source, read::sheet::open),
            Contents::Document(what) => Err(Error::new(ErrorCode::NoTable, what)),
            Contents::Files => {
                Self::check_depth(depth)?;
                let mut tables = self.open_members(&mut archive, depth)?;
                tables.iter_mut().for_each(|table| table.within("zip"));
                Ok(tables)
            }
        }
    }

    fn open_members(&mut self, archive: &mut Archive, depth: usize) -> Result<Vec<Labelled>> {
        let mut found = Found::default();
        for layer in archive.layers() {
            let tables = self.open_layer(archive, &layer);
            if let Some(member) = layer.first() {
                found.add(member, tables)?;
            }
            self.check_count(found.tables.len())?;
        }
        for member in archive.files() {
            let path = self.unpacker.new_path()?;
            archive.extract(&member, &path, &mut self.unpacker)?;
            let name = member.file_name().to_owned();
            let tables = self.open(&SourceFile { path, name }, depth + 1);
            found.add(&member, tables)?;
            self.check_count(found.tables.len())?;
        }
        found.into_tables()
    }

    /// Unpacks the files of a shapefile's layer beside one another and reads it.
    fn open_layer(&mut self, archive: &mut Archive, layer: &[Member]) -> Result<Vec<Labelled>> {
        let folder = self.unpacker.subfolder()?;
        for member in layer {
            let to = folder.join("layer").with_extension(member.extension());
            archive.extract(member, &to, &mut self.unpacker)?;
        }
        let name = layer.first().map(|member| member.file_name().to_owned()).unwrap_or_default();
        let source = SourceFile { path: folder.join("layer.shp"), name };
        self.read(&source, read::shapefile::open)
    }

    fn check_count(&self, tables: usize) -> Result<()> {
        if tables <= self.limits.tables {
            return Ok(());
        }
        Err(Error::new(ErrorCode::TooManyTables, format!("more than {} tables", self.limits.tables)))
    }
}

/// Tables found in an archive so far.
#[derive(Default)]
struct Found {
    tables: Vec<(String, Vec<Labelled>)>,
    /// Texts of one column, such as a note: tables only when there is nothing else.
    notes: Vec<(String, Vec<Labelled>)>,
    refused: Option<Error>,
}

impl Found {
    /// A member that is no table is passed over; one that breaks a limit refuses the archive.
    fn add(&mut self, member: &Member, tables: Result<Vec<Labelled>>) -> Result<()> {
        use ErrorCode::{EmptyFile, NoRows, NoTable, UnknownFormat};
        let name = member.file_name().to_owned();
        match tables {
            Ok(tables) if is_note(member, &tables) => self.notes.push((name, tables)),
            Ok(tables) => self.tables.push((name, tables)),
            Err(error) if matches!(error.code, EmptyFile | NoRows | NoTable | UnknownFormat) => {
                self.refused.get_or_insert(error.at_table(name));
            }
            Err(error) => return Err(if error.place.table.is_none() { error.at_table(name) } else { error }),
        }
        Ok(())
    }

    /// The tables, named by their members when there are several members.
    fn into_tables(self) -> Result<Vec<Labelled>> {
        let members = if self.tables.is_empty() { self.notes } else { self.tables };
        if members.is_empty() {
            let nothing = || Error::new(ErrorCode::NoTable, "an archive without a table");
            return Err(self.refused.unwrap_or_else(nothing));
        }
        let several = members.len() > 1;
        let mut all = Vec::new();
        for (name, tables) in members {
            for mut table in tables {
                if several {
                    table.of_member(&name);
                }
                all.push(table);
            }
        }
        Ok(all)
    }
}

fn is_note(member: &Member, tables: &[Labelled]) -> bool {
    let loose = !matches!(member.extension().as_str(), "csv" | "tsv");
    loose && tables.iter().all(|table| table.source().format == Format::Csv && table.header().len() < 2)
}

/// Whether a file of this extension may well be of this format.
fn may_be(extension: &str, format: Format) -> bool {
    match extension {
        "csv" | "tsv" | "tab" | "txt" => format == Format::Csv,
        "xlsx" | "xlsm" | "xlsb" => format == Format::Xlsx,
        "xls" => format == Format::Xls,
        "ods" => format == Format::Ods,
        "json" => matches!(format, Format::Json | Format::Geojson | Format::Ndjson),
        "ndjson" | "jsonl" => matches!(format, Format::Ndjson | Format::Json | Format::Geojson),
        "geojson" => format == Format::Geojson,
        "shp" => format == Format::Shapefile,
        "gpkg" => format == Format::Gpkg,
        "kml" => format == Format::Kml,
        "parquet" => format == Format::Parquet,
        _ => true,
    }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
        Format::Xls => "xls",
        Format::Ods => "ods",
        Format::Json => "json",
        Format::Ndjson => "ndjson",
        Format::Geojson => "geojson",
        Format::Shapefile => "shapefile",
        Format::Gpkg => "gpkg",
        Format::Kml => "kml",
        Format::Parquet => "parquet",
    }
}
