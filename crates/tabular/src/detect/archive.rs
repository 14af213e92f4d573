//! Zip archives: which members are tables, and which belong together.

use std::{collections::BTreeMap, fs::File, io::BufReader, path::Path};

use zip::{ZipArchive, result::ZipError};

use super::unpack::Unpacker;
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
};

/// Extensions of the files that make a shapefile's layer and are read.
const LAYER: [&str; 5] = ["shp", "dbf", "prj", "cpg", "shx"];
/// Extensions of files that come beside a layer and hold no table.
const BESIDE_LAYER: [&str; 8] = ["sbn", "sbx", "qpj", "qml", "qmd", "xml", "sld", "qix"];
/// Extensions of members that are never a table.
const NEVER: [&str; 14] =
    ["pdf", "doc", "docx", "odt", "rtf", "html", "htm", "jpg", "jpeg", "png", "gif", "svg", "css", "js"];

/// A zip archive at hand.
pub(crate) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    members: Vec<Member>,
}

/// A file of an archive.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    index: usize,
    /// Path in the archive, for people; never used as a path on disk.
    pub name: String,
}

/// What an archive is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    /// A spreadsheet: XLSX, XLSB or ODS.
    Spreadsheet,
    /// A document of another kind.
    Document(&'static str),
    /// Files.
    Files,
}

impl Member {
    /// `villes/Arbres 2014.csv` → `Arbres 2014.csv`
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    /// Extension in lower case.
    pub(crate) fn extension(&self) -> String {
        super::extension(&self.name)
    }

    fn stem(&self) -> String {
        let name = self.name.to_lowercase();
        match name.rsplit_once('.') {
            Some((stem, _)) => stem.to_owned(),
            None => name,
        }
    }

    fn is_hidden(&self) -> bool {
        let file = self.file_name();
        self.name.starts_with("__MACOSX") || file.starts_with('.') || file == "Thumbs.db" || file == "desktop.ini"
    }
}

impl Archive {
    /// Reads the list of members.
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self> {
        let mut zip = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(of_zip)?;
        if zip.len() > limits.archive_members {
            let detail = format!("{} files in the archive, at most {}", zip.len(), limits.archive_members);
            return Err(Error::new(ErrorCode::TooManyTables, detail));
        }
        let mut members = Vec::new();
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(of_zip)?;
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            if !file.is_dir() && !name.ends_with('/') {
                members.push(Member { index, name });
            }
        }
        Ok(Self { zip, members })
    }

    /// What the archive is.
    pub(crate) fn contents(&self) -> Contents {
        let has = |name: &str| self.members.iter().any(|member| member.name == name);
        if has("xl/workbook.xml") || has("xl/workbook.bin") {
            Contents::Spreadsheet
        } else if has("word/document.xml") {
            Contents::Document("Word document")
        } else if has("ppt/presentation.xml") {
            Contents::Document("PowerPoint document")
        } else if has("content.xml") && has("META-INF/manifest.xml") {
            // A text or a drawing of OpenDocument has no sheet: the reader of spreadsheets says so.
            Contents::Spreadsheet
        } else {
            Contents::Files
        }
    }

    /// Layers of shapefiles: each a group of members of one stem, the `.shp` first.
    pub(crate) fn layers(&self) -> Vec<Vec<Member>> {
        let mut groups: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        for member in self.visible().filter(|member| LAYER.contains(&member.extension().as_str())) {
            groups.entry(member.stem()).or_default().push(member.clone());
        }
        let mut layers: Vec<Vec<Member>> = groups.into_values().collect();
        for layer in &mut layers {
            layer.sort_by_key(|member| LAYER.iter().position(|extension| member.extension() == *extension));
        }
        layers.retain(|layer| layer.first().is_some_and(|member| member.extension() == "shp"));
        layers
    }

    /// Members that may be tables by themselves.
    pub(crate) fn files(&self) -> Vec<Member> {
        let layers: Vec<String> = self.layers().iter().filter_map(|layer| layer.first()).map(Member::stem).collect();
        let beside = |member: &Member| {
            let extension = member.extension();
            let stem = member.stem();
            let of_layer = layers.iter().any(|layer| stem == *layer || stem == format!("{layer}.shp"));
            of_layer && (LAYER.contains(&extension.as_str()) || BESIDE_LAYER.contains(&extension.as_str()))
        };
        self.visible()
            .filter(|member| !beside(member) && !NEVER.contains(&member.extension().as_str()))
            .cloned()
            .collect()
    }

    fn visible(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| !member.is_hidden())
    }

    /// Unpacks a member to a file.
    pub(crate) fn extract(&mut self, member: &Member, to: &Path, unpacker: &mut Unpacker<'_>) -> Result<()> {
        let named = |error: Error| error.at_table(member.name.clone());
        if self.zip.by_index_raw(member.index).map_err(of_zip)?.encrypted() {
            return Err(named(Error::new(ErrorCode::Encrypted, "a member needs a password")));
        }
        let file = self.zip.by_index(member.index).map_err(|error| named(of_zip(error)))?;
        let packed = file.compressed_size();
        unpacker.copy(file, packed, to).map_err(named)
    }
}

fn of_zip(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => error.into(),
        ZipError::InvalidPassword => Error::new(ErrorCode::Encrypted, "a member needs a password"),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Error::new(ErrorCode::Encrypted, "a member needs a password")
        }
        ZipError::UnsupportedArchive(what) => Error::new(ErrorCode::UnknownFormat, format!("zip archive: {what}")),
        ZipError::CompressionMethodNotSupported(method) => {
            Error::new(ErrorCode::UnknownFormat, format!("zip archive packed by method {method}: use deflate"))
        }
        other => Error::new(ErrorCode::BrokenFile, format!("zip archive: {other}")),
    }
}
