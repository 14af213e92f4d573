//! What is wrong with a table, what is personal in it, what can be repaired: reading joined with checking.
//!
//! The source is read once; each consumer (validation, the personal data guard, the survey of repairs) has a thread and
//! takes the same batches. Blocking.

mod cells;
mod fan_out;
mod foreign;
pub(crate) mod locate;
mod output;
pub(crate) mod personal;
mod reference;
mod rows;
mod run;
mod tap;
mod transform;
mod treated;

use std::sync::Arc;

use schemas::{Library, Resemblance};
use serde::{Deserialize, Serialize};
use tableschema::repair::Proposal;
use tableschema::{Report, Schema};
use tabular::read::{Remarks, SourceFile, Table};

pub use locate::Locating;
pub use reference::NamedSchema;
pub(crate) use transform::survey;
pub use transform::{Done, Transformed, Treatment, extension, transform};

use crate::error::{Error, Result};
use run::Wanted;

/// Findings that a report keeps; all are counted.
pub const BUDGET: usize = 1_000;

/// What a table is checked for.
#[derive(Debug, Clone)]
pub struct CheckRequest<'a> {
    /// The schema that it is meant to follow.
    pub schema: Option<Arc<Schema>>,
    /// What the table is said to be: the same column may be published on another ground.
    pub context: personal_data::Context,
    /// Settings of the guard.
    pub guard: personal_data::Options,
    /// Where a resembling schema is looked for.
    pub library: Option<&'a Library>,
    /// Findings of validation that are kept.
    pub budget: usize,
}

impl Default for CheckRequest<'_> {
    fn default() -> Self {
        Self {
            schema: None,
            context: personal_data::Context::default(),
            guard: personal_data::Options::default(),
            library: None,
            budget: BUDGET,
        }
    }
}

/// What was found in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableCheck {
    /// Against the schema; `None` when there was none.
    pub validation: Option<Report>,
    /// Personal data, the gravest first.
    pub personal: Vec<personal_data::Finding>,
    /// What can be repaired.
    pub repairs: Vec<Proposal>,
    /// Schemas that the header resembles, the best first.
    pub resembles: Vec<Resemblance>,
    /// Columns of addresses, when the rows have no position yet.
    #[serde(default)]
    pub locating: Option<Locating>,
}

/// Schemas proposed at most.
const PROPOSED: usize = 5;

/// Checks a table in one reading. `progress` is told the rows read so far. Rows are numbered as they are read, the
/// header being row 1.
///
/// # Errors
/// Those of the reader.
pub fn of_table(table: &dyn Table, request: &CheckRequest<'_>, progress: &(dyn Fn(u64) + Sync)) -> Result<TableCheck> {
    Ok(with_remarks(table, request, progress)?.0)
}

/// The same with the numbers that rows have in the source, where blank lines count.
pub(crate) fn of_source(
    table: &dyn Table,
    request: &CheckRequest<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<TableCheck> {
    let (mut check, remarks) = with_remarks(table, request, progress)?;
    rows::number(&mut check, &remarks);
    Ok(check)
}

/// The same with what the reader remarked: which rows of the source were passed over.
///
/// # Errors
/// Those of the reader.
pub fn with_remarks(
    table: &dyn Table,
    request: &CheckRequest<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(TableCheck, Remarks)> {
    let header = cells::header(table);
    let foreign = foreign::own(table, request.schema.as_deref(), &header)?;
    let wanted = Wanted {
        schema: request.schema.as_deref(),
        foreign: &foreign,
        guard: Some((&request.context, &request.guard)),
        repairs: true,
        addresses: true,
        budget: request.budget,
    };
    let (remarks, found) = run::run(&header, &wanted, |consumers| fan_out::read(table, consumers, progress))?;
    let check = TableCheck {
        validation: found.validation,
        personal: found.personal.unwrap_or_default(),
        repairs: found.repairs.unwrap_or_default(),
        resembles: request.library.map(|library| resembling(library, &header)).unwrap_or_default(),
        locating: found.locating.filter(|_| cells::geometries(table).is_empty()),
    };
    Ok((check, remarks))
}

/// Personal data and the validity of a table, found while something else reads it: `read` is given a table that stands
/// for it.
pub(crate) fn beside<T>(
    table: &dyn Table,
    subject: &Subject<'_>,
    read: impl FnOnce(&dyn Table) -> Result<T>,
) -> Result<(T, Vec<personal_data::Finding>, Option<Report>)> {
    let header = cells::header(table);
    let foreign = foreign::own(table, subject.schema, &header)?;
    let wanted = Wanted {
        schema: subject.schema,
        foreign: &foreign,
        guard: Some((subject.context, subject.guard)),
        repairs: false,
        addresses: false,
        budget: 0,
    };
    let (outcome, found) = run::run(&header, &wanted, |consumers| read(&tap::Tapped::new(table, consumers)))?;
    Ok((outcome, found.personal.unwrap_or_default(), found.validation))
}

/// What a table that is to be published is meant to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub schema: Option<&'a Schema>,
    pub context: &'a personal_data::Context,
    pub guard: &'a personal_data::Options,
}

/// The n-th table of a file.
pub(crate) fn open(
    file: &SourceFile,
    number: u32,
    limits: &tabular::Limits,
    scratch: &std::path::Path,
) -> Result<Box<dyn Table>> {
    let mut tables = tabular::detect::open(file, limits, scratch)?;
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    if index >= tables.len() {
        return Err(Error::not_found("table", format!("{}/{number}", file.name)));
    }
    Ok(tables.swap_remove(index))
}

fn resembling(library: &Library, header: &[String]) -> Vec<Resemblance> {
    let mut resembles = library.propose(header);
    resembles.truncate(PROPOSED);
    resembles
}
