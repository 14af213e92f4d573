//! How a snapshot is written, and how far it is.

use crate::limits::Limits;

/// How a table is typed and written.
#[derive(Debug, Clone)]
pub struct WriteOptions {
    /// Share of a column's non-empty cells that must fit its type.
    pub threshold: f64,
    /// Threads that type and encode, beside the one that reads.
    pub threads: usize,
    /// Bounds on what the table may ask.
    pub limits: Limits,
}

impl Default for WriteOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { threshold: 0.98, threads, limits: Limits::default() }
    }
}

/// How far the writing of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// 1; 2 when the first rows misled on a column's type and the table is read once more.
    pub pass: u8,
    /// Rows read in this pass.
    pub rows: u64,
    /// Bytes of the source read in this pass.
    pub bytes: u64,
}
