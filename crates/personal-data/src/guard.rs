//! Scans columns of text, batch by batch, and tells what is personal.

use std::sync::{Arc, Mutex};

use arrow::array::{Array, StringArray};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::{
    Context, Finding, Rules, Subject,
    column::{Column, Settings},
    context,
    header::{Heading, Meaning},
    verdict::Verdict,
};

/// Most columns of names that are compared with the others, row by row.
const MOST_NAME_COLUMNS: usize = 32;
/// Fewest cells of a batch for which another thread is worth its start.
const WORTH_A_THREAD: usize = 16_384;

/// Least count of persons that is published, unless an option says otherwise.
pub(crate) const LEAST_COUNT: u64 = 5;
/// The same for data from taxation.
const LEAST_FISCAL_COUNT: u64 = 11;

/// How to scan.
#[derive(Debug, Clone)]
pub struct Options {
    /// Least count of persons that may be published.
    pub k: u64,
    /// The same for data from taxation.
    pub fiscal_k: u64,
    /// Number of masked cells that a finding shows.
    pub examples: usize,
    /// Threads that share the columns of a batch.
    pub threads: usize,
    /// The current year: births are counted back from it.
    pub year: i32,
    /// The rules of law.
    pub rules: Arc<Rules>,
}

impl Default for Options {
    fn default() -> Self {
        let year = i32::from(jiff::Zoned::now().year());
        Self { k: LEAST_COUNT, fiscal_k: LEAST_FISCAL_COUNT, examples: 3, threads: 2, year, rules: Rules::shipped() }
    }
}

/// Rows shared by what may be personal (a column, its place in [`crate::column::BESIDE`]) and a column of names.
pub(crate) type Beside = HashMap<(usize, usize, usize), u64, FixedState>;

/// A scan under way. It keeps counts and a few masked examples, never rows.
#[derive(Debug)]
pub struct Guard {
    header: Vec<String>,
    options: Options,
    subjects: Vec<Subject>,
    fiscal: bool,
    columns: Vec<Column>,
    beside: Beside,
}

impl Guard {
    /// Prepares a scan of a table with this header.
    pub fn new(header: &[String], context: Context, options: &Options) -> Self {
        let headings: Vec<Heading> = header.iter().map(|label| Heading::new(label)).collect();
        let subjects = context::subjects(&context, &headings);
        let titles = [&context.file_name, &context.title];
        let fiscal = titles.into_iter().flatten().any(|title| Heading::new(title).says(Meaning::Fiscal))
            || headings.iter().any(|heading| heading.says(Meaning::Fiscal));
        let demographic = headings.iter().any(|heading| heading.says(Meaning::Demographic));
        let of_persons = demographic || subjects.contains(&Subject::FirstNames);
        let k = if fiscal { options.fiscal_k } else { options.k };
        let settings = |heading: &Heading| Settings {
            k,
            examples: options.examples,
            this_year: options.year,
            counts_persons: heading.says(Meaning::Count)
                && !heading.says(Meaning::Ballot)
                && (of_persons || heading.says(Meaning::Persons)),
        };
        let columns = headings.into_iter().map(|heading| {
            let settings = settings(&heading);
            Column::new(heading, settings)
        });
        Self {
            columns: columns.collect(),
            header: header.to_vec(),
            options: options.clone(),
            subjects,
            fiscal,
            beside: Beside::default(),
        }
    }

    /// What the table is about, as far as its name and header tell.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// Scans a batch. `first_row` is the number of its first row, as the caller counts. Columns beyond the header are
    /// passed over.
    pub fn scan(&mut self, columns: &[StringArray], first_row: u64) {
        let cells: usize = columns.first().map_or(0, Array::len) * columns.len();
        let threads = if cells < WORTH_A_THREAD { 1 } else { self.options.threads.clamp(1, columns.len().max(1)) };
        if threads == 1 {
            for (column, cells) in self.columns.iter_mut().zip(columns) {
                column.scan(cells, first_row);
            }
        } else {
            scan_together(&mut self.columns, columns, first_row, threads);
        }
        self.compare_rows();
    }

    fn compare_rows(&mut self) {
        let named = self.columns.iter().enumerate().filter(|(_, column)| !column.persons.is_empty());
        let named: Vec<usize> = named.map(|(index, _)| index).take(MOST_NAME_COLUMNS).collect();
        if named.is_empty() {
            return;
        }
        for (index, column) in self.columns.iter().enumerate() {
            for (kind, rows) in column.beside.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
                for name in named.iter().filter(|name| **name != index) {
                    let shared = rows.shared(&self.columns[*name].persons);
                    if shared > 0 {
                        *self.beside.entry((index, kind, *name)).or_default() += shared;
                    }
                }
            }
        }
    }

    /// What was found, the gravest first.
    pub fn finish(self) -> Vec<Finding> {
        Verdict::new(&self.header, &self.columns, &self.beside, &self.subjects, self.fiscal, &self.options).findings()
    }
}

/// Threads take columns one after another until none is left.
fn scan_together(columns: &mut [Column], cells: &[StringArray], first_row: u64, threads: usize) {
    let waiting = Mutex::new(columns.iter_mut().zip(cells));
    let take = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || {
        while let Some((column, cells)) = take() {
            column.scan(cells, first_row);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
}
