//! `one-of-required`: at least one of two columns is filled (`column1`, `column2`). A column that isn't there is empty;
//! when neither is, that is one error of the table.

use super::{Check, Obstacle, Params, Preparation};
use crate::{
    report::{Code, Finding, Sentence},
    validate::{Batch, Findings, Layout, RuleId},
};

#[derive(Debug)]
struct OneOf {
    columns: Vec<usize>,
    broken: RuleId,
}

pub(super) fn prepare(params: &Params, preparation: &mut Preparation) -> Result<(), Obstacle> {
    let mut names = params.columns(&["column1", "column"]);
    names.extend(params.columns(&["column2", "othercolumns"]));
    if names.is_empty() {
        names = params.columns(&["columns"]);
    }
    if names.len() < 2 {
        return Err(Obstacle::Parameter("column2"));
    }
    let columns: Vec<usize> = names.iter().filter_map(|name| preparation.layout.column(name)).collect();
    let code = Code::OneOfRequired;
    let list = names.join(", ");
    let rule = format!("one of {list}");
    if columns.is_empty() {
        let sentence = Sentence::new("one-of-required-columns").with("columns", list);
        preparation.compiled.findings.push(Finding {
            code,
            row: None,
            field: None,
            field_number: None,
            value: None,
            rule,
            sentence,
        });
        return Ok(());
    }
    let sentence = Sentence::new(code.name()).with("columns", list);
    let broken = preparation.rules.add(code, None, rule, sentence);
    preparation.push(OneOf { columns, broken });
    Ok(())
}

impl Check for OneOf {
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        for row in 0..batch.rows() {
            let empty = |column: &usize| layout.is_missing(*column, batch.cell(row, *column));
            // A blank row is an error of its own.
            if self.columns.iter().all(empty) && !findings.is_blank(row) {
                findings.row(row, self.broken);
            }
        }
    }
}
