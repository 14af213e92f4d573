//! `finess-value`: the number of a health or social establishment.

use crate::identifier::{Fault, finess};

pub(super) fn check(value: &str) -> Result<(), Fault> {
    finess::check(value)
}
