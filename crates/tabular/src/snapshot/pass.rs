//! One reading of a table: from its first group of rows to three files.

use std::{
    path::Path,
    sync::mpsc::{Receiver, sync_channel},
};

use parquet::arrow::arrow_writer::ArrowColumnChunk;

use super::{
    column::{Column, data_type},
    exceptions::{Exception, ExceptionsWriter},
    group::{self, Group},
    options::{Progress, WriteOptions},
    parallel,
    position::{Candidate, Locator, Position},
    survey::{Layout, Survey},
    table_file::{ColumnEncoder, Laid, TableFile},
};
use crate::{
    error::{Error, ErrorCode, Result},
    profile::{Warning, frequency::Bounds},
    read::{Header, RawColumn, RawKind, Remarks, Table},
    typing::{
        Reader,
        header::Hints,
        plan::{self, Plan},
        tally::Tally,
    },
};

/// What is known of a table before its rows are read.
pub(crate) struct Subject<'a> {
    pub table: &'a dyn Table,
    pub headers: Vec<Header>,
    pub names: Vec<String>,
    pub hints: Vec<Hints>,
    pub warnings: Vec<Warning>,
    pub options: &'a WriteOptions,
}

/// What columns are, and where positions come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plans {
    pub columns: Vec<Plan>,
    pub position: Option<Position>,
}

/// How a pass ended.
pub(crate) enum Outcome {
    /// The files are written.
    Written(Box<Written>),
    /// The first rows misled; these plans are those of the whole table.
    Misled(Plans),
}

/// What a finished pass knows.
pub(crate) struct Written {
    pub plans: Plans,
    pub columns: Vec<Column>,
    pub locator: Option<Locator>,
    pub rows: u64,
    pub exceptions: u64,
    pub remarks: Remarks,
    pub file: TableFile,
}

impl Subject<'_> {
    /// Decides columns from the kinds of their cells.
    fn plans(&self, tallies: &[&Tally]) -> Plans {
        let columns: Vec<Plan> = self
            .headers
            .iter()
            .zip(&self.hints)
            .zip(tallies)
            .map(|((header, hints), tally)| match header.kind {
                RawKind::Geometry => Plan::GEOMETRY,
                RawKind::Opaque => plan::decide_text(*hints, tally, self.options.threshold),
                RawKind::Text => plan::decide(*hints, tally, self.options.threshold),
            })
            .collect();
        let candidates: Vec<Candidate<'_>> = columns
            .iter()
            .zip(&self.hints)
            .zip(tallies)
            .map(|((plan, hints), tally)| Candidate { plan, hints: *hints, tally })
            .collect();
        let position = Position::find(&candidates).filter(|position| Locator::new(*position).is_some());
        Plans { columns, position }
    }

    /// Reads the table once, by the given plans or by those that the first rows suggest.
    pub fn pass(
        &self,
        folder: &Path,
        number: u8,
        plans: Option<Plans>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Outcome> {
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(1);
            let table = self.table;
            let reader = scope.spawn(move || group::read(table, number, progress, &send));
            let outcome = self.consume(folder, plans, receive);
            // The reader's error says more than the lack of rows that follows from it.
            let remarks = reader.join().map_err(|_| parallel::stopped())??;
            Ok(match outcome? {
                Outcome::Written(mut written) => {
                    written.remarks = remarks;
                    Outcome::Written(written)
                }
                misled @ Outcome::Misled(_) => misled,
            })
        })
    }

    fn consume(&self, folder: &Path, plans: Option<Plans>, groups: Receiver<Group>) -> Result<Outcome> {
        let Ok(first) = groups.recv() else {
            return Err(Error::new(ErrorCode::NoRows, "the table has no row"));
        };
        let given = plans.is_some();
        let (mut pass, plans) = Pass::begin(self, folder, plans, &first)?;
        pass.take(first)?;
        for group in groups {
            pass.take(group)?;
        }
        for column in &mut pass.columns {
            column.tally.settle();
        }
        let tallies: Vec<&Tally> = pass.columns.iter().map(|column| &column.tally).collect();
        let settled = self.plans(&tallies);
        if !given && (pass.refuted || !settled.reads_as(&plans)) {
            return Ok(Outcome::Misled(settled));
        }
        pass.finish(settled)
    }
}

impl Plans {
    fn reads_as(&self, other: &Self) -> bool {
        self.position == other.position && self.columns.iter().zip(&other.columns).all(|(a, b)| a.reads_as(b))
    }
}

/// A pass under way.
struct Pass {
    threads: usize,
    columns: Vec<Column>,
    locator: Option<Locator>,
    file: TableFile,
    exceptions: ExceptionsWriter,
    rows: u64,
    /// The plans are wrong whatever comes: what follows is only counted.
    refuted: bool,
}

/// The work on one column of one group.
struct Task<'a> {
    column: &'a mut Column,
    pieces: Vec<RawColumn>,
    encoder: Option<ColumnEncoder>,
    first_row: u64,
}

