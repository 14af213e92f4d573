//! `french-gps-coordinates`: a point that is in France; one that is so only with latitude and longitude exchanged has
//! an error of its own.

use arrow::array::Array;

use super::{Check, Obstacle, Params, Preparation};
use crate::{
    repair::{Place, place},
    report::{Code, Sentence},
    validate::{Batch, Findings, Layout, RuleId},
};

#[derive(Debug)]
struct InFrance {
    column: usize,
    elsewhere: RuleId,
    swapped: RuleId,
}

pub(super) fn prepare(params: &Params, preparation: &mut Preparation) -> Result<(), Obstacle> {
    let names = params.column();
    if names.is_empty() {
        return Err(Obstacle::Parameter("column"));
    }
    for column in preparation.columns(&names)? {
        let mut rule = |code: Code| preparation.rules.add(code, Some(column), code.name(), Sentence::new(code.name()));
        let elsewhere = rule(Code::FrenchGpsCoordinates);
        let swapped = rule(Code::ReversedFrenchGpsCoordinates);
        preparation.push(InFrance { column, elsewhere, swapped });
    }
    Ok(())
}

impl Check for InFrance {
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        let Some(cells) = batch.columns.get(self.column) else { return };
        for row in (0..cells.len()).filter(|row| cells.is_valid(*row)) {
            let rule = match place(cells.value(row)) {
                Some(Place::Elsewhere) => self.elsewhere,
                Some(Place::Swapped) => self.swapped,
                // What is no point is an error of its type.
                Some(Place::France) | None => continue,
            };
            if !layout.is_missing(self.column, Some(cells.value(row))) {
                findings.cell(row, self.column, rule);
            }
        }
    }
}
