//! One cell against one field, outside a validation: what repairs are tried with.

use super::{
    Layout, Rules,
    column::{Builder, ColumnCheck},
};
use crate::{
    Options,
    model::{Field, MissingValue, Schema, Version},
};

/// What a field asks of its cells.
#[derive(Debug, Clone)]
pub(crate) struct CellCheck {
    /// `None`: constraints or formats that cannot be checked; nothing is right for sure.
    check: Option<ColumnCheck>,
}

impl CellCheck {
    /// The check of a field whose missing values are those given.
    pub(crate) fn new(field: &Field, missing: &[String]) -> Self {
        let missing = missing.iter().map(|value| MissingValue { value: value.clone(), label: None });
        let field = Field { missing_values: Some(missing.collect()), ..field.clone() };
        let header = [field.name.clone()];
        let schema = of_one_field(field);
        let (options, layout) = (Options::default(), Layout::new(&schema, &header, None));
        let (mut rules, mut notes) = (Rules::default(), Vec::new());
        let mut builder = Builder::new(&schema, &layout, &options, &mut rules, &mut notes);
        let check = builder.column(0);
        Self { check: check.filter(|_| notes.is_empty()) }
    }

    /// Whether a cell that has a value is of the field's type and within its constraints.
    #[inline]
    pub(crate) fn accepts(&self, cell: &str) -> bool {
        self.check.as_ref().is_some_and(|check| check.accepts(cell))
    }

    /// Whether the bytes of a cell are so beyond doubt; quick. A no says nothing.
    #[inline]
    pub(crate) fn accepts_plainly(&self, cell: &[u8]) -> bool {
        self.check.as_ref().is_some_and(|check| check.accepts_plainly(cell))
    }

    /// Whether any text will do.
    pub(crate) fn accepts_all(&self) -> bool {
        self.check.as_ref().is_some_and(ColumnCheck::accepts_all)
    }
}

fn of_one_field(field: Field) -> Schema {
    Schema {
        name: None,
        title: None,
        description: None,
        homepage: None,
        version: None,
        specification: Version::V2,
        fields: vec![field],
        fields_match: None,
        missing_values: Vec::new(),
        primary_key: Vec::new(),
        unique_keys: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        notes: Vec::new(),
    }
}
