//! From a spooled source to the files of a snapshot.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use personal_data::{Context, Finding};
use tableschema::Report as Validation;
use tabular::read::{SourceFile, Table};
use tabular::snapshot::WriteOptions;
use tabular::{ErrorCode, Limits, Profile};

use super::{PublishProgress, Report, media_type};
use crate::check::personal::Kept;
use crate::check::{self, NamedSchema, Subject};
use crate::error::{AtPath as _, Error, Result};
use crate::model::{Conformity, SnapshotId};
use crate::place::{self, Told};
use crate::platform::Platform;
use crate::store::{SOURCE_FILE, Staging};

/// Bytes that tell a document.
const HEAD: u64 = 8_192;

/// What a file is said to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Intake {
    /// Title of its dataset.
    pub title: Option<String>,
    /// Schema of its tables.
    pub schema: Option<NamedSchema>,
    /// Schemas of single tables, by number, in place of that.
    pub by_table: BTreeMap<u32, NamedSchema>,
}

impl Intake {
    /// The schema of a table.
    pub(crate) fn schema_of(&self, table: u32) -> Option<&NamedSchema> {
        self.by_table.get(&table).or(self.schema.as_ref())
    }

    /// What the guard is told of a table.
    pub(crate) fn context(&self, file_name: &str, table: u32) -> Context {
        let schema = self.schema_of(table).map(|schema| schema.name.clone());
        Context { file_name: Some(file_name.to_owned()), title: self.title.clone(), schema }
    }
}

/// A source in its staging folder, or in the store.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub snapshot: SnapshotId,
    pub size: u64,
    pub file_name: String,
    pub origin: Option<String>,
}

/// A source whose tables are written; a document has none.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub source: Source,
    pub tables: Vec<PreparedTable>,
}

/// A table that is written.
#[derive(Debug)]
pub(crate) struct PreparedTable {
    pub profile: Profile,
    pub personal: Vec<Finding>,
    pub conformity: Option<Conformity>,
    /// What its codes say of where it is.
    pub place: Option<Told>,
}

impl Platform {
    /// Types, checks and writes the tables, unless a snapshot of the same bytes has them already.
    pub(crate) async fn prepare(
        &self,
        source: Source,
        intake: &Intake,
        staging: &Staging,
        report: &Report,
    ) -> Result<Prepared> {
        if let Some(manifest) = self.store.keep(&source.snapshot).await? {
            return self.prepared_before(source, manifest.tables, intake, staging).await;
        }
        let (folder, scratch) = (staging.folder(), staging.scratch());
        let work = Writing {
            limits: self.limits.clone(),
            guard: self.guard.clone(),
            intake: intake.clone(),
            report: Arc::clone(report),
        };
        tokio::task::spawn_blocking(move || work.write(source, &folder, &scratch)).await?
    }

    /// What the snapshot knows already; what it doesn't is found again from the source.
    async fn prepared_before(
        &self,
        source: Source,
        count: u32,
        intake: &Intake,
        staging: &Staging,
    ) -> Result<Prepared> {
        let mut tables = Vec::new();
        for number in 0..count {
            let context = intake.context(&source.file_name, number);
            let profile = self.store.profile(&source.snapshot, number).await?;
            let kept = self.store.personal(&source.snapshot, number).await?;
            let kept = kept.filter(|kept| kept.answers(&context, &self.guard));
            let (personal, conformity) = match kept {
                Some(kept) if intake.schema_of(number).is_none() => (kept.findings, None),
                _ => self.look_again(&source, number, intake, staging).await?,
            };
            let place = self.place_of(&source.snapshot, number, &profile).await?;
            tables.push(PreparedTable { profile, personal, conformity, place });
        }
        Ok(Prepared { source, tables })
    }

    /// What the codes of a table of the store say of where it is.
    pub(crate) async fn place_of(&self, snapshot: &SnapshotId, table: u32, profile: &Profile) -> Result<Option<Told>> {
        let folder = self.store.table_folder(snapshot, table).await?;
        let profile = profile.clone();
        Ok(tokio::task::spawn_blocking(move || place::of_table(&profile, &folder)).await?)
    }

