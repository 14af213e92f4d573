//! `cohesive-columns-value`: columns that are all filled or all empty (`column`, `othercolumns`).

use super::{Check, Obstacle, Params, Preparation};
use crate::{
    report::{Code, Sentence},
    validate::{Batch, Findings, Layout, RuleId},
};

#[derive(Debug)]
struct Cohesion {
    columns: Vec<usize>,
    broken: RuleId,
}

pub(super) fn prepare(params: &Params, preparation: &mut Preparation) -> Result<(), Obstacle> {
    let mut names = params.column();
    if names.is_empty() {
        return Err(Obstacle::Parameter("column"));
    }
    let others = params.columns(&["othercolumns", "columns", "column2"]);
    names.extend(others);
    if names.len() < 2 {
        return Err(Obstacle::Parameter("othercolumns"));
    }
    let columns = preparation.columns(&names)?;
    let list = names.join(", ");
    let sentence = Sentence::new(Code::CohesiveColumnsValue.name()).with("columns", list.clone());
    let text = format!("cohesive {list}");
    let broken = preparation.rules.add(Code::CohesiveColumnsValue, columns.first().copied(), text, sentence);
    preparation.push(Cohesion { columns, broken });
    Ok(())
}

impl Check for Cohesion {
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        let Some((first, others)) = self.columns.split_first() else { return };
        for row in 0..batch.rows() {
            let filled = |column: &usize| !layout.is_missing(*column, batch.cell(row, *column));
            let expected = filled(first);
            if others.iter().any(|column| filled(column) != expected) {
                findings.cell(row, *first, self.broken);
            }
        }
    }
}
