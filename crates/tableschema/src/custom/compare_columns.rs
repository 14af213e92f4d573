//! `compare-columns-value`: a column's value is at least, at most… another's (`column`, `op`, `column2`).

use std::cmp::Ordering;

use super::{Check, Obstacle, Params, Preparation, typed};
use crate::{
    report::{Code, Sentence},
    validate::{Batch, Findings, Layout, RuleId},
    value::Reader,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Above,
    AtLeast,
    Equal,
    AtMost,
    Below,
    Different,
}

impl Operator {
    fn read(text: &str) -> Option<Self> {
        Some(match text.trim() {
            ">" => Self::Above,
            ">=" => Self::AtLeast,
            "==" | "=" => Self::Equal,
            "<=" => Self::AtMost,
            "<" => Self::Below,
            "!=" => Self::Different,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AtLeast => "at-least",
            Self::Equal => "equal",
            Self::AtMost => "at-most",
            Self::Below => "below",
            Self::Different => "different",
        }
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Equal => order.is_eq(),
            Self::AtMost => order.is_le(),
            Self::Below => order.is_lt(),
            Self::Different => order.is_ne(),
        }
    }
}

#[derive(Debug)]
struct Comparison {
    columns: [usize; 2],
    readers: [Reader; 2],
    operator: Operator,
    broken: RuleId,
}

pub(super) fn prepare(params: &Params, preparation: &mut Preparation) -> Result<(), Obstacle> {
    let operator = params.text(&["op", "operator"]).and_then(Operator::read).ok_or(Obstacle::Parameter("op"))?;
    let (first, second) = (params.column(), params.columns(&["column2", "othercolumn", "other", "columns"]));
    let ([first], [second]) = (first.as_slice(), second.as_slice()) else { return Err(Obstacle::Parameter("column2")) };
    let columns = preparation.columns(&[first.clone(), second.clone()])?;
    let [one, two] = columns.as_slice() else { return Err(Obstacle::NoColumn) };
    let readers = [first, second].map(|name| typed::reader(preparation.schema.field(name)));
    let sentence =
        Sentence::new(Code::CompareColumnsValue.name()).with("other", second.clone()).with("op", operator.name());
    let text = format!("{first} {} {second}", params.text(&["op", "operator"]).unwrap_or_default());
    let broken = preparation.rules.add(Code::CompareColumnsValue, Some(*one), text, sentence);
    preparation.push(Comparison { columns: [*one, *two], readers, operator, broken });
    Ok(())
}

impl Check for Comparison {
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        let [first, second] = self.columns;
        for row in 0..batch.rows() {
            let (Some(one), Some(two)) = (batch.cell(row, first), batch.cell(row, second)) else { continue };
            if layout.is_missing(first, Some(one)) || layout.is_missing(second, Some(two)) {
                continue;
            }
            // What is not of its field's type is told elsewhere.
            let [reader, other] = &self.readers;
            let (Some(value), Some(compared)) = (reader.read(one), other.read(two)) else { continue };
            let order = typed::order(&value, &compared);
            if order.is_some_and(|order| self.operator.holds(order)) {
                continue;
            }
            let fault = if order.is_some() { "order" } else { "kinds" };
            findings
                .cell_with(row, first, self.broken, || vec![("fault", fault.to_owned()), ("compared", two.to_owned())]);
        }
    }
}
