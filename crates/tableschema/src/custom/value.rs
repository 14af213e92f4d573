//! Checks of one value at a time.

use std::collections::HashMap;

use arrow::array::{Array, StringArray};

use super::{
    Check, Obstacle, Params, Preparation, canonical, finess, nic, nomenclature_actes, opening_hours, phone_number,
    siren, siret, year_interval,
};
use crate::{
    identifier::Fault,
    report::{Code, Sentence},
    validate::{Batch, Findings, Layout, RuleId},
};

/// A check of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ValueRule {
    /// A SIREN.
    Siren,
    /// A SIRET.
    Siret,
    /// A NIC.
    Nic,
    /// A FINESS number.
    Finess,
    /// A telephone number.
    PhoneNumber,
    /// Opening hours.
    OpeningHours,
    /// Years.
    YearInterval {
        /// Whether one year is enough.
        year_only: bool,
    },
    /// A name of an act.
    NomenclatureActes,
}

impl ValueRule {
    /// The check of that name.
    pub(crate) fn named(name: &str, params: &Params) -> Option<Self> {
        Some(match canonical(name).as_str() {
            "french-siren-value" | "siren-value" => Self::Siren,
            "french-siret-value" | "siret-value" => Self::Siret,
            "nic-value" | "french-nic-value" => Self::Nic,
            "finess-value" | "french-finess-value" => Self::Finess,
            "phone-number-value" => Self::PhoneNumber,
            "opening-hours-value" => Self::OpeningHours,
            "year-interval-value" => Self::YearInterval { year_only: params.flag(&["allow-year-only", "year-only"]) },
            "nomenclature-actes-value" => Self::NomenclatureActes,
            _ => return None,
        })
    }

    /// What is wrong with a value.
    ///
    /// # Errors
    /// The fault.
    #[inline]
    pub(crate) fn check(self, value: &str) -> Result<(), Fault> {
        match self {
            Self::Siren => siren::check(value),
            Self::Siret => siret::check(value),
            Self::Nic => nic::check(value),
            Self::Finess => finess::check(value),
            Self::PhoneNumber => phone_number::check(value),
            Self::OpeningHours => opening_hours::check(value),
            Self::YearInterval { year_only } => year_interval::check(value, year_only),
            Self::NomenclatureActes => nomenclature_actes::check(value),
        }
    }

    pub(crate) fn code(self) -> Code {
        match self {
            Self::Siren => Code::FrenchSirenValue,
            Self::Siret => Code::FrenchSiretValue,
            Self::Nic => Code::NicValue,
            Self::Finess => Code::FinessValue,
            Self::PhoneNumber => Code::PhoneNumberValue,
            Self::OpeningHours => Code::OpeningHoursValue,
            Self::YearInterval { .. } => Code::YearIntervalValue,
            Self::NomenclatureActes => Code::NomenclatureActesValue,
        }
    }

    /// Key of the sentence: what is wrong depends on the fault, what is asked on the parameters.
    fn sentence(self) -> Sentence {
        match self {
            Self::YearInterval { year_only: true } => Sentence::new("year-or-interval-value"),
            _ => Sentence::new(self.code().name()),
        }
    }

    /// Whether a check costs so much that equal values are checked once.
    fn is_costly(self) -> bool {
        matches!(self, Self::OpeningHours | Self::NomenclatureActes)
    }
}

/// The columns that a parameter names, each with its rule.
pub(super) fn prepare(rule: ValueRule, params: &Params, preparation: &mut Preparation) -> Result<(), Obstacle> {
    let names = match params.column() {
        none if none.is_empty() => params.columns(&["columns", "fields"]),
        names => names,
    };
    if names.is_empty() {
        return Err(Obstacle::Parameter("column"));
    }
    for column in preparation.columns(&names)? {
        let code = rule.code();
        let id = preparation.rules.add(code, Some(column), code.name(), rule.sentence());
        preparation.push(ColumnCheck { rule, column, id });
    }
    Ok(())
}

/// A check of a column's values.
#[derive(Debug)]
struct ColumnCheck {
    rule: ValueRule,
    column: usize,
    id: RuleId,
}

impl Check for ColumnCheck {
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        let Some(cells) = batch.columns.get(self.column) else { return };
        let mut report = |row: usize, fault: Fault| {
            if !layout.is_missing(self.column, Some(cells.value(row))) {
                findings.cell_with(row, self.column, self.id, || detail(fault));
            }
        };
        if self.rule.is_costly() {
            return self.each_once(cells, report);
        }
        for row in 0..cells.len() {
            // Most values are right; whether a wrong one is missing is asked only then.
            if cells.is_valid(row)
                && let Err(fault) = self.rule.check(cells.value(row))
            {
                report(row, fault);
            }
        }
    }
}

impl ColumnCheck {
    fn each_once(&self, cells: &StringArray, mut report: impl FnMut(usize, Fault)) {
        let mut seen: HashMap<&str, Option<Fault>, foldhash::fast::RandomState> = HashMap::default();
        for row in (0..cells.len()).filter(|row| cells.is_valid(*row)) {
            let value = cells.value(row);
            let fault = *seen.entry(value).or_insert_with(|| self.rule.check(value).err());
            if let Some(fault) = fault {
                report(row, fault);
            }
        }
    }
}

fn detail(fault: Fault) -> Vec<(&'static str, String)> {
    let mut detail = vec![("fault", fault.name().to_owned())];
    if let Fault::Length { found, .. } = fault {
        detail.push(("found", found.to_string()));
    }
    detail
}
