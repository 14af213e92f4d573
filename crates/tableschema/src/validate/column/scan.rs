//! The pass over a column's cells: quick where a cell is plainly valid, thorough where it isn't.

use arrow::array::{Array, StringArray};

use super::{constraint::Constraint, items::Items};
use crate::{
    validate::{Batch, Findings, RuleId},
    value::{Reader, Value},
};

/// The check of one column.
#[derive(Debug, Clone)]
pub(in crate::validate) struct ColumnCheck {
    pub(super) column: usize,
    pub(super) reader: Reader,
    pub(super) missing: Missing,
    pub(super) required: Option<RuleId>,
    pub(super) type_rule: RuleId,
    pub(super) constraints: Vec<Constraint>,
    pub(super) items: Option<Items>,
}

/// Texts that stand for no value.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    empty: bool,
    others: Vec<Box<[u8]>>,
}

impl Missing {
    pub(super) fn new(texts: &[String]) -> Self {
        let others = texts.iter().filter(|text| !text.is_empty()).map(|text| text.as_bytes().into()).collect();
        Self { empty: texts.iter().any(String::is_empty), others }
    }

    #[inline]
    fn has(&self, cell: &[u8]) -> bool {
        if cell.is_empty() { self.empty } else { self.others.iter().any(|other| **other == *cell) }
    }
}

impl ColumnCheck {
    /// The column that it is about.
    pub(in crate::validate) fn column(&self) -> usize {
        self.column
    }

    /// Checks the cells of a batch.
    pub(in crate::validate) fn check_batch(&self, batch: &Batch, findings: &mut Findings) {
        if let Some(cells) = batch.columns.get(self.column) {
            self.check(cells, findings);
        }
    }

    fn check(&self, cells: &StringArray, findings: &mut Findings) {
        if self.is_idle() {
            return;
        }
        match &self.reader {
            Reader::Text if self.constraints.is_empty() => self.find_missing(cells, findings),
            Reader::Text => self.scan(cells, findings, |_| true),
            Reader::Number(form) => self.scan(cells, findings, |cell| form.is_plainly(cell)),
            reader => self.scan(cells, findings, |cell| reader.is_plainly(cell)),
        }
    }

    /// Whether a cell that has a value is of the type and within the constraints.
    #[inline]
    pub(in crate::validate) fn accepts(&self, cell: &str) -> bool {
        self.accepts_plainly(cell.as_bytes()) || self.accepts_thoroughly(cell)
    }

    /// Whether the bytes of a cell are so beyond doubt. A no says nothing.
    #[inline]
    pub(in crate::validate) fn accepts_plainly(&self, cell: &[u8]) -> bool {
        self.reader.is_plainly(cell)
            && self.constraints.iter().all(|constraint| constraint.test.is_plainly_met(cell))
            && self.items.is_none()
    }

    #[cold]
    fn accepts_thoroughly(&self, cell: &str) -> bool {
        let Some(value) = self.reader.read(cell) else { return false };
        let met = self.constraints.iter().all(|constraint| constraint.test.is_met(&value));
        let items = match (&self.items, &value) {
            (Some(items), Value::Json(array)) => items.broken(array).is_empty(),
            _ => true,
        };
        met && items
    }

    /// Whether any text will do.
    pub(in crate::validate) fn accepts_all(&self) -> bool {
        matches!(self.reader, Reader::Text) && self.constraints.is_empty()
    }

    /// Whether any cell is valid.
    fn is_idle(&self) -> bool {
        matches!(self.reader, Reader::Text) && self.constraints.is_empty() && self.required.is_none()
    }

    /// Where any text will do but none is an error.
    fn find_missing(&self, cells: &StringArray, findings: &mut Findings) {
        let Some(required) = self.required else { return };
        let (offsets, bytes) = (cells.value_offsets(), cells.value_data());
        let is_missing = |pair: &[i32]| match pair {
            [start, end] if start == end => self.missing.empty,
            [start, end] => !self.missing.others.is_empty() && self.missing.has(&bytes[*start as usize..*end as usize]),
            _ => false,
        };
        for (row, pair) in offsets.windows(2).enumerate() {
            if is_missing(pair) || cells.is_null(row) {
                findings.cell(row, self.column, required);
            }
        }
    }

