//! A file's tables, checked one after the other.

use std::path::Path;

use catalog::check::{self, CheckRequest};
use personal_data::Context;
use portal::i18n::{self, Fault};
use schemas::Loaded;
use tableschema::repair::Proposal;
use tabular::{
    Limits,
    profile::Format,
    read::{Remarks, Table},
    snapshot::{self, WriteOptions},
};

use super::report::{CellError, Personal, Repair, Report, TableReport};
use super::schema::{Choice, Chosen};
use super::source::Source;
use super::{Settings, document, fix};
use crate::exit::Failure;

/// Checks a file, and repairs it when that is ordered; a file that can't be read is a report too.
pub(super) fn of_file(source: &Source, settings: &Settings, order: Option<&fix::Order>) -> Result<Report, Failure> {
    let mut report = Report::of(&source.name);
    if let Choice::This(found) = &settings.choice
        && let Loaded::Json(schema) = &found.schema
    {
        report.follows(&Chosen { found: found.clone(), guessed: false });
        document::check(&mut report, schema, source, settings)?;
        return Ok(report);
    }
    match open(source) {
        Ok(tables) => check_tables(&mut report, &tables, source, settings, order)?,
        Err(error) => fault(&mut report, &error, settings)?,
    }
    Ok(report)
}

fn open(source: &Source) -> tabular::Result<Vec<Box<dyn Table>>> {
    let unpacked = source.scratch.path().join("unpacked");
    std::fs::create_dir_all(&unpacked)?;
    tabular::detect::open(&source.file, &Limits::default(), &unpacked)
}

/// What the disk does wrong is a failure; what is wrong with the file is a report.
fn fault(report: &mut Report, error: &tabular::Error, settings: &Settings) -> Result<(), Failure> {
    let fault = Fault::of_file(settings.text, error);
    if error.code == tabular::ErrorCode::Io {
        return Err(Failure::Failed(fault.message));
    }
    report.valid = false;
    report.fault = Some(fault);
    Ok(())
}

fn check_tables(
    report: &mut Report,
    tables: &[Box<dyn Table>],
    source: &Source,
    settings: &Settings,
    order: Option<&fix::Order>,
) -> Result<(), Failure> {
    let wanted: Vec<&dyn Table> = wanted(tables, settings)?;
    if order.is_some() && wanted.len() > 1 {
        let names: Vec<&str> = wanted.iter().filter_map(|table| table.name()).collect();
        return Err(Failure::Misuse(settings.text.with("checked-fix-one-table", "tables", &names.join(", "))));
    }
    for (number, table) in wanted.into_iter().enumerate() {
        let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
        // Comparing reads every schema of the library: only when nobody said which one is meant.
        let resembles = match settings.choice {
            Choice::Resembling => settings.library.propose(&header),
            Choice::None | Choice::This(_) | Choice::Package(_) => Vec::new(),
        };
        let chosen = settings.choice.for_header(&settings.library, &header, &resembles, settings.text)?;
        let chosen = chosen.filter(|chosen| !chosen.guessed || suits(chosen, table));
        if number == 0 {
            report.resembles = resembles;
        }
        if let Some(Chosen { found, .. }) = &chosen
            && let Loaded::Json(schema) = &found.schema
        {
            report.follows(chosen.as_ref().unwrap_or(&Chosen { found: found.clone(), guessed: true }));
            return document::check(report, schema, source, settings);
        }
        let subject = Subject { table, chosen: chosen.as_ref(), source, settings };
        match subject.check(report) {
            Ok(proposals) => {
                report.valid = report.error_count == 0;
                if let Some(order) = order {
                    report.fixed = Some(order.carry_out(&subject, &proposals)?);
                }
            }
            Err(Stopped::Unreadable(error)) => return fault(report, &error, settings),
            Err(Stopped::Failed(failure)) => return Err(failure),
        }
    }
    Ok(())
}

/// The tables that are asked for, by name or by number.
fn wanted<'a>(tables: &'a [Box<dyn Table>], settings: &Settings) -> Result<Vec<&'a dyn Table>, Failure> {
    let Some(asked) = &settings.table else { return Ok(tables.iter().map(AsRef::as_ref).collect()) };
    let by_name = tables.iter().find(|table| table.name() == Some(asked));
    let by_number = || tables.get(asked.parse::<usize>().ok()?.checked_sub(1)?);
    match by_name.or_else(by_number) {
        Some(table) => Ok(vec![table.as_ref()]),
        None => {
            let names: Vec<&str> = tables.iter().filter_map(|table| table.name()).collect();
            Err(Failure::Misuse(settings.text.with2("checked-no-table", "table", asked, "tables", &names.join(", "))))
        }
    }
}

