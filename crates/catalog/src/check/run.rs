//! The consumers of a reading, and what each found.

use std::sync::mpsc::SyncSender;

use personal_data::Guard;
use tableschema::repair::Proposal;
use tableschema::{ForeignTables, Report, Schema};

use super::cells::Piece;
use super::fan_out;
use super::locate::{self, Examiner, Locating};
use crate::error::{Error, Result};

/// Who looks at the rows.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    pub schema: Option<&'a Schema>,
    /// The keys that rows refer to.
    pub foreign: &'a ForeignTables,
    pub guard: Option<(&'a personal_data::Context, &'a personal_data::Options)>,
    pub repairs: bool,
    /// Whether columns of addresses are looked for.
    pub addresses: bool,
    /// Findings that validation keeps.
    pub budget: usize,
}

/// What they found; `None` when nobody looked.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub validation: Option<Report>,
    pub personal: Option<Vec<personal_data::Finding>>,
    pub repairs: Option<Vec<Proposal>>,
    pub locating: Option<Locating>,
}

/// Starts a thread for each, has `feed` give them the rows, and waits for what they found. What `feed` says goes first:
/// the error of a reader says more than what follows from it.
pub(super) fn run<T>(
    header: &[String],
    wanted: &Wanted<'_>,
    feed: impl FnOnce(Vec<SyncSender<Piece>>) -> Result<T>,
) -> Result<(T, Found)> {
    let options = tableschema::Options { errors: wanted.budget, ..tableschema::Options::default() };
    let options = &options;
    std::thread::scope(|scope| {
        let mut consumers = Vec::new();
        let mut consumer = || {
            let (sender, batches) = fan_out::channel();
            consumers.push(sender);
            batches
        };
        let validation = wanted.schema.map(|schema| {
            let batches = fan_out::sound(consumer());
            scope.spawn(move || tableschema::validate(schema, header, batches, wanted.foreign, options))
        });
        let repairs = wanted.repairs.then(|| {
            let (batches, schema) = (fan_out::sound(consumer()), wanted.schema);
            scope.spawn(move || tableschema::repair::survey(schema, header, batches, options))
        });
        let personal = wanted.guard.map(|(context, options)| {
            let (batches, guard) = (consumer(), Guard::new(header, context.clone(), options));
            scope.spawn(move || fan_out::scan(guard, batches))
        });
        let examiner = if wanted.addresses { Examiner::new(header) } else { None };
        let locating = examiner.map(|examiner| {
            let batches = consumer();
            scope.spawn(move || locate::examine(examiner, batches))
        });
        let fed = feed(consumers);
        let validation = validation.map(|thread| ended(thread.join())).transpose();
        let repairs = repairs.map(|thread| ended(thread.join())).transpose();
        let personal = personal.map(|thread| ended(thread.join())).transpose();
        let locating = locating.map(|thread| ended(thread.join())).transpose();
        let found = Found {
            validation: validation?.map(fan_out::outcome),
            personal: personal?,
            repairs: repairs?.map(fan_out::outcome),
            locating: locating?.flatten(),
        };
        Ok((fed?, found))
    })
}

fn ended<T>(joined: std::thread::Result<T>) -> Result<T> {
    joined.map_err(|_| Error::Record("a check ended early".to_owned()))
}
