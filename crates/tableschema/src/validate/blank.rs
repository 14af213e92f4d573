//! Rows without a value.

use super::{Batch, Layout};

/// The rows of a batch in which every cell stands for no value, in order.
pub(super) fn rows(batch: &Batch, layout: &Layout) -> Vec<u32> {
    let mut blank: Vec<u32> = match batch.columns.len() {
        0 => return Vec::new(),
        _ => (0..batch.rows() as u32).filter(|row| layout.is_missing(0, batch.cell(*row as usize, 0))).collect(),
    };
    for column in 1..batch.columns.len() {
        if blank.is_empty() {
            break;
        }
        blank.retain(|row| layout.is_missing(column, batch.cell(*row as usize, column)));
    }
    blank
}
