//! `sum-columns-value`: a column is the sum of others (`column`, `columns`). Rows in which one of them is empty are not
//! checked.

use super::{Check, Obstacle, Params, Preparation, decimal::Decimal};
use crate::{
    model::{FieldKind, NumberOptions},
    report::{Code, Sentence},
    validate::{Batch, Findings, Layout, RuleId},
};

#[derive(Debug)]
struct Sum {
    total: Term,
    terms: Vec<Term>,
    broken: RuleId,
}

#[derive(Debug)]
struct Term {
    column: usize,
    options: NumberOptions,
}

pub(super) fn prepare(params: &Params, preparation: &mut Preparation) -> Result<(), Obstacle> {
    let (total, terms) = (params.column(), params.columns(&["columns", "othercolumns", "column2"]));
    let [total] = total.as_slice() else { return Err(Obstacle::Parameter("column")) };
    if terms.len() < 2 {
        return Err(Obstacle::Parameter("columns"));
    }
    let mut names = vec![total.clone()];
    names.extend(terms.iter().cloned());
    let columns = preparation.columns(&names)?;
    let mut found = names.iter().zip(columns).map(|(name, column)| {
        let options = match preparation.schema.field(name).map(|field| &field.kind) {
            Some(FieldKind::Number(options) | FieldKind::Integer(options)) => options.clone(),
            _ => NumberOptions::default(),
        };
        Term { column, options }
    });
    let Some(total_term) = found.next() else { return Err(Obstacle::NoColumn) };
    let term_list: Vec<Term> = found.collect();
    let sentence = Sentence::new(Code::SumColumnsValue.name()).with("terms", terms.join(" + "));
    let text = format!("{total} = {}", terms.join(" + "));
    let broken = preparation.rules.add(Code::SumColumnsValue, Some(total_term.column), text, sentence);
    preparation.push(Sum { total: total_term, terms: term_list, broken });
    Ok(())
}

impl Term {
    fn value(&self, batch: &Batch, layout: &Layout, row: usize) -> Option<Decimal> {
        let cell = batch.cell(row, self.column).filter(|cell| !layout.is_missing(self.column, Some(cell)))?;
        Decimal::read(cell, &self.options)
    }
}

impl Check for Sum {
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        for row in 0..batch.rows() {
            let Some(total) = self.total.value(batch, layout, row) else { continue };
            let mut terms = self.terms.iter().map(|term| term.value(batch, layout, row));
            let sum = terms.try_fold(Decimal::ZERO, |sum, term| sum.plus(term?));
            let Some(sum) = sum else { continue };
            if sum.order(total).is_some_and(std::cmp::Ordering::is_ne) {
                findings.cell_with(row, self.total.column, self.broken, || vec![("sum", sum.to_string())]);
            }
        }
    }
}
