//! `opening-hours-value`: opening hours in OpenStreetMap's syntax.

use crate::identifier::{Fault, opening_hours};

pub(super) fn check(value: &str) -> Result<(), Fault> {
    opening_hours::check(value)
}
