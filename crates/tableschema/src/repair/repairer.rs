//! Makes the repairs that were chosen, batch by batch.

use std::collections::HashMap;

use arrow::{
    array::{Array, ArrayRef, BooleanArray, StringArray, builder::StringBuilder, cast::AsArray, new_empty_array},
    compute::filter,
    datatypes::DataType,
};
use serde::{Deserialize, Serialize};

use super::{
    Place, Proposal, RepairCode, Target, coordinates,
    date::DayOrder,
    examiner::{Examiner, Unsure},
    layout::Layout,
    proposal::Recipe,
    rows::{self, RowHasher, Seen},
};
use crate::Batch;

/// Makes repairs; batches come in order.
#[derive(Debug)]
pub struct Repairer {
    layout: Layout,
    columns: Vec<ColumnRepairer>,
    /// Longitude, latitude, and the place of the repair in `done`.
    pairs: Vec<(usize, usize, usize)>,
    blank_rows: Option<usize>,
    extra_cells: Option<usize>,
    duplicates: Option<Duplicates>,
    done: Vec<Done>,
    next_row: Option<u64>,
}

/// What a repair did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// Its identifier.
    pub id: String,
    /// Cells, rows or columns changed.
    pub count: u64,
}

#[derive(Debug)]
struct Duplicates {
    hasher: RowHasher,
    seen: Seen,
    done: usize,
}

/// The repairs of one column.
#[derive(Debug)]
struct ColumnRepairer {
    index: usize,
    examiner: Examiner,
    /// Code and certainty of what is to be done, with its place in `done`.
    chosen: HashMap<(RepairCode, bool), usize>,
}

impl Repairer {
    /// Repairs of a table with this header, in the order of the proposals. A repair of a column that isn't there any
    /// more does nothing.
    #[must_use]
    pub fn new(header: &[String], proposals: &[Proposal]) -> Self {
        let mut repairer = Self {
            layout: Layout::new(header),
            columns: Vec::new(),
            pairs: Vec::new(),
            blank_rows: None,
            extra_cells: None,
            duplicates: None,
            done: proposals.iter().map(|proposal| Done { id: proposal.id.clone(), count: 0 }).collect(),
            next_row: None,
        };
        for (done, proposal) in proposals.iter().enumerate() {
            repairer.choose(header, proposal, done);
        }
        repairer.layout.arrange();
        repairer
    }

    /// The labels of the repaired table.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        self.layout.labels()
    }

    /// What was done so far, by repair.
    #[must_use]
    pub fn done(&self) -> Vec<Done> {
        self.done.clone()
    }

    fn choose(&mut self, header: &[String], proposal: &Proposal, done: usize) {
        match &proposal.recipe {
            Recipe::Cells { column, asked, order, likely } => {
                if let Some(index) = column.find(header) {
                    let target = || Target::new(asked.as_ref().clone());
                    self.choose_cells(index, (proposal.code, !likely), target, *order, done);
                }
            }
            Recipe::Rename { column, label } => {
                if let Some(index) = column.find(header) {
                    self.done[done].count = u64::from(self.layout.rename(index, label));
                }
            }
            Recipe::AddColumns { labels } => self.done[done].count = self.layout.add(labels),
            Recipe::Arrange { labels } => {
                self.layout.ask_order(labels);
                self.done[done].count = proposal.count;
            }
            Recipe::DropColumns { columns } => {
                let found = columns.iter().filter_map(|column| column.find(header));
                self.done[done].count = found.map(|index| self.layout.drop_column(index)).map(u64::from).sum();
            }
            Recipe::ExchangePair { longitude, latitude } => {
                let found = longitude.find(header).zip(latitude.find(header));
                self.pairs.extend(found.map(|(lon, lat)| (lon, lat, done)));
            }
            Recipe::DropBlankRows => self.blank_rows = Some(done),
            Recipe::DropExtraCells => self.extra_cells = Some(done),
            Recipe::DropDuplicateRows => {
                self.duplicates = Some(Duplicates { hasher: RowHasher::new(), seen: Seen::new(), done });
            }
            Recipe::Report => {}
        }
    }

    fn choose_cells(
        &mut self,
        index: usize,
        repair: (RepairCode, bool),
        target: impl FnOnce() -> Target,
        order: DayOrder,
        done: usize,
    ) {
        let place = self.columns.iter().position(|column| column.index == index);
        let place = place.unwrap_or_else(|| {
            let examiner = Examiner::new(target(), order);
            self.columns.push(ColumnRepairer { index, examiner, chosen: HashMap::new() });
            self.columns.len() - 1
        });
        self.columns[place].chosen.insert(repair, done);
    }

    /// The repaired rows. There may be fewer, and the columns are those of [`Repairer::header`].
    #[must_use]
    pub fn repair(&mut self, batch: Batch) -> Batch {
        let first_row = *self.next_row.get_or_insert(batch.first_row);
        let kept = self.kept_rows(&batch);
        let Batch { mut columns, mut extra, .. } = batch;
        for column in &mut self.columns {
            if let Some(cells) = columns.get_mut(column.index) {
                column.repair(cells, &kept, &mut self.done);
            }
        }
        for (lon, lat, done) in &self.pairs {
            self.done[*done].count += exchange(&mut columns, *lon, *lat, &kept);
        }
        if let Some(done) = self.extra_cells {
            let before = extra.len();
            extra.retain(|(_, cells)| !cells.iter().all(|cell| rows::is_blank(cell)));
            self.done[done].count += (before - extra.len()) as u64;
        }
        drop_rows(&kept, &mut columns, &mut extra);
        let rows = columns.first().map_or(0, Array::len);
        self.next_row = Some(first_row + rows as u64);
        Batch { first_row, columns: self.layout.apply(columns, rows), extra }
    }

    /// By row, whether it stays.
    fn kept_rows(&mut self, batch: &Batch) -> Vec<bool> {
        let mut kept = vec![true; batch.rows()];
        let blank = match (self.blank_rows, &self.duplicates) {
            (None, None) => return kept,
            _ => rows::blank(batch),
        };
        if let Some(done) = self.blank_rows {
            for (kept, _) in kept.iter_mut().zip(&blank).filter(|(_, blank)| **blank) {
                *kept = false;
                self.done[done].count += 1;
            }
        }
        if let Some(Duplicates { hasher, seen, done }) = &mut self.duplicates {
            for ((kept, blank), hash) in kept.iter_mut().zip(&blank).zip(hasher.hashes(batch)) {
                if !blank && seen.has_or_take(hash) {
                    *kept = false;
                    self.done[*done].count += 1;
                }
            }
        }
        kept
    }
}

