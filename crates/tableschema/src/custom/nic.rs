//! `nic-value`: the five figures of an establishment's number.

use crate::identifier::{Fault, nic};

pub(super) fn check(value: &str) -> Result<(), Fault> {
    nic::check(value)
}
