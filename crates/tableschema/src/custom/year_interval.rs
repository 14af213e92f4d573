//! `year-interval-value`: `2019/2020`, or `2019` with `allow-year-only`.

use crate::identifier::{Fault, year_interval};

pub(super) fn check(value: &str, year_only: bool) -> Result<(), Fault> {
    year_interval::check(value, year_only)
}
