//! `phone-number-value`: a telephone number, French or international, short numbers included.

use crate::identifier::{Fault, phone};

pub(super) fn check(value: &str) -> Result<(), Fault> {
    phone::check(value)
}