    #[inline]
    fn scan(&self, cells: &StringArray, findings: &mut Findings, is_plainly: impl Fn(&[u8]) -> bool) {
        let (offsets, bytes) = (cells.value_offsets(), cells.value_data());
        let nulls = cells.nulls();
        for (row, pair) in offsets.windows(2).enumerate() {
            let [start, end] = pair else { continue };
            if nulls.is_some_and(|nulls| nulls.is_null(row)) {
                self.explain(cells, row, findings);
                continue;
            }
            let cell = &bytes[*start as usize..*end as usize];
            if cell.is_empty() && self.missing.empty && self.required.is_none() {
                continue;
            }
            let plain = is_plainly(cell)
                && !self.missing.has(cell)
                && self.constraints.iter().all(|constraint| constraint.test.is_plainly_met(cell))
                && self.items.is_none();
            if !plain {
                self.explain(cells, row, findings);
            }
        }
    }

    /// Says all that is wrong with a cell, if anything.
    #[cold]
    fn explain(&self, cells: &StringArray, row: usize, findings: &mut Findings) {
        let cell = cells.value(row);
        if cells.is_null(row) || self.missing.has(cell.as_bytes()) {
            if let Some(required) = self.required {
                findings.cell(row, self.column, required);
            }
            return;
        }
        let Some(value) = self.reader.read(cell) else {
            findings.cell(row, self.column, self.type_rule);
            return;
        };
        for Constraint { rule, test } in &self.constraints {
            if !test.is_met(&value) {
                findings.cell_with(row, self.column, *rule, || {
                    test.reason(&value).map(|reason| ("reason", reason)).into_iter().collect()
                });
            }
        }
        if let (Some(items), Value::Json(array)) = (&self.items, &value) {
            for rule in items.broken(array) {
                findings.cell(row, self.column, rule);
            }
        }
    }

    /// The value of a cell, for keys; `None`: missing, or not of the type.
    pub(in crate::validate) fn value<'a>(&self, cells: &'a StringArray, row: usize) -> Option<Value<'a>> {
        if cells.is_null(row) {
            return None;
        }
        let cell = cells.value(row);
        if self.missing.has(cell.as_bytes()) { None } else { self.reader.read(cell) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use crate::{
        Limits, Options, Schema,
        validate::{Findings, Layout, Rules, column::Builder},
    };

    use super::*;

    /// What a field and the cells of its column are made from.
    fn field(kind: usize, required: bool, missing: usize) -> serde_json::Value {
        let constraints = [
            json!({}),
            json!({"minimum": "1", "maximum": 5}),
            json!({"enum": ["1", "2.0", "1a"]}),
            json!({"pattern": "[0-9]+", "maxLength": 3}),
            json!({"minLength": 2, "enum": ["12", "é1"]}),
            json!({"exclusiveMinimum": 1}),
        ];
        let missing_values = [json!([""]), json!(["-"]), json!(["", "1"]), json!([])];
        let kinds = ["string", "number", "integer", "boolean", "date", "year", "any", "array"];
        let mut constraints = constraints[kind % constraints.len()].clone();
        constraints["required"] = json!(required);
        json!({
            "name": "v",
            "type": kinds[kind / constraints.as_object().unwrap().len().max(1) % kinds.len()],
            "constraints": constraints,
            "missingValues": missing_values[missing],
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn the_quick_way_says_what_the_thorough_one_says(
            kind in 0usize..48,
            required: bool,
            missing in 0usize..4,
            cells in prop::collection::vec(prop::option::of("[-+]?[0-9é]{0,3}(\\.[0-9]{0,2})?|true|0|2024-0[1-3]-[0-3][0-9]|\\[1\\]"), 1..6),
        ) {
            let descriptor = json!({"fields": [field(kind, required, missing)]});
            let schema = Schema::from_value(&descriptor, &Limits::default()).unwrap();
            let layout = Layout::new(&schema, &["v".to_owned()], None);
            let (options, mut rules, mut notes) = (Options::default(), Rules::default(), Vec::new());
            let mut builder = Builder::new(&schema, &layout, &options, &mut rules, &mut notes);
            let check = builder.column(0).unwrap();
            let cells: StringArray = cells.iter().map(Option::as_deref).collect();
            let (mut quick, mut thorough) = (Findings::new(100, rules.len()), Findings::new(100, rules.len()));
            check.check(&cells, &mut quick);
            for row in 0..cells.len() {
                check.explain(&cells, row, &mut thorough);
            }
            prop_assert_eq!(quick.first(), thorough.first());
        }
    }
}