/// A JSON Schema says nothing of a spreadsheet whose columns happen to have its names.
fn suits(chosen: &Chosen, table: &dyn Table) -> bool {
    match chosen.found.schema {
        Loaded::Table(_) => true,
        Loaded::Json(_) => matches!(table.source().format, Format::Json | Format::Geojson),
    }
}

/// A table, and what it is checked against.
pub(super) struct Subject<'a> {
    pub(super) table: &'a dyn Table,
    pub(super) chosen: Option<&'a Chosen>,
    pub(super) source: &'a Source,
    pub(super) settings: &'a Settings,
}

/// Why a check ended early.
pub(super) enum Stopped {
    /// The table can't be read to its end.
    Unreadable(tabular::Error),
    Failed(Failure),
}

impl From<catalog::Error> for Stopped {
    fn from(error: catalog::Error) -> Self {
        match error {
            catalog::Error::File(error) => Self::Unreadable(error),
            other => Self::Failed(Failure::of(&other)),
        }
    }
}

impl From<tabular::Error> for Stopped {
    fn from(error: tabular::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<std::io::Error> for Stopped {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(Failure::failed(error))
    }
}

impl Subject<'_> {
    /// Adds to a report what is found; gives the repairs that are proposed.
    pub(super) fn check(&self, report: &mut Report) -> Result<Vec<Proposal>, Stopped> {
        let (name, text) = (self.table.name(), self.settings.text);
        let context = Context {
            file_name: Some(self.source.file.name.clone()),
            title: None,
            schema: self.chosen.map(|chosen| chosen.found.name.clone()),
        };
        let schema = self.chosen.and_then(|chosen| match &chosen.found.schema {
            Loaded::Table(schema) => Some(schema.clone()),
            Loaded::Json(_) => None,
        });
        let request = CheckRequest { schema, context, budget: self.settings.most, ..CheckRequest::default() };
        let (found, remarks) = check::with_remarks(self.table, &request, &|_| ())?;
        match (&found.validation, self.chosen) {
            (Some(validation), Some(chosen)) => {
                self.add_validation(report, validation, chosen, &remarks);
            }
            _ => self.add_odd_cells(report)?,
        }
        report.personal_data.extend(found.personal.iter().map(|finding| Personal::of(finding, name, text)));
        report.repairs.extend(found.repairs.iter().map(|proposal| Repair::of(proposal, name, text)));
        Ok(found.repairs)
    }

    fn add_validation(
        &self,
        report: &mut Report,
        validation: &tableschema::Report,
        chosen: &Chosen,
        remarks: &Remarks,
    ) {
        let (name, text) = (self.table.name(), self.settings.text);
        report.follows(chosen);
        report.rows += validation.rows;
        let mut errors: Vec<CellError> =
            validation.errors.iter().map(|finding| CellError::of_finding(finding, name, text)).collect();
        errors.iter_mut().for_each(|error| error.row = error.row.map(|row| in_source(row, remarks)));
        let blank = remarks.blank_records().map(|record| CellError::blank_row(record + 1, name, text));
        report.error_count += validation.error_count + remarks.blank_records().count() as u64;
        errors.extend(blank.take(self.settings.most));
        // The sort is stable: within a row, errors keep the order of the columns.
        errors.sort_by_key(|error| error.row);
        errors.truncate(self.settings.most);
        report.errors.extend(errors);
        let notes = validation.notes.iter().map(|note| note.message(text.tag()));
        report.tables.push(TableReport {
            name: name.map(str::to_owned),
            schema: Some(chosen.found.reference()),
            source: self.table.source(),
            rows: validation.rows,
            columns: Vec::new(),
            set_aside: remarks.set_aside.len(),
            warnings: remarks.warnings.iter().map(|warning| i18n::warning(text, warning)).chain(notes).collect(),
        });
    }

    /// Without a schema, a column's cells must be of the type that most of them have.
    fn add_odd_cells(&self, report: &mut Report) -> Result<(), Stopped> {
        let folder = tempfile::tempdir_in(self.source.scratch.path())?;
        let (profile, cells) = typed(self.table, folder.path(), self.settings.most)?;
        report.rows += profile.rows;
        report.error_count += profile.exceptions;
        let text = self.settings.text;
        report.errors.extend(cells.into_iter().map(|cell| CellError::of_odd(cell, &profile, text)));
        report.tables.push(TableReport::of_profile(profile, text));
        Ok(())
    }
}

fn typed(table: &dyn Table, folder: &Path, most: usize) -> tabular::Result<(tabular::Profile, Vec<snapshot::OddCell>)> {
    let profile = snapshot::write(table, folder, &WriteOptions::default(), &|_| ())?;
    let cells = snapshot::odd_cells(folder, most)?;
    Ok((profile, cells))
}

/// The number of a row among the records of the source, the header being record 1.
fn in_source(row: u64, remarks: &Remarks) -> u64 {
    if row < 2 { row } else { remarks.record_of(row - 1) + 1 }
}
