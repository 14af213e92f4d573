//! What a cell of a column must be to be right.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{empty_marker, enumeration::Choices, fold};
use crate::{
    custom::{Params, ValueRule},
    identifier::{Figures, siren, siret},
    model::{Constraints, Field, FieldKind, Schema},
    validate::CellCheck,
};

/// What a schema asks of a column; kept in a proposal, so that it is applied as it was surveyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    field: Field,
    /// Texts that stand for no value.
    missing: Vec<String>,
    rules: Vec<ValueRule>,
}

impl Asked {
    /// Of a field of a schema.
    pub(super) fn of(schema: &Schema, field: &Field) -> Self {
        let missing = schema.missing_values_of(field).iter().map(|missing| missing.value.clone()).collect();
        let rule = |check: &crate::CustomCheck| {
            let params = Params::new(&check.params);
            params.names(&field.name).then(|| ValueRule::named(&check.name, &params)).flatten()
        };
        // What is written for people is not needed to mend cells.
        let field = Field { description: None, example: None, rdf_type: None, ..field.clone() };
        Self { missing, rules: schema.checks.iter().filter_map(rule).collect(), field }
    }

    /// Of a column of which nothing is asked.
    pub(super) fn nothing(label: &str) -> Self {
        let field = Field {
            name: label.to_owned(),
            title: None,
            description: None,
            example: None,
            kind: FieldKind::Any,
            constraints: Constraints::default(),
            missing_values: None,
            categories: Vec::new(),
            categories_ordered: false,
            rdf_type: None,
        };
        Self { field, missing: vec![String::new()], rules: Vec::new() }
    }
}

/// Identifiers whose check digit proves a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    Siren,
    Siret,
}

/// What a cell must be, ready to try cells. Each thread takes a copy: compiled patterns have scratch space of their own.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) field: Field,
    pub(super) missing: Vec<String>,
    pub(super) identity: Option<Identity>,
    pub(super) choices: Option<Arc<Choices>>,
    rules: Vec<ValueRule>,
    check: CellCheck,
}

impl Target {
    pub(super) fn new(asked: Asked) -> Self {
        let Asked { field, missing, rules } = asked;
        let check = CellCheck::new(&field, &missing);
        let (choices, identity) = (Choices::of(&field).map(Arc::new), identity(&field, &rules));
        Self { choices, identity, missing, rules, check, field }
    }

    /// Whether a cell is right: of its type, within the constraints, and by the custom checks of its column.
    #[inline]
    pub(super) fn accepts(&self, cell: &str) -> bool {
        self.check.accepts(cell) && self.rules.iter().all(|rule| rule.check(cell).is_ok())
    }

    /// Whether the bytes of a cell are beyond doubt right and nothing to look into further. A no says nothing.
    #[inline]
    pub(super) fn is_plainly_right(&self, cell: &[u8]) -> bool {
        self.rules.is_empty() && self.check.accepts_plainly(cell) && !empty_marker::may_be_machines(cell)
    }

    /// Whether nothing is asked of a cell.
    pub(super) fn asks_nothing(&self) -> bool {
        self.check.accepts_all() && self.rules.is_empty()
    }

    /// Whether cells are texts, whatever their form.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.field.kind, FieldKind::String(_) | FieldKind::Any)
    }

    /// Whether a cell stands for no value.
    pub(super) fn is_missing(&self, cell: &str) -> bool {
        self.missing.iter().any(|missing| missing == cell)
    }

    /// Whether the check digit of an identifier holds; false for columns without one.
    pub(super) fn key_holds(&self, cell: &str) -> bool {
        match self.identity {
            Some(Identity::Siren) => Figures::written(cell).is_ok_and(|figures| siren::of(&figures).is_ok()),
            Some(Identity::Siret) => Figures::written(cell).is_ok_and(|figures| siret::of(&figures).is_ok()),
            None => false,
        }
    }
}

/// The identifier of a column: by its check, else by its name.
fn identity(field: &Field, rules: &[ValueRule]) -> Option<Identity> {
    if rules.contains(&ValueRule::Siret) {
        return Some(Identity::Siret);
    }
    if rules.contains(&ValueRule::Siren) {
        return Some(Identity::Siren);
    }
    let label = fold::label(&field.name);
    let named = |word: &str| label.split(' ').any(|part| part == word);
    match () {
        () if named("siret") => Some(Identity::Siret),
        () if named("siren") => Some(Identity::Siren),
        () => None,
    }
}
