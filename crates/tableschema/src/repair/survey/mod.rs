//! One pass over a table that says what could be repaired. Memory is bounded: counts, some examples, and the hashes of
//! rows.

mod column;
mod conclude;
mod tally;

use self::{
    column::{ColumnPlan, ColumnWorker},
    tally::{ColumnTally, Tally},
};
use super::{
    Place, Proposal, RepairCode, coordinates, fold, header,
    proposal::{Change, Column},
    rows::{self, RowHasher, Seen},
};
use crate::{
    Batch, Options,
    model::Schema,
    validate::{pipeline, threads},
};

/// Says what could be repaired in a table, the whole table first, then by column.
///
/// `header` are the labels as they came; `batches` come in order and have as many columns. Without a schema, only what
/// needs none is proposed: spaces, misread text, double and empty rows.
///
/// # Errors
/// The first error of `batches`.
pub fn survey<E: Send>(
    schema: Option<&Schema>,
    header: &[String],
    batches: impl Iterator<Item = Result<Batch, E>> + Send,
    options: &Options,
) -> Result<Vec<Proposal>, E> {
    let plan = Plan::new(schema, header);
    let mut sum = Sum::new(&plan);
    pipeline::run(batches, threads(options), || plan.worker(), |outcome| sum.take(outcome))?;
    Ok(sum.conclude())
}

/// What is looked for.
struct Plan<'a> {
    schema: Option<&'a Schema>,
    header: &'a [String],
    matches: Vec<Option<header::Match>>,
    columns: Vec<ColumnPlan>,
    /// The columns of longitude and latitude.
    pair: Option<(usize, usize)>,
    hasher: RowHasher,
}

/// What one batch showed.
struct Outcome {
    batch: Batch,
    columns: Vec<ColumnTally>,
    hashes: Vec<u128>,
    blank: Vec<bool>,
    pair: PairTally,
}

/// Where the points of two columns are.
#[derive(Debug, Default)]
struct PairTally {
    in_france: u64,
    swapped: Tally,
}

/// What all batches showed.
struct Sum<'a> {
    plan: &'a Plan<'a>,
    columns: Vec<ColumnTally>,
    pair: PairTally,
    seen: Seen,
    duplicates: Tally,
    blank: Tally,
    extra: Tally,
}

impl<'a> Plan<'a> {
    fn new(schema: Option<&'a Schema>, header: &'a [String]) -> Self {
        let matches = schema.map_or_else(|| vec![None; header.len()], |schema| header::pair(schema, header));
        let field = |index: usize| schema?.fields.get(matches[index]?.field);
        let columns = (0..header.len()).map(|index| ColumnPlan::new(schema, field(index), Column::at(header, index)));
        let named = |index: usize| field(index).map_or(header[index].as_str(), |field| field.name.as_str());
        let labels: Vec<String> = (0..header.len()).map(|index| fold::label(named(index))).collect();
        let columns = columns.collect();
        let pair = coordinates::pair::columns(&labels);
        Self { schema, header, columns, pair, matches, hasher: RowHasher::new() }
    }

    /// A thread's own means to look at batches.
    fn worker(&self) -> impl FnMut(Batch) -> Outcome + use<'_> {
        let mut workers: Vec<ColumnWorker> = self.columns.iter().map(ColumnPlan::worker).collect();
        move |batch| {
            let blank = rows::blank(&batch);
            let columns =
                workers.iter_mut().zip(&batch.columns).map(|(worker, cells)| worker.survey(cells, batch.first_row));
            let columns = columns.collect();
            let hashes = self.hasher.hashes(&batch);
            let pair = self.pair.map(|pair| self.survey_pair(pair, &batch)).unwrap_or_default();
            Outcome { columns, hashes, blank, pair, batch }
        }
    }

    fn survey_pair(&self, (lon, lat): (usize, usize), batch: &Batch) -> PairTally {
        let mut tally = PairTally::default();
        let (Some(lons), Some(lats)) = (batch.columns.get(lon), batch.columns.get(lat)) else { return tally };
        for row in 0..batch.rows() {
            let (lon, lat) = (rows::cell(lons, row), rows::cell(lats, row));
            match coordinates::pair::place(lon, lat) {
                Some(Place::France) => tally.in_france += 1,
                Some(Place::Swapped) => {
                    tally
                        .swapped
                        .add(batch.first_row + row as u64, || (format!("{lon} ; {lat}"), format!("{lat} ; {lon}")));
                }
                Some(Place::Elsewhere) | None => {}
            }
        }
        tally
    }
}

impl<'a> Sum<'a> {
    fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            columns: plan.columns.iter().map(|_| ColumnTally::default()).collect(),
            pair: PairTally::default(),
            seen: Seen::new(),
            duplicates: Tally::default(),
            blank: Tally::default(),
            extra: Tally::default(),
        }
    }

    /// Takes the next batch's outcome.
    fn take(&mut self, outcome: Outcome) {
        let Outcome { batch, columns, hashes, blank, pair } = outcome;
        for (sum, column) in self.columns.iter_mut().zip(columns) {
            sum.merge(column);
        }
        self.pair.in_france += pair.in_france;
        self.pair.swapped.merge(pair.swapped);
        for (row, (hash, blank)) in hashes.into_iter().zip(blank).enumerate() {
            let number = batch.first_row + row as u64;
            if blank {
                self.blank.add(number, Default::default);
            } else if self.seen.has_or_take(hash) {
                self.duplicates.add(number, || (shown(&batch, row), String::new()));
            }
        }
        for (row, cells) in &batch.extra {
            if cells.iter().all(|cell| rows::is_blank(cell)) {
                self.extra.add(batch.first_row + *row as u64, Default::default);
            }
        }
    }
}

/// A row as an example: its first cells.
fn shown(batch: &Batch, row: usize) -> String {
    let mut text = String::new();
    for cells in &batch.columns {
        let cell = rows::cell(cells, row);
        if cell.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str(" | ");
        }
        text.extend(cell.chars().take(60));
        if text.len() > 160 {
            break;
        }
    }
    text
}