impl ColumnRepairer {
    fn repair(&mut self, cells: &mut StringArray, kept: &[bool], done: &mut [Done]) {
        let mut changes: Vec<(usize, String)> = Vec::new();
        let chosen = &self.chosen;
        self.examiner.each_unsure(cells, |row, _, Unsure { suggestion }| {
            if let Some(suggestion) = suggestion
                && let Some(place) = chosen.get(&(suggestion.code, suggestion.certain))
                && kept.get(row).copied().unwrap_or(true)
            {
                done[*place].count += 1;
                changes.push((row, suggestion.after.clone()));
            }
        });
        if !changes.is_empty() {
            *cells = with(cells, changes);
        }
    }
}

/// The cells with changes, which are in the order of rows.
fn with(cells: &StringArray, changes: Vec<(usize, String)>) -> StringArray {
    let mut changes = changes.into_iter().peekable();
    let mut changed = StringBuilder::with_capacity(cells.len(), cells.value_data().len());
    for row in 0..cells.len() {
        match changes.next_if(|(at, _)| *at == row) {
            Some((_, after)) => changed.append_value(after),
            None => changed.append_option(cells.is_valid(row).then(|| cells.value(row))),
        }
    }
    changed.finish()
}

/// Exchanges two columns in the rows whose point is in France only so.
fn exchange(columns: &mut [StringArray], lon: usize, lat: usize, kept: &[bool]) -> u64 {
    let (Some(lons), Some(lats)) = (columns.get(lon), columns.get(lat)) else { return 0 };
    let (mut to_lon, mut to_lat) = (Vec::new(), Vec::new());
    for row in (0..lons.len()).filter(|row| kept.get(*row).copied().unwrap_or(true)) {
        let (one, other) = (rows::cell(lons, row), rows::cell(lats, row));
        if coordinates::pair::place(one, other) == Some(Place::Swapped) {
            to_lon.push((row, other.to_owned()));
            to_lat.push((row, one.to_owned()));
        }
    }
    let count = to_lon.len() as u64;
    if count > 0 {
        let (lons, lats) = (with(lons, to_lon), with(lats, to_lat));
        columns[lon] = lons;
        columns[lat] = lats;
    }
    count
}

fn drop_rows(kept: &[bool], columns: &mut [StringArray], extra: &mut Vec<(usize, Vec<String>)>) {
    if kept.iter().all(|kept| *kept) {
        return;
    }
    let mask = BooleanArray::from(kept.to_vec());
    for cells in columns {
        let array: ArrayRef = filter(cells, &mask).unwrap_or_else(|_| new_empty_array(&DataType::Utf8));
        *cells = array.as_string().clone();
    }
    let mut places = Vec::with_capacity(kept.len());
    let mut next = 0;
    for kept in kept {
        places.push(kept.then_some(next));
        next += usize::from(*kept);
    }
    let moved = std::mem::take(extra).into_iter();
    *extra = moved.filter_map(|(row, cells)| Some(((*places.get(row)?)?, cells))).collect();
}
