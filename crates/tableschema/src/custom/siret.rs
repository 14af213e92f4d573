//! `french-siret-value`: a SIRET, spaces and dots between its figures allowed.

use crate::identifier::{Fault, Figures, siret};

pub(super) fn check(value: &str) -> Result<(), Fault> {
    siret::of(&Figures::written(value)?)
}