/// What comes of a task.
struct Done {
    chunk: Option<ArrowColumnChunk>,
    exceptions: Vec<Exception>,
    positions: Vec<[f64; 4]>,
}

impl Pass {
    fn begin(subject: &Subject<'_>, folder: &Path, plans: Option<Plans>, first: &Group) -> Result<(Self, Plans)> {
        let threads = subject.options.threads;
        let tasks: Vec<_> = first.columns.iter().zip(&subject.hints).collect();
        let surveys = parallel::map(threads, tasks, |(pieces, hints)| Ok(Survey::of(pieces, first.rows, *hints)))?;
        let plans = plans.unwrap_or_else(|| {
            let tallies: Vec<&Tally> = surveys.iter().map(|survey| &survey.tally).collect();
            subject.plans(&tallies)
        });
        let layouts: Vec<Layout> = surveys.iter().map(Survey::layout).collect();
        let file = TableFile::create(folder, &subject.laid(&plans, &layouts), plans.position.is_some())?;
        let pass = Self {
            threads,
            columns: subject.columns(&plans),
            locator: plans.position.and_then(Locator::new),
            file,
            exceptions: ExceptionsWriter::create(folder, &subject.names)?,
            rows: 0,
            refuted: false,
        };
        Ok((pass, plans))
    }

    /// Types, measures and writes a group of rows.
    fn take(&mut self, group: Group) -> Result<()> {
        let Group { first_row, rows, columns, overflow } = group;
        self.rows += rows as u64;
        let mut encoders = if self.refuted { Vec::new() } else { self.file.begin_group()? }.into_iter();
        let ids = encoders.next();
        let tasks: Vec<Task<'_>> = self
            .columns
            .iter_mut()
            .zip(columns)
            .map(|(column, pieces)| Task { column, pieces, encoder: encoders.next(), first_row })
            .collect();
        let done = parallel::map(self.threads, tasks, Task::run)?;
        let Some(ids) = ids else { return Ok(()) };
        let mut chunks = vec![ids.row_numbers(first_row, rows)?];
        let mut exceptions: Vec<Exception> = beyond_the_header(overflow, self.columns.len());
        let mut positions = Vec::with_capacity(done.len());
        for column in done {
            chunks.extend(column.chunk);
            exceptions.extend(column.exceptions);
            positions.push(column.positions);
        }
        if let Some(locator) = &mut self.locator {
            for (mut encoder, values) in encoders.zip(locator.boxes(&positions)) {
                encoder.write(&values)?;
                chunks.push(encoder.finish()?);
            }
        }
        self.file.end_group(chunks)?;
        self.exceptions.add(exceptions)?;
        self.refuted = self.columns.iter().any(|column| column.reader.plan.is_refuted(&column.tally));
        Ok(())
    }

    fn finish(self, plans: Plans) -> Result<Outcome> {
        let exceptions = self.exceptions.finish()?;
        Ok(Outcome::Written(Box::new(Written {
            plans,
            columns: self.columns,
            locator: self.locator,
            rows: self.rows,
            exceptions,
            remarks: Remarks::default(),
            file: self.file,
        })))
    }
}

impl Task<'_> {
    fn run(mut self) -> Result<Done> {
        let mut exceptions = Vec::new();
        let mut positions = Vec::new();
        let mut row = self.first_row;
        for raw in &self.pieces {
            let mut piece = self.column.read(raw, row)?;
            row += piece.array.len() as u64;
            if let Some(encoder) = &mut self.encoder {
                encoder.write(&piece.array)?;
            }
            exceptions.append(&mut piece.exceptions);
            positions.append(&mut piece.positions);
        }
        let chunk = self.encoder.map(ColumnEncoder::finish).transpose()?;
        Ok(Done { chunk, exceptions, positions })
    }
}

impl Subject<'_> {
    fn laid(&self, plans: &Plans, layouts: &[Layout]) -> Vec<Laid> {
        self.names
            .iter()
            .zip(&plans.columns)
            .zip(layouts)
            .map(|((name, plan), layout)| Laid {
                name: name.clone(),
                data_type: data_type(plan.field_type),
                layout: *layout,
            })
            .collect()
    }

    fn columns(&self, plans: &Plans) -> Vec<Column> {
        let bounds = Bounds::shared_by(self.names.len());
        plans
            .columns
            .iter()
            .zip(&self.hints)
            .enumerate()
            .map(|(index, (plan, hints))| {
                let role = plans.position.map(|position| position.role(index)).unwrap_or_default();
                Column::new(index, Reader { plan: *plan, hints: *hints }, role, bounds)
            })
            .collect()
    }
}

fn beyond_the_header(overflow: Vec<(u64, Vec<String>)>, width: usize) -> Vec<Exception> {
    let row = |(row, cells): (u64, Vec<String>)| {
        cells.into_iter().enumerate().map(move |(index, raw)| Exception { row, column: width + index, raw })
    };
    overflow.into_iter().flat_map(row).collect()
}
