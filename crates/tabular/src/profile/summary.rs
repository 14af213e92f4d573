//! What the measures of any column come to.

use super::{Bin, Frequency, Value};

/// Most frequent values kept in a profile.
pub(crate) const TOP: usize = 10;

/// The part of a column's profile that comes from its values.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub distinct: u64,
    pub distinct_exact: bool,
    pub min: Option<Value>,
    pub max: Option<Value>,
    pub mean: Option<f64>,
    pub std: Option<f64>,
    pub sum: Option<f64>,
    pub quantiles: Option<[f64; 5]>,
    pub top: Vec<Frequency>,
    pub histogram: Vec<Bin>,
    pub sorted: bool,
}