    async fn look_again(
        &self,
        source: &Source,
        number: u32,
        intake: &Intake,
        staging: &Staging,
    ) -> Result<(Vec<Finding>, Option<Conformity>)> {
        let path = self.local_source(&source.snapshot, staging).await?;
        let file = SourceFile { path, name: source.file_name.clone() };
        let (limits, guard, intake, scratch) =
            (self.limits.clone(), self.guard.clone(), intake.clone(), staging.scratch());
        tokio::task::spawn_blocking(move || {
            let table = check::open(&file, number, &limits, &scratch)?;
            let context = intake.context(&file.name, number);
            let schema = intake.schema_of(number);
            let subject = subject(schema, &context, &guard);
            let (_, personal, validation) = check::beside(table.as_ref(), &subject, |table| {
                for batch in table.batches()? {
                    batch?;
                }
                Ok(())
            })?;
            Ok((personal, conformity(schema, validation)))
        })
        .await?
    }

    /// The bytes of a source on this machine; from a bucket, they are copied into the staging folder.
    pub(crate) async fn local_source(&self, snapshot: &SnapshotId, staging: &Staging) -> Result<PathBuf> {
        let source = self.store.source(snapshot).await?;
        if let Some(path) = source.local_path() {
            return Ok(path.to_owned());
        }
        let copy = staging.scratch().join(format!("source-{snapshot}"));
        if !tokio::fs::try_exists(&copy).await.at(&copy)? {
            crate::spool::stream(&source, &copy).await?;
        }
        Ok(copy)
    }
}

fn subject<'a>(
    schema: Option<&'a NamedSchema>,
    context: &'a Context,
    guard: &'a personal_data::Options,
) -> Subject<'a> {
    Subject { schema: schema.map(|named| named.schema.as_ref()), context, guard }
}

fn conformity(schema: Option<&NamedSchema>, validation: Option<Validation>) -> Option<Conformity> {
    let (schema, validation) = (schema?, validation?);
    Some(Conformity {
        name: schema.name.clone(),
        version: schema.version.clone(),
        valid: validation.valid,
        errors: validation.error_count,
    })
}

/// The writing of tables. Blocking.
struct Writing {
    limits: Limits,
    guard: personal_data::Options,
    intake: Intake,
    report: Report,
}

impl Writing {
    /// Writes `tables/{n}` beside the source.
    fn write(&self, source: Source, folder: &Path, scratch: &Path) -> Result<Prepared> {
        let path = folder.join(SOURCE_FILE);
        let head = head(&path)?;
        if media_type::is_surely_document(&source.file_name, &head) {
            return Ok(Prepared { source, tables: Vec::new() });
        }
        let file = SourceFile { path, name: source.file_name.clone() };
        let tables = match tabular::detect::open(&file, &self.limits, scratch) {
            Ok(tables) => tables,
            Err(error) => return document_or(error, source, &head),
        };
        if is_prose(&tables) && media_type::may_be_document(&source.file_name, &head) {
            return Ok(Prepared { source, tables: Vec::new() });
        }
        let count = u32::try_from(tables.len()).unwrap_or(u32::MAX);
        let mut written = Vec::new();
        for (number, table) in (0..count).zip(&tables) {
            let home = folder.join("tables").join(number.to_string());
            std::fs::create_dir_all(&home).at(&home)?;
            match self.write_table(table.as_ref(), &source.file_name, &home, (number, count)) {
                Ok(table) => written.push(table),
                Err(Error::File(error)) => {
                    std::fs::remove_dir_all(folder.join("tables")).at(folder)?;
                    return document_or(error, source, &head);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Prepared { source, tables: written })
    }

    /// Types and checks a table in one reading.
    fn write_table(
        &self,
        table: &dyn Table,
        file_name: &str,
        home: &Path,
        (number, count): (u32, u32),
    ) -> Result<PreparedTable> {
        let options = WriteOptions { limits: self.limits.clone(), ..WriteOptions::default() };
        let tell = |progress| (self.report)(PublishProgress::Reading { table: number, tables: count, progress });
        let context = self.intake.context(file_name, number);
        let schema = self.intake.schema_of(number);
        let subject = subject(schema, &context, &self.guard);
        let (profile, personal, validation) =
            check::beside(table, &subject, |table| Ok(tabular::snapshot::write(table, home, &options, &tell)?))?;
        Kept::new(context, &self.guard, personal.clone()).write(home)?;
        let place = place::of_table(&profile, home);
        Ok(PreparedTable { profile, personal, conformity: conformity(schema, validation), place })
    }
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
        return Ok(Prepared { source, tables: Vec::new() });
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
