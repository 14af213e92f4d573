//! Validation: one pass over batches of columns, on several threads, in bounded memory.

mod batch;
mod blank;
mod cell;
mod collect;
mod column;
mod findings;
mod foreign;
mod header;
mod keys;
mod layout;
pub(crate) mod pipeline;
mod plan;
mod rules;

pub use batch::Batch;
pub(crate) use cell::CellCheck;
pub(crate) use findings::Findings;
pub use foreign::ForeignTables;
pub(crate) use layout::Layout;
pub(crate) use rules::{RuleId, Rules};

use self::{collect::Collector, plan::Plan};
use crate::{Options, Report, Schema};

/// Checks a table against a schema.
///
/// `header` are the labels as they came; `batches` come in order and have as many columns as the header. References
/// to other tables are checked against `foreign`.
///
/// # Errors
/// The first error of `batches`; what was found before it is lost.
pub fn validate<E: Send>(
    schema: &Schema,
    header: &[String],
    batches: impl Iterator<Item = Result<Batch, E>> + Send,
    foreign: &ForeignTables,
    options: &Options,
) -> Result<Report, E> {
    let plan = Plan::new(schema, header, foreign, options);
    let mut collector = Collector::new(&plan, options);
    let left = collector.left();
    pipeline::run(batches, threads(options), || plan.worker(&left), |checked| collector.take(checked))?;
    Ok(collector.finish())
}

pub(crate) fn threads(options: &Options) -> usize {
    match options.threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        threads => threads,
    }
}
