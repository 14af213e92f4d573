//! `french-siren-value`: a SIREN, spaces and dots between its figures allowed.

use crate::identifier::{Fault, Figures, siren};

pub(super) fn check(value: &str) -> Result<(), Fault> {
    siren::of(&Figures::written(value)?)
}
