//! An open table: its profile, its Parquet footer and page index, read once.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use parquet::{
    arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions},
    basic::Encoding,
    file::metadata::PageIndexPolicy,
};
use tabular::{
    Profile,
    snapshot::{BBOX, PROFILE_FILE, ROW_ID, TABLE_FILE, data_type},
    typing::FieldType,
};

use super::{file::PositionalFile, relation};
use crate::{Error, Result};

/// The typed table of a snapshot, open for reading. It never changes.
#[derive(Debug)]
pub struct Table {
    folder: PathBuf,
    /// Tells tables apart in caches.
    key: u64,
    profile: Profile,
    schema: SchemaRef,
    file: PositionalFile,
    metadata: ArrowReaderMetadata,
    /// The same, with text whose values are in dictionaries read as dictionaries.
    scan_metadata: ArrowReaderMetadata,
    /// First position (0-based row) of each row group, then the number of rows.
    group_starts: Vec<usize>,
    relation: Arc<dyn TableProvider>,
    has_position: bool,
}

static NEXT_KEY: AtomicU64 = AtomicU64::new(0);

impl Table {
    /// What was understood of the table.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The columns that people see, in order: neither `__id` nor the bounding boxes.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Where the files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the files of a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let profile = read_profile(folder)?;
        let path = folder.join(TABLE_FILE);
        let file = PositionalFile::open(&path).map_err(|error| broken(&error))?;
        let metadata = load_metadata(&file, &profile)?;
        let scan_metadata = with_dictionaries(&metadata)?;
        let group_starts = group_starts(&metadata);
        if group_starts.last().copied() != usize::try_from(profile.rows).ok() {
            return Err(broken(&"its number of rows is not that of the profile"));
        }
        let has_position = metadata.schema().field_with_name(BBOX[0]).is_ok();
        let schema = Arc::new(Schema::new(visible_fields(&profile)));
        let relation = relation::listing(&path, Arc::clone(metadata.schema()))?;
        let key = NEXT_KEY.fetch_add(1, Ordering::Relaxed);
        Ok(Self {
            folder: folder.to_owned(),
            key,
            profile,
            schema,
            file,
            metadata,
            scan_metadata,
            group_starts,
            relation,
            has_position,
        })
    }

    pub(crate) fn key(&self) -> u64 {
        self.key
    }

    pub(crate) fn rows(&self) -> usize {
        self.group_starts.last().copied().unwrap_or(0)
    }

    pub(crate) fn file(&self) -> &PositionalFile {
        &self.file
    }

    pub(crate) fn metadata(&self) -> &ArrowReaderMetadata {
        &self.metadata
    }

    /// The footer, for reads that look at many rows: text whose values are in dictionaries comes as dictionaries.
    pub(crate) fn scan_metadata(&self) -> &ArrowReaderMetadata {
        &self.scan_metadata
    }

    /// Every column of the file, hidden ones too.
    pub(crate) fn file_schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    pub(crate) fn groups(&self) -> usize {
        self.group_starts.len() - 1
    }

    /// Positions (0-based rows) that a row group holds.
    pub(crate) fn group_rows(&self, group: usize) -> Range<usize> {
        self.group_starts[group]..self.group_starts[group + 1]
    }

    /// The row group that holds a position.
    pub(crate) fn group_of(&self, position: usize) -> usize {
        self.group_starts.partition_point(|start| *start <= position).saturating_sub(1)
    }

    pub(crate) fn has_position(&self) -> bool {
        self.has_position
    }

    pub(crate) fn relation(&self) -> Arc<dyn TableProvider> {
        Arc::clone(&self.relation)
    }

    /// The type of a visible column.
    pub(crate) fn field_type(&self, name: &str) -> Option<FieldType> {
        self.profile.columns.iter().find(|column| column.name == name).map(|column| column.field_type)
    }
}

fn broken(detail: &dyn std::fmt::Display) -> Error {
    Error::Broken { file: TABLE_FILE, detail: detail.to_string() }
}

fn read_profile(folder: &Path) -> Result<Profile> {
    let broken = |detail: String| Error::Broken { file: PROFILE_FILE, detail };
    let bytes = std::fs::read(folder.join(PROFILE_FILE)).map_err(|error| broken(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))
}

fn visible_fields(profile: &Profile) -> Vec<Field> {
    let field = |column: &tabular::profile::ColumnProfile| Field::new(&column.name, data_type(column.field_type), true);
    profile.columns.iter().map(field).collect()
}

fn load_metadata(file: &PositionalFile, profile: &Profile) -> Result<ArrowReaderMetadata> {
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
    let as_written = ArrowReaderMetadata::load(file, options.clone()).map_err(|error| broken(&error))?;
    let options = options.with_schema(own_types(as_written.schema(), profile)?);
    ArrowReaderMetadata::try_new(Arc::clone(as_written.metadata()), options).map_err(|error| broken(&error))
}

fn with_dictionaries(metadata: &ArrowReaderMetadata) -> Result<ArrowReaderMetadata> {
    let groups = metadata.metadata().row_groups();
    let in_dictionaries = |column: usize| {
        groups.iter().all(|group| {
            let encodings = group.column(column).page_encoding_stats_mask();
            encodings
                .is_some_and(|mask| mask.is_only(Encoding::RLE_DICTIONARY) || mask.is_only(Encoding::PLAIN_DICTIONARY))
        })
    };
    let fields = metadata.schema().fields().iter().enumerate().map(|(column, field)| {
        if field.data_type() == &DataType::Utf8 && in_dictionaries(column) {
            let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            Arc::new(field.as_ref().clone().with_data_type(dictionary))
        } else {
            Arc::clone(field)
        }
    });
    let options = ArrowReaderOptions::new().with_schema(Arc::new(Schema::new(fields.collect::<Vec<_>>())));
    ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options).map_err(|error| broken(&error))
}

/// The columns of the file, to be read in our own types whatever hints the file carries.
fn own_types(written: &Schema, profile: &Profile) -> Result<SchemaRef> {
    let mut expected = vec![(ROW_ID, DataType::Int64)];
    expected.extend(profile.columns.iter().map(|column| (column.name.as_str(), data_type(column.field_type))));
    if written.fields().len() > expected.len() {
        expected.extend(BBOX.map(|name| (name, DataType::Float64)));
    }
    let names = written.fields().iter().map(|field| field.name().as_str());
    if !names.clone().eq(expected.iter().map(|(name, _)| *name)) {
        let names: Vec<&str> = names.collect();
        return Err(broken(&format!("its columns {names:?} are not those of the profile")));
    }
    let retyped = written.fields().iter().zip(expected);
    let fields = retyped.map(|(field, (_, data_type))| field.as_ref().clone().with_data_type(data_type));
    Ok(Arc::new(Schema::new(fields.collect::<Vec<_>>())))
}

fn group_starts(metadata: &ArrowReaderMetadata) -> Vec<usize> {
    let mut starts = vec![0];
    let mut rows = 0;
    for group in metadata.metadata().row_groups() {
        rows += usize::try_from(group.num_rows()).unwrap_or(0);
        starts.push(rows);
    }
    starts
}
